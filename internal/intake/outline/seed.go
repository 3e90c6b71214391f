package outline

import (
	"regexp"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// AllHeaders reports whether every cell of a row is a header that is known.
func AllHeaders(d *terms.Dictionary, p *Profile) bool {
	for i, c := range p.Cells {
		if _, sure := d.Lookup(c.Text); sure == 0 || p.Classes[i] != Text {
			return false
		}
	}
	return len(p.Cells) >= 2
}

// TotalRow reports whether a text of the row is a total's label and the row has
// figures.
func TotalRow(d *terms.Dictionary, p *Profile) bool {
	for i, c := range p.Cells {
		if p.Classes[i] == Text && d.Total(c.Text) != "" {
			return slices.Contains(p.Classes, Number)
		}
	}
	return false
}

// SegmentRows is how many rows are held before a table must have been found.
const SegmentRows = 240

var fromTo = regexp.MustCompile(`^\(?自[ :]*([^自至]{3,20}?)[ ~,]*至[ :]*([^自至]{3,20}?)\)?$`)

// fromTill reads a span of which a title says the beginning by 自 and the end by 至,
// in one text or in two beside each other: 自 R07/01, 至 R07/06.
func fromTill(p *Profile, k int) (honne.Period, bool) {
	s := p.Cells[k].Text
	if k+1 < len(p.Cells) && !strings.Contains(s, "至") {
		s += " " + p.Cells[k+1].Text
	}
	if len(s) > 100 {
		return honne.Period{}, false
	}
	m := fromTo.FindStringSubmatch(japan.Fold(japan.Trim(s)))
	if m == nil {
		return honne.Period{}, false
	}
	from, first := when.ReadPeriod(japan.Trim(m[1]))
	to, last := when.ReadPeriod(japan.Trim(m[2]))
	return honne.Period{From: from.From, To: to.To}, first && last && from.From < to.To
}

// lowestClass is the class of the lowest cell in a column that is not withheld.
func lowestClass(rows []*Profile, col int32) Class {
	for i := len(rows) - 1; i >= 0; i-- {
		if k := rows[i].Class(col); k != Masked && k != Blank {
			return k
		}
	}
	return Blank
}

// findSeed returns the first row that looks like a record: figures in it, and a
// next row built alike, or nothing after it but texts above it.
func findSeed(rows []*Profile, from int, words *terms.Dictionary) int {
	for i := from; i < len(rows); i++ {
		p := rows[i]
		if !p.Seeds() || keyed(words, p) {
			continue
		}
		j := NextFilled(rows, i+1)
		if j < 0 || j > i+2 {
			if hasHeaderAbove(rows, i) {
				return i
			}
			continue
		}
		if (alike(p, rows[j]) >= 0.6 || numbered(p, rows[j])) && !datedTitle(p, rows[j]) {
			return i
		}
		if len(p.Cells) > 2 && hasHeaderAbove(rows, i) && (TotalRow(words, rows[j]) || !hasHeaderAbove(rows, j)) {
			return i
		}
	}
	return -1
}

// numbered reports whether two rows count on in their first column: 1, 2.
func numbered(p, next *Profile) bool {
	a, b := &p.Cells[0], &next.Cells[0]
	if a.Col != b.Col || p.Classes[0] != Number || next.Classes[0] != Number {
		return false
	}
	m, _ := figure.Of(a)
	n, _ := figure.Of(b)
	return m.Scale == 0 && n.Scale == 0 && m.Coef >= 0 && n.Coef == m.Coef+1
}

// datedTitle reports whether a row that holds a date and no number stands over a
// text where it has the date, or over several dates: a title with its month,
// above a header.
func datedTitle(p, below *Profile) bool {
	_, figures, whens := below.Count()
	return !slices.Contains(p.Classes, Number) && (figures == 0 && whens > 1 || slices.ContainsFunc(p.Cells, func(c grid.Cell) bool {
		return p.Class(c.Col) == When && below.Class(c.Col) == Text
	}))
}

// NextFilled is the first row from i on that is not blank, −1 for none.
func NextFilled(rows []*Profile, i int) int {
	for ; i < len(rows); i++ {
		if !rows[i].Empty() {
			return i
		}
	}
	return -1
}

// hasHeaderAbove reports whether the filled row above i names the columns in
// which i has figures.
func hasHeaderAbove(rows []*Profile, i int) bool {
	for h := i - 1; h >= 0 && h >= i-2; h-- {
		named, asked := 0, 0
		for k, c := range rows[i].Cells {
			if rows[i].Classes[k].Figure() {
				asked++
				if rows[h].Class(c.Col) == Text || rows[h].Class(c.Col) == When {
					named++
				}
			}
		}
		if asked > 0 && 2*named > asked {
			return true
		}
	}
	return false
}

// alike is the share of columns in which two rows look the same; a blank beside
// anything counts half.
func alike(a, b *Profile) float64 {
	same, all := 0.0, 0.0
	visit := func(p, q *Profile, both bool) {
		for i, c := range p.Cells {
			k := q.Class(c.Col)
			switch {
			case k == Blank:
				same, all = same+0.5, all+1
			case both && (k == When && p.Classes[i] == Number || k == Number && p.Classes[i] == When):
				same, all = same+0.5, all+1
			case !both:
			case k == p.Classes[i] || k.Figure() && p.Classes[i].Figure():
				same, all = same+1, all+1
			default:
				all++
			}
		}
	}
	visit(a, b, true)
	visit(b, a, false)
	if all == 0 {
		return 0
	}
	return same / all
}

// headsPage reports whether a row of several texts says the same as one above the body.
func headsPage(p *Profile, above []*Profile) bool {
	return len(p.Cells) > 1 && !slices.Contains(p.Classes, Number) && slices.ContainsFunc(above, func(h *Profile) bool { return SameTexts(h, p) })
}

// markDays takes days in foreign order for what they are.
func markDays(rows []*Profile, col int32) {
	for _, p := range rows {
		for i := range p.Cells {
			if _, _, _, ok := when.NumericParts(p.Cells[i].Text); ok && p.Cells[i].Col == col {
				p.Classes[i] = When
			}
		}
	}
}

// findTextTable finds a table that holds no figures at all: a row of several
// texts, with a row below that fills the same columns.
func findTextTable(rows []*Profile, from int, words *terms.Dictionary) (Outline, bool) {
	for i := from; i < len(rows); i++ {
		p := rows[i]
		j := NextFilled(rows, i+1)
		if len(p.Cells) < 2 || j < 0 || len(rows[j].Cells) < 2 || alike(p, rows[j]) < 0.5 || fills(words, p, rows[i+1:]) {
			continue
		}
		o := Outline{Header: i, End: j, Body: j, Words: words}
		if o.Measure(rows); len(o.Sample) == 1 && !slices.ContainsFunc(p.Cells, func(c grid.Cell) bool { return !words.Unknown(c.Text) }) {
			continue // two rows of which neither names anything
		}
		return o, true
	}
	return Outline{}, false
}

// BegunAnew reports whether a row is the header of another period than h is.
func BegunAnew(h, p *Profile) bool {
	if len(p.Cells) < 3 || len(p.Cells) != len(h.Cells) || p.Cells[0].Text == h.Cells[0].Text || p.Classes[1] == Number {
		return false
	}
	for i := range p.Cells {
		if p.Cells[i].Col != h.Cells[i].Col || i > 0 && p.Cells[i].Text != h.Cells[i].Text {
			return false
		}
	}
	_, ok := when.ReadPeriod(p.Cells[0].Text)
	return ok
}

// SameTexts reports whether two rows say the same, but for the page.
func SameTexts(a, b *Profile) bool {
	if len(a.Cells) != len(b.Cells) {
		return false
	}
	for i := range a.Cells {
		if a.Cells[i].Col != b.Cells[i].Col || a.Cells[i].Text != b.Cells[i].Text && !(terms.IsPage(a.Cells[i].Text) && terms.IsPage(b.Cells[i].Text)) {
			return false
		}
	}
	return true
}

// IsShare reports whether a figure is shown as a percentage.
func IsShare(c *grid.Cell) bool {
	return c.Share || c.Kind == grid.Text && (strings.HasSuffix(c.Text, "%") || strings.HasSuffix(c.Text, "％"))
}
