package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/lang"
	"honne/internal/store"
)

// ratesPage says what exchange did to the sales of the fiscal year so far, and
// lists the rates that people entered.
type ratesPage struct {
	Frame
	Message    []Part
	Currencies []Choice
	Yen, Unit  string // in which sales stand, and what they are converted to
	Rate       []Part
	Rows       []RateRow
	Total      *RateRow
	Aside      string // partners whose sales are no yen
	Months     *RateMonths
	List       []RatesRow
	Add        string
}

// RateRow is the sales of one partner, or of one month, in yen and in another
// currency: at the budget rate, at the months' own rates, and what lies between.
type RateRow struct {
	Name, Sub, Href       string
	Sample                bool
	Sales                 Linked
	Rate                  string // of a month
	Budget, Own, Exchange Linked
	Class, Percent        string // of what exchange did
	Why                   string // what is missing
}

// RateMonths opens the row of one partner to its months.
type RateMonths struct {
	Heading, Name string
	Rows          []RateRow
	Total         RateRow
}

// RatesRow is a currency in twelve months as somebody entered it.
type RatesRow struct {
	Name, Href, Budget, Averages, Source, On, Who, At string
}

func (a *app) rateRoutes() []route {
	see, change := door{verb: auth.Read, area: auth.Rates}, door{verb: auth.Write, area: auth.Rates}
	return []route{
		{"GET /rates", see, a.showRates},
		{"GET /rates/{n}", see, a.showRate},
		{"POST /rates/{n}", change, a.postRate},
		{"POST /rates/{n}/withdraw", change, a.postRateWithdraw},
	}
}

// sold is what a partner sold in the fiscal year so far, by month.
type sold struct {
	d      honne.Distributor
	p      honne.Picture
	months []honne.MonthTotal
	whole  bool // the months make up the figure of the overview
}

// sold takes the months from a picture; nil where no yen were reported.
func soldOf(d honne.Distributor, p honne.Picture) *sold {
	k := p.KPIs.Sales
	if !has(k) || inPieces(p) || cmp.Or(k.Money.Currency, honne.JPY) != honne.JPY {
		return nil
	}
	s := &sold{d: d, p: p}
	sum := int64(0)
	for _, m := range p.Months {
		if m.Actual.Known {
			s.months = append(s.months, honne.MonthTotal{Month: m.Month, Amount: m.Actual})
			sum += m.Actual.N
		}
	}
	s.whole = sum == k.Money.Minor
	return s
}

// exchanged is an amount of yen in a currency, in main units and not rounded; of what
// is not known the months say which rates are missing.
type exchanged struct {
	yen             int64
	budget, own     float64
	budgeted, known bool
	missing         []honne.Month
}

func (w exchanged) plus(x exchanged) exchanged {
	w.yen += x.yen
	w.budget, w.own = w.budget+x.budget, w.own+x.own
	w.budgeted, w.known = w.budgeted && x.budgeted, w.known && x.known
	for _, m := range x.missing {
		if !slices.Contains(w.missing, m) {
			w.missing = append(w.missing, m)
		}
	}
	slices.Sort(w.missing)
	return w
}

// rater converts yen into one currency; the budget rate in force on its day holds
// for all months.
type rater struct {
	v     *visit
	rates honne.Rates
	to    honne.Currency
	on    honne.Date
}

func (r rater) exchange(months []honne.MonthTotal) (w exchanged) {
	for _, t := range months {
		w.yen += t.Amount.N
	}
	w.budget, w.budgeted = r.rates.AtBudget(honne.Money{Minor: w.yen, Currency: honne.JPY}, r.to, r.on.Month())
	w.own, w.missing = r.rates.AtAverages(months, r.to)
	w.known = len(w.missing) == 0
	return w
}

func (a *app) showRates(w http.ResponseWriter, v *visit) error {
	entries, err := store.Entries[honne.ExchangeRates](v.Context(), a.Store, 0)
	if err != nil {
		return fmt.Errorf("web: list exchange rates: %w", err)
	}
	on, err := v.dayAt(honne.Distributor{})
	if err != nil {
		return err
	}
	page := ratesPage{Frame: v.frame("rates", v.t("rates.title")), Yen: v.lang.Unit(honne.JPY, lang.Million)}
	if v.may(auth.Write, auth.Rates) {
		page.Add = "/rates/new"
	}
	r := rater{v: v, on: on}
	for _, e := range entries {
		r.rates = append(r.rates, e.Body)
		page.List = append(page.List, v.ratesRow(e))
	}
	slices.Reverse(page.List)
	if r.to, err = v.rateCurrency(r.rates); err != nil {
		return err
	}
	if err := r.fill(&page); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "rates", page)
}

// rateCurrency is the currency of the page: the one that is asked for, else our
// own, else the first that has rates.
func (v *visit) rateCurrency(list honne.Rates) (honne.Currency, error) {
	ours, err := v.ourCurrency()
	for _, c := range [...]honne.Currency{v.asked(), ours} {
		if c != "" && slices.ContainsFunc(list, func(e honne.ExchangeRates) bool { return e.Currency == c }) {
			return c, err
		}
	}
	if len(list) > 0 {
		return list[0].Currency, err
	}
	return "", err
}

// ourCurrency is that of our own house, "" where it is the yen or nobody said.
func (v *visit) ourCurrency() (honne.Currency, error) {
	s, _, err := v.app.Store.Setting(v.Context(), settingCurrency)
	if err != nil {
		return "", fmt.Errorf("web: read setting: %w", err)
	}
	if c := honne.Currency(s); isCurrency(c) {
		return c, nil
	}
	return "", nil
}

func (v *visit) ratesRow(e honne.Entry[honne.ExchangeRates]) RatesRow {
	known := 0
	for _, r := range e.Body.Monthly {
		if r != nil {
			known++
		}
	}
	out := RatesRow{Name: v.ratesName(e.Body), Href: ratesPath(e.Number), Averages: v.t("of", honne.Count("n", known), honne.Count("all", len(e.Body.Monthly))),
		Source: e.Body.Source, On: v.lang.Date(e.Body.On), Who: v.who(e.By), At: v.lang.Instant(e.At)}
	if e.Body.Budget != nil {
		out.Budget = v.lang.Rate(*e.Body.Budget)
	}
	return out
}

func (v *visit) ratesName(e honne.ExchangeRates) string {
	return string(e.Currency) + v.t("comma") + v.lang.Period(e.Period())
}

// fill compares the partners' sales at both rates.
func (r rater) fill(page *ratesPage) error {
	v := r.v
	if r.to == "" {
		page.Message = []Part{{Text: v.t("rates.none")}}
		return nil
	}
	seen := map[honne.Currency]bool{}
	for _, e := range r.rates {
		if !seen[e.Currency] {
			seen[e.Currency] = true
			page.Currencies = append(page.Currencies, Choice{Href: v.here("unit", string(e.Currency)), Label: string(e.Currency), Current: e.Currency == r.to})
		}
	}
	page.Unit, page.Rate = v.lang.Unit(r.to, lang.Thousand), v.ratePart("rates.in-force", r.to, r.rates, r.on)
	list, err := v.distributors()
	if err != nil {
		return err
	}
	var total *exchanged
	aside := 0
	for _, d := range list {
		p, err := v.picture(d)
		if err != nil {
			return err
		}
		s := soldOf(d, p)
		if s == nil {
			if has(p.KPIs.Sales) {
				aside++
			}
			continue
		}
		page.Sample = page.Sample || d.Sample
		w := r.exchange(s.months)
		if !s.whole {
			w.yen, w.known = p.KPIs.Sales.Money.Minor, false
			w.budget, w.budgeted = r.rates.AtBudget(p.KPIs.Sales.Money, r.to, r.on.Month())
		}
		page.Rows = append(page.Rows, r.partnerRow(s, w))
		if total == nil {
			total = &exchanged{budgeted: true, known: true}
		}
		*total = total.plus(w)
		if v.URL.Query().Get("partner") == d.Slug {
			page.Months = r.months(s, w)
		}
	}
	if aside > 0 {
		page.Aside = v.t("rates.aside", honne.Count("n", aside))
	}
	if total != nil && len(page.Rows) > 1 {
		row := r.row(*total)
		page.Total = &row
	}
	page.Message = r.message(total)
	return nil
}

// row writes sales at both rates; what is not known stays empty.
func (r rater) row(w exchanged) RateRow {
	v := r.v
	in := func(f float64) string { return v.lang.Fixed(f/1000, 0) }
	row := RateRow{Sales: Linked{Text: v.lang.Scaled(honne.Money{Minor: w.yen, Currency: honne.JPY}, lang.Million)}}
	if w.budgeted {
		row.Budget.Text = in(w.budget)
	}
	if w.known {
		row.Own.Text = in(w.own)
	}
	if w.budgeted && w.known {
		did := w.own - w.budget
		row.Exchange.Text, row.Class = v.lang.Signed(did/1000, 0), tint(did)
		if w.budget > 0 {
			row.Percent = v.lang.Growth(did / w.budget)
		}
	}
	row.Why = r.why(w)
	return row
}

// why names the rates that are missing.
func (r rater) why(w exchanged) string {
	v := r.v
	switch {
	case len(w.missing) > 0:
		return v.t("rates.without", honne.Text("months", v.monthNames(w.missing)))
	case !w.known:
		return v.t("rates.not-by-month")
	}
	return ""
}

func (v *visit) monthNames(list []honne.Month) string {
	names := make([]string, len(list))
	for i, m := range list {
		names[i] = v.lang.MonthName(m)
	}
	return strings.Join(names, v.t("list.comma"))
}

// partnerRow opens sales to their evidence, and what was converted to its months.
func (r rater) partnerRow(s *sold, w exchanged) RateRow {
	v, row := r.v, r.row(w)
	row.Name, row.Href, row.Sample = v.name(s.d), v.link(base(s.d)), s.d.Sample
	row.Sub = v.lang.FiscalYear(s.p.FiscalYear) + v.t("comma") + v.lang.Months(s.p.Period)
	row.Sales.Href = figureLink(v, s.d, "sales", "unit", string(r.to))
	months := v.here("partner", s.d.Slug, "unit", string(r.to)) + "#h-m"
	row.Budget.Href, row.Own.Href, row.Exchange.Href = months, months, months
	return row
}

// months opens a partner's row: each month's yen, its rates and what they make.
func (r rater) months(s *sold, w exchanged) *RateMonths {
	v := r.v
	out := &RateMonths{Heading: v.t("rates.months", honne.Text("name", v.name(s.d))), Total: r.row(w)}
	for _, t := range s.months {
		row := r.row(r.exchange([]honne.MonthTotal{t}))
		row.Name, row.Sales.Href, row.Why = v.lang.Month(t.Month), v.cellLink(s.d, s.p, honne.Sales, t.Month.Period()), ""
		if yen := r.rates.Average(r.to, t.Month); yen != nil {
			row.Rate = v.lang.Rate(*yen)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// message says in a sentence what exchange did, or why that is not known.
func (r rater) message(total *exchanged) []Part {
	v, currency := r.v, honne.Text("currency", string(r.to))
	_, budgeted := r.rates.Budget(r.to, r.on.Month())
	switch {
	case !budgeted:
		return v.linked(honne.Say("rates.no-budget", currency, honne.Day("day", r.on)), nil)
	case total == nil || total.yen == 0:
		return v.linked(honne.Say("rates.no-sales"), nil)
	case len(total.missing) > 0:
		return v.linked(honne.Say("rates.unknown", currency, honne.Text("months", v.monthNames(total.missing))), nil)
	case !total.known:
		return v.linked(honne.Say("rates.unknown.months", currency), nil)
	}
	did := total.own - total.budget
	id := "rates.added"
	switch sum := honne.Whole(did, r.to); {
	case sum.Minor < 0:
		id = "rates.took"
	case sum.Minor == 0:
		id = "rates.nothing-done"
	}
	return v.linked(honne.Say(id, currency, honne.Amount("sum", honne.Whole(max(did, -did), r.to)), honne.Ratio("share", max(did, -did)/total.budget)), nil)
}
