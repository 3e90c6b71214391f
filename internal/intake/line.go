package intake

import (
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
	groups  []group
	above   []string // texts of the carried columns
	parties map[string]honne.Party
	units   map[string]honne.Unit
}

// group is the columns that make one line of a row: amount and quantity of one
// series, period and product.
type group struct {
	series  honne.Series
	period  honne.Period
	product *honne.Product
	qty     int // index of Columns, −1 for none
	amt     int
}

// row makes the lines of a data row; false stops the pass.
func (w *lineWriter) row(t *table, r *grid.Row) bool {
	if t.Kind == "" || t.Check {
		return true
	}
	if w.table != t {
		w.enter(t)
	}
	return w.build(r, w.yield)
}

func (w *lineWriter) enter(t *table) {
	w.table, w.groups = t, t.groups()
	w.above = make([]string, len(t.Columns))
	if w.parties == nil {
		w.parties = map[string]honne.Party{}
		w.units = map[string]honne.Unit{}
	}
}

// groups lists the lines that a row of the table may give.
func (t *table) groups() []group {
	var out []group
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		if !f.measure {
			continue
		}
		g := group{series: f.series, period: c.Period, product: c.Product, qty: -1, amt: -1}
		k := -1
		for j := range out {
			if out[j].series == g.series && out[j].period == g.period && sameProduct(out[j].product, g.product) {
				k = j
			}
		}
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

// build makes the lines of one row and hands each to emit.
func (w *lineWriter) build(r *grid.Row, emit func(honne.Line) bool) bool {
	t := w.table
	base := honne.Line{Table: int32(t.index), Row: r.N}
	w.labels(&base, r)
	for _, g := range w.groups {
		l := base
		l.Part = t.parts[g.series]
		if !w.when(&l, g) {
			continue
		}
		if g.product != nil {
			l.Product = *g.product
		}
		w.figures(&l, g, r)
		if !l.Quantity.Known && !l.Amount.Known && !w.lost(g, r) {
			continue
		}
		if !emit(l) {
			return false
		}
	}
	return true
}

// lost reports whether the row has a figure for the group that could not be
// read: its line says so, with nothing known; a blank gives no line.
func (w *lineWriter) lost(g group, r *grid.Row) bool {
	for _, i := range [...]int{g.qty, g.amt} {
		if i >= 0 && japan.Trim(cellText(r, w.table.fields[i].col)) != "" {
			return true
		}
	}
	return false
}

// when settles the period of a line: across, in the row, or of the table.
func (w *lineWriter) when(l *honne.Line, g group) bool {
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
func (w *lineWriter) figures(l *honne.Line, g group, r *grid.Row) {
	t := w.table
	if g.qty >= 0 {
		f := &t.fields[g.qty]
		if c := cellAt(r, f.col); c != nil {
			l.QtyCol = f.col
			l.Quantity = scaled(c, f.unit.Scale, honne.QuantityScale)
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
		l.QtyCol, l.Quantity = f.col, scaled(c, 1, honne.QuantityScale)
		return
	}
	unit := f.unit
	if said, ok := w.rowUnit(r); ok && f.assumed {
		unit = said
	}
	if unit.Currency == "" && unit.Name != "" {
		l.QtyCol, l.Quantity = f.col, scaled(c, unit.Scale, honne.QuantityScale)
		return
	}
	l.AmtCol = f.col
	l.Amount = scaled(c, unit.Scale, unit.Currency.Digits())
}

// rowUnit reads the unit that a column of the row gives: 百万円.
func (w *lineWriter) rowUnit(r *grid.Row) (honne.Unit, bool) {
	i := w.table.column(honne.MUnitName)
	if i < 0 {
		return honne.Unit{}, false
	}
	s := cellText(r, w.table.fields[i].col)
	u, known := w.units[s]
	if !known {
		u, _, _ = japan.ParseUnit(s)
		if len(w.units) < seenLimit {
			w.units[s] = u
		}
	}
	return u, !u.IsZero()
}

func scaled(c *grid.Cell, factor int64, digits int) honne.Figure {
	n, ok := figureOf(c)
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
	i := w.table.column(honne.MMeasureName)
	if i < 0 {
		return true
	}
	name := cellText(r, w.table.fields[i].col)
	if strings.HasSuffix(name, "_quantity") {
		return false
	}
	m, _ := w.reader.words.lookup(name)
	_, amount, ok := m.Measure()
	return !ok || amount
}

// labels fills in what the row says in words.
func (w *lineWriter) labels(l *honne.Line, r *grid.Row) {
	t := w.table
	l.Period, l.Date, _ = t.periods.read(r)
	for i := range t.fields {
		f := &t.fields[i]
		if !f.label {
			continue
		}
		if s := w.label(i, r); s != "" {
			w.put(l, t.Columns[i].Meaning, s, r, f.col)
		}
	}
	for role := range l.Parties {
		if p := &l.Parties[role]; !p.IsZero() {
			p.Disclosure, p.Site = w.disclosure(p)
		}
	}
}

// label returns the text of a label column: its own, that of the row above
// where a ditto mark or a carried blank says so.
func (w *lineWriter) label(i int, r *grid.Row) string {
	s := japan.Trim(cellText(r, w.table.fields[i].col))
	switch {
	case s == "" && w.table.carriesDown(i), s != "" && len(s) <= 12 && w.table.ditto(s):
		return w.above[i]
	}
	w.above[i] = s
	return s
}

func (t *table) carriesDown(i int) bool {
	for _, k := range t.carry {
		if k == i {
			return true
		}
	}
	return false
}

func (w *lineWriter) put(l *honne.Line, m honne.Meaning, s string, r *grid.Row, col int32) {
	switch m {
	case honne.MCustomerCode:
		l.Parties[honne.Invoiced].Code = s
	case honne.MCustomerName:
		l.Parties[honne.Invoiced].Name = s
	case honne.MShipToCode:
		l.Parties[honne.ShipTo].Code = s
	case honne.MShipToName:
		l.Parties[honne.ShipTo].Name = s
	case honne.MEndUserCode:
		l.Parties[honne.EndUser].Code = s
	case honne.MEndUserName:
		l.Parties[honne.EndUser].Name = s
	case honne.MBillToCode:
		l.Parties[honne.BillTo].Code = s
	case honne.MBillToName:
		l.Parties[honne.BillTo].Name = s
	case honne.MProductCode:
		l.Product.Code = s
	case honne.MProductName:
		l.Product.Name = s
	case honne.MRegion, honne.MBranch:
		if l.Region == "" {
			l.Region = s
		}
	case honne.MRep:
		l.Rep = s
	case honne.MLot:
		l.Lot = s
	case honne.MReason, honne.MNote:
		if l.Reason == "" {
			l.Reason = clip(s)
		}
	case honne.MPriceStatus:
		l.Provisional = w.pending(s)
	case honne.MAgreedOn:
		if p, ok := w.table.periods.cell(r, col); ok {
			l.Agreed = p.From
		}
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

// disclosure says how much of a party's identity its name gives away.
func (w *lineWriter) disclosure(p *honne.Party) (honne.Disclosure, bool) {
	if known, ok := w.parties[p.Name]; ok && p.Name != "" {
		return known.Disclosure, known.Site
	}
	d, site := w.reader.words.disclosure(p.Name, p.Code)
	if p.Name != "" && len(w.parties) < 100000 {
		w.parties[p.Name] = honne.Party{Disclosure: d, Site: site}
	}
	return d, site
}

// disclosure judges a name: withheld, a pseudonym such as 施設017, or a name.
func (d *dictionary) disclosure(name, code string) (honne.Disclosure, bool) {
	key := strings.Trim(japan.Key(name), "()[]<>*【】")
	if key == "" || japan.Masked(name) {
		if code != "" && !japan.Masked(code) {
			return honne.Pseudonym, false
		}
		return honne.Withheld, false
	}
	for _, w := range d.withheld {
		if strings.Contains(key, w) {
			return honne.Withheld, false
		}
	}
	for _, p := range d.pseudonym {
		if rest, ok := strings.CutPrefix(key, p); ok && isSerial(rest) {
			return honne.Pseudonym, false
		}
	}
	return honne.Named, japan.IsSite(name, d.site)
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
