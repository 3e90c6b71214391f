package japan

import "strings"

// legalForm is a way to write a legal form, as Key writes it.
type legalForm struct{ written, form string }

// legalForms are in such an order that none stands before one that contains it.
// (合) is written for three forms and tells none. Source: domain 2.11.
var legalForms = [...]legalForm{
	{"認定特定非営利活動法人", "特定非営利活動法人"}, {"特定非営利活動法人", "特定非営利活動法人"}, {"認定npo法人", "特定非営利活動法人"}, {"npo法人", "特定非営利活動法人"},
	{"(特非)", "特定非営利活動法人"}, {"国立研究開発法人", "国立研究開発法人"}, {"(研)", "国立研究開発法人"}, {"地方独立行政法人", "地方独立行政法人"},
	{"(地独)", "地方独立行政法人"}, {"独立行政法人", "独立行政法人"}, {"(独)", "独立行政法人"}, {"国立大学法人", "国立大学法人"}, {"(大)", "国立大学法人"},
	{"公立大学法人", "公立大学法人"}, {"公益社団法人", "公益社団法人"}, {"(公社)", "公益社団法人"}, {"公益財団法人", "公益財団法人"}, {"(公財)", "公益財団法人"},
	{"一般社団法人", "一般社団法人"}, {"(一社)", "一般社団法人"}, {"一般財団法人", "一般財団法人"}, {"(一財)", "一般財団法人"},
	{"社会医療法人社団", "社会医療法人社団"}, {"社会医療法人財団", "社会医療法人財団"}, {"社会医療法人", "社会医療法人"}, {"(社医)", "社会医療法人"},
	{"特定医療法人社団", "特定医療法人社団"}, {"特定医療法人財団", "特定医療法人財団"}, {"特定医療法人", "特定医療法人"},
	{"医療法人社団", "医療法人社団"}, {"医療社団", "医療法人社団"}, {"(医社)", "医療法人社団"}, {"医療法人財団", "医療法人財団"}, {"(医財)", "医療法人財団"},
	{"医療法人", "医療法人"}, {"(医)", "医療法人"}, {"社会福祉法人", "社会福祉法人"}, {"(社福)", "社会福祉法人"}, {"(福)", "社会福祉法人"},
	{"学校法人", "学校法人"}, {"(学)", "学校法人"}, {"宗教法人", "宗教法人"}, {"(宗)", "宗教法人"}, {"農事組合法人", "農事組合法人"},
	{"財団法人", "財団法人"}, {"(財)", "財団法人"}, {"社団法人", "社団法人"}, {"(社)", "社団法人"},
	{"医療生活協同組合", "医療生活協同組合"}, {"医療生協", "医療生活協同組合"},
	{"株式会社", "株式会社"}, {"(株)", "株式会社"}, {"有限会社", "有限会社"}, {"(有)", "有限会社"}, {"合同会社", "合同会社"}, {"合資会社", "合資会社"}, {"(資)", "合資会社"},
	{"合名会社", "合名会社"}, {"(名)", "合名会社"}, {"相互会社", "相互会社"}, {"特定目的会社", "特定目的会社"}, {"(合)", ""},
}

// CompanyForms are the legal forms of companies in every width in which they are
// written beside a name without a blank.
var CompanyForms = [...]string{"株式会社", "有限会社", "合同会社", "(株)", "（株）", "㈱", "(有)", "（有）", "㈲"}

// formWord end the English name of a company. Most say no more than that it
// is one.
func formWord(word string) (form string, ok bool) {
	switch word {
	case "kk":
		return "株式会社", true
	case "llc":
		return "合同会社", true
	case "co", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "company", "llp", "gmbh", "plc", "pte", "pty":
		return "", true
	}
	return "", false
}

// englishForm takes English words for a legal form off the end, and returns the
// form where they tell it: Co., Ltd. does not.
func (p *phrase) englishForm() (form string) {
	for {
		end := len(strings.TrimRight(p.s, ",. "))
		if body, ok := strings.CutSuffix(p.s[:end], "k.k"); ok && len(body) > 0 && p.apart(len(body)) {
			p.cut(len(body), len(p.s))
			return "株式会社"
		}
		start := end
		for start > 0 && 'a' <= p.s[start-1] && p.s[start-1] <= 'z' && (start == end || !p.gaps[start]) {
			start--
		}
		said, ok := formWord(p.s[start:end])
		if !ok || start == 0 || !p.apart(start) {
			return form
		}
		if form == "" {
			form = said
		}
		p.cut(len(strings.TrimRight(p.s[:start], ",")), len(p.s))
		if body, ok := strings.CutSuffix(p.s, "co."); ok && body != "" {
			p.cut(len(body), len(p.s)) // also where no blank sets it apart: MEDICCO.,LTD.
		}
	}
}

// apart reports whether a word that begins at byte at stands apart from what is
// before it.
func (p *phrase) apart(at int) bool {
	return p.gaps[at] || strings.IndexByte(",.)&", p.s[at-1]) >= 0
}
