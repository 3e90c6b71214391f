package intake

import (
	"strings"

	"honne"
	"honne/internal/japan"
)

// Headers that are not known may still say that they name a figure, by how they
// end: 前回請求額, 通期予想. Such a column is unknown and told; it is no article.

// measured reports whether a header ends as the name of a figure does.
func (d *dictionary) measured(s string) bool {
	return endsWith(japan.Key(withoutBrackets(s)), d.figures)
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
