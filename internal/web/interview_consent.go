package web

import (
	"honne"
	"honne/internal/audit"
	"honne/internal/lang"
)

// consentLanguages are those in which consent is asked, that of the partner
// first.
var consentLanguages = [...]lang.Language{lang.JA, lang.EN}

// consent is what somebody is told before they speak off the record (domain 3.8).
// Each sentence must be true of what the program does.
func (x *assessed) consent(l lang.Language) ConsentText {
	say := func(key string, args ...honne.Arg) string { return x.app.Languages.Text(l, key, args...) }
	purpose, hotline := x.entry.Body.Purpose.EN, say("consent.hotline.none")
	if l == lang.JA {
		purpose = x.entry.Body.Purpose.JA
	}
	if h := x.entry.Body.Hotline; h != "" {
		hotline = say("consent.hotline", honne.Text("where", h))
	}
	k, days := honne.Count("k", x.least()), honne.Count("days", audit.KeptDays)
	return ConsentText{string(l), say("consent.heading"), []Titled{
		{say("consent.purpose"), purpose},
		{say("consent.free"), say("consent.free.text")},
		{say("consent.who"), say("consent.who.text", k)},
		{say("consent.kept"), say("consent.kept.text", days)},
		{say("consent.limits"), say("consent.limits.text")},
		{say("consent.illegal"), say("consent.illegal.text") + x.gap(l) + hotline},
		{say("consent.company"), say("consent.company.text")},
	}}
}

// gap stands between two sentences.
func (x *assessed) gap(l lang.Language) string {
	if l == lang.JA {
		return ""
	}
	return " "
}
