package japan

import (
	"slices"
	"strings"

	"honne"
)

// moneyScales lists the multiples of the yen in which reports are kept, longer
// words first.
var moneyScales = [...]struct {
	word  string
	scale int64
}{{"百万", 1e6}, {"千万", 1e7}, {"十億", 1e9}, {"10億", 1e9}, {"百億", 1e10}, {"千", 1e3}, {"万", 1e4}, {"億", 1e8}, {"兆", 1e12}}

// ParseUnit finds unit and tax basis in a label: 単位:千円, （単位：百万円）,
// 金額(千円・税抜), 【円】, 千円, 本, JPY thousand, ¥m; in a longer title it looks
// behind 単位 and into brackets. ok says that a unit or a tax basis was found; of
// several units the first counts. Quantities keep the name of what they count.
func ParseUnit(s string) (u honne.Unit, tax honne.Tax, ok bool) {
	if len(s) > 600 {
		return u, "", false
	}
	text := strings.ReplaceAll(Fold(s), "\n", " ")
	tax = parseTax(text)
	for _, part := range unitParts(text) {
		if u, ok = partUnit(part); ok {
			return u, tax, true
		}
		if u, ok = bareScale(part); ok {
			return u, tax, true
		}
	}
	if u, ok = titleUnit(text); ok {
		return u, tax, true
	}
	return honne.Unit{}, tax, tax != ""
}

// SecondUnit reads the unit that a label gives behind the first for figures of the
// other sort, money or pieces: 単位：本、千円.
func SecondUnit(s string) (honne.Unit, bool) {
	if len(s) > 600 {
		return honne.Unit{}, false
	}
	for _, part := range unitParts(strings.ReplaceAll(Fold(s), "\n", " ")) {
		var first honne.Unit
		for _, w := range unitWords(part) {
			u, ok := wordUnit(w)
			switch {
			case !ok:
			case first.IsZero():
				first = u
			case (u.Currency == "") != (first.Currency == "") && u.Name != "%" && first.Name != "%":
				return u, true
			}
		}
	}
	return honne.Unit{}, false
}

// UnitAlone reads a label that is a unit and nothing else but its tax basis: 千円,
// （税抜・千円）, 単位：本, JPY thousand.
func UnitAlone(s string) (honne.Unit, bool) {
	if len(s) > 60 {
		return honne.Unit{}, false
	}
	words := slices.DeleteFunc(unitWords(Fold(s)), func(w string) bool { return w == "単位" })
	if u, ok := englishUnit(strings.Join(words, " ")); ok {
		return u, true
	}
	if len(words) != 1 {
		return honne.Unit{}, false
	}
	return wordUnit(words[0])
}

// TaxOf returns the tax basis that a text speaks of, "" for none and for both.
func TaxOf(s string) honne.Tax {
	if len(s) > 600 {
		return ""
	}
	text := Fold(s)
	tax := parseTax(text)
	if tax == honne.TaxExcluded && (strings.Contains(text, "税込") || strings.Contains(text, "内税")) {
		return ""
	}
	return tax
}

func parseTax(s string) honne.Tax {
	s = strings.ToLower(s)
	for _, w := range taxOut {
		if strings.Contains(s, w) {
			return honne.TaxExcluded
		}
	}
	for _, w := range taxIn {
		if strings.Contains(s, w) {
			return honne.TaxIncluded
		}
	}
	return ""
}

// The words by which a text says that tax is not in an amount, or is; longer words
// before those that they begin with.
var (
	taxOut = [...]string{"税抜", "税別", "外税", "税ぬき", "excl. consumption tax", "excluding consumption tax", "excl. tax", "excl tax", "excluding tax", "ex. tax", "ex-tax", "tax excluded", "tax excl.", "tax excl", "w/o tax", "without tax", "net of tax"}
	taxIn  = [...]string{"税込", "内税", "税こみ", "incl. consumption tax", "including consumption tax", "incl. tax", "incl tax", "including tax", "tax included", "tax incl.", "tax incl", "with tax"}
)

// withoutTax takes off what a text says of the tax.
func withoutTax(s string) string {
	for _, list := range [...][]string{taxOut[:], taxIn[:]} {
		for _, w := range list {
			if at := strings.Index(s, w); at >= 0 {
				return strings.Trim(s[:at]+s[at+len(w):], " ,/;-")
			}
		}
	}
	return s
}

// unitParts returns where a unit may stand, the surest first: behind 単位, then
// in brackets.
func unitParts(s string) []string {
	var parts []string
	if _, behind, ok := strings.Cut(s, "単位"); ok {
		parts = append(parts, strings.TrimLeft(behind, ":は= \u3000"))
	}
	rest := s
	for {
		from := strings.IndexAny(rest, "([【〔「")
		if from < 0 {
			break
		}
		inner := rest[from+runeLength(rest[from:]):]
		to := strings.IndexAny(inner, ")]】〕」")
		if to < 0 {
			break
		}
		parts, rest = append(parts, inner[:to]), inner[to:]
	}
	return parts
}

const unitBreaks = "、,・/:;()[]【】〔〕「」 \u3000\t"

// partUnit reads the part as a whole, then its words.
func partUnit(s string) (honne.Unit, bool) {
	if u, ok := englishUnit(s); ok {
		return u, true
	}
	for _, w := range unitWords(s) {
		if u, ok := wordUnit(w); ok {
			return u, true
		}
	}
	return honne.Unit{}, false
}

// titleUnit reads a text without brackets: a unit alone, or the last word of a
// title when it can be nothing but a unit (売上 千円, but not 売上 本).
func titleUnit(s string) (honne.Unit, bool) {
	if u, ok := englishUnit(s); ok {
		return u, true
	}
	if _, u, ok := CutUnit(s); ok {
		return u, true
	}
	words := unitWords(s)
	if len(words) == 0 {
		return honne.Unit{}, false
	}
	u, ok := wordUnit(words[len(words)-1])
	return u, ok && (len(words) == 1 || u.Currency != "" && u.Scale > 1)
}

// CutUnit cuts off the unit with which a label ends without brackets: Amount JPY,
// Sales in JPY thousand, 金額 JPY, Qty pcs. What else is counted may be a name.
func CutUnit(s string) (rest string, u honne.Unit, ok bool) {
	if len(s) > 90 {
		return s, u, false
	}
	words := strings.Fields(Fold(s))
	for i := 1; i < len(words); i++ {
		u, ok = englishUnit(strings.Join(words[i:], " "))
		if ok && (u.Currency != "" || slices.Contains([]string{"pcs", "pc"}, strings.ToLower(words[i]))) {
			return strings.Join(words[:i], " "), u, true
		}
	}
	return s, honne.Unit{}, false
}

func unitWords(s string) []string {
	words := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(unitBreaks, r) })
	for i, w := range words {
		if of := strings.TrimSuffix(w, "単位"); of != "" { // 千円単位
			words[i] = of
		}
	}
	return slices.DeleteFunc(words, func(w string) bool { return parseTax(w) != "" })
}

func wordUnit(w string) (honne.Unit, bool) {
	if u, ok := englishUnit(w); ok {
		return u, true
	}
	for _, c := range [...]struct {
		word     string
		currency honne.Currency
	}{{"円", honne.JPY}, {"米ドル", "USD"}, {"ドル", "USD"}, {"ユーロ", "EUR"}, {"人民元", "CNY"}, {"ウォン", "KRW"}, {"JPY", honne.JPY}} {
		if body, found := strings.CutSuffix(w, c.word); found {
			scale, ok := moneyScale(body)
			return honne.Unit{Scale: scale, Currency: c.currency}, ok
		}
	}
	for _, name := range quantityUnits {
		if body, found := strings.CutSuffix(strings.ToLower(w), name); found {
			if scale, ok := unitScale(body); ok {
				return honne.Unit{Scale: scale, Name: name}, true
			}
		}
	}
	return honne.Unit{}, false
}

// quantityUnits are what distributors count; longer words stand before those
// that end them.
var quantityUnits = [...]string{"セット", "ケース", "キット", "バイアル", "ダース", "ロット", "シリンジ", "カートン", "ボトル", "パック", "リットル",
	"トン", "人日", "人月", "本", "個", "台", "箱", "件", "人", "名", "枚", "袋", "缶", "瓶", "錠", "包", "組", "点", "冊", "床", "回", "施設",
	"kl", "ml", "kg", "mg", "cm", "mm", "km", "㎘", "㎏", "㎥", "m3", "t", "g", "l", "%"}

// moneyScale reads also the short signs that stand before a currency: K円, MJPY.
func moneyScale(s string) (int64, bool) {
	switch s {
	case "K", "k":
		return 1e3, true
	case "M", "MM":
		return 1e6, true
	}
	return unitScale(s)
}

// bareScale reads a scale of money without the money, where nothing but a unit may
// stand: 単位：千, （百万）.
func bareScale(s string) (honne.Unit, bool) {
	scale, ok := moneyScale(strings.Trim(s, "()[] "))
	if _, digits := ParseNumber(s); !ok || scale == 1 || digits {
		return honne.Unit{}, false
	}
	return honne.Unit{Scale: scale, Currency: honne.JPY}, true
}

func unitScale(s string) (int64, bool) {
	if s = strings.ReplaceAll(s, "仟", "千"); s == "" {
		return 1, true
	}
	for _, m := range moneyScales {
		if s == m.word {
			return m.scale, true
		}
	}
	n, ok := ParseNumber(s)
	scale, exact, err := n.Times(1, 0)
	if !ok || err != nil || !exact || scale < 10 {
		return 0, false
	}
	rest := scale
	for rest%10 == 0 {
		rest /= 10
	}
	return scale, rest == 1
}

// englishUnit reads a text whose every word belongs to an English unit, with a
// currency or a word for pieces among them: JPY thousand, in millions of yen,
// ¥m, 1000 JPY, pcs.
func englishUnit(s string) (honne.Unit, bool) {
	u := honne.Unit{Scale: 1}
	for _, w := range englishWords(withoutTax(strings.ToLower(s))) {
		currency, scale, name := englishWord(w)
		switch {
		case currency != "" && u.Currency == "" && (scale == 0 || u.Scale == 1):
			u.Currency, u.Scale = currency, max(u.Scale, scale)
		case scale > 1 && u.Scale == 1:
			u.Scale = scale
		case name != "" && u.Name == "":
			u.Name = name
		case scale == 1:
		default:
			return honne.Unit{}, false
		}
	}
	return u, (u.Currency == "") != (u.Name == "")
}

var englishSigns = strings.NewReplacer("'", " ", "’", " ", ",", "", "(", " ", ")", " ", "¥", " jpy ", "$", " usd ", "€", " eur ")

// englishWords splits at blanks and where letters, digits and signs meet.
func englishWords(s string) []string {
	var words []string
	s = strings.ToLower(englishSigns.Replace(s))
	for _, w := range strings.Fields(s) {
		from := 0
		for i := 1; i < len(w); i++ {
			if isDigit(w[i]) != isDigit(w[i-1]) {
				words, from = append(words, w[from:i]), i
			}
		}
		words = append(words, w[from:])
	}
	return words
}

func englishWord(w string) (currency honne.Currency, scale int64, name string) {
	switch w {
	case "jpy", "yen":
		return honne.JPY, 0, ""
	case "usd", "eur", "gbp", "chf", "cny", "krw":
		return honne.Currency(strings.ToUpper(w)), 0, ""
	case "thousand", "thousands", "k", "000", "1000", "ths", "tsd":
		return "", 1e3, ""
	case "million", "millions", "m", "mn", "mio", "mm", "000000", "1000000":
		return "", 1e6, ""
	case "billion", "billions", "bn", "1000000000":
		return "", 1e9, ""
	case "kjpy", "kyen":
		return honne.JPY, 1e3, ""
	case "mjpy", "myen":
		return honne.JPY, 1e6, ""
	case "in", "of", "currency:", "currency", "unit:", "unit", "the", ":", "1":
		return "", 1, ""
	case "pcs", "pc", "pieces", "units", "ea", "each":
		return "", 0, "pieces"
	case "box", "boxes":
		return "", 0, "boxes"
	case "set", "sets":
		return "", 0, "sets"
	case "kit", "kits":
		return "", 0, "kits"
	}
	return "", 0, ""
}
