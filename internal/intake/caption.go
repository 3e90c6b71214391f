package intake

import (
	"slices"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// captions reports whether a row right above a header is the title of the whole:
// its first text stands at the left and names no column, and what stands behind it
// is what stands at the right of a title: a unit, a day, the month, a company. But
// for a unit, or a remark on the file, the header below names every column by
// itself, so that none needs the row.
func (o *outline) captions(p *profile, below []*profile, merges []honne.Range) bool {
	if n := len(p.Cells); n < 2 || n > 4 || p.Cells[0].Col > o.first || !o.heading(p, 0) || !renamed(p, below) {
		return false
	}
	sure := true
	for k := 1; k < len(p.Cells); k++ {
		switch {
		case o.words.remark(p.Cells[k].Text):
		case o.beside(p, k, merges):
			sure = false
		default:
			return false
		}
	}
	return sure || slices.ContainsFunc(below, func(h *profile) bool { return len(h.Cells) > len(p.Cells) && o.whole(h) })
}

// heading reports whether a text may be that of a title, though headers hold the
// same words: it stands over no figures, and says when, or what the table counts.
func (o *outline) heading(p *profile, k int) bool {
	c := &p.Cells[k]
	if s := o.shape(c.Col); s != nil && s.figure || p.class[k] != text && p.class[k] != when {
		return false
	}
	m, sure := o.words.lookup(c.Text)
	_, _, figure := m.Measure()
	return p.class[k] == when || sure == 0 || figure || sure < sureHeader && o.words.book.Kind(c.Text) != ""
}

// renamed reports whether a row below has another text where a row begins.
func renamed(p *profile, below []*profile) bool {
	col := p.Cells[0].Col
	return slices.ContainsFunc(below, func(h *profile) bool {
		return h.at(col) == text && h.Text(col) != p.Text(col) && len(h.Cells) > 1
	})
}

// remark reports whether a text beside a title speaks of the whole file: its unit,
// its page, when it was made.
func (d *dictionary) remark(s string) bool {
	_, unit := japan.UnitAlone(s)
	return unit && d.unknown(s) || isUnitLabel(s) || isPage(japan.Trim(s)) || holdsAny(s, d.book.Words.Made) || endsWith(japan.Trim(s), d.book.Words.Counted)
}

// beside reports whether a text may stand beside a title: over figures, which a
// name over columns may stand over too, only as the last.
func (o *outline) beside(p *profile, k int, merges []honne.Range) bool {
	c := &p.Cells[k]
	if p.class[k] != text && p.class[k] != when || p.class[k] == when && slices.Contains(p.class[1:k], when) {
		return false
	}
	if mergedAcross(merges, p.N, c.Col) && !japan.IsAddressed(c.Text) {
		return false
	}
	counted := func(c grid.Cell) bool { s := o.shape(c.Col); return s != nil && s.figure }
	if !counted(*c) {
		return o.heading(p, k)
	}
	alone := c.Kind == grid.Date || isDay(c.Text) || japan.IsAddressed(c.Text) || !o.goesOn(p, c.Col)
	return alone && !slices.ContainsFunc(p.Cells[k+1:], counted) && o.words.unknown(c.Text)
}

// whole reports whether a header names every column of the table, each
// differently.
func (o *outline) whole(h *profile) bool {
	var seen []string
	for _, s := range o.cols {
		name := h.Text(s.col)
		if k := h.at(s.col); k != text && k != when || slices.Contains(seen, name) {
			return false
		}
		seen = append(seen, name)
	}
	return true
}

// readBefore reads the paragraphs of a document right before the table as titles,
// which have no cell.
func (t *table) readBefore(paragraphs []string) {
	for _, s := range slices.Backward(paragraphs) {
		unit, period := t.Unit, t.Period
		p := &profile{Row: grid.Row{Cells: []grid.Cell{{Kind: grid.Text, Text: s}}}, class: []class{text}}
		if t.readTitle(p, 0); unit.IsZero() {
			t.UnitAt = ""
		}
		if period.IsZero() && !t.Period.IsZero() {
			t.PeriodAt = "name"
		}
	}
}

// ofTitledDocument takes the month of a table of which nothing nearer says when it is from
// the title of its document: 2025年9月度 月次報告書.
func (t *table) ofTitledDocument(paragraphs []string) {
	for _, s := range paragraphs {
		if period, ok := t.words.titlePeriod(s); ok && t.Period.IsZero() && endsWith(s, t.book.Words.Title) {
			t.Period, t.PeriodAt = period, "name"
		}
	}
}
