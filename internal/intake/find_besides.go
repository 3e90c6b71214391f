package intake

import (
	"honne"
	"honne/internal/intake/outline"
)

// Rows that belong to no table are kept account of until a table begins below
// them, whose titles they are, or until the sheet ends: nothing is left out
// without a line that says so.

// setAside adds rows that no table took.
func (f *finder) setAside(rows []*outline.Profile) {
	for _, p := range filledRows(rows) {
		why, n := honne.OutsideRow, len(f.besides)-1
		if f.reader.words.Note(p.Cells[0].Text) {
			why = honne.NoteRow
		}
		if n >= 0 && (f.besides[n].Range.To.Row == p.N-1 && f.besides[n].Why == why || n == excludedLimit) {
			f.besides[n].Range.To.Row = p.N
			continue
		}
		f.besides = append(f.besides, honne.Excluded{Why: why, Range: honne.Range{From: honne.Cell{Row: p.N}, To: honne.Cell{Row: p.N}}})
	}
}

// leaveOut lists rows that stand around the table: notes as such, the rest for
// the reason given.
func (t *table) leaveOut(rows []honne.Excluded, why honne.Exclusion) {
	for _, r := range rows {
		if r.Why != honne.NoteRow {
			r.Why = why
		}
		t.exclude(r.Range.From.Row, r.Why)
		if n := len(t.Excluded) - 1; n >= 0 && t.Excluded[n].Range.To.Row == r.Range.From.Row {
			t.Excluded[n].Range.To.Row = r.Range.To.Row
		}
	}
}

// endAside lists the rows below the last table of a sheet, or of some columns
// of it, with that table; without one they are the whole sheet's.
func (f *finder) endAside() {
	rows := f.besides
	f.besides = nil
	switch last := len(f.root.tables) - 1; {
	case f.past != nil:
		f.past.leaveOut(rows, honne.OutsideRow)
	case f.root != f:
		f.root.besides = append(f.root.besides, rows...)
	case last >= 0:
		f.tables[last].leaveOut(rows, honne.OutsideRow)
	}
}
