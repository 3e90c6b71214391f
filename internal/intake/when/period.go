package when

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// Within reports whether a period lies in a wider one.
func Within(p, wide honne.Period) bool { return wide.From <= p.From && p.To <= wide.To }

// PeriodWithin reads a period, or a piece of one that a wider period completes:
// 4月, 4-6月, 上期, 第1四半期.
func PeriodWithin(s string, wide honne.Period) (honne.Period, bool) {
	if p, ok := ReadPeriod(s); ok {
		return p, true
	}
	if wide.IsZero() {
		return honne.Period{}, false
	}
	if m, ok := japan.ParseMonthName(strings.TrimSuffix(japan.Trim(s), "末")); ok && !PlainNumber(s) {
		return MonthFrom(m, wide.From.Month()).Period(), true
	}
	if from, to, ok := japan.ParseMonthSpan(s); ok {
		first := wide.From.Month()
		if _, name := first.Civil(); to == name && from != to {
			return honne.Months(MonthFrom(from, first-11), first), true // 4～10月 beside 2025年10月
		}
		a := MonthFrom(from, wide.From.Month())
		return honne.Months(a, MonthFrom(to, a)), true
	}
	if half, ok := yearOfHalf(wide); ok { // 上期 over 1Q, 2Q
		if p, ok := PeriodWithin(s, half); ok && Within(p, wide) {
			return p, true
		}
	}
	if year, ok := FiscalYearOf(wide); ok {
		for _, form := range [...]string{"%[1]d年度%[2]s", "%[2]s FY%[1]d"} {
			if p, ok := japan.ParsePeriod(fmt.Sprintf(form, year, s)); ok && p != wide {
				return p, true
			}
		}
	}
	return honne.Period{}, false
}

// yearOfHalf is the business year from April of which a period is a half.
func yearOfHalf(p honne.Period) (honne.Period, bool) {
	from := p.From.Month()
	switch _, m := from.Civil(); {
	case p != honne.Months(from, from+5):
	case m == 4:
		return honne.Months(from, from+11), true
	case m == 10:
		return honne.Months(from-6, from+5), true
	}
	return honne.Period{}, false
}

// FiscalYearOf returns the year of a period of twelve months from April.
func FiscalYearOf(p honne.Period) (int, bool) {
	y, m := p.From.Month().Civil()
	return y, m == 4 && p == honne.Months(p.From.Month(), p.From.Month()+11)
}

// MonthFrom returns the first month of that name from start on.
func MonthFrom(name int, start honne.Month) honne.Month {
	for m := start; ; m++ {
		if _, is := m.Civil(); is == name {
			return m
		}
	}
}

// PlainNumber reports whether a text is a number and names no part of a period.
func PlainNumber(s string) bool {
	_, ok := japan.ParseNumber(s)
	return ok
}

// SaysPeriod reports whether a text is a period, and no small number.
func SaysPeriod(s string) bool { return IsPeriodText(s) && (len(s) >= 6 || !PlainNumber(s)) }

// BracketedText is what stands in brackets of any kind at the end of a header.
func BracketedText(s string) string {
	s = japan.Trim(s)
	last, size := utf8.DecodeLastRuneInString(s)
	from := strings.LastIndexFunc(s, func(r rune) bool { return japan.Bracket(r) > 0 })
	if japan.Bracket(last) >= 0 || from <= 0 {
		return ""
	}
	_, open := utf8.DecodeRuneInString(s[from:])
	return japan.Trim(s[from+open : len(s)-size])
}

// IsPeriodText reports whether a text is a date, a month, a period, or a month
// or span without its year.
func IsPeriodText(s string) bool {
	if !strings.ContainsFunc(s, countsOrSpells) {
		return false
	}
	if _, ok := ReadPeriod(s); ok {
		return true
	}
	if _, _, ok := japan.ParseMonthSpan(s); ok {
		return true
	}
	_, ok := japan.ParseMonthName(s)
	return ok
}

// countsOrSpells reports whether a letter may stand for a number, or in a month's name
// in English: a text without one is no period.
func countsOrSpells(r rune) bool {
	return r < utf8.RuneSelf && (r >= '0' && r <= '9' || r|0x20 >= 'a' && r|0x20 <= 'z') ||
		r >= 'Ａ' && r <= 'ｚ' || unicode.IsNumber(r) || strings.ContainsRune("元一二三四五六七八九十", r)
}

var namedMonth = regexp.MustCompile(`^[^0-9]{0,6}([0-9]{1,2})月(度|分|$|[^0-9/～〜-])`)

// MonthNamed reads the one month that a short text names without a year: 4月,
// ■4月度売上.
func MonthNamed(s string) (int, bool) {
	m := namedMonth.FindStringSubmatch(japan.Fold(japan.Trim(s)))
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[1])
	return n, err == nil && n >= 1 && n <= 12
}

// DayOf is the single day that a cell gives, 0 for none.
func DayOf(c *grid.Cell) honne.Date {
	if c.Kind == grid.Date {
		return c.Date
	}
	d, _ := japan.ParseDate(c.Text)
	return d
}

var closing = regexp.MustCompile(`([0-9]{1,2})日(?:締|〆)|(?:締め?|〆)日?[:は ]*(?:毎月)?([0-9]{1,2})日`)

// ClosingDay reads the day on which the month of a title closes, 0 when it does
// not say.
func ClosingDay(s string) int {
	m := closing.FindStringSubmatch(japan.Fold(s))
	if m == nil {
		return 0
	}
	day, _ := strconv.Atoi(m[1] + m[2])
	return day
}

// ReadPeriod reads a text that is a period, also with underscores (2017_09).
func ReadPeriod(s string) (honne.Period, bool) {
	if len(s) > 60 {
		return honne.Period{}, false
	}
	if p, ok := japan.ParsePeriod(s); ok {
		return p, true
	}
	if strings.Contains(s, "_") {
		return japan.ParsePeriod(strings.ReplaceAll(s, "_", "-"))
	}
	if p, ok := englishDate(s); ok {
		return p, true
	}
	if short, ok := strings.CutSuffix(s, "末"); ok { // what was there at the end of a month
		p, ok := japan.ParsePeriod(short)
		_, month := p.Month()
		return p, ok && month
	}
	if short, ok := strings.CutSuffix(s, "度"); ok && !strings.HasSuffix(short, "月") {
		return japan.ParsePeriod(strings.TrimSuffix(short, "年") + "年度") // 平成24度 is short for 平成24年度
	}
	return honne.Period{}, false
}

// englishDate reads a day with the month's name: 01-Jun-2025, 1 June 2025,
// Jun 1, 2025.
func englishDate(s string) (honne.Period, bool) {
	if len(s) < 8 || len(s) > 20 || !strings.ContainsFunc(s, unicode.IsLetter) || s[0] > 127 {
		return honne.Period{}, false
	}
	for _, layout := range [...]string{"2-Jan-2006", "2 Jan 2006", "2/Jan/2006", "2 January 2006", "Jan 2, 2006", "January 2, 2006", "2-Jan-06"} {
		if t, err := time.Parse(layout, s); err == nil {
			d := honne.NewDate(t.Year(), int(t.Month()), t.Day())
			return honne.Period{From: d, To: d}, true
		}
	}
	return honne.Period{}, false
}

// IsTill reports whether a cell stands for "to" between two days.
func IsTill(s string) bool {
	return slices.Contains([]string{"～", "〜", "~", "-", "－", "―", "から"}, japan.Trim(s))
}
