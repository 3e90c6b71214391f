package terms

import (
	"slices"
	"strings"

	"honne/internal/intake/grid"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// Closed reports whether a text says that there was no figure, as nobody worked.
func (d *Dictionary) Closed(s string) bool {
	return len(s) <= 30 && slices.Contains(d.Book.Words.Closed, strings.Trim(japan.Trim(s), "()（）"))
}

// TurnsBack reports whether a text says that its row takes back another, alone or
// before what it says of that: 返品（不良）, 取消 7/3納品分. 返品 なし says the contrary.
func (d *Dictionary) TurnsBack(s string) bool {
	if s == "" || len(s) > 60 {
		return false
	}
	first, more := s, ""
	if i := strings.IndexAny(s, " 　(（[【:：、,/／"); i > 0 {
		first, more = s[:i], s[i:]
	}
	return d.reversals[japan.Key(s)] || more != "" && d.reversals[japan.Key(first)] && !HoldsAny(more, d.Book.Words.None)
}

// SaysUnsold reports whether a text is the name of something by which nothing is
// sold, or of what is deducted and no piece.
func (d *Dictionary) SaysUnsold(s string) (idle, discount bool) {
	if s == "" || len(s) > 60 {
		return false, false
	}
	key := japan.Key(japan.WithoutBrackets(s)) // 無償（サンプル）
	return d.unsold[key], d.discounts[key]
}

// Word is what is known of a text in a column of labels. Most texts stand in
// many rows: a column remembers the first of them.
//
// Every row asks for it, so that it is as large as a line of a cache, 64 bytes.
type Word struct {
	N        int32       // its place among those of its dictionary, from 1; 0 when it is not remembered
	apart    bool        // looks like a total or a note: its row must be judged
	Ditto    bool        // stands for the text above
	Part     bool        // its row is part of the one above: うち輸出
	Turns    bool        // its row takes back another: 返品, 赤伝
	judged   bool        // whether who is known
	Idle     bool        // by its row nothing is sold: 貸出, 無償
	Cut      bool        // as a product it is no piece: 値引
	heads    bool        // a header of parties: a row of three cells may name whose the rows below are
	Others   bool        // stock of that kind is not the distributor's to sell
	placed   bool        // whether its town was looked for
	branch   bool        // it names a branch or a region
	branched bool        // whether that was looked for
	Sum      SumWord     // how it may name a sum
	who      Identity    // what it gives away as a name, when it was judged
	Timed    int32       // the column that asked last when it is, by its place among those that did
	When     when.Moment // for that column
	Text     string      // without blanks around it
	rare     *rareWord
}

// rareWord is what few words say.
type rareWord struct {
	raw  string // as it stands in cells
	of   string // of what it may name a sum
	town string // as an address: of a party's Place
}

// more is what only this word says.
func (w *Word) more() *rareWord {
	if w.rare == nil {
		w.rare = &rareWord{raw: w.Text}
	}
	return w.rare
}

// Raw is the word as it stands in cells.
func (w *Word) Raw() string {
	if w.rare != nil {
		return w.rare.raw
	}
	return w.Text
}

// Of is what the word may name a sum of.
func (w *Word) Of() string {
	if w.rare != nil {
		return w.rare.of
	}
	return ""
}

// Place is the prefecture and municipality of an address. A town without either
// may stand in several places: 本町1-2.
func (w *Word) Place() string {
	if !w.placed {
		p := japan.ParsePlace(w.Text)
		if w.placed = true; p.Prefecture != 0 || strings.HasSuffix(p.City, "市") || strings.HasSuffix(p.City, "区") {
			w.more().town = p.String()
		}
	}
	if w.rare == nil {
		return ""
	}
	return w.rare.town
}

// String is the text, "" of no word.
func (w *Word) String() string {
	if w == nil {
		return ""
	}
	return w.Text
}

// What is remembered of a column of labels.
const (
	WordLimit  = 8192 // words
	WordLength = 200  // bytes of the longest
)

// Same returns the word of a text that the format has numbered.
func (d *Dictionary) Same(c *grid.Cell) *Word {
	for int(c.Same) >= len(d.numbered) {
		d.numbered = append(d.numbered, nil)
	}
	w := d.numbered[c.Same]
	if w == nil {
		w = d.Remember(c.Text)
		d.numbered[c.Same] = w
	}
	return w
}

// Remember makes the word of a text that was not met before, and numbers it.
func (d *Dictionary) Remember(s string) *Word {
	w := d.Word(s)
	d.Words = append(d.Words, w)
	w.N = int32(len(d.Words))
	return w
}

// Word says what is known of a text, without remembering it.
func (d *Dictionary) Word(s string) *Word {
	w := d.newWord()
	if w.Text = japan.Trim(s); w.Text != s {
		w.more().raw = s
	}
	if w.apart = d.Total(s) != "" || d.Note(s); !w.apart {
		of := ""
		if w.Sum, of = d.sumWord(s); of != "" {
			w.more().of = of
		}
		w.Part = d.saysPart(w.Text)
		w.apart = w.Sum != NoSum || w.Part
	}
	w.Ditto = d.Ditto(w.Text)
	w.Turns = d.TurnsBack(w.Text)
	if len(w.Text) <= 60 {
		key := japan.Key(japan.WithoutBrackets(w.Text)) // 無償（サンプル）
		w.Idle, w.Cut, w.Others = d.unsold[key], d.discounts[key], d.namesOthers(key)
		w.apart = w.apart || d.Moved[key]
	}
	w.apart = w.apart || w.Idle || w.Others || IsFormula(s) || d.SaysSoFar(s)
	w.heads = d.Parties[w.Text]
	return w
}

// newWord returns a word of its own. Those that come after each other lie side by side,
// as they are looked at.
func (d *Dictionary) newWord() *Word {
	if len(d.blank) == 0 {
		d.blank = make([]Word, 128)
	}
	w := &d.blank[0]
	d.blank = d.blank[1:]
	return w
}

// Tells reports whether a row with the word may be no ordinary record.
func (w *Word) Tells(r *grid.Row) bool { return w.apart || w.heads && len(r.Cells) == 3 }

// Ditto reports whether a text stands for the text above.
func (d *Dictionary) Ditto(s string) bool {
	return len(s) <= 24 && (slices.Contains(d.Book.Words.Ditto, japan.Trim(s)) || d.DittoLeft(japan.Trim(s)))
}

// DittoLeft reports whether a text stands for the name to its left.
func (d *Dictionary) DittoLeft(s string) bool { return slices.Contains(d.Book.Words.DittoLeft, s) }
