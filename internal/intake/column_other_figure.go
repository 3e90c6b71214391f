package intake

import (
	"slices"

	"honne"
	"honne/internal/intake/terms"
)

// Headers that are not known may still say that they name a figure, by how they
// end: 前回請求額, 通期予想. Such a column is unknown and told; it is no article.

// otherFigure reports whether the header of a column below a period says a figure
// that is none of the report (差異, 前月残) or that is not known.
func (t *table) otherFigure(i int) bool {
	for _, s := range t.fields[i].rest {
		m, sure := t.words.Lookup(s)
		if m == honne.MeaningUnknown && (sure >= terms.Threshold || t.words.Measured(s)) {
			return true
		}
	}
	return false
}

// besideOwn reports whether a plain figure stands beside one of the same sort that
// says itself that it is what the table is about: Act beside Plan.
func (t *table) besideOwn(f *field) bool {
	i := t.indexOf(f)
	if i < 0 {
		return false // what a row says, not a column
	}
	c := &t.Columns[i]
	_, amount, figure := c.Meaning.Measure()
	return figure && slices.ContainsFunc(t.Columns, func(o honne.Column) bool {
		s, a, ok := o.Meaning.Measure()
		return ok && s == t.Kind && a == amount && o.Period == c.Period && o.At != c.At
	})
}
