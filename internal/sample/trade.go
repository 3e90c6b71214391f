package sample

import (
	"fmt"
	"math/rand/v2"
	"sort"

	"honne"
	"honne/internal/japan"
)

// nature is what is really happening at a distributor.
type nature struct {
	seed   uint64
	drift  float64                     // factor of sales from one month to the next
	market float64                     // factor of the market from one month to the next
	size   int64                       // yen of the market in the first month, without season
	grain  int64                       // prices are multiples of so many yen
	cover  float64                     // months of sales in stock
	loads  honne.Month                 // first month from which whole quarters are loaded; 0 never
	attain func(m honne.Month) float64 // attainment of the agreed target of the quarter of m
	errors []float64                   // of the forecast, month by month, in turn
}

// sale is one line of the distributor's sales; a return is negative.
type sale struct {
	date                       honne.Date
	site, dealer, rep, product int
	qty, amount                int64 // pieces, yen
	lot, note                  string
}

type shipment struct {
	date    honne.Date
	product int
	qty     int64
}

// trade is the hidden series: what a distributor sold, bought and holds, and
// what it said of it.
type trade struct {
	world
	nature
	months   []honne.Month
	planned  []honne.Month // months, and the rest of the fiscal year
	expected [][]float64   // planned × product: pieces, without noise
	first    [][]sale      // by month, as first reported
	final    [][]sale      // by month, as in force
	shipped  []shipment
	inflow   [][]int64 // month × product: pieces shipped
	stock    [][]int64 // month × product, counted at the end of the month
	plan     [][]int64 // planned × product, yen
	forecast [][]int64 // planned × product, yen, one month ahead
	proposed [][]int64 // month of proposedYear × product, yen
}

// bare is the season of hospitals without any loading: March and September are
// the ends of budgets (domain 2.1).
var bare = [12]float64{.85, .95, 1.5, .85, .9, 1, .95, .85, 1.2, .95, 1, 1.05}

func season(m honne.Month) float64 {
	_, month := m.Civil()
	return bare[month-1]
}

func newTrade(n nature, w world, size Size) *trade {
	t := &trade{world: w, nature: n}
	for m := lastMonth - honne.Month(size.Months) + 1; m <= lastMonth; m++ {
		t.months = append(t.months, m)
	}
	t.planned = append(t.planned, t.months...)
	for m := lastMonth + 1; japan.FiscalYear(m, 4) == japan.FiscalYear(lastMonth, 4); m++ {
		t.planned = append(t.planned, m)
	}
	t.inflow = make([][]int64, len(t.months))
	for i := range t.inflow {
		t.inflow[i] = make([]int64, len(w.products))
	}
	t.expect()
	r := rand.New(rand.NewPCG(n.seed, 1))
	noise := t.noise(r)
	for i, m := range t.months {
		t.first = append(t.first, t.sell(r, m, t.expected[i], noise[i]))
	}
	t.final = append(t.final, t.first...)
	return t
}

// expect spreads 15 pieces a month and site over products, season and drift.
func (t *trade) expect() {
	var weights float64
	for p := range t.products {
		weights += 1 / float64(p+3)
	}
	level := float64(15 * len(t.sites))
	for _, m := range t.planned {
		row := make([]float64, len(t.products))
		for p := range row {
			row[p] = level * season(m) / float64(p+3) / weights
		}
		t.expected = append(t.expected, row)
		level *= t.drift
	}
}

// noise returns a factor a month whose mean over each quarter is one.
func (t *trade) noise(r *rand.Rand) []float64 {
	out := make([]float64, len(t.months))
	for i := range out {
		out[i] = .95 + float64(.1*r.Float64())
	}
	for _, q := range t.quarters() {
		var got, want float64
		for _, i := range q {
			got += float64(out[i] * season(t.months[i]))
			want += season(t.months[i])
		}
		for _, i := range q {
			out[i] *= want / got
		}
	}
	return out
}

// quarters returns the indices of the months of each calendar quarter.
func (t *trade) quarters() [][]int {
	var out [][]int
	for i, m := range t.months {
		if i == 0 || m%3 == 0 {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], i)
	}
	return out
}

func (t *trade) sell(r *rand.Rand, m honne.Month, expected []float64, noise float64) []sale {
	days, weights := t.days(m)
	byDay, bySite := cumulate(weights), cumulate(siteWeights(len(t.sites)))
	var out []sale
	for p, e := range expected {
		left := int64(float64(e*noise*(.93+float64(.14*r.Float64()))) + .5)
		for left > 0 {
			qty := min(left, 1+r.Int64N(5))
			left -= qty
			s := sale{date: days[pick(r, byDay)], site: pick(r, bySite), product: p, qty: qty}
			s.dealer, s.rep = s.site%len(t.dealers), s.site%len(t.reps)
			s.amount = qty * t.unitPrice(s.site, p)
			s.lot = fmt.Sprintf("L%02d%02d-%02d", m%100, p%100, r.IntN(90)+10)
			out = append(out, s)
			if r.IntN(70) == 0 && qty > 1 {
				out = append(out, t.back(s, 1, "返品（外装破損）"))
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].date < out[j].date })
	return out
}

// back returns qty pieces of s on the same day.
func (t *trade) back(s sale, qty int64, note string) sale {
	s.qty, s.amount, s.note = -qty, -qty*t.unitPrice(s.site, s.product), note
	return s
}

func (t *trade) unitPrice(site, product int) int64 {
	price := t.products[product].price * int64(100-site%7) / 100
	return price / t.grain * t.grain
}

// days returns the business days of a month and how much is sold on each: more
// on the last ten of March and September, when budgets end.
func (t *trade) days(m honne.Month) ([]honne.Date, []float64) {
	cal := japan.National()
	var days []honne.Date
	for d := m.First(); d <= m.Last(); d++ {
		if cal.BusinessDay(d) {
			days = append(days, d)
		}
	}
	weights := make([]float64, len(days))
	_, month := m.Civil()
	for i := range weights {
		weights[i] = 1
		if (month == 3 || month == 9) && len(days)-i <= 10 {
			weights[i] = 1.7
		}
	}
	return days, weights
}

func siteWeights(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 1 / float64(i+6)
	}
	return out
}

func cumulate(weights []float64) []float64 {
	out := make([]float64, len(weights))
	var sum float64
	for i, w := range weights {
		sum += w
		out[i] = sum
	}
	return out
}

// pick returns an index with the probability of its weight.
func pick(r *rand.Rand, cumulated []float64) int {
	x := r.Float64() * cumulated[len(cumulated)-1]
	return min(sort.SearchFloat64s(cumulated, x), len(cumulated)-1)
}

// pieces sums lines by product.
func (t *trade) pieces(lines []sale) []int64 {
	out := make([]int64, len(t.products))
	for _, s := range lines {
		out[s.product] += s.qty
	}
	return out
}

// yen sums lines by product.
func (t *trade) yen(lines []sale) []int64 {
	out := make([]int64, len(t.products))
	for _, s := range lines {
		out[s.product] += s.amount
	}
	return out
}

func sum[T int64 | float64](xs []T) (total T) {
	for _, x := range xs {
		total += x
	}
	return total
}
