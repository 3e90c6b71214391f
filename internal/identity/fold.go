package identity

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"honne"
)

// Ruling is a decision of a person on two entries.
type Ruling struct {
	A, B    int64
	Verdict honne.NameVerdict
}

// Joint is why two entries are one party.
type Joint struct {
	A, B    int64
	Person  bool // a person said so
	Reasons []honne.Message
}

// Parties are entries sorted into parties.
type Parties struct {
	kind    Kind
	known   []Known
	forms   []form
	at      map[int64]int
	root    []int
	apart   map[[2]int]bool // by people
	members map[int][]int   // of each root
	joints  []Joint
}

// Fold sorts entries into parties: first as people ruled, the newest ruling
// last in the list and the first to count, then by codes, then by names. It
// depends on what the entries say, not on their order; each has an ID of its
// own. Rulings on other entries are passed over.
//
// Within one distributor a code of its own is a ground: another name under it is
// a new name of the same party, unless one report has both and they are not
// alike; then the code is a collective one and says nothing.
func Fold(kind Kind, entries []Known, rulings []Ruling) *Parties {
	p := &Parties{kind: kind, known: slices.Clone(entries), at: map[int64]int{}, apart: map[[2]int]bool{}, members: map[int][]int{}}
	slices.SortFunc(p.known, compareEntries)
	p.forms, p.root = make([]form, len(p.known)), make([]int, len(p.known))
	for i, k := range p.known {
		p.forms[i], p.root[i], p.at[k.ID], p.members[i] = formOf(kind, k.Entry), i, i, []int{i}
	}
	p.byPeople(rulings)
	p.byCodes()
	p.byNames()
	return p
}

func compareEntries(a, b Known) int {
	return cmp.Or(strings.Compare(a.Name, b.Name), slices.CompareFunc(a.Codes, b.Codes, func(c, d Code) int {
		return cmp.Or(cmp.Compare(c.Scheme, d.Scheme), strings.Compare(c.Value, d.Value))
	}), strings.Compare(a.Address, b.Address), slices.Compare(a.Reports, b.Reports), cmp.Compare(a.ID, b.ID))
}

// Of returns the entry that stands for the party of an entry: the same for all
// entries of the party.
func (p *Parties) Of(id int64) int64 {
	i, ok := p.at[id]
	if !ok {
		return id
	}
	return p.known[p.root[i]].ID
}

// Joints lists what was joined and why, people's decisions first.
func (p *Parties) Joints() []Joint { return p.joints }

func pair(a, b int) [2]int { return [2]int{min(a, b), max(a, b)} }

// byPeople applies rulings from the newest to the oldest: what a newer one
// forbids, an older one does not bring about by way of a third entry.
func (p *Parties) byPeople(rulings []Ruling) {
	said := map[[2]int]bool{}
	for _, r := range slices.Backward(rulings) {
		a, okA := p.at[r.A]
		b, okB := p.at[r.B]
		if !okA || !okB || a == b || said[pair(a, b)] {
			continue
		}
		said[pair(a, b)] = true
		switch r.Verdict {
		case honne.NamesSame:
			p.join(a, b, true, honne.Say("name.by-person"))
		case honne.NamesDiffer, honne.NameOfPart:
			if p.root[a] != p.root[b] {
				p.apart[pair(a, b)] = true
			}
		}
	}
}

// join makes one party of those of two entries, unless people hold them apart.
func (p *Parties) join(a, b int, person bool, why ...honne.Message) {
	to, from := p.root[a], p.root[b]
	if to == from || p.heldApart(to, from) {
		return
	}
	if from < to {
		to, from = from, to
	}
	for _, i := range p.members[from] {
		p.root[i] = to
	}
	p.members[to] = append(p.members[to], p.members[from]...)
	delete(p.members, from)
	p.joints = append(p.joints, Joint{p.known[a].ID, p.known[b].ID, person, why})
}

// heldApart reports whether somebody said that an entry of one party is not one
// of the other.
func (p *Parties) heldApart(a, b int) bool {
	for two := range p.apart {
		x, y := p.root[two[0]], p.root[two[1]]
		if x == a && y == b || x == b && y == a {
			return true
		}
	}
	return false
}

// byCodes joins what has one code: official codes first.
func (p *Parties) byCodes() {
	with := map[Code][]int{}
	for i := range p.forms {
		for _, c := range p.forms[i].Codes {
			with[c] = append(with[c], i)
		}
	}
	codes := slices.SortedFunc(maps.Keys(with), func(c, d Code) int {
		return cmp.Or(cmp.Compare(d.Scheme, c.Scheme), strings.Compare(c.Value, d.Value))
	})
	for _, c := range codes {
		list := with[c]
		if c.Scheme == Own && p.collective(list) {
			continue
		}
		for i, b := range list {
			for _, a := range list[:i] {
				if c.Scheme == Own && hasOther(&p.forms[a], &p.forms[b]) {
					continue
				}
				g := group{members: []*form{&p.forms[a]}}
				p.join(a, b, false, g.sameCode(&p.forms[b])...)
				break
			}
		}
	}
}

// collective reports whether a report has two names under the code that are not
// alike.
func (p *Parties) collective(list []int) bool {
	for i, b := range list {
		for _, a := range list[:i] {
			if together(&p.forms[a], &p.forms[b]) && !alike(&p.forms[a], &p.forms[b]) {
				return true
			}
		}
	}
	return false
}

// byNames joins what has one name, where nothing speaks against it. A name that
// could be either of two that are not one joins neither.
func (p *Parties) byNames() {
	with := map[string][]int{}
	for i := range p.forms {
		if key := p.forms[i].key; key != "" {
			with[key] = append(with[key], i)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(with)) {
		list := with[key]
		if len(list) == 1 {
			continue
		}
		roots := make([]int, 0, len(list))
		for _, i := range list {
			if !slices.Contains(roots, p.root[i]) {
				roots = append(roots, p.root[i])
			}
		}
		p.joinRoots(list, roots)
	}
}

func (p *Parties) joinRoots(list, roots []int) {
	fits := make([][]bool, len(roots))
	for i, a := range roots {
		fits[i] = make([]bool, len(roots))
		for j, b := range roots {
			fits[i][j] = i == j || p.fit(a, b)
		}
	}
	settled := func(i int) bool {
		for j := range roots {
			for k := range roots {
				if fits[i][j] && fits[i][k] && !fits[j][k] {
					return false
				}
			}
		}
		return true
	}
	first := func(root int) int { return list[slices.IndexFunc(list, func(i int) bool { return p.root[i] == root })] }
	var joins [][2]int
	for i := range roots {
		for j := range i {
			if fits[i][j] && settled(i) && settled(j) {
				joins = append(joins, [2]int{first(roots[j]), first(roots[i])})
			}
		}
	}
	for _, two := range joins {
		a, b := &p.forms[two[0]], &p.forms[two[1]]
		p.join(two[0], two[1], false, writing(a, b)...)
	}
}

// fit reports whether nothing speaks against two parties being one.
func (p *Parties) fit(a, b int) bool {
	if p.heldApart(a, b) {
		return false
	}
	g := p.group(a)
	for _, i := range p.members[b] {
		if !g.against(&p.forms[i]).IsZero() {
			return false
		}
	}
	return true
}

func (p *Parties) group(root int) *group {
	g := &group{id: p.known[root].ID}
	for _, i := range p.members[root] {
		g.members = append(g.members, &p.forms[i])
	}
	return g
}
