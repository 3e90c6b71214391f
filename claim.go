package honne

import (
	"slices"
	"strconv"
	"strings"
)

// Passage is a piece of text as somebody wrote or said it: a line, an item of
// minutes, the body of a message.
type Passage struct {
	Text   string
	From   Side   // whose words; Ours never give a reason of the partner's
	Before string // the message that this one answers; "" without one
	Brings bool   // files came with it
}

// Mention is a reason recognised in a passage: a barrier given for a missing
// result, a refusal or a delay (domain 1.3, 3.10). A person confirms it.
type Mention struct {
	Excuse  string  // slug
	Score   float64 // calibrated probability that the passage holds an excuse, this one first; of an own excuse likeness, 0 to 1
	Sure    float64 // calibrated probability that it is this one: at most the score; 0 where it was not told
	Or      string  // the second slug
	OrScore float64
	From    int  // the words that decided: runes of the passage, from 0
	To      int  // the rune after them
	Barrier bool // checkable evidence, an own action or a date stands beside it: recorded, not flagged
}

// Unclear reports whether the reason that comes first is less likely than all others
// together: that something was given as a reason may be plain all the same.
func (m Mention) Unclear() bool { return m.Sure > 0 && m.Sure < 0.5 }

// Said is a mention with where it was said: kept when its message arrived, or
// written down by who heard it. Withdrawn, it was no such reason.
type Said struct {
	Mention
	Quote
	Topic     string  // what it was about, "" unknown: repetition counts by slug and topic
	Mail      MailID  // the message; 0 for none
	Who       string  // who said it, where somebody wrote it down: 田中様
	English   string  // the same in English, where somebody wrote it down
	Assistant string  `json:",omitempty"` // the model that proposed it, where one did
	Setting   Setting // where it was heard
	Confirmed bool    `json:"-"` // by a person; else the machine proposes it
	Verdict   Verdict `json:"-"` // of the check of its reason, put here for the measures; "" before the check
	OwnSide   bool    `json:"-"` // that check found our own side behind it
	Blames    Blame   `json:"-"` // what its reason names as the cause, put here for the measures; "" for none of the list
}

// Blame is what a reason names as the cause (domain 3.5 S-20).
type Blame string

// AllBlames lists them: head office is the partner's own. A reason that names the
// partner's own means (no CRM, busy staff) is none of them.
var AllBlames = []Blame{"market", "regulator", "head-office", "customer", "product", "us"}

// Setting is where something was said.
type Setting string

// The settings.
const (
	ByMail    Setting = "mail"
	AtCheckIn Setting = "check-in"
	AtMeeting Setting = "meeting"
	ByPhone   Setting = "phone"
)

// AllSettings lists them in their order.
var AllSettings = []Setting{AtCheckIn, AtMeeting, ByPhone, ByMail}

// Quote is where and when something was said.
type Quote struct {
	On   Date
	By   Side
	At   string // mail.mbox#41
	Text string
}

// Grade of evidence (domain 1.2).
type Grade string

// The grades, the best first.
const (
	GradeA Grade = "A" // a primary document, or our own data
	GradeB Grade = "B" // the distributor's data
	GradeC Grade = "C" // an interview
	GradeD Grade = "D" // an assertion
)

// AllGrades lists them, the best first.
var AllGrades = []Grade{GradeA, GradeB, GradeC, GradeD}

// Fact is something that files cannot give, or that the ledger says, as a
// number: a competitor's growth, a clause that was shown (1) or is not there
// (0). Kinds, their units and who knows them are content of the playbook.
type Fact struct {
	Kind     string  // slug of the playbook's facts
	Of       string  // which one, where there may be several: a competitor, an item of the register
	Value    float64 // ratios as ratios, differences of ratios as such, days as business days
	Source   string  // where it can be looked up
	On       Date    // the day it was true
	Grade    Grade
	Evidence []Selection // cells, where the ledger says it
}

// Asked is a question of ours on a reason given. Only a written one with a day
// makes silence count.
type Asked struct {
	Excuse   string
	On       Date
	Written  bool
	Answered Date   // 0: not yet
	At       string // where it stands: mail.mbox#57
}

// Judgement is what people made of the reasons of one kind that a partner gave:
// the claim C-014. Its versions are its history.
type Judgement struct {
	Excuse     string
	State      ClaimState
	Verdict    Verdict    // "" while nobody has given one
	Confidence Confidence // of the verdict
	Because    string
	Legitimate string   // what is true about it; "none" is an answer
	Partner    Both     // how it is put to the partner
	Facts      []string // the facts that the verdict rests on: kind, and which one after a blank
}

// ClaimState says where a claim stands (domain 1.3, the life of a claim).
type ClaimState string

// The states. A claim is confirmed, checked and asked about as its mentions,
// verdict and questions say; these are what a person decides.
const (
	ClaimOpen       ClaimState = ""
	ClaimAccepted   ClaimState = "accepted" // a barrier, with owner and plan
	ClaimResolved   ClaimState = "resolved"
	ClaimUnresolved ClaimState = "unresolved" // repeated
)

// OwnExcuse is a reason that the house added to the library: sentences like its
// own are found from then on. It has no rule, so that facts never decide it.
type OwnExcuse struct {
	Category   string
	Title      Both
	Sentences  []string
	Check      Both
	Legitimate Both
	Ask        Both
}

// ownExcuses begins the slugs of the house's own excuses, which no playbook holds.
const ownExcuses = "house-own-"

// OwnSlug is the slug of the house's own excuse of a number.
func OwnSlug(number int) string { return ownExcuses + strconv.Itoa(number) }

// OwnNumber is the number of the house's own excuse that a slug names; 0 for the
// excuses of a playbook.
func OwnNumber(slug string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(slug, ownExcuses))
	if err != nil || !strings.HasPrefix(slug, ownExcuses) {
		return 0
	}
	return n
}

// Registration is a medical registration and where it is to go (domain 2.6).
type Registration struct {
	Item   string
	Kind   string // approval, certification, notification, licence, pharma
	Holder string // mah: a domestic holder; fsas: the foreign maker itself
	To     string // as Holder; "" unknown
	Source string
	On     Date
	Grade  Grade
}

// Confidence of a verdict (domain 3.6).
type Confidence string

// The confidences. High takes grade A on both sides of a comparison.
const (
	LowConfidence    Confidence = "low"
	MediumConfidence Confidence = "medium"
	HighConfidence   Confidence = "high"
)

// Both is a text of a playbook in both languages.
type Both struct {
	EN string `json:"en"`
	JA string `json:"ja"`
}

// IsZero reports whether there is no text.
func (b Both) IsZero() bool { return b == Both{} }

// Claim is a reason that was given, with its check (domain 3.6).
type Claim struct {
	Excuse     string
	Category   string
	Said       []Quote // oldest first
	Barrier    bool    // never said without evidence, own action or a date
	Confirmed  bool    // a person confirmed at least one of them
	Unclear    bool    // of none of them is it likelier than not that this reason was meant
	Verdict    Verdict
	Confidence Confidence
	OwnSide    bool    // our own side caused at least part of it; said first
	NamesUs    []Quote // of Said, those that name something on our side as the cause
	Tags       []string
	Facts      []ClaimFact // what decided first
	Missing    []Missing
	Kinds      []string // of the facts that its rules look at, and of those they are computed from
	Guard      Both     // what to mind before any advice; zero when there is nothing
	Legitimate Both     // what may be true about it
	Ask        Both     // one polite question
	Point      Both     // what it is called before the partner
	Version    string
}

// NamesOurSide tags a claim of which a quote names our side as the cause, while
// nobody has said whether it is so: until then nothing contradicts it.
const NamesOurSide = "names-our-side"

// ToLookAt reports whether our own side must be looked at first.
func (c Claim) ToLookAt() bool { return slices.Contains(c.Tags, NamesOurSide) }

// ClaimFact is a fact that a claim was checked against.
type ClaimFact struct {
	Fact
	Title Both
	Unit  ValueUnit
	For   []Verdict // which verdicts it speaks for
	Ours  bool      // it speaks of our own side
}

// Missing is a fact that would help to decide, and who knows it.
type Missing struct {
	Kind  string
	Title Both
	Ask   FactSource
}

// FactSource says who can give a fact.
type FactSource string

// Who can give a fact.
const (
	FromPartner FactSource = "partner"
	FromUs      FactSource = "us"
	FromPublic  FactSource = "public" // a published source
	FromExpert  FactSource = "expert" // counsel, a regulatory specialist
	FromLedger  FactSource = "ledger" // computed from the record
)

// AllFactSources lists them in their order.
var AllFactSources = []FactSource{FromPartner, FromUs, FromPublic, FromExpert, FromLedger}
