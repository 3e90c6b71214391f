package terms

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"honne"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// PlaceWord is the branch or region that a word names, without marks around it
// (■東京支店); nil where it names none.
func (d *Dictionary) PlaceWord(w *Word) *Word {
	name := strings.Trim(w.Text, totalBrackets+"□○◇▼▽"+Indents)
	if !w.branched {
		w.branched, w.branch = true, len(w.Text) <= 60 && d.IsPlace(name)
	}
	switch {
	case !w.branch:
		return nil
	case name == w.Text:
		return w
	}
	return d.Word(name)
}

// Channel reports whether a text is a way by which goods are sold, or another sort of
// sale, alone or before what is counted: 直販, 卸経由分, 現金売上.
func (d *Dictionary) Channel(s string) bool {
	key := japan.Key(japan.WithoutBrackets(s))
	if d.channels[key] || d.channels[strings.TrimSuffix(key, "分")] {
		return true
	}
	for i := range key {
		if d.channels[key[:i]] && d.Measures(key[i:]) {
			return true
		}
	}
	return false
}

// PivotCorner reports whether a pivot table calls its names so.
func (d *Dictionary) PivotCorner(s string) bool {
	return slices.Contains(d.Book.Words.Pivot, strings.ToLower(japan.Trim(s)))
}

// NamedBy is the meaning of the names of which some titles give one sort.
func (d *Dictionary) NamedBy(titles []string) (m honne.Meaning) {
	m = honne.MeaningUnknown
	for _, title := range titles {
		parts := strings.Split(title, "別")
		for _, part := range parts[:len(parts)-1] {
			is, _ := d.Lookup(LastWord(part))
			switch {
			case WhenMeaning(is) || is == honne.MeaningUnknown:
			case !Names(is) || m != honne.MeaningUnknown && m != is:
				return honne.MeaningUnknown
			default:
				m = is
			}
		}
	}
	return m
}

// NameJoined parts a header into a name that is none of a column and the measure that
// ends it, behind a blank, a line or in brackets.
func (d *Dictionary) NameJoined(s string) (name, measure string, ok bool) {
	name, measure = japan.Trim(japan.WithoutBrackets(s)), when.BracketedText(s)
	if at := strings.LastIndexAny(s, " \u3000\n_＿/／:：・"); measure == "" && at > 0 {
		_, n := utf8.DecodeRuneInString(s[at:])
		name, measure = japan.Trim(s[:at]), japan.Trim(s[at+n:])
	}
	return name, measure, name != "" && measure != "" && d.Measures(measure) && d.Unknown(name) && d.NamesAcross(name) && !when.IsPeriodText(name)
}

// SortOrState reports whether a text says of which sort figures are, or in which state,
// and so names nobody: サンプル, 保留, 旧定価.
func (d *Dictionary) SortOrState(s string) bool {
	idle, cut := d.SaysUnsold(s)
	key := japan.Key(japan.WithoutBrackets(s))
	for _, w := range d.Book.Words.State {
		if rest, begins := strings.CutPrefix(key, japan.Key(w)); begins {
			if _, sure := d.Lookup(rest); rest == "" || sure >= SureHeader {
				return true
			}
		}
	}
	return idle || cut || d.Channel(s) || d.Version(s) != 0 || d.paid[key] || d.OfOthers(s) || d.Own[key]
}

// Step reports whether a text only counts: a day, a week, a month without its word
// (4/1, 第1週, ④).
func (d *Dictionary) Step(s string) bool {
	digits := 0
	rest := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsNumber(r):
			digits++
			return -1
		case unicode.IsLetter(r):
			return unicode.ToLower(r)
		}
		return -1
	}, japan.Fold(japan.WithoutBrackets(s)))
	return rest == "" && digits <= 4 || slices.Contains(d.Book.Words.Step, rest)
}

// IsPlace reports whether a name is that of a prefecture, a region or a branch of
// the sender; that of a company's branch is the company's.
func (d *Dictionary) IsPlace(name string) bool {
	if japan.IsAddressed(name) {
		return false
	}
	if _, ok := japan.Prefecture(name); ok {
		return true
	}
	key := japan.Key(name)
	return slices.Contains(d.region, key) || EndsWith(key, d.Place)
}

// LastWord is what stands behind the last blank or point of a text.
func LastWord(s string) string {
	if i := strings.LastIndexAny(s, " 　・、／/"); i >= 0 {
		_, size := utf8.DecodeRuneInString(s[i:])
		return s[i+size:]
	}
	return s
}

// PlainName reports whether the name of a sheet may be one of a product or a party: it
// says no series, period, place, sum or state, and no program gave it.
func (d *Dictionary) PlainName(s string) bool {
	if s == "" || len(s) > 60 || d.Book.Kind(s) != "" || !d.Unknown(s) || d.IsPlace(s) || d.Total(s) != "" || slices.Contains(d.Wholes, japan.Key(s)) || when.IsPeriodText(s) {
		return false
	}
	if _, dated := japan.FindPeriod(s); dated {
		return false
	}
	if _, month := when.MonthNamed(s); month {
		return false
	}
	key := strings.TrimRight(japan.Key(s), "0123456789 ()-_")
	return key != "" && !slices.Contains(d.Book.Words.Tab, key)
}

// NamesAcross reports whether a text over figures may be a name: it is no header that is
// known, or that of a branch by its ending (東京支店).
func (d *Dictionary) NamesAcross(s string) bool {
	m, sure := d.Lookup(s)
	return sure == 0 || sure < SureHeader && Groups(m) && d.IsPlace(s)
}

// Identity is what a name gives away of its party.
type Identity struct {
	Disclosure honne.Disclosure
	Site       bool
	Nameless   bool // a mark for no name
	Direct     bool // that says that there is no dealer: (直)
}

// Identity judges the word as a name, once.
func (d *Dictionary) Identity(w *Word) Identity {
	if !w.judged {
		w.who, w.judged = d.JudgeName(w.Text), true
	}
	return w.who
}

// JudgeName judges a name: withheld, a pseudonym such as 施設017, or a name.
func (d *Dictionary) JudgeName(name string) Identity {
	key := strings.Trim(japan.Key(name), "()[]<>*【】")
	if direct := slices.Contains(d.Book.Words.Direct, key); direct || key == "" || japan.Masked(name) {
		return Identity{Nameless: true, Direct: direct}
	}
	if d.Others[key] || d.saysRest(key) {
		return Identity{} // the rest of them, by no name
	}
	for _, w := range d.withheld {
		if strings.Contains(key, w) {
			return Identity{}
		}
	}
	for _, p := range d.pseudonym {
		if rest, ok := strings.CutPrefix(key, p); ok && isSerial(rest) {
			return Identity{Disclosure: honne.Pseudonym}
		}
	}
	if bare := japan.WithoutHonorific(name); bare != name {
		key = strings.Trim(japan.Key(bare), "()[]<>*【】")
	}
	if who, ok := d.hidden(key); ok {
		return who
	}
	return Identity{Disclosure: honne.Named, Site: japan.IsSite(name, d.Site)}
}

// hidden judges a name that ends with a word for customers in general: a letter before it is
// a pseudonym (A病院), marks (○○病院), 某 or an area (東京エリアユーザー) are no name. A hospital
// may be called after its district (地区), which is no area of one.
func (d *Dictionary) hidden(key string) (who Identity, ok bool) {
	if d.ofArea(key) != "" {
		return Identity{}, true
	}
	for _, p := range d.pseudonym {
		rest, ends := strings.CutSuffix(key, p)
		if !ends || rest == "" {
			continue
		}
		switch {
		case len(rest) == 1 && 'a' <= rest[0] && rest[0] <= 'z':
			return Identity{Disclosure: honne.Pseudonym, Site: japan.IsSite(key, d.Site)}, true
		case strings.Trim(rest, "○●◯△□×〇") == "", HoldsAny(rest, d.Book.Words.Somebody):
			return Identity{}, true
		}
		if a := d.ofArea(rest); a != "" && !(slices.Contains(d.Book.Words.Site, p) && slices.Contains(d.Book.Words.Districts, a)) {
			return Identity{}, true
		}
	}
	return Identity{}, false
}

// ofArea is the word for an area that a name ends with, behind a place; "" for none.
func (d *Dictionary) ofArea(key string) string {
	for _, a := range d.areas {
		if rest, ends := strings.CutSuffix(key, a); ends && rest != "" {
			return a
		}
	}
	return ""
}

// saysRest reports whether a name begins with a word for all who are not named: a long
// one, as nobody is called (その他開業医), or a short one before a number (他48社) or
// brackets.
func (d *Dictionary) saysRest(key string) bool {
	for _, w := range d.Book.Words.Rest {
		rest, begins := strings.CutPrefix(key, w)
		if begins && rest != "" && (utf8.RuneCountInString(w) > 2 || strings.ContainsRune("0123456789(", rune(rest[0]))) {
			return true
		}
	}
	return false
}

// isSerial reports whether what follows a common word only numbers it: 017, -3,
// A, ア.
func isSerial(s string) bool {
	s = strings.TrimLeft(s, "-_ #no.:")
	r := []rune(s)
	if len(r) == 0 || len(r) > 6 {
		return false
	}
	if strings.Trim(s, "0123456789") == "" {
		return true
	}
	return len(r) <= 2 && strings.Trim(string(r[:1]), "abcdefghijklmnopqrstuvwxyz○●◯△×xアイウエオ甲乙丙丁") == "" && strings.Trim(string(r[1:]), "0123456789") == ""
}
