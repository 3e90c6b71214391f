package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
)

// slip is how the rows of a list of slips go on: the first row of a slip says its
// day, its number and its customer, and the rows below it leave all of them blank.
type slip struct {
	keys []int32 // the columns that are blank together, nil where rows are no slips
	last string  // the number of the slip of the last row that said one
	said []int   // indices of the columns of names and days that hold for the rows below
}

// findSlip finds what the rows of a slip share. A blank in one of its columns alone
// is a name that is not known.
func (t *table) findSlip(sample []*outline.Profile) {
	if t.Kind == "" || len(sample) == 0 || len(t.storeys) > 0 {
		return
	}
	if col := t.recordStart(sample); col > 0 {
		t.slip = t.slipBelow(sample, col)
		return
	}
	s, sure := slip{}, false
	for i := range t.fields {
		f, m := &t.fields[i], t.Columns[i].Meaning
		if !f.label || m == honne.MProductCode || m == honne.MProductName {
			break
		}
		if k := m == honne.MDate || m == honne.MDocument; (k || terms.Names(m) || terms.Numbers(m)) && sample[0].Class(f.col) != outline.Blank {
			s.keys, sure = append(s.keys, f.col), sure || k
			if m != honne.MDocument {
				s.said = append(s.said, i)
			}
		}
	}
	if sure && len(s.keys) > 1 {
		t.slip = s
	}
}

// goesOn reports whether a row is of the slip of the row above.
func (s *slip) goesOn(r *grid.Row) bool {
	return len(s.keys) > 0 && !slices.ContainsFunc(s.keys, func(col int32) bool { return r.Cell(col) != nil })
}

// slipNumber is the column of the slip's number where that stands before a name that
// holds for the rows below it; 0 for none.
func (t *table) slipNumber(i int) int32 {
	doc := t.column(honne.MDocument)
	if doc < 0 || doc > i || !terms.Names(t.Columns[i].Meaning) && !terms.Numbers(t.Columns[i].Meaning) || t.mergedDown(t.fields[i].col) || len(t.storeys) > 0 {
		return 0
	}
	return t.fields[doc].col
}

// newSlip reports whether a row says another number of a slip than the last that said one.
func (k *label) newSlip(r *grid.Row) bool {
	number := r.Text(k.number)
	if number == "" || number == k.ofSlip {
		return false
	}
	first := k.ofSlip == ""
	k.ofSlip = strings.Clone(number)
	return !first
}

// heedNameless counts a row of another slip than the row above that leaves a name blank
// which the rows of a slip may share.
func (t *table) heedNameless(r *grid.Row) {
	for _, i := range t.carry {
		number := t.slipNumber(i)
		if number == 0 {
			continue
		}
		said := r.Text(number)
		if said != "" && said != t.slip.last && t.slip.last != "" && r.Cell(t.fields[i].col) == nil {
			t.unnamedOf.add(r.N, said)
		}
		if said != "" {
			t.slip.last = strings.Clone(said)
		}
		return
	}
}

// toldNameless has a person look at the slips that name nobody.
func (t *table) toldNameless() []honne.Problem {
	if t.unnamedOf.n == 0 {
		return nil
	}
	return []honne.Problem{t.unnamedOf.told(t, "problem.slip-without-name")}
}

// learnSlip keeps what a row says of its slip for the rows below it.
func (t *table) learnSlip(r *grid.Row) {
	if t.slip.goesOn(r) {
		return
	}
	for _, i := range t.slip.said {
		f := &t.fields[i]
		c := r.Cell(f.col)
		if c == nil {
			f.above = nil
		} else if said := f.word(t.words, r.N, c); said.Text != "" && !said.Ditto {
			f.above = said
		}
	}
}

// slipOf is the slip whose rows share a column, nil where they do not.
func (t *table) slipOf(i int) *slip {
	if slices.Contains(t.slip.said, i) {
		return &t.slip
	}
	return nil
}
