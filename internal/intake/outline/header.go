package outline

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// Spanned reads a period that stands in three cells behind its label: 期間,
// 2025/10/1, ～, 2025/10/31; or between 自 and 至.
func Spanned(d *terms.Dictionary, p *Profile, k int) (honne.Period, bool) {
	if p, ok := fromTill(p, k); ok {
		return p, true
	}
	if k+2 >= len(p.Cells) || !when.IsTill(p.Cells[k+1].Text) || !Beside(d, p, k) {
		return honne.Period{}, false
	}
	from, to := when.DayOf(&p.Cells[k]), when.DayOf(&p.Cells[k+2])
	return honne.Period{From: from, To: to}, from != 0 && from < to
}

// headsPeriods reports whether a row is made of headers that are known, and of periods:
// 施設名, 品番, 4月, 合計.
func headsPeriods(d *terms.Dictionary, p *Profile) bool {
	known, whens := 0, 0
	for i, c := range p.Cells {
		_, sure := d.Lookup(c.Text)
		switch {
		case p.Classes[i] == When && c.Kind == grid.Text:
			whens++
		case p.Classes[i] != Text || sure < terms.SureHeader:
			return false
		default:
			known++
		}
	}
	return known > 1 && whens > 0
}

func mergedAcross(merges []honne.Range, row, col int32) bool {
	for _, m := range merges {
		if m.From.Row == row && m.From.Col == col && m.To.Col > col {
			return true
		}
	}
	return false
}

// fills reports whether a row is a label of a form and what was filled in, above a header
// of more columns that are known: 氏名, 佐藤.
func fills(d *terms.Dictionary, p *Profile, below []*Profile) bool {
	i := slices.IndexFunc(below, func(h *Profile) bool { return len(h.Cells) > 2 })
	if i < 0 || len(p.Cells) > 2 || !d.Unknown(p.Cells[1].Text) {
		return false
	}
	header := below[i]
	known := 0
	for _, c := range header.Cells {
		if !d.Unknown(c.Text) {
			known++
		}
	}
	return 2*known > len(header.Cells)
}

// namesBelow reports whether a row below the first record is made of known headers, where
// that has figures too.
func (o *Outline) namesBelow(first, p *Profile) bool {
	if p == first || len(p.Cells) < 3 || !AllHeaders(o.Words, p) {
		return false
	}
	for i, c := range first.Cells {
		if first.Classes[i] == Number && p.Class(c.Col) == Text {
			return true
		}
	}
	return false
}

// HeaderBelow is the row of headers right below the rows of a table that has none above, and
// above nothing but a blank row; nil for none.
func (o *Outline) HeaderBelow(rows []*Profile) *Profile {
	if o.Header < o.Body {
		return nil
	}
	for i := o.Body; i < len(rows); i++ {
		p := rows[i]
		switch {
		case p.Empty():
			return nil
		case !o.namesBelow(rows[o.Body], p):
		case i+1 < len(rows) && !rows[i+1].Empty(), len(rows) >= SegmentRows:
			return nil // of the rows below it
		default:
			return p
		}
	}
	return nil
}

// headerTop goes up from the body to the first header row: contiguous filled
// rows, without the titles above them.
func (o *Outline) headerTop(rows []*Profile, merges []honne.Range) int {
	top := o.Body
	for i := o.Body - 1; i >= 0; i-- {
		if rows[i].Empty() {
			if top < o.Body && !covered(merges, rows, i) || i < o.Body-1 {
				break
			}
			continue
		}
		top = i
	}
	for top < o.Body && o.entitles(rows[:o.Body], top, merges) {
		top++
	}
	if !o.namesFigures(rows[top:o.Body]) {
		return o.Body
	}
	return top
}

// headerRows is how many rows of texts alone a header has at most.
const headerRows = 4

// firstOfTexts is the first record among what looks like rows of a header: the row below
// the first, where they are more than a header has, or that one names all columns and counts
// nothing, and the rows below it name none. The body where they are a header.
func (o *Outline) firstOfTexts(rows []*Profile) int {
	var full []int
	for i := o.Header; i < o.Body; i++ {
		if 2*len(rows[i].Cells) > len(o.Cols) && !slices.Contains(rows[i].Classes, Number) {
			full = append(full, i)
		}
	}
	if len(full) > headerRows || len(full) > 1 && full[0] == o.Header && o.namesAlone(rows[o.Header:o.Body]) {
		return full[1]
	}
	return o.Body
}

// namesAlone reports whether the first of some rows is made of headers that are known and
// count nothing, and the others of none.
func (o *Outline) namesAlone(rows []*Profile) bool {
	counts := func(c grid.Cell) bool { return o.Words.Measures(c.Text) }
	if len(rows[0].Cells) < len(o.Cols) || !AllHeaders(o.Words, rows[0]) || slices.ContainsFunc(rows[0].Cells, counts) {
		return false
	}
	known := func(c grid.Cell) bool { return !o.Words.Unknown(c.Text) }
	return !slices.ContainsFunc(rows[1:], func(p *Profile) bool { return p.Class(o.first) == Blank || slices.ContainsFunc(p.Cells, known) })
}

// namesFigures reports whether one of the rows stands over a column of figures, as
// a header does; a table without figures asks for none.
func (o *Outline) namesFigures(rows []*Profile) bool {
	asked := false
	for _, s := range o.Cols {
		asked = asked || s.Figure
		if s.Figure && slices.ContainsFunc(rows, func(p *Profile) bool { return p.Class(s.Col) != Blank }) {
			return true
		}
	}
	return !asked
}

// entitles reports whether the row above the body at index i speaks of the whole
// table rather than of its columns.
func (o *Outline) entitles(rows []*Profile, i int, merges []honne.Range) bool {
	p, width := rows[i], len(o.Cols)
	switch {
	case p.Empty() || p.saysUnit() || keyed(o.Words, p) || saysAbout(o.Words, p) || o.captions(p, rows[i+1:], merges):
		return true
	case o.groups(p, merges), o.namesFirst(p, rows[i+1:]):
		return false
	case p.sparse(width):
		return true
	}
	return saysTitle(o.Words, p, width) || o.headed(p, rows[i+1:])
}

// headed reports whether a row of few cells stands over a header that names the
// table's first column again: a title, with a mark at the far right.
func (o *Outline) headed(p *Profile, below []*Profile) bool {
	if len(p.Cells) > 3 || p.Classes[0] != Text {
		return false
	}
	col := p.Cells[0].Col
	named := slices.ContainsFunc(below, func(h *Profile) bool {
		return h.Class(col) == Text && h.Text(col) != p.Text(col) && len(h.Cells) > 1
	})
	if !named || col > o.first {
		return false
	}
	if len(p.Cells) == 1 || p.Cells[1].Col > o.last {
		return true
	}
	if _, sure := o.Words.Lookup(p.Cells[0].Text); sure > 0 {
		return false
	}
	for _, c := range p.Cells[1:] {
		if _, sure := o.Words.Lookup(c.Text); c.Col < o.last || sure > 0 {
			return false
		}
	}
	return true
}

// covered reports whether a blank row lies under cells merged downwards.
func covered(merges []honne.Range, rows []*Profile, i int) bool {
	n := rows[i].N
	for _, m := range merges {
		if m.From.Row < n && n <= m.To.Row {
			return true
		}
	}
	return false
}

// groups reports whether a row of few cells names groups of columns (数量 over
// its months) rather than the sheet: two or more short texts over figures, a
// period over several, or a cell merged across them.
func (o *Outline) groups(p *Profile, merges []honne.Range) bool {
	over, merged := 0, 0
	for i, c := range p.Cells {
		if len(c.Text) > 60 || terms.IsUnitLabel(c.Text) {
			return false
		}
		if s := o.shape(c.Col); s != nil && s.Figure {
			over++
			if p.Classes[i] == When && c.Col > o.first && o.goesOn(p, c.Col) {
				return true
			}
		}
		if mergedAcross(merges, p.N, c.Col) && c.Col > o.first {
			merged++
		}
	}
	return merged > 0 && len(p.Cells) > 1 || over >= 2 && p.Cells[0].Col > o.first
}

// namesFirst reports whether a row of few cells names the first column, which no row
// below it does, and a group of the columns of figures: 支店, 上期.
func (o *Outline) namesFirst(p *Profile, below []*Profile) bool {
	if len(p.Cells) < 2 || p.Cells[0].Col != o.first || slices.ContainsFunc(below, func(h *Profile) bool { return h.Class(o.first) != Blank }) {
		return false
	}
	m, sure := o.Words.Lookup(p.Cells[0].Text)
	if s := o.shape(o.first); sure < terms.SureHeader || !SortOfNames(m) || s == nil || s.Figure {
		return false
	}
	return !slices.ContainsFunc(p.Cells[1:], func(c grid.Cell) bool {
		s := o.shape(c.Col)
		return s == nil || !s.Figure || len(c.Text) > 60 || terms.IsUnitLabel(c.Text)
	}) && slices.ContainsFunc(p.Cells[1:], func(c grid.Cell) bool { return o.goesOn(p, c.Col) })
}

// goesOn reports whether the column to the right holds figures too and is blank
// in the row: what stands in a column speaks of the next as well.
func (o *Outline) goesOn(p *Profile, col int32) bool {
	s := o.shape(col + 1)
	return s != nil && s.Figure && p.Class(col+1) == Blank
}

// saysMade reports whether a row says beside its title when the report was made: 作成日,
// 2025/07/02. In a header no day stands beside such a word.
func saysMade(d *terms.Dictionary, p *Profile) bool {
	for i := range p.Cells[1:] {
		if p.Classes[i] == Text && p.Classes[i+1] == When && terms.StartsWith(japan.Trim(p.Cells[i].Text), d.Book.Words.Made) {
			return true
		}
	}
	return false
}

// saysTitle reports whether a row of few cells is a title with what stands beside
// it: 在庫一覧表 … 2025年6月30日現在, 売上一覧 … 頁: 1.
func saysTitle(d *terms.Dictionary, p *Profile, width int) bool {
	w := &d.Book.Words
	if len(p.Cells) >= width || len(p.Cells) > 3 && !saysMade(d, p) {
		return false
	}
	for i, c := range p.Cells {
		s := japan.Trim(c.Text)
		if i > 0 && p.Cells[i-1].Col == c.Col-1 && when.PlainNumber(s) && terms.IsPage(japan.Trim(p.Cells[i-1].Text)+s) {
			return true // PAGE:, 1
		}
		if terms.IsPage(s) || terms.EndsWith(s, w.Counted) || terms.EndsWith(s, w.Title) || terms.StartsWith(s, w.Made) {
			return true
		}
	}
	return false
}

// keyed reports whether a row is no more than a label and what it stands for,
// above a table: 対象月 … 2025年4月, 担当： … 佐藤.
func keyed(d *terms.Dictionary, p *Profile) bool {
	if len(p.Cells) < 2 || len(p.Cells) > 4 || p.Classes[0] != Text {
		return false
	}
	label := japan.Trim(p.Cells[0].Text)
	if strings.HasSuffix(label, ":") || strings.HasSuffix(label, "：") || NamesParty(d, p) {
		return true
	}
	return pairs(d, p) || p.Classes[1] == When && d.WhenLabel(label) && (len(p.Cells) == 2 || len(p.Cells) == 4 && p.Classes[3] == When && when.IsTill(p.Cells[2].Text))
}

// pairs reports whether a row is two labels, each with what it stands for in the next
// column, apart from each other, and one of them says when: 対象年月, 2025/10, , 部門, 本社.
func pairs(d *terms.Dictionary, p *Profile) bool {
	if len(p.Cells) != 4 || p.Cells[2].Col <= p.Cells[1].Col+1 {
		return false
	}
	said := false
	for k := 0; k < 4; k += 2 {
		m, sure := d.Lookup(p.Cells[k].Text)
		_, _, figure := m.Measure()
		if p.Classes[k] != Text || p.Cells[k+1].Col != p.Cells[k].Col+1 || sure < terms.SureHeader || figure {
			return false
		}
		said = said || p.Classes[k+1] == When && terms.WhenMeaning(m)
	}
	return said
}

// NamesParty reports whether a row is the label, the code and the name of a party
// to whom the rows below belong: 得意先, 0012, 青葉病院.
func NamesParty(d *terms.Dictionary, p *Profile) bool {
	if len(p.Cells) != 3 || p.Classes[0] != Text || p.Classes[2] != Text || !figure.IsDigits(japan.Trim(p.Cells[1].Text)) {
		return false
	}
	m, sure := d.Lookup(p.Cells[0].Text)
	return sure >= terms.SureHeader && terms.Names(m) && m != honne.MProductName && d.Unknown(p.Cells[2].Text)
}
