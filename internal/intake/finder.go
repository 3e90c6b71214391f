package intake

import (
	"context"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/source"
)

// finder goes down one sheet, row by row, and opens and closes its tables. It
// buffers a segment until a table's header and columns are certain, then
// judges each further row against them; rows after a table begin the next
// segment.
type finder struct {
	reader  *reader
	sheet   grid.Sheet
	source  *source.Source
	merges  []honne.Range
	decided *decided // what people decided of the sheet; nil for nothing

	markings map[int32]marking // of the columns of the last segment that are not written as usual

	buffer []*outline.Profile // the segment whose table is not yet found
	open   *table
	past   *table             // the one closed last
	doubt  []*outline.Profile // rows after the last sure row of the open table
	last   int32              // number of the last row seen
	begun  int32              // number of the first row of the last segment

	about

	titles  []*outline.Profile // texts of the sheet so far that belong to no table
	besides []honne.Excluded   // the rows of them, since the last table

	lanes []*lane            // that read what stands side by side, nil where rows are whole
	held  []*outline.Profile // rows since the last that a lane took into a table
	taken int32              // number of that row

	// Of the finder of the whole sheet only, which is the root of its lanes.
	root     *finder
	tables   []*table
	problems []honne.Problem
}

// about is what was said last on a sheet, and holds for what follows.
type about struct {
	period   honne.Period
	periodAt string
	wide     honne.Period // in which that is a month that a caption named
	unit     honne.Unit
	unitAt   string
	second   honne.Unit // for figures of the other sort: 単位：本、千円
	tax      honne.Tax
	kind     honne.Series // that a title said
}

const (
	titleRows = 40 // rows without a table that are kept, as titles of the next
	doubtRows = 12 // rows that may stand between two records of one table
)

// What a file may make of its bytes: far above what people send.
const (
	segmentCells = 1 << 18 // cells of the rows buffered
	mergeLimit   = 20_000  // merged ranges looked at around a table
	tableLimit   = 1000    // tables of a file
	columnLimit  = 100_000 // columns of all of them
)

// codeTooManyTables is the fault of a sheet with more tables or columns.
const codeTooManyTables = "too-many-tables"

func newFinder(r *reader, sheet grid.Sheet, src *source.Source) *finder {
	f := &finder{reader: r, sheet: sheet, source: src, decided: r.decidedOf(sheet.Name)}
	f.root = f
	return f
}

func (f *finder) run(ctx context.Context) (err error) {
	if f.merges, err = f.source.Merges(ctx, f.sheet.Index); err != nil {
		return err
	}
	if err := f.source.Each(ctx, f.sheet.Index, f.row); err != nil {
		return err
	}
	return f.finish()
}

// row takes the next row of the sheet.
func (f *finder) row(r *grid.Row) error {
	if f.markings != nil && (f.open != nil || f.lanes != nil) {
		f.readMarked(r)
	}
	if f.open != nil {
		f.open.takeBack(r)
	}
	if f.decided != nil {
		f.amend(r)
	} else if f.open != nil && len(f.doubt) == 0 && f.open.sure(r) {
		f.last = r.N
		return f.record(r)
	}
	if f.lanes != nil {
		if shared, err := f.share(r); shared || err != nil {
			return err
		}
	}
	if f.last > 0 && r.N > f.last+1 {
		if err := f.take(&outline.Profile{Row: grid.Row{N: f.last + 1}}); err != nil {
			return err
		}
	}
	f.last = r.N
	return f.take(outline.ProfileOf(r))
}

func (f *finder) take(p *outline.Profile) error {
	if f.open == nil {
		f.buffer = append(f.buffer, p)
		if (len(f.buffer) >= outline.SegmentRows || outline.CellsOf(f.buffer) >= segmentCells) && !f.waits(p) {
			return f.settle()
		}
		return nil
	}
	f.open.takeBack(&p.Row)
	if f.decided != nil {
		if done, err := f.overrule(p); done || err != nil {
			return err
		}
	}
	f.open.leavesNest(p)
	switch v := f.open.judge(p, len(f.doubt) > 0); {
	case v == isForeign, v == isRepeated && f.newPage():
		return f.closeAt(p)
	case v != isDoubtful:
		if err := f.explain(v == isRecord); err != nil {
			return err
		}
		return f.keep(p, v)
	}
	f.doubt = append(f.doubt, p)
	if len(f.doubt) > doubtRows && !f.allBlank() {
		return f.closeAt(nil)
	}
	return nil
}

// keep takes a row of the open table, or says why it is left out.
func (f *finder) keep(p *outline.Profile, v verdict) error {
	switch {
	case v == isRecord:
		f.open.listen(p)
		return f.record(&p.Row)
	case v == isClaimed:
		f.open.claim(p)
		return f.reader.rows.add(f.open, &p.Row, false)
	case v == isRepeated && p.N == f.open.headerRows[0].N:
		return nil // the header itself, below its rows
	}
	f.open.exclude(p.N, v.exclusion())
	switch v {
	case isTorn:
		f.root.problems = append(f.root.problems, f.open.toldTorn(p))
	case isUnsold: // the rows below may go on with what it says
		f.open.learn(&p.Row)
		return f.reader.rows.add(f.open, &p.Row, true)
	case isTotal, isSubtotal:
		return f.sumUp(p, v)
	}
	return nil
}

func (f *finder) allBlank() bool {
	for _, p := range f.doubt {
		if !p.Empty() {
			return false
		}
	}
	return true
}

// record takes a data row of the open table.
func (f *finder) record(r *grid.Row) error {
	if f.open.saidAt > 0 && f.open.leaveDerived(r) {
		return f.reader.rows.add(f.open, r, true)
	}
	if f.open.headsBranch(r) {
		f.open.branches.heads++
		return f.head(r)
	}
	if f.open.slipHead.begins(r) {
		return f.head(r)
	}
	switch {
	case f.open.ranks.labels != nil:
		f.open.hold(r)
	case f.open.holdBranch(r), f.open.holdNest(r):
	case f.open.ranks.labels != nil:
		f.open.hold(r)
	default:
		f.open.add(r)
	}
	return f.reader.rows.add(f.open, r, false)
}

// head takes a row that names the branch of those below, or whose slip they are.
func (f *finder) head(r *grid.Row) error {
	f.open.exclude(r.N, honne.TitleRow)
	f.open.heads(r)
	return f.reader.rows.add(f.open, r, true)
}

// sumUp takes a sum: it controls the rows above, and ends the rows of a branch.
func (f *finder) sumUp(p *outline.Profile, v verdict) error {
	f.open.control(p, v)
	if !f.open.endsBranch(p) {
		return nil
	}
	f.open.learn(&p.Row)
	return f.reader.rows.add(f.open, &p.Row, true)
}

// explain settles the rows in doubt: they stand between two rows of the table.
func (f *finder) explain(inside bool) error {
	for _, p := range f.doubt {
		why := f.open.aside(p, inside)
		f.open.heed(p, why)
		if f.open.exclude(p.N, why); why == honne.TitleRow {
			f.open.heedCompanyRow(p)
			if f.open.headsBranch(&p.Row) {
				f.open.branches.heads++
			}
			f.open.heads(&p.Row)
			if err := f.reader.rows.add(f.open, &p.Row, true); err != nil {
				return err
			}
		}
	}
	f.doubt = nil
	return nil
}

// newPage reports whether a header that is repeated begins a table of its own:
// other titles stand above it than above the first.
func (f *finder) newPage() bool {
	for _, p := range f.doubt {
		if !p.Empty() && !f.open.titled(p) && f.open.aside(p, false) != honne.NoteRow {
			return true
		}
	}
	return false
}

// closeAt ends the open table before the rows in doubt, which begin the next
// segment together with p.
func (f *finder) closeAt(p *outline.Profile) error {
	rest := f.doubt
	for len(rest) > 0 && !rest[0].Empty() && f.open.aside(rest[0], false) == honne.NoteRow {
		f.open.exclude(rest[0].N, honne.NoteRow)
		f.open.heed(rest[0], honne.NoteRow)
		rest = rest[1:]
	}
	f.doubt = nil
	f.open.close()
	if n := len(f.root.tables) - 1; f.open.untaken() && f.root.tables[n] == f.open {
		f.root.tables = f.root.tables[:n]
	} else {
		f.past = f.open
	}
	f.open = nil
	for len(rest) > 0 && rest[0].Empty() {
		rest = rest[1:]
	}
	f.buffer = append(f.buffer[:0], rest...)
	if p != nil {
		f.buffer = append(f.buffer, p)
	}
	return nil
}

// settle looks for a table in the buffered segment, opens it and runs the
// buffered rows below its header through it.
func (f *finder) settle() error {
	rows := f.buffer
	f.buffer = nil
	if rows[0].N <= f.begun { // a table without a header took none of them: begin one row further
		f.titles = append(f.titles, rows[0])
		f.setAside(rows[:1])
		rows = rows[1:]
	}
	if len(rows) == 0 {
		return nil
	}
	f.begun = rows[0].N
	o, ok := f.outline(rows)
	if !ok || len(o.Cols) == 0 { // rows that all say total give no column
		if opened, err := f.openEmpty(rows); opened || err != nil {
			return err
		}
		torn := 0
		if f.past != nil {
			torn = f.past.torn(rows)
			f.tear(rows[:torn])
			f.past.heedAstray(rows[torn:])
		}
		f.setAside(rows[torn:])
		f.titles = append(f.titles, rows...)
		f.titles = f.titles[max(0, len(f.titles)-titleRows):]
		return nil
	}
	if resumed, err := f.resume(rows, o); resumed || err != nil {
		return err
	}
	if parted, err := f.part(rows, o); parted || err != nil {
		return err
	}
	if err := f.openTable(rows, o); err != nil {
		return err
	}
	for _, p := range rows[o.Body:] {
		if err := f.take(p); err != nil {
			return err
		}
	}
	return nil
}

func (f *finder) outline(rows []*outline.Profile) (outline.Outline, bool) {
	if said := f.place(); said != nil {
		return f.placed(rows, said)
	}
	f.takeSeals(rows)
	f.findMarkings(rows)
	f.markMonths(rows)
	return outline.Find(rows, f.mergesNear(rows), f.reader.words)
}

// takeSeals takes the boxes for seals out of a segment, and says where they stood.
func (f *finder) takeSeals(rows []*outline.Profile) {
	for _, box := range outline.TakeSeals(rows, f.reader.words) {
		f.root.problems = append(f.root.problems, honne.Problem{At: honne.Address{Sheet: f.sheet.Name, Range: box}, Severity: honne.SevNote,
			What: honne.Say("problem.seals")})
	}
}

func (f *finder) openTable(rows []*outline.Profile, o outline.Outline) error {
	if f.reader.columns += len(o.Cols); f.reader.columns > columnLimit || len(f.reader.tables)+len(f.root.tables) >= tableLimit {
		return &grid.Fault{Code: codeTooManyTables, Part: f.sheet.Name}
	}
	f.setAside(rows[:o.Header])
	f.open = newTable(f, rows, o)
	f.root.tables = append(f.root.tables, f.open)
	f.titles, f.besides = nil, nil
	f.tellFigures()
	return nil
}

// tellFigures tells the format which columns of the open table are read as figures alone.
func (f *finder) tellFigures() {
	if f.source.Figures == nil {
		return
	}
	for i := range f.open.fields {
		k := &f.open.fields[i]
		f.source.Figures(k.col, k.shape != nil && k.shape.Figure && !k.label)
	}
}

// mergesNear returns the merged ranges; where there are more than a table can
// have, some of those that touch the rows.
func (f *finder) mergesNear(rows []*outline.Profile) []honne.Range {
	if len(f.merges) <= mergeLimit {
		return f.merges
	}
	var near []honne.Range
	for _, m := range f.merges {
		if m.From.Row <= rows[len(rows)-1].N && m.To.Row >= rows[0].N && len(near) < mergeLimit {
			near = append(near, m)
		}
	}
	return near
}

// finish ends the sheet: what is buffered may still hold tables.
func (f *finder) finish() error {
	for f.open != nil || f.lanes != nil || len(f.buffer) > 0 {
		end := f.settle
		switch {
		case f.lanes != nil:
			end = func() error { return f.joinLanes(lastRow) }
		case f.open != nil:
			end = func() error { return f.closeAt(nil) }
		}
		if err := end(); err != nil {
			return err
		}
	}
	f.endAside()
	if f.root == f {
		f.leftover()
	}
	return nil
}

// leftover says of a sheet with texts but no table that nothing was taken.
func (f *finder) leftover() {
	if len(f.tables) > 0 {
		return
	}
	said := false
	for _, p := range f.titles {
		for _, c := range p.Cells {
			said = true
			if period, ok := f.reader.words.TitlePeriod(c.Text); ok {
				f.reader.cover, f.reader.coverAt = period, f.sheet.Name+"!"+honne.Cell{Row: p.N, Col: c.Col}.String()
			}
		}
	}
	if said {
		f.problems = append(f.problems, honne.Problem{At: honne.Address{Sheet: f.sheet.Name}, Severity: honne.SevNote,
			What: honne.Say("problem.no-table", honne.Text("sheet", f.sheet.Name))})
	}
}
