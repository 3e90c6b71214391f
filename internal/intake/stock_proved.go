package intake

import (
	"slices"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// proveBalance takes what is left at the end (月末残) for stock in a table about sales
// too, where the figures say so: in every row it is what was left before, and what came,
// without what was sold.
func (t *table) proveBalance(kind honne.Series, sample []*outline.Profile) {
	opening, closing, sold := -1, -1, -1
	var came []int
	for i := range t.fields {
		c := &t.Columns[i]
		switch {
		case t.fields[i].label || c.Said:
		case t.headed(i, t.book.Words.Opening):
			opening = i
		case c.Meaning == honne.MeaningUnknown && t.headed(i, t.book.Words.Balance):
			closing = i
		case c.Meaning == honne.MQuantity && sold < 0:
			sold = i
		case c.Meaning == honne.MQuantity:
			return // two sorts of pieces
		case c.Meaning == honne.MeaningUnknown, c.Meaning == honne.QuantityOf(honne.Purchases):
			came = append(came, i)
		}
	}
	if kind != honne.Sales && kind != "" || opening < 0 || closing < 0 || sold < 0 || t.Layout == honne.Crosstab {
		return
	}
	proves := func(i int) bool { return t.leaves(opening, i, sold, closing, sample) }
	if slices.ContainsFunc(came, proves) {
		t.Columns[closing].Meaning, t.Columns[closing].Confidence = honne.QuantityOf(honne.Stock), terms.PartHeader
		t.tellSite(closing)
	}
}

// leaves reports whether in every row of a sample, three at least, one column and
// another without a third are a fourth; one that is always nothing proves nothing.
func (t *table) leaves(opening, came, sold, closing int, sample []*outline.Profile) bool {
	rows, moved := 0, false
	for _, p := range sample {
		o, ok := t.thousandths(p, opening)
		c, also := t.thousandths(p, closing)
		if !ok || !also {
			continue
		}
		in, _ := t.thousandths(p, came)
		out, _ := t.thousandths(p, sold)
		if rows++; o+in-out != c {
			return false
		}
		moved = moved || in != 0 && out != 0
	}
	return rows > 2 && moved
}

// tellSite has a person look at stock that a title places at a site of use.
func (t *table) tellSite(i int) {
	at := slices.IndexFunc(t.Title, func(s string) bool { return japan.IsSite(s, t.words.Site) })
	if at < 0 {
		return
	}
	t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, t.fields[i].col), Severity: honne.SevWarning, Raw: t.Columns[i].Header,
		What: honne.Say("problem.stock-at-site", honne.Text("column", t.Columns[i].At), honne.Text("text", clip(t.Title[at])))})
}
