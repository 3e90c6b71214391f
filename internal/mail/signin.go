package mail

import (
	"context"
	"errors"
	"slices"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-sasl"

	"honne"
)

// signIn shows the server the secret, in the safest way that it offers.
func (s *Session) signIn(ctx context.Context, box honne.Mailbox, secret string) error {
	return s.step(ctx, 0, func() error {
		if err := s.client.WaitGreeting(); err != nil {
			return trouble(NotIMAP, s.host, nil)
		}
		caps := s.client.Caps()
		if caps == nil {
			return trouble(NotIMAP, s.host, nil)
		}
		refused := Refused
		if box.Token {
			refused = RefusedToken
		}
		err := s.show(box, secret, caps.AuthMechanisms())
		if no := (*imap.Error)(nil); errors.As(err, &no) || errors.Is(err, errChallenged) {
			return trouble(refused, s.host, nil)
		}
		return err
	})
}

func (s *Session) show(box honne.Mailbox, secret string, offers []string) error {
	switch {
	case box.Token && slices.Contains(offers, sasl.OAuthBearer):
		return s.client.Authenticate(bearer{sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{Username: box.User, Token: secret, Host: box.Host, Port: box.Port})})
	case box.Token && slices.Contains(offers, xoauth2):
		return s.client.Authenticate(bearer{xoauth{box.User, secret}})
	case box.Token:
		return errChallenged
	case slices.Contains(offers, sasl.Plain):
		return s.client.Authenticate(sasl.NewPlainClient("", box.User, secret))
	}
	return s.client.Login(box.User, secret).Wait()
}

// bearer is a way to show a token, in which a server asks back only to say why
// it refuses.
type bearer struct{ sasl.Client }

var errChallenged = errors.New("the token is refused")

// Next implements sasl.Client.
func (bearer) Next([]byte) ([]byte, error) { return nil, errChallenged }

// xoauth2 is what Google and Microsoft had before RFC 7628, and still have.
const xoauth2 = "XOAUTH2"

type xoauth struct{ user, token string }

// Start implements sasl.Client.
func (x xoauth) Start() (string, []byte, error) {
	return xoauth2, []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

// Next implements sasl.Client.
func (xoauth) Next([]byte) ([]byte, error) { return nil, errChallenged }
