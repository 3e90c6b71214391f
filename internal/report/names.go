package report

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// Apart are names that must not stand in what a partner reads. They are there to
// refuse a text that holds one, and are written nowhere.
type Apart struct {
	Others  []string // the other distributors, as they are called and by their domains
	Persons []string // as mail, contacts and the log have them
}

// NewApart gathers what must not be named to a distributor: the other ones of all,
// and the persons of its record and its mail. What was said off the record gives
// no name, and none is asked of it.
func NewApart(d honne.Distributor, all []honne.Distributor, r honne.Record, mail []honne.Person) (out Apart) {
	for _, x := range all {
		if x.ID != d.ID {
			out.Others = append(append(out.Others, x.Profile.Name, x.Profile.NameJA, strings.ReplaceAll(x.Slug, "-", " ")), x.Profile.Domains...)
		}
	}
	for _, x := range mail {
		out.Persons = append(out.Persons, x.Name, x.Address)
	}
	for _, x := range r.Log.Contacts {
		out.Persons = append(out.Persons, x.Name)
	}
	for _, x := range r.Log.Activities {
		out.Persons = append(out.Persons, x.Rep)
	}
	for _, x := range r.Log.Access {
		out.Persons = append(out.Persons, x.Whom)
	}
	for _, x := range r.Said {
		out.Persons = append(out.Persons, x.Who)
	}
	return out
}

// letters is a text as names are looked for in it: in one spelling, each letter
// with its place; no blanks, dashes and points.
type letters struct {
	key   []rune // small letters
	at    []int  // the place of each in text
	text  []rune // half width, usual kanji
	shown []rune // as it was written; of the same length
}

func lettersOf(s string) (out letters) {
	out.shown = []rune(s)
	for _, f := range japan.CompanyForms {
		s = strings.ReplaceAll(s, f, strings.Repeat(" ", len([]rune(f)))) // a blank keeps what it parts apart
	}
	out.text = []rune(japan.Fold(s))
	if len(out.text) != len(out.shown) { // folding joined marks: what is shown is the folded text
		out.shown = []rune(japan.Fold(string(out.shown)))
	}
	for i, r := range out.text {
		if r >= 0x3400 {
			out.text[i] = []rune(japan.Key(string(r)))[0]
		}
		for _, k := range japan.Key(string(r)) {
			if unicode.IsLetter(k) || unicode.IsDigit(k) {
				out.key, out.at = append(out.key, k), append(out.at, i)
			}
		}
	}
	return out
}

// spots finds where a name stands in the key: as a whole word where it is Latin,
// and where it is so short that it may be a part of another one in Japanese.
func (t letters) spots(name []rune, whole bool) (out [][2]int) {
	for i := 0; len(name) > 0 && i+len(name) <= len(t.key); i++ {
		j := i + len(name)
		if slices.Equal(t.key[i:j], name) && (!whole || t.edge(i) && (t.edge(j) || t.addressed(j))) {
			out = append(out, [2]int{i, j})
		}
	}
	return out
}

// edge reports whether a word may begin or end before the letter i of the key.
func (t letters) edge(i int) bool {
	if i == 0 || i == len(t.key) || t.at[i]-t.at[i-1] > 1 {
		return true
	}
	a, b := script(t.key[i-1]), script(t.key[i])
	return a != b || a == unicode.Hiragana
}

// script is whose letter it is; nil for one of Latin and all others.
func script(r rune) *unicode.RangeTable {
	for _, s := range [...]*unicode.RangeTable{unicode.Han, unicode.Katakana, unicode.Hiragana} {
		if unicode.Is(s, r) {
			return s
		}
	}
	return nil
}

// addressed reports whether the letter i begins what stands behind a name.
func (t letters) addressed(i int) bool {
	return i < len(t.key) && strings.ContainsRune("様社殿氏君御", t.key[i])
}

// written is what stands at a spot, as it was written.
func (t letters) written(spot [2]int) string {
	return string(t.shown[t.at[spot[0]] : t.at[spot[1]-1]+1])
}

// englishForm is a legal form behind an English name: Co., Ltd.
var englishForm = regexp.MustCompile(`(?i)([\s,]+(co|company|ltd|limited|inc|incorporated|corp|corporation|kk|k\.k|llc|gmbh|ab|ag|bv|plc)\.?)+\s*$`)

// longName is from how many letters on a Japanese name stands for itself.
const longName = 4

// company is the name of one as it is looked for, without its legal form.
func company(name string) (key []rune, whole bool) {
	key = lettersOf(englishForm.ReplaceAllString(japan.Fold(name), "")).key
	return key, !japan.IsJapanese(name) || len(key) < longName
}

// apart finds names of others and of persons in a text.
type apart struct {
	words       playbook.PeopleWords
	own, others [][]rune // companies
	whole       []bool   // of each other one
	persons     []person
}

func (c Case) apart(words playbook.PeopleWords) (out apart) {
	out.words = words
	p := c.Frozen.Distributor.Profile
	for _, name := range []string{p.Name, p.NameJA, p.OurName} {
		key, _ := company(name)
		out.own = append(out.own, key)
	}
	for _, name := range c.Apart.Others {
		if key, whole := company(name); len(key) > 1 {
			out.others, out.whole = append(out.others, key), append(out.whole, whole)
		}
	}
	for _, name := range c.persons() {
		out.persons = append(out.persons, out.person(name)...)
	}
	return out
}

// distributors lists the other distributors that a text names. A part of the
// partner's own name is none.
func (a apart) distributors(s string) (out []string) {
	t := lettersOf(s)
	own := a.ownIn(t)
	for i, name := range a.others {
		spots := t.spots(name, a.whole[i])
		for n := len(name) - 1; n > 1 && script(name[0]) != nil; n-- { // あおぞら様
			for _, x := range t.spots(name[:n], true) {
				if t.addressed(x[1]) && !slices.ContainsFunc(a.own, func(o []rune) bool { return len(o) >= n && slices.Equal(o[:n], name[:n]) }) {
					spots = append(spots, x)
				}
			}
		}
		for _, x := range spots {
			if !slices.ContainsFunc(own, func(o [2]int) bool { return o[0] <= x[0] && x[1] <= o[1] }) {
				out = append(out, t.written(x))
			}
		}
	}
	return out
}

// ownIn finds the names of the partner and of ourselves.
func (a apart) ownIn(t letters) (out [][2]int) {
	for _, name := range a.own {
		out = append(out, t.spots(name, false)...)
	}
	return out
}
