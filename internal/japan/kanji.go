package japan

import (
	"strings"
	"unicode/utf8"

	"honne"
)

// kanjiNumber reads kanji numerals and mixtures with digits, unsigned. Sections
// end with 兆, 億 or 万 and must fall: 3億2,000万, 一万二千三百四十五, 1.2万. A
// unit without any digit (百万, 千) is no number, but 十 is ten.
func kanjiNumber(s string) (honne.Decimal, bool) {
	if s != "十" && !strings.ContainsFunc(s, hasValue) {
		return honne.Decimal{}, false
	}
	total, limit := honne.Decimal{}, int64(1e16)
	for s != "" {
		at := strings.IndexFunc(s, func(r rune) bool { return bigUnit(r) > 0 })
		section, unit := s, int64(1)
		if at >= 0 {
			r, size := utf8.DecodeRuneInString(s[at:])
			section, unit, s = s[:at], bigUnit(r), s[at+size:]
		} else {
			s = ""
		}
		n, ok := kanjiSection(section, unit)
		if !ok || unit >= limit || n.Float() >= float64(limit/unit) {
			return honne.Decimal{}, false
		}
		if total, ok = plus(total, n, unit); !ok {
			return honne.Decimal{}, false
		}
		limit = unit
	}
	return total, true
}

// kanjiSection reads what stands before 万, 億, 兆 or the end: digits, kanji
// digits in a row (二〇二六), or digits with 千, 百, 十.
func kanjiSection(s string, unit int64) (honne.Decimal, bool) {
	if n, ok := unsigned(s, false); ok {
		return n, unit > 1 || n.Scale == 0
	}
	if n, ok := kanjiInRow(s); ok {
		return n, true
	}
	if n, ok := lonelyUnit(s); ok {
		return n, true
	}
	sum, limit := int64(0), int64(10000)
	for s != "" {
		digit, size := kanjiDigit(s)
		s = s[size:]
		r, width := utf8.DecodeRuneInString(s)
		small := smallUnit(r)
		if small > 0 {
			s = s[width:]
		} else {
			small = 1
		}
		missing := size == 0 && small == 1
		if missing || small >= limit || size > 0 && digit == 0 {
			return honne.Decimal{}, false
		}
		if size == 0 {
			digit = 1
		}
		sum, limit = sum+digit*small, small
	}
	return honne.Decimal{Coef: sum}, sum > 0
}

// kanjiInRow reads at least one kanji digit and nothing else, by position.
func kanjiInRow(s string) (honne.Decimal, bool) {
	n, count := int64(0), 0
	for s != "" {
		digit, size := kanjiDigit(s)
		if size == 0 || s[0] < utf8.RuneSelf || count == 18 {
			return honne.Decimal{}, false
		}
		n, s, count = n*10+digit, s[size:], count+1
	}
	return honne.Decimal{Coef: n}, count > 0
}

// lonelyUnit reads a number in front of one 千, 百 or 十: 1,250千, 12百(万).
func lonelyUnit(s string) (honne.Decimal, bool) {
	r, size := utf8.DecodeLastRuneInString(s)
	unit := smallUnit(r)
	if unit == 0 {
		return honne.Decimal{}, false
	}
	n, ok := unsigned(s[:len(s)-size], false)
	if !ok {
		return honne.Decimal{}, false
	}
	return plus(honne.Decimal{}, n, unit)
}

func kanjiDigit(s string) (digit int64, size int) {
	r, size := utf8.DecodeRuneInString(s)
	switch r {
	case '〇', '零':
		return 0, size
	case '一', '壱':
		return 1, size
	case '二', '弐':
		return 2, size
	case '三', '参':
		return 3, size
	case '四':
		return 4, size
	case '五':
		return 5, size
	case '六':
		return 6, size
	case '七':
		return 7, size
	case '八':
		return 8, size
	case '九':
		return 9, size
	}
	if '0' <= r && r <= '9' {
		return int64(r - '0'), size
	}
	return 0, 0
}

func smallUnit(r rune) int64 {
	switch r {
	case '十', '拾':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	}
	return 0
}

func bigUnit(r rune) int64 {
	switch r {
	case '万', '萬':
		return 1e4
	case '億':
		return 1e8
	case '兆':
		return 1e12
	}
	return 0
}

func isBig(r rune) bool { return bigUnit(r) > 0 || smallUnit(r) >= 100 }

func hasValue(r rune) bool {
	_, size := kanjiDigit(string(r))
	return size > 0
}

func isNumeral(r rune) bool {
	return r >= utf8.RuneSelf && (bigUnit(r) > 0 || smallUnit(r) > 0 || hasValue(r))
}

// plus returns a + b × unit.
func plus(a, b honne.Decimal, unit int64) (honne.Decimal, bool) {
	scale := max(int(a.Scale), int(b.Scale), 0)
	x, _, err := a.Times(1, scale)
	if err != nil {
		return honne.Decimal{}, false
	}
	y, _, err := b.Times(unit, scale)
	if err != nil || x > 1e18 || y > 1e18 {
		return honne.Decimal{}, false
	}
	return canonical(x+y, scale)
}
