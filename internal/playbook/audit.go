package playbook

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"honne"
)

// AuditRules are what an audit asks and looks for (domain 1.1, 1.2, 1.6,
// appendices E and F).
type AuditRules struct {
	Scale      []honne.Both // 0 to 4 in words
	Weights    Weights
	Dimensions []DimensionRules
	Packs      []Pack
	Traps      []Card
	Patterns   []Card // the failure patterns, as questions

	// Recognition is how a partner may be recognised in a letter of renewal.
	Recognition []Card
}

// Weights are those of the pillars (domain 1.1 A-06); they need not add up to
// anything.
type Weights struct{ Effectiveness, Compliance, Trust float64 }

// Of is the weight of a pillar, by its slug.
func (w Weights) Of(pillar string) float64 {
	switch pillar {
	case "effectiveness":
		return w.Effectiveness
	case "compliance":
		return w.Compliance
	}
	return w.Trust
}

// DimensionRules are one dimension of the audit.
type DimensionRules struct {
	Dimension string // slug
	Title     honne.Both
	Look      honne.Both // what to look for
	Ask       honne.Both // what to ask for
	Judge     honne.Both // what a person alone can judge
	Measures  []string   // slugs
	Self      honne.Both // the question to the partner, on record
	Private   honne.Both // the question off the record, on the same scale
	Hotline   bool       // the hotline stands before the private question
	Purpose   honne.Both // what the papers are for, as the partner reads it
	Requests  []RequestRules
}

// RequestRules are a line of the evidence list.
type RequestRules struct {
	What   honne.Both
	Level  string // how detailed: L0 to L5; "" when it does not matter
	Format string
}

// Pack is an industry; what does not apply in it is n/a.
type Pack struct {
	Pack          string
	Title         honne.Both
	NotApplicable []string         // slugs of dimensions
	Dimensions    []DimensionRules // what it words or asks otherwise; what is empty is as everywhere
}

// Card is a trap or a pattern with the dimensions that it touches.
type Card struct {
	ID         string
	Text       honne.Both
	Dimensions []string
}

// Lesson is a cautionary case: what is told, what sources say, and what survives
// (domain 1.11). It is never evidence against a partner. It hangs on a failure
// pattern or on a trap, and on the dimensions of that.
type Lesson struct {
	Lesson  string
	Title   honne.Both
	Pattern string // id of a card; "" where Trap is not
	Trap    string
	Told    honne.Both
	Found   honne.Both
	Lasting honne.Both
	Sources []string
	Checked honne.Date
}

// Dimension returns the rules of a dimension as an industry words them; those of
// all for a pack that is not known.
func (p *Playbook) Dimension(pack, slug string) (DimensionRules, bool) {
	i := slices.IndexFunc(p.Audit.Dimensions, func(d DimensionRules) bool { return d.Dimension == slug })
	if i < 0 {
		return DimensionRules{}, false
	}
	d := p.Audit.Dimensions[i]
	for _, own := range p.Audit.Packs {
		for _, o := range own.Dimensions {
			if own.Pack == pack && o.Dimension == slug {
				d.takeOver(o)
			}
		}
	}
	return d, true
}

// takeOver replaces what an industry words otherwise.
func (d *DimensionRules) takeOver(o DimensionRules) {
	into := d.texts()
	for i, text := range o.texts() {
		if !text.IsZero() {
			*into[i] = *text
		}
	}
	if len(o.Requests) > 0 {
		d.Requests = o.Requests
	}
}

func (d *DimensionRules) texts() [7]*honne.Both {
	return [...]*honne.Both{&d.Title, &d.Look, &d.Ask, &d.Judge, &d.Self, &d.Private, &d.Purpose}
}

// Card finds the pattern or the trap that a lesson hangs on.
func (p *Playbook) Card(x Lesson) (Card, bool) {
	list, id := p.Audit.Patterns, x.Pattern
	if x.Trap != "" {
		list, id = p.Audit.Traps, x.Trap
	}
	i := slices.IndexFunc(list, func(c Card) bool { return c.ID == id })
	if i < 0 {
		return Card{}, false
	}
	return list[i], true
}

func (l *layer) readAudit(n *yaml.Node) {
	a := &l.Audit
	seen := map[string]bool{}
	l.mapping("", n,
		field{"scale", l.list(func(key string, n *yaml.Node) {
			var b honne.Both
			l.both(&b)(key, n)
			a.Scale = append(a.Scale, b)
		})},
		field{"weights", l.weights},
		field{"dimensions", l.list(func(key string, n *yaml.Node) { l.dimension(key, n, seen) })},
		field{"packs", l.list(l.pack)},
		field{"traps", l.list(l.card("trap", &a.Traps))},
		field{"patterns", l.list(l.card("pattern", &a.Patterns))},
		field{"recognition", l.list(l.card("recognition", &a.Recognition))})
	if len(a.Scale) == 0 {
		return // a playbook on top may change one dimension only
	}
	if a.Weights == (Weights{}) {
		l.problem(n, "weights", "expected the weights of the three pillars")
	}
	if len(a.Scale) != 5 {
		l.problem(n, "scale", "expected five lines, for 0 to 4")
	}
	for _, d := range honne.AllDimensions {
		if !seen[d.Slug] {
			l.problem(n, "dimensions", "expected %s as well", d.Slug)
		}
	}
}

// weights reads what each pillar weighs; a pillar left out would silently count
// for nothing.
func (l *layer) weights(key string, n *yaml.Node) {
	w := &l.Audit.Weights
	l.mapping(key, n, field{"effectiveness", l.number(&w.Effectiveness)}, field{"compliance", l.number(&w.Compliance)}, field{"trust", l.number(&w.Trust)})
	if w.Effectiveness <= 0 || w.Compliance <= 0 || w.Trust <= 0 {
		l.problem(n, key, "expected a number above 0 for effectiveness, compliance and trust")
	}
}

func (l *layer) dimension(key string, n *yaml.Node, seen map[string]bool) {
	var d DimensionRules
	l.mapping(key, n, append(l.worded(&d), field{"measures", l.slugs(&d.Measures, measureSlugs())}, field{"hotline", oneOfBool(l.reader, &d.Hotline)})...)
	for _, b := range d.texts() {
		l.inBoth(key, n, *b)
	}
	l.once(key, n, seen, d.Dimension, "dimension")
	l.Audit.Dimensions = append(l.Audit.Dimensions, d)
}

// worded are the fields of a dimension that an industry may word otherwise.
func (l *layer) worded(d *DimensionRules) []field {
	return []field{
		{"dimension", oneOf(l.reader, &d.Dimension, dimensionSlugs())},
		{"title", l.both(&d.Title)},
		{"look", l.both(&d.Look)},
		{"ask", l.both(&d.Ask)},
		{"judge", l.both(&d.Judge)},
		{"self", l.both(&d.Self)},
		{"private", l.both(&d.Private)},
		{"purpose", l.both(&d.Purpose)},
		{"requests", l.list(func(key string, n *yaml.Node) {
			var r RequestRules
			l.mapping(key, n, field{"en", l.text(&r.What.EN)}, field{"ja", l.text(&r.What.JA)},
				field{"level", oneOf(l.reader, &r.Level, []string{"L0", "L1", "L2", "L3", "L4", "L5"})}, field{"format", l.text(&r.Format)})
			l.inBoth(key, n, r.What)
			d.Requests = append(d.Requests, r)
		})},
	}
}

func (l *layer) pack(key string, n *yaml.Node) {
	var p Pack
	seen := map[string]bool{}
	l.mapping(key, n, field{"pack", l.text(&p.Pack)}, field{"en", l.text(&p.Title.EN)}, field{"ja", l.text(&p.Title.JA)},
		field{"not_applicable", l.slugs(&p.NotApplicable, dimensionSlugs())},
		field{"dimensions", l.list(func(key string, n *yaml.Node) {
			var d DimensionRules
			l.mapping(key, n, l.worded(&d)...)
			l.once(key, n, seen, d.Dimension, "dimension")
			p.Dimensions = append(p.Dimensions, d)
		})})
	for _, d := range p.Dimensions {
		if slices.Contains(p.NotApplicable, d.Dimension) {
			l.problem(n, key, "expected no words for %s, which does not apply", d.Dimension)
		}
	}
	l.inBoth(key, n, p.Title)
	l.Audit.Packs = append(l.Audit.Packs, p)
}

func (l *layer) card(name string, into *[]Card) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		var c Card
		l.mapping(key, n, field{name, l.text(&c.ID)}, field{"en", l.text(&c.Text.EN)}, field{"ja", l.text(&c.Text.JA)},
			field{"dimensions", l.slugs(&c.Dimensions, dimensionSlugs())})
		l.inBoth(key, n, c.Text)
		*into = append(*into, c)
	}
}

func (l *layer) readLessons(n *yaml.Node) {
	l.mapping("", n, field{"lessons", l.list(func(key string, n *yaml.Node) {
		var x Lesson
		l.mapping(key, n,
			field{"lesson", l.text(&x.Lesson)},
			field{"title", l.both(&x.Title)},
			field{"pattern", l.text(&x.Pattern)},
			field{"trap", l.text(&x.Trap)},
			field{"told", l.both(&x.Told)},
			field{"found", l.both(&x.Found)},
			field{"lasting", l.both(&x.Lasting)},
			field{"sources", l.texts(&x.Sources)},
			field{"checked", l.date(&x.Checked)})
		for _, b := range []honne.Both{x.Title, x.Told, x.Found, x.Lasting} {
			l.inBoth(key, n, b)
		}
		if x.Checked == 0 {
			l.problem(n, key, "expected the day it was checked")
		}
		if (x.Pattern == "") == (x.Trap == "") {
			l.problem(n, key, "expected either a pattern or a trap")
		}
		for _, id := range [...]string{x.Pattern, x.Trap} {
			if id != "" {
				l.cards = append(l.cards, compared{id, l.file, key, n.Line})
			}
		}
		l.Lessons = append(l.Lessons, x)
	})})
}

// inBoth says that a text lacks a language.
func (l *layer) inBoth(key string, n *yaml.Node, b honne.Both) {
	if b.EN == "" || b.JA == "" {
		l.problem(n, key, "expected en and ja")
	}
}

func (l *layer) slugs(into *[]string, allowed []string) func(string, *yaml.Node) {
	return l.list(func(key string, n *yaml.Node) {
		slug := ""
		if oneOf(l.reader, &slug, allowed)(key, n); slug != "" {
			*into = append(*into, slug)
		}
	})
}

func dimensionSlugs() []string {
	out := make([]string, 0, len(honne.AllDimensions))
	for _, d := range honne.AllDimensions {
		out = append(out, d.Slug)
	}
	return out
}
