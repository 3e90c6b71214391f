package identity

import (
	"fmt"
	"strings"
	"testing"

	"honne"
	"honne/internal/japan"
)

// entry reads an entry as the tests write it: name | code | address.
func entry(s string) Entry {
	fields := strings.Split(s+"||", "|")
	e := Entry{Name: strings.TrimSpace(fields[0]), Address: strings.TrimSpace(fields[2])}
	e.Codes = ReadCodes(Party, strings.TrimSpace(fields[1]), e.Address)
	return e
}

// why writes reasons as the tests read them: name.but-for 髙 高.
func why(reasons []honne.Message) string {
	var out []string
	for _, m := range reasons {
		s := strings.TrimPrefix(m.ID, "name.")
		for _, a := range m.Args {
			if a.Kind == honne.ArgCount {
				s += fmt.Sprint(" ", a.N)
			} else {
				s += " " + a.S
			}
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestMatch(t *testing.T) {
	known := []Known{}
	for i, s := range []string{
		"株式会社山田メディカル | 7000012050002 | 東京都港区", "有限会社髙﨑商会", "福井赤十字病院 | 0117117 | 福井県福井市", "医療法人 清風会 吉田医院", "斎藤医院 | | 福井県越前市",
		"斎藤医院 | | 福井県鯖江市", "青葉商事㈱", "青葉商事㈱ 東京支店", "ＴＳＭ株式会社", "国立大学法人福井大学 医学部附属病院", "田中病院 | C001", "医療法人社団 青葉会 青葉病院 | C002", "㈱中央", "有限会社中央",
	} {
		known = append(known, Known{int64(i + 1), entry(s)})
	}
	x := NewIndex(Party, known)
	for _, c := range []struct{ seen, want string }{
		{"㈱山田メディカル　御中", "same 1: same-form"},
		{"高崎商会 ㈲", "same 2: same-form"},
		{"有限会社高崎商会", "same 2: but-for 髙﨑 高崎"},
		{"山田メディカル | T7000012050002", "same 1: same-code 7000012050002"},
		{"ヤマダホールディングス | 7000012050002", "same 1: same-code 7000012050002, renamed 株式会社山田メディカル ヤマダホールディングス"},
		{"株式会社山田メディカル | 7123456789012", "new 1"},                                                        // another valid number: two parties of one name
		{"株式会社山田メディカル | 8123456789012", "ask 1 0.95: same, other-own-code 8123456789012 7000012050002"}, // no valid number, perhaps a slip
		{"㈱山田メディカル | | 大阪府大阪市", "ask 1 0.80: same-form, other-place"},
		{"有限会社山田メディカル", "ask 1 0.93: same-form, other-form 有限会社 株式会社"},
		{"福井日赤 | 18-1-0117117", "same 3: same-code 1810117117, renamed 福井赤十字病院 福井日赤"},
		{"吉田医院", "ask 4 0.92: owner"},
		{"斎藤医院", "ask 5 0.95: same"},
		{"医療法人齋藤医院 | | 福井県鯖江市", "same 6: same-form"},
		{"青葉商事　東京支店", "same 8: same-form"},
		{"青葉商事東京支店", "same 8: same-form"},
		{"青葉商事 大阪支店", "ask 7 0.85: branch 大阪支店"},
		{"ネオＴＳＭ㈱（旧 TSM株式会社）", "ask 9 0.95: former ＴＳＭ株式会社"},
		{"福井大学病院", "ask 10 0.74: abbreviation"},
		{"田中病院 | C009", "ask 11 0.95: same, other-own-code c009 c001"},
		{"田中病院 | 55-1", "same 11: same"}, // a code of another shape: a new system
		{"青葉病院 | C002", "same 12: same-code c002, renamed 医療法人社団 青葉会 青葉病院 青葉病院"},
		{"中央", "ask 13 0.95: same-form"},
		{"株式会社中央", "same 13: same-form"},
		{"田仲病院", "new 11"},
		{"まったく別の会社", "new"},
		{"", "new"},
		{"| 9999", "new"},
	} {
		d := x.Match(entry(c.seen), 3)
		got := [...]string{"new", "ask", "same"}[d.Outcome]
		switch {
		case d.Outcome == Same:
			got += fmt.Sprintf(" %d: %s", d.ID, why(d.Reasons))
		case d.Outcome == Ask:
			got += fmt.Sprintf(" %d %.2f: %s", d.Candidates[0].ID, d.Candidates[0].Score, why(d.Candidates[0].Reasons))
		case len(d.Candidates) > 0 && d.Candidates[0].Score > 0.5:
			got += fmt.Sprintf(" %d", d.Candidates[0].ID)
		}
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.seen, got, c.want)
		}
	}
}

func TestReadCodes(t *testing.T) {
	for s, want := range map[string]string{"T7000012050002": "[{1 7000012050002} {0 t7000012050002}]", "8123456789012": "[{0 8123456789012}]", "0110113719": "[{2 0110113719} {0 0110113719}]",
		"0117117": "[{2 1810117117} {0 0117117}]", "０００１２": "[{0 00012}]", "C-１": "[{0 c-1}]", "0000": "[]", "99999": "[]", "-": "[]", "": "[]", "非公開": "[]"} {
		if got := fmt.Sprint(ReadCodes(Party, s, "福井県")); got != want {
			t.Errorf("ReadCodes(%q) = %s, want %s", s, got, want)
		}
	}
	if c := ReadCodes(Article, "4006381333931", ""); len(c) != 2 || c[0] != (Code{Trade, "04006381333931"}) {
		t.Errorf("GTIN %v", c)
	}
}

func FuzzMatch(f *testing.F) {
	for _, s := range []string{"㈱髙橋 御中", "ｶﾞ", "a \u0301", "\xff", "(旧 (旧 a", "株式会社", "・", "Co., Ltd."} {
		f.Add(s, "吉田医院")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		x := NewIndex(Party, []Known{{1, Entry{Name: a}}, {2, Entry{Name: "福井赤十字病院"}}})
		if d := x.Match(Entry{Name: a}, 3); japan.ParseName(a).Key() != "" && (d.Outcome != Same && d.Outcome != Ask || d.Outcome == Same && (len(d.Reasons) != 1 || d.Reasons[0].ID != "name.same")) {
			t.Errorf("%q is not itself: %+v", a, d)
		}
		for _, c := range x.Match(Entry{Name: b}, 3).Candidates {
			if !(c.Score >= 0 && c.Score <= 1) {
				t.Errorf("%q and %q: score %v", a, b, c.Score)
			}
		}
		Fold(Article, []Known{{1, Entry{Name: a}}, {2, Entry{Name: b}}}, []Ruling{{1, 2, honne.NamesSame}}).Questions()
	})
}
