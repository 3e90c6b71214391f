package playbook

import (
	"cmp"
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
)

// stack puts a later playbook on top.
func (p *Playbook) stack(top *Playbook) {
	p.Versions = append(p.Versions, top.Versions...)
	p.stackColumns(top.Columns)
	p.stackKinds(top)
	p.Topics = stackBy(p.Topics, top.Topics, func(t TopicWords) string { return string(t.Topic) })
	addWords(p.Words.lists(), top.Words.lists())
	p.Lists.add(top.Lists)
	p.Mail.add(top.Mail)
	p.Promises.add(top.Promises)
	p.Measures = stackBy(p.Measures, top.Measures, func(m MeasureRules) string { return m.Measure })
	p.Signs = stackBy(p.Signs, top.Signs, func(s SignRules) string { return s.Sign })
	p.Asks = stackBy(p.Asks, top.Asks, func(q QuestionRules) string { return q.Measure + " " + string(q.Need) })
	inOrder(p.Measures, measureSlugs(), func(m MeasureRules) string { return m.Measure })
	inOrder(p.Signs, signSlugs(), func(s SignRules) string { return s.Sign })
	p.stackExcuses(top)
	p.stackOwn(top)
	p.stackAudit(top.Audit)
	p.Wording = stackBy(p.Wording, top.Wording, func(w WordingRule) string { return w.Word })
	p.People.add(top.People)
	p.Lessons = stackBy(p.Lessons, top.Lessons, func(x Lesson) string { return x.Lesson })
	if top.Overall != (OverallRules{}) {
		p.Overall = top.Overall
	}
}

// stackExcuses replaces excuses, facts and concepts of the same name; routes and
// model are replaced whole.
func (p *Playbook) stackExcuses(top *Playbook) {
	p.Excuses = stackBy(p.Excuses, top.Excuses, func(x ExcuseRules) string { return x.Excuse })
	p.Facts = stackBy(p.Facts, top.Facts, func(f FactRules) string { return f.Fact })
	p.Recognition = top.Recognition.over(p.Recognition)
	slices.SortStableFunc(p.Excuses, func(a, b ExcuseRules) int { return excuseOrder(a.Excuse) - excuseOrder(b.Excuse) })
	p.Instructions = cmp.Or(top.Instructions, p.Instructions)
	if len(top.Routes) > 0 {
		p.Routes = top.Routes
	}
	if len(top.Model) > 0 {
		p.Model = top.Model
	}
}

func (p *Playbook) stackAudit(top AuditRules) {
	a := &p.Audit
	if len(top.Scale) > 0 {
		a.Scale = top.Scale
	}
	if top.Weights != (Weights{}) {
		a.Weights = top.Weights
	}
	a.Dimensions = stackBy(a.Dimensions, top.Dimensions, func(d DimensionRules) string { return d.Dimension })
	inOrder(a.Dimensions, dimensionSlugs(), func(d DimensionRules) string { return d.Dimension })
	a.Packs = stackBy(a.Packs, top.Packs, func(x Pack) string { return x.Pack })
	a.Traps = stackBy(a.Traps, top.Traps, func(x Card) string { return x.ID })
	a.Recognition = stackBy(a.Recognition, top.Recognition, func(x Card) string { return x.ID })
	a.Patterns = stackBy(a.Patterns, top.Patterns, func(x Card) string { return x.ID })
}

// stackKinds adds kinds and reasons; a word stands for the later one only.
func (p *Playbook) stackKinds(top *Playbook) {
	for _, k := range top.Kinds {
		for i := range p.Kinds {
			p.Kinds[i].Words = without(p.Kinds[i].Words, k.Words)
		}
		p.Kinds = append(p.Kinds, k)
	}
	for _, r := range top.Reasons {
		for i := range p.Reasons {
			p.Reasons[i].Words = without(p.Reasons[i].Words, r.Words)
		}
		p.Reasons = append(p.Reasons, r)
	}
}

// stackColumns adds words of columns; one stands for the later column only.
func (p *Playbook) stackColumns(top []ColumnWords) {
	var exact, parts []string
	for _, c := range top {
		exact, parts = append(exact, c.Exact...), append(parts, c.Parts...)
	}
	for i := range p.Columns {
		p.Columns[i].Exact = without(p.Columns[i].Exact, exact)
		p.Columns[i].Parts = without(p.Columns[i].Parts, parts)
	}
	for _, c := range top {
		at := slices.IndexFunc(p.Columns, func(d ColumnWords) bool { return d.Meaning == c.Meaning })
		if at < 0 {
			p.Columns = append(p.Columns, ColumnWords{Meaning: c.Meaning})
			at = len(p.Columns) - 1
		}
		p.Columns[at].Exact = append(p.Columns[at].Exact, c.Exact...)
		p.Columns[at].Parts = append(p.Columns[at].Parts, c.Parts...)
	}
}

// without leaves out the words that stand for something else now.
func without(words, taken []string) []string {
	keys := make(map[string]bool, len(taken))
	for _, t := range taken {
		keys[japan.Key(t)] = true
	}
	return slices.DeleteFunc(words, func(w string) bool { return keys[japan.Key(w)] })
}

// stackBy replaces what has the same id and adds the rest.
func stackBy[T any](below, top []T, id func(T) string) []T {
	for _, t := range top {
		at := slices.IndexFunc(below, func(b T) bool { return id(b) == id(t) })
		if at < 0 {
			below = append(below, t)
		} else {
			below[at] = t
		}
	}
	return below
}

func inOrder[T any](list []T, order []string, id func(T) string) {
	slices.SortStableFunc(list, func(a, b T) int {
		return slices.Index(order, id(a)) - slices.Index(order, id(b))
	})
}

// Question returns the question of a measure; false when it has none.
func (p *Playbook) Question(measure string) (QuestionRules, bool) {
	return p.ask(func(q QuestionRules) bool { return q.Measure == measure && measure != "" })
}

// QuestionFor returns the question by which what is missing is asked for; false
// when it is not asked of the partner.
func (p *Playbook) QuestionFor(need honne.Need) (QuestionRules, bool) {
	return p.ask(func(q QuestionRules) bool { return q.Need == need && need != "" })
}

func (p *Playbook) ask(is func(QuestionRules) bool) (QuestionRules, bool) {
	i := slices.IndexFunc(p.Asks, is)
	if i < 0 {
		return QuestionRules{}, false
	}
	return p.Asks[i], true
}

// Sign returns the rules of a sign; empty rules when it has none.
func (p *Playbook) Sign(slug string) SignRules {
	for _, s := range p.Signs {
		if strings.EqualFold(s.Sign, slug) {
			return s
		}
	}
	return SignRules{Sign: slug}
}
