package japan

import (
	"strings"
	"testing"

	"honne"
)

func TestParseNumber(t *testing.T) {
	for s, want := range map[string]string{
		"0": "0", "1250": "1250", "1,250": "1250", "12,345,678": "12345678", "-1,250.50": "-1250.5", "+7": "7", " 42 ": "42",
		".5": "0.5", "0.10": "0.1", "-0": "0", "007": "7", "123456789012345678": "123456789012345678",
		"0.30000000000000004": "0.30000000000000004", "1.23E+05": "123000",
		"１２３": "123", "１，２５０": "1250", "５,０９２": "5092", "12．5": "12.5", "　1,234　": "1234", "\u00a01234": "1234",
		"△1,234": "-1234", "▲１２": "-12", "−5": "-5", "－５": "-5", "‐5": "-5", "–5": "-5", "—5": "-5", "ー5": "-5", "△ 1,234": "-1234",
		"(1,234)": "-1234", "（1,234）": "-1234", "（１，２３４．５）": "-1234.5",
		"¥1,250": "1250", "￥１，２５０": "1250", `\1,250`: "1250", "¥-1,250": "-1250", "-¥1,250": "-1250", "(¥1,250)": "-1250", "1,250円": "1250",
		"1 234 567": "1234567",
		"一":         "1", "十": "10", "一万二千三百四十五": "12345", "二〇二六": "2026", "百二十": "120", "〇": "0", "壱億弐千万": "120000000",
		"3億2,000万": "320000000", "1.2万": "12000", "△1.2万": "-12000", "2千5百": "2500", "1,250千": "1250000", "12百万": "12000000", "１億": "100000000", "1兆2億3": "1000200000003",
	} {
		n, ok := ParseNumber(s)
		if !ok || n.String() != want {
			t.Errorf("ParseNumber(%q) = %s, %v, want %s", s, n, ok, want)
		}
	}
}

func TestNotANumber(t *testing.T) {
	for _, s := range []string{"", " ", "-", "－", "―", "…", "***", "X", "n.a.", "####", "１２,３00-", "1,250-", "1,2,3", "12,34", "1,2OO", "l00",
		"1,23", ",123", "1234,567", "0,123", "1,234,", "1.", "1.2.3", "1.234,56", "--5", "△-5", "(-5)", "(△5)", "()", "(5", "5)", "¥", "円", "¥5円", "千", "百万", "億",
		"5%", "５％", "1E5", "1e+05", "r219", "12 34", "1,234 567", "1-2", "2026/10", "12本", "千葉", "一二三年", "3万2億", "1万20000", "二三百", "０x1F", "٣", "1_000", "Inf", "NaN", "0x10",
		strings.Repeat("1", 400), "99999999999999999999", "万", "1,250千円"} {
		if n, ok := ParseNumber(s); ok {
			t.Errorf("ParseNumber(%q) = %s, want no number", s, n)
		}
	}
}

func TestParseNumberAllocatesNothing(t *testing.T) {
	for name, f := range map[string]func(){
		"ascii": func() { ParseNumber("-1,234,567.89") }, "wide": func() { ParseNumber("△１，２３４") },
		"date": func() { ParseDate("2026/10/7") }, "key": func() { Key("sales-2026") }, "kanji key": func() { Key("青葉病院") },
	} {
		if n := testing.AllocsPerRun(100, f); n != 0 {
			t.Errorf("%s: %v allocations, want none", name, n)
		}
	}
}

func TestMasked(t *testing.T) {
	for _, s := range []string{"", " ", "　", "-", "‐", "－", "―", "—", "ー", "--", "---", "*", "***", "＊＊", "…", "...", "‥", "X", "x", "Ｘ", "×", "n/a", "N/A", "n.a.", "N.A.", "#N/A", "非公開", "非開示", "（非開示）", "秘匿", "####", "・・・"} {
		if !Masked(s) {
			t.Errorf("Masked(%q) = false", s)
		}
	}
	for _, s := range []string{"0", "5", "１２,３00-", "-5", "1,2OO", "Xa", "なし?", "合計", "#DIV/0!", "A"} {
		if Masked(s) {
			t.Errorf("Masked(%q) = true", s)
		}
	}
}

func TestMarkedNumbers(t *testing.T) {
	for s, want := range map[string]string{"12.5%": "0.125", "95.3％": "0.953", "△3.2 %": "-0.032", "100%": "1", "0%": "0", "12.5": "", "%": "", "1,2%": ""} {
		n, ok := ParsePercent(s)
		if ok != (want != "") || ok && n.String() != want {
			t.Errorf("ParsePercent(%q) = %s, %v, want %s", s, n, ok, want)
		}
	}
	for s, want := range map[string]bool{"r219,209,760": true, "219,209,760": false, "ｒ219,209,760": true} {
		if n, revised, ok := ParseRevised(s); !ok || revised != want || n.String() != "219209760" {
			t.Errorf("ParseRevised(%q) = %s, %v, %v", s, n, revised, ok)
		}
	}
	if _, revised, ok := ParseRevised("rebate"); revised || ok {
		t.Error("rebate is no revised number")
	}
}

func TestParseNoted(t *testing.T) {
	for s, want := range map[string]string{"12※": "12", "12※2": "12", "1,250*": "1250", "１２＊": "12", "12(注1)": "12", "※12": "12", "-5※": "-5",
		"12": "", "※": "", "***": "", "12*2": "", "12※345": "", "注12": "", "12注射": "", "1-2※": ""} {
		if n, ok := ParseNoted(s); ok != (want != "") || ok && n.String() != want {
			t.Errorf("ParseNoted(%q) = %s, %v", s, n, ok)
		}
	}
}

func TestParseBill(t *testing.T) {
	for s, want := range map[string]string{"￥9,000-": "9000", `\9,000.-`: "9000", "¥9,000,-": "9000", "￥９，０００－": "9000",
		"9,000-": "", "-¥9,000-": "", "¥-": "", "¥9,00-": "", "¥9,000": ""} {
		if n, ok := ParseBill(s); ok != (want != "") || ok && n.String() != want {
			t.Errorf("ParseBill(%q) = %s, %v", s, n, ok)
		}
	}
}

func TestParseAmount(t *testing.T) {
	for s, want := range map[string]struct {
		n     string
		scale int64
	}{
		"1,250": {"1250", 1}, "1,250円": {"1250", 1}, "1,250千円": {"1250", 1000}, "12百万円": {"12", 1e6}, "１．２億円": {"1.2", 1e8}, "5万円": {"5", 1e4},
		"△1,250千円": {"-1250", 1000}, "（1,250千円）": {"-1250", 1000}, "3億2,000万円": {"320000000", 1}, "1.2万": {"12000", 1}, "￥1,250": {"1250", 1},
		"千円": {}, "百万円": {}, "円": {}, "": {}, "-": {}, "(-5千円)": {}, "1,2千円": {},
	} {
		n, scale, ok := ParseAmount(s)
		if ok != (want.n != "") || ok && (n.String() != want.n || scale != want.scale) {
			t.Errorf("ParseAmount(%q) = %s, %d, %v, want %v", s, n, scale, ok, want)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"1,250", "△１２", "3億2,000万", "(5)", "1.2E+05", "-0.05", "二〇二六", "r5", "12百万円", "99999999999999999999"} {
		f.Add(s, int64(125), int8(2))
	}
	f.Fuzz(func(t *testing.T, s string, coef int64, scale int8) {
		n, ok := ParseNumber(s)
		if ok && Masked(s) {
			t.Errorf("%q is a number and masked", s)
		}
		ParseAmount(s)
		ParseRevised(s)
		ParsePercent(s)
		ParseNoted(s)
		ParseBill(s)
		ParseUnit(s)
		if ok {
			roundTrip(t, n)
		}
		if scale >= 0 && scale <= 18 && coef > -1e18 && coef < 1e18 {
			roundTrip(t, honne.Decimal{Coef: coef, Scale: scale})
		}
	})
}

func roundTrip(t *testing.T, d honne.Decimal) {
	t.Helper()
	if n, ok := ParseNumber(d.String()); !ok || n.String() != d.String() {
		t.Errorf("ParseNumber(%q) = %s, %v", d, n, ok)
	}
}

func BenchmarkParseNumber(b *testing.B) {
	for name, s := range map[string]string{"ascii": "1,234,567", "wide": "１，２３４，５６７", "kanji": "3億2,000万", "text": "医療法人社団 青葉会"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ParseNumber(s)
			}
		})
	}
}
