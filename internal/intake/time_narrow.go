package intake

import (
	"regexp"
	"slices"

	"honne"
	"honne/internal/intake/source"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// followAbove takes the period of the table above for one that says none by itself. A
// caption that names another month (【5月】) ends what was said of the one above: its
// year is that of the title of both, or that month follows the one above.
func (t *table) followAbove(f *finder) {
	t.Period, t.PeriodAt = f.period, f.periodAt
	name, said := t.captionMonth()
	above, one := f.period.Bucket()
	if !said || !one {
		return
	}
	next := when.MonthFrom(name, above)
	if !f.wide.IsZero() {
		next = when.MonthFrom(name, f.wide.From.Month())
	}
	switch {
	case next == above:
	case f.wide.IsZero() && next > above+1:
		t.Period, t.PeriodAt = honne.Period{}, ""
	default:
		t.Period, t.PeriodAt = next.Period(), "name"
		if _, calendar := f.period.Month(); !calendar {
			_, _, day := f.period.To.Civil()
			t.Period = japan.ClosingMonth(next, day)
		}
	}
}

// narrow takes the month that a caption or the sheet names within a wider period:
// sheets 4月, 5月 … of 2025年度売上実績.xlsx. What follows on the sheet may name another.
func (t *table) narrow(f *finder) {
	if _, month := t.Period.Bucket(); month || t.Period.IsZero() {
		return
	}
	f.wide = t.Period
	m, said := t.captionMonth()
	if said {
		t.wide = t.Period
	}
	if !said {
		m, said = when.MonthNamed(f.sheet.Name)
	}
	if !said {
		m, said = t.entitledMonth()
	}
	if said {
		t.Period = when.MonthFrom(m, t.Period.From.Month()).Period()
	}
}

// ofNextMonth takes a section that says so for one of the month after that of the report:
// 2. 来月見込. What follows on the sheet is of the report's month again.
func (t *table) ofNextMonth() {
	m, month := t.Period.Month()
	if !month || len(t.Title) == 0 || !terms.HoldsAny(t.Title[0], t.book.Words.NextMonth) {
		return
	}
	if _, said := japan.FindPeriod(t.Title[0]); !said {
		t.Period = (m + 1).Period()
	}
}

// captionMonth is the month that the nearest title names without a year.
func (t *table) captionMonth() (int, bool) {
	if n := len(t.titleRows); n > 0 {
		for _, c := range t.titleRows[n-1].Cells {
			if m, ok := when.MonthNamed(c.Text); ok {
				return m, true
			}
		}
	}
	if len(t.Title) == 0 {
		return 0, false
	}
	return when.MonthNamed(t.Title[0])
}

var monthOfReport = regexp.MustCompile(`(?:^|[^0-9年/～〜~.-])([0-9]{1,2})月[度分]`)

// entitledMonth is the month of the report that another title gives behind other words,
// within the period of the table: 第60期 9月度 売上. Of two it says none.
func (t *table) entitledMonth() (month int, ok bool) {
	for _, s := range t.Title {
		for _, match := range monthOfReport.FindAllStringSubmatch(japan.Fold(s), -1) {
			m, said := when.MonthNamed(match[1] + "月")
			if !said || month != 0 && m != month {
				return 0, false
			}
			month = m
		}
	}
	if month == 0 || !when.Within(when.MonthFrom(month, t.Period.From.Month()).Period(), t.Period) {
		return 0, false
	}
	return month, true
}

// daysSaid are the days that stand above the table or in the file's name, each once.
func (t *table) daysSaid(f *finder) (days []honne.Date) {
	take := func(d honne.Date) {
		if d != 0 && !slices.Contains(days, d) {
			days = append(days, d)
		}
	}
	for _, p := range append(filledRows(f.titles), t.titleRows...) {
		for i := range p.Cells {
			take(when.DayOf(&p.Cells[i]))
			if q, ok := japan.FindPeriod(p.Cells[i].Text); ok && q.From == q.To {
				take(q.From)
			}
		}
	}
	if q, ok := japan.FindPeriod(source.BaseName(f.reader.file.Name)); ok && q.From == q.To {
		take(q.From)
	}
	return days
}

// monthBeforeDay reads a month without a year (9月分) beside the day on which the report
// was written: the last of that name until then.
func (t *table) monthBeforeDay(name int, raw string, f *finder) bool {
	days := t.daysSaid(f)
	if len(days) == 0 || t.looksAhead() {
		return false
	}
	m := when.MonthFrom(name, slices.Max(days).Month()-11)
	t.Period, t.PeriodAt = m.Period(), "name"
	t.stats.problems = append(t.stats.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet}, Severity: honne.SevNote, Raw: clip(raw),
		What: honne.Say("problem.year-by-day", honne.InMonth("month", m))})
	return true
}

// ofOneDay takes the one day that a daily report says above its table for that of all
// rows that say none.
func (t *table) ofOneDay(f *finder) {
	daily := func(s string) bool { return terms.HoldsAny(s, t.book.Words.Daily) }
	if !t.Period.IsZero() || !slices.ContainsFunc(append(slices.Clone(t.Title), f.sheet.Name, source.BaseName(f.reader.file.Name)), daily) {
		return
	}
	if days := t.daysSaid(f); len(days) == 1 {
		t.day = days[0]
		t.Period, t.PeriodAt = t.day.Month().Period(), "name"
	}
}

// foresees reports whether series are all of what is to come, which their headers say
// without a title.
func foresees(own []honne.Series) bool {
	return !slices.ContainsFunc(own, func(s honne.Series) bool {
		return s != honne.Forecast && s != honne.Plan && s != honne.Target && s != honne.Proposed
	})
}
