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
	ByMonth               bool   // has an average rate
	Rate                  string // of a month
	Budget, Own, Exchange Linked
	Class, Percent        string // of what exchange did
	At                    string // the budget rate, where it is another than that of the page
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

// sold is what a partner sold in the fiscal year so far, by month.
type sold struct {
	d      honne.Distributor
	p      honne.Picture
	months []honne.MonthTotal
	whole  bool // the months make up the figure of the overview
}

// soldOf takes the months from a picture; nil where no yen were reported.
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
	rate            *honne.Decimal // of the budget
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

// rater converts yen into one currency: at the one budget rate that was in force in
// the last of the months, and at the average of each.
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
	w.own, w.missing = r.rates.AtAverages(months, r.to)
	w.known = len(w.missing) == 0
	return w
}

// atBudget adds what the yen are at the budget rate of a month.
func (r rater) atBudget(w exchanged, in honne.Month) exchanged {
	w.budget, w.budgeted = r.rates.AtBudget(honne.Money{Minor: w.yen, Currency: honne.JPY}, r.to, in)
	e, _ := r.rates.Budget(r.to, in)
	w.rate = e.Budget
	return w
}

// partner is what a partner's sales are; those that are not known by month are not
// known at the months' own rates either.
func (r rater) partner(s *sold) exchanged {
	w := r.exchange(s.months)
	if !s.whole {
		w.yen, w.known = s.p.KPIs.Sales.Money.Minor, false
	}
	return r.atBudget(w, s.p.Period.To.Month())
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
	page := ratesPage{Frame: v.frame("rates", v.t("rates.title")), Yen: v.lang.Unit(honne.JPY, lang.Thousand)}
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
	out := RatesRow{Name: v.ratesName(e.Body), Href: ratesPath(e.Number), Averages: v.t("rates.months-known", honne.Count("n", known), honne.Count("all", len(e.Body.Monthly))),
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
	page.Currencies, page.Unit = r.choices(), v.lang.Unit(r.to, lang.Thousand)
	if page.Rate = v.ratePart("rates.in-force", r.to, r.rates, r.on); page.Rate == nil {
		page.Rate = []Part{{Text: v.t("rates.no-budget", honne.Text("currency", string(r.to)), honne.Day("day", r.on))}}
	}
	total, err := r.fillRows(page)
	if len(page.Rows) > 1 {
		row := r.row(total)
		page.Total = &row
	}
	page.Message = r.message(total)
	return err
}

// choices are the currencies that have rates.
func (r rater) choices() (out []Choice) {
	for _, e := range r.rates {
		one := Choice{Href: r.v.here("unit", string(e.Currency)), Label: string(e.Currency), Current: e.Currency == r.to}
		if !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	return out
}

// fillRows makes the rows of the partners that report yen, and adds them up.
func (r rater) fillRows(page *ratesPage) (total exchanged, err error) {
	list, err := r.v.distributors()
	if err != nil {
		return total, err
	}
	total, aside := exchanged{budgeted: true, known: true}, 0
	for _, d := range list {
		p, err := r.v.picture(d)
		if err != nil {
			return total, err
		}
		s := soldOf(d, p)
		if s == nil {
			if has(p.KPIs.Sales) {
				aside++
			}
			continue
		}
		w := r.partner(s)
		total = total.plus(w)
		page.Sample, page.Mixed = page.Sample || d.Sample, page.Mixed || !d.Sample
		page.Rows = append(page.Rows, r.partnerRow(s, w))
		if r.v.URL.Query().Get("partner") == d.Slug {
			page.Months = r.months(s, w)
		}
	}
	if aside > 0 {
		page.Aside = r.v.t("rates.aside", honne.Count("n", aside))
	}
	return total, nil
}

// row writes sales at both rates; what is not known stays empty.
func (r rater) row(w exchanged) RateRow {
	v := r.v
	in := func(f float64) string { return v.lang.Fixed(f/1000, 0) }
	row := RateRow{Sales: Linked{Text: v.lang.Scaled(honne.Money{Minor: w.yen, Currency: honne.JPY}, lang.Thousand)}}
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

// monthNames writes months, those in a row as a span.
func (v *visit) monthNames(list []honne.Month) string {
	var spans []string
	for i := 0; i < len(list); {
		last := i
		for last+1 < len(list) && list[last+1] == list[last]+1 {
			last++
		}
		spans = append(spans, v.lang.Period(honne.Months(list[i], list[last])))
		i = last + 1
	}
	return strings.Join(spans, v.t("list.comma"))
}

// partnerRow opens sales to their evidence, and what was converted to its months.
func (r rater) partnerRow(s *sold, w exchanged) RateRow {
	v, row := r.v, r.row(w)
	row.Name, row.Href, row.Sample = v.name(s.d), v.link(base(s.d)), s.d.Sample
	row.Sub = v.lang.FiscalYear(s.p.FiscalYear) + v.t("comma") + v.lang.Months(s.p.Period)
	row.Sales.Href = figureLink(v, s.d, "sales")
	if in, ok := r.rates.Budget(r.to, r.on.Month()); w.budgeted && (!ok || *in.Budget != *w.rate) {
		row.At = v.t("rates.at", honne.Text("rate", v.lang.Rate(*w.rate)))
	}
	months := v.here("partner", s.d.Slug, "unit", string(r.to)) + "#h-m"
	row.Budget.Href, row.Own.Href, row.Exchange.Href = months, months, months
	return row
}

// months opens a partner's row: each month's yen, its rates and what they make.
func (r rater) months(s *sold, w exchanged) *RateMonths {
	v := r.v
	out := &RateMonths{Heading: v.t("rates.months", honne.Text("name", v.name(s.d))), Total: r.row(w)}
	for _, t := range s.months {
		row := r.row(r.atBudget(r.exchange([]honne.MonthTotal{t}), s.p.Period.To.Month()))
		row.Name, row.Sales.Href, row.Why = v.lang.Month(t.Month), v.cellLink(s.d, s.p, honne.Sales, t.Month.Period()), ""
		row.ByMonth = true
		if yen := r.rates.Average(r.to, t.Month); yen != nil {
			row.Rate = v.lang.Rate(*yen)
		}
		out.Rows = append(out.Rows, row)
	}
	out.Total.ByMonth = true
	return out
}

// message says in a sentence what exchange did, or why that is not known.
func (r rater) message(total exchanged) []Part {
	v, currency := r.v, honne.Text("currency", string(r.to))
	switch {
	case total.yen == 0:
		return v.linked(honne.Say("rates.no-sales"), nil)
	case !total.budgeted:
		return v.linked(honne.Say("rates.unknown.budget", currency), nil)
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
