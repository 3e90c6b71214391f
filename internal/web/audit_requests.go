package web

import (
	"fmt"
	"net/http"
	"strconv"

	"honne"
	"honne/internal/auth"
	"honne/internal/store"
)

// requestsPage is the list of evidence that the partner is asked for.
type requestsPage struct {
	Frame
	Errors        []Problem
	Code, Heading string
	Purpose       honne.Both
	Groups        []RequestGroup
	Grades        []Choice
	Open, All     int
	Writes        bool
	Back          string
}

// RequestGroup are the lines of one dimension.
type RequestGroup struct {
	Name string
	Rows []RequestRow
}

func (a *app) showRequests(w http.ResponseWriter, v *visit) error {
	x, err := v.audit()
	if err != nil {
		return err
	}
	return x.requestsPage(w, http.StatusOK, v.fields())
}

// requests are the lines of this audit, with their numbers.
func (x *assessed) requests() ([]honne.Entry[honne.EvidenceRequest], error) {
	list, err := store.Entries[honne.EvidenceRequest](x.Context(), x.app.Store, x.distributor.ID)
	if err != nil {
		return nil, fmt.Errorf("web: list of evidence: %w", err)
	}
	var out []honne.Entry[honne.EvidenceRequest]
	for _, e := range list {
		if e.Body.Audit == x.entry.Number {
			out = append(out, e)
		}
	}
	return out, nil
}

func (x *assessed) requestsPage(w http.ResponseWriter, status int, f *fields) error {
	list, err := x.requests()
	if err != nil {
		return err
	}
	page := requestsPage{Frame: x.frame(x.t("audit.requests")), Errors: f.list(), Code: x.entry.Code(), Heading: x.t("audit.requests"),
		Purpose: x.entry.Body.Purpose, Writes: x.entry.Body.Closed == 0 && x.may(auth.Write, auth.Audits), Back: x.at("")}
	page.Crumbs = append(page.Crumbs, Choice{Label: page.Heading})
	for _, g := range []honne.Grade{honne.GradeA, honne.GradeB, honne.GradeC, honne.GradeD} {
		page.Grades = append(page.Grades, Choice{Href: string(g), Label: x.t("grade." + string(g))})
	}
	for _, d := range honne.AllDimensions {
		group := RequestGroup{Name: x.t("dimension." + d.Slug)}
		for _, e := range list {
			if e.Body.Dimension != d.Slug {
				continue
			}
			row := x.requestRow(e.Body)
			row.Number, row.Version = e.Number, e.N
			page.All++
			page.Open += btoi(row.Open)
			group.Rows = append(group.Rows, row)
		}
		if len(group.Rows) > 0 {
			page.Groups = append(page.Groups, group)
		}
	}
	return x.show(w, status, "requests", page)
}

// postRequests notes what came of one line: received, or why it is not provided,
// which is an answer.
func (a *app) postRequests(w http.ResponseWriter, v *visit) error {
	x, err := v.audit()
	switch {
	case err != nil:
		return err
	case x.entry.Body.Closed != 0 || !v.may(auth.Write, auth.Audits):
		return honne.ErrNotFound
	}
	list, err := x.requests()
	if err != nil {
		return err
	}
	f := v.fields()
	for _, e := range list {
		if strconv.Itoa(e.Number) != f.text("number") {
			continue
		}
		e.N, _ = strconv.Atoi(f.text("version"))
		e.Body.Due, e.Body.Received, e.Body.Grade, e.Body.Refused = f.day("due"), f.day("received"), honne.Grade(f.text("grade")), f.text("refused")
		if e.Body.Received != 0 && e.Body.Grade == "" {
			f.fail("grade", v.t("audit.bad.grade"))
		}
		if len(f.order) > 0 {
			return x.requestsPage(w, http.StatusUnprocessableEntity, f)
		}
		e.By = v.user.ID
		if _, err := store.Enter(v.Context(), a.Store, e); err != nil {
			return fmt.Errorf("web: note evidence: %w", err)
		}
		return v.redirect(w, x.at("/requests")+"?done=noted#r"+strconv.Itoa(e.Number))
	}
	return honne.ErrNotFound
}
