package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"slices"

	"honne"
	"honne/internal/auth"
	"honne/internal/inspect"
	"honne/internal/report"
)

// portfolioPage answers: which partner needs attention, and what is at stake.
// The same partners stand in a list, on a map of growth and trust, or as small
// charts.
type portfolioPage struct {
	Frame
	Message       []Part
	Unit          string
	Units, Views  []Choice
	Rate          []Part // at which amounts were converted
	Filters       []Pick
	Keep          []Choice // what the filters leave as it is
	Rows          []PartnerRow
	View          string
	Outlook       bool // forecast risk stands in place of the figures kept
	Map           template.HTML
	Placed, Other []MapRow
	Charts        []SmallChart
	Behind        *Matrix
	Scales        []Choice
	Scale         []Part
	Aside         string // partners whose figures are not on the scale of the others
	Any           bool   // there are partners, shown or not
	Add           bool
	Samples       bool // sample data is loaded and can be removed
	CanLoad       bool
}

// portfolioViews are the ways to look at the partners.
var portfolioViews = [...]string{"list", "map", "charts", "behind"}

func (a *app) redirectPortfolio(w http.ResponseWriter, v *visit) error {
	return v.redirect(w, "/portfolio")
}

func (a *app) showPortfolio(w http.ResponseWriter, v *visit) error {
	all, err := v.partners()
	if err != nil {
		return err
	}
	if err := v.onOneScale(all); err != nil {
		return err
	}
	page := portfolioPage{Frame: v.frame("portfolio", v.t("nav.portfolio")), Unit: v.unitOf(honne.JPY), Units: v.units(honne.JPY), Rate: v.rateNote(honne.JPY),
		Add: v.may(auth.Write, auth.Overview), Any: len(all) > 0, Outlook: auth.Role(v.user.Role) == auth.CFO, View: portfolioViews[0]}
	page.CanLoad = page.Add && a.LoadSamples != nil
	for _, p := range all {
		page.Samples, page.Mixed = page.Samples || p.d.Sample, page.Mixed || !p.d.Sample
	}
	page.Sample = page.Samples
	page.Message = v.stakes(all)
	shown := v.chosen(all)
	page.Filters, page.Keep = v.portfolioFilters(all)
	if err := v.fillView(&page, shown); err != nil {
		return err
	}
	if err := v.fillRows(&page, shown); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "portfolio", page)
}

// onOneScale shows the amounts of all partners on that of the largest.
func (v *visit) onOneScale(all []partner) error {
	var on honne.Date
	largest := honne.Picture{Currency: honne.JPY}
	for _, x := range all {
		on = max(on, rateDay(x.p))
		if x.inYen() {
			largest.Months = append(largest.Months, x.p.Months...)
		}
	}
	v.size(report.ScaleOf(largest))
	return v.exchangeOn(cmp.Or(on, honne.DateOf(v.now())))
}

// fillView fills the view that the address names, else the first.
func (v *visit) fillView(page *portfolioPage, shown []partner) error {
	for _, name := range portfolioViews {
		current := v.URL.Query().Get("view") == name || name == page.View && v.URL.Query().Get("view") == ""
		page.Views = append(page.Views, Choice{Href: v.here("view", name), Label: v.t("portfolio.view." + name), Current: current})
		if current {
			page.View = name
		}
	}
	switch page.View {
	case "map":
		v.fillMap(page, shown)
	case "charts":
		v.fillCharts(page, shown)
	case "behind":
		return v.fillBehind(page, shown)
	}
	return nil
}

// partner is one distributor as the portfolio sees it.
type partner struct {
	d           honne.Distributor
	p           honne.Picture
	months      []honne.MonthView // the last of them, for the small chart
	stake       honne.Stake
	trust       honne.Trust
	high, watch int
	clear, none int
	owing       inspect.Owing
}

// inYen reports whether the figures can stand on the scale of the others.
func (x partner) inYen() bool {
	return cmp.Or(x.p.KPIs.Sales.Money.Currency, honne.JPY) == honne.JPY && !inPieces(x.p)
}

// behind reports whether sales are short of a plan that is known.
func (x partner) behind() bool {
	k := x.p.KPIs
	return has(k.Sales) && has(k.Plan) && minorOf(k.Sales) < minorOf(k.Plan)
}

// losing reports whether sales grow less than a market that is known.
func (x partner) losing() bool {
	k := x.p.KPIs
	return k.Growth != nil && k.Market != nil && *k.Growth < k.Market.Base
}

// excused reports whether sales are behind plan, and chance or our own side may
// explain it, or explain the growth below the market beside it.
func (x partner) excused() bool {
	k := x.p.KPIs
	return x.behind() && (k.MissBy != "" || x.losing() && k.LossBy != "")
}

// accused reports whether sales are behind plan and lose share, and neither chance
// nor our own side may explain it.
func (x partner) accused() bool { return x.behind() && x.losing() && !x.excused() }

// partners are the pictures of all distributors that exist for the visitor.
func (v *visit) partners() ([]partner, error) {
	list, err := v.distributors()
	if err != nil {
		return nil, err
	}
	book, err := v.book()
	if err != nil {
		return nil, err
	}
	var out []partner
	for _, d := range list {
		g, err := v.glance(d)
		if err != nil {
			return nil, err
		}
		x := partner{d: d, p: g.picture, stake: inspect.Stake(g.picture), trust: inspect.Trust(g.picture, book), months: g.months, owing: g.owing}
		for _, s := range x.p.Signs {
			switch s.Level {
			case honne.High:
				x.high++
			case honne.Watch:
				x.watch++
			case honne.Clear:
				x.clear++
			default:
				x.none++
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// stakes says how many partners are behind, apart from them those whom chance or
// our own side may explain, and where most of what is at stake
// sits: with one partner, or in one territory.
func (v *visit) stakes(all []partner) []Part {
	count := func(is func(partner) bool) (n int) {
		for _, x := range all {
			if is(x) {
				n++
			}
		}
		return n
	}
	planned := count(func(x partner) bool { return has(x.p.KPIs.Plan) })
	id, n, show := "portfolio.message", count(partner.behind), "behind"
	if both := count(partner.accused); both > 0 {
		id, n, show = "portfolio.message.both", both, "both"
	}
	var out []Part
	add := func(m honne.Message, links map[string]string) {
		if len(out) > 0 {
			out = append(out, Part{Text: v.t("sentence.gap")})
		}
		out = append(out, v.linked(v.inUnits(m), links)...)
	}
	if planned > 0 {
		add(honne.Say(id, honne.Count("n", n), honne.Count("all", planned)), map[string]string{"n": v.here("show", show), "all": v.here("view", "list") + "#h-p"})
	}
	if m := count(partner.excused); m > 0 {
		add(honne.Say(id+".excused", honne.Count("m", m)), map[string]string{"m": v.here("show", "excused")})
	}
	if n := len(all) - planned; n > 0 {
		add(honne.Say("portfolio.message.unplanned", honne.Count("n", n)), map[string]string{"n": v.here("show", "unknown")})
	}
	if m, links, ok := v.concentration(all); ok {
		add(m, links)
	}
	return out
}

// concentration is the territory, else the partner, with at least half of what
// is at stake; with one partner there is nothing to say.
func (v *visit) concentration(all []partner) (honne.Message, map[string]string, bool) {
	var total honne.Money
	var most partner
	places, partners := map[string]int64{}, 0
	for _, x := range all {
		if !x.stake.Known || !x.inYen() || x.stake.Money.Minor == 0 {
			continue
		}
		partners++
		total = honne.Money{Minor: total.Minor + x.stake.Money.Minor, Currency: honne.JPY}
		places[x.d.Profile.Contract.Territory] += x.stake.Money.Minor
		if x.stake.Money.Minor > most.stake.Money.Minor {
			most = x
		}
	}
	if partners < 2 {
		return honne.Message{}, nil, false
	}
	part, where, links := most.stake.Money, v.name(most.d), map[string]string{"part": figureLink(v, most.d, "stake"), "total": v.here("view", "list") + "#h-p"}
	if place := most.d.Profile.Contract.Territory; place != "" && places[place] > part.Minor {
		part.Minor, where = places[place], place
		links["part"] = v.here("territory", place)
	}
	m := honne.Say("portfolio.message.stake", honne.Amount("part", part), honne.Amount("total", total), honne.Text("where", where))
	return m, links, 2*part.Minor >= total.Minor
}

// nextOf is what to do next at a partner: files that wait, a report that is
// overdue, else what would make most known.
func (v *visit) nextOf(d honne.Distributor, p honne.Picture) (Linked, error) {
	files, err := v.app.Store.Files(v.Context(), d.ID)
	if err != nil {
		return Linked{}, fmt.Errorf("web: list files: %w", err)
	}
	if n := waiting(files); n > 0 {
		return Linked{v.t("portfolio.next.files", honne.Count("n", n)), uploadForm(d)}, nil
	}
	for _, m := range slices.Backward(p.Months) {
		if m.Missing {
			return Linked{v.t("portfolio.next.missing", honne.InMonth("month", m.Month)), cmp.Or(v.askFor(d, p, m.Month), v.link(base(d)))}, nil
		}
	}
	if len(p.Next) > 0 {
		return Linked{v.t("portfolio.next.give", honne.Word("give", "need."+string(p.Next[0].Give))), v.link(base(d)) + "#h-n"}, nil
	}
	return Linked{Text: v.t("portfolio.next.none")}, nil
}

// waiting counts the files that a person must look at or accept.
func waiting(files []honne.StoredFile) (n int) {
	for _, f := range files {
		if f.State == honne.FileToResolve || f.State == honne.FileReady {
			n++
		}
	}
	return n
}
