package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// A column may say which rows are sets and which their parts: 親, 子. Both stand there
// with their figures; one of the two is counted.

// sets is what is known of such a column.
type sets struct {
	col  int32           // 0 for none
	out  map[string]bool // what rows that are left out say in it
	left oddRows
	sure bool // the money of the parts is that of their sets, or only one of the two has any
}

// leaves reports whether a row is left out, since its set or its parts are counted.
func (s *sets) leaves(r *grid.Row) bool {
	return s.col > 0 && s.out[japan.Key(r.Text(s.col))]
}

// findSets finds the column, and whether the sets or their parts are counted: the parts
// where only they have money, else the sets.
func (t *table) findSets(sample []*outline.Profile) {
	if t.Kind != honne.Sales && t.Kind != honne.Shipments && t.Kind != honne.Orders {
		return
	}
	whole, part := terms.SetOf(t.book.Words.SetWhole), terms.SetOf(t.book.Words.SetPart)
	for i := range t.fields {
		f := &t.fields[i]
		says := func(words map[string]bool) func(*outline.Profile) bool {
			return func(p *outline.Profile) bool { return words[japan.Key(p.Text(f.col))] }
		}
		if !f.label || t.Columns[i].Said || !t.marksSets(f) || !slices.ContainsFunc(sample, says(whole)) || !slices.ContainsFunc(sample, says(part)) {
			continue
		}
		ofWholes, ofParts := t.moneyOf(sample, f.col, whole), t.moneyOf(sample, f.col, part)
		t.sets = sets{col: f.col, out: part, sure: ofWholes == ofParts && ofWholes != 0 || ofParts == 0 && ofWholes != 0}
		if ofWholes == 0 && ofParts != 0 {
			t.sets.out, t.sets.sure = whole, true
		}
		return
	}
}

// marksSets reports whether the header of a column is one over what says which rows are
// sets.
func (t *table) marksSets(f *field) bool {
	key := japan.Key(japan.WithoutBrackets(strings.Join(f.path, "")))
	return slices.ContainsFunc(t.book.Words.SetMark, func(w string) bool { return japan.Key(w) == key })
}

// moneyOf adds up the amounts of the rows that say one of the words, in thousandths.
func (t *table) moneyOf(sample []*outline.Profile, col int32, words map[string]bool) (sum int64) {
	for _, p := range sample {
		if !words[japan.Key(p.Text(col))] {
			continue
		}
		for i := range t.fields {
			if f := &t.fields[i]; f.measure && f.amount {
				v, _ := t.thousandths(p, i)
				sum += v
			}
		}
	}
	return sum
}

// toldSets says which rows were left out; where their money is not that of what is
// counted, a person has a look.
func (t *table) toldSets() []honne.Problem {
	if t.sets.left.n == 0 {
		return nil
	}
	p := t.sets.left.told(t, "problem.sets")
	if t.sets.sure {
		p.Severity = honne.SevNote
	}
	return []honne.Problem{p}
}
