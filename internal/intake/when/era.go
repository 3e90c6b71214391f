package when

import (
	"regexp"
	"strconv"
	"strings"

	"honne"
	"honne/internal/japan"
)

// FirstCentury is the least year of two digits that is read as one of this
// century where nothing else says it: below it an era's years are as likely.
const FirstCentury = 19

var bracketedDays = regexp.MustCompile(`^([0-9]{1,2})[月/]([0-9]{1,2})日?[~-]([0-9]{1,2})[月/]([0-9]{1,2})日?$`)

var spanSigns = strings.NewReplacer("～", "~", "〜", "~", "－", "-", "から", "~")

// BracketedPart reads what the words of a title say of the period that it gives:
// the half of a fiscal year (2025年度 売上（上期）), the days of a closing month
// (2025年6月度（5/21～6/20）).
func BracketedPart(s string, p honne.Period) (part honne.Period, ok bool) {
	n := 0
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("()（）【】[] \u3000", r) }) {
		word = spanSigns.Replace(japan.Fold(word))
		q, found := closingDays(word, p)
		if !found {
			q, found = PeriodWithin(word, p)
			found = found && partOfYear(q, p)
		}
		if found {
			part, n = q, n+1
		}
	}
	return part, n == 1
}

// partOfYear reports whether a period is a half or a quarter of a fiscal year.
func partOfYear(q, year honne.Period) bool {
	_, fiscal := FiscalYearOf(year)
	months := q.To.Month() - q.From.Month() + 1
	return fiscal && Within(q, year) && q != year && (months == 6 || months == 3)
}

// closingDays reads 5/21~6/20 as the days of a closing month that ends in the
// month p.
func closingDays(s string, p honne.Period) (honne.Period, bool) {
	month, ok := p.Month()
	match := bracketedDays.FindStringSubmatch(s)
	if !ok || match == nil {
		return honne.Period{}, false
	}
	var n [4]int
	for i := range n {
		n[i], _ = strconv.Atoi(match[i+1])
	}
	year, m := month.Civil()
	q := honne.Period{From: honne.NewDate(year, n[0], n[1]), To: honne.NewDate(year, n[2], n[3])}
	if n[0] > n[2] {
		q.From = honne.NewDate(year-1, n[0], n[1])
	}
	bucket, ok := q.Bucket()
	return q, ok && n[2] == m && bucket == month
}
