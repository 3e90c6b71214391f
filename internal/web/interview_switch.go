package web

import (
	"fmt"
	"net/http"
	"slices"

	"honne"
)

// postOnRecord puts a note of one's own on the record, which the person who spoke
// agreed to (ux 3.11): with their function and a day, which the note does not
// have. The note is then gone.
func (a *app) postOnRecord(w http.ResponseWriter, v *visit, x *assessed) error {
	row, n, err := x.ownNote()
	switch {
	case err != nil:
		return err
	case row.ID == "": // locked meanwhile
		return v.redirect(w, x.at("/interviews"))
	case x.entry.Body.Closed != 0:
		return honne.ErrNotFound
	case x.entry.Body.Held != "":
		return &honne.Invalid{Field: "note", What: honne.Say("interview.bad.held")}
	case x.counted(n.Pool):
		return &honne.Invalid{Field: "note", What: honne.Say("interview.bad.counted")}
	}
	f := v.fields()
	e := honne.Entry[honne.Interview]{Distributor: x.distributor.ID, By: v.user.ID, Body: honne.Interview{Audit: x.entry.Number, On: f.day("interview-day"),
		Pool: n.Pool, Function: f.required("function"), Language: n.Language, Interpreter: n.Interpreter, Place: n.Place, Asker: n.Asker, Readings: n.Readings, Text: n.Text, TextEN: n.TextEN}}
	if e.Body.On == 0 || e.Body.On > honne.DateOf(x.now()) {
		f.fail("interview-day", x.t("form.made.future"))
	}
	if f.text("agreed") == "" {
		f.fail("agreed", x.t("interview.bad.agreed"))
	}
	if len(f.order) > 0 {
		return x.interviewForm(w, http.StatusUnprocessableEntity, f, "off", n, honne.Entry[honne.Interview]{})
	}
	if _, err := a.Store.PutOnRecord(v.Context(), v.user.ID, row.ID, e); err != nil {
		return fmt.Errorf("web: put on record: %w", err)
	}
	return v.redirect(w, x.at("/interviews")+"?done=on-record")
}

// counted reports whether a number was shown of a group: the others behind it would
// be fewer than it needs if one of them were known. It is asked whether or not this
// note was one of them, which nobody may learn.
func (x *assessed) counted(pool string) bool {
	return slices.ContainsFunc(x.assessment.Released, func(r honne.Released) bool { return r.Pool == pool })
}
