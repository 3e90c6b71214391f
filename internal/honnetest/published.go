package honnetest

import (
	"os"
	"strings"
	"testing"
)

// Published wants every printed line that begins with one of the marks to stand in
// the documentation too, so that a published figure is the one that is measured.
func Published(t *testing.T, doc, printed string, marks ...string) {
	t.Helper()
	raw, err := os.ReadFile("../../docs/" + doc)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for line := range strings.Lines(string(raw)) {
		known[line] = true
	}
	for line := range strings.Lines(printed) {
		for _, mark := range marks {
			if strings.HasPrefix(line, mark) && !known[line] {
				t.Errorf("docs/%s does not say, as is measured now:\n%s", doc, line)
			}
		}
	}
}
