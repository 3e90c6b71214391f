package lang

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"honne"
)

// minus is U+2212; in the application a negative number never carries a
// triangle or a hyphen.
const minus = "−"

// Count writes a whole number with thousands separated: 48,964.
func (l Language) Count(n int64) string { return signed(group(strconv.FormatInt(n, 10))) }

// Decimal writes an exact decimal, as honne.Decimal.String gives it, with
// thousands separated: −1,250.5.
func (l Language) Decimal(s string) string { return signed(group(s)) }

// Number writes a number with at most the given digits after the point, without
// trailing zeros, rounded half away from zero: 4.6.
func (l Language) Number(f float64, digits int) string {
	s := fixed(f, digits)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return signed(group(s))
}

// Fixed writes a number with exactly the given digits after the point.
func (l Language) Fixed(f float64, digits int) string { return signed(group(fixed(f, digits))) }

// Index writes a number without a unit: two decimals at most, one from ten on.
func (l Language) Index(f float64) string {
	if math.Abs(f) < 10 {
		return l.Number(f, 2)
	}
	return l.Number(f, 1)
}

// Percent writes a ratio as a percentage with one decimal: 11.1%.
func (l Language) Percent(r float64) string { return l.Fixed(r*100, 1) + "%" }

// Whole writes a ratio as a percentage without decimals: 38%.
func (l Language) Whole(r float64) string { return l.Fixed(r*100, 0) + "%" }

// Growth writes a change as a signed percentage: +2.9%.
func (l Language) Growth(r float64) string { return plus(r*100, l.Percent(r)) }

// Points writes a difference of two ratios: −6.5 pt, −6.5ポイント.
func (l Language) Points(r float64) string {
	s := plus(r*100, l.Fixed(r*100, 1))
	if l == JA {
		return s + "ポイント"
	}
	return s + " pt"
}

// Signed writes a number with its sign, without decimals: +3, −36.
func (l Language) Signed(f float64, digits int) string { return plus(f, l.Fixed(f, digits)) }

// plus puts the sign before a number above zero, unless it is written as zero.
func plus(f float64, s string) string {
	if f > 0 && strings.ContainsAny(s, "123456789") {
		return "+" + s
	}
	return s
}

// fixed rounds half away from zero; strconv alone would round 0.125 to even.
func fixed(f float64, digits int) string {
	p := math.Pow10(digits)
	r := math.Round(math.Abs(f) * p)
	s := strconv.FormatFloat(r/p, 'f', digits, 64)
	if f < 0 {
		return "-" + s
	}
	return s
}

func group(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, frac, point := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		whole += "." + frac
	}
	return sign + whole
}

func signed(s string) string { return strings.Replace(s, "-", minus, 1) }

// Scale is the unit in which a page shows money.
type Scale string

// The scales: ¥, ¥k and ¥m, 円, 千円 and 百万円; the same of any other currency.
const (
	Main     Scale = ""
	Thousand Scale = "k"
	Million  Scale = "m"
)

func (s Scale) power() int {
	switch s {
	case Main:
		return 0
	case Thousand:
		return 3
	}
	return 6
}

// ScaleOf is the largest scale in which an amount still has two digits.
func ScaleOf(m honne.Money) Scale {
	for _, s := range [...]Scale{Million, Thousand} {
		if math.Abs(s.In(m)) >= 10 {
			return s
		}
	}
	return Main
}

// In returns an amount of minor units in the scale.
func (s Scale) In(m honne.Money) float64 {
	return float64(m.Minor) / math.Pow10(s.power()+m.Currency.Digits())
}

// Scaled writes an amount in the scale without decimals and without a unit; a
// negative that rounds to zero is −0.
func (l Language) Scaled(m honne.Money, s Scale) string { return l.Fixed(s.In(m), 0) }

// Difference writes an amount in the scale with its sign.
func (l Language) Difference(m honne.Money, s Scale) string { return l.Signed(s.In(m), 0) }

// Unit names the scale of a currency in a heading: ¥m, 百万円, EUR m; ¥, 円, EUR.
func (l Language) Unit(c honne.Currency, s Scale) string {
	if l == JA {
		word := map[Scale]string{Thousand: "千", Million: "百万"}[s]
		if c == honne.JPY || c == "" {
			return word + "円"
		}
		return word + string(c)
	}
	if c == honne.JPY || c == "" {
		return "¥" + string(s)
	}
	return strings.TrimSpace(string(c) + " " + string(s))
}

// Money writes an amount in a sentence: ¥288m, ¥4.2m, ¥48,964; 288百万円,
// 4.2百万円, 48,964円. Nothing above ten thousand of the unit is rounded away
// by more than one part in twenty.
func (l Language) Money(m honne.Money) string {
	main := Million.In(m)
	switch abs := math.Abs(main); {
	case abs >= 9.95:
		return l.unit(l.Fixed(main, 0), m.Currency, Million)
	case inMillions(m):
		return l.unit(l.Fixed(main, 1), m.Currency, Million)
	}
	return l.Exact(m)
}

// inMillions reports whether an amount stands in millions in a sentence.
func inMillions(m honne.Money) bool { return math.Abs(Million.In(m)) >= 0.995 }

// Stated writes a number of the scale's unit in a sentence, with its unit: ¥288m,
// ¥4.2m, ¥0.042m, ¥287,964k. Below ten it keeps two digits, down to the main unit.
func (l Language) Stated(f float64, c honne.Currency, s Scale) string {
	digits := 0
	for abs := math.Abs(f); abs > 0 && abs < 9.95 && digits < s.power(); abs *= 10 {
		digits++
	}
	return l.unit(l.Number(f, digits), c, s)
}

func (l Language) unit(n string, c honne.Currency, s Scale) string {
	if l == JA {
		return n + l.Unit(c, s)
	}
	return mark(n, c) + string(s)
}

// Exact writes an amount to the last minor unit: ¥48,964,000, 48,964,000円.
func (l Language) Exact(m honne.Money) string {
	n := signed(group(m.String()))
	switch {
	case l == JA && (m.Currency == honne.JPY || m.Currency == ""):
		return n + "円"
	case l == JA:
		return n + " " + string(m.Currency)
	}
	return mark(n, m.Currency)
}

func mark(n string, c honne.Currency) string {
	sign := ""
	if strings.HasPrefix(n, minus) {
		sign, n = minus, strings.TrimPrefix(n, minus)
	}
	if c == honne.JPY || c == "" {
		return sign + "¥" + n
	}
	return sign + string(c) + " " + n
}

// Rate writes what one unit of a currency costs in yen, with two decimals at least:
// ¥158.00, 158.00円.
func (l Language) Rate(yen honne.Decimal) string {
	whole, frac, _ := strings.Cut(yen.String(), ".")
	for len(frac) < 2 {
		frac += "0"
	}
	n := signed(group(whole + "." + frac))
	if l == JA {
		return n + "円"
	}
	return mark(n, honne.JPY)
}

// Quantity writes thousandths of a unit: 1,250 or 3.5.
func (l Language) Quantity(n int64) string { return l.Number(float64(n)/1000, 3) }

// Bytes writes the size of a file: 12 kB, 3.4 MB.
func (l Language) Bytes(n int64) string {
	if n < 1_000_000 {
		return l.Count((n+999)/1000) + " kB"
	}
	return l.Number(float64(n)/1e6, 1) + " MB"
}

// Instant writes a point in time in Japan: 11 Nov 2026, 10:42 JST.
func (l Language) Instant(t time.Time) string {
	at := t.In(honne.Japan)
	if l == JA {
		return fmt.Sprintf("%s %s（日本時間）", l.Date(honne.DateOf(t)), at.Format("15:04"))
	}
	return fmt.Sprintf("%s, %s JST", l.Date(honne.DateOf(t)), at.Format("15:04"))
}
