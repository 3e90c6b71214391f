package intake

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// seriesTally is what was counted of one series of one table.
type seriesTally struct {
	periods          map[honne.Period]int
	lines            int
	filled, required int
	product, region  int
	place            string // of the last line that says one
	places           int    // times that it changed
	dealer, endUser  int
	dated, lotRep    int
	from, to         honne.Date // first and last day of its lines
	quantity, amount honne.Figure
}

// tally counts the lines that a data row gives, without keeping them.
func (t *table) tally(r *grid.Row) {
	before := t.stats.lines
	if t.twice {
		t.counter.build(r, t.count)
	} else {
		t.counter.hear(r)
		t.counter.each(r, t.count)
	}
	if t.stats.lines == before && t.noPeriod(r) {
		t.stats.undated++
	}
}

// count takes a line of a row that is read.
func (t *table) count(g *group) bool {
	t.stats.lines++
	if g.tally == nil {
		g.tally = t.series(g.series)
	}
	g.tally.count(t.counter, g)
	if t.twice {
		t.counter.reader.checks.add(t, g.series, &t.counter.line)
	}
	return true
}

// noPeriod reports whether the row has figures but nothing says of when.
func (t *table) noPeriod(r *grid.Row) bool {
	if t.down.col > 0 {
		return t.down.months(t, japan.Trim(r.Text(t.down.col))) == 0
	}
	if !t.yearly && (!t.Period.IsZero() || t.Layout == honne.Crosstab && t.anyPeriodAcross()) {
		return false
	}
	_, _, ok := t.periods.read(t, r)
	return !ok || t.yearly
}

func (t *table) anyPeriodAcross() bool {
	return slices.ContainsFunc(t.Columns, func(c honne.Column) bool { return !c.Period.IsZero() })
}

func (t *table) series(s honne.Series) *seriesTally {
	k := t.stats.series[s]
	if k == nil {
		k = &seriesTally{periods: map[honne.Period]int{}}
		t.stats.series[s] = k
	}
	return k
}

// count takes a line that is being made.
func (k *seriesTally) count(w *lineWriter, g *group) {
	l := &w.line
	k.lines++
	k.periods[l.Period]++
	k.required += 3
	if g.product != nil || w.said[productCode] != nil || w.said[productName] != nil {
		k.product++
		k.filled++
	}
	if g.region != "" || w.said[ofRegion] != nil || w.table.place != "" {
		k.region++
		k.visit(w.said[ofRegion])
	}
	named, dealer := w.parties(g)
	if named {
		k.endUser++
	}
	if dealer {
		k.dealer++
	}
	if named || dealer {
		k.filled++
	}
	if l.Quantity.Known || l.Amount.Known {
		k.filled++
		k.quantity, k.amount = k.quantity.Plus(l.Quantity), k.amount.Plus(l.Amount)
	}
	if l.Date != 0 {
		k.dated++
		if k.to = max(k.to, l.Date); k.from == 0 || l.Date < k.from {
			k.from = l.Date
		}
	}
	if w.said[ofLot] != nil || w.said[ofRep] != nil {
		k.lotRep++
	}
}

// parties reports whether a line gives a place of use, and a dealer.
func (w *lineWriter) parties(g *group) (named, dealer bool) {
	for _, role := range w.roles {
		code, name, who := w.saysParty(role)
		given := code != nil || name != nil
		if g.party != nil && role == w.table.across {
			given, who.Disclosure, who.Site = !g.party.IsZero(), g.party.Disclosure, g.party.Site
		}
		switch {
		case !given || who.Disclosure == honne.Withheld:
		case role == honne.EndUser || who.Site:
			named = true
		case role != honne.BillTo:
			dealer = true
		}
	}
	return named, dealer
}

// holds says which dimensions at least half of the lines give.
func (k *seriesTally) holds() honne.Holds {
	half := func(n int) bool { return k.lines > 0 && 2*n >= k.lines }
	return honne.Holds{Product: half(k.product), Region: half(k.region), Dealer: half(k.dealer),
		EndUser: half(k.endUser), Dated: half(k.dated), LotRep: half(k.lotRep)}
}

// conclude judges the whole file: which tables are checks only, which parts the
// file has, and what must be said of it.
func (r *reader) conclude(format honne.Format) {
	for _, t := range r.tables {
		t.parts, t.lates = map[honne.Series]int32{}, map[late]int32{}
		if r.file.From != honne.Ours {
			t.settleClosing(r.file.Closing)
		}
		t.leaveAhead(r.file.Receipt)
		if t.empty.is {
			r.concludeEmpty(t)
			continue
		}
		r.problems = append(r.problems, append(t.told(), t.uncounted(r.noResult)...)...)
	}
	r.heedNeighbours()
	r.heedCompanies()
	r.compareMonths()
	for _, t := range r.finestFirst() {
		for _, s := range honne.AllSeries {
			if k := t.stats.series[s]; k != nil && !t.copies && s != t.repeated {
				r.joinMain(t, s, k)
			}
		}
		t.Check = len(t.stats.series) > 0 && len(t.parts) == 0
	}
	r.partsOfNothing()
	r.scopes()
	if _, edition := japan.Edition(r.file.Name); edition < 0 {
		for i := range r.parts {
			r.parts[i].Preliminary = true
		}
	}
	if len(r.tables) == 0 && !format.Holds() && !slices.ContainsFunc(r.problems, func(p honne.Problem) bool { return p.Severity == honne.SevError }) {
		r.problems = append(r.problems, honne.Problem{Severity: honne.SevError, What: honne.Say("problem.no-table-at-all")})
	}
	if r.file.Receipt.Basis == honne.ByMessage && len(r.tables) == 0 {
		r.excuse()
	}
	r.problems = shortened(r.problems)
	r.file.Said.Leave(r.problems)
	r.leaveKnown()
	slices.SortStableFunc(r.problems, func(a, b honne.Problem) int { return rank(a.Severity) - rank(b.Severity) })
}

// noReport are the reasons of a file that was never meant to be a report.
var noReport = []string{"problem.no-table-at-all", "problem.not-text", "problem.no-workbook", "problem.no-document", "problem.xml-no-records"}

// excuse makes notes of them: most of what is attached to messages is no table,
// and nobody's fault.
func (r *reader) excuse() {
	for i, p := range r.problems {
		if slices.Contains(noReport, p.What.ID) {
			r.problems[i].Severity = honne.SevNote
		}
	}
}

// finestFirst orders the tables so that a summary meets the detail it repeats,
// whichever stands first in the file; equal ones keep their order.
func (r *reader) finestFirst() []*table {
	dimensions := func(t *table) (n int) {
		for _, k := range t.stats.series {
			h := k.holds()
			for _, held := range [...]bool{h.Product, h.Region, h.Dealer, h.EndUser, h.Dated} {
				if held {
					n++
				}
			}
		}
		return n
	}
	out := slices.Clone(r.tables)
	slices.SortStableFunc(out, func(a, b *table) int { return dimensions(b) - dimensions(a) })
	return out
}

func rank(s honne.Severity) int {
	return map[honne.Severity]int{honne.SevError: 0, honne.SevWarning: 1, honne.SevNote: 2}[s]
}

// join adds the lines of a table to the part of its series. A table below
// another of the same layout that speaks of the same periods again is a later
// version; a coarser table beside a finer one is a check.
func (r *reader) join(t *table, s honne.Series, k *seriesTally) {
	currency := t.partCurrency(s)
	for i := len(r.parts) - 1; i >= 0; i-- {
		p := &r.parts[i]
		if p.Series != s || p.Currency != "" && currency != "" && p.Currency != currency {
			continue
		}
		other := r.tables[p.Tables[len(p.Tables)-1]]
		switch {
		case !overlaps(p.Periods, k.periods), t.ofAnother(other), t.ofOtherCompany(other), t.further:
		case other.Sheet == t.Sheet && sameHeader(other, t):
			r.tellVersion(t, other)
			r.begin(t, s, k)
			return
		case t.place != "" && other.place != "" && t.place != other.place: // a sheet per branch
		case r.sister(t, p): // 東京本店 beside 大阪支店
		case finer(p.Holds, k.holds()):
			r.setAside(t, s, p)
			return
		}
		r.extend(i, t, k)
		return
	}
	r.begin(t, s, k)
}

func overlaps(periods []honne.Period, k map[honne.Period]int) bool {
	return slices.ContainsFunc(periods, func(p honne.Period) bool { return k[p] > 0 })
}

func sameHeader(a, b *table) bool {
	if len(a.Columns) != len(b.Columns) {
		return false
	}
	for i := range a.Columns {
		if a.Columns[i].Header != b.Columns[i].Header || a.Columns[i].At != b.Columns[i].At {
			return false
		}
	}
	return true
}

// finer reports whether a gives a dimension that b lacks.
func finer(a, b honne.Holds) bool {
	return a.Product && !b.Product || a.EndUser && !b.EndUser || a.Dealer && !b.Dealer && !b.EndUser || a.Region && !b.Region
}

// sister reports whether a table of another sheet, in the same form, is in a part: that
// only the sheet's name gives it a branch makes it no finer.
func (r *reader) sister(t *table, p *honne.Part) bool {
	return slices.ContainsFunc(p.Tables, func(i int) bool { return r.tables[i].Sheet != t.Sheet && sameHeader(r.tables[i], t) })
}

func (r *reader) begin(t *table, s honne.Series, k *seriesTally) {
	t.parts[s] = int32(len(r.parts))
	r.parts = append(r.parts, honne.Part{Series: s, Scope: r.addsTo(t, s, k), Tax: t.Tax, Unit: t.partUnit(s)})
	r.extend(len(r.parts)-1, t, k)
}

func (r *reader) extend(i int, t *table, k *seriesTally) {
	p := &r.parts[i]
	t.parts[p.Series] = int32(i)
	p.Tables = append(p.Tables, t.index)
	p.Currency = cmp.Or(p.Currency, t.partCurrency(p.Series))
	p.Lines += k.lines
	p.Filled, p.Required = p.Filled+k.filled, p.Required+k.required
	if h := k.holds(); len(p.Tables) == 1 || finer(h, p.Holds) {
		p.Holds = h
	}
	for period := range k.periods {
		if !slices.Contains(p.Periods, period) {
			p.Periods = append(p.Periods, period)
		}
	}
	slices.SortFunc(p.Periods, honne.Period.Compare)
}

// setAside keeps a coarser table as a check and says so; where both speak of the
// same periods and add up to another sum, they may count different things.
func (r *reader) setAside(t *table, s honne.Series, p *honne.Part) {
	id, severity := "problem.check-only", honne.SevNote
	if r.addsUpElse(t.stats.series[s], p) {
		id, severity = "problem.check-differs", honne.SevWarning
	}
	finer := r.tables[p.Tables[0]]
	r.problems = append(r.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet, Range: t.Body}, Severity: severity,
		What: honne.Say(id, honne.Word("series", "series."+string(s)), honne.Text("finer", finer.where()))})
}

// addsUpElse reports whether a tally of the same periods as a part has other sums:
// units by more than one, money by more than a hundredth, as 千円 rounds it.
func (r *reader) addsUpElse(k *seriesTally, p *honne.Part) bool {
	if len(k.periods) != len(p.Periods) {
		return false
	}
	var quantity, amount honne.Figure
	for _, i := range p.Tables {
		of := r.tables[i].stats.series[p.Series]
		quantity, amount = quantity.Plus(of.quantity), amount.Plus(of.amount)
	}
	apart := func(a, b honne.Figure, by int64) bool {
		return a.Known && b.Known && max(a.N-b.N, b.N-a.N) > by
	}
	return apart(quantity, k.quantity, 1000) || apart(amount, k.amount, max(amount.N, -amount.N)/100)
}

func (t *table) where() string { return honne.Address{Sheet: t.Sheet, Range: t.Body}.String() }

func (t *table) partUnit(s honne.Series) string {
	for i := range t.fields {
		if f := &t.fields[i]; f.measure && f.series == s && !f.amount && f.unit.Name != "" {
			return f.unit.Name
		}
	}
	return ""
}
