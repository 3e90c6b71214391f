package mail

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"

	"honne"
)

// accessToken returns what to show the server: the secret itself, or, where it
// is a refresh token, the access token that it is exchanged for (RFC 6749 6). A
// server that gives a new refresh token makes the old one void: the new one is
// put into secrets.
func accessToken(ctx context.Context, web *http.Client, box honne.Mailbox, secrets *honne.Secrets, limits Limits) (string, error) {
	if !box.Token || box.TokenAt == "" {
		return secrets.Secret, nil
	}
	within, cancel := context.WithTimeout(ctx, limits.Step)
	defer cancel()
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {secrets.Secret}, "client_id": {box.Client}}
	if secrets.Client != "" {
		form.Set("client_secret", secrets.Client)
	}
	req, err := http.NewRequestWithContext(within, http.MethodPost, box.TokenAt, strings.NewReader(form.Encode()))
	if err != nil {
		return "", trouble(NoToken, box.Host, nil)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	var given struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
	}
	answer, err := web.Do(req)
	if err == nil {
		defer answer.Body.Close()
		err = json.NewDecoder(io.LimitReader(answer.Body, 1<<20)).Decode(&given)
	}
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil || answer.StatusCode != http.StatusOK || given.Access == "":
		return "", trouble(NoToken, box.Host, nil) // the error may hold what was sent
	case given.Refresh != "":
		secrets.Secret = given.Refresh
	}
	return given.Access, nil
}

// stay keeps a secret from being sent on to another address.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
