package xlsx

import (
	"context"
	"strconv"
	"strings"
)

// format is what a number format makes of a number.
type format struct {
	code string // as the workbook writes it; "" for General and built-in ones
	show show
}

// show says what a number is shown as.
type show uint8

const (
	asNumber show = iota
	asDate
	asTime // of day, or a duration
)

const maxStyles = 1 << 16

// readStyles learns the number format of every style of cells.
func (b *Book) readStyles(ctx context.Context) error {
	if b.stylPart == "" {
		return nil
	}
	codes := make(map[int]string)
	var ids []int
	section := ""
	err := b.walk(ctx, b.stylPart, 64<<20, func(x *xmlReader) {
		switch string(x.name) {
		case "numFmts", "cellXfs", "cellStyleXfs", "cellStyles", "dxfs", "fonts", "fills", "borders":
			section = string(x.name)
		case "numFmt":
			if id, err := strconv.Atoi(x.attr("numFmtId")); err == nil && section == "numFmts" && len(codes) < maxStyles {
				codes[id] = x.attr("formatCode")
			}
		case "xf":
			if section == "cellXfs" && len(ids) < maxStyles {
				id, _ := strconv.Atoi(x.attr("numFmtId"))
				ids = append(ids, id)
			}
		}
	})
	b.formats = make([]format, len(ids))
	for i, id := range ids {
		code, own := codes[id]
		b.formats[i] = format{code, builtIn(id)}
		if own {
			b.formats[i].show = showOf(code)
		}
	}
	return err
}

// builtIn knows the formats that a workbook does not write (ECMA-376 part 1,
// 18.8.30): 14-22 and 45-47 everywhere, 27-36 and 50-58 in East Asia, where
// eras stand among them. The times of 27-36 are Japan's.
func builtIn(id int) show {
	switch {
	case id >= 18 && id <= 21, id == 32, id == 33, id >= 45 && id <= 47:
		return asTime
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id >= 50 && id <= 58:
		return asDate
	}
	return asNumber
}

// showOf reads a format code: its letters outside of quotes, brackets and
// escapes, up to the first ;. Year, day, era and weekday make a date; so does a
// month, unless it stands beside hours or seconds and is minutes.
func showOf(code string) show {
	var day, month, clock bool
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == ';':
			i = len(code)
		case code[i] == '"':
			i += closing(code[i+1:], '"')
		case code[i] == '[':
			n := closing(code[i+1:], ']')
			clock = clock || isElapsed(code[i+1:i+n])
			i += n
		case code[i] == '\\', code[i] == '_', code[i] == '*':
			i++
		case skipped(code[i:]) > 0:
			i += skipped(code[i:]) - 1
		case c == 'e' && i+1 < len(code) && (code[i+1] == '+' || code[i+1] == '-'):
			return asNumber
		case c == 'y', c == 'd', c == 'e', c == 'g', c == 'a', c == 'r', c == 'b':
			day = true
		case c == 'm':
			month = true
		case c == 'h', c == 's':
			clock = true
		}
	}
	switch {
	case day, month && !clock:
		return asDate
	case clock:
		return asTime
	}
	return asNumber
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
