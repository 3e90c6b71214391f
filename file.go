package honne

import (
	"io"
	"iter"
	"slices"
	"time"
)

// File is what intake is given: a name, bytes, and what is known of how it came.
type File struct {
	Name     string // base name, or archive.zip/売上.xlsx inside another
	Size     int64
	Bytes    io.ReaderAt
	Receipt  Receipt
	From     Side
	Kind     Series // what the sender says it holds; "" to find out
	Topic    Topic  // what the sender says it is about, where it gives no figures; "" to find out
	Currency Currency
	Closing  int       // day of the month on which the distributor's books close, 1 to 28; 0 for its last
	Domains  *Domains  // whose mail in it is kept; nil for all of it, as nobody's
	Whole    bool      // what is attached to it is taken, whoever sent it: it came to a drop address
	Said     Decisions // what people settled about it
	ID       FileID    // its number in the ledger, 0 for none
	Password string    // opens the locked files in it; "" when nobody gave one; never kept
}

// Side says whose a file or a message is.
type Side string

// The sides.
const (
	Theirs Side = "theirs" // the distributor's
	Ours   Side = "ours"   // the manufacturer's
	Third  Side = "third"  // a public or third-party source
)

// Basis says how the moment of receipt is known.
type Basis string

// How a moment of receipt is known. Only with ByMessage and Stated may
// anything be called late; ByName and ByLoad are bounds, shown as such.
const (
	ByMessage Basis = "message"   // the message that brought it says so
	Stated    Basis = "stated"    // a person or distributor.yaml says so
	ByName    Basis = "estimated" // a date in the file's name or properties: not before
	ByLoad    Basis = "unknown"   // nothing is known; ordered by name
)

// Receipt is when a file reached us.
type Receipt struct {
	At    time.Time `json:"at"`
	Basis Basis     `json:"basis"`
}

// Exact reports whether the receipt is known well enough to call a report late.
func (r Receipt) Exact() bool { return r.Basis == ByMessage || r.Basis == Stated }

// Day returns the day of receipt in Japan, 0 when unknown.
func (r Receipt) Day() Date { return DateOf(r.At) }

// Format is the kind of bytes.
type Format string

// The formats that are recognised; not all are read.
const (
	CSV     Format = "csv"
	TSV     Format = "tsv"
	TXT     Format = "txt" // columns set below each other by blanks
	XLSX    Format = "xlsx"
	XLS     Format = "xls"  // also one that is XML, of Excel 2003
	HTML    Format = "html" // also a page that is called .xls
	XML     Format = "xml"  // flat records, as systems exchange them
	DOCX    Format = "docx"
	PPTX    Format = "pptx"
	PDF     Format = "pdf"
	ZIP     Format = "zip" // holds files, has no table itself
	EML     Format = "eml" // a message
	MBOX    Format = "mbox"
	MSG     Format = "msg" // a message, as Outlook saves it
	PST     Format = "pst" // a mailbox, as Outlook keeps it
	Unknown Format = "unknown"
)

// Holds reports whether files of the format hold other files and no table
// themselves.
func (f Format) Holds() bool { return f == ZIP || f.IsMail() }

// IsMail reports whether files of the format are messages, or mailboxes.
func (f Format) IsMail() bool {
	switch f {
	case EML, MBOX, MSG, PST:
		return true
	}
	return false
}

// Reading is what intake understood of a file.
type Reading struct {
	File     string    `json:"file"`
	SHA256   string    `json:"sha256"`
	Format   Format    `json:"format"`
	Encoding string    `json:"encoding,omitempty"` // utf-8, utf-8-bom, utf-16le, utf-16be, cp932, euc-jp; "" for XLSX
	Tables   []Table   `json:"tables"`
	Parts    []Part    `json:"parts"`
	Problems []Problem `json:"problems"`
	Messages int       `json:"messages"`
	Inside   []FileID  `json:"inside,omitempty"`  // the files in it, once they are in the ledger
	Decided  int       `json:"decided,omitempty"` // which state of what people decided of the file it was read with, 0 for none
	Listed   []Listed  `json:"-"`                 // the rows of lists that give no figures, in the order of the file

	// Lines streams every line of every part, reading the bytes again. A Line
	// and its strings may be kept; the order is that of the file.
	Lines iter.Seq2[Line, error] `json:"-"`
	// Values streams every measured cell, for `honne read --records`.
	Values iter.Seq2[Value, error] `json:"-"`
}

// Locked reports whether the file, or a file in it, waits for its password.
func (r Reading) Locked() bool {
	return slices.ContainsFunc(r.Problems, func(p Problem) bool {
		return p.What.ID == "problem.password" || p.What.ID == "problem.entry-password"
	})
}

// Layout says how a table is laid out.
type Layout string

// The layouts.
const (
	Long     Layout = "long"     // a record a row
	Crosstab Layout = "crosstab" // periods, products or customers across
)

// Table is one table found on a sheet.
type Table struct {
	Sheet    string     `json:"sheet"`
	Header   Range      `json:"header"` // zero when the table has no header
	Body     Range      `json:"body"`   // first to last data row
	Rows     int        `json:"rows"`   // data rows only
	Layout   Layout     `json:"layout"`
	Title    []string   `json:"title,omitempty"` // texts above the header
	Kind     Series     `json:"kind"`            // "" when it is no distributor report
	Topic    Topic      `json:"topic,omitempty"` // what it is about, where the ledger has no series for that
	Unit     Unit       `json:"unit"`
	UnitAt   string     `json:"unit_at,omitempty"` // the cell that says the unit; "name" for that of the sheet or file
	Tax      Tax        `json:"tax"`
	Period   Period     `json:"period"`
	PeriodAt string     `json:"period_at,omitempty"` // the cell, or "name" for the file's name
	Columns  []Column   `json:"columns"`
	Excluded []Excluded `json:"excluded"`
	Check    bool       `json:"check,omitempty"`  // used as a check only: a finer table of the file holds the same figures
	Form     string     `json:"form,omitempty"`   // the same for tables with the same headers, periods aside
	Known    int        `json:"known,omitempty"`  // in how many accepted files of the partner that form stood
	N        int        `json:"n,omitempty"`      // its place among the tables of its sheet, from 0
	Unused   bool       `json:"unused,omitempty"` // a person said that nothing of it is taken
	Controls []Control  `json:"controls,omitempty"`
	Listed   int        `json:"listed,omitempty"` // rows of a list that become entries
}

// TableAt is the first of some tables, as they stand in a file, of which an address is: in
// its rows, or above them where its titles are. It is −1 where none is.
func TableAt(tables []Table, at Address) int {
	return slices.IndexFunc(tables, func(t Table) bool { return t.Sheet == at.Sheet && at.Range.From.Row <= t.Body.To.Row })
}

// Topic is what a table is about that gives the ledger no figures.
type Topic string

// The topics.
const (
	Pipeline  Topic = "pipeline"   // cases with their stage: 案件, 確度
	Activity  Topic = "activity"   // visits, meetings, demonstrations
	Contacts  Topic = "contacts"   // people and addresses
	PriceList Topic = "price-list" // prices of articles, without quantities

	Settlement Topic = "settlement" // of prices that were agreed after goods were sold: 差額精算

	ProductList Topic = "product-list" // articles alone
)

// AllTopics lists the topics in the order in which a table is asked for them.
var AllTopics = []Topic{Pipeline, Activity, Settlement, PriceList, ProductList, Contacts}

// Excluded is a range that was left out, and why.
type Excluded struct {
	Range Range     `json:"range"`
	Why   Exclusion `json:"why"`
}

// Exclusion is a reason for leaving rows or columns out.
type Exclusion string

// The reasons.
const (
	TitleRow    Exclusion = "title"
	SubtotalRow Exclusion = "subtotal"
	TotalRow    Exclusion = "total"
	NoteRow     Exclusion = "note"
	BlankRow    Exclusion = "blank"
	RepeatedRow Exclusion = "repeated-header"
	CodeRow     Exclusion = "codes"
	HiddenRow   Exclusion = "hidden"
	TornRow     Exclusion = "torn"    // its cells are shifted, cut or run together
	SaidRow     Exclusion = "said"    // a person left it out
	OutsideRow  Exclusion = "outside" // it stands below or beside the tables
	DerivedRow  Exclusion = "derived" // a ratio, a difference, a cost: nothing that is kept
	PartRow     Exclusion = "part"    // うち: part of the row above
	UnsoldRow   Exclusion = "unsold"  // lent, given away, placed on consignment, freight: no sale
)

// Column is one column of a table and what it means.
type Column struct {
	At         string   `json:"at"` // letters
	Header     string   `json:"header"`
	Meaning    Meaning  `json:"meaning"`
	Confidence float64  `json:"confidence"`
	Unit       Unit     `json:"unit"`
	Series     Series   `json:"series,omitempty"`
	Period     Period   `json:"period"`             // crosstab: the period across
	Product    *Product `json:"product,omitempty"`  // crosstab: the product across
	Customer   *Party   `json:"customer,omitempty"` // crosstab: the customer across
	Region     string   `json:"region,omitempty"`   // crosstab: the branch or region across
	Guess      bool     `json:"guess,omitempty"`    // below certainty: a person must confirm
	Remembered bool     `json:"remembered,omitempty"`
	Said       bool     `json:"said,omitempty"`  // by a person, of this file
	Label      bool     `json:"label,omitempty"` // text, codes or dates: no measure
}

// Unit is what a number counts: Scale × Currency, or Scale × Name. A zero Scale
// is an unknown unit.
type Unit struct {
	Scale    int64    `json:"scale,omitempty"` // 1, 1000, 1000000, 100000000
	Currency Currency `json:"currency,omitempty"`
	Name     string   `json:"name,omitempty"` // 本, kl, pieces
}

// IsZero reports whether the unit is unknown.
func (u Unit) IsZero() bool { return u.Scale == 0 }

// String returns "1000 JPY", "JPY", "kl", or "".
func (u Unit) String() string {
	name := u.Name
	if u.Currency != "" {
		name = string(u.Currency)
	}
	switch {
	case u.Scale == 0:
		return ""
	case u.Scale == 1:
		return name
	}
	return Decimal{Coef: u.Scale}.String() + " " + name
}

// Tax says whether consumption tax is in an amount.
type Tax string

// The tax bases; "" is not stated.
const (
	TaxExcluded Tax = "excluded"
	TaxIncluded Tax = "included"
)

// Severity of a problem.
type Severity string

// Severities. Errors and warnings make a command exit with 1; notes do not.
const (
	SevError   Severity = "error"   // the file or a table could not be read
	SevWarning Severity = "warning" // a cell or a column could not be understood
	SevNote    Severity = "note"    // left out or read with a rule, for information
)

// Problem is something in a file that was not understood, with its address.
type Problem struct {
	At       Address  `json:"at"`
	Severity Severity `json:"severity"`
	What     Message  `json:"what"`
	Raw      string   `json:"raw,omitempty"`
	Count    int      `json:"count,omitempty"` // more of the same kind, not listed
	Repairs  []Repair `json:"repairs,omitempty"`
	OffList  *OffList `json:"off_list,omitempty"` // the product that is not on our own list
	Instead  Meaning  `json:"instead,omitempty"`  // what a column gave in the partner's earlier file where this one stands now
	Left     bool     `json:"left,omitempty"`     // a person looked at it and left it as it is
}

// Value is one measured cell, for `honne read --records`.
type Value struct {
	At      Address
	Measure string // sales_amount; "" where meanings are unknown
	Number  Decimal
	Unit    Unit
	Raw     string
	Line    *Line             // of a report
	Labels  map[string]string // of a table whose meanings are unknown
	Column  string            // its header there
}
