package intake

import (
	"slices"
	"strings"
	"unicode/utf8"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// money is the unit of a figure that names its currency itself, in whatever
// multiple.
const money = "¥"

// countedUnit is the unit that stands behind a number in a text.
func countedUnit(s string) (string, bool) {
	if s == "" || s[0] >= 'A' && s[0] < utf8.RuneSelf || len(s) > 40 || !strings.ContainsAny(s, "0123456789０１２３４５６７８９") {
		return "", false
	}
	_, u, ok := japan.ParseCounted(unmarked(s))
	if u.Currency != "" {
		return money, ok && u.Currency == honne.JPY
	}
	return u.Name, ok && u.Scale == 1
}

// unmarked is a figure without the mark of a note before or behind it: *40個, 40個※.
func unmarked(s string) string {
	return japan.Trim(strings.TrimFunc(japan.Trim(s), func(r rune) bool { return r == '※' || r == '*' || r == '＊' || r == '†' || r == '‡' }))
}

// counted reads a figure that names its unit: the one of the column, or money in
// any multiple of the yen.
func (f *field) counted(c *grid.Cell) (honne.Decimal, bool) {
	n, u, ok := japan.ParseCounted(unmarked(c.Text))
	if !ok || f.amount != (u.Currency != "") {
		return n, false
	}
	if u.Currency == "" {
		return n, (u.Name == f.counter || u.Name == f.unit.Name) && u.Scale == 1
	}
	return inUnits(n, u.Scale, max(f.unit.Scale, 1))
}

// mayCount reports whether a figure of the column may name its unit: most do, the
// header names one, or it is an amount that says yen (5万円).
func (f *field) mayCount(s string) bool {
	return f.counter != "" || f.measure && (f.unit.Name != "" || f.amount && namesYen(s))
}

// namesYen reports whether a figure says that it is in yen, whatever its column
// says.
func namesYen(s string) bool { return strings.HasSuffix(unmarked(s), "円") }

// inUnits turns n × from into multiples of to; false where that is not exact.
func inUnits(n honne.Decimal, from, to int64) (honne.Decimal, bool) {
	v, exact, err := n.Times(from, 6)
	if err != nil || !exact || v%to != 0 {
		return honne.Decimal{}, false
	}
	out := honne.Decimal{Coef: v / to, Scale: 6}
	for out.Scale > 0 && out.Coef%10 == 0 {
		out.Coef, out.Scale = out.Coef/10, out.Scale-1
	}
	return out, true
}

// markCounted takes figures that name their unit (5個) for numbers, in columns
// over which a measure stands, and what says that nobody worked (休業) for none.
func (d *dictionary) markCounted(rows []*profile) {
	counted, measured := countedIn(rows), map[int32]bool{}
	eachText(rows, func(p *profile, i int) {
		if c := &p.Cells[i]; counted[c.Col] >= 2 && !measured[c.Col] {
			measured[c.Col] = d.measures(c.Text)
		}
	})
	eachText(rows, func(p *profile, i int) {
		c := &p.Cells[i]
		if counted[c.Col] > 0 && d.closed(c.Text) {
			p.class[i] = masked
		} else if measured[c.Col] {
			if _, ok := countedUnit(c.Text); ok {
				p.class[i] = number
			}
		}
	})
}

// closed reports whether a text says that there was no figure, as nobody worked.
func (d *dictionary) closed(s string) bool {
	return len(s) <= 30 && slices.Contains(d.book.Words.Closed, strings.Trim(japan.Trim(s), "()（）"))
}

// measures reports whether a text is the header of a measure.
func (d *dictionary) measures(header string) bool {
	m, sure := d.lookup(header)
	_, _, figure := m.Measure()
	return sure > 0 && figure
}

// countedIn counts the figures of each column, with their unit or without.
func countedIn(rows []*profile) map[int32]int {
	n := map[int32]int{}
	for _, p := range rows {
		for i, c := range p.Cells {
			if p.class[i] == number {
				n[c.Col]++
			}
		}
	}
	eachText(rows, func(p *profile, i int) {
		if _, ok := countedUnit(p.Cells[i].Text); ok {
			n[p.Cells[i].Col]++
		}
	})
	return n
}

func eachText(rows []*profile, do func(p *profile, i int)) {
	for _, p := range rows {
		for i := range p.Cells {
			if p.class[i] == text {
				do(p, i)
			}
		}
	}
}

// reclass takes texts for the numbers and days as which the table reads them.
func (t *table) reclass(p *profile) {
	for i := range p.Cells {
		f := t.fieldAt(p.Cells[i].Col)
		if p.class[i] != text || f == nil {
			continue
		}
		if f.mayCount(p.Cells[i].Text) {
			if _, ok := f.number(p.N, &p.Cells[i]); ok {
				p.class[i] = number
			}
		} else if f.shape != nil && f.shape.dates.n > 0 {
			if _, ok := f.shape.dates.read(p.Cells[i].Text); ok {
				p.class[i] = when
			}
		}
	}
}
