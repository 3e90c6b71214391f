package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// nameCorner gives the only column of names its meaning where its corner says nothing
// of them: the year of the months beside it (2024年度), or what a pivot table writes
// there (行ラベル). The names themselves say what they are, or the title does (得意先別).
func (t *table) nameCorner(sample []*outline.Profile) {
	i := t.onlyLabel()
	if i < 0 {
		return
	}
	c, f := &t.Columns[i], &t.fields[i]
	if c.Said || c.Remembered || c.Meaning != honne.MeaningUnknown || len(f.path) == 0 {
		return
	}
	corner := f.path[len(f.path)-1]
	names, flat := t.namesIn(sample, f.col)
	if p, ok := when.ReadPeriod(corner); len(names) > 1 && flat && ok && p.To > p.From {
		c.Meaning = t.namedByTitle()
	} else if len(names) < 2 || !flat || !t.words.PivotCorner(corner) {
		return
	}
	site := func(s string) bool { return japan.IsSite(s, t.words.Site) }
	if c.Meaning == honne.MeaningUnknown {
		switch {
		case terms.Every(names, site):
			c.Meaning = honne.MEndUserName
		case terms.Every(names, func(s string) bool { return site(s) || japan.IsAddressed(s) }):
			c.Meaning = honne.MCustomerName
		default:
			return
		}
	}
	c.Confidence, c.Label, f.label = terms.ByShape, true, true
}

// underPivot takes off the header of a column of names what a pivot table writes above
// it of its figures: 合計 / 金額, then 行ラベル.
func underPivot(path []string) []string {
	if len(path) < 2 {
		return path
	}
	if _, _, pivot := terms.Pivoted(path[0]); pivot {
		return path[1:]
	}
	return path
}

// onlyLabel is the index of the column of texts where there is but one, the first of
// the table; −1 where there is none or another.
func (t *table) onlyLabel() int {
	for i := range t.fields {
		if f := &t.fields[i]; i > 0 && f.label && f.shape != nil {
			return -1
		}
	}
	if len(t.fields) == 0 || t.fields[0].shape == nil || t.fields[0].shape.Mode != outline.Text {
		return -1
	}
	return 0
}

// namesIn lists the texts of a column but for its totals; flat reports that none is
// indented below another, nor a word of headers.
func (t *table) namesIn(sample []*outline.Profile, col int32) (names []string, flat bool) {
	for _, p := range sample {
		s := p.Text(col)
		switch {
		case japan.Trim(s) == "" || t.words.Total(s) != "":
		case strings.TrimLeft(s, terms.Indents) != s || !t.words.Unknown(s):
			return nil, false
		default:
			names = append(names, s)
		}
	}
	return names, true
}

// namedByTitle is the meaning of the names of which a title gives one sort: 得意先別,
// 商品別. Of two it says none.
func (t *table) namedByTitle() honne.Meaning { return t.words.NamedBy(t.Title) }

// levelsOfTitle are the meanings of two levels of names of which a title gives the
// sorts in their order (得意先別・商品別), where one is of parties, a name of that level
// says that it is one, and none of the other does.
func (t *table) levelsOfTitle(above, below []string) (upper, lower honne.Meaning, ok bool) {
	party := func(s string) bool { return japan.IsSite(s, t.words.Site) || japan.IsAddressed(s) }
	for _, title := range t.Title {
		var sorts []honne.Meaning
		parts := strings.Split(title, "別")
		for _, part := range parts[:len(parts)-1] {
			if m, sure := t.words.Lookup(terms.LastWord(part)); sure >= terms.SureHeader && !terms.WhenMeaning(m) {
				sorts = append(sorts, m)
			}
		}
		if len(sorts) != 2 || !terms.Names(sorts[0]) || !terms.Names(sorts[1]) || productMeaning(sorts[0]) == productMeaning(sorts[1]) {
			continue
		}
		parties, others := above, below
		if productMeaning(sorts[0]) {
			parties, others = below, above
		}
		return sorts[0], sorts[1], slices.ContainsFunc(parties, party) && !slices.ContainsFunc(others, party)
	}
	return "", "", false
}
