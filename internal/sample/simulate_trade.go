package sample

import (
	"math"

	"honne"
	"honne/internal/japan"
)

// sell decides what is sold on each day: trend, season, noise, and our shortage
// where there is one.
func (l *life) sell() {
	for _, m := range l.months() {
		expected := l.level * l.growthTo(m, l.trend, l.trendAfter) * l.seasonOf(m)
		l.wanted = append(l.wanted, expected)
		l.foreseen = append(l.foreseen, int64(math.Round(expected*l.around(0.08*l.quality))))
		noise := l.around(0.06 * l.quality)
		if l.shortage && l.after(m) && m < l.begins+5 {
			noise *= 0.6
		}
		if l.excuses && l.after(m) {
			noise *= 1 - float64(0.14*l.strength)
		}
		pieces := int64(math.Round(expected * noise))
		if l.level < 20 { // single sales, each by chance
			pieces = l.poisson(expected * noise)
		}
		days := businessDays(m.Period())
		_, month := m.Civil()
		l.spread(l.sold, days, pieces, func(i int) float64 {
			w := 0.6 + float64(0.8*l.r.Float64())
			if (month == 3 || month == 9) && len(days)-i <= 10 {
				w *= 1 + float64((l.march-1)*0.8)
			}
			return w
		})
	}
}

func (l *life) poisson(mean float64) (n int64) {
	for p := l.r.Float64(); p > math.Exp(-mean); n++ {
		p *= l.r.Float64()
	}
	return n
}

// ship fills the stock up to two months of what is expected; whoever loads takes
// much at the end of a quarter and little at the start of the next.
func (l *life) ship() {
	stock := int64(2 * l.level)
	for i, m := range l.months() {
		days := businessDays(m.Period())
		out := total(l.sold, m.Period())
		next := l.wanted[min(i+1, len(l.wanted)-1)]
		want := int64(2*next) + out - stock
		loaded := l.loads && l.after(m)
		last := m%3 == 2
		if loaded && last {
			want += int64(1.9 * l.strength * next)
		}
		want = max(want, 0)
		_, month := m.Civil()
		l.spread(l.sent, days, want, func(k int) float64 {
			switch {
			case loaded && last && len(days)-k <= 9:
				return 7
			case !loaded && (month == 3 || month == 9) && len(days)-k <= 10:
				return 1 + float64((l.march-1)*0.8)
			case k%3 == 0:
				return 2
			}
			return 0.5
		})
		stock += want - out
	}
}

func total(by map[honne.Date]int64, p honne.Period) (sum int64) {
	for d := p.From; d <= p.To; d++ {
		sum += by[d]
	}
	return sum
}

// report decides on which day each month's report comes, and what is changed
// afterwards.
func (l *life) report() {
	for i, m := range l.months() {
		day := 5 + l.r.IntN(5)
		if l.chance(0.03 * l.quality) {
			day = 11 + l.r.IntN(2) // a slip that anybody may have
		}
		if l.late && l.after(m) {
			day = 11 + l.r.IntN(int(10*l.strength))
		}
		l.received = append(l.received, japan.National().AddBusinessDays(l.book(m).To, day))
		l.revised = append(l.revised, 0)
		if l.restates && l.after(m) && i%3 != 1 {
			l.revised[i] = int64(float64(total(l.sold, l.book(m))) * l.around(0.05) * (1 - float64(0.14*l.strength)))
		}
	}
}

// book is what a month of its books covers.
func (l *life) book(m honne.Month) honne.Period {
	if l.closing != 0 {
		return japan.ClosingMonth(m, l.closing)
	}
	return m.Period()
}

// plan is the target that both sides agreed before the fiscal year: last year's
// months and the market.
func (l *life) plan(m honne.Month) float64 {
	i := int(m - simulatedFrom)
	if i < 12 {
		return l.wanted[i]
	}
	fy := japan.FiscalYear(m, 4)
	asked := 1.0
	if l.soft && fy > japan.FiscalYear(l.begins, 4) {
		asked = 1 - float64(0.16*l.strength)
	}
	january := honne.NewMonth(fy, 1) // what anybody who plans can see
	grown := l.growthTo(january, l.market, l.marketAfter) / l.growthTo(january-12, l.market, l.marketAfter)
	return l.wanted[i-12] * grown * 0.99 * asked
}

// proposed is the plan that it proposes in February, a little above what the
// market gives.
func (l *life) proposed(m honne.Month) float64 {
	if p := l.plan(m); l.soft && l.after(honne.NewMonth(japan.FiscalYear(m, 4), 2)) {
		return p
	} else {
		return p * 1.03 / 0.99
	}
}
