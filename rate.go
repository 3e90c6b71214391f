package honne

import (
	"cmp"
	"math"
	"slices"
)

// ExchangeRates are what one unit of a currency costs in yen over twelve months:
// the rate of our own budget, one for all of them, and the average of each month.
// What nobody stated is nil, never a number.
type ExchangeRates struct {
	Currency Currency     // any but the yen
	From     Month        // the first of the twelve months
	Budget   *Decimal     // yen for one unit
	Monthly  [12]*Decimal // yen for one unit, on average over a month; the first is From's
	Source   string
	On       Date // the day on which they were stated
}

// EntryKind says that they are rates of a currency.
func (ExchangeRates) EntryKind() EntryKind { return EntryExchangeRates }

// Period returns the twelve months.
func (e ExchangeRates) Period() Period { return Months(e.From, e.From+11) }

// Average returns the average rate of a month, in yen for one unit; nil when it is
// not known.
func (e ExchangeRates) Average(m Month) *Decimal {
	if m < e.From || m > e.From+11 {
		return nil
	}
	return e.Monthly[m-e.From]
}

// Rates are the exchange rates of the house, as they stand.
type Rates []ExchangeRates

// Budget returns the rates of a currency whose budget rate is in force in a month.
// Of several the one stated last counts, of one day the last of the list.
func (l Rates) Budget(c Currency, m Month) (e ExchangeRates, ok bool) {
	return l.newest(c, func(x ExchangeRates) bool { return x.Budget != nil && x.Period().Contains(m.First()) })
}

// Average returns the average rate of a currency in a month, in yen for one unit;
// nil when it is not known.
func (l Rates) Average(c Currency, m Month) *Decimal {
	e, _ := l.newest(c, func(x ExchangeRates) bool { return x.Average(m) != nil })
	return e.Average(m)
}

func (l Rates) newest(c Currency, counts func(ExchangeRates) bool) (e ExchangeRates, ok bool) {
	for _, x := range l {
		if x.Currency == c && counts(x) && (!ok || x.On >= e.On) {
			e, ok = x, true
		}
	}
	return e, ok
}

// Offered lists the currencies with a budget rate in force in a month, by their
// codes.
func (l Rates) Offered(m Month) (out []Currency) {
	for _, x := range l {
		if _, ok := l.Budget(x.Currency, m); ok && !slices.Contains(out, x.Currency) {
			out = append(out, x.Currency)
		}
	}
	slices.Sort(out)
	return out
}

// AtBudget returns an amount at the budget rates in force in a month, in main units
// of the currency to and not rounded: it is rounded once, where it leaves. The yen
// costs one yen; any other currency without a rate in force is not known.
func (l Rates) AtBudget(m Money, to Currency, in Month) (f float64, known bool) {
	m.Currency = cmp.Or(m.Currency, JPY)
	from, a := l.costs(m.Currency, in)
	unit, b := l.costs(to, in)
	if !a || !b {
		return 0, false
	}
	return float64(mainUnits(m)*from) / unit, true
}

func (l Rates) costs(c Currency, in Month) (yen float64, known bool) {
	if c == JPY {
		return 1, true
	}
	e, ok := l.Budget(c, in)
	if !ok {
		return 0, false
	}
	return e.Budget.Float(), true
}

// AtAverages returns the sum of months of yen, each at the average rate of its own
// month, in main units of the currency and not rounded. Missing are the months with
// an amount and without a rate; the sum is not known then.
func (l Rates) AtAverages(months []MonthTotal, to Currency) (sum float64, missing []Month) {
	for _, t := range months {
		if !t.Amount.Known || t.Amount.N == 0 {
			continue
		}
		rate := l.Average(to, t.Month)
		if rate == nil {
			missing = append(missing, t.Month)
			continue
		}
		sum += float64(mainUnits(Money{t.Amount.N, JPY}) / rate.Float())
	}
	if missing != nil {
		return 0, missing
	}
	return sum, nil
}

func mainUnits(m Money) float64 { return float64(m.Minor) / math.Pow10(m.Currency.Digits()) }

// Whole returns main units of a currency as money, rounded half away from zero to
// whole units: what follows from a rate has no cents.
func Whole(f float64, c Currency) Money {
	minor := int64(math.Round(f))
	for range c.Digits() {
		minor *= 10
	}
	return Money{minor, c}
}
