package japan

import (
	"strings"

	"honne"
)

// aprilStart is the month in which fiscal years begin where a text says 年度: the
// state's and most companies' (domain 2.1).
const aprilStart = 4

// ParsePeriod reads a span of days: any day that ParseDate reads; a month (2026/10,
// 202610, 2026年10月度, R8.10, 令和8年10月, Oct 2026, Oct-26); a calendar year (2025年, 平成19年); a fiscal year from April
// (2026年度, 令和8年度, FY2026) with its halves, quarters and months (2026年度上期,
// 2026年度第2四半期, Q2 FY2026, 2026年度1月); a year by the month in which it closes
// (2027年3月期); and a range of any two (2025年4月～6月, H26年04月～H27年03月,
// 2025-08-21/2025-09-20, "1994/ 1- 3."). Without a year (8/21～9/20) it is not ok,
// nor is a quarter whose year may be the calendar's or the fiscal one (2026Q2).
func ParsePeriod(s string) (honne.Period, bool) {
	c := readDate(s)
	p, ok := c.period()
	return p, ok && c.done()
}

// FindPeriod returns the first period in a longer text, such as a title or a
// file's name: 2025年4月度売上.xlsx, sales_202504. A letter of an era needs 年 or a
// whole date beside it, because H2.5 may be a product.
func FindPeriod(s string) (honne.Period, bool) {
	c := readDate(s)
	for i := range c {
		rest := c[i:]
		if c[i] == ' ' || i > 0 && isWordByte(c[i-1]) && isWordByte(c[i]) {
			continue
		}
		p, ok := rest.period()
		if ok && !rest.parted(c[:len(c)-len(rest)]) && !doubtful(string(c[i:len(c)-len(rest)])) {
			return p, true
		}
	}
	return honne.Period{}, false
}

// parted reports whether a calendar year that was read is followed by a quarter or
// a half, whose year may be the fiscal one: 2025年第1四半期.
func (c cursor) parted(read cursor) bool {
	if !strings.HasSuffix(string(read), "年") {
		return false
	}
	c.skip("の", "(")
	half, quarter := c.part()
	return half+quarter > 0
}

func isWordByte(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'z' }

func doubtful(s string) bool {
	if !strings.Contains("RHSTM", s[:1]) || strings.Contains(s, "年") || len(s) > 1 && s[1]|0x20 >= 'a' && s[1]|0x20 <= 'z' { // Sep 2025
		return false
	}
	return strings.Count(s, ".")+strings.Count(s, "/")+strings.Count(s, "-") < 2
}

func (c *cursor) period() (honne.Period, bool) {
	if p, ok := c.monthsOfYear(); ok {
		return p, true
	}
	first, grain, ok := c.point()
	if !ok {
		return first, false
	}
	rest := *c
	if !rest.skip("~", "-", "/") {
		return first, true
	}
	last, ok := rest.end(first, grain)
	if !ok || last.From < first.From || last.To < first.To {
		return first, true
	}
	*c = rest
	return honne.Period{From: first.From, To: last.To}, true
}

// grain is how finely a period is written: what its end may leave out.
type grain uint8

const (
	byDay grain = iota
	byMonth
	byYear
)

// point takes a period that is no range.
func (c *cursor) point() (honne.Period, grain, bool) {
	if p, ok := c.fiscal(); ok {
		return p, byYear, true
	}
	rest := *c
	if d, ok := rest.date(); ok {
		rest.weekday()
		rest.clock()
		*c = rest
		return honne.Period{From: d, To: d}, byDay, true
	}
	rest = *c
	if m, ok := rest.month(); ok {
		*c = rest
		return m.Period(), byMonth, true
	}
	rest = *c
	marked := rest.skip("CY")
	y, ok := rest.year()
	if ok = ok && (rest.skip("年", "暦年") || marked); !ok {
		return honne.Period{}, 0, false
	}
	*c = rest
	return honne.Months(honne.NewMonth(y, 1), honne.NewMonth(y, 12)), byYear, true
}

// end takes the end of a range; it may leave out what the start has said.
func (c *cursor) end(start honne.Period, g grain) (honne.Period, bool) {
	y, m, _ := start.From.Civil()
	for _, sep := range []string{"年", "/", "."} {
		rest := *c
		month, day, ok := rest.monthDay(sep)
		if g != byDay || !ok {
			continue
		}
		if month < m {
			y++
		}
		d, ok := civil(y, month, day, true)
		*c = rest
		return honne.Period{From: d, To: d}, ok
	}
	rest := *c
	if day, ok := rest.upTo(31); ok && g == byDay && rest.skip("日") { // 2025年4月1日～30日
		d, ok := civil(y, m, day, true)
		*c = rest
		return honne.Period{From: d, To: d}, ok
	}
	if p, _, ok := c.point(); ok {
		return p, true
	}
	month, ok := c.upTo(12)
	if !ok || g != byMonth {
		return honne.Period{}, false
	}
	if c.skip("月") {
		c.skip("度", "分")
	}
	if month < m {
		y++
	}
	return honne.NewMonth(y, month).Period(), true
}

// monthsOfYear takes 平成19年1~3月, 2025年1-3月, "1994/ 1- 3.".
func (c *cursor) monthsOfYear() (honne.Period, bool) {
	rest := *c
	y, ok := rest.year()
	if !ok || !rest.skip("年", "/") {
		return honne.Period{}, false
	}
	from, to, ok := rest.monthSpan()
	if !ok || to < from {
		return honne.Period{}, false
	}
	*c = rest
	return honne.Months(honne.NewMonth(y, from), honne.NewMonth(y, to)), true
}

func (c *cursor) monthSpan() (from, to int, ok bool) {
	rest := *c
	if from, ok = rest.upTo(12); !ok {
		return 0, 0, false
	}
	rest.skip("月")
	if !rest.skip("~", "-") {
		return 0, 0, false
	}
	if to, ok = rest.upTo(12); !ok {
		return 0, 0, false
	}
	if !rest.skip("月") {
		rest.skip(".")
	}
	// A further number means that this was a date, as in 2025/4-2025/6.
	if next := rest; next.skip("/", "-", "年", "日") {
		return 0, 0, false
	}
	*c = rest
	return from, to, true
}

// fiscal takes a fiscal year, or a part of one.
func (c *cursor) fiscal() (honne.Period, bool) {
	rest := *c
	half, quarter := rest.part()
	if half+quarter > 0 && !rest.skip("of") {
		rest.skip("/", "-", ",")
	}
	fy, start, ok := rest.fiscalYear()
	if !ok {
		return honne.Period{}, false
	}
	if half+quarter == 0 {
		tail := rest
		bracket := tail.skip("(")
		tail.skip("の", "/", "-", "・")
		if half, quarter = tail.part(); half+quarter > 0 && (!bracket || tail.skip(")")) {
			rest = tail
		} else {
			half, quarter = 0, 0
		}
	}
	*c = rest
	switch {
	case half > 0:
		return Half(fy, half, start), true
	case quarter > 0:
		return Quarter(fy, quarter, start), true
	}
	if month, ok := rest.upTo(12); ok && rest.skip("月") {
		rest.skip("度", "分")
		*c = rest
		return FiscalMonth(fy, month, start).Period(), true
	}
	return FiscalPeriod(fy, start), true
}

// fiscalYear takes FY2026, FY26, 2026年度, 令和8年度, or 2027年3月期, and returns the
// year in which it begins and its first month.
func (c *cursor) fiscalYear() (fy, start int, ok bool) {
	rest := *c
	if rest.skip("FY", "fy", "Fy") {
		rest.skip("'", "-")
		if fy, ok = rest.year(); !ok {
			fy, ok = rest.number(2, 2)
			fy += 2000
		}
		*c = rest
		return fy, aprilStart, ok
	}
	if fy, ok = rest.year(); !ok {
		return 0, 0, false
	}
	if rest.skip("年度") {
		*c = rest
		return fy, aprilStart, true
	}
	if !rest.skip("年", "/", ".") {
		return 0, 0, false
	}
	closes, ok := rest.upTo(12)
	if !ok || !rest.skip("月期") {
		return 0, 0, false
	}
	*c = rest
	first := honne.NewMonth(fy, closes) - 11
	fy, start = first.Civil()
	return fy, start, true
}

// part takes a half or a quarter of a year; the other is 0.
func (c *cursor) part() (half, quarter int) {
	rest := *c
	switch {
	case rest.skip("上期", "前期", "1H", "H1"):
		half = 1
	case rest.skip("下期", "後期", "2H", "H2"):
		half = 2
	default:
		quarter = rest.quarter()
	}
	if half+quarter > 0 && (rest == "" || !isDigit(rest[0])) {
		*c = rest
		return half, quarter
	}
	return 0, 0
}

func (c *cursor) quarter() int {
	rest := *c
	if !rest.skip("第") && rest.skip("Q") {
		n, _ := rest.upTo(4)
		*c = rest
		return n
	}
	n, ok := rest.upTo(4)
	if !ok || !rest.skip("Q") {
		return 0
	}
	*c = rest
	return n
}

// partsOfMonth are the words for parts of a month, with their first and last day.
var partsOfMonth = []struct {
	word        string
	first, last int
}{{"前半", 1, 16}, {"後半", 15, 31}, {"上旬", 1, 10}, {"中旬", 11, 20}, {"下旬", 21, 31}}

// PartOfMonth returns the days of a month that a text names by a word: 前半, 後半,
// 上旬, 中旬, 下旬.
func PartOfMonth(s string) (first, last int, ok bool) {
	for _, p := range partsOfMonth {
		if strings.Contains(s, p.word) {
			return p.first, p.last, true
		}
	}
	return 0, 0, false
}
