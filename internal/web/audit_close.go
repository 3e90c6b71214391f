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

// keptDays is how long voices off the record are kept after the report (domain
// 3.8).
const keptDays = 90

// closePage says what closing an audit does before it is done.
type closePage struct {
	Frame
	Code, Heading, Back string
	Text                string
	Closed, MayClose    bool
	MayHold             bool
	Held                string
	Version             int
}

func (a *app) showClose(w http.ResponseWriter, v *visit) error {
	x, err := v.audit()
	if err != nil {
		return err
	}
	page := closePage{Frame: x.frame(v.t("close.title")), Code: x.entry.Code(), Heading: v.t("close.title"), Back: x.at(""), Version: x.entry.N,
		Closed: x.entry.Body.Closed != 0, MayHold: v.may(auth.Write, auth.RedFlags)}
	page.Crumbs = append(page.Crumbs, Choice{Label: page.Heading})
	page.MayClose = x.hears() && !page.Closed
	if page.MayHold {
		page.Held = x.entry.Body.Held
	}
	switch day := x.forgetDay(); {
	case page.Closed:
		page.Text = v.t("close.done", honne.Day("on", x.entry.Body.Closed), honne.Day("day", day))
	case day != 0:
		page.Text = v.t("close.text.set", honne.Day("day", day), honne.Count("days", keptDays))
	default:
		page.Text = v.t("close.text", honne.Day("day", honne.DateOf(v.now())+keptDays))
	}
	return v.show(w, http.StatusOK, "close", page)
}

// forgetDay is the day on which the keys of the audit are destroyed, whoever holds
// them: counted from its first report, for whichever side, or from its closing where
// that came first; 0 before both.
func (x *assessed) forgetDay() honne.Date {
	from := x.entry.Body.Closed
	for _, p := range x.assessment.Publication {
		if slices.Contains(sharedKinds[:], p.Kind) && (from == 0 || p.On < from) {
			from = p.On
		}
	}
	if from == 0 {
		return 0
	}
	return from + keptDays
}

// forgotten reports whether that day has come: nobody can be heard off the record
// any more.
func (x *assessed) forgotten() bool {
	day := x.forgetDay()
	return day != 0 && day <= honne.DateOf(x.now())
}

// forgetOn is the day as the keys bear it; 0 while counsel holds them.
func (x *assessed) forgetOn() honne.Date {
	if x.entry.Body.Held != "" {
		return 0
	}
	return x.forgetDay()
}

// postClose closes the audit, and sets the day on which its voices are forgotten.
func (a *app) postClose(w http.ResponseWriter, v *visit) error {
	x, err := v.audit()
	if err != nil {
		return err
	}
	if !x.hears() || x.entry.Body.Closed != 0 {
		return honne.ErrNotFound
	}
	x.entry.Body.Closed = honne.DateOf(v.now())
	if err := x.settleForgetting(); err != nil {
		return fmt.Errorf("web: close audit: %w", err)
	}
	return v.redirect(w, x.at("/close")+"?done=closed")
}

// postHold stops every deletion of the audit, or lets it go on; nobody but
// counsel knows of it.
func (a *app) postHold(w http.ResponseWriter, v *visit) error {
	x, err := v.audit()
	if err != nil {
		return err
	}
	x.entry.Body.Held = v.fields().text("held")
	if err := x.settleForgetting(); err != nil {
		return fmt.Errorf("web: hold audit: %w", err)
	}
	return v.redirect(w, x.at("/close")+"?done=profile")
}

// settleForgetting keeps the audit as it is now, and the day that follows.
func (x *assessed) settleForgetting() error {
	x.entry.N, _ = strconv.Atoi(x.FormValue("version"))
	x.entry.By = x.user.ID
	if _, err := store.Enter(x.Context(), x.app.Store, x.entry); err != nil {
		return err
	}
	return x.app.Store.ForgetVoicesOn(x.Context(), x.entry.Number, x.forgetOn())
}
