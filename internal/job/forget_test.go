package job

import (
	"errors"
	"testing"

	"github.com/riverqueue/river"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
)

// A server forgets at its start what was to be forgotten meanwhile.
func TestForget(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			b := newBench(t, db)
			for audit, day := range map[int]honne.Date{1: honne.NewDate(2026, 1, 1), 2: 0, 3: honne.NewDate(9000, 1, 1)} {
				if err := b.Store.AddVoiceKey(t.Context(), store.VoiceKey{Audit: audit, Recipient: "age1x", Wrapped: "w", Forget: day}); err != nil {
					t.Fatal(err)
				}
			}
			ended, stop := b.start(t)
			defer stop()
			if e := ended("forget_voices"); e.Kind != river.EventKindJobCompleted {
				t.Errorf("%+v", e.Job.Errors)
			}
			for audit, want := range map[int]error{1: honne.ErrNotFound, 2: nil, 3: nil} {
				if _, err := b.Store.VoiceKey(t.Context(), audit, 0); !errors.Is(err, want) {
					t.Errorf("audit %d: %v", audit, err)
				}
			}
		})
	}
}
