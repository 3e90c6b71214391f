package report

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"honne/internal/japan"
)

// person is how somebody may be named in a text. A Latin name is looked for whole
// and by each of its parts, as words with a capital. A Japanese one is looked for
// whole; a part of it, which may be a place or a thing, only where somebody is
// addressed or introduced by it: 高橋様, 当社の高橋.
type person struct {
	words []string // Latin, in small letters
	whole string   // the key of the Japanese name
	parts []string // Japanese
}

// person reads whom a name means: nobody where it says a function, 営業部 or
// Sales. What stands in brackets or behind a sign is read by itself.
func (a apart) person(name string) (out []person) {
	if strings.Contains(name, "@") && !strings.ContainsAny(name, " <") {
		return []person{{words: []string{strings.ToLower(name)}}}
	}
	for _, s := range strings.FieldsFunc(japan.Fold(name), func(r rune) bool { return strings.ContainsRune(`/|,;:()[]<>{}"、【】「」＿_`, r) }) {
		var latin, kanji []string
		for _, word := range strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '・' || r == '.' }) {
			switch {
			case !japan.IsJapanese(word):
				latin = append(latin, word)
			default:
				if word = a.untitled(word); !a.function(word) && !a.isOwn(word) && word != "" {
					kanji = append(kanji, usual(word))
				}
			}
		}
		out = append(out, a.latin(latin), japanese(kanji))
	}
	return out
}

// usual is a Japanese word in one spelling.
func usual(s string) string { return string(lettersOf(s).text) }

func (a apart) untitled(word string) string {
	for _, title := range a.words.Title.JA {
		word = strings.TrimSuffix(word, title)
	}
	return word
}

// function reports whether a Japanese word says a function, by its end.
func (a apart) function(word string) bool {
	return slices.ContainsFunc(a.words.Function.JA, func(f string) bool { return strings.HasSuffix(word, f) })
}

func (a apart) isOwn(word string) bool {
	t := lettersOf(word)
	return slices.ContainsFunc(a.own, func(o []rune) bool { return len(o) > 0 && slices.Equal(o, t.key) })
}

func (a apart) latin(parts []string) (p person) {
	is := func(list []string, word string) bool { return slices.Contains(list, strings.ToLower(word)) }
	parts = slices.DeleteFunc(parts, func(w string) bool { return is(a.words.Title.EN, w) })
	if slices.ContainsFunc(parts, func(w string) bool { return is(a.words.Function.EN, w) }) || a.isOwn(strings.Join(parts, " ")) {
		return p
	}
	if len(parts) > 1 {
		p.words = []string{strings.Join(parts, " "), strings.Join(append(slices.Clone(parts[1:]), parts[0]), " ")}
	}
	for _, w := range parts {
		if len([]rune(w)) > 2 && !is(a.words.Ordinary.EN, w) && !a.ownWord(w) {
			p.words = append(p.words, w)
		}
	}
	for i, w := range p.words {
		p.words[i] = strings.ToLower(w)
	}
	return p
}

// ownWord reports whether a word begins the name of the partner or our own.
func (a apart) ownWord(word string) bool {
	key := lettersOf(word).key
	return slices.ContainsFunc(a.own, func(o []rune) bool { return len(key) > 0 && len(o) >= len(key) && slices.Equal(o[:len(key)], key) })
}

func japanese(parts []string) (p person) {
	p.parts = parts
	if whole := []rune(strings.Join(parts, "")); len(whole) > 2 {
		p.whole = string(lettersOf(string(whole)).key)
	}
	return p
}

// people lists the persons that a text names: those that are known, and whoever
// is addressed as one. Of thousands that mail knows nearly none is in a line, so
// that their places are looked for only where they are.
func (a apart) people(s string) (out []string) {
	t := lettersOf(s)
	plain, key := string(t.text), string(t.key)
	lower := strings.ToLower(plain)
	for _, p := range a.persons {
		for _, w := range p.words {
			if strings.Contains(lower, w) {
				out = append(out, t.word([]rune(w))...)
			}
		}
		if p.whole != "" && strings.Contains(key, p.whole) {
			for _, x := range t.spots([]rune(p.whole), false) {
				out = append(out, t.written(x))
			}
		}
		for _, w := range p.parts {
			if strings.Contains(plain, w) {
				out = append(out, t.called([]rune(w), a.words.Title.JA)...)
			}
		}
	}
	return append(append(out, a.titled(t)...), a.addressed(t)...)
}

// word finds a Latin word that begins with a capital, or an address.
func (t letters) word(w []rune) (out []string) {
	address := slices.Contains(w, '@')
	for i := 0; i+len(w) <= len(t.text); i++ {
		j := i + len(w)
		if strings.EqualFold(string(t.text[i:j]), string(w)) && (address || unicode.IsUpper(t.text[i])) && !t.latin(i-1) && !t.latin(j) {
			out = append(out, string(t.shown[i:j]))
		}
	}
	return out
}

func (t letters) latin(i int) bool {
	return i >= 0 && i < len(t.text) && script(t.text[i]) == nil && (unicode.IsLetter(t.text[i]) || unicode.IsDigit(t.text[i]))
}

// introduces are the words before a name that make it somebody's of a company.
var introduces = [...]string{"社の", "担当の", "担当は", "担当:"}

// called finds a part of a name where somebody is addressed or introduced by it.
func (t letters) called(w []rune, titles []string) (out []string) {
	for i := 0; i+len(w) <= len(t.text); i++ {
		j := i + len(w)
		if !slices.Equal(t.text[i:j], w) || len(w) == 1 && i > 0 && script(t.text[i-1]) == unicode.Han { // 青森 is no 森
			continue
		}
		before, behind := string(t.text[max(0, i-3):i]), strings.TrimLeft(string(t.text[j:min(len(t.text), j+8)]), " ")
		if slices.ContainsFunc(introduces[:], func(x string) bool { return strings.HasSuffix(before, x) }) && (j == len(t.text) || script(t.text[j]) != script(w[0])) {
			out = append(out, string(t.shown[i:j]))
		}
		if at := slices.IndexFunc(titles, func(x string) bool { return strings.HasPrefix(behind, x) }); at >= 0 && !slices.ContainsFunc(ends[:], func(x string) bool { return strings.HasPrefix(behind, titles[at]+x) }) {
			out = append(out, string(t.shown[i:j])+titles[at])
		}
	}
	return out
}

// ends stand behind 様 and 氏 where these end no name: 様式, 氏名.
var ends = [...]string{"式", "々", "子", "相", "態", "変", "名", "族"}

var (
	beforeName = regexp.MustCompile(`(?:^|[^A-Za-z0-9])(?:[A-Z][a-z]+)\.?\s+\p{Lu}[\p{L}'’-]+`)
	behindName = regexp.MustCompile(`\p{Lu}\p{Ll}+[- ](?:san|sama|sensei)\b`)
)

// titled finds Mr X and X-san.
func (a apart) titled(t letters) (out []string) {
	text := string(t.text)
	for _, x := range beforeName.FindAllString(text, -1) {
		words := strings.Fields(strings.TrimLeftFunc(x, func(r rune) bool { return !unicode.IsLetter(r) }))
		if slices.Contains(a.words.Title.EN, strings.ToLower(strings.TrimSuffix(words[0], "."))) && !slices.Contains(a.words.Function.EN, strings.ToLower(words[1])) {
			out = append(out, strings.Join(words, " "))
		}
	}
	for _, x := range behindName.FindAllString(text, -1) {
		name := x[:strings.LastIndexAny(x, "- ")]
		if !a.ownWord(name) && !slices.Contains(a.words.Function.EN, strings.ToLower(name)) {
			out = append(out, x)
		}
	}
	return out
}

// addresses are what stands behind the name of somebody in Japanese.
var addresses = [...]string{"様", "さん", "氏", "先生"}

// addressed finds 高橋様: kanji or katakana before an address that are no function,
// and no company: one with its form, or a distributor.
func (a apart) addressed(t letters) (out []string) {
	for i := range t.text {
		for _, address := range addresses {
			n := len([]rune(address))
			if i+n > len(t.text) || string(t.text[i:i+n]) != address || i+n < len(t.text) && slices.Contains(ends[:], string(t.text[i+n])) {
				continue
			}
			from := t.run(i)
			name := string(t.text[from:i])
			if from == i || t.form(from, i) || a.function(name) || a.isCompany(t, i) || slices.ContainsFunc(a.words.Ordinary.JA, func(x string) bool { return strings.HasSuffix(name+address, x) }) {
				continue
			}
			out = append(out, string(t.shown[from:i+n]))
		}
	}
	return out
}

// run is where the kanji or the katakana before a place begin.
func (t letters) run(to int) int {
	from := to
	for from > 0 {
		s := script(t.text[from-1])
		long := t.text[from-1] == 'ー' || t.text[from-1] == '々' || t.text[from-1] == 'ヶ'
		if !long && (s != unicode.Han && s != unicode.Katakana || from < to && script(t.text[to-1]) != s && t.text[to-1] != 'ー') {
			break
		}
		from--
	}
	return from
}

// formReach is how many letters before its last part a company's name may begin.
const formReach = 14

// form reports whether a legal form stands beside a name: what it names is a
// company.
func (t letters) form(from, to int) bool {
	name := string(t.shown[max(0, from-formReach):to])
	name = name[max(0, strings.LastIndexAny(name, "、。，．「」,・ 　様")):]
	return strings.Contains(name, "法人") || slices.ContainsFunc(japan.CompanyForms[:], func(f string) bool { return strings.Contains(name, f) })
}

// isCompany reports whether the name of the partner, of ourselves or of another
// distributor, or its beginning, ends at a place.
func (a apart) isCompany(t letters, at int) bool {
	k, _ := slices.BinarySearch(t.at, at)
	for _, o := range slices.Concat(a.own, a.others) {
		for n := len(o); n > 1; n-- {
			if k >= n && slices.Equal(t.key[k-n:k], o[:n]) && t.edge(k-n) {
				return true
			}
		}
	}
	return false
}
