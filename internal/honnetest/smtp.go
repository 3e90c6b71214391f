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
	t := talk{Postbox: p, conn: c, r: bufio.NewReader(c)}
	defer func() { t.conn.Close() }()
	t.say("220 postbox")
	for goes := true; goes; {
		line, err := t.r.ReadString('\n')
		if err != nil {
			return
		}
		command, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		goes = t.answer(strings.ToUpper(command), rest)
	}
}

// talk is a connection, and how far it has come.
type talk struct {
	*Postbox
	conn          net.Conn
	r             *bufio.Reader
	envelope      string
	secure, known bool
}

func (t *talk) say(s string) { fmt.Fprintf(t.conn, "%s\r\n", s) }

// answer does what a command asks for; false ends the talk.
func (t *talk) answer(command, rest string) bool {
	reply := "250 ok"
	switch {
	case t.refuses(command):
		reply = "550 no"
	case command == "EHLO" && t.secure:
		reply = "250-postbox\r\n250 AUTH PLAIN"
	case command == "EHLO":
		reply = "250-postbox\r\n250 STARTTLS"
	case command == "STARTTLS":
		t.say("220 go on")
		t.conn = tls.Server(t.conn, t.cfg)
		t.r, t.secure = bufio.NewReader(t.conn), true
		return true
	case command == "AUTH":
		reply = t.welcome(rest)
	case command == "MAIL" && !t.known:
		reply = "530 who are you"
	case command == "MAIL", command == "RCPT":
		t.envelope += rest + "\n"
	case command == "DATA":
		t.say("354 go on")
		if !t.take(t.envelope, t.r) {
			return false
		}
		t.envelope, reply = "", "250 taken"
	case command == "QUIT":
		reply = "221 bye"
	}
	t.say(reply)
	return command != "QUIT"
}

// welcome looks at a name and password (RFC 4616).
func (t *talk) welcome(rest string) string {
	_, text, _ := strings.Cut(rest, " ")
	raw, _ := base64.StdEncoding.DecodeString(text)
	if t.known = string(raw) == "\x00"+t.User+"\x00"+t.Password; !t.known {
		return "535 wrong"
	}
	return "235 welcome"
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
