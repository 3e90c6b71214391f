package claim

import (
	"honne"
	"honne/internal/playbook"
)

// causes finds reasons that name our own side as their cause: 貴社の出荷遅延.
type causes struct {
	words *lexicon
	text  text
	found []found
}

// The two concepts of the lexicon of causes.
const (
	ofOurs  = int16(iota) // what is ours: 貴社の, your shipment
	atFault               // what may go wrong with it: 遅延, delay
)

// causeReach is how many runes may lie between what is ours and what went wrong
// with it; Latin letters count a third.
const causeReach = 16

func newCauses(rules playbook.CauseRules) *causes {
	l := &lexicon{ends: map[uint32][]int16{}, goes: map[uint32]bool{}, stars: map[uint32][]int16{}}
	l.add(rules.Ours)
	l.add(rules.Fault)
	return &causes{words: l}
}

// name returns the quotes that name our side, a sentence of which holds both
// within reach of each other. Japanese names first whose it is.
func (c *causes) name(said []honne.Said) (out []honne.Quote) {
	for _, s := range said {
		runes := []rune(s.Text)
		for _, sentence := range sentences(runes) {
			if c.named(runes[sentence.from:sentence.to]) {
				out = append(out, s.Quote)
				break
			}
		}
	}
	return out
}

func (c *causes) named(sentence []rune) bool {
	c.text.read(sentence, 0)
	c.found = c.words.find(&c.text, c.found[:0])
	for _, a := range c.found {
		for _, b := range c.found {
			if a.concept == ofOurs && b.concept == atFault && c.near(a, b) {
				return true
			}
		}
	}
	return false
}

// near reports whether the two stand in one word (貴社都合) or within reach.
func (c *causes) near(ours, fault found) bool {
	switch {
	case ours.to <= fault.from:
		return size(c.text.runes[ours.to:fault.from]) <= causeReach
	case fault.to <= ours.from:
		return !c.text.ja && size(c.text.runes[fault.to:ours.from]) <= causeReach
	}
	return true
}

// ourCause is the fact that says whether what they name on our side is so.
const ourCause = "our-cause"

// cause says whether our side caused what the quotes name, and whether nobody
// has looked yet.
func (f *facts) cause(named []honne.Quote) (ours, unknown bool) {
	if len(named) == 0 {
		return false, false
	}
	k, ok := f.known(ourCause)
	return ok && k.Grade != honne.GradeD && k.Value > 0, !ok || k.Grade == honne.GradeD
}

// looked is what somebody found when looking whether it is so.
func (f *facts) looked() []honne.ClaimFact {
	k, ok := f.known(ourCause)
	if !ok {
		return nil
	}
	rules, _ := f.book.Fact(ourCause)
	return []honne.ClaimFact{{Fact: k, Title: rules.Title, Unit: rules.Unit, Ours: true}}
}

// lookedFirst asks our own side before anybody else.
func (f *facts) lookedFirst(named []honne.Quote) []honne.Missing {
	if _, unlooked := f.cause(named); !unlooked {
		return nil
	}
	rules, _ := f.book.Fact(ourCause)
	return []honne.Missing{{Kind: ourCause, Title: rules.Title, Ask: rules.Ask}}
}
