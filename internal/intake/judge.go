package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// verdict is what a row is to the open table.
type verdict uint8

const (
	isDoubtful verdict = iota // blank, a text of its own: the next rows decide
	isRecord
	isTotal
	isSubtotal
	isRepeated // the header again, as on each printed page
	isForeign  // the header of another table
	isClaimed  // a sum by its figures; the total decides
	isDerived  // a ratio, a difference: nothing that is kept
	isPart     // of the row above
	isUnsold   // lent, given away, a charge
	isTorn     // its figures fell apart
	isNoted    // a note that holds figures
)

func (v verdict) exclusion() honne.Exclusion {
	return map[verdict]honne.Exclusion{isTotal: honne.TotalRow, isSubtotal: honne.SubtotalRow, isRepeated: honne.RepeatedRow,
		isDerived: honne.DerivedRow, isPart: honne.PartRow, isUnsold: honne.UnsoldRow, isTorn: honne.TornRow, isNoted: honne.NoteRow}[v]
}

// sure reports, without copying the row, that it is an ordinary record: every
// figure is a number or withheld, and no total or note is written in a label.
func (t *table) sure(r *grid.Row) bool {
	labels, figures, withheld := 0, 0, 0
	if len(t.stated.Sorts) > 0 && t.saidUnsold(r) || t.spills(r) || t.sets.leaves(r) {
		return false
	}
	if t.totalAt > 0 && r.N == t.totalAt+1 && t.mixed() || t.coarse(r) {
		return false
	}
	for i := range r.Cells {
		c := &r.Cells[i]
		f := t.fieldAt(c.Col)
		if f == nil || f.shape == nil || c.Kind == grid.Blank || c.Text == "" {
			continue
		}
		if !f.shape.figure {
			if c.Kind == grid.Text {
				if w := f.word(t.words, r.N, c); w.tells(r) || w.cut && t.Kind == honne.Returns {
					return false
				}
			}
			labels++
		} else if _, ok := f.number(r.N, c); ok || c.Kind != grid.Text {
			figures++
		} else if i > 0 && japan.Masked(c.Text) {
			withheld++
		} else {
			return false
		}
	}
	if labels == 0 && t.figures < len(t.cols) {
		return false // figures without any label may be a sum
	}
	filled := labels + figures + withheld
	return filled >= t.least && filled > 1 && (figures > 0 || withheld == 0)
}

// judge decides what a row is; apart says that rows in doubt stand above it.
func (t *table) judge(p *profile, apart bool) verdict {
	if p.empty() {
		return isDoubtful
	}
	t.reclass(p)
	switch {
	case t.isHeader(p):
		return isRepeated
	case t.titled(p), t.words.namesParty(p):
		return isDoubtful
	case t.anew(p), apart && t.headsOther(p):
		return isForeign
	case t.fellApart(&p.Row):
		return isTorn
	}
	figures, strangers, labels, labelled := t.fit(p)
	if t.Kind != "" && figures > 0 && t.begins() && t.saysPart(p) {
		return isPart
	}
	if figures > 0 && t.sets.leaves(&p.Row) {
		t.sets.left.add(p.N, p.Text(t.sets.col))
		return isPart
	}
	if v := t.totalOf(p); v != isRecord && figures > 0 {
		return v
	}
	if figures > 0 && t.starred(p, labels, labelled) {
		return isSubtotal
	}
	if figures > 0 && t.footnote(p, labels, labelled) {
		return isNoted
	}
	if figures > 0 && t.coarse(&p.Row) {
		return isSubtotal
	}
	if t.goesOnBelow(p) {
		return isTotal
	}
	if figures > 0 && t.sellsNothing(p) {
		return isUnsold
	}
	if figures > 0 && labelled > 0 && labelled < labels && t.sumOfGroup(p) {
		return isSubtotal
	}
	if figures > 0 && t.measureBelowTotal(p) {
		return isDerived
	}
	if t.begins() && t.sharesOnly(p) || figures > 0 && t.Kind != "" && t.addsUpOthers(p) {
		return isDerived
	}
	if v := t.sumLike(p); v != isRecord && figures > 0 {
		return v
	}
	switch {
	case strangers > figures && (strangers >= 2 || apart && len(p.Cells) > 1) && t.namesColumns(p), apart && figures == 0 && t.words.allHeaders(p):
		return isForeign
	case figures == 0 && t.figures > 0:
		return t.judgeTexts(p, labelled)
	case labels > 0 && labelled == 0:
		return t.judgeUnlabelled(p)
	case t.outside(p) && figures == 0:
		return isDoubtful
	case t.clash(p) && !t.lacksDay(p):
		return isDoubtful
	case t.figures == 0 && (len(p.Cells) < t.least || t.outside(p)):
		return isDoubtful
	}
	return isRecord
}

// fit counts figures where figures belong, texts where figures belong, and the
// label columns that are nearly always filled.
func (t *table) fit(p *profile) (figures, strangers, labels, labelled int) {
	for i := range t.cols {
		s := &t.cols[i]
		k := p.at(s.col)
		switch {
		case s.figure && k.figure(), s.figure && k == when:
			figures++
		case s.figure && k == text:
			strangers++
		case !s.figure:
			if s.filled > 0.2 {
				labels++
			}
			if k != blank {
				labelled++
			}
		}
	}
	return
}

// judgeTexts judges a row without any figure: a record that has none this time,
// or a line of text.
func (t *table) judgeTexts(p *profile, labelled int) verdict {
	if t.words.note(p.Cells[0].Text) || t.outside(p) || t.clash(p) || t.countsNames(p) {
		return isDoubtful
	}
	usual := 0
	for i := range t.cols {
		if s := &t.cols[i]; !s.figure && s.filled >= 0.8 {
			usual++
		}
	}
	dated := len(t.cols) > 0 && t.cols[0].mode == when && p.at(t.cols[0].col) == when
	if t.mayBeRecord(p) && !t.namesColumns(p) {
		return isRecord // whose figures cannot be read
	}
	first := labelled >= 2 && len(t.cols) > 0 && p.Cells[0].Col == t.cols[0].col && p.Cells[len(p.Cells)-1].Col > t.cols[0].col+1
	if usual > 0 && labelled >= max(usual, 2) || dated || first {
		return isRecord
	}
	return isDoubtful
}

// judgeUnlabelled judges figures without any label: a total, or a row of
// formulas that count nothing.
func (t *table) judgeUnlabelled(p *profile) verdict {
	level, rows := t.sumsOf(p)
	if level >= 0 && rows > 1 {
		t.sums.bare++
		return isSubtotal
	}
	for i := range p.Cells {
		if n, ok := figureOf(&p.Cells[i]); ok && n.Coef != 0 {
			if t.alwaysLabelled() {
				return isTotal
			}
			if level >= 0 {
				return isClaimed
			}
			return isRecord
		}
	}
	return isDoubtful
}

// countsNames reports whether a number stands in a column of names.
func (t *table) countsNames(p *profile) bool {
	for i := range p.Cells {
		if f := t.fieldAt(p.Cells[i].Col); f != nil && p.class[i] == number && f.label && names(t.Columns[t.indexOf(f)].Meaning) {
			return true
		}
	}
	return false
}

func (t *table) alwaysLabelled() bool {
	for i := range t.cols {
		if s := &t.cols[i]; !s.figure && s.filled >= 0.9 {
			return true
		}
	}
	return false
}

// clash reports whether the first column, always dated or counted, holds a text.
func (t *table) clash(p *profile) bool {
	if len(t.cols) == 0 {
		return false
	}
	s := &t.cols[0]
	k := p.at(s.col)
	return s.mode != text && s.purity >= 0.9 && s.filled >= 0.9 && (k == text && !t.words.ditto(p.Text(s.col)) || k == blank && len(p.Cells) < t.least)
}

// lacksDay reports whether a row is a record but for its day, in whose place a text
// stands: 未定. All else that records have is there.
func (t *table) lacksDay(p *profile) bool {
	if t.cols[0].mode != when || p.at(t.cols[0].col) != text {
		return false
	}
	for i := range t.cols[1:] {
		s := &t.cols[1+i]
		if k := p.at(s.col); s.figure && !k.figure() || s.filled >= 0.9 && k == blank {
			return false
		}
	}
	return true
}

// outside reports whether most of the row stands beside the table's columns.
func (t *table) outside(p *profile) bool {
	out := 0
	for _, c := range p.Cells {
		if t.shapeAt(c.Col) == nil {
			out++
		}
	}
	return 2*out > len(p.Cells)
}

// namesColumns reports whether the texts that stand where figures belong look
// like the header of another table: they differ from each other, and hold no
// digits as a mistyped figure does.
func (t *table) namesColumns(p *profile) bool {
	seen := map[string]bool{}
	names, digits := 0, 0
	for i, c := range p.Cells {
		if s := t.shapeAt(c.Col); s == nil || !s.figure || p.class[i] != text {
			continue
		}
		names++
		seen[c.Text] = true
		if strings.ContainsFunc(c.Text, unicode.IsDigit) {
			digits++
		}
	}
	return 2*digits <= names && 2*len(seen) > names
}

// totalOf looks for a total or subtotal in the row's texts.
func (t *table) totalOf(p *profile) verdict {
	for i, c := range p.Cells {
		if p.class[i] != text {
			continue
		}
		switch t.words.total(c.Text) {
		case honne.TotalRow:
			return isTotal
		case honne.SubtotalRow:
			return isSubtotal
		}
		if t.clash(p) && t.words.holdsTotal(c.Text) {
			return isTotal
		}
	}
	return isRecord
}

// aside says why a row that is no record was left out.
func (t *table) aside(p *profile, inside bool) honne.Exclusion {
	texts, figures, _ := p.count()
	switch {
	case p.empty(), texts == 0 && figures > 0 && t.allZero(p):
		return honne.BlankRow
	case t.words.note(p.Cells[0].Text), strings.HasPrefix(japan.Trim(p.Cells[0].Text), "("):
		return honne.NoteRow
	case !inside && figures == 0 && len(p.Cells) <= 2 && t.noted(p):
		return honne.NoteRow
	}
	return honne.TitleRow
}

// noted reports whether a note stands in the row above.
func (t *table) noted(p *profile) bool { return t.lastNote > 0 && t.lastNote == p.N-1 }

func (t *table) allZero(p *profile) bool {
	for i := range p.Cells {
		if n, ok := figureOf(&p.Cells[i]); ok && n.Coef != 0 {
			return false
		}
	}
	return true
}

// isHeader reports whether the row says the same as the last header row.
func (t *table) isHeader(p *profile) bool {
	if len(t.headerRows) == 0 || len(p.Cells) < 2 {
		return false
	}
	for _, h := range t.headerRows {
		if sameTexts(h, p) {
			return true
		}
	}
	return false
}

// anew reports whether a row is the last header row again, of another period in its
// corner: 2025年度, 4月, 5月 below 2024年度, 4月, 5月.
func (t *table) anew(p *profile) bool {
	n := len(t.headerRows) - 1
	return n >= 0 && begunAnew(t.headerRows[n], p)
}

// headsOther reports whether a row without a number names the columns of labels as the
// header does, and others beside them: 品番, 10月, 11月 below 品番, 在庫数.
func (t *table) headsOther(p *profile) bool {
	n, same := len(t.headerRows)-1, 0
	if n < 0 || slices.Contains(p.class, number) {
		return false
	}
	for i := range t.fields {
		f := &t.fields[i]
		name := t.headerRows[n].Text(f.col)
		if !f.label || name == "" {
			continue
		}
		if p.Text(f.col) != name {
			return false
		}
		same++
	}
	return same > 0 && len(p.Cells) > same
}

// begunAnew reports whether a row is the header of another period than h is.
func begunAnew(h, p *profile) bool {
	if len(p.Cells) < 3 || len(p.Cells) != len(h.Cells) || p.Cells[0].Text == h.Cells[0].Text || p.class[1] == number {
		return false
	}
	for i := range p.Cells {
		if p.Cells[i].Col != h.Cells[i].Col || i > 0 && p.Cells[i].Text != h.Cells[i].Text {
			return false
		}
	}
	_, ok := readPeriod(p.Cells[0].Text)
	return ok
}

// sameTexts reports whether two rows say the same, but for the page.
func sameTexts(a, b *profile) bool {
	if len(a.Cells) != len(b.Cells) {
		return false
	}
	for i := range a.Cells {
		if a.Cells[i].Col != b.Cells[i].Col || a.Cells[i].Text != b.Cells[i].Text && !(isPage(a.Cells[i].Text) && isPage(b.Cells[i].Text)) {
			return false
		}
	}
	return true
}

// titled reports whether the same text stands above the table's header.
func (t *table) titled(p *profile) bool {
	for _, title := range t.titleRows {
		if sameTexts(title, p) {
			return true
		}
	}
	return false
}

var pageMark = regexp.MustCompile(`(?i)^(頁|ページ|page|p\.|no\.)?[:： ]*[0-9]+ *(/ *[0-9]+)? *(頁|ページ)?$`)

// isPage reports whether a text counts printed pages: 頁: 2, 2/5, Page 3.
func isPage(s string) bool {
	return len(s) <= 30 && !plainNumber(s) && pageMark.MatchString(japan.Trim(s))
}
