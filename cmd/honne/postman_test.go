package main

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/job"
)

// The server watches the mailboxes that are named, with the key beside its data.
func TestServeWatchesMailboxes(t *testing.T) {
	d := honnetest.StartDovecot(t, "")
	d.Deliver(t, "From: sato@miyako.example.jp\nTo: anna@nordlund.example\nDate: Thu, 07 May 2026 10:00:00 +0900\nSubject: x\nMessage-ID: <1@x>\n\nhello\n")
	e, _ := testEnv(t)
	data := filepath.Join(t.TempDir(), "data")
	s, err := newServer(e, where{Data: data}, "")
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	partner, err := s.app.store.AddDistributor(t.Context(), honne.Profile{Name: "Miyako", Domains: []string{"miyako.example.jp"}}, false)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := s.seal(d.Box, honne.Secrets{Secret: d.Password})
	if err != nil {
		t.Fatal(err)
	}
	id, err := s.app.store.AddMailbox(t.Context(), d.Box, sealed)
	if err != nil {
		t.Fatal(err)
	}
	if folders, err := s.try(t.Context(), id); err != nil || len(folders) != 1 {
		t.Errorf("%v, %v", folders, err)
	}
	if _, err := job.OpenSecrets(s.post.Key, d.Box.Account(), sealed); err != nil {
		t.Error(err)
	}
	defer s.beside(func(ctx context.Context) { s.post.Run(ctx, watchEvery) })()
	late := time.After(time.Minute)
	for known := false; !known; {
		if known, err = s.app.store.KnowsMail(t.Context(), partner.ID, "1@x"); err != nil {
			t.Fatal(err)
		}
		select {
		case <-late:
			t.Fatal("the message never came")
		case <-time.After(20 * time.Millisecond):
		}
	}
}
