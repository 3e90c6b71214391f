package intake

import (
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// A month may stand as four digits, two of its year and two of its own: 2610. Nothing in
// them says so, and an era counts as they do: a header that means months does, or their
// order, and a period that title, sheet or file says and in which they lie.

// shortMonth reads such a month, 0 for none. What may be a year by itself (2012) is none.
func shortMonth(s string) honne.Month {
	s = japan.Fold(japan.Trim(s))
	if len(s) != 4 || !isDigits(s) {
		return 0
	}
	v, _ := strconv.Atoi(s)
	if v%100 < 1 || v%100 > 12 || v/100 < firstCentury || v >= 1900 && v <= 2100 {
		return 0
	}
	return honne.NewMonth(2000+v/100, v%100)
}

// monthCoded reports whether a column that is called a month holds such months, all in
// the period of the table.
func (t *table) monthCoded(s *colShape, body []*profile) bool {
	f := t.fieldAt(s.col)
	if f == nil || len(f.path) == 0 || t.Period.IsZero() {
		return false
	}
	n := 0
	for _, p := range body {
		c := p.Cell(s.col)
		if c == nil || t.words.ditto(c.Text) {
			continue
		}
		m := shortMonth(c.Text)
		if m == 0 || !within(m.Period(), t.Period) {
			return false
		}
		n++
	}
	m, sure := t.words.lookup(strings.Join(f.path, ""))
	return n > 0 && m == honne.MPeriod && sure >= sureHeader
}

// shortMonthMoment is when such a month is.
func shortMonthMoment(s string) moment {
	if m := shortMonth(s); m != 0 {
		return moment{period: m.Period()}
	}
	return moment{}
}

// shortRunOf returns the places of the numbers of a row that are such months and follow
// each other, and their span; nil where one is not.
func shortRunOf(p *profile) (at []int, span honne.Period) {
	var last honne.Month
	for i, c := range p.class {
		if c == text {
			continue
		}
		m := shortMonth(p.Cells[i].Text)
		if c != number || m == 0 || last > 0 && m != last+1 {
			return nil, span
		}
		if last == 0 {
			span.From = m.First()
		}
		last, span.To, at = m, m.Last(), append(at, i)
	}
	if len(at) < 2 || p.class[0] != text {
		return nil, span
	}
	return at, span
}

// markShortMonths takes the numbers of a row for such months, where they stand over
// figures and a text around the table says a period in which they lie, or that ends
// with the last of them.
func (f *finder) markShortMonths(p *profile, titles, below []*profile) {
	at, span := shortRunOf(p)
	i := nextFilled(below, 0)
	if at == nil || i < 0 || below[i].at(p.Cells[0].Col) != text {
		return
	}
	for _, k := range at {
		if k := below[i].at(p.Cells[k].Col); !k.figure() && k != blank {
			return
		}
	}
	if slices.ContainsFunc(f.textsAround(titles), func(s string) bool {
		said, ok := f.reader.words.titlePeriod(s)
		m, month := said.Month()
		return ok && (within(span, said) || month && m == span.To.Month())
	}) {
		p.mark(at, when)
	}
}

// textsAround are the names of sheet and file, and the texts above a row.
func (f *finder) textsAround(titles []*profile) []string {
	texts := []string{f.sheet.Name, baseName(f.reader.file.Name)}
	for _, p := range slices.Concat(f.titles, titles) {
		for _, c := range p.Cells {
			texts = append(texts, c.Text)
		}
	}
	return texts
}

// inShort gives four digits that stand for a month its year and month.
func (t *table) inShort(s string) string {
	if m := shortMonth(s); m != 0 && slices.ContainsFunc(t.headerRows, func(h *profile) bool {
		return slices.ContainsFunc(h.Cells, func(c grid.Cell) bool { return c.Text == s && h.at(c.Col) == when })
	}) {
		return m.String()
	}
	return s
}
