package intake

import (
	"regexp"
	"strconv"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// Days without a year (10/3, 10月3日, 10/3(金)), and months whose year has two digits
// (26/10), are texts until the period of the table gives the year.

var shortForm = regexp.MustCompile(`^([0-9]{1,2})(?:/([0-9]{1,2})|月([0-9]{1,2})日)(?:\([月火水木金土日祝]曜?日?\))?$`)

// shortParts reads the two numbers of a day without a year, or of a year and a
// month.
func shortParts(s string) (a, b int, ok bool) {
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

// shortMoment reads a day without a year near a period of a year at most, or a
// month in it.
func shortMoment(s string, near honne.Period) moment {
	if d := twoDigitDay(s, near); d != 0 {
		return momentOf(honne.Period{From: d, To: d})
	}
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

var twoDigitForm = regexp.MustCompile(`^([0-9]{2})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})$`)

// twoDigitParts reads year, month and day of a day whose year has two digits:
// 25/04/18.
func twoDigitParts(s string) (year, month, day int, ok bool) {
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
	year, month, day, ok := twoDigitParts(s)
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

// dayOfCentury reads a day of a column whose years have two digits and are all
// the same or follow each other, where nothing else says the year.
func dayOfCentury(s string) moment {
	year, month, day, ok := twoDigitParts(s)
	d := honne.NewDate(2000+year, month, day)
	if !ok || d.Month() != honne.NewMonth(2000+year, month) {
		return moment{}
	}
	return momentOf(honne.Period{From: d, To: d})
}

// The days as which a spreadsheet counts them: plausible for a report.
const (
	firstSerial = 36526 // 1 January 2000
	lastSerial  = 54789 // 31 December 2049

	fewestSerials = 3 // numbers a month apart that are no chance
)

// serialDay is the day of a spreadsheet's number, 0 where it is none.
func serialDay(c *grid.Cell) honne.Date {
	n, ok := figureOf(c)
	if strings.HasPrefix(c.Text, "0") {
		return 0 // 050403 is a day, and none that a spreadsheet counted
	}
	if v, exact, err := n.Times(1, 0); ok && exact && err == nil && v >= firstSerial && v <= lastSerial {
		return honne.NewDate(1899, 12, 30) + honne.Date(v)
	}
	return 0
}

// markSerials takes the numbers of a row for months where each is how a spreadsheet
// counts the same day of the month after the one before: 45017, 45047, 45078, what
// a workbook of months across leaves in a CSV.
func (p *profile) markSerials() {
	var at []int
	var last honne.Date
	for i, c := range p.class {
		if c != number {
			continue
		}
		day := serialDay(&p.Cells[i])
		if day == 0 || last != 0 && (day.Month() != last.Month()+1 || day-day.Month().First() != last-last.Month().First()) {
			return
		}
		at, last = append(at, i), day
	}
	if len(at) < fewestSerials {
		return
	}
	for _, i := range at {
		p.Cells[i].Kind, p.Cells[i].Date = grid.Date, serialDay(&p.Cells[i])
	}
	p.mark(at, when)
}

// serialDated reports whether a column that is called a day holds a spreadsheet's
// numbers of days.
func (t *table) serialDated(s *colShape) bool {
	f := t.fieldAt(s.col)
	if f == nil || !s.serial {
		return false
	}
	m, sure := t.headerMeaning(f)
	if m == honne.MeaningUnknown { // 日付 over figures is not asked for a day
		m, sure = t.words.lookup(strings.Join(f.path, ""))
	}
	return m == honne.MDate && sure >= sureHeader
}

// shortDated reports whether a column holds days without a year below a header
// that says when, and something says the year.
func (t *table) shortDated(s *colShape) bool {
	f := t.fieldAt(s.col)
	if f == nil || !s.short || t.Period.IsZero() && !s.century {
		return false
	}
	m, _ := t.headerMeaning(f)
	return whenMeaning(m)
}

// assumeYears has a person look at a column of days whose years of two digits
// nothing else confirms.
func (t *table) assumeYears(body []*profile, s *colShape) {
	if !t.Period.IsZero() || !s.century {
		return
	}
	for _, p := range body {
		if c := p.Cell(s.col); c != nil {
			if m := dayOfCentury(c.Text); m.day != 0 {
				t.assumeCentury(t.address(p.N, s.col), m.day.Month(), c.Text)
				return
			}
		}
	}
}

// findDayColumns finds the columns that should say a day.
func (t *table) findDayColumns() {
	for i := range t.fields {
		if f := &t.fields[i]; f.col == t.periods.date || f.unread {
			t.dayColumns = append(t.dayColumns, i)
		}
	}
}

// countDayless counts the cells of a column of days that say none, so that the row
// is of a month at most.
func (t *table) countDayless(r *grid.Row) {
	for _, i := range t.dayColumns {
		f := &t.fields[i]
		if f.col == t.periods.date && t.periods.dayIn == r.N {
			continue
		}
		c := r.Cell(f.col)
		if c == nil || !f.unread && !t.moment(r.N, c).period.IsZero() {
			continue
		}
		if blank := japan.Trim(c.Text) == "" && c.Kind == grid.Text; !blank && !japan.Masked(c.Text) && !t.words.ditto(c.Text) {
			f.dayless++
		}
	}
}

// tellDayless says which columns of days could not be read, and in how many rows.
func (t *table) tellDayless() {
	for i := range t.fields {
		if n := t.fields[i].dayless; n > 0 && t.Kind != "" {
			t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, t.fields[i].col), Severity: honne.SevWarning, Count: n,
				Raw: t.Columns[i].Header, What: honne.Say("problem.days-unread", honne.Count("n", n), honne.Text("header", clip(t.Columns[i].Header)))})
		}
	}
}
