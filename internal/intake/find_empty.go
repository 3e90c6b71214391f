package intake

import (
	"slices"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
)

// A report of a month without sales has a header and no row. Where it says that there are
// none (合計 0, 該当なし), that is a line of 0; where it says nothing, nobody knows.

// empty is what a table without a row is.
type empty struct {
	is      bool
	noneAt  int32 // the row below the header that says that there is none, 0 where none does
	inWords bool  // it says so in words
	unknown bool  // the month is reported, and not what was sold
}

// openEmpty opens and closes the table of a header below which no row stands; what stands
// below those begins the next segment.
func (f *finder) openEmpty(rows []*outline.Profile) (bool, error) {
	o, none, end, ok := outline.Empty(rows, f.reader.words)
	if !ok || f.place() != nil || f.root != f {
		return false, nil
	}
	if err := f.openTable(rows[:end], o); err != nil {
		return true, err
	}
	err := f.open.takeNone(rows[o.Body:end], none)
	if err == nil {
		err = f.closeAt(nil)
	}
	f.buffer = append(f.buffer, rows[end:]...)
	return true, err
}

// takeNone takes the rows below the header of a table that has none.
func (t *table) takeNone(below []*outline.Profile, none *outline.Profile) error {
	t.empty.is = true
	if none != nil {
		t.empty.inWords = !outline.TotalRow(t.words, none)
	}
	if t.empty.inWords && t.Layout == honne.Crosstab {
		none = nil // of which of its months
	}
	for _, p := range filledRows(below) {
		if p != none {
			t.exclude(p.N, t.aside(p, false))
		}
	}
	if none == nil {
		return nil
	}
	t.empty.noneAt = none.N
	row := t.noneOf(none)
	t.add(row)
	return t.counter.reader.rows.add(t, row, false)
}

// noneOf is a row that says that there is none, without its words.
func (t *table) noneOf(p *outline.Profile) *grid.Row {
	r := &grid.Row{N: p.N}
	for i, c := range p.Cells {
		if f := t.fieldAt(c.Col); f != nil && f.measure && p.Classes[i] == outline.Number {
			r.Cells = append(r.Cells, c)
		}
	}
	return r
}

// concludeEmpty says of a table without a row what is known by it. A blank form beside
// reports of the file is one that nobody filled in yet, though it adds up to 0.
func (r *reader) concludeEmpty(t *table) {
	others := slices.ContainsFunc(r.tables, func(o *table) bool { return !o.empty.is && o.Kind != "" && (o.Kind == t.Kind || t.Kind == "") })
	came, said := r.file.Receipt, honne.Message{}
	_, month := t.Period.Bucket()
	severity := honne.SevWarning
	switch {
	case t.Kind == "" || !month:
		said = honne.Say("problem.empty-table")
	case t.empty.noneAt > 0 && (t.empty.inWords || !others) && !(came.Exact() && t.Period.To >= came.Day()):
		severity, said = honne.SevNote, honne.Say("problem.none-there", honne.Over("period", t.Period))
	case others:
		said = honne.Say("problem.empty-table")
	default:
		t.empty.unknown = true
		said = honne.Say("problem.empty-month", honne.Over("period", t.Period))
	}
	if others {
		severity = honne.SevNote
	}
	if said.ID != "problem.none-there" {
		t.stats.series = map[honne.Series]*seriesTally{}
	}
	if t.stats.rows == 0 {
		t.Body = t.Header
	}
	at := honne.Address{Sheet: t.Sheet, Range: t.Header}
	r.problems = append(r.problems, honne.Problem{At: at, Severity: severity, What: said})
}

// partsOfNothing makes the part of a report without a row that does not say that there is
// none: its month is reported, and holds no line.
func (r *reader) partsOfNothing() {
	for _, t := range r.tables {
		if t.empty.unknown && len(r.parts) == 0 {
			r.parts = append(r.parts, honne.Part{Series: t.Kind, Periods: []honne.Period{t.Period}, Tables: []int{t.index}, Currency: t.partCurrency(t.Kind)})
		}
	}
}
