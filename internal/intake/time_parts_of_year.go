package intake

import (
	"regexp"
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
)

// A title may give the months of a business year: 第18期（2025年1月～12月）. Then its
// quarters and halves are of that year, whichever month it begins with.

// partOfSaid reads a quarter or a half of the year whose months a title gives.
func (t *table) partOfSaid(s string, year honne.Period) (honne.Period, bool) {
	from := year.From.Month()
	if year != t.Period || year != honne.Months(from, from+11) || !t.monthsSaid() {
		return honne.Period{}, false
	}
	text := japan.Fold(japan.Trim(s))
	if m := quarterOfYear.FindStringSubmatch(text); m != nil {
		from += honne.Month(3 * (strings.Join(m[1:], "")[0] - '1'))
		return honne.Months(from, from+2), true
	}
	if m := halfOfYear.FindStringSubmatch(text); m != nil {
		if m[1] == "下" {
			from += 6
		}
		return honne.Months(from, from+5), true
	}
	return honne.Period{}, false
}

// monthsSaid reports whether a title gives the first and the last month of the period of
// the table.
func (t *table) monthsSaid() bool {
	return slices.ContainsFunc(t.Title, func(s string) bool {
		p, ok := japan.FindPeriod(s)
		return ok && p == t.Period && strings.Count(s, "月") > 1 && strings.ContainsAny(s, "～〜~-－")
	})
}

var quarterOfYear = regexp.MustCompile(`^(?:第([1-4])四半期|([1-4])[Qq]|[Qq]([1-4])|第?([1-4])四期)$`)

var halfOfYear = regexp.MustCompile(`^(上|下)(?:半)?期$`)
