package mail

import (
	"bufio"
	"crypto/tls"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"honne"
)

// hostile is a server that speaks IMAP up to a command, and then does what it
// wants.
func hostile(t *testing.T, at string, does func(net.Conn, string)) honne.Mailbox {
	t.Helper()
	web := httptest.NewUnstartedServer(nil)
	web.StartTLS()
	cfg := web.TLS.Clone()
	cfg.NextProtos = []string{"imap"}
	web.Close()
	l, err := tls.Listen("tcp", "127.0.0.1:0", cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serve(c, at, does)
		}
	}()
	cert := httptest.NewTLSServer(nil)
	defer cert.Close()
	return honne.Mailbox{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, User: "u", Folder: "INBOX", Certificate: pemOf(cert.Certificate().Raw)}
}

func serve(c net.Conn, at string, does func(net.Conn, string)) {
	defer c.Close()
	if at == "" {
		does(c, "")
		return
	}
	fmt.Fprint(c, "* OK [CAPABILITY IMAP4rev1 IDLE] x\r\n")
	for in := bufio.NewScanner(c); in.Scan(); {
		tag, rest, _ := strings.Cut(in.Text(), " ")
		if strings.HasPrefix(rest, at) {
			does(c, tag)
			return
		}
		switch {
		case strings.HasPrefix(rest, "EXAMINE"):
			fmt.Fprint(c, "* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n")
		case strings.HasPrefix(rest, "CAPABILITY"):
			fmt.Fprint(c, "* CAPABILITY IMAP4rev1 IDLE\r\n")
		case strings.HasPrefix(rest, "UID SEARCH"):
			fmt.Fprint(c, "* SEARCH 1 2 3\r\n")
		}
		fmt.Fprint(c, tag+" OK x\r\n")
	}
}

// endless sends a text again and again.
func endless(text string) func(net.Conn, string) {
	return func(c net.Conn, _ string) {
		for {
			if _, err := io.WriteString(c, text); err != nil {
				return
			}
		}
	}
}

func silent(c net.Conn, _ string) { _, _ = io.Copy(io.Discard, c) }

// slowly sends a byte now and then.
func slowly(c net.Conn, _ string) {
	for {
		if _, err := io.WriteString(c, "*"); err != nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// No server can hold the program, nor fill its memory.
func TestHostileServers(t *testing.T) {
	limits := Limits{Step: 2 * time.Second, Rate: 64 << 20, Answer: 1 << 20, Head: 4 << 10, Message: 1 << 20, Idle: time.Second, Poll: time.Second}
	for name, c := range map[string]struct {
		at   string
		does func(net.Conn, string)
	}{
		"says nothing":         {"", silent},
		"greets for ever":      {"", endless("x")},
		"greets with lines":    {"", endless("* OK x\r\n")},
		"drips":                {"", slowly},
		"is no server of mail": {"", func(c net.Conn, _ string) { fmt.Fprint(c, "HTTP/1.1 400 Bad Request\r\n\r\n") }},
		"signs in never":       {"LOGIN", silent},
		"signs in for ever":    {"LOGIN", endless("* OK [ALERT] x\r\n")},
		"opens with a flood":   {"EXAMINE", endless("* FLAGS (a b c)\r\n")},
		"finds for ever":       {"UID SEARCH", endless("* SEARCH 1 2 3\r\n")},
		"finds backwards":      {"UID SEARCH", func(c net.Conn, _ string) { backwards(c) }},
		"finds the last number": {"UID SEARCH", func(c net.Conn, tag string) {
			fmt.Fprintf(c, "* SEARCH 4294967295\r\n%s OK x\r\n", tag)
			silent(c, tag)
		}},
		"gives a head without end":   {"UID FETCH", endless("* 1 FETCH (UID 1 RFC822.SIZE 5 BODY[HEADER.FIELDS (FROM SENDER TO CC MESSAGE-ID)] {900000000}\r\n")},
		"gives a name without end":   {"UID FETCH", endless("* 1 FETCH (UID 1 X")},
		"gives a list without end":   {"UID FETCH", endless("(")},
		"gives a quote without end":  {"UID FETCH", endless("* 1 FETCH (BODY[] \"")},
		"gives others' numbers":      {"UID FETCH", endless("* 9 FETCH (UID 9999 RFC822.SIZE 1)\r\n")},
		"lies about the size":        {"UID FETCH", endless("* 1 FETCH (UID 1 RFC822.SIZE -1)\r\n")},
		"hangs up":                   {"UID FETCH", func(net.Conn, string) {}},
		"asks back":                  {"LOGIN", endless("+ \r\n")},
		"answers with other numbers": {"LOGIN", func(c net.Conn, tag string) { fmt.Fprint(c, "T99 OK x\r\n"); silent(c, tag) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := hostile(t, c.at, c.does)
			ends := make(chan error, 1)
			go func() { ends <- attempt(t, box, limits) }()
			select {
			case err := <-ends:
				var known *Trouble
				if !errors.As(err, &known) {
					t.Errorf("%v", err)
				}
				if err != nil && strings.Contains(err.Error(), "sesame") {
					t.Errorf("the secret stands in %v", err)
				}
			case <-time.After(30 * time.Second):
				buf := make([]byte, 1<<20)
				t.Fatalf("it hangs\n%s", buf[:runtime.Stack(buf, true)])
			}
		})
	}
}

func backwards(c net.Conn) {
	fmt.Fprint(c, "* SEARCH")
	for n := 4_000_000_000; ; n -= 2 {
		if _, err := fmt.Fprintf(c, " %d", n); err != nil {
			return
		}
	}
}

func attempt(t *testing.T, box honne.Mailbox, limits Limits) error {
	s, err := Open(t.Context(), box, &honne.Secrets{Secret: "sesame"}, limits)
	if err != nil {
		return err
	}
	defer s.Close()
	for heads, err := range s.Heads(t.Context(), 0) {
		if err != nil {
			return err
		}
		for _, h := range heads {
			if err := s.Message(t.Context(), h, io.Discard); err != nil {
				return err
			}
		}
	}
	return nil
}

// A refresh token is exchanged, and the one that comes with it kept; where none
// comes, nothing of what was sent is said.
func TestExchange(t *testing.T) {
	srv := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("refresh_token") != "old" || r.FormValue("client_secret") != "c" || r.FormValue("client_id") != "id" {
			http.Error(w, `{"error": "invalid_grant"}`, http.StatusBadRequest)
			return
		}
		fmt.Fprint(w, `{"access_token": "short", "refresh_token": "new"}`)
	}))
	defer srv.Close()
	box := honne.Mailbox{Host: "h", Token: true, TokenAt: srv.URL, Client: "id"}
	secrets := honne.Secrets{Secret: "old", Client: "c"}
	if got, err := accessToken(t.Context(), srv.Client(), box, &secrets, DefaultLimits()); err != nil || got != "short" || secrets.Secret != "new" {
		t.Errorf("%q %+v %v", got, secrets, err)
	}
	var known *Trouble
	if _, err := accessToken(t.Context(), srv.Client(), box, &secrets, DefaultLimits()); !errors.As(err, &known) || known.Kind != NoToken || strings.Contains(err.Error(), "new") {
		t.Errorf("%v", err)
	}
}

func pemOf(der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}
