package archive

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"honne/internal/honnetest"
)

// locked lists the archives of testdata, packed with sakura2025 by Info-ZIP
// (old.zip) and 7-Zip, and their files with what stands in the first line.
func locked(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// codes opens all files and says of each its size, or why it does not open.
func codes(raw []byte, password string) (string, error) {
	a, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return "", err
	}
	defer a.Close()
	a.Password = password
	var out []string
	for f, err := range a.Files(context.Background()) {
		var body io.ReaderAt
		if err == nil {
			body, err = f.Open()
		}
		var e *Error
		if errors.As(err, &e) {
			out = append(out, e.Code)
			continue
		}
		if err != nil {
			return "", err
		}
		text, err := io.ReadAll(io.NewSectionReader(body, 0, f.Size))
		if err != nil || !strings.HasPrefix(string(text), "得意先名") {
			return "", errors.Join(err, errors.New("other text than packed"))
		}
		out = append(out, "ok")
	}
	return strings.Join(out, " "), nil
}

func TestLocked(t *testing.T) {
	for name, files := range map[string]int{"old.zip": 2, "aes.zip": 2, "aes128.zip": 1} {
		raw := locked(t, name)
		for password, want := range map[string]string{"sakura2025": "ok", "": CodePassword, "sakura2024": CodeWrongPassword} {
			want := strings.TrimSpace(strings.Repeat(want+" ", files))
			if got, err := codes(raw, password); err != nil || got != want {
				t.Errorf("%s with %q: %s, %v; want %s", name, password, got, err, want)
			}
		}
		damaged := bytes.Clone(raw)
		damaged[len(damaged)/4] ^= 1
		if got, err := codes(damaged, "sakura2025"); err != nil || !strings.Contains(got, CodeWrongPassword) {
			t.Errorf("%s damaged: %s, %v", name, got, err)
		}
	}
}

// A damaged archive ends in *Errors or in files.
func TestDamagedLocked(t *testing.T) {
	for _, name := range []string{"old.zip", "aes.zip", "aes128.zip"} {
		for i, raw := range honnetest.Mutations(1, locked(t, name), 300) {
			var e *Error
			if _, err := codes(raw, "sakura2025"); err != nil && !errors.As(err, &e) && !strings.Contains(err.Error(), "other text") {
				t.Errorf("%s, copy %d: an error of another type: %v", name, i, err)
			}
		}
	}
}

// FuzzLocked wants an *Error or files of whatever is there.
func FuzzLocked(f *testing.F) {
	for _, name := range []string{"old.zip", "aes.zip", "aes128.zip"} {
		f.Add(locked(f, name))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var e *Error
		if _, err := codes(raw, "sakura2025"); err != nil && !errors.As(err, &e) && !strings.Contains(err.Error(), "other text") {
			t.Errorf("an error of another type: %v", err)
		}
	})
}
