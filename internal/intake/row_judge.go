package intake

import (
	"slices"
	"strings"
	"unicode"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
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
		if !f.shape.Figure {
			if c.Kind == grid.Text {
				if w := f.word(t.words, r.N, c); w.Tells(r) || w.Cut && t.Kind == honne.Returns {
					return false
				}
			}
			labels++
		} else if _, ok := f.number(r.N, c); ok || c.Kind != grid.Text && c.Kind != grid.Date {
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
	return filled >= t.least && filled > 1 && (figures > 0 || withheld == 0 && (t.figures == 0 || !t.entitlesNext(outline.ProfileOf(r))))
}

// judge decides what a row is; apart says that rows in doubt stand above it.
func (t *table) judge(p *outline.Profile, apart bool) verdict {
	if p.Empty() {
		return isDoubtful
	}
	t.reclass(p)
	if v := t.judgeHead(p, apart); v != isRecord {
		return v
	}
	figures, strangers, labels, labelled := t.fit(p)
	if v := t.judgeSum(p, figures > 0, labels, labelled); v != isRecord {
		return v
	}
	switch {
	case strangers > figures && (strangers >= 2 || apart && len(p.Cells) > 1) && t.namesColumns(p), apart && figures == 0 && outline.AllHeaders(t.words, p):
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

// judgeHead tells rows that head the table again, or another one; a record is any other.
func (t *table) judgeHead(p *outline.Profile, apart bool) verdict {
	switch {
	case t.isHeader(p):
		return isRepeated
	case t.titled(p), outline.NamesParty(t.words, p):
		return isDoubtful
	case t.anew(p), apart && t.headsOther(p):
		return isForeign
	case t.entitlesNext(p):
		return isDoubtful
	case t.fellApart(&p.Row):
		return isTorn
	}
	return isRecord
}

// judgeSum tells rows that say again, or otherwise, what records say: parts, sums, notes,
// other measures; a record is any other.
func (t *table) judgeSum(p *outline.Profile, figures bool, labels, labelled int) verdict {
	if figures && t.Kind != "" && t.begins() && t.saysPart(p) {
		return isPart
	}
	if figures && t.sets.leaves(&p.Row) {
		t.sets.left.add(p.N, p.Text(t.sets.col))
		return isPart
	}
	if v := t.totalOf(p); v != isRecord && figures {
		return v
	}
	switch {
	case figures && t.starred(p, labels, labelled):
		return isSubtotal
	case figures && t.footnote(p, labels, labelled):
		return isNoted
	case figures && t.coarse(&p.Row):
		return isSubtotal
	case t.goesOnBelow(p):
		return isTotal
	case figures && t.sellsNothing(p):
		return isUnsold
	case figures && labelled > 0 && labelled < labels && t.sumOfGroup(p):
		return isSubtotal
	case figures && t.measureBelowTotal(p):
		return isDerived
	case t.begins() && t.sharesOnly(p), figures && t.Kind != "" && t.addsUpOthers(p):
		return isDerived
	}
	if v := t.sumLike(p); figures {
		return v
	}
	return isRecord
}

// fit counts figures where figures belong, texts where figures belong, and the
// label columns that are nearly always filled.
func (t *table) fit(p *outline.Profile) (figures, strangers, labels, labelled int) {
	for i := range t.cols {
		s := &t.cols[i]
		k := p.Class(s.Col)
		switch {
		case s.Figure && k.Figure(), s.Figure && k == outline.When:
			figures++
		case s.Figure && k == outline.Text:
			strangers++
		case !s.Figure:
			if s.Filled > 0.2 {
				labels++
			}
			if k != outline.Blank {
				labelled++
			}
		}
	}
	return
}

// judgeTexts judges a row without any figure: a record that has none this time,
// or a line of text.
func (t *table) judgeTexts(p *outline.Profile, labelled int) verdict {
	if t.words.Note(p.Cells[0].Text) || t.outside(p) || t.clash(p) || t.countsNames(p) {
		return isDoubtful
	}
	usual := 0
	for i := range t.cols {
		if s := &t.cols[i]; !s.Figure && s.Filled >= 0.8 {
			usual++
		}
	}
	dated := len(t.cols) > 0 && t.cols[0].Mode == outline.When && p.Class(t.cols[0].Col) == outline.When
	if t.mayBeRecord(p) && !t.namesColumns(p) {
		return isRecord // whose figures cannot be read
	}
	first := labelled >= 2 && len(t.cols) > 0 && p.Cells[0].Col == t.cols[0].Col && p.Cells[len(p.Cells)-1].Col > t.cols[0].Col+1
	if usual > 0 && labelled >= max(usual, 2) || dated || first {
		return isRecord
	}
	return isDoubtful
}

// judgeUnlabelled judges figures without any label: a total, or a row of
// formulas that count nothing.
func (t *table) judgeUnlabelled(p *outline.Profile) verdict {
	level, rows := t.sumsOf(p)
	if level >= 0 && rows > 1 {
		t.sums.bare++
		return isSubtotal
	}
	for i := range p.Cells {
		if n, ok := figure.Of(&p.Cells[i]); ok && n.Coef != 0 {
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
func (t *table) countsNames(p *outline.Profile) bool {
	for i := range p.Cells {
		if f := t.fieldAt(p.Cells[i].Col); f != nil && p.Classes[i] == outline.Number && f.label && terms.Names(t.Columns[t.indexOf(f)].Meaning) {
			return true
		}
	}
	return false
}

func (t *table) alwaysLabelled() bool {
	for i := range t.cols {
		if s := &t.cols[i]; !s.Figure && s.Filled >= 0.9 {
			return true
		}
	}
	return false
}

// clash reports whether the first column, always dated or counted, holds a text.
func (t *table) clash(p *outline.Profile) bool {
	if len(t.cols) == 0 {
		return false
	}
	s := &t.cols[0]
	k := p.Class(s.Col)
	return s.Mode != outline.Text && s.Purity >= 0.9 && s.Filled >= 0.9 && (k == outline.Text && !t.words.Ditto(p.Text(s.Col)) || k == outline.Blank && len(p.Cells) < t.least)
}

// lacksDay reports whether a row is a record but for its day, in whose place a text
// stands: 未定. All else that records have is there.
func (t *table) lacksDay(p *outline.Profile) bool {
	if t.cols[0].Mode != outline.When || p.Class(t.cols[0].Col) != outline.Text {
		return false
	}
	for i := range t.cols[1:] {
		s := &t.cols[1+i]
		if k := p.Class(s.Col); s.Figure && !k.Figure() || s.Filled >= 0.9 && k == outline.Blank {
			return false
		}
	}
	return true
}

// outside reports whether most of the row stands beside the table's columns.
func (t *table) outside(p *outline.Profile) bool {
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
func (t *table) namesColumns(p *outline.Profile) bool {
	seen := map[string]bool{}
	names, digits := 0, 0
	for i, c := range p.Cells {
		if s := t.shapeAt(c.Col); s == nil || !s.Figure || p.Classes[i] != outline.Text {
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
func (t *table) totalOf(p *outline.Profile) verdict {
	for i, c := range p.Cells {
		if p.Classes[i] != outline.Text {
			continue
		}
		switch t.words.Total(c.Text) {
		case honne.TotalRow:
			return isTotal
		case honne.SubtotalRow:
			return isSubtotal
		}
		if t.clash(p) && t.words.HoldsTotal(c.Text) {
			return isTotal
		}
	}
	return isRecord
}

// aside says why a row that is no record was left out.
func (t *table) aside(p *outline.Profile, inside bool) honne.Exclusion {
	texts, figures, _ := p.Count()
	switch {
	case p.Empty(), texts == 0 && figures > 0 && t.allZero(p):
		return honne.BlankRow
	case t.words.Note(p.Cells[0].Text), strings.HasPrefix(japan.Trim(p.Cells[0].Text), "("):
		return honne.NoteRow
	case !inside && figures == 0 && len(p.Cells) <= 2 && t.noted(p):
		return honne.NoteRow
	}
	return honne.TitleRow
}

// noted reports whether a note stands in the row above.
func (t *table) noted(p *outline.Profile) bool { return t.lastNote > 0 && t.lastNote == p.N-1 }

func (t *table) allZero(p *outline.Profile) bool {
	for i := range p.Cells {
		if n, ok := figure.Of(&p.Cells[i]); ok && n.Coef != 0 {
			return false
		}
	}
	return true
}

// isHeader reports whether the row says the same as the last header row.
func (t *table) isHeader(p *outline.Profile) bool {
	if len(t.headerRows) == 0 || len(p.Cells) < 2 {
		return false
	}
	for _, h := range t.headerRows {
		if outline.SameTexts(h, p) {
			return true
		}
	}
	return false
}

// anew reports whether a row is the last header row again, of another period in its
// corner: 2025年度, 4月, 5月 below 2024年度, 4月, 5月.
func (t *table) anew(p *outline.Profile) bool {
	n := len(t.headerRows) - 1
	return n >= 0 && (outline.BegunAnew(t.headerRows[n], p) || sameButTime(t.headerRows[n], p) || otherTimes(t.headerRows[n], p))
}

// headsOther reports whether a row without a number names the columns of labels as the
// header does, and others beside them: 品番, 10月, 11月 below 品番, 在庫数.
func (t *table) headsOther(p *outline.Profile) bool {
	n, same := len(t.headerRows)-1, 0
	if n < 0 || slices.Contains(p.Classes, outline.Number) {
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

// titled reports whether the same text stands above the table's header.
func (t *table) titled(p *outline.Profile) bool {
	for _, title := range t.titleRows {
		if outline.SameTexts(title, p) {
			return true
		}
	}
	return false
}
