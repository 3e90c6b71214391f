package identity

import (
	"math/rand/v2"
	"strings"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// writer writes names as people in a hurry do: always the same for one seed.
type writer struct {
	*rand.Rand
	letters []rune // of all names, for slips
}

func newWriter(names []Known) *writer {
	w := &writer{Rand: rand.New(rand.NewPCG(20261126, 3))}
	for _, k := range names {
		w.letters = append(w.letters, []rune(k.Name)...)
	}
	return w
}

func (w *writer) oneOf(list ...string) string { return list[w.IntN(len(list))] }

// otherwise writes a name in another way that says the same: one to three of
// width, legal form, kanji, blanks, dashes, honorifics.
func (w *writer) otherwise(name string) string {
	return w.inSomeOf(name, w.width, w.form, w.kanji, w.blanks, w.dashes, w.polite, strings.ToUpper)
}

// plainly writes an article's name in another way that says the same.
func (w *writer) plainly(name string) string {
	return w.inSomeOf(name, w.width, w.blanks, w.dashes, strings.ToUpper)
}

func (w *writer) inSomeOf(name string, ways ...func(string) string) string {
	w.Shuffle(len(ways), func(i, j int) { ways[i], ways[j] = ways[j], ways[i] })
	for _, way := range ways[:1+w.IntN(3)] {
		name = way(name)
	}
	return name
}

func (w *writer) width(s string) string {
	if w.IntN(2) == 0 {
		return width.Narrow.String(s)
	}
	return norm.NFC.String(width.Widen.String(s))
}

// form abbreviates the legal form and, now and then, writes it at the other end.
func (w *writer) form(s string) string {
	for _, f := range [][]string{{"株式会社", "㈱", "(株)", "（株）", "株式会社　"}, {"有限会社", "㈲", "(有)"}, {"合同会社", "合同会社 "}, {"医療法人", "(医)", "医療法人"}} {
		before, after, ok := strings.Cut(s, f[0])
		if !ok {
			continue
		}
		short := w.oneOf(f[1:]...)
		if w.IntN(4) == 0 && (before == "" || after == "") && f[0] != "医療法人" {
			before, after = after, before
		}
		return before + short + after
	}
	return s
}

// kanji writes the first letter that has a variant with it.
func (w *writer) kanji(s string) string {
	const pairs = "高髙崎﨑斉齋斎齊辺邊沢澤浜濱島嶋広廣国國徳德恵惠竜龍滝瀧真眞桜櫻関關塚塚富冨瀬瀨薬藥会會学學医醫館舘峰峯ケヶが"
	in := []rune(pairs)
	for i := 0; i+1 < len(in); i += 2 {
		if strings.ContainsRune(s, in[i]) {
			return strings.ReplaceAll(s, string(in[i]), string(in[i+1]))
		}
		if strings.ContainsRune(s, in[i+1]) {
			return strings.ReplaceAll(s, string(in[i+1]), string(in[i]))
		}
	}
	return s
}

func (w *writer) blanks(s string) string {
	if bare := strings.NewReplacer(" ", "", "　", "").Replace(s); bare != s {
		return bare
	}
	in := []rune(s)
	at := w.IntN(len(in) + 1)
	return string(in[:at]) + w.oneOf(" ", "　", "  ") + string(in[at:])
}

func (w *writer) dashes(s string) string {
	return strings.NewReplacer("ー", w.oneOf("ー", "－", "―", "‐", "-", "ｰ"), "・", w.oneOf("・", "･", ""), "．", w.oneOf(".", "")).Replace(s)
}

func (w *writer) polite(s string) string {
	return s + w.oneOf(" 御中", "御中", "様", "　様", "殿")
}

// withoutForm leaves the legal form out.
func withoutForm(s string) string {
	for _, f := range []string{"株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "一般社団法人", "一般財団法人", "医療法人社団", "医療法人財団", "医療法人", "特定非営利活動法人", "宗教法人"} {
		if out := strings.Trim(strings.Replace(s, f, "", 1), " 　"); out != "" {
			s = out
		}
	}
	return s
}

// cut is what a column of 24 half-width letters leaves; "" where that is all.
func cut(s string) string {
	if in := []rune(s); len(in) > 12 {
		return string(in[:12])
	}
	return ""
}

// slip is one slip of the hand in a name: two letters changed places, one is
// missing, doubled or another.
func (w *writer) slip(s string) string {
	in := []rune(s)
	at := w.IntN(len(in))
	switch w.IntN(4) {
	case 0:
		if at+1 < len(in) {
			in[at], in[at+1] = in[at+1], in[at]
		}
	case 1:
		in = append(in[:at:at], in[at+1:]...)
	case 2:
		in = append(in[:at+1:at+1], in[at:]...)
	default:
		in[at] = w.letters[w.IntN(len(w.letters))]
	}
	return string(in)
}

// short leaves out letters in the middle of a name of six or more; "" for
// others.
func (w *writer) short(s string) string {
	in := []rune(s)
	if len(in) < 6 {
		return ""
	}
	n := 1 + len(in)/4
	at := 2 + w.IntN(len(in)-3-n)
	return string(in[:at]) + string(in[at+n:])
}

// owned takes off what stands before the last blank: the owner of a site.
func owned(s string) string {
	if i := strings.LastIndexAny(s, " 　"); i >= 0 {
		return strings.TrimLeft(s[i:], " 　")
	}
	return s
}
