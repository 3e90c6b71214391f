package claim_test

import (
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/claim"
	"honne/internal/honnetest"
	"honne/internal/honnetest/corpus"
	"honne/internal/playbook"
)

var eval = flag.Bool("eval", false, "print the tables of docs/claims.md")

// weighed is a passage with what recognition says of it.
type weighed struct {
	playbook.Sentence
	score   float64 // probability of any excuse, also below the threshold
	flagged bool
	first   string
}

func (w weighed) excuse() bool { return w.Label != playbook.Ordinary }

// weigh weighs the passages of a folder of testdata, which other hands wrote and
// from which no rule, idea or training sentence was made.
func weigh(t *testing.T, folder string) []weighed {
	t.Helper()
	sentences, err := playbook.Sentences(os.DirFS("testdata"), folder)
	if err != nil {
		t.Fatal(err)
	}
	open, usual := recogniser(t, 1e-9), recogniser(t, 0)
	var out []weighed
	for _, s := range sentences {
		w := weighed{Sentence: s}
		for _, m := range open.Recognise(honne.Passage{Text: s.Text, From: honne.Theirs}) {
			if !m.Barrier && m.Score > w.score {
				w.score, w.first = m.Score, m.Excuse
			}
		}
		w.flagged = slices.ContainsFunc(usual.Recognise(honne.Passage{Text: s.Text, From: honne.Theirs}), func(m honne.Mention) bool { return !m.Barrier })
		out = append(out, w)
	}
	return out
}

// recogniser recognises at another threshold than the playbook's.
func recogniser(t testing.TB, threshold float64) *claim.Recogniser {
	t.Helper()
	p := book(t)
	if threshold > 0 {
		p.Recognition.Threshold = playbook.Thresholds{JA: threshold, EN: threshold}
	}
	r, err := claim.NewRecogniser(p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestEvaluation prints what docs/claims.md publishes, and keeps a change from
// making it worse: the floors lie below what is published, which lies below
// what is wanted.
func TestEvaluation(t *testing.T) {
	out := &strings.Builder{}
	for _, folder := range []string{"heldout", "fresh", "common"} {
		list := weigh(t, folder)
		fmt.Fprintf(out, "\n%s\n\n| passages | excuses | detected | right first | precision | others | flagged | recall at 1 %% | 2 %% | 5 %% | 10 %% |\n|---|---|---|---|---|---|---|---|---|---|---|\n", folder)
		for _, lang := range []string{"ja", "en"} {
			row(out, lang, list, func(w weighed) bool { return w.Lang == lang })
			for _, style := range playbook.Styles() {
				row(out, lang+" "+style, list, func(w weighed) bool { return w.Lang == lang && w.Style == style })
			}
			holds(t, folder, lang, list)
		}
		calibration(out, list)
	}
	dialogue(t, out)
	if *eval {
		trainedAnew(t)
		fmt.Print(out)
	}
	honnetest.Published(t, "claims.md", out.String(), "| ja", "| en")
}

// holds wants 92 of a hundred excuses flagged, the right one first of 82 in a hundred, and
// of the others five in a hundred flagged at most.
func holds(t *testing.T, folder, lang string, list []weighed) {
	t.Helper()
	excuse := func(w weighed) bool { return w.Lang == lang && w.excuse() }
	other := func(w weighed) bool { return w.Lang == lang && !w.excuse() }
	found := count(list, func(w weighed) bool { return excuse(w) && w.flagged })
	right := count(list, func(w weighed) bool { return excuse(w) && w.first == w.Label })
	wrong := count(list, func(w weighed) bool { return other(w) && w.flagged })
	if n, of := count(list, excuse), count(list, other); found*100 < 92*n || right*100 < 82*n || wrong*100 > 5*of {
		t.Errorf("%s, %s: %d of %d excuses are flagged, of %d the right one stands first, %d of %d others are flagged", folder, lang, found, n, right, wrong, of)
	}
}

func row(out io.Writer, name string, list []weighed, in func(weighed) bool) {
	var excuses, others []weighed
	for _, w := range list {
		switch {
		case !in(w):
		case w.excuse():
			excuses = append(excuses, w)
		default:
			others = append(others, w)
		}
	}
	if len(excuses) == 0 {
		return // a style that the set does not hold
	}
	flagged := func(w weighed) bool { return w.flagged }
	hits, wrong := count(excuses, flagged), count(others, flagged)
	right := count(excuses, func(w weighed) bool { return w.first == w.Label })
	fmt.Fprintf(out, "| %s | %d | %s | %s | %s | %d | %s |", name, len(excuses), percent(hits, len(excuses)), percent(right, len(excuses)),
		percent(hits, hits+wrong), len(others), percent(wrong, len(others)))
	slices.SortFunc(others, func(a, b weighed) int { return sign(b.score - a.score) })
	for _, share := range []float64{0.01, 0.02, 0.05, 0.10} {
		limit := 1.0
		if i := int(share * float64(len(others))); i < len(others) {
			limit = others[i].score
		}
		fmt.Fprintf(out, " %s |", percent(count(excuses, func(w weighed) bool { return w.score > limit }), len(excuses)))
	}
	fmt.Fprintln(out)
}

func sign(x float64) int {
	switch {
	case x < 0:
		return -1
	case x > 0:
		return 1
	}
	return 0
}

func count(list []weighed, is func(weighed) bool) (n int) {
	for _, w := range list {
		if is(w) {
			n++
		}
	}
	return n
}

func percent(n, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(of))
}

// calibration sets what was said against what was so, in ten classes.
func calibration(out io.Writer, list []weighed) {
	fmt.Fprint(out, "\n| score | passages ja | excuses ja | passages en | excuses en |\n|---|---|---|---|---|\n")
	for i := range 10 {
		fmt.Fprintf(out, "| %.1f–%.1f |", float64(i)/10, float64(i+1)/10)
		for _, lang := range []string{"ja", "en"} {
			in := func(w weighed) bool { return w.Lang == lang && min(9, int(math.Floor(w.score*10))) == i }
			n := count(list, in)
			fmt.Fprintf(out, " %d | %s |", n, percent(count(list, func(w weighed) bool { return in(w) && w.excuse() }), n))
		}
		fmt.Fprintln(out)
	}
}

// dialogue measures how often ordinary talk is flagged: the meetings and
// consultations of the corpus, which hold next to no excuses.
func dialogue(t *testing.T, out io.Writer) {
	r := recogniser(t, 0)
	flagged := func(s string) bool {
		return slices.ContainsFunc(r.Recognise(honne.Passage{Text: s, From: honne.Theirs}), func(m honne.Mention) bool { return !m.Barrier })
	}
	n, ja, en, apart := 0, 0, 0, 0
	for _, line := range corpus.Meetings(t) {
		a, b := flagged(line.JA), flagged(line.EN)
		n++
		if a {
			ja++
		}
		if b {
			en++
		}
		if a != b {
			apart++
		}
		if *eval && (a || b) {
			t.Logf("%v %v %s / %s", a, b, line.JA, line.EN)
		}
	}
	fmt.Fprintf(out, "\nmeetings: %d pairs, flagged ja %s, en %s; languages agree %s\n", n, percent(ja, n), percent(en, n), percent(n-apart, n))
	if n > 0 && max(ja, en)*100 > n || apart*100 > n {
		t.Errorf("of %d ordinary lines %d and %d are flagged, %d in one language only", n, ja, en, apart)
	}
}
