package web

import (
	"fmt"
	"net/http"
	"slices"

	"honne"
	"honne/internal/audit"
	"honne/internal/auth"
	"honne/internal/store"
)

// actionPage is one action of the corrective plan: how far it is, what can be done
// about it, and every version.
type actionPage struct {
	Frame
	Errors          []Problem
	Heading, Back   string
	Row             ActionRow
	Unfit           []UnfitRow
	Writes          bool
	Plan            PlanForm
	Why             Input
	NewDue, LongWhy Input
	DropWhy         Input
	CloseWhy        Input
	MayClose        bool // its target is reached by records of our own, which close nothing by themselves
	MayTakeUp       bool // it was dropped, and the visitor may take it up again
	TakeUpWhy       Input
	Version         int
	History         []EntryVersion
}

// planned is an action of an audit with all of its versions, and the figures that
// its start and its progress come from.
type planned struct {
	*assessed
	action        honne.Entry[honne.PlanAction]
	history       []honne.Entry[honne.PlanAction]
	frozen, today honne.Picture
}

// planned finds the action of the address.
func (v *visit) planned() (*planned, error) {
	x, err := v.audit()
	if err != nil {
		return nil, err
	}
	n, err := v.number("n")
	if err != nil {
		return nil, err
	}
	p := &planned{assessed: x}
	if p.history, err = store.EntryHistory[honne.PlanAction](v.Context(), v.app.Store, n); err != nil {
		return nil, fmt.Errorf("web: find action: %w", err)
	}
	p.action = p.history[len(p.history)-1]
	if p.action.Body.Audit != x.entry.Number || p.action.Withdrawn {
		return nil, honne.ErrNotFound
	}
	if p.frozen, err = x.frozen(); err != nil {
		return nil, err
	}
	p.today, err = x.picture(x.distributor)
	return p, err
}

func (a *app) showAction(w http.ResponseWriter, v *visit) error {
	p, err := v.planned()
	if err != nil {
		return err
	}
	return p.page(w, http.StatusOK, v.fields(), p.action)
}

// writes reports whether the visitor may change actions; one that was dropped is
// only taken up again.
func (p *planned) writes() bool { return p.may(auth.Write, auth.Reviews) }

func (p *planned) dropped() bool { return p.action.Body.Dropped != "" }

// closable reports whether a person closes the action: no file of theirs can.
func (p *planned) closable() bool {
	return audit.Standing(p.action.Body, p.today) == audit.ActionReached
}

func (p *planned) page(w http.ResponseWriter, status int, f *fields, e honne.Entry[honne.PlanAction]) error {
	page := actionPage{Frame: p.frame(p.t("action.title")), Errors: f.list(), Heading: p.both(p.action.Body.What), Back: p.at("/outcome") + "#plan", Version: e.N, Writes: p.writes() && !p.dropped(), MayTakeUp: p.writes() && p.dropped(),
		Row: p.actionRow(honne.Numbered[honne.PlanAction]{Number: e.Number, Body: p.action.Body}, p.today)}
	page.Row.Href, page.Unfit = "", p.unfitAction(p.action.Body) // it is this page
	page.Crumbs = append(page.Crumbs, Choice{Href: p.at("/outcome"), Label: p.t("audit.outcome")}, Choice{Label: p.t("action.title")})
	page.Plan = p.form(f, p.action.Body)
	page.Why, page.DropWhy = f.input("why", "", f.text("why")), f.input("drop-why", "", f.text("drop-why")).must()
	page.CloseWhy, page.MayClose = f.input("close-why", "", f.text("close-why")).must(), page.Writes && p.closable()
	page.TakeUpWhy = f.input("take-up-why", "", f.text("take-up-why")).must()
	page.NewDue, page.LongWhy = f.input("new-due", "date", f.text("new-due")).must(), f.input("extend-why", "", f.text("extend-why")).must()
	wrote, err := p.authors(honne.EntryPlanAction, e.Number)
	if err != nil {
		return err
	}
	for i, h := range p.history {
		row := EntryVersion{N: h.N, Why: h.Why, Changes: []string{p.t("history.entered")}}
		if i > 0 {
			before := p.history[i-1].Body
			row.Changes = p.changes(p.words(before), p.words(h.Body))
			if h.Body.Extended && !before.Extended {
				row.Changes = append([]string{p.t("action.extended")}, row.Changes...)
			}
		}
		name, at := wrote(h.N, h.By, h.At)
		row.Who, row.At = name, p.lang.Instant(at)
		page.History = append(page.History, row)
	}
	slices.Reverse(page.History)
	return p.show(w, status, "action", page)
}

// form is the form of an action that stands: it may also begin on another day, and
// start anew from the figures.
func (p *planned) form(f *fields, b honne.PlanAction) PlanForm {
	form := p.planForm(f, b, p.frozen)
	form.Begun = Input{Name: "action-begun", Label: p.t("action.begun"), Type: "date", Value: f.typed("action-begun", dateValue(b.Begun)), Error: f.errors["action-begun"]}
	form.Start = Pick{Name: "start", Label: p.t("action.start")}
	for _, c := range []Choice{{Href: "", Label: p.t("action.start.kept", honne.Text("start", p.words(b)[startWord].Value))}, {Href: "frozen", Label: p.t("action.start.frozen")}, {Href: "today", Label: p.t("action.start.today")}} {
		c.Current = c.Href == f.text("start")
		form.Start.Options = append(form.Start.Options, c)
	}
	if m, ok := p.metric(b.Metric); ok {
		form.Target.Value = f.typed("target", targetSaid(b.Target, m.Unit))
	}
	return form
}

// metric is the measure of an action, as it was frozen or as it stands.
func (p *planned) metric(slug string) (honne.Judged, bool) {
	if m, ok := p.frozen.Known(slug); ok {
		return m, ok
	}
	return p.today.Known(slug)
}

// startWord is where words says the start.
const startWord = 1

// words are all that an action says.
func (p *planned) words(b honne.PlanAction) []Detail {
	start, target := p.lang.Number(b.Start, 2), p.lang.Number(b.Target, 2)
	if m, ok := p.metric(b.Metric); ok {
		start, target = p.set(b.Start, m), p.set(b.Target, m)
	}
	said := func(key, value string) Detail { return Detail{Name: p.t(key), Value: value} }
	return []Detail{said("action.metric", p.t("measure."+b.Metric)), said("action.start", start), said("action.target", target),
		said("action.begun", p.day(b.Begun)), said("request.due", p.day(b.Due)), said("action.dropped", b.Dropped), said("action.closed", b.Closed),
		said("action.owner-ours", b.OwnerOurs), said("action.owner-theirs", b.OwnerTheirs), said("action.every", p.t("every."+b.Every)),
		said("action.what-ja", b.What.JA), said("action.what-en", b.What.EN), said("finding.ours-ja", b.Ours.JA), said("finding.ours-en", b.Ours.EN),
		said("action.consequence-ja", b.Consequence.JA), said("action.consequence-en", b.Consequence.EN)}
}

// postAction keeps a new version of an action: changed, extended, dropped or taken
// up again.
func (a *app) postAction(w http.ResponseWriter, v *visit) error {
	p, err := v.planned()
	switch {
	case err != nil:
		return err
	case !p.writes() || p.dropped() != (v.FormValue("do") == "take-up") || v.FormValue("do") == "close" && !p.closable():
		return honne.ErrNotFound
	}
	f, e := v.fields(), p.action
	e.Why = ""
	switch f.text("do") {
	case "take-up":
		p.takeUp(f, &e)
	case "extend":
		p.extend(f, &e)
	case "drop":
		e.Body.Dropped = f.required("drop-why")
	case "close":
		e.Body.Closed = f.required("close-why")
	default:
		p.change(f, &e)
	}
	if e, err = keep(f, "what-ja", e); err != nil {
		return fmt.Errorf("web: keep action: %w", err)
	}
	if len(f.order) > 0 {
		return p.page(w, http.StatusUnprocessableEntity, f, e)
	}
	return v.redirect(w, p.at("/outcome")+"?done=decided#plan")
}

// change keeps what the form says. The day moves to a later one by an extension
// alone, and an action that was done takes no sixth place by a new target.
func (p *planned) change(f *fields, e *honne.Entry[honne.PlanAction]) {
	was := e.Body
	e.Body, e.Why = p.actionFrom(f, was, p.frozen, p.today), f.text("why")
	e.Body.Begun = f.day("action-begun")
	if e.Body.Due > was.Due {
		f.fail("action-due", p.t("action.bad.later"))
	}
	if e.Body.Due != 0 && e.Body.Begun > e.Body.Due {
		f.fail("action-begun", p.t("audit.bad.period"))
	}
	if audit.Standing(e.Body, p.today).Waits() && p.underway(p.today, e.Number) >= mostActions {
		f.fail("what-ja", p.t("action.bad.many"))
	}
}

// extend moves the day of an action, once and for a reason (domain 3.7).
func (p *planned) extend(f *fields, e *honne.Entry[honne.PlanAction]) {
	e.Why = f.required("extend-why")
	f.required("new-due")
	due := f.day("new-due")
	switch {
	case e.Body.Extended:
		f.fail("new-due", p.t("action.bad.extended"))
	case due != 0 && due <= e.Body.Due:
		f.fail("new-due", p.t("action.bad.earlier"))
	}
	e.Body.Due, e.Body.Extended = due, true
}

// takeUp takes a dropped action up again, for a reason and where there is a place
// for it. Its day stays as it was: it moves by an extension alone.
func (p *planned) takeUp(f *fields, e *honne.Entry[honne.PlanAction]) {
	e.Why, e.Body.Dropped = f.required("take-up-why"), ""
	if audit.Standing(e.Body, p.today).Waits() && p.underway(p.today, e.Number) >= mostActions {
		f.fail("take-up-why", p.t("action.bad.many"))
	}
}
