package web

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"honne"
)

// PlaceStep is a table as it stands in its sheet, with what can be said of it:
// where it is, what it counts, of when, in which unit.
type PlaceStep struct {
	Sheet                string
	N                    int // its place among the tables of the sheet
	Header, Body         string
	Kinds, Units, Taxes  []Choice
	Month                string
	Unused, Remember     bool
	Letters              []string
	Rows                 []PlaceRow
	Facts                []Fact
	Empty                []Choice // sheets in which no table was found
	HeaderError, BodyBad string
	MonthError           string
}

// PlaceRow is a row of the sheet: header, data, left out and why, or beside the
// table.
type PlaceRow struct {
	N     int
	Class string // head, in, ex, or "" for a row that is not of the table
	Why   string
	Cells []string
	Hit   int // the column of the cell that was asked for, from 1; 0 for none
}

// placeRows and placeCols bound the picture of a sheet.
const (
	placeRows = 120
	placeCols = 40
)

// place shows the table of the address; a sheet without one can be named there.
func (x *review) place() (*PlaceStep, error) {
	t, said := x.tableShown()
	s := &PlaceStep{Sheet: t.Sheet, N: t.N, Unused: t.Unused, Remember: true}
	if t.Body != (honne.Range{}) {
		s.Body = t.Body.String()
	}
	if t.Header != (honne.Range{}) {
		s.Header = t.Header.String()
	}
	if m, ok := t.Period.Month(); ok {
		s.Month = m.String()
	}
	if said != nil {
		s.Remember = said.Remember
	}
	s.Kinds = x.kinds(t)
	s.Units, s.Taxes = x.units(t), x.taxes(t)
	s.Facts = x.facts(t)
	for _, p := range x.reading.Problems {
		if p.What.ID == "problem.no-table" {
			s.Empty = append(s.Empty, Choice{Href: x.here("sheet", p.At.Sheet, "table", ""), Label: p.At.Sheet, Current: p.At.Sheet == s.Sheet && t.Rows == 0})
		}
	}
	return s, x.draw(s, t)
}

// tableShown is the table of the address, or a new one on a sheet without any.
func (x *review) tableShown() (honne.Table, *honne.TableSaid) {
	q := x.URL.Query()
	t := honne.Table{Sheet: q.Get("sheet")}
	at, err := honne.ParseCell(q.Get("at"))
	switch n := x.tableOn(); {
	case err == nil && len(x.reading.Tables) > 0:
		t = x.reading.Tables[x.tableAt(honne.Address{Sheet: t.Sheet, Range: honne.Range{From: at, To: at}})]
	case !q.Has("sheet") && n < len(x.reading.Tables):
		t = x.reading.Tables[n]
	}
	return t, x.decided.Said.Table(t.Sheet, t.N)
}

func (x *review) kinds(t honne.Table) []Choice {
	out := []Choice{{Label: x.t("intake.from.find"), Current: t.Kind == ""}}
	for _, k := range told() {
		out = append(out, Choice{Href: string(k), Label: x.t("series." + string(k)), Current: k == t.Kind})
	}
	return out
}

// scales are the units of money that a table may be in.
var scales = [...]int64{1, 1000, 1_000_000, 100_000_000}

func (x *review) units(t honne.Table) []Choice {
	now, _ := unitOf(t)
	out := []Choice{{Label: x.t("place.as-found"), Current: now.IsZero()}}
	for _, n := range scales {
		u := honne.Unit{Scale: n, Currency: honne.JPY}
		out = append(out, Choice{Href: strconv.FormatInt(n, 10), Label: x.unitName(u), Current: u == now})
	}
	return out
}

func (x *review) taxes(t honne.Table) []Choice {
	out := []Choice{{Label: x.t("place.as-found"), Current: t.Tax == ""}}
	for _, tax := range [...]honne.Tax{honne.TaxExcluded, honne.TaxIncluded} {
		out = append(out, Choice{Href: string(tax), Label: x.t("tax." + string(tax)), Current: tax == t.Tax})
	}
	return out
}

// draw shows the sheet around the table as it stands in the file.
func (x *review) draw(s *PlaceStep, t honne.Table) error {
	window := honne.Range{From: honne.Cell{Row: 1, Col: 1}, To: honne.Cell{Row: placeRows, Col: placeCols}}
	at, _ := honne.ParseCell(x.URL.Query().Get("at"))
	if top := max(t.Header.From.Row, at.Row); top > 20 {
		window.From.Row, window.To.Row = top-10, top-10+placeRows
	}
	cells, err := x.app.Works.Excerpt(x.Context(), x.file.ID, honne.Address{Sheet: t.Sheet, Range: window})
	if errors.Is(err, honne.ErrInvalid) || errors.Is(err, honne.ErrNotFound) {
		return nil // what cannot be read has its problem
	}
	if err != nil {
		return fmt.Errorf("web: excerpt: %w", err)
	}
	width, last := 0, 0
	for i, row := range cells {
		for k, c := range row {
			if c != "" {
				width, last = max(width, k+1), i+1
			}
		}
	}
	for k := range width {
		s.Letters = append(s.Letters, honne.ColumnName(k+1))
	}
	for i, row := range cells[:last] {
		s.Rows = append(s.Rows, x.placeRow(t, window.From.Row+int32(i), row[:width]))
	}
	if i := int(at.Row - window.From.Row); at.Row > 0 && i < len(s.Rows) && int(at.Col) <= width {
		s.Rows[i].Hit = int(at.Col)
	}
	return nil
}

func (x *review) placeRow(t honne.Table, n int32, cells []string) PlaceRow {
	r := PlaceRow{N: int(n), Cells: cells}
	switch {
	case t.Header.From.Row <= n && n <= t.Header.To.Row && n > 0:
		r.Class = "head"
	case t.Body.From.Row <= n && n <= t.Body.To.Row:
		r.Class = "in"
	}
	for _, e := range t.Excluded {
		if e.Range.From.Row <= n && n <= e.Range.To.Row {
			r.Class, r.Why = "ex", x.t("excluded."+string(e.Why))
		}
	}
	return r
}

// postTable keeps what a person said of a table, and reads the file again.
func (a *app) postTable(w http.ResponseWriter, v *visit, x *review) error {
	sheet := v.FormValue("sheet")
	n, err := strconv.Atoi(v.FormValue("n"))
	if err != nil || n < 0 || n > 1000 {
		return &honne.Invalid{Field: "n", What: honne.Say("intake.no-form")}
	}
	said := x.decided.Said
	if err := sayTable(said.Say(sheet, n), v, x.found(sheet, n)); err != nil {
		return err
	}
	return x.decide(w, said)
}

// found is the table as it was read; the zero table where there was none.
func (x *review) found(sheet string, n int) honne.Table {
	for _, t := range x.reading.Tables {
		if t.Sheet == sheet && t.N == n {
			return t
		}
	}
	return honne.Table{}
}

// sayTable reads the form. What the form repeats of what was found is not said:
// it stays as found, also when next month's file finds it elsewhere.
func sayTable(s *honne.TableSaid, v *visit, found honne.Table) error {
	header, err := rangeOf(v.FormValue("header"))
	if err != nil {
		return &honne.Invalid{Field: "header", What: honne.Say("place.no-range", honne.Text("raw", v.FormValue("header")))}
	}
	body, err := rangeOf(v.FormValue("body"))
	if err != nil || header.To.Row >= body.From.Row && body.From.Row > 0 && header.From.Row > 0 {
		return &honne.Invalid{Field: "body", What: honne.Say("place.no-range", honne.Text("raw", v.FormValue("body")))}
	}
	if header != found.Header || body != found.Body {
		s.Header, s.Body = header, body
	}
	if k := honne.Series(v.FormValue("kind")); k != found.Kind {
		s.Kind = k
	}
	s.Unused = v.FormValue("unused") == "1"
	now, _ := unitOf(found)
	if scale, err := strconv.ParseInt(v.FormValue("unit"), 10, 64); err == nil && scale > 0 && (honne.Unit{Scale: scale, Currency: honne.JPY}) != now {
		s.Unit = honne.Unit{Scale: scale, Currency: honne.JPY}
	}
	if tax := honne.Tax(v.FormValue("tax")); tax != found.Tax {
		s.Tax = tax
	}
	if m := v.FormValue("month"); m != "" {
		month, err := honne.ParseMonth(m)
		if err != nil {
			return &honne.Invalid{Field: "month", What: honne.Say("place.no-month", honne.Text("raw", m))}
		}
		if month.Period() != found.Period {
			s.Period = month.Period()
		}
	}
	s.Remember = v.FormValue("remember") == "1"
	return nil
}

// rangeOf reads A6:I94 as a person types it; the zero Range for nothing.
func rangeOf(s string) (r honne.Range, err error) {
	s = strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(s), " ", ""))
	err = r.UnmarshalText([]byte(s))
	if err == nil && s != "" && (r.To.Row < r.From.Row || r.To.Col < r.From.Col) {
		err = honne.ErrInvalid
	}
	return r, err
}
