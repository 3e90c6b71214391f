package japan

import (
	"bufio"
	"reflect"
	"strings"
	"testing"
	"unicode"

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
		"Amount JPY": "JPY", "Value JPY": "JPY", "金額 JPY": "JPY", "Amount in JPY": "JPY", "Sales JPY thousand": "1000 JPY", "Unit price EUR": "EUR", "Qty pcs": "pieces",
		"Amount of sets": "", "売上 本": "", "金額": "", "売上単位": "", "得意先(株)": "", "(注)": "", "": "", "山田(社)": "", "日本": "", "本社": "", "5円": "", "Amount": "", "Tokyo": "", "in": "",
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
	for s, want := range map[string]Name{
		"株式会社 山田メディカル": {Stem: "山田メデイカル", Form: "株式会社"}, "山田メディカル㈱": {Stem: "山田メデイカル", Form: "株式会社"},
		"(株)山田メディカル 御中": {Stem: "山田メデイカル", Form: "株式会社"}, "㈲髙橋商店様": {Stem: "高橋商店", Form: "有限会社"},
		"医療法人社団 青葉会 青葉病院": {Stem: "青葉会青葉病院", Form: "医療法人社団", Site: "青葉病院"}, "社会医療法人　財団　中村病院": {Stem: "中村病院", Form: "社会医療法人財団"},
		"国立大学法人東京大学": {Stem: "東京大学", Form: "国立大学法人"}, "地方独立行政法人○○病院機構": {Stem: "○○病院機構", Form: "地方独立行政法人"},
		"Yamato Medical Co., Ltd.": {Stem: "yamatomedical"}, "Yamato Medical K.K.": {Stem: "yamatomedical", Form: "株式会社"}, "YAMATO MEDICAL COMPANY LIMITED": {Stem: "yamatomedical"},
		"Future Front Co.,Ltd.": {Stem: "futurefront"}, "CREATEMEDICCO.,LTD.": {Stem: "createmedic"}, "Costco": {Stem: "costco"}, "Zinc": {Stem: "zinc"}, "CONNEXION LLC": {Stem: "connexion", Form: "合同会社"},
		"株式会社": {Stem: "株式会社", Form: "株式会社"}, "様": {Stem: "様"}, "": {}, "(株)": {Stem: "株", Form: "株式会社"}, "社会福祉法人 恩賜財団 済生会": {Stem: "恩賜財団済生会", Form: "社会福祉法人", Site: "済生会"},
		"山田商事㈱東京支店": {Stem: "山田商事", Form: "株式会社", Branch: "東京支店"}, "山田商事（大阪営業所）御中": {Stem: "山田商事", Branch: "大阪営業所"},
		"山田商事東京支店": {Stem: "山田商事東京支店"}, "東京支店": {Stem: "東京支店"}, "㈱東京支店": {Stem: "東京支店", Form: "株式会社"}, "山田 商店": {Stem: "山田商店", Site: "商店"}, "山田商事 本社": {Stem: "山田商事", Branch: "本社"},
		"ＴＳＭ株式会社（旧 津根ワグナー・カーバイト㈱）": {Stem: "tsm", Form: "株式会社", Former: []string{"津根ワグナカ-バイト"}}, "青葉病院(旧軽井沢店)": {Stem: "青葉病院", Branch: "旧軽井沢店"},
		"キャノン": {Stem: "キヤノン"}, "エヌ・ティ・ティ": {Stem: "エヌテイテイ"}, "齋藤耳鼻科医院": {Stem: "斉藤耳鼻科医院"}, "ヴァイタル": {Stem: "バイタル"}, "レヴュー": {Stem: "レビユ"},
		"関ヶ原病院": {Stem: "関ケ原病院"}, "関が原病院": {Stem: "関ケ原病院"}, "ひばりが丘": {Stem: "ひばりケ丘"}, "一之瀬医院": {Stem: "一の瀬医院"}, "一ノ瀬医院": {Stem: "一の瀬医院"},
		"医療センター": {Stem: "医療センタ"}, "大学附属病院": {Stem: "大学付属病院"}, "佐々木医院": {Stem: "佐佐木医院"}, "第1-2工場": {Stem: "第1-2工場"}, "A-B": {Stem: "ab"}, "※青葉病院": {Stem: "青葉病院"},
		"佐藤皮フ科": {Stem: "佐藤皮膚科"}, "(一社)青葉会 様": {Stem: "青葉会", Form: "一般社団法人"},
	} {
		if got := ParseName(s); !reflect.DeepEqual(got, want) {
			t.Errorf("ParseName(%q) = %+v, want %+v", s, got, want)
		}
	}
	if !FormsAgree("", "株式会社") || !FormsAgree("医療法人", "医療法人社団") || FormsAgree("株式会社", "有限会社") {
		t.Error("forms")
	}
	for s, want := range map[string]bool{"山田商事㈱": true, "山田商事 様": true, "Yamato Co., Ltd.": true, "東京支店": false, "株式会社": false, "": false} {
		if IsAddressed(s) != want {
			t.Errorf("IsAddressed(%q) = %v", s, !want)
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
	for s, want := range map[string]string{"T7000012050002": "7000012050002", "７０００-０１２０-５０００２": "7000012050002", "T8123456789012": "", "得意先": ""} {
		if got, ok := CorporateNumber(s); ok != (want != "") || ok && got != want {
			t.Errorf("CorporateNumber(%s) = %s, %v", s, got, ok)
		}
	}
	for s, want := range map[string]string{"0115202": "1810115202", "01-1520-2": "1810115202", "0110113719": "0110113719", "0115203": "", "1": ""} {
		if got, ok := MedicalCode(s, 18); ok != (want != "") || ok && got != want {
			t.Errorf("MedicalCode(%s) = %s, %v", s, got, ok)
		}
	}
	if got, ok := MedicalCode("0115202", 0); ok {
		t.Errorf("seven digits of no prefecture are %s", got)
	}
	for s, want := range map[string]string{"4006381333931": "04006381333931", "036000291452": "00036000291452", "４００６３８１-３３３９３１": "04006381333931", "4006381333932": ""} {
		if got, ok := GTIN(s); ok != (want != "") || ok && got != want {
			t.Errorf("GTIN(%s) = %s, %v", s, got, ok)
		}
	}
	for s, want := range map[string]int{"北海道": 1, "東京": 13, "東京都": 13, "京都": 26, "京都府": 26, "大阪府": 27, "大阪": 27, "沖縄県": 47, "神奈川": 14, " 福井県 ": 18, "北海": 0, "都": 0, "": 0, "県": 0, "大坂": 0} {
		if code, ok := Prefecture(s); ok != (want > 0) || ok && code != want {
			t.Errorf("Prefecture(%q) = %d, %v, want %d", s, code, ok, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	for s, want := range map[string]Place{
		"福井県丹生郡越前町内郡１１号": {18, "越前町"}, "三重県四日市市諏訪町": {24, "四日市市"}, "千葉県市川市八幡": {12, "市川市"}, "石川県野々市市三納": {17, "野々市市"},
		"東京都港区赤坂": {13, "港区"}, "静岡県浜松市中央区庄和町": {22, "浜松市"}, "福島県郡山市朝日": {7, "郡山市"}, "奈良県大和郡山市北郡山町": {29, "大和郡山市"}, "愛知県蒲郡市旭町": {23, "蒲郡市"},
		"北海道余市郡余市町黒川町": {1, "余市町"}, "奈良県高市郡明日香村岡": {29, "明日香村"}, "前橋市古市町一丁目": {0, "前橋市"}, "栃木県芳賀郡市貝町赤羽": {9, "市貝町"}, "港区六本木": {0, "港区"}, "東京都八王子市元横山町": {13, "八王子市"}, "京都府京都市下京区": {26, "京都市"}, "": {}, "アメリカ合衆国": {},
	} {
		if got := ParsePlace(s); got != want {
			t.Errorf("ParsePlace(%q) = %v, want %v", s, got, want)
		}
	}
	if a := (Place{18, "越前町"}); a.Apart(Place{18, ""}) || a.Apart(Place{}) || !a.Apart(Place{18, "越前市"}) || !a.Apart(Place{17, ""}) {
		t.Error("places that are apart")
	}
}

// TestPublicCorporateNumbers reads the numbers of all filers of securities
// reports.
func TestPublicCorporateNumbers(t *testing.T) {
	lines, valid := bufio.NewScanner(open(t, "names/edinet_codes.csv")), 0
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
		n := ParseName(s)
		if again := ParseName(n.Stem); again.Stem != n.Stem || n.Stem == "" && strings.ContainsFunc(key, unicode.IsNumber) {
			t.Errorf("ParseName(%q) = %+v, whose stem gives %+v", s, n, again)
		}
		IsSite(s, []string{s, "病院"})
		Fold(s)
		Prefecture(s)
		ParsePlace(s)
		ValidGTIN(s)
		Trim(s)
	})
}
