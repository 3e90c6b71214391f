package intake

import (
	"regexp"
	"strconv"

	"honne"
	"honne/internal/japan"
)

// Days without a year (10/3, 10月3日), and months whose year has two digits
// (26/10), are texts until the period of the table gives the year.

var shortForm = regexp.MustCompile(`^([0-9]{1,2})(?:/([0-9]{1,2})|月([0-9]{1,2})日)$`)

// shortParts reads the two numbers of a day without a year, or of a year and a
// month.
func shortParts(s string) (a, b int, ok bool) {
	if len(s) > 24 {
		return 0, 0, false
	}
	m := shortForm.FindStringSubmatch(japan.Fold(trim(s)))
	if m == nil {
		return 0, 0, false
	}
	a, _ = strconv.Atoi(m[1])
	b, _ = strconv.Atoi(m[2] + m[3])
	return a, b, a > 0 && b > 0
}

// farOff is how many days a day without a year may lie from the period of its
// table, so that one year only fits.
const farOff = 150

// shortMoment reads a day without a year near a period of a year at most, or a
// month in it.
func shortMoment(s string, near honne.Period) moment {
	a, b, ok := shortParts(s)
	if !ok || near.IsZero() || near.To-near.From > 366 {
		return moment{}
	}
	first, _, _ := near.From.Civil()
	last, _, _ := near.To.Civil()
	for year := first - 1; year <= last+1 && a <= 12; year++ {
		d := honne.NewDate(year, a, b)
		if _, month, day := d.Civil(); month == a && day == b && d > near.From-farOff && d < near.To+farOff && (near.To-near.From < 60 || d >= near.From && d <= near.To) {
			return momentOf(honne.Period{From: d, To: d})
		}
	}
	if p := honne.NewMonth(2000+a, min(b, 12)).Period(); b <= 12 && p.From <= near.To && p.To >= near.From {
		return moment{period: p}
	}
	return moment{}
}

// shortDated reports whether a column holds days without a year below a header
// that says when, and something says the year.
func (t *table) shortDated(s *colShape) bool {
	f := t.fieldAt(s.col)
	if f == nil || !s.short || t.Period.IsZero() {
		return false
	}
	m, _ := t.headerMeaning(f)
	return whenMeaning(m)
}
