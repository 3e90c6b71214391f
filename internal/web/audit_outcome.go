package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"honne"
	"honne/internal/audit"
	"honne/internal/auth"
	"honne/internal/store"
)

// mostActions is how many actions a corrective plan has at a time (domain 3.7).
const mostActions = 5

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
	Signed                []string
	MaySign, MayDecide    bool
	Version               int
	Actions               []ActionRow
	MayPlan               bool
	Metrics               []Choice
	Reports               []Choice
}

// PathView is one of the three paths.
type PathView struct {
	Value, Name string
	Recommended bool
	Decided     bool
}

// ActionRow is an action of the corrective plan.
type ActionRow struct {
	Code             string
	JA, EN           string
	OursJA, OursEN   string
	Metric, Progress string
	Due              string
	Owners           string
	Every            string
	State            Tag
	Number, Version  int
}

func (a *app) showOutcome(w http.ResponseWriter, v *visit) error {
	x, err := v.audit()
	if err != nil {
		return err
	}
	return x.outcomePage(w, http.StatusOK, v.fields())
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

func (x *assessed) outcomePage(w http.ResponseWriter, status int, f *fields) error {
	p, err := x.frozen()
	if err != nil {
		return err
	}
	e, err := x.decision()
	if err != nil {
		return err
	}
	o := p.Outcome
	page := outcomePage{Frame: x.frame(x.t("audit.outcome")), Errors: f.list(), Code: x.entry.Code(), Heading: x.t("audit.outcome"), Back: x.at(""),
		Recommended: x.t("report.outcome." + string(o.Recommendation)), Focus: o.Focus, Hold: o.Hold,
		OwnSide: x.sayAll(o.OwnSide), Trace: x.sayAll(o.Trace), Needs: x.sayAll(o.Needs), Why: e.Body.Why, Version: e.N,
		Contingency: e.Body.Contingency, Refused: e.Body.Refused != 0,
		MayDecide: x.may(auth.Write, auth.Search) && !o.Hold, MayPlan: x.may(auth.Write, auth.Reviews)}
	page.Crumbs = append(page.Crumbs, Choice{Label: page.Heading})
	for _, d := range o.Decisive {
		page.Decisive = append(page.Decisive, x.decisive(d))
	}
	for _, r := range []honne.Recommendation{honne.Renew, honne.CorrectiveAction, honne.TransitionConsider} {
		page.Paths = append(page.Paths, PathView{Value: string(r), Name: x.t("path." + string(r)), Recommended: o.Recommendation == r, Decided: e.Body.Decided == r})
	}
	page.Deadline = f.input("deadline", "date", dateValue(e.Body.Deadline))
	page.DeadlineWarning = x.noticeWarning(e.Body.Deadline)
	x.signatures(&page, e.Body)
	return x.withPlan(w, status, page, p)
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

// withPlan adds the corrective plan, its progress measured by the figures of
// today, and shows the page.
func (x *assessed) withPlan(w http.ResponseWriter, status int, page outcomePage, frozen honne.Picture) error {
	list, err := store.Entries[honne.PlanAction](x.Context(), x.app.Store, x.distributor.ID)
	if err != nil {
		return fmt.Errorf("web: read plan: %w", err)
	}
	_, today, err := x.pictureOf(x.distributor)
	if err != nil {
		return err
	}
	for _, e := range list {
		if e.Body.Audit == x.entry.Number {
			page.Actions = append(page.Actions, x.actionRow(e, today))
		}
	}
	page.MayPlan = page.MayPlan && len(page.Actions) < mostActions
	for _, m := range frozen.Measures {
		if m.Known {
			page.Metrics = append(page.Metrics, Choice{Href: m.Measure.Slug, Label: x.t("measure."+m.Measure.Slug) + " (" + x.reading2(m) + ")"})
		}
	}
	return x.show(w, status, "outcome", page)
}

func (x *assessed) reading2(m honne.Judged) string { return x.visit.reading(m.Value, m.Unit, m.Result) }

// actionRow is an action with how far it is: closed only by what the figures say.
func (x *assessed) actionRow(e honne.Entry[honne.PlanAction], today honne.Picture) ActionRow {
	b := e.Body
	row := ActionRow{Code: e.Code(), JA: b.What.JA, EN: b.What.EN, OursJA: b.Ours.JA, OursEN: b.Ours.EN, Due: x.day(b.Due), Number: e.Number, Version: e.N,
		Owners: b.OwnerOurs + " / " + b.OwnerTheirs, Every: x.t("every." + b.Every), Metric: x.t("measure." + b.Metric)}
	i := slices.IndexFunc(today.Measures, func(m honne.Judged) bool { return m.Measure.Slug == b.Metric })
	row.State = Tag{Word: x.t("action.open")}
	switch {
	case b.Dropped != "":
		row.State = Tag{Word: x.t("action.dropped")}
	case i < 0 || !today.Measures[i].Known:
		row.Progress = x.t("action.unknown")
	default:
		m := today.Measures[i]
		row.Progress = x.t("action.progress", honne.Text("start", x.visit.reading(b.Start, m.Unit, m.Result)), honne.Text("now", x.reading2(m)),
			honne.Text("target", x.visit.reading(b.Target, m.Unit, m.Result)))
		if audit.Reached(b, m.Value) {
			row.State = Tag{Class: "ok", Mark: "tick", Word: x.t("action.done")}
		} else if b.Due != 0 && b.Due < today.AsOf {
			row.State = Tag{Class: "warn", Mark: "watch", Word: x.t("action.due-passed")}
		}
	}
	return row
}

// postOutcome keeps a decision, a signature or an action of the plan.
func (a *app) postOutcome(w http.ResponseWriter, v *visit) error {
	x, err := v.audit()
	if err != nil {
		return err
	}
	f := v.fields()
	switch f.text("do") {
	case "sign":
		err = x.sign()
	case "action":
		err = x.plan(f)
	default:
		err = x.decide(f)
	}
	if err != nil {
		return err
	}
	if len(f.order) > 0 {
		return x.outcomePage(w, http.StatusUnprocessableEntity, f)
	}
	return v.redirect(w, x.at("/outcome")+"?done=decided")
}

// decide keeps what a person decided and why; a changed decision has to be signed
// again.
func (x *assessed) decide(f *fields) error {
	p, err := x.frozen()
	if err != nil {
		return err
	}
	e, err := x.decision()
	switch {
	case err != nil:
		return err
	case !x.may(auth.Write, auth.Search) || p.Outcome.Hold:
		return honne.ErrNotFound
	}
	d := honne.Decision{Audit: x.entry.Number, Recommended: p.Outcome.Recommendation, Decided: honne.Recommendation(f.text("decided")), Why: f.text("why"),
		Deadline: f.day("deadline"), Contingency: f.text("contingency") != "", Refused: e.Body.Refused}
	if f.text("refused") != "" && d.Refused == 0 {
		d.Refused = honne.DateOf(x.visit.now())
	}
	if !slices.Contains([]honne.Recommendation{honne.Renew, honne.CorrectiveAction, honne.TransitionConsider}, d.Decided) {
		f.fail("decided", x.t("outcome.bad.path"))
	}
	if d.Why == "" {
		f.fail("why", x.t("outcome.bad.why"))
	}
	if len(f.order) > 0 {
		return nil
	}
	e.N, _ = strconv.Atoi(f.text("version"))
	e.Body, e.By = d, x.user.ID
	if _, err := store.Enter(x.Context(), x.app.Store, e); err != nil {
		return fmt.Errorf("web: keep decision: %w", err)
	}
	return nil
}

// sign adds the visitor's signature, once.
func (x *assessed) sign() error {
	e, err := x.decision()
	if err != nil {
		return err
	}
	var page outcomePage
	if x.signatures(&page, e.Body); !page.MaySign {
		return honne.ErrNotFound
	}
	e.Body.Signed = append(slices.Clone(e.Body.Signed), honne.Signature{By: x.user.ID, Name: x.user.Name, On: honne.DateOf(x.visit.now())})
	e.By = x.user.ID
	if _, err := store.Enter(x.Context(), x.app.Store, e); err != nil {
		return fmt.Errorf("web: sign: %w", err)
	}
	return nil
}

// plan adds an action to the corrective plan: its start comes from the measure.
func (x *assessed) plan(f *fields) error {
	p, err := x.frozen()
	switch {
	case err != nil:
		return err
	case !x.may(auth.Write, auth.Reviews):
		return honne.ErrNotFound
	}
	b := honne.PlanAction{Audit: x.entry.Number, What: honne.Both{EN: f.text("what-en"), JA: f.text("what-ja")}, Ours: honne.Both{EN: f.text("ours-en"), JA: f.text("ours-ja")},
		Metric: f.text("metric"), Begun: honne.DateOf(x.visit.now()), Due: f.day("action-due"), OwnerOurs: f.text("owner-ours"), OwnerTheirs: f.text("owner-theirs"),
		Every: f.text("every"), Consequence: honne.Both{EN: f.text("consequence-en"), JA: f.text("consequence-ja")}}
	i := slices.IndexFunc(p.Measures, func(m honne.Judged) bool { return m.Measure.Slug == b.Metric && m.Known })
	target, err := strconv.ParseFloat(f.text("target"), 64)
	switch {
	case b.What.EN == "" || b.What.JA == "":
		f.fail("what-ja", x.t("action.bad.what"))
	case i < 0:
		f.fail("metric", x.t("action.bad.metric"))
	case err != nil:
		f.fail("target", x.t("action.bad.target"))
	case b.Due == 0 || b.OwnerOurs == "" || b.OwnerTheirs == "":
		f.fail("action-due", x.t("action.bad.owner"))
	case len(x.assessment.Actions) >= mostActions:
		f.fail("what-ja", x.t("action.bad.many"))
	}
	if len(f.order) > 0 {
		return nil
	}
	b.Start, b.Target = p.Measures[i].Value, targetOf(target, p.Measures[i].Unit)
	if _, err := store.Enter(x.Context(), x.app.Store, honne.Entry[honne.PlanAction]{Distributor: x.distributor.ID, Body: b, By: x.user.ID}); err != nil {
		return fmt.Errorf("web: keep action: %w", err)
	}
	return nil
}

// targetOf reads a target in the unit in which the measure is shown: 90 for 90 %.
func targetOf(f float64, u honne.ValueUnit) float64 {
	switch u {
	case honne.UnitRatio, honne.UnitGrowth, honne.UnitPoints:
		return f / 100
	}
	return f
}
