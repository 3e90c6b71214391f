package vault

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"

	"honne"
)

// Key is a key that only a passphrase opens. What is sealed to its Recipient can
// be read by whoever has the passphrase, or the recovery sheet, and by nobody
// once every copy of Wrapped and of the sheet is gone: that is how a note is
// deleted, in backups too.
type Key struct {
	Recipient string // age1…
	Wrapped   string // the identity, sealed under the passphrase; base64
}

// workFactor makes each guess at a passphrase cost about a quarter of a second.
const workFactor = 16

// LeastPassphrase is the least length of a passphrase, in characters.
const LeastPassphrase = 12

// ErrPassphrase is a passphrase that opens nothing.
var ErrPassphrase = errors.New("the passphrase does not open this key")

// NewKey makes a key under a passphrase, and the line of its recovery sheet: to
// be printed once and kept nowhere.
func NewKey(passphrase string) (Key, string, error) {
	if len([]rune(passphrase)) < LeastPassphrase {
		return Key{}, "", fmt.Errorf("vault: a passphrase has %d characters or more: %w", LeastPassphrase, honne.ErrInvalid)
	}
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return Key{}, "", fmt.Errorf("vault: new key: %w", err)
	}
	wrapped, err := wrap(id, passphrase)
	if err != nil {
		return Key{}, "", fmt.Errorf("vault: new key: %w", err)
	}
	return Key{id.Recipient().String(), wrapped}, id.String(), nil
}

func wrap(id *age.X25519Identity, passphrase string) (string, error) {
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return "", err
	}
	to.SetWorkFactor(workFactor)
	sealed, err := seal([]byte(id.String()), to)
	return base64.StdEncoding.EncodeToString(sealed), err
}

// Opener reads what was sealed to one key. It is never stored.
type Opener struct{ id *age.X25519Identity }

// Unlock opens a key; ErrPassphrase when the passphrase is another.
func (k Key) Unlock(passphrase string) (*Opener, error) {
	sealed, err := base64.StdEncoding.DecodeString(k.Wrapped)
	if err != nil {
		return nil, fmt.Errorf("vault: unlock: %w", err)
	}
	with, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, ErrPassphrase
	}
	with.SetMaxWorkFactor(workFactor)
	text, err := unseal(sealed, with)
	if err != nil {
		return nil, ErrPassphrase
	}
	return Recover(string(text))
}

// Recover opens a key by the line of its recovery sheet.
func Recover(sheet string) (*Opener, error) {
	id, err := age.ParseX25519Identity(strings.ToUpper(strings.TrimSpace(sheet)))
	if err != nil {
		return nil, fmt.Errorf("vault: this is no recovery line, it begins with AGE-SECRET-KEY-1: %w", honne.ErrInvalid)
	}
	return &Opener{id}, nil
}

// Rewrap puts an opened key under a new passphrase.
func (o *Opener) Rewrap(passphrase string) (Key, error) {
	if len([]rune(passphrase)) < LeastPassphrase {
		return Key{}, fmt.Errorf("vault: a passphrase has %d characters or more: %w", LeastPassphrase, honne.ErrInvalid)
	}
	wrapped, err := wrap(o.id, passphrase)
	if err != nil {
		return Key{}, fmt.Errorf("vault: rewrap: %w", err)
	}
	return Key{o.id.Recipient().String(), wrapped}, nil
}

// Recipient is what is sealed to this key.
func (o *Opener) Recipient() string { return o.id.Recipient().String() }

// Sheet is the line of the recovery sheet.
func (o *Opener) Sheet() string { return o.id.String() }

// Open reads what was sealed to the key.
func (o *Opener) Open(sealed []byte) ([]byte, error) {
	text, err := unseal(sealed, o.id)
	if err == nil {
		text, err = unpad(text)
	}
	if err != nil {
		return nil, fmt.Errorf("vault: open what was sealed: %w", err)
	}
	return text, nil
}

// Seal makes of a text what only the key of the recipient opens. Its length is
// padded to a multiple of 4 KiB, so that it tells nothing of the text.
func Seal(text []byte, recipient string) ([]byte, error) {
	to, err := age.ParseX25519Recipient(recipient)
	if err != nil {
		return nil, fmt.Errorf("vault: seal: %w", err)
	}
	sealed, err := seal(pad(text), to)
	if err != nil {
		return nil, fmt.Errorf("vault: seal: %w", err)
	}
	return sealed, nil
}

// padded is the block to which texts are filled up.
const padded = 4096

// pad writes the length before the text, and zeros behind it.
func pad(text []byte) []byte {
	out := append(binary.BigEndian.AppendUint32(nil, uint32(len(text))), text...)
	return append(out, make([]byte, (padded-len(out)%padded)%padded)...)
}

func unpad(text []byte) ([]byte, error) {
	if len(text) < 4 || int64(binary.BigEndian.Uint32(text)) > int64(len(text)-4) {
		return nil, errors.New("it is damaged")
	}
	return text[4 : 4+binary.BigEndian.Uint32(text)], nil
}

func seal(text []byte, to age.Recipient) ([]byte, error) {
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err == nil {
		_, err = w.Write(text)
	}
	if err == nil {
		err = w.Close()
	}
	return out.Bytes(), err
}

func unseal(sealed []byte, with age.Identity) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(sealed), with)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
