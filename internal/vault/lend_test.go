package vault

import (
	"errors"
	"strings"
	"testing"
)

// A key that is lent opens what was sealed to it, with its own token alone.
func TestLend(t *testing.T) {
	k, _, err := NewKey("a quiet morning in Kyoto")
	if err != nil {
		t.Fatal(err)
	}
	o, err := k.Unlock("a quiet morning in Kyoto")
	if err != nil {
		t.Fatal(err)
	}
	token, sealed, err := o.Lend()
	if err != nil || strings.Contains(sealed, o.Sheet()) || token == o.Sheet() {
		t.Fatalf("%v", err)
	}
	other, _, _ := o.Lend()
	for _, bad := range []string{"", "x", other, o.Sheet()} {
		if _, err := Borrow(bad, sealed); !errors.Is(err, ErrPassphrase) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	back, err := Borrow(token, sealed)
	if err != nil || back.Sheet() != o.Sheet() {
		t.Errorf("%v", err)
	}
}
