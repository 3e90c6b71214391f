package intake

import (
	"regexp"
	"slices"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// entitlesNext reports whether a row without figures is a title of the rows to come, as one
// above the table is: with a unit, or of another time in the same place: 令和7年5月 …
// （単位：円）.
func (t *table) entitlesNext(p *outline.Profile) bool {
	if len(t.headerRows) == 0 || slices.Contains(p.Classes, outline.Number) || t.has(honne.MUnitName) {
		return false
	}
	for i := range p.Cells {
		if s := p.Cells[i].Text; terms.IsUnitLabel(s) && bracketed(s) {
			return true
		}
	}
	return slices.ContainsFunc(slices.Concat(t.titleRows, t.headerRows), func(above *outline.Profile) bool { return sameButTime(above, p) })
}

// sameButTime reports whether two rows say the same, but each of another time.
func sameButTime(a, b *outline.Profile) bool {
	if len(a.Cells) != len(b.Cells) {
		return false
	}
	other := false
	for i := range a.Cells {
		x, y := &a.Cells[i], &b.Cells[i]
		if x.Col != y.Col {
			return false
		}
		if x.Text == y.Text {
			continue
		}
		if other = true; !isTime(x) || !isTime(y) {
			return false
		}
	}
	return other
}

// otherTimes reports whether a row without a number has other times in two places or more
// where the header has times: 10月, 11月, 下期計 below 4月, 5月, 上期計.
func otherTimes(h, p *outline.Profile) bool {
	other := 0
	for i := range p.Cells {
		if p.Classes[i] == outline.Number {
			return false
		}
		c, above := &p.Cells[i], h.Cell(p.Cells[i].Col)
		if above != nil && c.Text != above.Text && isTime(c) && isTime(above) {
			other++
		}
	}
	return other > 1
}

var partOfYear = regexp.MustCompile(`^(?:[0-9]{1,2}月[度分]?|第?[1-4](?:q|四半期)|q[1-4]|[上下](?:半)?期)$`)

// isTime reports whether a cell is a time and nothing else: 2025年5月, 7月, 下期.
func isTime(c *grid.Cell) bool {
	_, ok := when.ReadPeriod(c.Text)
	return ok || c.Date != 0 || partOfYear.MatchString(japan.Key(c.Text))
}
