// Package inspect owns the step from a record and a playbook to a Picture: it
// runs every measure, judges it by the playbook's conditions, and turns bands
// into signs, an overall band, a dependency index, an outcome, one sentence,
// questions and what to ask for next.
//
// It is pure: no database, no clock, no network; the same record and playbook
// give the same picture, byte for byte. It refuses to know thresholds (they are
// the playbook's), to show what is unknown as good or bad, and to write text for
// a reader: it returns honne.Messages.
package inspect

import (
	"fmt"
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
	"honne/internal/measure"
	"honne/internal/playbook"
)

// Check refuses a playbook that names a measure that does not exist, or sets a
// parameter that its measure does not declare.
func Check(p *playbook.Playbook) error {
	for _, rules := range p.Measures {
		m := measure.Find(rules.Measure)
		if m == nil {
			return fmt.Errorf("inspect: playbook %s: there is no measure %q; the names are those of the vocabulary", p, rules.Measure)
		}
		names := make([]string, 0, len(rules.Params))
		for name := range rules.Params {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			if !m.Declares(name) {
				return fmt.Errorf("inspect: playbook %s: measure %s has no parameter %q; it declares %s", p, rules.Measure, name, declared(m))
			}
		}
	}
	return nil
}

func declared(m *measure.Measure) string {
	var names []string
	for _, p := range m.Params {
		names = append(names, p.Name)
	}
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

// Picture says what is really happening at a distributor on the record's day.
// The headline figures cover the fiscal year of the last reported month, up to
// that month; a month that still runs is left out. Where the record has thresholds
// of its own they stand in for those of the playbook. Parameters that a playbook
// sets and no measure declares are without effect: see Check.
func Picture(r honne.Record, p *playbook.Playbook) honne.Picture {
	p = p.For(r.Thresholds)
	f := examine(&r, p)
	claims := f.claims(&r, p)
	f.weighReasons(&r, p, claims)
	view := overlook(&r, p, fiscalYear(&r, measure.Reported(&r)))
	restated, _ := f.find("restatement")
	view.told, view.whyUntold = restated.Known, restated.Why
	pic := view.reading(p.String())
	pic.Measures, pic.Signs, pic.Claims = f.judge(p), f.signs(p), claims
	addSeen(pic.Signs, &r)
	addLooks(pic.Signs, &r)
	pic.KPIs, pic.Pace = view.kpis()
	pic.Strip = view.strip(pic.KPIs)
	pic.Dependency = f.dependency(&r, p)
	pic.Outcome = outcome(&r, p.Audit.Weights, pic.Signs, pic.Claims)
	pic.Overall = overall(p.Overall, pic.Signs)
	pic.OurSide = addNew(mirror(&r), ourSide(pic.Measures)...)
	pic.Questions = questions(p, pic.Measures)
	pic.Next = next(&r, pic.Measures)
	pic.Waiting = measure.Waiting(&r)
	pic.Questions = append(pic.Questions, missing(p, pic.Next)...)
	pic.KPIs.MissBy, pic.KPIs.LossBy = harmless("under-plan", pic, view), harmless("growth", pic, view)
	pic.Overall = settled(p.Overall, pic)
	pic.Message = sentence(pic, view)
	return pic
}

// reading is what the record itself says, before anything is judged.
func (v view) reading(book string) honne.Picture {
	r := v.r
	return honne.Picture{
		Distributor: r.Distributor,
		AsOf:        r.AsOf,
		Currency:    r.Currency,
		Playbook:    book,
		FiscalYear:  v.year,
		Period:      v.period(),
		Months:      v.monthViews(),
		Coverage:    coverage(r),
		Promises:    r.Promises,
		Deliveries:  r.Deliveries,
		Meeting:     nextMeeting(r),
		Thresholds:  r.Thresholds,
		Readiness:   Readiness(r),
		Waiting:     measure.Waiting(r),
	}
}

func coverage(r *honne.Record) honne.Coverage {
	months := measure.Reported(r)
	c := honne.Coverage{Months: len(months), Missing: measure.Missing(r)}
	if len(months) > 0 {
		c.From, c.To = months[0], months[len(months)-1]
	}
	return c
}

// ourSide gathers what our own side did, each thing once.
func ourSide(list []honne.Judged) []honne.Message {
	var out []honne.Message
	for _, j := range list {
		out = addNew(out, j.OurSide...)
	}
	return out
}

// nextMeeting is the first day, not before the record's, for which a meeting was
// stated or invited and not called off; 0 for none.
func nextMeeting(r *honne.Record) (next honne.Date) {
	take := func(d honne.Date) {
		if d >= r.AsOf && d != 0 && (next == 0 || d < next) {
			next = d
		}
	}
	for _, e := range r.Distributor.Profile.Events {
		if e.Kind.IsMeeting() {
			take(e.Date)
		}
	}
	for _, m := range r.Meetings {
		day := m.Set
		for _, x := range m.Moves {
			day = x.To
		}
		take(day)
	}
	return next
}

func addNew(list []honne.Message, more ...honne.Message) []honne.Message {
	for _, m := range more {
		if !slices.ContainsFunc(list, func(x honne.Message) bool { return x.ID == m.ID && slices.Equal(x.Args, m.Args) }) {
			list = append(list, m)
		}
	}
	return list
}

// young is the number of reported months below which a fiscal year says too
// little by itself: the page then shows the year before.
const young = 3

// fiscalYear is the fiscal year of the last reported month, else of the day; the
// year before while the new one is young and the old one is not.
func fiscalYear(r *honne.Record, months []honne.Month) int {
	start := r.Distributor.Profile.FiscalStart()
	switch {
	case len(months) == 0 && r.AsOf == 0: // nothing ever came
		return 0
	case len(months) == 0:
		return japan.FiscalYear(r.AsOf.Month(), start)
	}
	year := japan.FiscalYear(months[len(months)-1], start)
	count := map[int]int{}
	for _, m := range months {
		count[japan.FiscalYear(m, start)]++
	}
	if count[year] < young && count[year-1] > count[year] {
		return year - 1
	}
	return year
}
