package identity

import (
	"cmp"
	"math/bits"
	"slices"

	"honne"
)

// Index finds known parties by code, name and likeness. A lookup among 50,000
// names takes well under a millisecond. It is not for several goroutines.
type Index struct {
	kind    Kind
	forms   []form
	weights []uint32 // of the grams of each form
	group   []int32  // of each form
	groups  []group
	byCode  map[Code][]int32   // groups
	byKey   map[string][]int32 // groups
	bySite  map[string][]int32 // groups, by the name of the site without its owner
	grams   map[uint64][]int32 // forms
	hits    []uint32           // scratch: the weight of shared grams
	touched []int32
}

// NewIndex takes the known entries; those of one ID are one party.
func NewIndex(kind Kind, known []Known) *Index {
	x := &Index{kind: kind, byCode: map[Code][]int32{}, byKey: map[string][]int32{}, bySite: map[string][]int32{}, grams: map[uint64][]int32{}}
	x.forms, x.group = make([]form, len(known)), make([]int32, len(known))
	at := map[int64]int32{}
	for i, k := range known {
		g, ok := at[k.ID]
		if !ok {
			g = int32(len(x.groups))
			at[k.ID] = g
			x.groups = append(x.groups, group{id: k.ID})
		}
		x.forms[i], x.group[i] = formOf(kind, k.Entry), g
		x.add(int32(i), g)
	}
	x.weights, x.hits = make([]uint32, len(known)), make([]uint32, len(known))
	for i := range x.forms {
		for _, gram := range x.forms[i].grams {
			x.weights[i] += x.weight(len(x.grams[gram]))
		}
	}
	return x
}

func (x *Index) add(i, g int32) {
	f := &x.forms[i]
	x.groups[g].members = append(x.groups[g].members, f)
	for _, c := range f.Codes {
		x.byCode[c] = appendOnce(x.byCode[c], g)
	}
	if f.key != "" {
		x.byKey[f.key] = appendOnce(x.byKey[f.key], g)
	}
	if site := f.name.Site; site != "" {
		x.bySite[site] = appendOnce(x.bySite[site], g)
	}
	for _, gram := range f.grams {
		x.grams[gram] = append(x.grams[gram], i)
	}
}

func appendOnce(list []int32, g int32) []int32 {
	if slices.Contains(list, g) {
		return list
	}
	return append(list, g)
}

// weight is how much a pair of letters tells that n of the known names have: the
// binary logarithm of how rare it is, in whole numbers, so that every machine
// ranks alike.
func (x *Index) weight(n int) uint32 { return uint32(bits.Len(uint(len(x.forms) / max(n, 1)))) }

// Match decides on an entry, with at most most candidates where it may not.
func (x *Index) Match(seen Entry, most int) Decision {
	f := formOf(x.kind, seen)
	if d := x.bySameCode(&f); d.Outcome == Same {
		return d
	}
	if d := x.bySameName(&f); d.Outcome == Same {
		return d
	}
	d := Decision{Candidates: x.candidates(&f, most)}
	if len(d.Candidates) > 0 && d.Candidates[0].Score >= AskFrom {
		d.Outcome = Ask
	}
	return d
}

// bySameCode decides by a code that one party only has: an official one, or the
// distributor's own unless an official one speaks against it.
func (x *Index) bySameCode(f *form) Decision {
	for _, official := range [...]bool{true, false} {
		var found []int32
		for _, c := range f.Codes {
			if official == (c.Scheme != Own) {
				for _, g := range x.byCode[c] {
					found = appendOnce(found, g)
				}
			}
		}
		found = slices.DeleteFunc(found, func(g int32) bool { return !official && x.groups[g].refutes(f) })
		if len(found) == 1 {
			g := &x.groups[found[0]]
			return Decision{Outcome: Same, ID: g.id, Reasons: g.sameCode(f)}
		}
	}
	return Decision{}
}

// refutes reports whether a party that shares the distributor's own code with
// the entry is another one for certain, or would be an occasional customer's
// number: a report that names two under one code means two.
func (g *group) refutes(f *form) bool {
	return slices.ContainsFunc(g.members, func(m *form) bool { return hasOther(f, m) || together(f, m) && !alike(f, m) })
}

// sameCode says which code, and what the party was called before.
func (g *group) sameCode(f *form) []honne.Message {
	for _, m := range slices.Backward(g.members) {
		c, ok := sharedCode(f, m)
		if !ok {
			continue
		}
		why := []honne.Message{honne.Say("name.same-code", honne.Text("code", c.Value))}
		if f.key != m.key && f.key != "" && m.key != "" {
			why = append(why, honne.Say("name.renamed", honne.Text("one", m.Name), honne.Text("other", f.Name)))
		}
		return why
	}
	return nil
}

// bySameName decides by a name that one party only bears that nothing speaks
// against. Of several those are meant whose legal form is written and equal;
// one that the name fits without its owner makes it doubtful too.
func (x *Index) bySameName(f *form) Decision {
	if f.key == "" {
		return Decision{}
	}
	fit := slices.DeleteFunc(slices.Clone(x.byKey[f.key]), func(g int32) bool { return !x.groups[g].against(f).IsZero() })
	if len(fit) > 1 && f.name.Form != "" {
		fit = slices.DeleteFunc(fit, func(g int32) bool { return !x.groups[g].bears(f) })
	}
	if len(fit) != 1 || slices.ContainsFunc(x.bySite[f.key], func(g int32) bool { return g != fit[0] && x.groups[g].against(f).IsZero() }) {
		return Decision{}
	}
	g := &x.groups[fit[0]]
	d := Decision{Outcome: Same, ID: g.id}
	for _, m := range g.members {
		if m.exact == f.exact {
			d.Reasons = []honne.Message{honne.Say("name.same")}
			return d
		}
	}
	for _, m := range g.members {
		if m.key == f.key {
			d.Reasons = writing(m, f)
			break
		}
	}
	return d
}

// bears reports whether the party bears the name with the entry's own form.
func (g *group) bears(f *form) bool {
	return slices.ContainsFunc(g.members, func(m *form) bool { return m.key == f.key && m.name.Form == f.name.Form })
}

// lookedAt is how many of the names with the most in common are compared letter
// by letter.
const lookedAt = 40

// candidates ranks the parties that may be meant.
func (x *Index) candidates(f *form, most int) []Candidate {
	var out []Candidate
	seen := map[int32]int{}
	for _, i := range x.nearest(f) {
		g := x.group[i]
		score, why := x.groups[g].likeness(&x.forms[i], f)
		c := Candidate{x.groups[g].id, score, why}
		if at, ok := seen[g]; !ok {
			seen[g] = len(out)
			out = append(out, c)
		} else if out[at].Score < score {
			out[at] = c
		}
	}
	slices.SortStableFunc(out, func(a, b Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return out[:min(len(out), most)]
}

// nearest returns the forms that share the most, in weight, with f: twice what
// they share over what both have.
func (x *Index) nearest(f *form) []int32 {
	own := uint32(0)
	for _, gram := range f.grams {
		list := x.grams[gram]
		w := x.weight(len(list))
		own += w
		for _, i := range list {
			if x.hits[i] == 0 {
				x.touched = append(x.touched, i)
			}
			x.hits[i] += w
		}
	}
	type near struct {
		form  int32
		share float64
	}
	best := make([]near, 0, lookedAt+1)
	for _, i := range x.touched {
		n := near{i, float64(2*x.hits[i]) / float64(own+x.weights[i])}
		x.hits[i] = 0
		if len(best) == lookedAt && n.share < best[lookedAt-1].share {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, n, func(a, b near) int { return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.form, b.form)) })
		best = slices.Insert(best, at, n)
		best = best[:min(len(best), lookedAt)]
	}
	x.touched = x.touched[:0]
	out := make([]int32, len(best))
	for i, n := range best {
		out[i] = n.form
	}
	return out
}
