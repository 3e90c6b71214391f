package inspect

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"honne"
	"honne/internal/measure"
	"honne/internal/playbook"
)

// findings are the results of all measures, in the order of the vocabulary.
type findings struct {
	results []honne.Result
	first   honne.Month // the first month of which anything is known; 0 when nothing is
	record  *honne.Record
	rules   *playbook.Playbook
}

func examine(r *honne.Record, p *playbook.Playbook) findings {
	f := findings{first: firstMonth(r), record: r, rules: p}
	for _, m := range measure.All() {
		res := m.Of(r, p.MeasureRules(m.ID.Slug).Params)
		if m.ID.Slug == "said-meant-gap" { // how voices are weighed is audit thinking
			res = saidMeant(r, p.Audit.Weights, res)
		}
		f.results = append(f.results, res)
	}
	return f
}

func firstMonth(r *honne.Record) (first honne.Month) {
	for _, facts := range r.Facts {
		if len(facts.Month) > 0 && (first == 0 || facts.Month[0] < first) && slices.Contains(happened, facts.Series) {
			first = facts.Month[0]
		}
	}
	return first
}

// happened are the series that say what was; the others say what is wished for,
// or speak of a year that was not reported then.
var happened = []honne.Series{honne.Sales, honne.Purchases, honne.Shipments, honne.Stock, honne.Returns}

func (f findings) find(slug string) (honne.Result, bool) {
	for _, r := range f.results {
		if r.Measure.Slug == slug {
			return r, true
		}
	}
	return honne.Result{}, false
}

func partOf(r honne.Result, name string) (honne.Further, bool) {
	for _, p := range r.Parts {
		if p.Name == name {
			return p, true
		}
	}
	return honne.Further{}, false
}

// explained reports whether our own side may explain a result: not where the months
// that it cannot explain would be called high by themselves.
func (f findings) explained(r honne.Result) bool {
	rest, apart := partOf(r, "besides-ours")
	if len(r.OurSide) == 0 || !apart {
		return len(r.OurSide) > 0
	}
	facts, rules := f.facts(), f.rules.MeasureRules(r.Measure.Slug)
	all := facts.Value
	facts.Value = func(name string) (float64, bool) {
		if name == r.Measure.Slug {
			return rest.Value, true
		}
		return all(name)
	}
	band, _ := playbook.Judge(rules.Watch, rules.High, facts)
	return band != honne.High
}

// weighed is the value that rules compare, and its quarters: where a measure weighs
// what it counts, so that a season is no miss, that; else the value itself.
func weighed(r honne.Result) (float64, []honne.Point) {
	if p, ok := partOf(r, "judged"); ok && r.Known {
		return p.Value, p.History
	}
	return r.Value, r.History
}

// tempered says why a result is not called high, whatever the rule says: our own
// side explains it, the market fell as much, it rests on an estimate, or single
// sales by chance could have made it. Zero where none does.
func (f findings) tempered(r honne.Result) honne.Message {
	said := func(name string) bool {
		p, ok := partOf(r, name)
		return ok && p.Value != 0
	}
	switch {
	case f.explained(r):
		return honne.Say("trace.our-side")
	case said("market-fell"):
		return honne.Say("trace.market-fell")
	case said("estimated"):
		return honne.Say("trace.estimated")
	case said("by-chance"):
		return honne.Say("trace.by-chance")
	}
	return honne.Message{}
}

// facts are what conditions are decided on today.
func (f findings) facts() playbook.Facts {
	return playbook.Facts{
		Value: func(name string) (float64, bool) {
			slug, part, further := strings.Cut(name, ".")
			r, ok := f.find(slug)
			if further { // what was told stands beside a value that is not known
				p, ok := partOf(r, part)
				return p.Value, ok
			}
			if !ok || !r.Known {
				return 0, false
			}
			v, _ := weighed(r)
			return v, !r.Unjudged()
		},
		History: func(name string) []float64 {
			r, _ := f.find(name)
			_, history := weighed(r)
			return values(history)
		},
		Unit: f.unit,
	}
}

func (f findings) unit(name string) honne.ValueUnit {
	slug, part, further := strings.Cut(name, ".")
	r, _ := f.find(slug)
	unit := r.Unit
	if further {
		p, _ := partOf(r, part)
		unit = p.Unit
	}
	return cmp.Or(unit, written[name])
}

// written are the units of what the rules compare, so that a limit reads the same
// before a value is known.
var written = map[string]honne.ValueUnit{
	"activity-coverage": honne.UnitRatio, "commitments-kept": honne.UnitRatio, "contact-coverage": honne.UnitRatio, "document-currency": honne.UnitRatio,
	"initiative": honne.UnitRatio, "plan-attainment": honne.UnitRatio, "plan-softness": honne.UnitRatio, "restatement": honne.UnitRatio, "stock-equation": honne.UnitRatio,
	"target-site-coverage": honne.UnitRatio, "visibility-index": honne.UnitRatio, "growth-gap": honne.UnitPoints,
	"commitments-kept.confirmed": honne.UnitRatio, "excuse-index.confirmed": honne.UnitRatio, "excuse-index.solution-ratio": honne.UnitRatio, "forecast-bias.abs": honne.UnitRatio,
	"initiative.postponed-least": honne.UnitRatio,
}

// Units says how the measures of a picture and their parts are written; nothing of
// what is unknown there.
func Units(p honne.Picture) func(name string) honne.ValueUnit { return judged(p).unit }

// Value is a measure of a picture, or a part of one: measure.part.
func Value(p honne.Picture, name string) (v float64, known bool) {
	return judged(p).facts().Value(name)
}

func judged(p honne.Picture) (f findings) {
	for _, j := range p.Measures {
		f.results = append(f.results, j.Result)
	}
	return f
}

// values are the quarters of a history; one that is unknown between two known
// ones is NaN, so that it is not taken for the one before it.
func values(history []honne.Point) []float64 {
	var out []float64
	for i, p := range history {
		if i > 0 {
			for gap := history[i-1].Period.From.Month() + 3; gap < p.Period.From.Month(); gap += 3 {
				out = append(out, math.NaN())
			}
		}
		out = append(out, p.Value)
	}
	return out
}

// judge puts a band on every measure: unknown where the measure is, none where
// the playbook has no conditions or the value is not to be judged.
func (f findings) judge(p *playbook.Playbook) []honne.Judged {
	out := make([]honne.Judged, 0, len(f.results))
	for _, r := range f.results {
		j := honne.Judged{Result: r, Band: honne.UnknownBand}
		rules := p.MeasureRules(r.Measure.Slug)
		switch {
		case !r.Known:
		case r.Unjudged():
			j.Band = ""
		default:
			j.Band, j.Trace = playbook.Judge(rules.Watch, rules.High, f.facts())
			if why := f.tempered(r); j.Band == honne.High && !why.IsZero() {
				j.Band, j.Trace = honne.Watch, append(j.Trace, why)
			}
			j.Since = f.since([]string{r.Measure.Slug}, rules.Watch, rules.High, j.Band)
			if j.Band == honne.UnknownBand {
				j.TooEarly = tooEarly(j.Trace)
			}
		}
		out = append(out, j)
	}
	return out
}

// tooEarly says what the rules of a known value still lack: quarters first, else
// a further figure.
func tooEarly(trace []honne.Message) honne.Message {
	arg := func(m honne.Message, name string) honne.Arg {
		i := slices.IndexFunc(m.Args, func(a honne.Arg) bool { return a.Name == name })
		if i < 0 {
			return honne.Arg{Name: name}
		}
		return m.Args[i]
	}
	for _, m := range trace {
		if m.ID == "trace.times" && arg(m, "answer").S == "truth.unknown" {
			return honne.Say("judged.too-early", arg(m, "known"), arg(m, "in"))
		}
	}
	for _, m := range trace {
		if m.ID == "trace.unknown" {
			return honne.Say("judged.lacks", arg(m, "measure"))
		}
	}
	return honne.Message{}
}

// weight orders the bands: high, watch, clear, and last what is unknown.
func weight(b honne.Band) int {
	switch b {
	case honne.High:
		return 3
	case honne.Watch:
		return 2
	case honne.Clear:
		return 1
	}
	return 0
}

// since is the first month of the run of quarters, up to now, in which the band
// was at least as bad; 0 when the quarters do not say. A run that reaches the oldest
// quarter told is followed further back, so that its beginning does not move on with
// the day. Only watch and high have a beginning.
func (f findings) since(slugs []string, watch, high *playbook.Condition, band honne.Band) honne.Month {
	if band != honne.Watch && band != honne.High {
		return 0
	}
	quarters := f.told(slugs)
	var first honne.Month
	for i := len(quarters) - 1; i >= 0; i-- {
		was, _ := playbook.Judge(watch, high, f.back(quarters[i]))
		if weight(was) < weight(band) {
			return first
		}
		first = max(quarters[i].From.Month(), f.first)
	}
	if first > f.first && f.record != nil {
		before := f.asOf(quarters[0].From-1, slugs)
		if told := before.told(slugs); len(told) > 0 && told[len(told)-1].To < quarters[0].From {
			first = cmp.Or(before.since(slugs, watch, high, band), first)
		}
	}
	return first
}

// told are the quarters that the measure with the longest history tells of.
func (f findings) told(slugs []string) (quarters []honne.Period) {
	for _, slug := range slugs {
		r, _ := f.find(slug)
		if len(r.History) > len(quarters) {
			quarters = nil
			for _, p := range r.History {
				quarters = append(quarters, p.Period)
			}
		}
	}
	return quarters
}

// asOf are a few of the findings as an earlier day has them.
func (f findings) asOf(day honne.Date, slugs []string) findings {
	then := *f.record
	then.AsOf = day
	out := findings{first: f.first, record: &then, rules: f.rules}
	for _, slug := range slugs {
		out.results = append(out.results, measure.Find(slug).Of(&then, f.rules.MeasureRules(slug).Params))
	}
	return out
}

// back are the facts as the histories tell them of a past quarter: values, the
// parts that follow from them, and what does not change with the quarter.
func (f findings) back(q honne.Period) playbook.Facts {
	past := func(slug string) (r honne.Result, known []honne.Point) {
		r, _ = f.find(slug)
		_, history := weighed(r)
		for _, p := range history {
			if p.Period.To <= q.To {
				known = append(known, p)
			}
		}
		return r, known
	}
	return playbook.Facts{
		Value: func(name string) (float64, bool) {
			slug, part, _ := strings.Cut(name, ".")
			r, points := past(slug)
			if len(points) == 0 || points[len(points)-1].Period != q || r.Unjudged() {
				return 0, false
			}
			v := points[len(points)-1].Value
			switch part {
			case "", "level", "qeli":
				return v, true
			case "abs":
				return math.Abs(v), true
			case "agreed", "short":
				p, ok := partOf(r, part)
				return p.Value, ok
			}
			return 0, false
		},
		History: func(name string) []float64 {
			_, points := past(name)
			return values(points)
		},
	}
}
