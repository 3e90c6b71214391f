package honne

// DistributorID names a distributor in one database; it is small and stable.
type DistributorID int64

// Distributor is a partner as listed.
type Distributor struct {
	ID      DistributorID
	Slug    string // in addresses: miyako-medical
	Sample  bool   // invented; marked on every page
	Profile Profile
}

// Profile is what people state about a distributor: what files cannot say
// (distributor.yaml, or a form). Everything is optional.
type Profile struct {
	Name             string   `json:"name"`
	NameJA           string   `json:"name_ja,omitempty"`
	Domains          []string `json:"domains,omitempty"` // whose mail is theirs
	Since            Date     `json:"since,omitempty"`
	FiscalYearStarts int      `json:"fiscal_year_starts,omitempty"` // month; 0 means 4
	ClosingDay       int      `json:"closing_day,omitempty"`        // 1-28; 0 means month end

	OurName    string   `json:"our_name,omitempty"`
	OurDomains []string `json:"our_domains,omitempty"`
	Currency   Currency `json:"currency,omitempty"`

	Reports  []Owed   `json:"reports,omitempty"`
	Contract Contract `json:"contract"`
	Events   []Event  `json:"events,omitempty"`

	// MarketGrowth is the answer to the one question of the first run: a range
	// of yearly growth and where it comes from. nil when nobody answered.
	MarketGrowth *Range3 `json:"market_growth,omitempty"`
}

// FiscalStart returns the month (1-12) in which the distributor's year starts.
func (p Profile) FiscalStart() int {
	if p.FiscalYearStarts == 0 {
		return 4
	}
	return p.FiscalYearStarts
}

// Closed lists the days on which the distributor's office is closed although the
// national calendar says open, in the order in which they were stated.
func (p Profile) Closed() (days []Period) {
	for _, e := range p.Events {
		if e.Kind == EventClosed {
			days = append(days, Period{From: e.Date, To: max(e.Date, e.Until)})
		}
	}
	return days
}

// Range3 is an estimate with its spread and source.
type Range3 struct {
	Low, Base, High float64
	Source          string
	On              Date
}

// Owed is a report that the distributor agreed to send. DueDays is the n-th
// Japanese business day after the period; 0 means that no day was agreed, and
// then nothing is ever called late (domain 3.4).
type Owed struct {
	Kind    Series `json:"kind"`
	Every   string `json:"every"` // month, quarter
	DueDays int    `json:"due_days,omitempty"`
	Level   int    `json:"level,omitempty"` // agreed level L0-L5; 0 none agreed
	Since   Month  `json:"since,omitempty"` // first period owed; 0 from the first report on
}

// Contract is what binds both sides.
type Contract struct {
	Exclusive          *bool  `json:"exclusive,omitempty"`
	Territory          string `json:"territory,omitempty"`
	Starts             Date   `json:"starts,omitempty"`
	Ends               Date   `json:"ends,omitempty"`
	NoticeDays         int    `json:"notice_days,omitempty"`
	RegistrationHolder string `json:"registration_holder,omitempty"` // distributor, ours, dmah
}

// Event is a day that matters: a meeting, or something of our own doing that
// explains a figure.
type Event struct {
	Date  Date      `json:"date"`
	Until Date      `json:"until,omitempty"` // the last day; 0 for one day
	Kind  EventKind `json:"kind"`
	Note  string    `json:"note,omitempty"`
	Heard bool      `json:"-"` // in a message, and nobody has confirmed it
}

// EventKind is a kind of event.
type EventKind string

// Kinds of event. Those that start with our- are our side's doing.
const (
	EventMeeting    EventKind = "meeting"
	EventQBR        EventKind = "qbr"
	EventOurPrice   EventKind = "our-price-change"
	EventOurSpecial EventKind = "our-discount"
	EventOurShort   EventKind = "our-shortage"
	EventRecall     EventKind = "our-recall"
	EventOurEnd     EventKind = "our-discontinuation" // from the day it is told; Until: the day of the last delivery
	EventOurDirect  EventKind = "our-direct-account"  // from the day on which customers buy from us
	EventFee        EventKind = "fee-revision"
	EventLaunch     EventKind = "launch"
	EventShortage   EventKind = "shortage" // of the market, not ours
	EventRival      EventKind = "competitor-launch"
	EventTender     EventKind = "tender"
	EventDisaster   EventKind = "disaster"
	EventRecalled   EventKind = "recall" // of others
	EventClosed     EventKind = "closed" // the partner's office: Obon, a bridging day; no business day of theirs
)

// AllEventKinds lists the kinds in the order of their forms.
var AllEventKinds = []EventKind{EventMeeting, EventQBR, EventOurPrice, EventOurSpecial, EventOurShort, EventRecall, EventOurEnd, EventOurDirect, EventFee, EventLaunch,
	EventShortage, EventRival, EventTender, EventDisaster, EventRecalled, EventClosed}

// IsMeeting reports whether both sides met on that day.
func (k EventKind) IsMeeting() bool { return k == EventMeeting || k == EventQBR }

// IsOurs reports whether our own side caused the event.
func (k EventKind) IsOurs() bool { return len(k) > 4 && k[:4] == "our-" }
