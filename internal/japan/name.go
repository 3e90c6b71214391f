package japan

import (
	"strings"
	"unicode/utf8"
)

// Name is an organisation's name taken apart for matching. It is never shown:
// whoever has the name keeps it as it was written. Source: domain 2.11.
type Name struct {
	Stem   string   // what it is called: without form, branch, honorific and brackets, in one spelling
	Form   string   // its legal form in full, 株式会社; "" where none is written or it tells nothing
	Branch string   // the part of it that is meant, 東京支店; "" for the whole
	Site   string   // the end of the stem behind a blank: 青葉病院 of 青葉会 青葉病院; "" where there is none
	Former []string // keys of the names that it bore, from brackets: (旧 青葉病院)
}

// Key is the normal form of the name: equal for two ways to write one name. A
// branch belongs to it, the legal form does not.
func (n Name) Key() string { return n.Stem + n.Branch }

// ParseName takes a name apart. The form may stand before, behind or within it,
// abbreviated (㈱) or in English at its end; 様, 御中 and the like are dropped.
// A branch is split off where a blank, a bracket or the form says where it
// begins. Where nothing would be left the stem is the whole.
// ParseName(n.Stem).Stem == n.Stem.
func ParseName(s string) Name {
	n := parseName(s)
	for again := parseName(n.Stem); again.Stem != n.Stem; again = parseName(n.Stem) {
		n.Stem = again.Stem
		if n.Form == "" {
			n.Form = again.Form
		}
	}
	return n
}

func parseName(s string) (n Name) {
	t := spaced(s)
	t.former(&n)
	n.Form = t.form()
	t.brackets()
	t.honorifics()
	if form := t.englishForm(); n.Form == "" {
		n.Form = form
	}
	n.Branch = spelling(t.branch())
	n.Site = spelling(t.s[t.lastGap():])
	if n.Stem = spelling(t.s); n.Stem == "" {
		t = spaced(s)
		t.brackets()
		n.Stem, n.Branch = spelling(t.s), ""
	}
	if n.Site == n.Stem || strings.HasSuffix(n.Form, "会社") || !IsJapanese(n.Site) {
		n.Site = ""
	}
	return n
}

// FormsAgree reports whether two legal forms may be one party's: the same, one
// of them not written, or one a kind of the other, as 医療法人社団 of 医療法人.
func FormsAgree(a, b string) bool {
	return strings.Contains(a, b) || strings.Contains(b, a)
}

// phrase is a Key that remembers where blanks and what was cut out stood.
type phrase struct {
	s    string
	gaps []bool // of each byte: something stood before it
}

func spaced(s string) *phrase {
	p := &phrase{gaps: make([]bool, 1, len(s)+1)}
	var b strings.Builder
	for _, r := range compatible(s) {
		if isSpace(r) {
			p.gaps[b.Len()] = true
			continue
		}
		if r = keyRune(r); r < 0 {
			continue
		}
		b.WriteRune(r)
		for len(p.gaps) <= b.Len() {
			p.gaps = append(p.gaps, false)
		}
	}
	p.s = b.String()
	return p
}

// cut takes out the bytes from i to j.
func (p *phrase) cut(i, j int) {
	p.s = p.s[:i] + p.s[j:]
	p.gaps = append(p.gaps[:i], p.gaps[j:]...)
	p.gaps[i] = true
}

// form takes out every legal form and returns the first that tells something.
func (p *phrase) form() string {
	first := ""
	bracket := strings.Contains(p.s, "(")
	for _, f := range legalForms {
		if f.written[0] == '(' && !bracket {
			continue
		}
		for at := strings.Index(p.s, f.written); at >= 0; at = strings.Index(p.s, f.written) {
			p.cut(at, at+len(f.written))
			if first == "" {
				first = f.form
			}
		}
	}
	return first
}

// former takes out brackets that hold an earlier name.
func (p *phrase) former(n *Name) {
	from := 0
	for {
		open, shut, content := nextBracket(p.s, from)
		if open < 0 {
			return
		}
		name, ok := strings.CutPrefix(content, "旧")
		for _, w := range [...]string{"社名", "名称", "施設名", "商号", "称", "名", ":"} {
			name = strings.TrimPrefix(name, w)
		}
		if _, isBranch := branchWord(name); !ok || isBranch || len(name) < len("名前") {
			from = open + 1
			continue
		}
		if key := ParseName(name).Key(); key != "" {
			n.Former = append(n.Former, key)
		}
		p.cut(open, shut)
	}
}

const openings, closings = "([{<【〔〈《「『〖", ")]}>】〕〉》」』〗"

// nextBracket finds a bracket at or behind from: where it begins and ends, and
// what it holds, brackets within it too; open is −1 when there is none.
func nextBracket(s string, from int) (open, shut int, content string) {
	open = strings.IndexAny(s[from:], openings)
	if open < 0 {
		return -1, 0, ""
	}
	open += from
	begin, depth := open+len(firstRune(s[open:])), 1
	for i, r := range s[begin:] {
		switch {
		case strings.ContainsRune(openings, r):
			depth++
		case strings.ContainsRune(closings, r):
			depth--
		}
		if depth == 0 {
			return open, begin + i + utf8.RuneLen(r), s[begin : begin+i]
		}
	}
	return open, len(s), s[begin:]
}

func firstRune(s string) string {
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}

// brackets takes out the brackets themselves; what they hold stays.
func (p *phrase) brackets() {
	for at := strings.IndexAny(p.s, openings+closings); at >= 0; at = strings.IndexAny(p.s, openings+closings) {
		p.cut(at, at+len(firstRune(p.s[at:])))
	}
}

var honorifics = [...]string{"御中", "様", "殿", "さま", "先生", "さん", "各位"}

// WithoutHonorific is a name without 御中, 様 and the like behind it, as it is
// written else.
func WithoutHonorific(name string) string {
	name = Trim(name)
	for _, h := range honorifics {
		if rest, cut := strings.CutSuffix(name, h); cut && Trim(rest) != "" {
			name = Trim(rest)
		}
	}
	return name
}

// honorifics takes them off the end, unless nothing is before them.
func (p *phrase) honorifics() {
	for _, h := range honorifics {
		if body, ok := strings.CutSuffix(p.s, h); ok && body != "" {
			p.cut(len(body), len(p.s))
		}
	}
}

var branchWords = [...]string{"支店", "営業所", "出張所", "支社", "支所", "支部", "本店", "本社", "本部", "本院", "分院", "分室", "事業所", "工場",
	"物流センタ-", "配送センタ-", "店"}

// branchWord returns the word that makes s the name of a branch. A 商店 is none.
func branchWord(s string) (word string, ok bool) {
	for _, w := range [...]string{"商店", "書店", "百貨店", "販売店", "代理店", "特約店", "専門店", "飲食店", "料理店", "売店"} {
		if strings.HasSuffix(s, w) {
			return "", false
		}
	}
	for _, w := range branchWords {
		if strings.HasSuffix(s, w) {
			return w, true
		}
	}
	return "", false
}

// branch takes off and returns the branch at the end, from the last gap that
// leaves a name to it.
func (p *phrase) branch() string {
	word, ok := branchWord(p.s)
	if !ok {
		return ""
	}
	last := len(p.s) - len(word)
	if !strings.HasPrefix(word, "本") {
		last--
	}
	for at := last; at > 0; at-- {
		if p.gaps[at] {
			tail := p.s[at:]
			p.cut(at, len(p.s))
			return tail
		}
	}
	return ""
}

// IsAddressed reports whether the name says that it is somebody's: by a legal
// form, or by an honorific behind it.
func IsAddressed(name string) bool {
	p := spaced(name)
	before := p.s
	p.form()
	p.honorifics()
	p.englishForm()
	return p.s != before && p.s != ""
}

// lastGap returns where the last part of the phrase begins.
func (p *phrase) lastGap() int {
	for at := len(p.s) - 1; at > 0; at-- {
		if p.gaps[at] {
			return at
		}
	}
	return 0
}

// IsSite reports whether the name says by its own words that it is a place of
// care or use: it contains one of the words (病院, クリニック, …), and ends with it
// when it is a company's name.
func IsSite(name string, words []string) bool {
	p := spaced(name)
	company := strings.HasSuffix(p.form(), "会社")
	p.honorifics()
	for _, w := range words {
		w = Key(w)
		if w != "" && (strings.HasSuffix(p.s, w) || !company && strings.Contains(p.s, w)) {
			return true
		}
	}
	return false
}
