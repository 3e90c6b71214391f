package honne

import (
	"errors"
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// Decimal is an exact decimal number as it stood in a file:
// Coef × 10^-Scale. The zero Decimal is 0.
type Decimal struct {
	Coef  int64
	Scale int8 // digits after the decimal point; negative for trailing zeros
}

// ErrRange says that a number does not fit 18 significant digits.
var ErrRange = errors.New("number out of range")

// ParseDecimal reads plain ASCII: an optional sign, digits, an optional point
// and digits, an optional exponent (as XLSX writes them). Anything else,
// separators included, is an error; honne/internal/japan reads what people type.
func ParseDecimal(s string) (Decimal, error) {
	if n, ok := plainWhole(s); ok {
		return Decimal{Coef: n}, nil
	}
	mantissa, exp := s, 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		n, err := strconv.Atoi(s[i+1:])
		if err != nil || n < -300 || n > 300 {
			return Decimal{}, ErrRange
		}
		mantissa, exp = s[:i], n
	}
	whole, frac, _ := strings.Cut(mantissa, ".")
	if !isDigits(strings.TrimLeft(whole, "+-")) || !isDigits(frac) || whole+frac == "" {
		return Decimal{}, ErrRange
	}
	frac = strings.TrimRight(frac, "0")
	coef, err := strconv.ParseInt(whole+frac, 10, 64)
	if err != nil {
		return parseLong(mantissa, s)
	}
	return shorten(Decimal{Coef: coef}, len(frac)-exp)
}

// plainWhole reads what most cells hold, up to 18 digits and nothing else.
func plainWhole(s string) (n int64, ok bool) {
	if s == "" || len(s) > 18 {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = 10*n + int64(s[i]-'0')
	}
	return n, true
}

func isDigits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// parseLong rounds a number of more than 18 digits to a float's 17.
func parseLong(mantissa, s string) (Decimal, error) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(f, 0) || math.Abs(f) >= 1e18 || len(mantissa) < 18 {
		return Decimal{}, ErrRange
	}
	return ParseDecimal(strconv.FormatFloat(f, 'e', 16, 64))
}

func shorten(d Decimal, scale int) (Decimal, error) {
	for scale > 0 && d.Coef%10 == 0 && d.Coef != 0 {
		d.Coef /= 10
		scale--
	}
	if d.Coef == 0 {
		return Decimal{}, nil
	}
	if scale < -18 || scale > 100 {
		return Decimal{}, ErrRange
	}
	d.Scale = int8(scale)
	return d, nil
}

// String returns the number in plain notation without trailing zeros: "-1250.5".
func (d Decimal) String() string {
	digits := strconv.FormatInt(d.Coef, 10)
	if d.Scale <= 0 {
		if d.Coef == 0 {
			return "0"
		}
		return digits + strings.Repeat("0", int(-d.Scale))
	}
	sign := ""
	if d.Coef < 0 {
		sign, digits = "-", digits[1:]
	}
	if pad := int(d.Scale) + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	cut := len(digits) - int(d.Scale)
	frac := strings.TrimRight(digits[cut:], "0")
	if frac == "" {
		return sign + digits[:cut]
	}
	return sign + digits[:cut] + "." + frac
}

// Float returns the nearest float64.
func (d Decimal) Float() float64 {
	const exactly = 1 << 53 // a whole number below it is a float64, as is 10^22
	if -exactly <= d.Coef && d.Coef <= exactly && 0 <= d.Scale && d.Scale <= 22 {
		return float64(d.Coef) / math.Pow10(int(d.Scale))
	}
	f, _ := strconv.ParseFloat(d.String(), 64)
	return f
}

// Neg returns −d.
func (d Decimal) Neg() Decimal { return Decimal{-d.Coef, d.Scale} }

// Times returns d × factor × 10^digits rounded half away from zero to a whole
// number, whether that was exact, and ErrRange when it does not fit.
// Yen from 千円: d.Times(1000, 0); thousandths of a piece: d.Times(1, 3).
func (d Decimal) Times(factor int64, digits int) (n int64, exact bool, err error) {
	const few = 1 << 30 // the product of two such numbers and a thousand fits
	if shift := digits - int(d.Scale); uint(shift) < uint(len(tens)) && d.Coef < few && d.Coef > -few && factor < few && factor > -few {
		return d.Coef * factor * tens[shift], true, nil
	}
	hi, lo := bits.Mul64(magnitude(d.Coef), magnitude(factor))
	shift := digits - int(d.Scale)
	for ; shift > 0 && hi == 0 && lo != 0; shift-- {
		hi, lo = bits.Mul64(lo, 10)
	}
	var last uint64 // digit dropped; the last one decides the rounding
	exact = true
	for ; shift < 0; shift++ {
		rest := hi % 10
		hi /= 10
		lo, last = bits.Div64(rest, lo, 10)
		exact = exact && last == 0
	}
	if hi != 0 || lo >= math.MaxInt64 {
		return 0, false, ErrRange
	}
	if last >= 5 {
		lo++
	}
	if (d.Coef < 0) != (factor < 0) {
		return -int64(lo), exact, nil
	}
	return int64(lo), exact, nil
}

var tens = [...]int64{1, 10, 100, 1000}

// magnitude returns |n|, also of the smallest int64.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// Currency is an ISO 4217 code; "" is an unknown currency.
type Currency string

// JPY is the currency of what Japanese distributors report.
const JPY Currency = "JPY"

// Digits returns the number of digits of the minor unit: 0 for the yen, 2 for
// most others.
func (c Currency) Digits() int {
	switch c {
	case JPY, "KRW", "VND", "CLP", "ISK":
		return 0
	case "BHD", "KWD", "TND", "JOD", "OMR":
		return 3
	}
	return 2
}

// Money is an amount in minor units (yen, cents) of its currency.
type Money struct {
	Minor    int64    `json:"minor"`
	Currency Currency `json:"currency"`
}

// String returns the amount in the main unit without separators: "1250000".
func (m Money) String() string {
	return Decimal{m.Minor, int8(m.Currency.Digits())}.String()
}

// QuantityScale is the number of decimal digits kept of a quantity: quantities
// are whole thousandths in the ledger.
const QuantityScale = 3

// Figure is a whole number that may be unknown. Blank is unknown, never zero.
type Figure struct {
	N     int64
	Known bool
}

// Known returns the figure n.
func Known(n int64) Figure { return Figure{n, true} }

// Plus adds two figures; the sum of nothing known is unknown.
func (f Figure) Plus(g Figure) Figure { return Figure{f.N + g.N, f.Known || g.Known} }
