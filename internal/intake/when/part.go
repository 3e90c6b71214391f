package when

import (
	"regexp"
	"strconv"
	"strings"

	"honne"
	"honne/internal/japan"
)

var shortHalf = regexp.MustCompile(`^(令和|平成|R|H)?([0-9]{1,4})(年度)?(上|下)(期|半期)?$`)

// HalfOf reads the half of a fiscal year that a text over a column says in short, and
// what of it is said: that the year is the fiscal one, and its century.
func HalfOf(s string) (p honne.Period, fiscal, century, ok bool) {
	m := shortHalf.FindStringSubmatch(japan.Fold(japan.Trim(s)))
	if m == nil || m[3] == "" && m[5] == "" {
		return p, false, false, false
	}
	year, err := strconv.Atoi(m[2])
	switch fiscal, century = m[3] != "", true; {
	case err != nil || len(m[2]) == 3:
		return p, false, false, false
	case m[1] != "":
		p, ok = japan.ParsePeriod(m[1] + m[2] + "年度" + m[4] + "期")
	case len(m[2]) == 4:
		p, ok = japan.ParsePeriod(m[2] + "年度" + m[4] + "期")
	default:
		p, ok = japan.ParsePeriod("20" + m[2] + "年度" + m[4] + "期")
		century, ok = false, ok && len(m[2]) == 2 && year >= FirstCentury
	}
	return p, fiscal, century, ok
}

var pointedMonth = regexp.MustCompile(`^((?:19|20)[0-9]{2})\.(1|9|10|11|12)$`)

// YearAndPoint is the year and the month of a text that may have lost its zero.
func YearAndPoint(s string) (year, month string) {
	m := pointedMonth.FindStringSubmatch(japan.Fold(japan.Trim(s)))
	if m == nil {
		return "", ""
	}
	return m[1], m[2]
}

// Thirds are the words for the parts of a month, in their order.
var Thirds = [...]string{"上旬", "中旬", "下旬"}

// ThirdOf reads the third of a month that a text says: 上旬 in a table of one month,
// 4月上旬.
func ThirdOf(s string, within honne.Period) (third int, month honne.Month, ok bool) {
	s = japan.Trim(japan.WithoutBrackets(s))
	for i, word := range Thirds {
		before, found := strings.CutSuffix(s, word)
		if !found {
			continue
		}
		if p, said := PeriodWithin(japan.Trim(before), within); said && before != "" {
			within = p
		} else if before != "" {
			return 0, 0, false
		}
		month, ok = within.Month()
		return i, month, ok
	}
	return 0, 0, false
}

// InYear is the month of that name in a row's year; the zero period where the row
// says none.
func InYear(month, row honne.Period) honne.Period {
	from := row.From.Month()
	if row != honne.Months(from, from+11) {
		return honne.Period{}
	}
	_, name := month.From.Month().Civil()
	length := month.To.Month() - month.From.Month()
	m := MonthFrom(name, from)
	return honne.Months(m, m+length)
}

// FiscalMoment reads a bare year below 年度: 2024 is the fiscal one.
func FiscalMoment(s string, otherwise Moment) Moment {
	if _, bare := BareYear(s); bare {
		if p, ok := japan.ParsePeriod(japan.Trim(s) + "年度"); ok {
			return MomentOf(p)
		}
	}
	return otherwise
}

var yearPartForm = regexp.MustCompile(`^((?:20)?[0-9]{2})年[ -]*(.+)$`)

// YearAndPart splits 2026年1Q; false for what is no part of a plain year.
func YearAndPart(s string) (year int, part string, ok bool) {
	if len(s) > 40 {
		return 0, "", false
	}
	m := yearPartForm.FindStringSubmatch(japan.Fold(japan.Trim(s)))
	if m == nil || IsPeriodText(m[2]) {
		return 0, "", false
	}
	year, _ = strconv.Atoi(m[1])
	if year < 100 {
		year += 2000
	}
	_, ok = japan.ParsePeriod("2025年度" + m[2])
	return year, m[2], ok
}

var eraYear = regexp.MustCompile(`^(?:令和|平成|R|H)\.?[0-9]{1,2}年?$`)

// YearUnderMonth reads the month of a column whose header texts say the month and, below
// or above it, a year of an era: 9月単月, R7.
func YearUnderMonth(path []string) (p honne.Period, rest []string, ok bool) {
	year, month := "", 0
	for _, s := range path {
		folded := japan.Fold(japan.Trim(s))
		m, named := japan.ParseMonthName(strings.TrimSuffix(strings.TrimSuffix(folded, "単月"), "分"))
		switch {
		case year == "" && eraYear.MatchString(folded):
			year = strings.TrimSuffix(folded, "年")
		case month == 0 && named && !PlainNumber(folded):
			month = m
		default:
			rest = append(rest, s)
		}
	}
	if year == "" || month == 0 {
		return honne.Period{}, nil, false
	}
	p, ok = ReadPeriod(year + "年")
	if !ok {
		return honne.Period{}, nil, false
	}
	return MonthFrom(month, p.From.Month()).Period(), rest, true
}
