package when

import (
	"regexp"
	"strconv"
	"strings"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// DayIn is the day of a month of which a cell gives the number, 0 for none.
func DayIn(month honne.Month, c *grid.Cell) honne.Date {
	n, ok := figure.Of(c)
	if !ok && c.Kind == grid.Text {
		m := dayOver.FindStringSubmatch(japan.Fold(japan.Trim(c.Text)))
		if m == nil || m[1] != "" {
			return 0
		}
		n, ok = japan.ParseNumber(m[2])
	}
	v, exact, err := n.Times(1, 0)
	if day := month.First() + honne.Date(v-1); ok && exact && err == nil && v > 0 && v < 32 && day <= month.Last() {
		return day
	}
	return 0
}

var shortForm = regexp.MustCompile(`^([0-9]{1,2})(?:/([0-9]{1,2})|月([0-9]{1,2})日)(?:\([月火水木金土日祝]曜?日?\))?$`)

// ShortParts reads the two numbers of a day without a year, or of a year and a
// month.
func ShortParts(s string) (a, b int, ok bool) {
	if len(s) > 24 {
		return 0, 0, false
	}
	m := shortForm.FindStringSubmatch(japan.Fold(japan.Trim(s)))
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

// ShortMoment reads a day without a year near a period of a year at most, or a
// month in it.
func ShortMoment(s string, near honne.Period) Moment {
	if d := twoDigitDay(s, near); d != 0 {
		return MomentOf(honne.Period{From: d, To: d})
	}
	a, b, ok := ShortParts(s)
	if !ok || near.IsZero() || near.To-near.From > 366 {
		return Moment{}
	}
	first, _, _ := near.From.Civil()
	last, _, _ := near.To.Civil()
	for year := first - 1; year <= last+1 && a <= 12; year++ {
		d := honne.NewDate(year, a, b)
		if _, month, day := d.Civil(); month == a && day == b && d > near.From-farOff && d < near.To+farOff && (near.To-near.From < 60 || d >= near.From && d <= near.To) {
			return MomentOf(honne.Period{From: d, To: d})
		}
	}
	if p := honne.NewMonth(2000+a, min(b, 12)).Period(); b <= 12 && p.From <= near.To && p.To >= near.From {
		return Moment{Period: p}
	}
	return Moment{}
}

var twoDigitForm = regexp.MustCompile(`^([0-9]{2})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})$`)

// TwoDigitParts reads year, month and day of a day whose year has two digits:
// 25/04/18.
func TwoDigitParts(s string) (year, month, day int, ok bool) {
	if len(s) > 24 {
		return 0, 0, 0, false
	}
	m := twoDigitForm.FindStringSubmatch(japan.Fold(japan.Trim(s)))
	if m == nil {
		return 0, 0, 0, false
	}
	year, _ = strconv.Atoi(m[1])
	month, _ = strconv.Atoi(m[2])
	day, _ = strconv.Atoi(m[3])
	return year, month, day, month >= 1 && month <= 12 && day >= 1 && day <= 31
}

// twoDigitDay reads a day whose year has two digits near a period, as one of this
// century or of the present era; 0 where neither is near.
func twoDigitDay(s string, near honne.Period) honne.Date {
	year, month, day, ok := TwoDigitParts(s)
	if !ok || near.IsZero() {
		return 0
	}
	for _, start := range [...]int{2000, eraStart} {
		d := honne.NewDate(start+year, month, day)
		if d.Month() == honne.NewMonth(start+year, month) && d > near.From-farOff && d < near.To+farOff {
			return d
		}
	}
	return 0
}

// eraStart is the year before the first of 令和.
const eraStart = 2018

// DayOfCentury reads a day of a column whose years have two digits and are all
// the same or follow each other, where nothing else says the year.
func DayOfCentury(s string) Moment {
	year, month, day, ok := TwoDigitParts(s)
	d := honne.NewDate(2000+year, month, day)
	if !ok || d.Month() != honne.NewMonth(2000+year, month) {
		return Moment{}
	}
	return MomentOf(honne.Period{From: d, To: d})
}

const firstSerial = 36526 // 1 January 2000

const lastSerial = 54789 // 31 December 2049

const FewestSerials = 3 // numbers a month apart that are no chance

// SerialDay is the day of a spreadsheet's number, 0 where it is none.
func SerialDay(c *grid.Cell) honne.Date {
	n, ok := figure.Of(c)
	if strings.HasPrefix(c.Text, "0") {
		return 0 // 050403 is a day, and none that a spreadsheet counted
	}
	if v, exact, err := n.Times(1, 0); ok && exact && err == nil && v >= firstSerial && v <= lastSerial {
		return honne.NewDate(1899, 12, 30) + honne.Date(v)
	}
	return 0
}

// ShortMonth reads such a month, 0 for none. What may be a year by itself (2012) is none.
func ShortMonth(s string) honne.Month {
	s = japan.Fold(japan.Trim(s))
	if len(s) != 4 || !figure.IsDigits(s) {
		return 0
	}
	v, _ := strconv.Atoi(s)
	if v%100 < 1 || v%100 > 12 || v/100 < FirstCentury || v >= 1900 && v <= 2100 {
		return 0
	}
	return honne.NewMonth(2000+v/100, v%100)
}

// ShortMonthMoment is when such a month is.
func ShortMonthMoment(s string) Moment {
	if m := ShortMonth(s); m != 0 {
		return Moment{Period: m.Period()}
	}
	return Moment{}
}
