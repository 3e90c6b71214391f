package job

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/letter"
)

// named are the names by which a message may call both sides: those of the firms, as
// stated and in their addresses, and of the people who write and get it. One that both
// have names neither.
func (e *ear) named(m honne.Mail) (ours, theirs []string) {
	p := e.profile
	domains := honne.Domains{Ours: p.OurDomains, Theirs: p.Domains}
	ours = append([]string{p.OurName}, firmsIn(p.OurDomains)...)
	theirs = append([]string{p.Name, p.NameJA}, firmsIn(p.Domains)...)
	for _, x := range slices.Concat([]honne.Person{m.From}, m.To, m.Cc) {
		switch letter.SideOf(x.Address, domains) {
		case honne.Ours:
			ours = append(ours, strings.Fields(x.Name)...)
		case honne.Theirs:
			theirs = append(theirs, strings.Fields(x.Name)...)
		}
	}
	return without(ours, theirs), without(theirs, ours)
}

func without(list, others []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(others, s) })
}

// firmsIn are the firms' names in domains: astrion in astrion-med.example.
func firmsIn(domains []string) (out []string) {
	for _, d := range domains {
		label, _, _ := strings.Cut(strings.TrimPrefix(d, "@"), ".")
		if name, _, _ := strings.Cut(label, "-"); len(name) > 3 {
			out = append(out, name)
		}
	}
	return out
}
