package playbook

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"honne"
)

// Test runs the tests of the playbook in the folder id, tests/*.yaml, and
// returns every case that does not hold, and every problem of the playbook
// itself. A file of tests may hold:
//
//	columns: [{header: 得意先名, meaning: customer_name}]
//	kinds:   [{title: 販売実績, series: sales}]
//	reasons: [{text: 返品処理, reason: returns}]
//	mail:    [{text: 承知いたしました。, says: acknowledgement}]  # asks: true where it asks
//	bands:   [{of: growth-gap, values: {growth-gap: -0.05}, band: watch}]
//	never:   [excuse]        # in no question, as a whole word
//
// A band is that of a measure or a sign; history gives the quarters of a value,
// oldest first. What is not given is unknown.
func Test(fsys fs.FS, id string) []Problem {
	p, err := Load(fsys, id)
	if err != nil {
		return Lint(fsys, id)
	}
	files, err := fs.Glob(fsys, path.Join(id, "tests", "*.yaml"))
	if err != nil {
		return []Problem{{File: id, What: reason(err)}}
	}
	var problems Problems
	for _, file := range files {
		c := cases{reader{file: file, problems: &problems}, p}
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			problems = append(problems, Problem{File: file, What: reason(err)})
			continue
		}
		if n := c.document(data); n != nil {
			c.run(n)
		}
	}
	return problems
}

// cases are the tests of one file.
type cases struct {
	reader
	of *Playbook
}

func (c cases) run(n *yaml.Node) {
	c.mapping("", n,
		field{"columns", c.list(c.column)},
		field{"kinds", c.list(c.kind)},
		field{"reasons", c.list(c.why)},
		field{"mail", c.list(c.mail)},
		field{"bands", c.list(c.band)},
		field{"never", c.list(c.never)})
}

func (c cases) column(key string, n *yaml.Node) {
	var header string
	var want honne.Meaning
	c.mapping(key, n,
		field{"header", c.text(&header)},
		field{"meaning", oneOf(c.reader, &want, honne.Meanings())})
	got, _ := c.of.Column(header)
	c.expect(n, key, header, string(want), string(got))
}

func (c cases) kind(key string, n *yaml.Node) {
	var title string
	var want honne.Series
	c.mapping(key, n,
		field{"title", c.text(&title)},
		field{"series", oneOf(c.reader, &want, append([]honne.Series{"none"}, honne.AllSeries...))})
	c.expect(n, key, title, string(want), orNone(string(c.of.Kind(title))))
}

func (c cases) why(key string, n *yaml.Node) {
	var text, want string
	c.mapping(key, n, field{"text", c.text(&text)}, field{"reason", c.text(&want)})
	c.expect(n, key, text, want, orNone(string(c.of.Reason(text))))
}

func (c cases) mail(key string, n *yaml.Node) {
	var text string
	var says Saying
	asks, access, tells, from := false, "", "", honne.Ours
	c.mapping(key, n,
		field{"text", c.text(&text)},
		field{"says", oneOf(c.reader, &says, []Saying{SaysNothing, SaysLater, SaysThing})},
		field{"asks", func(key string, n *yaml.Node) { asks = n.Value == "true" }},
		field{"access", func(key string, n *yaml.Node) { access = n.Value }},
		field{"from", oneOf(c.reader, &from, []honne.Side{honne.Ours, honne.Theirs})},
		field{"tells", c.text(&tells)})
	gotSays, gotAsks := c.of.Mail.Sentence(text)
	if says != "" {
		c.expect(n, key, text, string(says), string(gotSays))
	}
	if tells != "" {
		c.expect(n, key, text+" tells", tells, orNone(string(c.of.Mail.Told.Tells(text, from))))
		return
	}
	c.expect(n, key, text+" asks", strconv.FormatBool(asks), strconv.FormatBool(gotAsks))
	if access != "" {
		c.expect(n, key, text+" access", access, strconv.FormatBool(c.of.Mail.AsksAccess(text)))
	}
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func (c cases) band(key string, n *yaml.Node) {
	values, histories := map[string]float64{}, map[string][]float64{}
	var of string
	var want honne.Band
	c.mapping(key, n,
		field{"of", oneOf(c.reader, &of, append(measureSlugs(), signSlugs()...))},
		field{"values", func(key string, n *yaml.Node) {
			c.entries(key, n, func(name string, _, value *yaml.Node) {
				var f float64
				c.number(&f)(join(key, name), value)
				values[name] = f
			})
		}},
		field{"history", func(key string, n *yaml.Node) {
			c.entries(key, n, func(name string, _, value *yaml.Node) {
				c.list(func(key string, n *yaml.Node) {
					var f float64
					c.number(&f)(key, n)
					histories[name] = append(histories[name], f)
				})(join(key, name), value)
			})
		}},
		field{"band", oneOf(c.reader, &want, []honne.Band{honne.Clear, honne.Watch, honne.High, honne.UnknownBand})})
	watch, high := c.rules(of)
	for name := range values {
		c.compares(n, key, name, watch, high)
	}
	got, _ := Judge(watch, high, Facts{
		Value:   func(name string) (float64, bool) { v, ok := values[name]; return v, ok },
		History: func(name string) []float64 { return histories[name] },
	})
	c.expect(n, key, of, string(want), string(got))
}

// compares catches a test that gives a value the rule never looks at.
func (c cases) compares(n *yaml.Node, key, name string, watch, high *Condition) {
	if !slices.Contains(append(watch.Names(), high.Names()...), name) {
		c.problem(n, key, "%s is in no condition of this rule", name)
	}
}

func (c cases) rules(of string) (watch, high *Condition) {
	if s := c.of.Sign(of); s.Headline != "" {
		return s.Watch, s.High
	}
	m := c.of.MeasureRules(of)
	return m.Watch, m.High
}

// never checks that no question holds a word: whole words in English, the
// characters in Japanese.
func (c cases) never(key string, n *yaml.Node) {
	var word string
	c.text(&word)(key, n)
	for _, q := range c.of.Asks {
		if word != "" && (holdsWord(q.EN, word) || strings.Contains(q.JA, word)) {
			c.problem(n, key, "%s stands in the question for %s%s", word, q.Measure, q.Need)
		}
	}
}

func holdsWord(text, word string) bool {
	return regexp.MustCompile(`(?i)\b` + regexp.QuoteMeta(word) + `\b`).MatchString(text)
}

func (c cases) expect(n *yaml.Node, key, of, want, got string) {
	if want != got {
		c.problem(n, key, "%s: expected %s, got %s", of, want, fmt.Sprintf("%q", got))
	}
}
