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

// A column of sorts of entries in which some rows say 売上 says of the others that they are
// something else: 見積, 社内振替. Whether those are sales, a person says.

// findSales finds such a column in a report of sales.
func (t *table) findSales(sample []*outline.Profile) {
	if t.Kind != honne.Sales {
		return
	}
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		sorts := c.Meaning == honne.MReason || c.Meaning == honne.MeaningUnknown && !c.Said && t.namesSorts(i)
		if !sorts || !f.label || f.shape == nil || f.shape.Mode != outline.Text || f.col == t.saidAt {
			continue
		}
		if slices.ContainsFunc(sample, func(p *outline.Profile) bool { return t.saysSale(japan.Trim(p.Text(f.col))) }) {
			if t.turns.sales = f; !slices.Contains(t.turns.cols, i) {
				c.Meaning, c.Confidence, t.turns.cols = honne.MReason, terms.ByShape, append(t.turns.cols, i)
			}
			return
		}
	}
}

// namesSorts reports whether a header says that sorts of entries stand below it: 取引区分.
func (t *table) namesSorts(i int) bool {
	return t.headed(i, t.book.Words.EntryCode) || slices.ContainsFunc(t.fields[i].rest, func(s string) bool {
		return strings.HasSuffix(s, "区分") || strings.HasSuffix(s, "種別")
	})
}

// saysSale reports whether a row says of itself no more than that it is a sale.
func (t *table) saysSale(s string) bool {
	return slices.Contains(t.book.Words.Plain, s) && t.book.Kind(s) == honne.Sales
}

// heedStrange counts a row by a sort that is not known to be one of sales.
func (t *table) heedStrange(r *grid.Row, c *grid.Cell) {
	s := japan.Trim(c.Text)
	if slices.Contains(t.turns.usual, s) {
		return
	}
	if s == "" || t.words.SortOfSale(s) {
		if len(t.turns.usual) < codesKept {
			t.turns.usual = append(t.turns.usual, strings.Clone(s))
		}
		return
	}
	note(&t.turns.strange, japan.Fold(s), honne.Cell{Row: r.N, Col: c.Col})
}

// toldStrange asks what the sorts are that stand where other rows say 売上.
func (t *table) toldStrange() (out []honne.Problem) {
	for _, w := range t.turns.strange {
		if t.stated.Sorts[w.code] == "" {
			out = append(out, t.ofCode(w, "problem.sort-unknown", honne.SevWarning))
		}
	}
	return out
}
