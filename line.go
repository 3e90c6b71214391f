package honne

import "strings"

// Series is what a set of figures is about. Periods of one series and scope are
// replaced whole by a newer submission.
type Series string

// The series. Each gives the measures SERIES_quantity and SERIES_amount.
const (
	Sales     Series = "sales"      // sell-out: the distributor's sales to its customers
	Purchases Series = "purchases"  // sell-in as the distributor reports it
	Shipments Series = "shipments"  // sell-in as we booked it
	Stock     Series = "stock"      // counted at the end of the period
	Forecast  Series = "forecast"   // what the distributor expects
	Plan      Series = "plan"       // a plan in the distributor's own file
	Target    Series = "target"     // a target we hold; agreed when it says on which day
	PriorYear Series = "prior_year" // last year's figure as the distributor states it today
	ToDate    Series = "to_date"    // 累計: a check on the months before
	Orders    Series = "orders"
	Backlog   Series = "backlog"
	Market    Series = "market" // size of the market, from a named source
	Returns   Series = "returns"
	Adjusted  Series = "adjustments" // of stock: found, lost, thrown away; with the sign that the file gives it, which may add or take off
	Consigned Series = "consigned"   // stock placed at hospitals, beside the stock that may be sold
	Proposed  Series = "proposed"    // a plan proposed for a coming period
)

// AllSeries lists the series in their fixed order.
var AllSeries = []Series{Sales, Purchases, Shipments, Stock, Forecast, Plan, Target, PriorYear, ToDate, Orders, Backlog, Market, Returns, Adjusted, Consigned, Proposed}

// DoneSeries are the series of what was done in a month, not of what is counted or
// expected: a report may hold lines of another month, and one of the other half keeps none
// of its figures.
var DoneSeries = []Series{Sales, Purchases, Shipments, Returns}

// Role is the part that a party plays in a sale (domain 2.2).
type Role uint8

// The four roles; a line may know any of them.
const (
	Invoiced Role = iota // 得意先
	ShipTo               // 納入先
	EndUser              // 施設
	BillTo               // 請求先
	Roles
)

// String returns the role's slug.
func (r Role) String() string {
	return [...]string{"invoiced", "ship_to", "end_user", "bill_to"}[r]
}

// Disclosure says how much of a party's identity is given.
type Disclosure uint8

// Disclosures. Only Named counts as visible; a Pseudonym is stable and counts
// apart; Withheld is 非開示 and the like, and no name at all.
const (
	Withheld Disclosure = iota
	Pseudonym
	Named
)

// Party is a company, site or person's employer on a line, as the file names it.
type Party struct {
	Code       string     `json:"code,omitempty"`
	Name       string     `json:"name,omitempty"`
	Disclosure Disclosure `json:"disclosure,omitempty"`
	Site       bool       `json:"site,omitempty"`  // a place of use by its own name: 病院, クリニック …
	Place      string     `json:"place,omitempty"` // of its address, prefecture and municipality as far as they stand there: 東京都世田谷区
}

// IsZero reports whether nothing is known of the party.
func (p Party) IsZero() bool { return p.Code == "" && p.Name == "" }

// Product is an article as the file names it.
type Product struct {
	Code string `json:"code,omitempty"`
	Name string `json:"name,omitempty"`
}

// Line is one source row of one period of one series. The cell of each figure
// follows from the table's columns: row Row, the column of block Block that
// holds the series' quantity or amount.
type Line struct {
	Part    int32 // index into Reading.Parts
	Table   int32 // index into Reading.Tables
	Row     int32 // row on the sheet, from 1
	QtyCol  int32 // column of the quantity, from 1; 0 when there is none
	AmtCol  int32 // column of the amount
	Period  Period
	Date    Date // 0 when the row is not dated
	Parties [Roles]Party
	Product Product
	Region  string
	Rep     string
	Lot     string
	Expires Date   // until when it may be used or sold (使用期限), of a month its last day; 0 when the row does not say
	Reason  string // the row's own note on a change: 返品処理
	Agreed  Date   // Target only: the day it was agreed

	ProductLine string // as the row names it: of a record, not of the ledger

	Quantity    Figure // thousandths
	Amount      Figure // minor units of the part's currency, tax as the part says
	Provisional bool   // price not yet agreed (未妥結)
}

// Part is one submission-to-be of a reading: the lines of one series and scope
// that replace whole periods.
type Part struct {
	Series   Series   `json:"series"`
	Scope    string   `json:"scope,omitempty"` // "" is all; else a branch or half of a month, or an Addition
	Periods  []Period `json:"periods"`
	Currency Currency `json:"currency,omitempty"`
	Unit     string   `json:"unit,omitempty"` // of quantities, where named
	Tax      Tax      `json:"tax,omitempty"`
	Tables   []int    `json:"tables"`
	Lines    int      `json:"lines"`
	Holds    Holds    `json:"holds"`
	Required int      `json:"required"` // cells that a line of this kind must fill
	Filled   int      `json:"filled"`
	Source   string   `json:"source,omitempty"` // Market: who says so
	Reason   Reason   `json:"reason,omitempty"` // why it changes earlier figures, as a person states who looked into it

	Preliminary bool `json:"preliminary,omitempty"` // its file calls itself so: 速報, 暫定
}

// additionMark begins the scope of lines that a report adds to other months.
const additionMark = "+"

// Addition is the scope of what the report of a month adds to other months than
// its own: a return dated in the month before, say. It replaces what the same
// report added before, and nothing else.
func Addition(report Month) string { return additionMark + report.String() }

// pieceMark begins the scope of a part that the name of its file tells from others.
const pieceMark = "="

// Piece is the scope of a report of a part of a month that is known by the name of its
// file: 売上_西日本器械.
func Piece(name string) string { return pieceMark + name }

// Piece is the name by which the part is told from others, "" where it is none such.
func (p Part) Piece() string {
	name, is := strings.CutPrefix(p.Scope, pieceMark)
	if !is {
		return ""
	}
	return name
}

// Adds reports whether the part adds to what stands of its periods, instead of
// being all that is known of them.
func (p Part) Adds() bool { return strings.HasPrefix(p.Scope, additionMark) }

// Place is the branch or region that all of the part is of, "" where it is of none.
func (p Part) Place() string {
	words := strings.Fields(p.Scope)
	if len(words) > 0 && (strings.HasPrefix(words[0], additionMark) || strings.HasPrefix(words[0], pieceMark)) {
		words = words[1:]
	}
	if n := len(words); n > 0 && '0' <= words[n-1][0] && words[n-1][0] <= '9' { // half of a month, or a day
		words = words[:n-1]
	}
	return strings.Join(words, " ")
}

// Holds says which dimensions the lines of a part give; Level follows from it.
type Holds struct {
	Product bool `json:"product,omitempty"`
	Region  bool `json:"region,omitempty"`
	Dealer  bool `json:"dealer,omitempty"`   // an invoiced or ship-to party that is no site
	EndUser bool `json:"end_user,omitempty"` // named, or an agreed pseudonym
	Dated   bool `json:"dated,omitempty"`
	LotRep  bool `json:"lot_rep,omitempty"`
}

// Level returns the report level L0-L5 of domain 3.5 S-10: 1 total, 2 product,
// 3 with region or tier, 4 with end user, 5 with date, lot or rep. Each level
// needs the ones below it, but for region, which a named end user implies.
func (h Holds) Level() int {
	switch {
	case !h.Product:
		return 1
	case !h.Region && !h.Dealer && !h.EndUser:
		return 2
	case !h.EndUser:
		return 3
	case !h.Dated && !h.LotRep:
		return 4
	}
	return 5
}
