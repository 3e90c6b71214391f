package web

import (
	"cmp"
	"fmt"
	"slices"

	"honne"
	"honne/internal/auth"
	"honne/internal/japan"
	"honne/internal/store"
)

// promised is what the promises of all distributors ask for today.
type promised struct {
	due                  []dueItem
	oursPast, theirsPast int
	unread               []unread
}

// dueItem is a promise that is past its day, or due within a week.
type dueItem struct {
	TodayItem
	by   honne.Side
	day  honne.Date
	past bool
}

// unread are the proposals of one distributor.
type unread struct {
	name, href string
	n          int
}

// weekAhead is the business days within which a promise is due "this week".
const weekAhead = 5

func (p *promised) add(v *visit, d honne.Distributor, on honne.Date) error {
	if !v.may(auth.Read, auth.Reviews) {
		return nil
	}
	list, err := store.Entries[honne.Promise](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return fmt.Errorf("web: list agreements: %w", err)
	}
	proposals := unread{name: v.name(d), href: base(d) + "/agreements#h-proposals"}
	until := japan.National().AddBusinessDays(on, weekAhead)
	for _, e := range list {
		switch {
		case e.By == 0:
			proposals.n++
		case standing(e) && e.Body.Due != 0 && e.Body.Due <= until:
			p.take(v, d, e, on)
		}
	}
	if proposals.n > 0 {
		p.unread = append(p.unread, proposals)
	}
	return p.addSteps(v, d, on)
}

// addSteps takes the steps against dependency that are past their day, or due
// within a week: all of them are ours.
func (p *promised) addSteps(v *visit, d honne.Distributor, on honne.Date) error {
	if !v.may(auth.Read, auth.Search) {
		return nil
	}
	list, err := store.Entries[honne.StrategyStep](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return fmt.Errorf("web: list steps against dependency: %w", err)
	}
	until := japan.National().AddBusinessDays(on, weekAhead)
	for _, e := range list {
		if e.Body.Done != 0 || e.Body.Due > until {
			continue
		}
		row := v.step(d, e, on)
		item := TodayItem{What: row.What, Why: v.name(d) + v.t("comma") + row.Owner + v.t("comma") + v.t("today.due", honne.Day("day", e.Body.Due)), Action: v.t("today.open"), Href: row.Href}
		if e.Body.Due < on {
			item.State = row.State
			p.oursPast++
		}
		p.due = append(p.due, dueItem{item, honne.Ours, e.Body.Due, e.Body.Due < on})
	}
	return nil
}

func (p *promised) take(v *visit, d honne.Distributor, e honne.Entry[honne.Promise], on honne.Date) {
	item := TodayItem{What: v.inWords(e.Body.What), Action: v.t("today.open"), Href: agreementLink(e)}
	if past(e, on) {
		item.State = v.promiseState(e, on)
		if e.Body.By == honne.Ours {
			p.oursPast++
		} else {
			p.theirsPast++
		}
	}
	item.Why = v.name(d) + v.t("comma") + v.t("today.due", honne.Day("day", e.Body.Due))
	p.due = append(p.due, dueItem{item, e.Body.By, e.Body.Due, past(e, on)})
}

// overdue lists what a side owes and whose day has passed, the longest overdue first.
func (p *promised) overdue(side honne.Side) (out []TodayItem) {
	for _, x := range p.byDay() {
		if x.past && x.by == side {
			out = append(out, x.TodayItem)
		}
	}
	return out
}

// soon lists what is due within a week, each with whose it is, ours first of a day.
func (p *promised) soon(v *visit) (out []TodayItem) {
	for _, x := range p.byDay() {
		if !x.past {
			x.State = Tag{Word: v.t("today.by." + string(x.by))}
			out = append(out, x.TodayItem)
		}
	}
	return out
}

func (p *promised) byDay() []dueItem {
	slices.SortStableFunc(p.due, func(a, b dueItem) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.by, b.by)) })
	return p.due
}

// proposals are one line, whatever their number; it leads to the distributor
// with the most.
func (p *promised) proposals(v *visit) []TodayItem {
	if len(p.unread) == 0 || !v.may(auth.Write, auth.Reviews) {
		return nil
	}
	slices.SortStableFunc(p.unread, func(a, b unread) int { return b.n - a.n })
	n, of := 0, ""
	for i, u := range p.unread {
		n += u.n
		if i > 0 {
			of += v.t("list.comma")
		}
		of += v.t("today.proposals.of", honne.Text("name", u.name), honne.Count("n", u.n))
	}
	return []TodayItem{{What: v.t("today.proposals", honne.Count("n", n)), Why: of, Action: v.t("today.review"), Href: p.unread[0].href}}
}
