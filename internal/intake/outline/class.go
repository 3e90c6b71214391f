package outline

import (
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// Class is what a cell looks like, before anything is known of its column.
type Class uint8

// The classes.
const (
	Blank Class = iota
	Text
	Number
	Masked // a figure that the sender withheld or could not give
	When   // a date, a month or a period
)

// Figure reports whether the class may stand in a column of figures.
func (c Class) Figure() bool { return c == Number || c == Masked }

// Classify looks at one cell.
func Classify(c *grid.Cell) Class {
	switch c.Kind {
	case grid.Blank:
		return Blank
	case grid.Number, grid.Time:
		return Number
	case grid.Date:
		return When
	case grid.Error:
		return Masked
	}
	return classifyText(c.Text)
}

func classifyText(s string) Class {
	s = japan.Trim(s)
	switch {
	case s == "":
		return Blank
	case len(s) > 60:
		return Text
	case japan.Masked(s):
		return Masked
	}
	if _, _, ok := japan.ParseRevised(s); ok {
		return Number
	}
	if _, ok := japan.ParsePercent(s); ok {
		return Number
	}
	if _, ok := japan.ParseNoted(s); ok {
		return Number
	}
	if _, ok := figure.MinusBehind(s); ok {
		return Number
	}
	if when.IsPeriodText(s) {
		return When
	}
	return Text
}

// Profile is a buffered row: its own copy of the cells and how each looks.
type Profile struct {
	grid.Row
	Classes []Class // parallel to Cells
}

// ProfileOf copies a row and classifies its cells.
func ProfileOf(r *grid.Row) *Profile {
	p := &Profile{Row: grid.Row{N: r.N, Hidden: r.Hidden}}
	for i := range r.Cells {
		if c := Classify(&r.Cells[i]); c != Blank {
			p.Cells = append(p.Cells, r.Cells[i])
			p.Classes = append(p.Classes, c)
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
func (p *Profile) markPeriods() {
	var at []int
	first, last, step, run := 0, 0, 0, 0
	for i, c := range p.Classes {
		if c != Number {
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
	p.Mark(at, When)
}

// markNumbers takes the numbers of columns for texts: (1) (2) (3) in order, or 1
// 2 3 4 and nothing else in the row.
func (p *Profile) markNumbers() {
	var at []int
	texts, bracketed := 0, true
	for i, c := range p.Classes {
		switch c {
		case Text:
			texts++
		case Number:
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
		p.Mark(at, Text)
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

// Mark takes the cells at some places for another class.
func (p *Profile) Mark(at []int, is Class) {
	for _, i := range at {
		p.Classes[i] = is
	}
}

// periodNumber counts a year (2025) in years and a month (202504) in months; such
// a number stands without separators and fraction.
func periodNumber(c *grid.Cell) (int, bool) {
	n, ok := figure.Of(c)
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

// Class returns the class of the cell in a column.
func (p *Profile) Class(col int32) Class {
	i, ok := slices.BinarySearchFunc(p.Cells, col, func(c grid.Cell, col int32) int { return int(c.Col - col) })
	if !ok {
		return Blank
	}
	return p.Classes[i]
}

// Count returns how many cells of the row are of each class.
func (p *Profile) Count() (texts, figures, whens int) {
	for _, c := range p.Classes {
		switch c {
		case Text:
			texts++
		case Number, Masked:
			figures++
		case When:
			whens++
		}
	}
	return
}

// Counts reports whether the row holds a number or a date; a withheld figure
// alone does not make a record.
func (p *Profile) Counts() bool {
	return slices.Contains(p.Classes, Number) || slices.Contains(p.Classes, When)
}

// Seeds reports whether the row may be the first record of a table: it holds a
// number, or one date among texts; several dates without a number are periods
// that stand across.
func (p *Profile) Seeds() bool {
	_, _, whens := p.Count()
	return len(p.Cells) >= 2 && (slices.Contains(p.Classes, Number) || whens == 1)
}

// Empty reports whether the row is blank.
func (p *Profile) Empty() bool { return len(p.Cells) == 0 }

// sparse reports whether the row holds so little, for a table of that width,
// that it is a title or a note rather than a record.
func (p *Profile) sparse(width int) bool {
	k := len(p.Cells)
	return k <= 1 && width > 1 || k <= 2 && 3*k < width || k <= 3 && 5*k < width
}

// saysUnit reports whether a row of few cells holds a unit: 単位：千円 at the far
// right of a title.
func (p *Profile) saysUnit() bool {
	return len(p.Cells) <= 3 && slices.ContainsFunc(p.Cells, func(c grid.Cell) bool { return terms.IsUnitLabel(strings.Trim(c.Text, "（( ")) })
}

// markCounted takes figures that name their unit (5個) for numbers, in columns
// over which a measure stands, and what says that nobody worked (休業) for none.
func markCounted(d *terms.Dictionary, rows []*Profile) {
	counted, measured := countedIn(rows), map[int32]bool{}
	eachText(rows, func(p *Profile, i int) {
		if c := &p.Cells[i]; counted[c.Col] >= 2 && !measured[c.Col] {
			measured[c.Col] = d.Measures(c.Text)
		}
	})
	eachText(rows, func(p *Profile, i int) {
		c := &p.Cells[i]
		if counted[c.Col] > 0 && d.Closed(c.Text) {
			p.Classes[i] = Masked
		} else if measured[c.Col] {
			if _, ok := figure.Counted(c.Text); ok {
				p.Classes[i] = Number
			}
		}
	})
}

// countedIn counts the figures of each column, with their unit or without.
func countedIn(rows []*Profile) map[int32]int {
	n := map[int32]int{}
	for _, p := range rows {
		for i, c := range p.Cells {
			if p.Classes[i] == Number {
				n[c.Col]++
			}
		}
	}
	eachText(rows, func(p *Profile, i int) {
		if _, ok := figure.Counted(p.Cells[i].Text); ok {
			n[p.Cells[i].Col]++
		}
	})
	return n
}

func eachText(rows []*Profile, do func(p *Profile, i int)) {
	for _, p := range rows {
		for i := range p.Cells {
			if p.Classes[i] == Text {
				do(p, i)
			}
		}
	}
}

// CellsOf counts the filled cells of some rows.
func CellsOf(rows []*Profile) (n int) {
	for _, p := range rows {
		n += len(p.Cells)
	}
	return n
}

// markSerials takes the numbers of a row for months where each is how a spreadsheet
// counts the same day of the month after the one before: 45017, 45047, 45078, what
// a workbook of months across leaves in a CSV.
func (p *Profile) markSerials() {
	var at []int
	var last honne.Date
	for i, c := range p.Classes {
		if c != Number {
			continue
		}
		day := when.SerialDay(&p.Cells[i])
		if day == 0 || last != 0 && (day.Month() != last.Month()+1 || day-day.Month().First() != last-last.Month().First()) {
			return
		}
		at, last = append(at, i), day
	}
	if len(at) < when.FewestSerials {
		return
	}
	for _, i := range at {
		p.Cells[i].Kind, p.Cells[i].Date = grid.Date, when.SerialDay(&p.Cells[i])
	}
	p.Mark(at, When)
}
