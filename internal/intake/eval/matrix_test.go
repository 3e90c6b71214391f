package eval

import (
	"strings"

	"honne"
)

// matrix is one table before it is laid out: columns of labels and figures, and
// its rows in order.
type matrix struct {
	columns []column
	rows    []line
	style   headerStyle
	headed  bool // the header is written; false for a table that has none
}

// headerStyle is how stacked header rows are written.
type headerStyle uint8

const (
	merged   headerStyle = iota // groups merged across, lone texts merged down
	first                       // groups in their first column only, lone texts on top
	bottom                      // the same, lone texts in the lowest row
	repeated                    // groups written over each of their columns
)

// column is a column of a matrix.
type column struct {
	path    []string // header, from top to bottom
	role    string   // of a label: the key that a record keeps it under, "-" for none
	below   fill
	measure string // of a figure; "" for a ratio, a total, a price
	period  honne.Period
	across  string // key=name that stands over a figure
}

// fill is how a label is written that is the same as above.
type fill uint8

const (
	again fill = iota
	nothing
	mergedDown
	ditto
	sameAbove
)

// dittoMarks are the ways to say the same as above.
var dittoMarks = map[fill]string{ditto: "〃", sameAbove: "同上"}

// figure is a cell that counts: what it is worth in main units, and how it is
// written.
type figure struct {
	value string
	shown any
}

// line is a row of a matrix. A cell is nil, a text, a day or a figure.
type line struct {
	kind    lineKind
	cells   []any
	measure string // that the row itself says; overrules its columns
	period  honne.Period
	year    int    // by how many years its figures are older
	hides   int    // the first labels are not written: they stand above
	below   string // a label that stands above its rows alone
	ratio   bool   // a record of ratios, which a report leaves out
}

type lineKind uint8

const (
	record lineKind = iota
	summing
	blankLine
	remark  // a text of its own
	another // the header again
)

// want is what a reading of a workbook must give.
type want struct {
	tables  []wantTable
	records map[honne.Address]string
	warned  map[honne.Address]bool // cells that must have a warning
}

type wantTable struct {
	sheet               string
	header, first, last int // rows; header is 0 when there is none
	headerEnd, records  int
	plain, plainLast    int // records and last row where ratios are plain numbers as well
	col                 int
}

func newWant() *want {
	return &want{records: map[honne.Address]string{}, warned: map[honne.Address]bool{}}
}

// lay writes the matrix with its upper left corner at a cell and adds what is to
// be read of it; counted says that its records are to be given.
func (m *matrix) lay(c *canvas, row, col int, w *want) {
	t := wantTable{sheet: c.name, col: col}
	if m.headed {
		t.header, t.headerEnd = row, row+m.depth()-1
		m.layHeader(c, row, col)
		row += m.depth()
	}
	above := make([]any, len(m.columns))
	since := make([]int, len(m.columns))
	for _, l := range m.rows {
		switch l.kind {
		case another:
			m.layHeader(c, row, col)
			row += m.depth()
			clear(above)
			continue
		case record:
			if t.records == 0 {
				t.first = row
			}
			t.plain++
			t.plainLast = row
			if !l.ratio {
				t.records++
				t.last = row
			}
		}
		for i, cell := range l.cells {
			if i < l.hides {
				continue
			}
			m.layCell(c, row, col, i, cell, l, above, since)
		}
		if l.kind == record {
			m.expect(c.name, row, col, l, w)
		}
		row++
	}
	w.tables = append(w.tables, t)
}

func (m *matrix) depth() int {
	n := 1
	for _, c := range m.columns {
		n = max(n, len(c.path))
	}
	return n
}

func (m *matrix) layCell(c *canvas, row, col, i int, cell any, l line, above []any, since []int) {
	shown := cell
	if f, ok := cell.(figure); ok {
		shown = f.shown
	}
	if below := m.columns[i].below; l.kind == record && below != again && m.columns[i].role != "" {
		if same := cell != nil && cell == above[i] && m.sameLeft(l, above, i); same {
			shown = nil
			switch below {
			case mergedDown:
				c.grow(since[i], row, col+i)
			case ditto, sameAbove:
				shown = dittoMarks[below]
			}
		} else {
			since[i] = row
		}
		above[i] = cell
	} else if l.kind != record {
		above[i] = nil
	}
	c.put(row, col+i, shown)
	if shown == nil {
		c.last.Row = max(c.last.Row, int32(row))
	}
}

// sameLeft reports whether the labels that lead to this one are those above.
func (m *matrix) sameLeft(l line, above []any, i int) bool {
	for k := range i {
		if m.columns[k].below != again && m.columns[k].role != "" && above[k] != l.cells[k] {
			return false
		}
	}
	return true
}

// grow merges a cell down to a row, or goes on with its merge.
func (c *canvas) grow(from, row, col int) {
	for i := range c.merges {
		m := &c.merges[i]
		if m.From.Col == int32(col) && m.To.Col == int32(col) && m.From.Row == int32(from) {
			m.To.Row = int32(row)
			return
		}
	}
	c.merge(from, col, row, col)
}

// expect adds the records of a row.
func (m *matrix) expect(sheet string, row, col int, l line, w *want) {
	labels := []string{l.below}
	for i, c := range m.columns {
		s, ok := l.cells[i].(string)
		if in, is := l.cells[i].(inset); is {
			s, ok = string(in), true
		}
		if ok && c.role != "" && c.role != "-" && s != "" {
			labels = append(labels, c.role+"="+strings.Trim(s, " \u3000"))
		}
	}
	for i, c := range m.columns {
		f, ok := l.cells[i].(figure)
		if !ok || f.value == "" {
			continue
		}
		measure, period := c.measure, c.period
		if l.measure != "" && measure != "" {
			measure = l.measure
		}
		if !l.period.IsZero() {
			period = l.period
			if strings.HasPrefix(measure, "prior_year") {
				period = yearsBefore(period, 1)
			}
		}
		if measure == "" {
			continue
		}
		at := honne.Cell{Row: int32(row), Col: int32(col + i)}
		if measure == "?" {
			labels = nil
		}
		if measure == "-" {
			measure, labels = "", nil // nothing but the number is known
		}
		w.records[honne.Address{Sheet: sheet, Range: honne.Range{From: at, To: at}}] = recordText(measure, f.value, yearsBefore(period, l.year), append(labels[:len(labels):len(labels)], c.across))
	}
}

func yearsBefore(p honne.Period, years int) honne.Period {
	if m, ok := p.Month(); ok {
		return (m - honne.Month(12*years)).Period()
	}
	return p
}

// recordText writes a record for comparison; labels are key=text, in any order.
func recordText(measure, value string, p honne.Period, labels []string) string {
	kept := map[string]string{}
	for _, l := range labels {
		if key, text, ok := strings.Cut(l, "="); ok && text != "" && kept[key] == "" {
			kept[key] = text
		}
	}
	out := measure + " " + value + " " + p.String()
	for _, key := range recordKeys {
		if kept[key] != "" {
			out += " " + key + "=" + kept[key]
		}
	}
	return out
}

// recordKeys are the labels of a record that are compared, in their order.
var recordKeys = []string{"invoiced", "invoiced_code", "ship_to", "end_user", "bill_to", "product_code", "product", "region"}

// layHeader writes the header rows.
func (m *matrix) layHeader(c *canvas, row, col int) {
	depth := m.depth()
	for i := range m.columns {
		path := m.columns[i].path
		if len(path) == 1 && depth > 1 {
			m.layLone(c, row, col+i, path[0], depth)
			continue
		}
		for level, s := range path {
			from, to := m.group(i, level)
			switch {
			case from == i:
				c.put(row+level, col+i, s)
				if m.style == merged && to > from {
					c.merge(row+level, col+from, row+level, col+to)
				}
			case m.style == repeated:
				c.put(row+level, col+i, s)
			}
			if level == len(path)-1 && level < depth-1 && m.style == merged {
				c.merge(row+level, col+i, row+depth-1, col+i)
			}
		}
	}
}

// layLone writes the only text over a column of a stacked header.
func (m *matrix) layLone(c *canvas, row, col int, s string, depth int) {
	switch m.style {
	case merged:
		c.put(row, col, s)
		c.merge(row, col, row+depth-1, col)
	case bottom:
		c.put(row+depth-1, col, s)
	default:
		c.put(row, col, s)
	}
}

// group returns the first and the last column that share the header texts of
// column i down to a level.
func (m *matrix) group(i, level int) (from, to int) {
	same := func(k int) bool {
		p, q := m.columns[i].path, m.columns[k].path
		return len(q) > level && level < len(p)-1 && strings.Join(p[:level+1], "\x00") == strings.Join(q[:level+1], "\x00")
	}
	from, to = i, i
	for from > 0 && same(from-1) {
		from--
	}
	for to+1 < len(m.columns) && same(to+1) {
		to++
	}
	return from, to
}
