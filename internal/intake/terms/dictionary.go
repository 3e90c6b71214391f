package terms

import (
	"slices"
	"strings"
	"unicode/utf8"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// EndsWith reports whether s ends with one of the words.
func EndsWith(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(s, w) })
}

// StartsWith reports whether s begins with one of the words.
func StartsWith(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// Every reports whether all of the names are so.
func Every(names []string, so func(string) bool) bool {
	return !slices.ContainsFunc(names, func(s string) bool { return !so(s) })
}

// Dictionary is a playbook's words, made ready to be looked up: as keys, by their
// first or last letters, and with what was looked up before.
type Dictionary struct {
	Book      *playbook.Playbook
	totals    map[string]honne.Exclusion // words for a total, and for a part of one
	endings   []string                   // words for a total at the end of a label: 大学病院 小計
	lastRunes []rune                     // with which a word for a total ends
	tails     map[[2]rune]bool           // the two last, 0 and the last of a short word
	noteRunes []rune                     // with which a note begins
	notes     map[rune][]string          // words that begin a note, by their first letter
	withheld  []string                   // that say that a name is not told: 非開示
	Site      []string                   // with which the name of a place of use ends: 病院
	Pending   []string                   // of a price that is not agreed: 仮単価
	pseudonym []string                   // before a number that stands for a name: 施設017
	areas     []string                   // behind a place, of customers by no name
	code      []string                   // with which the header of a code ends
	number    []string                   // that are the header of a number themselves: No
	region    []string                   // 関東, 西日本
	Place     []string                   // with which the name of a branch ends: 支店
	Parties   map[string]bool            // headers of names of parties: 得意先
	reversals map[string]bool            // 返品, 赤伝
	unsold    map[string]bool            // 貸出, 送料
	discounts map[string]bool            // 値引
	Moved     map[string]bool            // 入荷, 棚卸調整

	channels        map[string]bool // ways by which goods are sold, and other sorts of sale
	RecordStart     map[string]bool // over a mark in the first row of a record
	Own, Unsellable map[string]bool // kinds of stock: 自社; 預託, 不良品
	consigned       []string        // words for what lies with customers: 預託
	rivals          []string        // 競合他社
	Others, paid    map[string]bool // その他施設; 有償

	Wholes  []string // that may be the sum of all: 全国
	gauges  []string // with which a name ends in 計 and is no sum: 温度計
	figures []string // with which the name of a figure ends: 額
	Now     []string // before what is of the period itself: 当月

	headers map[string]headerSaid // that were looked up

	Asked    int32   // columns that asked when their words are
	blank    []Word  // for words to come
	Words    []*Word // of the columns of labels of the file that is read, as they came
	numbered []*Word // those that the file's format has numbered, by its number
}

// New readies the words of a playbook for the reading of one file.
func New(p *playbook.Playbook) *Dictionary {
	d := &Dictionary{Book: p, headers: map[string]headerSaid{}, totals: map[string]honne.Exclusion{}, Parties: map[string]bool{}, tails: map[[2]rune]bool{}, notes: map[rune][]string{}, withheld: keys(p.Words.Withheld),
		Site: p.Words.Site, Pending: keys(p.Words.Pending), pseudonym: keys(p.Words.Pseudonym), areas: keys(p.Words.Areas),
		code: keys(p.Words.Code), number: keys(p.Words.Number), region: keys(p.Words.Region), Place: keys(p.Words.Place), reversals: SetOf(p.Words.Reversal), Wholes: keys(p.Words.Whole), gauges: keys(p.Words.Gauge),
		figures: keys(p.Words.Measured), Now: keys(p.Words.Now)}
	d.channels, d.RecordStart = SetOf(append(slices.Clone(p.Words.Channels), p.Words.SaleSorts...)), SetOf(p.Words.RecordStart)
	d.Own, d.Unsellable = SetOf(p.Words.Own), SetOf(append(slices.Clone(p.Words.Unsold), p.Words.Unsellable...))
	d.Others, d.paid, d.consigned = SetOf(p.Words.Others), SetOf(p.Words.Paid), keys(p.Words.Consigned)
	d.unsold, d.discounts, d.Moved = SetOf(p.Words.Unsold), SetOf(p.Words.Discount), SetOf(p.Words.Moved)
	for _, c := range p.Columns {
		for _, w := range c.Exact {
			d.Parties[w] = d.Parties[w] || Names(c.Meaning) && c.Meaning != honne.MProductName
		}
		if c.Meaning == honne.MCompetitor {
			d.rivals = keys(c.Exact)
		}
	}
	d.addTotals(p.Words.Total, honne.TotalRow)
	d.addTotals(p.Words.Subtotal, honne.SubtotalRow)
	for _, k := range d.Wholes {
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

func (d *Dictionary) addTotals(words []string, of honne.Exclusion) {
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
func (d *Dictionary) addTail(key string) {
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

// HoldsAny reports whether one of the words stands in a text.
func HoldsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// Indents begin a name that stands below another: blanks, a point, a branch.
const Indents = " \u3000・└├"

// SetOf is a list of words as they are compared.
func SetOf(words []string) map[string]bool {
	out := map[string]bool{}
	for _, w := range words {
		out[japan.Key(w)] = true
	}
	return out
}
