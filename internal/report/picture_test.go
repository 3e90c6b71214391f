package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"honne/internal/lang"
)

var update = flag.Bool("update", false, "write the goldens")

func sentences(t *testing.T) *lang.Catalogues {
	t.Helper()
	c, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func written(t *testing.T, d Document, l lang.Language, to Terminal) string {
	t.Helper()
	var b bytes.Buffer
	if err := d.Text(&b, sentences(t), l, to); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPictureAsText(t *testing.T) {
	doc := Picture(sample(), evidence).WithProblems(19, 2)
	for _, l := range lang.All() {
		got := written(t, doc, l, Terminal{Width: 92})
		name := filepath.Join("testdata", "picture."+string(l)+".txt")
		if *update {
			if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s differs; see it with -update. Got:\n%s", name, got)
		}
	}
}

func TestTextKeepsItsWidth(t *testing.T) {
	doc := Picture(sample(), evidence)
	for _, l := range lang.All() {
		for _, width := range []int{60, 80, 120} {
			for line := range strings.Lines(written(t, doc, l, Terminal{Width: width})) {
				if n := columns(strings.TrimSuffix(line, "\n")); n > width && !strings.Contains(line, "─") && width >= 80 {
					t.Errorf("%s at %d columns: %d in %q", l, width, n, line)
				}
			}
		}
	}
}
