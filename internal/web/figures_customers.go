package web

import (
	"cmp"

	"honne"
)

// fillCustomers shows the sales to each customer by month, the largest of the year first:
// to the end user where one is named, else to the dealer.
func (v *visit) fillCustomers(page *figuresPage, of figured) {
	d, rec, amount := of.distributor, of.record, !inPieces(of.year)
	f := rec.ByAccount
	door := func(r int32, at honne.Period) string {
		s := honne.Selection{Series: honne.Sales, Period: at, Amount: amount}
		if r >= 0 {
			s.Account = rec.Accounts[r].Selector()
		} else {
			kind := honne.Withheld
			s.Disclosure = &kind
		}
		return v.selectionLink(d, s)
	}
	all := func(at honne.Period) string {
		return v.selectionLink(d, honne.Selection{Series: honne.Sales, Period: at, Amount: amount})
	}
	t := table{most: slicesShown, name: func(r int32) string { return v.customerName(rec, r) }, total: func(m honne.Month) string { return all(m.Period()) }}
	t.sum = func(r int32) string {
		if r == whole {
			return all(of.span)
		}
		return door(r, of.span)
	}
	for i, m := range f.Month {
		n := f.Quantity[i]
		if amount {
			n = f.Amount[i]
		}
		t.add(named(rec, f.Account[i]), m, n, of.span)
	}
	link := func(r int32, m honne.Month) string { return door(r, m.Period()) }
	if page.Matrix = v.matrixOf(of.span, "figures.customers", t, link, v.writer(rec, t, amount)); page.Matrix == nil {
		return
	}
	page.Heading += v.t("comma") + page.Unit
	page.Note = v.t("figures.customers.note")
	if more := len(t.rows) - slicesShown; more > 0 {
		page.Note += " " + v.t("figures.parts.more", honne.Count("n", more))
	}
}

// named is an account whose name is told, −1 for all others: 非開示 is nobody.
func named(rec honne.Record, r int32) int32 {
	if r >= 0 && rec.Accounts[r].Disclosure == honne.Withheld {
		return -1
	}
	return r
}

// customerName is an account as it is listed.
func (v *visit) customerName(rec honne.Record, r int32) string {
	if r < 0 {
		return v.t("disclosure.0")
	}
	return cmp.Or(rec.Accounts[r].Name, rec.Accounts[r].Code)
}
