package identity

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
)

// likeness scores how likely f is the party of m, and says why; the numbers only
// order what a person is shown.
func (g *group) likeness(m, f *form) (float64, []honne.Message) {
	score, why := relation(m, f)
	if against := g.against(f); !against.IsZero() && m.key == f.key {
		why = append(why, against)
	}
	switch {
	case slices.ContainsFunc(g.members, func(m *form) bool { return hasOther(f, m) }):
		score -= 0.4
	case g.elsewhere(f):
		score -= 0.15
	case f.place.City != "" && f.place.City == m.place.City:
		score, why = score+0.04, append(why, honne.Say("name.same-place", honne.Text("place", f.place.City)))
	}
	if m.key != f.key && together(m, f) {
		score -= 0.25 // a report has one name for a party
	}
	if m.numbers != f.numbers {
		score -= 0.25 // 3.0mm and 3.5mm, 第1工場 and 第2工場
	}
	if !japan.FormsAgree(m.name.Form, f.name.Form) {
		score -= 0.02
	}
	return min(max(score, 0), 1), why
}

// relation is the strongest way in which two names hang together.
func relation(m, f *form) (float64, []honne.Message) {
	if score, why := stated(m, f); score > 0 {
		return score, why
	}
	letters, by := letterwise(m.loose, f.loose)
	if rest, part, ok := within(m.loose, f.loose); ok && 0.70+0.2*part > letters {
		if written, _, ok := within([]rune(m.key), []rune(f.key)); ok {
			rest = written
		}
		return said(0.70+0.2*part, "name.longer", honne.Text("rest", rest))
	}
	if part, ok := abbreviates(m.loose, f.loose); ok && 0.60+0.25*part > letters {
		return said(0.60+0.25*part, "name.abbreviation")
	}
	if own := max(m.own, f.own); own > 0 && 3*by > own {
		letters *= 0.8 // 森クリニック and 林クリニック
	}
	if by > 2 {
		return said(letters, "name.alike")
	}
	return said(letters, "name.letters", honne.Count("n", by))
}

// stated is a relation that the names state themselves: 0 for none.
func stated(m, f *form) (float64, []honne.Message) {
	switch {
	case m.key == f.key:
		return 0.95, writing(m, f)
	case slices.Contains(f.name.Former, m.key):
		return said(0.95, "name.former", honne.Text("name", m.Name))
	case slices.Contains(m.name.Former, f.key):
		return said(0.95, "name.former", honne.Text("name", f.Name))
	case m.name.Stem == f.name.Stem && m.name.Stem != "" && m.name.Branch != "" && f.name.Branch != "":
		return said(0.60, "name.other-branch", honne.Text("one", m.name.Branch), honne.Text("other", f.name.Branch))
	case m.name.Stem == f.name.Stem && m.name.Stem != "":
		return said(0.85, "name.branch", honne.Text("branch", m.name.Branch+f.name.Branch))
	}
	if m.name.Site != "" && m.name.Site == f.key || f.name.Site != "" && f.name.Site == m.key {
		return said(0.92, "name.owner")
	}
	return 0, nil
}

func said(score float64, id string, args ...honne.Arg) (float64, []honne.Message) {
	return score, []honne.Message{honne.Say(id, args...)}
}

// alike reports whether two names may well be written for one party.
func alike(a, b *form) bool {
	if a.key == "" || b.key == "" || a.key == b.key {
		return true
	}
	score, _ := relation(a, b)
	return score >= AskFrom
}

// writing says how two spellings of one name differ: 髙/高.
func writing(a, b *form) []honne.Message {
	if a.exact == b.exact {
		return []honne.Message{honne.Say("name.same")}
	}
	one, other := variants(a.exact, b.exact)
	if one == "" || a.name.Form != b.name.Form {
		return []honne.Message{honne.Say("name.same-form")}
	}
	return []honne.Message{honne.Say("name.but-for", honne.Text("one", one), honne.Text("other", other))}
}

// variants returns the letters in which two bare names of one length differ.
func variants(a, b string) (one, other string) {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) {
		return "", ""
	}
	for i, r := range x {
		if r != y[i] && !strings.ContainsRune(one, r) {
			one, other = one+string(r), other+string(y[i])
		}
	}
	return one, other
}

// letterwise is how much of two names is the same letter by letter, at most 0.9, and
// how many letters are not: one that is missing, added or another, or two that
// changed places.
func letterwise(a, b []rune) (score float64, by int) {
	longest := max(len(a), len(b))
	if longest == 0 {
		return 0, 0
	}
	by = distance(a, b)
	return 0.9 * float64(longest-by) / float64(longest), by
}

// distance counts the letters to change (optimal string alignment).
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i, r := range a {
		row[0] = i + 1
		for j, s := range b {
			change := last[j]
			if r != s {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && r == b[j-1] && a[i-1] == s {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// within reports whether one name begins or ends the other: with the owner
// before it, a department behind it, or cut off. It returns the rest and which
// part of the longer name the shorter is.
func within(a, b []rune) (rest string, part float64, ok bool) {
	if len(a) < len(b) {
		a, b = b, a
	}
	cut := len(a) - len(b)
	if len(b) < 2 || cut == 0 {
		return "", 0, false
	}
	part = float64(len(b)) / float64(len(a))
	switch {
	case slices.Equal(a[:len(b)], b):
		return string(a[len(b):]), part, true
	case slices.Equal(a[cut:], b):
		return string(a[:cut]), part, true
	}
	return "", 0, false
}

// abbreviates reports whether the letters of one name, three or more, stand in
// the other in their order, the first of them first: 福井大病院 of
// 福井大学医学部付属病院.
func abbreviates(a, b []rune) (part float64, ok bool) {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(b) < 3 || a[0] != b[0] {
		return 0, false
	}
	at := 0
	for _, r := range a {
		if at < len(b) && r == b[at] {
			at++
		}
	}
	return float64(len(b)) / float64(len(a)), at == len(b)
}
