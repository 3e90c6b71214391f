package honne

import (
	"slices"
	"time"
)

// FileID numbers the files of a database: /intake/412.
type FileID int64

// SubmissionID numbers the submissions of a database.
type SubmissionID int64

// UserID numbers the accounts; 0 is the program itself.
type UserID int64

// FileState is where a file stands between arrival and record.
type FileState string

// The states of a file.
const (
	FileReading   FileState = "reading"
	FileToResolve FileState = "to-resolve" // something needs a person
	FileReady     FileState = "ready"      // nothing open; waits for acceptance
	FileAccepted  FileState = "accepted"
	FileUnread    FileState = "unreadable"
	FileSetAside  FileState = "set-aside" // understood, but no distributor report
	FileUndone    FileState = "undone"    // reversed by a later version
)

// StoredFile is a file as the database knows it; the bytes are in the vault.
type StoredFile struct {
	ID          FileID
	Distributor DistributorID
	Path        string // base name, or archive.zip/売上.xlsx
	SHA256      string
	Size        int64
	Format      Format
	Receipt     Receipt
	From        Side
	State       FileState
	Loaded      time.Time
	LoadedBy    UserID
	Accepted    time.Time
	AcceptedBy  UserID
	Problems    int // errors and warnings
	Lines       int
}

// Submission is one version of whole periods of a series.
type Submission struct {
	ID          SubmissionID
	Distributor DistributorID
	File        FileID
	Path        string // of the file
	Part        Part
	Order       int // position among the parts of its file: a later one is newer
	Receipt     Receipt
	From        Side
	Recorded    time.Time // when it was accepted
	Reverses    SubmissionID
}

// Change is a cell of the roll-up that differs from the version before it.
type Change struct {
	Series   Series
	Period   Period
	Product  int32 // index into Record.Products; −1 when the report has no products
	Before   Reported
	After    Reported
	Old      SubmissionID
	New      SubmissionID
	Received Receipt // of the new version
	First    Receipt // of the old version
	Reason   Reason
	Raw      string // the partner's own words on it, where a line says so
}

// Reported is what a roll-up cell says: quantity in thousandths, amount in minor
// units.
type Reported struct {
	Quantity Figure
	Amount   Figure
}

// Reason is why a figure changed (domain 3.1).
type Reason string

// The reason codes. Unexplained is what the machine gives; the others are
// stated in the file or by a person.
const (
	ReasonCorrection  Reason = "correction"
	ReasonPrice       Reason = "price-agreement"
	ReasonCreditNote  Reason = "late-credit-note"
	ReasonReturns     Reason = "returns"
	ReasonClosingDay  Reason = "closing-day"
	ReasonIdentity    Reason = "identity-merge"
	ReasonOwnSide     Reason = "own-side"
	ReasonFinal       Reason = "final" // the report before called itself preliminary: 速報
	ReasonAdded       Reason = "added" // nothing was restated: a later report adds lines (Part.Adds)
	ReasonUnexplained Reason = "unexplained"
)

// Explains reports whether the reason, stated once, explains a change.
func (r Reason) Explains() bool { return r != ReasonUnexplained && r != ReasonCorrection && r != "" }

// ChangeReason is why a file changed earlier figures, as a person states who asked after
// it was accepted. It counts for all that the file changed and gives no reason for itself.
type ChangeReason struct {
	File   FileID `json:"file"`
	Reason Reason `json:"reason"`
	Said   string `json:"said,omitempty"` // by whom it was said and how, in words
}

// EntryKind says that it is a reason of changed figures.
func (ChangeReason) EntryKind() EntryKind { return EntryChangeReason }

// Selection is evidence: a part of the ledger, as of a day, that opens to cells.
// Zero fields select everything.
type Selection struct {
	Series      Series         `json:"series"`
	Period      Period         `json:"period"`
	Product     string         `json:"product,omitempty"`  // code, or name where there is no code
	Account     string         `json:"account,omitempty"`  // Account.Selector
	EndUser     bool           `json:"end_user,omitempty"` // lines whose party is an end user: by role, or a site by its name
	Disclosure  *Disclosure    `json:"disclosure,omitempty"`
	Besides     []string       `json:"besides,omitempty"` // without the lines of these, by Account.Selector
	By          Breakdown      `json:"by,omitempty"`      // with Of, the lines of one slice alone
	Of          string         `json:"of,omitempty"`
	Amount      bool           `json:"amount"`                // the amount column; else the quantity
	Submissions []SubmissionID `json:"submissions,omitempty"` // these versions; else those in force
	Mail        []MailID       `json:"mail,omitempty"`        // these messages, and no cells; the other fields are zero
	Log         EntryKind      `json:"log,omitempty"`         // what people entered of this kind with a day in Period, and no cells
}

// IsEndUser reports whether a party is the end user of a sale: by its role, or
// because it is a place of use by its own name, in whatever column it stands. A
// dealer is none (domain 5 AC5). Measures and Selection.EndUser ask the same.
func IsEndUser(r Role, site bool) bool { return r == EndUser || site }

// Covers reports whether every cell of t is one of s: the same, or a wider
// selection of the same column and versions.
func (s Selection) Covers(t Selection) bool {
	within := s.Period.IsZero() || !t.Period.IsZero() && s.Period.From <= t.Period.From && t.Period.To <= s.Period.To
	disclosed := s.Disclosure == nil || t.Disclosure != nil && *s.Disclosure == *t.Disclosure
	return within && disclosed && s.Series == t.Series && s.Amount == t.Amount && slices.Equal(s.Submissions, t.Submissions) && slices.Equal(s.Mail, t.Mail) && s.Log == t.Log &&
		(s.Product == "" || s.Product == t.Product) && (s.Account == "" || s.Account == t.Account) && (!s.EndUser || t.EndUser) &&
		(s.By == "" || s.By == t.By && s.Of == t.Of) && (len(s.Besides) == 0 || slices.Equal(s.Besides, t.Besides))
}

// Distinct drops every selection that another one of the list covers, so that no
// cell is listed twice; the order stays.
func Distinct(list []Selection) []Selection {
	var out []Selection
	for i, t := range list {
		covered := func(j int, s Selection) bool { return j != i && s.Covers(t) && (j < i || !t.Covers(s)) }
		hidden := false
		for j, s := range list {
			hidden = hidden || covered(j, s)
		}
		if !hidden {
			out = append(out, t)
		}
	}
	return out
}

// Source is a range of a file that holds selected figures, or a message: then At
// is zero.
type Source struct {
	File       FileID
	Path       string
	Submission SubmissionID
	At         Address
	Mail       MailID // the message; 0 for cells
	Figures    int    // number of cells
	Sum        int64  // minor units, or thousandths
}

// String returns FILE!SHEET!RANGE, or mail.mbox#41.
func (s Source) String() string {
	if at := s.At.String(); at != "" {
		return s.Path + "!" + at
	}
	return s.Path
}

// FromPartner reports whether a source is a file that the partner itself sent: of
// all others the partner sees not even the name.
func (r *Record) FromPartner(s Source) bool {
	return slices.ContainsFunc(r.Deliveries, func(d Delivery) bool { return d.Submission == s.Submission && d.From == Theirs })
}

// Version is one reported value of a cell or a total, newest first in lists.
type Version struct {
	Submission SubmissionID
	File       FileID
	Path       string
	Receipt    Receipt
	Value      Reported
	Reason     Reason
	Raw        string
	AcceptedBy UserID
	Current    bool
}
