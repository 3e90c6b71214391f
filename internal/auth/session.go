package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"honne"
	"honne/internal/store"
)

// A session ends SessionLife after it began, a long working day, whatever
// happens; and after SessionIdle without a visit.
const (
	SessionLife = 14 * time.Hour
	SessionIdle = 3 * time.Hour
	renewAfter  = 15 * time.Minute
)

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
	a.Attempts.Return("address " + from) // not Forget: an account of one's own must not buy guesses at others
	token, err = a.Start(ctx, u.ID)
	return token, u, err
}

// Start starts a session of an account under a new token of 256 random bits;
// only its SHA-256 is stored.
func (a *Sessions) Start(ctx context.Context, id honne.UserID) (string, error) {
	return a.issue(ctx, id, a.Now())
}

// issue makes a token. It says when the session began and when it was issued;
// its hash is what is stored, so that neither can be changed.
func (a *Sessions) issue(ctx context.Context, id honne.UserID, began time.Time) (string, error) {
	var b [32]byte
	rand.Read(b[:])
	token := fmt.Sprintf("%x.%x.%s", began.Unix(), a.Now().Unix(), hex.EncodeToString(b[:]))
	if err := a.Store.AddSession(ctx, digest(token), id, began.Add(SessionLife)); err != nil {
		return "", fmt.Errorf("auth: start session: %w", err)
	}
	return token, nil
}

// Who returns the account of a request's session; ok is false when there is
// none or it has ended.
func (a *Sessions) Who(r *http.Request) (u store.User, ok bool, err error) {
	token := Token(r)
	began, issued, ok := times(token)
	if now := a.Now(); !ok || now.Sub(began) >= SessionLife || now.Sub(issued) >= SessionIdle {
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

// Renew returns a newer token for a session that is in use, "" while the one
// that the request carries is new enough. The old one ends by itself: another
// page of the same person may still be on its way with it.
func (a *Sessions) Renew(r *http.Request, id honne.UserID) (string, error) {
	began, issued, ok := times(Token(r))
	if !ok || a.Now().Sub(issued) < renewAfter {
		return "", nil
	}
	return a.issue(r.Context(), id, began)
}

// times reads when a session began and when its token was issued.
func times(token string) (began, issued time.Time, ok bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return began, issued, false
	}
	b, err1 := strconv.ParseInt(parts[0], 16, 64)
	i, err2 := strconv.ParseInt(parts[1], 16, 64)
	return time.Unix(b, 0), time.Unix(i, 0), err1 == nil && err2 == nil
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
