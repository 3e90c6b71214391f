package store_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
)

// Voices are kept sealed, belong to their interviewer, and are gone with their
// keys.
func TestVoices(t *testing.T) {
	inEach(t, func(t *testing.T, l *ledger) {
		day := honne.NewDate(2026, 5, 7)
		for _, owner := range []honne.UserID{0, 3} {
			l.must(l.AddVoiceKey(l.ctx, store.VoiceKey{Audit: 1, Owner: owner, Recipient: "age1x", Wrapped: "w"}))
		}
		if err := l.AddVoiceKey(l.ctx, store.VoiceKey{Audit: 1, Owner: 3}); !errors.Is(err, honne.ErrConflict) {
			t.Errorf("a second key: %v", err)
		}
		id, err := l.AddVoice(l.ctx, store.Voice{Distributor: l.d, Audit: 1, Owner: 3, Quarter: honne.NewDate(2026, 4, 1), Text: "sealed", Readings: "r"})
		l.must(err)
		shown := []honne.Entry[honne.Released]{{Distributor: l.d, Body: honne.Released{Audit: 1, Pool: "partner"}}}
		for _, bad := range []store.Resealed{{id, "old", "x"}, {"none", "r", "x"}} {
			if err := l.Release(l.ctx, 1, shown, []store.Resealed{bad}); !errors.Is(err, honne.ErrConflict) {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		l.must(l.Release(l.ctx, 1, shown, []store.Resealed{{id, "r", "again"}}))
		if list, err := store.Entries[honne.Released](l.ctx, l.Store, l.d); err != nil || len(list) != 1 {
			t.Errorf("a release that failed is kept: %+v, %v", list, err)
		}
		l.must(l.EditVoice(l.ctx, store.Voice{ID: id, Audit: 1, Owner: 3, Text: "edited"}))
		if err := l.EditVoice(l.ctx, store.Voice{ID: id, Audit: 1, Owner: 4, Text: "x"}); !errors.Is(err, honne.ErrNotFound) {
			t.Errorf("another's voice is edited: %v", err)
		}
		if err := l.RemoveVoice(l.ctx, 4, id); !errors.Is(err, honne.ErrNotFound) {
			t.Errorf("another's voice: %v", err)
		}
		list, err := l.Voices(l.ctx, 1)
		if err != nil || len(list) != 1 || list[0].Readings != "again" || list[0].Text != "edited" || list[0].Owner != 3 {
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

// What was forgotten, or removed, leaves no byte in the files of the database.
func TestForgottenVoicesLeaveNoByte(t *testing.T) {
	db := honnetest.SQLite(t)
	l := open(t, db.Config)
	l.must(l.AddVoiceKey(l.ctx, store.VoiceKey{Audit: 1, Owner: 3, Recipient: "age1x", Wrapped: "WRAPPED-IDENTITY"}))
	for range 2 {
		_, err := l.AddVoice(l.ctx, store.Voice{Distributor: l.d, Audit: 1, Owner: 3, Text: "SEALED-TEXT", Readings: "r"})
		l.must(err)
	}
	l.must(l.ForgetVoicesOn(l.ctx, 1, 10))
	l.must(l.ForgetVoices(l.ctx, 10))
	files, err := filepath.Glob(filepath.Join(db.Config.Data, "*"))
	if l.must(err); len(files) == 0 {
		t.Fatal("no files")
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err == nil && (bytes.Contains(b, []byte("WRAPPED-IDENTITY")) || bytes.Contains(b, []byte("SEALED-TEXT"))) {
			t.Errorf("%s still holds it", f)
		}
	}
}

// Of when a key was lent no byte is left once it has ended, or was given back.
func TestLentKeysLeaveNoByte(t *testing.T) {
	db := honnetest.SQLite(t)
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	db.Config.Now = func() time.Time { return now }
	l := open(t, db.Config)
	for _, k := range []string{"LENT-ENDED", "LENT-RETURNED"} {
		l.must(l.LendKey(l.ctx, store.LentKey{TokenHash: k, Audit: 1, Owner: 3, Sealed: "SEALED-" + k, Ends: now.Add(time.Minute)}))
	}
	l.must(l.ReturnKey(l.ctx, "LENT-RETURNED"))
	now = now.Add(time.Minute)
	l.must(l.ForgetVoices(l.ctx, 0))
	files, err := filepath.Glob(filepath.Join(db.Config.Data, "*"))
	if l.must(err); len(files) == 0 {
		t.Fatal("no files")
	}
	for _, f := range files {
		if b, err := os.ReadFile(f); err == nil && bytes.Contains(b, []byte("LENT-")) {
			t.Errorf("%s still holds when a key was lent", f)
		}
	}
}

// A note is put on the record by its interviewer alone, and is then no note.
func TestPutOnRecord(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		id, err := l.AddVoice(l.ctx, store.Voice{Distributor: l.d, Audit: 1, Owner: 3, Text: "a", Readings: "r"})
		l.must(err)
		e := honne.Entry[honne.Interview]{Distributor: l.d, By: 3, Body: honne.Interview{Audit: 1, Pool: "partner", Text: "x"}}
		if _, err := l.PutOnRecord(l.ctx, 4, id, e); !errors.Is(err, honne.ErrNotFound) {
			t.Errorf("another's: %v", err)
		}
		if list, err := store.Entries[honne.Interview](l.ctx, l.Store, l.d); err != nil || len(list) != 0 {
			t.Errorf("refused, and kept: %v %v", list, err)
		}
		got, err := l.PutOnRecord(l.ctx, 3, id, e)
		l.must(err)
		list, err := l.Voices(l.ctx, 1)
		if err != nil || len(list) != 0 || got.Code() != "I-001" {
			t.Errorf("%+v %+v %v", got, list, err)
		}
	})
}

// sealedLike is a text as long as a sealed one, so that it fills pages of its own,
// with marks at both ends.
func sealedLike(id string) string { return id + "-BEGIN" + strings.Repeat("x", 5500) + id + "-END" }

// enteredVoices enters twelve voices, removes one, and returns the ids that are
// left in the order of entry.
func enteredVoices(l *ledger) (ids []string) {
	for range 12 {
		id, err := l.AddVoice(l.ctx, store.Voice{Distributor: l.d, Audit: 1, Owner: 3, Text: "t", Readings: strings.Repeat("r", 5500)})
		l.must(err)
		l.must(l.EditVoice(l.ctx, store.Voice{ID: id, Audit: 1, Owner: 3, Text: sealedLike(id)}))
		ids = append(ids, id)
	}
	l.must(l.RemoveVoice(l.ctx, 3, ids[7]))
	return slices.Delete(ids, 7, 8)
}

// inOrder counts pairs of voices that lie in the order of entry.
type inOrder struct{ pairs, same int }

func (c *inOrder) add(entered, lie []string) {
	for i := range entered {
		for j := range i {
			c.pairs++
			if slices.Index(lie, entered[j]) < slices.Index(lie, entered[i]) {
				c.same++
			}
		}
	}
}

// told fails when more pairs lie in the order of entry, or against it, than chance
// allows: of 20 layouts of 11 voices half of them lie either way, give or take
// 0.026 (the deviation of Kendall's tau).
func (c *inOrder) told(t *testing.T) {
	t.Helper()
	if share := float64(c.same) / float64(c.pairs); share < 0.35 || share > 0.65 {
		t.Errorf("%.2f of all pairs lie in the order of entry", share)
	}
}

// Whoever reads the raw file of SQLite learns nothing of the order in which voices
// were entered, neither from the places of their rows nor from the pages behind
// them, and what lay elsewhere before is wiped.
func TestOrderOfVoicesInTheFile(t *testing.T) {
	db := honnetest.SQLite(t)
	l := open(t, db.Config)
	marks := []string{"-BEGIN", "-END"}
	counts := make([]inOrder, len(marks))
	for range 20 {
		ids := enteredVoices(l)
		raw, err := os.ReadFile(filepath.Join(db.Config.Data, "honne.db"))
		l.must(err)
		if log, err := os.Stat(filepath.Join(db.Config.Data, "honne.db-wal")); err == nil && log.Size() > 0 {
			t.Errorf("%d bytes are left in the log", log.Size())
		}
		for i, mark := range marks {
			lie := slices.Clone(ids)
			slices.SortFunc(lie, func(a, b string) int {
				return bytes.Index(raw, []byte(a+mark)) - bytes.Index(raw, []byte(b+mark))
			})
			counts[i].add(ids, lie)
		}
		for _, id := range ids {
			if n := bytes.Count(raw, []byte(id+"-")); n != len(marks) {
				t.Errorf("%s stands %d times in the file", id, n)
			}
			l.must(l.RemoveVoice(l.ctx, 3, id))
		}
	}
	counts[0].told(t)
	counts[1].told(t)
}

// On PostgreSQL neither the places of rows, nor their transactions or commands
// tell it.
func TestOrderOfVoicesInPostgres(t *testing.T) {
	l := open(t, honnetest.Postgres(t).Config)
	ids := enteredVoices(l)
	var places, commands inOrder
	for range 20 {
		l.must(l.EditVoice(l.ctx, store.Voice{ID: ids[4], Audit: 1, Owner: 3, Text: sealedLike(ids[4])}))
		places.add(ids, idsBy(l, "ctid"))
		commands.add(ids, idsBy(l, "cmin::text::bigint"))
		var transactions int
		l.must(l.DB().QueryRowContext(l.ctx, `SELECT count(DISTINCT xmin::text) FROM voice`).Scan(&transactions))
		if transactions != 1 {
			t.Errorf("voices of %d transactions", transactions)
		}
	}
	places.told(t)
	commands.told(t)
}

func idsBy(l *ledger, order string) (out []string) {
	rows, err := l.DB().QueryContext(l.ctx, `SELECT id FROM voice ORDER BY `+order)
	l.must(err)
	defer rows.Close()
	for rows.Next() {
		var id string
		l.must(rows.Scan(&id))
		out = append(out, id)
	}
	l.must(rows.Err())
	return out
}

// Interviewers who keep what they heard at the same moment lose nothing.
func TestVoicesTogether(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		var all sync.WaitGroup
		for owner := range 6 {
			all.Go(func() {
				id, err := l.AddVoice(l.ctx, store.Voice{Distributor: l.d, Audit: 1, Owner: honne.UserID(owner), Text: "a", Readings: "r"})
				if err == nil {
					err = l.EditVoice(l.ctx, store.Voice{ID: id, Audit: 1, Owner: honne.UserID(owner), Text: "b"})
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		list, err := l.Voices(l.ctx, 1)
		if l.must(err); len(list) != 6 || slices.ContainsFunc(list, func(v store.Voice) bool { return v.Text != "b" }) {
			t.Errorf("%+v", list)
		}
	})
}

// A key that is lent ends by itself.
func TestLentKey(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
			db.Config.Now = func() time.Time { return now }
			l := open(t, db.Config)
			l.must(l.LendKey(l.ctx, store.LentKey{TokenHash: "h", Audit: 1, Owner: 3, Sealed: "s", Ends: now.Add(time.Minute)}))
			if k, err := l.LentKey(l.ctx, "h", 1, 3); err != nil || k.Sealed != "s" {
				t.Errorf("%+v, %v", k, err)
			}
			if _, err := l.LentKey(l.ctx, "h", 1, 0); !errors.Is(err, honne.ErrNotFound) {
				t.Errorf("another key: %v", err)
			}
			now = now.Add(time.Minute)
			if _, err := l.LentKey(l.ctx, "h", 1, 3); !errors.Is(err, honne.ErrNotFound) {
				t.Errorf("after its end: %v", err)
			}
			l.must(l.ReturnKey(l.ctx, "h"))
		})
	}
}

// A partner saves and sends once; who saved meanwhile is not overwritten.
func TestInvitation(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
			db.Config.Now = func() time.Time { return now }
			l := open(t, db.Config)
			l.must(l.Invite(l.ctx, store.Invitation{TokenHash: "h", Distributor: l.d, Audit: 1, Ends: now.Add(time.Hour), MadeBy: 3}))
			i, err := l.Invitation(l.ctx, "h")
			l.must(err)
			i.Draft = []honne.SelfAnswer{{Dimension: "trust.transparency", Score: 3, Text: "共有しています"}}
			l.must(l.SaveDraft(l.ctx, i))
			if err := l.SaveDraft(l.ctx, i); !errors.Is(err, honne.ErrConflict) {
				t.Errorf("saved meanwhile: %v", err)
			}
			i.N++
			l.must(l.SendAnswers(l.ctx, i))
			if err := l.SendAnswers(l.ctx, i); !errors.Is(err, honne.ErrConflict) {
				t.Errorf("sent twice: %v", err)
			}
			list, err := store.Entries[honne.SelfAnswer](l.ctx, l.Store, l.d)
			if err != nil || len(list) != 1 || list[0].Body.Audit != 1 || list[0].Body.Score != 3 {
				t.Errorf("%+v, %v", list, err)
			}
			if all, err := l.Invitations(l.ctx, 1); err != nil || len(all) != 1 || !all[0].Sent.Equal(now) {
				t.Errorf("%+v, %v", all, err)
			}
			l.must(l.Uninvite(l.ctx, 1, "h"))
			if _, err := l.Invitation(l.ctx, "h"); !errors.Is(err, honne.ErrNotFound) {
				t.Errorf("ended: %v", err)
			}
		})
	}
}
