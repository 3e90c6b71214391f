package mail

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"honne"
)

// NotSMTP is what answers being no server that takes mail; NoSecurity one that
// offers no STARTTLS; NotTaken one that refuses the sender, the reader or the
// letter.
const (
	NotSMTP    Kind = "not-smtp"
	NoSecurity Kind = "no-starttls"
	NotTaken   Kind = "not-taken"
)

// Send gives one letter to a server. A password is shown only over TLS, or to
// this machine. The error is a *Trouble, or that of the context; nothing in it
// tells of the letter.
func Send(ctx context.Context, o honne.Outgoing, password string, l honne.Letter, limits Limits) error {
	ctx, cancel := context.WithTimeout(ctx, limits.Step)
	defer cancel()
	from, to, err := envelope(o.From, l.To)
	if err != nil {
		return trouble(NotTaken, o.Host, err)
	}
	message, err := compose(from, to, l)
	if err != nil {
		return err
	}
	c, err := openSMTP(ctx, o)
	if err != nil {
		return err
	}
	defer c.Close()
	if o.User != "" {
		if err := c.Auth(smtp.PlainAuth("", o.User, password, o.Host)); err != nil {
			return trouble(Refused, o.Host, answered(err))
		}
	}
	if err := deliver(c, from.Address, to.Address, message); err != nil {
		return errors.Join(ctx.Err(), trouble(NotTaken, o.Host, answered(err)))
	}
	c.Quit() // it is taken, whatever the server says now
	return nil
}

// answered leaves of an answer its number: the words may repeat an address.
func answered(err error) error {
	var e *textproto.Error
	if errors.As(err, &e) {
		return fmt.Errorf("answer %d", e.Code)
	}
	return err
}

// envelope reads both addresses; neither may hold more than one.
func envelope(from, to string) (a, b *mail.Address, err error) {
	if a, err = mail.ParseAddress(from); err == nil {
		b, err = mail.ParseAddress(to)
	}
	if err != nil {
		return nil, nil, errors.New("one of the addresses is none")
	}
	return a, b, nil
}

func deliver(c *smtp.Client, from, to string, message []byte) error {
	if err := c.Mail(from); err != nil {
		return err
	}
	if err := c.Rcpt(to); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(message); err != nil {
		return err
	}
	return w.Close()
}

// openSMTP connects as securely as it was told to.
func openSMTP(ctx context.Context, o honne.Outgoing) (*smtp.Client, error) {
	if o.Security == honne.SecureNone && !isHere(o.Host) {
		return nil, trouble(NoSecurity, o.Host, nil)
	}
	cfg := &tls.Config{ServerName: o.Host, MinVersion: tls.VersionTLS12}
	if o.Certificate != "" {
		cfg.RootCAs = x509.NewCertPool()
		if !cfg.RootCAs.AppendCertsFromPEM([]byte(o.Certificate)) {
			return nil, trouble(BadCertificate, o.Host, nil)
		}
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", net.JoinHostPort(o.Host, strconv.Itoa(o.Port)))
	if err != nil {
		return nil, trouble(Unreachable, o.Host, nil)
	}
	if until, ok := ctx.Deadline(); ok {
		conn.SetDeadline(until)
	}
	if o.Security == honne.SecureTLS {
		secure := tls.Client(conn, cfg)
		if err := secure.HandshakeContext(ctx); err != nil {
			conn.Close()
			return nil, notTrusted(o.Host, err)
		}
		conn = secure
	}
	c, err := smtp.NewClient(conn, o.Host)
	if err != nil {
		conn.Close()
		return nil, trouble(NotSMTP, o.Host, nil)
	}
	return c, startTLS(c, o, cfg)
}

func startTLS(c *smtp.Client, o honne.Outgoing, cfg *tls.Config) (err error) {
	if o.Security == honne.SecureStartTLS {
		if ok, _ := c.Extension("STARTTLS"); !ok {
			err = trouble(NoSecurity, o.Host, nil)
		} else if wrong := c.StartTLS(cfg); wrong != nil {
			err = notTrusted(o.Host, wrong)
		}
	}
	if err != nil {
		c.Close()
	}
	return err
}

func notTrusted(host string, err error) *Trouble {
	var unknown *tls.CertificateVerificationError
	if errors.As(err, &unknown) {
		return trouble(Untrusted, host, nil)
	}
	return trouble(NoTLS, host, nil)
}

func isHere(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// compose writes a letter as a message of text and HTML. A line end in the subject
// would begin another header: it is made a blank.
func compose(from, to *mail.Address, l honne.Letter) ([]byte, error) {
	sum := sha256.Sum256([]byte(l.Key + "\n" + l.To))
	id := hex.EncodeToString(sum[:16])
	body, err := alternatives(l, "=_"+id)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	_, domain, _ := strings.Cut(from.Address, "@")
	subject := strings.NewReplacer("\r", " ", "\n", " ").Replace(l.Subject)
	for _, h := range [...][2]string{{"From", from.String()}, {"To", to.String()}, {"Subject", mime.BEncoding.Encode("utf-8", subject)},
		{"Date", l.At.Format(time.RFC1123Z)}, {"Message-ID", "<" + id + "@" + domain + ">"}, {"Auto-Submitted", "auto-generated"},
		{"MIME-Version", "1.0"}, {"Content-Type", `multipart/alternative; boundary="=_` + id + `"`}} {
		b.WriteString(h[0] + ": " + h[1] + "\r\n")
	}
	b.WriteString("\r\n")
	b.Write(body)
	return b.Bytes(), nil
}

// alternatives are the text of a letter and, where there is one, its page, apart by a boundary.
func alternatives(l honne.Letter, boundary string) ([]byte, error) {
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	if err := parts.SetBoundary(boundary); err != nil {
		return nil, err
	}
	for _, p := range [...][2]string{{"text/plain", l.Text}, {"text/html", l.HTML}} {
		if p[1] == "" {
			continue
		}
		w, err := parts.CreatePart(textproto.MIMEHeader{"Content-Type": {p[0] + "; charset=utf-8"}, "Content-Transfer-Encoding": {"quoted-printable"}})
		if err != nil {
			return nil, err
		}
		q := quotedprintable.NewWriter(w)
		if _, err := io.WriteString(q, p[1]); err != nil {
			return nil, err
		}
		if err := q.Close(); err != nil {
			return nil, err
		}
	}
	err := parts.Close()
	return body.Bytes(), err
}
