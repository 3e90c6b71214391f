package intake

import (
	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// A row may have all that records have, and texts in the place of its figures: 未定, 約30個.
// It is a record, or it is said that it was left out.

// mayBeRecord reports whether a row names what records name, and has texts that are no
// headers where they have figures.
func (t *table) mayBeRecord(p *outline.Profile) bool {
	if t.Kind == "" || t.outside(p) || t.totalOf(p) != isRecord {
		return false
	}
	usual, texts := 0, 0
	for i := range t.cols {
		s := &t.cols[i]
		k := p.Class(s.Col)
		f := t.fieldAt(s.Col)
		switch {
		case !s.Figure && s.Filled >= 0.8:
			if usual++; k == outline.Blank {
				return false
			}
		case f != nil && f.measure && k == outline.Text:
			_, when := japan.FindPeriod(p.Text(s.Col))
			if texts++; when || !t.words.Unknown(p.Text(s.Col)) || terms.IsUnitLabel(p.Text(s.Col)) {
				return false
			}
		}
	}
	return usual > 0 && texts > 0
}

// heedAstray counts the rows right below a table that may be records of it.
func (t *table) heedAstray(rows []*outline.Profile) {
	next := t.stats.lastRow + 1
	for _, p := range rows {
		if p.Empty() || p.N != next || t.words.Note(p.Cells[0].Text) || japan.Trim(p.Cells[0].Text) == "" || !t.mayBeRecord(p) {
			return
		}
		t.astray.add(p.N, p.Cells[0].Text)
		next++
	}
}

// toldAstray says which rows may be records and were left out.
func (t *table) toldAstray() []honne.Problem {
	if t.astray.n == 0 {
		return nil
	}
	return []honne.Problem{t.astray.told(t, "problem.row-astray")}
}
