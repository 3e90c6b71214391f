package intake

import (
	"slices"
	"strings"
	"unicode/utf8"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// headerTop goes up from the body to the first header row: contiguous filled
// rows, without the titles above them.
func (o *outline) headerTop(rows []*profile, merges []honne.Range) int {
	top := o.body
	for i := o.body - 1; i >= 0; i-- {
		if rows[i].empty() {
			if top < o.body && !covered(merges, rows, i) || i < o.body-1 {
				break
			}
			continue
		}
		top = i
	}
	for top < o.body && o.entitles(rows[:o.body], top, merges) {
		top++
	}
	if !o.namesFigures(rows[top:o.body]) {
		return o.body
	}
	return top
}

// namesFigures reports whether one of the rows stands over a column of figures, as
// a header does; a table without figures asks for none.
func (o *outline) namesFigures(rows []*profile) bool {
	asked := false
	for _, s := range o.cols {
		asked = asked || s.figure
		if s.figure && slices.ContainsFunc(rows, func(p *profile) bool { return p.at(s.col) != blank }) {
			return true
		}
	}
	return !asked
}

// entitles reports whether the row above the body at index i speaks of the whole
// table rather than of its columns.
func (o *outline) entitles(rows []*profile, i int, merges []honne.Range) bool {
	p, width := rows[i], len(o.cols)
	switch {
	case p.empty() || p.saysUnit() || o.words.keyed(p) || o.words.saysAbout(p) || o.captions(p, rows[i+1:], merges):
		return true
	case o.groups(p, merges), o.namesFirst(p, rows[i+1:]):
		return false
	case p.sparse(width):
		return true
	}
	return o.words.saysTitle(p, width) || o.headed(p, rows[i+1:])
}

// headed reports whether a row of few cells stands over a header that names the
// table's first column again: a title, with a mark at the far right.
func (o *outline) headed(p *profile, below []*profile) bool {
	if len(p.Cells) > 3 || p.class[0] != text {
		return false
	}
	col := p.Cells[0].Col
	named := slices.ContainsFunc(below, func(h *profile) bool {
		return h.at(col) == text && h.Text(col) != p.Text(col) && len(h.Cells) > 1
	})
	if !named || col > o.first {
		return false
	}
	if len(p.Cells) == 1 || p.Cells[1].Col > o.last {
		return true
	}
	if _, sure := o.words.lookup(p.Cells[0].Text); sure > 0 {
		return false
	}
	for _, c := range p.Cells[1:] {
		if _, sure := o.words.lookup(c.Text); c.Col < o.last || sure > 0 {
			return false
		}
	}
	return true
}

// covered reports whether a blank row lies under cells merged downwards.
func covered(merges []honne.Range, rows []*profile, i int) bool {
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
func (o *outline) groups(p *profile, merges []honne.Range) bool {
	over, merged := 0, 0
	for i, c := range p.Cells {
		if len(c.Text) > 60 || isUnitLabel(c.Text) {
			return false
		}
		if s := o.shape(c.Col); s != nil && s.figure {
			over++
			if p.class[i] == when && c.Col > o.first && o.goesOn(p, c.Col) {
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
func (o *outline) namesFirst(p *profile, below []*profile) bool {
	if len(p.Cells) < 2 || p.Cells[0].Col != o.first || slices.ContainsFunc(below, func(h *profile) bool { return h.at(o.first) != blank }) {
		return false
	}
	m, sure := o.words.lookup(p.Cells[0].Text)
	if s := o.shape(o.first); sure < sureHeader || !sortOfNames(m) || s == nil || s.figure {
		return false
	}
	return !slices.ContainsFunc(p.Cells[1:], func(c grid.Cell) bool {
		s := o.shape(c.Col)
		return s == nil || !s.figure || len(c.Text) > 60 || isUnitLabel(c.Text)
	}) && slices.ContainsFunc(p.Cells[1:], func(c grid.Cell) bool { return o.goesOn(p, c.Col) })
}

// goesOn reports whether the column to the right holds figures too and is blank
// in the row: what stands in a column speaks of the next as well.
func (o *outline) goesOn(p *profile, col int32) bool {
	s := o.shape(col + 1)
	return s != nil && s.figure && p.at(col+1) == blank
}

// saysTitle reports whether a row of few cells is a title with what stands beside
// it: 在庫一覧表 … 2025年6月30日現在, 売上一覧 … 頁: 1.
func (d *dictionary) saysTitle(p *profile, width int) bool {
	if len(p.Cells) > 3 || len(p.Cells) >= width {
		return false
	}
	w := &d.book.Words
	for i, c := range p.Cells {
		s := japan.Trim(c.Text)
		if i > 0 && p.Cells[i-1].Col == c.Col-1 && plainNumber(s) && isPage(japan.Trim(p.Cells[i-1].Text)+s) {
			return true // PAGE:, 1
		}
		if isPage(s) || endsWith(s, w.Counted) || endsWith(s, w.Title) || startsWith(s, w.Made) {
			return true
		}
	}
	return false
}

// keyed reports whether a row is no more than a label and what it stands for,
// above a table: 対象月 … 2025年4月, 担当： … 佐藤.
func (d *dictionary) keyed(p *profile) bool {
	if len(p.Cells) < 2 || len(p.Cells) > 4 || p.class[0] != text {
		return false
	}
	label := japan.Trim(p.Cells[0].Text)
	if strings.HasSuffix(label, ":") || strings.HasSuffix(label, "：") || d.namesParty(p) {
		return true
	}
	return d.pairs(p) || p.class[1] == when && d.whenLabel(label) && (len(p.Cells) == 2 || len(p.Cells) == 4 && p.class[3] == when && isTill(p.Cells[2].Text))
}

// pairs reports whether a row is two labels, each with what it stands for in the next
// column, apart from each other, and one of them says when: 対象年月, 2025/10, , 部門, 本社.
func (d *dictionary) pairs(p *profile) bool {
	if len(p.Cells) != 4 || p.Cells[2].Col <= p.Cells[1].Col+1 {
		return false
	}
	said := false
	for k := 0; k < 4; k += 2 {
		m, sure := d.lookup(p.Cells[k].Text)
		_, _, figure := m.Measure()
		if p.class[k] != text || p.Cells[k+1].Col != p.Cells[k].Col+1 || sure < sureHeader || figure {
			return false
		}
		said = said || p.class[k+1] == when && whenMeaning(m)
	}
	return said
}

// namesParty reports whether a row is the label, the code and the name of a party
// to whom the rows below belong: 得意先, 0012, 青葉病院.
func (d *dictionary) namesParty(p *profile) bool {
	if len(p.Cells) != 3 || p.class[0] != text || p.class[2] != text || !isDigits(japan.Trim(p.Cells[1].Text)) {
		return false
	}
	m, sure := d.lookup(p.Cells[0].Text)
	return sure >= sureHeader && names(m) && m != honne.MProductName && d.unknown(p.Cells[2].Text)
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// isTill reports whether a cell stands for "to" between two days.
func isTill(s string) bool {
	return slices.Contains([]string{"～", "〜", "~", "-", "－", "―", "から"}, japan.Trim(s))
}

// whenLabel reports whether a label stands before a period or a day.
func (d *dictionary) whenLabel(label string) bool {
	m, sure := d.lookup(label)
	return sure > 0 && whenMeaning(m) || holdsAny(label, d.book.Words.Span) || holdsAny(label, d.book.Words.Made)
}

// titleInCorner takes the title of the table out of the first cell of its header, where
// the lowest row of the header names that column too: 施設別実績（千円） over 施設.
func (t *table) titleInCorner(h *profile) {
	c, low := &h.Cells[0], t.headerRows[len(t.headerRows)-1]
	if h == low || low.at(c.Col) != text || low.Text(c.Col) == c.Text || t.words.kind(c.Text) == "" {
		return
	}
	if m, sure := t.words.lookup(low.Text(c.Col)); sure < sureHeader || m == honne.MeaningUnknown {
		return
	}
	t.corner = japan.Trim(c.Text)
	t.readTitle(h, 0)
}

// lookupTitled is the meaning of a word of a title, without the end that says what kind
// of paper it is (使用本数推移, 売上数量一覧表), and of pieces without what stands before
// them: 店頭販売数.
func (d *dictionary) lookupTitled(word string) (honne.Meaning, float64) {
	m, sure := d.withoutPaper(word)
	for rest := word; sure == 0 && utf8.RuneCountInString(rest) > 3; {
		_, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
		of, known := d.withoutPaper(rest)
		if _, amount, figure := of.Measure(); figure && !amount && known >= sureHeader && strings.Contains(rest, "数") {
			return of, known
		}
	}
	return m, sure
}

func (d *dictionary) withoutPaper(word string) (honne.Meaning, float64) {
	m, sure := d.lookup(word)
	for _, end := range d.book.Words.Title {
		for _, e := range [...]string{end, strings.TrimSuffix(strings.TrimSuffix(end, "表"), "書")} {
			rest, ok := strings.CutSuffix(word, e)
			if of, known := d.lookup(rest); ok && known > 0 && known >= sure {
				m, sure = of, known
			}
		}
	}
	return m, sure
}
