package job

import (
	"iter"
	"os"
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/promise"
)

// TestChangesAtThePartner holds what is proposed from mail against passages that say so
// plainly, and against those that tell of others' people and goods.
func TestChangesAtThePartner(t *testing.T) {
	t.Parallel()
	book := honnetest.Japan(t)
	words, said := promise.New(book), honne.Receipt{At: time.Date(2026, 10, 5, 1, 0, 0, 0, time.UTC)}
	for want, text := range passages(t, "testdata/changes.txt") {
		if got := toldAs(changes(honne.Mail{Side: honne.Theirs, Text: text, Receipt: said}, book, words)); got != want {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
		if ours := changes(honne.Mail{Side: honne.Ours, Text: text, Receipt: said}, book, words); len(ours) > 0 {
			t.Errorf("ours: %+v", ours)
		}
	}
}

func toldAs(list []honne.ToldChange) string {
	if len(list) == 0 {
		return "none"
	}
	out, x := string(list[0].Kind), list[0]
	for _, f := range []struct {
		word string
		on   bool
	}{{"past", x.Past}, {"followed", x.Followed}, {"competes", x.Competes}, {"from=" + x.Day.String(), x.Day != 0}} {
		if f.on {
			out += " " + f.word
		}
	}
	return out
}

// passages are the lines of a file of passages, each with what is to be read in it.
func passages(t *testing.T, file string) iter.Seq2[string, string] {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(want, text string) bool) {
		for line := range strings.Lines(string(data)) {
			want, text, ok := strings.Cut(strings.TrimSpace(line), " | ")
			if ok && !strings.HasPrefix(line, "#") && !yield(want, text) {
				return
			}
		}
	}
}
