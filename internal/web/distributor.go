package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/audit"
	"honne/internal/auth"
	"honne/internal/japan"
	"honne/internal/lang"
)

// Head is what stands above every page of a distributor.
type Head struct {
	Name, Second, SecondLang string
	About                    string // exclusivity, since, territory
	NoticeDue                string // when the contract's day is near, or past
	Deadline                 []Part
	Edit, Brief, CheckIn     string
	Upload                   string // where files of it are sent, for who may
	Tabs                     []Tab
}

// Tab is a section of a distributor, with how much waits there.
type Tab struct {
	Choice
	Count int
}

// Controls are the day on which all is said to be known, and the unit.
type Controls struct {
	Period string
	Past   bool // the page looks back on an earlier day
	Dates  []Choice
	Keep   []Choice
	Units  []Choice
	Rate   []Part // at which the amounts of the page were converted
}

func (v *visit) head(d honne.Distributor, tab string) Head {
	h := Head{Name: d.Profile.Name, Second: d.Profile.NameJA, SecondLang: "ja"}
	if v.lang == lang.JA && d.Profile.NameJA != "" {
		h.Name, h.Second, h.SecondLang = d.Profile.NameJA, d.Profile.Name, "en"
	}
	if h.Second == h.Name {
		h.Second = ""
	}
	h.About = v.about(d.Profile)
	h.Deadline, h.NoticeDue = v.notice(d.Profile)
	if v.may(auth.Write, auth.Figures) {
		h.Upload = uploadForm(d)
	}
	if v.may(auth.Write, auth.Overview) {
		h.Edit = base(d) + "/edit"
	}
	if v.may(auth.Read, auth.Reports) {
		h.Brief = v.link(base(d) + "/brief")
	}
	if v.may(auth.Write, auth.Reviews) {
		h.CheckIn = base(d) + "/check-ins/new"
	}
	for _, t := range [...]struct {
		name, path string
		area       auth.Area
	}{{"overview", "", auth.Overview}, {"figures", "/figures", auth.Figures}, {"signals", "/signals", auth.Signals},
		{"claims", "/claims", auth.Signals}, {"agreements", "/agreements", auth.Reviews}, {"messages", "/messages", auth.Signals}, {"log", "/log", auth.Signals}, {"names", "/names", auth.Figures}, {"files", "/files", auth.Figures}} {
		if v.may(auth.Read, t.area) {
			one := Tab{Choice: Choice{Href: v.link(base(d) + t.path), Label: v.t("tab." + t.name), Current: t.name == tab}}
			if t.name == "claims" {
				one.Count = v.claimCount(d)
			}
			h.Tabs = append(h.Tabs, one)
		}
	}
	return h
}

func base(d honne.Distributor) string { return "/distributors/" + d.Slug }

func (v *visit) about(p honne.Profile) string {
	var parts []string
	if x := p.Contract.Exclusive; x != nil && *x {
		parts = append(parts, v.t("head.exclusive"))
	} else if x != nil {
		parts = append(parts, v.t("head.not-exclusive"))
	}
	if p.Contract.Territory != "" {
		parts = append(parts, p.Contract.Territory)
	}
	if p.Since != 0 {
		y, _, _ := p.Since.Civil()
		parts = append(parts, v.t("head.since", honne.Text("year", strconv.Itoa(y))))
	}
	if p.Contract.Ends != 0 {
		parts = append(parts, v.t("head.ends", honne.Day("day", p.Contract.Ends)))
	}
	return strings.Join(parts, " · ")
}

// notice says the contract's day of notice, and beside it the suggested one: the
// contract's alone would mislead after many years (domain 2.10).
func (v *visit) notice(p honne.Profile) (line []Part, due string) {
	notice, today := audit.NoticeDay(p.Contract), honne.DateOf(v.now())
	if notice == 0 {
		return nil, ""
	}
	left := int(notice - today)
	switch {
	case left < 0:
		due = v.t("head.notice-passed")
	case left <= 90:
		due = v.t("head.notice-in", honne.Count("n", left))
	}
	line = []Part{{Text: v.t("head.notice")}, {Text: v.lang.Date(notice), Class: "b"}}
	if last := japan.National().OnOrBefore(notice); last != notice {
		line = append(line, Part{Text: v.t("head.notice.business", honne.Text("day", v.lang.ShortDate(last)))})
	}
	line = append(line, Part{Text: "·"})
	return append(line, v.suggested(p, today)...), due
}

func (v *visit) suggested(p honne.Profile, today honne.Date) []Part {
	counsel := Part{Text: v.t("head.counsel"), Class: "b"}
	if p.Since == 0 {
		return []Part{{Text: v.t("head.suggested.unknown")}, counsel}
	}
	safe, years := audit.SuggestedNotice(p)
	if safe == 0 {
		return []Part{{Text: v.t("head.suggested.short")}, counsel}
	}
	line := []Part{{Text: v.t("head.suggested", honne.Count("years", years))}, {Text: v.t("head.suggested.months", honne.Day("day", safe)) + v.t("comma"), Class: "b"}}
	if safe < today {
		line = append(line, Part{Text: v.t("head.suggested.passed")})
	}
	return append(line, counsel)
}

func (v *visit) controls(d honne.Distributor, p honne.Picture, period string) (Controls, error) {
	asOf := p.AsOf
	dates, err := v.app.Store.KnownDates(v.Context(), d.ID)
	if err != nil {
		return Controls{}, fmt.Errorf("web: list known dates: %w", err)
	}
	c := Controls{Period: period, Past: len(dates) > 0 && asOf < dates[len(dates)-1]}
	if c.Units, c.Rate, err = v.inCurrency(p); err != nil {
		return Controls{}, err
	}
	seen := false
	for i := len(dates) - 1; i >= 0 && len(c.Dates) < 60; i-- {
		seen = seen || dates[i] == asOf
		c.Dates = append(c.Dates, v.knownOn(dates[i], asOf))
	}
	if !seen && asOf != 0 {
		c.Dates = append([]Choice{v.knownOn(asOf, asOf)}, c.Dates...)
	}
	for _, name := range [...]string{"unit", "view", "fy", "changes", "series"} {
		if s := v.URL.Query().Get(name); s != "" {
			c.Keep = append(c.Keep, Choice{Href: name, Label: s})
		}
	}
	return c, nil
}

func (v *visit) knownOn(d, chosen honne.Date) Choice {
	return Choice{Href: d.String(), Label: v.lang.Date(d), Current: d == chosen}
}

// distributorForm asks for what files cannot say.
type distributorForm struct {
	Frame
	Heading, Cancel, Submit string
	Errors                  []Problem
	Name, NameJA, Domains   Input
	Ours                    Input // our own mail domains
	Closed                  Input // days on which the partner's office is closed
	Due, DueSince           Input
	Ends, NoticeDays        Input
	Market                  marketQuestion
	Starts                  []Choice
}

func (a *app) showNew(w http.ResponseWriter, v *visit) error {
	return v.show(w, http.StatusOK, "form", v.form(honne.Profile{}, v.fields(), true))
}

func (a *app) showEdit(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	page := v.form(d.Profile, v.fields(), false).of(v, d)
	page.Cancel, page.Sample = base(d), d.Sample
	return v.show(w, http.StatusOK, "form", page)
}

func (a *app) postNew(w http.ResponseWriter, v *visit) error {
	f := v.fields()
	p := f.profile(honne.Profile{})
	if len(f.order) == 0 {
		if err := v.ours(&p); err != nil {
			return err
		}
		d, err := a.Store.AddDistributor(v.Context(), p, false)
		if err == nil {
			return v.redirect(w, "/intake?done=distributor&distributor="+d.Slug)
		}
		if !f.invalid(err) {
			return fmt.Errorf("web: add distributor: %w", err)
		}
	}
	return v.show(w, http.StatusUnprocessableEntity, "form", v.form(p, f, true))
}

func (a *app) postEdit(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	f := v.fields()
	p := f.profile(d.Profile)
	if len(f.order) == 0 {
		if err := a.Store.SetProfile(v.Context(), d.ID, p); err != nil && !f.invalid(err) {
			return fmt.Errorf("web: change distributor: %w", err)
		}
	}
	if len(f.order) == 0 {
		return v.redirect(w, base(d)+"?done=profile")
	}
	page := v.form(p, f, false).of(v, d)
	page.Cancel, page.Sample = base(d), d.Sample
	return v.show(w, http.StatusUnprocessableEntity, "form", page)
}

// domainsIn are the mail domains of a field.
func domainsIn(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,、;", r) })
}

// ourDomains are those that are stated, else the one of the visitor's own address,
// for the visitor to correct.
func (v *visit) ourDomains(p honne.Profile) []string {
	if _, own, ok := strings.Cut(v.user.Email, "@"); ok && len(p.OurDomains) == 0 {
		return []string{own}
	}
	return p.OurDomains
}

// profile reads the form over what is known; what the form does not ask stays.
func (f *fields) profile(p honne.Profile) honne.Profile {
	p.Name, p.NameJA = f.required("name"), f.text("name-ja")
	p.FiscalYearStarts = f.month("starts")
	p.Domains = domainsIn(f.text("domains"))
	p.OurDomains = domainsIn(f.typed("our-domains", strings.Join(p.OurDomains, ",")))
	p.Events = f.closed(p.Events)
	p.Contract.Ends = f.day("ends")
	p.Contract.NoticeDays = f.whole("notice-days", 0, 3650)
	p.Reports = owed(p.Reports, honne.Owed{Kind: honne.Sales, Every: "month", DueDays: f.whole("due", 0, 31), Since: f.since()}, honne.DateOf(f.v.now()).Month())
	p.MarketGrowth = f.market(p.MarketGrowth)
	return p
}

// closed reads the days on which the partner's office is closed, a range or a day
// each, over those of the events; one that stands keeps its note.
func (f *fields) closed(events []honne.Event) []honne.Event {
	stood := map[honne.Period]honne.Event{}
	out := slices.DeleteFunc(slices.Clone(events), func(e honne.Event) bool {
		if e.Kind == honne.EventClosed {
			stood[honne.Period{From: e.Date, To: max(e.Date, e.Until)}] = e
		}
		return e.Kind == honne.EventClosed
	})
	for _, s := range strings.FieldsFunc(f.text("closed"), func(r rune) bool { return strings.ContainsRune(" ,、;", r) }) {
		days, err := closedDays(s)
		if err != nil {
			f.fail("closed", f.v.t("form.closed.bad", honne.Text("raw", s)))
			continue
		}
		e := honne.Event{Date: days.From, Until: days.To, Kind: honne.EventClosed}
		if before, known := stood[days]; known {
			e = before
		}
		out = append(out, e)
	}
	return out
}

// longestClosed is more days than an office is closed at a time.
const longestClosed = 31

// closedDays reads a day, or a range of days such as 2026-08-13..2026-08-16.
func closedDays(s string) (honne.Period, error) {
	first, last, ranged := strings.Cut(s, "..")
	from, err := honne.ParseDate(first)
	to := from
	if ranged && err == nil {
		to, err = honne.ParseDate(last)
	}
	if err == nil && (to < from || to-from >= longestClosed) {
		err = fmt.Errorf("web: %s is no range of days", s)
	}
	return honne.Period{From: from, To: to}, err
}

// closedText writes days as closedDays reads them.
func closedText(days []honne.Period) string {
	var out []string
	for _, p := range days {
		if p.From == p.To {
			out = append(out, p.From.String())
		} else {
			out = append(out, p.From.String()+".."+p.To.String())
		}
	}
	return strings.Join(out, ", ")
}

// ours adds to a profile what the first run asked about our own house.
func (v *visit) ours(p *honne.Profile) error {
	name, err := v.ourName(honne.Distributor{Profile: *p})
	if err != nil {
		return err
	}
	currency, _, err := v.app.Store.Setting(v.Context(), settingCurrency)
	if err != nil {
		return fmt.Errorf("web: read setting: %w", err)
	}
	p.OurName, p.Currency = name, honne.Currency(currency)
	return nil
}

// since is the first month whose report is due on the day that is agreed, 0 where
// nobody says.
func (f *fields) since() honne.Month {
	s := f.text("due-since")
	if s == "" {
		return 0
	}
	m, err := honne.ParseMonth(s)
	if err != nil {
		f.fail("due-since", f.v.t("form.no-month", honne.Word("field", "form.due-since"), honne.Text("raw", s)))
	}
	return m
}

// owed sets the business day on which the monthly sales report is due, and from
// which month on: where nobody says so of a new day, from the present one. What is
// agreed today is held against nobody's past.
func owed(reports []honne.Owed, due honne.Owed, now honne.Month) []honne.Owed {
	out := slices.Clone(reports)
	i := slices.IndexFunc(out, func(o honne.Owed) bool { return o.Kind == due.Kind && o.Every == due.Every })
	if i < 0 && due.DueDays == 0 {
		return out
	}
	if i < 0 {
		out, i = append(out, honne.Owed{Kind: due.Kind, Every: due.Every}), len(out)
	}
	if due.Since == 0 && due.DueDays != out[i].DueDays {
		due.Since = now
	}
	out[i].DueDays, out[i].Since = due.DueDays, cmp.Or(due.Since, out[i].Since)
	return out
}

func (f *fields) whole(name string, low, high int) int {
	s := f.text(name)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < low || n > high {
		f.fail(name, f.v.t("form.number", honne.Word("field", "form."+name), honne.Text("raw", s)))
	}
	return n
}

// marketQuestion is the one question of the first run on the market: a range of
// yearly growth and where it comes from.
type marketQuestion struct{ Low, Base, High, Source Input }

func (f *fields) marketQuestion(m *honne.Range3) marketQuestion {
	low, base, high, source := "", "", "", ""
	if m != nil {
		in := func(x float64) string { return strings.TrimSuffix(f.v.lang.Percent(x), "%") }
		base, source = in(m.Base), m.Source
		if m.Low != m.High {
			low, high = in(m.Low), in(m.High)
		}
	}
	return marketQuestion{f.input("growth-low", "", low), f.input("growth", "", base), f.input("growth-high", "", high), f.input("growth-source", "", source)}
}

// market reads the question: of two ends alone the middle is the most likely. An
// answer that is the same keeps its day.
func (f *fields) market(old *honne.Range3) *honne.Range3 {
	low, hasLow := f.percent("growth-low")
	base, hasBase := f.percent("growth")
	high, hasHigh := f.percent("growth-high")
	source := f.text("growth-source")
	switch {
	case !hasLow && !hasBase && !hasHigh:
		return nil
	case !hasBase && hasLow && hasHigh:
		base = (low + high) / 2
	case !hasBase:
		f.fail("growth", f.v.t("form.required", honne.Word("field", "form.growth")))
	}
	if !hasLow {
		low = base
	}
	if !hasHigh {
		high = base
	}
	if low > base || base > high {
		f.fail("growth", f.v.t("entry.bad.range"))
	}
	if source == "" {
		f.fail("growth-source", f.v.t("form.growth-source.required"))
	}
	answer := honne.Range3{Low: low, Base: base, High: high, Source: source, On: honne.DateOf(f.v.now())}
	if old != nil && answer == (honne.Range3{Low: old.Low, Base: old.Base, High: old.High, Source: old.Source, On: answer.On}) {
		return old
	}
	return &answer
}

// of puts the partner before the title of its form.
func (page distributorForm) of(v *visit, d honne.Distributor) distributorForm {
	page.Crumbs = slices.Insert(page.Crumbs, 1, Choice{Href: base(d), Label: v.name(d)})
	return page
}

func (v *visit) form(p honne.Profile, f *fields, fresh bool) distributorForm {
	heading, submit := "form.new.title", "form.new.submit"
	if !fresh {
		heading, submit = "form.edit.title", "form.edit.submit"
	}
	page := distributorForm{Frame: v.frame("portfolio", v.t(heading)), Heading: v.t(heading), Submit: v.t(submit),
		Cancel: "/portfolio", Errors: f.list()}
	page.Crumbs = []Choice{{Href: "/portfolio", Label: v.t("nav.portfolio")}, {Label: v.t(heading)}}
	page.Name = f.input("name", "", p.Name).must()
	page.NameJA = f.input("name-ja", "", p.NameJA).speaks("ja")
	page.Closed = f.input("closed", "", f.typed("closed", closedText(p.Closed())))
	page.Domains = f.input("domains", "", strings.Join(p.Domains, ", "))
	page.Ours = f.input("our-domains", "", f.typed("our-domains", strings.Join(v.ourDomains(p), ", ")))
	page.Ends = f.input("ends", "date", p.Contract.Ends.String())
	page.NoticeDays = f.input("notice-days", "number", number(p.Contract.NoticeDays))
	due := honne.Owed{Since: honne.DateOf(v.now()).Month()}
	for _, r := range p.Reports {
		if r.Kind == honne.Sales && r.Every == "month" {
			due = r
		}
	}
	page.Due = f.input("due", "number", number(due.DueDays))
	page.DueSince = f.input("due-since", "month", due.Since.String())
	page.Market = f.marketQuestion(p.MarketGrowth)
	page.Starts = v.months(p.FiscalStart())
	return page
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
