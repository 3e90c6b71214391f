package web

import (
	"cmp"
	"fmt"

	"honne"
)

// askedRows is how many rows a question over a whole ledger is answered with.
const askedRows = 50

// fillFallen shows the accounts that bought less in the six months up to the last
// reported than in the six before. Where an account is not named there, the door is
// to all sales of the span.
func (v *visit) fillFallen(page *figuresPage, d honne.Distributor, p honne.Picture) error {
	last := p.Coverage.To
	at, err := v.asOf(d)
	if err != nil {
		return err
	}
	list, reported, err := v.app.Store.Fallen(v.Context(), d.ID, at, last, askedRows)
	if err != nil {
		return fmt.Errorf("web: accounts that fell: %w", err)
	}
	page.Note = v.t("figures.fallen.note")
	switch {
	case !reported:
		page.Note = v.t("figures.fallen.unknown")
		return nil
	case len(list) == 0:
		page.Note = v.t("figures.fallen.none")
		return nil
	}
	before, after := honne.Months(last-11, last-6), honne.Months(last-5, last)
	page.Heading += v.t("comma") + v.unit(p)
	page.Matrix = &Matrix{Caption: page.Heading, Columns: []string{v.lang.Period(before), v.lang.Period(after), v.t("figures.difference"), "%"}}
	var amounts []int64
	for _, f := range list {
		amounts = append(amounts, f.Before.Amount.N, f.After.Amount.N)
	}
	places := v.placesIn(p, amounts...)
	for _, f := range list {
		if f.Account.Disclosure == honne.Withheld {
			continue // whoever withholds a name is many
		}
		then := soldTo(f.Account, before)
		now := soldTo(f.Account, after)
		if f.After.Amount.N == 0 && f.After.Quantity.N == 0 {
			now = honne.Selection{Series: honne.Sales, Period: after, Amount: true}
		}
		page.Matrix.Rows = append(page.Matrix.Rows, MatrixRow{Name: f.Account.Name, Cells: []Linked{
			{v.moneyTo(f.Before.Amount, p, places), v.selectionLink(d, then)}, {v.moneyTo(f.After.Amount, p, places), v.selectionLink(d, now)}, {v.lang.Signed(v.inUnit(-f.By(), p), places), v.selectionLink(d, then)}, v.percentFallen(d, f, then)}})
	}
	return nil
}

// percentFallen is by how much of what it bought before an account fell.
func (v *visit) percentFallen(d honne.Distributor, f honne.Fall, then honne.Selection) Linked {
	if f.Before.Amount.N <= 0 {
		return Linked{}
	}
	return Linked{v.lang.Growth(-float64(f.By()) / float64(f.Before.Amount.N)), v.selectionLink(d, then)}
}

func soldTo(a honne.Account, p honne.Period) honne.Selection {
	return honne.Selection{Series: honne.Sales, Period: p, Amount: true, Account: a.Selector()}
}

// fillLargest shows what was sold most of a product to an account in a month of the
// fiscal year, beside what was planned of the product.
func (v *visit) fillLargest(page *figuresPage, d honne.Distributor, p honne.Picture, span honne.Period) error {
	at, err := v.asOf(d)
	if err != nil {
		return err
	}
	plan := cmp.Or(p.KPIs.PlanOf, honne.Plan)
	list, cells, err := v.app.Store.LargestSold(v.Context(), d.ID, at, plan, span, askedRows)
	if err != nil {
		return fmt.Errorf("web: largest sales: %w", err)
	}
	if len(list) == 0 {
		page.Note = v.t("figures.none")
		return nil
	}
	page.Note = v.t("figures.largest.note", honne.Count("n", len(list)), honne.Count("all", cells))
	page.Matrix = &Matrix{Caption: page.Heading, Columns: []string{v.t("series.sales") + v.t("comma") + v.unit(p), v.t("figures.largest.plan")}}
	var amounts []int64
	for _, x := range list {
		amounts = append(amounts, x.Sold.Amount.N)
	}
	places := v.placesIn(p, amounts...)
	for _, x := range list {
		if x.Account.Disclosure == honne.Withheld {
			continue // whoever withholds a name is many
		}
		product := keyOf(x.Product)
		sold := soldTo(x.Account, x.Month.Period())
		sold.Product = product
		row := MatrixRow{Name: v.lang.Month(x.Month) + v.t("comma") + nameOf(x.Product) + v.t("comma") + cmp.Or(x.Account.Name, v.t("no-name")),
			Cells: []Linked{{v.moneyTo(x.Sold.Amount, p, places), v.selectionLink(d, sold)}, {}}}
		if x.Planned.Amount.Known {
			row.Cells[1] = Linked{v.moneyTo(x.Planned.Amount, p, places), v.selectionLink(d, honne.Selection{Series: plan, Period: x.Month.Period(), Amount: true, Product: product})}
		}
		page.Matrix.Rows = append(page.Matrix.Rows, row)
	}
	return nil
}

// fillBehind shows where a partner that is behind its plan is so: products and
// months of the last twelve, by their targets with us, else their own plans. Who is
// not behind as a whole is not here: some product of everybody's always is, and only
// of those who plan by product it would be seen.
func (v *visit) fillBehind(page *portfolioPage, shown []partner) error {
	of, day := map[honne.DistributorID]partner{}, honne.DateOf(v.now())
	moments := map[honne.Series]map[honne.DistributorID]honne.AsOf{honne.Target: {}, honne.Plan: {}}
	for _, x := range shown {
		if !x.behind() {
			continue
		}
		at, err := v.asOf(x.d)
		if err != nil {
			return err
		}
		moments[cmp.Or(x.p.KPIs.PlanOf, honne.Plan)][x.d.ID] = at
		of[x.d.ID], day = x, cmp.Or(at.Known, day)
	}
	now := day.Month()
	span := honne.Months(now-12, now-1)
	m := &Matrix{Caption: v.t("portfolio.view.behind"), Columns: []string{v.t("series.sales"), v.t("series.plan"), "ΔPL"}}
	for _, plan := range [...]honne.Series{honne.Target, honne.Plan} {
		list, err := v.app.Store.FurthestBehind(v.Context(), moments[plan], plan, honne.JPY, span, askedRows-len(m.Rows))
		if err != nil {
			return fmt.Errorf("web: furthest behind plan: %w", err)
		}
		for _, a := range list {
			m.Rows = append(m.Rows, v.behindRow(of[a.Distributor], a, plan))
		}
	}
	page.Behind, page.Aside = m, v.t("portfolio.behind.note", honne.Over("period", span))
	if len(m.Rows) == 0 {
		page.Aside = v.t("portfolio.behind.none")
	}
	return nil
}

func (v *visit) behindRow(x partner, a honne.Against, plan honne.Series) MatrixRow {
	sold := honne.Selection{Series: honne.Sales, Period: a.Month.Period(), Amount: true, Product: keyOf(a.Product)}
	planned := sold
	planned.Series = plan
	door := v.selectionLink(x.d, sold)
	if a.Sold.Amount.N == 0 { // the month's report does not name the product
		sold.Product = ""
		door = v.selectionLink(x.d, sold)
	}
	return MatrixRow{Name: v.name(x.d) + v.t("comma") + v.lang.Month(a.Month) + v.t("comma") + nameOf(a.Product), Cells: []Linked{
		{v.money(a.Sold.Amount, x.p), door}, {v.money(a.Planned.Amount, x.p), v.selectionLink(x.d, planned)}, {v.signed(-a.Behind().N, x.p), v.selectionLink(x.d, planned)}}}
}
