package playbook

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"honne"
)

// Threshold is a number of the rules of measures and signs of which a distributor
// may have its own: the limit of a comparison, in how many quarters it has to hold, a
// parameter of a measure, or a count of the overall rule. Comparisons that are alike,
// number included, are one threshold wherever they stand, so that a measure and its
// sign never part.
type Threshold struct {
	// ID is what is compared, the side on which it is raised, and which of the
	// numbers there it is, the mildest first: visibility-index.under.1; that with
	// times for a count of quarters; restatement.param.months, overall.act-high. It
	// stays when the playbook changes the number.
	ID   string
	Rule *Condition // the comparison, with the playbook's number; nil for a parameter and for the overall rule
	Of   string     // the measure, or the part of one, that it is a number of; "" for the overall rule
	Uses []Use

	name   string  // of a parameter, or of a count of the overall rule
	number float64 // the playbook's, where it is not the limit of Rule
	most   float64 // the largest that a count can be; 0 for what is no count
}

// Use is a band of a measure or of a sign; one with neither is the overall rule. A
// parameter has no band.
type Use struct {
	Measure, Sign string // slugs; one of them is ""
	Band          honne.Band
}

// Limit returns the playbook's number.
func (t Threshold) Limit() float64 {
	if !t.limits() {
		return t.number
	}
	_, limit := t.Rule.comparison()
	return limit
}

// limits reports whether the threshold is the limit of a comparison.
func (t Threshold) limits() bool { return t.Rule != nil && t.most == 0 }

// Says says the rule with a number, marked where it is not the playbook's. unit may
// be nil.
func (t Threshold) Says(value float64, unit func(name string) honne.ValueUnit) honne.Message {
	switch {
	case t.limits() && value == t.Limit():
		return t.Rule.Say(unit)[0]
	case t.limits():
		return t.Rule.at(value).Say(unit)[0]
	case t.Rule != nil:
		m := t.Rule.often(value, value != t.number).Say(unit)[0]
		m.ID = "rule.often"
		return m
	case t.Of != "":
		return honne.Say("rule.param", named(t.Of), honne.Word("param", "param."+t.Of+"."+t.name), t.marked(value))
	}
	return honne.Say("rule.overall", honne.Word("param", t.ID), t.marked(value))
}

func (t Threshold) marked(value float64) honne.Arg {
	a := t.plain("limit", value)
	if value != t.number {
		a.S = "threshold.marked"
	}
	return a
}

// plain is a number that is no limit: what is no count is a share.
func (t Threshold) plain(name string, value float64) honne.Arg {
	if t.most == 0 {
		return honne.Ratio(name, value)
	}
	return honne.Exact(name, value)
}

// Number is a number of the threshold as an argument of that name. unit may be nil.
func (t Threshold) Number(name string, value float64, unit func(name string) honne.ValueUnit) honne.Arg {
	if !t.limits() {
		return t.plain(name, value)
	}
	a := t.Rule.at(value).bound(Facts{Unit: unit}.unit(t.Of))
	a.Name, a.S = name, ""
	return a
}

// Thresholds lists the thresholds of all measures and signs in the order of the
// rules, those of one line together and the mildest first; then the parameters, and
// the overall rule. Comparisons that the playbook marks as fixed are none.
func (p *Playbook) Thresholds() []Threshold {
	list := p.comparisons()
	var out []Threshold
	for i, t := range list {
		out = append(out, t)
		if t.Rule.In > 0 && (i+1 == len(list) || list[i+1].Rule.line() != t.Rule.line()) {
			out = append(out, Threshold{ID: t.Rule.line() + ".times", Rule: t.Rule, Of: t.Of, Uses: t.Uses, number: float64(t.Rule.Times), most: float64(t.Rule.In)})
		}
	}
	return append(append(out, p.parameters()...), p.overall()...)
}

// parameters are the numbers that the playbook gives to the measures.
func (p *Playbook) parameters() (out []Threshold) {
	for _, m := range p.Measures {
		uses := []Use{{Measure: m.Measure}}
		for _, s := range p.Signs {
			if slices.Contains(s.Measures, m.Measure) {
				uses = append(uses, Use{Sign: s.Sign})
			}
		}
		for _, name := range slices.Sorted(maps.Keys(m.Params)) {
			t := Threshold{ID: parameter(m.Measure, name), Of: m.Measure, Uses: uses, name: name, number: m.Params[name]}
			if t.number == math.Trunc(t.number) { // days, months: no half of one
				t.most = mostTimes * t.number
			}
			out = append(out, t)
		}
	}
	return out
}

func parameter(measure, name string) string { return measure + ".param." + name }

// overall are the counts of the overall rule.
func (p *Playbook) overall() (out []Threshold) {
	for _, x := range p.Overall.counts() {
		if *x.n > 0 {
			out = append(out, Threshold{ID: "overall." + x.name, Uses: []Use{{}}, name: x.name, number: float64(*x.n), most: float64(len(honne.AllSigns))})
		}
	}
	return out
}

// overallCount is a number of the overall rule by its name.
type overallCount struct {
	name string
	n    *int
}

func (r *OverallRules) counts() []overallCount {
	return []overallCount{{"look-closer-watch", &r.LookCloserWatch}, {"look-closer-high", &r.LookCloserHigh}, {"act-high", &r.ActHigh}}
}

// comparisons are the limits of all comparisons that are not fixed.
func (p *Playbook) comparisons() []Threshold {
	var out []Threshold
	take := func(u Use, rule *Condition) {
		rule.each(func(leaf *Condition) {
			if leaf.Fixed {
				return
			}
			i := slices.IndexFunc(out, func(t Threshold) bool { return t.Rule.alike(leaf) })
			if i < 0 {
				i, out = len(out), append(out, Threshold{Rule: leaf, Of: leaf.Of})
			}
			if !slices.Contains(out[i].Uses, u) {
				out[i].Uses = append(out[i].Uses, u)
			}
		})
	}
	for _, m := range p.Measures {
		take(Use{Measure: m.Measure, Band: honne.Watch}, m.Watch)
		take(Use{Measure: m.Measure, Band: honne.High}, m.High)
	}
	for _, s := range p.Signs {
		take(Use{Sign: s.Sign, Band: honne.Watch}, s.Watch)
		take(Use{Sign: s.Sign, Band: honne.High}, s.High)
	}
	return numbered(out)
}

// numbered puts the thresholds of one line together, by severity, and names them.
func numbered(list []Threshold) []Threshold {
	first := map[string]int{}
	for i, t := range list {
		if _, seen := first[t.Rule.line()]; !seen {
			first[t.Rule.line()] = i
		}
	}
	slices.SortStableFunc(list, func(a, b Threshold) int {
		return cmp.Or(cmp.Compare(first[a.Rule.line()], first[b.Rule.line()]), cmp.Compare(a.Rule.severity(), b.Rule.severity()))
	})
	n := 0
	for i := range list {
		if n++; i == 0 || list[i].Rule.line() != list[i-1].Rule.line() {
			n = 1
		}
		list[i].ID = fmt.Sprintf("%s.%d", list[i].Rule.line(), n)
	}
	return list
}

// line is what comparisons have in common whose numbers follow upon each other.
func (c *Condition) line() string {
	side := "over"
	if c.under() {
		side = "under"
	}
	if c.In > 0 {
		side = fmt.Sprintf("%s-%d-of-%d", side, c.Times, c.In)
	}
	return c.Of + "." + side
}

func (c *Condition) under() bool { return c.Below != nil || c.AtMost != nil }

// severity orders the numbers of a line: the later one is reached, the higher.
func (c *Condition) severity() float64 {
	_, limit := c.comparison()
	if c.under() {
		return -limit
	}
	return limit
}

func (c *Condition) alike(other *Condition) bool {
	a, x := c.comparison()
	b, y := other.comparison()
	return a == b && x == y && c.line() == other.line()
}

// at copies a comparison with a number of the house.
func (c *Condition) at(value float64) *Condition {
	out := *c
	out.Own = true
	for _, limit := range [...]**float64{&out.Below, &out.Above, &out.AtMost, &out.AtLeast} {
		if *limit != nil {
			*limit = &value
		}
	}
	return &out
}

// often copies a comparison that has to hold in another number of quarters.
func (c *Condition) often(times float64, own bool) *Condition {
	out := *c
	out.Times, out.OwnTimes = int(times), own
	return &out
}

// For is the playbook as it counts for one distributor: with its own thresholds in
// place of those of the same names. One that the playbook has no longer is without
// effect.
func (p *Playbook) For(own []honne.Entry[honne.OwnThreshold]) *Playbook {
	if len(own) == 0 {
		return p
	}
	list := p.comparisons()
	change := func(leaf *Condition) *Condition { return leaf.owned(list, own) }
	view := *p
	view.Measures, view.Signs = slices.Clone(p.Measures), slices.Clone(p.Signs)
	for i := range view.Measures {
		m := &view.Measures[i]
		m.Watch, m.High = m.Watch.replace(change), m.High.replace(change)
		m.Params = maps.Clone(m.Params)
		for name := range m.Params {
			if value, set := ownValue(own, parameter(m.Measure, name)); set {
				m.Params[name] = value
			}
		}
	}
	for i := range view.Signs {
		s := &view.Signs[i]
		s.Watch, s.High = s.Watch.replace(change), s.High.replace(change)
	}
	for _, x := range view.Overall.counts() {
		if value, set := ownValue(own, "overall."+x.name); set {
			*x.n = int(value)
		}
	}
	return &view
}

// owned is a comparison with the own threshold that one of the list gives it.
func (c *Condition) owned(list []Threshold, own []honne.Entry[honne.OwnThreshold]) *Condition {
	i := slices.IndexFunc(list, func(t Threshold) bool { return t.Rule.alike(c) })
	if i < 0 || c.Fixed {
		return c
	}
	out := c
	if value, set := ownValue(own, list[i].ID); set {
		out = out.at(value)
	}
	if value, set := ownValue(own, c.line()+".times"); set && c.In > 0 {
		out = out.often(value, true)
	}
	return out
}

// ownValue is the newest of a name.
func ownValue(own []honne.Entry[honne.OwnThreshold], id string) (value float64, set bool) {
	for _, e := range own {
		if e.Body.Threshold == id {
			value, set = e.Body.Value, true
		}
	}
	return value, set
}

// replace copies a tree with other comparisons.
func (c *Condition) replace(change func(*Condition) *Condition) *Condition {
	if c == nil {
		return nil
	}
	if c.Of != "" {
		return change(c)
	}
	out := *c
	out.All, out.Any, out.Not = slices.Clone(c.All), slices.Clone(c.Any), c.Not.replace(change)
	for _, list := range [...][]*Condition{out.All, out.Any} {
		for i := range list {
			list[i] = list[i].replace(change)
		}
	}
	return &out
}

// Threshold returns the threshold of a name.
func (p *Playbook) Threshold(id string) (Threshold, bool) {
	list := p.Thresholds()
	i := slices.IndexFunc(list, func(t Threshold) bool { return t.ID == id })
	if i < 0 {
		return Threshold{}, false
	}
	return list[i], true
}

// mostTimes is how many times the playbook's number, or which part of it, a number
// of the house may be: further off it is a slip of the decimal point.
const mostTimes = 10

// Refuse says as a *honne.Invalid why a distributor that has these thresholds of
// its own cannot have another value of one: no such threshold, what is in force
// already, another sign than the playbook's, further off than ten times, or out of
// order with the next one of its line. The playbook's own number is the way back.
// unit may be nil.
func (p *Playbook) Refuse(own []honne.Entry[honne.OwnThreshold], id string, value float64, unit func(name string) honne.ValueUnit) error {
	list := p.Thresholds()
	i := slices.IndexFunc(list, func(t Threshold) bool { return t.ID == id })
	if i < 0 {
		return refused("unknown", honne.Text("threshold", id))
	}
	t := list[i]
	says, v, playbook := t.Limit(), t.Number("value", value, unit), t.Number("playbook", t.Limit(), unit)
	switch {
	case value == t.inForce(own):
		return refused("same", v)
	case t.most > 0 && (value != math.Trunc(value) || value < 1 || value > t.most):
		return refused("count", v, honne.Count("most", int(t.most)))
	case says > 0 && value <= 0, says < 0 && value >= 0, says == 0 && value < 0:
		return refused("sign", v, playbook)
	case says != 0 && !within(value/says):
		return refused("size", v, playbook, honne.Count("times", mostTimes))
	case !t.limits():
		return nil
	}
	severity := t.Rule.at(value).severity()
	if i > 0 && list[i-1].before(t) && severity <= list[i-1].severity(own) {
		return refused("milder", v, named(t.Of), list[i-1].Number("next", list[i-1].inForce(own), unit))
	}
	if i+1 < len(list) && t.before(list[i+1]) && severity >= list[i+1].severity(own) {
		return refused("stricter", v, named(t.Of), list[i+1].Number("next", list[i+1].inForce(own), unit))
	}
	return nil
}

// before reports whether another number of the same line follows.
func (t Threshold) before(next Threshold) bool {
	return t.limits() && next.limits() && t.Rule.line() == next.Rule.line()
}

func (t Threshold) severity(own []honne.Entry[honne.OwnThreshold]) float64 {
	return t.Rule.at(t.inForce(own)).severity()
}

func refused(why string, args ...honne.Arg) error {
	return &honne.Invalid{Field: "value", What: honne.Say("threshold.bad."+why, args...)}
}

// inForce is the number that counts where these are a distributor's own.
func (t Threshold) inForce(own []honne.Entry[honne.OwnThreshold]) float64 {
	if v, set := ownValue(own, t.ID); set {
		return v
	}
	return t.Limit()
}

func within(times float64) bool {
	return !math.IsNaN(times) && times <= mostTimes && times >= 1.0/mostTimes
}
