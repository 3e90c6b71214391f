package terms

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"honne"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// leftAtEnd reports whether a title about what is there, or still open, bears a day that
// ends a month: 受注残明細 2025/10/31. Of one in a month's first days nobody knows whether
// it is that of the count or of the printing.
func (d *Dictionary) leftAtEnd(title string, day honne.Date) bool {
	kind := d.Kind(title)
	return (kind == honne.Stock || kind == honne.Backlog) && day.Month().Last()-day < 7
}

// Balance reports whether a header text says what is left at the end, but not of
// what.
func (d *Dictionary) Balance(s string) bool {
	key := japan.Key(japan.WithoutBrackets(s))
	return slices.ContainsFunc(d.Book.Words.Balance, func(w string) bool { return japan.Key(w) == key })
}

// Remark reports whether a text beside a title speaks of the whole file: its unit,
// its page, when it was made.
func (d *Dictionary) Remark(s string) bool {
	_, unit := japan.UnitAlone(s)
	return unit && d.Unknown(s) || IsUnitLabel(s) || IsPage(japan.Trim(s)) || HoldsAny(s, d.Book.Words.Made) || EndsWith(japan.Trim(s), d.Book.Words.Counted)
}

// saysPart reports whether a name begins with a word for a part (うち 輸出, (内)輸出;
// 内視鏡 and うちだ商店 are names) or ends with one in brackets: └ ジェル（内訳）.
func (d *Dictionary) saysPart(s string) bool {
	bare := strings.TrimLeft(s, Indents)
	if inner := when.BracketedText(bare); utf8.RuneCountInString(inner) > 1 && slices.Contains(d.Book.Words.Part, inner) {
		return true
	}
	opened := strings.TrimLeft(bare, "(（[【")
	for _, w := range d.Book.Words.Part {
		rest, begins := strings.CutPrefix(opened, w)
		if !begins {
			continue
		}
		next, _ := utf8.DecodeRuneInString(rest)
		last, _ := utf8.DecodeLastRuneInString(w)
		switch {
		case rest == "", unicode.IsSpace(next), unicode.IsPunct(next) && next != 'ー', len(opened) < len(bare) && strings.ContainsAny(rest, ")）]】"):
			return true
		case unicode.Is(unicode.Hiragana, last) && !unicode.Is(unicode.Hiragana, next):
			return true
		}
	}
	return false
}

// Total says of what a label is, a total or a subtotal, "" for neither: one of the words
// alone, in brackets or with brackets behind it (合計（税抜）), at the end of a short
// label, or a 計 that stands apart (A病院 計).
func (d *Dictionary) Total(s string) honne.Exclusion {
	if len(s) > 60 || len(s) < 3 || !d.mayTotal(s) {
		return ""
	}
	k := strings.Trim(japan.Key(s), totalBrackets)
	if v, ok := d.totals[k]; ok {
		return v
	}
	if v, ok := d.totals[japan.Key(japan.WithoutBrackets(s))]; ok {
		return v
	}
	for _, e := range d.endings {
		if strings.HasSuffix(k, e) && len(e) > 3 {
			return honne.SubtotalRow // of what its name says: C病院 合計
		}
	}
	if apart := strings.TrimRight(japan.Trim(s), totalBrackets); strings.HasSuffix(apart, "計") && setApart(strings.TrimSuffix(apart, "計"), s) {
		return honne.SubtotalRow
	}
	return ""
}

// setApart reports whether 計 stands apart from the name before it, by a blank or
// because the whole label stands in brackets: 【関東ブロック計】.
func setApart(name, label string) bool {
	bare := japan.Trim(label)
	return strings.TrimRight(name, " \u3000") != name && japan.Trim(name) != "" ||
		strings.Trim(bare, totalBrackets) != bare && !strings.HasPrefix(bare, "計")
}

// totalBrackets may stand around a word for a total.
const totalBrackets = "()[]<>【】《》≪≫＜＞（）◆■●*-"

// mayTotal is a quick look at the last two letters, or at a 計 or a bracket that
// may follow the word; nearly every label ends in two that no word for a total ends in.
func (d *Dictionary) mayTotal(s string) bool {
	rest, last := cutLetter(s)
	if last == '計' || strings.HasSuffix(s, ")") || strings.HasSuffix(s, "）") {
		return true
	}
	if !slices.Contains(d.lastRunes, last) {
		return false
	}
	_, before := cutLetter(rest)
	return d.tails[[2]rune{before, last}]
}

// cutLetter takes the last letter or digit off a text, with what stands behind
// it; 0 when there is none.
func cutLetter(s string) (rest string, letter rune) {
	for s != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
		if r >= 0x4E00 && r <= 0x9FFF || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return s, plainRune(r)
		}
	}
	return "", 0
}

// plainRune is a Latin letter or sign in half width and lower case.
func plainRune(r rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E {
		r -= 0xFEE0
	}
	if r >= 'A' && r <= 'Z' {
		r += 'a' - 'A'
	}
	return r
}

// Note reports whether a text begins as notes do.
func (d *Dictionary) Note(s string) bool {
	s = japan.Trim(s)
	first, _ := utf8.DecodeRuneInString(s)
	return slices.Contains(d.noteRunes, first) && StartsWith(s, d.notes[first])
}

// Seal reports whether a text may stand over the place of a seal, and whether it says so
// by itself: 承認, 確認印; 担当 stands over columns as well.
func (d *Dictionary) Seal(s string) (head, sure bool) {
	if len(s) == 0 || len(s) > 30 {
		return false, false
	}
	s = strings.Join(strings.Fields(s), "")
	bare := strings.TrimSuffix(s, "印")
	sure = bare != s || slices.Contains(d.Book.Words.Seal, bare)
	return slices.Contains(d.Book.Words.Seal, bare) || slices.Contains(d.Book.Words.SealToo, bare), sure
}

// SaysNone reports whether a text in the place of rows says that there are none: 該当なし,
// ※今月は販売実績なし, 4月の実績はありません。
func (d *Dictionary) SaysNone(s string) bool {
	if len(s) > 90 {
		return false
	}
	key := strings.Trim(japan.Key(s), "()[]{}<>【】「」『』《》〈〉※＊*・-―~。.、,！!")
	for _, w := range d.Book.Words.NoneThere {
		before, ends := strings.CutSuffix(key, japan.Key(w))
		if ends && d.saysNow(before) {
			return true
		}
	}
	return false
}

// saysNow reports whether a text says no more than that the month of the report is meant:
// 今月は, 2026年4月の販売.
func (d *Dictionary) saysNow(s string) bool {
	for range 4 {
		s = strings.Trim(s, "のはもに、,・:： ")
		if s == "" || when.IsPeriodText(strings.TrimSuffix(s, "分")) {
			return true
		}
		for _, w := range d.Book.Words.OfNow {
			s = strings.TrimSuffix(strings.TrimPrefix(s, w), w)
		}
	}
	return false
}

// HoldsTotal reports whether a word for a total stands anywhere in the text.
func (d *Dictionary) HoldsTotal(s string) bool {
	k := japan.Key(s)
	for _, e := range d.endings {
		if strings.Contains(k, e) {
			return true
		}
	}
	return false
}

var pageMark = regexp.MustCompile(`(?i)^(頁|ページ|page|p\.|no\.)?[:： ]*[0-9]+ *(/ *[0-9]+)? *(頁|ページ)?$`)

// IsPage reports whether a text counts printed pages: 頁: 2, 2/5, Page 3.
func IsPage(s string) bool {
	return len(s) <= 30 && !when.PlainNumber(s) && pageMark.MatchString(japan.Trim(s))
}

var formula = regexp.MustCompile(`^(?:\([A-Za-z0-9ア-ン]{1,2}\)|[①-⑳])(?:[+-](?:\([A-Za-z0-9ア-ン]{1,2}\)|[①-⑳]))+$`)

var sumsMark = regexp.MustCompile(`^(.+計)\([A-Za-z0-9ア-ン]{1,2}\)$`)

// IsFormula reports whether a label only adds up what other labels are marked with.
func IsFormula(s string) bool {
	return len(s) <= 60 && strings.ContainsAny(s, "+＋-－") && formula.MatchString(japan.Fold(strings.Join(strings.Fields(s), "")))
}

// withoutSumMark takes off the name of a sum the mark by which a formula calls it.
func withoutSumMark(s string) string {
	if m := sumsMark.FindStringSubmatch(japan.Fold(japan.Trim(s))); m != nil {
		return m[1]
	}
	return s
}

// SaysSoFar reports whether a text may say that its row is a sum so far.
func (d *Dictionary) SaysSoFar(s string) bool { return HoldsAny(s, d.Book.Words.SoFar) }

// SumWord is how a label may name a sum.
type SumWord uint8

// The ways.
const (
	NoSum    SumWord = iota
	WholeSum         // 全国, 総売上
	namedSum         // A商店計
	Gauge            // 温度計: a thing, unless more speaks for a sum
)

// sumWord says how a label may name a sum, and of what.
func (d *Dictionary) sumWord(s string) (is SumWord, of string) {
	if len(s) > 60 || len(s) < 6 || !d.mayTotal(s) {
		return NoSum, ""
	}
	k := strings.Trim(japan.Key(withoutSumMark(s)), totalBrackets)
	if slices.Contains(d.Wholes, k) {
		return WholeSum, ""
	}
	if bare := japan.WithoutBrackets(s); strings.HasSuffix(bare, "計") {
		k = japan.Key(bare) // グループ合計（消去後）
	}
	of, ends := strings.CutSuffix(k, "計")
	switch {
	case !ends || of == "":
		return NoSum, ""
	case EndsWith(k, d.gauges):
		return Gauge, of
	}
	return namedSum, of
}
