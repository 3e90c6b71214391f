package playbook

import (
	"math"

	"honne"
)

// Decide answers the condition in three values (Kleene): what is not known
// makes a comparison unknown, all of several is false as soon as one is false,
// any is true as soon as one is true. The trace holds a message a comparison,
// in the order of the rule; nothing is left out, so that the reader sees what
// would have decided otherwise. A nil condition is false: there is no such band.
func (c *Condition) Decide(f Facts) (Truth, []honne.Message) {
	switch {
	case c == nil:
		return False, nil
	case len(c.All) > 0:
		return decideAll(c.All, f, True)
	case len(c.Any) > 0:
		return decideAll(c.Any, f, False)
	case c.Not != nil:
		t, trace := c.Not.Decide(f)
		return -t, trace
	case c.In > 0:
		return c.count(f)
	}
	return c.compare(f)
}

// decideAll is the least of the answers when empty is True (all of them must
// hold), else the greatest.
func decideAll(list []*Condition, f Facts, empty Truth) (Truth, []honne.Message) {
	answer := empty
	var trace []honne.Message
	for _, c := range list {
		t, more := c.Decide(f)
		trace = append(trace, more...)
		if empty == True {
			answer = min(answer, t)
		} else {
			answer = max(answer, t)
		}
	}
	return answer, trace
}

func (c *Condition) compare(f Facts) (Truth, []honne.Message) {
	is, _ := c.comparison()
	v, known := 0.0, false
	if f.Value != nil {
		v, known = f.Value(c.Of)
	}
	unit := f.unit(c.Of)
	if !known || math.IsNaN(v) {
		return Unknown, []honne.Message{honne.Say("trace.unknown", named(c.Of),
			honne.Word("is", "compare."+is), c.bound(unit))}
	}
	t := truth(c.holds(v))
	return t, []honne.Message{honne.Say("trace."+is, named(c.Of), written("value", v, unit),
		c.bound(unit), t.word())}
}

// count asks whether the comparison held in Times of the last In quarters. With
// fewer quarters than that it is unknown, unless those there are decide it.
func (c *Condition) count(f Facts) (Truth, []honne.Message) {
	var history []float64
	if f.History != nil {
		history = f.History(c.Of)
	}
	history = history[max(0, len(history)-c.In):]
	found, known := 0, 0
	for _, v := range history {
		if !math.IsNaN(v) {
			known++
			if c.holds(v) {
				found++
			}
		}
	}
	t := Unknown
	switch {
	case found >= c.Times:
		t = True
	case found+c.In-known < c.Times:
		t = False
	}
	is, _ := c.comparison()
	return t, []honne.Message{honne.Say("trace.times", named(c.Of), honne.Word("is", "compare."+is),
		c.bound(f.unit(c.Of)), honne.Count("found", found), honne.Count("known", known),
		c.quarters(), honne.Count("in", c.In), t.word())}
}

// quarters is in how many of them it has to hold, with a mark where that is the
// house's own.
func (c *Condition) quarters() honne.Arg {
	if !c.OwnTimes {
		return honne.Count("times", c.Times)
	}
	a := honne.Exact("times", float64(c.Times))
	a.S = "threshold.marked"
	return a
}

// comparison returns the slug of the comparator and its limit.
func (c *Condition) comparison() (is string, limit float64) {
	switch {
	case c.Below != nil:
		return "below", *c.Below
	case c.Above != nil:
		return "above", *c.Above
	case c.AtMost != nil:
		return "at-most", *c.AtMost
	case c.AtLeast != nil:
		return "at-least", *c.AtLeast
	}
	return "", math.NaN()
}

func (c *Condition) holds(v float64) bool {
	switch is, limit := c.comparison(); is {
	case "below":
		return v < limit
	case "above":
		return v > limit
	case "at-most":
		return v <= limit
	default:
		return v >= limit
	}
}

// Say says the rule itself, in words: a message a node, the node before its
// children. rule.all and rule.any say how many nodes directly under them (n)
// belong to them; every message has its depth, from 0. unit may be nil.
func (c *Condition) Say(unit func(name string) honne.ValueUnit) []honne.Message {
	return c.say(Facts{Unit: unit}, 0)
}

func (c *Condition) say(f Facts, depth int) []honne.Message {
	if c == nil {
		return nil
	}
	at := honne.Count("depth", depth)
	switch {
	case len(c.All) > 0:
		return sayAll(honne.Say("rule.all", honne.Count("n", len(c.All)), at), c.All, f, depth)
	case len(c.Any) > 0:
		return sayAll(honne.Say("rule.any", honne.Count("n", len(c.Any)), at), c.Any, f, depth)
	case c.Not != nil:
		return sayAll(honne.Say("rule.not", at), []*Condition{c.Not}, f, depth)
	}
	is, _ := c.comparison()
	bound := c.bound(f.unit(c.Of))
	if c.In > 0 {
		return []honne.Message{honne.Say("rule.times", named(c.Of), honne.Word("is", "compare."+is), bound,
			c.quarters(), honne.Count("in", c.In), at)}
	}
	return []honne.Message{honne.Say("rule."+is, named(c.Of), bound, at)}
}

func sayAll(head honne.Message, list []*Condition, f Facts, depth int) []honne.Message {
	out := []honne.Message{head}
	for _, c := range list {
		out = append(out, c.say(f, depth+1)...)
	}
	return out
}

// Judge makes a band of the two conditions of a measure or a sign, with the
// trace of both. It is "" when there are none: a figure to know. High and watch
// need a condition that is true; clear needs both to be false; everything else
// is unknown, which is never clear.
func Judge(watch, high *Condition, f Facts) (honne.Band, []honne.Message) {
	if watch == nil && high == nil {
		return "", nil
	}
	isHigh, trace := high.Decide(f)
	isWatch, more := watch.Decide(f)
	trace = append(trace, more...)
	switch {
	case isHigh == True:
		return honne.High, trace
	case isWatch == True:
		return honne.Watch, trace
	case isHigh == False && isWatch == False:
		return honne.Clear, trace
	}
	return honne.UnknownBand, trace
}

// Names returns the names that the condition compares, each once, in order.
func (c *Condition) Names() []string {
	var out []string
	c.each(func(leaf *Condition) {
		for _, name := range out {
			if name == leaf.Of {
				return
			}
		}
		out = append(out, leaf.Of)
	})
	return out
}

func (c *Condition) each(leaf func(*Condition)) {
	if c == nil {
		return
	}
	for _, child := range c.All {
		child.each(leaf)
	}
	for _, child := range c.Any {
		child.each(leaf)
	}
	c.Not.each(leaf)
	if c.Of != "" {
		leaf(c)
	}
}

func (f Facts) unit(name string) honne.ValueUnit {
	if f.Unit == nil {
		return ""
	}
	return f.Unit(name)
}

func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}

// word is the answer as a word of the catalogues.
func (t Truth) word() honne.Arg {
	return honne.Word("answer", [...]string{"truth.false", "truth.unknown", "truth.true"}[t-False])
}

// named is the measure, or the part of one, as a word of the catalogues.
func named(of string) honne.Arg {
	for i := range len(of) {
		if of[i] == '.' {
			return honne.Word("measure", "part."+of)
		}
	}
	return honne.Word("measure", "measure."+of)
}

// bound is the limit in full, with a mark where it is the house's own.
func (c *Condition) bound(unit honne.ValueUnit) honne.Arg {
	_, limit := c.comparison()
	a := written("limit", limit, unit)
	if a.Kind == honne.ArgNumber {
		a = honne.Exact(a.Name, limit)
	}
	if c.Own {
		a.S = "threshold.marked"
	}
	return a
}

func written(name string, v float64, unit honne.ValueUnit) honne.Arg {
	switch unit {
	case honne.UnitRatio:
		return honne.Ratio(name, v)
	case honne.UnitGrowth:
		return honne.Growth(name, v)
	case honne.UnitPoints:
		return honne.Points(name, v)
	}
	return honne.Number(name, v)
}
