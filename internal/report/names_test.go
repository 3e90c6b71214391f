package report

import (
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/lang"
)

// withNames is a case of Kitano with other distributors, and with persons from mail,
// contacts, the log and an action.
func withNames() Case {
	c := auditedCase()
	d := honne.Distributor{ID: 1, Slug: "kitano-shoji", Profile: honne.Profile{Name: "Kitano Shoji", NameJA: "北野商事株式会社", OurName: "Nordhaven AB"}}
	c.Frozen.Distributor = d
	other := func(id honne.DistributorID, slug, en, ja, domain string) honne.Distributor {
		return honne.Distributor{ID: id, Slug: slug, Profile: honne.Profile{Name: en, NameJA: ja, Domains: []string{domain}}}
	}
	c.Apart = NewApart(d, []honne.Distributor{d, other(2, "aozora", "Aozora Medical Co., Ltd.", "あおぞらメディカル株式会社", "aozora-med.example"), other(3, "toho-2", "Toho KK", "㈱東邦", "toho.example"),
		other(4, "kitano", "Kitano", "北野", "kitano.example")},
		honne.Record{Log: honne.Log{Contacts: []honne.Contact{{Name: "髙橋 誠"}, {Name: "営業部 福島"}}, Access: []honne.AccessRequest{{Whom: "中央病院"}, {Whom: "小林教授"}}},
			Said: []honne.Said{{Who: "田中様"}}},
		[]honne.Person{{Name: "Takahashi, Makoto (Sales)", Address: "m.takahashi@kitano-shoji.example"}, {Name: "Sales Team"}, {Name: "May Chen"}, {Name: "北野商事 医療機器営業部"}, {Name: "Kitano Shoji"}})
	for i, owner := range []string{"施設", "Sales", "営業部"} {
		c.Audit.Actions[i].Body.OwnerTheirs = owner
	}
	return c
}

// TestWhoIsNamed: a text that names another distributor or a person is found by
// the word; a function, a place, a facility or the partner itself is none.
func TestWhoIsNamed(t *testing.T) {
	a := withNames().apart(honnetest.Japan(t).People)
	for text, want := range map[string]string{
		"あおぞらメディカル様は全施設名を開示されています":                           "あおぞらメディカル",
		"ｱｵｿﾞﾗではなくあおぞらメディカル㈱の例":                              "あおぞらメディカル",
		"株式会社あおぞらメディカルと比べ":                                   "あおぞらメディカル",
		"あおぞら様の取り組み":                                         "あおぞら",
		"Aozora  Medical K.K. shows every site":              "Aozora  Medical, Aozora",
		"as aozora-medical does; aozora-med.example":         "aozora-medical, aozora, aozora, aozora-med.example",
		"株式会社東邦様、東邦は":                                        "東邦, 東邦",
		"東邦大学病院の症例。Tohoku region":                            "",
		"北野商事様、北野様、Kitano Shoji, 北野商事株式会社":                   "北野",
		"高橋様のご担当施設。髙橋部長":                                     "高橋様, 高橋様, 髙橋部長",
		"高橋誠が対応しました":                                         "高橋誠",
		"当社の高橋が伺います。":                                        "高橋",
		"Mr Takahashi said; Takahashi; takahashi":            "Takahashi, Mr Takahashi",
		"Makoto wrote from m.takahashi@kitano-shoji.example": "Makoto, m.takahashi@kitano-shoji.example",
		"by 31 May 2027 sales may grow; Sales and the site":  "",
		"May Chen and Ms. Chen":                              "May Chen, Chen, Ms. Chen",
		"鈴木さん、山本氏、佐藤先生、ミュラー様":                                "鈴木さん, 山本氏, 佐藤先生, ミュラー様",
		"Dr. Weber and Tanaka-san":                           "Dr. Weber, Tanaka-san",
		"皆様、お客様、患者様、ご担当者様、代理店様、営業部様、中央病院様、仕様、同様、多様、この様式、氏名、関係者各位": "",
		"株式会社ほしかげ医科様、日本電工株式会社様、(株)山本様":                            "",
		"施設名を含む月次報告を営業部と施設で確認。営業企画の方針":                            "",
		"福島県の施設、福島の3施設、青森支店":                                      "",
		"福島様、田中課長、小林先生":                                           "福島様, 田中課長, 小林先生, 福島様, 小林先生",
		"Dear Sales-san, Nordhaven AB and its team":               "",
	} {
		got := strings.Join(append(a.distributors(text), a.people(text)...), ", ")
		w, g := strings.Split(want, ", "), strings.Split(got, ", ")
		slices.Sort(w)
		slices.Sort(g)
		if !slices.Equal(slices.Compact(w), slices.Compact(g)) {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// TestPartnerReadsNoOtherName: a name in any shared text is lacking in both
// languages, with the text and the word; functions as owners keep nothing back.
func TestPartnerReadsNoOtherName(t *testing.T) {
	book, c := honnetest.Japan(t), sentences(t)
	if lacks := withNames().Lacks("audit", book, c); len(lacks) > 0 {
		t.Fatalf("%s", c.Say(lang.EN, lacks[0]))
	}
	for text, want := range map[string][3]string{
		"あおぞらメディカル様は全施設名を開示されています。":     {"lacks.other", "“あおぞらメディカル” names another distributor", "「あおぞらメディカル様は全施設名を開示されています。」に、ほかの販売代理店の名称（あおぞらメディカル）"},
		"高橋様にご確認ください。":                  {"lacks.name", "“高橋様” names a person", "「高橋様にご確認ください。」に個人名（高橋様）"},
		"Mr Takahashi knows the sites.": {"lacks.name", "“Mr Takahashi” names a person", "「Mr Takahashi knows the sites.」に個人名（Mr Takahashi）"},
		"ご指摘の点とは別に、他の代理店の例です。":          {"lacks.word", "“他の代理店” does not belong", "「ご指摘の点とは別に、他の代理店の例です。」の「他の代理店」"},
	} {
		for where, set := range map[string]func(*Case){
			"point":   func(x *Case) { x.Audit.Findings[3].Body.Partner = honne.Both{EN: text, JA: text} },
			"ours":    func(x *Case) { x.Audit.Findings[3].Body.Ours = honne.Both{EN: "We call.", JA: text} },
			"purpose": func(x *Case) { x.Audit.Audit.Purpose.EN = text },
			"action":  func(x *Case) { x.Audit.Actions[0].Body.What.JA = text },
		} {
			x := withNames()
			set(&x)
			kind := "audit"
			if where == "action" {
				kind = "plan"
			}
			lacks := x.Lacks(kind, book, c)
			i := slices.IndexFunc(lacks, func(m honne.Message) bool {
				return m.ID == want[0] && strings.Contains(c.Say(lang.EN, m), want[1]) && strings.Contains(c.Say(lang.JA, m), want[2])
			})
			if i < 0 {
				t.Errorf("%s, %s: %v", where, text, lacks)
			}
		}
	}
}

// TestWordsWarn: of a word that shared text goes without the document warns, with
// the text and what to write; resale prices, other partners and our own name for this
// program are refused.
func TestWordsWarn(t *testing.T) {
	book, c := honnetest.Japan(t), sentences(t)
	for _, w := range book.Wording {
		for l, words := range map[lang.Language][]string{lang.EN: w.Never.EN, lang.JA: w.Never.JA} {
			x := withNames()
			if x.Audit.Findings[3].Body.Partner.EN = "We see (" + words[0] + ") here."; l == lang.JA {
				x.Audit.Findings[3].Body.Partner.JA = "今期は「" + words[0] + "」と考えます。"
			}
			lacks, warns := x.Lacks("audit", book, c), x.Warns("audit", book, c)
			if w.Block && (len(lacks) == 0 || lacks[0].ID != "lacks.word") || !w.Block && (len(lacks) > 0 || len(warns) == 0 || !strings.Contains(c.Say(l, warns[0]), words[0])) {
				t.Errorf("%s: %q lacks %v, warns of %v", w.Word, words[0], lacks, warns)
			}
		}
	}
	if warns := withNames().Warns("audit", book, c); len(warns) > 0 {
		t.Errorf("warns of %v", warns)
	}
}

// TestLegalWordsStandInDuties: what a breach or a consequence must say plainly may
// be said there; anywhere else it warns.
func TestLegalWordsStandInDuties(t *testing.T) {
	book, c := honnetest.Japan(t), sentences(t)
	word := func(x Case, kind string) bool {
		return slices.ContainsFunc(x.Warns(kind, book, c), func(m honne.Message) bool { return m.ID == "warns.word" })
	}
	x := withNames()
	x.Audit.Findings[4].Body.Share, x.Audit.Findings[4].Body.Partner = true, honne.Both{EN: "The seminar is in violation of article 5.", JA: "説明会は規約第5条に違反しています。"}
	x.Audit.Actions[0].Body.Consequence = honne.Both{EN: "Otherwise either side may terminate by letter.", JA: "達しない場合、契約解除の対象となります。"}
	if word(x, "audit") || word(x, "plan") {
		t.Error("a duty cannot be stated")
	}
	x.Audit.Findings[3].Body.Partner.JA, x.Audit.Actions[1].Body.What.EN = "報告の遅れは違反です。", "We terminate."
	if !word(x, "audit") || !word(x, "plan") {
		t.Error("a threat goes out unsaid")
	}
}
