package letter

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/mail"
	"honne/internal/playbook"
)

// SideOfAddress says whose an address is; Third when it is neither side's.
func SideOfAddress(a mail.Address, d honne.Domains) honne.Side {
	switch domain := a.Domain(); {
	case covers(d.Ours, domain), domain == mail.Exchange:
		return honne.Ours
	case covers(d.Theirs, domain):
		return honne.Theirs
	}
	return honne.Third
}

// SideOf says whose an address is; honne.Third when it is neither side's.
func SideOf(address string, d honne.Domains) honne.Side {
	return SideOfAddress(mail.Address{Addr: strings.ToLower(address)}, d)
}

// covers reports whether a domain is one of the list, or below one.
func covers(list []string, domain string) bool {
	return domain != "" && slices.ContainsFunc(list, func(d string) bool {
		d = strings.ToLower(strings.TrimPrefix(d, "@"))
		return d != "" && (domain == d || strings.HasSuffix(domain, "."+d))
	})
}

// Correspondence counts whose messages a mailbox holds, to propose the domains
// of both sides where nobody has stated them.
type Correspondence struct {
	shared   []string
	messages int
	by       map[string]*correspondent
}

// correspondent is a domain and in how many messages it stands.
type correspondent struct {
	domain          string
	in, sent, owned int
}

// NewCorrespondence begins to count; domains of which many have a mailbox, as
// the playbook lists them, are nobody's.
func NewCorrespondence(p *playbook.Playbook) *Correspondence {
	return &Correspondence{shared: p.Mail.Shared, by: map[string]*correspondent{}}
}

// maxCorrespondents bounds how many domains are counted.
const maxCorrespondents = 10_000

// Add counts a message that a person wrote.
func (c *Correspondence) Add(h mail.Head) {
	if h.Auto || h.Bulk {
		return
	}
	c.messages++
	seen := map[string]bool{}
	for i, a := range append([]mail.Address{h.From, h.Owner}, append(slices.Clone(h.To), h.Cc...)...) {
		domain := a.Domain()
		if domain == "" || slices.Contains(c.shared, domain) {
			continue
		}
		x := c.by[domain]
		if x == nil {
			if len(c.by) >= maxCorrespondents {
				continue
			}
			x = &correspondent{domain: domain}
			c.by[domain] = x
		}
		switch i {
		case 0:
			x.sent++
		case 1:
			x.owned++
		}
		if !seen[domain] {
			seen[domain] = true
			x.in++
		}
	}
}

// Propose names the domains of both sides. What the profile states stands. Ours
// is the domain in whose mailboxes the messages lie, else the one that stands in
// most of them; theirs the one that its name or its country speaks for. clear is
// false where more than one is as likely: then the likeliest are named, for a
// person to choose from, and nothing may be kept by them.
func (c *Correspondence) Propose(p honne.Profile) (d honne.Domains, clear bool) {
	d = honne.Domains{Ours: p.OurDomains, Theirs: p.Domains}
	list := c.ranked()
	clear = true
	if len(d.Ours) == 0 {
		d.Ours, clear = c.ours(list, p, d.Theirs)
	}
	if len(d.Theirs) == 0 {
		var sure bool
		d.Theirs, sure = c.theirs(list, p, d.Ours)
		clear = clear && sure
	}
	return d, clear && d.Known()
}

// ranked lists the domains, the one in most messages first.
func (c *Correspondence) ranked() []correspondent {
	var out []correspondent
	for _, x := range c.by {
		out = append(out, *x)
	}
	slices.SortFunc(out, func(a, b correspondent) int {
		return cmp.Or(b.in-a.in, b.owned-a.owned, strings.Compare(a.domain, b.domain))
	})
	return out
}

// Most names the domains that stand in most messages, with their number.
func (c *Correspondence) Most(n int) []string {
	list := c.ranked()
	var out []string
	for _, x := range list[:min(n, len(list))] {
		out = append(out, fmt.Sprintf("%s (%d)", x.domain, x.in))
	}
	if len(out) == 0 {
		return []string{"-"}
	}
	return out
}

func (c *Correspondence) ours(list []correspondent, p honne.Profile, theirs []string) ([]string, bool) {
	list = slices.DeleteFunc(slices.Clone(list), func(x correspondent) bool {
		return covers(theirs, x.domain) || x.named(p) || x.in*10 < c.messages*6
	})
	if len(list) == 0 {
		return nil, false
	}
	slices.SortStableFunc(list, func(a, b correspondent) int { return cmp.Or(b.owned-a.owned, b.in-a.in) })
	if len(list) > 1 && list[0].owned == list[1].owned && list[0].in < 2*list[1].in {
		abroad := slices.DeleteFunc(slices.Clone(list), correspondent.inJapan)
		if len(abroad) != 1 {
			return []string{list[0].domain}, false
		}
		return []string{abroad[0].domain}, true
	}
	return []string{list[0].domain}, true
}

func (c *Correspondence) theirs(list []correspondent, p honne.Profile, ours []string) ([]string, bool) {
	list = slices.DeleteFunc(slices.Clone(list), func(x correspondent) bool { return covers(ours, x.domain) || x.sent == 0 })
	if named := slices.IndexFunc(list, func(x correspondent) bool { return x.named(p) }); named >= 0 {
		return []string{list[named].domain}, true
	}
	if inJapan := slices.DeleteFunc(slices.Clone(list), func(x correspondent) bool { return !x.inJapan() }); len(inJapan) > 0 {
		list = inJapan
	}
	if len(list) == 0 {
		return nil, false
	}
	return []string{list[0].domain}, len(list) == 1 || list[0].in >= 3 && list[0].in >= 2*list[1].in
}

func (x correspondent) inJapan() bool { return strings.HasSuffix(x.domain, ".jp") }

// named reports whether the distributor's name stands in the domain: Yamato
// Medical KK in yamato-medical.example.jp.
func (x correspondent) named(p honne.Profile) bool {
	words := strings.FieldsFunc(strings.ToLower(p.Name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return len(words) > 0 && len(words[0]) >= 4 && strings.Contains(x.domain, words[0])
}
