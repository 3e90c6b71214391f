package sample

import (
	"math/rand/v2"
	"sort"
	"time"

	"honne"
	"honne/internal/japan"
)

// supply ships what was really sold and counts the stock. Deliveries follow the
// sales of their days; a loaded quarter gets an eighth more than it sold, most
// of it in its last ten business days.
func (t *trade) supply(sold [][]sale) {
	held := make([]int64, len(t.products))
	for p := range held {
		held[p] = t.wanted(0, p)
	}
	r := rand.New(rand.NewPCG(t.seed, 2))
	for _, q := range t.quarters() {
		loaded := t.loads != 0 && t.months[q[0]] >= t.loads
		if loaded {
			t.load(q, sold)
		}
		for _, i := range q {
			out := t.pieces(sold[i])
			count := make([]int64, len(t.products))
			for p := range held {
				want := t.wanted(i, p) * (95 + r.Int64N(11)) / 100
				need := max(0, out[p]+want-held[p])
				if loaded {
					need = t.inflow[i][p]
				} else {
					t.deliver(t.months[i], p, need)
				}
				held[p] += need - out[p]
				count[p] = max(0, held[p])
				if r.IntN(12) == 0 { // a miscount, put right next month
					count[p]++
				}
			}
			t.stock = append(t.stock, count)
		}
	}
	sort.SliceStable(t.shipped, func(i, j int) bool { return t.shipped[i].date < t.shipped[j].date })
}

// wanted is the stock to hold at the end of month i.
func (t *trade) wanted(i, p int) int64 {
	return int64(float64(t.cover*t.expected[i][p])/season(t.planned[i]) + .5)
}

// deliver spreads qty over the delivery days of a month, as sales fall.
func (t *trade) deliver(m honne.Month, p int, qty int64) {
	days, weights := t.days(m)
	t.spread(days, weights, p, qty, m.Last())
}

// load delivers a quarter with 5 % in its first ten business days and 60 % in
// its last ten.
func (t *trade) load(q []int, sold [][]sale) {
	start := t.months[q[0]] / 3 * 3
	var days []honne.Date
	for m := start; m < start+3; m++ {
		more, _ := t.days(m)
		days = append(days, more...)
	}
	weights := make([]float64, len(days))
	for i := range weights {
		switch {
		case i < 10:
			weights[i] = .005
		case len(days)-i <= 10:
			weights[i] = .06
		default:
			weights[i] = .35 / float64(len(days)-20)
		}
	}
	out := make([]int64, len(t.products))
	for _, i := range q {
		for p, qty := range t.pieces(sold[i]) {
			out[p] += qty
		}
	}
	for p := range out {
		total := out[p] * 9 * 3 / (8 * int64(len(q)))
		t.spread(days, weights, p, total, t.months[q[len(q)-1]].Last())
	}
}

// spread ships qty in deliveries on Tuesdays, Thursdays and the last day, each
// with what its days weigh since the one before; those after cut are not known
// yet.
func (t *trade) spread(days []honne.Date, weights []float64, p int, qty int64, cut honne.Date) {
	cum := cumulate(weights)
	var sent int64
	for i, d := range days {
		if w := d.Weekday(); w != time.Tuesday && w != time.Thursday && i != len(days)-1 {
			continue
		}
		due := int64(float64(float64(qty)*cum[i])/cum[len(cum)-1] + .5)
		if due > sent && d <= cut {
			t.shipped = append(t.shipped, shipment{d, p, due - sent})
			t.inflow[d.Month()-t.months[0]][p] += due - sent
			sent = due
		}
	}
}

// promise sets the agreed targets, so that the first reports of each quarter
// attain what nature says, and the forecasts, as wrong as nature says.
func (t *trade) promise() {
	t.plan = make([][]int64, len(t.planned))
	t.forecast = make([][]int64, len(t.planned))
	var scale float64
	k := 0
	for _, q := range t.quarters() {
		var got, want float64
		for _, i := range q {
			got += float64(sum(t.yen(t.first[i])))
			want += t.expectedYen(i)
		}
		scale = got / want
		for _, i := range q {
			t.say(i, scale, t.errors[k%len(t.errors)], t.yen(t.first[i]))
			k++
		}
	}
	for i := len(t.months); i < len(t.planned); i++ {
		t.say(i, scale, t.errors[k%len(t.errors)], nil)
		k++
	}
}

func (t *trade) expectedYen(i int) (yen float64) {
	for p, e := range t.expected[i] {
		yen += float64(e * float64(t.products[p].price))
	}
	return yen
}

// say sets plan and forecast of one month, in whole 千円.
func (t *trade) say(i int, scale, wrong float64, actual []int64) {
	goal := scale / t.attain(t.planned[i])
	t.plan[i] = make([]int64, len(t.products))
	t.forecast[i] = make([]int64, len(t.products))
	for p, e := range t.expected[i] {
		base := float64(e * float64(t.products[p].price))
		t.plan[i][p] = thousands(base * goal)
		seen := base * scale
		if actual != nil {
			seen = float64(actual[p])
		}
		t.forecast[i][p] = max(0, thousands(seen*(1+wrong)))
	}
}

func thousands(yen float64) int64 { return int64(yen/1000+.5) * 1000 }

// proposedYear is the fiscal year of the last month, for which a plan is proposed.
var proposedYear = japan.FiscalYear(lastMonth, 4)

// propose is the plan that the distributor proposes: last year's sales times growth,
// spread as the plan is.
func (t *trade) propose(growth float64) {
	var last, plan float64
	for i, m := range t.planned {
		switch {
		case japan.FiscalYear(m, 4) == proposedYear-1 && i < len(t.first):
			last += float64(sum(t.yen(t.final[i])))
		case japan.FiscalYear(m, 4) == proposedYear:
			plan += float64(sum(t.plan[i]))
		}
	}
	for i, m := range t.planned {
		if japan.FiscalYear(m, 4) != proposedYear {
			continue
		}
		row := make([]int64, len(t.products))
		for p := range row {
			row[p] = thousands(float64(t.plan[i][p]) * growth * last / plan)
		}
		t.proposed = append(t.proposed, row)
	}
}

// marketSize is the market's size in month i, in whole 百万円.
func (t *trade) marketSize(i int) int64 {
	level := float64(t.size)
	for range i {
		level *= t.market
	}
	return int64(level*season(t.planned[i])/1e6 + .5)
}
