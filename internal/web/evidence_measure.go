package web

import (
	"net/http"
	"slices"

	"honne"
)

// showFigureEvidence opens one of the figures of the strip: its term, and each
// selection down to cells.
func (a *app) showFigureEvidence(w http.ResponseWriter, v *visit) error {
	d, err := v.distributor()
	if err != nil {
		return err
	}
	_, p, err := v.pictureOf(d)
	if err != nil {
		return err
	}
	terms := map[string]honne.Term{"sales": p.KPIs.Sales, "plan": p.KPIs.Plan, "prior": p.KPIs.Prior,
		"outlook": p.KPIs.Outlook, "year-plan": p.KPIs.YearPlan}
	term, ok := terms[v.PathValue("figure")]
	if !ok || !has(term) {
		return honne.ErrNotFound
	}
	page := v.evidence(d, v.t("figure."+v.PathValue("figure")))
	page.Value = v.termValue(term)
	if len(term.Select) == 1 {
		if err := v.fillSelection(&page, d, term.Select[0]); err != nil {
			return err
		}
	} else {
		page.Formula = []FormulaRow{v.termRow(d, term)}
		v.addSources(&page, d, term.Select)
	}
	return v.show(w, http.StatusOK, "evidence", page)
}

// showMeasureEvidence opens a measure: formula, terms, band, history.
func (a *app) showMeasureEvidence(w http.ResponseWriter, v *visit) error {
	d, err := v.distributor()
	if err != nil {
		return err
	}
	_, p, err := v.pictureOf(d)
	if err != nil {
		return err
	}
	slug := v.PathValue("measure")
	i := slices.IndexFunc(p.Measures, func(j honne.Judged) bool { return j.Measure.Slug == slug })
	if i < 0 {
		return honne.ErrNotFound
	}
	m := p.Measures[i]
	page := v.evidence(d, v.t("measure."+slug))
	page.Level = v.band(m.Band)
	v.fillMeasure(&page, d, m)
	v.addSources(&page, d, m.Evidence)
	return v.show(w, http.StatusOK, "evidence", page)
}

func (v *visit) fillMeasure(page *evidencePage, d honne.Distributor, m honne.Judged) {
	page.Note = m.Measure.ID
	if !m.Period.IsZero() {
		page.Note += ", " + v.lang.Period(m.Period)
	}
	if !m.Known {
		page.Value, page.Why = v.t("not-received"), v.say(m.Why)
		for _, n := range m.Needs {
			page.Needs = append(page.Needs, v.t("need."+string(n)))
		}
	} else {
		page.Value = v.reading(m.Value, m.Unit, honne.Result{Measure: m.Measure})
	}
	for _, t := range [...]honne.Term{m.Numerator, m.Denominator} {
		if !t.Label.IsZero() {
			page.Formula = append(page.Formula, v.termRow(d, t))
		}
	}
	for _, part := range m.Parts {
		page.Parts = append(page.Parts, FormulaRow{Label: v.t("part." + part.Name), Value: v.reading(part.Value, part.Unit, honne.Result{})})
	}
	for _, h := range slices.Backward(m.History) {
		page.History = append(page.History, FormulaRow{Label: v.lang.Period(h.Period), Value: v.reading(h.Value, m.Unit, honne.Result{})})
	}
	page.Because, page.OurSide = v.sayAll(m.Because), v.sayAll(m.OurSide)
	page.Confounders, page.Trace = v.sayAll(m.Confounders), v.sayAll(m.Trace)
}

func (v *visit) termRow(d honne.Distributor, t honne.Term) FormulaRow {
	row := FormulaRow{Label: title(v.say(t.Label)), Value: v.termValue(t)}
	for i, s := range t.Select {
		if i == 12 {
			break
		}
		row.Doors = append(row.Doors, Linked{v.what(s), v.selectionLink(d, s)})
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
		for _, src := range sources {
			page.Sources = append(page.Sources, v.source(src, len(page.Sources) < 3))
		}
	}
}
