// Package mail reads messages: one in a file (.eml), or many in a mailbox
// (.mbox) of any size, which it streams. It owns the bytes of mail (RFC 5322,
// MIME, and the many ways in which both are broken), the text that a message
// says anew, without quotes and signatures, the files attached to it, and
// invitations to meetings. The package outlook gives the same Messages from the
// files of that program.
//
// It refuses to judge: whose a message is, and what it asks, is found by package
// intake. It reads no body that nobody asks for: a Message is its head until
// Read is called. It trusts no length, no label and no nesting: what is too much
// is left out and named as a Fault, and the rest is read. Nothing it returns as
// an error or a Fault holds text of a message.
package mail

import (
	"io"
	"time"
)

// Message is a message of a mailbox. Read must be called, if at all, before the
// next message is asked for.
type Message struct {
	Head
	N    int // its number in the mailbox, from 1
	Read func() (Body, error)
}

// Head is what the fields of a message say.
type Head struct {
	ID         string // Message-ID without brackets; "" when there is none
	References []string
	From       Address
	Sender     Address // zero when it is From
	To, Cc     []Address
	Owner      Address // in whose mailbox a server put it; zero when none says so
	Subject    string

	// At is when the message was sent, or, where that is missing or cannot be,
	// when it was received. Exact is false when no field says it with a zone that
	// exists; then At is a guess, and zero when nothing speaks of a day.
	At    time.Time
	Exact bool

	Auto     bool // written by a program: a reply, a notice, a report of delivery
	Report   bool // of delivery
	Bulk     bool // sent to many: lists, newsletters
	Disputed bool // the receiving server found that it does not come from its From
	Faults   []Fault
}

// Address is a mailbox of a person or an office.
type Address struct {
	Name string
	Addr string // in lower case
}

// Body is what a message holds below its head.
type Body struct {
	Text    string // what it says anew, in lines; no quotes, no signature
	Files   []File
	Within  []*Message // messages attached to it, whose N is 0
	Invites []Invite
	Faults  []Fault
	Page    string // a page of the tables of figures that it says anew; "" where there is none

	Returned Returned // of a report of delivery

	all  string // what the text quotes as well
	page string // in HTML, where a table stands in it
}

// File is an attachment. Inline says that the text shows it: a logo, a picture.
type File struct {
	Name   string // base name; made of the type and the position where there is none
	Type   string // image/png, as the message claims
	Inline bool
	Write  func(w io.Writer) error // decodes it; each call anew
}

// Fault is something in a message that was not understood, or left out: one of
// the codes, and the name of the attachment it is in.
type Fault struct {
	Code string
	Part string
}

// The codes of Faults.
const (
	CodeHeadTooLong  = "mail-head-too-long"  // fields beyond the limit were left out
	CodeTooManyParts = "mail-too-many-parts" // of one message; the rest was left out
	CodeTooDeep      = "mail-too-deep"       // parts within parts; the inner ones were left out
	CodeTextTooLong  = "mail-text-too-long"  // the text was cut
	CodeBase64       = "mail-base64"         // letters that base64 has not, or too few of them
	CodeLost         = "mail-characters"     // characters of the text that no encoding knows
	CodeNoBoundary   = "mail-no-boundary"    // parts that nothing separates: read as one text
	CodeCut          = "mail-cut"            // parts that never end: the message is cut off
	CodeDate         = "mail-date"           // no date, or one that cannot be
	CodeZone         = "mail-zone"           // a date without a zone, or with one that does not exist
	CodeFrom         = "mail-from"           // no sender, or more than one
)

// Limits bound what a message may make of its bytes.
type Limits struct {
	Head  int // bytes of the fields of one head
	Parts int // of one message, those of messages within it included
	Depth int // of parts within parts
	Text  int // bytes of text of one message
}

// DefaultLimits are far above what people send, and far below what harms.
func DefaultLimits() Limits {
	return Limits{Head: 1 << 20, Parts: 10_000, Depth: 100, Text: 1 << 20}
}
