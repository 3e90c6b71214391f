package sample

import (
	"math/rand/v2"

	"honne"
	"honne/internal/japan"
)

// Simulated is an invented distributor as records instead of files: what is known
// of it on any day, and what was planted from a month on. Simulations are for
// judging the thinking: many, over several seeds, cheap.
type Simulated struct {
	Name      string
	Behaviour Behaviour
	Seed      uint64
	Begins    honne.Month // the first month of what was planted
	life      *life
}

// Behaviour is what a simulated distributor does.
type Behaviour struct {
	Slug   string
	Honest bool
	// Shows are the measures of which at least one has to say it, Moves others
	// that it moves too.
	Shows, Moves []string
	plant        func(*life)
}

// Behaviours are those that a simulation plants, each against the same honest
// background.
func Behaviours() []Behaviour {
	return []Behaviour{
		{Slug: "loading", Shows: []string{"quarter-end-loading"}, Moves: []string{"stock-cover"}, plant: func(l *life) { l.loads = true }},
		{Slug: "hoarding-names", Shows: []string{"visibility-index"}, Moves: []string{"completeness", "concentration"}, plant: func(l *life) { l.hides = true }},
		{Slug: "sandbagging", Shows: []string{"plan-softness"}, Moves: []string{"plan-attainment"}, plant: func(l *life) { l.soft = true }},
		{Slug: "slow-and-silent", Shows: []string{"response-time", "initiative"}, plant: func(l *life) { l.slow = true }},
		{Slug: "excuses", Shows: []string{"unexplained-misses", "excuse-index"}, Moves: []string{"plan-attainment", "growth", "growth-gap", "forecast-bias", "plan-softness"},
			plant: func(l *life) { l.excuses = true }},
		{Slug: "idle", Shows: []string{"activity-coverage", "target-site-coverage", "investment-ratio"}, plant: func(l *life) { l.idle = true }},
		{Slug: "late", Shows: []string{"lateness"}, Moves: []string{"data-gate"}, plant: func(l *life) { l.late = true }},
		{Slug: "restating", Shows: []string{"restatement"}, Moves: []string{"growth", "growth-gap", "plan-attainment", "forecast-bias", "stock-equation"}, plant: func(l *life) { l.restates = true }},
		{Slug: "refusing-access", Shows: []string{"access-index"}, plant: func(l *life) { l.refuses = true }},
		{Slug: "honest-bad-market", Honest: true, plant: func(l *life) { l.trend, l.market, l.marketAfter, l.trendAfter = 0, 0, -0.022, -0.018 }},
		{Slug: "honest-our-fault", Honest: true, plant: func(l *life) { l.shortage = true }},
		{Slug: "honest-march-heavy", Honest: true, plant: func(l *life) { l.march = 1.9 }},
		{Slug: "honest-20th-closing", Honest: true, plant: func(l *life) { l.closing = 20 }},
		{Slug: "honest-small-numbers", Honest: true, plant: func(l *life) { l.level, l.questions = 9, 0.5 }},
		{Slug: "excellent", Honest: true, plant: func(l *life) { l.trend, l.market, l.quality = 0.008, 0.003, 0.5 }},
	}
}

// simulatedFrom is the first of the 54 months of a simulation.
var simulatedFrom = honne.NewMonth(2021, 10)

const simulatedMonths = 54

// Simulate invents one distributor of each behaviour; the same seed gives the same.
func Simulate(seed uint64) []Simulated {
	var out []Simulated
	for i, b := range Behaviours() {
		l := newLife(rand.New(rand.NewPCG(seed, uint64(i))))
		l.begins = simulatedFrom + 36 + 3*honne.Month(l.r.IntN(3)) // October to April, first of a quarter
		if b.Slug == "sandbagging" {
			l.begins = honne.NewMonth(2025, 2) // plans are proposed in February
		}
		b.plant(l)
		l.live()
		out = append(out, Simulated{Name: b.Slug, Behaviour: b, Seed: seed, Begins: l.begins, life: l})
	}
	return out
}

// Record is what is known of the distributor at the end of a day.
func (s Simulated) Record(day honne.Date) honne.Record { return s.life.record(day) }

// life is the hidden truth of a simulated distributor.
type life struct {
	r      *rand.Rand
	begins honne.Month

	level       float64 // pieces of an ordinary month
	trend       float64 // growth a month
	trendAfter  float64 // added from begins on
	market      float64
	marketAfter float64
	march       float64 // how much more is sold in March
	strength    float64 // of what is planted, 0.7 to 1.3
	quality     float64 // spread of its own noise: 1 ordinary
	questions   float64 // our questions a week
	closing     int

	loads, hides, soft, slow, excuses, idle, late, restates, refuses, shortage bool

	sold, sent map[honne.Date]int64 // pieces
	wanted     []float64            // expected pieces of each month, before noise
	log        honne.Log
	turns      []honne.Turn
	meetings   []honne.Meeting
	said       []honne.Said
	received   []honne.Date
	revised    []int64 // restated pieces of a month, 0 as first reported
	foreseen   []int64 // pieces of each month as forecast before it
}

func newLife(r *rand.Rand) *life {
	return &life{r: r, level: 180 + float64(220*r.Float64()), trend: 0.001 + float64(0.004*r.Float64()), market: 0.003, march: 1.25,
		quality: 0.7 + float64(0.9*r.Float64()), strength: 0.7 + float64(0.6*r.Float64()), questions: 0.9 + float64(0.6*r.Float64()),
		sold: map[honne.Date]int64{}, sent: map[honne.Date]int64{}}
}

func (l *life) live() {
	l.sell()
	l.ship()
	l.report()
	l.correspond()
	l.work()
	l.open()
	l.remember()
}

// after reports whether the planted behaviour has begun.
func (l *life) after(m honne.Month) bool { return m >= l.begins }

// around is a factor of the given spread around 1.
func (l *life) around(spread float64) float64 { return 1 + float64(spread*(2*l.r.Float64()-1)) }

func (l *life) chance(p float64) bool { return l.r.Float64() < p }

func (l *life) months() []honne.Month {
	out := make([]honne.Month, simulatedMonths)
	for i := range out {
		out[i] = simulatedFrom + honne.Month(i)
	}
	return out
}

// seasonOf lifts March and September, when budgets end.
func (l *life) seasonOf(m honne.Month) float64 {
	switch _, month := m.Civil(); month {
	case 3:
		return l.march
	case 8:
		return 0.9
	case 9:
		return 1.1
	}
	return 1
}

// growthTo is the level of a month by a monthly growth that may change at begins.
func (l *life) growthTo(m honne.Month, before, change float64) float64 {
	level := 1.0
	for x := simulatedFrom; x < m; x++ {
		g := before
		if l.after(x) {
			g += change
		}
		level *= 1 + g
	}
	return level
}

// spread puts pieces on business days of a month by weight, whole pieces each.
func (l *life) spread(into map[honne.Date]int64, days []honne.Date, pieces int64, weight func(i int) float64) {
	var total, left float64
	for i := range days {
		total += weight(i)
	}
	given := int64(0)
	for i, d := range days {
		left += float64(float64(pieces) * weight(i) / total)
		n := int64(left) - given
		if i == len(days)-1 {
			n = pieces - given
		}
		into[d] += n
		given += n
	}
}

func businessDays(p honne.Period) (out []honne.Date) {
	for d := p.From; d <= p.To; d++ {
		if japan.National().BusinessDay(d) {
			out = append(out, d)
		}
	}
	return out
}
