package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/japan"
	"honne/internal/store"
)

// verdictForm is the judgement of a claim as a form.
type verdictForm struct {
	Ready                bool // a fact is on file
	Given                string
	Verdict, Confidence  Pick
	State                Pick
	Facts                []FactTick
	FactsError           string
	Because, Legitimate  Input
	PartnerJA, PartnerEN Input
	Owner                string
}

// FactTick is a fact that a verdict may rest on.
type FactTick struct {
	ID, Key, Label string
	Ticked         bool
}

// sharedView is what the partner would read, and nothing else.
type sharedView struct {
	TitleJA, TitleEN string
	JA, EN           string
	Unfit            []UnfitRow
}

// shared reads a text that the partner may read. Of unfit words it warns, but for
// those that are refused: resale prices, other partners.
func (f *fields) shared(name string) string {
	s := f.text(name)
	for _, u := range f.v.app.Playbook.Unfit(s) {
		if u.Block {
			f.fail(name, f.v.t("claim.refused-word", honne.Text("word", u.Text), honne.Text("say", f.v.both(u.Say))))
		}
	}
	return s
}

// AskedRow is a question of ours, and what became of it.
type AskedRow struct {
	Number, N, ID string
	On, At        string
	Written       bool
	Answered      string
	Open          string // how long, in business days
}

// ClaimAgreement is an agreement that was made of the claim.
type ClaimAgreement struct{ Code, Href, JA, EN, Owner, Due, By string }

var verdicts = [...]honne.Verdict{honne.Supported, honne.Contradicted, honne.NotYetVerifiable}

// fillJudgement fills in the verdict, what the partner would read of it, and the
// agreements made of it.
func (v *visit) fillJudgement(page *claimPage, x claimOpen, f *fields, j honne.Judgement) {
	form := verdictForm{Because: f.input("because", "", j.Because).must(), Legitimate: f.input("legitimate", "", j.Legitimate).must(),
		PartnerJA: f.input("partner-ja", "", cmp.Or(j.Partner.JA, x.rules.Ask.JA)).speaks("ja"), PartnerEN: f.input("partner-en", "", cmp.Or(j.Partner.EN, x.rules.Ask.EN)).speaks("en"),
		Verdict:    f.pick("verdict", v.unchosen("claim.is.", string(j.Verdict), string(honne.Supported), string(honne.Contradicted), string(honne.NotYetVerifiable))),
		Confidence: f.pick("confidence", v.unchosen("confidence.", string(j.Confidence), string(honne.LowConfidence), string(honne.MediumConfidence), string(honne.HighConfidence))),
		State:      f.pick("state", []Choice{{Href: "", Label: v.t("claim.state.open"), Current: j.State == honne.ClaimOpen}}), FactsError: f.errors["facts"]}
	form.State.Options = append(form.State.Options, v.words("claim.state.", string(j.State), string(honne.ClaimAccepted), string(honne.ClaimResolved), string(honne.ClaimUnresolved))...)
	if j := x.entry.Body; j.Verdict != "" {
		form.Given = v.t("claim.given", honne.Word("verdict", "claim.is."+string(j.Verdict)), honne.Word("confidence", "confidence."+string(j.Confidence)))
	}
	for i, r := range v.claimFacts(x.claimCase) {
		if r.counts {
			form.Facts = append(form.Facts, FactTick{ID: "fact-" + strconv.Itoa(i), Key: r.Key, Label: strings.TrimSpace(r.Title + " " + r.Of + " " + r.Value), Ticked: len(j.Facts) == 0 || slices.Contains(j.Facts, r.Key)})
		}
	}
	form.Ready = len(form.Facts) > 0
	page.Verdict = form
	page.Shared = sharedView{TitleJA: x.rules.Partner.JA, TitleEN: x.rules.Partner.EN, JA: form.PartnerJA.Value, EN: form.PartnerEN.Value,
		Unfit: v.unfit(honne.Both{EN: form.PartnerEN.Value, JA: form.PartnerJA.Value})}
	for _, e := range x.promises {
		if e.Body.At == x.code() {
			page.Agreements = append(page.Agreements, ClaimAgreement{Code: e.Code(), Href: base(x.d) + "/agreements", JA: e.Body.What.JA, EN: e.Body.What.EN, Owner: e.Body.Owner,
				Due: v.lang.Date(e.Body.Due), By: v.t("claim.by." + string(e.Body.By))})
		}
	}
}

// unchosen are the words of a choice that a person makes: none is chosen for them.
func (v *visit) unchosen(group, chosen string, values ...string) []Choice {
	out := v.words(group, chosen, values...)
	if chosen == "" {
		out = append([]Choice{{Label: v.t("claim.choose"), Current: true}}, out...)
	}
	return out
}

// enterVerdict keeps a verdict. It is earned: by a fact on file, with the reason
// for it, and with what is true about the claim, which may be nothing. A preview
// keeps nothing.
func (x claimOpen) enterVerdict(v *visit, f *fields, preview bool) (honne.Judgement, error) {
	j := x.entry.Body
	j.Verdict, j.Confidence, j.State = honne.Verdict(f.text("verdict")), honne.Confidence(f.text("confidence")), honne.ClaimState(f.text("state"))
	j.Because, j.Legitimate = f.text("because"), f.text("legitimate")
	j.Partner, j.Facts = honne.Both{EN: f.shared("partner-en"), JA: f.shared("partner-ja")}, nil
	for _, r := range v.claimFacts(x.claimCase) {
		if r.counts && slices.Contains(v.Form["facts"], r.Key) {
			j.Facts = append(j.Facts, r.Key)
		}
	}
	if !preview {
		f.earned(j)
	}
	known := (j.Verdict == "" || slices.Contains(verdicts[:], j.Verdict)) && slices.Contains([]honne.Confidence{"", honne.LowConfidence, honne.MediumConfidence, honne.HighConfidence}, j.Confidence) &&
		slices.Contains([]honne.ClaimState{honne.ClaimOpen, honne.ClaimAccepted, honne.ClaimResolved, honne.ClaimUnresolved}, j.State)
	if !known {
		return j, &honne.Invalid{Field: "verdict", What: honne.Say("intake.no-form")}
	}
	if len(f.order) > 0 || preview {
		return j, nil
	}
	return j, x.judge(v, j, "")
}

// earned says what a verdict lacks.
func (f *fields) earned(j honne.Judgement) {
	f.required("because")
	f.required("legitimate")
	for _, lack := range [...]struct {
		field, key string
		is         bool
	}{{"facts", "claim.needs-fact", len(j.Facts) == 0}, {"verdict", "claim.choose-verdict", j.Verdict == ""}, {"confidence", "claim.choose-confidence", j.Confidence == ""}} {
		if lack.is {
			f.fail(lack.field, f.v.t(lack.key))
		}
	}
}

// enterState takes the verdict back, or opens a closed claim again; both say why.
func (x claimOpen) enterState(v *visit, f *fields) error {
	j, why := x.entry.Body, f.required("why")
	switch v.FormValue("do") {
	case "withdraw":
		j.Verdict, j.Confidence, j.Because, j.Facts = "", "", "", nil
	case "reopen":
	default:
		return &honne.Invalid{Field: "do", What: honne.Say("intake.no-form")}
	}
	if len(f.order) > 0 {
		return nil
	}
	j.State = honne.ClaimOpen
	return x.judge(v, j, why)
}

// judge keeps a judgement behind the version that the form was made of.
func (x claimOpen) judge(v *visit, j honne.Judgement, why string) error {
	seen, err := strconv.Atoi(v.FormValue("n"))
	if err != nil {
		return &honne.Invalid{Field: "n", What: honne.Say("intake.no-form")}
	}
	e := x.entry
	e.N, e.Body, e.By, e.Why = seen, j, v.user.ID, why
	_, err = store.Enter(v.Context(), v.app.Store, e)
	return err
}

func (v *visit) askedRows(c claimCase) (out []AskedRow) {
	today := honne.DateOf(v.now())
	for _, e := range c.asked {
		row := AskedRow{Number: strconv.Itoa(e.Number), N: strconv.Itoa(e.N), ID: "q" + strconv.Itoa(e.Number), On: v.lang.Date(e.Body.On), At: e.Body.At, Written: e.Body.Written}
		if e.Body.Answered != 0 {
			row.Answered = v.lang.Date(e.Body.Answered)
		} else {
			row.Open = v.t("claim.open-days", honne.Count("n", japan.National().Between(e.Body.On, today)))
		}
		out = append(out, row)
	}
	return out
}

// enterQuestion keeps that we asked: only what was asked in writing, with a day,
// makes silence count.
func (x claimOpen) enterQuestion(v *visit, f *fields) error {
	q := honne.Asked{Excuse: x.entry.Body.Excuse, On: f.past("ask-on"), Written: f.text("ask-written") == "1", At: f.required("ask-at")}
	if len(f.order) > 0 {
		return nil
	}
	_, err := store.Enter(v.Context(), v.app.Store, honne.Entry[honne.Asked]{Distributor: x.d.ID, Body: q, By: v.user.ID})
	return err
}

// enterAnswer keeps the day on which a question of ours was answered.
func (x claimOpen) enterAnswer(v *visit, f *fields) error {
	number, _ := strconv.Atoi(v.FormValue("number"))
	seen, _ := strconv.Atoi(v.FormValue("n"))
	i := slices.IndexFunc(x.asked, func(e honne.Entry[honne.Asked]) bool { return e.Number == number })
	if i < 0 {
		return honne.ErrConflict
	}
	e := x.asked[i]
	e.N, e.By, e.Body.Answered = seen, v.user.ID, f.day("answered")
	if e.Body.Answered < e.Body.On || e.Body.Answered > honne.DateOf(v.now()) {
		f.fail("answered-q"+strconv.Itoa(number), v.t("claim.answer-early"))
	}
	if len(f.order) > 0 {
		return nil
	}
	_, err := store.Enter(v.Context(), v.app.Store, e)
	return err
}

// enterAgreement makes an agreement of the claim: in both languages, with owner
// and day.
func (x claimOpen) enterAgreement(v *visit, f *fields) error {
	p := honne.Promise{By: honne.Side(f.text("agree-side")), What: honne.Both{EN: f.required("agree-en"), JA: f.required("agree-ja")}, Owner: f.required("agree-owner"),
		Form: honne.PromiseWritten, Made: honne.DateOf(v.now()), At: x.code(), Topic: x.rules.Excuse}
	f.shared("agree-ja")
	f.shared("agree-en")
	if f.required("agree-due") != "" {
		p.Due = f.day("agree-due")
	}
	if p.By != honne.Theirs && p.By != honne.Ours {
		return &honne.Invalid{Field: "agree-side", What: honne.Say("intake.no-form")}
	}
	if f.text("agree-written") != "1" {
		p.Form = honne.PromiseOral
	}
	if len(f.order) > 0 {
		return nil
	}
	_, err := store.Enter(v.Context(), v.app.Store, honne.Entry[honne.Promise]{Distributor: x.d.ID, Body: p, By: v.user.ID})
	return err
}
