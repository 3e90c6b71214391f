// Package mail opens a mailbox over IMAP and reads from it, and gives letters to
// a server over SMTP (send.go). Of a mailbox it reads the addresses that
// stand in its messages, and of those that are asked for the whole, as a stream.
// It owns the connection: TLS, signing in by password or OAuth token, a folder
// opened read-only (EXAMINE), so that nothing is ever marked as seen, moved or
// deleted, waiting for news (IDLE, else looking again), and bounds on time and
// bytes of each step, so that no server can hold or fill the program.
//
// It refuses to judge: which message is wanted and what becomes of it is decided
// by package job. It keeps nothing, and no error of it holds a secret or a word
// of a message.
package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"honne"
)

// Limits bound what a server may make of a step.
type Limits struct {
	Step    time.Duration // to answer
	Rate    int64         // bytes a second below which a long answer is given up
	Answer  int64         // bytes of an answer
	Head    int64         // bytes of one message's addresses
	Message int64         // bytes of a message
	Idle    time.Duration // that news are waited for in one go
	Poll    time.Duration // between two looks where a server sends no news
}

// DefaultLimits are far above what servers need, and far below what harms.
func DefaultLimits() Limits {
	return Limits{Step: time.Minute, Rate: 16 << 10, Answer: 16 << 20, Head: 256 << 10, Message: 150 << 20,
		Idle: 10 * time.Minute, Poll: time.Minute}
}

// Session is an open folder of a mailbox. It serves one goroutine.
type Session struct {
	limits   Limits
	client   *imapclient.Client
	conn     *bounded
	news     chan struct{}
	validity uint32
	host     string
}

// Open connects, signs in and opens the folder read-only. Where a token was
// exchanged and the old one is void, secrets holds the new one. The error is a
// *Trouble, or that of the context.
func Open(ctx context.Context, box honne.Mailbox, secrets *honne.Secrets, limits Limits) (*Session, error) {
	s, err := signedIn(ctx, box, secrets, limits)
	if err != nil {
		return nil, err
	}
	if err := s.examine(ctx, box.Folder); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Folders names the folders of a mailbox, at most a thousand.
func Folders(ctx context.Context, box honne.Mailbox, secrets *honne.Secrets, limits Limits) (names []string, err error) {
	s, err := signedIn(ctx, box, secrets, limits)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	err = s.step(ctx, 0, func() error {
		list, err := s.client.List("", "*", nil).Collect()
		for _, f := range list[:min(len(list), 1000)] {
			names = append(names, f.Mailbox)
		}
		return err
	})
	return names, err
}

func signedIn(ctx context.Context, box honne.Mailbox, secrets *honne.Secrets, limits Limits) (*Session, error) {
	token, err := accessToken(ctx, &http.Client{CheckRedirect: stay}, box, secrets, limits)
	if err != nil {
		return nil, err
	}
	s, err := connect(ctx, box, limits)
	if err != nil {
		return nil, err
	}
	if err := s.signIn(ctx, box, token); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func connect(ctx context.Context, box honne.Mailbox, limits Limits) (*Session, error) {
	cfg := &tls.Config{ServerName: box.Host, MinVersion: tls.VersionTLS12, NextProtos: []string{"imap"}}
	if box.Certificate != "" {
		cfg.RootCAs = x509.NewCertPool()
		if !cfg.RootCAs.AppendCertsFromPEM([]byte(box.Certificate)) {
			return nil, trouble(BadCertificate, box.Host, nil)
		}
	}
	dialling, cancel := context.WithTimeout(ctx, limits.Step)
	defer cancel()
	conn, err := (&tls.Dialer{Config: cfg}).DialContext(dialling, "tcp", net.JoinHostPort(box.Host, strconv.Itoa(box.Port)))
	if err != nil {
		return nil, cannotConnect(ctx, box.Host, err)
	}
	s := &Session{limits: limits, news: make(chan struct{}, 1), host: box.Host}
	s.conn = &bounded{Conn: conn}
	s.conn.left.Store(limits.Answer)
	s.client = imapclient.New(s.conn, &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		Mailbox: func(d *imapclient.UnilateralDataMailbox) {
			if d.NumMessages != nil {
				s.told()
			}
		}}})
	return s, nil
}

func (s *Session) told() {
	select {
	case s.news <- struct{}{}:
	default:
	}
}

// cannotConnect tells a certificate that is not trusted from a server that is
// not there.
func cannotConnect(ctx context.Context, host string, err error) error {
	var unknown *tls.CertificateVerificationError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &unknown):
		return trouble(Untrusted, host, err)
	case errors.As(err, new(tls.RecordHeaderError)):
		return trouble(NoTLS, host, nil)
	}
	return trouble(Unreachable, host, err)
}

func (s *Session) examine(ctx context.Context, folder string) error {
	return s.step(ctx, 0, func() error {
		data, err := s.client.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
		var no *imap.Error
		switch {
		case errors.As(err, &no) && no.Type == imap.StatusResponseTypeNo:
			return trouble(NoFolder, s.host, nil)
		case err != nil:
			return err
		case data.UIDValidity == 0:
			return trouble(NotIMAP, s.host, errors.New("no UIDVALIDITY"))
		}
		s.validity = data.UIDValidity
		return nil
	})
}

// Validity returns the number under which the server's numbers of messages hold.
func (s *Session) Validity() uint32 { return s.validity }

// Close ends the connection.
func (s *Session) Close() { _ = s.client.Close() } // what is lost with it was lost before

// step does one exchange with the server within the time that so many bytes may
// take. After an error that is no *Trouble of the exchange itself the connection
// is of no more use.
func (s *Session) step(ctx context.Context, bytes int64, do func() error) error {
	limit := s.limits.Step + time.Duration(bytes/s.limits.Rate)*time.Second
	within, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	s.conn.left.Store(s.limits.Answer + bytes)
	stop := context.AfterFunc(within, func() { _ = s.conn.Close() })
	err := do()
	if !stop() && err == nil {
		err = within.Err()
	}
	var known *Trouble
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case within.Err() != nil:
		return trouble(Silent, s.host, nil)
	case s.conn.left.Load() <= 0:
		return trouble(TooMuch, s.host, nil)
	case errors.Is(err, errStore) || errors.Is(err, ErrWithheld):
		return err
	}
	return trouble(Broken, s.host, fmt.Errorf("%T", err))
}
