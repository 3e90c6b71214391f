package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/japan"
)

// settleCurrentAlone gives a column that says no more than that it is of the month
// of the report (当月 beside 前月) the measure of what the titles speak of, where no
// other column of figures has one.
func (t *table) settleCurrentAlone(kind honne.Series, sample []*outline.Profile) {
	i := t.currentAlone()
	if plain, _ := t.measures(); i < 0 || plain > 0 || kind == "" || t.Layout == honne.Crosstab {
		return
	}
	t.Kind = kind
	guessed := t.measureAcross(i, t.acrossMeasure())
	for _, p := range sample {
		n, _ := t.thousandths(p, i)
		t.largest = max(t.largest, n/1000, -n/1000)
	}
	if guessed {
		t.guessAcross()
	}
	t.Kind = ""
}

// currentAlone is the index of the one column that is so, −1 for none and several.
func (t *table) currentAlone() int {
	found := -1
	for i := range t.fields {
		f := &t.fields[i]
		if f.label || t.Columns[i].Said || t.Columns[i].Meaning != honne.MeaningUnknown || len(f.path) != 1 || !t.saysCurrent(f.path[0]) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	if _, one := t.Period.Month(); !one {
		return -1
	}
	return found
}

// saysCurrent reports whether a header says no more than that its figures are those of
// now: 当月, 訂正後.
func (t *table) saysCurrent(header string) bool {
	key := japan.Key(header)
	return slices.Contains(t.words.Now, key) || strings.HasSuffix(key, "後") && slices.Contains(t.book.Words.Revised, key)
}
