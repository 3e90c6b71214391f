package honne_test

import (
	"math"
	"regexp"
	"strconv"
	"testing"

	"honne"
)

func TestParseDecimal(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"0", "0"}, {"-0", "0"}, {"0.000", "0"}, {"007", "7"}, {"+5", "5"},
		{"1250", "1250"}, {"1250.50", "1250.5"}, {"-1250.5", "-1250.5"},
		{".5", "0.5"}, {"-.5", "-0.5"}, {"5.", "5"}, {"0.001", "0.001"},
		{"12893107.230899999", "12893107.230899999"}, // as XLSX writes a sum
		{"46780117.65500002", "46780117.65500002"},
		{"1E-5", "0.00001"}, {"1e5", "100000"}, {"1.5E+3", "1500"}, {"10e-1", "1"},
		{"1.2300E2", "123"}, {"1E18", "1000000000000000000"},
		{"999999999999999999", "999999999999999999"},
		{"-999999999999999999", "-999999999999999999"},
		{"0.12345678901234567890123", "0.12345678901234568"}, // a float's 17 digits
		{"0.00000000000000000000000", "0"},
	} {
		d, err := honne.ParseDecimal(c.in)
		if err != nil || d.String() != c.want {
			t.Errorf("ParseDecimal(%q) = %s, %v; want %s", c.in, d, err, c.want)
		}
	}
}

func TestParseDecimalRefuses(t *testing.T) {
	for _, s := range []string{
		"", "-", ".", "e5", "1e", "1e5e5", "1e999", "1E19", "1,250", "1 250", " 1", "1 ", "1_000",
		"１２", "△5", "(5)", "0x10", "inf", "NaN", "1.2.3", "1.-5", ".-5", "--5", "0x00000000000000001p0", "000000000000000000_1", "1,2OO",
		"99999999999999999999", "123456789012345678901234567890",
	} {
		if d, err := honne.ParseDecimal(s); err == nil {
			t.Errorf("ParseDecimal(%q) = %s", s, d)
		}
	}
}

func TestTimesRoundsHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		in     string
		factor int64
		digits int
		want   int64
		exact  bool
	}{
		{"1250", 1000, 0, 1_250_000, true},         // 千円 to yen
		{"1250.4", 1000, 0, 1_250_400, true},       //
		{"0.0005", 1000, 0, 1, false},              // half a yen
		{"0.0004", 1000, 0, 0, false},              //
		{"-0.0005", 1000, 0, -1, false},            //
		{"-0.0004", 1000, 0, 0, false},             //
		{"2.5", 1, 0, 3, false},                    // not to even
		{"-2.5", 1, 0, -3, false},                  //
		{"3.5", 1, 0, 4, false},                    //
		{"2.4999", 1, 0, 2, false},                 //
		{"1.5", 1, 3, 1500, true},                  // thousandths of a piece
		{"0.0015", 1, 3, 2, false},                 //
		{"12.345", 1, 2, 1235, false},              // cents
		{"3.2", 100_000_000, 0, 320_000_000, true}, // 億円
		{"1E3", 1000, 0, 1_000_000, true},          //
		{"1E-30", 1000, 0, 0, false},               //
		{"5", -1, 0, -5, true},                     //
		{"0", 1000, 3, 0, true},                    //
		{"46780117.65500002", 1, 3, 46_780_117_655, false},
		{"12893107.230899999", 1000, 0, 12_893_107_231, false}, // more than 64 bits on the way
		{"0.9000000000000000001", 1, 0, 1, false},
	} {
		d, err := honne.ParseDecimal(c.in)
		if err != nil {
			t.Fatal(err)
		}
		n, exact, err := d.Times(c.factor, c.digits)
		if err != nil || n != c.want || exact != c.exact {
			t.Errorf("%s × %d × 10^%d = %d, exact %v, %v; want %d, %v",
				c.in, c.factor, c.digits, n, exact, err, c.want, c.exact)
		}
	}
}

func TestTimesRefusesWhatDoesNotFit(t *testing.T) {
	for _, c := range []struct {
		in     string
		factor int64
		digits int
	}{
		{"999999999999999999", 1000, 0},
		{"999999999999999999", 1, 3},
		{"1E18", 100, 0},
		{"-999999999999999999", 1000, 0},
	} {
		d, err := honne.ParseDecimal(c.in)
		if err != nil {
			t.Fatal(err)
		}
		if n, _, err := d.Times(c.factor, c.digits); err != honne.ErrRange {
			t.Errorf("%s × %d × 10^%d = %d, %v", c.in, c.factor, c.digits, n, err)
		}
	}
}

func TestFloatIsTheNearest(t *testing.T) {
	for _, s := range []string{"0.3", "0.07", "1.1", "-2.675", "12893107.230899999", "46780117.65500002", "1E-5", "1E18"} {
		d, err := honne.ParseDecimal(s)
		if err != nil {
			t.Fatal(err)
		}
		if want, _ := strconv.ParseFloat(s, 64); d.Float() != want {
			t.Errorf("%s is the float %g, want %g", s, d.Float(), want)
		}
	}
}

func TestMoneyIsWrittenInItsMainUnit(t *testing.T) {
	for _, c := range []struct {
		minor    int64
		currency honne.Currency
		want     string
	}{
		{1_250_000, "JPY", "1250000"},
		{-1, "JPY", "-1"},
		{125_050, "EUR", "1250.5"},
		{-5, "USD", "-0.05"},
		{100, "USD", "1"},
		{1, "KWD", "0.001"},
		{0, "EUR", "0"},
	} {
		if got := (honne.Money{Minor: c.minor, Currency: c.currency}).String(); got != c.want {
			t.Errorf("%d minor units of %s are written %s, want %s", c.minor, c.currency, got, c.want)
		}
	}
}

func TestFigureUnknownIsNeverZero(t *testing.T) {
	var unknown honne.Figure
	if unknown.Plus(unknown).Known {
		t.Error("the sum of nothing known is known")
	}
	if got := unknown.Plus(honne.Known(3)).Plus(honne.Known(-5)); got != honne.Known(-2) {
		t.Errorf("3 − 5 with a blank is %v", got)
	}
	if honne.Known(0) == unknown {
		t.Error("zero equals unknown")
	}
}

var plainDecimal = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$`)

// FuzzParseDecimal holds: only what the comment promises is read, and what is
// written reads back as the same text, near the float of the input.
func FuzzParseDecimal(f *testing.F) {
	for _, s := range []string{"0", "-1250.5", "1E-5", "12893107.230899999", "46780117.65500002", "1e18", ".5", "9223372036854775807"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := honne.ParseDecimal(s)
		if err != nil {
			return
		}
		if !plainDecimal.MatchString(s) {
			t.Fatalf("ParseDecimal(%q) = %s, but it is no plain number", s, d)
		}
		want, _ := strconv.ParseFloat(s, 64)
		if got := d.Float(); math.Abs(got-want) > math.Abs(want)*1e-15 {
			t.Errorf("ParseDecimal(%q) = %s, %g", s, d, got)
		}
		again, err := honne.ParseDecimal(d.String())
		if err == nil && again.String() != d.String() {
			t.Errorf("%q is written %s and read back as %s", s, d, again)
		}
	})
}

// FuzzTimes holds: rounding errs by half a unit at most, and a number times
// minus one is its negative.
func FuzzTimes(f *testing.F) {
	f.Add(int64(25), int8(1), uint8(0))
	f.Add(int64(-5), int8(4), uint8(3))
	f.Add(int64(4678011765500002), int8(8), uint8(3))
	f.Fuzz(func(t *testing.T, coef int64, scale int8, digits uint8) {
		if coef == math.MinInt64 || scale < 0 || scale > 18 || digits > 6 {
			t.Skip("outside what is tested")
		}
		d := honne.Decimal{Coef: coef, Scale: scale}
		n, exact, err := d.Times(1, int(digits))
		if err != nil {
			return
		}
		back := honne.Decimal{Coef: n, Scale: int8(digits)}
		if exact && back.String() != d.String() {
			t.Errorf("%s became %s and is called exact", d, back)
		}
		if m, _, err := d.Neg().Times(1, int(digits)); err != nil || m != -n {
			t.Errorf("−%s became %d, %v; want %d", d, m, err, -n)
		}
	})
}
