package playbook

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"honne"
)

// ReadinessQuestion asks about our own side; it is answered 0 to 4 with evidence
// (domain 1.8, appendix B).
type ReadinessQuestion struct {
	Question string // one of honne.AllReadiness
	EN, JA   string
}

// Strategy is what can be done about dependency (domain 1.7): G1 to G5 keep a
// balance, G6 to G9 are for whoever already depends.
type Strategy struct {
	Strategy string   // one of honne.AllStrategies
	Lowers   []string // the parts of the index, r1 to r5, that it lowers once done
	EN, JA   string
}

// TermWords say what a term of the contract is, and what to look for in it.
type TermWords struct {
	Term   string // one of honne.AllContractTerms
	EN, JA string
}

// MuteReason is a reason for which a sign may be muted, and for how many days at
// most; it comes back by itself.
type MuteReason struct {
	Code   string
	Days   int
	EN, JA string
}

// indexParts are the parts of the index of dependency.
var indexParts = []string{"r1", "r2", "r3", "r4", "r5"}

func (l *layer) readReadiness(n *yaml.Node) {
	seen := map[string]bool{}
	l.mapping("", n, field{"questions", l.list(func(key string, n *yaml.Node) {
		var q ReadinessQuestion
		l.mapping(key, n, append(l.said(&q.EN, &q.JA), field{"question", oneOf(l.reader, &q.Question, honne.AllReadiness)})...)
		l.once(key, n, seen, q.Question, "question")
		l.bothSaid(key, n, q.EN, q.JA)
		if !strings.HasSuffix(q.EN, "?") || !strings.HasSuffix(q.JA, "か。") {
			l.problem(n, key, "expected a question in both languages: ? and か。")
		}
		l.Readiness = append(l.Readiness, q)
	})})
}

func (l *layer) readDependency(n *yaml.Node) {
	strategies, terms := map[string]bool{}, map[string]bool{}
	l.mapping("", n,
		field{"strategies", l.list(func(key string, n *yaml.Node) {
			var s Strategy
			l.mapping(key, n, append(l.said(&s.EN, &s.JA),
				field{"strategy", oneOf(l.reader, &s.Strategy, honne.AllStrategies)},
				field{"lowers", l.list(func(key string, n *yaml.Node) {
					part := ""
					if oneOf(l.reader, &part, indexParts)(key, n); part != "" && !slices.Contains(s.Lowers, part) {
						s.Lowers = append(s.Lowers, part)
					}
				})})...)
			l.once(key, n, strategies, s.Strategy, "strategy")
			l.bothSaid(key, n, s.EN, s.JA)
			if len(s.Lowers) == 0 {
				l.problem(n, key, "expected the parts of the index that it lowers, r1 to r5")
			}
			l.Strategies = append(l.Strategies, s)
		})},
		field{"terms", l.list(func(key string, n *yaml.Node) {
			var t TermWords
			l.mapping(key, n, append(l.said(&t.EN, &t.JA), field{"term", oneOf(l.reader, &t.Term, honne.AllContractTerms)})...)
			l.once(key, n, terms, t.Term, "term")
			l.bothSaid(key, n, t.EN, t.JA)
			l.Terms = append(l.Terms, t)
		})})
}

func (l *layer) readMutes(n *yaml.Node) {
	seen := map[string]bool{}
	l.mapping("", n, field{"reasons", l.list(func(key string, n *yaml.Node) {
		var m MuteReason
		l.mapping(key, n, append(l.said(&m.EN, &m.JA), field{"code", l.text(&m.Code)}, field{"days", l.whole(&m.Days, 1, 400)})...)
		l.once(key, n, seen, m.Code, "code")
		l.bothSaid(key, n, m.EN, m.JA)
		if !isName(m.Code) || m.Days == 0 {
			l.problem(n, key, "expected a code of lower-case letters, and the days it may last")
		}
		l.Mutes = append(l.Mutes, m)
	})})
}

// said are the keys of a text in both languages.
func (l *layer) said(en, ja *string) []field {
	return []field{{"en", l.text(en)}, {"ja", l.text(ja)}}
}

func (l *layer) bothSaid(key string, n *yaml.Node, en, ja string) {
	if en == "" || ja == "" {
		l.problem(n, key, "expected the text in en and ja")
	}
}

// stackOwn replaces what has the same name; the order is that of the vocabulary.
func (p *Playbook) stackOwn(top *Playbook) {
	p.Readiness = stackBy(p.Readiness, top.Readiness, func(q ReadinessQuestion) string { return q.Question })
	p.Strategies = stackBy(p.Strategies, top.Strategies, func(s Strategy) string { return s.Strategy })
	p.Terms = stackBy(p.Terms, top.Terms, func(t TermWords) string { return t.Term })
	p.Mutes = stackBy(p.Mutes, top.Mutes, func(m MuteReason) string { return m.Code })
	inOrder(p.Readiness, honne.AllReadiness, func(q ReadinessQuestion) string { return q.Question })
	inOrder(p.Strategies, honne.AllStrategies, func(s Strategy) string { return s.Strategy })
	inOrder(p.Terms, honne.AllContractTerms, func(t TermWords) string { return t.Term })
}
