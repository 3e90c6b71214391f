package intake

import (
	"slices"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
)

// readBalances takes what is left at the end (当月末, 翌月繰越) for the stock, in a
// table about stock where no column is called so.
func (t *table) readBalances(kind honne.Series, sample []*outline.Profile) {
	t.readOwn(kind, sample)
	t.readMoneyStock(kind)
	_, own := t.measures()
	if kind == honne.Backlog || kind == honne.Orders || slices.Contains(own, honne.Orders) {
		t.readOpen(kind == honne.Backlog && !t.flowOfOrders())
	}
	if kind != honne.Stock || slices.Contains(own, honne.Stock) {
		return
	}
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		if f.label || c.Said || c.Meaning != honne.MeaningUnknown || !slices.ContainsFunc(f.rest, t.words.Balance) {
			continue
		}
		c.Meaning = honne.QuantityOf(honne.Stock)
		if t.money(f) {
			c.Meaning = honne.AmountOf(honne.Stock)
		}
		c.Confidence = terms.PartHeader
	}
}

// readOpen takes what is left (残数, 残金額) for the backlog, in a table about orders:
// nothing of it lies in a store. What was ordered, and what came or left of it (入荷済,
// 出荷済), is left out where only orders that are open stand: they are not all of a month.
func (t *table) readOpen(only bool) {
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		s, _, _ := c.Meaning.Measure()
		part := s == honne.Orders || s == honne.Purchases || s == honne.Shipments || s == honne.Sales
		if f.label || c.Said || s != honne.Stock && !part && c.Meaning != honne.MeaningUnknown {
			continue
		}
		switch {
		case part:
			if only {
				t.leaveOrders(f, c)
			}
			continue
		case t.headed(i, t.book.Words.Open):
			c.Meaning = honne.QuantityOf(honne.Backlog)
		case t.headed(i, t.book.Words.OpenAmount):
			c.Meaning = honne.AmountOf(honne.Backlog)
		default:
			continue
		}
		c.Confidence = terms.PartHeader
	}
}

// flowOfOrders reports whether a table sets what was ordered beside what is still open, and
// lists no orders: neither days nor documents stand in its rows.
func (t *table) flowOfOrders() bool {
	open := slices.ContainsFunc(t.Columns, func(c honne.Column) bool {
		s, _, _ := c.Meaning.Measure()
		return s == honne.Backlog
	})
	return open && !t.has(honne.MDate) && !t.has(honne.MDocument) && !t.has(honne.MCustomerName)
}

// openMoney reports whether what is still open is an amount, as all figures of a table are
// whose title says nothing but money: 受注残 under 単位：百万円.
func (t *table) openMoney(f *field, s honne.Series) bool {
	return s == honne.Backlog && t.openBesideMoney(f) || s == honne.Backlog && t.Unit.Currency != "" && t.second.IsZero() && !f.saysPieces() && !t.hasPieces()
}

// openBesideMoney reports whether what is still open is large and stands beside nothing but
// money, so that it is hardly pieces, and has a person look: 受注残 beside 当月売上.
func (t *table) openBesideMoney(f *field) bool {
	counts := slices.ContainsFunc(t.Columns, func(c honne.Column) bool {
		s, amount, figure := c.Meaning.Measure()
		return figure && !amount && s != honne.Backlog
	})
	if counts || !t.has(honne.MAmount) || f.saysPieces() || f.shape == nil || !f.shape.Large || !t.Unit.IsZero() {
		return false
	}
	t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, f.col), Severity: honne.SevWarning,
		What: honne.Say("problem.measure-assumed", honne.Word("meaning", "meaning."+string(honne.AmountOf(honne.Backlog))))})
	return true
}

func (t *table) hasPieces() bool {
	return slices.ContainsFunc(t.Columns, func(c honne.Column) bool { return c.Meaning == honne.MQuantity })
}

// leaveOrders leaves out what was ordered, and says so.
func (t *table) leaveOrders(f *field, c *honne.Column) {
	c.Meaning, c.Confidence, f.told = honne.MeaningUnknown, terms.SureHeader, true
	t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, f.col), Severity: honne.SevNote, Raw: c.Header,
		What: honne.Say("problem.orders-still-open", honne.Text("column", c.At), honne.Text("header", clip(c.Header)))})
}

// ofTitle is when a balance is that a row counts: what is there, or is still open,
// is so at the end of the month that the title says, whenever it came or was
// ordered.
func (t *table) ofTitle(s honne.Series) honne.Period {
	if t.periods.date == 0 || s != honne.Stock && s != honne.Backlog {
		return honne.Period{}
	}
	if _, month := t.Period.Bucket(); !month {
		return honne.Period{}
	}
	return t.Period
}

// money reports whether a column of a table about stock holds amounts: a text or
// the unit says it.
func (t *table) money(f *field) bool {
	return t.Unit.Currency != "" && t.Unit.Name == "" || slices.ContainsFunc(f.rest, func(s string) bool {
		m, _ := t.words.Lookup(s)
		return m == honne.MAmount
	})
}
