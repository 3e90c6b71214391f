package web

import (
	"fmt"
	"net/http"
	"strconv"

	"honne"
	"honne/internal/audit"
	"honne/internal/auth"
	"honne/internal/store"
)

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

func (a *app) showClose(w http.ResponseWriter, v *visit, x *assessed) error {
	page := closePage{Frame: x.frame(v.t("close.title")), Code: x.entry.Code(), Heading: v.t("close.title"), Back: x.at(""), Version: x.entry.N,
		Closed: x.entry.Body.Closed != 0, MayHold: v.may(auth.Write, auth.RedFlags)}
	page.Crumbs = append(page.Crumbs, Choice{Label: page.Heading})
	page.MayClose = x.hears() && !page.Closed
	if page.MayHold {
		page.Held = x.entry.Body.Held
	}
	_, day, err := x.keys()
	if err != nil {
		return err
	}
	page.Text = x.closing(day)
	return v.show(w, http.StatusOK, "close", page)
}

// closing says what closing does, or did, to keys that end on a day.
func (x *assessed) closing(day honne.Date) string {
	switch {
	case x.entry.Body.Closed != 0:
		return x.t("close.done", honne.Day("on", x.entry.Body.Closed), honne.Day("day", day))
	case day > x.forgetDay():
		return x.t("close.text.late", honne.Day("day", day), honne.Count("days", audit.KeptDays))
	case day != 0:
		return x.t("close.text.set", honne.Day("day", day), honne.Count("days", audit.KeptDays))
	}
	return x.t("close.text", honne.Day("day", honne.DateOf(x.now())+audit.KeptDays))
}

// forgetDay is the day on which what was said in the audit is to be forgotten,
// whoever holds it.
func (x *assessed) forgetDay() honne.Date { return audit.ForgetDay(x.assessment) }

// over reports whether that day has come: nobody is heard off the record any more,
// also where the keys are held longer, or come with notice.
func (x *assessed) over() bool {
	day := x.forgetDay()
	return day != 0 && day <= honne.DateOf(x.now())
}

// keys returns whether the audit has keys, and the day on which they are destroyed
// as everybody may know it: a hold is nobody's but counsel's.
func (x *assessed) keys() (are bool, day honne.Date, err error) {
	day, are, err = x.forgetOn()
	if !are || x.entry.Body.Held != "" {
		day = x.forgetDay()
	}
	return are, day, err
}

// forgetOn is the day as the keys are to bear it, 0 while counsel holds them; and
// whether there are keys.
func (x *assessed) forgetOn() (day honne.Date, are bool, err error) {
	keyed, err := x.app.Store.KeyedAudits(x.Context())
	if err != nil {
		return 0, false, fmt.Errorf("web: find keys: %w", err)
	}
	bear, are := keyed[x.entry.Number]
	if x.entry.Body.Held == "" {
		day = audit.ForgetOn(x.assessment, bear, honne.DateOf(x.now()))
	}
	return day, are, nil
}

// settleKeys has the keys bear that day at once. The job that forgets sets it again
// before it does, so nothing is lost where this is not reached.
func (x *assessed) settleKeys() error {
	day, _, err := x.forgetOn()
	if err != nil {
		return err
	}
	return x.app.Store.ForgetVoicesOn(x.Context(), x.entry.Number, day)
}

// postClose closes the audit, and sets the day on which its voices are forgotten.
func (a *app) postClose(w http.ResponseWriter, v *visit, x *assessed) error {
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
func (a *app) postHold(w http.ResponseWriter, v *visit, x *assessed) error {
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
	x.assessment.Audit = x.entry.Body
	return x.settleKeys()
}
