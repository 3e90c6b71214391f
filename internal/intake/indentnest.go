package intake

import (
	"strings"

	"honne"
)

// A pivot table keeps its ranks in one column and indents the lower one. Its rows are
// held as those of a nest: the indentation is proof beside the sums.

// indented begins to hold the rows of a pivot table that has ranks by indentation;
// false for any other.
func (t *table) indented(h hierarchy) bool {
	i := t.onlyLabel()
	if i < 0 || len(h.labels) != 1 || t.Columns[i].Said {
		return false
	}
	t.nest.col = t.fields[i].col
	if !t.pivoted() {
		t.nest.col = 0
		return false
	}
	t.nest.ranks = h
	return true
}

// twoRanks reports whether the rows that stand above others are those that are not
// indented, and all others are, alike.
func (n *nest) twoRanks(rows []*profile, uppers []int) bool {
	upper, lower := n.ranks.rank(&rows[0].Row), -1
	for i, p := range rows {
		rank := n.ranks.rank(&p.Row)
		switch {
		case len(uppers) > 0 && uppers[0] == i:
			if uppers = uppers[1:]; rank != upper {
				return false
			}
		case lower < 0 && rank > upper:
			lower = rank
		case rank != lower:
			return false
		}
	}
	return lower > upper
}

// rankAgain takes rows that were held, and do not add up, for rows with ranks.
func (t *table) rankAgain(rows []*profile) {
	t.ranks, t.nest = t.nest.ranks, nest{}
	for _, p := range rows {
		t.hold(&p.Row)
	}
}

// codeLike reports whether a name is written as codes of articles are: Latin letters
// and digits, without a blank.
func codeLike(name string) bool {
	name = strings.TrimLeft(name, indents)
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
	if every(below, codeLike) && !most(above, codeLike) {
		return honne.MProductCode
	}
	return honne.MeaningUnknown
}
