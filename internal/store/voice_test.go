package store_test

import (
	"errors"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
)

// Voices are kept sealed, belong to their interviewer, and are gone with their
// keys.
func TestVoices(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			l := open(t, db.Config)
			day := honne.NewDate(2026, 5, 7)
			for _, owner := range []honne.UserID{0, 3} {
				l.must(l.AddVoiceKey(l.ctx, store.VoiceKey{Audit: 1, Owner: owner, Recipient: "age1x", Wrapped: "w"}))
			}
			if err := l.AddVoiceKey(l.ctx, store.VoiceKey{Audit: 1, Owner: 3}); !errors.Is(err, honne.ErrConflict) {
				t.Errorf("a second key: %v", err)
			}
			id, err := l.AddVoice(l.ctx, store.Voice{Distributor: l.d, Audit: 1, Owner: 3, Quarter: honne.NewDate(2026, 4, 1), Text: "sealed", Readings: "r"})
			l.must(err)
			l.must(l.SetReadings(l.ctx, 1, map[string]string{id: "again"}))
			if err := l.SetReadings(l.ctx, 2, map[string]string{id: "x"}); !errors.Is(err, honne.ErrNotFound) {
				t.Errorf("another audit: %v", err)
			}
			if err := l.RemoveVoice(l.ctx, 4, id); !errors.Is(err, honne.ErrNotFound) {
				t.Errorf("another's voice: %v", err)
			}
			list, err := l.Voices(l.ctx, 1)
			if err != nil || len(list) != 1 || list[0].Readings != "again" || list[0].Owner != 3 {
				t.Errorf("%+v, %v", list, err)
			}
			l.must(l.ForgetVoicesOn(l.ctx, 1, day))
			l.must(l.ForgetVoices(l.ctx, day-1))
			if _, err := l.VoiceKey(l.ctx, 1, 3); err != nil {
				t.Errorf("a day too early: %v", err)
			}
			l.must(l.ForgetVoices(l.ctx, day))
			if _, err := l.VoiceKey(l.ctx, 1, 0); !errors.Is(err, honne.ErrNotFound) {
				t.Errorf("the key is still there: %v", err)
			}
			if list, _ := l.Voices(l.ctx, 1); len(list) != 0 {
				t.Errorf("%+v", list)
			}
		})
	}
}
