// Package numfmt says what a spreadsheet's number format makes of a number: a
// number, a day or a time. It owns format codes, the formats that are built in
// and serial numbers, which .xlsx and .xls share. It shows nothing: how a number
// would look is no business of reading it.
package numfmt

import (
	"math"
	"strings"

	"honne"
	"honne/internal/intake/grid"
)

// Show says what a number is shown as.
type Show uint8

// What a number is shown as.
const (
	AsNumber Show = iota
	AsDate
	AsTime  // of day, or a duration
	AsShare // in percent
)

// BuiltIn knows the formats that a workbook does not write (ECMA-376 part 1,
// 18.8.30): 9 and 10 in percent, 14-22 and 45-47 everywhere, 27-36 and 50-58 in East Asia, where
// eras stand among them. The times of 27-36 are Japan's.
func BuiltIn(id int) Show {
	switch {
	case id == 9, id == 10:
		return AsShare
	case id >= 18 && id <= 21, id == 32, id == 33, id >= 45 && id <= 47:
		return AsTime
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id >= 50 && id <= 58:
		return AsDate
	}
	return AsNumber
}

// Of reads a format code: its letters outside of quotes, brackets and
// escapes, up to the first ;. Year, day, era and weekday make a date; so does a
// month, unless it stands beside hours or seconds and is minutes.
func Of(code string) Show {
	var day, month, clock, share bool
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == ';':
			i = len(code)
		case code[i] == '"':
			i += closing(code[i+1:], '"')
		case code[i] == '[':
			n := closing(code[i+1:], ']')
			clock = clock || n > 0 && isElapsed(code[i+1:i+n])
			i += n
		case code[i] == '\\', code[i] == '_', code[i] == '*':
			i++
		case skipped(code[i:]) > 0:
			i += skipped(code[i:]) - 1
		case c == 'e' && i+1 < len(code) && (code[i+1] == '+' || code[i+1] == '-'):
			return AsNumber
		case c == 'y', c == 'd', c == 'e', c == 'g', c == 'a', c == 'r', c == 'b':
			day = true
		case c == 'm':
			month = true
		case c == 'h', c == 's':
			clock = true
		case code[i] == '%':
			share = true
		}
	}
	switch {
	case day, month && !clock:
		return AsDate
	case clock:
		return AsTime
	case share:
		return AsShare
	}
	return AsNumber
}

// closing returns how far behind an opening sign its closing one stands.
func closing(s string, sign byte) int {
	if i := strings.IndexByte(s, sign); i >= 0 {
		return i + 1
	}
	return len(s)
}

// skipped returns the length of a word at the start of s of which the letters
// mean no date.
func skipped(s string) int {
	for _, word := range []string{"General", "AM/PM", "A/P", "G/標準"} {
		if len(s) >= len(word) && strings.EqualFold(s[:len(word)], word) {
			return len(word)
		}
	}
	return 0
}

// isElapsed reports whether a bracket holds [h], [mm] or [ss], which count on.
func isElapsed(s string) bool {
	s = strings.ToLower(strings.TrimSuffix(s, "]"))
	return s != "" && (strings.Trim(s, "h") == "" || strings.Trim(s, "m") == "" || strings.Trim(s, "s") == "")
}

// Settle makes a date or a time of a cell with a number, as its format shows it.
// What is no day stays a number, and a fraction of the first day is a time.
func Settle(c *grid.Cell, show Show, date1904 bool) {
	switch show {
	case AsShare:
		c.Share = true
	case AsTime:
		c.Kind = grid.Time
	case AsDate:
		serial := c.Num.Float()
		if serial > 0 && serial < 1 {
			c.Kind = grid.Time
		} else if d, ok := Day(serial, date1904); ok {
			c.Kind, c.Date = grid.Date, d
		}
	}
}

// Day reads a serial number of the 1900 or the 1904 date system (ECMA-376
// part 1, 18.17.4). Day 60 of the 1900 system, 29 February 1900, never was; the
// days before it are counted one less. Half a millisecond before midnight is
// midnight, because a fraction of a day is seldom exact.
func Day(serial float64, date1904 bool) (honne.Date, bool) {
	const halfMilli = 0.5 / 86_400_000
	n := math.Floor(serial + halfMilli)
	last := 2958465.0 // 31 December 9999
	if date1904 {
		last -= 1462
	}
	switch {
	case n > last:
		return 0, false
	case date1904:
		return honne.NewDate(1904, 1, 1) + honne.Date(n), n >= 0
	case n > 60:
		return honne.NewDate(1899, 12, 30) + honne.Date(n), true
	case n == 60 || n < 1:
		return 0, false
	}
	return honne.NewDate(1899, 12, 31) + honne.Date(n), true
}

// Around returns the texts that a format code shows before and behind a number
// above zero. Behind one that it shows in thousands (#,##0,"千円") it returns none:
// the number itself is whole.
func Around(code string) (before, after string) {
	before, after, scale := around(code)
	if scale > 0 {
		return before, ""
	}
	return before, after
}

// Thousands returns how often a format code divides what it shows of a number above
// zero by a thousand: 1 for #,##0, as people show yen in 千円.
func Thousands(code string) int {
	_, _, scale := around(code)
	return scale
}

func around(code string) (before, after string, scale int) {
	var b, a strings.Builder
	digits := false
	for i := 0; i < len(code) && code[i] != ';'; i++ {
		out := &b
		if digits {
			out = &a
		}
		switch code[i] {
		case '"':
			n := closing(code[i+1:], '"')
			out.WriteString(strings.TrimSuffix(code[i+1:i+1+n], `"`))
			i += n
		case '[':
			i += closing(code[i+1:], ']')
		case '\\':
			if i++; i < len(code) {
				out.WriteByte(code[i])
			}
		case '_', '*':
			i++
		case '0', '#', '?':
			digits, scale = true, 0
		case ',':
			if digits {
				scale++
			}
		case '.', ' ', '-', '+', '(', ')':
		default:
			out.WriteByte(code[i])
		}
	}
	return b.String(), a.String(), scale
}
