package web

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"

	"honne"
)

// certain is the least confidence at which a meaning is no guess: below it only
// the look of the values speaks for it.
const certain = 0.8

// isGuess reports whether a person must confirm a column. What stands across a
// crosstab (months, products) was read from its own header.
func isGuess(c honne.Column) bool {
	across := !c.Period.IsZero() || c.Product != nil || c.Customer != nil
	doubtful := c.Meaning != honne.MeaningUnknown && c.Meaning != "" && c.Confidence < certain
	return c.Guess || doubtful && !c.Remembered && !c.Label && !across
}

// unsureColumn is a guess that acceptance would take in.
type unsureColumn struct {
	key    string // table and column, as the form sends it
	column honne.Column
}

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
					out = append(out, unsureColumn{strconv.Itoa(t) + "." + c.At, c})
				}
			}
		}
	}
	return out
}

func (v *visit) unsure(id honne.FileID) ([]unsureColumn, error) {
	r, err := v.app.Store.Reading(v.Context(), id)
	if err != nil && !errors.Is(err, honne.ErrNotFound) {
		return nil, fmt.Errorf("web: read reading: %w", err)
	}
	return unsureOf(r), nil
}

// GuessRow is a guessed column with its confirmation.
type GuessRow struct{ Key, Text string }

func (v *visit) guesses(r honne.Reading) []GuessRow {
	var out []GuessRow
	for _, u := range unsureOf(r) {
		header := cmp.Or(u.column.Header, v.t("review.guess.none"))
		key := "review.guess"
		if u.column.Guess { // beside a column of the same meaning it counts nothing
			key = "review.guess.second"
		}
		out = append(out, GuessRow{u.key, v.t(key, honne.Text("at", u.column.At), honne.Text("header", header),
			honne.Word("meaning", "meaning."+string(u.column.Meaning)))})
	}
	return out
}
