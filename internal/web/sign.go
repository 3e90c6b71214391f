package web

import (
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"

	"honne"
	"honne/internal/auth"
	"honne/internal/chart"
	"honne/internal/inspect"
	"honne/internal/japan"
	"honne/internal/playbook"
	"honne/internal/store"
)

// signPage answers of one sign: is this real, since when, why, and what do we do
// about it?
type signPage struct {
	Frame
	SignDetail
	Heading, Message string
	State            []Tag // muted, escalated
	Chart            template.HTML
	Band             string // what the grey range is
	Quarters         []FormulaRow
	Doors            []Linked // forms that make it known
	History          []HandledRow
	Errors           []Problem
	Writes           bool
	Path             string
	On, What         Input
	Until, Why       Input
	Codes            []Choice
	CodeErr          string
	Pulses           []EntryRow
	Thresholds       []ThresholdRow
	AllThresholds    string
}

// HandledRow is something that was done about a sign, or its muting.
type HandledRow struct {
	Day, Who string
	Kind     Tag
	What     string
	Until    string
	N, Seen  int  // the entry and its version, to take it back
	Current  bool // a muting in force
}

// signOf finds the sign that the address names.
func (v *visit) signOf(p honne.Picture) (honne.Sign, error) {
	i := slices.IndexFunc(p.Signs, func(s honne.Sign) bool { return s.ID.Slug == v.PathValue("sign") })
	if i < 0 {
		return honne.Sign{}, honne.ErrNotFound
	}
	return p.Signs[i], nil
}

func signLink(d honne.Distributor, slug string) string { return base(d) + "/signals/" + slug }

func (a *app) showSign(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	rec, p, err := v.pictureOf(d)
	if err != nil {
		return err
	}
	return v.renderSign(w, http.StatusOK, d, &rec, p, v.fields())
}

func (v *visit) renderSign(w http.ResponseWriter, status int, d honne.Distributor, rec *honne.Record, p honne.Picture, f *fields) error {
	s, err := v.signOf(p)
	if err != nil {
		return err
	}
	h := inspect.Handled(rec, s)
	page := signPage{SignDetail: v.signDetail(d, p, s), Heading: v.t("sign." + s.ID.Slug),
		Message: v.signMessage(s, h), State: v.handled(h), Errors: f.list(), Writes: v.may(auth.Write, auth.Signals), Path: signLink(d, s.ID.Slug)}
	page.Frame = v.frameOf(d, page.Heading, Choice{Href: v.link(base(d) + "/signals"), Label: v.t("tab.signals")}, Choice{Label: page.Heading})
	v.drawSign(&page, d, p, s)
	page.Doors, page.AllThresholds = v.needDoors(d, s.Needs), v.link(thresholdsLink(d))
	if page.Thresholds, err = v.thresholds(d, p, func(u playbook.Use) bool { return u.Sign == s.ID.Slug }); err != nil {
		return err
	}
	if page.History, err = v.signHistory(d, s, h); err != nil {
		return err
	}
	if s.ID.Slug == "gut-feel" {
		if page.Pulses, err = v.pulses(d); err != nil {
			return err
		}
	}
	on := p.AsOf
	page.On = f.input("act-on", "date", cmp.Or(f.text("act-on"), on.String())).must()
	page.What = f.input("act-what", "", f.text("act-what")).must()
	page.Until = f.input("mute-until", "date", f.text("mute-until")).must()
	page.Why = f.input("mute-why", "", f.text("mute-why"))
	page.CodeErr = f.errors["mute-code"]
	for _, m := range v.app.Playbook.Mutes {
		page.Codes = append(page.Codes, Choice{Href: m.Code, Current: m.Code == f.text("mute-code"),
			Label: v.t("mute.option", honne.Text("reason", v.inWords(honne.Both{EN: m.EN, JA: m.JA})), honne.Count("days", m.Days))})
	}
	return v.show(w, status, "sign", page)
}

// signMessage says how the sign stands, what our side made of it, and the first fact
// that a raised one stands on.
func (v *visit) signMessage(s honne.Sign, h inspect.Handling) string {
	if len(s.Because) == 0 || s.Level != honne.High && s.Level != honne.Watch {
		return v.signStands(s, h)
	}
	fact := v.say(s.Because[0])
	if h.Muted.Until == 0 && !h.Escalated && s.Since == 0 && s.Seen == 0 {
		return fact // the mark beside the name says the level
	}
	return v.signStands(s, h) + v.t("sentence.gap") + fact
}

func (v *visit) signStands(s honne.Sign, h inspect.Handling) string {
	switch {
	case s.Level == honne.UnknownBand || s.Level == "":
		return v.t("sign.says.unknown")
	case h.Muted.Until != 0:
		return v.t("sign.says.muted", honne.Word("level", "band."+string(s.Level)), honne.Day("until", h.Muted.Until))
	case h.Escalated:
		return v.t("sign.says.escalated", honne.Count("days", h.Days))
	case s.Level == honne.Clear:
		return v.t("sign.says.clear")
	case s.Since != 0:
		return v.t("sign.says.since."+string(s.Level), honne.InMonth("month", s.Since))
	case s.Seen != 0:
		return v.t("sign.says.seen."+string(s.Level), honne.Day("day", s.Seen))
	}
	return v.t("sign.says." + string(s.Level))
}

// handled are the marks of what our side did: a muted sign stays what it is, and
// says that it is muted.
func (v *visit) handled(h inspect.Handling) (out []Tag) {
	if h.Muted.Until != 0 {
		out = append(out, Tag{"dots", "", v.t("sign.muted", honne.Text("until", v.lang.ShortDate(h.Muted.Until)))})
	}
	if h.Escalated {
		out = append(out, Tag{"problem", "neg", v.t("sign.escalated")})
	}
	return out
}

// drawSign draws the measure beside the sign over its quarters, with the range of
// the year before in grey.
func (v *visit) drawSign(page *signPage, d honne.Distributor, p honne.Picture, s honne.Sign) {
	i := slices.IndexFunc(p.Measures, func(j honne.Judged) bool { return j.Measure == s.Headline })
	if i < 0 || len(p.Measures[i].History) < 2 {
		return
	}
	m := p.Measures[i]
	name := v.say(m.Name())
	t := chart.Trend{ID: "trend", Title: name, Desc: v.t("sign.chart.desc"), Dot: dot(s.Level)}
	for _, h := range m.History {
		value := v.reading(h.Value, m.Unit, honne.Result{})
		t.Points = append(t.Points, chart.TrendPoint{Label: v.quarterName(d, h.Period), Value: chart.Value{F: h.Value, Known: true, Label: value}})
		page.Quarters = append(page.Quarters, FormulaRow{Label: v.lang.Period(h.Period), Value: value, Doors: v.quarterDoors(d, m.Evidence, h.Period)})
	}
	if t.Low, t.High, t.Banded = expected(m.History); t.Banded {
		page.Band = v.t("sign.band", honne.Text("low", v.reading(t.Low, m.Unit, honne.Result{})), honne.Text("high", v.reading(t.High, m.Unit, honne.Result{})))
	}
	page.Chart = t.SVG()
}

// expected is the range that a partner's own past gives: from the lowest to the
// highest of the quarters before the last four; three of them at least.
func expected(h []honne.Point) (low, high float64, ok bool) {
	if len(h) < 7 {
		return 0, 0, false
	}
	low, high = h[0].Value, h[0].Value
	for _, p := range h[:len(h)-4] {
		low, high = min(low, p.Value), max(high, p.Value)
	}
	return low, high, true
}

// quarterName is a quarter where there is little room; one that is no quarter of
// the partner's year by its last month.
func (v *visit) quarterName(d honne.Distributor, p honne.Period) string {
	start, last := d.Profile.FiscalStart(), p.To.Month()
	year := japan.FiscalYear(last, start)
	months := int(last-honne.NewMonth(year, start)) + 1
	if months%3 != 0 {
		return v.lang.Month(last)
	}
	return v.lang.ShortQuarter(year, months/3)
}

// signHistory lists what was done about a sign, and its mutings, the latest first.
func (v *visit) signHistory(d honne.Distributor, s honne.Sign, h inspect.Handling) ([]HandledRow, error) {
	list, err := store.Entries[honne.SignAction](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return nil, fmt.Errorf("web: list what was done about signs: %w", err)
	}
	var out []HandledRow
	for _, e := range slices.Backward(list) {
		a := e.Body
		if a.Sign != s.ID.Slug {
			continue
		}
		row := HandledRow{Day: v.lang.Date(a.On), Who: v.who(e.By), What: a.What, N: e.Number, Seen: e.N, Kind: Tag{"tick", "ok", v.t("sign.did")}}
		if a.Until != 0 {
			row.Kind, row.Until, row.Current = Tag{"dots", "", v.t("sign.muted.word")}, v.lang.Date(a.Until), a == h.Muted
			row.What = v.muteReason(a)
		}
		out = append(out, row)
	}
	return out, nil
}

func (v *visit) muteReason(a honne.SignAction) string {
	for _, m := range v.app.Playbook.Mutes {
		if m.Code == a.Code {
			reason := v.inWords(honne.Both{EN: m.EN, JA: m.JA})
			if a.What != "" {
				reason += v.t("colon") + a.What
			}
			return reason
		}
	}
	return cmp.Or(a.What, a.Code)
}

// postSign keeps what is done about a sign, mutes it, or takes either back.
func (a *app) postSign(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	rec, p, err := v.pictureOf(d)
	if err != nil {
		return err
	}
	s, err := v.signOf(p)
	if err != nil {
		return err
	}
	f, act := v.fields(), v.PathValue("act")
	e := honne.Entry[honne.SignAction]{Distributor: d.ID, By: v.user.ID, Body: honne.SignAction{Sign: s.ID.Slug, On: p.AsOf}}
	switch act {
	case "act":
		f.required("act-on")
		e.Body.What, e.Body.On = f.required("act-what"), f.day("act-on")
		if e.Body.On > p.AsOf {
			f.fail("act-on", v.t("form.made.future"))
		}
	case "mute":
		f.mute(&e.Body, p.AsOf)
	case "back":
		if e, err = v.signEntry(d, s); err != nil {
			return err
		}
	default:
		return honne.ErrNotFound
	}
	if len(f.order) > 0 {
		return v.renderSign(w, http.StatusUnprocessableEntity, d, &rec, p, f)
	}
	_, err = store.Enter(v.Context(), a.Store, e)
	if errors.Is(err, honne.ErrConflict) {
		return v.redirect(w, signLink(d, s.ID.Slug)+"?done=entry-others")
	}
	if err != nil {
		return fmt.Errorf("web: keep what is done about a sign: %w", err)
	}
	return v.redirect(w, signLink(d, s.ID.Slug)+"?done=sign-"+act)
}

// mute reads until when and why: for no longer than its reason allows.
func (f *fields) mute(a *honne.SignAction, on honne.Date) {
	f.required("mute-until")
	a.Until, a.Code, a.What = f.day("mute-until"), f.text("mute-code"), f.text("mute-why")
	mutes := f.v.app.Playbook.Mutes
	i := slices.IndexFunc(mutes, func(m playbook.MuteReason) bool { return m.Code == a.Code })
	switch {
	case i < 0:
		f.fail("mute-code", f.v.t("form.required", honne.Word("field", "form.mute-code")))
	case a.Until == 0:
	case a.Until < on:
		f.fail("mute-until", f.v.t("form.mute-until.past"))
	case int(a.Until-on) > mutes[i].Days:
		f.fail("mute-until", f.v.t("form.mute-until.long", honne.Count("days", mutes[i].Days)))
	}
}

// signEntry is the entry that a form takes back.
func (v *visit) signEntry(d honne.Distributor, s honne.Sign) (e honne.Entry[honne.SignAction], err error) {
	n, _ := strconv.Atoi(v.FormValue("number"))
	all, err := store.EntryHistory[honne.SignAction](v.Context(), v.app.Store, n)
	if err != nil {
		return e, fmt.Errorf("web: read what was done about a sign: %w", err)
	}
	e = all[len(all)-1]
	seen, err := strconv.Atoi(v.FormValue("n"))
	if err != nil || e.Distributor != d.ID || e.Body.Sign != s.ID.Slug {
		return e, honne.ErrNotFound
	}
	e.N, e.By, e.Withdrawn = seen, v.user.ID, true
	return e, nil
}

// pulses are the feelings behind the sign that is one: rater, month, a line.
func (v *visit) pulses(d honne.Distributor) ([]EntryRow, error) {
	k, ok := kindOf(honne.EntryPulse)
	if !ok {
		return nil, nil
	}
	rows, err := k.rows(v, d)
	return rows[:min(len(rows), 2*entriesShown)], err
}
