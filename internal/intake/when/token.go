package when

import (
	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// Token is what a cell is to a period.
type Token uint8

// The tokens.
const (
	NoPeriod      Token = iota
	WholePeriod         // 2025年4月, 15/04/2025
	PieceOfPeriod       // an era, 15年, 4～6月
	BareNumber          // such as a month, a day or a year has
)

// TokenOf says what a cell is to a period; of a bare year it gives the year.
func TokenOf(c *grid.Cell) (Token, int) {
	if c.Kind == grid.Date {
		return WholePeriod, 0
	}
	s := japan.Trim(c.Text)
	if len(s) > 40 {
		return NoPeriod, 0
	}
	if n, ok := japan.ParseNumber(s); ok {
		if v, exact, err := n.Times(1, 0); err == nil && exact && v > 0 && v <= 12 {
			return BareNumber, 0
		} else if err == nil && exact && (v <= 64 && v > 0 || v >= 1900 && v <= 2100) {
			return BareNumber, int(v)
		}
		if _, ok := ReadPeriod(s); ok && len(s) >= 6 {
			return WholePeriod, 0
		}
		return NoPeriod, 0
	}
	if _, ok := ReadPeriod(s); ok {
		return WholePeriod, 0
	}
	if isPieceOfPeriod(s) {
		return PieceOfPeriod, 0
	}
	return NoPeriod, 0
}

// BareYear reads a calendar year that stands alone: 2025.
func BareYear(s string) (honne.Period, bool) {
	n, ok := japan.ParseNumber(s)
	if v, exact, err := n.Times(1, 0); ok && exact && err == nil && v >= 1900 && v <= 2100 {
		return honne.Months(honne.NewMonth(int(v), 1), honne.NewMonth(int(v), 12)), true
	}
	return honne.Period{}, false
}
