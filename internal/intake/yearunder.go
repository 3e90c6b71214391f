package intake

import (
	"regexp"
	"strings"

	"honne"
	"honne/internal/japan"
)

var eraYear = regexp.MustCompile(`^(?:令和|平成|R|H)\.?[0-9]{1,2}年?$`)

// yearUnderMonth reads the month of a column whose header texts say the month and, below
// or above it, a year of an era: 9月単月, R7.
func yearUnderMonth(path []string) (p honne.Period, rest []string, ok bool) {
	year, month := "", 0
	for _, s := range path {
		folded := japan.Fold(japan.Trim(s))
		m, named := japan.ParseMonthName(strings.TrimSuffix(strings.TrimSuffix(folded, "単月"), "分"))
		switch {
		case year == "" && eraYear.MatchString(folded):
			year = strings.TrimSuffix(folded, "年")
		case month == 0 && named && !plainNumber(folded):
			month = m
		default:
			rest = append(rest, s)
		}
	}
	if year == "" || month == 0 {
		return honne.Period{}, nil, false
	}
	p, ok = readPeriod(year + "年")
	if !ok {
		return honne.Period{}, nil, false
	}
	return monthFrom(month, p.From.Month()).Period(), rest, true
}
