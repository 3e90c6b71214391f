package honne_test

import (
	"fmt"
	"testing"

	"honne"
)

func decimal(t *testing.T, s string) *honne.Decimal {
	t.Helper()
	if s == "" {
		return nil
	}
	d, err := honne.ParseDecimal(s)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

// rates are those of the euro in two years, the second revised once, of the dollar
// without a budget, and of a currency with thousandths.
func rates(t *testing.T) honne.Rates {
	april := honne.NewMonth(2026, 4)
	euro := honne.ExchangeRates{Currency: "EUR", From: april, Budget: decimal(t, "158"), On: honne.NewDate(2026, 2, 1)}
	euro.Monthly[0], euro.Monthly[1] = decimal(t, "160"), decimal(t, "162.5")
	return honne.Rates{
		{Currency: "EUR", From: april, Budget: decimal(t, "155"), On: honne.NewDate(2026, 1, 5)},
		euro,
		{Currency: "EUR", From: april - 12, Budget: decimal(t, "164"), On: honne.NewDate(2025, 2, 1)},
		{Currency: "USD", From: april, On: honne.NewDate(2026, 2, 1)},
		{Currency: "KWD", From: april, Budget: decimal(t, "500"), On: honne.NewDate(2026, 2, 1)},
	}
}

func TestBudgetRateInForce(t *testing.T) {
	l := rates(t)
	for _, c := range []struct {
		currency honne.Currency
		month    honne.Month
		want     string
	}{
		{"EUR", honne.NewMonth(2026, 4), "158"}, // of two the one stated last
		{"EUR", honne.NewMonth(2027, 3), "158"},
		{"EUR", honne.NewMonth(2026, 3), "164"},
		{"EUR", honne.NewMonth(2027, 4), ""},
		{"USD", honne.NewMonth(2026, 4), ""},
		{"CHF", honne.NewMonth(2026, 4), ""},
	} {
		got := ""
		if e, ok := l.Budget(c.currency, c.month); ok {
			got = e.Budget.String()
		}
		if got != c.want {
			t.Errorf("the budget rate of %s in %s is %q, want %q", c.currency, c.month, got, c.want)
		}
	}
	if got := fmt.Sprint(l.Offered(honne.NewMonth(2026, 11)), l.Offered(honne.NewMonth(2025, 11)), l.Offered(honne.NewMonth(2030, 1))); got != "[EUR KWD] [EUR] []" {
		t.Errorf("offered: %s", got)
	}
}

func TestAverageRateOfAMonth(t *testing.T) {
	l := rates(t)
	for month, want := range map[honne.Month]string{honne.NewMonth(2026, 4): "160", honne.NewMonth(2026, 5): "162.5", honne.NewMonth(2026, 6): "", honne.NewMonth(2026, 3): "", honne.NewMonth(2027, 4): ""} {
		got := ""
		if r := l.Average("EUR", month); r != nil {
			got = r.String()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", month, got, want)
		}
	}
}

func TestAmountAtTheBudgetRate(t *testing.T) {
	l, november := rates(t), honne.NewMonth(2026, 11)
	for _, c := range []struct {
		amount honne.Money
		to     honne.Currency
		want   string
	}{
		{honne.Money{Minor: 288_000_000, Currency: honne.JPY}, "EUR", "EUR 1822785"},
		{honne.Money{Minor: 288_000_000}, "EUR", "EUR 1822785"}, // unknown is yen, as everywhere
		{honne.Money{Minor: -237, Currency: honne.JPY}, "EUR", "EUR -2"},
		{honne.Money{Minor: 100_00, Currency: "EUR"}, honne.JPY, "JPY 15800"},
		{honne.Money{Minor: 500_00, Currency: "EUR"}, "KWD", "KWD 158"},
		{honne.Money{Minor: 100_00, Currency: "EUR"}, "EUR", "EUR 100"},
		{honne.Money{Minor: 100_00, Currency: "USD"}, "EUR", ""},
		{honne.Money{Minor: 100, Currency: honne.JPY}, "USD", ""},
	} {
		got := ""
		if f, ok := l.AtBudget(c.amount, c.to, november); ok {
			got = string(c.to) + " " + honne.Whole(f, c.to).String()
		}
		if got != c.want {
			t.Errorf("%v in %s is %q, want %q", c.amount, c.to, got, c.want)
		}
	}
}

func TestMonthsAtTheirOwnRates(t *testing.T) {
	l, april := rates(t), honne.NewMonth(2026, 4)
	months := []honne.MonthTotal{{Month: april, Amount: honne.Known(16_000)}, {Month: april + 1, Amount: honne.Known(32_500)},
		{Month: april + 2, Amount: honne.Known(0)}, {Month: april + 3}}
	if sum, missing := l.AtAverages(months, "EUR"); sum != 300 || missing != nil {
		t.Errorf("%v, %v: a month without an amount needs no rate", sum, missing)
	}
	months[2].Amount = honne.Known(1)
	if sum, missing := l.AtAverages(months, "EUR"); sum != 0 || fmt.Sprint(missing) != "[2026-06]" {
		t.Errorf("%v, %v: a month without its rate is counted", sum, missing)
	}
}
