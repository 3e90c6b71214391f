package mail

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
)

func outgoing(p *honnetest.Postbox) honne.Outgoing {
	return honne.Outgoing{Host: "127.0.0.1", Port: p.Port, Security: honne.SecureStartTLS, User: p.User, From: "本社 <post@nordhaven.example>", Certificate: p.Certificate}
}

// A letter arrives as text and as HTML, in Japanese, over TLS and signed in; a
// second header in its subject does not.
func TestSend(t *testing.T) {
	t.Parallel()
	p := honnetest.NewPostbox(t)
	l := honne.Letter{To: "k@nordhaven.example", Subject: "今週の確認事項7件、そのほかにも長い件名が続くことがあります\r\nBcc: everyone@x.example", Text: ".確認\n", HTML: "<p>確認</p>", Key: "1",
		At: time.Date(2026, 11, 23, 7, 0, 0, 0, honne.Japan)}
	if err := Send(t.Context(), outgoing(p), p.Password, l, DefaultLimits()); err != nil {
		t.Fatal(err)
	}
	kept := p.Kept()
	if len(kept) != 1 || !strings.HasPrefix(kept[0], "FROM:<post@nordhaven.example>") || !strings.Contains(kept[0], "TO:<k@nordhaven.example>\n") {
		t.Fatalf("%q", kept)
	}
	_, raw, _ := strings.Cut(kept[0], "\nTO:<k@nordhaven.example>\n")
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || !strings.HasPrefix(subject, "今週の確認事項7件") || m.Header.Get("Bcc") != "" || m.Header.Get("Date") != "Mon, 23 Nov 2026 07:00:00 +0900" {
		t.Errorf("%q %v", subject, m.Header)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for _, want := range []string{".確認\n", "<p>確認</p>"} {
		part, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(part))
		if got := strings.ReplaceAll(string(text), "\r\n", "\n"); err != nil || got != want {
			t.Errorf("%q, want %q, %v", got, want, err)
		}
	}
}

// What hinders is told by its kind, and never by a password or a reader.
func TestSendTroubles(t *testing.T) {
	t.Parallel()
	p := honnetest.NewPostbox(t)
	for want, change := range map[Kind]func(*honne.Outgoing, *string){
		Refused:     func(_ *honne.Outgoing, s *string) { *s = "a guess of the post" },
		Untrusted:   func(o *honne.Outgoing, _ *string) { o.Certificate = "" },
		NoTLS:       func(o *honne.Outgoing, _ *string) { o.Security = honne.SecureTLS },
		NoSecurity:  func(o *honne.Outgoing, _ *string) { o.Security, o.Host = honne.SecureNone, "mail.example" },
		Unreachable: func(o *honne.Outgoing, _ *string) { o.Port = 1 },
		NotTaken:    func(o *honne.Outgoing, _ *string) { o.From = "nobody" },
	} {
		o, password := outgoing(p), p.Password
		change(&o, &password)
		err := Send(t.Context(), o, password, honne.Letter{To: "k@nordhaven.example"}, DefaultLimits())
		var got *Trouble
		if !errors.As(err, &got) || got.Kind != want || strings.Contains(err.Error(), password) || strings.Contains(err.Error(), "k@nordhaven") {
			t.Errorf("%s: %v", want, err)
		}
	}
	p.Refusing("RCPT")
	var got *Trouble
	if err := Send(t.Context(), outgoing(p), p.Password, honne.Letter{To: "k@nordhaven.example"}, DefaultLimits()); !errors.As(err, &got) || got.Kind != NotTaken {
		t.Errorf("%v", err)
	}
	if len(p.Kept()) != 0 {
		t.Error("something was sent")
	}
}
