package intake

import (
	"cmp"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/outline"
	"honne/internal/intake/source"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// nameColumn gives a column its meaning: from memory, from its header, from
// the look of its values. The values have a veto: a header 金額 over texts is
// no amount.
func (t *table) nameColumn(i int, from *finder) {
	c, f := &t.Columns[i], &t.fields[i]
	shape := t.shapeAt(f.col)
	if said, ok := t.stated.Columns[c.At]; ok {
		c.Meaning, c.Confidence, c.Said = said, 1, true
	} else if known, ok := from.reader.memory.Columns[japan.Key(c.Header)]; ok && c.Header != "" {
		c.Meaning, c.Confidence, c.Remembered = t.recalled(known, c.Header, from), 1, true
	} else {
		c.Meaning, c.Confidence = t.headerMeaning(f)
		t.consultShape(c, f, shape)
	}
	if _, _, figure := c.Meaning.Measure(); figure && (c.Said || c.Remembered) && shape != nil && !shape.Figure {
		t.trustHeader(f, c, shape) // a person said that it counts
	}
	if f.unit = t.columnUnit(f); f.unit.Currency != "" && !t.stated.Unit.IsZero() {
		f.unit = t.stated.Unit
	}
	c.Unit = f.unit
	if c.Confidence < terms.Threshold {
		c.Meaning = honne.MeaningUnknown
	}
	if isCode(c.Meaning) || t.codeLike(f, shape, c) {
		f.label, c.Label = true, true
	}
}

// recalled is what a person said of a header in an earlier report. A plain one (数量) that
// was said to be of plans is of stock in a report of another form whose names and titles
// speak of stock.
func (t *table) recalled(known honne.Meaning, header string, from *finder) honne.Meaning {
	series, _, figure := known.Measure()
	own, _ := t.words.Lookup(header)
	said, _, plain := own.Measure()
	told := cmp.Or(t.kindStated(from), t.kindTitled(false), t.words.Kind(from.sheet.Name), t.words.Kind(source.BaseName(from.reader.file.Name)))
	if t.Known > 0 || !figure || series == "" || told == "" || told == series || !plain || said != "" {
		return known
	}
	return own
}

// headerMeaning looks up the whole header, its lowest text, and, where one text
// names the series and another the measure, both together: 計画 over 数量.
func (t *table) headerMeaning(f *field) (honne.Meaning, float64) {
	if len(f.rest) == 0 {
		return honne.MeaningUnknown, 0
	}
	best, sure := t.words.Lookup(strings.Join(f.rest, ""))
	if terms.Names(best) && t.besideChannels(f) {
		return honne.MeaningUnknown, 0
	}
	if sure >= terms.SureHeader && !(terms.WhenMeaning(best) && !f.label) {
		return best, sure
	}
	h := headerWords{best: honne.MeaningUnknown, whole: honne.MeaningUnknown, measure: honne.MeaningUnknown}
	for k, s := range f.rest {
		if k+1 < len(f.rest) && t.issuedAsSales(s, f.rest[k+1]) {
			continue
		}
		if m, c, alone := t.hearHeader(&h, f, k); alone {
			return m, c
		}
	}
	return h.together(slices.ContainsFunc(f.rest, terms.NamesMoney))
}

// headerWords is what the texts of one header say: each with how certain it is.
type headerWords struct {
	best    honne.Meaning // of one text
	sure    float64
	whole   honne.Meaning // of the text that named the series
	sureOf  float64
	series  honne.Series
	measure honne.Meaning // an amount or a quantity of no series
	plain   float64
}

// hearHeader hears the kth text of a header; alone says that its meaning is that of the
// header, whatever the others say.
func (t *table) hearHeader(h *headerWords, f *field, k int) (m honne.Meaning, c float64, alone bool) {
	s := f.rest[k]
	m, c = t.words.Lookup(s)
	if !f.label && c > 0 && t.words.NamesAcross(s) {
		m, c = honne.MeaningUnknown, 0 // 東京支店 over figures
	}
	own, _, figure := m.Measure()
	switch {
	case len(f.rest) > 1 && !f.label && len(s) <= 18 && (m == honne.MCompetitor || c == 0 && t.words.OtherFigure(japan.Key(s))): // 他社 over 販売本数
		return honne.MeaningUnknown, terms.SureHeader, true
	case terms.WhenMeaning(m) && !f.label: // 当月 over figures says when, not what
	case (m == honne.MeaningUnknown || m == honne.MRatio) && c >= terms.SureHeader && !f.label: // 前月残 over 数量, 構成比 below 売上
		return m, c, true
	case (m == honne.MUnitPrice || m == honne.MListPrice) && c >= terms.SureHeader && k > 0 && k == len(f.rest)-1 && !f.label: // 単価 below 数量
		return m, c, true
	case m == honne.MAmount && h.measure == honne.MQuantity && !terms.NamesMoney(s): // 実績 below 数量
	case figure && own != "" && h.series != "" && own != h.series && c > 0 && !f.label: // 前年 below 在庫 is no sale of the year before
		return honne.MeaningUnknown, terms.SureHeader, true
	case c >= h.plain && (m == honne.MAmount || m == honne.MQuantity):
		h.measure, h.plain = m, c
	case figure && own != "" && c > 0:
		h.series, h.whole, h.sureOf = own, m, c
	case c == 0 && !f.label && t.words.Total(beforeUnit(s)) != "": // Q1 Total
		return honne.MTotal, terms.ByShape, true
	case m == honne.MTotal && c > 0:
		return m, c, true
	case c >= h.sure && c > 0:
		h.best, h.sure = m, c
	}
	return m, c, false
}

// together is what the texts mean: the series of one with the measure of another; money
// says that a text names it.
func (h headerWords) together(money bool) (honne.Meaning, float64) {
	switch {
	case h.series != "" && h.plain > 0 && h.measure == honne.MAmount && !money:
		return h.whole, h.sureOf // 実績 below 在庫
	case h.series != "" && h.plain > 0 && h.measure == honne.MAmount:
		return honne.AmountOf(h.series), h.plain
	case h.series != "" && h.plain > 0:
		return honne.QuantityOf(h.series), h.plain
	case h.plain > h.sure || h.plain == h.sure && h.plain > 0:
		return h.measure, h.plain
	case h.sure == 0:
		return h.whole, h.sureOf
	}
	return h.best, h.sure
}

// nameBareCodes gives a column that is called コード and no more the code of the
// name beside it: コード, 商品名; and one of numbers that is called as a name is
// (得意先 over 1001, 1002) the code of that name, where no other column has it.
func (t *table) nameBareCodes() {
	plain, own := t.measures()
	for i := range t.Columns {
		c, f := &t.Columns[i], &t.fields[i]
		code := terms.CodesOf[f.numbered]
		if plain+len(own) == 0 {
			code = "" // what is counted may be hospitals
		}
		if i+1 < len(t.Columns) && code == "" && t.words.SaysCode(c.Header) && len([]rune(c.Header)) <= 4 && !t.otherNumber(c) {
			code = terms.CodesOf[t.Columns[i+1].Meaning]
		}
		if code != "" && c.Meaning == honne.MeaningUnknown && !t.has(code) {
			c.Meaning, c.Confidence, c.Label, f.label = code, terms.PartHeader, true, true
		}
	}
}

// otherNumber reports whether a column is called the number of something else: 郵便番号.
func (t *table) otherNumber(c *honne.Column) bool {
	return c.Confidence >= terms.SureHeader && !slices.Contains(t.book.Words.Code, japan.Key(c.Header))
}

// nameInAll gives a column the meaning of pieces that counts cases and loose ones beside
// it in all: ケース, バラ, 総数.
func (t *table) nameInAll() {
	called := func(words []string) int {
		return slices.IndexFunc(t.Columns, func(c honne.Column) bool { return slices.Contains(words, japan.Trim(c.Header)) })
	}
	i := called(t.book.Words.InAll)
	if i < 0 || t.Columns[i].Meaning != honne.MeaningUnknown || t.Columns[i].Said || t.has(honne.MQuantity) ||
		called(t.book.Words.Packages) < 0 || called(t.book.Words.Loose) < 0 {
		return
	}
	t.Columns[i].Meaning, t.Columns[i].Confidence = honne.MQuantity, terms.PartHeader
}

// consultShape lets the values speak.
func (t *table) consultShape(c *honne.Column, f *field, shape *outline.Shape) {
	if shape == nil {
		return
	}
	_, _, figure := c.Meaning.Measure()
	if figure {
		f.counter = shape.Unit
	}
	switch {
	case figure && !shape.Figure && (shape.Counts > 0 || f.counter != ""):
		t.trustHeader(f, c, shape)
	case figure && !shape.Figure:
		c.Confidence = min(c.Confidence, terms.ShapeAgainst)
		t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, f.col), Severity: honne.SevWarning,
			Raw: c.Header, What: honne.Say("problem.column-of-texts", honne.Text("column", c.At), honne.Word("meaning", "meaning."+string(c.Meaning)))})
	case (terms.Names(c.Meaning) || terms.Groups(c.Meaning) && shape.Large) && shape.Figure && shape.Counts > 0:
		c.Confidence = min(c.Confidence, terms.ShapeAgainst)
		if shape.Even {
			f.numbered = c.Meaning
		}
	case (c.Meaning == honne.MDate || c.Meaning == honne.MPeriod) && shape.Mode == outline.Text && t.periods.date != f.col && !shape.Parts:
		f.unread = c.Meaning == honne.MDate && c.Confidence >= terms.SureHeader && t.periods.only() == 0
		c.Confidence = min(c.Confidence, terms.ShapeAgainst)
	case (terms.Names(c.Meaning) || c.Meaning == honne.MBranch || c.Meaning == honne.MRegion) && slices.Contains(t.periods.cols, f.col):
		c.Meaning, c.Confidence = honne.MPeriod, terms.ByShape
	case c.Meaning == honne.MeaningUnknown && c.Confidence == 0 && shape.Mode == outline.When && shape.Purity > 0.8:
		c.Meaning, c.Confidence = honne.MPeriod, terms.ByShape
		if t.allDays(f.col) {
			c.Meaning = honne.MDate
		}
	}
}

// trustHeader reads a column as figures because its header says so, though most
// of its first cells are texts: each of those is a problem then.
func (t *table) trustHeader(f *field, c *honne.Column, shape *outline.Shape) {
	shape.Figure, shape.Mode, f.label, c.Label = true, outline.Number, false, false
	t.figures++
}

// allDays reports whether the sample's values are single days.
func (t *table) allDays(col int32) bool { return t.shapeAt(col) != nil && t.shapeAt(col).Days }

func isCode(m honne.Meaning) bool {
	switch m {
	case honne.MCustomerCode, honne.MShipToCode, honne.MEndUserCode, honne.MBillToCode, honne.MProductCode,
		honne.MLot, honne.MRep, honne.MRowNumber, honne.MDocument, honne.MPeriod, honne.MDate,
		honne.MCustomerName, honne.MShipToName, honne.MEndUserName, honne.MBillToName, honne.MProductName,
		honne.MProductLine, honne.MRegion, honne.MBranch, honne.MExpiry, honne.MPerson, honne.MDepartment:
		return true
	}
	return false
}

// codeLike reports whether an unknown column of digits numbers things rather
// than counting them: its header says コード, 番号, No or ID, or its values have
// leading zeros.
func (t *table) codeLike(f *field, shape *outline.Shape, c *honne.Column) bool {
	if shape == nil || !shape.Figure || c.Meaning != honne.MeaningUnknown {
		return false
	}
	return shape.Coded || len(f.path) > 0 && t.words.SaysCode(f.path[len(f.path)-1])
}

// columnUnit is the unit written in a column's header, if any.
func (t *table) columnUnit(f *field) honne.Unit {
	if !f.below.IsZero() {
		return f.below
	}
	for i := len(f.path) - 1; i >= 0; i-- {
		if u, ok := terms.UnitCounted(f.path[i]); ok && t.book.Exact[japan.Key(f.path[i])] == "" {
			return u
		}
		if u, _, ok := japan.ParseUnit(f.path[i]); ok && !u.IsZero() && bracketed(f.path[i]) {
			return u
		}
	}
	return honne.Unit{}
}

// bracketed reports whether the header has a place for a unit, in brackets or at
// its end; a bare 本 or 台 in a name is none.
func bracketed(s string) bool {
	_, _, ends := japan.CutUnit(s)
	return ends || japan.WithoutBrackets(s) != japan.Trim(s) || terms.IsUnitLabel(s)
}

// nameCodesByPair takes the names of a column for codes where they are written as codes
// and a column beside it is called as it is, and more: 受注先 over C00100, 受注先名称1.
func (t *table) nameCodesByPair(sample []*outline.Profile) {
	for i := range t.Columns {
		c := &t.Columns[i]
		code := terms.CodesOf[c.Meaning]
		if code == "" || c.Said || c.Remembered || t.has(code) || !t.codesIn(sample, t.fields[i].col) {
			continue
		}
		for k := range t.Columns {
			named := &t.Columns[k]
			rest, longer := strings.CutPrefix(named.Header, c.Header)
			if k == i || !longer || !endsWithName(rest) || named.Meaning != c.Meaning && named.Meaning != honne.MeaningUnknown {
				continue
			}
			named.Meaning, named.Confidence = c.Meaning, terms.PartHeader
			c.Meaning, c.Confidence = code, terms.PartHeader
			break
		}
	}
}

// endsWithName reports whether what follows in a header says that names stand below.
func endsWithName(rest string) bool {
	return slices.Contains([]string{"名", "名称", "名1", "名称1", "テキスト", "略称", "名(漢字)"}, japan.Fold(japan.Trim(rest)))
}

// codesIn reports whether every text of a column is written as a code is.
func (t *table) codesIn(sample []*outline.Profile, col int32) bool {
	n := 0
	for _, p := range sample {
		switch s := japan.Trim(p.Text(col)); {
		case s == "":
		case codeLike(s) || figure.IsDigits(s):
			n++
		default:
			return false
		}
	}
	return n > 0
}
