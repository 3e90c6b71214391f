package honne

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestNamedProofsExist keeps the list of what is proven true: each test that it names
// is there, and each of its 36 lines.
func TestNamedProofsExist(t *testing.T) {
	list, err := os.ReadFile("docs/acceptance.md")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(regexp.MustCompile(`(?m)^\| \d+ \|`).FindAll(list, -1)); n != 36 {
		t.Errorf("%d lines", n)
	}
	var tests strings.Builder
	err = filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		tests.Write(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("`(Test\\w+)(?:/(\\w+))?`").FindAllStringSubmatch(string(list), -1) {
		if !strings.Contains(tests.String(), "\nfunc "+m[1]+"(") || m[2] != "" && !strings.Contains(tests.String(), `Run("`+m[2]+`"`) {
			t.Errorf("there is no test %s", m[0])
		}
	}
}
