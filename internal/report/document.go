// Package report makes documents: what is to be read by a person away from the
// application, on a terminal, in a browser or on paper. A Document holds
// messages, figures with their units and the cells they come from; it has no
// language until a renderer says it.
//
// The package owns the order and shape of documents, one file each, and their
// renderers. It refuses to compute: every figure stands in the picture already,
// or is the plain difference of two that do. It opens nothing: the caller gives
// the function that opens evidence to ranges of files.
package report

import (
	"slices"

	"honne"
	"honne/internal/lang"
)

// Edition says for whom a document is.
type Edition string

// The editions. The one for our own side is marked on every page; the partner's
// holds only what an allow-list lets in, and not our product's name.
const (
	Internal Edition = "internal"
	Partner  Edition = "partner"
)

// Document is a document before it speaks a language.
type Document struct {
	Name    Name   // whom it is about, or whom it is for
	From    string // whose it is; "" where no reader needs to be told
	Title   honne.Message
	Edition Edition
	Day     honne.Date      // as known on, in files that bear a date; 0 for none
	Facts   []honne.Message // as known on, months covered: the lines under the name
	Blocks  []Block
	Sources []Source // the numbered notes: note n is Sources[n-1]
	Foot    []honne.Message
	Beside  bool // on paper and page English and Japanese stand side by side
	OnePage bool // set smaller on paper where it takes more than a page
}

// Name is a name in both languages; either may be "".
type Name struct{ EN, JA string }

// In returns the name in a language, and the other one where it differs.
func (n Name) In(l lang.Language) (first, second string) {
	first, second = n.EN, n.JA
	if l == lang.JA {
		first, second = n.JA, n.EN
	}
	switch first {
	case "":
		return second, ""
	case second:
		return first, ""
	}
	return first, second
}

// Source is a numbered note: ranges as FILE!SHEET!RANGE, the weightiest first,
// and the number of those not listed; or, in words, what has no address that the
// reader knows.
type Source struct {
	Ranges []string
	More   int
	Say    honne.Message
}

// short keeps the first ranges and counts the others.
func (s Source) short(most int) Source {
	if len(s.Ranges) > most {
		s.More += len(s.Ranges) - most
		s.Ranges = s.Ranges[:most]
	}
	return s
}

// Block is a part of a document, one of the types below.
type Block interface{ block() }

// Heading starts a section.
type Heading struct{ Say honne.Message }

// Statement is the one sentence of the document.
type Statement struct{ Say honne.Message }

// Strip is a row of key figures.
type Strip struct{ Items []Key }

// Key is one key figure, with lines that put it into proportion.
type Key struct {
	Label honne.Message
	Value *Figure // nil when unknown
	Notes []int
	Lines []Line
}

// Table is a table; a figure's unit stands once, in the head of its column.
type Table struct {
	Caption honne.Message
	Columns []Column
	Rows    []Row
}

// grouped reports whether rows of the table head others.
func (t Table) grouped() bool {
	return slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Group })
}

// Column is the head of a column.
type Column struct {
	Head  honne.Message
	Right bool      // a column of figures
	Unit  MoneyUnit // where its figures are money
}

// Row is a row of a table: a cell a column, the first one names the row, and
// what is to be said below it across the whole width.
type Row struct {
	Cells []Cell
	Under []Under
	Total bool
	Group bool // heads the rows below it
	Room  bool // to write in by hand
}

// Cell is a cell of a table: a line, or a level.
type Cell struct {
	Line  Line
	Level honne.Band
}

// List is a list of entries.
type List struct{ Entries []Entry }

// Entry is one entry of a list.
type Entry struct {
	Line   Line
	Under  []Under
	Inside bool // in a document of both sides, for our own side alone
}

// Under is what stands below a row or an entry: what it is, and its items.
type Under struct {
	Lead  honne.Message
	Items []Line
}

// Asks are questions, in the order in which they are asked.
type Asks struct{ List []Ask }

// Ask is one question, with the day in it, and the fact that it rests on.
type Ask struct {
	Line   Line
	By     honne.Date
	Fact   Line
	Inside []Line // for our own side alone
}

// Months is the chart of the months of a fiscal year; a table says the same.
type Months struct {
	Title, Desc honne.Message
	Unit        MoneyUnit
	Views       []honne.MonthView
}

// Scale is a chart of rows on a scale from 0 to 4; a table says the same.
type Scale struct {
	ID          string // unique in its document
	Title, Desc honne.Message
	Rows        []ScaleRow
}

// ScaleRow is a row of a Scale: a bar, or what is said, shown and meant. What is
// nil is unknown, and not drawn.
type ScaleRow struct {
	Name                    honne.Message
	Bar, Said, Shown, Meant *float64
	Gap                     *float64
	Wide                    bool // the gap is flagged
}

// Note is a remark.
type Note struct{ Line Line }

// Fold holds what is of less weight; a page shows its summary first.
type Fold struct {
	Summary honne.Message
	Blocks  []Block
}

func (Heading) block()   {}
func (Statement) block() {}
func (Strip) block()     {}
func (Table) block()     {}
func (List) block()      {}
func (Asks) block()      {}
func (Months) block()    {}
func (Scale) block()     {}
func (Note) block()      {}
func (Fold) block()      {}

// Line is a run of words and figures.
type Line []Piece

// Piece is words, a figure, or text as it stands in a file or a playbook, in one
// language or in both; with the numbers of the notes that say where it comes from.
type Piece struct {
	Say    honne.Message
	Figure *Figure
	Text   string
	Lang   lang.Language // of Text, "" when it is a name
	Both   honne.Both
	Tone   Tone
	Notes  []int
}

// Tone says whether a difference is favourable.
type Tone int8

// The tones.
const (
	Unfavourable Tone = iota - 1
	Neutral
	Favourable
)

// Figure is a number in its unit.
type Figure struct {
	Value  float64
	Unit   honne.ValueUnit
	Of     [2]int      // a ratio of few: 4 of 7
	Money  honne.Money // UnitMoney
	In     MoneyUnit   // money in a table: written without its unit
	Delta  bool        // money: written with its sign
	Digits int         // UnitIndex: decimals that are always written
}

// MoneyUnit is the unit of a column of money; the zero MoneyUnit is none.
type MoneyUnit struct {
	Currency honne.Currency
	Scale    lang.Scale
}

// words is a line of messages.
func words(list ...honne.Message) Line {
	line := make(Line, 0, len(list))
	for _, m := range list {
		if !m.IsZero() {
			line = append(line, Piece{Say: m})
		}
	}
	return line
}

// lines makes each message a line of its own.
func lines(list []honne.Message) []Line {
	out := make([]Line, len(list))
	for i, m := range list {
		out[i] = words(m)
	}
	return out
}

// entries makes each message an entry of a list.
func entries(list []honne.Message) []Entry {
	out := make([]Entry, len(list))
	for i, m := range list {
		out[i].Line = words(m)
	}
	return out
}
