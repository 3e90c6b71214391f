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

// slipHead is how slips begin that have two rows of headers, the upper for a row of its
// own that says number and customer, the lower for the lines below it: 伝票No, 得意先名
// over 行, 商品名, 数量, 金額.
type slipHead struct {
	header           *outline.Profile // the upper row, nil where there is none
	name, code, date int32            // columns of what it says, 0 for none
	lines            []int32          // columns that only lines fill
}

// findSlipHead looks for such headers over rows of which the first begins a slip.
func (t *table) findSlipHead(sample []*outline.Profile) {
	n := len(t.headerRows)
	if n < 2 || len(sample) < 2 {
		return
	}
	upper, lower := t.headerRows[n-2], t.headerRows[n-1]
	h := slipHead{header: upper, name: outline.ColumnIn(t.words, upper, honne.MCustomerName), code: outline.ColumnIn(t.words, upper, honne.MCustomerCode), date: outline.ColumnIn(t.words, upper, honne.MDate)}
	for _, c := range lower.Cells {
		if upper.Class(c.Col) == outline.Blank {
			h.lines = append(h.lines, c.Col)
		}
	}
	below, sure := t.words.Lookup(lower.Text(h.name))
	if h.name == 0 || sure < terms.SureHeader || below == honne.MCustomerName || len(h.lines) == 0 || !h.begins(&sample[0].Row) {
		return
	}
	if lines := func(p *outline.Profile) bool { return !h.begins(&p.Row) && p.Counts() }; slices.ContainsFunc(sample, lines) {
		t.slipHead = h
	}
}

// begins reports whether a row says whose a slip is, and nothing that lines say.
func (h *slipHead) begins(r *grid.Row) bool {
	return h.header != nil && japan.Trim(r.Text(h.name)) != "" && !slices.ContainsFunc(h.lines, func(col int32) bool { return japan.Trim(r.Text(col)) != "" })
}

// learnSlipHead keeps what the head of a slip says for its lines.
func (t *table) learnSlipHead(r *grid.Row) {
	h := &t.slipHead
	if !h.begins(r) {
		return
	}
	t.beginSections()
	t.forgetCustomer()
	t.sayCustomer(japan.Trim(r.Text(h.name)))
	if code := japan.Trim(r.Text(h.code)); h.code > 0 && code != "" {
		t.abouts = append(t.abouts, ofAll{partyCode + place(honne.Invoiced), t.words.Remember(strings.Clone(code))})
	}
	if h.date > 0 {
		t.section = t.moment(r.N, r.Cell(h.date))
	}
}
