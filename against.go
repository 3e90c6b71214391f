package honne

// Against is what was sold of a product in a month beside what was planned, in
// the distributor's currency. Where a question asks by account, Account is the
// part of one, and Planned still that of the product and month.
type Against struct {
	Distributor DistributorID
	Month       Month
	Product     Product
	Account     Account
	Sold        Reported // nothing of it where the month's report gives products and not this one
	Planned     Reported
}

// Behind is the planned amount less the sold one, in minor units; unknown where
// either is.
func (a Against) Behind() Figure {
	if !a.Sold.Amount.Known || !a.Planned.Amount.Known {
		return Figure{}
	}
	return Known(a.Planned.Amount.N - a.Sold.Amount.N)
}

// Fall is an account that bought less, by amount, than in the span before.
type Fall struct {
	Account Account
	Before  Reported
	After   Reported // zero where the reports of the months do not name it
}

// By returns the amount by which the account fell, in minor units.
func (f Fall) By() int64 { return f.Before.Amount.N - f.After.Amount.N }
