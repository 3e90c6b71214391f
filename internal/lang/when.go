package lang

import (
	"fmt"
	"time"

	"honne"
)

// when writes the arguments that speak of time.
func (l Language) when(a honne.Arg) string {
	switch a.Kind {
	case honne.ArgDate:
		return l.Date(honne.Date(a.N))
	case honne.ArgNear:
		return l.NearDate(honne.Date(a.N))
	case honne.ArgMonth:
		return l.Month(honne.Month(a.N))
	case honne.ArgPeriod:
		return l.Period(honne.Period{From: honne.Date(a.N), To: honne.Date(a.M)})
	case honne.ArgInstant:
		return l.Instant(time.UnixMicro(a.N))
	}
	return a.S
}

// Date writes a day: 22 Nov 2026, 2026年11月22日（日）.
func (l Language) Date(d honne.Date) string {
	if d == 0 {
		return ""
	}
	y, m, day := d.Civil()
	if l == JA {
		return fmt.Sprintf("%d年%d月%d日（%s）", y, m, day, weekdays(d.Weekday()))
	}
	return fmt.Sprintf("%d %s %d", day, short(m), y)
}

// NearDate writes a day of a year that is plain from its place, in a sentence:
// 22 Nov, 11月22日（日）.
func (l Language) NearDate(d honne.Date) string {
	if _, m, day := d.Civil(); d != 0 && l == JA {
		return fmt.Sprintf("%d月%d日（%s）", m, day, weekdays(d.Weekday()))
	}
	return l.ShortDate(d)
}

// ShortDate writes a day of a year that is plain from its place: 22 Nov, 11/22.
func (l Language) ShortDate(d honne.Date) string {
	if d == 0 {
		return ""
	}
	_, m, day := d.Civil()
	if l == JA {
		return fmt.Sprintf("%d/%d", m, day)
	}
	return fmt.Sprintf("%d %s", day, short(m))
}

func weekdays(d time.Weekday) string {
	return [...]string{"日", "月", "火", "水", "木", "金", "土"}[d]
}

func short(m int) string { return time.Month(m).String()[:3] }

// Month writes a month with its year: Oct 2026, 2026年10月.
func (l Language) Month(m honne.Month) string {
	if m == 0 {
		return ""
	}
	y, mo := m.Civil()
	if l == JA {
		return fmt.Sprintf("%d年%d月", y, mo)
	}
	return fmt.Sprintf("%s %d", short(mo), y)
}

// MonthName writes a month without its year: Oct, 10月.
func (l Language) MonthName(m honne.Month) string {
	_, mo := m.Civil()
	if l == JA {
		return fmt.Sprintf("%d月", mo)
	}
	return short(mo)
}

// Period writes a span: Oct 2026, Apr–Oct 2026, Oct 2025–Mar 2026, or its days
// where it is not made of whole months.
func (l Language) Period(p honne.Period) string {
	if p.IsZero() {
		return ""
	}
	if m, ok := p.Month(); ok {
		return l.Month(m)
	}
	a, b := p.From.Month(), p.To.Month()
	if p != honne.Months(a, b) {
		return l.days(p.From, p.To)
	}
	return l.span(a, b)
}

// days writes a span of days, a year or a month that both share once: 18 Nov–3 Dec
// 2025, 19–22 May 2026, 2025年11月18日（火）–12月3日（水）.
func (l Language) days(a, b honne.Date) string {
	ya, ma, da := a.Civil()
	yb, mb, _ := b.Civil()
	switch {
	case a == b:
		return l.Date(a)
	case ya != yb:
		return l.Date(a) + "–" + l.Date(b)
	case l == JA:
		return l.Date(a) + "–" + l.NearDate(b)
	case ma == mb:
		return fmt.Sprintf("%d–%s", da, l.Date(b))
	}
	return l.ShortDate(a) + "–" + l.Date(b)
}

func (l Language) span(a, b honne.Month) string {
	ya, _ := a.Civil()
	yb, _ := b.Civil()
	switch {
	case ya != yb:
		return l.Month(a) + "–" + l.Month(b)
	case l == JA:
		return l.Month(a) + "–" + l.MonthName(b)
	}
	return l.MonthName(a) + "–" + l.Month(b)
}

// Months writes a span of months without years: Apr–Oct, 4月–10月.
func (l Language) Months(p honne.Period) string {
	if p.IsZero() {
		return ""
	}
	a, b := p.From.Month(), p.To.Month()
	if a == b {
		return l.MonthName(a)
	}
	return l.MonthName(a) + "–" + l.MonthName(b)
}

// FiscalYear writes a fiscal year that starts in a month (1-12): FY2026, 2026年度.
func (l Language) FiscalYear(year int) string {
	if l == JA {
		return fmt.Sprintf("%d年度", year)
	}
	return fmt.Sprintf("FY%d", year)
}

// FiscalYearSpan writes a fiscal year with its months: FY2026 (Apr 2026–Mar
// 2027), 2026年度（2026年4月–2027年3月）. start is its first month, 1 to 12.
func (l Language) FiscalYearSpan(year, start int) string {
	a := honne.NewMonth(year, start)
	if l == JA {
		return l.FiscalYear(year) + "（" + l.span(a, a+11) + "）"
	}
	return l.FiscalYear(year) + " (" + l.span(a, a+11) + ")"
}

// ShortQuarter writes a quarter of a fiscal year where there is little room: Q2
// FY2026, 2026年度Q2.
func (l Language) ShortQuarter(year, q int) string {
	if l == JA {
		return fmt.Sprintf("%sQ%d", l.FiscalYear(year), q)
	}
	return fmt.Sprintf("Q%d %s", q, l.FiscalYear(year))
}

// Quarter writes a quarter of a fiscal year: Q2 FY2026 (Jul–Sep),
// 2026年度第2四半期（7–9月）. q counts from 1, start is the year's first month.
func (l Language) Quarter(year, start, q int) string {
	a := honne.NewMonth(year, start) + honne.Month(3*(q-1))
	_, from := a.Civil()
	_, to := (a + 2).Civil()
	if l == JA {
		return fmt.Sprintf("%s第%d四半期（%d–%d月）", l.FiscalYear(year), q, from, to)
	}
	return fmt.Sprintf("Q%d %s (%s–%s)", q, l.FiscalYear(year), short(from), short(to))
}
