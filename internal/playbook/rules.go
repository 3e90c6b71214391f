package playbook

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"honne"
)

func (l *layer) readMeasures(n *yaml.Node) {
	seen := map[string]bool{}
	l.mapping("", n, field{"measures", l.list(func(key string, n *yaml.Node) {
		m := MeasureRules{Params: map[string]float64{}, Lines: map[string]int{}}
		l.mapping(key, n,
			field{"measure", oneOf(l.reader, &m.Measure, measureSlugs())},
			field{"params", func(key string, n *yaml.Node) { l.params(key, n, m) }},
			field{"watch", l.condition(&m.Watch)},
			field{"high", l.condition(&m.High)})
		l.once(key, n, seen, m.Measure, "measure")
		l.Measures = append(l.Measures, m)
	})})
}

func (l *layer) params(key string, n *yaml.Node, m MeasureRules) {
	into := m.Params
	l.entries(key, n, func(name string, k, value *yaml.Node) {
		if _, twice := into[name]; twice || !isName(name) {
			l.problem(k, join(key, name), "expected a name of lower-case letters, once")
			return
		}
		var f float64
		l.number(&f)(join(key, name), value)
		into[name], m.Lines[name] = f, k.Line
	})
}

func (l *layer) readSigns(n *yaml.Node) {
	seen := map[string]bool{}
	l.mapping("", n, field{"signs", l.list(func(key string, n *yaml.Node) {
		var s SignRules
		l.mapping(key, n,
			field{"sign", oneOf(l.reader, &s.Sign, signSlugs())},
			field{"headline", oneOf(l.reader, &s.Headline, measureSlugs())},
			field{"measures", l.list(func(key string, n *yaml.Node) {
				slug := ""
				if oneOf(l.reader, &slug, measureSlugs())(key, n); slug != "" {
					s.Measures = append(s.Measures, slug)
				}
			})},
			field{"watch", l.condition(&s.Watch)},
			field{"high", l.condition(&s.High)})
		l.once(key, n, seen, s.Sign, "sign")
		if s.Headline == "" || len(s.Measures) == 0 {
			l.problem(n, key, "expected a headline and measures")
		}
		l.Signs = append(l.Signs, s)
	})})
}

func (l *layer) readQuestions(n *yaml.Node) {
	seen := map[string]bool{}
	l.mapping("", n, field{"questions", l.list(func(key string, n *yaml.Node) {
		var q QuestionRules
		l.mapping(key, n,
			field{"measure", oneOf(l.reader, &q.Measure, measureSlugs())},
			field{"need", oneOf(l.reader, &q.Need, honne.AllNeeds)},
			field{"en", l.text(&q.EN)},
			field{"ja", l.text(&q.JA)})
		if (q.Measure == "") == (q.Need == "") {
			l.problem(n, key, "expected either a measure or a need")
		}
		l.once(key, n, seen, q.Measure+string(q.Need), "question")
		if q.EN == "" || q.JA == "" {
			l.problem(n, key, "expected the question in en and ja")
		}
		l.Asks = append(l.Asks, q)
	})})
}

func (l *layer) once(key string, n *yaml.Node, seen map[string]bool, id, what string) {
	if id == "" || seen[id] {
		l.problem(n, key, "expected one %s, named and not named before: %q", what, id)
	}
	seen[id] = true
}

// condition reads a tree over measures; see Condition.
func (l *layer) condition(into **Condition) func(string, *yaml.Node) {
	return l.conditionOf(into, l.measured)
}

func (l *layer) limit(into **float64) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		*into = new(float64)
		l.number(*into)(key, n)
	}
}

// conditionOf reads a tree whose comparisons name what of accepts.
func (l *layer) conditionOf(into **Condition, of func(*string) func(string, *yaml.Node)) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		c := &Condition{Line: n.Line}
		children := func(into *[]*Condition) func(string, *yaml.Node) {
			return l.list(func(key string, n *yaml.Node) {
				var c *Condition
				l.conditionOf(&c, of)(key, n)
				*into = append(*into, c)
			})
		}
		before, fixed := len(*l.problems), new(bool)
		l.mapping(key, n,
			field{"all", children(&c.All)},
			field{"any", children(&c.Any)},
			field{"not", l.conditionOf(&c.Not, of)},
			field{"of", of(&c.Of)},
			field{"below", l.limit(&c.Below)},
			field{"above", l.limit(&c.Above)},
			field{"at_most", l.limit(&c.AtMost)},
			field{"at_least", l.limit(&c.AtLeast)},
			field{"times", l.whole(&c.Times, 1, 8)},
			field{"in", l.whole(&c.In, 1, 8)},
			field{"fixed", l.yes(&fixed)})
		c.Fixed = *fixed
		if what := c.malformed(); what != "" && len(*l.problems) == before {
			l.problem(n, key, "%s", what)
		}
		*into = c
	}
}

// measured reads a measure's slug, or slug.part.
func (l *layer) measured(into *string) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		slug, part, has := strings.Cut(n.Value, ".")
		measure := *n
		measure.Value = slug
		oneOf(l.reader, &slug, measureSlugs())(key, &measure)
		if has && !isName(part) {
			l.problem(n, key, "expected a part of lower-case letters after %s.", slug)
		}
		*into = n.Value
	}
}

// malformed says what is wrong with the shape of a node.
func (c *Condition) malformed() string {
	limits := count(c.Below != nil, c.Above != nil, c.AtMost != nil, c.AtLeast != nil)
	switch {
	case count(len(c.All) > 0, len(c.Any) > 0, c.Not != nil, c.Of != "") != 1:
		return "expected exactly one of all, any, not, of"
	case c.Of == "" && (limits > 0 || c.Times > 0 || c.In > 0 || c.Fixed):
		return "expected a limit only beside of"
	case c.Of != "" && limits != 1:
		return "expected exactly one of below, above, at_most, at_least"
	case (c.Times > 0) != (c.In > 0) || c.Times > c.In:
		return "expected times and in together, times not more than in"
	}
	return ""
}

func count(list ...bool) (n int) {
	for _, b := range list {
		if b {
			n++
		}
	}
	return n
}

// isName reports whether s is lower-case letters and digits with single dashes
// or underscores between.
func isName(s string) bool {
	for i := range len(s) {
		letter := s[i] >= 'a' && s[i] <= 'z' || s[i] >= '0' && s[i] <= '9'
		between := (s[i] == '-' || s[i] == '_') && i > 0 && i < len(s)-1
		if !letter && !between {
			return false
		}
	}
	return s != ""
}

func measureSlugs() []string {
	list := make([]string, len(honne.AllMeasures))
	for i, m := range honne.AllMeasures {
		list[i] = m.Slug
	}
	return list
}

func signSlugs() []string {
	list := make([]string, len(honne.AllSigns))
	for i, s := range honne.AllSigns {
		list[i] = s.Slug
	}
	return list
}
