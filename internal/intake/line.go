package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// lineWriter makes lines of the data rows of a table. It lives for one pass.
type lineWriter struct {
	reader    *reader
	table     *table
	line      honne.Line          // the line that is being made
	said      [places]*terms.Word // what the row says in words, nil where it says nothing
	agreed    when.Moment         // when its target was agreed
	groups    []group
	across    bool         // something of the groups stands across
	roles     []honne.Role // of which something is said
	labels    []label
	unitAt    int32 // the column that says the unit, 0 when there is none
	nameAt    int32 // the column that says the measure of a value
	lastAt    int32 // the column that says until when the article may be used
	orderedAt int32 // of the day of an order, where rows are dated by another
	units     map[string]honne.Unit
	counts    map[string]rowMeasure // what a row counts, by the texts that say so
	storey    int                   // of the last row, in a table of several rows a record
	above     string                // the name of its record
	part      string                // of the years across that the row says
}

// group is the columns that make one line of a row: amount and quantity of one
// series, period and product.
type group struct {
	series  honne.Series
	period  honne.Period
	product *honne.Product
	party   *honne.Party // that stands across, in the role of the table
	region  string       // that stands across
	rep     string       // likewise
	day     honne.Date   // likewise
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
	carried bool  // a blank continues the text above
	number  int32 // the column of the slip's number before it, under another of which no blank does; 0 for none
	ofSlip  string
	slip    *slip  // its blanks continue it where the row is of the slip above; nil for none
	beside  *field // the nearest column to its left of other names, or of other codes; nil for none
	place   place
}

// newLineWriter readies a writer for the rows of a table that is a report.
func newLineWriter(r *reader, t *table) *lineWriter {
	w := &lineWriter{reader: r, table: t, groups: t.groups(), unitAt: t.columnOf(honne.MUnitName), nameAt: t.columnOf(honne.MMeasureName), lastAt: t.columnOf(honne.MExpiry), orderedAt: t.orderedAt(),
		units: map[string]honne.Unit{}, counts: map[string]rowMeasure{}}
	w.line.Table = int32(t.index)
	w.across = slices.ContainsFunc(w.groups, func(g group) bool { return g.product != nil || g.party != nil || g.region != "" || g.rep != "" })
	first := map[honne.Meaning]int{}
	for i := range t.fields {
		m := t.Columns[i].Meaning
		place, kept := placeOf(m)
		if m == honne.MAddress {
			place, kept = t.whose(i)
		}
		if !kept || !t.fields[i].label {
			continue
		}
		l := t.labelOf(i)
		l.place = place
		if k, twice := first[m]; !twice {
			first[m] = len(w.labels)
			w.labels = append(w.labels, l)
		} else if isTradeCode(w.labels[k].field) {
			w.labels[k] = l // 品番 before the JAN beside it
		}
	}
	for role := range honne.Roles {
		if w.across && role == t.across || t.nest.saysAbove(partyName+place(role)) || role == honne.Invoiced && (t.customer != nil || t.sectioned) || t.isAbout(role) || slices.ContainsFunc(w.labels, func(l label) bool {
			return l.place == partyCode+place(role) || l.place == partyName+place(role)
		}) {
			w.roles = append(w.roles, role)
		}
	}
	return w
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
		rep     string
		class   string
	}
	var out []group
	known := map[subject]int{}
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		if !f.measure {
			continue
		}
		of := subject{f.series, c.Period, valueOf(c.Product), valueOf(c.Customer), c.Region, f.rep, f.class}
		k, ok := known[of]
		if !ok {
			k = len(out)
			known[of] = k
			out = append(out, group{series: f.series, period: c.Period, product: c.Product, party: c.Customer, region: c.Region, rep: f.rep, qty: -1, amt: -1, part: -1})
			if f.third > 0 {
				out[k].period = c.Period.From.Month().Period()
			}
			if f.third > 0 && c.Period.From == c.Period.To {
				out[k].day = c.Period.From
			}
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

// build makes the lines of one row and gives each, as line, with its group to emit.
// When that returns false, so does build, at once.
func (w *lineWriter) build(r *grid.Row, emit func(*group) bool) bool {
	w.hear(r)
	w.line.Row, w.line.Expires = r.N, w.expires(r)
	w.words(&w.line)
	return w.each(r, func(g *group) bool {
		w.line.Part = w.partOf(g)
		if w.across {
			w.words(&w.line)
			w.named(&w.line, g)
		}
		return emit(g)
	})
}

// each settles when each line of a row is, and its figures, and calls do.
func (w *lineWriter) each(r *grid.Row, do func(g *group) bool) bool {
	counted := w.measureOf(r)
	period, day, _ := w.table.periods.read(w.table, r)
	if col := w.table.down.col; col > 0 {
		w.part = japan.Trim(r.Text(col))
	}
	for i := range w.groups {
		g, l := &w.groups[i], &w.line
		if g.said != counted {
			continue
		}
		l.Period, l.Date = period, day
		if g.series == honne.Orders && w.orderedAt > 0 {
			m := w.table.moment(r.N, r.Cell(w.orderedAt))
			l.Period, l.Date = m.Period, m.Day
		}
		if !w.when(l, g) {
			continue
		}
		l.QtyCol, l.AmtCol, l.Quantity, l.Amount = 0, 0, honne.Figure{}, honne.Figure{}
		w.figures(l, g, r)
		if !l.Quantity.Known && !l.Amount.Known && !w.none(g, r) && !w.lost(g, r) {
			continue
		}
		if !do(g) {
			return false
		}
	}
	return true
}

// none reports whether the row says in words that there is none of all, and counts that.
func (w *lineWriter) none(g *group, r *grid.Row) bool {
	if r.N != w.table.empty.noneAt || len(r.Cells) > 0 {
		return false
	}
	nothing := func(i int) honne.Figure { return honne.Figure{Known: i >= 0} }
	w.line.Quantity, w.line.Amount = nothing(g.qty), nothing(g.amt)
	return true
}

// lost reports whether the row has a figure for the group that could not be
// read: its line says so, with nothing known; a blank gives no line.
func (w *lineWriter) lost(g *group, r *grid.Row) bool {
	for _, i := range [...]int{g.qty, g.amt} {
		if i < 0 {
			continue
		}
		f := &w.table.fields[i]
		c := r.Cell(f.col)
		if c == nil {
			continue
		}
		if _, numbered := f.number(r.N, c); numbered || japan.Trim(c.Text) != "" { // of a number the spool keeps no text
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
		switch l.Date = g.day; {
		case w.table.down.col > 0:
			l.Period = w.table.down.of(w.table, w.part, g.period)
		case w.table.yearly:
			l.Period = when.InYear(g.period, l.Period)
		default:
			l.Period = g.period
		}
		if l.Period.IsZero() {
			return false
		}
	}
	if l.Period.IsZero() {
		l.Period, l.Date = w.table.Period, w.table.day
		if s := &w.table.section; !s.Period.IsZero() {
			l.Period, l.Date = s.Period, s.Day
		}
	}
	if near(l.Date, w.table.Period) && closes(w.table.Period) {
		l.Period = w.table.Period // the report replaces that closing month whole, and no part of two others
	}
	if p := w.table.ofTitle(g.series); !p.IsZero() {
		l.Period, l.Date = p, 0
	}
	if g.series == honne.Stock && l.Period.To.Month() > l.Period.From.Month()+1 {
		l.Period, l.Date = l.Period.To.Month().Period(), 0 // 期末在庫 of a half-year is what is there at its end
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
		if c := r.Cell(f.col); c != nil {
			l.QtyCol = f.col
			l.Quantity = f.scaled(r.N, c, g.unitIn(f).Scale, honne.QuantityScale)
		}
		if name, code := w.said[productName], w.said[productCode]; name != nil && name.Cut || code != nil && code.Cut {
			l.QtyCol, l.Quantity = 0, honne.Figure{} // a discount is no piece
		}
	}
	if g.amt < 0 {
		return
	}
	f := &t.fields[g.amt]
	c := r.Cell(f.col)
	if c == nil {
		return
	}
	if t.Columns[g.amt].Meaning == honne.MValue && !w.valueIsAmount(r) {
		l.QtyCol, l.Quantity = f.col, f.scaled(r.N, c, 1, honne.QuantityScale)
		return
	}
	unit := w.unitOf(g, f, r)
	if unit.Currency == "" && unit.Name != "" && l.QtyCol == 0 {
		l.QtyCol, l.Quantity = f.col, f.scaled(r.N, c, unit.Scale, honne.QuantityScale)
		return
	}
	if l.AmtCol = f.col; !t.inAnother(r) {
		l.Amount = f.scaled(r.N, c, unit.Scale, unit.Currency.Digits())
	}
}

// unitOf is the unit of a figure of a group in a row: that which the row says where
// nothing else does.
func (w *lineWriter) unitOf(g *group, f *field, r *grid.Row) honne.Unit {
	if f.assumed && w.unitAt > 0 {
		if said, ok := w.rowUnit(r); ok && (said.Currency != "" || w.table.Kind == honne.Market) {
			return said
		}
	}
	return *g.unitIn(f)
}

// counts reports whether columns say themselves which figures are pieces and which money.
func (g *group) counts() bool { return g.qty >= 0 && g.amt >= 0 }

func (g *group) unitIn(f *field) *honne.Unit {
	if g.said != (rowMeasure{}) && !g.counts() {
		return &g.unit
	}
	return &f.unit
}

// rowUnit reads the unit that a column of the row gives: 百万円.
func (w *lineWriter) rowUnit(r *grid.Row) (honne.Unit, bool) {
	s := r.Text(w.unitAt)
	u, known := w.units[s]
	if !known {
		u, _, _ = japan.ParseUnit(s)
		if len(w.units) < terms.WordLimit && len(s) <= terms.WordLength {
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
	name := r.Text(w.nameAt)
	if strings.HasSuffix(name, "_quantity") {
		return false
	}
	m, _ := w.reader.words.Lookup(name)
	_, amount, ok := m.Measure()
	return !ok || amount
}
