package web

import (
	"fmt"
	"math"
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
	Code, Href       string
	JA, EN           string
	OursJA, OursEN   string
	Metric, Progress string
	Due              string
	Owners           string
	Every            string
	Dropped, Closed  string // why
	Extended         bool
	Late             string // that its day lies behind the day of notice
	Behind           bool   // so it does, and the page says it above
	State            Tag
}

// PlanForm is the form of an action; texts stand in both languages, Japanese
// first.
type PlanForm struct {
	What, Ours, Consequence [2]Input
	Metric, Every           Pick
	Start                   Pick // of an action that stands; a new one starts at the freeze
	Target, Begun, Due      Input
	Owners                  [2]Input
	Open                    bool // it comes back with something to mend
}

// cadences are how often an action is looked at.
var cadences = []string{"month", "quarter", "year"}

// planForm is the form of an action with what was typed over it.
func (x *assessed) planForm(f *fields, b honne.PlanAction, frozen honne.Picture) PlanForm {
	field := func(name, label, kind, stands string) Input {
		return Input{Name: name, Label: x.t(label), Type: kind, Value: f.typed(name, stands), Error: f.errors[name]}
	}
	both := func(name, label string, stands honne.Both) [2]Input {
		return [2]Input{field(name+"-ja", label+"-ja", "text", stands.JA).speaks("ja"), field(name+"-en", label+"-en", "text", stands.EN).speaks("en")}
	}
	p := PlanForm{What: both("what", "action.what", b.What), Ours: both("ours", "finding.ours", b.Ours), Consequence: both("consequence", "action.consequence", b.Consequence),
		Target: field("target", "action.target", "text", ""), Due: field("action-due", "request.due", "date", dateValue(b.Due)),
		Owners: [2]Input{field("owner-ours", "action.owner-ours", "text", b.OwnerOurs), field("owner-theirs", "action.owner-theirs", "text", b.OwnerTheirs)},
		Metric: Pick{Name: "metric", Label: x.t("action.metric"), Error: f.errors["metric"]}, Every: Pick{Name: "every", Label: x.t("action.every")}}
	p.Target.Hint = x.t("action.target.hint")
	metric := f.typed("metric", b.Metric)
	for _, m := range frozen.Measures {
		if m.Known && m.Measure.Slug != offRecord {
			p.Metric.Options = append(p.Metric.Options, Choice{Href: m.Measure.Slug, Label: x.t("measure."+m.Measure.Slug) + " (" + x.measured(m) + ")", Current: m.Measure.Slug == metric})
		}
	}
	for _, every := range cadences {
		p.Every.Options = append(p.Every.Options, Choice{Href: every, Label: x.t("every." + every), Current: every == f.typed("every", b.Every)})
	}
	p.Open = f.text("do") == "action"
	return p
}

// withPlan adds the corrective plan, its progress measured by the figures of
// today, and shows the page.
func (x *assessed) withPlan(w http.ResponseWriter, status int, page outcomePage, frozen honne.Picture, f *fields) error {
	today, err := x.picture(x.distributor)
	if err != nil {
		return err
	}
	for _, n := range x.assessment.Actions {
		page.Actions = append(page.Actions, x.actionRow(n, today))
		if n.Body.Dropped == "" {
			page.Unfit = append(page.Unfit, x.unfitAction(n.Body)...)
		}
	}
	page.sayOnce()
	page.Underway, page.Most = x.underway(today, 0), mostActions
	page.MayPlan = page.MayPlan && page.Underway < mostActions
	page.Plan = x.planForm(f, honne.PlanAction{}, frozen)
	return x.show(w, status, "outcome", page)
}

// unfitAction are the words of an action that a partner should not read; what hangs
// on it may say a legal word plainly.
func (x *assessed) unfitAction(b honne.PlanAction) []UnfitRow {
	plainly := slices.DeleteFunc(x.unfit(b.Consequence), func(u UnfitRow) bool { return u.Legal && !u.Block })
	return append(x.unfit(b.What, b.Ours), plainly...)
}

// sayOnce moves the warnings of the actions above them, each once; what the
// decision says already is not said again.
func (page *outcomePage) sayOnce() {
	for i := range page.Actions {
		row := &page.Actions[i]
		if row.Late == "" {
			continue
		}
		if row.Late != page.DeadlineWarning && !slices.Contains(page.Late, row.Late) {
			page.Late = append(page.Late, row.Late)
		}
		row.Late, row.Behind = "", true
	}
}

// measured is where a measure stands, in its unit.
func (x *assessed) measured(m honne.Judged) string { return x.reading(m.Value, m.Unit, m.Result) }

// underway counts the actions that are neither dropped nor done, but for one.
func (x *assessed) underway(today honne.Picture, but int) (n int) {
	for _, a := range x.assessment.Actions {
		if a.Number != but && audit.Standing(a.Body, today).Waits() {
			n++
		}
	}
	return n
}

// set is a start or a target in the unit of its measure: it has no numerator and
// denominator of its own.
func (x *assessed) set(f float64, m honne.Judged) string {
	return x.reading(f, m.Unit, honne.Result{Measure: m.Measure})
}

// actionRow is an action with how far it is: closed only by what the figures say.
func (x *assessed) actionRow(n honne.Numbered[honne.PlanAction], today honne.Picture) ActionRow {
	b := n.Body
	row := ActionRow{Code: honne.EntryCode(honne.EntryPlanAction, n.Number), Href: x.at("/actions/" + strconv.Itoa(n.Number)), JA: b.What.JA, EN: b.What.EN, OursJA: b.Ours.JA, OursEN: b.Ours.EN,
		Due: x.day(b.Due), Owners: b.OwnerOurs + " / " + b.OwnerTheirs, Every: x.t("every." + b.Every), Metric: x.t("measure." + b.Metric), Dropped: b.Dropped, Closed: b.Closed, Extended: b.Extended}
	row.State, row.Progress = Tag{Word: x.t("action.open")}, x.t("action.unknown")
	if m, ok := today.Known(b.Metric); ok {
		row.Progress = x.t("action.progress", honne.Text("start", x.set(b.Start, m)), honne.Text("now", x.measured(m)), honne.Text("target", x.set(b.Target, m)))
	}
	if b.Dropped == "" {
		row.Late = x.noticeWarning(b.Due)
	}
	switch audit.Standing(b, today) {
	case audit.ActionDropped:
		row.State, row.Progress = Tag{Word: x.t("action.dropped")}, ""
	case audit.ActionDone:
		row.State = Tag{Class: "ok", Mark: "tick", Word: x.t("action.done")}
	case audit.ActionReached:
		row.State = Tag{Class: "info", Word: x.t("action.reached")}
	case audit.ActionPassed:
		row.State = Tag{Class: "warn", Mark: "watch", Word: x.t("action.due-passed")}
	}
	return row
}

// plan adds an action to the corrective plan: its start comes from the measure.
func (x *assessed) plan(f *fields) error {
	frozen, err := x.frozen()
	switch {
	case err != nil:
		return err
	case !x.may(auth.Write, auth.Reviews):
		return honne.ErrNotFound
	}
	today, err := x.picture(x.distributor)
	if err != nil {
		return err
	}
	b := x.actionFrom(f, honne.PlanAction{Audit: x.entry.Number, Begun: honne.DateOf(x.now())}, frozen, today)
	if x.underway(today, 0) >= mostActions {
		f.fail("what-ja", x.t("action.bad.many"))
	}
	if len(f.order) > 0 {
		return nil
	}
	if _, err := store.Enter(x.Context(), x.app.Store, honne.Entry[honne.PlanAction]{Distributor: x.distributor.ID, Body: b, By: x.user.ID}); err != nil {
		return fmt.Errorf("web: keep action: %w", err)
	}
	return nil
}

// offRecord is the measure that no action is measured by: where an action starts
// stands in what is handed over.
const offRecord = "said-meant-gap"

// actionFrom reads the form over what stands. The start is a figure of the record,
// never typed: as the audit froze it, or as it stands today.
func (x *assessed) actionFrom(f *fields, b honne.PlanAction, frozen, today honne.Picture) honne.PlanAction {
	was := b
	b.What = honne.Both{EN: f.shared("what-en"), JA: f.shared("what-ja")}
	b.Ours = honne.Both{EN: f.shared("ours-en"), JA: f.shared("ours-ja")}
	b.Consequence = honne.Both{EN: f.shared("consequence-en"), JA: f.shared("consequence-ja")}
	b.Metric, b.Due, b.OwnerOurs, b.OwnerTheirs, b.Every = f.text("metric"), f.day("action-due"), f.text("owner-ours"), f.text("owner-theirs"), oneOf(f.text("every"), cadences)
	m, ok := frozen.Known(b.Metric)
	start := f.text("start")
	if start == "today" || !ok && start == "" && b.Metric == was.Metric {
		m, ok = today.Known(b.Metric)
	}
	target, err := strconv.ParseFloat(f.text("target"), 64)
	switch {
	case b.What.EN == "" || b.What.JA == "":
		f.fail("what-ja", x.t("action.bad.what"))
	case !ok || b.Metric == offRecord:
		f.fail("metric", x.t("action.bad.metric"))
	case err != nil:
		f.fail("target", x.t("action.bad.target"))
	case b.Due == 0 || b.OwnerOurs == "" || b.OwnerTheirs == "":
		f.fail("action-due", x.t("action.bad.owner"))
	}
	if b.Target = targetOf(target, m.Unit); b.Metric != was.Metric || start != "" {
		b.Start = m.Value
	}
	if b.Metric != was.Metric || b.Start != was.Start || b.Target != was.Target {
		b.Closed = "" // that was closed for another target
		if sense, worse := audit.Worsens(b); worse {
			f.fail("target", x.t("action.bad.worse-"+string(sense), honne.Text("target", x.set(b.Target, m)), honne.Text("start", x.set(b.Start, m)), honne.Word("measure", "measure."+b.Metric)))
		}
		x.stillToReach(f, b, m, today)
	}
	return b
}

// stillToReach refuses a target that the figures of today reach already: nothing
// would be left to do.
func (x *assessed) stillToReach(f *fields, b honne.PlanAction, m honne.Judged, today honne.Picture) {
	if now, ok := today.Known(b.Metric); ok {
		m = now
	}
	if len(f.order) == 0 && audit.Reached(b, m.Value) {
		f.fail("target", x.t("action.bad.reached", honne.Text("now", x.measured(m))))
	}
}

// targetSaid writes a target as targetOf reads it.
func targetSaid(f float64, u honne.ValueUnit) string {
	scale := targetOf(1, u)
	return strconv.FormatFloat(math.Round(f/scale*1e6)/1e6, 'f', -1, 64)
}

// targetOf reads a target in the unit in which the measure is shown: 90 for 90 %.
func targetOf(f float64, u honne.ValueUnit) float64 {
	switch u {
	case honne.UnitRatio, honne.UnitGrowth, honne.UnitPoints:
		return f / 100
	}
	return f
}
