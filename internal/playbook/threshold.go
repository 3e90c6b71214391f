package playbook

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"honne"
)

// Threshold is a number of the rules of measures and signs of which a distributor
// may have its own. Comparisons that are alike, number included, are one threshold
// wherever they stand, so that a measure and its sign never part.
type Threshold struct {
	// ID is what is compared, the side on which it is raised, and which of the
	// numbers there it is, the mildest first: visibility-index.under.1. It stays
	// when the playbook changes the number.
	ID   string
	Rule *Condition // the comparison, with the playbook's number
	Uses []Use
}

// Use is a band of a measure or of a sign.
type Use struct {
	Measure, Sign string // slugs; one of them is ""
	Band          honne.Band
}

// Limit returns the playbook's number.
func (t Threshold) Limit() float64 {
	_, limit := t.Rule.comparison()
	return limit
}

// At returns the comparison with a number of the house instead.
func (t Threshold) At(value float64) *Condition { return t.Rule.at(value) }

// Thresholds lists the thresholds of all measures and signs in the order of the
// rules, those of one line together and the mildest first. Comparisons that the
// playbook marks as fixed are none.
func (p *Playbook) Thresholds() []Threshold {
	var out []Threshold
	take := func(u Use, rule *Condition) {
		rule.each(func(leaf *Condition) {
			if leaf.Fixed {
				return
			}
			i := slices.IndexFunc(out, func(t Threshold) bool { return t.Rule.alike(leaf) })
			if i < 0 {
				i, out = len(out), append(out, Threshold{Rule: leaf})
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

// For is the playbook as it counts for one distributor: with its own thresholds in
// place of those of the same names. One that the playbook has no longer is without
// effect.
func (p *Playbook) For(own []honne.Entry[honne.OwnThreshold]) *Playbook {
	if len(own) == 0 {
		return p
	}
	list := p.Thresholds()
	change := func(leaf *Condition) *Condition {
		i := slices.IndexFunc(list, func(t Threshold) bool { return t.Rule.alike(leaf) })
		if i < 0 || leaf.Fixed {
			return leaf
		}
		if value, set := ownValue(own, list[i].ID); set {
			return leaf.at(value)
		}
		return leaf
	}
	view := *p
	view.Measures, view.Signs = slices.Clone(p.Measures), slices.Clone(p.Signs)
	for i := range view.Measures {
		m := &view.Measures[i]
		m.Watch, m.High = m.Watch.replace(change), m.High.replace(change)
	}
	for i := range view.Signs {
		s := &view.Signs[i]
		s.Watch, s.High = s.Watch.replace(change), s.High.replace(change)
	}
	return &view
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
	t, f := list[i], Facts{Unit: unit}
	says, v, playbook := t.Limit(), t.written("value", value, f), t.written("playbook", t.Limit(), f)
	_, was := t.inForce(own).comparison()
	switch {
	case value == was:
		return refused("same", v)
	case says > 0 && value <= 0, says < 0 && value >= 0, says == 0 && value < 0:
		return refused("sign", v, playbook)
	case says != 0 && !within(value/says):
		return refused("size", v, playbook, honne.Count("times", mostTimes))
	}
	severity := t.At(value).severity()
	if i > 0 && list[i-1].Rule.line() == t.Rule.line() && severity <= list[i-1].inForce(own).severity() {
		return refused("milder", v, named(t.Rule.Of), list[i-1].inForce(own).beside(f))
	}
	if i+1 < len(list) && list[i+1].Rule.line() == t.Rule.line() && severity >= list[i+1].inForce(own).severity() {
		return refused("stricter", v, named(t.Rule.Of), list[i+1].inForce(own).beside(f))
	}
	return nil
}

func refused(why string, args ...honne.Arg) error {
	return &honne.Invalid{Field: "value", What: honne.Say("threshold.bad."+why, args...)}
}

// written is a number of the threshold in an argument of a name.
func (t Threshold) written(name string, v float64, f Facts) honne.Arg {
	a := t.At(v).beside(f)
	a.Name = name
	return a
}

// beside is the limit of a comparison without a mark, as the next one.
func (c *Condition) beside(f Facts) honne.Arg {
	a := c.bound(f.unit(c.Of))
	a.Name, a.S = "next", ""
	return a
}

func (t Threshold) inForce(own []honne.Entry[honne.OwnThreshold]) *Condition {
	if v, set := ownValue(own, t.ID); set {
		return t.At(v)
	}
	return t.Rule
}

func within(times float64) bool {
	return !math.IsNaN(times) && times <= mostTimes && times >= 1.0/mostTimes
}
