package eval

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest/corpus"
	"honne/internal/playbook"
)

var (
	evaluating = flag.Bool("eval", false, "print how the corpus and the layouts were read; fail when anything is wrong and nothing says so")
	seed       = flag.Uint64("seed", 0, "print the sheet and the faults of the layout of this `SEED` and do no more")
	many       = flag.Int("layouts", 400, "layouts of each family in the evaluation")
	doubts     = flag.Bool("doubts", false, "print also what was read wrongly with a warning")
	only       = flag.String("family", "", "make layouts of this `FAMILY` only")
)

// TestEvaluation reads layouts of each family: nothing may be wrong without a word about
// it. Asked for, it reads many of them and the corpus, and prints how each part was read.
func TestEvaluation(t *testing.T) {
	book := testBook(t)
	if *seed > 0 {
		showLayout(t, *seed, book)
		return
	}
	n := quickLayouts
	var scores []*score
	if *evaluating {
		n, scores = *many, scoreCorpus(t, book)
	}
	layouts, err := scoreLayouts(n, book)
	if err != nil {
		t.Fatal(err)
	}
	sheets, exact := 0, 0
	for _, s := range layouts {
		sheets, exact = sheets+s.sheets, exact+s.exact
	}
	if float64(exact) < leastExact*float64(sheets) {
		t.Errorf("of %d layouts %d were exact", sheets, exact)
	}
	scores = append(scores, layouts...)
	for _, s := range scores {
		if s.lost > 0 {
			t.Errorf("%s: %d sheets were read wrongly, and nothing said so", s.part, s.lost)
		}
	}
	if *evaluating || t.Failed() {
		printScores(os.Stdout, scores)
	}
}

const (
	quickLayouts = 100  // of each family, unless many are asked for
	leastExact   = 0.93 // of the layouts that must be read exactly; the others say what they lack
)

func scoreCorpus(t *testing.T, book *playbook.Playbook) (scores []*score) {
	t.Helper()
	for _, folder := range corpusFolders {
		s, err := scoreFolder(filepath.Join(corpus.Dir(t), folder), book)
		if err != nil {
			t.Fatal(err)
		}
		scores = append(scores, s)
	}
	return scores
}

// layoutOf makes the workbook of a seed, whose last two digits name the family.
func layoutOf(n uint64) (w *workbook, truth *want) { return families[n%100].make(newMaker(n)) }

// scoreLayouts reads n layouts of each family.
func scoreLayouts(n int, book *playbook.Playbook) ([]*score, error) {
	var scores []*score
	for i, f := range families {
		if *only != "" && f.name != *only {
			continue
		}
		s := &score{part: "layouts, " + f.name}
		for k := range n {
			seed := uint64(100*(k+1) + i)
			w, truth := layoutOf(seed)
			if err := scoreLayout(s, seed, w, truth, book); err != nil {
				return nil, fmt.Errorf("seed %d: %w", seed, err)
			}
		}
		scores = append(scores, s)
	}
	return scores, nil
}

func scoreLayout(s *score, k uint64, w *workbook, truth *want, book *playbook.Playbook) error {
	r, faults, err := readLayout(w, truth, book)
	if err != nil {
		return err
	}
	s.cells += len(truth.records)
	s.equal += len(truth.records)
	for _, f := range faults {
		if f.at.Range.From == f.at.Range.To {
			s.equal--
		}
	}
	s.add(fmt.Sprintf("seed %d %s", k, w.name), r, faults)
	return nil
}

func readLayout(w *workbook, truth *want, book *playbook.Playbook) (honne.Reading, []fault, error) {
	f, err := w.file()
	if err != nil {
		return honne.Reading{}, nil, err
	}
	r, err := readFile(f, book)
	if err != nil {
		return r, nil, err
	}
	records, err := recordsOf(r)
	if err != nil {
		return r, nil, err
	}
	return r, append(layoutFaults(r, truth.tables), recordFaults(records, truth.records)...), nil
}

// recordsOf writes the records of a reading for comparison.
func recordsOf(r honne.Reading) (map[honne.Address]string, error) {
	out := map[honne.Address]string{}
	for v, err := range r.Values {
		if err != nil {
			return nil, err
		}
		if v.Line == nil {
			out[v.At] = recordText("", v.Number.String(), honne.Period{}, nil)
			continue
		}
		p := &v.Line.Parties
		out[v.At] += recordText(v.Measure, v.Number.String(), v.Line.Period, []string{"invoiced=" + p[honne.Invoiced].Name, "invoiced_code=" + p[honne.Invoiced].Code,
			"ship_to=" + p[honne.ShipTo].Name, "end_user=" + p[honne.EndUser].Name, "bill_to=" + p[honne.BillTo].Name,
			"product_code=" + v.Line.Product.Code, "product=" + v.Line.Product.Name, "region=" + v.Line.Region})
	}
	return out, nil
}

// recordFaults compares records cell by cell.
func recordFaults(got, want map[honne.Address]string) []fault {
	var faults []fault
	for _, at := range sorted(want) {
		switch {
		case want[at][0] == '?': // may be left out, or be read as what it may be
			if why := doubtfulFigure(got[at]); why != "" {
				faults = append(faults, fault{at: at, what: why})
			}
		case got[at] == "":
			faults = append(faults, fault{at: at, what: "not read: " + want[at]})
		case got[at] != want[at]:
			faults = append(faults, fault{at, "read as " + got[at] + ", truth " + want[at], got[at][0] == ' '})
		}
	}
	for _, at := range sorted(got) {
		if want[at] == "" {
			faults = append(faults, fault{at: at, what: "no figure, read as " + got[at], modest: got[at][0] == ' '})
		}
	}
	return faults
}

// doubtfulFigure says what is wrong with the reading of a sum beside the rows
// that it sums: it must not be of anybody or anything.
func doubtfulFigure(got string) string {
	if strings.Contains(got, "=") {
		return "a sum, read as " + got
	}
	return ""
}

// layoutFaults compares the tables of each sheet, in the order of their bodies.
func layoutFaults(r honne.Reading, want []wantTable) []fault {
	var faults []fault
	left := slices.Clone(r.Tables)
	for _, w := range want {
		i := slices.IndexFunc(left, func(t honne.Table) bool {
			return t.Sheet == w.sheet && int(t.Body.From.Row) <= w.last && int(t.Body.To.Row) >= w.first && int(t.Body.To.Col) >= w.col && int(t.Body.From.Col) <= w.col
		})
		if i < 0 {
			faults = append(faults, fault{at: honne.Address{Sheet: w.sheet}, what: fmt.Sprintf("no table with the rows %d to %d", w.first, w.last)})
			continue
		}
		t := left[i]
		left = slices.Delete(left, i, i+1)
		faults = append(faults, differ(t, "header", rows(t.Header), []int{w.header, w.headerEnd})...)
		if t.Kind == "" {
			w.last, w.records = w.plainLast, w.plain
		}
		faults = append(faults, differ(t, "body", rows(t.Body), []int{w.first, w.last})...)
		faults = append(faults, differ(t, "data rows", t.Rows, w.records)...)
	}
	for _, t := range left {
		faults = append(faults, fault{at: honne.Address{Sheet: t.Sheet, Range: t.Body}, what: "a table that is none"})
	}
	return faults
}

// showLayout draws a layout and what was read of it.
func showLayout(t *testing.T, k uint64, book *playbook.Playbook) {
	w, truth := layoutOf(k)
	t.Log(families[k%100].name, w.name)
	for _, c := range w.sheets {
		t.Log(c)
	}
	r, faults, err := readLayout(w, truth, book)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range r.Tables {
		var columns []string
		for _, c := range b.Columns {
			columns = append(columns, fmt.Sprintf("%s %q=%s %.2f %s", c.At, c.Header, c.Meaning, c.Confidence, c.Period))
		}
		t.Logf("table %s header %s body %s rows %d %s kind %q unit %s period %s check %v\n  %s\n  %v", b.Sheet, b.Header, b.Body, b.Rows, b.Layout, b.Kind, b.Unit, b.Period, b.Check, strings.Join(columns, "\n  "), b.Excluded)
	}
	for _, p := range r.Problems {
		t.Logf("problem %s %s %s %q", p.Severity, p.At, p.What.ID, p.Raw)
	}
	for i, f := range faults {
		if i < 12 {
			t.Log(f, "excused:", excused(f, r))
		}
	}
}
