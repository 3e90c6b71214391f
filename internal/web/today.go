package web

import (
	"fmt"
	"net/http"
	"strconv"

	"honne"
	"honne/internal/auth"
)

// todayPage answers: what needs me today. At most seven lines.
type todayPage struct {
	Frame
	Message string
	Items   []TodayItem
	Start   bool // nothing exists yet
}

// TodayItem is one line with its own action.
type TodayItem struct {
	What, Why, Action, Href string
	State                   Tag
}

const todayLines = 7

func (a *app) showToday(w http.ResponseWriter, v *visit) error {
	page := todayPage{Frame: v.frame("today", v.t("nav.today"))}
	if !v.may(auth.Read, auth.Overview) {
		page.Message = v.t("today.nothing")
		return v.show(w, http.StatusOK, "today", page)
	}
	list, err := v.distributors()
	if err != nil {
		return err
	}
	page.Start = len(list) == 0
	var waiting, missing, asks []TodayItem
	for _, d := range list {
		page.Sample = page.Sample || d.Sample
		files, err := a.Store.Files(v.Context(), d.ID)
		if err != nil {
			return fmt.Errorf("web: list files: %w", err)
		}
		waiting = append(waiting, v.waitingFiles(d, files)...)
		_, p, err := v.pictureOf(d)
		if err != nil {
			return err
		}
		missing = append(missing, v.missingReports(d, p)...)
		if len(p.Next) > 0 {
			asks = append(asks, TodayItem{What: v.name(d), Why: v.t("today.ask", honne.Word("give", "need."+string(p.Next[0].Give)),
				honne.Count("n", len(p.Next[0].Unlocks))), Action: v.t("today.open"), Href: base(d)})
		}
	}
	page.Items = append(append(waiting, missing...), asks...)
	total := len(waiting) + len(missing)
	page.Items = page.Items[:min(len(page.Items), todayLines)]
	page.Message = v.t("today.nothing")
	if total > 0 {
		page.Message = v.t("today.message", honne.Count("files", len(waiting)), honne.Count("reports", len(missing)))
	}
	return v.show(w, http.StatusOK, "today", page)
}

func (v *visit) waitingFiles(d honne.Distributor, files []honne.StoredFile) []TodayItem {
	var out []TodayItem
	for _, f := range files {
		if f.State != honne.FileToResolve && f.State != honne.FileReady {
			continue
		}
		out = append(out, TodayItem{What: f.Path, Why: v.name(d), State: v.state(f.State), Action: v.t("today.review"),
			Href: "/intake/" + strconv.FormatInt(int64(f.ID), 10)})
	}
	return out
}

// missingReports are the reports whose agreed day has passed.
func (v *visit) missingReports(d honne.Distributor, p honne.Picture) []TodayItem {
	var out []TodayItem
	for _, w := range p.Waiting {
		if w.Late == 0 {
			continue
		}
		out = append(out, TodayItem{What: v.name(d), Action: v.t("intake.remind"), Href: remindLink(d, w),
			Why: v.t("today.missing", honne.Word("series", "series."+string(w.Series)), honne.Over("period", w.Period), honne.Day("day", w.Due))})
	}
	return out
}
