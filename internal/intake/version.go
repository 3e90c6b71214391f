package intake

import (
	"cmp"
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
)

// Versions of a plan may stand beside each other: 当初 and 修正 under one month. The
// later is the plan; they are no names.

// version is which version of a figure a text says, alone, before what is counted, or in
// brackets behind it: −1 for an earlier one (当初計画, 売上金額（修正前）), 1 for a later, 2
// for one that is later again (再修正), 0 where it says none.
func (d *dictionary) version(s string) int {
	if v := d.versionOfKey(japan.Key(japan.WithoutBrackets(s))); v != 0 {
		return v
	}
	return d.versionOfKey(japan.Key(bracketedText(s)))
}

func (d *dictionary) versionOfKey(key string) int {
	again := withoutFirst(key, d.book.Words.Again)
	switch {
	case d.begins(key, d.book.Words.Earlier):
		return -1
	case again != key && d.begins(again, d.book.Words.Later):
		return 2
	case d.begins(key, d.book.Words.Later):
		return 1
	}
	return 0
}

// withoutFirst is a text without the first of the words that begins it.
func withoutFirst(s string, words []string) string {
	for _, w := range words {
		if rest, begins := strings.CutPrefix(s, w); begins {
			return rest
		}
	}
	return s
}

// begins reports whether a key is one of the words, or one before what is counted.
func (d *dictionary) begins(key string, words []string) bool {
	for _, w := range words {
		if rest, ok := strings.CutPrefix(key, japan.Key(w)); ok && (rest == "" || slices.Contains(d.book.Words.Edition, rest) || d.measures(rest)) {
			return true
		}
	}
	return false
}

// foresees reports whether a column is a plan or a forecast, of which a later version
// holds. 修正数量 beside 数量 may be by how much a quantity was set right.
func (t *table) foresees(c *honne.Column) bool {
	s, _, _ := c.Meaning.Measure()
	return slices.Contains([]honne.Series{honne.Plan, honne.Forecast, honne.Target}, cmp.Or(s, t.Kind))
}

// versionOf is which version the header of a column says, 0 for none.
func (t *table) versionOf(i int) int {
	for _, s := range t.fields[i].rest {
		if v := t.words.version(s); v != 0 {
			return v
		}
	}
	return 0
}
