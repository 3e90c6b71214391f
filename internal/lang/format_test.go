package lang

import (
	"strings"
	"testing"
	"time"

	"honne"
)

func TestFormats(t *testing.T) {
	yen := func(n int64) honne.Money { return honne.Money{Minor: n, Currency: honne.JPY} }
	euro := honne.Money{Minor: -123456, Currency: "EUR"}
	day := honne.NewDate(2026, 11, 22)
	apr, oct := honne.NewMonth(2026, 4), honne.NewMonth(2026, 10)
	for _, c := range []struct{ got, want string }{
		{EN.Date(day), "22 Nov 2026"}, {JA.Date(day), "2026年11月22日（日）"},
		{EN.ShortDate(day), "22 Nov"}, {JA.ShortDate(day), "11/22"}, {EN.Date(0), ""},
		{EN.Period(honne.Months(apr, oct)), "Apr–Oct 2026"}, {JA.Period(honne.Months(apr, oct)), "2026年4月–10月"},
		{EN.Period(honne.Months(apr, apr+11)), "Apr 2026–Mar 2027"}, {EN.Period(apr.Period()), "Apr 2026"},
		{EN.Period(honne.Period{From: honne.NewDate(2026, 8, 21), To: honne.NewDate(2026, 9, 20)}), "21 Aug–20 Sep 2026"},
		{EN.Period(honne.Period{From: honne.NewDate(2026, 5, 19), To: honne.NewDate(2026, 5, 22)}), "19–22 May 2026"}, {EN.Period(honne.Period{From: honne.NewDate(2025, 12, 18), To: honne.NewDate(2026, 1, 3)}), "18 Dec 2025–3 Jan 2026"},
		{JA.Period(honne.Period{From: honne.NewDate(2025, 11, 18), To: honne.NewDate(2025, 12, 3)}), "2025年11月18日（火）–12月3日（水）"},
		{EN.FiscalYearSpan(2026, 4), "FY2026 (Apr 2026–Mar 2027)"}, {JA.FiscalYear(2026), "2026年度"},
		{EN.Quarter(2026, 4, 2), "Q2 FY2026 (Jul–Sep)"}, {JA.Quarter(2026, 4, 2), "2026年度第2四半期（7–9月）"},
		{EN.Money(yen(288_000_000)), "¥288m"}, {JA.Money(yen(288_000_000)), "288百万円"},
		{EN.Money(yen(-4_240_000)), "−¥4.2m"}, {JA.Money(yen(4_240_000)), "4.2百万円"}, {EN.Money(yen(48_964)), "¥48,964"},
		{EN.Exact(yen(48_964_000)), "¥48,964,000"}, {JA.Exact(yen(-48_964_000)), "−48,964,000円"}, {EN.Exact(euro), "−EUR 1,234.56"},
		{EN.Scaled(yen(38_500_000), Million), "39"}, {EN.Scaled(yen(-400_000), Million), "−0"}, {EN.Difference(yen(-36_000_000), Million), "−36"},
		{EN.Rate(honne.Decimal{Coef: 158}), "¥158.00"}, {JA.Rate(honne.Decimal{Coef: 1582555, Scale: 4}), "158.2555円"}, {EN.Rate(honne.Decimal{Coef: 107, Scale: 3}), "¥0.107"},
		{EN.Unit(honne.JPY, Million), "¥m"}, {JA.Unit(honne.JPY, Thousand), "千円"}, {EN.Unit("EUR", Thousand), "EUR k"},
		{EN.Unit(honne.JPY, Main), "¥"}, {JA.Unit(honne.JPY, Main), "円"}, {EN.Unit("EUR", Main), "EUR"}, {EN.Scaled(yen(8_400), ScaleOf(yen(8_400))), "8,400"},
		{EN.Scaled(yen(300_000), ScaleOf(yen(300_000))), "300"}, {EN.Scaled(yen(-12_000_000), ScaleOf(yen(-12_000_000))), "−12"},
		{EN.Percent(0.111), "11.1%"}, {EN.Growth(0.029), "+2.9%"}, {EN.Growth(-0.111), "−11.1%"}, {EN.Growth(0), "0.0%"}, {EN.Points(0.0004), "0.0 pt"}, {EN.Points(-0.0004), "−0.0 pt"}, {EN.Index(34.21), "34.2"}, {EN.Index(3.594), "3.59"},
		{EN.Points(-0.065), "−6.5 pt"}, {JA.Points(0.014), "+1.4ポイント"}, {EN.Number(4.6, 1), "4.6"}, {EN.Number(3, 1), "3"}, {EN.Number(-1234.56, 1), "−1,234.6"},
		{EN.Quantity(1_250_500), "1,250.5"}, {EN.Bytes(12_001), "13 kB"}, {EN.Bytes(3_400_000), "3.4 MB"},
		{EN.Instant(time.Date(2026, 11, 11, 1, 42, 0, 0, time.UTC)), "11 Nov 2026, 10:42 JST"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestPrefer(t *testing.T) {
	for header, want := range map[string]Language{"": EN, "ja,en;q=0.8": JA, "fr, ja-JP;q=0.5": JA, "en-GB,ja": EN} {
		if got := Prefer(header); got != want {
			t.Errorf("Prefer(%q) = %s", header, got)
		}
	}
}

// TestOneUnit: amounts of one sentence stand in one unit where one of them is in
// millions; another currency, and nothing, do not.
func TestOneUnit(t *testing.T) {
	c := load(t)
	say := func(l Language, lost, above honne.Money) string {
		return c.Say(l, honne.Say("strip.pace.lost.above", honne.Amount("lost", lost), honne.Amount("above", above)))
	}
	yen := func(n int64) honne.Money { return honne.Money{Minor: n, Currency: honne.JPY} }
	for _, x := range []struct{ got, want string }{
		{say(EN, yen(21_300_000), yen(961_184)), "Of the gap to plan, ¥21m is pace lost against the market and ¥0.96m is plan above the market."},
		{say(EN, yen(14_152), yen(2_100_000)), "Of the gap to plan, ¥0.014m is pace lost against the market and ¥2.1m is plan above the market."},
		{say(EN, yen(14_152), yen(425_196)), "Of the gap to plan, ¥14,152 is pace lost against the market and ¥425,196 is plan above the market."},
		{say(EN, yen(21_300_000), yen(0)), "Of the gap to plan, ¥21m is pace lost against the market and ¥0 is plan above the market."},
	} {
		if x.got != x.want {
			t.Errorf("%s, want %s", x.got, x.want)
		}
	}
	// Amounts that differ never read the same.
	for _, x := range [][2]string{{say(EN, yen(3_700_000), yen(3_710_000)), "¥3,700k is"}, {say(EN, yen(288_000_100), yen(288_000_200)), "¥288,000,100 is"}, {say(EN, yen(3_700_000), yen(3_700_000)), "¥3.7m is"}} {
		if !strings.Contains(x[0], x[1]) {
			t.Errorf("%s, want %s", x[0], x[1])
		}
	}
	if s := say(JA, yen(2_100_000), yen(974_112)); !strings.Contains(s, "2.1百万円") || !strings.Contains(s, "0.97百万円") {
		t.Error(s)
	}
	if s := say(EN, yen(21_300_000), honne.Money{Minor: 50_000_00, Currency: "EUR"}); !strings.Contains(s, "EUR 50,000") {
		t.Error(s)
	}
}

// Of a small amount the unit stays, and two digits of it.
func TestStated(t *testing.T) {
	for _, c := range []struct {
		f      float64
		s      Scale
		en, ja string
	}{
		{288.4, Million, "¥288m", "288百万円"}, {4.23, Million, "¥4.2m", "4.2百万円"}, {0.0421, Million, "¥0.042m", "0.042百万円"}, {9.96, Million, "¥10m", "10百万円"},
		{-63521, Thousand, "−¥63,521k", "−63,521千円"}, {0.4, Thousand, "¥0.4k", "0.4千円"}, {0, Million, "¥0m", "0百万円"}, {7, Main, "¥7", "7円"},
	} {
		if en, ja := EN.Stated(c.f, honne.JPY, c.s), JA.Stated(c.f, honne.JPY, c.s); en != c.en || ja != c.ja {
			t.Errorf("%v %q: %s, %s; want %s, %s", c.f, c.s, en, ja, c.en, c.ja)
		}
	}
}
