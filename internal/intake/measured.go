package intake

import (
	"regexp"
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
)

// Headers that are not known may still say that they name a figure, by how they
// end: 前回請求額, 通期予想. Such a column is unknown and told; it is no article.

var yearMonth = regexp.MustCompile(`^fy[0-9]{2,4}[./-][0-9]{1,2}$`)

// measured reports whether a header ends as the name of a figure does, or is a month
// whose year nothing explains (FY25.4).
func (d *dictionary) measured(s string) bool {
	key := japan.Key(japan.WithoutBrackets(s))
	return endsWith(key, d.figures) || yearMonth.MatchString(key)
}

// otherFigure reports whether the header of a column below a period says a figure
// that is none of the report (差異, 前月残) or that is not known.
func (t *table) otherFigure(i int) bool {
	for _, s := range t.fields[i].rest {
		m, sure := t.words.lookup(s)
		if m == honne.MeaningUnknown && (sure >= threshold || t.words.measured(s)) {
			return true
		}
	}
	return false
}

// besideOwn reports whether a plain figure stands beside one of the same sort that
// says itself that it is what the table is about: Act beside Plan.
func (t *table) besideOwn(f *field) bool {
	i := t.indexOf(f)
	if i < 0 {
		return false // what a row says, not a column
	}
	c := &t.Columns[i]
	_, amount, figure := c.Meaning.Measure()
	return figure && slices.ContainsFunc(t.Columns, func(o honne.Column) bool {
		s, a, ok := o.Meaning.Measure()
		return ok && s == t.Kind && a == amount && o.Period == c.Period && o.At != c.At
	})
}

// ofNow is the meaning of a figure of the period itself, by its name without the
// word for that: 当月売上額, 今月実績.
func (d *dictionary) ofNow(header string) (honne.Meaning, float64) {
	key := japan.Key(header)
	for _, w := range d.now {
		rest, ok := strings.CutPrefix(key, w)
		if !ok || rest == "" {
			continue
		}
		m, whole := d.book.Column(rest)
		if _, _, figure := m.Measure(); whole && figure {
			return m, sureHeader
		}
	}
	return honne.MeaningUnknown, 0
}

var backslashes = strings.NewReplacer("＼", "\\", "／", "\\", "/", "\\")

// ofRows is the meaning of the names in a corner that says also what stands across:
// 製品＼月.
func (d *dictionary) ofRows(header string) (honne.Meaning, float64) {
	rows, across, ok := strings.Cut(backslashes.Replace(header), "\\")
	if !ok {
		return honne.MeaningUnknown, 0
	}
	if m, sure := d.book.Column(japan.Trim(across)); !sure || !whenMeaning(m) {
		return honne.MeaningUnknown, 0
	}
	if m, sure := d.book.Column(japan.Trim(rows)); sure && names(m) {
		return m, partHeader
	}
	return honne.MeaningUnknown, 0
}
