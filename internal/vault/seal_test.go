package vault_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"honne"
	"honne/internal/vault"
)

func TestSealedTextOpensForItsKeyAlone(t *testing.T) {
	key, sheet, err := vault.NewKey("correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "数字の締めで苦労しています。", strings.Repeat("x", 5000), "ends in a mark\x01\x00"} {
		sealed, err := vault.Seal([]byte(text), key.Recipient)
		if err != nil || bytes.Contains(sealed, []byte("数字")) {
			t.Fatalf("%v", err)
		}
		o, err := key.Unlock("correct horse battery")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := o.Open(sealed); err != nil || string(got) != text {
			t.Errorf("%q, %v", got, err)
		}
		again, err := vault.Recover(sheet)
		if err != nil || again.Recipient() != key.Recipient {
			t.Fatalf("the sheet: %v", err)
		}
		other, _, err := vault.NewKey("another passphrase")
		if err != nil {
			t.Fatal(err)
		}
		o, err = other.Unlock("another passphrase")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.Open(sealed); err == nil {
			t.Error("another key opens it")
		}
	}
}

func TestPassphrases(t *testing.T) {
	if _, _, err := vault.NewKey("short"); !errors.Is(err, honne.ErrInvalid) {
		t.Errorf("a short one: %v", err)
	}
	key, _, err := vault.NewKey("correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := key.Unlock("wrong horse battery"); !errors.Is(err, vault.ErrPassphrase) {
		t.Errorf("a wrong one: %v", err)
	}
	o, err := key.Unlock("correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	renewed, err := o.Rewrap("a new passphrase!")
	if err != nil || renewed.Recipient != key.Recipient {
		t.Fatalf("%v", err)
	}
	if _, err := renewed.Unlock("a new passphrase!"); err != nil {
		t.Error(err)
	}
}

// Two notes of different length look alike.
func TestLengthTellsNothing(t *testing.T) {
	key, _, err := vault.NewKey("correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	a, _ := vault.Seal([]byte("はい"), key.Recipient)
	b, _ := vault.Seal([]byte(strings.Repeat("いいえ", 100)), key.Recipient)
	if len(a) != len(b) {
		t.Errorf("%d and %d bytes", len(a), len(b))
	}
}
