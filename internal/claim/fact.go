package claim

import (
	"math"
	"slices"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// derived is a fact that is computed from two others.
type derived struct {
	name, a, b string
	make       func(a, b float64) (float64, bool)
}

func minus(a, b float64) (float64, bool) { return a - b, true }
func over(a, b float64) (float64, bool)  { return a / b, b > 0 }
func below(a, b float64) (float64, bool) { return 1 - a/b, b > 0 }

// derivations are the facts that are computed; one that is entered as such wins.
func derivations() []derived {
	return []derived{
		{"competitor-lead", "competitor-growth", "own-growth", minus},
		{"segment-lead", "segment-growth", "own-growth", minus},
		{"keeps-current-share", "switch-attempts-kept", "switch-attempts", over},
		{"approval-open-ratio", "approval-open-days", "approval-usual-days", over},
		{"margin-lead", "our-line-margin", "company-margin", minus},
		{"reference-price-gap", "competitor-reference-price", "our-reference-price", below},
		{"win-rate-drop", "win-rate-with", "win-rate-without", minus},
		{"reimbursement-gap", "cost-per-case", "price-per-case", minus},
	}
}

// facts are what is known of one excuse on the record's day.
type facts struct {
	book       *playbook.Playbook
	values     map[string]honne.Fact
	register   []honne.ClaimFact // rows of the table of registrations
	toRegister []honne.Missing
}

// gather takes the facts that count: with a source and a day, not younger than
// the record and not older than their kind allows; of several the newest of each
// Of, and of these the largest (or least).
func gather(r *honne.Record, p *playbook.Playbook, x playbook.ExcuseRules) *facts {
	f := &facts{book: p, values: map[string]honne.Fact{}}
	for _, rules := range p.Facts {
		if k, ok := newest(r, rules); ok {
			f.values[rules.Fact] = k
		}
	}
	for _, d := range derivations() {
		f.derive(d)
	}
	f.silence(r, p, x)
	return f
}

func newest(r *honne.Record, rules playbook.FactRules) (best honne.Fact, ok bool) {
	byOf := map[string]honne.Fact{}
	var order []string
	for _, k := range slices.Concat(r.Noted, segments(r)) {
		if k.Kind != rules.Fact || k.Source == "" || k.On == 0 || k.On > r.AsOf || tooOld(k.On, r.AsOf, rules.Months) {
			continue
		}
		k.Grade = graded(k.Grade)
		have, seen := byOf[k.Of]
		if !seen {
			order = append(order, k.Of)
		}
		if !seen || k.On >= have.On {
			byOf[k.Of] = k
		}
	}
	for _, of := range order {
		k := byOf[of]
		if !ok || k.Value > best.Value != rules.Least && k.Value != best.Value {
			best, ok = k, true
		}
	}
	return best, ok
}

// segments are the growths that the log's estimates of the market tell, as facts
// of the last day of their months.
func segments(r *honne.Record) (out []honne.Fact) {
	for _, g := range r.Log.MarketGrowths() {
		on := min((g.Start + 11).Last(), r.AsOf)
		out = append(out, honne.Fact{Kind: "segment-growth", Of: g.What, Value: g.Base, Source: g.Source, On: on, Grade: g.Method.Grade()})
	}
	return out
}

// graded takes a fact without a grade for an assertion.
func graded(g honne.Grade) honne.Grade {
	if g == "" {
		return honne.GradeD
	}
	return g
}

// tooOld reports whether a day lies more than so many months back.
func tooOld(on, asOf honne.Date, months int) bool {
	if months == 0 {
		return false
	}
	y, m, d := asOf.Civil()
	first := honne.NewMonth(y, m) - honne.Month(months)
	limit := min(first.First()+honne.Date(d-1), first.Last())
	return on < limit
}

func (f *facts) derive(d derived) {
	a, okA := f.values[d.a]
	b, okB := f.values[d.b]
	if _, entered := f.values[d.name]; entered || !okA || !okB {
		return
	}
	v, ok := d.make(a.Value, b.Value)
	if !ok {
		return
	}
	v = math.Round(float64(v*1e6)) / 1e6 // 1 − 90/100 is a tenth
	f.values[d.name] = honne.Fact{Kind: d.name, Of: a.Of, Value: v, Source: joined(a.Source, b.Source), On: min(a.On, b.On),
		Grade: max(a.Grade, b.Grade), Evidence: append(slices.Clone(a.Evidence), b.Evidence...)}
}

func joined(a, b string) string {
	if a == b {
		return a
	}
	return a + "; " + b
}

// silence makes 0 of what our dated written question asked for in vain, and says
// how long the oldest such question is open.
func (f *facts) silence(r *honne.Record, p *playbook.Playbook, x playbook.ExcuseRules) {
	open, at := 0, honne.Asked{}
	for _, q := range r.Asked {
		if q.Excuse != x.Excuse || !q.Written || q.On == 0 || q.On > r.AsOf || q.Answered != 0 && q.Answered <= r.AsOf {
			continue
		}
		if n := japan.OfPartner(r.Distributor.Profile).Between(q.On, r.AsOf); n > open {
			open, at = n, q
		}
	}
	f.put(honne.Fact{Kind: "question-open-days", Value: float64(open), Source: at.At, On: r.AsOf, Grade: honne.GradeA})
	if open <= x.Silence {
		return
	}
	for _, rules := range p.Facts {
		if rules.Absent {
			f.put(honne.Fact{Kind: rules.Fact, Source: at.At, On: r.AsOf, Grade: honne.GradeA})
		}
	}
}

// put adds a fact that nobody entered.
func (f *facts) put(k honne.Fact) {
	if _, have := f.values[k.Kind]; !have {
		f.values[k.Kind] = k
	}
}

func (f *facts) known(kind string) (honne.Fact, bool) {
	k, ok := f.values[kind]
	return k, ok
}

// inputs are what must be given for a fact to be known: itself, or both sides
// of what is computed.
func (f *facts) inputs(kind string) (out []string) {
	for _, d := range derivations() {
		if d.name != kind {
			continue
		}
		for _, side := range []string{d.a, d.b} {
			if _, ok := f.values[side]; !ok {
				out = append(out, side)
			}
		}
		return out
	}
	return []string{kind}
}

// decide answers a condition; a mere assertion decides nothing.
func (f *facts) decide(c *playbook.Condition) playbook.Truth {
	t, _ := c.Decide(playbook.Facts{Value: func(name string) (float64, bool) {
		k, ok := f.values[name]
		return k.Value, ok && k.Grade != honne.GradeD
	}})
	return t
}

// registrationExcuse is checked by a table, not by a condition.
const registrationExcuse = "registration-not-transferable"

// routes looks every registration up in the table of routes. Items of which one
// can pass and another cannot speak for both.
func (f *facts) routes(r *honne.Record, p *playbook.Playbook) (con, sup bool) {
	for _, item := range r.Register {
		if item.Source == "" || item.On == 0 || item.On > r.AsOf {
			continue
		}
		route, ok := routeOf(p.Routes, item)
		if !ok {
			continue
		}
		fact := honne.ClaimFact{Fact: honne.Fact{Kind: "registration", Of: item.Item, Source: item.Source, On: item.On, Grade: graded(item.Grade)}, Title: route.Way}
		if fact.Grade != honne.GradeD && route.Verdict != honne.NotYetVerifiable {
			fact.For = []honne.Verdict{route.Verdict}
			con = con || route.Verdict == honne.Contradicted
			sup = sup || route.Verdict == honne.Supported
		}
		f.register = append(f.register, fact)
	}
	if !con && !sup {
		rules, _ := p.Fact("registration")
		f.toRegister = []honne.Missing{{Kind: rules.Fact, Title: rules.Title, Ask: rules.Ask}}
	}
	return con, sup
}

func routeOf(routes []playbook.Route, item honne.Registration) (playbook.Route, bool) {
	is := func(want, have string) bool { return want == "any" || want == have }
	i := slices.IndexFunc(routes, func(t playbook.Route) bool {
		return t.Kind == item.Kind && is(t.From, item.Holder) && is(t.To, item.To)
	})
	if i < 0 {
		return playbook.Route{}, false
	}
	return routes[i], true
}
