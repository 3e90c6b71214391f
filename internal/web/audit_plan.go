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

// PlanForm is the form of a new action; texts stand in both languages, Japanese
// first.
type PlanForm struct {
	What, Ours, Consequence [2]Input
	Metric, Every           Pick
	Target, Due             Input
	Owners                  [2]Input
	Open                    bool // it comes back with something to mend
}

// planForm is the form with what was typed.
func (x *assessed) planForm(f *fields, frozen honne.Picture) PlanForm {
	field := func(name, label, kind string) Input {
		return Input{Name: name, Label: x.t(label), Type: kind, Value: f.text(name), Error: f.errors[name]}
	}
	both := func(name, label string) [2]Input {
		return [2]Input{field(name+"-ja", label+"-ja", "text").speaks("ja"), field(name+"-en", label+"-en", "text").speaks("en")}
	}
	p := PlanForm{What: both("what", "action.what"), Ours: both("ours", "finding.ours"), Consequence: both("consequence", "action.consequence"),
		Target: field("target", "action.target", "text"), Due: field("action-due", "request.due", "date"),
		Owners: [2]Input{field("owner-ours", "action.owner-ours", "text"), field("owner-theirs", "action.owner-theirs", "text")},
		Metric: Pick{Name: "metric", Label: x.t("action.metric"), Error: f.errors["metric"]}, Every: Pick{Name: "every", Label: x.t("action.every")}}
	p.Target.Hint = x.t("action.target.hint")
	for _, m := range frozen.Measures {
		if m.Known {
			p.Metric.Options = append(p.Metric.Options, Choice{Href: m.Measure.Slug, Label: x.t("measure."+m.Measure.Slug) + " (" + x.measured(m) + ")",
				Current: m.Measure.Slug == f.text("metric")})
		}
	}
	for _, every := range []string{"month", "quarter", "year"} {
		p.Every.Options = append(p.Every.Options, Choice{Href: every, Label: x.t("every." + every), Current: every == f.text("every")})
	}
	p.Open = f.text("do") == "action"
	return p
}

// withPlan adds the corrective plan, its progress measured by the figures of
// today, and shows the page.
func (x *assessed) withPlan(w http.ResponseWriter, status int, page outcomePage, frozen honne.Picture, f *fields) error {
	list, err := store.Entries[honne.PlanAction](x.Context(), x.app.Store, x.distributor.ID)
	if err != nil {
		return fmt.Errorf("web: read plan: %w", err)
	}
	today, err := x.picture(x.distributor)
	if err != nil {
		return err
	}
	for _, e := range list {
		if e.Body.Audit == x.entry.Number {
			page.Actions = append(page.Actions, x.actionRow(e, today))
		}
	}
	page.MayPlan = page.MayPlan && len(page.Actions) < mostActions
	page.Plan = x.planForm(f, frozen)
	return x.show(w, status, "outcome", page)
}

// measured is where a measure stands, in its unit.
func (x *assessed) measured(m honne.Judged) string { return x.reading(m.Value, m.Unit, m.Result) }

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
		row.Progress = x.t("action.progress", honne.Text("start", x.reading(b.Start, m.Unit, m.Result)), honne.Text("now", x.measured(m)),
			honne.Text("target", x.reading(b.Target, m.Unit, m.Result)))
		if audit.Reached(b, m.Value) {
			row.State = Tag{Class: "ok", Mark: "tick", Word: x.t("action.done")}
		} else if b.Due != 0 && b.Due < today.AsOf {
			row.State = Tag{Class: "warn", Mark: "watch", Word: x.t("action.due-passed")}
		}
	}
	return row
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
		Metric: f.text("metric"), Begun: honne.DateOf(x.now()), Due: f.day("action-due"), OwnerOurs: f.text("owner-ours"), OwnerTheirs: f.text("owner-theirs"),
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
