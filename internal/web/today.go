package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"honne"
	"honne/internal/auth"
)

// todayPage answers: what needs me today. At most seven lines stand open; what
// we owe ourselves comes first.
type todayPage struct {
	Frame
	Message string
	Groups  []TodayGroup
	Rest    []TodayGroup // behind a count
	More    int
	Start   bool   // nothing exists yet, and the visitor may begin
	Nobody  bool   // nothing exists yet, and somebody else must begin
	Go      Linked // where to go on when nothing waits
	Why     string // why nothing can wait yet
}

// TodayGroup is lines of one kind.
type TodayGroup struct {
	Title string
	Items []TodayItem
}

// TodayItem is one line with its own action.
type TodayItem struct {
	What, Why, Action, Href string
	State                   Tag
}

const todayLines = 7

// agenda is what waits, gathered over the distributors.
type agenda struct {
	waiting, missing, asks []TodayItem
	files, names           int // how many wait, however few lines say so
	signs                  raised
	promises               promised
	audits                 auditing
}

func (a *app) showToday(w http.ResponseWriter, v *visit) error {
	page := todayPage{Frame: v.frame("today", v.t("nav.today"))}
	if !v.may(auth.Read, auth.Overview) {
		page.Message = v.t("today.nothing")
		page.goOn(v)
		return v.show(w, http.StatusOK, "today", page)
	}
	begins := v.may(auth.Write, auth.Overview)
	page.Start, page.Nobody = begins, !begins
	all, err := v.gather(func(d honne.Distributor) bool {
		page.Start, page.Nobody = false, false
		page.Sample, page.Mixed = page.Sample || d.Sample, page.Mixed || !d.Sample
		return true
	})
	if err != nil {
		return err
	}
	page.Message = all.message(v)
	page.goOn(v)
	page.fill(v, all.groups(v))
	return v.show(w, http.StatusOK, "today", page)
}

// goOn names the next page when nothing waits: an auditor's are the audits.
func (page *todayPage) goOn(v *visit) {
	if v.may(auth.Write, auth.OffRecord) {
		page.Go, page.Nobody, page.Why = Linked{v.t("today.go.audits"), "/audits"}, false, v.t("today.no-audit")
	} else if !page.Nobody && v.may(auth.Read, auth.Overview) {
		page.Go = Linked{v.t("today.go.portfolio"), "/portfolio"}
	}
}

// gather gathers what waits at the distributors that exist for the visitor and
// are wanted.
func (v *visit) gather(wanted func(honne.Distributor) bool) (all agenda, err error) {
	list, err := v.distributors()
	if err != nil {
		return all, err
	}
	for _, d := range list {
		if !wanted(d) {
			continue
		}
		if err := all.add(v, d); err != nil {
			return all, err
		}
	}
	return all, nil
}

// groups are the lines in the order of the page: what is past its day, ours first,
// then signs, what is due, what waits for a decision, what is high besides, and what is
// lacking.
func (all *agenda) groups(v *visit) []TodayGroup {
	return []TodayGroup{{v.t("today.ours"), slices.Concat(all.promises.overdue(honne.Ours), all.audits.items(true))}, {v.t("today.theirs"), all.promises.overdue(honne.Theirs)}, {v.t("today.signs"), all.signs.items()},
		{v.t("today.dues"), slices.Concat(all.audits.items(false), all.promises.soon(v), all.signs.feelings)},
		{v.t("today.decide-on"), slices.Concat(all.waiting, all.promises.proposals(v))}, {v.t("signs.apart"), all.signs.apart}, {v.t("today.lacking"), slices.Concat(all.missing, all.asks)}}
}

func (all *agenda) add(v *visit, d honne.Distributor) error {
	files, err := v.app.Store.Files(v.Context(), d.ID)
	if err != nil {
		return fmt.Errorf("web: list files: %w", err)
	}
	names, err := v.namesToDecide(d)
	if err != nil {
		return err
	}
	lines, n := v.waitingFiles(d, files)
	all.waiting, all.files, all.names = slices.Concat(all.waiting, lines, v.waitingNames(d, names)), all.files+n, all.names+names
	g, err := v.glance(d)
	if err != nil {
		return err
	}
	p := g.picture
	all.signs.add(v, d, g)
	all.missing = append(all.missing, v.missingReports(d, p)...)
	if len(p.Next) > 0 {
		all.asks = append(all.asks, TodayItem{What: v.name(d), Why: v.t("today.ask", honne.Word("give", "need."+string(p.Next[0].Give)),
			honne.Count("n", len(p.Next[0].Unlocks))), Action: v.t("today.open"), Href: base(d)})
	}
	if err := all.addAudits(v, d, p); err != nil {
		return err
	}
	return all.promises.add(v, d, v.today(p.AsOf))
}

// message says what is late on our side, then what waits.
func (all *agenda) message(v *visit) string {
	switch p := all.promises; {
	case p.oursPast > 0:
		return v.t("today.message.ours", honne.Count("ours", p.oursPast))
	case all.audits.open > 0:
		return v.t("today.message.decisions", honne.Count("n", all.audits.open))
	case all.audits.missed > 0:
		return v.t("today.message.actions", honne.Count("n", all.audits.missed))
	case p.theirsPast > 0:
		return v.t("today.message.theirs", honne.Count("theirs", p.theirsPast))
	case len(all.signs.late) > 0:
		return v.t("today.message.escalated", honne.Count("n", len(all.signs.late)))
	case all.files+all.names+len(all.missing) > 0:
		return v.t("today.message", honne.Text("parts", v.waitingParts(all)))
	case len(all.audits.lines) > 0:
		return v.t("today.message.audits", honne.Count("n", len(all.audits.lines)))
	}
	return v.t("today.nothing")
}

// waitingParts names what waits, each with how much it is.
func (v *visit) waitingParts(all *agenda) string {
	var out []string
	for _, x := range [...]struct {
		of string
		n  int
	}{{"files", all.files}, {"names", all.names}, {"reports", len(all.missing)}} {
		if x.n > 0 {
			out = append(out, v.t("today.part."+x.of, honne.Count("n", x.n)))
		}
	}
	return strings.Join(out, v.t("list.comma"))
}

// fill shows the first lines of all groups, and keeps the rest behind a count.
func (page *todayPage) fill(v *visit, groups []TodayGroup) {
	left := todayLines
	for _, g := range groups {
		n := min(left, len(g.Items))
		left -= n
		if n > 0 {
			page.Groups = append(page.Groups, TodayGroup{g.Title, g.Items[:n]})
		}
		if n < len(g.Items) {
			title := g.Title
			if n > 0 {
				title = v.t("today.continued", honne.Text("title", title))
			}
			page.Rest = append(page.Rest, TodayGroup{title, g.Items[n:]})
			page.More += len(g.Items) - n
		}
	}
}

// waitingFiles are lines of a partner's files that wait, and how many files they are.
func (v *visit) waitingFiles(d honne.Distributor, files []honne.StoredFile) (out []TodayItem, n int) {
	if !v.may(auth.Write, auth.Figures) { // it waits for somebody else
		return nil, 0
	}
	for _, f := range files {
		if f.State != honne.FileToResolve && f.State != honne.FileReady {
			continue
		}
		out = append(out, TodayItem{What: f.Path, Why: v.name(d), State: v.state(f.State), Action: v.t("today.review"),
			Href: fileLink(f.ID)})
	}
	if n = len(out); n > 2 { // a year of files is one thing to do
		return []TodayItem{{What: v.name(d), Why: v.t("next.title.files", honne.Count("n", n)), Action: v.t("today.review"), Href: "/intake?distributor=" + d.Slug}}, n
	}
	return out, n
}

// missingReports are the reports whose agreed day has passed.
func (v *visit) missingReports(d honne.Distributor, p honne.Picture) []TodayItem {
	var out []TodayItem
	for _, w := range p.Waiting {
		if w.Late == 0 {
			continue
		}
		action, href := v.t("today.open"), base(d)
		if v.may(auth.Write, auth.Figures) {
			action, href = v.t("intake.remind"), remindLink(d, w)
		}
		out = append(out, TodayItem{What: v.name(d), Action: action, Href: href,
			Why: v.t("today.missing", honne.Word("series", "series."+string(w.Series)), honne.Over("period", w.Period), honne.Day("day", w.Due))})
	}
	return out
}
