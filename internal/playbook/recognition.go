package playbook

import (
	"cmp"

	"go.yaml.in/yaml/v3"
)

// Concept is an idea and the words for it in both languages. A word of English
// stands for its inflections, one that ends in * for all that begin so; a word
// of Japanese may stand anywhere.
type Concept struct {
	Name   string
	EN, JA []string
}

// RecognitionRules are what recognition needs beside the excuses' own words.
type RecognitionRules struct {
	Threshold Thresholds
	Doubt     float64 // log odds taken off where none of the topics is named
	Likeness  float64 // to a sentence of the house's own, from which on it is found; 1 is the same, 0 finds none
	Concepts  []Concept
	Causes    CauseRules

	// Concepts by the part they play.
	Barriers []string // how a barrier is put
	Hinders  []string // those of them that hinder by themselves
	Evidence []string // what makes a reason checkable
	Innocent []string // what tells that there is none
	Topics   []string // what excuses are about, beside their own cues

	Keeping []string // words of how goods are kept, phrases as those of MailWords
	keeping phrases
}

// Thresholds are the probabilities at or above which a passage is flagged, by its
// language; 0 is not said.
type Thresholds struct{ JA, EN float64 }

// CauseRules are the words by which a reason names our own side as its cause:
// what is ours, and near it in one sentence what may go wrong with it.
type CauseRules struct {
	Ours, Fault Concept
}

// readRecognition reads recognition.yaml.
func (l *layer) readRecognition(n *yaml.Node) {
	r := &l.Recognition
	l.mapping("", n,
		field{"threshold", func(key string, n *yaml.Node) {
			l.mapping(key, n, field{"ja", l.number(&r.Threshold.JA)}, field{"en", l.number(&r.Threshold.EN)})
		}},
		field{"doubt", l.number(&r.Doubt)},
		field{"likeness", l.number(&r.Likeness)},
		field{"barriers", l.conceptNames(&r.Barriers)},
		field{"hinders", l.conceptNames(&r.Hinders)},
		field{"evidence", l.conceptNames(&r.Evidence)},
		field{"innocent", l.conceptNames(&r.Innocent)},
		field{"topics", l.conceptNames(&r.Topics)},
		field{"keeping", l.texts(&r.Keeping)},
		field{"causes", func(key string, n *yaml.Node) {
			l.mapping(key, n, field{"ours", l.concept(&r.Causes.Ours)}, field{"fault", l.concept(&r.Causes.Fault)})
		}})
	r.keeping = phrasesOf(r.Keeping)
	if t := r.Threshold; min(t.JA, t.EN) < 0 || max(t.JA, t.EN) >= 1 {
		l.problem(n, "threshold", "expected numbers between 0 and 1")
	}
	if r.Likeness < 0 || r.Likeness > 1 {
		l.problem(n, "likeness", "expected a number between 0 and 1")
	}
}

// over are the rules of a playbook that stands on another: what it says replaces what the
// other one says; nothing, and 0, are not said.
func (r RecognitionRules) over(base RecognitionRules) RecognitionRules {
	base.Threshold.JA = cmp.Or(r.Threshold.JA, base.Threshold.JA)
	base.Threshold.EN = cmp.Or(r.Threshold.EN, base.Threshold.EN)
	base.Doubt = cmp.Or(r.Doubt, base.Doubt)
	base.Likeness = cmp.Or(r.Likeness, base.Likeness)
	base.Concepts = stackBy(base.Concepts, r.Concepts, func(c Concept) string { return c.Name })
	for _, list := range []struct{ own, of *[]string }{
		{&r.Barriers, &base.Barriers}, {&r.Hinders, &base.Hinders}, {&r.Evidence, &base.Evidence},
		{&r.Innocent, &base.Innocent}, {&r.Topics, &base.Topics},
	} {
		if len(*list.own) > 0 {
			*list.of = *list.own
		}
	}
	if len(r.Keeping) > 0 {
		base.Keeping, base.keeping = r.Keeping, r.keeping
	}
	base.Causes.Ours = r.Causes.Ours.over(base.Causes.Ours)
	base.Causes.Fault = r.Causes.Fault.over(base.Causes.Fault)
	return base
}

// over is the concept, or the one below it where it has no words.
func (c Concept) over(base Concept) Concept {
	if len(c.EN)+len(c.JA) == 0 {
		return base
	}
	return c
}

// TellsKeeping reports whether a text says how goods are kept, which alone is no reason.
func (r *RecognitionRules) TellsKeeping(text string) bool { return r.keeping.in(Spell(text)) }

// readConcepts reads concepts.yaml.
func (l *layer) readConcepts(n *yaml.Node) {
	seen := map[string]bool{}
	l.entries("", n, func(name string, k, value *yaml.Node) {
		c := Concept{Name: name}
		l.concept(&c)(name, value)
		l.once(name, k, seen, name, "concept")
		if !isName(name) {
			l.problem(k, name, "expected a name of lower-case letters")
		}
		l.Recognition.Concepts = append(l.Recognition.Concepts, c)
	})
}

func (l *layer) concept(into *Concept) func(string, *yaml.Node) {
	return func(key string, n *yaml.Node) {
		l.mapping(key, n, field{"en", l.texts(&into.EN)}, field{"ja", l.texts(&into.JA)})
	}
}

// conceptNames reads names of concepts; whether concepts.yaml has them is found
// out when all files are read.
func (l *layer) conceptNames(into *[]string) func(string, *yaml.Node) {
	return l.list(func(key string, n *yaml.Node) {
		l.parts = append(l.parts, compared{n.Value, l.file, key, n.Line})
		*into = append(*into, n.Value)
	})
}
