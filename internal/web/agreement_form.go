package web

import (
	"fmt"
	"net/http"
	"slices"

	"honne"
	"honne/internal/store"
)

// agreementForm writes down a promise, or corrects one.
type agreementForm struct {
	Frame
	Heading, Cancel, Submit string
	Errors                  []Problem
	N                       int
	By, Form, Standing      Pick
	WhatJA, WhatEN          Input
	Much, Owner             Input
	Made, Due, Why          Input
	Quote                   string
}

func (a *app) showNewAgreement(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	p := honne.Promise{By: honne.Theirs, Form: honne.PromiseOral, Made: honne.DateOf(v.now())}
	return v.show(w, http.StatusOK, "agreement-form", v.agreementForm(d, honne.Entry[honne.Promise]{Body: p}, v.fields()))
}

func (a *app) postNewAgreement(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	f := v.fields()
	e := honne.Entry[honne.Promise]{Distributor: d.ID, By: v.user.ID, Body: f.promise(honne.Promise{})}
	if len(f.order) > 0 {
		return v.show(w, http.StatusUnprocessableEntity, "agreement-form", v.agreementForm(d, e, f))
	}
	e, err := store.Enter(v.Context(), a.Store, e)
	if err != nil {
		return fmt.Errorf("web: enter agreement: %w", err)
	}
	return v.redirect(w, agreementLink(e)+"?done=agreement-new")
}

func (a *app) showEditAgreement(w http.ResponseWriter, v *visit, x *agreement) error {
	return v.show(w, http.StatusOK, "agreement-form", v.agreementForm(x.d, x.Entry, v.fields()))
}

func (a *app) postEditAgreement(w http.ResponseWriter, v *visit, x *agreement) error {
	f := v.fields()
	e := x.Entry
	e.By, e.Why, e.Body = v.user.ID, f.text("why"), f.promise(e.Body)
	if len(f.order) > 0 {
		return v.show(w, http.StatusUnprocessableEntity, "agreement-form", v.agreementForm(x.d, e, f))
	}
	return x.enter(w, e, "edited")
}

// promise reads the form over what is known; what the form does not ask stays.
func (f *fields) promise(p honne.Promise) honne.Promise {
	p.By = oneOf(honne.Side(f.text("by")), []honne.Side{honne.Theirs, honne.Ours})
	p.Form = oneOf(honne.PromiseForm(f.text("how")), []honne.PromiseForm{honne.PromiseUnconfirmed, honne.PromiseOral, honne.PromiseWritten})
	p.Standing = oneOf(honne.PromiseStanding(f.text("standing")), []honne.PromiseStanding{honne.PromiseCommitted, honne.PromiseWillTry, honne.PromiseNotAgreed})
	if p.Mail != 0 {
		p.Quote = quoted(p)
	}
	own := p.Mail != 0
	p.What = honne.Both{EN: f.promised("what-en", p.What.EN, own), JA: f.promised("what-ja", p.What.JA, own)}
	if p.What.IsZero() {
		f.fail("what-ja", f.v.t("form.what.required"))
	}
	p.Much, p.Owner = f.promised("much", p.Much, own), f.text("owner")
	f.required("made")
	p.Made, p.Due = f.day("made"), f.day("by-day")
	if p.Made > honne.DateOf(f.v.now()) {
		f.fail("made", f.v.t("form.made.future"))
	}
	if p.Due != 0 && p.Made != 0 && p.Due < p.Made {
		f.fail("by-day", f.v.t("form.by-day.before"))
	}
	return p
}

// promised reads a text that the partner may read. What their own message says stays
// as they said it.
func (f *fields) promised(name, before string, own bool) string {
	if s := f.text(name); own && s == before {
		return s
	}
	return f.shared(name)
}

// oneOf is the answer if it is allowed, else the first that is.
func oneOf[T comparable](answer T, allowed []T) T {
	if slices.Contains(allowed, answer) {
		return answer
	}
	return allowed[0]
}

func (v *visit) agreementForm(d honne.Distributor, e honne.Entry[honne.Promise], f *fields) agreementForm {
	heading, cancel := v.t("agreements.new"), base(d)+"/agreements"
	if e.Number != 0 {
		heading, cancel = v.t("agreement.edit.title", honne.Text("code", e.Code())), agreementLink(e)
	}
	p := e.Body
	page := agreementForm{Frame: v.frame("portfolio", heading), Heading: heading, Cancel: cancel, N: e.N, Errors: f.list(),
		Submit: v.t("agreement.save")}
	page.Frame.Sample = d.Sample
	page.Crumbs = v.crumbs(d, Choice{Href: base(d) + "/agreements", Label: v.t("tab.agreements")}, Choice{Label: heading})
	if p.Mail != 0 {
		page.Quote = quoted(p)
	}
	page.By = f.pick("by", v.words("side.", string(p.By), "ours", "theirs"))
	page.Form = f.pick("how", v.words("agreement.form.", string(p.Form), "written", "oral", "unconfirmed"))
	page.Standing = f.pick("standing", append([]Choice{{Label: v.t("form.standing.committed")}}, v.words("form.standing.", string(p.Standing), "will-try", "not-agreed")...))
	page.WhatJA, page.WhatEN = f.input("what-ja", "", p.What.JA).speaks("ja"), f.input("what-en", "", p.What.EN).speaks("en")
	page.Much, page.Owner = f.input("much", "", p.Much), f.input("owner", "", p.Owner)
	page.Made, page.Due = f.input("made", "date", p.Made.String()).must(), f.input("by-day", "date", p.Due.String())
	page.Why = f.input("why", "", e.Why)
	return page
}
