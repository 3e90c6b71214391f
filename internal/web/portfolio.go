package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"slices"

	"honne"
	"honne/internal/auth"
	"honne/internal/chart"
	"honne/internal/lang"
)

// portfolioPage answers: which partner needs attention, and what is at stake.
type portfolioPage struct {
	Frame
	Message  string
	Unit     string
	Units    []Choice
	Rows     []PartnerRow
	Add      bool
	Samples  bool // sample data is loaded and can be removed
	CanLoad  bool
	NoneText string
}

// PartnerRow is one partner; the same scale in every row.
type PartnerRow struct {
	Name, NameJA, Href    string
	Sales, SalesHref      string
	Bullet                template.HTML
	Delta, Percent, Class string
	DeltaHref             string
	Growth, GrowthHref    string
	Market                string
	MarketHref            string
	PercentHref           string
	High, Watch, Clear    int
	Unknown               int // signs of which nothing is known
	Next                  Linked
	Kept, KeptHref        string
	Sample                bool

	stake honne.Figure // plan minus actual
	money honne.KPIs
}

func (a *app) redirectPortfolio(w http.ResponseWriter, v *visit) error {
	return v.redirect(w, "/portfolio")
}

func (a *app) showPortfolio(w http.ResponseWriter, v *visit) error {
	list, err := v.distributors()
	if err != nil {
		return err
	}
	page := portfolioPage{Frame: v.frame("portfolio", v.t("nav.portfolio")), Unit: v.lang.Unit(honne.JPY, v.scale),
		Units: v.units(honne.JPY), Add: v.may(auth.Write, auth.Overview)}
	page.CanLoad = page.Add && a.LoadSamples != nil
	var longest int64
	behind := 0
	for _, d := range list {
		_, p, err := v.pictureOf(d)
		if err != nil {
			return err
		}
		row := v.partner(d, p)
		if row.Next, err = v.nextOf(d, p); err != nil {
			return err
		}
		longest = max(longest, p.KPIs.Sales.Money.Minor, p.KPIs.Plan.Money.Minor)
		if row.stake.Known && row.stake.N > 0 {
			behind++
		}
		page.Samples = page.Samples || d.Sample
		page.Rows = append(page.Rows, row)
	}
	page.Sample = page.Samples
	for i := range page.Rows {
		page.Rows[i].draw(longest)
	}
	slices.SortStableFunc(page.Rows, func(x, y PartnerRow) int {
		return cmp.Or(cmp.Compare(y.stake.N, x.stake.N), cmp.Compare(x.Name, y.Name))
	})
	page.Message = v.t("portfolio.message", honne.Count("n", behind), honne.Count("all", len(list)))
	return v.show(w, http.StatusOK, "portfolio", page)
}

func (v *visit) partner(d honne.Distributor, p honne.Picture) PartnerRow {
	row := PartnerRow{Name: d.Profile.Name, NameJA: d.Profile.NameJA, Href: v.link(base(d)), Sample: d.Sample, money: p.KPIs}
	if v.lang == lang.JA && d.Profile.NameJA != "" {
		row.Name, row.NameJA = d.Profile.NameJA, ""
	}
	k := p.KPIs
	if has(k.Sales) {
		row.Sales, row.SalesHref = v.term(k.Sales, p), figureLink(v, d, "sales")
	}
	if has(k.Sales) && has(k.Plan) && !inPieces(p) {
		diff := k.Sales.Money.Minor - k.Plan.Money.Minor
		row.stake = honne.Known(-diff)
		row.Delta, row.Class = v.lang.Difference(honne.Money{Minor: diff, Currency: p.Currency}, v.scale), tint(float64(diff))
		row.DeltaHref = figureLink(v, d, "difference")
		if k.Plan.Money.Minor > 0 {
			row.Percent, row.PercentHref = v.lang.Growth(float64(diff)/float64(k.Plan.Money.Minor)), figureLink(v, d, "percent")
		}
	}
	if k.Growth != nil {
		row.Growth, row.GrowthHref = v.lang.Growth(*k.Growth), figureLink(v, d, "growth")
	}
	if k.Market != nil {
		row.Market, row.MarketHref = v.lang.Growth(k.Market.Base), figureLink(v, d, "market")
	}
	if all := k.Kept + k.Revised; all > 0 {
		row.Kept, row.KeptHref = v.t("of", honne.Count("n", k.Kept), honne.Count("all", all)), figureLink(v, d, "kept")
	}
	for _, s := range p.Signs {
		switch s.Level {
		case honne.High:
			row.High++
		case honne.Watch:
			row.Watch++
		case honne.Clear:
			row.Clear++
		default:
			row.Unknown++
		}
	}
	return row
}

// nextOf is what to do next at a partner: files that wait, a report that is
// overdue, else what would make most known.
func (v *visit) nextOf(d honne.Distributor, p honne.Picture) (Linked, error) {
	files, err := v.app.Store.Files(v.Context(), d.ID)
	if err != nil {
		return Linked{}, fmt.Errorf("web: list files: %w", err)
	}
	if n := waiting(files); n > 0 {
		return Linked{v.t("portfolio.next.files", honne.Count("n", n)), "/intake?distributor=" + d.Slug}, nil
	}
	for _, m := range slices.Backward(p.Months) {
		if m.Missing {
			return Linked{v.t("portfolio.next.missing", honne.InMonth("month", m.Month)), v.link(base(d))}, nil
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

func (r *PartnerRow) draw(longest int64) {
	if !has(r.money.Sales) || longest == 0 {
		return
	}
	share := func(m honne.Money) float64 { return float64(m.Minor) / float64(longest) }
	r.Bullet = chart.Bullet(share(r.money.Sales.Money), share(r.money.Plan.Money), has(r.money.Plan))
}
