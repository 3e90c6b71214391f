package web

import (
	"slices"
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

// aboutColumn reports whether a problem waits for the meaning of a column.
func aboutColumn(p honne.Problem) bool {
	switch p.What.ID {
	case "problem.column-unknown", "problem.column-of-texts", "problem.second-column":
		return p.Severity != honne.SevNote && !p.Left
	}
	return false
}

// askedIn are the columns of a table whose meaning a person must say, by their letters.
func (x *review) askedIn(table int) map[string]honne.Problem {
	out := map[string]honne.Problem{}
	for _, p := range x.reading.Problems {
		if aboutColumn(p) && x.tableAt(p.At) == table {
			out[honne.ColumnName(int(p.At.Range.From.Col))] = p
		}
	}
	return out
}

// tableOn is the table that the address names, else in the step of the columns the
// first that has one to say.
func (x *review) tableOn() int {
	q := x.URL.Query()
	if !q.Has("table") && x.step() == "columns" {
		for _, u := range unsureOf(x.reading) {
			return u.table
		}
		if i := slices.IndexFunc(x.reading.Problems, aboutColumn); i >= 0 {
			return x.tableAt(x.reading.Problems[i].At)
		}
	}
	return tableNo(q, x.reading)
}

// columnsKnown reports whether nobody need say what a column means.
func (x *review) columnsKnown() bool {
	return len(unsureOf(x.reading)) == 0 && !slices.ContainsFunc(x.reading.Problems, aboutColumn)
}

// columnChanged reports whether a column stands where the partner's earlier file had
// one that counted.
func (x *review) columnChanged() bool {
	return slices.ContainsFunc(x.reading.Problems, func(p honne.Problem) bool { return aboutColumn(p) && p.Instead != "" })
}
