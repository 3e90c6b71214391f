package honne

import "cmp"

// Record is all that the thinking needs of one distributor, as known on a day.
// It is columns of whole numbers with names once; its size grows with months ×
// accounts × products, not with lines. Nobody changes a Record once made.
type Record struct {
	Distributor Distributor
	AsOf        Date // the day on which all is said to be known
	Today       Date // by which the days of decisions are judged, where figures stand still before it; 0: AsOf
	Currency    Currency
	Products    []Product
	Accounts    []Account
	Facts       []Facts       // one a series that has any, in the order of AllSeries
	ByAccount   AccountFacts  // sales in force, by account
	Places      []PlaceTotal  // sales in force of the months of which all is of a branch or region, by month, then place
	Days        []DayTotal    // dated sales and shipments in force
	Expiries    []ExpiryTotal // stock in force whose rows say until when it may be used, by month, then day
	Deliveries  []Delivery    // every accepted submission received by AsOf, oldest first
	Unread      []Unread      // files of the partner that came by AsOf and gave no figures, by number
	Changes     []Change      // by receipt of the new version, then period, then product
	Vintages    []Vintage     // every version of forecasts, plans and proposals
	Files       int           // accepted files
	Begun       Date          // on which the first of them was accepted, in Japan; 0 without any, and for a sample
	Said        []Said        // reasons given, oldest first; what a person dismissed is not here
	Noted       []Fact        // what files cannot give, by kind, then day
	Asked       []Asked       // our questions on reasons given, oldest first
	Register    []Registration
	Promises    []Promise  // of both sides, by the day they were made; what a person dismissed is not here
	Approvals   []Approval // by the day they were asked for
	Log         Log
	Audits      []Assessment          // the oldest first
	Turns       []Turn                // kept messages, by moment
	Meetings    []Meeting             // by the first invitation to each
	Thresholds  []Entry[OwnThreshold] // those in force by the end of the day, by name
}

// Account is a party that buys or uses, listed once whatever names files give
// it.
type Account struct {
	Role       Role // the first of those that it plays
	Code       string
	Name       string // the newest
	Disclosure Disclosure
	Site       bool
	Also       []string // its other names, the newest first
	Key        string   // what Selection.Account knows it by, where another account has its name
}

// Selector is what Selection.Account knows the account by.
func (a Account) Selector() string { return cmp.Or(a.Key, a.Name, a.Code) }

// Facts are the figures in force of one series by month and product: parallel
// columns, ordered by month, then product. A figure whose period is no month
// (Period.Bucket) is not here.
type Facts struct {
	Series   Series
	Month    []Month
	Product  []int32 // index into Record.Products, −1 for none
	Quantity []Figure
	Amount   []Figure
	Version  []SubmissionID
}

// AccountFacts are sales in force by month and account.
type AccountFacts struct {
	Month    []Month
	Account  []int32 // index into Record.Accounts, −1 for lines without a party
	Quantity []Figure
	Amount   []Figure
}

// PlaceTotal is what is said of one branch or region in a month.
type PlaceTotal struct {
	Month    Month
	Place    string
	Quantity Figure
	Amount   Figure
}

// DayTotal is the total of the dated lines of one day.
type DayTotal struct {
	Series   Series // Sales, Purchases or Shipments
	Date     Date
	Quantity Figure
	Amount   Figure
}

// ExpiryTotal is the stock of a month's end that may be used until a day.
type ExpiryTotal struct {
	Month    Month
	Expires  Date
	Quantity Figure
	Amount   Figure
}

// Delivery is one accepted submission, as a report that came.
type Delivery struct {
	Submission SubmissionID
	File       FileID
	Path       string
	Series     Series
	Scope      string
	Periods    []Period
	Receipt    Receipt
	From       Side
	Holds      Holds
	Required   int
	Filled     int
	Lines      int
	Reverses   SubmissionID
	InForce    bool   // the newest for at least one of its periods
	Unit       string // of quantities, where named
	Tax        Tax
}

// Unread is a file of the partner that came and gave no figures: it could not be read, or
// not be understood, or waits for a person.
type Unread struct {
	File    FileID
	Path    string
	Receipt Receipt
	Subject string // of the message that brought it; "" for none
	Period  Period // the month that it may report; zero until a measure says so
	Holds   []Held // what it reports once it is accepted; nil where nobody knows
}

// Held is a kind of figures and a period that a file reports.
type Held struct {
	Series Series
	Period Period
}

// Vintage is a total for a month as it stood in one version.
type Vintage struct {
	Series     Series // Forecast, Plan, Proposed or Target
	Month      Month
	Made       Receipt
	Submission SubmissionID
	Quantity   Figure
	Amount     Figure
	Agreed     Date // Target: 0 when only we set it
}

// Series returns the facts of a series; its columns are empty when there are none.
func (r *Record) Series(s Series) Facts {
	for _, f := range r.Facts {
		if f.Series == s {
			return f
		}
	}
	return Facts{Series: s}
}

// Monthly sums the facts of all products by month, oldest first.
func (f Facts) Monthly() []MonthTotal {
	var out []MonthTotal
	for i, m := range f.Month {
		if n := len(out); n == 0 || out[n-1].Month != m {
			out = append(out, MonthTotal{Month: m})
		}
		last := &out[len(out)-1]
		last.Quantity = last.Quantity.Plus(f.Quantity[i])
		last.Amount = last.Amount.Plus(f.Amount[i])
	}
	return out
}

// MonthTotal is the total of a month.
type MonthTotal struct {
	Month    Month
	Quantity Figure
	Amount   Figure
}
