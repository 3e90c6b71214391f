package identity

import (
	"slices"
	"strings"
	"unicode/utf8"

	"honne/internal/japan"
)

// form is an entry made ready for comparison.
type form struct {
	Entry
	article bool
	place   japan.Place
	name    japan.Name // zero for an article
	key     string     // equal for two ways to write one name
	exact   string     // equal but for width, case and blanks
	loose   []rune     // the key, hiragana for katakana, without long vowels
	own     int        // letters of the key outside the words that many names have
	numbers string     // the digits of the key
	grams   []uint64   // pairs of neighbours in loose, each once
}

func formOf(kind Kind, e Entry) form {
	f := form{Entry: e, article: kind == Article, place: japan.ParsePlace(e.Address), exact: bare(e.Name)}
	if kind == Article {
		f.key = japan.Key(articleMarks.Replace(e.Name))
		f.loose = []rune(f.key)
	} else {
		f.name = japan.ParseName(e.Name)
		f.key = f.name.Key()
		f.loose = loose(f.key)
	}
	f.numbers = numbers(f.key)
	f.own, f.grams = utf8.RuneCountInString(commonWords.Replace(f.key)), gramsOf(f.loose)
	return f
}

// numbers are the digits of a name.
func numbers(key string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, key)
}

// commonWords are written as in keys. Source: domain 2.11, and what the list of
// a prefecture's institutions repeats.
var commonWords = strings.NewReplacer("クリニツク", "", "病院", "", "医院", "", "診療所", "", "医療センタ", "", "センタ", "", "薬局", "", "大学", "", "付属", "",
	"整形外科", "", "耳鼻咽喉科", "", "産婦人科", "", "婦人科", "", "小児科", "", "皮膚科", "", "泌尿器科", "", "胃腸科", "", "内科", "", "外科", "", "眼科", "", "歯科", "",
	"商事", "", "商店", "", "工業", "", "産業", "", "建設", "", "ホ-ルデイングス", "", "国民健康保険", "")

// bare is a name without the differences that no eye sees: width, case, blanks.
func bare(name string) string {
	return strings.Join(strings.Fields(strings.ToLower(japan.Fold(name))), "")
}

// articleMarks are no part of an article's name.
var articleMarks = strings.NewReplacer("®", "", "™", "", "©", "")

func loose(key string) []rune {
	out := make([]rune, 0, len(key)/3+4)
	for _, r := range key {
		switch {
		case r == '-':
		case r >= 'ァ' && r <= 'ヶ':
			out = append(out, r-'ァ'+'ぁ')
		default:
			out = append(out, r)
		}
	}
	return out
}

// gramsOf returns the pairs of neighbours, the beginning and the end being
// neighbours too.
func gramsOf(in []rune) []uint64 {
	if len(in) == 0 {
		return nil
	}
	out := make([]uint64, 0, len(in)+1)
	before := rune(1)
	for _, r := range in {
		out = append(out, uint64(before)<<32|uint64(r))
		before = r
	}
	out = append(out, uint64(before)<<32|2)
	slices.Sort(out)
	return slices.Compact(out)
}

// shape is how an own code is written: letters as a, digits as 9. A system that
// gives out new codes to all its customers mostly gives them another shape.
func shape(code string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return '9'
		case r >= 'a' && r <= 'z':
			return 'a'
		}
		return r
	}, code)
}
