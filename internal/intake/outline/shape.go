package outline

import (
	"strings"

	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// Shape is what most body cells of a column look like.
type Shape struct {
	Col     int32
	Mode    Class
	Purity  float64 // share of the filled cells that look like mode
	Filled  float64 // share of the rows that fill the column
	Figure  bool    // mode is a number or withheld
	Counts  int     // cells that hold a number
	cells   int     // filled cells of the sample
	Days    bool    // the values are single days
	OfMonth bool    // they are the numbers of days of a month
	Short   bool    // they are days without a year, or with one of two digits
	Century bool    // all have years of two digits, the same or two that follow each other
	Serial  bool    // every number may be that by which a spreadsheet counts a day
	Coded   bool    // numbers with leading zeros: codes
	Large   bool    // a number is larger than the codes of regions and the like
	Even    bool    // every number has as many digits and nothing else, three at least
	Years   bool    // every number may be a year, a quarter or a month
	Months  bool    // every number is a month of four digits: 2610
	Parts   bool    // every text is a part of the business year of the table: 2026年1Q
	Unit    string  // that stands behind every number of most cells: 5個
	Dates   when.DayOrder
	Compact when.CompactDays
}

// tally counts what the cells of a column look like.
type tally struct {
	class   [5]int
	days    int
	coded   int
	last    Class
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
	dates   when.DayOrder
	compact when.CompactDays
}

// repeat counts a mark for the same as above.
func (k *tally) repeat() {
	k.class[max(k.last, Text)]++
	if k.day {
		k.days++
	}
	if k.brief {
		k.short++
	}
}

func (k *tally) add(c *grid.Cell, is Class) {
	k.class[is]++
	if k.last, k.day = is, is == When && (c.Kind == grid.Date || isDay(c.Text)); k.day {
		k.days++
	}
	k.brief = false
	k.compact.Add(c)
	if c.Kind == grid.Text {
		k.addText(c.Text)
	}
	if is == Number {
		k.addNumber(c)
	}
	if is == Number && c.Kind == grid.Text && len(c.Text) > 1 && c.Text[0] == '0' && c.Text[1] != '.' && !IsShare(c) {
		k.coded++
	}
}

// addNumber looks at the size of a number.
func (k *tally) addNumber(c *grid.Cell) {
	n, _ := figure.Of(c)
	v, exact, err := n.Times(1, 0)
	if w := len(c.Text); strings.Trim(c.Text, "0123456789") != "" || k.width != 0 && k.width != w {
		k.width = -1
	} else {
		k.width = w
	}
	if when.SerialDay(c) != 0 {
		k.serials++
	}
	k.large = k.large || err != nil || !exact || v > 999 || v < 0
	if exact && err == nil && (v > 0 && v <= 12 || v >= 1900 && v <= 2100) {
		k.years++
	}
}

// addText looks for a number with its unit, or a day in foreign order.
func (k *tally) addText(s string) {
	if u, ok := figure.Counted(s); ok {
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
	if _, _, k.brief = when.ShortParts(s); k.brief {
		k.short++
	}
	if y, _, _, ok := when.TwoDigitParts(s); ok {
		if k.brief = true; k.triples == 0 {
			k.yy = [2]int{y, y}
		}
		k.yy = [2]int{min(k.yy[0], y), max(k.yy[1], y)}
		k.short++
		k.triples++
	}
	k.dates.Add(s)
}

func isDay(s string) bool {
	_, ok := japan.ParseDate(s)
	return ok
}

func shapeOf(col int32, k *tally, rows int) Shape {
	n := k.class
	filled := n[Text] + n[Number] + n[Masked] + n[When]
	s := Shape{Col: col, Mode: Text, cells: filled, Counts: n[Number], Filled: float64(filled) / float64(rows), Coded: k.coded > 0, Days: 2*k.days > n[When]}
	best := n[Text]
	if f := n[Number] + n[Masked]; f > best && (n[Number] > 0 || n[Text]+n[When] == 0) {
		s.Mode, best = Number, f
	}
	if n[When] > best {
		s.Mode, best = When, n[When]
	}
	s.Short = k.short > 0 && 10*int(k.short) >= 9*n[Text]
	s.Century = s.Short && k.triples > 1 && k.yy[0] >= when.FirstCentury && k.yy[1]-k.yy[0] <= 1
	s.Serial = n[Number] > 0 && k.serials == n[Number]
	s.Large, s.Even, s.Years = k.large, k.width > 2, k.years == n[Number]
	if 2*k.counted > n[Text]+n[Number] && k.votes > 0 {
		s.Unit = k.unit
	}
	if k.dates.Sure() {
		s.Mode, s.Days, best, s.Dates = When, true, k.dates.N, k.dates
	}
	s.Compact = k.compact.Settled(filled)
	s.Figure = s.Mode == Number
	s.Purity = float64(best) / float64(filled)
	return s
}
