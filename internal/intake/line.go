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
	yield  func(honne.Line) bool

	table   *table
	line    honne.Line // the line that is being made
	groups  []group
	labels  []label
	unitAt  int32 // the column that says the unit, 0 when there is none
	nameAt  int32 // the column that says the measure of a value
	parties map[string]identity
	units   map[string]honne.Unit
}

// group is the columns that make one line of a row: amount and quantity of one
// series, period and product.
type group struct {
	series  honne.Series
	period  honne.Period
	product *honne.Product
	qty     int          // index of Columns, −1 for none
	amt     int          // likewise
	part    int32        // −1 where the table is only a check of the series
	tally   *seriesTally // of the first pass
}

// label is a column of words that a line keeps.
type label struct {
	col     int32
	carried bool   // a blank continues the text above
	above   string // the text that a blank or a ditto mark stands for
	put     func(l *honne.Line, s string, c *grid.Cell)
}

// row makes the lines of a data row; false stops the pass.
func (w *lineWriter) row(t *table, r *grid.Row) bool {
	if t.Kind == "" || t.Check {
		return true
	}
	if w.table != t {
		w.enter(t)
	}
	return w.build(r, func(g *group) bool { return g.part < 0 || w.yield(w.line) })
}

func (w *lineWriter) enter(t *table) {
	w.table, w.groups, w.labels = t, t.groups(), nil
	w.unitAt, w.nameAt = t.columnOf(honne.MUnitName), t.columnOf(honne.MMeasureName)
	if w.parties == nil {
		w.parties = map[string]identity{}
		w.units = map[string]honne.Unit{}
	}
	for i := range t.fields {
		if !t.fields[i].label {
			continue
		}
		if put := w.keeper(t.Columns[i].Meaning); put != nil {
			w.labels = append(w.labels, label{col: t.fields[i].col, carried: slices.Contains(t.carry, i), put: put})
		}
	}
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
	var out []group
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		if !f.measure {
			continue
		}
		g := group{series: f.series, period: c.Period, product: c.Product, qty: -1, amt: -1, part: -1}
		if part, ok := t.parts[g.series]; ok {
			g.part = part
		}
		k := slices.IndexFunc(out, func(o group) bool {
			return o.series == g.series && o.period == g.period && sameProduct(o.product, g.product)
		})
		if k < 0 {
			out = append(out, g)
			k = len(out) - 1
		}
		if f.amount || c.Meaning == honne.MValue {
			out[k].amt = i
		} else {
			out[k].qty = i
		}
	}
	return out
}

func sameProduct(a, b *honne.Product) bool {
	return a == b || a != nil && b != nil && *a == *b
}

// build makes the lines of one row and calls emit for each; w.line is the line.
func (w *lineWriter) build(r *grid.Row, emit func(*group) bool) bool {
	base := honne.Line{Table: int32(w.table.index), Row: r.N}
	w.words(&base, r)
	for i := range w.groups {
		g, l := &w.groups[i], &w.line
		*l = base
		l.Part = max(g.part, 0)
		if !w.when(l, g) {
			continue
		}
		if g.product != nil {
			l.Product = *g.product
		}
		w.figures(l, g, r)
		if !l.Quantity.Known && !l.Amount.Known && !w.lost(g, r) {
			continue
		}
		if !emit(g) {
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

// when settles the period of a line: across, in the row, or of the table.
func (w *lineWriter) when(l *honne.Line, g *group) bool {
	if !g.period.IsZero() {
		l.Period, l.Date = g.period, 0
	}
	if l.Period.IsZero() {
		l.Period = w.table.Period
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
			l.Quantity = f.scaled(r.N, c, f.unit.Scale, honne.QuantityScale)
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
	unit := f.unit
	if said, ok := w.rowUnit(r); ok && f.assumed {
		unit = said
	}
	if unit.Currency == "" && unit.Name != "" {
		l.QtyCol, l.Quantity = f.col, f.scaled(r.N, c, unit.Scale, honne.QuantityScale)
		return
	}
	l.AmtCol = f.col
	l.Amount = f.scaled(r.N, c, unit.Scale, unit.Currency.Digits())
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
		if len(w.units) < seenLimit && len(s) <= seenLength {
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

// words fills in what the row says in words.
func (w *lineWriter) words(l *honne.Line, r *grid.Row) {
	l.Period, l.Date, _ = w.table.periods.read(r)
	for i := range w.labels {
		k := &w.labels[i]
		c := cellAt(r, k.col)
		if s := k.text(w.table, c); s != "" {
			k.put(l, s, c)
		}
	}
	for role := range l.Parties {
		if p := &l.Parties[role]; !p.IsZero() {
			p.Disclosure, p.Site = w.disclosure(p)
		}
	}
}

// text returns the text of a label: its own, or that of the row above where a
// ditto mark or a carried blank says so.
func (k *label) text(t *table, c *grid.Cell) string {
	s := ""
	if c != nil {
		s = trim(c.Text)
	}
	if s == "" && k.carried || s != "" && len(s) <= 12 && t.ditto(s) {
		return k.above
	}
	k.above = s
	return s
}

// keeper says how a line keeps a label of that meaning; nil when it does not.
func (w *lineWriter) keeper(m honne.Meaning) func(l *honne.Line, s string, c *grid.Cell) {
	switch m {
	case honne.MCustomerCode:
		return func(l *honne.Line, s string, _ *grid.Cell) { l.Parties[honne.Invoiced].Code = s }
	case honne.MCustomerName:
		return func(l *honne.Line, s string, _ *grid.Cell) { l.Parties[honne.Invoiced].Name = s }
	case honne.MShipToCode:
		return func(l *honne.Line, s string, _ *grid.Cell) { l.Parties[honne.ShipTo].Code = s }
	case honne.MShipToName:
		return func(l *honne.Line, s string, _ *grid.Cell) { l.Parties[honne.ShipTo].Name = s }
	case honne.MEndUserCode:
		return func(l *honne.Line, s string, _ *grid.Cell) { l.Parties[honne.EndUser].Code = s }
	case honne.MEndUserName:
		return func(l *honne.Line, s string, _ *grid.Cell) { l.Parties[honne.EndUser].Name = s }
	case honne.MBillToCode:
		return func(l *honne.Line, s string, _ *grid.Cell) { l.Parties[honne.BillTo].Code = s }
	case honne.MBillToName:
		return func(l *honne.Line, s string, _ *grid.Cell) { l.Parties[honne.BillTo].Name = s }
	case honne.MProductCode:
		return func(l *honne.Line, s string, _ *grid.Cell) { l.Product.Code = s }
	case honne.MProductName:
		return func(l *honne.Line, s string, _ *grid.Cell) { l.Product.Name = s }
	case honne.MRegion, honne.MBranch:
		return func(l *honne.Line, s string, _ *grid.Cell) { l.Region = cmp.Or(l.Region, s) }
	case honne.MRep:
		return func(l *honne.Line, s string, _ *grid.Cell) { l.Rep = s }
	case honne.MLot:
		return func(l *honne.Line, s string, _ *grid.Cell) { l.Lot = s }
	case honne.MReason, honne.MNote:
		return func(l *honne.Line, s string, _ *grid.Cell) { l.Reason = cmp.Or(l.Reason, clip(s)) }
	case honne.MPriceStatus:
		return func(l *honne.Line, s string, _ *grid.Cell) { l.Provisional = w.pending(s) }
	case honne.MAgreedOn:
		return w.agreed
	}
	return nil
}

// agreed reads the day on which a target was agreed.
func (w *lineWriter) agreed(l *honne.Line, _ string, c *grid.Cell) {
	if m := w.table.periods.cell(c); m.day != 0 {
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

const nameLimit = 50_000

// identity is what a name gives away of its party.
type identity struct {
	disclosure honne.Disclosure
	site       bool
	nameless   bool // nothing stands there, or a mark for nothing
}

// disclosure says how much of a party's identity the line gives: without a
// name, a code is a pseudonym.
func (w *lineWriter) disclosure(p *honne.Party) (honne.Disclosure, bool) {
	known, ok := w.parties[p.Name]
	if !ok {
		known = w.reader.words.identity(p.Name)
		if len(w.parties) < nameLimit && len(p.Name) <= seenLength {
			w.parties[strings.Clone(p.Name)] = known
		}
	}
	if known.nameless && p.Code != "" && !japan.Masked(p.Code) {
		return honne.Pseudonym, false
	}
	return known.disclosure, known.site
}

// identity judges a name: withheld, a pseudonym such as 施設017, or a name.
func (d *dictionary) identity(name string) identity {
	key := strings.Trim(japan.Key(name), "()[]<>*【】")
	if key == "" || japan.Masked(name) {
		return identity{nameless: true}
	}
	for _, w := range d.withheld {
		if strings.Contains(key, w) {
			return identity{}
		}
	}
	for _, p := range d.pseudonym {
		if rest, ok := strings.CutPrefix(key, p); ok && isSerial(rest) {
			return identity{disclosure: honne.Pseudonym}
		}
	}
	return identity{disclosure: honne.Named, site: japan.IsSite(name, d.site)}
}

// isSerial reports whether what follows a common word only numbers it: 017, -3,
// A, ア.
func isSerial(s string) bool {
	s = strings.TrimLeft(s, "-_ #no.:")
	r := []rune(s)
	if len(r) == 0 || len(r) > 6 {
		return false
	}
	if strings.Trim(s, "0123456789") == "" {
		return true
	}
	return len(r) <= 2 && strings.Trim(string(r[:1]), "abcdefghijklmnopqrstuvwxyz○●◯△×xアイウエオ甲乙丙丁") == "" && strings.Trim(string(r[1:]), "0123456789") == ""
}
