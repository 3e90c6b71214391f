package intake

import (
	"maps"
	"regexp"
	"slices"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// A column of small numbers (区分 1, 2, 3) may say what sort of entry a row is, and a
// title or a note which number means what: 1:売上 2:返品 3:値引.

const (
	entryCodes = 8  // different codes of sorts of entries, at most
	entryLarge = 99 // the largest of them
)

// entryCodes reports whether a column without a meaning holds codes of sorts of entries:
// its header may say so, and its figures are few small whole numbers.
func (t *table) entryCodes(i int, sample []*outline.Profile) bool {
	c := &t.Columns[i]
	if c.Meaning != honne.MeaningUnknown || c.Said || t.turns.coded != nil || !slices.Contains([]honne.Series{honne.Sales, honne.Shipments, honne.Purchases}, t.Kind) || !t.headed(i, t.book.Words.EntryCode) {
		return false
	}
	seen := map[int64]bool{}
	for _, p := range sample {
		n, ok := figure.Of(valueOr(p.Cell(t.fields[i].col)))
		if ok && (n.Scale != 0 || n.Coef < 0 || n.Coef > entryLarge) {
			return false
		}
		seen[n.Coef] = true
	}
	return len(seen) > 1 && len(seen) <= entryCodes
}

// valueOr is a cell, a blank one for none.
func valueOr(c *grid.Cell) *grid.Cell {
	if c == nil {
		return &grid.Cell{}
	}
	return c
}

var legendEntry = regexp.MustCompile(`(?:^|[^0-9.])([0-9]{1,2}) ?[:=\-…] ?([^0-9 :=,、;/()・]{1,12})`)

// readLegend takes what titles and notes say of the codes of entries for what the codes
// mean, where they say it of two at least. What a person said counts first.
func (t *table) readLegend(rows []*outline.Profile) {
	if t.turns.coded == nil {
		return
	}
	said := map[string]honne.Sort{}
	codes := 0
	for _, p := range rows {
		for _, c := range p.Cells {
			for _, m := range legendEntry.FindAllStringSubmatch(japan.Fold(c.Text), -1) {
				if codes++; t.sortNamed(m[2]) != "" {
					said[m[1]] = t.sortNamed(m[2])
				}
			}
		}
	}
	if codes < 2 || len(said) == 0 {
		return
	}
	t.turns.legend = said
	sorts := maps.Clone(said)
	for code, sort := range t.stated.Sorts {
		sorts[code] = sort
		delete(t.turns.legend, code)
	}
	t.stated.Sorts = sorts
}

// sortNamed is the sort of entries that a word names; "" for one that does not tell.
func (t *table) sortNamed(s string) honne.Sort {
	idle, _ := t.words.SaysUnsold(s)
	m, sure := t.words.Lookup(s)
	series, _, figure := m.Measure()
	switch {
	case t.words.TurnsBack(s):
		return honne.Returned
	case idle, t.words.Moved[japan.Key(s)]:
		return honne.Unsold
	case sure >= terms.SureHeader && figure && (series == "" || series == t.Kind), slices.Contains(t.book.Words.Plain, s):
		return honne.Sold
	}
	return ""
}
