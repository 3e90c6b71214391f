package intake

import (
	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// Months may stand below each other and the years across (4月, 5月 down, R5年度, R6年度
// across): a figure is of the month of its row in the year of its column. Rows of
// halves or quarters among the months are their sums.

// monthsDown is the column in which each row says its part of the years across.
type monthsDown struct {
	col    int32 // 0 where there is none
	finest int   // months of the shortest part
	parts  map[string]int
	read   map[partIn]honne.Period
}

// anyYear is a year in which the parts of years are tried.
var anyYear = honne.Months(honne.NewMonth(2025, 4), honne.NewMonth(2026, 3))

// findMonthsDown looks for rows that say parts of the years across.
func (t *table) findMonthsDown(sample []*outline.Profile) {
	if t.Layout != honne.Crosstab || t.yearly || !t.yearsAcross() {
		return
	}
	for i := range t.fields {
		f := &t.fields[i]
		if !f.label || f.shape == nil {
			continue
		}
		if down := t.partsDown(sample, f.col); down.finest > 0 {
			t.down = down
			t.Columns[i].Meaning, t.Columns[i].Confidence = honne.MPeriod, terms.ByShape
			return
		}
	}
}

// yearsAcross reports whether every period across is a year, and several are.
func (t *table) yearsAcross() bool {
	years := map[honne.Period]bool{}
	for _, c := range t.Columns {
		from := c.Period.From.Month()
		switch {
		case c.Period.IsZero():
		case c.Period != honne.Months(from, from+11):
			return false
		default:
			years[c.Period] = true
		}
	}
	return len(years) > 1
}

// partsDown reads the parts of a year in a column; none where many texts are no such.
func (t *table) partsDown(sample []*outline.Profile, col int32) monthsDown {
	down := monthsDown{col: col, parts: map[string]int{}, read: map[partIn]honne.Period{}}
	parts, strange := 0, 0
	for _, p := range sample {
		s := japan.Trim(p.Text(col))
		switch n := down.months(t, s); {
		case n > 0:
			parts++
			if down.finest == 0 || n < down.finest {
				down.finest = n
			}
		case s == "" || t.words.Total(s) == "":
			strange++
		}
	}
	if parts < 2 || 4*strange > parts {
		return monthsDown{}
	}
	return down
}

// months is the number of months of a part of a year, 0 of a text that is none.
func (d *monthsDown) months(t *table, s string) int {
	n, known := d.parts[s]
	if !known && s != "" {
		if p := t.partSaid(d.col, s, anyYear); !p.IsZero() {
			n = int(p.To.Month()-p.From.Month()) + 1
		}
		if len(d.parts) < terms.WordLimit {
			d.parts[s] = n
		}
	}
	return n
}

// partSaid reads a part of a year; the zero period where it is a period by itself, or none.
func (t *table) partSaid(col int32, s string, year honne.Period) honne.Period {
	if when.PlainNumber(s) && t.periodEnding(col) == "月" {
		s += "月"
	}
	if _, whole := when.ReadPeriod(s); whole || len(s) > 40 {
		return honne.Period{}
	}
	p, _ := when.PeriodWithin(s, year)
	return p
}

// of is the part that a row says of the year of a column.
func (d *monthsDown) of(t *table, part string, year honne.Period) honne.Period {
	k := partIn{part, year}
	p, known := d.read[k]
	if !known && part != "" {
		p = t.partSaid(d.col, part, year)
		if len(d.read) < terms.WordLimit {
			d.read[k] = p
		}
	}
	return p
}

// coarse reports whether a row is of several of the parts that the rows are of: 上期
// among months.
func (t *table) coarse(r *grid.Row) bool {
	if t.down.col == 0 {
		return false
	}
	return t.down.months(t, japan.Trim(r.Text(t.down.col))) > t.down.finest
}

// partIn is a part of a year, as a cell says it, and the year.
type partIn struct {
	part string
	year honne.Period
}
