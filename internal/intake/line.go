package intake

import (
	"cmp"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// lineWriter makes lines of data rows. It lives for one pass.
type lineWriter struct {
	reader *reader
	emit   func(*group) bool // takes line, a line of the group; false stops the pass

	table  *table
	base   honne.Line // what the row says in words, of each of its lines
	line   honne.Line // the line that is being made
	groups []group
	labels []label
	unitAt int32 // the column that says the unit, 0 when there is none
	nameAt int32 // the column that says the measure of a value
	units  map[string]honne.Unit
	said   map[string]rowMeasure // by the texts that rows say
	storey int                   // of the last row, in a table of several rows a record
	above  string                // the name of its record

	nameless [honne.Roles]bool // the party's name is a mark for no name
}

// group is the columns that make one line of a row: amount and quantity of one
// series, period and product.
type group struct {
	series  honne.Series
	period  honne.Period
	product *honne.Product
	party   *honne.Party // that stands across, in the role of the table
	region  string       // that stands across
	said    rowMeasure   // that the row must say for this group; zero where none does
	unit    honne.Unit   // of what the row says
	qty     int          // index of Columns, −1 for none
	amt     int          // likewise
	part    int32        // −1 where the table is only a check of the series
	tally   *seriesTally
}

// label is a column of words that a line keeps.
type label struct {
	field   *field
	carried bool // a blank continues the text above
	put     func(l *honne.Line, said *word, c *grid.Cell)
}

// row makes the lines of a data row; false stops the pass.
func (w *lineWriter) row(t *table, r *grid.Row) bool {
	if t.Kind == "" || t.Check {
		return true
	}
	if w.table != t {
		w.enter(t)
	}
	return w.build(r)
}

func (w *lineWriter) enter(t *table) {
	w.table, w.groups, w.labels = t, t.groups(), nil
	w.said, w.storey, w.above = map[string]rowMeasure{}, 0, ""
	kept := map[honne.Meaning]int{}
	w.unitAt, w.nameAt = t.columnOf(honne.MUnitName), t.columnOf(honne.MMeasureName)
	if w.units == nil {
		w.units = map[string]honne.Unit{}
	}
	for i := range t.fields {
		if !t.fields[i].label {
			continue
		}
		m := t.Columns[i].Meaning
		put := w.keeper(m)
		if put == nil {
			continue
		}
		l := label{field: &t.fields[i], carried: slices.Contains(t.carry, i), put: put}
		if k, twice := kept[m]; !twice {
			kept[m] = len(w.labels)
			w.labels = append(w.labels, l)
		} else if isTradeCode(w.labels[k].field) {
			w.labels[k] = l // 品番 before the JAN beside it
		}
	}
}

// isTradeCode reports whether a column holds the trade's number of an article
// (JAN, GTIN) rather than the maker's.
func isTradeCode(f *field) bool {
	header := japan.Key(strings.Join(f.path, ""))
	return strings.Contains(header, "jan") || strings.Contains(header, "gtin") || strings.Contains(header, "ean")
}

// columnOf returns the number of the first column of a meaning, 0 for none.
func (t *table) columnOf(m honne.Meaning) int32 {
	if i := t.column(m); i >= 0 {
		return t.fields[i].col
	}
	return 0
}

// groups lists the lines that a row of the table may give.
func (t *table) groups() []group {
	type subject struct {
		series  honne.Series
		period  honne.Period
		product honne.Product
		party   honne.Party
		region  string
	}
	var out []group
	known := map[subject]int{}
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		if !f.measure {
			continue
		}
		of := subject{f.series, c.Period, valueOf(c.Product), valueOf(c.Customer), c.Region}
		k, ok := known[of]
		if !ok {
			k = len(out)
			known[of] = k
			out = append(out, group{series: f.series, period: c.Period, product: c.Product, party: c.Customer, region: c.Region, qty: -1, amt: -1, part: -1})
		}
		if f.amount || c.Meaning == honne.MValue {
			out[k].amt = i
		} else {
			out[k].qty = i
		}
	}
	out = t.bySaid(out)
	for i := range out {
		if part, ok := t.parts[out[i].series]; ok {
			out[i].part = part
		}
	}
	return out
}

// valueOf is what a pointer points to, the zero value for nil.
func valueOf[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// build makes the lines of one row and emits each.
func (w *lineWriter) build(r *grid.Row) bool {
	w.base = honne.Line{Table: int32(w.table.index), Row: r.N}
	w.words(&w.base, r)
	said := w.measureOf(r)
	for i := range w.groups {
		g, l := &w.groups[i], &w.line
		if g.said != said {
			continue
		}
		*l = w.base
		l.Part = max(g.part, 0)
		if !w.when(l, g) {
			continue
		}
		if g.product != nil {
			l.Product = *g.product
		}
		if g.party != nil {
			l.Parties[w.table.across] = *g.party
		}
		l.Region = cmp.Or(g.region, l.Region)
		w.figures(l, g, r)
		if !l.Quantity.Known && !l.Amount.Known && !w.lost(g, r) {
			continue
		}
		if !w.emit(g) {
			return false
		}
	}
	return true
}

// lost reports whether the row has a figure for the group that could not be
// read: its line says so, with nothing known; a blank gives no line.
func (w *lineWriter) lost(g *group, r *grid.Row) bool {
	for _, i := range [...]int{g.qty, g.amt} {
		if i >= 0 && trim(cellText(r, w.table.fields[i].col)) != "" {
			return true
		}
	}
	return false
}

// closes reports whether a period is a month whose books close on another day
// than the last.
func closes(p honne.Period) bool {
	_, calendar := p.Month()
	_, month := p.Bucket()
	return month && !calendar
}

// near reports whether a day lies in a period, or so little beside it that it is
// of the same report.
func near(d honne.Date, p honne.Period) bool { return d != 0 && d > p.From-45 && d < p.To+45 }

// when settles the period of a line: across, in the row, or of the table.
func (w *lineWriter) when(l *honne.Line, g *group) bool {
	if !g.period.IsZero() {
		l.Period, l.Date = g.period, 0
	}
	if l.Period.IsZero() {
		l.Period = w.table.Period
	}
	if closes(w.table.Period) && near(l.Date, w.table.Period) {
		l.Period = w.table.Period // the report replaces that closing month whole, and no part of two others
	}
	if g.series == honne.PriorYear && !l.Period.IsZero() {
		l.Period, l.Date = yearBefore(l.Period), 0
	}
	return !l.Period.IsZero()
}

// yearBefore is the same period a year earlier: what a 前年 column is about.
func yearBefore(p honne.Period) honne.Period {
	back := func(d honne.Date) honne.Date {
		y, m, day := d.Civil()
		return min(honne.NewDate(y-1, m, day), honne.NewMonth(y-1, m).Last())
	}
	if m, ok := p.Month(); ok {
		return (m - 12).Period()
	}
	return honne.Period{From: back(p.From), To: back(p.To)}
}

// figures reads amount and quantity; what cannot be read stays unknown.
func (w *lineWriter) figures(l *honne.Line, g *group, r *grid.Row) {
	t := w.table
	if g.qty >= 0 {
		f := &t.fields[g.qty]
		if c := cellAt(r, f.col); c != nil {
			l.QtyCol = f.col
			l.Quantity = f.scaled(r.N, c, g.unitOf(f).Scale, honne.QuantityScale)
		}
	}
	if g.amt < 0 {
		return
	}
	f := &t.fields[g.amt]
	c := cellAt(r, f.col)
	if c == nil {
		return
	}
	if t.Columns[g.amt].Meaning == honne.MValue && !w.valueIsAmount(r) {
		l.QtyCol, l.Quantity = f.col, f.scaled(r.N, c, 1, honne.QuantityScale)
		return
	}
	unit := g.unitOf(f)
	if said, ok := w.rowUnit(r); ok && f.assumed && (said.Currency != "" || w.table.Kind == honne.Market) {
		unit = said
	}
	if unit.Currency == "" && unit.Name != "" && l.QtyCol == 0 {
		l.QtyCol, l.Quantity = f.col, f.scaled(r.N, c, unit.Scale, honne.QuantityScale)
		return
	}
	l.AmtCol = f.col
	l.Amount = f.scaled(r.N, c, unit.Scale, unit.Currency.Digits())
}

// unitOf is the unit of a figure of the group.
func (g *group) unitOf(f *field) honne.Unit {
	if g.said != (rowMeasure{}) {
		return g.unit
	}
	return f.unit
}

// rowUnit reads the unit that a column of the row gives: 百万円.
func (w *lineWriter) rowUnit(r *grid.Row) (honne.Unit, bool) {
	if w.unitAt == 0 {
		return honne.Unit{}, false
	}
	s := cellText(r, w.unitAt)
	u, known := w.units[s]
	if !known {
		u, _, _ = japan.ParseUnit(s)
		if len(w.units) < wordLimit && len(s) <= wordLength {
			w.units[strings.Clone(s)] = u
		}
	}
	return u, !u.IsZero()
}

// scaled is the column's figure in a row, times factor × 10^digits.
func (f *field) scaled(row int32, c *grid.Cell, factor int64, digits int) honne.Figure {
	n, ok := f.number(row, c)
	if !ok {
		return honne.Figure{}
	}
	v, _, err := n.Times(max(factor, 1), digits)
	if err != nil {
		return honne.Figure{}
	}
	return honne.Known(v)
}

// valueIsAmount reads the measure's name beside a value: sales_amount, 売上金額.
func (w *lineWriter) valueIsAmount(r *grid.Row) bool {
	if w.nameAt == 0 {
		return true
	}
	name := cellText(r, w.nameAt)
	if strings.HasSuffix(name, "_quantity") {
		return false
	}
	m, _ := w.reader.words.lookup(name)
	_, amount, ok := m.Measure()
	return !ok || amount
}

// words fills in what the row says in words. A party of which only a code is
// given is a pseudonym.
func (w *lineWriter) words(l *honne.Line, r *grid.Row) {
	l.Period, l.Date, _ = w.table.periods.read(w.table, r)
	for i := range w.labels {
		k := &w.labels[i]
		c := cellAt(r, k.field.col)
		if said := k.word(w.table.words, r.N, c); said != nil {
			k.put(l, said, c)
		}
	}
	l.Region = cmp.Or(l.Region, w.table.place)
	for role := range l.Parties {
		p := &l.Parties[role]
		if p.Code != "" && (p.Name == "" || w.nameless[role]) && !japan.Masked(p.Code) {
			p.Disclosure = honne.Pseudonym
		}
	}
}

// word returns what a label says: its own cell, or that of the row above where
// a ditto mark or a carried blank says so; nil when it says nothing.
func (k *label) word(d *dictionary, row int32, c *grid.Cell) *word {
	var said *word
	if c != nil {
		said = k.field.word(d, row, c)
	}
	if said != nil && said.text == "" {
		said = nil
	}
	if said == nil && k.carried || said != nil && said.ditto {
		return k.field.above
	}
	k.field.above = said
	return said
}

// keeper says how a line keeps a label of that meaning; nil when it does not.
func (w *lineWriter) keeper(m honne.Meaning) func(l *honne.Line, said *word, c *grid.Cell) {
	switch m {
	case honne.MCustomerCode:
		return partyCode(honne.Invoiced)
	case honne.MCustomerName:
		return w.partyName(honne.Invoiced)
	case honne.MShipToCode:
		return partyCode(honne.ShipTo)
	case honne.MShipToName:
		return w.partyName(honne.ShipTo)
	case honne.MEndUserCode:
		return partyCode(honne.EndUser)
	case honne.MEndUserName:
		return w.partyName(honne.EndUser)
	case honne.MBillToCode:
		return partyCode(honne.BillTo)
	case honne.MBillToName:
		return w.partyName(honne.BillTo)
	case honne.MProductCode:
		return func(l *honne.Line, said *word, _ *grid.Cell) { l.Product.Code = said.text }
	case honne.MProductName:
		return func(l *honne.Line, said *word, _ *grid.Cell) { l.Product.Name = said.text }
	case honne.MRegion, honne.MBranch:
		return func(l *honne.Line, said *word, _ *grid.Cell) { l.Region = cmp.Or(l.Region, said.text) }
	case honne.MRep:
		return func(l *honne.Line, said *word, _ *grid.Cell) { l.Rep = said.text }
	case honne.MLot:
		return func(l *honne.Line, said *word, _ *grid.Cell) { l.Lot = said.text }
	case honne.MReason, honne.MNote:
		return func(l *honne.Line, said *word, _ *grid.Cell) { l.Reason = cmp.Or(l.Reason, clip(said.text)) }
	case honne.MPriceStatus:
		return func(l *honne.Line, said *word, _ *grid.Cell) { l.Provisional = w.pending(said.text) }
	case honne.MAgreedOn:
		return w.agreed
	}
	return nil
}

func partyCode(role honne.Role) func(*honne.Line, *word, *grid.Cell) {
	return func(l *honne.Line, said *word, _ *grid.Cell) { l.Parties[role].Code = said.text }
}

func (w *lineWriter) partyName(role honne.Role) func(*honne.Line, *word, *grid.Cell) {
	return func(l *honne.Line, said *word, _ *grid.Cell) {
		who := w.reader.words.identity(said)
		p := &l.Parties[role]
		p.Name, p.Disclosure, p.Site = said.text, who.disclosure, who.site
		w.nameless[role] = who.nameless
	}
}

// agreed reads the day on which a target was agreed.
func (w *lineWriter) agreed(l *honne.Line, _ *word, c *grid.Cell) {
	if m := w.table.moment(l.Row, c); m.day != 0 {
		l.Agreed = m.day
	} else if !m.period.IsZero() {
		l.Agreed = m.period.From
	}
}

func (w *lineWriter) pending(s string) bool {
	k := japan.Key(s)
	for _, p := range w.reader.words.pending {
		if k == p {
			return true
		}
	}
	return false
}
