package web

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/audit"
	"honne/internal/auth"
	"honne/internal/japan"
)

// auditing is what the audits of all distributors ask for today: decisions first,
// then the audits themselves, then the actions to look at.
type auditing struct {
	lines        []auditLine
	open, missed int // decisions that are open again, actions past their day
}

// auditLine is a line about an audit with its place.
type auditLine struct {
	TodayItem
	kind audit.DateKind
	day  honne.Date
	past bool
}

// auditDates are the days that matter in the audits of a distributor; none for who
// sees no audits.
func (v *visit) auditDates(d honne.Distributor) ([]audit.Dated, error) {
	if !v.may(auth.Read, auth.Audits) {
		return nil, nil
	}
	g, err := v.glance(d)
	return g.audits, err
}

// addAudits takes what is past its day, or due within a week. Actions stand with
// what the side owes that acts: ours, where we do anything for it.
func (all *agenda) addAudits(v *visit, d honne.Distributor, p honne.Picture) error {
	list, err := v.auditDates(d)
	on := v.today(p.AsOf)
	until := japan.National().AddBusinessDays(on, weekAhead)
	for _, x := range list {
		switch {
		case x.On > until || x.Kind == audit.CheckDue && x.On < on: // whether a look was taken is nowhere noted
		case x.Kind == audit.ActionDue:
			all.takeAction(v, d, x, on)
		default:
			all.audits.take(v, d, x, on)
		}
	}
	return err
}

func (all *agenda) takeAction(v *visit, d honne.Distributor, x audit.Dated, on honne.Date) {
	item := TodayItem{What: v.inWords(x.Action.Body.What), Why: v.name(d) + v.t("comma") + v.t("today.due", honne.Day("day", x.On)),
		Action: v.t("today.open"), Href: auditLink(x.Audit) + "/outcome"}
	if x.On < on {
		item.State = Tag{Class: "warn", Mark: "watch", Word: v.t("action.due-passed")}
		all.audits.missed++
	}
	side := honne.Theirs
	if x.Action.Body.Ours != (honne.Both{}) {
		side = honne.Ours
	}
	all.promises.due = append(all.promises.due, dueItem{item, side, x.On, x.On < on})
}

func (a *auditing) take(v *visit, d honne.Distributor, x audit.Dated, on honne.Date) {
	item := TodayItem{What: v.name(d), Action: v.t("today.open"), Href: auditLink(x.Audit),
		Why: v.t("today.audit."+string(x.Kind), honne.Text("code", honne.EntryCode(honne.EntryAudit, x.Audit)), honne.Day("day", x.On))}
	late := x.On < on
	switch {
	case x.Kind == audit.DecisionDue:
		item.Href += "/outcome"
		if late {
			a.open++
			item.State = Tag{Class: "warn", Mark: "watch", Word: v.t("today.decision-open")}
		}
	case x.Kind == audit.CheckDue:
		item.Href += "/outcome"
		item.Why += v.t("colon") + v.inWords(x.Action.Body.What)
	case late && x.Kind == audit.AuditDue:
		item.State = Tag{Class: "warn", Mark: "watch", Word: v.t("action.due-passed")}
	}
	a.lines = append(a.lines, auditLine{item, x.Kind, x.On, late})
}

func auditLink(number int) string { return "/audits/" + honne.EntryCode(honne.EntryAudit, number) }

// items are the lines that are past their day, which are ours to do, or those due.
func (a *auditing) items(past bool) (out []TodayItem) {
	weight := map[audit.DateKind]int{audit.DecisionDue: 0, audit.AuditDue: 1, audit.AuditAgain: 1, audit.CheckDue: 2}
	slices.SortStableFunc(a.lines, func(x, y auditLine) int {
		return cmp.Or(cmp.Compare(weight[x.kind], weight[y.kind]), cmp.Compare(x.day, y.day))
	})
	for _, x := range a.lines {
		if x.past == past {
			out = append(out, x.TodayItem)
		}
	}
	return out
}

// reopened says that the decision of this audit is open again, "" while it stands.
func (x *assessed) reopened() (string, error) {
	p, err := x.picture(x.distributor)
	if err != nil {
		return "", err
	}
	for _, d := range audit.Dates(slices.Concat(x.all, x.later), p) {
		if d.Kind == audit.DecisionDue && d.Audit == x.entry.Number && d.On < x.today(p.AsOf) {
			return x.t("outcome.reopened", honne.Day("day", d.On)), nil
		}
	}
	return "", nil
}
