package intake

import (
	"maps"
	"slices"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// weeksOfMonth reports whether weeks that follow each other, and begin after the first
// of the month or end before its last, are what the month is said to be: a total beside
// them is their sum in every row.
func (t *table) weeksOfMonth(spans map[int]when.DaySpan, month honne.Month, sample []*outline.Profile) bool {
	columns := slices.Sorted(maps.Keys(spans))
	if len(columns) < 4 || spans[columns[0]].From > 7 || spans[columns[len(columns)-1]].To < int(month.Last()-month.First())-5 {
		return false
	}
	for k, i := range columns {
		if d := spans[i]; d.To <= d.From || k > 0 && d.From != spans[columns[k-1]].To+1 {
			return false
		}
	}
	return slices.ContainsFunc(t.fields, func(f field) bool { return t.totalOver(&f, columns, sample) })
}

// totalOver reports whether a column that is called a total is the sum of others in
// every row of a sample.
func (t *table) totalOver(f *field, columns []int, sample []*outline.Profile) bool {
	if f.label || !slices.ContainsFunc(f.path, func(s string) bool { return t.words.Total(s) != "" }) {
		return false
	}
	rows := 0
	for _, p := range sample {
		own, ok := t.thousandths(p, t.indexOf(f))
		if !ok {
			continue
		}
		for _, i := range columns {
			n, _ := t.thousandths(p, i)
			own -= n
		}
		if rows++; own != 0 {
			return false
		}
	}
	return rows > 1
}

// refuseWeeks leaves out the figures of weeks that are part of no month that is known:
// the year of a title is not when they were sold.
func (t *table) refuseWeeks() {
	weeks := 0
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		week := slices.ContainsFunc(f.path, func(s string) bool {
			return when.IsDaySpan(s) || when.WeekAcross.MatchString(japan.Fold(japan.Trim(s)))
		})
		if _, _, figure := c.Meaning.Measure(); week && figure && !f.label && !c.Said && c.Period.IsZero() && f.third == 0 {
			c.Meaning, c.Confidence, f.told = honne.MeaningUnknown, 0, true
			weeks++
		}
	}
	if weeks > 1 {
		t.stats.problems = append(t.stats.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet}, Severity: honne.SevWarning,
			What: honne.Say("problem.weeks-across")})
	}
}

// periodOver reports whether a column of texts stands under a period, as figures
// across do: a month in which most is still 未定.
func (t *table) periodOver(f *field) bool {
	_, _, ok := t.periodAcross(f.path, t.Period)
	if m, one := t.Period.Month(); one && !ok {
		_, name := m.Civil()
		_, ok = when.DaySpanOf(f.path, name)
	}
	return ok && t.Layout == honne.Crosstab && f.shape != nil && f.shape.Mode == outline.Text
}
