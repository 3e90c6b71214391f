package japan

import (
	"slices"
	"sync"
	"time"

	"honne"
)

const firstYear = 1970

var (
	firstDay = honne.NewDate(firstYear, 1, 1)
	afterAll = honne.NewDate(lastYear+1, 1, 1)
)

// Calendar knows business days. A business day is not a Saturday or Sunday, not
// a holiday, and not 29 December to 3 January, nor one on which a partner's office is
// closed (domain 2.1, 3.4). It is valid from 1970 to 2050; outside, every weekday
// counts as a business day. A Calendar does not change and is safe for
// concurrent use.
type Calendar struct {
	holidays map[honne.Date]string // national ones: 振替休日 carry the name of the one they stand for, 国民の休日 are 休日
	before   []int32               // business days from firstDay up to, without, the nth day
	closed   []honne.Date          // business days of those that a partner's office is closed on, in order
}

// National returns the calendar of those whose office is never closed beside it.
func National() *Calendar { return national() }

var national = sync.OnceValue(func() *Calendar { return build(nationalHolidays()) })

// OfPartner returns the calendar by which what a partner owes is counted: the
// national one without the days on which its office is closed. Source: domain 2.1.
func OfPartner(p honne.Profile) *Calendar {
	c := *National()
	for _, days := range p.Closed() {
		for d := days.From; d <= days.To; d++ {
			if National().BusinessDay(d) {
				c.closed = append(c.closed, d)
			}
		}
	}
	if len(c.closed) == 0 {
		return National()
	}
	slices.Sort(c.closed)
	c.closed = slices.Compact(c.closed)
	return &c
}

func build(holidays map[honne.Date]string) *Calendar {
	c := &Calendar{holidays: holidays, before: make([]int32, afterAll-firstDay+1)}
	for d := firstDay; d < afterAll; d++ {
		i := d - firstDay
		c.before[i+1] = c.before[i]
		if c.open(d) {
			c.before[i+1]++
		}
	}
	return c
}

func (c *Calendar) open(d honne.Date) bool {
	if weekend(d) || c.holidays[d] != "" {
		return false
	}
	_, m, day := d.Civil()
	return !(m == 12 && day >= 29 || m == 1 && day <= 3)
}

func weekend(d honne.Date) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

// BusinessDay reports whether d is a business day.
func (c *Calendar) BusinessDay(d honne.Date) bool { return c.until(d+1) > c.until(d) }

// until counts the business days before d, from an origin of its own.
func (c *Calendar) until(d honne.Date) int {
	closed, _ := slices.BinarySearch(c.closed, d)
	return c.regular(d) - closed
}

// regular counts likewise, whoever's office is closed.
func (c *Calendar) regular(d honne.Date) int {
	switch {
	case d < firstDay:
		return weekdays(d) - weekdays(firstDay)
	case d > afterAll:
		return int(c.before[afterAll-firstDay]) + weekdays(d) - weekdays(afterAll)
	}
	return int(c.before[d-firstDay])
}

// weekdays counts Mondays to Fridays before d; Date 1 was a Monday.
func weekdays(d honne.Date) int {
	days := int(d) - 1
	weeks, rest := days/7, days%7
	if rest < 0 {
		weeks, rest = weeks-1, rest+7
	}
	return weeks*5 + min(rest, 5)
}

// Next returns the first business day after d.
func (c *Calendar) Next(d honne.Date) honne.Date { return c.AddBusinessDays(d, 1) }

// OnOrAfter returns d when it is a business day, else the next one.
func (c *Calendar) OnOrAfter(d honne.Date) honne.Date { return c.Next(d - 1) }

// OnOrBefore returns d when it is a business day, else the one before it.
func (c *Calendar) OnOrBefore(d honne.Date) honne.Date { return c.AddBusinessDays(d+1, -1) }

// AddBusinessDays returns the nth business day after d, or the -nth before it;
// 0 returns d itself.
func (c *Calendar) AddBusinessDays(d honne.Date, n int) honne.Date {
	step := honne.Date(1)
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		if d += step; c.BusinessDay(d) {
			n--
		}
	}
	return d
}

// Between returns bd(a, b), the business days in (a, b]; negative when b is
// before a. Source: domain 3.4.
func (c *Calendar) Between(a, b honne.Date) int { return c.until(b+1) - c.until(a+1) }

// Count returns the business days of a period, 0 for none.
func (c *Calendar) Count(p honne.Period) int {
	if p.IsZero() {
		return 0
	}
	return c.Between(p.From-1, p.To)
}

// LastN returns the first of the last n business days of p: the period's first
// business day when it has fewer, no date when it has none or n < 1.
func (c *Calendar) LastN(p honne.Period, n int) honne.Date {
	if n = min(n, c.Count(p)); n < 1 {
		return 0
	}
	return c.AddBusinessDays(p.To+1, -n)
}

// FirstN returns the last of the first n business days of p: the period's last
// business day when it has fewer, no date when it has none or n < 1.
func (c *Calendar) FirstN(p honne.Period, n int) honne.Date {
	if n = min(n, c.Count(p)); n < 1 {
		return 0
	}
	return c.AddBusinessDays(p.From-1, n)
}
