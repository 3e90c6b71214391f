package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// dictionary is a playbook's words, made ready to be looked up: as keys, by their
// first or last letters, and with what was looked up before.
type dictionary struct {
	book      *playbook.Playbook
	totals    map[string]honne.Exclusion
	endings   []string         // words for a total at the end of a label: 大学病院 小計
	lastRunes []rune           // with which a word for a total ends
	tails     map[[2]rune]bool // the two last, 0 and the last of a short word
	noteRunes []rune           // with which a note begins
	notes     map[rune][]string
	withheld  []string
	site      []string
	pending   []string
	pseudonym []string
	areas     []string // behind a place, of customers by no name
	code      []string
	number    []string
	region    []string
	place     []string
	parties   map[string]bool // headers of names of parties: 得意先
	reversals map[string]bool // 返品, 赤伝
	unsold    map[string]bool // 貸出, 送料
	discounts map[string]bool // 値引
	moved     map[string]bool // 入荷, 棚卸調整

	channels        map[string]bool // ways by which goods are sold, and other sorts of sale
	recordStart     map[string]bool // over a mark in the first row of a record
	own, unsellable map[string]bool // kinds of stock: 自社; 預託, 不良品
	consigned       []string        // words for what lies with customers: 預託
	rivals          []string        // 競合他社
	others, paid    map[string]bool // その他施設; 有償

	wholes  []string // that may be the sum of all: 全国
	gauges  []string // with which a name ends in 計 and is no sum: 温度計
	figures []string // with which the name of a figure ends: 額
	now     []string // before what is of the period itself: 当月

	headers map[string]headerSaid // that were looked up

	asked    int32   // columns that asked when their words are
	blank    []word  // for words to come
	words    []*word // of the columns of labels of the file that is read, as they came
	numbered []*word // those that the file's format has numbered, by its number
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
	sureHeader   = 0.98 // the whole header is known: 188 of 188
	partHeader   = 0.89 // a part of it is: 112 of 118
	byShape      = 0.71 // the values, or what stands around, say it: 37 of 44
	threshold    = 0.6
	shapeAgainst = 0.5 // the values do not look like the header's meaning
)

func newDictionary(p *playbook.Playbook) *dictionary {
	d := &dictionary{book: p, headers: map[string]headerSaid{}, totals: map[string]honne.Exclusion{}, parties: map[string]bool{}, tails: map[[2]rune]bool{}, notes: map[rune][]string{}, withheld: keys(p.Words.Withheld),
		site: p.Words.Site, pending: keys(p.Words.Pending), pseudonym: keys(p.Words.Pseudonym), areas: keys(p.Words.Areas),
		code: keys(p.Words.Code), number: keys(p.Words.Number), region: keys(p.Words.Region), place: keys(p.Words.Place), reversals: setOf(p.Words.Reversal), wholes: keys(p.Words.Whole), gauges: keys(p.Words.Gauge),
		figures: keys(p.Words.Measured), now: keys(p.Words.Now)}
	d.channels, d.recordStart = setOf(append(slices.Clone(p.Words.Channels), p.Words.SaleSorts...)), setOf(p.Words.RecordStart)
	d.own, d.unsellable = setOf(p.Words.Own), setOf(append(slices.Clone(p.Words.Unsold), p.Words.Unsellable...))
	d.others, d.paid, d.consigned = setOf(p.Words.Others), setOf(p.Words.Paid), keys(p.Words.Consigned)
	d.unsold, d.discounts, d.moved = setOf(p.Words.Unsold), setOf(p.Words.Discount), setOf(p.Words.Moved)
	for _, c := range p.Columns {
		for _, w := range c.Exact {
			d.parties[w] = d.parties[w] || names(c.Meaning) && c.Meaning != honne.MProductName
		}
		if c.Meaning == honne.MCompetitor {
			d.rivals = keys(c.Exact)
		}
	}
	d.addTotals(p.Words.Total, honne.TotalRow)
	d.addTotals(p.Words.Subtotal, honne.SubtotalRow)
	for _, k := range d.wholes {
		d.addTail(k)
	}
	for _, w := range p.Words.Note {
		first, _ := utf8.DecodeRuneInString(w)
		d.noteRunes = append(d.noteRunes, first)
		d.notes[first] = append(d.notes[first], w)
	}
	d.noteRunes = distinct(d.noteRunes)
	d.lastRunes = distinct(d.lastRunes)
	return d
}

func (d *dictionary) addTotals(words []string, of honne.Exclusion) {
	for _, w := range words {
		k := japan.Key(w)
		d.totals[k] = of
		d.addTail(k)
		if len([]rune(k)) >= 2 {
			d.endings = append(d.endings, k)
		}
	}
}

// addTail has labels looked at that end as a word does.
func (d *dictionary) addTail(key string) {
	rest, last := cutLetter(key)
	_, before := cutLetter(rest)
	d.lastRunes = append(d.lastRunes, last)
	d.tails[[2]rune{before, last}] = true
}

func distinct(list []rune) []rune {
	slices.Sort(list)
	return slices.Compact(list)
}

func keys(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = japan.Key(w)
	}
	return out
}

// lookup returns the meaning of a header text and how certain it is. Texts below a
// header are asked for too, several times, to see that they are none.
func (d *dictionary) lookup(header string) (honne.Meaning, float64) {
	said, known := d.headers[header]
	if !known {
		said.meaning, said.sure = d.readHeader(header)
		if len(d.headers) < wordLimit && len(header) <= wordLength {
			d.headers[strings.Clone(header)] = said
		}
	}
	return said.meaning, said.sure
}

func (d *dictionary) readHeader(header string) (honne.Meaning, float64) {
	if m, ok := d.book.Exact[japan.Key(header)]; ok && header != "" {
		return m, sureHeader
	}
	bare := strings.TrimRight(strings.Trim(japan.WithoutBrackets(header), "←→⇐⇒◀▶─ "), ".:：。")
	if bare == "" || len(bare) > 90 {
		return honne.MeaningUnknown, 0
	}
	if of, sum, pivot := pivoted(bare); pivot {
		if !sum {
			return honne.MeaningUnknown, sureHeader
		}
		return d.lookup(of)
	}
	if m, sure := d.inBrackets(header, bare); sure > 0 {
		return m, sure
	}
	m, whole := d.book.Column(bare)
	switch {
	case whole:
		return m, sureHeader
	case m != honne.MeaningUnknown && d.saysCode(bare) && codesOf[m] != "":
		return codesOf[m], partHeader
	case m != honne.MeaningUnknown && !(d.saysCode(bare) && neverCode(m)):
		return piecesOf(m, bare), partHeader
	}
	if of, sure := d.beforeUnit(bare); sure > 0 {
		return of, sure
	}
	if _, ok := unitCounted(bare); ok {
		return honne.MQuantity, partHeader
	}
	if of, sure := d.ofNow(bare); sure > 0 {
		return of, sure
	}
	if of, sure := d.ofRows(bare); sure > 0 {
		return of, sure
	}
	return d.inBoth(bare)
}

// beforeUnit is the meaning of a figure whose header ends with its unit: Amount JPY.
func (d *dictionary) beforeUnit(header string) (honne.Meaning, float64) {
	rest, _, ok := japan.CutUnit(header)
	if !ok {
		return honne.MeaningUnknown, 0
	}
	m, sure := d.lookup(rest)
	if _, _, figure := m.Measure(); figure || m == honne.MValue || m == honne.MUnitPrice || m == honne.MListPrice {
		return m, sure
	}
	return honne.MeaningUnknown, 0
}

// inBoth is the meaning of a header that says the same twice, in English and in
// Japanese: Amount 金額.
func (d *dictionary) inBoth(header string) (honne.Meaning, float64) {
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
	english, _ := d.lookup(said[0])
	if m, sure := d.lookup(said[1]); sure > 0 && m == english {
		return m, partHeader
	}
	return honne.MeaningUnknown, 0
}

// neverCode reports whether what has that meaning bears no code: 薬価基準収載コード is
// no price.
func neverCode(m honne.Meaning) bool {
	_, _, figure := m.Measure()
	return figure || m == honne.MUnitPrice || m == honne.MListPrice || m == honne.MDate || m == honne.MPeriod || m == honne.MRatio
}

// unknown reports whether a text is no header that is known.
func (d *dictionary) unknown(s string) bool {
	_, sure := d.lookup(s)
	return sure == 0
}

// allHeaders reports whether every cell of a row is a header that is known.
func (d *dictionary) allHeaders(p *profile) bool {
	for i, c := range p.Cells {
		if _, sure := d.lookup(c.Text); sure == 0 || p.class[i] != text {
			return false
		}
	}
	return len(p.Cells) >= 2
}

// total says of what a label is, a total or a subtotal, "" for neither: one of the words
// alone, in brackets or with brackets behind it (合計（税抜）), at the end of a short
// label, or a 計 that stands apart (A病院 計).
func (d *dictionary) total(s string) honne.Exclusion {
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

// totalRow reports whether a text of the row is a total's label and the row has
// figures.
func (d *dictionary) totalRow(p *profile) bool {
	for i, c := range p.Cells {
		if p.class[i] == text && d.total(c.Text) != "" {
			return slices.Contains(p.class, number)
		}
	}
	return false
}

// totalBrackets may stand around a word for a total.
const totalBrackets = "()[]<>【】《》≪≫＜＞（）◆■●*-"

// mayTotal is a quick look at the last two letters, or at a 計 or a bracket that
// may follow the word; nearly every label ends in two that no word for a total ends in.
func (d *dictionary) mayTotal(s string) bool {
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

// note reports whether a text begins as notes do.
func (d *dictionary) note(s string) bool {
	s = japan.Trim(s)
	first, _ := utf8.DecodeRuneInString(s)
	return slices.Contains(d.noteRunes, first) && startsWith(s, d.notes[first])
}

// holdsTotal reports whether a word for a total stands anywhere in the text.
func (d *dictionary) holdsTotal(s string) bool {
	k := japan.Key(s)
	for _, e := range d.endings {
		if strings.Contains(k, e) {
			return true
		}
	}
	return false
}

// saysCode reports whether a header is that of a code: it ends so, or is a No.
func (d *dictionary) saysCode(header string) bool {
	key := japan.Key(header)
	for _, w := range d.code {
		if strings.HasSuffix(key, w) {
			return true
		}
	}
	return slices.Contains(d.number, key)
}

// holdsAny reports whether one of the words stands in a text.
func holdsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

var amountIn = regexp.MustCompile(`^[※*注]*金額(?:は|[:：])[ 　]*(千|百万|万|億|円)`)

// isUnitLabel reports whether a text is about units: 単位：千円, ※金額：千円.
func isUnitLabel(s string) bool {
	return strings.Contains(s, "単位") || amountIn.MatchString(japan.Trim(s)) || strings.HasPrefix(strings.ToLower(s), "unit:") || strings.HasPrefix(strings.ToLower(s), "unit：")
}
