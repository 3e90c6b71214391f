package web

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/chart"
	"honne/internal/lang"
)

// overviewPage answers: how are they doing, can I believe it, what now.
type overviewPage struct {
	Frame
	Head
	Controls   Controls
	Empty      bool
	Years      []Choice
	Elsewhere  Linked // of a year alone: what is of today is on this page
	Message    []Part
	KPIs       []KPI
	Unit       string
	Chart      template.HTML
	Months     []MonthRow
	Figures    string
	Next       Next
	News       NewsPanel
	Pace       []PaceBar
	PaceSpan   string
	PaceText   []Part
	Signs      []SignRow
	SignCount  string
	Folded     []SignRow
	SignsLink  string
	Known      [][]MeasureRow // side by side
	KnownCount int
	Unknown    []MeasureRow
	Asks       []AskRow
	Depend     Dependency
	OurSide    [][]Part
	SideLink   string
	Questions  []QuestionCard // the first three
	More       []QuestionCard // the others, folded
	Overall    string
	Playbook   string

	Claims     []OpenClaim // the last three
	ClaimCount int         // of all that nobody closed
	AllClaims  string
}

// KPI is one figure of the strip.
type KPI struct {
	Label, Value, Href string
	Beside             Linked // plan 324
	Parts              []Part // the line below
}

// Linked is a text that opens to its evidence.
type Linked struct{ Text, Href string }

// Part is a piece of a sentence: plain, or a figure with its tint.
type Part struct{ Text, Class, Href string }

// MonthRow is a month in words and figures, the equal of the chart. Expected is
// the forecast that stands in for the actual of a month to come.
type MonthRow struct {
	Label, Class, First, Note            string
	Without                              string // which parts the month lacks
	Ask                                  string // where it is asked for, of a month that has not come
	Actual, Plan, Forecast, Prior, Delta Linked
	Percent, Expected                    Linked
	Revised, Total                       bool
	Ahead                                bool // the difference is of a forecast
}

// QuestionCard is a question that one could ask, in both languages, with the
// measures it comes from.
type QuestionCard struct {
	EN, JA  string
	Because []Linked
}

// Next is what to do now.
type Next struct {
	Title, When string
	Items       []Linked
	Details     []string
	Action      Linked
}

// PaceBar is one bar of plan, actual, potential.
type PaceBar struct {
	Code, Name, Value string
	Href              string
	Growth            Linked
	Bar               template.HTML
}

// SignRow is a warning sign with the measure that stands beside it.
type SignRow struct {
	Name, Href, Measure string
	Now, NowHref        string
	Baseline            Linked
	Since, Why          string
	Spark               template.HTML
	Level               Tag
	State               []Tag // muted, escalated
}

// MeasureRow is a measure that is known, or what it lacks.
type MeasureRow struct {
	Name, Value, Href, Why string
	WhyHref                string // where the figures of why it is unknown stand; "" where it has none
	Level                  Tag
}

// AskRow is what would make most known.
type AskRow struct {
	Give    string
	Href    string // where it can be given
	Unlocks int
	Names   string
}

// Dependency is the index with its parts.
type Dependency struct {
	Shown, Known bool
	All          string // the page of dependency, "" for who may not read it
	Index, Band  string
	Href         string
	Parts        []DependencyPart
	Why          []string
}

// DependencyPart is one of the five, as a share of 100.
type DependencyPart struct {
	Name, Value string
	Bar         template.HTML
}

func (a *app) showOverview(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	rec, p, err := v.pictureOf(d)
	if err != nil {
		return err
	}
	page := overviewPage{Frame: v.frame("portfolio", d.Profile.Name), Head: v.head(d, "overview")}
	page.Title = page.Head.Name + v.t("comma") + v.t("tab.overview")
	page.Sample, page.Crumbs = d.Sample, v.crumbs(d)
	if rec.Files == 0 {
		page.Empty = true
		return v.show(w, http.StatusOK, "overview", page)
	}
	if p, err = v.pickYear(&page, rec, p); err != nil {
		return err
	}
	if page.Controls, err = v.controls(d, p, v.fiscal(p)); err != nil {
		return err
	}
	files, err := a.Store.Files(v.Context(), d.ID)
	if err != nil {
		return err
	}
	v.fillOverview(&page, v.ground(d, rec, p))
	if page.Elsewhere.Href != "" {
		return v.show(w, http.StatusOK, "overview", page)
	}
	page.Next = v.next(d, p, files)
	if page.News, err = v.news(d, &rec, p); err != nil {
		return err
	}
	page.AllClaims = base(d) + "/claims"
	if page.Claims, page.ClaimCount, err = v.openClaims(d, p); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "overview", page)
}

// pickYear offers the fiscal years of which sales are known, and makes the page one
// of the year alone where the address asks for another than the picture's own.
func (v *visit) pickYear(page *overviewPage, rec honne.Record, own honne.Picture) (honne.Picture, error) {
	p, err := v.inYear(rec, own)
	if page.Years = v.years(rec, p.FiscalYear, own.Distributor.Profile.FiscalStart(), honne.Sales); len(page.Years) < 2 {
		page.Years = nil
	}
	if p.FiscalYear != own.FiscalYear {
		page.Message = []Part{{Text: v.t("overview.of-year", honne.Text("year", v.lang.FiscalYear(p.FiscalYear)))}}
		page.Elsewhere = Linked{v.t("overview.today", honne.Text("year", v.lang.FiscalYear(own.FiscalYear))), v.here("fy", "")}
	}
	return p, err
}

// crumbs lead to a partner, and to what lies below it.
func (v *visit) crumbs(d honne.Distributor, below ...Choice) []Choice {
	partner := Choice{Label: v.name(d)}
	if len(below) > 0 {
		partner.Href = v.link(base(d))
	}
	return append([]Choice{{Href: v.link("/portfolio", "asof", ""), Label: v.t("nav.portfolio")}, partner}, below...)
}

// frameOf is the frame of a page about a partner, which stands below the partner's own.
func (v *visit) frameOf(d honne.Distributor, title string, below ...Choice) Frame {
	f := v.frame("portfolio", title+v.t("comma")+v.name(d))
	f.Sample, f.Crumbs = d.Sample, v.crumbs(d, below...)
	return f
}

// name is a partner's name in the language of the page, where it has one.
func (v *visit) name(d honne.Distributor) string {
	if v.lang == lang.JA {
		return cmp.Or(d.Profile.NameJA, d.Profile.Name)
	}
	return cmp.Or(d.Profile.Name, d.Profile.NameJA)
}

func (v *visit) fillOverview(page *overviewPage, g ground) {
	d, p := g.d, g.p
	page.Message = append(page.Message, v.linked(v.inUnits(p.Message), v.messageLinks(d))...)
	page.Unit = v.unit(p)
	page.KPIs = v.kpis(d, p)
	page.Months = v.monthRows(g)
	page.Chart = v.columns(g, page.Months)
	page.Figures = v.link(base(d)+"/figures", "fy", v.URL.Query().Get("fy"))
	page.Pace, page.PaceText = v.pace(d, p)
	page.PaceSpan = v.lang.Months(p.Period)
	page.Signs, page.Folded, page.SignCount = v.signs(d, &g.rec, p)
	page.SignsLink = v.link(base(d) + "/signals")
	known, unknown := v.measures(d, p)
	page.KnownCount, page.Unknown = len(known), unknown
	page.Known = slices.Collect(slices.Chunk(known, max(1, (len(known)+1)/2)))
	page.Asks = v.asks(d, p)
	page.Depend = v.dependency(d, p)
	page.OurSide = v.ourSide(d, p)
	if v.may(auth.Read, auth.OurSide) {
		page.SideLink = v.link(base(d) + "/our-side")
	}
	page.Questions = v.questions(d, p)
	if len(page.Questions) > openQuestions {
		page.Questions, page.More = page.Questions[:openQuestions], page.Questions[openQuestions:]
	}
	page.Playbook = p.Playbook
	if p.Overall != "" {
		page.Overall = v.t("overall." + string(p.Overall))
	}
	if !v.may(auth.Read, auth.Search) || page.Elsewhere.Href != "" {
		page.Depend = Dependency{}
	}
}

// openQuestions stand open; a partner who is asked everything answers nothing.
const openQuestions = 3

func (v *visit) questions(d honne.Distributor, p honne.Picture) []QuestionCard {
	var out []QuestionCard
	for _, q := range p.Questions {
		card := QuestionCard{EN: q.EN, JA: q.JA}
		for _, slug := range q.Because[:min(len(q.Because), 3)] {
			card.Because = append(card.Because, Linked{v.t("measure." + slug), v.measureLink(d, slug)})
		}
		out = append(out, card)
	}
	return out
}

// linked says a message with its figures as links.
func (v *visit) linked(m honne.Message, links map[string]string) []Part {
	var out []Part
	for _, piece := range v.app.Languages.Pieces(v.lang, honne.Say(m.ID, v.worths(m.Args)...)) {
		out = append(out, Part{Text: joined(piece.Text), Href: links[piece.Arg]})
	}
	return out
}

// messageLinks are what the figures of the page's sentence stand on.
func (v *visit) messageLinks(d honne.Distributor) map[string]string {
	out := map[string]string{"signs": v.link(base(d) + "/signals")}
	for arg, figure := range map[string]string{"sales": "growth", "growth": "growth", "market": "market", "now": "share", "then": "share-then",
		"under": "under-plan", "months": "under-plan", "outlook": "outlook", "pace": "year-pace", "revised": "kept", "reported": "kept",
		"ratio": "percent"} {
		out[arg] = figureLink(v, d, figure)
	}
	return out
}

// fiscal says which part of the fiscal year the figures cover.
func (v *visit) fiscal(p honne.Picture) string {
	if p.Period.IsZero() {
		return v.lang.FiscalYear(p.FiscalYear)
	}
	n := 0
	var gone []string
	for _, m := range p.Months {
		switch {
		case m.Actual.Known:
			n++
		case m.Missing && p.Period.Contains(m.Month.First()):
			gone = append(gone, v.lang.MonthName(m.Month))
		}
	}
	s := v.t("fiscal", honne.Text("year", v.lang.FiscalYear(p.FiscalYear)), honne.Text("months", v.lang.Months(p.Period)), honne.Count("n", n))
	if len(gone) > 0 {
		s += v.t("comma") + v.t("fiscal.without", honne.Text("months", strings.Join(gone, v.t("list.comma"))))
	}
	return s
}

func (v *visit) columns(g ground, rows []MonthRow) template.HTML {
	c := chart.Columns{ID: "cm", Title: v.t("chart.title", honne.Text("year", v.lang.FiscalYear(g.p.FiscalYear)), honne.Text("unit", v.unit(g.p))),
		Desc: v.t("chart.desc"), Measure: v.t("chart.sales"), Delta: "ΔPL", Actual: v.t("chart.actual"), Forecast: v.t("chart.forecast")}
	for i, m := range g.months {
		col := chart.Column{Label: rows[i].Label, Revised: m.Revised, Missing: m.Missing, Gap: v.t("not-received"),
			Href: rows[i].Actual.Href, Actual: v.value(m.Actual, g.p), Plan: v.value(m.Plan, g.p),
			Forecast: v.value(m.Forecast, g.p), Prior: v.value(m.Prior, g.p)}
		if !m.Actual.Known {
			col.Href = rows[i].Forecast.Href
		}
		if m.Missing && m.Owed != 0 {
			col.Due = v.t("due", honne.Text("day", v.lang.ShortDate(m.Owed)))
		}
		col.Name = v.t("chart.open", honne.InMonth("month", m.Month))
		if diff, ok := difference(m); ok {
			col.Variance = v.value(honne.Known(diff), g.p)
			col.Variance.Label = v.signed(diff, g.p)
			col.VarianceHref, col.VarianceName = rows[i].Delta.Href, v.t("chart.open-difference", honne.InMonth("month", m.Month))
		}
		c.Months = append(c.Months, col)
	}
	return c.SVG()
}

func (v *visit) value(f honne.Figure, p honne.Picture) chart.Value {
	return chart.Value{F: v.inUnit(f.N, p), Known: f.Known, Label: v.money(f, p)}
}

func (v *visit) pace(d honne.Distributor, p honne.Picture) ([]PaceBar, []Part) {
	k := p.KPIs
	bars := []struct {
		code  string
		minor int64
		kind  chart.Style
		name  string
		grown string // the figure that says its growth on the previous year
	}{
		{"PY", minorOf(k.Prior), chart.Lighter, "prior", ""},
		{"AC", minorOf(k.Sales), chart.Solid, "sales", "growth"},
		{"MP", p.Pace.Market.Minor, chart.Dashed, "market-pace", "market"},
		{"PL", minorOf(k.Plan), chart.Outlined, "plan", "plan-growth"},
	}
	alike := k.SameMonths
	longest := max(minorOf(k.Prior), minorOf(k.Sales), p.Pace.Market.Minor, minorOf(k.Plan))
	var out []PaceBar
	for _, b := range bars {
		if b.minor <= 0 || b.code == "MP" && !p.Pace.Known || b.code == "PY" && !alike {
			continue
		}
		bar := PaceBar{Code: b.code, Name: v.t("pace." + b.code), Href: figureLink(v, d, b.name), Value: v.money(honne.Known(b.minor), p),
			Bar: chart.Bar(0.98*float64(b.minor)/float64(longest), b.kind)}
		if b.grown != "" && alike {
			bar.Growth = Linked{v.lang.Growth(float64(b.minor)/float64(minorOf(k.Prior)) - 1), figureLink(v, d, b.grown)}
		}
		out = append(out, bar)
	}
	if len(out) < 2 {
		return nil, nil
	}
	return out, v.paceText(d, p)
}

// paceText splits the gap to plan in words.
func (v *visit) paceText(d honne.Distributor, p honne.Picture) []Part {
	if !p.Pace.Known {
		return nil
	}
	links := map[string]string{"lost": figureLink(v, d, "lost-pace"), "ahead": figureLink(v, d, "lost-pace"),
		"above": figureLink(v, d, "plan-above"), "below": figureLink(v, d, "plan-above")}
	return v.linked(v.inUnits(p.Pace.Say), links)
}

// dependency shows the parts that are known; what is missing folds away.
func (v *visit) dependency(d honne.Distributor, p honne.Picture) Dependency {
	out := Dependency{Known: p.Dependency.Known, Index: v.lang.Number(p.Dependency.Index, 0), Shown: true,
		Band: v.t("dependency." + p.Dependency.Band), Why: v.sayAll(p.Dependency.Why)}
	if v.may(auth.Read, auth.Search) {
		out.All = v.link(base(d) + "/dependency")
	}
	if p.Dependency.Parts[0] != nil {
		out.Href = v.measureLink(d, "visibility-index")
	}
	for i, name := range [...]string{"r1", "r2", "r3", "r4", "r5"} {
		if f := p.Dependency.Parts[i]; f != nil {
			out.Parts = append(out.Parts, DependencyPart{Name: v.t("dependency." + name), Value: v.lang.Number(*f*100, 0), Bar: chart.Bar(*f, chart.Thin)})
		}
	}
	return out
}
