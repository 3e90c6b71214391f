package sample

import (
	"math"
	"slices"
	"strconv"

	"honne"
	"honne/internal/japan"
)

// report is how a distributor reports: what it withholds, when it sends.
type report struct {
	received []honne.Date // of the sales of each month; 0 was never sent
	named    func(i int, s sale) bool
	level    int
}

// truth computes the facts of t as reported.
func (t *trade) truth(r report) Truth {
	out := Truth{Facts: map[string]float64{}}
	for i, m := range t.months {
		switch {
		case r.received[i] == 0:
			out.Missing = append(out.Missing, m.String())
		case r.received[i] > due(m):
			out.Late = append(out.Late, m.String())
		}
		if r.received[i] != 0 && !slices.Equal(t.yen(t.first[i]), t.yen(t.final[i])) {
			out.Restated = append(out.Restated, m.String())
		}
	}
	n := len(t.months)
	f := out.Facts
	f["lateness.late"] = float64(len(out.Late))
	f["lateness.reports"] = float64(n - len(out.Missing))
	f["completeness.level"] = float64(r.level)
	t.growthFacts(f, r)
	t.planFacts(f, r)
	f["plan-softness.fy"+strconv.Itoa(proposedYear)] = t.softness()
	t.restatementFacts(f, r)
	t.stockFacts(f)
	t.loadingFacts(f)
	out.NonDisclosedShare = t.hiddenShare(r, n-12, n)
	f["visibility-index.last12"] = 1 - out.NonDisclosedShare
	f["visibility-index."+lastMonth.String()] = 1 - t.hiddenShare(r, n-1, n)
	return out
}

func (t *trade) total(i int) float64 { return float64(sum(t.yen(t.final[i]))) }

// growthFacts compares the months of the last 12 that were reported, as those a
// year before were; all 12 where none is missing.
func (t *trade) growthFacts(f map[string]float64, r report) {
	n := len(t.months)
	var now, then, market, before float64
	part := "last12"
	for k := range 12 {
		a, b := n-12+k, n-24+k
		if r.received[a] == 0 || r.received[b] == 0 {
			part = "matched12"
			continue
		}
		now, then = now+t.total(a), then+t.total(b)
		market, before = market+float64(t.marketSize(a)), before+float64(t.marketSize(b))
	}
	f["growth."+part] = now/then - 1
	f["growth-gap."+part] = float64(100*(now/then)) - float64(100*(market/before))
}

// planFacts compares plans and forecasts with the months that were reported.
func (t *trade) planFacts(f map[string]float64, r report) {
	n := len(t.months)
	parts := map[string][]int{"last12": nil}
	for i, m := range t.months {
		if r.received[i] == 0 {
			continue
		}
		fy, q := japan.QuarterOf(m, 4)
		year := "fy" + strconv.Itoa(fy)
		parts[year] = append(parts[year], i)
		quarter := year + "q" + strconv.Itoa(q)
		parts[quarter] = append(parts[quarter], i)
		if i >= n-12 {
			parts["last12"] = append(parts["last12"], i)
		}
	}
	for part, months := range parts {
		var actual, plan, wrong, abs float64
		for _, i := range months {
			actual += t.total(i)
			plan += float64(sum(t.plan[i]))
			miss := float64(sum(t.forecast[i])) - t.total(i)
			wrong, abs = wrong+miss, abs+math.Abs(miss)
		}
		f["plan-attainment."+part] = actual / plan
		f["forecast-bias."+part] = wrong / actual
		f["forecast-bias.wape."+part] = abs / actual
	}
}

// softness is the proposal over last year's sales times the market's growth.
func (t *trade) softness() float64 {
	var last, market, before, plan float64
	for i, m := range t.months {
		switch japan.FiscalYear(m, 4) {
		case proposedYear - 1:
			last += t.total(i)
			market += float64(t.marketSize(i))
		case proposedYear - 2:
			before += float64(t.marketSize(i))
		}
	}
	for _, row := range t.proposed {
		plan += float64(sum(row))
	}
	return plan * before / (last * market)
}

// restatementFacts counts cells (month × product, yen) of the reported months.
func (t *trade) restatementFacts(f map[string]float64, r report) {
	var cells, changed, moved, stood float64
	for i := range t.months {
		if r.received[i] == 0 {
			continue
		}
		first, final := t.yen(t.first[i]), t.yen(t.final[i])
		for p := range first {
			cells++
			diff := math.Abs(float64(final[p] - first[p]))
			moved += diff
			stood += math.Abs(float64(first[p]))
			if diff > .005*math.Abs(float64(first[p])) {
				changed++
			}
		}
	}
	f["restatement.cells"], f["restatement.changed"] = cells, changed
	f["restatement.magnitude"] = moved / stood
}

func (t *trade) stockFacts(f map[string]float64) {
	n := len(t.months)
	var in, out, quarter int64
	for i := n - 12; i < n; i++ {
		in += sum(t.inflow[i])
		out += sum(t.pieces(t.final[i]))
	}
	for i := n - 3; i < n; i++ {
		quarter += sum(t.pieces(t.final[i]))
	}
	open, closing := sum(t.stock[n-13]), sum(t.stock[n-1])
	f["stock-equation.last12"] = math.Abs(float64(open+in-out-closing)) / float64(in)
	f["stock-cover."+lastMonth.String()] = 3 * float64(closing) / float64(quarter)
}

// loadingFacts are QELI of every quarter that is whole.
func (t *trade) loadingFacts(f map[string]float64) {
	for _, q := range t.quarters() {
		if len(q) < 3 {
			continue
		}
		first, last := t.months[q[0]], t.months[q[2]]
		tail := japan.National().AddBusinessDays(last.Last()+1, -10)
		days := float64(japan.National().Between(first.First()-1, last.Last()))
		var in, inTail, out, outTail float64
		for _, s := range t.shipped {
			if s.date >= first.First() && s.date <= last.Last() {
				in += float64(s.qty)
				if s.date >= tail {
					inTail += float64(s.qty)
				}
			}
		}
		for _, i := range q {
			for _, s := range t.final[i] {
				out += float64(s.qty)
				if s.date >= tail {
					outTail += float64(s.qty)
				}
			}
		}
		a, b := inTail/in*days/10, outTail/out*days/10
		key := "." + last.String()
		f["quarter-end-loading.in"+key], f["quarter-end-loading.out"+key] = a, b
		f["quarter-end-loading.excess"+key] = a - b
	}
}

func (t *trade) hiddenShare(r report, from, to int) float64 {
	var hidden, all float64
	for i := from; i < to; i++ {
		if r.received[i] == 0 {
			continue
		}
		for _, s := range t.final[i] {
			all += float64(s.amount)
			if r.named != nil && !r.named(i, s) {
				hidden += float64(s.amount)
			}
		}
	}
	return hidden / all
}
