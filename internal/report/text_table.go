package report

import (
	"slices"
	"strings"

	"honne"
)

// drawn is a table being set: its texts, and the columns they take.
type drawn struct {
	heads  []string
	right  []bool
	cells  [][]string
	looks  [][]ink
	widths []int
}

// table writes an aligned table. The notes of a row stand together at its end,
// so that figures stay under each other.
func (s *sheet) table(t Table) {
	if u := oneUnit(t.Columns); u != (MoneyUnit{}) {
		s.print(2, dim, s.v.text("report.all-in", honne.Text("unit", s.v.lang.Unit(u.Currency, u.Scale))))
		t.Columns = slices.Clone(t.Columns)
		for i := range t.Columns {
			t.Columns[i].Unit = MoneyUnit{}
		}
	}
	d := s.set(t)
	s.fit(d)
	s.row(d, d.heads, func(int) ink { return dim })
	for i, r := range t.Rows {
		if r.Total {
			s.w.WriteString("  " + s.paint(dim, strings.Repeat("─", d.total())) + "\n")
		}
		s.row(d, d.cells[i], func(c int) ink {
			if (r.Total || r.Group) && d.looks[i][c] == plain {
				return bold
			}
			return d.looks[i][c]
		})
		for _, u := range r.Under {
			s.print(4, dim, s.v.under(u, s.line))
		}
	}
}

// oneUnit returns the unit that all money of a table is in, none when it is in
// several; it is then said once, above.
func oneUnit(list []Column) MoneyUnit {
	var one MoneyUnit
	for _, c := range list {
		switch {
		case c.Unit == (MoneyUnit{}):
		case one != (MoneyUnit{}) && one != c.Unit:
			return MoneyUnit{}
		default:
			one = c.Unit
		}
	}
	return one
}

// set says every cell and adds the column of notes where there are any.
func (s *sheet) set(t Table) *drawn {
	d := &drawn{}
	for _, c := range t.Columns {
		d.heads = append(d.heads, s.v.head(c))
		d.right = append(d.right, c.Right)
	}
	noted := false
	for _, r := range t.Rows {
		noted = noted || len(rowNotes(r)) > 0
	}
	if noted {
		d.heads, d.right = append(d.heads, s.v.text("report.source")), append(d.right, false)
	}
	for _, r := range t.Rows {
		texts, looks := make([]string, len(d.heads)), make([]ink, len(d.heads))
		for i, c := range r.Cells {
			texts[i], looks[i] = s.cell(c)
		}
		if noted {
			texts[len(texts)-1], looks[len(looks)-1] = notes(rowNotes(r)), dim
		}
		d.cells, d.looks = append(d.cells, texts), append(d.looks, looks)
	}
	d.widths = make([]int, len(d.heads))
	for _, row := range append([][]string{d.heads}, d.cells...) {
		for i, text := range row {
			d.widths[i] = max(d.widths[i], columns(text))
		}
	}
	return d
}

func (s *sheet) cell(c Cell) (string, ink) {
	if shape, word := s.v.level(c.Level); word != "" {
		looks := map[honne.Band]ink{honne.High: bad, honne.Watch: warn}
		return strings.TrimLeft(shape+" "+word, " "), looks[c.Level]
	}
	if len(c.Line) == 0 {
		return "—", dim
	}
	return printable(s.v.line(c.Line)), lineInk(c.Line)
}

// rowNotes gathers the notes of a row, each once, in order of number.
func rowNotes(r Row) []int {
	seen := map[int]bool{}
	highest := 0
	for _, c := range r.Cells {
		for _, p := range c.Line {
			for _, n := range p.Notes {
				seen[n], highest = true, max(highest, n)
			}
		}
	}
	var out []int
	for n := 1; n <= highest; n++ {
		if seen[n] {
			out = append(out, n)
		}
	}
	return out
}

const gutter = 2

func (d *drawn) total() int {
	n := -gutter
	for _, w := range d.widths {
		n += w + gutter
	}
	return n
}

// fit narrows the widest columns until the table fits; heads and words wrap,
// figures do not.
func (s *sheet) fit(d *drawn) {
	least := make([]int, len(d.heads))
	for i := range d.heads {
		least[i] = 6
		for _, row := range d.cells {
			if d.right[i] {
				least[i] = max(least[i], columns(row[i]))
			}
		}
	}
	for d.total() > s.width-2 {
		widest := -1
		for i, w := range d.widths {
			if w > least[i] && (widest < 0 || w > d.widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return
		}
		d.widths[widest]--
	}
}

// row writes a row of the table; a cell that wraps takes further lines.
func (s *sheet) row(d *drawn, texts []string, look func(column int) ink) {
	cells, high := make([][]string, len(texts)), 1
	for i, text := range texts {
		cells[i] = wrap(text, d.widths[i])
		high = max(high, len(cells[i]))
	}
	for n := range high {
		line := ""
		for i := range texts {
			text := ""
			if n < len(cells[i]) {
				text = cells[i][n]
			}
			line += strings.Repeat(" ", gutter)
			line += s.paint(look(i), pad(text, d.widths[i], d.right[i]))
		}
		s.w.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}
