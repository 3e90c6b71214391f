package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// A report of stock may say how it came about: 前残 + 入庫 − 出庫 ± 調整 = 残. Where every
// row agrees the columns are proved; where one does not, a person is told.

// stockFlow is the columns of such a report, by index, and how its rows agree.
type stockFlow struct {
	opening, closing  int
	in, out, adjusted []int
	rows, more, less  int // that were compared, and that differ with the adjustment added, and taken off
	at                honne.Address
	raw               string
}

// findFlow finds the columns of the flow of stock; there is none without opening, end
// and what came or left.
func (t *table) findFlow() {
	w := &t.book.Words
	f := stockFlow{opening: -1, closing: -1}
	if t.Kind != honne.Stock || t.Layout == honne.Crosstab {
		return
	}
	for i := range t.fields {
		switch c := &t.Columns[i]; {
		case t.fields[i].label || t.fields[i].amount || !t.fields[i].measure && t.money(&t.fields[i]):
		case c.Meaning == honne.QuantityOf(honne.Stock) && t.fields[i].measure:
			f.closing = i
		case t.headed(i, w.Opening):
			f.opening = i
		case t.headed(i, w.Adjusted), c.Meaning == honne.QuantityOf(honne.Adjusted):
			f.adjusted = append(f.adjusted, i)
		case c.Meaning == honne.QuantityOf(honne.Purchases):
			f.in = append(f.in, i)
		case t.headed(i, w.Issued), c.Meaning == honne.MQuantity:
			f.out = append(f.out, i)
		}
	}
	if f.opening >= 0 && f.closing >= 0 && len(f.in) > 0 && len(f.out) > 0 {
		t.flow = f
		t.keepAdjusted()
	}
}

// keepAdjusted takes what was set right for a figure of its own, where one column says
// it: of two, none is the whole.
func (t *table) keepAdjusted() {
	if len(t.flow.adjusted) != 1 {
		return
	}
	i := t.flow.adjusted[0]
	if c := &t.Columns[i]; c.Meaning == honne.MeaningUnknown && !c.Said {
		c.Meaning, c.Confidence = honne.QuantityOf(honne.Adjusted), terms.PartHeader
		t.settleField(i)
	}
}

// headed reports whether a header text of a column is one of the words.
func (t *table) headed(i int, words []string) bool {
	return slices.ContainsFunc(t.fields[i].rest, func(s string) bool {
		key := japan.Key(japan.WithoutBrackets(s))
		return slices.ContainsFunc(words, func(w string) bool { return japan.Key(w) == key })
	})
}

// weighFlow compares what is left in a row with what came and left.
func (t *table) weighFlow(r *grid.Row) {
	f := &t.flow
	if len(f.in) == 0 {
		return
	}
	opening, ok := t.thousandthsIn(r, f.opening)
	closing, also := t.thousandthsIn(r, f.closing)
	if !ok || !also {
		return
	}
	expected, adjusted := opening+t.sumIn(r, f.in)-t.sumIn(r, f.out), t.sumIn(r, f.adjusted)
	f.rows++
	if expected-adjusted != closing {
		f.less++
	}
	if expected+adjusted != closing {
		if f.more++; f.more == 1 {
			col := t.fields[f.closing].col
			f.at, f.raw = t.address(r.N, col), strings.Clone(r.Text(col))
		}
	}
}

// thousandthsIn is the figure of a column in a row, in thousandths.
func (t *table) thousandthsIn(r *grid.Row, i int) (int64, bool) {
	f := &t.fields[i]
	c := r.Cell(f.col)
	if c == nil {
		return 0, false
	}
	n, ok := f.number(r.N, c)
	v, _, err := n.Times(1, honne.QuantityScale)
	return v, ok && err == nil && v < 1e15 && v > -1e15
}

func (t *table) sumIn(r *grid.Row, columns []int) (sum int64) {
	for _, i := range columns {
		v, _ := t.thousandthsIn(r, i)
		sum += v
	}
	return sum
}

// asksFigures reports whether a column of figures is not known, and may have left or come.
func (t *table) asksFigures() bool {
	for i := range t.fields {
		if c := &t.Columns[i]; !t.fields[i].label && c.Meaning == honne.MeaningUnknown && c.Confidence == 0 {
			return true
		}
	}
	return false
}

// toldFlow says whether what is left is what came and left, with what was set right
// added or taken off in all rows alike.
func (t *table) toldFlow() []honne.Problem {
	f := &t.flow
	differ := min(f.more, f.less)
	if f.rows == 0 || differ > 0 && t.asksFigures() {
		return nil
	}
	column, n := honne.Text("column", t.Columns[f.closing].At), honne.Count("n", differ)
	if differ > 0 {
		return []honne.Problem{{At: f.at, Severity: honne.SevWarning, Count: differ, Raw: f.raw, What: honne.Say("problem.flow-differs", column, n)}}
	}
	return []honne.Problem{{At: t.address(t.Header.To.Row, t.fields[f.closing].col), Severity: honne.SevNote, Raw: t.Columns[f.closing].Header,
		What: honne.Say("problem.flow-agrees", column, honne.Count("n", f.rows))}}
}
