package xls

import (
	"bytes"
	"errors"
	"io"
	"os"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/intake/grid"
)

// unlock opens a workbook of testdata; both are what LibreOffice wrote, locked
// in the two ways of Excel, as msoffcrypto-tool opens them too.
func unlock(t *testing.T, raw []byte, password string) ([]byte, error) {
	t.Helper()
	r, err := Unlock(t.Context(), bytes.NewReader(raw), int64(len(raw)), password)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func locked(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func codeOf(err error) string {
	var e *Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Code
}

func TestUnlock(t *testing.T) {
	for _, name := range []string{"rc4.xls", "cryptoapi.xls"} {
		raw := locked(t, name)
		if _, err := Open(bytes.NewReader(raw), int64(len(raw))); codeOf(err) != CodePassword {
			t.Errorf("%s locked: %v", name, err)
		}
		if _, err := unlock(t, raw, "桜2024"); codeOf(err) != CodeWrongPassword {
			t.Errorf("%s with another password: %v", name, err)
		}
		opened, err := unlock(t, raw, "桜2025")
		if err != nil {
			t.Fatal(err)
		}
		b, err := Open(bytes.NewReader(opened), int64(len(opened)))
		if err != nil || !Sniff(opened) {
			t.Fatal(name, err)
		}
		var got []string
		err = b.Each(t.Context(), 0, func(r *grid.Row) error {
			for _, c := range r.Cells {
				got = append(got, honne.Cell{Row: r.N, Col: c.Col}.String()+"="+c.Text)
			}
			return nil
		})
		if err != nil || len(got) != 12 || got[4] != "A2=青葉病院" || got[11] != "D3=310" {
			t.Errorf("%s: %v, %v", name, got, err)
		}
		if _, err := unlock(t, opened, "桜2025"); codeOf(err) != CodeNotLocked {
			t.Errorf("%s opened: %v", name, err)
		}
		for i, raw := range honnetest.Mutations(1, raw, 200) {
			if _, err := unlock(t, raw, "桜2025"); err != nil && codeOf(err) == "" {
				t.Errorf("%s, copy %d: an error of another type: %v", name, i, err)
			}
		}
	}
	if _, err := unlock(t, one(rec(recFilePass, uint16(0), uint32(0))), "x"); codeOf(err) != CodeCipher {
		t.Errorf("obfuscated as in Excel 95: %v", err)
	}
}
