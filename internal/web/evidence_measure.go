package web

import (
	"cmp"
	"net/http"
	"slices"

	"honne"
	"honne/internal/auth"
	"honne/internal/playbook"
)

// showMeasureEvidence opens a measure: formula, terms, band, history.
func (a *app) showMeasureEvidence(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	slug, what := v.PathValue("measure"), ""
	m, err := v.judgedMeasure(d, slug)
	if err != nil {
		return err
	}
	if by := honne.Breakdown(v.URL.Query().Get("by")); by != "" {
		what = v.t("comma") + v.sliceName(by, v.URL.Query().Get("of"))
	}
	page, err := v.evidence(d, v.say(m.Name())+what)
	if err != nil {
		return err
	}
	page.Level = v.band(m.Band)
	v.fillMeasure(&page, d, m)
	if page.Thresholds, err = v.measureThresholds(d, slug); err != nil {
		return err
	}
	if m.Unit == honne.UnitMoney || cmp.Or(m.Numerator.Money.Currency, m.Denominator.Money.Currency) != "" {
		if page.Rate, err = v.evidenceRate(d); err != nil {
			return err
		}
	}
	v.addSources(&page, d, m.Evidence)
	return v.show(w, http.StatusOK, "evidence", page)
}

// measureThresholds are the numbers of a measure's rule; a slice has no rule, and
// who may not know the signs sees none.
func (v *visit) measureThresholds(d honne.Distributor, slug string) ([]ThresholdRow, error) {
	if v.URL.Query().Get("by") != "" || !v.may(auth.Read, auth.Signals) {
		return nil, nil
	}
	p, err := v.picture(d)
	if err != nil {
		return nil, err
	}
	return v.thresholds(d, p, func(u playbook.Use) bool { return u.Measure == slug })
}

// judgedMeasure is the measure that the address names: of the whole, or of a
// slice, which has no band.
func (v *visit) judgedMeasure(d honne.Distributor, slug string) (honne.Judged, error) {
	if by := honne.Breakdown(v.URL.Query().Get("by")); by != "" {
		if !slices.Contains(honne.AllBreakdowns, by) {
			return honne.Judged{}, honne.ErrNotFound
		}
		r, ok, err := v.slicedMeasure(d, by, v.URL.Query().Get("of"), slug)
		if err == nil && !ok {
			err = honne.ErrNotFound
		}
		return honne.Judged{Result: r}, err
	}
	p, err := v.picture(d)
	if err != nil {
		return honne.Judged{}, err
	}
	i := slices.IndexFunc(p.Measures, func(j honne.Judged) bool { return j.Measure.Slug == slug })
	if i < 0 {
		return honne.Judged{}, honne.ErrNotFound
	}
	return p.Measures[i], nil
}

func (v *visit) fillMeasure(page *evidencePage, d honne.Distributor, m honne.Judged) {
	page.Note = m.Measure.ID
	if !m.Period.IsZero() {
		page.Note += v.t("comma") + v.lang.Period(m.Period)
	}
	if !m.Known {
		page.Value, page.Why = v.t("not-known"), v.say(m.Why)
		page.Needs = v.needDoors(d, m.Needs)
	} else {
		page.Value = v.reading(m.Value, m.Unit, honne.Result{Measure: m.Measure})
		if m.Measure.Slug == "lateness" && m.Unjudged() {
			page.Why, page.Needs = v.t("measure.lateness.unagreed.why"), v.needDoors(d, []honne.Need{honne.NeedDueDays})
		}
	}
	v.fillRule(page, d, m)
	for _, part := range m.Parts {
		value := v.reading(part.Value, part.Unit, honne.Result{})
		if part.Flag {
			value = v.t(map[bool]string{true: "yes", false: "no"}[part.Value >= 1])
		}
		page.Parts = append(page.Parts, FormulaRow{Label: v.t("part." + part.Name), Value: value})
	}
	for _, h := range slices.Backward(m.History) {
		page.History = append(page.History, FormulaRow{Label: v.lang.Period(h.Period), Value: v.reading(h.Value, m.Unit, honne.Result{}),
			Doors: v.quarterDoors(d, m.Evidence, h.Period)})
	}
	if m.Baseline != nil {
		page.Parts = append([]FormulaRow{{Label: v.t("evidence.baseline"), Value: v.reading(*m.Baseline, m.Unit, honne.Result{})}}, page.Parts...)
	}
	page.Because, page.OurSide = v.sayAll(m.Because), v.sayAll(m.OurSide)
	page.Confounders, page.Trace = v.sayAll(m.Confounders), v.steps(m.Trace)
}

// quarterDoors open the figures of a past quarter on which the measure stood
// then: the kinds of figures it stands on today, of that quarter.
func (v *visit) quarterDoors(d honne.Distributor, evidence []honne.Selection, q honne.Period) []Linked {
	var out []Linked
	for _, s := range evidence {
		if len(s.Mail) > 0 || s.Log != "" {
			continue
		}
		s.Period, s.Submissions = honne.Period{}, nil
		name := v.what(s) // the row says the quarter
		s.Period = q
		door := Linked{name, v.selectionLink(d, s)}
		if !slices.Contains(out, door) && len(out) < 3 {
			out = append(out, door)
		}
	}
	return out
}

func (v *visit) termRow(d honne.Distributor, t honne.Term) FormulaRow {
	row := FormulaRow{Label: title(v.say(t.Label)), Value: v.termValue(t)}
	for i, s := range t.Select {
		if i == 12 {
			break
		}
		row.Doors = append(row.Doors, Linked{v.what(s), v.selectionLink(d, s)})
	}
	if len(t.Select) == 1 {
		row.Href = row.Doors[0].Href
	}
	return row
}

func (v *visit) termValue(t honne.Term) string {
	switch {
	case t.Money.Currency != "":
		return v.lang.Exact(t.Money)
	case t.Quantity.Known:
		return v.lang.Quantity(t.Quantity.N)
	}
	return v.lang.Count(int64(t.Count))
}

// addSources adds the ranges of several selections, at most twenty.
func (v *visit) addSources(page *evidencePage, d honne.Distributor, selections []honne.Selection) {
	at, err := v.asOf(d)
	if err != nil {
		return
	}
	for _, s := range selections {
		left := 20 - len(page.Sources)
		if left <= 0 {
			page.More++
			continue
		}
		sources, more, err := v.app.Store.Sources(v.Context(), d.ID, at, s, left)
		if err != nil {
			v.app.Log.Warn("web: sources", "err", err)
			continue
		}
		page.More += more
		inSheetOrder(sources)
		for _, src := range sources {
			row := v.source(d, src, len(page.Sources) < 3 && s.Log != honne.EntryContact) // beside a function stands a name
			if s.Log != "" && src.File == 0 {
				row.FileHref = v.codeDoor(d, s.Log, src.Path)
			}
			page.Sources = append(page.Sources, row)
		}
	}
	saidOnce(page.Sources)
}
