package identity

import (
	"cmp"
	"slices"
	"strings"

	"honne"
)

// Question is whether two entries, which the machine may not join, are one
// party.
type Question struct {
	A, B    int64
	Score   float64
	Reasons []honne.Message
}

// Questions lists what a person may want to say, the likeliest first: pairs of
// parties whose names hang together. Left out is what is known to be two: by a
// ruling, by official codes, and by codes of the distributor's own unless the
// name is the same.
func (p *Parties) Questions() []Question {
	known := slices.Clone(p.known)
	for i := range known {
		known[i].ID = int64(p.root[i])
	}
	x := NewIndex(p.kind, known)
	best := map[[2]int]Question{}
	for i := range p.forms {
		for _, c := range x.candidates(&p.forms[i], 4) {
			two := pair(int(c.ID), p.root[i])
			q := Question{p.known[two[0]].ID, p.known[two[1]].ID, c.Score, c.Reasons}
			if c.Score >= AskFrom && two[0] != two[1] && p.open(two[0], two[1]) && best[two].Score < c.Score {
				best[two] = q
			}
		}
	}
	out := make([]Question, 0, len(best))
	for _, q := range best {
		out = append(out, q)
	}
	slices.SortFunc(out, func(a, b Question) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(p.name(a.A), p.name(b.A)), strings.Compare(p.name(a.B), p.name(b.B)),
			cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return out
}

func (p *Parties) name(id int64) string { return p.known[p.at[id]].Name }

// open reports whether it is not known that two parties are two.
func (p *Parties) open(a, b int) bool {
	if p.heldApart(a, b) {
		return false
	}
	for _, i := range p.members[a] {
		for _, j := range p.members[b] {
			f, m := &p.forms[i], &p.forms[j]
			if hasOther(f, m) || f.key != m.key && !differ(f, m).IsZero() {
				return false
			}
		}
	}
	return true
}
