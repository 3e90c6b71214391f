package when

import (
	"regexp"
	"strconv"

	"honne"
	"honne/internal/japan"
)

// DayOrder is how a column writes days in numbers whose order no single one
// tells: 03/04/2025 is April or March, but beside 15/04/2025 it is April.
type DayOrder struct {
	N          int  // days seen
	dayFirst   bool // one of them can only be read day first
	monthFirst bool
	other      bool // a text that is no such day
}

var numericDay = regexp.MustCompile(`^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})$`)

// Add counts a text of the column.
func (o *DayOrder) Add(s string) {
	first, second, _, ok := NumericParts(s)
	if !ok {
		o.other = true
		return
	}
	o.N++
	o.dayFirst = o.dayFirst || first > 12
	o.monthFirst = o.monthFirst || second > 12
}

// Sure reports whether the days seen leave one order only.
func (o *DayOrder) Sure() bool { return o.N > 1 && !o.other && o.dayFirst != o.monthFirst }

// Read reads a day in the column's order.
func (o *DayOrder) Read(s string) (honne.Date, bool) {
	day, month, year, ok := NumericParts(s)
	if o.monthFirst {
		day, month = month, day
	}
	d := honne.NewDate(year, month, day)
	y, m, dd := d.Civil()
	return d, ok && y == year && m == month && dd == day && year >= 1900 && year <= 2100
}

// NumericParts takes a day in numbers apart whose year stands last, in the order written.
func NumericParts(s string) (first, second, year int, ok bool) {
	if len(s) < 8 || len(s) > 12 {
		return 0, 0, 0, false
	}
	m := numericDay.FindStringSubmatch(japan.Trim(s))
	if m == nil {
		return 0, 0, 0, false
	}
	first, _ = strconv.Atoi(m[1])
	second, _ = strconv.Atoi(m[2])
	year, _ = strconv.Atoi(m[3])
	return first, second, year, true
}
