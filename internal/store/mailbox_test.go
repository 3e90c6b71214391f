package store_test

import (
	"errors"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
)

func TestMailbox(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			ctx := t.Context()
			s, err := store.Open(ctx, db.Config)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			box := honne.Mailbox{Host: "imap.nordlund.example", Port: 993, User: "anna", Folder: "日本"}
			id, err := s.AddMailbox(ctx, box, "sealed")
			if err != nil {
				t.Fatal(err)
			}
			get := func() honne.Watched {
				t.Helper()
				w, err := s.Mailbox(ctx, id)
				if err != nil {
					t.Fatal(err)
				}
				return w
			}
			mark := honne.WatchMark{Validity: 1 << 31, Rule: "r", UID: 1<<32 - 1, Kept: 3, Dropped: 5, Left: 1}
			if err := s.MarkMailbox(ctx, id, honne.WatchMark{}, mark); err != nil {
				t.Fatal(err)
			}
			if err := s.MarkMailbox(ctx, id, honne.WatchMark{}, mark); !errors.Is(err, honne.ErrConflict) {
				t.Errorf("from a place where it is not: %v", err)
			}
			if err := s.FailMailbox(ctx, id, honne.Say("mailbox.trouble.silent", honne.Text("host", "x"))); err != nil {
				t.Fatal(err)
			}
			if w := get(); w.Mailbox != box || w.Mark != mark || w.Sealed != "sealed" || w.Trouble.ID != "mailbox.trouble.silent" || w.Failed.IsZero() {
				t.Errorf("%+v", w)
			}
			if err := s.LookedAtMailbox(ctx, id); err != nil {
				t.Fatal(err)
			}
			if w := get(); !w.Trouble.IsZero() || !w.Failed.IsZero() || w.Looked.IsZero() {
				t.Errorf("%+v", w)
			}
			if err := errors.Join(s.PauseMailbox(ctx, id, true), s.ResealMailbox(ctx, id, 2, "anew")); err != nil {
				t.Fatal(err)
			}
			if err := s.ResealMailbox(ctx, id, 1, "late"); !errors.Is(err, honne.ErrNotFound) {
				t.Errorf("resealed an old version: %v", err)
			}
			if w := get(); !w.Paused || w.Sealed != "anew" || w.Mark != mark {
				t.Errorf("%+v", w)
			}
			box.Folder = "INBOX"
			if err := s.SetMailbox(ctx, id, box, "third"); err != nil {
				t.Fatal(err)
			}
			if w := get(); w.Mark != (honne.WatchMark{}) || w.Mailbox != box || w.Version != 3 {
				t.Errorf("another folder: %+v", w)
			}
			if err := s.RemoveMailbox(ctx, id); err != nil {
				t.Fatal(err)
			}
			if list, err := s.Mailboxes(ctx); err != nil || len(list) != 0 {
				t.Errorf("%v, %v", list, err)
			}
		})
	}
}

func TestStray(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			ctx := t.Context()
			s, err := store.Open(ctx, db.Config)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			m := honne.Stray{SHA256: "ab", Name: "x.eml", Size: 7, Sender: "who@example.org", Receipt: honne.Receipt{At: time.Unix(9, 0).UTC(), Basis: honne.ByMessage}}
			for range 2 {
				if err := s.AddStray(ctx, m); err != nil {
					t.Fatal(err)
				}
			}
			if list, err := s.Strays(ctx, 10); err != nil || len(list) != 1 || list[0] != m {
				t.Errorf("%+v, %v", list, err)
			}
			if err := s.SettleStray(ctx, "ab"); err != nil {
				t.Fatal(err)
			}
			if err := s.AddStray(ctx, m); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Stray(ctx, "ab"); !errors.Is(err, honne.ErrNotFound) {
				t.Errorf("it waits again: %v", err)
			}
		})
	}
}
