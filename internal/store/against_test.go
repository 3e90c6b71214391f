package store_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
)

const noLimit = 1_000_000

// The questions over whole ledgers say what Record says, after random histories.
func TestQuestionsSayWhatRecordsSay(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			h := &historian{r: rand.New(rand.NewPCG(honnetest.Seed(), 14)), now: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)}
			db.Config.Now = func() time.Time { return h.now }
			h.ledger = open(t, db.Config)
			h.live(300)
			span := honne.Months(honne.NewMonth(2025, 3), honne.NewMonth(2025, 9))
			behind, largest := 0, 0
			for _, at := range []honne.AsOf{{}, {Known: honne.NewDate(2025, 9, 1)}} {
				for _, plan := range []honne.Series{honne.Target, honne.Forecast, honne.Stock} {
					behind += h.asksBehind(at, plan, span)
				}
				largest += h.asksLargest(at, span)
			}
			if behind == 0 || largest == 0 {
				t.Errorf("%d are behind and %d are sold: the histories show too little", behind, largest)
			}
		})
	}
}

func (h *historian) asksBehind(at honne.AsOf, plan honne.Series, span honne.Period) int {
	h.t.Helper()
	var want []string
	all, err := h.Distributors(h.ctx)
	h.must(err)
	of := map[honne.DistributorID]honne.AsOf{}
	for _, d := range all {
		of[d.ID] = at
		rec, err := h.Record(h.ctx, d.ID, at)
		h.must(err)
		if rec.Currency == honne.JPY {
			want = append(want, behindOf(rec, plan, span)...)
		}
	}
	found, err := h.FurthestBehind(h.ctx, of, plan, honne.JPY, span, noLimit)
	h.must(err)
	var got []string
	for i, a := range found {
		got = append(got, fmt.Sprint(a.Distributor, a.Month, a.Product, a.Behind().N))
		if i > 0 && found[i-1].Behind().N < a.Behind().N {
			h.t.Errorf("%v stands before %v", found[i-1], a)
		}
	}
	slices.Sort(want)
	if slices.Sort(got); !slices.Equal(got, want) {
		h.t.Errorf("behind as of %v: %d %q, want %d %q", at, len(got), except(got, want), len(want), except(want, got))
	}
	first, err := h.FurthestBehind(h.ctx, of, plan, honne.JPY, span, 2)
	h.must(err)
	if text(h.t, first) != text(h.t, found[:min(2, len(found))]) {
		h.t.Errorf("the first 2 are %v, want %v", first, found)
	}
	h.asksBehindOf(h.d, at, found, plan, span)
	return len(found)
}

// asksBehindOf wants of one distributor what all gave of it, whoever else is
// further behind.
func (h *historian) asksBehindOf(d honne.DistributorID, at honne.AsOf, all []honne.Against, plan honne.Series, span honne.Period) {
	h.t.Helper()
	want := slices.DeleteFunc(slices.Clone(all), func(a honne.Against) bool { return a.Distributor != d })
	want = want[:min(2, len(want))]
	got, err := h.FurthestBehind(h.ctx, map[honne.DistributorID]honne.AsOf{d: at}, plan, honne.JPY, span, 2)
	if h.must(err); text(h.t, got) != text(h.t, want) {
		h.t.Errorf("of %d alone: %v, want %v", d, got, want)
	}
}

// behindOf is the naive answer: each product and month that a record plans.
func behindOf(rec honne.Record, by honne.Series, span honne.Period) (out []string) {
	type cell struct {
		month   honne.Month
		product int32
	}
	sold, given := map[cell]honne.Figure{}, map[honne.Month]bool{}
	sales := rec.Series(honne.Sales)
	for i, m := range sales.Month {
		sold[cell{m, sales.Product[i]}] = sales.Amount[i]
		given[m] = given[m] || sales.Product[i] >= 0
	}
	plan := rec.Series(by)
	for i, m := range plan.Month {
		c := cell{m, plan.Product[i]}
		amount, there := sold[c]
		if !there && c.product >= 0 && given[m] {
			amount = honne.Known(0)
		}
		if less := plan.Amount[i].N - amount.N; amount.Known && plan.Amount[i].Known && less > 0 && span.Contains(m.First()) {
			var p honne.Product
			if c.product >= 0 {
				p = rec.Products[c.product]
			}
			out = append(out, fmt.Sprint(rec.Distributor.ID, m, p, less))
		}
	}
	return out
}

// asksLargest compares by account what lines say with what both roll-ups say.
func (h *historian) asksLargest(at honne.AsOf, span honne.Period) int {
	h.t.Helper()
	rec, err := h.Record(h.ctx, h.d, at)
	h.must(err)
	found, cells, err := h.LargestSold(h.ctx, h.d, at, honne.Target, span, noLimit)
	h.must(err)
	got, want := sums{}, sums{}
	for _, a := range found {
		got.add(honne.Reported{Amount: a.Sold.Amount}, "%s %s", a.Month, keyOf(a.Product))
		got.add(honne.Reported{Amount: a.Sold.Amount}, "%s of %s", a.Month, a.Account.Selector())
	}
	h.checkPlanned(&rec, found)
	few, _, err := h.LargestSold(h.ctx, h.d, at, honne.Target, span, 2)
	if h.must(err); !reflect.DeepEqual(few, found[:min(2, len(found))]) {
		h.t.Errorf("the first two are %+v of %+v", few, found)
	}
	sales := rec.Series(honne.Sales)
	for i, m := range sales.Month {
		code := ""
		if p := sales.Product[i]; p >= 0 {
			code = keyOf(rec.Products[p])
		}
		if sales.Amount[i].Known && span.Contains(m.First()) {
			want.add(honne.Reported{Amount: sales.Amount[i]}, "%s %s", m, code)
		}
	}
	for i, m := range rec.ByAccount.Month {
		name := ""
		if a := rec.ByAccount.Account[i]; a >= 0 {
			name = rec.Accounts[a].Selector()
		}
		if rec.ByAccount.Amount[i].Known && span.Contains(m.First()) {
			want.add(honne.Reported{Amount: rec.ByAccount.Amount[i]}, "%s of %s", m, name)
		}
	}
	var a, b answers
	got.into(&a)
	want.into(&b)
	slices.Sort(a)
	if slices.Sort(b); !slices.Equal(a, b) || cells < len(found) {
		h.t.Errorf("largest as of %v: %q, want %q", at, except(a, b), except(b, a))
	}
	return len(found)
}

// checkPlanned wants beside each amount the plan of its product and month, and the
// largest first.
func (h *historian) checkPlanned(rec *honne.Record, found []honne.Against) {
	h.t.Helper()
	plan, planned := rec.Series(honne.Target), map[string]honne.Figure{}
	for i, m := range plan.Month {
		if p := plan.Product[i]; p >= 0 {
			planned[fmt.Sprint(m, keyOf(rec.Products[p]))] = plan.Amount[i]
		}
	}
	for i, a := range found {
		if want := planned[fmt.Sprint(a.Month, keyOf(a.Product))]; a.Product != (honne.Product{}) && a.Planned.Amount != want {
			h.t.Errorf("%s %v is planned as %v, want %v", a.Month, a.Product, a.Planned.Amount, want)
		}
		if i > 0 && a.Sold.Amount.N > found[i-1].Sold.Amount.N {
			h.t.Errorf("%v stands behind %v", a, found[i-1])
		}
	}
}

func TestFallen(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		buy := func(m honne.Month, amounts map[string]int64, unknown ...string) {
			r := report{path: m.String(), received: before + honne.Date(m-july), parts: []honne.Part{{Series: honne.Sales, Periods: []honne.Period{m.Period()}, Currency: honne.JPY}}}
			for _, name := range []string{"A病院", "B病院", "C病院", "D病院"} {
				line := honne.Line{Row: int32(len(r.lines) + 2), Period: m.Period(), Quantity: honne.Known(1000), Amount: honne.Known(amounts[name])}
				line.Parties[honne.EndUser] = honne.Party{Name: name, Disclosure: honne.Named}
				if line.Amount.Known = !slices.Contains(unknown, name); line.Amount.N > 0 || !line.Amount.Known {
					r.lines = append(r.lines, line)
				}
			}
			l.accept(r)
		}
		for i := range honne.Month(6) {
			buy(july+i, map[string]int64{"A病院": 100, "B病院": 50, "C病院": 10, "D病院": 500})
		}
		for i := range honne.Month(5) {
			buy(july+6+i, map[string]int64{"A病院": 40, "C病院": 20}, "D病院")
		}
		ask := func() string {
			fallen, reported, err := l.Fallen(l.ctx, l.d, honne.AsOf{}, july+11, 10)
			l.must(err)
			out := fmt.Sprint(reported)
			for _, f := range fallen {
				out += fmt.Sprintf(" %s %d→%d", f.Account.Name, f.Before.Amount.N, f.After.Amount.N)
			}
			return out
		}
		if got := ask(); got != "false" {
			t.Errorf("with a month that is not reported: %s", got)
		}
		buy(july+11, map[string]int64{"A病院": 40})
		if got, want := ask(), "true A病院 600→240 B病院 300→0"; got != want {
			t.Errorf("got %s, want %s: what is unknown of D has not fallen", got, want)
		}
		if one, _, err := l.Fallen(l.ctx, l.d, honne.AsOf{}, july+11, 1); err != nil || len(one) != 1 || one[0].By() != 360 {
			t.Errorf("the first is %v, %v", one, err)
		}
	})
}
