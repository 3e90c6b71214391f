package measure

import (
	"honne"
	"honne/internal/stat"
)

func gutFeel() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-23", Slug: "gut-feel"},
		Doc: `Team pulse, an opinion of ours: the mean of a month's readings, 1 to 5, smoothed from month to month (EWMA, weight 0.3). Only months that at
least two people read count; private readings never do. Parts: drop (how much lower those who read both now and three months ago read now),
people (in the last month). Minimum: three months, the last not older than some months. Never high by itself. Source: domain 3.5 S-23, 1.4 W7.`,
		Params: []Param{{"weight", 0.3, "weight of the newest month"}, {"people", 2, "people without whom a month says nothing"},
			{"least", 3, "months without which nothing is said"}, {"stale", 3, "months after which the last reading is too old"}},
		Needs: []honne.Need{honne.NeedPulse},
		Run:   runGutFeel,
	}
}

// pulseMonth is a month that enough people read.
type pulseMonth struct {
	honne.Month
	by   map[honne.UserID]float64
	mean float64
}

func runGutFeel(r *honne.Record, p Params) honne.Result {
	if len(r.Log.Pulses) == 0 {
		return lacks(honne.NeedPulse)
	}
	list := pulses(r, p.count("people"))
	if len(list) < p.count("least") || list[len(list)-1].Month <= r.AsOf.Month()-honne.Month(p.count("stale")) {
		return unknown(honne.Say("why.gut-feel.few", honne.Count("months", len(list)), honne.Count("least", p.count("least")), honne.Count("people", p.count("people"))), honne.NeedPulse)
	}
	means := make([]float64, len(list))
	for i, m := range list {
		means[i] = m.mean
	}
	smooth := stat.EWMA(means, p["weight"])
	last := list[len(list)-1]
	in := honne.Months(list[0].Month, last.Month)
	res := honne.Result{Known: true, Value: smooth[len(smooth)-1], Unit: honne.UnitIndex, N: len(list), Period: in,
		Evidence: fromLog(in, honne.EntryPulse), Parts: []honne.Further{count("people", len(last.by))},
		Because: []honne.Message{honne.Say("because.gut-feel", honne.Number("value", smooth[len(smooth)-1]), honne.Count("months", len(list)))}}
	if d, ok := dropTo(list, p.count("people")); ok {
		res.Parts = append(res.Parts, part("drop", d, honne.UnitIndex))
		if d > 0 {
			res.Because = append(res.Because, honne.Say("because.gut-feel.drop", honne.Number("drop", d)))
		}
	}
	res.History = history(r, last.Month, func(q honne.Period) (float64, bool) { return smoothedBy(list, smooth, q) })
	res.Baseline = baseline(smoothedBy(list, smooth, honne.Months(last.Month-14, last.Month-12)))
	return res
}

// pulses lists the months that at least so many people read, oldest first.
func pulses(r *honne.Record, people int) (out []pulseMonth) {
	for _, x := range r.Log.Pulses {
		if x.Alone || x.Score < 1 || x.Score > 5 {
			continue
		}
		if n := len(out); n == 0 || out[n-1].Month != x.Month {
			out = append(out, pulseMonth{Month: x.Month, by: map[honne.UserID]float64{}})
		}
		out[len(out)-1].by[x.Rater] = float64(x.Score)
	}
	kept := out[:0]
	for _, m := range out {
		if len(m.by) >= people {
			var all float64
			for _, v := range m.by { // whole numbers: their sum does not depend on the order
				all += v
			}
			m.mean = all / float64(len(m.by))
			kept = append(kept, m)
		}
	}
	return kept
}

// dropTo compares the last month with the one three before it, over those who
// read both, so that nobody's coming or going is a drop.
func dropTo(list []pulseMonth, people int) (drop float64, ok bool) {
	last := list[len(list)-1]
	for _, m := range list {
		if m.Month != last.Month-3 {
			continue
		}
		n := 0.0
		for who, was := range m.by {
			if now, both := last.by[who]; both {
				drop, n = drop+was-now, n+1
			}
		}
		return drop / n, n >= float64(people)
	}
	return 0, false
}

func smoothedBy(list []pulseMonth, smooth []float64, q honne.Period) (v float64, ok bool) {
	for i, m := range list {
		if q.Contains(m.First()) {
			v, ok = smooth[i], true
		}
	}
	return v, ok
}
