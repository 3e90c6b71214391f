package vault

import (
	"encoding/base64"
	"fmt"

	"filippo.io/age"
)

// Lend seals an opened key to a token made for it alone: the token goes to the
// person, what is sealed may lie in the database. Neither opens the key without
// the other, so no process holds it while nobody asks.
func (o *Opener) Lend() (token, sealed string, err error) {
	to, err := age.GenerateX25519Identity()
	if err != nil {
		return "", "", fmt.Errorf("vault: lend a key: %w", err)
	}
	text, err := seal([]byte(o.Sheet()), to.Recipient())
	if err != nil {
		return "", "", fmt.Errorf("vault: lend a key: %w", err)
	}
	return to.String(), base64.StdEncoding.EncodeToString(text), nil
}

// Borrow opens the key that was lent to a token; ErrPassphrase when it was lent
// to another one.
func Borrow(token, sealed string) (*Opener, error) {
	id, err := age.ParseX25519Identity(token)
	if err != nil {
		return nil, ErrPassphrase
	}
	text, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return nil, ErrPassphrase
	}
	sheet, err := unseal(text, id)
	if err != nil {
		return nil, ErrPassphrase
	}
	return Recover(string(sheet))
}
