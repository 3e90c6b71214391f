package web

import (
	"cmp"
	"html/template"
	"slices"

	"honne"
	"honne/internal/auth"
	"honne/internal/chart"
	"honne/internal/inspect"
	"honne/internal/lang"
)

// PartnerRow is one partner; the same scale in every row.
type PartnerRow struct {
	Name, NameJA, Href         string
	Bullet, Pair               template.HTML
	Sales, Delta, Percent      Linked
	Class                      string // of the difference
	Stake                      Linked
	Growth, Market             Linked
	Trust                      Linked
	High, Watch, Clear, Silent int // signs by level; silent ones are not known
	SignsHref                  string
	Kept, Outlook, Pace        Linked
	Next                       Linked
	Sample                     bool
	Late                       int // promises of ours past their day
	LateHref                   string
}

// fillRows makes the rows of the list, on one scale.
func (v *visit) fillRows(page *portfolioPage, shown []partner) error {
	var longest int64
	low, high := 0.0, 0.0
	aside := 0
	for _, x := range shown {
		k := x.p.KPIs
		if x.inYen() {
			longest = max(longest, k.Sales.Money.Minor, k.Plan.Money.Minor)
		} else {
			aside++
		}
		for _, g := range growths(k) {
			low, high = min(low, g), max(high, g)
		}
	}
	for _, x := range shown {
		row := v.partner(x)
		if x.inYen() && has(x.p.KPIs.Sales) && longest > 0 {
			share := func(m honne.Money) float64 { return float64(m.Minor) / float64(longest) }
			row.Bullet = chart.Bullet(share(x.p.KPIs.Sales.Money), share(x.p.KPIs.Plan.Money), has(x.p.KPIs.Plan))
		}
		if g := growths(x.p.KPIs); len(g) > 0 && high > low {
			at := func(f float64) float64 { return (f - low) / (high - low) }
			row.Pair = chart.Pair(at(g[0]), at(g[len(g)-1]), len(g) > 1)
		}
		var err error
		if row.Next, err = v.nextOf(x.d, x.p); err != nil {
			return err
		}
		page.Rows = append(page.Rows, row)
	}
	if aside > 0 {
		page.Aside = v.t("portfolio.aside", honne.Count("n", aside))
	}
	return nil
}

// growths are our growth and that of the market, as far as they are known.
func growths(k honne.KPIs) (out []float64) {
	if k.Growth == nil {
		return nil
	}
	out = append(out, *k.Growth)
	if k.Market != nil {
		out = append(out, k.Market.Base)
	}
	return out
}

func (v *visit) partner(x partner) PartnerRow {
	d, p, k := x.d, x.p, x.p.KPIs
	row := PartnerRow{Name: d.Profile.Name, NameJA: d.Profile.NameJA, Href: v.link(base(d)), Sample: d.Sample,
		High: x.high, Watch: x.watch, Clear: x.clear, Silent: x.none, SignsHref: v.link(base(d) + "/signals")}
	if v.lang == lang.JA && d.Profile.NameJA != "" {
		row.Name, row.NameJA = d.Profile.NameJA, ""
	}
	if v.may(auth.Read, auth.Reviews) {
		row.Late, row.LateHref = x.owing.Promises, v.link(base(d)+"/agreements")
	}
	if has(k.Sales) {
		row.Sales = Linked{v.term(k.Sales, p), figureLink(v, d, "sales")}
	}
	if has(k.Sales) && has(k.Plan) {
		diff := minorOf(k.Sales) - minorOf(k.Plan)
		row.Delta, row.Class = Linked{v.signed(diff, p), figureLink(v, d, "difference")}, tint(float64(diff))
		if plan := minorOf(k.Plan); plan > 0 {
			row.Percent = Linked{v.lang.Growth(float64(diff) / float64(plan)), figureLink(v, d, "percent")}
		}
	}
	if x.stake.Known {
		row.Stake = Linked{v.money(honne.Known(x.stake.Money.Minor), p), figureLink(v, d, "stake")}
	}
	if k.Growth != nil {
		row.Growth = Linked{v.lang.Growth(*k.Growth), figureLink(v, d, "growth")}
	}
	if k.Market != nil {
		row.Market = Linked{v.lang.Growth(k.Market.Base), figureLink(v, d, "market")}
	}
	if x.trust.Known {
		row.Trust = Linked{v.lang.Whole(x.trust.Share), figureLink(v, d, "trust")}
	}
	if all := k.Kept + k.Revised; all > 0 {
		row.Kept = Linked{v.t("of", honne.Count("n", k.Kept), honne.Count("all", all)), figureLink(v, d, "kept")}
	}
	if has(k.Outlook) {
		row.Outlook = Linked{v.term(k.Outlook, p), figureLink(v, d, "outlook")}
	}
	if k.PaceKnown {
		row.Pace = Linked{v.money(honne.Known(k.Pace.Minor), p), figureLink(v, d, "year-pace")}
	}
	return row
}

// portfolioShows and portfolioSorts are the answers of the two filters.
var (
	portfolioShows = [...]string{"", "behind", "losing", "both", "excused", "act", "unknown"}
	portfolioSorts = [...]string{"", "name", "sales", "growth", "trust", "signs"}
)

// chosen are the partners that the filters leave, sorted; what is not known comes
// last.
func (v *visit) chosen(all []partner) []partner {
	q := v.URL.Query()
	var out []partner
	for _, x := range all {
		keep := true
		switch q.Get("show") {
		case "behind":
			keep = x.behind()
		case "losing":
			keep = x.losing()
		case "both":
			keep = x.accused()
		case "excused":
			keep = x.excused()
		case "act":
			keep = x.p.Overall == inspect.Act
		case "unknown":
			keep = !has(x.p.KPIs.Plan) || x.p.KPIs.Growth == nil || !x.trust.Known
		}
		if place := q.Get("territory"); keep && (place == "" || x.d.Profile.Contract.Territory == place) {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(x, y partner) int {
		a, knownA := sortKey(x, q.Get("sort"))
		b, knownB := sortKey(y, q.Get("sort"))
		if knownA != knownB {
			if knownA {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b, a), cmp.Compare(v.name(x.d), v.name(y.d)))
	})
	return out
}

// sortKey is the figure that a list goes down by; by name all are equal. Growth
// and trust go up: the least first is what needs attention.
func sortKey(x partner, by string) (key float64, known bool) {
	switch by {
	case "name":
		return 0, true
	case "sales":
		return float64(minorOf(x.p.KPIs.Sales)), has(x.p.KPIs.Sales) && x.inYen()
	case "growth":
		if g := x.p.KPIs.Growth; g != nil {
			return -*g, true
		}
		return 0, false
	case "trust":
		return -x.trust.Share, x.trust.Known
	case "signs":
		return float64(100*x.high + x.watch), x.high+x.watch+x.clear > 0
	}
	return float64(x.stake.Money.Minor), x.stake.Known && x.inYen()
}

// portfolioFilters are the two questions, and the territory where there are
// several; keep is what a press on the button must carry on.
func (v *visit) portfolioFilters(all []partner) (out []Pick, keep []Choice) {
	q, f := v.URL.Query(), v.fields()
	out = []Pick{v.pickOf(f, "show", "portfolio.show.", portfolioShows[:]), v.pickOf(f, "sort", "portfolio.sort.", portfolioSorts[:])}
	var places []string
	for _, x := range all {
		if place := x.d.Profile.Contract.Territory; place != "" && !slices.Contains(places, place) {
			places = append(places, place)
		}
	}
	slices.Sort(places)
	if len(places) > 1 {
		options := []Choice{{Label: v.t("portfolio.territory.all")}}
		for _, place := range places {
			options = append(options, Choice{Href: place, Label: place, Current: q.Get("territory") == place})
		}
		out = append(out, f.pick("territory", options))
	}
	for _, name := range [...]string{"view", "scale", "unit", "asof"} {
		if s := q.Get(name); s != "" {
			keep = append(keep, Choice{Href: name, Label: s})
		}
	}
	return out, keep
}

// pickOf is a filter whose answers the catalogues name behind a prefix.
func (v *visit) pickOf(f *fields, name, prefix string, answers []string) Pick {
	var options []Choice
	for _, a := range answers {
		options = append(options, Choice{Href: a, Label: v.t(prefix + cmp.Or(a, "all")), Current: v.URL.Query().Get(name) == a})
	}
	return f.pick(name, options)
}
