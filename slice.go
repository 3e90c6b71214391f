package honne

import "slices"

// Breakdown is what the figures of a distributor are parted by.
type Breakdown string

// The breakdowns.
const (
	ByLine   Breakdown = "line"   // the product lines of our own list of products
	ByRegion Breakdown = "region" // or branch, as the lines of a report say it, else the whole report
	ByDealer Breakdown = "dealer" // the tier below: the dealer who was invoiced (domain 2.2)
)

// AllBreakdowns lists them in their order.
var AllBreakdowns = []Breakdown{ByLine, ByRegion, ByDealer}

// Slice is a part of a record's figures: those of one product line, region or
// dealer. Its figures are columns as in the record, whose products and accounts
// they name.
type Slice struct {
	By        Breakdown
	Of        string // "" for what names none
	Facts     []Facts
	ByAccount AccountFacts
	// Unnamed are the months of a series in which some lines name no slice, though
	// they are of one: what a slice has of them is no more than a part of it.
	Unnamed map[Series][]Month
}

// Whole reports whether all that a series has of some months is named.
func (s Slice) Whole(series Series, p Period) bool {
	return !slices.ContainsFunc(s.Unnamed[series], func(m Month) bool { return p.Contains(m.First()) })
}

// Only is the record with the figures of a slice in place of its own. What files
// say of the whole alone is left out: dated totals, changes, messages. Vintages
// stay, which say when a target was agreed; so does what people wrote down.
func (r *Record) Only(s Slice) Record {
	part := *r
	part.Facts, part.ByAccount = s.Facts, s.ByAccount
	part.Places, part.Days, part.Changes, part.Turns, part.Meetings = nil, nil, nil, nil, nil
	return part
}

// Within narrows selections to a slice.
func (s Slice) Within(list []Selection) []Selection {
	out := slices.Clone(list)
	for i := range out {
		out[i].By, out[i].Of = s.By, s.Of
	}
	return out
}

// Sliced is what is known of a part of the figures: its sales, and the measures
// that make sense of a part. It has no bands: a part moves more by chance than the
// whole, and no rule was ever tried on parts.
type Sliced struct {
	By      Breakdown
	Of      string
	Sales   Term // of the months of the fiscal year so far
	Results []Result
}
