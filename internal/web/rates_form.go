package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/japan"
	"honne/internal/store"
)

// ratePage is the form of one currency in twelve months, with its history. Which
// currency and which months is settled when it is new, and never changes.
type ratePage struct {
	Frame
	Heading, About, Path   string
	Errors                 []Problem
	New, Writes, Withdrawn bool
	N                      int
	Currency               Input
	From                   honne.Month
	Years                  []Choice
	Budget                 SheetField
	Months, Rest           []SheetField
	Words                  []Detail
	Why                    Input
	History                []EntryVersion
}

// maxRate is what no unit of any currency costs in yen: more is a slip of the
// decimal point.
const maxRate = 10_000

// rateSheet shows rates in a form, or reads the form into them.
func (f *fields) rateSheet(x *honne.ExchangeRates, reads bool) *sheet {
	s := &sheet{fields: f, kind: honne.EntryExchangeRates, reads: reads}
	ratesSheet(s, x)
	return s
}

func ratesPath(number int) string { return "/rates/" + strconv.Itoa(number) }

// ratesSheet asks for the budget rate, the twelve averages, and who says so.
func ratesSheet(s *sheet, x *honne.ExchangeRates) {
	s.rate("budget", s.v.t("rates.budget"), x.Currency, &x.Budget)
	some := x.Budget != nil
	for i := range x.Monthly {
		m := x.From + honne.Month(i)
		s.rate("rate-"+m.String(), s.v.lang.Month(m), x.Currency, &x.Monthly[i])
		some = some || x.Monthly[i] != nil
	}
	s.named("source", &x.Source).must().day("on", &x.On).must()
	switch {
	case !s.reads:
	case !some && len(s.order) == 0:
		s.fail("budget", s.v.t("rates.bad.none"))
	case x.On > honne.DateOf(s.v.now()):
		s.fail("on", s.v.t("form.made.future"))
	}
}

// decimalPoint reads 162,5 as most of Europe writes it: a rate has no thousands that
// three digits behind a comma would part.
func decimalPoint(s string) string {
	if whole, rest, ok := strings.Cut(s, ","); ok && len(rest) != 3 && !strings.ContainsAny(rest, ",.") {
		return whole + "." + rest
	}
	return s
}

// rate is what one unit of a currency costs in yen; empty is unknown, never zero.
func (s *sheet) rate(name, label string, c honne.Currency, p **honne.Decimal) {
	if raw := s.text(name); s.reads {
		*p = nil
		switch d, ok := japan.ParseNumber(decimalPoint(raw)); {
		case raw == "":
		case !ok:
			s.fail(name, s.v.t("rates.bad.text", honne.Text("field", label), honne.Text("raw", raw), honne.Text("currency", string(c))))
		case d.Coef <= 0 || d.Float() >= maxRate:
			s.fail(name, s.v.t("rates.bad.size", honne.Text("field", label), honne.Text("raw", raw), honne.Text("currency", string(c)), honne.Count("most", maxRate)))
		default:
			*p = &d
		}
	}
	held, said := "", ""
	if *p != nil {
		held, said = (*p).String(), s.v.lang.Rate(**p)
	}
	in := Input{Name: name, Type: "text", Label: label, Value: held}
	if name == "budget" {
		in.Hint = s.v.t("rates.budget.hint")
	}
	if s.reads {
		in.Value = s.text(name)
	}
	s.rows = append(s.rows, SheetField{Input: in, said: said, loud: true})
}

func (a *app) showRate(w http.ResponseWriter, v *visit) error {
	if v.PathValue("n") == "new" {
		x, err := v.newRates()
		if err != nil {
			return err
		}
		return v.renderRate(w, http.StatusOK, honne.Entry[honne.ExchangeRates]{Body: x}, v.fields().rateSheet(&x, false))
	}
	e, err := v.ratesEntry()
	if err != nil {
		return err
	}
	return v.renderRate(w, http.StatusOK, e, v.fields().rateSheet(&e.Body, false))
}

// newRates are what an empty form begins with: our own currency, and the fiscal
// year of our house; the address may say otherwise.
func (v *visit) newRates() (x honne.ExchangeRates, err error) {
	if !v.may(auth.Write, auth.Rates) {
		return x, honne.ErrNotFound
	}
	if x.Currency, err = v.ourCurrency(); err != nil {
		return x, err
	}
	x.Currency = cmp.Or(v.asked(), x.Currency)
	x.On = honne.DateOf(v.now())
	if s := v.URL.Query().Get("from"); s != "" {
		if x.From, err = honne.ParseMonth(s); err != nil {
			return x, &honne.Invalid{Field: "from", What: honne.Say("entry.bad.month", honne.Text("raw", s))}
		}
		return x, nil
	}
	start, _, err := v.app.Store.Setting(v.Context(), settingStarts)
	if err != nil {
		return x, fmt.Errorf("web: read setting: %w", err)
	}
	first, _ := strconv.Atoi(start)
	first = honne.Profile{FiscalYearStarts: first}.FiscalStart()
	x.From = honne.NewMonth(japan.FiscalYear(x.On.Month(), first), first)
	return x, nil
}

// ratesEntry is the entry that the address names; honne.ErrNotFound without one.
func (v *visit) ratesEntry() (honne.Entry[honne.ExchangeRates], error) {
	n, err := v.number("n")
	if err != nil {
		return honne.Entry[honne.ExchangeRates]{}, err
	}
	all, err := store.EntryHistory[honne.ExchangeRates](v.Context(), v.app.Store, n)
	if err != nil {
		return honne.Entry[honne.ExchangeRates]{}, fmt.Errorf("web: read exchange rates: %w", err)
	}
	return all[len(all)-1], nil
}

func (v *visit) renderRate(w http.ResponseWriter, status int, e honne.Entry[honne.ExchangeRates], s *sheet) error {
	page := ratePage{Frame: v.frame("rates", v.t("rates.new")), Heading: v.t("rates.new"), About: v.t("rates.about", honne.Word("currency", "rates.the-currency")),
		Path: "/rates/new", Errors: s.list(), New: e.Number == 0, Writes: v.may(auth.Write, auth.Rates) && !e.Withdrawn, Withdrawn: e.Withdrawn, N: e.N, From: e.Body.From}
	rows := s.shown()
	page.Budget, page.Months, page.Rest = rows[0], rows[1:13], rows[13:]
	page.Why = s.input("why", "", s.text("why"))
	if page.New {
		page.Currency = s.input("currency", "", cmp.Or(s.text("currency"), string(e.Body.Currency))).must()
		page.Currency.Label, page.Currency.Hint = v.t("rates.currency"), v.t("rates.currency.hint")
		page.Years = v.rateYears(e.Body.From)
	} else {
		page.Heading, page.Path = v.ratesName(e.Body), ratesPath(e.Number)
		page.Words, page.About = s.words(), v.t("rates.about", honne.Text("currency", string(e.Body.Currency)))
		kind := formOf[honne.ExchangeRates]{area: auth.Rates, bind: ratesSheet, day: func(x honne.ExchangeRates) honne.Date { return x.On }}
		kept, err := kind.open(v, honne.Distributor{}, e.Number) // of the whole house
		if err != nil {
			return err
		}
		page.History = kept.history
	}
	page.Title = page.Heading + v.t("comma") + v.t("rates.title")
	page.Crumbs = []Choice{{Href: "/rates", Label: v.t("rates.title")}, {Label: page.Heading}}
	return v.show(w, status, "rate", page)
}

// rateYears are the twelve months of a new form, and those before and after them.
func (v *visit) rateYears(from honne.Month) (out []Choice) {
	for _, m := range [...]honne.Month{from - 12, from, from + 12} {
		out = append(out, Choice{Href: v.here("from", m.String()), Label: v.lang.Month(m), Current: m == from})
	}
	return out
}

func (a *app) postRate(w http.ResponseWriter, v *visit) error {
	f := v.fields()
	e, err := honne.Entry[honne.ExchangeRates]{}, error(nil)
	if v.PathValue("n") == "new" {
		e.Body, err = f.newRates()
	} else {
		e, err = v.ratesEntry()
	}
	if err == nil && e.Withdrawn {
		err = honne.ErrNotFound
	}
	if err != nil {
		return err
	}
	s := f.rateSheet(&e.Body, true)
	e.Why = f.text("why")
	if e, err = keep(f, "budget", e); err != nil {
		return fmt.Errorf("web: keep exchange rates: %w", err)
	}
	if len(f.order) > 0 {
		return v.renderRate(w, http.StatusUnprocessableEntity, e, s)
	}
	return v.redirect(w, "/rates?done=rates&unit="+string(e.Body.Currency))
}

// newRates reads which currency and months a new form is for; those that have rates
// already are changed where they stand.
func (f *fields) newRates() (x honne.ExchangeRates, err error) {
	v := f.v
	if x.From, err = honne.ParseMonth(f.text("from")); err != nil {
		return x, &honne.Invalid{Field: "from", What: honne.Say("intake.no-form")}
	}
	x.Currency = honne.Currency(strings.ToUpper(f.text("currency")))
	switch {
	case x.Currency == "":
		f.fail("currency", v.t("form.required", honne.Word("field", "rates.currency")))
		return x, nil
	case !isCurrency(x.Currency):
		f.fail("currency", v.t("rates.bad.currency", honne.Text("raw", string(x.Currency))))
		return x, nil
	}
	list, err := v.rates()
	for _, e := range list {
		if e.Currency == x.Currency && e.Period().Overlaps(honne.Months(x.From, x.From+11)) {
			f.fail("currency", v.t("rates.bad.twice", honne.Text("currency", string(e.Currency)), honne.Over("period", e.Period())))
		}
	}
	return x, err
}

func (a *app) postRateWithdraw(w http.ResponseWriter, v *visit) error {
	e, err := v.ratesEntry()
	if err == nil && e.Withdrawn {
		err = honne.ErrNotFound
	}
	if err != nil {
		return err
	}
	f := v.fields()
	e.N, _ = strconv.Atoi(f.text("version"))
	e.Why, e.By = f.required("why"), v.user.ID
	if len(f.order) > 0 {
		return v.renderRate(w, http.StatusUnprocessableEntity, e, f.rateSheet(&e.Body, false))
	}
	e.Withdrawn = true
	_, err = store.Enter(v.Context(), a.Store, e)
	if errors.Is(err, honne.ErrConflict) {
		return v.redirect(w, ratesPath(e.Number)+"?done=entry-others")
	}
	if err != nil {
		return fmt.Errorf("web: take exchange rates back: %w", err)
	}
	return v.redirect(w, "/rates?done=entry-withdrawn")
}
