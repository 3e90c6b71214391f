package japan

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// legalForms are the words for a legal form, longer ones before those that they
// contain. Source: domain 2.11.
var legalForms = [...]string{"特定非営利活動法人", "国立研究開発法人", "地方独立行政法人", "公立大学法人", "国立大学法人", "独立行政法人",
	"公益社団法人", "公益財団法人", "一般社団法人", "一般財団法人", "特定医療法人", "社会医療法人", "社会福祉法人", "医療法人社団", "医療法人財団",
	"医療法人", "学校法人", "宗教法人", "財団法人", "社団法人", "医療生活協同組合", "株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "相互会社",
	"(株)", "(有)", "(合)", "(資)", "(名)", "(医社)", "(医財)", "(医)", "(社福)", "(福)", "(学)", "(独)", "(地独)", "(一社)", "(一財)", "(公社)", "(公財)", "(財)", "(社)", "(特非)"}

var englishForms = [...]string{"co.,ltd.", "co.,ltd", "co.ltd.", "co.ltd", "company,limited", "corporation", "limited", ",ltd.", "ltd.", ",inc.", "inc.", "corp.", "k.k.", "gmbh"}

var honorifics = [...]string{"御中", "様", "殿", "さま", "先生"}

// CompanyKey returns the Key of an organisation's name without legal form,
// wherever it stands, and without 様, 御中 or 殿 behind. Where nothing would be
// left it returns the Key of the whole name.
func CompanyKey(s string) string {
	whole := Key(s)
	name := whole
	for _, h := range honorifics {
		name = strings.TrimSuffix(name, h)
	}
	for _, f := range legalForms {
		name = strings.ReplaceAll(name, Key(f), "")
	}
	for _, f := range englishForms {
		if body, ok := strings.CutSuffix(name, f); ok {
			name = strings.TrimRight(body, ",. ")
			break
		}
	}
	// What a form had kept apart may compose now.
	if name = norm.NFC.String(name); name == "" {
		return whole
	}
	return name
}

// commercial are the forms of companies that may carry a site's word in their
// name without being one: 病院サービス株式会社.
var commercial = [...]string{"株式会社", "有限会社", "合同会社", "(株)", "(有)", "(合)"}

// IsSite reports whether the name says by its own words that it is a place of
// care or use: it contains one of the words (病院, クリニック, …), and ends with it
// when it is a company's name.
func IsSite(name string, words []string) bool {
	key := Key(name)
	company := false
	for _, f := range commercial {
		company = company || strings.Contains(key, Key(f))
	}
	if company {
		key = CompanyKey(name)
	}
	for _, w := range words {
		w = Key(w)
		if w != "" && (strings.HasSuffix(key, w) || !company && strings.Contains(key, w)) {
			return true
		}
	}
	return false
}
