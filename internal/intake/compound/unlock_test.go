package compound

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"honne/internal/honnetest"
)

// password opens the books in testdata: agile.xlsx was locked by
// officecrypto-tool, standard.xlsx by LibreOffice. structure.xlsx is locked with
// the password that Excel uses where nobody gave one.
const password = "桜2025"

func book(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// unlock opens a locked book whole.
func unlock(ctx context.Context, raw []byte, password string) ([]byte, error) {
	f, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, err
	}
	r, size, err := f.Unlock(ctx, password)
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(r)
	if err == nil && int64(len(out)) != size {
		err = errors.New("another size than said")
	}
	return out, err
}

func code(err error) string {
	var e *Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Code
}

func TestUnlock(t *testing.T) {
	for name, word := range map[string]string{"agile.xlsx": password, "standard.xlsx": password, "structure.xlsx": "VelvetSweatshop"} {
		out, err := unlock(t.Context(), book(t, name), word)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		z, err := zip.NewReader(bytes.NewReader(out), int64(len(out)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, f := range z.File {
			body, err := f.Open()
			if err == nil {
				_, err = io.Copy(io.Discard, body) // and its checksum is right
			}
			if err != nil {
				t.Errorf("%s: %s: %v", name, f.Name, err)
			}
		}
		for _, wrong := range []string{"", "桜2024", "桜2025 "} {
			if _, err := unlock(t.Context(), book(t, name), wrong); code(err) != CodeWrongPassword {
				t.Errorf("%s with %q: %v", name, wrong, err)
			}
		}
	}
}

// The library that writes workbooks is the oracle.
func TestAgainstTheLibrary(t *testing.T) {
	plain := bytes.Repeat([]byte("PK workbook "), 5000)
	raw, err := excelize.Encrypt(plain, &excelize.Options{Password: password})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := unlock(t.Context(), raw, password); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	want, err := excelize.Decrypt(book(t, "agile.xlsx"), &excelize.Options{Password: password})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := unlock(t.Context(), book(t, "agile.xlsx"), password); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes, the library has %d, %v", len(got), len(want), err)
	}
}

func TestNotUnlocked(t *testing.T) {
	agile, standard := book(t, "agile.xlsx"), book(t, "standard.xlsx")
	patch := func(old, new string) []byte {
		out := bytes.Replace(agile, []byte(old), []byte(new), 1)
		if bytes.Equal(out, agile) {
			t.Fatalf("nothing of %s was replaced", old)
		}
		return out
	}
	damaged := bytes.Clone(agile)
	damaged[len(damaged)/2] ^= 1
	for _, c := range []struct {
		name string
		raw  []byte
		want string
	}{
		{"no compound file", []byte("PK"), CodeTruncated},
		{"half of it", agile[:len(agile)/2], CodeTruncated},
		{"damage", damaged, CodeTruncated},
		{"another cipher", patch(`cipherAlgorithm="AES"`, `cipherAlgorithm="RC4"`), CodeCipher},
		{"another hash", patch(`hashAlgorithm="SHA512"`, `hashAlgorithm="MD2999"`), CodeCipher},
		{"endless rounds", patch(`spinCount="100000" saltSize="16"`, `spinCount="99999999"           `+" "), CodeCipher},
		{"no more compound", standard[:512], CodeTruncated},
	} {
		if _, err := unlock(t.Context(), c.raw, password); code(err) != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := unlock(ended, agile, password); code(err) != CodeDeadline {
		t.Errorf("a cancelled context: %v", err)
	}
}

// A damaged file ends in an *Error or opens.
func TestDamaged(t *testing.T) {
	for _, name := range []string{"agile.xlsx", "standard.xlsx"} {
		for i, raw := range honnetest.Mutations(1, book(t, name), 150) {
			if _, err := unlock(t.Context(), raw, password); err != nil && code(err) == "" {
				t.Errorf("%s, copy %d: an error of another type: %v", name, i, err)
			}
		}
	}
}

// FuzzUnlock wants an *Error or bytes of whatever is there, soon.
func FuzzUnlock(f *testing.F) {
	for _, name := range []string{"agile.xlsx", "standard.xlsx"} {
		f.Add(book(f, name))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if n := bytes.Index(raw, []byte("spinCount=")); n >= 0 && !strings.HasPrefix(string(raw[n:]), `spinCount="100000"`) {
			return // slow, not wrong
		}
		began := time.Now()
		if _, err := unlock(context.Background(), raw, password); err != nil && code(err) == "" {
			t.Errorf("an error of another type: %v", err)
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("took %s", took)
		}
	})
}
