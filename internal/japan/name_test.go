package japan

import (
	"bufio"
	"strings"
	"testing"

	"honne"
)

func TestKey(t *testing.T) {
	for s, want := range map[string]string{
		"ABC Def": "abcdef", "abc-1": "abc-1", "ＡＢＣ　１２": "abc12", "得意先\nコード": "得意先コ-ド", "ﾄｸｲｻｷ": "トクイサキ", "ｶﾞﾊﾞﾅﾝｽ": "ガバナンス", "㈱山田": "(株)山田", "髙﨑医院": "高崎医院", "渡邉齋藤澤": "渡辺斉藤沢",
		"2025〜26": "2025~26", "１－２": "1-2", "㎜": "mm", "①": "1", "Ⅲ": "iii", "金 額（千円）": "金額(千円)", "葛\U000E0100城": "葛城", "": "",
	} {
		if got := Key(s); got != want {
			t.Errorf("Key(%q) = %q, want %q", s, got, want)
		}
	}
	if got := Fold("ＡＢＣ　ﾃﾞｰﾀ １２３ Sales"); got != "ABC データ 123 Sales" {
		t.Errorf("Fold: %q", got)
	}
	if got := Trim("\u00a0　 a b　\ufeff\n"); got != "a b" {
		t.Errorf("Trim: %q", got)
	}
	for s, want := range map[string]bool{"sales": false, "ｱ": true, "病院": true, "の": true, "１２３": false, "é": false, "": false} {
		if IsJapanese(s) != want {
			t.Errorf("IsJapanese(%q) = %v", s, !want)
		}
	}
}

func TestParseUnit(t *testing.T) {
	for s, want := range map[string]string{
		"単位:千円": "1000 JPY", "（単位：百万円）": "1000000 JPY", "単位 千円(税抜)": "1000 JPY excluded", "千円": "1000 JPY", "円": "JPY", "億円": "100000000 JPY", "百万円": "1000000 JPY", "十億円": "1000000000 JPY", "JPY thousand": "1000 JPY", "¥m": "1000000 JPY",
		"kl": "kl", "kL": "kl", "t": "t", "本": "本", "個": "個", "台": "台", "箱": "箱", "セット": "セット", "件": "件", "人": "人", "【円】": "JPY", "税込": " included", "税抜": " excluded", "税別": " excluded",
		"(単位:2011暦年連鎖価格、10億円)": "1000000000 JPY", "（単位：１０億円） （平成23暦年連鎖価格）": "1000000000 JPY", "金額（千円・税込）": "1000 JPY included", "数量(本)": "本", "数量（箱）": "箱", "売上金額 千円": "1000 JPY", "金額\n(千円)": "1000 JPY",
		"in millions of yen": "1000000 JPY", "Sales (JPY'000)": "1000 JPY", "1000 JPY": "1000 JPY", "Amount (¥ bn)": "1000000000 JPY", "USD": "USD", "千ドル": "1000 USD", "単位：千本": "1000 本", "Qty (pcs)": "pieces", "(単位:万人)": "10000 人", "達成率(%)": "%",
		"売上 本": "", "金額": "", "売上単位": "", "得意先(株)": "", "(注)": "", "": "", "山田(社)": "", "日本": "", "本社": "", "5円": "", "Amount": "", "Tokyo": "", "in": "",
	} {
		u, tax, ok := ParseUnit(s)
		got := u.String()
		if tax != "" {
			got += " " + string(tax)
		}
		if got != want || ok != (want != "") {
			t.Errorf("ParseUnit(%q) = %q, %v, want %q", s, got, ok, want)
		}
	}
	if u, _, _ := ParseUnit("ＪＰＹ"); u != (honne.Unit{Scale: 1, Currency: honne.JPY}) {
		t.Errorf("full-width JPY is %v", u)
	}
}

func TestNames(t *testing.T) {
	for s, want := range map[string]string{
		"株式会社 山田メディカル": "山田メディカル", "山田メディカル㈱": "山田メディカル", "(株)山田メディカル 御中": "山田メディカル", "㈲髙橋商店様": "高橋商店", "医療法人社団 青葉会 青葉病院": "青葉会青葉病院", "国立大学法人東京大学": "東京大学", "地方独立行政法人○○病院機構": "○○病院機構",
		"一般社団法人日本協会": "日本協会", "Yamato Medical Co., Ltd.": "yamatomedical", "Yamato Medical K.K.": "yamatomedical", "株式会社": "株式会社", "様": "様", "": "", "社会福祉法人 恩賜財団 済生会": "恩賜財団済生会",
	} {
		if got := CompanyKey(s); got != want {
			t.Errorf("CompanyKey(%q) = %q, want %q", s, got, want)
		}
	}
	words := []string{"病院", "医院", "クリニック", "診療所", "医療センター", "薬局", "大学"}
	for s, want := range map[string]bool{"医療法人社団 青葉会 青葉病院": true, "青葉ｸﾘﾆｯｸ": true, "東京大学 医学部": true, "株式会社麻生 飯塚病院": true, "病院サービス株式会社": false, "(株)クリニックパートナーズ": false, "青葉薬局㈱": true, "山田商事": false, "": false} {
		if IsSite(s, words) != want {
			t.Errorf("IsSite(%q) = %v", s, !want)
		}
	}
}

// TestCodes holds codes of domain Appendix H, and codes that are printed in the
// public.
func TestCodes(t *testing.T) {
	for s, want := range map[string]bool{"7123456789012": true, "8123456789012": false, "7000012050002": true, "712345678901": false, "71234567890１": false, "712345678901x": false} {
		if ValidCorporateNumber(s) != want {
			t.Errorf("ValidCorporateNumber(%s) = %v", s, !want)
		}
	}
	for s, want := range map[string]bool{"0110113719": true, "0110113718": false, "4810113719": false, "011011371": false, "0120113719": false} {
		if ValidMedicalCode(s) != want {
			t.Errorf("ValidMedicalCode(%s) = %v", s, !want)
		}
	}
	for s, want := range map[string]bool{"4006381333931": true, "4006381333932": false, "96385074": true, "036000291452": true, "10614141000415": true, "0000000000000": false, "123": false, "400638133393a": false} {
		if ValidGTIN(s) != want {
			t.Errorf("ValidGTIN(%s) = %v", s, !want)
		}
	}
	for s, want := range map[string]int{"北海道": 1, "東京": 13, "東京都": 13, "京都": 26, "京都府": 26, "大阪府": 27, "大阪": 27, "沖縄県": 47, "神奈川": 14, " 福井県 ": 18, "北海": 0, "都": 0, "": 0, "県": 0, "大坂": 0} {
		if code, ok := Prefecture(s); ok != (want > 0) || ok && code != want {
			t.Errorf("Prefecture(%q) = %d, %v, want %d", s, code, ok, want)
		}
	}
}

// TestPublicCorporateNumbers reads the numbers of all filers of securities
// reports.
func TestPublicCorporateNumbers(t *testing.T) {
	lines, valid := bufio.NewScanner(corpus(t, "names/edinet_codes.csv")), 0
	for lines.Scan() {
		row := lines.Text()
		number := row[strings.LastIndexByte(row, ',')+1:]
		if len(number) != 13 {
			continue
		}
		if !ValidCorporateNumber(number) {
			t.Errorf("%s is not valid", number)
		}
		valid++
	}
	if valid < 5000 {
		t.Errorf("read %d numbers only", valid)
	}
}

func FuzzKey(f *testing.F) {
	for _, s := range []string{"ABC", "㈱髙橋 御中", "ｶﾞ", "a \u0301", "葛\U000E0100城", "\u00a8", "İ", "ſ", "\xff", "℡ ㏍"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := Key(s)
		if again := Key(key); again != key {
			t.Errorf("Key(%q) = %q, whose key is %q", s, key, again)
		}
		if strings.ContainsAny(key, " \n\t　ＡA") {
			t.Errorf("Key(%q) = %q", s, key)
		}
		if c := CompanyKey(s); (c == "") != (key == "") {
			t.Errorf("CompanyKey(%q) = %q", s, c)
		}
		IsSite(s, []string{s, "病院"})
		Fold(s)
		Prefecture(s)
		ValidGTIN(s)
		Trim(s)
	})
}
