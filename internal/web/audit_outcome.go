package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"honne"
	"honne/internal/auth"
	"honne/internal/store"
)

// outcomePage answers: what follows? The program recommends, a person decides.
type outcomePage struct {
	Frame
	Errors                []Problem
	Code, Heading, Back   string
	Recommended           string
	Focus, Hold           bool
	OwnSide, Trace, Needs []string
	Decisive              []string
	Paths                 []PathView
	Decided, Why          string
	Deadline              Input
	DeadlineWarning       string
	Contingency, Refused  bool
	NeverShared           bool
	Exit                  []Choice // what an exit needs, and whether it is in place
	Signed                []string
	MaySign, MayDecide    bool
	Version               int
	Publish               string // where its documents go out
	Actions               []ActionRow
	Underway, Most        int // actions that are neither dropped nor done
	MayPlan               bool
	Plan                  PlanForm
}

// PathView is one of the three paths.
type PathView struct {
	Value, Name string
	Recommended bool
	Decided     bool
}

func (a *app) showOutcome(w http.ResponseWriter, v *visit) error {
	x, err := v.audit()
	if err != nil {
		return err
	}
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
		OwnSide: x.sayAll(o.OwnSide), Trace: x.sayAll(o.Trace), Needs: x.sayAll(o.Needs), Why: e.Body.Why, Version: e.N,
		Contingency: e.Body.Contingency, Refused: e.Body.Refused != 0, NeverShared: e.Body.NeverShared,
		MayDecide: x.may(auth.Write, auth.Search) && !o.Hold, MayPlan: x.may(auth.Write, auth.Reviews)}
	page.Crumbs = append(page.Crumbs, Choice{Label: page.Heading})
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
	page.Deadline = f.input("deadline", "date", dateValue(e.Body.Deadline))
	page.DeadlineWarning = x.noticeWarning(e.Body.Deadline)
	x.signatures(&page, e.Body)
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
	c := x.distributor.Profile.Contract
	if deadline == 0 || c.Ends == 0 || c.NoticeDays == 0 || deadline <= c.Ends-honne.Date(c.NoticeDays) {
		return ""
	}
	return x.t("outcome.after-notice", honne.Day("day", deadline), honne.Day("notice", c.Ends-honne.Date(c.NoticeDays)))
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
func (a *app) postOutcome(w http.ResponseWriter, v *visit) error {
	x, err := v.audit()
	if err != nil {
		return err
	}
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
	case !x.may(auth.Write, auth.Search) || p.Outcome.Hold:
		return e, honne.ErrNotFound
	}
	d := honne.Decision{Audit: x.entry.Number, Recommended: p.Outcome.Recommendation, Decided: honne.Recommendation(f.text("decided")), Why: f.text("why"),
		Deadline: f.day("deadline"), Contingency: f.text("contingency") != "", NeverShared: f.text("never-shared") != ""}
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
	e.Body = d
	if e, err = keep(f, "why", e); err != nil {
		return e, fmt.Errorf("web: keep decision: %w", err)
	}
	return e, nil
}

// sign adds the visitor's signature, once, to the decision that they saw.
func (x *assessed) sign(f *fields, e honne.Entry[honne.Decision]) (honne.Entry[honne.Decision], error) {
	var page outcomePage
	if x.signatures(&page, e.Body); !page.MaySign {
		return e, honne.ErrNotFound
	}
	signed := e
	signed.Body.Signed = append(slices.Clone(e.Body.Signed), honne.Signature{By: x.user.ID, Name: x.user.Name, On: honne.DateOf(x.now())})
	if _, err := keep(f, "decided", signed); err != nil {
		return e, fmt.Errorf("web: sign: %w", err)
	}
	return e, nil
}
