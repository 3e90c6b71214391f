package intake

import (
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
)

// A pivot table keeps its ranks in one column and indents the lower one. Its rows are
// held as those of a nest: the indentation is proof beside the sums.

// indented begins to hold the rows of a pivot table that has ranks by indentation;
// false for any other.
func (t *table) indented(h hierarchy) bool {
	i := t.onlyLabel()
	if i < 0 || len(h.labels) != 1 {
		return false
	}
	t.nest.col = t.fields[i].col
	if !t.pivoted() && !t.ofSeveral(i) {
		t.nest.col = 0
		return false
	}
	t.nest.ranks = h
	return true
}

// ofSeveral reports whether a header says of its names nothing, or several things: 項目,
// 得意先／商品.
func (t *table) ofSeveral(i int) bool {
	c := &t.Columns[i]
	if c.Said || c.Remembered {
		return false
	}
	sorts := 0
	for _, s := range strings.FieldsFunc(c.Header, func(r rune) bool { return strings.ContainsRune("／/・、＞> ", r) }) {
		if m, sure := t.words.Lookup(s); sure >= terms.SureHeader && outline.SortOfNames(m) {
			sorts++
		}
	}
	return sorts > 1 || c.Meaning == honne.MeaningUnknown
}

// forgetMeasures takes back that a column names measures (項目) of which no row does.
func (t *table) forgetMeasures() {
	i := t.onlyLabel()
	if i >= 0 && t.Columns[i].Meaning == honne.MMeasureName && len(t.said) == 0 && !t.Columns[i].Said {
		t.Columns[i].Meaning, t.Columns[i].Confidence = honne.MeaningUnknown, 0
	}
}

// endRanks decides what the rows held are: records below their sums where all figures
// and the indentation prove it, else rows with ranks.
func (t *table) endRanks(total *outline.Profile) {
	n := &t.nest
	rows := n.rows
	if len(rows) == 0 {
		return
	}
	uppers, ranks, ok := t.provedRanks(rows, total)
	if n.open || !ok || n.found.n > 0 {
		t.rankAgain(rows)
		return
	}
	n.rows = nil
	t.nameLowest(rows, ranks[len(ranks)-1])
	t.nameRanks(rows, ranks[:len(ranks)-1])
	t.addNested(rows, uppers)
}

// nameLowest says what the names of the two lowest ranks are.
func (t *table) nameLowest(rows []*outline.Profile, rank int) {
	var lowest []*outline.Profile
	var uppers []int
	for _, p := range rows {
		k := t.nest.ranks.rank(&p.Row)
		if k == rank {
			uppers = append(uppers, len(lowest))
		}
		if k >= rank {
			lowest = append(lowest, p)
		}
	}
	t.nameLevels(lowest, uppers)
}

// rankAgain takes rows that were held, and do not add up, for rows with ranks.
func (t *table) rankAgain(rows []*outline.Profile) {
	n := &t.nest
	n.ranks.sums = t.ranks.sums
	t.ranks = n.ranks
	n.rows, n.open, n.ranks, n.again = nil, false, hierarchy{}, n.found.n > 0
	for _, p := range rows {
		t.hold(&p.Row)
	}
}

// codeLike reports whether a name is written as codes of articles are: Latin letters
// and digits, without a blank.
func codeLike(name string) bool {
	name = strings.TrimLeft(name, terms.Indents)
	letter, digit := false, false
	for _, r := range name {
		switch {
		case r >= '0' && r <= '9':
			digit = true
		case r >= 'A' && r <= 'Z':
			letter = true
		case r != '-' && r != '/' && r != '.' && !(r >= 'a' && r <= 'z'):
			return false
		}
	}
	return letter && digit
}

// codesBelow is what names below others are that are written as codes, where those
// above are not.
func codesBelow(above, below []string) honne.Meaning {
	if terms.Every(below, codeLike) && !most(above, codeLike) {
		return honne.MProductCode
	}
	return honne.MeaningUnknown
}
