package web

import (
	"cmp"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/japan"
	"honne/internal/store"
)

// Sides on which a fact stands; our own comes first on the page.
const (
	sideOurs    = "ours"
	sideAgainst = "against"
	sideFor     = "for"
	sideNeither = "neither"
)

// FactGroup are the facts of one side.
type FactGroup struct {
	Side, Title string
	Tag         Tag
	Rows        []FactRow
}

// FactRow is a fact with its source.
type FactRow struct {
	Key               string // kind, and which one
	Side              string
	Title, Of, Value  string
	Source, On, Grade string
	Href              string // its cells
	Number, N         string // of the entry, where it was entered
	Kind              string
	counts            bool // a verdict may rest on it
}

// MissingRow is what would help to decide, and who knows it.
type MissingRow struct{ Title, Whom string }

// RegistrationRow is a medical registration and what the law knows for it.
type RegistrationRow struct {
	Item, Kind, From, To, Way string
	Source, On                string
	Number, N                 string
	Tag                       Tag
}

// claimForms are the fields by which facts are entered.
type claimForms struct {
	Kind                                   Pick
	Of, Value, Source, On                  Input
	Grade                                  Pick
	SeenText, SeenSource, SeenOn           Input
	SeenSpeaks, SeenGrade                  Pick
	Registers                              bool
	RegItem, RegSource, RegOn              Input
	RegKind, RegFrom, RegTo, RegGrade      Pick
	AskOn, AskAt                           Input
	Answered                               Input
	AgreeJA, AgreeEN, AgreeOwner, AgreeDue Input
	AgreeSide                              Pick
}

// claimFacts are the facts of a claim: what its check looked at, what else was
// entered for it, and what was observed.
func (v *visit) claimFacts(c claimCase) (out []FactRow) {
	for _, f := range c.found.Facts {
		if f.Kind == "registration" {
			f.Title = honne.Both{EN: f.Of, JA: f.Of}
			f.Of = ""
		}
		row := v.factRow(f.Fact, v.both(f.Title), f.Unit)
		row.Side = sideOf(f)
		switch i := slices.IndexFunc(honne.AllMeasures, func(m honne.MeasureID) bool { return m.ID == f.Source }); {
		case i >= 0:
			row.Href = v.measureLink(c.d, honne.AllMeasures[i].Slug)
		case len(f.Evidence) > 0 && len(f.Evidence[0].Mail) == 0:
			row.Href = v.selectionLink(c.d, f.Evidence[0])
		case len(f.Evidence) > 0:
			row.Href = v.mailLink(c.d, f.Evidence[0].Mail[0])
		}
		out = append(out, row)
	}
	for _, e := range c.seen {
		row := v.factRow(e.Body, e.Body.Of, "")
		row.Of, row.Value, row.Side = "", "", sideNeither
		switch {
		case e.Body.Value > 0:
			row.Side = sideFor
		case e.Body.Value < 0:
			row.Side = sideAgainst
		}
		row.Number, row.N = strconv.Itoa(e.Number), strconv.Itoa(e.N)
		out = append(out, row)
	}
	return out
}

func sideOf(f honne.ClaimFact) string {
	switch {
	case f.Ours:
		return sideOurs
	case slices.Contains(f.For, honne.Contradicted):
		return sideAgainst
	case slices.Contains(f.For, honne.Supported):
		return sideFor
	}
	return sideNeither
}

func (v *visit) factRow(f honne.Fact, title string, u honne.ValueUnit) FactRow {
	row := FactRow{Key: factName(f), Kind: f.Kind, Title: title, Of: f.Of, Source: f.Source, Grade: string(cmp.Or(f.Grade, honne.GradeD)), counts: f.Source != ""}
	if row.Source == "" && f.Kind == "question-open-days" {
		row.Source = v.t("claim.our-questions")
	}
	if slices.ContainsFunc(honne.AllMeasures, func(m honne.MeasureID) bool { return m.ID == f.Source }) {
		row.Source = v.t("claim.measured", honne.Text("id", f.Source))
	}
	if f.On != 0 {
		row.On = v.lang.Date(f.On)
	}
	if u != "" {
		row.Value = v.reading(f.Value, u, honne.Result{})
	}
	return row
}

// factName is a fact's kind, and which one where there may be several.
func factName(f honne.Fact) string {
	if f.Of == "" {
		return f.Kind
	}
	return f.Kind + " " + f.Of
}

// fillEvidence fills in what is known and the fields for more.
func (v *visit) fillEvidence(page *claimPage, x claimOpen, f *fields) {
	rows := v.withEntries(x, v.claimFacts(x.claimCase))
	for _, side := range [...]string{sideOurs, sideAgainst, sideFor, sideNeither} {
		g := FactGroup{Side: side, Title: v.t("claim.side." + side)}
		for _, r := range rows {
			if r.Side == side {
				g.Rows = append(g.Rows, r)
			}
		}
		if len(g.Rows) > 0 {
			page.Evidence = append(page.Evidence, g)
		}
	}
	for _, m := range x.found.Missing {
		page.Missing = append(page.Missing, MissingRow{v.both(m.Title), v.t("whom." + string(m.Ask))})
	}
	if x.found.Verdict != "" && len(x.confirmed()) > 0 {
		page.Found = v.claimStanding(string(x.found.Verdict))
		page.FoundWhy = v.t("claim.found."+string(x.found.Verdict), honne.Word("confidence", "confidence."+string(x.found.Confidence)))
		if len(x.rules.Sentences) > 0 {
			page.FoundWhy = v.t("claim.found.own")
		}
	}
	page.Registered = v.registered(x)
	page.Ask = v.askedRows(x.claimCase)
	page.Forms = v.claimForms(x, f)
}

// withEntries names the entry behind each fact, so that it can be taken back, and
// adds what was entered for the check and does not stand there: what a computed
// fact is made of, or what is too old.
func (v *visit) withEntries(x claimOpen, rows []FactRow) []FactRow {
	for _, e := range x.noted {
		if !slices.Contains(x.found.Kinds, e.Body.Kind) {
			continue
		}
		rules, _ := v.app.Playbook.Fact(e.Body.Kind)
		row := v.factRow(e.Body, v.both(rules.Title), rules.Unit)
		row.Side, row.Number, row.N = sideNeither, strconv.Itoa(e.Number), strconv.Itoa(e.N)
		i := slices.IndexFunc(rows, func(r FactRow) bool { return r.Key == row.Key && r.Value == row.Value && r.On == row.On })
		if i >= 0 {
			rows[i].Number, rows[i].N = row.Number, row.N
			continue
		}
		rows = append(rows, row)
	}
	return rows
}

func (v *visit) claimForms(x claimOpen, f *fields) claimForms {
	text := func(name, kind string) Input { return f.input(name, kind, f.text(name)) }
	day := func(name string) Input {
		return f.input(name, "date", cmp.Or(f.text(name), honne.DateOf(v.now()).String()))
	}
	out := claimForms{Kind: f.pick("fact-kind", v.factKinds(x, f.text("fact-kind"))), Of: text("fact-of", ""), Value: text("fact-value", "").must(),
		Source: text("fact-source", "").must(), On: day("fact-on").must(), Grade: f.pick("fact-grade", v.grades(f.text("fact-grade"))),
		SeenText: text("seen-text", "").must(), SeenSource: text("seen-source", "").must(), SeenOn: day("seen-on").must(), SeenGrade: f.pick("seen-grade", v.grades(f.text("seen-grade"))),
		SeenSpeaks: f.pick("seen-speaks", v.words("claim.speaks.", f.text("seen-speaks"), sideAgainst, sideFor, sideNeither)),
		AskOn:      day("ask-on").must(), AskAt: text("ask-at", "").must(), Answered: f.input("answered", "date", honne.DateOf(v.now()).String()),
		AgreeJA: f.input("agree-ja", "", f.text("agree-ja")).speaks("ja"), AgreeEN: f.input("agree-en", "", f.text("agree-en")).speaks("en"),
		AgreeOwner: text("agree-owner", "").must(), AgreeDue: text("agree-due", "date").must(),
		AgreeSide: f.pick("agree-side", v.words("claim.by.", f.text("agree-side"), string(honne.Theirs), string(honne.Ours)))}
	if out.Registers = x.entry.Body.Excuse == registrationExcuse; out.Registers {
		out.RegItem, out.RegSource, out.RegOn = text("reg-item", "").must(), text("reg-source", "").must(), day("reg-on").must()
		out.RegKind = f.pick("reg-kind", v.words("register.kind.", f.text("reg-kind"), registerKinds[:]...))
		out.RegFrom = f.pick("reg-from", v.words("register.holder.", f.text("reg-from"), "mah", "fsas"))
		out.RegTo = f.pick("reg-to", v.words("register.holder.", f.text("reg-to"), "mah", "fsas"))
		out.RegGrade = f.pick("reg-grade", v.grades(f.text("reg-grade")))
	}
	return out
}

// registrationExcuse is checked by a table of registrations (domain 2.6).
const registrationExcuse = "registration-not-transferable"

var registerKinds = [...]string{"approval", "certification", "notification", "licence", "pharma"}

// words are choices whose names stand in the catalogue below a common beginning.
func (v *visit) words(group, chosen string, all ...string) (out []Choice) {
	for _, w := range all {
		out = append(out, Choice{Href: w, Label: v.t(group + w), Current: w == chosen})
	}
	return out
}

func (v *visit) grades(chosen string) []Choice {
	return v.words("claim.grade.", cmp.Or(chosen, string(honne.GradeB)), string(honne.GradeA), string(honne.GradeB), string(honne.GradeC), string(honne.GradeD))
}

// factKinds are the facts that the check looks at, what is missing first; what
// the ledger computes is not asked for.
func (v *visit) factKinds(x claimOpen, chosen string) (out []Choice) {
	kinds := make([]string, 0, len(x.found.Kinds))
	for _, m := range x.found.Missing {
		kinds = append(kinds, m.Kind)
	}
	for _, k := range x.found.Kinds {
		if !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	for _, k := range kinds {
		rules, ok := v.app.Playbook.Fact(k)
		if !ok || k == "registration" || k == "question-open-days" || rules.Ask == honne.FromLedger && !slices.ContainsFunc(x.found.Missing, func(m honne.Missing) bool { return m.Kind == k }) {
			continue
		}
		out = append(out, Choice{Href: k, Label: v.t("claim.kind", honne.Text("title", v.both(rules.Title)), honne.Word("unit", "claim.unit."+string(rules.Unit))), Current: k == chosen})
	}
	return out
}

// enterFact keeps a fact that files cannot give.
func (x claimOpen) enterFact(v *visit, f *fields) error {
	rules, ok := v.app.Playbook.Fact(f.text("fact-kind"))
	if !ok || !slices.Contains(x.found.Kinds, rules.Fact) {
		return &honne.Invalid{Field: "fact-kind", What: honne.Say("intake.no-form")}
	}
	fact := honne.Fact{Kind: rules.Fact, Of: f.text("fact-of"), Value: f.value("fact-value", rules.Unit), Source: f.required("fact-source"), On: f.past("fact-on"),
		Grade: honne.Grade(f.text("fact-grade"))}
	return x.keepFact(v, f, fact)
}

// enterSeen keeps an observation in words, for the claim or against it.
func (x claimOpen) enterSeen(v *visit, f *fields) error {
	fact := honne.Fact{Kind: x.entry.Body.Excuse, Of: f.required("seen-text"), Source: f.required("seen-source"), On: f.past("seen-on"), Grade: honne.Grade(f.text("seen-grade"))}
	switch f.text("seen-speaks") {
	case sideFor:
		fact.Value = 1
	case sideAgainst:
		fact.Value = -1
	}
	return x.keepFact(v, f, fact)
}

func (x claimOpen) keepFact(v *visit, f *fields, fact honne.Fact) error {
	if len(f.order) > 0 {
		return nil
	}
	if !slices.Contains(honne.AllGrades, fact.Grade) {
		return &honne.Invalid{Field: "fact-grade", What: honne.Say("intake.no-form")}
	}
	_, err := store.Enter(v.Context(), v.app.Store, honne.Entry[honne.Fact]{Distributor: x.d.ID, Body: fact, By: v.user.ID})
	return err
}

// value reads a number in the unit that the form names: percent, points, days.
func (f *fields) value(name string, u honne.ValueUnit) float64 {
	s := strings.NewReplacer("−", "-", "%", "", "+", "", ",", "", " ", "", "▲", "-", "△", "-").Replace(japan.Fold(f.required(name)))
	if s == "" {
		return 0
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) || math.Abs(n) > 1e12 {
		f.fail(name, f.v.t("form.number", honne.Word("field", "form."+name), honne.Text("raw", f.text(name))))
		return 0
	}
	switch u {
	case honne.UnitRatio, honne.UnitGrowth, honne.UnitPoints:
		return math.Round(n*1e6) / 1e8
	}
	return n
}

// past reads a day that is not to come.
func (f *fields) past(name string) honne.Date {
	if f.required(name) == "" {
		return 0
	}
	d := f.day(name)
	if d > honne.DateOf(f.v.now()) {
		f.fail(name, f.v.t("form.future", honne.Word("field", "form."+name)))
	}
	return d
}

// enterRegistration keeps a registration and where it is to go.
func (x claimOpen) enterRegistration(v *visit, f *fields) error {
	r := honne.Registration{Item: f.required("reg-item"), Kind: f.text("reg-kind"), Holder: f.text("reg-from"), To: f.text("reg-to"),
		Source: f.required("reg-source"), On: f.past("reg-on"), Grade: honne.Grade(f.text("reg-grade"))}
	if !slices.Contains(registerKinds[:], r.Kind) || x.entry.Body.Excuse != registrationExcuse {
		return &honne.Invalid{Field: "reg-kind", What: honne.Say("intake.no-form")}
	}
	if len(f.order) > 0 {
		return nil
	}
	_, err := store.Enter(v.Context(), v.app.Store, honne.Entry[honne.Registration]{Distributor: x.d.ID, Body: r, By: v.user.ID})
	return err
}

func (v *visit) registered(x claimOpen) (out []RegistrationRow) {
	if x.entry.Body.Excuse != registrationExcuse {
		return nil
	}
	for _, e := range x.register {
		row := RegistrationRow{Item: e.Body.Item, Kind: v.t("register.kind." + e.Body.Kind), From: v.t("register.holder." + e.Body.Holder), To: v.t("register.holder." + e.Body.To),
			Source: e.Body.Source, On: v.lang.Date(e.Body.On), Number: strconv.Itoa(e.Number), N: strconv.Itoa(e.N)}
		for _, f := range x.found.Facts {
			if f.Kind == "registration" && f.Of == e.Body.Item {
				row.Way = v.both(f.Title)
			}
		}
		out = append(out, row)
	}
	return out
}

// takeBack withdraws the entry of a list that a form names, in the version that
// was seen.
func takeBack[T honne.Entered](v *visit, list []honne.Entry[T]) error {
	number, _ := strconv.Atoi(v.FormValue("number"))
	seen, _ := strconv.Atoi(v.FormValue("n"))
	i := slices.IndexFunc(list, func(e honne.Entry[T]) bool { return e.Number == number })
	if i < 0 {
		return honne.ErrConflict // somebody took it back already
	}
	e := list[i]
	e.N, e.Withdrawn, e.By = seen, true, v.user.ID
	_, err := store.Enter(v.Context(), v.app.Store, e)
	return err
}

// postClaim does what a form of the claim's page says, and shows the page again
// with what is wrong with it.
func (a *app) postClaim(w http.ResponseWriter, v *visit) error {
	x, err := v.claim()
	if err != nil {
		return err
	}
	if !v.may(auth.Write, claimArea(x.rules.Category)) {
		return honne.ErrNotFound
	}
	f, judged, act := v.fields(), x.entry.Body, v.PathValue("act")
	switch act {
	case "fact":
		err = x.enterFact(v, f)
	case "seen":
		err = x.enterSeen(v, f)
	case "registration":
		err = x.enterRegistration(v, f)
	case "take-back-fact":
		err = takeBack(v, x.noted)
	case "take-back-registration":
		err = takeBack(v, x.register)
	case "question":
		err = x.enterQuestion(v, f)
	case "answer":
		err = x.enterAnswer(v, f)
	case "verdict", "preview":
		v.tried = act == "preview"
		judged, err = x.enterVerdict(v, f, act == "preview")
	case "state":
		err = x.enterState(v, f)
	case "agreement":
		err = x.enterAgreement(v, f)
	default:
		err = honne.ErrNotFound
	}
	switch {
	case f.invalid(err), err == nil && len(f.order) > 0:
		return v.claimShown(w, http.StatusUnprocessableEntity, x, f, judged)
	case err != nil:
		return err
	case act == "preview":
		return v.claimShown(w, http.StatusOK, x, f, judged)
	}
	return v.redirect(w, claimLink(x.claimCase)+"?done=claim-"+act)
}
