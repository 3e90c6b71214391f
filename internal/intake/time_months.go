package intake

import (
	"slices"

	"honne"
	"honne/internal/intake/source"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// monthsWithin is the span in which months across lie that do not say their year.
// What is said of the table's period tells: its year, or the month of the report,
// which is one of them. Where it tells only by rule, a person is asked to look.
func (t *table) monthsWithin() honne.Period {
	names := t.monthNames()
	if m, one := t.Period.Month(); one && len(names) == 1 {
		return honne.Months(m-6, m+5) // the nearest of that name
	}
	if len(names) < 2 {
		return t.Period
	}
	if t.Period.IsZero() {
		return t.monthsByMade(names)
	}
	if m, one := t.Period.Month(); one && newestFirst(names) {
		if _, named := m.Civil(); named == names[0] {
			return honne.Months(m-11, m) // 10月, 9月, 8月 of October's report
		}
	}
	start, sure := t.firstMonth(names)
	if !sure {
		t.assumeFirst(start)
	}
	if _, one := t.Period.Month(); !one && start == t.Period.From.Month() {
		return t.Period
	}
	return honne.Months(start, start+11)
}

// newestFirst reports whether months across go back from one to the one before.
func newestFirst(names []int) bool {
	for i, n := range names[1:] {
		if n != (names[i]+10)%12+1 {
			return false
		}
	}
	return true
}

// assumeFirst asks a person to look at the year of months across.
func (t *table) assumeFirst(start honne.Month) {
	at := t.address(t.Header.To.Row, t.fields[0].col)
	at.Range.To.Col = t.fields[len(t.fields)-1].col
	t.stats.problems = append(t.stats.problems, honne.Problem{At: at, Severity: honne.SevWarning,
		What: honne.Say("problem.months-without-year", honne.InMonth("first", start))})
}

// monthsByMade is the span of months of which nothing says the year but the day on
// which the file was made: figures of what was end by then, those of what is
// expected hold that month or follow it. A person is asked to look.
func (t *table) monthsByMade(names []int) honne.Period {
	made, ok := t.madeIn()
	if !ok {
		return honne.Period{}
	}
	_, named := made.Civil()
	start := when.MonthFrom(names[0], made-11)
	switch last := when.MonthFrom(names[len(names)-1], start); {
	case t.looksAhead() && !slices.Contains(names, named):
		start = when.MonthFrom(names[0], made+1)
	case !t.looksAhead() && last > made:
		start -= 12
	}
	t.assumeFirst(start)
	return honne.Months(start, start+11)
}

// madeIn is the month of the day on which a title says that the file was made
// (2025年9月5日更新).
func (t *table) madeIn() (honne.Month, bool) {
	for _, s := range t.Title {
		if p, ok := japan.FindPeriod(s); ok && p.From == p.To && terms.HoldsAny(s, t.book.Words.Made) {
			return p.From.Month(), true
		}
	}
	return 0, false
}

// firstMonth is the month that the first of the names stands for.
func (t *table) firstMonth(names []int) (start honne.Month, sure bool) {
	if m, ok := t.Period.Month(); ok {
		if year, said := t.yearSaid(names); said {
			return year, true
		}
		_, named := m.Civil()
		start = when.MonthFrom(names[0], m-11) // the last of that name until then
		if slices.Contains(names, named) {
			return start, true
		}
		if t.looksAhead() {
			return when.MonthFrom(names[0], m+1), true
		}
		return start, false
	}
	from := t.Period.From.Month()
	if inOrder(names, from) {
		return from, true
	}
	y, first := from.Civil()
	return honne.NewMonth(y, names[0]), first == 1 || names[0] == 1
}

// yearSaid is the first month of a year that a title gives beside the month of
// the report: 2026年度 販売計画, 2026年3月31日現在.
func (t *table) yearSaid(names []int) (honne.Month, bool) {
	for _, s := range t.Title {
		p, ok := t.words.TitlePeriod(s)
		if from := p.From.Month(); ok && p == honne.Months(from, from+11) && inOrder(names, from) {
			return from, true
		}
	}
	return 0, false
}

// looksAhead reports whether a title, or the name of the sheet, speaks of months to come.
func (t *table) looksAhead() bool {
	return slices.ContainsFunc(append(slices.Clone(t.Title), t.Sheet), func(s string) bool {
		switch t.book.Kind(s) {
		case honne.Forecast, honne.Plan, honne.Proposed:
			return true
		}
		return false
	})
}

// inOrder reports whether the months of those names, each the first from a month
// on, follow each other.
func inOrder(names []int, from honne.Month) bool {
	last := honne.Month(0)
	for _, n := range names {
		m := when.MonthFrom(n, from)
		if m < last {
			return false
		}
		last = m
	}
	return true
}

// monthAlone reads a month that title, sheet or file name without a year (7月分):
// the one after that of the sheet before, else the last of that name before the
// message with the file came. Otherwise it stays unknown.
func (t *table) monthAlone(f *finder) {
	for _, s := range append(slices.Clone(t.Title), f.sheet.Name, source.BaseName(f.reader.file.Name)) {
		name, ok := when.MonthNamed(s)
		if !ok {
			continue
		}
		if before := f.reader.monthBefore(); before > 0 && when.MonthFrom(name, before)-before <= 1 {
			t.Period, t.PeriodAt = when.MonthFrom(name, before).Period(), "name"
		} else if t.monthBeforeDay(name, s, f) {
			return
		} else if r := f.reader.file.Receipt; r.Exact() && !t.looksAhead() {
			m := when.MonthFrom(name, r.Day().Month()-11)
			t.Period, t.PeriodAt = m.Period(), "name"
			t.stats.problems = append(t.stats.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet}, Severity: honne.SevNote, Raw: clip(s),
				What: honne.Say("problem.year-by-receipt", honne.InMonth("month", m))})
		}
		return
	}
}

// heedSheetName has a person look where the sheet is named after another month than
// its title, as one that was copied from the month before.
func (t *table) heedSheetName(sheet string) {
	m, one := t.Period.Month()
	_, month := m.Civil()
	named, ok := when.MonthNamed(sheet)
	if p, whole := when.ReadPeriod(sheet); whole {
		n, single := p.Month()
		_, named = n.Civil()
		ok = single
	}
	if !one || !ok || named == month || t.PeriodAt == "" || t.PeriodAt == "name" {
		return
	}
	t.stats.problems = append(t.stats.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet}, Severity: honne.SevWarning, Raw: clip(sheet),
		What: honne.Say("problem.sheet-of-another-month", honne.Text("sheet", clip(sheet)), honne.InMonth("month", m))})
}

// monthBefore is the month of the last table so far, 0 when it is of none.
func (r *reader) monthBefore() honne.Month {
	if len(r.tables) == 0 {
		return 0
	}
	m, _ := r.tables[len(r.tables)-1].Period.Month()
	return m
}

// monthNames lists the months across that do not say their year, as far as they
// go before they begin again.
func (t *table) monthNames() []int {
	var names []int
	for i := range t.fields {
		if t.fields[i].label && t.fields[i].shape != nil {
			continue
		}
		for _, s := range t.fields[i].path {
			head, _ := withoutMeasure(s, t.words)
			head = t.inNumbers(head)
			if _, whole := when.ReadPeriod(head); whole {
				return nil
			}
			m, ok := japan.ParseMonthName(head)
			switch {
			case !ok || when.PlainNumber(head) || len(names) > 0 && names[len(names)-1] == m:
			case slices.Contains(names, m):
				return names
			default:
				names = append(names, m)
			}
		}
	}
	return names
}
