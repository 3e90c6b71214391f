package identity

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
)

// group is a party: all its entries.
type group struct {
	id      int64
	members []*form
}

// against returns what speaks against the entry being the party, although it has
// its name; the zero message when nothing does.
func (g *group) against(f *form) honne.Message {
	for _, m := range g.members {
		if why := differ(f, m); !why.IsZero() {
			return why
		}
	}
	if g.elsewhere(f) {
		return honne.Say("name.other-place")
	}
	return honne.Message{}
}

// elsewhere reports whether none of the party's known places can be the entry's.
func (g *group) elsewhere(f *form) bool {
	if f.place == (japan.Place{}) {
		return false
	}
	apart := false
	for _, m := range g.members {
		if m.place == (japan.Place{}) {
			continue
		}
		if !f.place.Apart(m.place) {
			return false
		}
		apart = true
	}
	return apart
}

// differ returns what sets two entries of one name apart: a code, or the form.
func differ(a, b *form) honne.Message {
	for _, c := range a.Codes {
		for _, d := range b.Codes {
			switch {
			case c.Scheme != d.Scheme || c.Value == d.Value:
			case c.Scheme != Own:
				return honne.Say("name.other-code", honne.Text("one", c.Value), honne.Text("other", d.Value))
			case a.article || shape(c.Value) == shape(d.Value) || together(a, b):
				return honne.Say("name.other-own-code", honne.Text("one", c.Value), honne.Text("other", d.Value))
			}
		}
	}
	if a.key == b.key && !japan.FormsAgree(a.name.Form, b.name.Form) {
		return honne.Say("name.other-form", honne.Text("one", a.name.Form), honne.Text("other", b.name.Form))
	}
	return honne.Message{}
}

// together reports whether a report names both: then it means two.
func together(a, b *form) bool {
	for i, j := 0, 0; i < len(a.Reports) && j < len(b.Reports); {
		switch {
		case a.Reports[i] == b.Reports[j]:
			return true
		case a.Reports[i] < b.Reports[j]:
			i++
		default:
			j++
		}
	}
	return false
}

// hasOther reports whether two entries have different official codes of one
// scheme: then they are two parties, whatever they are called.
func hasOther(a, b *form) bool {
	for _, c := range a.Codes {
		if c.Scheme == Own {
			continue
		}
		for _, d := range b.Codes {
			if c.Scheme == d.Scheme && c.Value != d.Value {
				return true
			}
		}
	}
	return false
}

// sharedCode returns a code that both have, an official one before an own one.
func sharedCode(a, b *form) (Code, bool) {
	shared := slices.DeleteFunc(slices.Clone(a.Codes), func(c Code) bool { return !slices.Contains(b.Codes, c) })
	if len(shared) == 0 {
		return Code{}, false
	}
	return slices.MaxFunc(shared, func(c, d Code) int {
		if c.Scheme != d.Scheme {
			return int(c.Scheme) - int(d.Scheme)
		}
		return strings.Compare(d.Value, c.Value)
	}), true
}
