package intake

import (
	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
)

// An export may repeat the sum of a document on each of its lines (合計金額 beside
// 小計金額). Added up, it would count every document as often as it has lines.

// heedDocumentTotals takes the column of what each line is worth for the amount, where the
// amount beside it is in every document the sum of its lines.
func (t *table) heedDocumentTotals(sample []*outline.Profile) {
	sum := t.column(honne.MAmount)
	if sum < 0 || t.Layout == honne.Crosstab || t.Columns[sum].Said {
		return
	}
	for i := range t.fields {
		c := &t.Columns[i]
		if i == sum || t.fields[i].label || c.Said || c.Meaning != honne.MeaningUnknown && c.Meaning != honne.MTotal && c.Meaning != honne.MAmount {
			continue
		}
		if t.addsUpDocuments(sample, sum, i) {
			t.Columns[sum].Meaning, t.Columns[sum].Confidence = honne.MTotal, terms.ByShape
			c.Meaning, c.Confidence = honne.MAmount, terms.ByShape
			return
		}
	}
}

// addsUpDocuments reports whether rows that follow each other with one sum have lines
// that add up to it, again and again; the sample may end within the last document.
func (t *table) addsUpDocuments(sample []*outline.Profile, sum, line int) bool {
	several, rows := 0, 0
	var left, all int64
	for _, p := range sample {
		whole, ok := t.thousandths(p, sum)
		own, known := t.thousandths(p, line)
		if !ok && rows > 0 && p.Class(t.fields[sum].col) == outline.Blank {
			whole, ok = all, true // only the first line of a document has it
		}
		switch {
		case !ok || !known || rows > 0 && whole != all:
			return false
		case rows == 0:
			left, all = whole, whole
		}
		rows++
		if left -= own; left == 0 {
			if rows > 1 {
				several++
			}
			rows = 0
		}
	}
	return several > 1
}
