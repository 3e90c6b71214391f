package web

import (
	"slices"

	"honne"
)

// MonthCard is one month of the figures: what a narrow screen shows of them.
type MonthCard struct {
	MonthRow
	Prev, Next Linked
	Sum        []MonthRow // of the year, where there is one
}

// monthCard is the month that the address asks for, else the last that was
// received, of rows that begin with the months of the picture.
func (v *visit) monthCard(p honne.Picture, rows []MonthRow) *MonthCard {
	asked, _ := honne.ParseMonth(v.URL.Query().Get("month"))
	i := slices.IndexFunc(p.Months, func(m honne.MonthView) bool { return m.Month == asked })
	for j := 0; i < 0 && j < len(p.Months); j++ {
		if last := len(p.Months) - 1 - j; p.Months[last].Actual.Known {
			i = last
		}
	}
	i = max(i, 0)
	if i >= len(p.Months) {
		return nil
	}
	card := MonthCard{MonthRow: rows[i], Sum: rows[len(p.Months):]}
	card.Label = v.lang.Month(p.Months[i].Month)
	beside := func(j int) Linked {
		if j < 0 || j >= len(p.Months) {
			return Linked{}
		}
		return Linked{rows[j].Label, v.here("month", p.Months[j].Month.String()) + "#h-month"}
	}
	card.Prev, card.Next = beside(i-1), beside(i+1)
	return &card
}
