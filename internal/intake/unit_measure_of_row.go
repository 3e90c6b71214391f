package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// rowMeasure is what a row itself says that it counts; zero where no row says so,
// or this one counts nothing that is kept.
type rowMeasure struct {
	series honne.Series
	amount bool
}

// noMeasure is that of a ratio, a difference and the like: no group has it.
var noMeasure = rowMeasure{series: "none"}

// ofColumn is the series of a row that counts what its columns say: 実績・見込 below
// months of which each says which of the two it is.
const ofColumn honne.Series = "column"

// findSaid looks for a column in which each row says what it counts: 計画, 実績,
// 前年, 達成率 below each other, or 数量 and 金額, the months across; or for a title
// that says so of the rows of each record.
func (t *table) findSaid(sample []*outline.Profile) {
	if t.Kind == "" || len(t.storeys) > 0 || t.has(honne.MValue) {
		return
	}
	for i := range t.fields {
		f := &t.fields[i]
		if !f.label || f.shape == nil || f.shape.Mode != outline.Text {
			continue
		}
		if said := t.measuresIn(sample, f.col); len(said) >= 2 && !t.entersOnly(said) {
			t.saidAt, t.said = f.col, said
			t.Columns[i].Meaning, t.Columns[i].Confidence = honne.MMeasureName, terms.ByShape
			t.withdrawAssumed()
			t.settlePlain()
			return
		}
	}
	if t.saidByUnit(sample) {
		return
	}
	if t.Layout == honne.Crosstab && t.unsaidStoreys(sample) {
		t.refuseStoreys("")
	}
	t.findRepeats(sample)
}

// unsaidStoreys reports whether each record has as many rows as another, of which
// only the first says a name, and nothing says what the others count.
func (t *table) unsaidStoreys(sample []*outline.Profile) bool {
	labels := 0
	for i := range t.fields {
		if f := &t.fields[i]; f.label && f.shape != nil {
			labels++
		}
	}
	if labels != 1 || t.cols[0].Figure {
		return false
	}
	last, step := -1, 0
	for i, p := range sample {
		if p.Text(t.cols[0].Col) == "" {
			continue
		}
		if last >= 0 && step > 0 && i-last != step || last < 0 && i > 0 {
			return false
		}
		if last >= 0 {
			step = i - last
		}
		last = i
	}
	return step > 1 && len(sample) >= 2*step
}

// refuseStoreys leaves a table unused whose records have rows of different
// measures that are not understood.
func (t *table) refuseStoreys(raw string) {
	t.Kind, t.storeys = "", nil
	for i := range t.fields {
		t.fields[i].measure = false
	}
	t.stats.problems = append(t.stats.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet}, Severity: honne.SevWarning, Raw: clip(raw),
		What: honne.Say("problem.two-storeys")})
}

// kindOfRows is what a table is about whose rows say what they count, months
// across: 計画 and 実績 are of sales.
func (t *table) kindOfRows(sample []*outline.Profile) honne.Series {
	if t.Layout != honne.Crosstab || !t.named() && !t.sellsByRows(sample) {
		return ""
	}
	for i := range t.fields {
		f := &t.fields[i]
		if !f.label || f.shape == nil || f.shape.Mode != outline.Text {
			continue
		}
		said := t.measuresIn(sample, f.col)
		if len(said) < 2 {
			continue
		}
		for _, rm := range said {
			switch rm.series {
			case "", honne.Plan, honne.PriorYear, honne.ToDate, honne.Forecast:
				return honne.Sales
			}
		}
		return said[0].series
	}
	return ""
}

// sellsByRows reports whether the rows of a table that is called 項目 say by themselves
// that they are of goods that are sold: 売上高 beside 販売数量 or 在庫数量. Without pieces
// they may be of the whole company.
func (t *table) sellsByRows(sample []*outline.Profile) bool {
	i := t.column(honne.MMeasureName)
	if i < 0 {
		return false
	}
	sells, pieces := false, false
	for _, p := range sample {
		s := japan.Trim(p.Text(t.fields[i].col))
		m, sure := t.words.Lookup(s)
		_, amount, figure := m.Measure()
		if sure >= terms.SureHeader && figure {
			sells = sells || (m == honne.MAmount || m == honne.MQuantity) && t.words.Kind(s) == honne.Sales
			pieces = pieces || !amount
		}
	}
	return sells && pieces
}

// settlePlain takes figures whose column says only of when they are (当月) for
// what their rows say.
func (t *table) settlePlain() {
	for i := range t.fields {
		c, f := &t.Columns[i], &t.fields[i]
		_, sure := t.words.Lookup(strings.Join(f.path, ""))
		if f.label || f.measure || c.Meaning != honne.MeaningUnknown || sure == 0 {
			continue
		}
		if m, _ := t.words.Lookup(strings.Join(f.path, "")); terms.WhenMeaning(m) {
			c.Meaning, c.Confidence = honne.AmountOf(t.Kind), terms.ByShape
			t.settleField(i)
		}
	}
}

// measuresIn returns the measures that the texts of a column name; none when most
// of them are no words of measures.
func (t *table) measuresIn(sample []*outline.Profile, col int32) []rowMeasure {
	var said []rowMeasure
	strange := map[string]bool{}
	t.labelUnits = nil
	for _, p := range sample {
		s := japan.Trim(p.Text(col))
		if s == "" {
			continue
		}
		m, sure := t.words.Lookup(s)
		if sure == 0 {
			strange[s] = true
		}
		if rm := t.measureNamed(m, s); rm != noMeasure && !slices.Contains(said, rm) {
			said = append(said, rm)
		}
	}
	if len(strange) >= len(said) {
		return nil
	}
	return said
}

// measureNamed is the measure of a row that is called s.
func (t *table) measureNamed(m honne.Meaning, s string) rowMeasure {
	if t.rowUnits != nil {
		u, _ := japan.UnitAlone(s)
		rm := rowMeasure{t.Kind, u.Currency != ""}
		if t.rowUnits[rm] != u {
			return noMeasure
		}
		return rm
	}
	series, amount, ok := m.Measure()
	if !ok {
		return noMeasure
	}
	if t.words.ActualOrNot(s) {
		return rowMeasure{ofColumn, amount && !t.piecesOnly(s)}
	}
	amount = amount && !t.piecesOnly(s)
	if series == "" {
		series = t.plainSeries(&field{rest: []string{s}})
	}
	rm := rowMeasure{series, amount}
	if !t.inUnitSaid(rm, s) {
		return noMeasure
	}
	return rm
}

// measureOf is the measure that a row says, zero where no row of the table does.
func (w *lineWriter) measureOf(r *grid.Row) rowMeasure {
	t := w.table
	switch {
	case len(t.storeys) > 0:
		return w.storeyOf(r)
	case t.saidAt == 0:
		return rowMeasure{}
	}
	return w.counted(japan.Trim(r.Text(t.saidAt)))
}

// counted is the measure of a row that is called s.
func (w *lineWriter) counted(s string) rowMeasure {
	t := w.table
	rm, known := w.counts[s]
	if !known {
		m, _ := t.words.Lookup(s)
		rm = t.measureNamed(m, s)
		if !slices.Contains(t.said, rm) {
			rm = noMeasure
		}
		w.counts[strings.Clone(s)] = rm
	}
	return rm
}

// storeyOf tells the rows of a record apart: its first row says a name, the
// others none or the same.
func (w *lineWriter) storeyOf(r *grid.Row) rowMeasure {
	t := w.table
	name := japan.Trim(r.Text(t.cols[0].Col))
	if name != "" && !t.words.Ditto(name) && (name != w.above || w.storey+1 >= len(t.storeys)) {
		w.storey, w.above = 0, strings.Clone(name)
	} else if w.storey++; w.storey >= len(t.storeys) {
		return noMeasure // more rows than the title speaks of
	}
	return t.storeys[w.storey].rowMeasure
}

// bySaid repeats the groups for each measure that the rows name.
func (t *table) bySaid(groups []group) []group {
	said := slices.Clone(t.said)
	for _, s := range t.storeys {
		said = append(said, s.rowMeasure)
	}
	if len(said) == 0 {
		return groups
	}
	slices.SortStableFunc(said, func(a, b rowMeasure) int {
		return slices.Index(honne.AllSeries, a.series) - slices.Index(honne.AllSeries, b.series)
	})
	var out []group
	for _, rm := range said {
		for _, g := range groups {
			if g.counts() && t.both(rm, g.qty) == t.both(rm, g.amt) {
				g.series, g.said = t.both(rm, g.qty), rm
				out = append(out, g)
				continue
			}
			for _, i := range [...]int{g.qty, g.amt} {
				if i < 0 {
					continue
				}
				g.series, g.said = t.both(rm, i), rm
				g.qty, g.amt = i, -1
				if rm.amount {
					g.qty, g.amt = -1, i
				}
				if g.unit = t.saidUnit(rm, &t.fields[i]); g.series != "" {
					out = append(out, g)
				}
			}
		}
	}
	return out
}

// saidUnit is the unit of what a row says: that of its storey, that of the column
// where it suits, else one.
func (t *table) saidUnit(rm rowMeasure, f *field) honne.Unit {
	if u, ok := t.rowUnits[rm]; ok {
		return u
	}
	for _, s := range t.storeys {
		if s.rowMeasure == rm && !s.unit.IsZero() && (s.unit.Currency != "") == rm.amount {
			return s.unit
		}
	}
	if u, ok := t.labelUnits[rm]; ok {
		return u
	}
	switch u := t.unitFor(rm.amount); {
	case rm.amount == (f.unit.Currency != "") && !f.unit.IsZero():
		return f.unit
	case !u.IsZero():
		return u
	case rm.amount:
		return honne.Unit{Scale: 1, Currency: t.currency}
	}
	return honne.Unit{Scale: 1}
}

// mixed reports whether the rows of the table count different things.
func (t *table) mixed() bool { return len(t.said) > 0 || len(t.storeys) > 0 }

// goesOnBelow reports whether the row belongs to the total in the row above: of
// a table whose rows count different things it names nothing else.
func (t *table) goesOnBelow(p *outline.Profile) bool {
	if !t.mixed() || t.totalAt == 0 || p.N != t.totalAt+1 {
		return false
	}
	for i, c := range p.Cells {
		if s := t.shapeAt(c.Col); p.Classes[i] == outline.Text && s != nil && !s.Figure && c.Col != t.saidAt {
			return false
		}
	}
	return true
}

// both is the series of a row under a column: what the column says of plain
// sales (計画, 前年, 累計), else that of the row; "" for two that do not go together.
func (t *table) both(rm rowMeasure, i int) honne.Series {
	own, _, _ := t.Columns[i].Meaning.Measure()
	switch {
	case rm.series == ofColumn:
		return t.fields[i].series
	case own == "" || own == t.Kind || own == rm.series:
		return rm.series
	case rm.series == honne.Sales:
		return own
	}
	return ""
}

// storey is one of the rows that make a record.
type storey struct {
	rowMeasure
	unit honne.Unit
}

// findStoreys reads what a title, or the header, says of the two rows of each
// record: 上段：数量（個）　下段：金額（千円）. A table of which it cannot be read has a
// problem, and is not used.
func (t *table) findStoreys(texts []string) {
	for _, s := range texts {
		s = japan.Fold(s)
		upper, at := cutAny(s, t.book.Words.Upper)
		lower, to := cutAny(s, t.book.Words.Lower)
		if at < 0 || to < 0 {
			continue
		}
		if at < to {
			upper = upper[:strings.Index(upper, s[to:])]
		} else {
			lower = lower[:strings.Index(lower, s[at:])]
		}
		t.storeys = []storey{t.storeyNamed(upper), t.storeyNamed(lower)}
		if t.storeys[0].rowMeasure != noMeasure && t.storeys[1].rowMeasure != noMeasure && t.storeys[0].rowMeasure != t.storeys[1].rowMeasure {
			return
		}
		t.refuseStoreys(s)
		return
	}
}

// cutAny returns what stands behind the first of the words in a text, and where
// the word stands; −1 when none does.
func cutAny(s string, words []string) (behind string, at int) {
	for _, w := range words {
		if i := strings.Index(s, w); i >= 0 {
			return s[i+len(w):], i
		}
	}
	return "", -1
}

func (t *table) storeyNamed(s string) storey {
	unit, _, _ := japan.ParseUnit(s)
	name := strings.TrimLeft(s, ":=- は")
	if end := strings.IndexAny(name, " ,/;(["); end >= 0 {
		name = name[:end]
	}
	name = strings.TrimRight(name, "、・／)）]】段。")
	m, _ := t.words.Lookup(name)
	return storey{t.measureNamed(m, name), unit}
}
