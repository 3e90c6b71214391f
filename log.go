package honne

// Log is what people wrote about a distributor because no file says it. What
// nobody wrote is unknown, never zero (domain 3.5): a zero needs a month that
// was reported whole, or a question of ours that was answered.
type Log struct {
	Activities  []FieldActivity  // by day
	Months      []ActivityMonth  // by month, then kind
	Targets     []TargetSite     // by name
	Access      []AccessRequest  // by the day it was asked
	Investments []Investment     // by the first day
	Margins     []MarginRange    // by the first day
	Documents   []Document       // by kind, then the day of issue
	Contacts    []Contact        // by function, then name
	RedFlags    []RedFlag        // by day; empty for whoever may not see that there are any
	Pulses      []Pulse          // by month, then rater
	Accounts    []PublicAccount  // by year
	Explained   []Explanation    // by the period it explains
	OurActs     []OurAct         // by day
	Changes     []ChangeRequest  // by the day it was asked
	Delayed     []Delayed        // by day
	Terms       []ContractTerm   // by slug
	Readiness   []Readiness      // by question
	Handled     []SignAction     // by day
	Seen        []SignSeen       // by day
	Estimates   []MarketEstimate // by the months, then by day
	Market      []MarketEvent    // by day
	Waivers     []GateWaiver     // by the period that is waived
	Secret      []Confidential   // by account
	Replace     []Replacing      // by part, then day
	Answers     []PhoneAnswer    // by day
	Looks       []BrandLook      // by day
	Met         []NotedMeeting   // by the day they were set for or held on
	AtPartner   []PartnerChange  // by the day it was told
}

// FieldActivity is something done in the field for our line (domain 3.2).
type FieldActivity struct {
	On            Date
	Kind          ActivityKind
	Outbound      bool   // they began it
	Site          string // as the files name it; "" where it was no visit to one
	Rep           string // who did it, as reported
	DecisionMaker bool   // somebody who decides was met
	Joint         bool   // we were there
	Verified      bool   // called back, or a document seen
	Source        string
	Cited         Cited `json:",omitzero"`
}

// ActivityKind is a kind of activity.
type ActivityKind string

// The kinds of activity.
const (
	ActivityCall     ActivityKind = "call"
	ActivityVisit    ActivityKind = "visit"
	ActivityDemo     ActivityKind = "demo"
	ActivitySeminar  ActivityKind = "seminar"
	ActivityCongress ActivityKind = "congress"
	ActivityTraining ActivityKind = "training"
	ActivityService  ActivityKind = "service"
	ActivityUnknown  ActivityKind = "unknown" // a word of a list that no playbook knows: of no kind, and never guessed
)

// AllActivityKinds lists those that are known, in their order.
var AllActivityKinds = []ActivityKind{ActivityCall, ActivityVisit, ActivityDemo, ActivitySeminar, ActivityCongress, ActivityTraining, ActivityService}

// OutboundKinds are those by which a partner visits a site; unless somebody says
// otherwise it began them.
var OutboundKinds = []ActivityKind{ActivityCall, ActivityVisit, ActivityDemo}

// ActivityMonth is what was planned for a month, and whether its log is whole:
// only then does a kind without an entry mean none.
type ActivityMonth struct {
	Month   Month
	Kind    ActivityKind // "" for all of the month
	Planned int          // 0 when nothing was planned
	Whole   bool
	Source  string
	Cited   Cited `json:",omitzero"`
}

// TargetSite is a site, or an opinion leader, that both sides want to reach.
type TargetSite struct {
	Name      string // as the files name it
	Key       bool   // a key account
	Leader    bool   // an opinion leader
	Potential Money  // a year; zero currency when nobody estimated it
	Listed    Date
}

// AccessRequest is a wish of ours to meet a customer or an opinion leader.
type AccessRequest struct {
	Asked    Date
	Whom     string
	Key      bool // a key account
	Leader   bool // an opinion leader
	Answer   AccessAnswer
	Answered Date
	Met      Date   // 0: not yet
	Reason   string // one of AccessGuards, or as they gave it
	Mail     MailID
}

// AccessAnswer is what they answered.
type AccessAnswer string

// The answers.
const (
	AccessOpen    AccessAnswer = ""
	AccessGranted AccessAnswer = "granted"
	AccessRefused AccessAnswer = "refused"
)

// AccessGuards are the reasons for which a refusal is none of theirs (domain 1.4
// W6): a tender, rules on visits, the privacy of patients.
var AccessGuards = []string{"tender-period", "visiting-rules", "patient-privacy"}

// Investment is something that they spent on our line, or the answer that there
// was nothing in that time (None).
type Investment struct {
	From, To Date
	Kind     InvestmentKind
	Low      Money // zero currency: an event without a sum
	High     Money
	None     bool // asked, and none was named
	Source   string
}

// InvestmentKind is a kind of investment.
type InvestmentKind string

// The kinds of investment (domain 3.5 S-19, 1.4 W4).
const (
	InvestMarketing    InvestmentKind = "marketing"
	InvestTraining     InvestmentKind = "training"
	InvestLocalisation InvestmentKind = "localisation"
	InvestStaff        InvestmentKind = "staff"
	InvestDemoStock    InvestmentKind = "demo-stock"
	InvestConsignment  InvestmentKind = "consignment"
	InvestHiring       InvestmentKind = "hiring"
)

// AllInvestmentKinds lists them in their order.
var AllInvestmentKinds = []InvestmentKind{InvestMarketing, InvestTraining, InvestLocalisation, InvestStaff, InvestDemoStock, InvestConsignment, InvestHiring}

// MarginRange is their gross margin on our line, as a range: they may refuse more
// and never need to give more (domain 3.5 S-19).
type MarginRange struct {
	From, To  Date
	Low, High Money
	Source    string
}

// Document is a paper that must be valid: a licence, an approval, a manual.
type Document struct {
	Kind     string // slug of the playbook, or as somebody wrote it
	Title    string
	Required bool
	Issued   Date
	Expires  Date // 0: it does not expire
	Grade    Grade
	Source   string
}

// Contact is somebody at the distributor whom we know. Of a list that somebody
// sent only the function is kept, and whether it says how to reach them (domain
// 2.9): the name is empty then.
type Contact struct {
	Function Function
	Name     string
	Direct   bool // we reach them without another's help
	Top      bool // most of what we know comes from them
	Field    bool // they are with customers
	English  bool // we only speak English with them
	From     Date
	To       Date // 0: still there
	Source   string
	Cited    Cited `json:",omitzero"`
}

// Function is a function of a distributor (domain 3.5 S-24).
type Function string

// The functions.
const (
	FunctionSales      Function = "sales"
	FunctionField      Function = "field"
	FunctionTechnical  Function = "technical"
	FunctionQuality    Function = "quality" // QA and RA
	FunctionFinance    Function = "finance"
	FunctionManagement Function = "management"
)

// AllFunctions lists them in their order.
var AllFunctions = []Function{FunctionSales, FunctionField, FunctionTechnical, FunctionQuality, FunctionFinance, FunctionManagement}

// RedFlag is a fact that counsel and compliance look at, and nobody else
// (domain 3.5 S-26).
type RedFlag struct {
	On       Date
	Kind     string // slug of the playbook
	Fact     string
	Critical bool // patient safety, unlicensed sale, credible bribery, sanctions
	Closed   Date // 0: open
	Source   string
}

// Pulse is how one of our people feels about a distributor in a month, 1 to 5
// with a line. An opinion, and marked as one.
type Pulse struct {
	Month Month
	Score int
	Line  string
	Alone bool   // a private log that never counts
	Rater UserID `json:"-"`
}

// PublicAccount is what public accounts of a year say, and how much of it is
// ours.
type PublicAccount struct {
	Year        int // fiscal year
	Revenue     Money
	GrossMargin float64 // of the company; 0 unknown
	OurJapan    Money   // all our sales in Japan
	Rank        int     // of ours among their principals; 0 unknown
	Principals  int     // 0 unknown
	Staff       float64 // full time on our line; 0 unknown
	AllStaff    float64
	Source      string
	On          Date
}

// Explanation is what they said of a period that missed the plan, and what they
// did about it (domain 3.5 S-07).
type Explanation struct {
	Period Period
	On     Date
	Why    string // "" where they were asked and gave none
	Action string // "" where no action came with it
	Source string
}

// GateWaiver is our word that the data gate of a time stands open although reports
// were missing, with its reason (domain 3.5 S-30).
type GateWaiver struct {
	Period Period
	On     Date
	Reason string
	Ours   bool // our own template or request came late, which waives by itself
	Source string
}

// Confidential is an account that they may not name to us: an agreement that
// somebody saw says so (domain 3.5 S-11). Until 0: no end was seen.
type Confidential struct {
	Account     string // as the files name it
	From, Until Date
	Source      string // the agreement
}

// OurAct is something our own side did or owes: the mirror (domain 1.8). On is
// the day it was announced, promised or asked; Until the day it took effect, was
// delivered or answered, 0 while it was not.
type OurAct struct {
	Kind   OurActKind
	On     Date
	Due    Date // 0: no day was agreed
	Until  Date
	What   string
	Source string
	Mail   MailID `json:",omitempty"` // the message in which it was read; 0 where somebody wrote it
	Heard  bool   `json:"-"`          // in that message, and nobody has confirmed it yet
}

// Told is a sentence of a message that tells an act of ours. A discount, new prices,
// late goods, a product given up or customers taken over count, unconfirmed, only for the
// partner: what they may explain is not called high. The rest is offered to its form.
type Told struct {
	Kind OurActKind
	Text string
	Day  Date // from which new prices, or the end of a product or of deliveries to a customer, hold; 0: none for certain
}

// OurActKind is a kind of act of ours.
type OurActKind string

// The kinds.
const (
	OurPriceNotice OurActKind = "price-notice"
	OurDelivery    OurActKind = "delivery"
	OurVisit       OurActKind = "visit"
	OurLeaver      OurActKind = "person-left"
	OurRequest     OurActKind = "their-request" // of materials, training, a repair
	OurDiscount    OurActKind = "discount"
	OurShortage    OurActKind = "shortage"
	OurTraining    OurActKind = "training-offered"
	OurEnd         OurActKind = "discontinued"   // a product: Until is the day from which it is no longer delivered
	OurDirect      OurActKind = "direct-account" // customers who buy from us instead of the partner, from Until on
)

// AllOurActKinds lists them in their order.
var AllOurActKinds = []OurActKind{OurPriceNotice, OurDelivery, OurVisit, OurLeaver, OurRequest, OurDiscount, OurShortage, OurTraining, OurEnd, OurDirect}

// ChangeRequest is something that we asked them to change (domain 1.7, r2).
type ChangeRequest struct {
	Asked    Date
	What     string
	Answer   AccessAnswer
	Answered Date
	Source   string
}

// Delayed is business that we put off because they were not interested (domain
// 1.7, r3).
type Delayed struct {
	On     Date
	What   string
	Value  Money // a year
	Source string
}

// ContractTerm is one of the eight terms that keep us free (domain 1.7, r5).
type ContractTerm struct {
	Term   string // slug of AllContractTerms
	Has    bool
	Source string
	On     Date
}

// AllContractTerms are the eight terms of domain 1.7 r5, in its order.
var AllContractTerms = []string{"in-force", "performance", "termination", "data", "registration", "trademark", "non-exclusive", "venue"}

// Replacing is how many months one part of replacing a distributor takes, as a
// person estimates it with a source (domain 1.7).
type Replacing struct {
	Part   string   // slug of AllReplaceParts
	Months *float64 // nil: looked into, and not known
	Source string
	On     Date
}

// AllReplaceParts are the parts of a replacement, in the order in which they are
// asked: the registration moves, a partner is found, people are trained, stock is
// built up.
var AllReplaceParts = []string{"registration", "partner", "training", "stock"}

// StrategyStep is a strategy against dependency that somebody took up: whose it
// is, until when, and what shows that it is done (domain 1.7). All of it is ours.
type StrategyStep struct {
	Strategy string // one of AllStrategies
	What     string // "" where the strategy says it
	Owner    string
	Due      Date
	Done     Date // 0: not yet
	Evidence string
	Prepares string // one of ExitItems, which is in place once it is done; "" none
}

// DoneBy reports whether the step was done on a day.
func (s StrategyStep) DoneBy(on Date) bool { return s.Done != 0 && s.Done <= on }

// Readiness is an answer to a question on our own side (domain 1.8, appendix B):
// 0 to 4.
type Readiness struct {
	Question string // H1a, K10
	Score    int
	NA       bool
	Evidence string
	On       Date
}

// SignSeen is a level at which this house saw a sign, noted when it was another
// than the one noted before: from then on somebody could have taken it up.
type SignSeen struct {
	Sign  string // slug
	Level Band
	On    Date
}

// SignAction is what we did about a sign, or why it is muted. A muted sign comes
// back by itself.
type SignAction struct {
	Sign  string // slug
	On    Date
	What  string
	Until Date // muted until that day; 0: it was acted on
	Code  string
}

// PhoneAnswer is an answer that came by word of mouth, so that no message shows
// it (domain 3.5 S-16).
type PhoneAnswer struct {
	Message MailID // with the question
	On      Date
	What    string // was said
	Source  string // who spoke with whom
}

// BrandLook is what somebody saw of how the partner presents our brand (domain 1.4
// W1).
type BrandLook struct {
	On     Date
	Where  string // one of AllBrandPlaces
	Says   string
	Source string
}

// AllBrandPlaces lists where a partner presents a brand.
var AllBrandPlaces = []string{"catalogue", "web", "booth", "mailing"}
