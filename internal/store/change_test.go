package store_test

import (
	"fmt"
	"strings"
	"testing"

	"honne"
)

// cells reads "A=1000/50 B=/20 =/70": product, quantity and amount; blank is
// unknown.
func cellsOf(t *testing.T, path string, received honne.Date, cells string) report {
	t.Helper()
	r := report{path: path, received: received, parts: []honne.Part{{Series: honne.Sales, Periods: []honne.Period{july.Period()}}}}
	for i, c := range strings.Fields(cells) {
		product, figures, _ := strings.Cut(c, "=")
		code, name, _ := strings.Cut(product, ":")
		l := honne.Line{Row: int32(i + 2), Period: july.Period(), Product: honne.Product{Code: code, Name: name}}
		quantity, amount, _ := strings.Cut(figures, "/")
		if _, err := fmt.Sscan(quantity, &l.Quantity.N); err == nil {
			l.Quantity.Known = true
		}
		if _, err := fmt.Sscan(amount, &l.Amount.N); err == nil {
			l.Amount.Known = true
		}
		r.lines = append(r.lines, l)
	}
	return r
}

func TestWhatCountsAsAChange(t *testing.T) {
	cases := []struct{ name, old, new, want string }{
		{"nothing", "A=1/10 B=2/20", "B=2/20 A=1/10", ""},
		{"an amount", "A=1/10 B=2/20", "A=1/11 B=2/20", "A 1/10→1/11"},
		{"a quantity", "A=1/10", "A=2/10", "A 1/10→2/10"},
		{"a cell is gone", "A=1/10 B=2/20", "A=1/10", "B 2/20→/"},
		{"a cell is new", "A=1/10", "A=1/10 B=2/20", "B /→2/20"},
		{"all is gone", "A=1/10", "", "A 1/10→/"},
		{"a zero is gone", "A=1/10 B=0/0", "A=1/10", ""},
		{"quantities are no longer given", "A=1/10 B=2/20", "A=/10 B=/20", ""},
		{"one quantity is blank", "A=1/10 B=2/20", "A=1/10 B=/20", "B 2/20→/20"},
		{"products instead of a total", "=/30", "A=1/10 B=2/20", ""},
		{"another total with products", "=/30", "A=1/10 B=2/25", " /30→3/35"},
		{"two lines become one", "A=1/10 A=2/20", "A=3/30", ""},
		{"a new name of one code", "A:旧=1/10", "A:新=1/10", ""},
	}
	onBoth(t, func(t *testing.T, l *ledger) {
		for i, c := range cases {
			d, err := l.AddDistributor(l.ctx, honne.Profile{Name: c.name}, false)
			l.must(err)
			one := &ledger{l.Store, t, l.ctx, d.ID}
			one.accept(cellsOf(t, fmt.Sprint(i, "-1.csv"), before, c.old))
			one.accept(cellsOf(t, fmt.Sprint(i, "-2.csv"), after, c.new))
			rec := one.record(0)
			var got []string
			for _, change := range rec.Changes {
				code := ""
				if change.Product >= 0 {
					code = rec.Products[change.Product].Code
				}
				got = append(got, code+" "+reported(change.Before)+"→"+reported(change.After))
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("%s: got %q, want %q", c.name, strings.Join(got, ", "), c.want)
			}
		}
		l.must(l.Verify(l.ctx))
	})
}

func reported(r honne.Reported) string {
	figure := func(f honne.Figure) string {
		if !f.Known {
			return ""
		}
		return fmt.Sprint(f.N)
	}
	return figure(r.Quantity) + "/" + figure(r.Amount)
}

// Intake makes two parts of one series only where a sheet holds the same table
// again, one below the other: they are versions in their order.
func TestTwoPartsOfOneFileAreVersions(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		r := sales("a.xlsx", before, july, 10)
		r.parts = append(r.parts, r.parts[0])
		again := r.lines[0]
		again.Part, again.Amount = 1, honne.Known(12)
		r.lines = append(r.lines, again)
		l.accept(r)
		rec := l.record(0)
		if len(rec.Changes) != 1 || monthly(rec, july).N != 12 || len(rec.Deliveries) != 2 || rec.Deliveries[0].InForce || !rec.Deliveries[1].InForce {
			t.Errorf("record %s", text(t, rec))
		}
	})
}

func TestVintagesAndCurrencies(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		plan := func(path string, received honne.Date, s honne.Series, amount int64, agreed ...honne.Date) {
			r := report{path: path, received: received, parts: []honne.Part{{Series: s, Periods: []honne.Period{july.Period()}, Currency: honne.JPY}}}
			for i, a := range agreed {
				r.lines = append(r.lines, honne.Line{Row: int32(i + 2), Period: july.Period(), Amount: honne.Known(amount), Agreed: a})
			}
			l.accept(r)
		}
		plan("f1", before, honne.Forecast, 100, 0)
		plan("f2", after, honne.Forecast, 90, 0)
		plan("t1", before, honne.Target, 50, before, between)
		plan("t2", after, honne.Target, 50, before, 0)
		euros := sales("eur.csv", before, july+1, 7)
		euros.parts[0].Currency = "EUR"
		l.accept(euros)
		l.accept(sales("jpy.csv", after, july, 5))
		rec := l.record(0)
		var got []string
		for _, v := range rec.Vintages {
			got = append(got, fmt.Sprintf("%s %s %d %s", v.Series, v.Month, v.Amount.N, v.Agreed))
		}
		want := "forecast 2025-07 100 ,forecast 2025-07 90 ,target 2025-07 100 " + between.String() + ",target 2025-07 100 "
		if strings.Join(got, ",") != want {
			t.Errorf("vintages %q, want %q", got, want)
		}
		if rec.Currency != honne.JPY || monthly(rec, july).N != 5 || monthly(rec, july+1).Known {
			t.Errorf("%s: July %v, August in euros %v", rec.Currency, monthly(rec, july), monthly(rec, july+1))
		}
	})
}

// A figure that could not be read (########) is no change; the next version is
// compared with the last one that could be.
func TestLostFiguresAreNoChange(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		l.accept(sales("a.xlsx", before, july, 10))
		lost := sales("b.xlsx", before+1, july, 0)
		lost.lines[0].Amount, lost.lines[0].Quantity = honne.Figure{}, honne.Figure{}
		l.accept(lost)
		l.accept(sales("c.xlsx", before+2, july, 12))
		rec := l.record(0)
		if len(rec.Changes) != 1 || rec.Changes[0].Before.Amount.N != 10 || rec.Changes[0].After.Amount.N != 12 {
			t.Errorf("record %s", text(t, rec))
		}
	})
}

// What stands before a lost figure depends on the reading: a version that slips
// in behind it is seen, and a frozen reading does not see it.
func TestBehindALostFigureStandsWhatWasKnown(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		l.accept(sales("a.xlsx", before, july, 10))
		lost := sales("c.xlsx", before+2, july, 0)
		lost.lines[0].Amount, lost.lines[0].Quantity = honne.Figure{}, honne.Figure{}
		l.accept(lost)
		last, err := l.File(l.ctx, l.accept(sales("d.xlsx", before+3, july, 12)))
		l.must(err)
		from := func(at honne.AsOf) int64 {
			rec, err := l.Record(l.ctx, l.d, at)
			l.must(err)
			return rec.Changes[len(rec.Changes)-1].Before.Amount.N
		}
		l.accept(sales("b.xlsx", before+1, july, 11))
		if now, then := from(honne.AsOf{}), from(honne.AsOf{Recorded: last.Accepted}); now != 11 || then != 10 {
			t.Errorf("changed from %d, want 11; as recorded before from %d, want 10", now, then)
		}
	})
}

// What a later report adds to July counts from then on, is no restatement, and
// ends when a report of all of July comes.
func TestLinesOfALaterReportAdd(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		l.accept(sales("july.xlsx", before, july, 60, 40))
		late := sales("august.xlsx", after, july, -10)
		late.parts[0].Scope = honne.Addition(july + 1)
		l.accept(late)
		if old := monthly(l.record(between), july); old.N != 100 {
			t.Errorf("before it came: %v", old)
		}
		rec := l.record(0)
		if got := monthly(rec, july); got.N != 90 || len(rec.Changes) != 0 || len(rec.Deliveries) != 1 {
			t.Errorf("%v, %d changes, %d reports", got, len(rec.Changes), len(rec.Deliveries))
		}
		versions, err := l.Versions(l.ctx, l.d, honne.Selection{Series: honne.Sales, Period: july.Period(), Amount: true})
		l.must(err)
		if v := versions[0]; len(versions) != 2 || v.Reason != honne.ReasonAdded || v.Value.Amount.N != 90 {
			t.Errorf("versions %s", text(t, versions))
		}
		l.accept(sales("july-2.xlsx", after+7, july, 60, 45))
		if got := monthly(l.record(0), july); got.N != 105 {
			t.Errorf("after a report of all: %v", got)
		}
	})
}
