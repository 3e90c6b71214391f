package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"honne"
	"honne/internal/auth"
	"honne/internal/store"
)

// checkInPage writes down a monthly conversation in five minutes: four boxes of
// short lines, each of which becomes an entry.
type checkInPage struct {
	Frame
	Head
	Errors  []Problem
	Setting Pick
	On, Who Input
	Boxes   []CheckBox
	Cancel  string
}

// CheckBox is one of the four: activity, numbers, requests, our side.
type CheckBox struct {
	ID, Title, About string
	Rows, More       []CheckRow
}

// CheckRow is a short line: what kind, what, and a day.
type CheckRow struct {
	Kind Pick
	What Input
	Day  Input // no name: none is asked
	Tick Choice
}

// checkRows is how many lines a box has; the first stand open.
const checkRows, checkOpen = 5, 2

// noReason is the answer that they were asked about a month and gave no reason.
const noReason = "none"

func checkBoxes() []string { return []string{"activity", "numbers", "requests", "our-side"} }

func (a *app) showCheckIn(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	return v.renderCheckIn(w, http.StatusOK, d, v.fields())
}

func (v *visit) renderCheckIn(w http.ResponseWriter, status int, d honne.Distributor, f *fields) error {
	on, err := v.dayAt(d)
	if err != nil {
		return err
	}
	page := checkInPage{Frame: v.frameOf(d, v.t("checkin.title"), Choice{Label: v.t("checkin.title")}), Head: v.head(d, ""), Errors: f.list(), Cancel: base(d)}
	page.On = f.input("checkin-on", "date", cmp.Or(f.text("checkin-on"), on.String())).must()
	page.Who = f.input("said-who", "", f.text("said-who"))
	page.Setting = f.pick("setting", v.words("setting.", f.text("setting"), string(honne.AtCheckIn), string(honne.AtMeeting), string(honne.ByPhone)))
	for _, id := range checkBoxes() {
		box := CheckBox{ID: id, Title: v.t("checkin." + id), About: v.t("checkin." + id + ".about")}
		for i := range checkRows {
			row, err := v.checkRow(f, id, i+1)
			if err != nil {
				return err
			}
			if i < checkOpen {
				box.Rows = append(box.Rows, row)
			} else {
				box.More = append(box.More, row)
			}
		}
		page.Boxes = append(page.Boxes, box)
	}
	return v.show(w, status, "check-in", page)
}

func (v *visit) checkRow(f *fields, box string, i int) (CheckRow, error) {
	n := "-" + strconv.Itoa(i)
	chosen := f.text(box + "-kind" + n)
	row := CheckRow{Kind: Pick{Name: box + "-kind" + n, Label: v.t("checkin." + box + ".kind"), Error: f.errors[box+"-kind"+n]},
		What: Input{Name: box + "-what" + n, Label: v.t("checkin." + box + ".what"), Type: "text", Value: f.text(box + "-what" + n), Error: f.errors[box+"-what"+n]}}
	day := Input{Name: box + "-day" + n, Label: v.t("checkin." + box + ".day"), Type: "date", Value: f.text(box + "-day" + n), Error: f.errors[box+"-day"+n]}
	switch box {
	case "activity":
		row.Kind.Options = wordsOf(v, "activity.", chosen, honne.AllActivityKinds)
		row.Tick = Choice{Href: box + "-tick" + n, Label: v.t("entry.activity.decision-maker"), Current: f.text(box+"-tick"+n) != ""}
	case "numbers":
		book, err := v.book()
		if err != nil {
			return row, err
		}
		row.Kind.Options = []Choice{{Label: v.t("log.find")}, {Href: noReason, Label: v.t("checkin.numbers.none"), Current: chosen == noReason}}
		row.Kind.Groups = v.reasons(book, chosen)
		row.Day = day
		row.Day.Type = "month"
	case "requests":
		row.Kind.Options, row.Day = v.words("side.", chosen, string(honne.Theirs), string(honne.Ours)), day
	default:
		row.Kind.Options, row.Day = wordsOf(v, "our-act.", chosen, honne.AllOurActKinds), day
	}
	return row, nil
}

// wordsOf are the choices of a vocabulary.
func wordsOf[T ~string](v *visit, group, chosen string, all []T) (out []Choice) {
	for _, w := range all {
		out = append(out, Choice{Href: string(w), Label: v.t(group + string(w)), Current: string(w) == chosen})
	}
	return out
}

// checkIn is what was written down, before any of it is kept.
type checkIn struct {
	on          honne.Date
	source      string
	activities  []honne.FieldActivity
	said        []honne.Said
	unexplained []honne.Explanation
	promises    []honne.Promise
	acts        []honne.OurAct
}

func (a *app) postCheckIn(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	f := v.fields()
	c, err := f.checkIn()
	if err != nil {
		return err
	}
	if len(f.order) == 0 && len(c.activities)+len(c.said)+len(c.unexplained)+len(c.promises)+len(c.acts) == 0 {
		f.fail("activity-what-1", v.t("checkin.nothing"))
	}
	if len(f.order) > 0 {
		return v.renderCheckIn(w, http.StatusUnprocessableEntity, d, f)
	}
	if err := v.keepCheckIn(d, c); err != nil {
		return fmt.Errorf("web: keep check-in: %w", err)
	}
	return v.redirect(w, base(d)+"?done=check-in")
}

// checkIn reads the four boxes; a line without words is none.
func (f *fields) checkIn() (c checkIn, err error) {
	f.required("checkin-on")
	c.on = f.day("checkin-on")
	if c.on > honne.DateOf(f.v.now()) {
		f.fail("checkin-on", f.v.t("form.made.future"))
	}
	setting := oneOf(honne.Setting(f.text("setting")), []honne.Setting{honne.AtCheckIn, honne.AtMeeting, honne.ByPhone})
	who := f.text("said-who")
	c.source = f.v.t("setting."+string(setting)) + " " + c.on.String()
	if who != "" {
		c.source += ", " + who
	}
	for i := range checkRows {
		n := "-" + strconv.Itoa(i+1)
		f.checkActivity(&c, n)
		if err = f.checkNumbers(&c, n, who, setting); err != nil {
			return c, err
		}
		f.checkRequest(&c, n, who)
		if what := f.text("our-side-what" + n); what != "" {
			c.acts = append(c.acts, honne.OurAct{Kind: oneOf(honne.OurActKind(f.text("our-side-kind"+n)), honne.AllOurActKinds), On: c.on,
				Due: f.day("our-side-day" + n), What: what, Source: c.source})
		}
	}
	return c, nil
}

func (f *fields) checkActivity(c *checkIn, n string) {
	what := f.text("activity-what" + n)
	if what == "" {
		return
	}
	kind := oneOf(honne.ActivityKind(f.text("activity-kind"+n)), honne.AllActivityKinds)
	c.activities = append(c.activities, honne.FieldActivity{On: c.on, Kind: kind, Outbound: slices.Contains(honne.OutboundKinds, kind),
		Site: what, DecisionMaker: f.text("activity-tick"+n) != "", Source: c.source})
}

// checkNumbers is what they said of their figures: a reason, or none for a month.
func (f *fields) checkNumbers(c *checkIn, n, who string, setting honne.Setting) error {
	text := f.text("numbers-what" + n)
	switch {
	case text == "":
		return nil
	case f.text("numbers-kind"+n) == noReason:
		c.unexplained = append(c.unexplained, f.unexplained(*c, n, text))
		return nil
	}
	said, err := f.reasoned(honne.Said{Quote: honne.Quote{On: c.on, By: honne.Theirs, Text: text}, Who: who, Setting: setting}, n)
	c.said = append(c.said, said)
	return err
}

// checkRequest is what one side asked of the other and was promised.
func (f *fields) checkRequest(c *checkIn, n, who string) {
	what := f.text("requests-what" + n)
	if what == "" {
		return
	}
	p := honne.Promise{By: oneOf(honne.Side(f.text("requests-kind"+n)), []honne.Side{honne.Theirs, honne.Ours}), Form: honne.PromiseOral,
		Made: c.on, Due: f.day("requests-day" + n), Owner: who}
	if p.By == honne.Ours {
		p.Owner = ""
	}
	if p.What.EN = what; tongue(what, "en") == "ja" {
		p.What = honne.Both{JA: what}
	}
	if p.Due != 0 && p.Due < p.Made {
		f.fail("requests-day"+n, f.v.t("form.by-day.before"))
	}
	c.promises = append(c.promises, p)
}

// unexplained notes that no reason was given for a month, which the words alone do
// not say: a reason that is in no list is one too.
func (f *fields) unexplained(c checkIn, n, text string) honne.Explanation {
	field, raw := "numbers-day"+n, f.text("numbers-day"+n)
	m, err := honne.ParseMonth(raw)
	switch {
	case raw == "":
		f.fail(field, f.v.t("form.required", honne.Word("field", "checkin.numbers.day")))
	case err != nil:
		f.fail(field, f.v.t("form.no-month", honne.Word("field", "checkin.numbers.day"), honne.Text("raw", raw)))
	case m > c.on.Month():
		f.fail(field, f.v.t("checkin.numbers.future"))
	}
	return honne.Explanation{Period: m.Period(), On: c.on, Source: c.source + f.v.t("colon") + text}
}

// reasoned gives what was said about the numbers to its reason: the chosen one,
// else the one that its words say.
func (f *fields) reasoned(said honne.Said, n string) (honne.Said, error) {
	found, err := f.v.app.Works.Recognise(f.v.Context(), honne.Passage{Text: said.Text, From: honne.Theirs})
	if err != nil {
		return said, fmt.Errorf("web: search what was said: %w", err)
	}
	book, err := f.v.book()
	if err != nil {
		return said, err
	}
	excuse := f.text("numbers-kind" + n)
	if excuse == "" && len(found) > 0 {
		excuse = found[0].Excuse
	}
	if _, known := book.Excuse(excuse); !known {
		f.fail("numbers-kind"+n, f.v.t("claims.at", honne.Text("quote", begun(said.Text, namedRunes)), honne.Word("what", "log.nothing-found")))
		return said, nil
	}
	return withReason(said, excuse, found), nil
}

// keepCheckIn makes the entries; what stands there already, as after a second
// press, is not made twice.
func (v *visit) keepCheckIn(d honne.Distributor, c checkIn) error {
	if err := enterOnce(v, d, c.activities, func(a, b honne.FieldActivity) bool { return a == b }); err != nil {
		return err
	}
	if err := enterOnce(v, d, c.unexplained, func(a, b honne.Explanation) bool { return a == b }); err != nil {
		return err
	}
	if err := enterOnce(v, d, c.promises, func(a, b honne.Promise) bool {
		return a.By == b.By && a.What == b.What && a.Made == b.Made && a.Due == b.Due
	}); err != nil {
		return err
	}
	if v.may(auth.Write, auth.OurSide) {
		if err := enterOnce(v, d, c.acts, func(a, b honne.OurAct) bool { return a == b }); err != nil {
			return err
		}
	}
	old, err := store.Entries[honne.Said](v.Context(), v.app.Store, d.ID)
	for _, said := range c.said {
		if err == nil && !slices.ContainsFunc(old, func(e honne.Entry[honne.Said]) bool {
			return e.Body.Quote == said.Quote && e.Body.Excuse == said.Excuse
		}) {
			err = v.app.Store.Hear(v.Context(), honne.Entry[honne.Said]{Distributor: d.ID, Body: said, By: v.user.ID})
		}
	}
	return err
}

// enterOnce enters what no entry says yet.
func enterOnce[T honne.Entered](v *visit, d honne.Distributor, list []T, same func(a, b T) bool) error {
	if len(list) == 0 {
		return nil
	}
	old, err := store.Entries[T](v.Context(), v.app.Store, d.ID)
	for _, x := range list {
		if err == nil && !slices.ContainsFunc(old, func(e honne.Entry[T]) bool { return same(e.Body, x) }) {
			_, err = store.Enter(v.Context(), v.app.Store, honne.Entry[T]{Distributor: d.ID, Body: x, By: v.user.ID})
		}
	}
	return err
}
