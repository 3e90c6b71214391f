package intake

import (
	"slices"

	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
)

// readBefore reads the paragraphs of a document right before the table as titles,
// which have no cell.
func (t *table) readBefore(paragraphs []string) {
	for _, s := range slices.Backward(paragraphs) {
		unit, period := t.Unit, t.Period
		p := &outline.Profile{Row: grid.Row{Cells: []grid.Cell{{Kind: grid.Text, Text: s}}}, Classes: []outline.Class{outline.Text}}
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
		if period, ok := t.words.TitlePeriod(s); ok && t.Period.IsZero() && terms.EndsWith(s, t.book.Words.Title) {
			t.Period, t.PeriodAt = period, "name"
		}
	}
}
