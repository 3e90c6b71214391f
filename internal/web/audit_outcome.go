package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"honne"
	"honne/internal/audit"
	"honne/internal/auth"
	"honne/internal/inspect"
	"honne/internal/store"
)

// outcomePage answers: what follows? The program recommends, a person decides.
type outcomePage struct {
	Frame
	Errors               []Problem
	Code, Heading, Back  string
	Improved             []string // since the audit before
	Recommended          string
	Focus, Hold          bool
	OwnSide, Needs       []string
	Rules                []OutcomeRule
	Decisive             []string
	Paths                []PathView
	Decided, Why         string
	Deadline             Input
	DeadlineWarning      string
	Late                 []string // what the days of actions lie behind, each once
	Reopened             string   // the deadline has passed
	DeadlineDay          string
	Requires             []RequirementRow // of a transition
	Parting              bool             // it is recommended or decided
	Contingency, Refused bool
	NeverShared          bool
	Exit                 []Choice // what an exit needs, and whether it is in place
	Signed               []string
	MaySign, MayDecide   bool
	Version              int
	Publish              string // where its documents go out
	Letter               string // where the letter of a renewal is written
	Actions              []ActionRow
	Unfit                []UnfitRow // words of the actions
	Underway, Most       int        // actions that are neither dropped nor done
	MayPlan              bool
	Plan                 PlanForm
}

// PathView is one of the three paths.
type PathView struct {
	Value, Name string
	Recommended bool
	Decided     bool
}

func (a *app) showOutcome(w http.ResponseWriter, v *visit, x *assessed) error {
	e, err := x.decision()
	if err != nil {
		return err
	}
	return x.outcomePage(w, http.StatusOK, v.fields(), e)
}

// decision is the decision of this audit as it stands.
func (x *assessed) decision() (honne.Entry[honne.Decision], error) {
	list, err := store.Entries[honne.Decision](x.Context(), x.app.Store, x.distributor.ID)
	if err != nil {
		return honne.Entry[honne.Decision]{}, fmt.Errorf("web: read decision: %w", err)
	}
	for _, e := range list {
		if e.Body.Audit == x.entry.Number {
			return e, nil
		}
	}
	return honne.Entry[honne.Decision]{Distributor: x.distributor.ID, Body: honne.Decision{Audit: x.entry.Number}}, nil
}

func (x *assessed) outcomePage(w http.ResponseWriter, status int, f *fields, e honne.Entry[honne.Decision]) error {
	p, err := x.frozen()
	if err != nil {
		return err
	}
	o := p.Outcome
	page := outcomePage{Frame: x.frame(x.t("audit.outcome")), Errors: f.list(), Code: x.entry.Code(), Heading: x.t("audit.outcome"), Back: x.at(""),
		Recommended: x.t("report.outcome." + string(o.Recommendation)), Focus: o.Focus, Hold: o.Hold,
		OwnSide: x.sayAll(o.OwnSide), Rules: x.outcomeRules(o.Trace), Needs: x.sayAll(o.Needs), Why: e.Body.Why, Version: e.N,
		Contingency: e.Body.Contingency, Refused: e.Body.Refused != 0, NeverShared: e.Body.NeverShared,
		MayDecide: x.may(auth.Write, auth.Search) && !o.Hold, MayPlan: x.may(auth.Write, auth.Reviews)}
	page.Crumbs = append(page.Crumbs, Choice{Label: page.Heading})
	if n := len(x.all); n > 1 && !o.Hold { // under a hold there is no score
		page.Improved = x.sayAll(audit.Improved(x.assessment, x.all[n-2]))
	}
	for _, d := range o.Decisive {
		page.Decisive = append(page.Decisive, x.decisive(d))
	}
	for _, r := range []honne.Recommendation{honne.Renew, honne.CorrectiveAction, honne.TransitionConsider} {
		page.Paths = append(page.Paths, PathView{Value: string(r), Name: x.t("path." + string(r)), Recommended: o.Recommendation == r, Decided: e.Body.Decided == r})
	}
	for _, id := range honne.ExitItems {
		page.Exit = append(page.Exit, Choice{Href: id, Label: x.t("exit.item." + id), Current: slices.Contains(e.Body.InPlace, id)})
	}
	if x.may(auth.Read, auth.Reports) {
		page.Publish = x.at("/publish")
	}
	if e.Body.Decided == honne.Renew { // whoever signs reads what goes out
		page.Letter = x.at("/renewal")
	}
	page.Deadline = f.input("deadline", "date", dateValue(e.Body.Deadline))
	page.DeadlineWarning, page.DeadlineDay = x.noticeWarning(e.Body.Deadline), x.day(e.Body.Deadline)
	page.Requires = x.requirementRows(f, p, e.Body)
	page.Parting = e.Body.Decided == honne.TransitionConsider || o.Recommendation == honne.TransitionConsider
	if page.Reopened, err = x.reopened(); err != nil {
		return err
	}
	x.signatures(&page, e.Body)
	page.MaySign = page.MaySign && !o.Hold
	return x.withPlan(w, status, page, p, f)
}

func dateValue(d honne.Date) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

func (x *assessed) decisive(d honne.Decisive) string {
	becomes := honne.Word("becomes", "path."+string(d.Becomes))
	if d.Now < 0 {
		return x.t("outcome.turns-unrated", honne.Word("dimension", "dimension."+d.Dimension), honne.Count("then", d.Then), becomes)
	}
	return x.t("outcome.turns", honne.Word("dimension", "dimension."+d.Dimension), honne.Count("now", d.Now), honne.Count("then", d.Then), becomes)
}

// noticeWarning says that a deadline lies behind the day on which notice is due.
func (x *assessed) noticeWarning(deadline honne.Date) string {
	if late, ok := audit.AfterNotice(x.distributor.Profile, deadline); ok {
		return x.say(late)
	}
	return ""
}

// RequirementRow is what a transition requires, and why it is decided without.
type RequirementRow struct {
	Text   string
	Met    bool
	Why    Input // no name: it needs no reason
	Reason string
}

// requirements are what a transition requires with a decision as it would stand.
func (x *assessed) requirements(p honne.Picture, d honne.Decision) []audit.Requirement {
	return audit.Case{Readiness: inspect.Ready(p.Readiness), Exit: d.ExitReady(), Contingency: d.Contingency, Signatures: len(d.Signed)}.Requirements()
}

func (x *assessed) requirementRows(f *fields, p honne.Picture, d honne.Decision) (out []RequirementRow) {
	for _, r := range x.requirements(p, d) {
		row := RequirementRow{Text: x.say(r.Say), Met: r.Met, Reason: d.Lacking[r.ID]}
		if name := "lacking-" + r.ID; needsReason(r) {
			row.Why = Input{Name: name, Type: "text", Label: x.t("outcome.without"), Value: f.typed(name, row.Reason), Error: f.errors[name]}
		}
		out = append(out, row)
	}
	return out
}

// needsReason: the two signatures come after the decision, and make it valid.
func needsReason(r audit.Requirement) bool { return !r.Met && r.ID != "signatures" }

// lacking reads why a transition is decided without what it requires.
func (x *assessed) lacking(f *fields, p honne.Picture, d honne.Decision) map[string]string {
	if d.Decided != honne.TransitionConsider {
		return nil
	}
	out := map[string]string{}
	for _, r := range x.requirements(p, d) {
		name := "lacking-" + r.ID
		switch why := f.text(name); {
		case !needsReason(r):
		case why == "":
			f.fail(name, x.t("outcome.bad.lacking", honne.Text("need", x.say(r.Say))))
		default:
			out[r.ID] = why
		}
	}
	return out
}

// signatures shows who signed; two different people make a decision valid.
func (x *assessed) signatures(page *outcomePage, d honne.Decision) {
	mine := false
	for _, s := range d.Signed {
		page.Signed = append(page.Signed, x.t("outcome.signed", honne.Text("name", s.Name), honne.Day("day", s.On)))
		mine = mine || s.By == x.user.ID
	}
	role := auth.Role(x.user.Role)
	page.MaySign = d.Decided != "" && !mine && len(d.Signed) < 2 && (role == auth.Director || role == auth.CFO)
	page.Decided = string(d.Decided)
}

// postOutcome keeps a decision, a signature or an action of the plan.
func (a *app) postOutcome(w http.ResponseWriter, v *visit, x *assessed) error {
	e, err := x.decision()
	if err != nil {
		return err
	}
	f := v.fields()
	switch f.text("do") {
	case "sign":
		e, err = x.sign(f, e)
	case "action":
		err = x.plan(f)
	default:
		e, err = x.decide(f, e)
	}
	if err != nil {
		return err
	}
	if len(f.order) > 0 {
		return x.outcomePage(w, http.StatusUnprocessableEntity, f, e)
	}
	return v.redirect(w, x.at("/outcome")+"?done=decided")
}

// decide keeps what a person decided and why; a changed decision has to be signed
// again.
func (x *assessed) decide(f *fields, e honne.Entry[honne.Decision]) (honne.Entry[honne.Decision], error) {
	p, err := x.frozen()
	switch {
	case err != nil:
		return e, err
	case !x.may(auth.Write, auth.Search):
		return e, honne.ErrNotFound
	case p.Outcome.Hold:
		f.fail("decision", x.t("outcome.bad.hold"))
		return e, nil
	}
	d := honne.Decision{Audit: x.entry.Number, Recommended: p.Outcome.Recommendation, Decided: honne.Recommendation(f.text("decided")), Why: f.text("why"),
		Deadline: f.day("deadline"), Contingency: f.text("contingency") != "", NeverShared: f.text("never-shared") != "", Letter: e.Body.Letter}
	if f.text("refused") != "" {
		d.Refused = cmp.Or(e.Body.Refused, honne.DateOf(x.now()))
	}
	for _, id := range honne.ExitItems {
		if slices.Contains(x.Form["in-place"], id) {
			d.InPlace = append(d.InPlace, id)
		}
	}
	if !slices.Contains([]honne.Recommendation{honne.Renew, honne.CorrectiveAction, honne.TransitionConsider}, d.Decided) {
		f.fail("decided", x.t("outcome.bad.path"))
	}
	if d.Why == "" {
		f.fail("why", x.t("outcome.bad.why"))
	}
	d.Lacking = x.lacking(f, p, d)
	e.Body = d
	if e, err = keep(f, "why", e); err != nil {
		return e, fmt.Errorf("web: keep decision: %w", err)
	}
	return e, nil
}

// sign adds the visitor's signature, once, to the decision that they saw; under a
// hold for compliance nothing is signed.
func (x *assessed) sign(f *fields, e honne.Entry[honne.Decision]) (honne.Entry[honne.Decision], error) {
	var page outcomePage
	if x.signatures(&page, e.Body); !page.MaySign {
		return e, honne.ErrNotFound
	}
	p, err := x.frozen()
	if err != nil {
		return e, err
	}
	if p.Outcome.Hold {
		f.fail("decision", x.t("outcome.bad.hold"))
	}
	with := e
	with.Body.Signed = append(slices.Clone(e.Body.Signed), honne.Signature{By: x.user.ID, Name: x.user.Name, On: honne.DateOf(x.now())})
	if _, err := keep(f, "decided", with); err != nil {
		return e, fmt.Errorf("web: sign: %w", err)
	}
	return e, nil
}
