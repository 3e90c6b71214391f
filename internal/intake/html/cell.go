package html

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"honne"
	"honne/internal/intake/grid"
)

// cellType says which of a cell's values counts; a higher one outdoes a lower.
type cellType uint8

const (
	asShown cellType = iota
	aNumber          // x:num
	aBool            // x:bool
	anError          // x:err
	aText            // x:str, or formatted as text
)

// write adds a text to the cell: runs of white space become one space, and the
// spaces that do not break, of which people make indents, a space each.
func (r *rows) write(text []byte) error {
	for len(text) > 0 {
		c, size := utf8.DecodeRune(text)
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f':
			if r.gap == 0 && len(r.text) > r.cell.from && r.text[len(r.text)-1] != '\n' {
				r.gap = ' '
			}
			text = text[size:]
			continue
		case r.gap != 0:
			r.text = append(r.text, r.gap)
			r.gap = 0
		}
		if c == '\u00A0' {
			r.text = append(r.text, ' ')
		} else {
			r.text = append(r.text, text[:size]...)
		}
		text = text[size:]
	}
	if len(r.text)-r.cell.from > maxText || len(r.text) > maxRowText {
		at := honne.Cell{Row: r.n, Col: r.cell.at.Col}
		return &Error{Code: CodeTooLarge, Part: r.table.name, Detail: "text of cell " + at.String()}
	}
	return nil
}

// trim drops the white space around the cell's text, but for an indent: spaces
// before a word. Those before a figure only push it to the right.
func (r *rows) trim() {
	r.gap = 0
	text := bytes.TrimRight(r.text[r.cell.from:], " \n")
	bare := bytes.TrimLeft(text, " \n")
	if c, _ := utf8.DecodeRune(bare); unicode.IsLetter(c) {
		bare = bytes.TrimLeft(text, "\n")
	}
	r.text = append(r.text[:r.cell.from], bare...)
}

// finish sets kind and value of a cell from what is shown and what stands
// beside it.
func finish(c *grid.Cell, kind cellType, shown, value string) {
	c.Text, c.Kind = shown, grid.Text
	switch kind {
	case aNumber:
		finishNumber(c, shown, value)
	case aBool:
		c.Kind = grid.Bool
		c.Text = "FALSE"
		if strings.EqualFold(value, "TRUE") || value == "1" {
			c.Text = "TRUE"
		}
	case anError:
		c.Kind = grid.Error
		if value != "" {
			c.Text = value
		}
	}
}

// finishNumber reads x:num, which has no value of its own when the number is
// shown as it is. The format of a number is not in the file, so that what is
// shown decides what the number is.
func finishNumber(c *grid.Cell, shown, value string) {
	digits := strings.TrimSpace(value)
	if digits == "" {
		digits = strings.ReplaceAll(strings.TrimSpace(shown), ",", "")
	}
	n, err := honne.ParseDecimal(digits)
	if err != nil {
		return
	}
	isDay, isClock := dayShown.MatchString(shown), clockShown.MatchString(shown)
	serial := n.Float()
	switch {
	case isDay && serial >= firstSerial && serial <= lastSerial:
		d := honne.NewDate(1899, 12, 30) + honne.Date(serial)
		if !agrees(shown, d) {
			return
		}
		c.Kind, c.Date, c.Num = grid.Date, d, n
		return
	case strings.ContainsAny(shown, "年月日"):
		return // 4月 of a number 4: the text says more
	case isClock && serial >= 0 && serial < 1:
		c.Kind, c.Num, c.Text = grid.Time, n, digits
		return
	}
	c.Kind, c.Num, c.Text = grid.Number, n, digits
}

// The serial numbers of days that a report may speak of: 1954 to 2119. Lower
// ones are counts.
const (
	firstSerial = 20000
	lastSerial  = 80000
)

var (
	dayShown   = regexp.MustCompile(`\d\s*[年月日/-]|\d\.\d+\.\d`)
	clockShown = regexp.MustCompile(`\d:\d\d`)
	numberRun  = regexp.MustCompile(`\d+`)
)

// agrees reports whether all numbers of a text are parts of a day: of its year,
// in full, short or of the eras Heisei and Reiwa, its month and its day. So a
// workbook that counts from 1904, or a text with a time, is not read wrong.
func agrees(shown string, d honne.Date) bool {
	y, m, day := d.Civil()
	for _, run := range numberRun.FindAllString(shown, -1) {
		n, err := strconv.Atoi(run)
		if err != nil || n != y && n != y%100 && n != y-1988 && n != y-2018 && n != m && n != day {
			return false
		}
	}
	return true
}
