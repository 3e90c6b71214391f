package intake

import (
	"slices"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// withoutWholes are the columns of names across but for those that count all of the
// others together (全社 beside branches). Where one is not their sum, a person has a look.
// 国内 beside 輸出 is none.
func (t *table) withoutWholes(sample []*outline.Profile, columns []int) []int {
	channel := func(i int) bool { return t.words.Channel(t.nameAcross(i)) }
	sorts := slices.ContainsFunc(columns, func(i int) bool { return channel(i) && !t.saysWhole(i) })
	var wholes, rest []int
	for _, i := range columns {
		if t.saysWhole(i) && !(sorts && channel(i)) {
			wholes = append(wholes, i)
		} else {
			rest = append(rest, i)
		}
	}
	if len(wholes) == 0 || len(rest) == 0 {
		return columns
	}
	for _, i := range wholes {
		c := &t.Columns[i]
		if !t.addsAcross(sample, i, t.countingAs(i, rest)) {
			t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, t.fields[i].col), Severity: honne.SevWarning, Raw: c.Header,
				What: honne.Say("problem.column-unknown", honne.Text("column", c.At), honne.Text("header", clip(c.Header)))})
		}
		c.Meaning, c.Confidence = honne.MTotal, terms.ByShape
	}
	return rest
}

// saysWhole reports whether a word for the whole stands over a column: 全社, 全国.
func (t *table) saysWhole(i int) bool {
	return slices.ContainsFunc(t.fields[i].rest, func(s string) bool { return slices.Contains(t.words.Wholes, japan.Key(s)) })
}

// countingAs are those of the columns that count the same as one, over the same period.
func (t *table) countingAs(i int, columns []int) []int {
	return slices.DeleteFunc(slices.Clone(columns), func(k int) bool {
		return t.Columns[k].Meaning != t.Columns[i].Meaning || t.Columns[k].Period != t.Columns[i].Period
	})
}
