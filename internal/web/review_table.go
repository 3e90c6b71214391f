package web

import (
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/japan"
)

// TableView is a table as it was found: where, what each column means, and the
// rows as they stand in the file.
type TableView struct {
	Facts   []Fact
	Columns []ColumnView
	Rows    []RowView
	Memory  string
	Unnamed bool // no report was recognised in it
}

// Fact is one thing that was understood, and where it is said.
type Fact struct{ Label, Value, At string }

// ColumnView is a column with the choice of its meaning.
type ColumnView struct {
	At, Header, Key, State string
	Class                  string
	Groups                 []Choice
	Number, Guess          bool
}

// RowView is a row of the sheet, or a gap of rows with nothing to note.
type RowView struct {
	Number  int
	Cells   []CellView
	Why     string // left out, and why
	Problem bool
	Gap     string
}

// CellView is a cell as it stands in the file.
type CellView struct {
	Text, ID string
	Number   bool
	Bad      bool
}

const previewRows = 300

func (v *visit) table(f honne.StoredFile, r honne.Reading, n int) *TableView {
	t := r.Tables[n]
	out := &TableView{Facts: v.facts(t), Unnamed: t.Kind == ""}
	remembered := 0
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, v.column(c))
		if c.Remembered {
			remembered++
		}
	}
	if remembered > 0 {
		out.Memory = v.t("review.memory", honne.Count("n", remembered), honne.Count("all", len(t.Columns)))
	}
	out.Rows = v.preview(f, r, t)
	return out
}

func (v *visit) facts(t honne.Table) []Fact {
	area := t.Body
	if t.Header != (honne.Range{}) {
		area.From = t.Header.From
	}
	facts := []Fact{{v.t("fact.table"), area.String(), v.t("review.rows", honne.Count("n", t.Rows))}}
	kind := v.t("fact.kind.none")
	if t.Kind != "" {
		kind = v.t("series." + string(t.Kind))
	}
	facts = append(facts, Fact{v.t("fact.kind"), kind, ""})
	period := v.t("fact.in-columns")
	if !t.Period.IsZero() {
		period = v.lang.Period(t.Period)
	}
	at := t.PeriodAt
	if at == "name" {
		at = v.t("fact.from-name")
	}
	facts = append(facts, Fact{v.t("fact.month"), period, at})
	unit, unitAt := v.t("fact.unit.none"), t.UnitAt
	if u, at := unitOf(t); !u.IsZero() {
		unit, unitAt = v.unitName(u), at
	}
	if t.Tax != "" {
		unit += v.t("comma") + v.t("tax."+string(t.Tax))
	}
	return append(facts, Fact{v.t("fact.unit"), unit, unitAt})
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
	s, _, measure := c.Meaning.Measure()
	out := ColumnView{At: c.At, Header: c.Header, Key: japan.Key(c.Header), Number: measure}
	switch {
	case isGuess(c):
		out.Class, out.State, out.Guess = "guess", v.t("column.guess", honne.Word("meaning", "meaning."+string(c.Meaning))), true
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
	chosen := c.Meaning
	if measure && s == "" && c.Series != "" && c.Series != honne.Sales {
		if c.Meaning == honne.MAmount {
			chosen = honne.AmountOf(c.Series)
		} else {
			chosen = honne.QuantityOf(c.Series)
		}
	}
	for _, m := range honne.Meanings() {
		out.Groups = append(out.Groups, Choice{Href: string(m), Label: v.t("meaning." + string(m)), Current: m == chosen && !out.Guess})
	}
	return out
}

// preview shows the first rows, every row with a problem and every row left
// out; the others are counted.
func (v *visit) preview(f honne.StoredFile, r honne.Reading, t honne.Table) []RowView {
	if v.app.Excerpt == nil || len(t.Columns) == 0 {
		return nil
	}
	window := t.Body
	for _, x := range t.Excluded { // totals stand below the body
		window.To.Row = max(window.To.Row, x.Range.To.Row)
	}
	first := window.From.Row
	window.To.Row = min(window.To.Row, first+previewRows-1)
	window.From.Col, window.To.Col = span(t)
	cells, err := v.app.Excerpt(v.Context(), f.ID, honne.Address{Sheet: t.Sheet, Range: window})
	if err != nil {
		v.app.Log.Warn("web: excerpt", "file", f.ID, "err", err)
		return nil
	}
	bad := problemCells(r, t.Sheet)
	var out []RowView
	skipped := 0
	for i, line := range cells {
		row := v.row(t, first+int32(i), line, bad)
		if i >= 5 && !row.Problem && row.Why == "" {
			skipped++
			continue
		}
		out = v.gap(out, skipped)
		skipped = 0
		out = append(out, row)
	}
	return v.gap(out, skipped)
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
		if p.Severity != honne.SevNote && p.At.Sheet == sheet && p.At.Range != (honne.Range{}) {
			out = append(out, p.At.Range)
		}
	}
	return out
}

func (v *visit) row(t honne.Table, n int32, line []string, bad []honne.Range) RowView {
	row := RowView{Number: int(n)}
	for _, x := range t.Excluded {
		if x.Range.From.Row <= n && n <= x.Range.To.Row {
			row.Why = v.t("excluded." + string(x.Why))
		}
	}
	from, _ := span(t)
	for _, c := range t.Columns {
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
		cell.Bad = slices.ContainsFunc(bad, func(b honne.Range) bool { return b.Contains(where) })
		if cell.Bad {
			cell.ID, row.Problem = where.String(), true
		}
		row.Cells = append(row.Cells, cell)
	}
	if strings.Join(line, "") == "" {
		row.Why = v.t("excluded.blank")
	}
	return row
}

// unitName writes the unit of a table: thousand yen, 千円, or as the file has it.
func (v *visit) unitName(u honne.Unit) string {
	key := "unit." + strconv.FormatInt(u.Scale, 10)
	if u.Currency == honne.JPY && v.app.Languages.Has(v.lang, key) {
		return v.t(key)
	}
	return u.String()
}
