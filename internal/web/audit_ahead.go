package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"honne"
	"honne/internal/audit"
	"honne/internal/auth"
	"honne/internal/japan"
	"honne/internal/report"
)

// aheadView is how a document was gone through with who leads the partner's side
// before the meeting, and the form that notes it.
type aheadView struct {
	Shown                   bool
	Warning                 string
	Rows                    []AheadRow
	MayNote, Open           bool
	Version                 int
	On, With, Meeting, Said Input
}

// AheadRow is one going through, by its place among those of the audit.
type AheadRow struct {
	N          int
	What, Said string
}

// notesAhead: whoever reviews with the partner, and the auditor.
func (x *assessed) notesAhead() bool {
	return x.may(auth.Write, auth.Reviews) || x.may(auth.Write, auth.Audits)
}

// isAhead: a document for the partner is gone through, unless it may not go at all.
func (d *draft) isAhead() bool { return d.edition == report.Partner && d.doc.Title.ID != "" }

func (d *draft) ahead(f *fields) aheadView {
	if !d.isAhead() {
		return aheadView{}
	}
	days, today := japan.OfPartner(d.distributor.Profile), honne.DateOf(d.now())
	view := aheadView{Shown: true, MayNote: d.notesAhead(), Version: d.entry.N, Open: f.text("ahead-on") != "" || len(f.order) > 0,
		On:   f.input("ahead-on", "date", f.typed("ahead-on", dateValue(today))).must(),
		With: f.input("ahead-with", "", f.text("ahead-with")).must(), Meeting: f.input("ahead-meeting", "date", f.text("ahead-meeting")), Said: f.input("ahead-said", "", f.text("ahead-said"))}
	for i, p := range d.entry.Body.Previews {
		if p.Kind == d.kind {
			view.Rows = append(view.Rows, AheadRow{N: i, What: d.say(report.Ahead(p, days)), Said: p.Said})
		}
	}
	if m, warns := audit.Foresee(d.entry.Body.Previews, d.kind, days, today).Warning(); warns {
		view.Warning = d.say(m)
	}
	return view
}

// postAhead notes that a document was gone through, or takes a note back.
func (a *app) postAhead(w http.ResponseWriter, v *visit) error {
	d, err := v.going()
	switch {
	case err != nil:
		return err
	case !d.isAhead() || !d.notesAhead():
		return honne.ErrNotFound
	}
	f, e := v.fields(), d.entry
	e.Body.Previews = slices.Clone(e.Body.Previews)
	if n, err := strconv.Atoi(f.text("back")); err == nil && n >= 0 && n < len(e.Body.Previews) {
		e.Body.Previews = slices.Delete(e.Body.Previews, n, n+1)
	} else {
		e.Body.Previews = append(e.Body.Previews, f.preview(d.kind))
	}
	if d.entry, err = keep(f, "ahead-on", e); err != nil {
		return fmt.Errorf("web: note preview: %w", err)
	}
	if len(f.order) > 0 {
		d.entry.Body.Previews = d.assessment.Audit.Previews
		return d.page(w, http.StatusUnprocessableEntity, f)
	}
	return v.redirect(w, d.at("/publish", "done", "ahead")+"#ahead")
}

// preview reads the form.
func (f *fields) preview(kind string) honne.Preview {
	f.required("ahead-on")
	p := honne.Preview{Kind: kind, On: f.day("ahead-on"), With: f.required("ahead-with"), Meeting: f.day("ahead-meeting"), Said: f.text("ahead-said")}
	if p.On > honne.DateOf(f.v.now()) {
		f.fail("ahead-on", f.v.t("ahead.bad.on"))
	}
	if p.Meeting != 0 && p.Meeting < p.On {
		f.fail("ahead-meeting", f.v.t("ahead.bad.meeting"))
	}
	return p
}
