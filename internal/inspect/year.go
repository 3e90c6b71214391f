package inspect

import (
	"honne"
	"honne/internal/japan"
	"honne/internal/measure"
	"honne/internal/playbook"
)

// Year is the picture of one fiscal year as it is known on the record's day: its
// months, its figures and the sentence on them. What holds on a day and not of a
// year is not in it: the measures, signs, claims, dependency, what to ask next.
func Year(r honne.Record, p *playbook.Playbook, year int) honne.Picture {
	p = p.For(r.Thresholds)
	view := overlook(&r, p, year)
	view.alone = true
	if !view.measured && ofAnother(&r, view.market, year) {
		view.market = nil
	}
	view.told = measure.ToldTwice(&r, params("restatement", p), view.reported)
	pic := honne.Picture{
		Distributor: r.Distributor,
		AsOf:        r.AsOf,
		Currency:    r.Currency,
		Playbook:    p.String(),
		FiscalYear:  year,
		Period:      view.period(),
		Months:      view.monthViews(),
		Coverage:    coverage(&r),
		Promises:    r.Promises,
		Thresholds:  r.Thresholds,
	}
	pic.KPIs, pic.Pace = view.kpis()
	pic.Strip = view.strip(pic.KPIs)
	pic.Message = sentence(pic, view)
	return pic
}

// ofAnother reports whether a growth of the market is the answer of the profile,
// given in another year than that: it says nothing of this one.
func ofAnother(r *honne.Record, g *honne.Range3, year int) bool {
	answer := r.Distributor.Profile.MarketGrowth
	return g != nil && answer != nil && *g == *answer &&
		(answer.On == 0 || japan.FiscalYear(answer.On.Month(), r.Distributor.Profile.FiscalStart()) != year)
}
