package honnetest

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"net"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Postbox is a server that takes mail over SMTP (RFC 5321) with STARTTLS and AUTH
// PLAIN, and keeps what it took.
type Postbox struct {
	Port           int
	Certificate    string // PEM
	User, Password string

	mu     sync.Mutex
	refuse string // the command that is refused: RCPT, DATA; "" for none
	cfg    *tls.Config
	kept   []string
}

// NewPostbox serves until the test ends.
func NewPostbox(t testing.TB) *Postbox {
	t.Helper()
	srv := httptest.NewTLSServer(nil) // for its certificate
	t.Cleanup(srv.Close)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	p := &Postbox{Port: l.Addr().(*net.TCPAddr).Port, User: "post", Password: "a secret of the post", cfg: &tls.Config{Certificates: srv.TLS.Certificates},
		Certificate: string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: srv.Certificate().Raw}))}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go p.serve(c)
		}
	}()
	return p
}

// PortText is the port as a form takes it.
func (p *Postbox) PortText() string { return strconv.Itoa(p.Port) }

// Kept are the messages that were taken, the envelope's sender and reader before
// each.
func (p *Postbox) Kept() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.kept...)
}

// Refusing makes the server refuse a command from now on.
func (p *Postbox) Refusing(command string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse = command
}

func (p *Postbox) refuses(command string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.refuse == command
}

func (p *Postbox) serve(c net.Conn) {
	defer func() { c.Close() }()
	r, envelope := bufio.NewReader(c), ""
	secure, known := false, false
	say := func(s string) { fmt.Fprintf(c, "%s\r\n", s) }
	say("220 postbox")
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		command, rest, _ := strings.Cut(line, " ")
		command = strings.ToUpper(command)
		switch {
		case p.refuses(command):
			say("550 no")
		case command == "EHLO" && secure:
			say("250-postbox\r\n250 AUTH PLAIN")
		case command == "EHLO":
			say("250-postbox\r\n250 STARTTLS")
		case command == "STARTTLS":
			say("220 go on")
			c = tls.Server(c, p.cfg)
			r, secure = bufio.NewReader(c), true
		case command == "AUTH":
			_, text, _ := strings.Cut(rest, " ")
			raw, _ := base64.StdEncoding.DecodeString(text)
			if known = string(raw) == "\x00"+p.User+"\x00"+p.Password; !known {
				say("535 wrong")
				continue
			}
			say("235 welcome")
		case command == "MAIL" && !known:
			say("530 who are you")
		case command == "MAIL", command == "RCPT":
			envelope += rest + "\n"
			say("250 ok")
		case command == "DATA":
			say("354 go on")
			if !p.take(envelope, r) {
				return
			}
			envelope = ""
			say("250 taken")
		case command == "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// take keeps a message that came whole.
func (p *Postbox) take(envelope string, r *bufio.Reader) bool {
	var b bytes.Buffer
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kept = append(p.kept, envelope+b.String())
	return true
}
