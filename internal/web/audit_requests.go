package web

import (
	"fmt"
	"net/http"
	"slices"
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
	return x.requestsPage(w, http.StatusOK, v.fields(), honne.Entry[honne.EvidenceRequest]{})
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

// requestsPage shows the list as it stands; typed is a line whose form comes back.
func (x *assessed) requestsPage(w http.ResponseWriter, status int, f *fields, typed honne.Entry[honne.EvidenceRequest]) error {
	list, err := x.requests()
	if err != nil {
		return err
	}
	page := requestsPage{Frame: x.frame(x.t("audit.requests")), Errors: f.list(), Code: x.entry.Code(), Heading: x.t("audit.requests"),
		Purpose: x.entry.Body.Purpose, Writes: x.entry.Body.Closed == 0 && x.may(auth.Write, auth.Audits), Back: x.at("")}
	page.Crumbs = append(page.Crumbs, Choice{Label: page.Heading})
	for _, d := range honne.AllDimensions {
		group := RequestGroup{Name: x.t("dimension." + d.Slug)}
		for _, e := range list {
			if e.Body.Dimension != d.Slug {
				continue
			}
			row := x.requestRow(e.Body)
			if typed.Number == e.Number {
				e.Body = typed.Body
			}
			row.Form = x.requestForm(f, e)
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
	i := slices.IndexFunc(list, func(e honne.Entry[honne.EvidenceRequest]) bool { return strconv.Itoa(e.Number) == f.text("number") })
	if i < 0 {
		return honne.ErrNotFound
	}
	e := list[i]
	e.Body = answeredRequest(f, e)
	if e, err = keep(f, ofRequest("refused", e.Number), e); err != nil {
		return fmt.Errorf("web: note evidence: %w", err)
	}
	if len(f.order) > 0 {
		return x.requestsPage(w, http.StatusUnprocessableEntity, f, e)
	}
	return v.redirect(w, x.at("/requests")+"?done=noted#r"+strconv.Itoa(e.Number))
}

// answeredRequest is a line with the answer that the form holds.
func answeredRequest(f *fields, e honne.Entry[honne.EvidenceRequest]) honne.EvidenceRequest {
	b, n := e.Body, e.Number
	b.Due, b.Received = f.day(ofRequest("due", n)), f.day(ofRequest("received", n))
	b.Grade, b.Refused = honne.Grade(f.text(ofRequest("grade", n))), f.text(ofRequest("refused", n))
	if b.Received != 0 && b.Grade == "" || b.Grade != "" && !slices.Contains(honne.AllGrades, b.Grade) {
		f.fail(ofRequest("grade", n), f.v.t("audit.bad.grade"))
	}
	return b
}

// ofRequest is the name of a line's own field: one page holds the forms of all.
func ofRequest(field string, number int) string { return field + "-" + strconv.Itoa(number) }

// RequestForm is the form of one line, filled with what stands there.
type RequestForm struct {
	Number, Version int
	Due, Received   Input
	Grade           Pick
	Refused         Input
	Open            bool // it comes back with something to mend
}

func (x *assessed) requestForm(f *fields, e honne.Entry[honne.EvidenceRequest]) RequestForm {
	grades := []Choice{{}}
	for _, g := range honne.AllGrades {
		grades = append(grades, Choice{Href: string(g), Label: x.t("grade." + string(g)), Current: g == e.Body.Grade})
	}
	own := func(field, label, kind, value string) Input {
		name := ofRequest(field, e.Number)
		return Input{Name: name, Label: x.t(label), Type: kind, Value: value, Error: f.errors[name]}
	}
	form := RequestForm{Number: e.Number, Version: e.N, Due: own("due", "request.due", "date", dateValue(e.Body.Due)),
		Received: own("received", "request.received", "date", dateValue(e.Body.Received)), Refused: own("refused", "request.why", "text", e.Body.Refused)}
	grade := own("grade", "criterion.grade", "", "")
	form.Grade = Pick{Name: grade.Name, Label: grade.Label, Error: grade.Error, Options: grades}
	form.Open = form.Due.Error+form.Received.Error+form.Grade.Error+form.Refused.Error != ""
	return form
}
