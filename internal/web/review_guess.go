package web

import (
	"strconv"

	"honne"
)

// certain is the least confidence at which a meaning is no guess: below it only
// the look of the values speaks for it.
const certain = 0.8

// isGuess reports whether a person must choose the meaning of a column. What
// stands across a crosstab (months, products) was read from its own header.
func isGuess(c honne.Column) bool {
	across := !c.Period.IsZero() || c.Product != nil || c.Customer != nil
	doubtful := c.Meaning != honne.MeaningUnknown && c.Meaning != "" && c.Confidence < certain
	return !c.Said && (c.Guess || doubtful && !c.Remembered && !c.Label && !across)
}

// unsureColumn is a guess that acceptance would take in.
type unsureColumn struct {
	table  int
	column honne.Column
}

func (u unsureColumn) key() string { return "guess:" + strconv.Itoa(u.table) + "." + u.column.At }

// unsureOf are the guessed columns of the tables that go into the record.
func unsureOf(r honne.Reading) []unsureColumn {
	var out []unsureColumn
	seen := map[int]bool{}
	for _, p := range r.Parts {
		for _, t := range p.Tables {
			if seen[t] || t < 0 || t >= len(r.Tables) {
				continue
			}
			seen[t] = true
			for _, c := range r.Tables[t].Columns {
				if isGuess(c) {
					out = append(out, unsureColumn{t, c})
				}
			}
		}
	}
	return out
}
