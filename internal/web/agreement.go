package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"honne"
	"honne/internal/auth"
	"honne/internal/japan"
	"honne/internal/lang"
	"honne/internal/store"
)

// agreementPage is one promise: who does what by when, where it was said, what
// became of it, the question that settles it, and every version.
type agreementPage struct {
	Frame
	Code, Heading, Message string
	State, Standing        Tag
	Rows                   []Detail
	Quote                  string
	Mail                   Linked
	Errors                 []Problem
	Writes, Proposed       bool
	Open, Committed        bool
	Gone                   bool // dismissed
	Path                   string
	N                      int
	Done, NewDue           Input
	LateWhy, DropWhy       Input
	Closing                []Letter
	Unfit                  []UnfitRow // words of ours in the question
	History                []EntryVersion
}

// Detail is a line of what is known.
type Detail struct {
	Name, Value, Lang string
	Href              string
}

// agreement is the promise that the address names, with whose it is.
type agreement struct {
	*visit
	honne.Entry[honne.Promise]
	d       honne.Distributor
	history []honne.Entry[honne.Promise]
	on      honne.Date
}

func (v *visit) agreement() (*agreement, error) {
	n, err := codeNumber(honne.EntryPromise, v.PathValue("code"))
	if err != nil {
		return nil, err
	}
	history, err := store.EntryHistory[honne.Promise](v.Context(), v.app.Store, n)
	if err != nil {
		return nil, fmt.Errorf("web: read agreement: %w", err)
	}
	x := &agreement{visit: v, Entry: history[len(history)-1], history: history}
	if err := v.seen(x.Distributor); err != nil {
		return nil, err
	}
	if x.d, err = v.app.Store.Distributor(v.Context(), x.Distributor); err != nil {
		return nil, fmt.Errorf("web: find distributor: %w", err)
	}
	at, err := v.asOf(x.d)
	if err != nil {
		return nil, err
	}
	if x.on = at.Known; x.on == 0 {
		post, err := v.post(x.d)
		if err != nil {
			return nil, err
		}
		x.on = v.today(post.on)
	}
	return x, nil
}

func (a *app) showAgreement(w http.ResponseWriter, v *visit, x *agreement) error {
	return x.render(w, http.StatusOK, v.fields())
}

func (x *agreement) render(w http.ResponseWriter, status int, f *fields) error {
	p := x.Body
	page := agreementPage{Frame: x.frame("portfolio", x.Code()), Code: x.Code(), Heading: x.inWords(p.What), State: x.promiseState(x.Entry, x.on),
		Errors: f.list(), Path: agreementLink(x.Entry), N: x.N, Gone: x.Withdrawn,
		Writes: x.may(auth.Write, auth.Reviews)}
	page.Title = x.Code() + x.t("comma") + x.name(x.d)
	page.Sample, page.Crumbs = x.d.Sample, x.crumbs(x.d, Choice{Href: base(x.d) + "/agreements", Label: x.t("tab.agreements")}, Choice{Label: x.Code()})
	if page.Proposed = x.By == 0; !page.Proposed {
		page.Standing = x.standing(p)
	}
	page.Open, page.Committed = p.Outcome == honne.PromiseOpen && !x.Withdrawn, p.Standing == honne.PromiseCommitted
	page.Message, page.Rows = x.message(), x.details()
	if p.Mail == 0 { // what a message says is in their own words
		page.Unfit = x.unfit(p.What)
	}
	if p.Mail != 0 {
		page.Quote = quoted(p)
		page.Mail = Linked{Text: x.letterName(x.d, p.Mail, p.At)}
		if x.may(auth.Read, auth.Signals) {
			page.Mail.Href = x.mailLink(x.d, p.Mail)
		}
	}
	page.Done = f.input("kept-on", "date", cmp.Or(f.text("kept-on"), x.on.String())).must()
	page.NewDue = f.input("new-due", "date", f.text("new-due")).must()
	page.LateWhy, page.DropWhy = f.input("late-why", "", f.text("late-why")).must(), f.input("drop-why", "", f.text("drop-why")).must()
	if page.Open {
		for _, l := range [...]lang.Language{lang.JA, lang.EN} {
			page.Closing = append(page.Closing, Letter{Lang: string(l), Text: x.closing(l, p, x.on)})
		}
	}
	page.History = x.versions()
	return x.show(w, status, "agreement", page)
}

// quoted is a promise in the words of its message.
func quoted(p honne.Promise) string { return cmp.Or(p.Quote, p.What.JA, p.What.EN) }

// message says in one sentence who owes what by when.
func (x *agreement) message() string {
	p := x.Body
	who := string(p.By)
	switch {
	case x.Withdrawn:
		return x.t("agreement.says.dismissed")
	case x.By == 0:
		return x.t("agreement.says.proposed")
	case japan.KeptLate(p) > 0:
		return x.t("agreement.says.kept-late."+who, honne.Day("day", p.Done), honne.Count("n", japan.KeptLate(p)))
	case p.Outcome == honne.PromiseKept, p.Outcome == honne.PromiseLate && p.Done != 0:
		return x.t("agreement.says.kept."+who, honne.Day("day", p.Done))
	case p.Outcome == honne.PromiseLate:
		return x.t("agreement.says.late."+who, honne.Day("day", p.Due))
	case p.Outcome == honne.PromiseDropped:
		return x.t("agreement.says.dropped." + who)
	case p.Standing != honne.PromiseCommitted:
		return x.t("agreement.says." + string(p.Standing))
	case p.Due == 0:
		return x.t("agreement.says.no-day." + who)
	case businessDays(p.Due, x.on) > 0:
		return x.t("agreement.says.past."+who, honne.Day("day", p.Due), honne.Count("n", businessDays(p.Due, x.on)))
	}
	return x.t("agreement.says.due."+who, honne.Day("day", p.Due), honne.Count("n", businessDays(x.on, p.Due)))
}

// details are what is known of the promise.
func (x *agreement) details() []Detail {
	p := x.Body
	var out []Detail
	add := func(key, value, lang string) {
		if value != "" {
			out = append(out, Detail{Name: x.t("agreement." + key), Value: value, Lang: lang})
		}
	}
	add("by", x.t("side."+string(p.By)), "")
	for _, f := range [...][2]string{{"what-ja", p.What.JA}, {"what-en", p.What.EN}} {
		if p.Mail == 0 || f[1] != quoted(p) { // else it stands below, in the words of the message
			add(f[0], f[1], string(tongue(f[1], lang.EN)))
		}
	}
	add("much", p.Much, string(tongue(p.Much, x.lang)))
	due := x.lang.Date(p.Due)
	if n := len(p.Moves); n > 0 {
		due += x.t("comma") + x.t("agreement.moved", honne.Count("n", n), honne.Day("day", p.FirstDue()))
	}
	add("due", cmp.Or(due, x.t("agreement.no-due")), "")
	add("owner", p.Owner, string(tongue(p.Owner, x.lang)))
	add("form", x.t("agreement.form."+string(p.Form)), "")
	add("made", x.lang.Date(p.Made), "")
	return out
}

// postAgreement keeps what a person says of a promise: a new version.
func (a *app) postAgreement(w http.ResponseWriter, v *visit, x *agreement) error {
	act := v.PathValue("act")
	f := v.fields()
	e := x.Entry
	e.Body.Moves = slices.Clone(e.Body.Moves)
	e.Why, e.By = "", v.user.ID
	if !x.change(act, f, &e) {
		return honne.ErrNotFound
	}
	if len(f.order) > 0 {
		return x.render(w, http.StatusUnprocessableEntity, f)
	}
	return x.enter(w, e, act)
}

// enter keeps a version behind the one that the form showed.
func (x *agreement) enter(w http.ResponseWriter, e honne.Entry[honne.Promise], done string) error {
	seen, err := strconv.Atoi(x.FormValue("n"))
	if err != nil {
		return &honne.Invalid{Field: "n", What: honne.Say("intake.no-form")}
	}
	e.N = seen
	to := agreementLink(e) + "?done=agreement-" + done
	if x.FormValue("list") != "" {
		to = base(x.d) + "/agreements?done=agreement-" + done
	}
	_, err = store.Enter(x.Context(), x.app.Store, e)
	if errors.Is(err, honne.ErrConflict) {
		return x.redirect(w, agreementLink(e)+"?done=agreement-others")
	}
	if err != nil {
		return fmt.Errorf("web: keep agreement: %w", err)
	}
	return x.redirect(w, to)
}

// change does what a person asks for to a version; false for what cannot be
// asked for. A settled or dismissed promise is taken up before anything else.
func (x *agreement) change(act string, f *fields, e *honne.Entry[honne.Promise]) bool {
	p := &e.Body
	open := p.Outcome == honne.PromiseOpen && !e.Withdrawn
	switch {
	case act == "reopen" && !open:
		p.Outcome, p.Done, e.Withdrawn = honne.PromiseOpen, 0, false
		return true
	case !open:
		return false
	}
	switch act {
	case "confirm":
	case "dismiss":
		e.Withdrawn = true
	case "kept":
		x.keep(f, p)
	case "late":
		e.Why = f.required("late-why")
		p.Outcome = honne.PromiseLate
	case "drop":
		e.Why = f.required("drop-why")
		p.Outcome = honne.PromiseDropped
	case "move":
		x.move(f, p)
	default:
		return false
	}
	return true
}

// keep notes the day on which a promise was kept: by its day, or after it.
func (x *agreement) keep(f *fields, p *honne.Promise) {
	f.required("kept-on")
	p.Done = f.day("kept-on")
	p.Outcome = honne.PromiseKept
	switch {
	case p.Done == 0:
	case p.Done > honne.DateOf(x.now()):
		f.fail("kept-on", x.t("form.kept-on.future"))
	case japan.KeptLate(*p) > 0:
		p.Outcome = honne.PromiseLate
	}
}

// move changes the day that a promise is due.
func (x *agreement) move(f *fields, p *honne.Promise) {
	f.required("new-due")
	day := f.day("new-due")
	if day != 0 && day == p.Due {
		f.fail("new-due", x.t("form.new-due.same"))
	}
	by := honne.Side(f.text("moved-by"))
	if by != honne.Ours && by != honne.Theirs {
		by = p.By
	}
	p.Moves = append(p.Moves, honne.PromiseMove{On: honne.DateOf(x.now()), From: p.Due, By: by, Agreed: f.text("agreed") != ""})
	p.Due = day
}
