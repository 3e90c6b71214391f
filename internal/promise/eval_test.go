package promise_test

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/honnetest/corpus"
	"honne/internal/playbook"
	"honne/internal/promise"
)

var eval = flag.Bool("eval", false, "print the tables of docs/claims.md")

// tally counts how the passages of a row were read.
type tally struct {
	promises, found, others, wrong int
	dated, right                   int // promises found that name a day, and those with the right one
	later, heard                   int // moved and kept
}

func (s *tally) add(p passage, f found) {
	switch p.label {
	case "none":
		s.others++
		if f.label != "none" {
			s.wrong++
		}
		return
	case "promise":
		s.promises++
	default:
		s.later++
		if f.wrong(p) == "" {
			s.heard++
		}
		return
	}
	if f.label != "promise" {
		return
	}
	s.found++
	if want, ok := p.want["due"]; ok {
		s.dated++
		if f.got["due"] == want {
			s.right++
		}
	}
}

// TestEvaluation prints how well the passages of testdata/heldout.txt are read,
// which were put aside before the rules were written, and keeps a change from
// making it worse.
func TestEvaluation(t *testing.T) {
	r := recogniser(t)
	out := &strings.Builder{}
	all, rows := map[string]*tally{}, []string{}
	for _, p := range passages(t, "heldout.txt") {
		f := read(r, p)
		for _, row := range []string{p.lang, p.lang + " " + p.style} {
			if all[row] == nil {
				all[row] = &tally{}
			}
			all[row].add(p, f)
		}
	}
	for _, lang := range []string{"ja", "en"} {
		rows = append(rows, lang)
		for _, style := range playbook.Styles() {
			rows = append(rows, lang+" "+style)
		}
	}
	fmt.Fprint(out, "| passages | promises | found | precision | right day | others | taken for promises | moved or kept | heard |\n|---|---|---|---|---|---|---|---|---|\n")
	for _, row := range rows {
		s := all[row]
		fmt.Fprintf(out, "| %s | %d | %s | %s | %s | %d | %s | %d | %s |\n", row, s.promises, percent(s.found, s.promises), percent(s.found, s.found+s.wrong),
			percent(s.right, s.dated), s.others, percent(s.wrong, s.others), s.later, percent(s.heard, s.later))
	}
	for _, lang := range []string{"ja", "en"} {
		if s := all[lang]; s.found*100 < 70*s.promises || s.wrong*100 > 10*s.others || s.right*100 < 90*s.dated {
			t.Errorf("%s: %d of %d promises found, %d of %d days right, %d of %d others taken for promises", lang, s.found, s.promises, s.right, s.dated, s.wrong, s.others)
		}
	}
	dialogue(t, r, out)
	reasons(t, r, out)
	if *eval {
		fmt.Print(out)
	}
	honnetest.Published(t, "claims.md", out.String(), "| ja |", "| en |")
}

// reasons counts what is taken for a promise in passages that other hands wrote
// for another purpose: reasons without a step of their own.
func reasons(t *testing.T, r *promise.Recogniser, out io.Writer) {
	list, err := playbook.Sentences(os.DirFS("../claim/testdata"), "heldout")
	if err != nil {
		t.Fatal(err)
	}
	n, wrong := map[string]int{}, map[string]int{}
	for _, s := range list {
		if s.Label == playbook.Ordinary {
			continue
		}
		n[s.Lang]++
		if len(r.Find(honne.Passage{Text: s.Text, From: honne.Theirs}, said)) > 0 {
			wrong[s.Lang]++
		}
	}
	fmt.Fprintf(out, "reasons without a step: %d passages, taken for promises ja %s, en %s\n", n["ja"]+n["en"], percent(wrong["ja"], n["ja"]), percent(wrong["en"], n["en"]))
	if wrong["ja"]*50 > n["ja"] || wrong["en"]*50 > n["en"] {
		t.Errorf("of %v reasons %v are taken for promises", n, wrong)
	}
}

func percent(n, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(of))
}

// dialogue counts what is taken for a promise in the meetings of the corpus, in
// which people speak of what they will do, but to each other.
func dialogue(t *testing.T, r *promise.Recogniser, out io.Writer) {
	is := func(text string) bool {
		return len(r.Find(honne.Passage{Text: text, From: honne.Theirs}, said)) > 0
	}
	n, ja, en := 0, 0, 0
	for _, line := range corpus.Meetings(t) {
		n++
		if is(line.JA) {
			ja++
		}
		if is(line.EN) {
			en++
		}
	}
	fmt.Fprintf(out, "\nmeetings: %d lines, taken for promises ja %s, en %s\n", n, percent(ja, n), percent(en, n))
	if max(ja, en)*100 > n {
		t.Errorf("of %d lines of meetings %d and %d are taken for promises", n, ja, en)
	}
}

func BenchmarkFind(b *testing.B) {
	r := recogniser(b)
	list := passages(b, "rules.txt")
	b.ResetTimer()
	for i := range b.N {
		p := list[i%len(list)]
		r.Find(honne.Passage{Text: p.text, From: honne.Theirs}, said)
	}
}
