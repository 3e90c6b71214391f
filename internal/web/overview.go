package web

import (
	"cmp"
	"html/template"
	"math"
	"net/http"

	"honne"
	"honne/internal/auth"
	"honne/internal/chart"
	"honne/internal/lang"
)

// overviewPage answers: how are they doing, can I believe it, what now.
type overviewPage struct {
	Frame
	Head
	Controls  Controls
	Empty     bool
	Upload    string
	Message   string
	KPIs      []KPI
	Unit      string
	Chart     template.HTML
	Months    []MonthRow
	Figures   string
	Next      Next
	Pace      []PaceBar
	PaceSpan  string
	PaceText  string
	Signs     []SignRow
	SignCount string
	Folded    []SignRow
	SignsLink string
	Known     []MeasureRow
	Unknown   []MeasureRow
	Asks      []AskRow
	Depend    Dependency
	OurSide   []string
	Questions []honne.Question
	Overall   string
	Playbook  string
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

// MonthRow is a month in words and figures, the equal of the chart.
type MonthRow struct {
	Label, Actual, Plan, Delta, Percent, Forecast, Prior string
	Class, First, Note                                   string
	Revised, Total                                       bool
	Href, PlanHref, ForecastHref, PriorHref              string
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
	Code, Name, Value, Growth string
	Class                     string
	Href                      string
	Bar                       template.HTML
}

// SignRow is a warning sign with the measure that stands beside it.
type SignRow struct {
	Name, Href, Measure  string
	Now, NowHref         string
	Baseline, Since, Why string
	Spark                template.HTML
	Level                Tag
}

// MeasureRow is a measure that is known, or what it lacks.
type MeasureRow struct {
	Name, Value, Href, Why string
	Level                  Tag
}

// AskRow is what would make most known.
type AskRow struct {
	Give    string
	Unlocks int
	Names   string
}

// Dependency is the index with its parts.
type Dependency struct {
	Known       bool
	Index, Band string
	Parts       []DependencyPart
	Why         []string
}

// DependencyPart is one of the five, as a share of 100.
type DependencyPart struct {
	Name, Value string
	Bar         template.HTML
}

func (a *app) showOverview(w http.ResponseWriter, v *visit) error {
	d, err := v.distributor()
	if err != nil {
		return err
	}
	rec, p, err := v.pictureOf(d)
	if err != nil {
		return err
	}
	page := overviewPage{Frame: v.frame("portfolio", d.Profile.Name), Head: v.head(d, "overview")}
	page.Title = page.Head.Name + ", " + v.t("tab.overview")
	page.Sample, page.Crumbs = d.Sample, v.crumbs(d)
	page.Upload = "/intake?distributor=" + d.Slug
	if rec.Files == 0 {
		page.Empty = true
		return v.show(w, http.StatusOK, "overview", page)
	}
	if page.Controls, err = v.controls(d, p, v.fiscal(p)); err != nil {
		return err
	}
	files, err := a.Store.Files(v.Context(), d.ID)
	if err != nil {
		return err
	}
	v.fillOverview(&page, d, p)
	page.Next = v.next(d, p, files)
	return v.show(w, http.StatusOK, "overview", page)
}

func (v *visit) crumbs(d honne.Distributor) []Choice {
	return []Choice{{Href: v.link("/portfolio", "asof", ""), Label: v.t("nav.portfolio")}, {Label: v.name(d)}}
}

// name is a partner's name in the language of the page, where it has one.
func (v *visit) name(d honne.Distributor) string {
	if v.lang == lang.JA {
		return cmp.Or(d.Profile.NameJA, d.Profile.Name)
	}
	return cmp.Or(d.Profile.Name, d.Profile.NameJA)
}

func (v *visit) fillOverview(page *overviewPage, d honne.Distributor, p honne.Picture) {
	page.Message = v.say(p.Message)
	page.Unit = v.lang.Unit(p.Currency, v.scale)
	page.KPIs = v.kpis(d, p)
	page.Months = v.monthRows(d, p)
	page.Chart = v.columns(d, p, page.Unit)
	page.Figures = v.link(base(d) + "/figures")
	page.Pace, page.PaceText = v.pace(d, p)
	page.PaceSpan = v.lang.Months(p.Period)
	page.Signs, page.Folded, page.SignCount = v.signs(d, p)
	page.SignsLink = v.link(base(d) + "/signals")
	page.Known, page.Unknown = v.measures(d, p)
	page.Asks = v.asks(p)
	page.Depend = v.dependency(p)
	page.OurSide = v.sayAll(p.OurSide)
	page.Questions = p.Questions
	page.Playbook = p.Playbook
	if p.Overall != "" {
		page.Overall = v.t("overall." + string(p.Overall))
	}
	if !v.may(auth.Read, auth.Search) {
		page.Depend = Dependency{}
	}
}

// fiscal says which part of the fiscal year the figures cover.
func (v *visit) fiscal(p honne.Picture) string {
	if p.Period.IsZero() {
		return v.lang.FiscalYear(p.FiscalYear)
	}
	n := int(p.Period.To.Month()-p.Period.From.Month()) + 1
	return v.t("fiscal", honne.Text("year", v.lang.FiscalYear(p.FiscalYear)), honne.Text("months", v.lang.Months(p.Period)), honne.Count("n", n))
}

func (v *visit) columns(d honne.Distributor, p honne.Picture, unit string) template.HTML {
	c := chart.Columns{ID: "cm", Title: v.t("chart.title", honne.Text("year", v.lang.FiscalYear(p.FiscalYear)), honne.Text("unit", unit)),
		Desc: v.t("chart.desc"), Measure: v.t("chart.sales"), Delta: "ΔPL", Actual: v.t("chart.actual"), Forecast: v.t("chart.forecast")}
	rows := v.monthRows(d, p)
	for i, m := range p.Months {
		col := chart.Column{Label: v.lang.MonthName(m.Month), Revised: m.Revised, Missing: m.Missing,
			Gap: v.t("not-received"), Href: rows[i].Href, Actual: v.value(m.Actual, p), Plan: v.value(m.Plan, p),
			Forecast: v.value(m.Forecast, p), Prior: v.value(m.Prior, p)}
		if !m.Actual.Known {
			col.Href = rows[i].ForecastHref
		}
		col.Name = v.t("chart.open", honne.InMonth("month", m.Month))
		shown := m.Actual
		if !shown.Known {
			shown = m.Forecast
		}
		if shown.Known && m.Plan.Known {
			col.Variance = v.value(honne.Known(shown.N-m.Plan.N), p)
			col.Variance.Label = v.lang.Signed(col.Variance.F, 0)
		}
		c.Months = append(c.Months, col)
	}
	return c.SVG()
}

func (v *visit) value(f honne.Figure, p honne.Picture) chart.Value {
	m := honne.Money{Minor: f.N, Currency: p.Currency}
	return chart.Value{F: v.scale.In(m), Known: f.Known, Label: v.lang.Scaled(m, v.scale)}
}

func (v *visit) pace(d honne.Distributor, p honne.Picture) ([]PaceBar, string) {
	k := p.KPIs
	bars := []struct {
		code string
		term honne.Term
		kind chart.Style
		href string
	}{
		{"PY", k.Prior, chart.Lighter, figureLink(v, d, "prior")},
		{"AC", k.Sales, chart.Solid, figureLink(v, d, "sales")},
		{"MP", honne.Term{Money: p.Pace.Market}, chart.Dashed, v.measureLink(d, "growth-gap")},
		{"PL", k.Plan, chart.Outlined, figureLink(v, d, "plan")},
	}
	alike := sameMonths(k)
	longest := max(k.Prior.Money.Minor, k.Sales.Money.Minor, p.Pace.Market.Minor, k.Plan.Money.Minor)
	var out []PaceBar
	for _, b := range bars {
		if b.term.Money.Minor <= 0 || b.code == "MP" && !p.Pace.Known || b.code == "PY" && !alike {
			continue
		}
		bar := PaceBar{Code: b.code, Name: v.t("pace." + b.code), Href: b.href, Value: v.lang.Scaled(b.term.Money, v.scale),
			Bar: chart.Bar(0.98*float64(b.term.Money.Minor)/float64(longest), b.kind)}
		if b.code != "PY" && alike {
			bar.Growth = v.t("pace.on-prior", honne.Growth("g", float64(b.term.Money.Minor)/float64(k.Prior.Money.Minor)-1))
		}
		out = append(out, bar)
	}
	if len(out) < 2 {
		return nil, ""
	}
	if !p.Pace.Known {
		return out, ""
	}
	if p.Pace.LostPace.Minor <= 0 {
		ahead := honne.Money{Minor: -p.Pace.LostPace.Minor, Currency: p.Currency}
		return out, v.t("pace.ahead", honne.Amount("ahead", ahead), honne.Amount("above", p.Pace.PlanAbove))
	}
	return out, v.t("pace.split", honne.Amount("lost", p.Pace.LostPace), honne.Amount("above", p.Pace.PlanAbove))
}

// sameMonths reports whether the previous year is of the same months as the
// sales, so that the two may stand side by side.
func sameMonths(k honne.KPIs) bool {
	if k.Growth == nil || k.Prior.Money.Minor <= 0 {
		return false
	}
	return math.Abs(float64(k.Sales.Money.Minor)/float64(k.Prior.Money.Minor)-1-*k.Growth) < 0.0005
}

func (v *visit) dependency(p honne.Picture) Dependency {
	d := Dependency{Known: p.Dependency.Known, Index: v.lang.Number(p.Dependency.Index, 0),
		Band: v.t("dependency." + p.Dependency.Band), Why: v.sayAll(p.Dependency.Why)}
	for i, name := range [...]string{"r1", "r2", "r3", "r4", "r5"} {
		part := DependencyPart{Name: v.t("dependency." + name), Value: v.t("not-received")}
		if f := p.Dependency.Parts[i]; f != nil {
			part.Value, part.Bar = v.lang.Number(*f*100, 0), chart.Bar(*f, chart.Thin)
		}
		d.Parts = append(d.Parts, part)
	}
	return d
}
