package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// describe makes out what the table is about and what its columns mean: each step rests
// on what those before it found.
func (t *table) describe(f *finder, rows []*outline.Profile, o outline.Outline) {
	t.findTimes(f, rows, o)
	t.nameColumns(f, o.Sample)
	t.settleMeasures(o.Sample)
	t.findParties(f, rows, o.Sample)
	t.findRows(o.Sample)
	t.twice = t.compares()
}

// findTimes reads titles and header, and finds what says when.
func (t *table) findTimes(f *finder, rows []*outline.Profile, o outline.Outline) {
	t.readContext(f)
	t.readBelow(rows[o.Body:])
	if !t.stated.Period.IsZero() {
		t.Period, t.PeriodAt = t.stated.Period, ""
	}
	t.findSlipHead(o.Sample)
	t.readHeader(rows, o)
	t.findSpill(f.source.Format)
	t.periods = newPeriodColumns(t, o.Sample)
	t.periodsAcross(o.Sample)
	t.findMonthsDown(o.Sample)
	t.countAhead()
}

// nameColumns gives each column its meaning, and the table its kind.
func (t *table) nameColumns(f *finder, sample []*outline.Profile) {
	t.recall(f.reader.memory)
	t.readSortsAcross()
	t.heedShown(f.source, sample)
	for i := range t.fields {
		t.nameColumn(i, f)
	}
	t.titleNames()
	t.nameBareCodes()
	t.nameInAll()
	t.nameCodesByPair(sample)
	t.nameBought()
	t.nameRunning(sample)
	t.findBranches(sample)
	t.nameCorner(sample)
	t.markSums(sample)
	t.countTermsAhead()
	t.refuseLonger()
	t.refuseRunning(sample)
	t.namesAcross(sample)
	t.settleKind(f, sample)
}

// settleMeasures decides which columns count, and in which unit.
func (t *table) settleMeasures(sample []*outline.Profile) {
	t.heedMakers(sample)
	t.keepMarket()
	t.findLargest(sample)
	t.linesBySubtotal(sample)
	t.amountByTotal(sample)
	t.heedDocumentTotals(sample)
	t.refuseRecordAmounts(sample)
	t.heedCurrency(sample)
	t.heedRowUnits(sample)
	t.settleFields()
	t.guessWords(sample)
	t.foreseenFrom()
	t.findFlow()
	t.findCounters()
	t.heedPoints(sample)
}

// findParties finds whom the table is about, and whose sorts of lines it tells apart.
func (t *table) findParties(f *finder, rows, sample []*outline.Profile) {
	t.findCustomer(f)
	t.findAbout(f)
	t.findSaid(sample)
	t.findTurns(sample)
	t.readLegend(append(filledRows(f.titles), filledRows(rows)...))
	t.findSets(sample)
}

// findRows finds how rows hang together: what goes on below, what is of what above.
func (t *table) findRows(sample []*outline.Profile) {
	t.carry = t.carried(sample)
	t.findSlip(sample)
	t.tellSeconds(sample)
	t.partCodes(sample)
	t.findHierarchy(sample)
	t.findBranchRows(sample)
	t.findNest()
	t.heedUnread(sample)
}

// nameRunning takes a column without a header that counts its rows for their
// numbers.
func (t *table) nameRunning(sample []*outline.Profile) {
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		if f.label || len(f.path) > 0 || !runs(sample, f.col) {
			continue
		}
		f.label, c.Label, c.Meaning, c.Confidence = true, true, honne.MRowNumber, terms.ByShape
	}
}

// runs reports whether a column counts on from row to row.
func runs(sample []*outline.Profile, col int32) bool {
	last, n := int64(0), 0
	for _, p := range sample {
		c := p.Cell(col)
		if c == nil {
			return false
		}
		v, ok := figure.Of(c)
		if !ok || v.Scale != 0 || n > 0 && v.Coef != last+1 {
			return false
		}
		last, n = v.Coef, n+1
	}
	return n > 2
}

// readHeader makes the columns, each with its path of header texts.
func (t *table) readHeader(rows []*outline.Profile, o outline.Outline) {
	first, last := t.span()
	bottom := int32(0)
	if n := len(t.headerRows); n > 0 {
		bottom = t.headerRows[n-1].N
		for _, m := range t.merges {
			if m.From.Row <= bottom && m.From.Row >= t.headerRows[0].N && m.To.Row > bottom && m.To.Row < rows[o.Body].N {
				bottom = m.To.Row
			}
		}
		t.Header.To.Row = bottom
	}
	for col := first; col <= last; col++ {
		path := t.headerPath(col)
		shape := t.shapeAt(col)
		if len(path) == 0 && shape == nil {
			continue
		}
		header := strings.Join(path, " ")
		path, unit := t.withoutUnit(path, shape)
		label := shape == nil || !shape.Figure || t.saysWhen(path, shape)
		if label {
			path = underPivot(path)
		}
		t.fields = append(t.fields, field{col: col, path: path, rest: path, below: unit, shape: shape, label: label})
		t.Columns = append(t.Columns, honne.Column{At: honne.ColumnName(int(col)), Header: header,
			Meaning: honne.MeaningUnknown, Label: label})
	}
	t.partNames()
}

// withoutUnit takes the unit off the header texts of a column of figures, where it
// has a cell of its own: 金額 over 千円. What is only counted (個) is a unit in a row
// of units.
func (t *table) withoutUnit(path []string, shape *outline.Shape) (names []string, unit honne.Unit) {
	if shape == nil || !shape.Figure || len(path) < 2 {
		return path, unit
	}
	for _, s := range path {
		u, ok := japan.UnitAlone(s)
		if ok = ok && t.words.Unknown(s); ok && (u.Currency != "" || bracketed(s) || t.inUnits(s)) {
			unit = u
		} else {
			names = append(names, s)
		}
	}
	if len(names) == 0 {
		return path, unit
	}
	return names, unit
}

// inUnits reports whether a text stands in a header row that has nothing but units
// over figures.
func (t *table) inUnits(s string) bool {
	return slices.ContainsFunc(t.headerRows, func(h *outline.Profile) bool {
		return slices.ContainsFunc(h.Cells, func(c grid.Cell) bool { return japan.Trim(c.Text) == s }) && t.unitRow(h)
	})
}

func (t *table) unitRow(h *outline.Profile) bool {
	return !slices.ContainsFunc(h.Cells, func(c grid.Cell) bool {
		_, ok := japan.UnitAlone(c.Text)
		s := t.shapeAt(c.Col)
		return !ok && s != nil && s.Figure
	})
}

// saysWhen reports whether a column of numbers says when its rows are: 年, Quarter
// over what may be years, quarters or months.
func (t *table) saysWhen(path []string, shape *outline.Shape) bool {
	m, sure := t.words.Lookup(strings.Join(path, ""))
	return shape.Years && sure > 0 && m == honne.MPeriod
}

// headerPath collects the header texts over a column, from top to bottom. A
// blank takes the text of the cell that is merged over it, or, above the lowest
// row that names the column, the text to its left.
func (t *table) headerPath(col int32) []string {
	var path []string
	lowest := -1
	for i, h := range t.headerRows {
		if h != t.slipHead.header && japan.Trim(headerText(h, col)) != "" {
			lowest = i
		}
	}
	for i, h := range t.headerRows {
		if h == t.slipHead.header {
			continue
		}
		s := japan.Trim(headerText(h, col))
		if s == "" {
			s = t.mergedText(h, col)
		}
		if s == "" && i < lowest && !t.namedAbove(i, col) {
			s = t.leftText(h, col)
		}
		if s == t.corner && i < lowest {
			continue // the title of the whole
		}
		if s != "" && (len(path) == 0 || path[len(path)-1] != s) {
			path = append(path, s)
		}
	}
	return path
}

// headerText is a header cell as its reader sees it: a first of a month stands
// for the month.
func headerText(h *outline.Profile, col int32) string {
	c := h.Cell(col)
	switch {
	case c == nil:
		return ""
	case c.Kind != grid.Date:
		return c.Text
	}
	if _, _, day := c.Date.Civil(); day == 1 {
		return c.Date.Month().String()
	}
	return c.Date.String()
}

// namedAbove reports whether a row above row i already names the column itself.
func (t *table) namedAbove(i int, col int32) bool {
	for _, h := range t.headerRows[:i] {
		if japan.Trim(headerText(h, col)) != "" {
			return true
		}
	}
	return false
}

func (t *table) mergedText(h *outline.Profile, col int32) string {
	for _, m := range t.merges {
		if m.Contains(honne.Cell{Row: h.N, Col: col}) && m.From.Row == h.N {
			return japan.Trim(headerText(h, m.From.Col))
		}
	}
	return ""
}

// leftText is the nearest text to the left in a row of group names, where that
// stands over figures too.
func (t *table) leftText(h *outline.Profile, col int32) string {
	for i := len(h.Cells) - 1; i >= 0; i-- {
		c := h.Cells[i]
		if c.Col >= col {
			continue
		}
		s := t.shapeAt(c.Col)
		if s == nil || !s.Figure {
			return ""
		}
		for _, m := range t.merges {
			if m.From.Row <= h.N && h.N <= m.To.Row && m.From.Col <= c.Col && c.Col <= m.To.Col {
				return "" // a merged cell says itself how far it reaches
			}
		}
		return japan.Trim(c.Text)
	}
	return ""
}

// carried returns the label columns whose blanks continue the text above: a
// column before the last label that begins filled, has blanks, and never
// writes the same text in two rows running. A blank 施設 beside written ones
// is therefore unknown, not the one above.
func (t *table) carried(body []*outline.Profile) []int {
	var out []int
	for i := range t.fields {
		f := &t.fields[i]
		if !f.label || !carries(t.Columns[i].Meaning) {
			continue
		}
		if len(t.storeys) > 0 || t.mergedDown(f.col) || t.goesOnDown(body, f) && t.pairGoesOn(body, i) {
			out = append(out, i)
		}
	}
	return out
}

// goesOnDown reports whether a column is written as one whose blanks continue the text
// above.
func (t *table) goesOnDown(body []*outline.Profile, f *field) bool {
	return t.hierarchical(body, f.col) || len(f.path) > 0 && neverFilled(body, f.col)
}

// pairGoesOn reports whether the code of a party agrees that the name beside it goes on
// in blanks, or the name that its code does: it says the same there as above, or is a
// blank that goes on too.
func (t *table) pairGoesOn(body []*outline.Profile, i int) bool {
	k := t.pairOf(i)
	if k < 0 {
		return true
	}
	other, above, goesOn := &t.fields[k], "", t.goesOnDown(body, &t.fields[k])
	for _, p := range body {
		s := p.Text(other.col)
		if blank := p.Text(t.fields[i].col) == ""; blank && above != "" && s != above && (s != "" || !goesOn) {
			return false
		}
		if s != "" {
			above = s
		}
	}
	return true
}

// pairOf is the index of the column of the codes of the parties that a column names, or of
// the names of those whose codes it holds; −1 for none.
func (t *table) pairOf(i int) int {
	m := t.Columns[i].Meaning
	for name, code := range terms.CodesOf {
		switch {
		case name == honne.MProductName:
		case m == name:
			return t.column(code)
		case m == code:
			return t.column(name)
		}
	}
	return -1
}

func carries(m honne.Meaning) bool {
	switch m {
	case honne.MCustomerCode, honne.MCustomerName, honne.MShipToCode, honne.MShipToName, honne.MEndUserCode,
		honne.MEndUserName, honne.MEndUserType, honne.MRegion, honne.MBranch, honne.MProductCode,
		honne.MProductName, honne.MProductLine, honne.MRep, honne.MeaningUnknown, honne.MDate:
		return true
	}
	return false
}

func (t *table) mergedDown(col int32) bool {
	return slices.ContainsFunc(t.merges, func(m honne.Range) bool {
		return m.From.Col <= col && col <= m.To.Col && m.To.Row > m.From.Row && m.From.Row > t.Header.To.Row
	})
}

// neverFilled reports whether the records leave a column blank that has a header:
// what it says stands in rows of its own.
func neverFilled(body []*outline.Profile, col int32) bool {
	return !slices.ContainsFunc(body, func(p *outline.Profile) bool { return p.Text(col) != "" })
}

// hierarchical reports whether the blanks of a column continue the text above. The first
// row of a printed page, behind its head, says it again.
func (t *table) hierarchical(body []*outline.Profile, col int32) bool {
	above, blanks, rows, last := "", 0, 0, int32(0)
	for _, p := range body {
		next := p.N == last+1
		if last = p.N; p.Empty() {
			continue
		}
		s := p.Text(col)
		switch {
		case rows == 0 && s == "":
			return false
		case s == "":
			blanks++
		case s == above && next:
			return false
		default:
			above = s
		}
		rows++
	}
	return blanks > 0 && col < t.lastLabel()
}

func (t *table) lastLabel() int32 {
	last := int32(0)
	for _, f := range t.fields {
		if f.label {
			last = f.col
		} else if last > 0 {
			break
		}
	}
	return last
}
