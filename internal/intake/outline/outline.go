package outline

import (
	"slices"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/terms"
)

// Outline is where, among buffered rows, a table begins: the header rows
// rows[header:end] (none when equal) and the first data row rows[body]; between
// them stand blank rows and the names of what follows.
type Outline struct {
	Header int
	End    int
	Body   int
	Words  *terms.Dictionary
	Sample []*Profile // the first data rows
	Cols   []Shape    // of the sample, by column
	first  int32      // leftmost and rightmost column
	last   int32
}

// SampleRows is how many data rows tell what the columns hold.
const SampleRows = 40

const bareRows = 3 // numbers that may be the codes of a table below

// Find looks for the table in the rows of a segment. Rows are in order; blank
// ones are given too.
func Find(rows []*Profile, merges []honne.Range, words *terms.Dictionary) (Outline, bool) {
	markCounted(words, rows)
	o, ok := findFrom(rows, 0, merges, words)
	if !ok || len(o.Cols) > 2 && !o.bare() {
		return o, ok
	}
	// Two columns may be what stands beside 対象月 and 提出日 above a wider table,
	// a few rows of bare numbers the codes of its columns.
	next := o.Body + len(o.Sample)
	if o.Header < o.Body && (len(o.Sample) > 2 || o.headsFigures(rows[o.Header:o.Body])) {
		return o, true
	}
	if wider, ok := findFrom(rows, next, merges, words); ok && len(wider.Cols) > 2 && wider.Header < wider.Body {
		return wider, true
	}
	return o, true
}

// headsFigures reports whether the header rows name a known measure and, beside it,
// something else that is known: 得意先, 売上実績.
func (o *Outline) headsFigures(header []*Profile) bool {
	measure, other := false, false
	for _, p := range header {
		for _, c := range p.Cells {
			m, sure := o.Words.Lookup(c.Text)
			_, _, counts := m.Measure()
			measure = measure || sure > 0 && counts
			other = other || sure > 0 && !counts && m != honne.MeaningUnknown
		}
	}
	return measure && other
}

// bare reports whether the outline is no more than a few rows of numbers that
// nothing names.
func (o *Outline) bare() bool {
	named := func(s Shape) bool { return !s.Figure }
	return o.Header == o.Body && len(o.Sample) <= bareRows && !slices.ContainsFunc(o.Cols, named)
}

func findFrom(rows []*Profile, from int, merges []honne.Range, words *terms.Dictionary) (Outline, bool) {
	seed := findSeed(rows, from, words)
	if seed < 0 {
		return findTextTable(rows, from, words)
	}
	o := Outline{Body: seed, Words: words}
	o.Measure(rows)
	for o.Body < len(rows) && o.headerLike(rows[o.Body]) {
		o.Body++
	}
	if o.Body >= len(rows) {
		return Outline{}, false
	}
	o.Measure(rows)
	for o.Body-1 > from && o.record(rows[o.Body-1], rows[:o.Body-1]) {
		o.Body--
		o.Measure(rows)
	}
	for o.Body+1 < len(rows) && o.describesNames(rows, o.Body) {
		o.Body++
		o.Measure(rows)
	}
	o.Header = o.headerTop(rows, merges)
	if first := o.firstOfTexts(rows); first < o.Body {
		o.Body = first
		o.Measure(rows)
	}
	o.End = o.Body
	for o.End-1 > o.Header && (o.describesNames(rows, o.End-1) || rows[o.End-1].Empty() || TotalRow(words, rows[o.End-1]) || o.opens(rows[o.Header:o.End])) {
		o.End--
	}
	return o, true
}

// describesNames reports whether a row below products that stand across says
// something of them, and counts nothing: 規格, 定価.
func (o *Outline) describesNames(rows []*Profile, i int) bool {
	p := rows[i]
	if p.Empty() || p.Cells[0].Col != o.first || p.Classes[0] != Text || len(p.Cells) < 3 || !o.Words.SaysOf(p.Cells[0].Text, describing) {
		return false
	}
	return slices.ContainsFunc(rows[max(0, i-4):i], func(h *Profile) bool {
		return h.Class(o.first) == Text && h.Class(p.Cells[1].Col) == Text && h.Class(p.Cells[2].Col) == Text &&
			o.Words.Unknown(h.Text(p.Cells[1].Col)) && o.Words.Unknown(h.Text(p.Cells[2].Col))
	})
}

// describing is what a row may say of products that stand across.
var describing = []honne.Meaning{honne.MUnitName, honne.MUnitPrice, honne.MListPrice, honne.MProductLine, honne.MProductCode, honne.MProductName}

// record reports whether a row above the first record is a record too, though it
// looks like none: its figures are withheld, or its codes are no numbers where
// those below are. Its columns are those of the body, or named above it.
func (o *Outline) record(p *Profile, above []*Profile) bool {
	if TotalRow(o.Words, p) {
		return false
	}
	labels, figures := 0, 0
	for i, c := range p.Cells {
		s, k := o.shape(c.Col), lowestClass(above, c.Col)
		switch {
		case s != nil && s.Figure && !s.Coded && s.Purity >= 0.8 && p.Classes[i] == Number, s != nil && k == Text && o.mistyped(p, i, above):
			figures++
		case s != nil && (!s.Figure || s.Coded || s.Purity < 0.8):
			labels++
		case k != Text && k != When:
			return false
		case s == nil && p.Classes[i] == Text:
			labels++
		case p.Classes[i] != Masked:
			return false
		default:
			figures++
		}
	}
	return labels > 0 && figures > 0
}

// mistyped reports whether a text is a figure that cannot be read as one (2-, 10本),
// under a measure's name, in a row whose first column is named above too.
func (o *Outline) mistyped(p *Profile, i int, above []*Profile) bool {
	c := &p.Cells[i]
	if p.Classes[i] != Text || c.Kind != grid.Text || p.Cells[0].Col != o.first || len(figure.Repairs(c.Text)) == 0 {
		return false
	}
	for k := len(above) - 1; k >= 0; k-- {
		if s := above[k].Text(c.Col); above[k].Class(c.Col) == Text && len(figure.Repairs(s)) == 0 {
			return o.Words.Measures(s) && above[k].Class(o.first) == Text
		}
	}
	return false
}

// opens reports whether the last of some header rows names none of the columns
// but what the first rows are about: it fills only columns of labels, which the
// rows above name as they do the figures.
func (o *Outline) opens(header []*Profile) bool {
	last, above := header[len(header)-1], header[:len(header)-1]
	named := func(col int32) bool {
		return slices.ContainsFunc(above, func(h *Profile) bool { return h.Class(col) != Blank })
	}
	lone := len(last.Cells) == 1 && last.Cells[0].Col == o.first && o.Words.Unknown(last.Cells[0].Text)
	for _, c := range last.Cells {
		if s := o.shape(c.Col); !lone && (s == nil || s.Figure || !named(c.Col)) {
			return false
		}
	}
	figures, over := 0, 0
	for _, s := range o.Cols {
		if s.Figure {
			figures++
			if named(s.Col) {
				over++
			}
		}
	}
	return figures > 0 && 2*over >= figures
}

// Measure takes the shape of the columns from the rows at the body.
func (o *Outline) Measure(rows []*Profile) {
	o.first, o.last = 1<<30, 0
	alone := o.take(rows)
	counts := map[int32]*tally{}
	for _, p := range o.Sample {
		for i, c := range p.Cells {
			o.first, o.last = min(o.first, c.Col), max(o.last, c.Col)
			if counts[c.Col] == nil {
				counts[c.Col] = new(tally)
			}
			if k := counts[c.Col]; p.Classes[i] == Text && o.Words.Ditto(c.Text) {
				k.repeat()
			} else {
				k.add(&p.Cells[i], p.Classes[i])
			}
		}
	}
	for _, col := range alone {
		if counts[col] == nil && col < o.first { // a column for the names of what follows
			counts[col], o.first = &tally{class: [5]int{Text: 1}}, col
		}
	}
	o.Cols = o.Cols[:0]
	for col := o.first; col <= o.last; col++ {
		if k := counts[col]; k != nil {
			o.Cols = append(o.Cols, shapeOf(col, k, len(o.Sample)))
			if k.dates.Sure() {
				markDays(rows[o.Body:], col)
			}
		}
	}
}

// take takes the sample: records from the body on, until another table begins. It
// returns the columns of texts that stand alone in their row.
func (o *Outline) take(rows []*Profile) (alone []int32) {
	o.Sample = nil
	gap := false
	for _, p := range rows[o.Body:] {
		begun := len(o.Sample) > 0
		text := len(p.Cells) == 1 && p.Classes[0] == Text
		switch {
		case p.Empty():
			gap = true
			continue
		case begun && !gap && (headsPage(p, rows[:o.Body]) || o.namesBelow(rows[o.Body], p)):
			continue // the head of another page, names below names
		case begun && text && !o.Words.Note(p.Cells[0].Text):
			alone = append(alone, p.Cells[0].Col)
			continue // the name of what follows
		case begun && text || TotalRow(o.Words, p):
			continue // a note, a sum
		case len(o.Sample) == SampleRows || begun && o.endsBefore(rows, p, gap):
			return alone
		}
		gap = false
		o.Sample = append(o.Sample, p)
	}
	return alone
}

// endsBefore reports whether a row is of what follows the table.
func (o *Outline) endsBefore(rows []*Profile, p *Profile, gap bool) bool {
	if NamesParty(o.Words, p) || o.Body > 0 && BegunAnew(rows[o.Body-1], p) {
		return true
	}
	return alike(rows[o.Body], p) < 0.3 || gap && !p.Counts()
}

// headerLike reports whether the row cannot be a record of the body: it names
// where the body dates or counts, or gives figures without any label.
func (o *Outline) headerLike(p *Profile) bool {
	if p.Empty() || headsPeriods(o.Words, p) {
		return true
	}
	clash, labels, labelled, beyond := 0, 0, 0, 0
	for _, c := range p.Cells {
		if s := o.shape(c.Col); s == nil || s.cells <= 1 {
			beyond++ // columns of months to come, still blank
		}
	}
	dated := p.Class(o.first) == When && slices.Contains(p.Classes, Number) // 平成15年 above 16, 17
	for _, s := range o.Cols {
		k := p.Class(s.Col)
		if s.Purity >= 0.8 && (s.Mode != Text && k == Text || s.Figure && k == When && !(dated && s.Col == o.first)) {
			clash++
		}
		if !s.Figure && s.Filled >= 0.9 {
			labels++
			if k != Blank {
				labelled++
			}
		}
	}
	return clash > 0 && 3*(clash+beyond) >= len(p.Cells) || labels > 0 && labelled == 0 || clash > 0 && o.leftmost(p) == Text && o.Cols[0].Mode != Text
}

func (o *Outline) leftmost(p *Profile) Class {
	if len(o.Cols) == 0 || o.Cols[0].Purity < 0.8 {
		return Blank
	}
	return p.Class(o.Cols[0].Col)
}

func (o *Outline) shape(col int32) *Shape {
	for i := range o.Cols {
		if o.Cols[i].Col == col {
			return &o.Cols[i]
		}
	}
	return nil
}
