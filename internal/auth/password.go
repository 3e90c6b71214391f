package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"honne"
)

// The cost of a password: argon2id with two passes over 19 MiB in one lane,
// the least that OWASP's password storage sheet recommends.
const (
	passes  = 2
	memory  = 19 * 1024 // KiB
	lanes   = 1
	saltLen = 16
	keyLen  = 32
)

// MinPassword is the least number of characters of a password.
const MinPassword = 8

const maxPassword = 1024 // bytes; a longer one would only cost work

//go:embed common.txt
var commonPasswords string

// CheckPassword says why a password cannot be used: the field and what to do.
func CheckPassword(password, email string) error {
	low := strings.ToLower(password)
	user, _, _ := strings.Cut(strings.ToLower(email), "@")
	switch {
	case utf8.RuneCountInString(password) < MinPassword:
		return &honne.Invalid{Field: "password", What: honne.Say("auth.password.short", honne.Count("n", MinPassword))}
	case len(password) > maxPassword:
		return &honne.Invalid{Field: "password", What: honne.Say("auth.password.long")}
	case common(low), low == strings.ToLower(email), user != "" && low == user:
		return &honne.Invalid{Field: "password", What: honne.Say("auth.password.common")}
	}
	return nil
}

func common(low string) bool {
	for word := range strings.FieldsSeq(commonPasswords) {
		if low == word {
			return true
		}
	}
	return false
}

// Passwords makes and checks hashes, a few at a time: each costs 19 MiB.
type Passwords struct{ slots chan struct{} }

// NewPasswords allows that many hashes at once.
func NewPasswords(parallel int) *Passwords {
	return &Passwords{make(chan struct{}, max(parallel, 1))}
}

// Hash returns the password's hash in the PHC string format.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLen)
	rand.Read(salt)
	key, err := p.key(ctx, password, salt)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memory, passes, lanes,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// Match reports whether the password has the hash. An empty hash takes as long
// as a real one and never matches, so that nobody learns which accounts exist.
func (p *Passwords) Match(ctx context.Context, password, hash string) (bool, error) {
	if len(password) > maxPassword {
		return false, nil
	}
	salt, want := split(hash)
	got, err := p.key(ctx, password, salt)
	if err != nil {
		return false, err
	}
	return len(want) == keyLen && subtle.ConstantTimeCompare(got, want) == 1, nil
}

func (p *Passwords) key(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
		return argon2.IDKey([]byte(password), salt, passes, memory, lanes, keyLen), nil
	case <-ctx.Done():
		return nil, fmt.Errorf("auth: wait for a password hash: %w", ctx.Err())
	}
}

func split(hash string) (salt, key []byte) {
	want := fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, memory, passes, lanes)
	rest, ok := strings.CutPrefix(hash, want)
	if !ok {
		return make([]byte, saltLen), nil
	}
	s, k, _ := strings.Cut(rest, "$")
	salt, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		return make([]byte, saltLen), nil
	}
	key, err = base64.RawStdEncoding.DecodeString(k)
	if err != nil {
		return salt, nil
	}
	return salt, key
}
