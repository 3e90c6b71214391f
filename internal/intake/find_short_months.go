package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/source"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
)

// A month may stand as four digits, two of its year and two of its own: 2610. Nothing in
// them says so, and an era counts as they do: a header that means months does, or their
// order, and a period that title, sheet or file says and in which they lie.

// monthCoded reports whether a column that is called a month holds such months, all in
// the period of the table.
func (t *table) monthCoded(s *outline.Shape, body []*outline.Profile) bool {
	f := t.fieldAt(s.Col)
	if f == nil || len(f.path) == 0 || t.Period.IsZero() {
		return false
	}
	n := 0
	for _, p := range body {
		c := p.Cell(s.Col)
		if c == nil || t.words.Ditto(c.Text) {
			continue
		}
		m := when.ShortMonth(c.Text)
		if m == 0 || !when.Within(m.Period(), t.Period) {
			return false
		}
		n++
	}
	m, sure := t.words.Lookup(strings.Join(f.path, ""))
	return n > 0 && m == honne.MPeriod && sure >= terms.SureHeader
}

// shortRunOf returns the places of the numbers of a row that are such months and follow
// each other, and their span; nil where one is not.
func shortRunOf(p *outline.Profile) (at []int, span honne.Period) {
	var last honne.Month
	for i, c := range p.Classes {
		if c == outline.Text {
			continue
		}
		m := when.ShortMonth(p.Cells[i].Text)
		if c != outline.Number || m == 0 || last > 0 && m != last+1 {
			return nil, span
		}
		if last == 0 {
			span.From = m.First()
		}
		last, span.To, at = m, m.Last(), append(at, i)
	}
	if len(at) < 2 || p.Classes[0] != outline.Text {
		return nil, span
	}
	return at, span
}

// markShortMonths takes the numbers of a row for such months, where they stand over
// figures and a text around the table says a period in which they lie, or that ends
// with the last of them.
func (f *finder) markShortMonths(p *outline.Profile, titles, below []*outline.Profile) {
	at, span := shortRunOf(p)
	i := outline.NextFilled(below, 0)
	if at == nil || i < 0 || below[i].Class(p.Cells[0].Col) != outline.Text {
		return
	}
	for _, k := range at {
		if k := below[i].Class(p.Cells[k].Col); !k.Figure() && k != outline.Blank {
			return
		}
	}
	if slices.ContainsFunc(f.textsAround(titles), func(s string) bool {
		said, ok := f.reader.words.TitlePeriod(s)
		m, month := said.Month()
		return ok && (when.Within(span, said) || month && m == span.To.Month())
	}) {
		p.Mark(at, outline.When)
	}
}

// textsAround are the names of sheet and file, and the texts above a row.
func (f *finder) textsAround(titles []*outline.Profile) []string {
	texts := []string{f.sheet.Name, source.BaseName(f.reader.file.Name)}
	for _, p := range slices.Concat(f.titles, titles) {
		for _, c := range p.Cells {
			texts = append(texts, c.Text)
		}
	}
	return texts
}

// inShort gives four digits that stand for a month its year and month.
func (t *table) inShort(s string) string {
	if m := when.ShortMonth(s); m != 0 && slices.ContainsFunc(t.headerRows, func(h *outline.Profile) bool {
		return slices.ContainsFunc(h.Cells, func(c grid.Cell) bool { return c.Text == s && h.Class(c.Col) == outline.When })
	}) {
		return m.String()
	}
	return s
}
