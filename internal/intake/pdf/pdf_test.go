package pdf

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"honne/internal/honnetest"
)

// The files of testdata were made by LibreOffice (calc), Chromium, and ReportLab
// (all others); qpdf encrypted some and wrote others anew.
func TestFiles(t *testing.T) {
	names, err := filepath.Glob("testdata/*.pdf")
	if err != nil || len(names) < 15 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := dump(t, raw)
		var e *Error
		if errors.As(err, &e) {
			got = e.Code + "\n"
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		golden := strings.TrimSuffix(name, ".pdf")
		if same := map[string]string{"aes128": "aligned", "aes256": "aligned", "rc4": "aligned", "rc4-128": "aligned", "linear": "aligned"}[filepath.Base(golden)]; same != "" {
			golden = filepath.Join("testdata", same)
		}
		honnetest.Golden(t, golden+".golden", []byte(got))
	}
}
