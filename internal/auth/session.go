package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"honne"
	"honne/internal/store"
)

// SessionLife is the absolute end of a session: a long working day, after which
// somebody signs in again.
const SessionLife = 14 * time.Hour

// Sessions signs people in and out.
type Sessions struct {
	Store     *store.Store
	Passwords *Passwords
	Attempts  *Attempts
	Now       func() time.Time
}

// ErrTooMany says that there were too many attempts for now.
var ErrTooMany = errors.New("auth: too many attempts")

// SignIn checks e-mail and password and starts a session; the token goes into a
// cookie. honne.ErrForbidden when they do not match, ErrTooMany when the account
// or the address (from) has failed too often.
func (a *Sessions) SignIn(ctx context.Context, email, password, from string) (token string, u store.User, err error) {
	email = strings.ToLower(strings.TrimSpace(email))
	now := a.Now()
	if !a.Attempts.Allow("account "+email, now) || !a.Attempts.Allow("address "+from, now) {
		return "", u, ErrTooMany
	}
	u, err = a.Store.UserByEmail(ctx, email)
	if err != nil && !errors.Is(err, honne.ErrNotFound) {
		return "", u, fmt.Errorf("auth: find account: %w", err)
	}
	known := err == nil && !u.Disabled
	ok, err := a.Passwords.Match(ctx, password, u.PasswordHash)
	if err != nil {
		return "", u, err
	}
	if !known || !ok {
		return "", store.User{}, honne.ErrForbidden
	}
	a.Attempts.Forget("account " + email)
	token, err = a.Start(ctx, u.ID)
	return token, u, err
}

// Start starts a session of an account under a new token of 256 random bits;
// only its SHA-256 is stored.
func (a *Sessions) Start(ctx context.Context, id honne.UserID) (string, error) {
	var b [32]byte
	rand.Read(b[:])
	token := hex.EncodeToString(b[:])
	if err := a.Store.AddSession(ctx, digest(token), id, a.Now().Add(SessionLife)); err != nil {
		return "", fmt.Errorf("auth: start session: %w", err)
	}
	return token, nil
}

// Who returns the account of a request's session; ok is false when there is
// none or it has ended.
func (a *Sessions) Who(r *http.Request) (u store.User, ok bool, err error) {
	token := Token(r)
	if token == "" {
		return u, false, nil
	}
	u, err = a.Store.Session(r.Context(), digest(token))
	if errors.Is(err, honne.ErrNotFound) || err == nil && u.Disabled {
		return store.User{}, false, nil
	}
	if err != nil {
		return u, false, fmt.Errorf("auth: find session: %w", err)
	}
	return u, true, nil
}

// SignOut ends the session of a request.
func (a *Sessions) SignOut(r *http.Request) error {
	if token := Token(r); token != "" {
		if err := a.Store.EndSession(r.Context(), digest(token)); err != nil {
			return fmt.Errorf("auth: end session: %w", err)
		}
	}
	return nil
}

func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// The cookie's name: the prefix binds it to this host and to https. On a plain
// connection (localhost) browsers refuse the prefix.
const (
	secureCookie = "__Host-session"
	plainCookie  = "session"
)

// Token returns the session token that a request carries, "" when it has none.
func Token(r *http.Request) string {
	name := plainCookie
	if IsSecure(r) {
		name = secureCookie
	}
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// Cookie returns the cookie that keeps a token; an empty token deletes it.
func Cookie(r *http.Request, token string) *http.Cookie {
	c := &http.Cookie{Name: plainCookie, Value: token, Path: "/", HttpOnly: true,
		SameSite: http.SameSiteLaxMode, MaxAge: int(SessionLife / time.Second)}
	if IsSecure(r) {
		c.Name, c.Secure = secureCookie, true
	}
	if token == "" {
		c.MaxAge = -1
	}
	return c
}

// IsSecure reports whether the browser spoke https, to us or to the proxy
// before us.
func IsSecure(r *http.Request) bool {
	return r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"
}
