package outline

import (
	"slices"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/terms"
)

// Empty finds the header of a table that has no row: below it stand sums of 0, a text
// that says that there is none, a remark, or nothing. The row of those that says that
// there is none is given too, nil where none does, and where the titles of the next header
// begin.
func Empty(rows []*Profile, words *terms.Dictionary) (o Outline, none *Profile, end int, ok bool) {
	heads := func(p *Profile) bool { return headsAlone(words, p) }
	at := slices.IndexFunc(rows, heads)
	if at < 0 {
		return o, nil, 0, false
	}
	end = len(rows)
	if next := slices.IndexFunc(rows[at+1:], heads); next >= 0 {
		for end = at + 1 + next; end > at+1 && !rows[end-1].Empty(); end-- {
			if says, _ := saysNone(words, rows[end-1]); says {
				break
			}
		}
	}
	for _, p := range rows[at+1 : end] {
		says, counts := saysNone(words, p)
		if counts {
			return o, nil, 0, false
		}
		if none == nil && says {
			none = p
		}
	}
	o = Outline{Header: at, End: at + 1, Body: at + 1, Words: words}
	for i, c := range rows[at].Cells {
		s := Shape{Col: c.Col, Mode: Text, Purity: 1, Filled: 1}
		if s.Figure = rows[at].Classes[i] == When || words.Measures(c.Text); s.Figure {
			s.Mode = Number
		}
		o.Cols = append(o.Cols, s)
	}
	return o, none, end, true
}

// headsAlone reports whether a row is a header on its own: three texts or more, most of
// them known, among them a measure or a period, and something else.
func headsAlone(d *terms.Dictionary, p *Profile) bool {
	known, figures := 0, 0
	for i, c := range p.Cells {
		m, sure := d.Lookup(c.Text)
		_, _, counts := m.Measure()
		switch {
		case p.Classes[i] == When || sure > 0 && counts:
			figures++
		case p.Classes[i] != Text:
			return false
		case sure > 0 && m != honne.MeaningUnknown:
			known++
		}
	}
	return len(p.Cells) > 2 && known > 0 && figures > 0 && 3*(known+figures) >= 2*len(p.Cells)
}

// saysNone reports whether a row below a header says that there is none: by a sum of 0, or
// in words; and whether it may be more than that: a record, another header.
func saysNone(d *terms.Dictionary, p *Profile) (none, counts bool) {
	texts, figures, whens := p.Count()
	if texts > 2 || whens > 1 {
		return false, true
	}
	for i := range p.Cells {
		c := &p.Cells[i]
		if n, ok := figure.Of(c); ok && n.Coef != 0 {
			return false, true
		}
		none = none || c.Kind == grid.Text && d.SaysNone(c.Text)
	}
	if figures > 0 && !none && slices.Contains(p.Classes, Number) {
		return TotalRow(d, p), !TotalRow(d, p)
	}
	return none, false
}
