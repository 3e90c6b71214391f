package terms

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"honne"
	"honne/internal/intake/when"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// Measures reports whether a text is the header of a measure.
func (d *Dictionary) Measures(header string) bool {
	m, sure := d.Lookup(header)
	_, _, figure := m.Measure()
	return sure > 0 && figure
}

// headerSaid is the meaning of a header text and how certain it is.
type headerSaid struct {
	meaning honne.Meaning
	sure    float64
}

// Certainties of a meaning, from the way in which its header was recognised: how
// often such a meaning was right, the lower end of the 95 % interval (Wilson).
// Measured in November 2026 on the headers of the corpus and on 321 headers of
// other systems before any of them was taken into the playbook.
const (
	SureHeader   = 0.98 // the whole header is known: 188 of 188
	PartHeader   = 0.89 // a part of it is: 112 of 118
	ByShape      = 0.71 // the values, or what stands around, say it: 37 of 44
	Threshold    = 0.6  // below it a meaning is unknown
	ShapeAgainst = 0.5  // the values do not look like the header's meaning
)

// Lookup returns the meaning of a header text and how certain it is. Texts below a
// header are asked for too, several times, to see that they are none.
func (d *Dictionary) Lookup(header string) (honne.Meaning, float64) {
	said, known := d.headers[header]
	if !known {
		said.meaning, said.sure = d.readHeader(header)
		if len(d.headers) < WordLimit && len(header) <= WordLength {
			d.headers[strings.Clone(header)] = said
		}
	}
	return said.meaning, said.sure
}

func (d *Dictionary) readHeader(header string) (honne.Meaning, float64) {
	if m, ok := d.Book.Exact[japan.Key(header)]; ok && header != "" {
		return m, SureHeader
	}
	bare := strings.TrimRight(strings.Trim(japan.WithoutBrackets(header), "←→⇐⇒◀▶─ "), ".:：。")
	if bare == "" || len(bare) > 90 {
		return honne.MeaningUnknown, 0
	}
	if of, sum, pivot := Pivoted(bare); pivot {
		if !sum {
			return honne.MeaningUnknown, SureHeader
		}
		return d.Lookup(of)
	}
	if m, sure := d.InBrackets(header, bare); sure > 0 {
		return m, sure
	}
	m, whole := d.Book.Column(bare)
	switch {
	case whole:
		return m, SureHeader
	case m != honne.MeaningUnknown && d.SaysCode(bare) && CodesOf[m] != "":
		return CodesOf[m], PartHeader
	case m != honne.MeaningUnknown && !((d.SaysCode(bare) || d.countsNothing(bare)) && neverCode(m)):
		return piecesOf(m, bare), PartHeader
	}
	if of, sure := d.besideTax(bare); sure > 0 {
		return of, sure
	}
	if of, sure := d.beforeUnit(bare); sure > 0 {
		return of, sure
	}
	if _, ok := UnitCounted(bare); ok {
		return honne.MQuantity, PartHeader
	}
	if of, sure := d.ofNow(bare); sure > 0 {
		return of, sure
	}
	if of, sure := d.ofRows(bare); sure > 0 {
		return of, sure
	}
	return d.inBoth(bare)
}

var taxBasis = regexp.MustCompile(`^税(?:抜き?|込み?|別)|税(?:抜き?|込み?|別)$`)

// besideTax is the meaning of money whose header begins or ends with its tax basis: 税込売上.
func (d *Dictionary) besideTax(header string) (honne.Meaning, float64) {
	rest := taxBasis.ReplaceAllString(header, "")
	if rest == "" || rest == header {
		return honne.MeaningUnknown, 0
	}
	m, sure := d.Lookup(rest)
	if _, amount, figure := m.Measure(); figure && amount || m == honne.MUnitPrice || m == honne.MListPrice {
		return m, sure
	}
	return honne.MeaningUnknown, 0
}

// beforeUnit is the meaning of a figure whose header ends with its unit: Amount JPY.
func (d *Dictionary) beforeUnit(header string) (honne.Meaning, float64) {
	rest, _, ok := japan.CutUnit(header)
	if !ok {
		return honne.MeaningUnknown, 0
	}
	m, sure := d.Lookup(rest)
	if _, _, figure := m.Measure(); figure || m == honne.MValue || m == honne.MUnitPrice || m == honne.MListPrice {
		return m, sure
	}
	return honne.MeaningUnknown, 0
}

// inBoth is the meaning of a header that says the same twice, in English and in
// Japanese: Amount 金額.
func (d *Dictionary) inBoth(header string) (honne.Meaning, float64) {
	var said [2]string
	for _, word := range strings.FieldsFunc(header, func(r rune) bool { return unicode.IsSpace(r) || r == '/' || r == '／' }) {
		i := 0
		if japan.IsJapanese(word) {
			i = 1
		}
		said[i] = strings.TrimSpace(said[i] + " " + word)
	}
	if said[0] == "" || said[1] == "" {
		return honne.MeaningUnknown, 0
	}
	english, _ := d.Lookup(said[0])
	if m, sure := d.Lookup(said[1]); sure > 0 && m == english {
		return m, PartHeader
	}
	return honne.MeaningUnknown, 0
}

// neverCode reports whether what has that meaning bears no code: 薬価基準収載コード is
// no price.
func neverCode(m honne.Meaning) bool {
	_, _, figure := m.Measure()
	return figure || m == honne.MUnitPrice || m == honne.MListPrice || m == honne.MDate || m == honne.MPeriod || m == honne.MRatio
}

// countsNothing reports whether a header ends with what is no figure: 仕入区分, 入庫倉庫.
func (d *Dictionary) countsNothing(header string) bool {
	key := japan.Key(header)
	return slices.ContainsFunc(d.Book.Words.NoFigure, func(w string) bool { return strings.HasSuffix(key, japan.Key(w)) })
}

// Unknown reports whether a text is no header that is known.
func (d *Dictionary) Unknown(s string) bool {
	_, sure := d.Lookup(s)
	return sure == 0
}

// SaysCode reports whether a header is that of a code: it ends so, or is a No.
func (d *Dictionary) SaysCode(header string) bool {
	key := japan.Key(header)
	for _, w := range d.code {
		if strings.HasSuffix(key, w) {
			return true
		}
	}
	return slices.Contains(d.number, key)
}

// AmountIn finds the multiple of the yen that a remark on amounts names: ※金額は千円.
var AmountIn = regexp.MustCompile(`^[※*注]*金額(?:は|[:：])[ 　]*(千|百万|万|億|円)`)

// IsUnitLabel reports whether a text is about units: 単位：千円, ※金額：千円.
func IsUnitLabel(s string) bool {
	return strings.Contains(s, "単位") || AmountIn.MatchString(japan.Trim(s)) || strings.HasPrefix(strings.ToLower(s), "unit:") || strings.HasPrefix(strings.ToLower(s), "unit：")
}

// SaysOf reports whether a text is a whole header of one of the meanings.
func (d *Dictionary) SaysOf(s string, of []honne.Meaning) bool {
	m, sure := d.Lookup(s)
	return sure >= SureHeader && slices.Contains(of, m)
}

// InBrackets is the meaning of a figure whose header says in brackets whether it is
// money or pieces (在庫（金額）, 計画（数量）), or of what it is: 売上（前年）, 数量（計画）,
// 金額（原価）.
func (d *Dictionary) InBrackets(header, bare string) (honne.Meaning, float64) {
	inside := when.BracketedText(header)
	for _, w := range d.Book.Words.Basis {
		inside = strings.TrimSuffix(inside, w)
	}
	if inside == "" {
		return honne.MeaningUnknown, 0
	}
	m, _ := d.Book.Column(bare)
	of, amount, figure := m.Measure()
	if !figure {
		return honne.MeaningUnknown, 0
	}
	said, known := d.Book.Exact[japan.Key(inside)]
	series, _, turns := said.Measure()
	if of == "" && d.Expects(inside) {
		series, turns = honne.Forecast, true
	}
	switch {
	case turns && series == "" && HoldsAny(strings.ToLower(inside), d.Book.Words.SaysFigure):
		return d.measureOf(bare, inside, of, said == honne.MAmount)
	case turns && series != "" && series != of && of != "", d.turnsAway(inside, of, said, known):
		return honne.MeaningUnknown, SureHeader
	case turns && series != "" && amount:
		return honne.AmountOf(series), PartHeader
	case turns && series != "":
		return honne.QuantityOf(series), PartHeader
	}
	return honne.MeaningUnknown, 0
}

// Expects reports whether a word says of a figure that it is only expected: 予定.
func (d *Dictionary) Expects(s string) bool {
	return slices.ContainsFunc(d.Book.Words.Expected, func(w string) bool { return japan.Key(w) == japan.Key(s) })
}

// piecesOf is the meaning of a header of which a part is known, where another part says
// that it counts pieces: 計画販売数量.
func piecesOf(m honne.Meaning, header string) honne.Meaning {
	of, amount, figure := m.Measure()
	if figure && (strings.HasSuffix(header, "比") || strings.HasSuffix(header, "率")) {
		return honne.MRatio // 数量前年比
	}
	if of != "" && amount && strings.Contains(header, "数") && !NamesMoney(header) {
		return honne.QuantityOf(of)
	}
	return m
}

// measureOf is the amount, or the quantity, of what stands before the brackets.
func (d *Dictionary) measureOf(bare, inside string, of honne.Series, amount bool) (honne.Meaning, float64) {
	whole, sure := d.Book.Column(bare + inside)
	switch _, _, figure := whole.Measure(); {
	case sure && figure:
		return whole, SureHeader
	case of == "" && amount:
		return honne.MAmount, PartHeader
	case of == "":
		return honne.MQuantity, PartHeader
	case amount:
		return honne.AmountOf(of), PartHeader
	}
	return honne.QuantityOf(of), PartHeader
}

// turnsAway reports whether what stands in brackets makes a figure another one that is
// not kept: 売上（前月）, 金額（原価）, 売上（前年比）, 数量（サンプル）. Of stock the end of the
// month is its own.
func (d *Dictionary) turnsAway(inside string, of honne.Series, said honne.Meaning, known bool) bool {
	words := d.Book.Words
	if _, unit := japan.UnitAlone(inside); unit || d.Version(inside) != 0 || HoldsAny(inside, words.Superseded) || HoldsAny(inside, words.Revised) {
		return false // another version of the same figure
	}
	key := japan.Key(inside)
	return known && (said == honne.MRatio || said == honne.MCompetitor || said == honne.MUnitPrice) || d.unsold[key] || known && said == honne.MeaningUnknown && of != honne.Stock || d.OtherFigure(key)
}

// OtherFigure reports whether a part of a word makes a figure one that is not kept.
func (d *Dictionary) OtherFigure(key string) bool {
	return slices.ContainsFunc(d.Book.Parts, func(p playbook.Part) bool {
		return p.Meaning == honne.MeaningUnknown && strings.Contains(key, p.Key)
	})
}

// WhenMeaning reports whether a column of the meaning says when.
func WhenMeaning(m honne.Meaning) bool { return m == honne.MPeriod || m == honne.MDate }

// CodesOf are the codes of what has a name.
var CodesOf = map[honne.Meaning]honne.Meaning{honne.MProductName: honne.MProductCode, honne.MCustomerName: honne.MCustomerCode,
	honne.MEndUserName: honne.MEndUserCode, honne.MShipToName: honne.MShipToCode, honne.MBillToName: honne.MBillToCode}

// Groups reports whether the meaning puts rows into groups, by name or by a short
// code.
func Groups(m honne.Meaning) bool {
	switch m {
	case honne.MRegion, honne.MBranch, honne.MProductLine, honne.MDepartment, honne.MPerson, honne.MEndUserType, honne.MRep:
		return true
	}
	return false
}

// Numbers reports whether the meaning is the code of something that has a name.
func Numbers(m honne.Meaning) bool { return strings.HasSuffix(string(m), "_code") }

// Names reports whether the meaning is a name; digits are none.
func Names(m honne.Meaning) bool { return strings.HasSuffix(string(m), "_name") }

var yearMonth = regexp.MustCompile(`^fy[0-9]{2,4}[./-][0-9]{1,2}$`)

// Measured reports whether a header ends as the name of a figure does, or is a month
// whose year nothing explains (FY25.4).
func (d *Dictionary) Measured(s string) bool {
	key := japan.Key(japan.WithoutBrackets(s))
	return EndsWith(key, d.figures) || yearMonth.MatchString(key)
}

// ofNow is the meaning of a figure of the period itself, by its name without the
// word for that: 当月売上額, 今月実績.
func (d *Dictionary) ofNow(header string) (honne.Meaning, float64) {
	key := japan.Key(header)
	for _, w := range d.Now {
		rest, ok := strings.CutPrefix(key, w)
		if !ok || rest == "" {
			continue
		}
		m, whole := d.Book.Column(rest)
		if _, _, figure := m.Measure(); whole && figure {
			return m, SureHeader
		}
	}
	return honne.MeaningUnknown, 0
}

var backslashes = strings.NewReplacer("＼", "\\", "／", "\\", "/", "\\")

// ofRows is the meaning of the names in a corner that says also what stands across:
// 製品＼月.
func (d *Dictionary) ofRows(header string) (honne.Meaning, float64) {
	rows, across, ok := strings.Cut(backslashes.Replace(header), "\\")
	if !ok {
		return honne.MeaningUnknown, 0
	}
	if m, sure := d.Book.Column(japan.Trim(across)); !sure || !WhenMeaning(m) {
		return honne.MeaningUnknown, 0
	}
	if m, sure := d.Book.Column(japan.Trim(rows)); sure && Names(m) {
		return m, PartHeader
	}
	return honne.MeaningUnknown, 0
}

// Ratio reports whether a text below years names what compares them: 前年比.
func (d *Dictionary) Ratio(s string) bool {
	m, _ := d.Lookup(s)
	return m == honne.MRatio
}

// NamesMoney reports whether a word says that it means money.
func NamesMoney(word string) bool {
	lower := strings.ToLower(word)
	return strings.ContainsAny(lower, "額高円価") || HoldsAny(lower, []string{"amount", "value", "revenue", "price"})
}

// ActualOrNot reports whether a text names both what was and what is expected:
// 実績・見込.
func (d *Dictionary) ActualOrNot(s string) bool {
	kinds := map[honne.Series]bool{}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("・/／,、&＆+＋（）() ", r) }) {
		kinds[d.Book.Kind(w)] = true
	}
	return kinds[honne.Sales] && kinds[honne.Forecast] && len(kinds) == 2
}

var slashes = strings.NewReplacer("／", "/", "：", "/", ":", "/")

// Pivoted takes off a header what a pivot table puts before the name of its
// figures: 合計 / 金額. Only sums are figures; an average or a count of rows is none.
func Pivoted(s string) (of string, sum, ok bool) {
	before, of, ok := strings.Cut(slashes.Replace(s), "/")
	if of = japan.Trim(of); !ok || of == "" {
		return "", false, false
	}
	switch japan.Trim(before) {
	case "合計":
		return of, true, true
	case "個数", "データの個数", "数値の個数", "平均", "最大", "最小", "最大値", "最小値", "積":
		return of, false, true
	}
	return "", false, false
}

// UnitCounted is the unit of what is sold that a header counts: ㎏数, カートン数. Of
// people, cases, lots and visits nothing is sold.
func UnitCounted(header string) (honne.Unit, bool) {
	name, ok := strings.CutSuffix(japan.Trim(japan.WithoutBrackets(header)), "数")
	if !ok || name == "" {
		return honne.Unit{}, false
	}
	u, ok := japan.UnitAlone(name)
	return u, ok && u.Currency == "" && !slices.Contains([]string{"人", "名", "件", "回", "床", "施設", "人日", "人月", "点", "ロット", "%"}, u.Name)
}
