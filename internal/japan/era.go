package japan

import (
	"strconv"
	"strings"

	"honne"
)

// era is a reign: its first year is the year year0 + 1. The years go on to
// last; plans made before 2019 speak of 平成32年, so 平成 may run over.
type era struct {
	letter, name string
	year0, last  int
	from         honne.Date
}

// eras lists the eras of the modern calendar, newest first.
// Source: 元号法 and the cabinet orders under it; days on which eras began.
var eras = [...]era{
	{"R", "令和", 2018, 99, honne.NewDate(2019, 5, 1)},
	{"H", "平成", 1988, 40, honne.NewDate(1989, 1, 8)},
	{"S", "昭和", 1925, 64, honne.NewDate(1926, 12, 25)},
	{"T", "大正", 1911, 15, honne.NewDate(1912, 7, 30)},
	{"M", "明治", 1867, 45, honne.NewDate(1868, 1, 25)},
}

// FormatEra writes a day with its era: 令和8年10月7日, 平成元年1月8日. Days before
// 明治 are written as 2006-01-02.
func FormatEra(d honne.Date) string {
	y, m, day := d.Civil()
	for _, e := range eras {
		if d < e.from {
			continue
		}
		year := strconv.Itoa(y - e.year0)
		if year == "1" {
			year = "元"
		}
		return e.name + year + "年" + strconv.Itoa(m) + "月" + strconv.Itoa(day) + "日"
	}
	return d.String()
}

// ParseDate reads a day: 2026/10/7, 2026-10-07, 2026.10.7, 20261007,
// 2026年10月7日(水), R8.10.7, 令和8年10月7日, 令和八年十月七日, 令和元年五月一日, ㍻,
// full-width digits. A time of day behind is tolerated and dropped: the day is
// the one that is written. Years are 1868 to
// 2100; impossible days (30 February, 昭和99年) are not ok, days in the year in
// which an era changed are, under either era.
func ParseDate(s string) (honne.Date, bool) {
	c := readDate(s)
	d, ok := c.date()
	if !ok {
		return 0, false
	}
	c.weekday()
	c.clock()
	return d, c.done()
}

// ParseMonthName reads a month without a year: 4月, ４月度, 四月, Apr, April, 4.
func ParseMonthName(s string) (month int, ok bool) {
	c := readDate(s)
	if month, ok = c.upTo(12); ok {
		if c.skip("月") {
			c.skip("度", "分")
		}
		return month, c.done()
	}
	month, ok = c.english()
	return month, ok && c.done()
}

// ParseMonthSpan reads months without a year, as they stand below a first line
// with the year: 4-6月, ４～６月, "4- 6.".
func ParseMonthSpan(s string) (from, to int, ok bool) {
	c := readDate(s)
	from, to, ok = c.monthSpan()
	return from, to, ok && c.done()
}

// year takes a year of four digits or one of an era, without what follows.
func (c *cursor) year() (int, bool) {
	rest := *c
	if y, ok := rest.number(4, 4); ok {
		*c = rest
		return y, y >= 1868 && y <= 2100
	}
	for _, e := range eras {
		rest := *c
		if !rest.skip(e.name) && !rest.skip(e.letter) {
			continue
		}
		rest.skip(".")
		n, ok := rest.upTo(e.last)
		if !ok {
			return 0, false
		}
		*c = rest
		return e.year0 + n, true
	}
	return 0, false
}

func (c *cursor) date() (honne.Date, bool) {
	rest := *c
	if n, ok := rest.number(8, 8); ok {
		*c = rest
		return civil(n/10000, n/100%100, n%100, n >= 19000000 && n < 21010000)
	}
	y, ok := rest.year()
	if !ok {
		return 0, false
	}
	sep, ok := rest.word("年", "/", "-", ".")
	if !ok {
		return 0, false
	}
	m, d, ok := rest.monthDay(sep)
	if !ok {
		return 0, false
	}
	*c = rest
	return civil(y, m, d, true)
}

// monthDay takes month and day, divided by the sign that divided the year off.
func (c *cursor) monthDay(sep string) (m, d int, ok bool) {
	rest := *c
	if m, ok = rest.upTo(12); !ok {
		return 0, 0, false
	}
	if sep == "年" {
		sep = "月"
	}
	if !rest.skip(sep) {
		return 0, 0, false
	}
	if d, ok = rest.upTo(31); !ok || sep == "月" && !rest.skip("日") {
		return 0, 0, false
	}
	*c = rest
	return m, d, true
}

func civil(y, m, d int, plausible bool) (honne.Date, bool) {
	date := honne.NewDate(y, m, d)
	yy, mm, dd := date.Civil()
	return date, plausible && yy == y && mm == m && dd == d
}

func (c *cursor) weekday() {
	rest := *c
	if !rest.skip("(") {
		return
	}
	if !rest.skip("月", "火", "水", "木", "金", "土", "日", "祝") &&
		!rest.skip("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun") {
		return
	}
	rest.skip("曜日", "曜", "・祝")
	if rest.skip(")") {
		*c = rest
	}
}

// clock takes a time of day off.
func (c *cursor) clock() {
	rest := strings.TrimLeft(string(*c), " T")
	if len(rest) == len(*c) || len(rest) < 4 || !isDigit(rest[0]) || !strings.ContainsAny(rest, ":時") {
		return
	}
	if strings.Trim(rest, "0123456789:.+-Z時分秒") == "" {
		*c = ""
	}
}

func (c *cursor) month() (honne.Month, bool) {
	rest := *c
	if n, ok := rest.number(6, 6); ok {
		*c = rest
		return honne.NewMonth(n/100, n%100), n >= 190000 && n < 210100 && n%100 >= 1 && n%100 <= 12
	}
	if m, ok := rest.englishMonth(); ok {
		*c = rest
		return m, true
	}
	y, ok := rest.year()
	if !ok {
		return 0, false
	}
	sep, ok := rest.word("年", "/", "-", ".", "_")
	if !ok {
		return 0, false
	}
	if m, ok := rest.english(); ok && sep != "年" { // 2025-Sep
		*c = rest
		return honne.NewMonth(y, m), true
	}
	m, ok := rest.upTo(12)
	if !ok || sep == "年" && !rest.skip("月") {
		return 0, false
	}
	if sep == "年" || rest.skip("月") {
		rest.skip("度", "分")
	}
	*c = rest
	return honne.NewMonth(y, m), true
}

// englishMonth takes Oct 2026, October-2026, Oct_2026, Oct-26 or Oct '26.
func (c *cursor) englishMonth() (honne.Month, bool) {
	rest := *c
	m, ok := rest.english()
	if !ok {
		return 0, false
	}
	rest.skip("-", "/", ",", "'", "_")
	if y, ok := rest.number(4, 4); ok && y >= 1900 && y <= 2100 {
		*c = rest
		return honne.NewMonth(y, m), true
	}
	if y, ok := rest.number(2, 2); ok {
		*c = rest
		return honne.NewMonth(2000+y, m), true
	}
	return 0, false
}

const englishMonths = "jan.feb.mar.apr.may.jun.jul.aug.sep.oct.nov.dec."

const englishNames = ".january.february.march.april.june.july.august.september.sept.october.november.december."

// english takes the English name of a month or its first three letters.
func (c *cursor) english() (int, bool) {
	length := 0
	for length < len(*c) && (*c)[length]|0x20 >= 'a' && (*c)[length]|0x20 <= 'z' {
		length++
	}
	if length < 3 || length > 9 {
		return 0, false
	}
	name := strings.ToLower(string((*c)[:length]))
	at := strings.Index(englishMonths, name[:3])
	known := length == 3 || strings.Contains(englishNames, "."+name+".")
	if at < 0 || at%4 != 0 || !known {
		return 0, false
	}
	*c = (*c)[length:]
	if strings.HasPrefix(string(*c), ".") {
		*c = (*c)[1:]
	}
	return at/4 + 1, true
}
