package mail

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
)

func letter(n int) string {
	return fmt.Sprintf("From: 佐藤 <sato@miyako.example.jp>\nTo: anna@nordlund.example\nMessage-ID: <%d@x>\nSubject: secret subject\nDate: Thu, 07 May 2026 10:00:00 +0900\n\nbody %d\n", n, n)
}

func open(t *testing.T, d *honnetest.Dovecot, limits Limits) *Session {
	t.Helper()
	s, err := Open(t.Context(), d.Box, &honne.Secrets{Secret: d.Password}, limits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func heads(t *testing.T, s *Session, after uint32) (out []Head) {
	t.Helper()
	for some, err := range s.Heads(t.Context(), after) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, some...)
	}
	return out
}

// A folder is read in the order of its numbers, addresses first, and nothing in
// it is marked.
func TestFolder(t *testing.T) {
	d := honnetest.StartDovecot(t, "")
	const n = AtOnce + 50
	for i := range n {
		d.Deliver(t, letter(i))
	}
	s := open(t, d, DefaultLimits())
	list := heads(t, s, 0)
	if len(list) != n {
		t.Fatalf("%d heads", len(list))
	}
	for i, h := range list {
		if h.UID != uint32(i+1) || !strings.Contains(string(h.Fields), fmt.Sprintf("<%d@x>", i)) || bytes.Contains(h.Fields, []byte("secret")) {
			t.Fatalf("head %d: %d %q", i, h.UID, h.Fields)
		}
	}
	var body bytes.Buffer
	if err := s.Message(t.Context(), list[7], &body); err != nil || body.String() != strings.ReplaceAll(letter(7), "\n", "\r\n") {
		t.Errorf("%q, %v", body.String(), err)
	}
	if err := s.Message(t.Context(), Head{UID: 9999}, &body); !errors.Is(err, ErrGone) {
		t.Errorf("a message that is not there: %v", err)
	}
	if err := s.Message(t.Context(), Head{UID: 1, Size: 1 << 40}, &body); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a large message: %v", err)
	}
	if rest := heads(t, s, n-1); len(rest) != 1 {
		t.Errorf("behind the last but one: %d", len(rest))
	}
	if rest := heads(t, s, n); len(rest) != 0 {
		t.Errorf("behind the last: %d", len(rest))
	}
	d.Deliver(t, letter(n))
	if err := s.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if rest := heads(t, s, n); len(rest) != 1 || s.Validity() == 0 {
		t.Errorf("after the news: %d", len(rest))
	}
	if d.Seen(t) != 0 {
		t.Error("messages were marked")
	}
}

// A limit holds where the server says another size than it sends.
func TestMessageLimit(t *testing.T) {
	d := honnetest.StartDovecot(t, "")
	d.Deliver(t, letter(1)+strings.Repeat("x\n", 100_000))
	limits := DefaultLimits()
	limits.Message = 1000
	s := open(t, d, limits)
	h := heads(t, s, 0)[0]
	if h.Size < 200_000 {
		t.Errorf("size %d", h.Size)
	}
	h.Size = 10
	var body bytes.Buffer
	if err := s.Message(t.Context(), h, &body); !errors.Is(err, ErrTooLarge) || body.Len() > 2000 {
		t.Errorf("%d bytes, %v", body.Len(), err)
	}
}

// What hinders is told apart, so that a person knows what to do.
func TestTroubles(t *testing.T) {
	d := honnetest.StartDovecot(t, "")
	for want, change := range map[Kind]func(*honne.Mailbox, *honne.Secrets){
		Refused:        func(_ *honne.Mailbox, s *honne.Secrets) { s.Secret = "wrong-wrong" },
		RefusedToken:   func(b *honne.Mailbox, _ *honne.Secrets) { b.Token = true },
		NoFolder:       func(b *honne.Mailbox, _ *honne.Secrets) { b.Folder = "Nowhere" },
		Untrusted:      func(b *honne.Mailbox, _ *honne.Secrets) { b.Certificate = "" },
		BadCertificate: func(b *honne.Mailbox, _ *honne.Secrets) { b.Certificate = "x" },
		Unreachable:    func(b *honne.Mailbox, _ *honne.Secrets) { b.Port = 1 },
		NoToken:        func(b *honne.Mailbox, _ *honne.Secrets) { b.Token, b.TokenAt = true, "https://localhost:1/" },
	} {
		box, secrets := d.Box, honne.Secrets{Secret: d.Password}
		change(&box, &secrets)
		_, err := Open(t.Context(), box, &secrets, DefaultLimits())
		var got *Trouble
		if !errors.As(err, &got) || got.Kind != want {
			t.Errorf("%s: %v", want, err)
		}
		if err != nil && strings.Contains(err.Error(), secrets.Secret) {
			t.Errorf("the secret stands in %q", err)
		}
	}
	names, err := Folders(t.Context(), d.Box, &honne.Secrets{Secret: d.Password}, DefaultLimits())
	if err != nil || len(names) != 1 || names[0] != "INBOX" {
		t.Errorf("folders %v, %v", names, err)
	}
}

// A server that is gone is found out, and one that is back is opened again.
func TestRestart(t *testing.T) {
	d := honnetest.StartDovecot(t, "")
	s := open(t, d, DefaultLimits())
	d.Stop(t)
	if err := s.Wait(t.Context()); err == nil {
		t.Error("nothing was noticed")
	}
	d.Start(t)
	if again := open(t, d, DefaultLimits()); again.Validity() == 0 {
		t.Error("no number")
	}
}

// Waiting ends when it is told to.
func TestWaitEnds(t *testing.T) {
	limits := DefaultLimits()
	limits.Idle = 10 * time.Millisecond
	s := open(t, honnetest.StartDovecot(t, ""), limits)
	for range 3 {
		if err := s.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
