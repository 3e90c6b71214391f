package honne

import (
	"cmp"
	"fmt"
	"time"
)

// Japan is the time zone of every clock in honne: UTC+9, without summer time.
var Japan = time.FixedZone("Asia/Tokyo", 9*60*60)

// Date is a civil day of the Gregorian calendar, counted so that 1 January of
// the year 1 is day 1. The zero Date is no date. Dates compare with < and >.
type Date int32

// NewDate returns the day y-m-d; like time.Date it carries days and months
// over, so that NewDate(2026, 2, 30) is 2 March.
func NewDate(y, m, d int) Date {
	return dateOf(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC))
}

// DateOf returns the day on which t falls in Japan; the zero time is no date.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return 0
	}
	y, m, d := t.In(Japan).Date()
	return NewDate(y, int(m), d)
}

func dateOf(midnightUTC time.Time) Date {
	return Date(floorDiv(midnightUTC.Unix(), 86400) + daysToUnix)
}

// daysToUnix is the Date of 1 January 1970.
const daysToUnix = 719163

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func (d Date) utc() time.Time { return time.Unix((int64(d)-daysToUnix)*86400, 0).UTC() }

// Civil returns year, month (1-12) and day of the month.
func (d Date) Civil() (y, m, day int) {
	yy, mm, dd := d.utc().Date()
	return yy, int(mm), dd
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return time.Weekday(d % 7) }

// Month returns the calendar month of d, or 0 when d is no date.
func (d Date) Month() Month {
	if d == 0 {
		return 0
	}
	y, m, _ := d.Civil()
	return NewMonth(y, m)
}

// At returns the instant h:m on the day d in Japan.
func (d Date) At(h, m int) time.Time {
	y, mo, day := d.Civil()
	return time.Date(y, time.Month(mo), day, h, m, 0, 0, Japan)
}

// End returns the last microsecond of the day in Japan: what had been received
// by then was known on that day.
func (d Date) End() time.Time { return (d + 1).At(0, 0).Add(-time.Microsecond) }

// String returns the day as 2006-01-02, or "" when d is no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// ParseDate reads 2006-01-02.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("date %q is not of the form YYYY-MM-DD", s)
	}
	return dateOf(t), nil
}

// MarshalText writes the day as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	*d, err = ParseDate(string(b))
	return err
}

// Month is a calendar month, counted as year × 12 + (month − 1). The zero
// Month is no month. Months compare with < and >, and m+1 is the next month.
type Month int32

// NewMonth returns the month m (1-12) of the year y; m may run over.
func NewMonth(y, m int) Month { return Month(y*12 + m - 1) }

// Civil returns year and month (1-12).
func (m Month) Civil() (y, month int) { return int(m) / 12, int(m)%12 + 1 }

// First returns the first day of the month.
func (m Month) First() Date {
	y, mo := m.Civil()
	return NewDate(y, mo, 1)
}

// Last returns the last day of the month.
func (m Month) Last() Date { return (m + 1).First() - 1 }

// Period returns the month as a period.
func (m Month) Period() Period { return Period{m.First(), m.Last()} }

// String returns the month as 2006-01, or "" when m is no month.
func (m Month) String() string {
	if m == 0 {
		return ""
	}
	y, mo := m.Civil()
	return fmt.Sprintf("%04d-%02d", y, mo)
}

// ParseMonth reads 2006-01.
func ParseMonth(s string) (Month, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return 0, fmt.Errorf("month %q is not of the form YYYY-MM", s)
	}
	return NewMonth(t.Year(), int(t.Month())), nil
}

// MarshalText writes the month as String does.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (m *Month) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*m = 0
		return nil
	}
	*m, err = ParseMonth(string(b))
	return err
}

// Period is a span of days, both ends included: a month, a quarter, a year, or
// a closing month such as 21 August to 20 September. The zero Period is none.
type Period struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

// Months returns the period from the first day of a to the last day of b.
func Months(a, b Month) Period { return Period{a.First(), b.Last()} }

// IsZero reports whether the period is none.
func (p Period) IsZero() bool { return p.From == 0 && p.To == 0 }

// Month returns the calendar month that p is, and false when p is anything
// else.
func (p Period) Month() (Month, bool) {
	m := p.From.Month()
	return m, !p.IsZero() && p == m.Period()
}

// Bucket returns the month to which a figure of p belongs: the calendar month
// that p is, or, for a span of 26 to 35 days that crosses a month end (a closing
// month), the month in which it ends. Longer and shorter spans have none.
func (p Period) Bucket() (Month, bool) {
	if m, ok := p.Month(); ok {
		return m, true
	}
	days := p.To - p.From + 1
	crosses := p.From.Month() != p.To.Month()
	return p.To.Month(), crosses && days >= 26 && days <= 35
}

// Contains reports whether the day falls into p.
func (p Period) Contains(d Date) bool { return p.From <= d && d <= p.To }

// Compare orders periods by their first day, then by their last.
func (p Period) Compare(q Period) int {
	return cmp.Or(cmp.Compare(p.From, q.From), cmp.Compare(p.To, q.To))
}

// Overlaps reports whether p and q share a day.
func (p Period) Overlaps(q Period) bool { return p.From <= q.To && q.From <= p.To }

// String returns 2025-04 for a month, 2025-04/2025-06 for whole months,
// 2025-08-21/2025-09-20 for anything else, "" for none.
func (p Period) String() string {
	if p.IsZero() {
		return ""
	}
	if m, ok := p.Month(); ok {
		return m.String()
	}
	a, b := p.From.Month(), p.To.Month()
	if p == Months(a, b) {
		return a.String() + "/" + b.String()
	}
	return p.From.String() + "/" + p.To.String()
}

// AsOf says what was known: everything received by the end of the day Known in
// Japan, and, when Recorded is set, loaded into the database by that instant,
// so that a frozen audit never changes. A zero Known means all there is.
type AsOf struct {
	Known    Date
	Recorded time.Time
}
