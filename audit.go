package honne

import (
	"slices"
	"time"
)

// Audit is one audit of a distributor: the A-007 of pages and documents (domain
// 1.1, 3.7). Its figures are read as of Known and Recorded, and never change.
type Audit struct {
	Title    string
	Scope    string // what is looked at: a region, a line; "" for all
	From, To Date   // the time assessed
	Known    Date   // the freeze: what was known by the end of this day in Japan
	Recorded time.Time
	Due      Date
	Auditor  Auditor
	Pack     string // industry: medtech, pharma, industrial, consumer
	Purpose  Both   // what the review is used for, said truthfully before anybody answers
	Lead     UserID
	Team     []UserID // who works on it beside the lead; an auditor sees the distributor by it
	Closed   Date     // 0: open
	Cycle    int      `json:",omitempty"` // months after which the next one begins; 0 for twelve

	Previews []Preview `json:",omitempty"` // of what goes to the partner, in the order in which they were noted

	Least    int    // how many voices off the record an aggregate needs; 0 for five
	LeastWhy string // the written reason for fewer than five
	Hotline  string // where illegality can be reported; told to everybody who speaks
	Held     string // why counsel holds every deletion; "" when it is not held
}

// Preview is one going through of a document with who leads the partner's side, in
// private and before the meeting (根回し; domain 3.9).
type Preview struct {
	Kind    string // audit, plan, renewal
	On      Date
	With    string // the function of who saw it
	Meeting Date   // which it comes before; 0 where none is set
	Said    string // what they said, and what was corrected
}

// Has reports whether somebody works on the audit.
func (a Audit) Has(u UserID) bool { return u == a.Lead || slices.Contains(a.Team, u) }

// AsOf is what the audit may know.
func (a Audit) AsOf() AsOf { return AsOf{Known: a.Known, Recorded: a.Recorded} }

// Auditor says who assesses, and what may stand in the way of a free judgement
// (domain ).
type Auditor struct {
	Name      string
	Kind      AuditorKind
	Japanese  LanguageLevel
	Years     int    // in Japan or with Japanese partners
	Conflicts string // "" when none were declared
	Bonus     bool   // their pay depends on sales in Japan
	Declared  Date   // the day they declared to be independent; 0: not yet
}

// AuditorKind is one of the three kinds of auditor.
type AuditorKind string

// The kinds of auditor.
const (
	AuditorInHouse AuditorKind = "in-house"
	AuditorFirm    AuditorKind = "firm"
	AuditorLocal   AuditorKind = "local" // local bilingual professionals
)

// AllAuditorKinds lists them in their order.
var AllAuditorKinds = []AuditorKind{AuditorInHouse, AuditorFirm, AuditorLocal}

// LanguageLevel is how well somebody speaks Japanese.
type LanguageLevel string

// The levels.
const (
	LanguageNone     LanguageLevel = "none"
	LanguageWorking  LanguageLevel = "working"
	LanguageBusiness LanguageLevel = "business"
	LanguageNative   LanguageLevel = "native"
)

// AllLanguageLevels lists them in their order.
var AllLanguageLevels = []LanguageLevel{LanguageNone, LanguageWorking, LanguageBusiness, LanguageNative}

// Rating is the score of one dimension: 0 absent, 1 weak, 2 partial, 3 adequate,
// 4 strong. What does not apply is NA and never zero. There is none without
// evidence or a written reason (domain 1.2).
type Rating struct {
	Audit     int    // number of the audit
	Dimension string // slug
	Score     int    // 0 to 4
	NA        bool
	Grade     Grade // of the best evidence
	Because   string
	Evidence  []EvidenceLink
}

// EvidenceLink is something that a rating or a finding rests on; one piece may
// serve many.
type EvidenceLink struct {
	Kind string // measure, claim, promise, file, figure, interview, document
	Ref  string // slug, C-014, G-003, a file's number, an address
	Note string
}

// EvidenceRequest is a line of the list that the partner is asked for. That it
// was not provided, with the reason, is an answer.
type EvidenceRequest struct {
	Audit     int
	Dimension string
	What      Both
	Level     string // how detailed it must be
	Format    string
	Asked     Date
	Due       Date
	Received  Date // 0: not yet
	File      FileID
	Grade     Grade
	Refused   string // why it is not provided
	LeftOut   string // why it does not apply, and is not asked for; "" when it is
}

// Open reports whether an answer is waited for.
func (r EvidenceRequest) Open() bool { return r.Received == 0 && r.Refused == "" && r.LeftOut == "" }

// SelfAnswer is the partner's own answer on one dimension, on record: 0 to 4.
type SelfAnswer struct {
	Audit     int
	Dimension string
	Score     int
	NA        bool
	Text      string
	By        string // the function of who answered; never more
}

// Interview is a conversation on the record. Who spoke is known by their function
// alone; what is said off the record is no entry (domain 3.8).
type Interview struct {
	Audit       int
	On          Date
	Pool        string // partner, ours, customers
	Function    string
	Language    string // of the talk: ja, en, both
	Interpreter bool
	Place       string         `json:",omitempty"` // where: one of Places; "" where it was not noted
	Asker       string         `json:",omitempty"` // who asked
	Readings    map[string]int // by the slug of the dimension, 0 to 4; what is absent was not asked
	Text        string         // in Japanese; in older ones in whatever language
	TextEN      string         `json:",omitempty"` // the same in English
}

// Places are where a conversation is held: at the office of the company whose
// people speak, at that of our own side, at a customer's, at an event, by video or
// telephone, elsewhere.
var Places = []string{"theirs", "ours", "customer", "event", "video", "phone", "elsewhere"}

// Finding is what an audit, a claim or a cell brought to light, F-031.
type Finding struct {
	Audit     int // 0: born outside an audit
	Dimension string
	Born      EvidenceLink
	Kind      FindingKind
	Cause     FindingCause
	Critical  bool // patient safety, unlicensed sale, credible bribery, sanctions
	Seen      string
	Matters   string // why
	Internal  string // frank
	Partner   Both   // as it is put to the partner
	Ours      Both   // what our side does about it
	Share     bool   // it may stand in the partner's edition
	Closed    Date
	Evidence  []EvidenceLink
}

// FindingKind is a kind of finding.
type FindingKind string

// The kinds.
const (
	FindingStrength FindingKind = "strength"
	FindingGap      FindingKind = "gap"
	FindingBreach   FindingKind = "breach"
)

// AllFindingKinds lists them in their order.
var AllFindingKinds = []FindingKind{FindingStrength, FindingGap, FindingBreach}

// FindingCause says where a gap comes from.
type FindingCause string

// The causes; CauseOurs is said first.
const (
	CauseUnknown FindingCause = ""
	CauseOurs    FindingCause = "own-side"
	CauseMarket  FindingCause = "market"
	CauseSystem  FindingCause = "system" // their systems, closing days, forms
	CauseAbility FindingCause = "ability"
	CauseWill    FindingCause = "will"
)

// AllFindingCauses lists them in their order.
var AllFindingCauses = []FindingCause{CauseUnknown, CauseOurs, CauseMarket, CauseSystem, CauseAbility, CauseWill}

// PlanAction is one of at most five actions of a corrective plan (domain 3.7).
type PlanAction struct {
	Audit       int
	Finding     int
	What        Both
	Ours        Both   // what our side does for it
	Metric      string // slug of a measure
	Start       float64
	Target      float64
	Begun       Date
	Due         Date
	OwnerOurs   string
	OwnerTheirs string
	Every       string // month, quarter, year
	Consequence Both   // what hangs on it, said plainly
	Extended    bool   // once
	Dropped     string // why
	Closed      string // why a person closed it, where their own files cannot
}

// Decision is what people decided after an audit; the machine only recommends.
type Decision struct {
	Audit       int
	Recommended Recommendation
	Decided     Recommendation
	Why         string
	Deadline    Date              // for visible change; the decision is opened again then
	Refused     Date              // the day they refused the plan in writing; 0: they did not
	NeverShared bool              // data was refused twice at every rung of the ladder (domain 2.9)
	Contingency bool              // there is a plan for what comes if it ends
	InPlace     []string          // of ExitItems, what an exit would find ready
	Lacking     map[string]string `json:",omitempty"` // why a transition was decided without what it requires, by the requirement
	Signed      []Signature
	Letter      RenewalLetter `json:",omitzero"`
}

// RenewalLetter is what its author writes into the letter of a renewal, in words
// for the partner (domain A-12).
type RenewalLetter struct {
	Recognition []Both // as chosen from the playbook, or written
	Goals       Both   // of the coming term, those of both sides
	Theirs      Both   // what the partner adds to them
	Ours        Both   // what our own side adds
}

// ExitItems are what readiness to leave is made of (domain 2.10).
var ExitItems = []string{"renewals", "their-dependency", "investments", "breaches", "registrations", "stock", "vigilance", "customers", "trademarks", "access",
	"personal-data", "counsel"}

// ExitReady is the share of ExitItems that is in place, 0 to 1; nil where nobody
// noted any.
func (d Decision) ExitReady() *float64 {
	if len(d.InPlace) == 0 {
		return nil
	}
	share := float64(len(d.InPlace)) / float64(len(ExitItems))
	return &share
}

// Signature is a person's yes to a decision; two different ones make it valid.
type Signature struct {
	By   UserID
	Name string
	On   Date
}

// Publication is a document as it was given away: its bytes lie in the vault
// under their digest, and the head of the history stands beside it.
type Publication struct {
	Audit    int
	Kind     string // audit, plan, renewal, dossier
	Voice    string // internal, partner
	Language string
	Format   string // html, pdf, xlsx
	Name     string // of the file
	SHA256   string
	Head     string // of the history, at that moment
	On       Date
}

// Released is what an audit may show of voices off the record: aggregates of k or
// more, made when the lead auditor released them (domain 3.8).
type Released struct {
	Audit     int
	Dimension string
	Pool      string // partner, ours, customers: pools never mix
	Median    float64
	Themes    []string // of two people or more, in the auditor's words
}

// WithholdVoices takes out of a record what voices off the record say together, and
// so what is worked out from it: for whoever may not hear it, and for documents,
// which go from hand to hand.
func (r *Record) WithholdVoices() {
	r.Audits = slices.Clone(r.Audits)
	for i := range r.Audits {
		r.Audits[i].Released = nil
	}
}

// Assessment is one audit with all that was written in it.
type Assessment struct {
	Number      int
	Audit       Audit
	Ratings     []Rating          // in the order of AllDimensions
	Requests    []EvidenceRequest // as entered
	Self        []SelfAnswer      // in the order of AllDimensions
	Interviews  []Numbered[Interview]
	Findings    []Numbered[Finding]
	Actions     []Numbered[PlanAction]
	Decision    Decision
	Released    []Released
	Publication []Publication
}

// Numbered is a body with the number of its entry.
type Numbered[T Entered] struct {
	Number int
	Body   T
}

// Rating returns the rating of a dimension.
func (a *Assessment) Rating(dimension string) (Rating, bool) {
	for _, r := range a.Ratings {
		if r.Dimension == dimension {
			return r, true
		}
	}
	return Rating{}, false
}
