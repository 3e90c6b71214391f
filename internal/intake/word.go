package intake

import (
	"slices"
	"strings"
	"unicode/utf8"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// word is what is known of a text in a column of labels. Most texts stand in
// many rows: a column remembers the first of them.
//
// Every row asks for it, so that it is as large as a line of a cache, 64 bytes.
type word struct {
	n        int32    // its place among those of its dictionary, from 1; 0 when it is not remembered
	apart    bool     // looks like a total or a note: its row must be judged
	ditto    bool     // stands for the text above
	part     bool     // its row is part of the one above: うち輸出
	turns    bool     // its row takes back another: 返品, 赤伝
	judged   bool     // whether who is known
	idle     bool     // by its row nothing is sold: 貸出, 無償
	cut      bool     // as a product it is no piece: 値引
	heads    bool     // a header of parties: a row of three cells may name whose the rows below are
	others   bool     // stock of that kind is not the distributor's to sell
	placed   bool     // whether its town was looked for
	branch   bool     // it names a branch or a region
	branched bool     // whether that was looked for
	sum      sumWord  // how it may name a sum
	who      identity // what it gives away as a name, when it was judged
	timed    int32    // the column that asked last when it is, by its place among those that did
	when     moment   // for that column
	text     string   // without blanks around it
	rare     *rareWord
}

// rareWord is what few words say.
type rareWord struct {
	raw  string // as it stands in cells
	of   string // of what it may name a sum
	town string // as an address: of a party's Place
}

// more is what only this word says.
func (w *word) more() *rareWord {
	if w.rare == nil {
		w.rare = &rareWord{raw: w.text}
	}
	return w.rare
}

// raw is the word as it stands in cells.
func (w *word) raw() string {
	if w.rare != nil {
		return w.rare.raw
	}
	return w.text
}

// of is what the word may name a sum of.
func (w *word) of() string {
	if w.rare != nil {
		return w.rare.of
	}
	return ""
}

// place is the prefecture and municipality of an address. A town without either
// may stand in several places: 本町1-2.
func (w *word) place() string {
	if !w.placed {
		p := japan.ParsePlace(w.text)
		if w.placed = true; p.Prefecture != 0 || strings.HasSuffix(p.City, "市") || strings.HasSuffix(p.City, "区") {
			w.more().town = p.String()
		}
	}
	if w.rare == nil {
		return ""
	}
	return w.rare.town
}

// string is the text, "" of no word.
func (w *word) string() string {
	if w == nil {
		return ""
	}
	return w.text
}

const (
	wordLimit  = 8192 // words remembered of a column
	wordLength = 200  // bytes of the longest
)

// word returns what is known of the column's cell c in a row.
func (f *field) word(d *dictionary, row int32, c *grid.Cell) *word {
	if f.saidIn == row {
		return f.said
	}
	f.saidIn = row
	if f.said != nil && f.said.text != "" {
		f.before = f.said
	}
	if c.Same > 0 {
		f.said = d.same(c)
		return f.said
	}
	w := f.words[c.Text]
	if w == nil {
		w = f.learn(d, c.Text)
	}
	f.said = w
	return w
}

// learn returns a word that the column has not seen, and remembers it unless it
// knows too many.
func (f *field) learn(d *dictionary, s string) *word {
	if len(f.words) >= wordLimit || len(s) > wordLength {
		return d.word(s)
	}
	if f.words == nil {
		f.words = map[string]*word{}
	}
	w := d.remember(strings.Clone(s)) // a cell keeps its whole row
	f.words[w.raw()] = w
	return w
}

// same returns the word of a text that the format has numbered.
func (d *dictionary) same(c *grid.Cell) *word {
	for int(c.Same) >= len(d.numbered) {
		d.numbered = append(d.numbered, nil)
	}
	w := d.numbered[c.Same]
	if w == nil {
		w = d.remember(c.Text)
		d.numbered[c.Same] = w
	}
	return w
}

func (d *dictionary) remember(s string) *word {
	w := d.word(s)
	d.words = append(d.words, w)
	w.n = int32(len(d.words))
	return w
}

func (d *dictionary) word(s string) *word {
	w := d.newWord()
	if w.text = japan.Trim(s); w.text != s {
		w.more().raw = s
	}
	if w.apart = d.total(s) != "" || d.note(s); !w.apart {
		of := ""
		if w.sum, of = d.sumWord(s); of != "" {
			w.more().of = of
		}
		w.part = d.saysPart(w.text)
		w.apart = w.sum != noSum || w.part
	}
	w.ditto = d.ditto(w.text)
	w.turns = d.turnsBack(w.text)
	if len(w.text) <= 60 {
		key := japan.Key(japan.WithoutBrackets(w.text)) // 無償（サンプル）
		w.idle, w.cut, w.others = d.unsold[key], d.discounts[key], d.namesOthers(key)
		w.apart = w.apart || d.moved[key]
	}
	w.apart = w.apart || w.idle || w.others || isFormula(s) || d.saysSoFar(s)
	w.heads = d.parties[w.text]
	return w
}

// newWord returns a word of its own. Those that come after each other lie side by side,
// as they are looked at.
func (d *dictionary) newWord() *word {
	if len(d.blank) == 0 {
		d.blank = make([]word, 128)
	}
	w := &d.blank[0]
	d.blank = d.blank[1:]
	return w
}

// tells reports whether a row with the word may be no ordinary record.
func (w *word) tells(r *grid.Row) bool { return w.apart || w.heads && len(r.Cells) == 3 }

// ditto reports whether a text stands for the text above.
func (d *dictionary) ditto(s string) bool {
	return len(s) <= 24 && (slices.Contains(d.book.Words.Ditto, japan.Trim(s)) || d.dittoLeft(japan.Trim(s)))
}

// dittoLeft reports whether a text stands for the name to its left.
func (d *dictionary) dittoLeft(s string) bool { return slices.Contains(d.book.Words.DittoLeft, s) }

// identity is what a name gives away of its party.
type identity struct {
	disclosure honne.Disclosure
	site       bool
	nameless   bool // a mark for no name
	direct     bool // that says that there is no dealer: (直)
}

// identity judges the word as a name, once.
func (d *dictionary) identity(w *word) identity {
	if !w.judged {
		w.who, w.judged = d.judgeName(w.text), true
	}
	return w.who
}

// judgeName judges a name: withheld, a pseudonym such as 施設017, or a name.
func (d *dictionary) judgeName(name string) identity {
	key := strings.Trim(japan.Key(name), "()[]<>*【】")
	if direct := slices.Contains(d.book.Words.Direct, key); direct || key == "" || japan.Masked(name) {
		return identity{nameless: true, direct: direct}
	}
	if d.others[key] || d.saysRest(key) {
		return identity{} // the rest of them, by no name
	}
	for _, w := range d.withheld {
		if strings.Contains(key, w) {
			return identity{}
		}
	}
	for _, p := range d.pseudonym {
		if rest, ok := strings.CutPrefix(key, p); ok && isSerial(rest) {
			return identity{disclosure: honne.Pseudonym}
		}
	}
	if bare := japan.WithoutHonorific(name); bare != name {
		key = strings.Trim(japan.Key(bare), "()[]<>*【】")
	}
	if who, ok := d.hidden(key); ok {
		return who
	}
	return identity{disclosure: honne.Named, site: japan.IsSite(name, d.site)}
}

// hidden judges a name that ends with a word for customers in general: a letter before it is
// a pseudonym (A病院), marks (○○病院), 某 or an area (東京エリアユーザー) are no name. A hospital
// may be called after its district (地区), which is no area of one.
func (d *dictionary) hidden(key string) (who identity, ok bool) {
	if d.ofArea(key) != "" {
		return identity{}, true
	}
	for _, p := range d.pseudonym {
		rest, ends := strings.CutSuffix(key, p)
		if !ends || rest == "" {
			continue
		}
		switch {
		case len(rest) == 1 && 'a' <= rest[0] && rest[0] <= 'z':
			return identity{disclosure: honne.Pseudonym, site: japan.IsSite(key, d.site)}, true
		case strings.Trim(rest, "○●◯△□×〇") == "", holdsAny(rest, d.book.Words.Somebody):
			return identity{}, true
		}
		if a := d.ofArea(rest); a != "" && !(slices.Contains(d.book.Words.Site, p) && slices.Contains(d.book.Words.Districts, a)) {
			return identity{}, true
		}
	}
	return identity{}, false
}

// ofArea is the word for an area that a name ends with, behind a place; "" for none.
func (d *dictionary) ofArea(key string) string {
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
func (d *dictionary) saysRest(key string) bool {
	for _, w := range d.book.Words.Rest {
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
