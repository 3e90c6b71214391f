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
	Back, Ask     string
	Files         []string // of the partner in intake, for the lines
	Add           AddRequest
}

// AddRequest is the form of a line of the auditor's own.
type AddRequest struct {
	Dimension Pick
	JA, EN    Input
}

// RequestGroup are the lines of one dimension.
type RequestGroup struct {
	Name string
	Rows []RequestRow
}

func (a *app) showRequests(w http.ResponseWriter, v *visit, x *assessed) error {
	return x.requestsPage(w, http.StatusOK, v.fields(), nil)
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
func (x *assessed) requestsPage(w http.ResponseWriter, status int, f *fields, typed *honne.Entry[honne.EvidenceRequest]) error {
	list, err := x.requests()
	if err != nil {
		return err
	}
	files, err := x.files()
	if err != nil {
		return err
	}
	page := requestsPage{Frame: x.frame(x.t("audit.requests")), Errors: f.list(), Code: x.entry.Code(), Heading: x.t("audit.requests"),
		Purpose: x.entry.Body.Purpose, Writes: x.asks(), Back: x.at(""), Ask: x.at("/requests/ask"),
		Add: x.addRequest(f)}
	for _, file := range slices.Backward(files) {
		page.Files = append(page.Files, fileLabel(file))
	}
	page.Crumbs = append(page.Crumbs, Choice{Label: page.Heading})
	for _, d := range honne.AllDimensions {
		group := RequestGroup{Name: x.t("dimension." + d.Slug)}
		for _, e := range list {
			if e.Body.Dimension != d.Slug {
				continue
			}
			row := x.requestRow(e.Body)
			if typed != nil && typed.Number == e.Number {
				e.Body = typed.Body
			}
			row.Form = x.requestForm(f, e, files)
			page.All += btoi(row.LeftOut == "")
			page.Open += btoi(row.Open)
			group.Rows = append(group.Rows, row)
		}
		if len(group.Rows) > 0 {
			page.Groups = append(page.Groups, group)
		}
	}
	return x.show(w, status, "requests", page)
}

// files are those of the partner that came to intake, for who sees them.
func (x *assessed) files() ([]honne.StoredFile, error) {
	if !x.may(auth.Read, auth.Figures) {
		return nil, nil
	}
	list, err := x.app.Store.Files(x.Context(), x.distributor.ID)
	if err != nil {
		return nil, fmt.Errorf("web: list files: %w", err)
	}
	return list, nil
}

// fileLabel names a file in a field, so that two of one name are told apart.
func fileLabel(f honne.StoredFile) string {
	return strconv.FormatInt(int64(f.ID), 10) + ": " + f.Path
}

func (x *assessed) addRequest(f *fields) AddRequest {
	chosen := f.text("request-dimension")
	if d, ok := dimensionOf(x.URL.Query().Get("dimension")); ok && chosen == "" {
		chosen = d.Slug
	}
	not := x.notApplicable(x.entry.Body.Pack)
	var options []Choice
	for _, d := range honne.AllDimensions {
		if !slices.Contains(not, d.Slug) {
			options = append(options, Choice{Href: d.Slug, Label: x.t("dimension." + d.Slug), Current: d.Slug == chosen})
		}
	}
	return AddRequest{f.pick("request-dimension", options), f.input("request-ja", "", f.text("request-ja")).must().speaks("ja"),
		f.input("request-en", "", f.text("request-en")).must().speaks("en")}
}

// postAdded adds a line of the auditor's own, which the partner reads.
func (x *assessed) postAdded(w http.ResponseWriter) error {
	f := x.fields()
	e := honne.Entry[honne.EvidenceRequest]{Distributor: x.distributor.ID, By: x.user.ID, Body: honne.EvidenceRequest{Audit: x.entry.Number,
		Dimension: f.text("request-dimension"), What: honne.Both{JA: f.shared("request-ja"), EN: f.shared("request-en")}}}
	f.required("request-ja")
	f.required("request-en")
	if !slices.ContainsFunc(x.addRequest(f).Dimension.Options, func(c Choice) bool { return c.Current }) {
		f.fail("request-dimension", x.t("form.required", honne.Word("field", "form.request-dimension")))
	}
	if len(f.order) > 0 {
		return x.requestsPage(w, http.StatusUnprocessableEntity, f, nil)
	}
	e, err := store.Enter(x.Context(), x.app.Store, e)
	if err != nil {
		return fmt.Errorf("web: add to the list of evidence: %w", err)
	}
	return x.redirect(w, x.at("/requests")+"?done=request-added#r"+strconv.Itoa(e.Number))
}

// postRequests adds a line, or notes what came of one: received, why it is not
// provided, which is an answer, or why it is left out.
func (a *app) postRequests(w http.ResponseWriter, v *visit) error {
	x, err := v.audit()
	switch {
	case err != nil:
		return err
	case !x.asks():
		return honne.ErrNotFound
	case v.FormValue("do") == "add":
		return x.postAdded(w)
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
	files, err := x.files()
	if err != nil {
		return err
	}
	e := list[i]
	e.Body = x.answeredRequest(f, e, files)
	if e, err = keep(f, ofRequest("refused", e.Number), e); err != nil {
		return fmt.Errorf("web: note evidence: %w", err)
	}
	if len(f.order) > 0 {
		return x.requestsPage(w, http.StatusUnprocessableEntity, f, &e)
	}
	return v.redirect(w, x.at("/requests")+"?done=noted#r"+strconv.Itoa(e.Number))
}

// answeredRequest is a line with the answer that the form holds.
func (x *assessed) answeredRequest(f *fields, e honne.Entry[honne.EvidenceRequest], files []honne.StoredFile) honne.EvidenceRequest {
	b, n := e.Body, e.Number
	b.Due, b.Received = f.day(ofRequest("due", n)), f.day(ofRequest("received", n))
	b.Grade, b.Refused = honne.Grade(f.text(ofRequest("grade", n))), f.text(ofRequest("refused", n))
	b.LeftOut = f.text(ofRequest("left-out", n))
	if x.may(auth.Read, auth.Figures) {
		came := honne.Date(0)
		if b.File, came = fileFrom(f, ofRequest("file", n), files); b.Received == 0 && b.Refused == "" {
			b.Received = came
		}
	}
	if b.Received != 0 && b.Grade == "" || b.Grade != "" && !slices.Contains(honne.AllGrades, b.Grade) {
		f.fail(ofRequest("grade", n), f.v.t("audit.bad.grade"))
	}
	if b.LeftOut != "" && b.Received != 0 {
		f.fail(ofRequest("left-out", n), f.v.t("request.bad.left-out"))
	}
	return b
}

// fileFrom is the file that a field names, with the day on which it came; an empty
// field names none.
func fileFrom(f *fields, name string, files []honne.StoredFile) (honne.FileID, honne.Date) {
	named := f.text(name)
	if named == "" {
		return 0, 0
	}
	for _, file := range slices.Backward(files) {
		if named == fileLabel(file) || named == file.Path {
			return file.ID, file.Receipt.Day()
		}
	}
	f.fail(name, f.v.t("request.bad.file", honne.Text("name", named)))
	return 0, 0
}

// ofRequest is the name of a line's own field: one page holds the forms of all.
func ofRequest(field string, number int) string { return field + "-" + strconv.Itoa(number) }

// RequestForm is the form of one line, filled with what stands there.
type RequestForm struct {
	Number, Version int
	Due, Received   Input
	Grade           Pick
	Refused         Input
	File, LeftOut   Input
	Open            bool // it comes back with something to mend
}

func (x *assessed) requestForm(f *fields, e honne.Entry[honne.EvidenceRequest], files []honne.StoredFile) RequestForm {
	grades := []Choice{{}}
	for _, g := range honne.AllGrades {
		grades = append(grades, Choice{Href: string(g), Label: x.t("grade." + string(g)), Current: g == e.Body.Grade})
	}
	own := func(field, label, kind, value string) Input {
		name := ofRequest(field, e.Number)
		return Input{Name: name, Label: x.t(label), Type: kind, Value: value, Error: f.errors[name]}
	}
	form := RequestForm{Number: e.Number, Version: e.N, Due: own("due", "request.due", "date", dateValue(e.Body.Due)),
		Received: own("received", "request.received", "date", dateValue(e.Body.Received)), Refused: own("refused", "request.why", "text", e.Body.Refused),
		LeftOut: own("left-out", "request.left-out.why", "text", e.Body.LeftOut)}
	if x.may(auth.Read, auth.Figures) {
		form.File = own("file", "request.file", "text", f.text(ofRequest("file", e.Number)))
		form.File.List, form.File.Hint = "files", x.t("request.file.hint")
		if i := slices.IndexFunc(files, func(s honne.StoredFile) bool { return s.ID == e.Body.File }); i >= 0 && form.File.Error == "" {
			form.File.Value = fileLabel(files[i])
		}
	}
	grade := own("grade", "criterion.grade", "", "")
	form.Grade = Pick{Name: grade.Name, Label: grade.Label, Error: grade.Error, Options: grades}
	form.Open = form.Due.Error+form.Received.Error+form.Grade.Error+form.Refused.Error+form.File.Error+form.LeftOut.Error != ""
	return form
}
