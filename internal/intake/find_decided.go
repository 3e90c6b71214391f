package intake

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/japan"
)

// decided is what people decided of one sheet; nil where nothing was.
type decided struct {
	all    *honne.Decisions
	sheet  string
	rows   map[int32]bool // to use, or to leave out
	cells  map[honne.Cell]honne.CellSaid
	ranges bool // a table's place was said
}

func (r *reader) decidedOf(sheet string) *decided {
	d := &decided{all: &r.file.Said, sheet: sheet, rows: map[int32]bool{}, cells: map[honne.Cell]honne.CellSaid{}}
	any := false
	for _, t := range r.file.Said.Tables {
		if t.Sheet == sheet {
			any, d.ranges = true, d.ranges || t.Body != (honne.Range{})
		}
	}
	for _, row := range r.file.Said.Rows {
		if row.Sheet == sheet {
			any, d.rows[row.Row] = true, row.Use
		}
	}
	for _, c := range r.file.Said.Cells {
		if c.Sheet == sheet {
			any, d.cells[c.Cell] = true, c
		}
	}
	if !any {
		return nil
	}
	return d
}

// table is what was said of the n-th table of the sheet; the zero value for
// nothing.
func (d *decided) table(n int) honne.TableSaid {
	if d == nil {
		return honne.TableSaid{}
	}
	if t := d.all.Table(d.sheet, n); t != nil {
		return *t
	}
	return honne.TableSaid{}
}

// place is where a person said that the next table, or the open one, stands; nil
// where it is as found.
func (f *finder) place() *honne.TableSaid {
	if f.decided == nil || !f.decided.ranges {
		return nil
	}
	n := len(f.root.tables)
	if f.open != nil {
		n--
	}
	if t := f.decided.all.Table(f.sheet.Name, n); t != nil && t.Body != (honne.Range{}) {
		return t
	}
	return nil
}

// amend applies what people decided of cells, and of the table's columns, to a
// row before anything looks at it.
func (f *finder) amend(r *grid.Row) {
	if t := f.place(); t != nil {
		r.Cells = slices.DeleteFunc(r.Cells, func(c grid.Cell) bool { return c.Col < t.Body.From.Col || c.Col > t.Body.To.Col })
	}
	for i := range r.Cells {
		if c, said := f.decided.cells[honne.Cell{Row: r.N, Col: r.Cells[i].Col}]; said {
			readAs(&r.Cells[i], c)
		}
	}
}

// overrule ends the open table where a person said that it ends, and takes or
// leaves a row as a person said; done when there is nothing more to judge.
func (f *finder) overrule(p *outline.Profile) (done bool, err error) {
	if f.open.until > 0 && p.N > f.open.until {
		if err := f.closeAt(nil); err != nil {
			return true, err
		}
		return true, f.take(p)
	}
	use, said := f.decided.rows[p.N]
	if !said {
		return false, nil
	}
	if err := f.explain(use); err != nil {
		return true, err
	}
	if use {
		f.open.breakNest() // it may be a sum that is to count
		return true, f.record(&p.Row)
	}
	f.open.exclude(p.N, honne.SaidRow)
	return true, nil
}

// readAs gives a cell the number that a person reads in it; its text stays.
func readAs(c *grid.Cell, said honne.CellSaid) {
	n, err := honne.ParseDecimal(said.Number)
	if err != nil {
		*c = grid.Cell{Col: c.Col}
		return
	}
	c.Kind, c.Num = grid.Number, n
}

// waits reports whether the segment must grow before the table that a person
// placed can be opened; rows far above it are titles meanwhile.
func (f *finder) waits(p *outline.Profile) bool {
	t := f.place()
	if t == nil || p.N >= t.Body.From.Row+outline.SegmentRows {
		return false
	}
	if n := len(f.buffer) - titleRows; p.N < top(t) && n > 0 {
		f.titles = append(f.titles[:0], f.buffer[:n]...)
		f.setAside(f.titles)
		f.buffer = slices.Clone(f.buffer[n:])
	}
	return true
}

// placed is the outline of a table where a person said that it stands.
func (f *finder) placed(rows []*outline.Profile, said *honne.TableSaid) (outline.Outline, bool) {
	from := func(row int32) int {
		return slices.IndexFunc(rows, func(p *outline.Profile) bool { return p.N >= row })
	}
	o := outline.Outline{Header: from(top(said)), Body: from(said.Body.From.Row), Words: f.reader.words}
	o.Header = min(o.Header, o.Body)
	if o.Header < 0 || o.Body < 0 || rows[o.Body].N > said.Body.To.Row {
		return o, false
	}
	o.End = o.Body
	o.Measure(rows)
	return o, len(o.Cols) > 0
}

func top(t *honne.TableSaid) int32 {
	if t.Header.From.Row > 0 {
		return t.Header.From.Row
	}
	return t.Body.From.Row
}

// recall gives the table its form and, where nobody said anything of this very
// file, what a person said of earlier tables of that form.
func (t *table) recall(m honne.Memory) {
	t.Form = t.form()
	known := m.Forms[t.Form]
	t.Known = known.Files
	t.stated.Unused = t.stated.Unused || known.Unused && t.stated.Kind == ""
	t.stated.Kind = cmp.Or(t.stated.Kind, known.Kind)
	t.stated.Unit = cmp.Or(t.stated.Unit, known.Unit)
	t.stated.Tax = cmp.Or(t.stated.Tax, known.Tax)
	t.stated.Sorts = honne.Form{Sorts: t.stated.Sorts}.Over(known).Sorts
	t.Unused = t.stated.Unused
	if !t.stated.Unit.IsZero() {
		t.Unit, t.UnitAt = t.stated.Unit, ""
	}
	t.Tax = cmp.Or(t.stated.Tax, t.Tax)
}

// leaveKnown leaves what a person left as it is in an earlier file of the same form.
func (r *reader) leaveKnown() {
	for i := range r.problems {
		p := &r.problems[i]
		if p.Severity == honne.SevWarning && !slices.Contains(r.file.Said.Open, p.Key()) && r.leftBefore(*p) {
			p.Severity, p.Left = honne.SevNote, true
		}
	}
}

func (r *reader) leftBefore(p honne.Problem) bool {
	of := p.OfForm()
	if of == "" {
		return false
	}
	var tables []honne.Table
	for _, t := range r.tables {
		tables = append(tables, t.Table)
	}
	i := honne.TableAt(tables, p.At)
	return i >= 0 && slices.Contains(r.memory.Forms[tables[i].Form].Left, of)
}

// form names the headers of the table, periods and numbers aside, so that next
// month's table has the same: a digest of the header texts from left to right.
func (t *table) form() string {
	h := sha256.New()
	before := ""
	for i := range t.fields {
		key := strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return '#'
			}
			return r
		}, japan.Key(strings.Join(t.fields[i].rest, " ")))
		if key != before || key == "" {
			fmt.Fprintf(h, "%s\n", key)
		}
		before = key
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// refuseKind says that a table cannot be what a person said: no column counts.
func (t *table) refuseKind() {
	if t.stated.Kind != "" {
		t.stats.problems = append(t.stats.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet, Range: t.Header}, Severity: honne.SevWarning,
			What: honne.Say("problem.kind-without-figures", honne.Word("series", "series."+string(t.stated.Kind)))})
	}
}
