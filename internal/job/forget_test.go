package job

import (
	"errors"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"honne"
	"honne/internal/audit"
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

// The job sets the day of audits by itself: of one that was reported before reports
// set it, of one whose keys bear the later day of its closing, and of one whose hold
// did not reach the keys. What is past already comes with notice.
func TestForgetSetsTheDay(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			b := newBench(t, db)
			today := honne.DateOf(time.Now())
			old := today - 200
			cases := []struct {
				name       string
				body       honne.Audit
				reported   honne.Date
				bear, want honne.Date
			}{
				{"unreported", honne.Audit{}, 0, 0, 0},
				{"old report", honne.Audit{}, old, 0, today + audit.NoticeDays},
				{"closed after an old report", honne.Audit{Closed: today - 30}, old, today + 60, today + audit.NoticeDays},
				{"new report", honne.Audit{}, today - 1, 0, today - 1 + audit.KeptDays},
				{"held", honne.Audit{Held: "Litigation"}, old, old + audit.KeptDays, 0},
			}
			for _, c := range cases {
				e, err := store.Enter(t.Context(), b.Store, honne.Entry[honne.Audit]{Distributor: b.distributor, By: 1, Body: c.body})
				if err == nil && c.reported != 0 {
					_, err = b.Store.Publish(t.Context(), honne.Entry[honne.Publication]{Distributor: b.distributor, By: 1, Body: honne.Publication{Audit: e.Number, Kind: "audit", On: c.reported}})
				}
				if err == nil {
					err = b.Store.AddVoiceKey(t.Context(), store.VoiceKey{Audit: e.Number, Recipient: "age1x", Wrapped: "w", Forget: c.bear})
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			ended, stop := b.start(t)
			defer stop()
			if e := ended("forget_voices"); e.Kind != river.EventKindJobCompleted {
				t.Errorf("%+v", e.Job.Errors)
			}
			for i, c := range cases {
				if k, err := b.Store.VoiceKey(t.Context(), i+1, 0); err != nil || k.Forget != c.want {
					t.Errorf("%s: destroyed on %v, want %v: %v", c.name, k.Forget, c.want, err)
				}
			}
		})
	}
}
