package intake

import (
	"slices"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/playbook"
)

// table is a table being read: what is said of it, and what the finder and the
// writers must know to go on.
type table struct {
	honne.Table
	book  *playbook.Playbook
	words *terms.Dictionary

	currencyAt int32                     // the column in which each row says its currency, 0 when there is none
	taxAt      int32                     // the column in which each row says its tax basis, 0 when there is none
	saidAt     int32                     // the column in which each row says its measure, 0 when there is none
	said       []rowMeasure              // the measures that rows say
	storeys    []storey                  // the rows of a record, where each has several
	rowUnits   map[rowMeasure]honne.Unit // the units by which rows say it, nil where none does
	labelUnits map[rowMeasure]honne.Unit // those that rows say behind their measure: 金額(千円)
	totalAt    int32                     // the last row that was a total
	sums       sums
	derived    oddRows // that count something that is not known, among rows of which each says what it counts
	turns      turns
	idle       oddRows // by which nothing is sold
	moved      oddRows // that say that stock moved, and are no sales
	sets       sets
	unnamedOf  oddRows // of another slip than the row above, with a blank name
	astray     oddRows // right below it, that may be records
	spill      int32   // the first column behind all that have a header, where figures may run into; 0 for none
	flow       stockFlow
	bases      taxPairs
	counters   counters
	notes      oddRows // that are notes and hold figures
	footnoted  oddRows // of which a figure bears the mark of a note
	faulty     oddRows // of which the workbook could not work out a figure
	idlePaid   bool    // money stands in one of them
	ranks      hierarchy
	nest       nest
	branches   branchRows
	yearParts  bool        // parts of its business year stand across, with a plain year: 2026年1Q
	twice      bool        // it says months in two ways
	numbered   bool        // months stand across by their number
	ordered    honne.Month // of which the first of the months across is, where they say only their order
	day        honne.Date  // of the rows that say none, in the report of a day
	yearly     bool        // its rows say the year of the months across
	down       monthsDown  // its rows say the part of the years across

	second     honne.Unit     // of the title too, for figures of the other sort: 単位：本、千円
	currency   honne.Currency // of amounts whose unit names none
	index      int            // among the tables of the file
	layout     int            // of its last row in the spool
	cols       []outline.Shape
	figures    int         // number of columns of figures
	least      int         // filled cells that a record usually has at least
	prior      bool        // its sales are those of the year before its month
	sectioned  bool        // rows among the records name the customer of those below
	mark       string      // before or around the customer that the row right above the header names
	section    when.Moment // the month, or the day, that a row among the records names
	slipHead   slipHead
	wide       honne.Period // of which the row right above the header names one month
	opening    opening      // what holds for the rows above the first section
	copies     bool         // another table of the file gives its figures
	repeated   honne.Series // that others of the file give in more detail: only its other series count
	further    bool         // it stands below tables of its form and repeats nothing of them
	joined     bool         // no row stands between it and the table above
	above      []*table     // on the sheet, begun before it
	headerRows []*outline.Profile
	titleRows  []*outline.Profile
	openers    []*outline.Profile // between header and body: what the first rows are about
	merges     []honne.Range

	fields     []field // parallel to Columns
	periods    periodColumns
	dayColumns []int // indices of Columns that should say a day
	carry      []int // indices of Columns whose blanks continue the label above
	slip       slip

	titleMeasure honne.Meaning          // of what stands below periods, "" where no title says it
	inPieces     bool                   // every row names a unit of pieces
	plainTitle   bool                   // it says that by a word that means money or pieces: 売上
	largest      int64                  // of the first figures, without sign and fraction
	customer     *terms.Word            // that title or sheet names, where no row does
	corner       string                 // a title that stands in the corner of the header
	abouts       []ofAll                // what else they say of all rows
	around       []string               // titles, and the names of sheet and file
	place        string                 // region or branch that the sheet is named after
	names        []int                  // columns over which products or customers stand
	across       honne.Role             // of the customers that stand across
	parts        map[honne.Series]int32 // index of the part that each series went to, once the file is judged
	lates        map[late]int32         // and those of the months that it adds to
	counter      *lineWriter            // makes the lines that are counted

	empty     empty
	company   string   // that its titles name, and no row does
	companies []string // under whose names rows stand

	stats    tallies
	stated   honne.TableSaid // by a person, of this table or of its form
	until    int32           // the last row of the place that a person said, 0 where it is as found
	lastNote int32           // the last row that was left out as a note
}

// opening is what titles say of the rows above the first section.
type opening struct {
	customer *terms.Word
	abouts   []ofAll
	section  when.Moment
}

// field is how one column is read.
type field struct {
	thousands int                            // by how many thousands its figures are shown smaller
	coded     map[*terms.Word][2]*terms.Word // code and name of each text, where they stand in one
	col       int32
	path      []string       // header texts from top to bottom
	rest      []string       // of them, without what says a period
	below     honne.Unit     // that stands among them in a cell of its own
	shape     *outline.Shape // nil when only the header knows the column
	sort      honne.Meaning  // of the name over its figures, where a header says it
	rep       string         // who stands over its figures
	class     string         // of customers or departments that stands over them
	series    honne.Series
	amount    bool
	measure   bool // a figure for the ledger
	label     bool
	unit      honne.Unit
	assumed   bool          // nothing says the unit; a column of units may
	numbered  honne.Meaning // the name that its header says, over numbers
	counter   string        // that its figures name themselves: 5個
	third     int           // 1 for one of the thirds of a month that make it up, −1 for one that is unused
	soFar     bool          // its period is the month in which the sum ends

	sum     int64 // of the figures, in thousandths, for control totals
	bits    int64 // of all figures together: 0 where each of them is 0
	broken  bool  // a figure is not in the sum
	summed  bool  // a total agrees with it, or differs as one may
	told    bool  // that it is of another time than the report
	unread  bool  // it is called a day, and holds nothing that is one
	asked   int32 // its place among the columns that asked when their words are, from 1
	dayless int   // cells of a column of days that could not be read
	lost    int   // figures that could not be read

	// A cell is asked for up to three times, by the finder, the sums and the
	// lines: what the last one was, and in which row.
	figure   honne.Decimal
	known    bool
	figureIn int32
	said     *terms.Word
	saidIn   int32
	before   *terms.Word            // the text said before that one
	words    map[string]*terms.Word // of a column of labels
	above    *terms.Word            // the text that a blank or a ditto mark stands for
}

// number reads the column's cell c of a row as figureOf does.
func (f *field) number(row int32, c *grid.Cell) (honne.Decimal, bool) {
	if f.figureIn != row {
		f.figure, f.known = figure.Of(c)
		if c.Kind == grid.Text && (!f.known && f.mayCount(c.Text) || f.known && f.unit.Scale > 1 && figure.NamesYen(c.Text)) {
			f.figure, f.known = f.counted(c)
		}
		if f.known && f.measure && outline.IsShare(c) {
			f.known = false // a percentage is neither money nor pieces
		}
		f.figureIn = row
	}
	return f.figure, f.known
}

// tallies are what is counted of the rows.
type tallies struct {
	firstRow, lastRow int32
	rows, lines       int
	series            map[honne.Series]*seriesTally
	undated           int // rows with figures that no period is said of
	unreadable        int
	differing         int // totals that are not the sum of their rows
	leftOut           int // ranges of rows that were left out and are not listed
	torn              int
	currencies        map[honne.Currency]int // rows by the currency that they say
	taxes             map[honne.Tax]int      // rows by the tax basis that they say
	hiddenRows        int
	problems          []honne.Problem
}

const (
	problemLimit  = 200  // problems of a kind that a table lists; the rest is counted
	excludedLimit = 5000 // ranges left out that a table lists; the rest is counted
)

func newTable(f *finder, rows []*outline.Profile, o outline.Outline) *table {
	t := &table{book: f.reader.book, words: f.reader.words, index: len(f.reader.tables) + len(f.root.tables),
		cols: o.Cols, merges: f.mergesNear(rows), currency: f.reader.file.Currency}
	if t.currency == "" {
		t.currency = honne.JPY
	}
	t.Sheet, t.N, t.above = f.sheet.Name, len(f.root.tables), f.root.tables
	t.stated = f.decided.table(t.N)
	t.until = t.stated.Body.To.Row
	t.headerRows = filledRows(rows[o.Header:o.End])
	if below := o.HeaderBelow(rows); below != nil && t.until == 0 {
		t.headerRows = []*outline.Profile{below}
	}
	t.titleRows = filledRows(rows[:o.Header])
	for i := range t.cols {
		if t.cols[i].Figure {
			t.figures++
		}
	}
	t.least = usualCells(o.Sample, len(t.cols))
	t.joined = f.past != nil && rows[0].N == f.past.stats.lastRow+1
	t.stats = tallies{series: map[honne.Series]*seriesTally{}}
	t.findNumbered()
	t.describe(f, rows, o)
	t.findDayColumns()
	t.tellMarkings(f)
	t.leaveOut(f.besides, honne.TitleRow)
	t.openers = filledRows(rows[o.End:o.Body])
	for _, p := range t.openers {
		if outline.TotalRow(t.words, p) {
			t.exclude(p.N, honne.TotalRow)
			continue
		}
		t.exclude(p.N, honne.TitleRow)
		t.heedCompanyRow(p)
		if t.headsBranch(&p.Row) {
			t.branches.heads++
		}
		t.learn(&p.Row)
	}
	t.counter = newLineWriter(f.reader, t)
	return t
}

// again readies the table for its rows to be gone through from the top.
func (t *table) again() {
	t.periods.reset()
	t.nest.forget()
	t.branches.said = nil
	t.section = t.opening.section
	if t.sectioned {
		t.customer, t.abouts = t.opening.customer, t.opening.abouts
	}
	for i := range t.fields {
		t.fields[i].above = nil
	}
	for _, p := range t.openers {
		if !outline.TotalRow(t.words, p) {
			t.learn(&p.Row)
		}
	}
}

func filledRows(rows []*outline.Profile) []*outline.Profile {
	var out []*outline.Profile
	for _, p := range rows {
		if !p.Empty() {
			out = append(out, p)
		}
	}
	return out
}

// usualCells is half of what a row of the sample fills.
func usualCells(rows []*outline.Profile, width int) int {
	sum, n := 0, 0
	for _, p := range rows {
		if !p.Empty() && n < outline.SampleRows {
			sum += len(p.Cells)
			n++
		}
	}
	if n == 0 {
		return 1
	}
	return max(1, min(sum/n, width)/2)
}

func (t *table) shapeAt(col int32) *outline.Shape {
	if len(t.cols) == 0 || col < t.cols[0].Col {
		return nil
	}
	i := min(int(col-t.cols[0].Col), len(t.cols)-1)
	for t.cols[i].Col > col {
		i--
	}
	if t.cols[i].Col != col {
		return nil
	}
	return &t.cols[i]
}

// exclude notes that a row was left out, and why.
func (t *table) exclude(row int32, why honne.Exclusion) {
	if why == honne.NoteRow {
		t.lastNote = row
	}
	first, last := t.span()
	if n := len(t.Excluded); n > 0 && t.Excluded[n-1].Why == why && t.Excluded[n-1].Range.To.Row == row-1 {
		t.Excluded[n-1].Range.To.Row = row
		return
	}
	if len(t.Excluded) == excludedLimit {
		t.stats.leftOut++
	} else {
		t.Excluded = append(t.Excluded, honne.Excluded{Why: why,
			Range: honne.Range{From: honne.Cell{Row: row, Col: first}, To: honne.Cell{Row: row, Col: last}}})
	}
}

func (t *table) span() (first, last int32) {
	first, last = t.cols[0].Col, t.cols[len(t.cols)-1].Col
	for _, h := range t.headerRows {
		first, last = min(first, h.Cells[0].Col), max(last, h.Cells[len(h.Cells)-1].Col)
	}
	return
}

// add takes a data row: it counts, and lists what cannot be
// read.
func (t *table) add(r *grid.Row) {
	if t.stats.rows == 0 || r.N < t.stats.firstRow {
		t.stats.firstRow = r.N
	}
	t.stats.lastRow = max(t.stats.lastRow, r.N)
	t.stats.rows++
	if r.Hidden {
		t.stats.hiddenRows++
	}
	t.tallyTax(r)
	t.heedNameless(r)
	t.weighBases(r)
	t.weighFlow(r)
	t.weighCounters(r)
	for i := range t.fields {
		f := &t.fields[i]
		if f.label {
			continue
		}
		if c := r.Cell(f.col); c != nil {
			t.checkFigure(r.N, c, f)
		}
	}
	if t.Kind != "" {
		t.heedSign(r)
		t.tally(r)
	}
	t.countDayless(r)
}

func (t *table) fieldAt(col int32) *field {
	if len(t.fields) == 0 || col < t.fields[0].col {
		return nil
	}
	i := min(int(col-t.fields[0].col), len(t.fields)-1)
	for t.fields[i].col > col {
		i--
	}
	if t.fields[i].col != col {
		return nil
	}
	return &t.fields[i]
}

// indexOf is the index of a field of the table.
func (t *table) indexOf(f *field) int {
	return slices.IndexFunc(t.fields, func(g field) bool { return g.col == f.col })
}

// checkFigure adds a figure to its column's sum, or says that it is none.
func (t *table) checkFigure(row int32, c *grid.Cell, f *field) {
	n, ok := f.number(row, c)
	if ok {
		v, _, large := n.Times(1, honne.QuantityScale)
		if large == nil && f.unit.Scale > 1 {
			_, _, large = n.Times(f.unit.Scale, honne.QuantityScale)
		}
		if large == nil {
			f.sum += v
			f.bits |= v
			t.heedNote(row, c, f)
			return
		}
	}
	f.broken = true
	if k := outline.Classify(c); k == outline.Masked || k == outline.Blank || t.words.Closed(c.Text) {
		t.heedFault(row, c, f)
		return
	}
	f.lost++
	if t.stats.unreadable++; t.stats.unreadable > problemLimit {
		return
	}
	p := honne.Problem{At: t.address(row, c.Col), Severity: honne.SevWarning, Raw: c.Text,
		What: honne.Say("problem.not-a-number", honne.Text("text", clip(c.Text)))}
	if !ok { // one that is only too large reads as it is written
		p.Repairs = figure.Repairs(c.Text)
	}
	t.stats.problems = append(t.stats.problems, p)
}

func (t *table) address(row, col int32) honne.Address {
	c := honne.Cell{Row: row, Col: col}
	return honne.Address{Sheet: t.Sheet, Range: honne.Range{From: c, To: c}}
}

// clip shortens a text for a message.
func clip(s string) string {
	if len(s) <= 40 {
		return s
	}
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// close ends the table and writes down where it stood.
func (t *table) close() {
	t.endNest(nil)
	t.endBranches(nil)
	t.release(-1)
	t.settleClaims(nil)
	t.weighTotals()
	t.weighMarkings()
	t.weighTaxes()
	t.tellBases()
	t.tellDayless()
	slices.SortStableFunc(t.Excluded, func(a, b honne.Excluded) int { return int(a.Range.From.Row - b.Range.From.Row) })
	first, last := t.span()
	if len(t.headerRows) > 0 {
		t.Header = honne.Range{From: honne.Cell{Row: t.headerRows[0].N, Col: first},
			To: honne.Cell{Row: max(t.headerRows[len(t.headerRows)-1].N, t.Header.To.Row), Col: last}}
	}
	t.Body = honne.Range{From: honne.Cell{Row: t.stats.firstRow, Col: first}, To: honne.Cell{Row: t.stats.lastRow, Col: last}}
	t.Rows = t.stats.rows
}

// untaken reports whether nothing of the sheet belongs to the table: no header,
// no row.
func (t *table) untaken() bool {
	return len(t.headerRows) == 0 && t.stats.rows == 0 && len(t.Excluded) == 0
}
