package honne

import (
	"maps"
	"slices"
)

// Decisions are what people settled about one file: kept beside it, applied each
// time it is read, and reversible, because the bytes stay as they came. What is
// not decided is read as found.
type Decisions struct {
	Tables []TableSaid `json:"tables,omitempty"`
	Rows   []RowSaid   `json:"rows,omitempty"`
	Cells  []CellSaid  `json:"cells,omitempty"`
	Left   []string    `json:"left,omitempty"`   // keys of problems that a person looked at and left
	Open   []string    `json:"open,omitempty"`   // keys of those that a person opened again, though an earlier file of the form was left so
	Reason Reason      `json:"reason,omitempty"` // why the file changes earlier figures, where its lines do not say
	Asked  Date        `json:"asked,omitzero"`   // the day on which the partner was asked
	Adds   bool        `json:"adds,omitempty"`   // the file is more of the months that stand, and replaces nothing of them
}

// TableSaid is what a person said of the N-th table of a sheet, from 0. Zero
// fields stay as found.
type TableSaid struct {
	Sheet   string             `json:"sheet,omitempty"`
	N       int                `json:"n,omitempty"`
	Unused  bool               `json:"unused,omitempty"` // nothing of it is taken
	Header  Range              `json:"header,omitzero"`  // zero beside a Body: the table has no header
	Body    Range              `json:"body,omitzero"`    // where its rows stand, totals among them
	Kind    Series             `json:"kind,omitempty"`
	Unit    Unit               `json:"unit,omitzero"` // of its amounts
	Tax     Tax                `json:"tax,omitempty"`
	Period  Period             `json:"period,omitzero"`   // of rows that say none
	Columns map[string]Meaning `json:"columns,omitempty"` // by letters; MeaningUnknown is not used
	Sorts   map[string]Sort    `json:"sorts,omitempty"`   // by codes of sorts of entries (取引区分); "" is not known

	Remember bool `json:"remember,omitempty"` // for the partner's later files too, but for place and period; sorts are in any case
}

// Form returns what is remembered of the table's form: what its codes of sorts say
// in any case, the rest where that was asked.
func (t *TableSaid) Form() Form {
	if !t.Remember {
		return Form{Sorts: t.Sorts}
	}
	return Form{Unused: t.Unused, Kind: t.Kind, Unit: t.Unit, Tax: t.Tax, Sorts: t.Sorts}
}

// Sort is what a code of a sort of entry (取引区分) says of its rows.
type Sort string

// The sorts. What is taken back is below zero, whatever sign its figures have.
const (
	Sold     Sort = "sold"
	Returned Sort = "returned"
	Unsold   Sort = "unsold" // lent, given away, a transfer: no sale
)

// RowSaid takes a row that was left out as data, or leaves one out.
type RowSaid struct {
	Sheet string `json:"sheet,omitempty"`
	Row   int32  `json:"row"`
	Use   bool   `json:"use,omitempty"`
}

// CellSaid is a figure as a person reads it; without one the cell is read as
// blank, which is unknown and never 0.
type CellSaid struct {
	Sheet  string `json:"sheet,omitempty"`
	Cell   Cell   `json:"cell"`
	Number string `json:"number,omitempty"` // as Decimal.String, in the unit of its column
}

// Table finds what was said of the n-th table of a sheet; nil for nothing.
func (d *Decisions) Table(sheet string, n int) *TableSaid {
	for i := range d.Tables {
		if t := &d.Tables[i]; t.Sheet == sheet && t.N == n {
			return t
		}
	}
	return nil
}

// Say returns what is said of the n-th table of a sheet, adding it where nothing
// was.
func (d *Decisions) Say(sheet string, n int) *TableSaid {
	if t := d.Table(sheet, n); t != nil {
		return t
	}
	d.Tables = append(d.Tables, TableSaid{Sheet: sheet, N: n})
	return &d.Tables[len(d.Tables)-1]
}

// Read has a cell read as a number, as Decimal.String; "" reads it as blank.
func (d *Decisions) Read(sheet string, at Cell, number string) {
	said := CellSaid{sheet, at, number}
	for i := range d.Cells {
		if c := &d.Cells[i]; c.Sheet == sheet && c.Cell == at {
			*c = said
			return
		}
	}
	d.Cells = append(d.Cells, said)
}

// Take takes a row as data, or leaves it out.
func (d *Decisions) Take(sheet string, row int32, use bool) {
	said := RowSaid{sheet, row, use}
	for i := range d.Rows {
		if r := &d.Rows[i]; r.Sheet == sheet && r.Row == row {
			*r = said
			return
		}
	}
	d.Rows = append(d.Rows, said)
}

// Memory is what a partner's earlier files taught, confirmed by a person.
type Memory struct {
	Columns map[string]Meaning // header as normalised by japan.Key → meaning
	Forms   map[string]Form    // by Table.Form
}

// Form is what is known of tables with the same headers: in how many accepted
// files they stood, and what a person said of them. Zero fields are as found.
type Form struct {
	Files  int    `json:"files,omitempty"`
	Unused bool   `json:"unused,omitempty"`
	Kind   Series `json:"kind,omitempty"`
	Unit   Unit   `json:"unit,omitzero"`
	Tax    Tax    `json:"tax,omitempty"`

	Sorts map[string]Sort `json:"sorts,omitempty"` // by codes of sorts of entries
	Left  []string        `json:"left,omitempty"`  // what of a problem was left as it is, by Problem.OfForm

	Pieces []string `json:"pieces,omitempty"` // what files of the form are called that are each a part of the month, beside days
}

// Said reports whether a person said anything of the form.
func (f Form) Said() bool {
	return f.Unused || f.Kind != "" || !f.Unit.IsZero() || f.Tax != "" || len(f.Sorts) > 0 || len(f.Left) > 0 || len(f.Pieces) > 0
}

// Over is what is known of a form when more is said of it: a code that is said anew, or
// a problem that is left, leaves what was said of others, and of the form, as it was.
// What is said of the form stands in place of all that was.
func (f Form) Over(known Form) Form {
	sorts, left, pieces := maps.Clone(known.Sorts), slices.Concat(known.Left, f.Left), slices.Concat(known.Pieces, f.Pieces)
	if sorts == nil && len(f.Sorts) > 0 {
		sorts = map[string]Sort{}
	}
	maps.Copy(sorts, f.Sorts)
	if f.Sorts, f.Left, f.Pieces = nil, nil, nil; !f.Said() {
		f = known
	}
	slices.Sort(left)
	slices.Sort(pieces)
	f.Sorts, f.Left, f.Pieces = sorts, slices.Compact(left), slices.Compact(pieces)
	return f
}

// Repair is one way to settle a problem of a cell: to read it as a number.
type Repair struct {
	Number string     `json:"number"` // as Decimal.String
	Why    RepairKind `json:"why"`
	AddsUp bool       `json:"adds_up,omitempty"` // with it the column equals its total row
}

// RepairKind says what speaks for a repair.
type RepairKind string

// The kinds of repair.
const (
	RepairLetters RepairKind = "letters" // letters that look like digits: 1,2OO
	RepairMinus   RepairKind = "minus"   // a minus behind the number, as some systems print it: 12,300-
	RepairMarks   RepairKind = "marks"   // marks around the number: 約1,250
	RepairTotal   RepairKind = "total"   // what the total row lacks
)

// Control is a figure of a total row held against the rows that it sums up, in
// the unit of its column, as Decimal.String.
type Control struct {
	At      Cell   `json:"at"`
	Total   string `json:"total"`
	Sum     string `json:"sum"`
	Missing int    `json:"missing,omitempty"` // cells of the column that could not be read
	Agrees  bool   `json:"agrees"`            // nothing is missing, and both are equal but for rounding
}

// Key names a problem of a file for as long as the file says the same.
func (p Problem) Key() string { return p.What.ID + "@" + p.At.String() }

// PieceNamed is the note that the name of a file makes it a part of its month, as a person
// said of that layout.
const PieceNamed = "problem.piece-named"

// ofForm are the problems that a table of the same headers has every month: what they
// say is of the form, and not of the figures.
var ofForm = []string{"problem.measure-assumed", "problem.unit-unread", "problem.unit-elsewhere", "problem.unit-beside", "problem.stock-in-money",
	"problem.second-column", "problem.second-party", "problem.other-span", "problem.of-record", "problem.running-sum", "problem.orders-still-open",
	"problem.several-makers", "problem.several-suppliers", "problem.in-yen", "problem.months-in-sums", "problem.span-unused", "problem.half-of-year",
	"problem.months-by-order", "problem.months-by-number", "problem.shipments-whose", "problem.stock-by-title", "problem.stock-at-site",
	"problem.stock-beside-others", "problem.colour", "problem.rows-repeat", "problem.pdf-aligned", "problem.aligned", "problem.piece-unknown", PieceNamed,
	"problem.other-partner", "problem.customers-elsewhere", "problem.products-elsewhere"}

// OfForm names a problem for tables of one form: a person who left it as it is in one
// file need not leave it again in the next. It is "" for what is of one file alone.
func (p Problem) OfForm() string {
	if !slices.Contains(ofForm, p.What.ID) {
		return ""
	}
	return p.What.ID + "@" + p.Raw
}

// SeenRow is a data row of a table as it is read; Cells are parallel to the
// table's columns.
type SeenRow struct {
	N     int32
	Cells []SeenCell
}

// SeenCell is a cell as it is read: a number in the unit of its column, as
// Decimal.String, a period, or a text. All are zero for a blank.
type SeenCell struct {
	Number  string
	Period  Period
	Text    string
	Word    string // id in the catalogues of what its text was taken for: activity.demo; "" for none
	Changed bool   // it is written otherwise in the file
}
