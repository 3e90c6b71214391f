package intake

import (
	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// titleInCorner takes the title of the table out of the first cell of its header, where
// the lowest row of the header names that column too: 施設別実績（千円） over 施設.
func (t *table) titleInCorner(h *outline.Profile) {
	c, low := &h.Cells[0], t.headerRows[len(t.headerRows)-1]
	if h == low || low.Class(c.Col) != outline.Text || low.Text(c.Col) == c.Text || t.words.Kind(c.Text) == "" {
		return
	}
	if m, sure := t.words.Lookup(low.Text(c.Col)); sure < terms.SureHeader || m == honne.MeaningUnknown {
		return
	}
	t.corner = japan.Trim(c.Text)
	t.readTitle(h, 0)
}
