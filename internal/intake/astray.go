package intake

import (
	"honne"
	"honne/internal/japan"
)

// A row may have all that records have, and texts in the place of its figures: 未定, 約30個.
// It is a record, or it is said that it was left out.

// mayBeRecord reports whether a row names what records name, and has texts that are no
// headers where they have figures.
func (t *table) mayBeRecord(p *profile) bool {
	if t.Kind == "" || t.outside(p) || t.totalOf(p) != isRecord {
		return false
	}
	usual, texts := 0, 0
	for i := range t.cols {
		s := &t.cols[i]
		k := p.at(s.col)
		f := t.fieldAt(s.col)
		switch {
		case !s.figure && s.filled >= 0.8:
			if usual++; k == blank {
				return false
			}
		case f != nil && f.measure && k == text:
			_, when := japan.FindPeriod(p.Text(s.col))
			if texts++; when || !t.words.unknown(p.Text(s.col)) || isUnitLabel(p.Text(s.col)) {
				return false
			}
		}
	}
	return usual > 0 && texts > 0
}

// heedAstray counts the rows right below a table that may be records of it.
func (t *table) heedAstray(rows []*profile) {
	next := t.stats.lastRow + 1
	for _, p := range rows {
		if p.empty() || p.N != next || t.words.note(p.Cells[0].Text) || japan.Trim(p.Cells[0].Text) == "" || !t.mayBeRecord(p) {
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
