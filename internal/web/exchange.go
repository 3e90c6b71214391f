package web

import (
	"cmp"
	"fmt"
	"slices"

	"honne"
	"honne/internal/auth"
	"honne/internal/lang"
	"honne/internal/report"
	"honne/internal/store"
)

// exchange is the currency in which a page shows amounts, each at the one budget
// rate in force on the page's day. The zero exchange shows each in its own.
type exchange struct {
	rates honne.Rates
	on    honne.Date
	to    honne.Currency // "" for each its own
}

// rates are the exchange rates of the house, as far as the visitor may know them.
func (v *visit) rates() (honne.Rates, error) {
	if !v.may(auth.Read, auth.Rates) {
		return nil, nil
	}
	list, err := store.Entries[honne.ExchangeRates](v.Context(), v.app.Store, 0)
	if err != nil {
		return nil, fmt.Errorf("web: list exchange rates: %w", err)
	}
	var out honne.Rates
	for _, e := range list {
		out = append(out, e.Body)
	}
	return out, nil
}

// exchangeOn makes the page show amounts in the currency that its address asks for,
// where a budget rate is in force on its day. Nothing that is kept is converted.
func (v *visit) exchangeOn(on honne.Date) error {
	list, err := v.rates()
	v.exchange = exchange{rates: list, on: on}
	if _, ok := list.Budget(v.asked(), on.Month()); ok {
		v.exchange.to, v.scale = v.asked(), lang.Thousand
	}
	return err
}

// inCurrency makes the page of a picture show amounts in the currency that its
// address asks for; pieces stay pieces.
func (v *visit) inCurrency(p honne.Picture) (units []Choice, note []Part, err error) {
	c := cmp.Or(p.Currency, honne.JPY)
	if inPieces(p) {
		return v.units(c), nil, nil
	}
	v.size(report.ScaleOf(p))
	err = v.exchangeOn(rateDay(p))
	return v.units(c), v.rateNote(c), err
}

// scaleNames are the scales as addresses ask for them, the smallest first.
var scaleNames = [...]struct {
	name  string
	scale lang.Scale
}{{"jpy", lang.Main}, {"jpy-k", lang.Thousand}, {"jpy-m", lang.Million}}

// askedScale is the scale that the address asks for.
func (v *visit) askedScale() (lang.Scale, bool) {
	for _, x := range scaleNames {
		if v.URL.Query().Get("unit") == x.name {
			return x.scale, true
		}
	}
	return "", false
}

// size makes a page show amounts in one scale that fits what it shows, unless its
// address asks for another.
func (v *visit) size(s lang.Scale) {
	v.sized = s
	if _, asked := v.askedScale(); !asked {
		v.scale = s
	}
}

// rateDay is the day whose budget rate a picture is shown at: the last of the months
// that its headline is of, as on the page of the rates.
func rateDay(p honne.Picture) honne.Date {
	if p.Period.IsZero() {
		return p.AsOf
	}
	return p.Period.To
}

// asked is the currency that the address asks for, "" for the amounts' own.
func (v *visit) asked() honne.Currency {
	c := honne.Currency(v.URL.Query().Get("unit"))
	if !isCurrency(c) {
		return ""
	}
	return c
}

// isCurrency reports whether a code may be that of a currency with a rate in yen.
func isCurrency(c honne.Currency) bool {
	return len(c) == 3 && c != honne.JPY && !slices.ContainsFunc([]byte(c), func(b byte) bool { return b < 'A' || b > 'Z' })
}

// converted is an amount in main units of the page's currency, not rounded; false
// where it stays in its own.
func (v *visit) converted(m honne.Money) (float64, bool) {
	x := v.exchange
	if x.to == "" || m.Currency == x.to {
		return 0, false
	}
	return x.rates.AtBudget(m, x.to, x.on.Month())
}

// converts reports whether the page shows amounts of a currency in another.
func (v *visit) converts(c honne.Currency) bool {
	_, ok := v.converted(honne.Money{Currency: c})
	return ok
}

// scaled is an amount in the unit of the page, not rounded.
func (v *visit) scaled(m honne.Money) float64 {
	if f, ok := v.converted(m); ok {
		return f / 1000
	}
	return v.scale.In(m)
}

// unitOf names the unit in which the page shows amounts of a currency.
func (v *visit) unitOf(c honne.Currency) string {
	return v.lang.Unit(v.shownIn(c), v.scale)
}

// worth is an amount as a sentence of the page says it.
func (v *visit) worth(m honne.Money) honne.Money {
	if f, ok := v.converted(m); ok {
		return honne.Whole(f, v.exchange.to)
	}
	return m
}

// worths are the arguments of a message with their amounts as the page says them.
// The message itself stays as it is: it may be of a picture that others see too.
func (v *visit) worths(args []honne.Arg) []honne.Arg {
	if v.exchange.to == "" {
		return args
	}
	out := slices.Clone(args)
	for i, a := range out {
		if a.Kind == honne.ArgMoney {
			out[i] = honne.Amount(a.Name, v.worth(honne.Money{Minor: a.N, Currency: honne.Currency(a.S)}))
		}
	}
	return out
}

// inUnits is a message with its amounts in the unit of the page, for a page that has
// figures in it (ux 7, line 18).
func (v *visit) inUnits(m honne.Message) honne.Message {
	args := slices.Clone(m.Args)
	for i, a := range args {
		if a.Kind == honne.ArgMoney {
			x := honne.Money{Minor: a.N, Currency: honne.Currency(a.S)}
			args[i] = honne.Text(a.Name, v.lang.Stated(v.scaled(x), v.shownIn(x.Currency), v.scale))
		}
	}
	return honne.Say(m.ID, args...)
}

// shownIn is the currency in which the page shows amounts of another.
func (v *visit) shownIn(c honne.Currency) honne.Currency {
	if v.converts(c) {
		return v.exchange.to
	}
	return c
}

// units are what the amounts of a page may be shown in: thousands or millions of
// their own currency, its main unit where they are small, and thousands of each with
// a budget rate in force.
func (v *visit) units(c honne.Currency) []Choice {
	own, l := !v.converts(c), string(v.lang)
	var out []Choice
	for _, x := range scaleNames {
		name := x.name
		if x.scale == v.sized {
			name = ""
		}
		if x.scale != lang.Main || lang.Main == v.sized || lang.Main == v.scale {
			out = append(out, Choice{v.here("unit", name), v.lang.Unit(c, x.scale), l, own && v.scale == x.scale})
		}
	}
	x := v.exchange
	for _, to := range x.rates.Offered(x.on.Month()) {
		if _, ok := x.rates.AtBudget(honne.Money{Currency: c}, to, x.on.Month()); ok && to != c {
			out = append(out, Choice{v.here("unit", string(to)), v.lang.Unit(to, lang.Thousand), l, !own && to == x.to})
		}
	}
	return out
}

// rateNote says at which rate a page shows amounts of a currency, or why not in the
// one that was asked for.
func (v *visit) rateNote(c honne.Currency) []Part {
	asked := v.asked()
	switch {
	case asked == "" || asked == c || !v.may(auth.Read, auth.Rates):
		return nil
	case v.converts(c):
		return append(v.ratePart("exchange.note", asked, v.exchange.rates, v.exchange.on), v.ownRate(c, v.exchange.rates, v.exchange.on)...)
	}
	m := honne.Say("exchange.none", honne.Text("currency", string(asked)), honne.Day("day", v.exchange.on), honne.Text("own", string(cmp.Or(c, honne.JPY))))
	return v.linked(m, map[string]string{"currency": "/rates"})
}

// ratePart is a sentence about the budget rate of a currency on a day, whose figure
// opens to the rates; nothing where none is in force.
func (v *visit) ratePart(id string, c honne.Currency, list honne.Rates, on honne.Date) []Part {
	e, ok := list.Budget(c, on.Month())
	if !ok {
		return nil
	}
	m := honne.Say(id, honne.Text("currency", string(e.Currency)), honne.Text("rate", v.lang.Rate(*e.Budget)), honne.Over("period", e.Period()), honne.Text("source", e.Source))
	return v.linked(m, map[string]string{"rate": "/rates?unit=" + string(e.Currency)})
}

// ownRate is the rate by which amounts that are not in yen become yen first.
func (v *visit) ownRate(c honne.Currency, list honne.Rates, on honne.Date) []Part {
	if c == honne.JPY {
		return nil
	}
	return append([]Part{{Text: v.t("sentence.gap")}}, v.ratePart("exchange.own", c, list, on)...)
}

// evidenceRate says by what pages divide what evidence shows as the file has it.
func (v *visit) evidenceRate(d honne.Distributor) ([]Part, error) {
	if v.asked() == "" {
		return nil, nil
	}
	list, err := v.rates()
	if err != nil {
		return nil, err
	}
	p, err := v.picture(d)
	c := cmp.Or(p.Currency, honne.JPY)
	if err != nil || c == v.asked() {
		return nil, err
	}
	on := rateDay(p)
	return append(v.ratePart("exchange.evidence", v.asked(), list, on), v.ownRate(c, list, on)...), err
}
