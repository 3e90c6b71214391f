package vault

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"filippo.io/age"

	"honne"
)

// HouseKey seals what the server must be able to open by itself, such as the
// password of a mailbox. It lies in a file of its own, away from the database and
// its backups, as a line that the program age reads too. Its methods may be
// called from several goroutines and processes.
type HouseKey struct{ path string }

// NewHouseKey is the key that lies at path. Nothing is read or written before the
// first secret.
func NewHouseKey(path string) *HouseKey { return &HouseKey{path} }

// Seal makes of a secret what only the key opens, in base64. The first secret
// makes the key.
func (k *HouseKey) Seal(secret []byte) (string, error) {
	key, err := k.read()
	if errors.Is(err, fs.ErrNotExist) {
		key, err = k.make()
	}
	if err != nil {
		return "", fmt.Errorf("vault: key of the house: %w", err)
	}
	sealed, err := Seal(secret, key.Recipient())
	return base64.StdEncoding.EncodeToString(sealed), err
}

// Open opens what Seal made; honne.ErrNotFound where there is no key.
func (k *HouseKey) Open(sealed string) ([]byte, error) {
	key, err := k.read()
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("none at %s: %w", k.path, honne.ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("vault: key of the house: %w", err)
	}
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return nil, fmt.Errorf("vault: open what was sealed: %w", err)
	}
	return key.Open(raw)
}

func (k *HouseKey) read() (*Opener, error) {
	text, err := os.ReadFile(k.path)
	if err != nil {
		return nil, err
	}
	return Recover(string(text))
}

// make writes a new key, unless somebody else does at the same moment: then
// theirs is the key.
func (k *HouseKey) make() (*Opener, error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, err
	}
	tmp, err := os.CreateTemp(filepath.Dir(k.path), "key-")
	if err != nil {
		return nil, err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.WriteString(id.String() + "\n")
	if err = errors.Join(err, tmp.Chmod(0o600), tmp.Sync(), tmp.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(tmp.Name(), k.path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return k.read()
}
