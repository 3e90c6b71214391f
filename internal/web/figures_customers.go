package web

import (
	"cmp"
	"slices"

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
		} else if !soldNameless(&s, rec) {
			return ""
		}
		return v.selectionLink(d, s)
	}
	all := func(at honne.Period) string {
		return v.selectionLink(d, honne.Selection{Series: honne.Sales, Period: at, Amount: amount})
	}
	t := table{most: slicesShown, name: func(r int32) string { return customerName(rec, r) }, total: func(m honne.Month) string { return all(m.Period()) }}
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
		t.add(f.Account[i], m, n, of.span)
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

// customerName is an account as it is listed.
func customerName(rec honne.Record, r int32) string {
	if r < 0 || int(r) >= len(rec.Accounts) {
		return ""
	}
	return cmp.Or(rec.Accounts[r].Name, rec.Accounts[r].Code)
}

// soldNameless narrows a selection to lines without a customer; false where others withhold
// their names too.
func soldNameless(s *honne.Selection, rec honne.Record) bool {
	kind := honne.Withheld
	s.Disclosure = &kind
	return !slices.ContainsFunc(rec.Accounts, func(a honne.Account) bool { return a.Disclosure == honne.Withheld })
}
