package pdf

import (
	"bytes"
	"errors"
	"io"
	"os"
	"testing"
)

// A file that was opened with its password reads like the one that never had
// any.
func TestUnlock(t *testing.T) {
	raw, err := os.ReadFile("testdata/locked.pdf")
	if err != nil {
		t.Fatal(err)
	}
	unlocked := func(raw []byte, password string) ([]byte, error) {
		r, err := Unlock(t.Context(), bytes.NewReader(raw), int64(len(raw)), password)
		if err != nil {
			return nil, err
		}
		return io.ReadAll(r)
	}
	opened, err := unlocked(raw, "user")
	if err != nil {
		t.Fatal(err)
	}
	golden, err := os.ReadFile("testdata/three.golden")
	if err != nil {
		t.Fatal(err)
	}
	want(t, "locked", opened, string(golden))
	var e *Error
	if _, err := unlocked(raw, "owner?"); !errors.As(err, &e) || e.Code != CodeWrongPassword {
		t.Errorf("another password: %v", err)
	}
	if _, err := unlocked(opened, "user"); !errors.As(err, &e) || e.Code != CodeNotLocked {
		t.Errorf("a file that is not locked: %v", err)
	}
	for _, name := range []string{"aes128", "rc4", "rc4-128"} { // locked with an empty password
		raw, err := os.ReadFile("testdata/" + name + ".pdf")
		if err != nil {
			t.Fatal(err)
		}
		opened, err := unlocked(raw, "")
		if err != nil {
			t.Fatal(err)
		}
		golden, err := os.ReadFile("testdata/aligned.golden")
		if err != nil {
			t.Fatal(err)
		}
		want(t, name, opened, string(golden))
	}
}
