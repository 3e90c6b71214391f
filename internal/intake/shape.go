package intake

import (
	"strings"

	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// colShape is what most body cells of a column look like.
type colShape struct {
	col     int32
	mode    class
	purity  float64 // share of the filled cells that look like mode
	filled  float64 // share of the rows that fill the column
	figure  bool    // mode is a number or withheld
	counts  int     // cells that hold a number
	cells   int     // filled cells of the sample
	days    bool    // the values are single days
	ofMonth bool    // they are the numbers of days of a month
	short   bool    // they are days without a year, or with one of two digits
	century bool    // all have years of two digits, the same or two that follow each other
	serial  bool    // every number may be that by which a spreadsheet counts a day
	coded   bool    // numbers with leading zeros: codes
	large   bool    // a number is larger than the codes of regions and the like
	even    bool    // every number has as many digits and nothing else, three at least
	years   bool    // every number may be a year, a quarter or a month
	months  bool    // every number is a month of four digits: 2610
	parts   bool    // every text is a part of the business year of the table: 2026年1Q
	unit    string  // that stands behind every number of most cells: 5個
	dates   dayOrder
	compact compactDays
}

// tally counts what the cells of a column look like.
type tally struct {
	class   [5]int
	days    int
	coded   int
	last    class
	day     bool   // the last is a single day
	short   uint8  // days without a year
	brief   bool   // the last is one
	yy      [2]int // least and largest year of two digits
	triples uint8  // days with such a year
	serials int    // numbers that may count a day
	large   bool
	years   int
	width   int // digits of the numbers, −1 where they differ or hold other signs

	counted int    // texts that are a number with its unit
	unit    string // of most of them, by a running vote
	votes   int
	dates   dayOrder
	compact compactDays
}

// repeat counts a mark for the same as above.
func (k *tally) repeat() {
	k.class[max(k.last, text)]++
	if k.day {
		k.days++
	}
	if k.brief {
		k.short++
	}
}

func (k *tally) add(c *grid.Cell, is class) {
	k.class[is]++
	if k.last, k.day = is, is == when && (c.Kind == grid.Date || isDay(c.Text)); k.day {
		k.days++
	}
	k.brief = false
	k.compact.add(c)
	if c.Kind == grid.Text {
		k.addText(c.Text)
	}
	if is == number {
		k.addNumber(c)
	}
	if is == number && c.Kind == grid.Text && len(c.Text) > 1 && c.Text[0] == '0' && c.Text[1] != '.' && !isShare(c) {
		k.coded++
	}
}

// addNumber looks at the size of a number.
func (k *tally) addNumber(c *grid.Cell) {
	n, _ := figureOf(c)
	v, exact, err := n.Times(1, 0)
	if w := len(c.Text); strings.Trim(c.Text, "0123456789") != "" || k.width != 0 && k.width != w {
		k.width = -1
	} else {
		k.width = w
	}
	if serialDay(c) != 0 {
		k.serials++
	}
	k.large = k.large || err != nil || !exact || v > 999 || v < 0
	if exact && err == nil && (v > 0 && v <= 12 || v >= 1900 && v <= 2100) {
		k.years++
	}
}

// addText looks for a number with its unit, or a day in foreign order.
func (k *tally) addText(s string) {
	if u, ok := countedUnit(s); ok {
		k.counted++
		switch {
		case k.votes == 0:
			k.unit, k.votes = u, 1
		case k.unit == u:
			k.votes++
		default:
			k.votes--
		}
	}
	if _, _, k.brief = shortParts(s); k.brief {
		k.short++
	}
	if y, _, _, ok := twoDigitParts(s); ok {
		if k.brief = true; k.triples == 0 {
			k.yy = [2]int{y, y}
		}
		k.yy = [2]int{min(k.yy[0], y), max(k.yy[1], y)}
		k.short++
		k.triples++
	}
	k.dates.add(s)
}

func isDay(s string) bool {
	_, ok := japan.ParseDate(s)
	return ok
}

func shapeOf(col int32, k *tally, rows int) colShape {
	n := k.class
	filled := n[text] + n[number] + n[masked] + n[when]
	s := colShape{col: col, mode: text, cells: filled, counts: n[number], filled: float64(filled) / float64(rows), coded: k.coded > 0, days: 2*k.days > n[when]}
	best := n[text]
	if f := n[number] + n[masked]; f > best && (n[number] > 0 || n[text]+n[when] == 0) {
		s.mode, best = number, f
	}
	if n[when] > best {
		s.mode, best = when, n[when]
	}
	s.short = k.short > 0 && 10*int(k.short) >= 9*n[text]
	s.century = s.short && k.triples > 1 && k.yy[0] >= firstCentury && k.yy[1]-k.yy[0] <= 1
	s.serial = n[number] > 0 && k.serials == n[number]
	s.large, s.even, s.years = k.large, k.width > 2, k.years == n[number]
	if 2*k.counted > n[text]+n[number] && k.votes > 0 {
		s.unit = k.unit
	}
	if k.dates.sure() {
		s.mode, s.days, best, s.dates = when, true, k.dates.n, k.dates
	}
	s.compact = k.compact.settled(filled)
	s.figure = s.mode == number
	s.purity = float64(best) / float64(filled)
	return s
}
