package intake

import (
	"context"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// listLimit bounds the rows of lists that a file may give; a longer one is said.
const listLimit = 20_000

// nameListed gives the columns of a list their meanings: by the headers of its
// topic, which may mean something else in a report; what a person said stays.
func (t *table) nameListed() {
	for i := range t.Columns {
		c, f := &t.Columns[i], &t.fields[i]
		if !c.Said && !c.Remembered {
			if m := t.book.Lists.Column(t.Topic, japan.WithoutBrackets(strings.Join(f.path, ""))); m != "" {
				c.Meaning, c.Confidence = m, terms.SureHeader
			}
		}
		if c.Meaning == honne.MDate && !f.label {
			f.label, c.Label = true, true // 20250603
			if f.shape != nil && f.shape.Figure {
				f.shape.Figure, f.shape.Mode = false, outline.When
				t.figures--
			}
		}
	}
}

// list goes through the rows of the lists that give no figures, and keeps what
// becomes an entry once the file is accepted.
func (r *reader) list(ctx context.Context) ([]honne.Listed, error) {
	listers := make([]*lister, len(r.tables))
	any := false
	for i, t := range r.tables {
		if listers[i] = newLister(r, t); listers[i] != nil {
			any = true
		}
	}
	if !any {
		return nil, nil
	}
	n, cut := 0, false
	err := r.rows.each(ctx, r.tables, true, func(t *table, row *grid.Row) bool {
		l := listers[t.index]
		if l == nil {
			return true
		}
		if cut = n == listLimit; cut {
			return false
		}
		l.row(row)
		n++
		return true
	})
	var out []honne.Listed
	for _, l := range listers {
		if l == nil {
			continue
		}
		if cut {
			l.lost++
			l.problem(honne.SevWarning, l.table.Body, "", honne.Say("problem.list-long", honne.Count("n", listLimit)))
		}
		out = append(out, l.close()...)
	}
	return out, err
}

// lister reads the rows of one list.
type lister struct {
	table  *table
	reader *reader
	take   func(*lister, *grid.Row)
	labels map[honne.Meaning]*label      // the first column of each meaning
	cells  map[honne.Meaning]*terms.Word // of the row that is read
	day    honne.Date                    // of the row above
	out    []honne.Listed
	same   map[honne.Entered]int // how often something stands in the list
	kinds  map[string]honne.ActivityKind
	odd    map[string]oddWord // words that are no kind, by what they say
	noted  bool               // the note is of what was done, and may be the word of a kind
	lost   int                // rows of which not all is taken: the list is not whole without them
	twice  int
	untold int // activities whose kind no cell says
	undone int
	blind  int // rows without a function that is known
}

type oddWord struct {
	at honne.Range
	n  int
}

// newLister returns the reader of a list that gives entries, nil for any other
// table.
func newLister(r *reader, t *table) *lister {
	l := &lister{table: t, reader: r, labels: map[honne.Meaning]*label{}, cells: map[honne.Meaning]*terms.Word{}, same: map[honne.Entered]int{},
		kinds: map[string]honne.ActivityKind{}, odd: map[string]oddWord{}}
	switch {
	case t.Kind != "" || t.Unused:
		return nil
	case t.Topic == honne.Activity && l.titled(t.book.Lists.Planned):
		l.problem(honne.SevNote, t.Header, "", honne.Say("problem.list-planned"))
		return nil
	case t.Topic == honne.Activity && t.has(honne.MDate):
		l.take = (*lister).activity
	case t.Topic == honne.Contacts && t.ofCustomers():
		l.problem(honne.SevNote, t.Header, "", honne.Say("problem.list-people"))
		return nil
	case t.Topic == honne.Contacts && t.has(honne.MFunction):
		l.take = (*lister).contact
	case (t.Topic == honne.PriceList || t.Topic == honne.ProductList) && r.file.From == honne.Ours && (t.has(honne.MProductCode) || t.has(honne.MProductName)):
		l.take = (*lister).article
	default:
		return nil
	}
	for i := range t.fields {
		if m := t.Columns[i].Meaning; l.labels[m] == nil {
			l.labels[m] = &label{field: &t.fields[i], carried: slices.Contains(t.carry, i)}
		}
	}
	l.noteOfKinds()
	return l
}

// noteOfKinds takes the column of what was done for that of the kinds where no other
// is: 活動内容. What it says beyond the word of a kind is no kind.
func (l *lister) noteOfKinds() {
	if l.table.Topic != honne.Activity || l.labels[honne.MActivityKind] != nil {
		return
	}
	for i := range l.table.fields {
		f := &l.table.fields[i]
		if l.table.Columns[i].Meaning == honne.MNote && l.table.book.Lists.OfWhatWasDone(japan.WithoutBrackets(strings.Join(f.path, ""))) {
			l.labels[honne.MNote] = &label{field: f, carried: slices.Contains(l.table.carry, i)}
			l.noted = true
			return
		}
	}
}

// ofCustomers reports whether the people of a list are those of customers: of
// them nothing is kept (domain 2.9).
func (t *table) ofCustomers() bool {
	return t.has(honne.MCustomerName) || t.has(honne.MCustomerCode) || t.has(honne.MEndUserName) || t.has(honne.MEndUserCode) || t.has(honne.MShipToName)
}

func (l *lister) row(r *grid.Row) {
	for m, k := range l.labels {
		l.cells[m] = k.word(l.table.words, r)
	}
	l.take(l, r)
}

// says is the text of the row in the column of a meaning; "" where it is blank or
// withheld, which is no value.
func (l *lister) says(m honne.Meaning) string {
	w := l.cells[m]
	if w == nil || japan.Masked(w.Text) {
		return ""
	}
	return w.Text
}

// named is the name in a column; "" where it is withheld.
func (l *lister) named(m honne.Meaning) string {
	s := l.says(m)
	if s == "" || l.table.words.Identity(l.cells[m]).Disclosure == honne.Withheld {
		return ""
	}
	return s
}

// at is the cell of a meaning in a row.
func (l *lister) at(r *grid.Row, m honne.Meaning) honne.Range {
	c := honne.Cell{Row: r.N, Col: l.labels[m].field.col}
	return honne.Range{From: c, To: c}
}

// add keeps what a row says, with its cells. What nothing tells apart is kept
// once, or counted where it names nobody.
func (l *lister) add(r *grid.Row, body honne.Entered, nameless bool) {
	nth := l.same[body]
	l.same[body]++
	if nth > 0 && !nameless {
		l.twice++
		return
	}
	at := honne.Range{From: honne.Cell{Row: r.N, Col: r.Cells[0].Col}, To: honne.Cell{Row: r.N, Col: r.Cells[len(r.Cells)-1].Col}}
	l.out = append(l.out, honne.Listed{At: honne.Address{Sheet: l.table.Sheet, Range: at}, Body: body, Nth: nth})
}

func (l *lister) problem(s honne.Severity, at honne.Range, raw string, m honne.Message) {
	l.reader.problems = append(l.reader.problems, honne.Problem{At: honne.Address{Sheet: l.table.Sheet, Range: at}, Severity: s, Raw: raw, What: m})
}

// close says what was made of the list, and returns it.
func (l *lister) close() []honne.Listed {
	t := l.table
	t.Listed = len(l.out)
	if t.Topic == honne.Activity {
		l.told()
		l.covers()
		l.count("problem.list-twice", l.twice)
	}
	l.count("problem.list-undone", l.undone)
	l.count("problem.list-function", l.blind)
	if t.Listed > 0 {
		l.problem(honne.SevNote, t.Body, "", honne.Say("problem.listed", honne.Count("n", t.Listed), honne.Word("what", "listed."+string(t.Topic))))
	}
	return l.out
}

// count says of how many rows something is so.
func (l *lister) count(id string, n int) {
	if n > 0 {
		l.problem(honne.SevNote, l.table.Body, "", honne.Say(id, honne.Count("n", n)))
	}
}

// listSeen is a cell of a list as it is taken, where that is another than its
// text: a day, a kind of activity, a function, or something that is not kept.
func (t *table) listSeen(row int32, i int, c *grid.Cell) (honne.SeenCell, bool) {
	switch t.Columns[i].Meaning {
	case honne.MDate:
		m := t.moment(row, c)
		if m.Day == 0 {
			m = when.ShortMoment(c.Text, t.Period)
		}
		return periodSeen(m, c), m.Day != 0
	case honne.MActivityKind:
		return honne.SeenCell{Word: "activity." + string(t.kindNamed(i, japan.Trim(c.Text))), Changed: true}, japan.Trim(c.Text) != ""
	case honne.MFunction:
		f := t.book.Lists.Function(c.Text)
		return honne.SeenCell{Word: "function." + string(f), Changed: true}, f != ""
	case honne.MPerson, honne.MReach:
		return honne.SeenCell{Word: "seen.not-kept", Changed: true}, japan.Trim(c.Text) != ""
	}
	return honne.SeenCell{}, false
}

// kindNamed is the kind of activity that a text in a column names, else the one
// that the header of the column names: 訪問目的.
func (t *table) kindNamed(i int, said string) honne.ActivityKind {
	if kind := t.book.Lists.Activity(said); kind != honne.ActivityUnknown {
		return kind
	}
	return t.book.Lists.Activity(strings.Join(t.fields[i].path, " "))
}
