package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"honne"
)

// TableView is a table as it was found: where, what each column means, and its
// rows, as they were read or as they stand in the file.
type TableView struct {
	Facts   []Fact
	Columns []ColumnView
	Rows    []RowView
	Memory  string
	Unnamed bool // no report was recognised in it
	Filters []Choice
	AsRead  [2]Choice
}

// Fact is one thing that was understood, and where it is said.
type Fact struct{ Label, Value, At, Change string }

// ColumnView is a column with the choice of its meaning.
type ColumnView struct {
	At, Header, Meaning, State string
	Class                      string
	Groups                     []Choice
	Number, Guess              bool
	First                      bool // the first to be said
}

// RowView is a row of the sheet, or a gap of rows with nothing to note.
type RowView struct {
	Number  int
	Cells   []CellView
	Why     string // left out, and why
	Problem bool
	Changed bool // a cell is read as something else than it says
	Gap     string
}

// CellView is a cell as it was read; Was is how the file has it, where that is
// otherwise.
type CellView struct {
	Text, Was, ID string
	Label         string // why its row was left out, in the first blank cell
	Number, Bad   bool
}

// previewRows bounds what is shown of a table; a filter shows the rows that count.
const previewRows = 1500

// shows are the filters of the rows, the first without any.
var shows = [...]string{"", "open", "changed", "out"}

func (x *review) table(n int) (*TableView, int) {
	t := x.reading.Tables[n]
	out := &TableView{Facts: x.facts(t), Unnamed: t.Kind == "" && t.Listed == 0, Memory: x.memoryOf(t)}
	asked := x.askedIn(n)
	for _, c := range t.Columns {
		v := x.column(c)
		if p, is := asked[c.At]; is {
			v = x.askColumn(v, p)
			v.Meaning = x.t("not-known")
		}
		out.Columns = append(out.Columns, v)
	}
	rows := x.preview(t, t.Body.From.Row, lastRow(t))
	counts := map[string]int{}
	for _, r := range rows {
		counts[""]++
		for _, show := range shows[1:] {
			if r.is(show) {
				counts[show]++
			}
		}
	}
	show := x.URL.Query().Get("show")
	for _, s := range shows {
		out.Filters = append(out.Filters, Choice{Href: x.here("show", s), Label: x.t("review.show."+cmp.Or(s, "all"), honne.Count("n", counts[s])), Current: s == show})
	}
	for i, as := range [...]string{"", "file"} {
		out.AsRead[i] = Choice{Href: x.here("as", as), Label: x.t("review.as." + cmp.Or(as, "read")), Current: x.URL.Query().Get("as") == as}
	}
	out.Rows = x.fold(rows, show)
	return out, counts["out"]
}

// lastRow is the last row to show: totals stand below the body.
func lastRow(t honne.Table) int32 {
	last := t.Body.To.Row
	for _, e := range t.Excluded {
		last = max(last, e.Range.To.Row)
	}
	return min(last, t.Body.From.Row+previewRows-1)
}

// is reports whether a row belongs to a filter.
func (r RowView) is(show string) bool {
	switch show {
	case "open":
		return r.Problem
	case "changed":
		return r.Changed
	case "out":
		return r.Why != ""
	}
	return true
}

// calm is how many rows of a kind are shown before the others are counted.
const calm = 5

// fold keeps the rows of the filter; of all rows it keeps the first, and those
// with something to note, and counts the others.
func (x *review) fold(rows []RowView, show string) []RowView {
	var out []RowView
	skipped := 0
	for i, r := range rows {
		if show == "" && i >= calm && !r.Problem && r.Why == "" || show != "" && !r.is(show) {
			skipped++
			continue
		}
		if show == "" {
			out = x.gap(out, skipped)
		}
		skipped = 0
		out = append(out, r)
	}
	if show == "" {
		out = x.gap(out, skipped)
	}
	return out
}

func (x *review) facts(t honne.Table) []Fact {
	area := t.Body
	if t.Header != (honne.Range{}) {
		area.From = t.Header.From
	}
	n := slices.IndexFunc(x.reading.Tables, func(o honne.Table) bool { return o.Sheet == t.Sheet && o.N == t.N })
	change := x.at("table") + "?table=" + strconv.Itoa(max(n, 0))
	if !x.waits() {
		change = ""
	}
	period := x.t("fact.in-columns")
	if !t.Period.IsZero() {
		period = x.lang.Period(t.Period)
	}
	at := t.PeriodAt
	if at == "name" {
		at = x.t("fact.from-name")
	}
	unit, unitAt := x.t("fact.unit.none"), t.UnitAt
	if u, at := unitOf(t); !u.IsZero() {
		unit, unitAt = x.unitName(u), at
	}
	if unitAt == "name" {
		unitAt = x.t("fact.from-name")
	}
	if t.Tax != "" {
		unit += x.t("comma") + x.t("tax."+string(t.Tax))
	}
	return append([]Fact{{x.t("fact.table"), area.String(), x.t("review.rows", honne.Count("n", t.Rows)), change}, {x.t("fact.month"), period, at, change},
		{x.t("fact.unit"), unit, unitAt, change}, {x.t("fact.kind"), x.kindOf(t), "", change}}, x.addsUp(t)...)
}

// addsUp is the total row of the table's amounts against the lines.
func (x *review) addsUp(t honne.Table) []Fact {
	for _, c := range slices.Backward(t.Controls) {
		f := Fact{Label: x.t("fact.adds"), Value: x.lang.Decimal(c.Sum), At: x.t("fact.total", honne.Text("at", c.At.String()), honne.Text("total", x.lang.Decimal(c.Total)))}
		if !c.Agrees {
			f.Label = x.t("fact.adds-not")
		}
		return []Fact{f}
	}
	return nil
}

// unitOf is the unit of a table's amounts, and where it is said: for the whole
// table, or in the header of a column.
func unitOf(t honne.Table) (honne.Unit, string) {
	if !t.Unit.IsZero() {
		return t.Unit, t.UnitAt
	}
	for _, c := range t.Columns {
		if _, amount, ok := c.Meaning.Measure(); ok && amount && !c.Unit.IsZero() {
			return c.Unit, c.At
		}
	}
	return honne.Unit{}, ""
}

func (v *visit) column(c honne.Column) ColumnView {
	_, _, measure := c.Meaning.Measure()
	out := ColumnView{At: c.At, Header: c.Header, Number: measure}
	switch {
	case isGuess(c):
		out.Class, out.State, out.Guess = "guess", v.t("column.guess", honne.Word("meaning", "meaning."+string(c.Meaning))), true
	case c.Said:
		out.State = v.t("column.said")
	case c.Remembered:
		out.State = v.t("column.remembered")
	case c.Meaning == honne.MeaningUnknown || c.Meaning == "":
		out.Class = "no"
	default:
		out.State = v.t("column.matched")
	}
	if !c.Period.IsZero() {
		out.State = v.lang.Period(c.Period)
	}
	chosen := chosenMeaning(c)
	for _, m := range honne.Meanings() {
		out.Groups = append(out.Groups, Choice{Href: string(m), Label: v.t("meaning." + string(m)), Current: m == chosen && !out.Guess})
	}
	out.Meaning = v.t("meaning." + string(cmp.Or(chosen, honne.MeaningUnknown)))
	return out
}

// chosenMeaning is the meaning as the list names it: a plain amount of another
// series than sales under that series.
func chosenMeaning(c honne.Column) honne.Meaning {
	s, amount, measure := c.Meaning.Measure()
	switch {
	case !measure || s != "" || c.Series == "" || c.Series == honne.Sales:
		return c.Meaning
	case amount:
		return honne.AmountOf(c.Series)
	}
	return honne.QuantityOf(c.Series)
}

// preview are rows of a table from one row to another: as read, or as in the
// file where the address says so.
func (x *review) preview(t honne.Table, from, to int32) []RowView {
	if len(t.Columns) == 0 || from == 0 {
		return nil
	}
	bad := problemCells(x.reading, t.Sheet)
	seen := x.seen(t, from, to)
	var out []RowView
	for at := from; at <= to; at += excerptRows {
		window := honne.Range{From: honne.Cell{Row: at}, To: honne.Cell{Row: min(to, at+excerptRows-1)}}
		window.From.Col, window.To.Col = span(t)
		cells, err := x.app.Works.Excerpt(x.Context(), x.file.ID, honne.Address{Sheet: t.Sheet, Range: window})
		if err != nil {
			x.app.Log.Warn("web: excerpt", "file", x.file.ID, "err", err)
			return out
		}
		for i, line := range cells {
			n := at + int32(i)
			out = append(out, x.row(t, n, line, bad, seen[n]))
		}
	}
	return out
}

// excerptRows is how many rows one look into the original returns.
const excerptRows = 200

// seen are the rows as they were read, by number; none where the file is shown
// as it is.
func (x *review) seen(t honne.Table, from, to int32) map[int32][]honne.SeenCell {
	if x.URL.Query().Get("as") == "file" {
		return nil
	}
	n := slices.IndexFunc(x.reading.Tables, func(o honne.Table) bool { return o.Sheet == t.Sheet && o.N == t.N })
	rows, err := x.app.Works.Look(x.Context(), x.file.ID, n, from, to)
	if err != nil {
		x.app.Log.Warn("web: look", "file", x.file.ID, "err", err)
		return nil
	}
	out := make(map[int32][]honne.SeenCell, len(rows))
	for _, r := range rows {
		if len(r.Cells) == len(t.Columns) {
			out[r.N] = r.Cells
		}
	}
	return out
}

func (v *visit) gap(rows []RowView, n int) []RowView {
	if n == 0 {
		return rows
	}
	return append(rows, RowView{Gap: v.t("review.gap", honne.Count("n", n))})
}

func span(t honne.Table) (from, to int32) {
	from, to = t.Body.From.Col, t.Body.To.Col
	for _, c := range t.Columns {
		if cell, err := honne.ParseCell(c.At + "1"); err == nil {
			from, to = min(from, cell.Col), max(to, cell.Col)
		}
	}
	return from, to
}

func problemCells(r honne.Reading, sheet string) []honne.Range {
	var out []honne.Range
	for _, p := range r.Problems {
		at := p.At.Range
		if at.From.Row != at.To.Row && at.From.Col != at.To.Col {
			continue // of a whole table none of the cells is wrong
		}
		if p.Severity != honne.SevNote && p.At.Sheet == sheet && at != (honne.Range{}) {
			out = append(out, p.At.Range)
		}
	}
	return out
}

func (x *review) row(t honne.Table, n int32, line []string, bad []honne.Range, seen []honne.SeenCell) RowView {
	row := RowView{Number: int(n)}
	for _, e := range t.Excluded {
		if e.Range.From.Row <= n && n <= e.Range.To.Row {
			row.Why = x.t("excluded." + string(e.Why))
		}
	}
	from, _ := span(t)
	for k, c := range t.Columns {
		at, err := honne.ParseCell(c.At + "1")
		if err != nil {
			continue
		}
		cell := CellView{}
		if i := int(at.Col - from); i < len(line) {
			cell.Text = line[i]
		}
		_, _, cell.Number = c.Meaning.Measure()
		where := honne.Cell{Row: n, Col: at.Col}
		if cell.Bad = slices.ContainsFunc(bad, func(b honne.Range) bool { return b.Contains(where) }); cell.Bad {
			cell.ID, row.Problem = where.String(), true
		} else if seen != nil {
			x.asRead(&cell, seen[k])
		}
		row.Changed = row.Changed || cell.Was != ""
		row.Cells = append(row.Cells, cell)
	}
	if strings.Join(line, "") == "" {
		row.Why = x.t("excluded.blank")
	}
	if i := slices.IndexFunc(row.Cells, func(c CellView) bool { return c.Text == "" && !c.Number }); i >= 0 {
		row.Cells[i].Label = row.Why
	}
	return row
}

// asRead shows a cell as it was read, with the text of the file beside it where
// that is another.
func (x *review) asRead(c *CellView, seen honne.SeenCell) {
	was := c.Text
	switch {
	case seen.Number != "":
		c.Text = x.lang.Decimal(seen.Number)
	case !seen.Period.IsZero() && seen.Period.From == seen.Period.To:
		c.Text = x.lang.Date(seen.Period.From)
	case !seen.Period.IsZero():
		c.Text = x.lang.Period(seen.Period)
	case seen.Word != "":
		c.Text = x.t(seen.Word)
	case seen.Text != "":
		c.Text = seen.Text
	}
	if seen.Changed && was != c.Text {
		c.Was = cmp.Or(was, "〃")
	}
}

// unitName writes the unit of a table: thousand yen, 千円, or as the file has it.
func (v *visit) unitName(u honne.Unit) string {
	key := "unit." + strconv.FormatInt(u.Scale, 10)
	if u.Currency == honne.JPY && v.app.Languages.Has(v.lang, key) {
		return v.t(key)
	}
	return u.String()
}

// tableNo is the table of the address, else the first that is a report.
func tableNo(q url.Values, r honne.Reading) int {
	n, err := strconv.Atoi(q.Get("table"))
	if err != nil || n < 0 || n >= len(r.Tables) {
		for i, t := range r.Tables {
			if t.Kind != "" && !t.Check {
				return i
			}
		}
		for i, t := range r.Tables {
			if t.Listed > 0 {
				return i
			}
		}
		return 0
	}
	return n
}
