package honne

import "slices"

// Result is what a measure found in a record.
type Result struct {
	Measure     MeasureID
	Known       bool
	Value       float64 // the headline; rounded once, at six decimals
	Unit        ValueUnit
	Flag        bool // the value is yes (1) or no (0)
	Numerator   Term // zero Label when there is none
	Denominator Term
	N           int // what was counted: periods, cells, reports
	Period      Period
	Why         Message   // when unknown: which data it lacks
	Needs       []Need    // when unknown: what would make it known
	Parts       []Further // further figures: p90, ours beside theirs
	History     []Point   // the last eight quarters, oldest first
	Baseline    *float64  // a year earlier
	Because     []Message // facts behind the value, the weightiest first
	OurSide     []Message // what our own side did that explains it; said first
	Evidence    []Selection
	Confounders []Message // harmless explanations of the domain, from the measure
}

// Name is what the result is called. Days that reports took are not days past a date
// that nobody agreed.
func (r Result) Name() Message {
	if r.Unjudged() && r.Measure.Slug == "lateness" {
		return Say("measure.lateness.unagreed")
	}
	return Say("measure." + r.Measure.Slug)
}

// Unjudged reports whether the value is a figure to know only, which has no band: days
// taken where no day was agreed are never late (domain 3.4).
func (r Result) Unjudged() bool {
	return slices.ContainsFunc(r.Parts, func(p Further) bool { return p.Name == "unjudged" && p.Value != 0 })
}

// ValueUnit says how a value is written.
type ValueUnit string

// The units of values.
const (
	UnitRatio  ValueUnit = "ratio"  // 0.81, shown as 81 %
	UnitGrowth ValueUnit = "growth" // 0.029, shown as +2.9 %
	UnitPoints ValueUnit = "points" // −0.065, shown as −6.5 pt
	UnitMonths ValueUnit = "months"
	UnitDays   ValueUnit = "days"  // business days
	UnitHours  ValueUnit = "hours" // business hours
	UnitIndex  ValueUnit = "index"
	UnitLevel  ValueUnit = "level" // L0-L5
	UnitCount  ValueUnit = "count"
	UnitHHI    ValueUnit = "hhi"
	UnitMoney  ValueUnit = "money" // minor units
)

// Term is one side of a formula: a labelled figure with its evidence.
type Term struct {
	Label    Message
	Money    Money // when Currency is set
	Quantity Figure
	Count    int
	Select   []Selection
}

// Further is a named further figure of a result.
type Further struct {
	Name  string
	Value float64
	Unit  ValueUnit
	Flag  bool // the value is yes (1) or no (0)

	History []Point `json:",omitempty"` // its last quarters, where they are judged
}

// Point is a value of a quarter; unknown quarters are left out.
type Point struct {
	Period Period
	Value  float64
}

// Need is data that is missing: what to give, so that measures become known.
type Need string

// Needs: the slugs of files and answers, said by the catalogues as need.SLUG.
const (
	NeedSales         Need = "sales"
	NeedSalesHistory  Need = "sales-history" // more months
	NeedAgreedTargets Need = "agreed-targets"
	NeedMarketGrowth  Need = "market-growth"
	NeedShipments     Need = "shipments" // our own, dated
	NeedStock         Need = "stock"
	NeedForecast      Need = "forecast"
	NeedEndUsers      Need = "end-users"
	NeedDueDays       Need = "due-days"
	NeedReceipts      Need = "receipts"
	NeedDatedLines    Need = "dated-lines"
	NeedMail          Need = "mail"
	NeedActivity      Need = "activity-log"
	NeedTargetSites   Need = "target-sites"
	NeedAccess        Need = "access-log"
	NeedInvestment    Need = "investment"
	NeedPulse         Need = "pulse"
	NeedContacts      Need = "contacts"
	NeedDocuments     Need = "documents"
	NeedRedFlags      Need = "red-flags"
	NeedAccounts      Need = "public-accounts"
	NeedInterviews    Need = "interviews"
	NeedProposal      Need = "proposed-plan"
	NeedExplained     Need = "explanations" // what was said of periods below the plan
	NeedUnits         Need = "units"        // pieces where there are amounts alone
	NeedOlderMail     Need = "older-mail"   // of the year in which too little was found
	NeedReportsSent   Need = "reports-sent" // each report as it came, so that two can be compared
)

// AllNeeds lists them in the order in which ties are asked for.
var AllNeeds = []Need{
	NeedSales, NeedSalesHistory, NeedReportsSent, NeedAgreedTargets, NeedMarketGrowth, NeedShipments,
	NeedStock, NeedUnits, NeedForecast, NeedEndUsers, NeedDueDays, NeedReceipts, NeedDatedLines,
	NeedMail, NeedOlderMail, NeedActivity, NeedTargetSites, NeedAccess, NeedInvestment, NeedPulse,
	NeedContacts, NeedDocuments, NeedRedFlags, NeedAccounts, NeedInterviews, NeedProposal, NeedExplained,
}

// Judged is a result with its band and the trace of how the band came about.
type Judged struct {
	Result
	Band  Band
	Since Month // first month of the current band, 0 when unknown
	Trace []Message
	// TooEarly says why a known value has no band: the quarters, or the part, that
	// its rule still lacks. Zero for all others.
	TooEarly Message
}

// Behind are the facts behind a measure, our own side's part first: of one that is
// held against the partner in the same sentence as the fact that it may explain.
func (j Judged) Behind() []Message {
	ours, facts := j.OurSide, j.Because
	if j.Band == Watch || j.Band == High {
		ours, facts = Beside(ours, facts)
	}
	return append(slices.Clone(ours), facts...)
}

// Beside says the first part of ours and the fact that it may explain in one
// sentence, before the rest of either: it may explain the fact, no more. A part
// that explains none of the facts stays by itself.
func Beside(ours, facts []Message) (said, rest []Message) {
	i := -1
	if len(ours) > 0 {
		i = explained(ours[0].ID, facts)
	}
	if i < 0 {
		return ours, facts
	}
	one := Say("ours.beside", append(Saying("ours", ours[0]), Saying("fact", facts[i])...)...)
	return append([]Message{one}, ours[1:]...), slices.Delete(slices.Clone(facts), i, i+1)
}

// explained is the place of the fact that a part of ours may explain, −1 for none:
// the first, save for parts that speak of something else than it.
func explained(part string, facts []Message) int {
	switch part {
	case "because.reasons-own-side": // left out of the facts already
		return -1
	case "because.our-postponed":
		return slices.IndexFunc(facts, func(m Message) bool { return m.ID == "because.postponed" })
	}
	return min(0, len(facts)-1)
}

// Sign is one of the seven warning signs.
type Sign struct {
	ID       SignID
	Level    Band
	Since    Month
	Seen     Date      // the day from which this house saw it at this level without a break; 0: it did not look
	Because  []Message // our own side's part first
	OurSide  bool      // our own action explains at least part of it
	Measures []MeasureID
	Evidence []Selection
	Trace    []Message
	Headline MeasureID // the measure shown on the overview
	Needs    []Need
}

// Dependency is the index of domain 1.7, from the parts that are known.
type Dependency struct {
	Known bool
	Index float64 // 0-100
	Band  string  // healthy, watch, dependent, unknown
	Parts [5]*float64
	Why   []Message // what is unknown
	// Because says each known part in its terms, in their order.
	Because []Message
	Replace Replacement
}

// Replacement is how long replacing a distributor would take, from its parts as
// people estimated them: side by side it takes as long as the longest, one after
// another as long as all. What nobody estimated is unknown, and named.
type Replacement struct {
	Parts   []Replacing // in the order of AllReplaceParts; Months nil is unknown
	AtLeast float64     // months of the longest known part; 0 where none is known
	AtMost  float64     // of all of them, where Known
	Known   bool        // every part is
	Says    []Message   // the sum in one sentence, then a line a part
}

// Told reports whether somebody said of any part how long it takes.
func (r Replacement) Told() bool {
	return slices.ContainsFunc(r.Parts, func(p Replacing) bool { return p.Months != nil })
}

// ReadinessBlock is how ready our own side is in one block of questions (domain
// 1.8): H1 to H6, and K for the key principles.
type ReadinessBlock struct {
	Block    string
	Known    bool
	Index    float64 // 0-100, of the questions answered with evidence
	Answered int
	Of       int      // questions that apply
	Open     []string // of these: not answered, or without evidence
}

// Outcome is a recommendation with its trace (domain 3.7); a folder has no
// auditor. A person decides.
type Outcome struct {
	Recommendation Recommendation
	Focus          bool      // renew, with points to focus on
	Hold           bool      // a critical finding on compliance is open: counsel first, nothing for the partner
	OwnSide        []Message // what our own side must mend first, where it explains three tenths or more
	OwnShare       float64   // of the negative weight that our own side explains
	Trace          []Message // each rule in its order, with what went into it
	Needs          []Message // transition only: what must be there before
	Decisive       []Decisive
}

// Decisive is a single rating that would change the recommendation.
type Decisive struct {
	Dimension string
	Now       int // −1: not rated
	Then      int
	Becomes   Recommendation
}

// Question is a polite question to the partner, in both languages, with the
// measures it comes from.
type Question struct {
	EN      string
	JA      string
	Because []string
	Need    Need // what it asks for, where it asks for what is missing
}

// Ask is the file or answer that would make most measures known.
type Ask struct {
	Give    Need
	Unlocks []string // measure slugs
	Form    bool     // no file holds it: it is written on a form; such asks come last
}

// Picture is what is really happening at one distributor on one day.
type Picture struct {
	Distributor Distributor
	AsOf        Date
	Currency    Currency
	Playbook    string  // id@version of each, joined by +
	Message     Message // the one sentence
	FiscalYear  int
	Period      Period // the months of the fiscal year with sales
	Months      []MonthView
	KPIs        KPIs
	Strip       []KeyFigure // the KPIs in words: sales, growth, share, outlook, kept
	Pace        Pace
	Coverage    Coverage
	Measures    []Judged // in the order of AllMeasures
	Signs       []Sign   // by level, then order
	Claims      []Claim
	Dependency  Dependency
	Outcome     Outcome
	OurSide     []Message // the mirror, then what our own side did that explains a figure
	Readiness   []ReadinessBlock
	Questions   []Question
	Next        []Ask
	Waiting     []Due                 // reports that have not come, oldest first
	Overall     Band                  // domain 1.4: healthy, look closer, act
	Promises    []Promise             // of both sides, as in Record
	Deliveries  []Delivery            // as in Record
	Thresholds  []Entry[OwnThreshold] // of this distributor, by which it was judged
	Meeting     Date                  // the next one that is known, on the picture's day or after it; 0 for none
}

// Known returns the measure of a slug; ok is false while it is not known.
func (p Picture) Known(slug string) (m Judged, ok bool) {
	for _, m := range p.Measures {
		if m.Measure.Slug == slug && m.Known {
			return m, true
		}
	}
	return m, false
}

// Due is a report whose period has ended and that has not come.
type Due struct {
	Series Series
	Period Period
	Due    Date // 0 where no day was agreed: then it is never late
	Late   int  // Japanese business days since then
}

// MonthView is one month of the overview's chart; money in minor units.
type MonthView struct {
	Month    Month
	Actual   Figure
	Plan     Figure
	PlanOf   Series // Target, or Plan when it is their own; "" without a plan
	Agreed   bool   // the plan is agreed, or their own; not a target that only we set
	Forecast Figure
	Prior    Figure
	PriorOf  Series // Sales, or PriorYear when last year is as they state it
	First    Figure // as first reported
	Revised  bool   // it differs from that, by however little
	Owed     Date   // not received: due on this day, 0 when nothing is agreed
	Missing  bool
	Without  []string // branches and other parts that the month before holds and this one does not
	Came     FileID   // not known: it may have come in this file, which is not in the record; else 0
}

// KPIs are the five figures of the strip. A Term opens to its cells; a figure
// that follows from others stands in Formulas.
type KPIs struct {
	Sales      Term
	Plan       Term   // of the same months
	PlanOf     Series // Target or Plan
	PlanAgreed bool   // agreed, or their own
	Prior      Term   // a year before the months compared
	Growth     *float64
	Compared   []Month // the months of Prior, Growth, Market and the shares
	SameMonths bool    // they are those of Sales: Prior and Sales may stand side by side
	Market     *Range3
	ShareNow   *float64
	ShareThen  *float64
	Outlook    Term    // forecast for the full year, with actuals so far
	NoOutlook  Message // why it is not known
	YearPlan   Term
	YearPlanOf Series
	Pace       Money // full year at the pace so far
	PaceKnown  bool
	Kept       int // months whose figures stand as first reported; with Revised 0 when it cannot be told
	Revised    int
	RevisedUp  int
	Explained  int
	Slight     int     // of Kept, those whose total moved by no more than Within
	Within     float64 // share of the first figure up to which a change counts as none
	// What may explain harmlessly that sales are under plan, and that they grew less
	// than the market: our-side, by-chance; empty where nothing does.
	MissBy   string
	LossBy   string
	Formulas []Formula
}

// Formula returns the formula of a figure by its ID; ok is false when the figure
// is not known, or follows from no other.
func (k KPIs) Formula(id string) (f Formula, ok bool) {
	for _, f := range k.Formulas {
		if f.ID == id {
			return f, true
		}
	}
	return f, false
}

// Formula says how a figure comes about: its steps, worked off from left to
// right, give its value up to rounding. IDs: difference, percent, growth,
// plan-growth, market, gap, share, share-then, share-change, market-pace,
// lost-pace, plan-above, outlook, year-pace, year-pace-difference, kept.
type Formula struct {
	ID    string
	Value float64 // money in minor units, pieces in thousandths
	Unit  ValueUnit
	Steps []Step
}

// Step is a figure of a formula and how it joins what stands before it: exactly
// one of Term, Formula and Number is set.
type Step struct {
	Op      Operator
	Term    Term    // opens to cells
	Formula string  // the value of another formula, by its ID
	Number  float64 // a number that needs no source: the 1 of a growth; or stated, see Source
	Source  string  // who stated the number
}

// Operator joins a step of a formula to what stands before it.
type Operator string

// The operators. The first step has none.
const (
	First    Operator = ""
	Plus     Operator = "+"
	Minus    Operator = "−"
	Times    Operator = "×"
	Dividing Operator = "÷"
)

// KeyFigure is one figure of the strip with what puts it into proportion.
type KeyFigure struct {
	ID    string // sales, growth, share, outlook, kept
	Label Message
	Known bool
	Value float64 // money in minor units, pieces in thousandths
	Unit  ValueUnit
	Of    [2]int // kept: n of all
	Opens string // the Formula it follows from; "" when Cells are its cells
	Cells []Selection
	Lines []KeyLine
}

// KeyLine is a line below a key figure.
type KeyLine struct {
	Say    Message
	Tone   int    // −1 unfavourable, +1 favourable
	Opens  string // as in KeyFigure
	Cells  []Selection
	Source string // who said so, where no file does
}

// Pace splits the gap to plan: lost pace against the market, and a plan above
// the market.
type Pace struct {
	Known     bool
	Market    Money   // prior year × market growth
	LostPace  Money   // below zero: sales are ahead of the market
	PlanAbove Money   // below zero: the plan asks for less than the market gives
	Say       Message // the split in words, named by its signs
}

// Coverage says which months of sales are there.
type Coverage struct {
	Months  int
	From    Month
	To      Month
	Missing []Month
}

// Stake is what a distributor's sales so far are short of: of their plan, or of
// the pace of the market where that asks for more (domain 3.5 S-03, execution
// gap). It is never below zero.
type Stake struct {
	Known bool // a plan or the market's growth is known, for figures in money
	Money Money
	Of    string // the figure that sales are short of: plan, market-pace
}

// Trust is how many of the measures behind the pillar of trustworthiness (domain
// 1.2, T1 to T3) are clear. It counts what the figures show and is no rating: a
// rating needs an auditor.
type Trust struct {
	Known    bool    // at least three of them have a band
	Share    float64 // 0 to 1: clear counts one, watch a half
	Measures []Judged
}

// Apart lists the measures that are high and that no sign holds: figures that are
// revised, reports that come late, goods pushed in at the end of a quarter. They
// raise no sign, for the seven are those of domain 1.4; but what is high is shown.
func (p *Picture) Apart() (out []Judged) {
	held := map[MeasureID]bool{}
	for _, s := range p.Signs {
		for _, id := range s.Measures {
			held[id] = true
		}
	}
	for _, m := range p.Measures {
		if m.Band == High && !held[m.Measure] {
			out = append(out, m)
		}
	}
	return out
}

// SayApart says of measures that are high and in no sign that they are.
func SayApart(list []Judged) Message {
	name := Word("measure", "measure."+list[0].Measure.Slug)
	if len(list) == 1 {
		return Say("signs.unheld", name)
	}
	return Say("signs.unheld.more", name, Count("more", len(list)-1))
}
