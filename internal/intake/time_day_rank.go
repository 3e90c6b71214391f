package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// dayRank orders columns of days in one row: goods are sold on 売上日, else when they
// are delivered (納品日), else when they leave (出荷日, which comes first in a report
// about shipments), not when they were ordered or billed; orders are placed on 受注日,
// whatever becomes of them later.
func (t *table) dayRank() func(col int32) int {
	about, w := t.speaksOf(), &t.book.Words
	orders := t.ofOrders(about)
	return func(col int32) int {
		switch says := t.headerHolds(col); {
		case says(w.ToCome):
			return -3
		case orders && says(w.Ordered), !orders && says(w.Sold):
			return soldRank
		case says(w.Ordered):
			return -2
		case says(w.Billed):
			return -1
		case orders && (says(w.Delivered) || says(w.Shipped) || says(w.Received)):
			return ofOther
		case orders:
			return 0
		case says(w.Delivered) && about != honne.Shipments:
			return 3
		case says(w.Shipped):
			return 2
		case says(w.Delivered):
			return 1 // of a report that is about shipments
		}
		return 0
	}
}

// headerHolds returns what reports whether a column's header holds one of some words.
func (t *table) headerHolds(col int32) func(words []string) bool {
	f := t.fieldAt(col)
	if f == nil {
		return func([]string) bool { return false }
	}
	key := japan.Key(japan.WithoutBrackets(strings.Join(f.path, "")))
	return func(words []string) bool {
		return slices.ContainsFunc(words, func(s string) bool { return strings.Contains(key, japan.Key(s)) })
	}
}

const (
	soldRank = 4  // of the day that the rows are about
	ofOther  = -4 // of a day that is no day of the rows at all
)

// ofOrders reports whether a table that may be about a series is about orders.
func (t *table) ofOrders(about honne.Series) bool {
	if about == "" && t.headsOrders() {
		about = honne.Orders
	}
	return (about == honne.Orders || about == honne.Backlog) && !t.headsSales()
}

// headsOrders reports whether a header over figures says orders (受注金額), and every other
// one at most what is counted of them: 数量.
func (t *table) headsOrders() bool {
	orders := false
	for i := range t.fields {
		for _, s := range t.fields[i].path {
			m, _ := t.words.Lookup(s)
			switch series, _, figure := m.Measure(); {
			case !figure:
			case series == honne.Orders:
				orders = true
			case series != "" && series != honne.Backlog, t.book.Kind(s) != "":
				return false
			}
		}
	}
	return orders
}

// monthBooked reports whether rows say the month that they are booked in beside a day
// that is another than that of the sale: 売上月 beside 納品日.
func (t *table) monthBooked(p *periodColumns, rank func(int32) int, body []*outline.Profile) bool {
	if p.date == 0 || len(p.cols) != 1 || p.cols[0] == p.date || !t.saysMonth(p.cols[0]) {
		return false
	}
	if of := rank(p.date); of == 0 || of >= soldRank {
		return false
	}
	return !slices.ContainsFunc(body, func(r *outline.Profile) bool {
		_, month := when.Read(r.Text(p.cols[0])).Period.Month()
		return !month && r.Text(p.cols[0]) != ""
	})
}

// saysMonth reports whether a column's header is a word for a period.
func (t *table) saysMonth(col int32) bool {
	f := t.fieldAt(col)
	if f == nil || len(f.path) == 0 {
		return false
	}
	m, sure := t.words.Lookup(f.path[len(f.path)-1])
	return m == honne.MPeriod && sure >= terms.SureHeader
}

// toCome reports whether the rows are of days or months that are still to come:
// 売上予定日.
func (t *table) toCome() bool {
	f := t.fieldAt(t.periods.only())
	return f != nil && slices.ContainsFunc(f.path, func(s string) bool { return terms.HoldsAny(s, t.book.Words.ToCome) })
}

// nextTime reports whether a column of a report on the sales of a month says when something
// else comes after it, as 次回納品予定日 does: the rows are of the month.
func (t *table) nextTime(col int32, body []*outline.Profile) bool {
	says, w := t.headerHolds(col), &t.book.Words
	if _, month := t.Period.Month(); !month || !says(w.ToCome) || says(w.Sold) || says(w.Ordered) || !t.entitledSales() {
		return false
	}
	return !slices.ContainsFunc(body, func(p *outline.Profile) bool {
		s := p.Text(col)
		return s != "" && when.Read(s).Period.From <= t.Period.To
	})
}

// datedBeside reports whether a row that says no day in a column says one, or a document
// of its own, in another: it does not go on with the row above.
func (t *table) datedBeside(body []*outline.Profile, col int32) bool {
	for i := range t.cols {
		s := &t.cols[i]
		if f := t.fieldAt(s.Col); s.Col == col || f == nil || !s.Days && !(s.Col < col && t.numbersDocuments(f)) {
			continue
		}
		if slices.ContainsFunc(body, func(p *outline.Profile) bool { return p.Text(col) == "" && p.Text(s.Col) != "" }) {
			return true
		}
	}
	return false
}

func (t *table) numbersDocuments(f *field) bool {
	m, _ := t.words.Lookup(strings.Join(f.path, ""))
	return m == honne.MDocument
}

// orderedAt is the column of the day on which orders were placed, beside another by
// which the rows are dated; 0 for none.
func (t *table) orderedAt() int32 {
	for i := range t.fields {
		f := &t.fields[i]
		if f.shape != nil && f.shape.Days && f.col != t.periods.only() && t.headed(i, t.book.Words.Ordered) {
			return f.col
		}
	}
	return 0
}

// saysDay reports whether a column's header is a word for a day: one that cannot
// be read among its days, 未定, is that of its row alone.
func (t *table) saysDay(col int32) bool {
	f := t.fieldAt(col)
	if f == nil || len(f.path) == 0 {
		return false
	}
	m, sure := t.words.Lookup(f.path[len(f.path)-1])
	return m == honne.MDate && sure >= terms.SureHeader
}

// speaksOf is the series of the nearest text around the table that speaks of one.
func (t *table) speaksOf() honne.Series {
	for _, s := range t.around {
		if kind := t.words.Kind(s); kind != "" {
			return kind
		}
	}
	return ""
}

// headsSales reports whether a header over figures says sales (売上金額, 使用数), and none
// says orders: the name of a file that speaks of orders says less.
func (t *table) headsSales() bool {
	sales := false
	for i := range t.fields {
		for _, s := range t.fields[i].path {
			m, _ := t.words.Lookup(s)
			series, _, _ := m.Measure()
			if series == honne.Orders || series == honne.Backlog {
				return false
			}
			sales = sales || (m == honne.MAmount || m == honne.MQuantity) && t.book.Kind(s) == honne.Sales
		}
	}
	return sales
}

// contradicted says that most days of a report lie outside the month that its
// title gives; they count as the rows say.
func (t *table) contradicted(at honne.Address) []honne.Problem {
	if _, month := t.Period.Month(); t.Kind == "" || !month || t.Layout == honne.Crosstab {
		return nil
	}
	other, lines := 0, 0
	for s, k := range t.stats.series {
		if slices.Contains(honne.DoneSeries, s) && k.dated == k.lines {
			lines, other = lines+k.lines, other+k.lines-k.periods[t.Period]
		}
	}
	if 2*other <= lines {
		return nil
	}
	return []honne.Problem{{At: at, Severity: honne.SevWarning, Count: other,
		What: honne.Say("problem.days-outside", honne.Count("n", other), honne.Over("period", t.Period))}}
}

// orderedOn dates an order by the day that it says above its table: 発注日 令和8年4月17日.
func (t *table) orderedOn(rows []*outline.Profile) {
	if about := t.speaksOf(); !t.Period.IsZero() || about != honne.Orders {
		return
	}
	for _, p := range rows {
		for k := range p.Cells {
			if !terms.HoldsAny(p.Cells[k].Text, t.book.Words.Ordered) && (k == 0 || !terms.HoldsAny(p.Cells[k-1].Text, t.book.Words.Ordered)) {
				continue
			}
			d := when.DayOf(&p.Cells[k])
			if q, ok := japan.FindPeriod(p.Cells[k].Text); d == 0 && ok && q.From == q.To {
				d = q.From
			}
			if d != 0 {
				t.day, t.Period, t.PeriodAt = d, d.Month().Period(), honne.Cell{Row: p.N, Col: p.Cells[k].Col}.String()
			}
		}
	}
}
