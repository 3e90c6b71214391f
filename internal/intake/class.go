package intake

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// class is what a cell looks like, before anything is known of its column.
type class uint8

const (
	blank class = iota
	text
	number
	masked // a figure that the sender withheld or could not give
	when   // a date, a month or a period
)

// figure reports whether the class may stand in a column of figures.
func (c class) figure() bool { return c == number || c == masked }

// classify looks at one cell.
func classify(c *grid.Cell) class {
	switch c.Kind {
	case grid.Blank:
		return blank
	case grid.Number, grid.Time:
		return number
	case grid.Date:
		return when
	case grid.Error:
		return masked
	}
	return classifyText(c.Text)
}

func classifyText(s string) class {
	s = japan.Trim(s)
	switch {
	case s == "":
		return blank
	case len(s) > 60:
		return text
	case japan.Masked(s):
		return masked
	}
	if _, _, ok := japan.ParseRevised(s); ok {
		return number
	}
	if _, ok := japan.ParsePercent(s); ok {
		return number
	}
	if _, ok := japan.ParseNoted(s); ok {
		return number
	}
	if _, ok := minusBehind(s); ok {
		return number
	}
	if isPeriodText(s) {
		return when
	}
	return text
}

// isPeriodText reports whether a text is a date, a month, a period, or a month
// or span without its year.
func isPeriodText(s string) bool {
	if !strings.ContainsFunc(s, countsOrSpells) {
		return false
	}
	if _, ok := readPeriod(s); ok {
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

// profile is a buffered row: its own copy of the cells and how each looks.
type profile struct {
	grid.Row
	class []class // parallel to Cells
}

func profiled(r *grid.Row) *profile {
	p := &profile{Row: grid.Row{N: r.N, Hidden: r.Hidden}}
	for i := range r.Cells {
		if c := classify(&r.Cells[i]); c != blank {
			p.Cells = append(p.Cells, r.Cells[i])
			p.class = append(p.class, c)
		}
	}
	p.markPeriods()
	p.markSerials()
	p.markNumbers()
	return p
}

// markPeriods takes plain numbers for periods where they are nothing else: three
// or more years or months that follow each other at equal steps (2023, 2024,
// 2025; 202504, 202505 …), or two that follow by one. They may begin again.
func (p *profile) markPeriods() {
	var at []int
	first, last, step, run := 0, 0, 0, 0
	for i, c := range p.class {
		if c != number {
			continue
		}
		n, ok := periodNumber(&p.Cells[i])
		switch {
		case !ok:
			return
		case run > 1 && n == first:
			run = 0
		case run == 1 && step == 0:
			step = n - last
		case run > 0 && n-last != step:
			return
		}
		if run == 0 {
			first = n
		}
		last, run, at = n, run+1, append(at, i)
	}
	if len(at) < 2 || step == 0 || len(at) == 2 && step != 1 {
		return
	}
	p.mark(at, when)
}

// markNumbers takes the numbers of columns for texts: (1) (2) (3) in order, or 1
// 2 3 4 and nothing else in the row.
func (p *profile) markNumbers() {
	var at []int
	texts, bracketed := 0, true
	for i, c := range p.class {
		switch c {
		case text:
			texts++
		case number:
			n, ok := columnNumber(p.Cells[i].Text)
			if !ok || n != len(at)+1 {
				return
			}
			bracketed = bracketed && p.Cells[i].Kind == grid.Text && strings.HasPrefix(japan.Fold(japan.Trim(p.Cells[i].Text)), "(")
			at = append(at, i)
		default:
			return
		}
	}
	if bracketed && len(at) > 1 || texts == 0 && len(at) > 3 {
		p.mark(at, text)
	}
}

// columnNumber reads 3 and (3).
func columnNumber(s string) (int, bool) {
	s = strings.TrimSuffix(strings.TrimPrefix(japan.Fold(japan.Trim(s)), "("), ")")
	if len(s) > 3 {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

func (p *profile) mark(at []int, is class) {
	for _, i := range at {
		p.class[i] = is
	}
}

// periodNumber counts a year (2025) in years and a month (202504) in months; such
// a number stands without separators and fraction.
func periodNumber(c *grid.Cell) (int, bool) {
	n, ok := figureOf(c)
	if !ok || n.Scale != 0 || c.Kind == grid.Time || strings.ContainsAny(c.Text, ",，.-△▲¥￥%％") {
		return 0, false
	}
	switch v := int(n.Coef); {
	case v >= 1900 && v <= 2100:
		return v, true
	case v >= 190001 && v <= 210012 && v%100 >= 1 && v%100 <= 12:
		return v/100*12 + v%100, true
	}
	return 0, false
}

// at returns the class of the cell in a column.
func (p *profile) at(col int32) class {
	i, ok := slices.BinarySearchFunc(p.Cells, col, func(c grid.Cell, col int32) int { return int(c.Col - col) })
	if !ok {
		return blank
	}
	return p.class[i]
}

// count returns how many cells of the row are of each class.
func (p *profile) count() (texts, figures, whens int) {
	for _, c := range p.class {
		switch c {
		case text:
			texts++
		case number, masked:
			figures++
		case when:
			whens++
		}
	}
	return
}

// counts reports whether the row holds a number or a date; a withheld figure
// alone does not make a record.
func (p *profile) counts() bool {
	return slices.Contains(p.class, number) || slices.Contains(p.class, when)
}

// seeds reports whether the row may be the first record of a table: it holds a
// number, or one date among texts; several dates without a number are periods
// that stand across.
func (p *profile) seeds() bool {
	_, _, whens := p.count()
	return len(p.Cells) >= 2 && (slices.Contains(p.class, number) || whens == 1)
}

func (p *profile) empty() bool { return len(p.Cells) == 0 }

// sparse reports whether the row holds so little, for a table of that width,
// that it is a title or a note rather than a record.
func (p *profile) sparse(width int) bool {
	k := len(p.Cells)
	return k <= 1 && width > 1 || k <= 2 && 3*k < width || k <= 3 && 5*k < width
}

// saysUnit reports whether a row of few cells holds a unit: 単位：千円 at the far
// right of a title.
func (p *profile) saysUnit() bool {
	return len(p.Cells) <= 3 && slices.ContainsFunc(p.Cells, func(c grid.Cell) bool { return isUnitLabel(strings.Trim(c.Text, "（( ")) })
}

// endsWith reports whether s ends with one of the words.
func endsWith(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(s, w) })
}

// startsWith reports whether s begins with one of the words.
func startsWith(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}
