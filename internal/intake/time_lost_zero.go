package intake

import (
	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/when"
)

// A program takes 2026.10 for a number and shows it as 2026.1. Between September and
// November it is October.

// losesZero reports whether a column of months writes an October as a January: .9, .1,
// .11 of one year, and no .10.
func losesZero(body []*outline.Profile, col int32) bool {
	before, lost := "", false
	for _, p := range body {
		year, month := when.YearAndPoint(p.Text(col))
		switch {
		case month == "10":
			return false
		case month == "1" && before == year+".9":
			lost = true
		case lost && month == "11" && before == year+".1":
			return true
		}
		if month != "" {
			before = year + "." + month
		}
	}
	return false
}

// october is the month of a cell in such a column, below another month.
func (p *periodColumns) october(c *grid.Cell, m when.Moment) when.Moment {
	above, _ := p.last.Month()
	month, ok := m.Period.Month()
	if _, name := when.YearAndPoint(c.Text); !ok || name != "1" || above != month+8 && above != month+9 {
		return m
	}
	return when.Moment{Period: (month + 9).Period()}
}

// sayOctober says of a column of months that its October lost a zero.
func (t *table) sayOctober(col, row int32) {
	t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(row, col), Severity: honne.SevNote, What: honne.Say("problem.lost-zero")})
}
