package web

import (
	"cmp"
	"net/http"
	"strconv"

	"honne"
	"honne/internal/inspect"
)

// ground is what derived figures stand on: the months of one fiscal year.
type ground struct {
	v      *visit
	d      honne.Distributor
	rec    honne.Record
	p      honne.Picture
	months []honne.MonthView
}

// ground takes the months of the year of a picture.
func (v *visit) ground(d honne.Distributor, rec honne.Record, p honne.Picture) ground {
	return ground{v: v, d: d, rec: rec, p: p, months: p.Months}
}

// inYear is the picture of the fiscal year that the address asks for, where that is
// another than p's own.
func (v *visit) inYear(rec honne.Record, p honne.Picture) (honne.Picture, error) {
	year, err := strconv.Atoi(v.URL.Query().Get("fy"))
	if err != nil || year <= 1990 || year >= 2200 || year == p.FiscalYear {
		return p, nil
	}
	book, err := v.book()
	of := inspect.Year(rec, book, year)
	if of.Period.IsZero() { // without sales it is in what the others are in
		of.KPIs.Sales.Quantity = p.KPIs.Sales.Quantity
	}
	return of, err
}

// inPieces reports whether the figures of a picture are quantities: no amounts
// were reported. They are in thousandths then.
func inPieces(p honne.Picture) bool { return p.KPIs.Sales.Quantity.Known }

// link opens a figure of the ground's year.
func (g ground) link(name string) string { return figureLink(g.v, g.d, name) }

// linkOf opens a figure of one month.
func (g ground) linkOf(name string, m honne.Month) string {
	return figureLink(g.v, g.d, name, "month", m.String())
}

// exact writes a figure to the last unit.
func (g ground) exact(n int64) string {
	if inPieces(g.p) {
		return g.v.lang.Quantity(n)
	}
	return g.v.lang.Exact(honne.Money{Minor: n, Currency: cmp.Or(g.p.Currency, honne.JPY)})
}

// pick chooses a figure of a month, and the address of its cells.
type pick func(honne.MonthView) (honne.Figure, string)

func (g ground) actual(m honne.MonthView) (honne.Figure, string) {
	return m.Actual, g.v.cellLink(g.d, g.p, honne.Sales, m.Month.Period())
}

func (g ground) plan(m honne.MonthView) (honne.Figure, string) {
	return m.Plan, g.v.cellLink(g.d, g.p, m.PlanOf, m.Month.Period())
}

func (g ground) prior(m honne.MonthView) (honne.Figure, string) {
	return m.Prior, g.v.priorLink(g.d, g.p, m)
}

// expected is the actual of a month, or the forecast of one without.
func (g ground) expected(m honne.MonthView) (honne.Figure, string) {
	if m.Actual.Known {
		return g.actual(m)
	}
	return m.Forecast, g.v.cellLink(g.d, g.p, honne.Forecast, m.Month.Period())
}

// sum adds a figure up over the months that were received, or over all twelve;
// whole is false where one of them is not known.
func (g ground) sum(of pick, all bool) (n int64, whole bool) {
	months := 0
	for _, m := range g.months {
		if !all && !m.Actual.Known {
			continue
		}
		f, _ := of(m)
		if !f.Known {
			return 0, false
		}
		n += f.N
		months++
	}
	return n, months > 0
}

// rows are the months of a sum, each a link to its cells.
func (g ground) rows(of pick, all bool) []FormulaRow {
	var out []FormulaRow
	for _, m := range g.months {
		if !all && !m.Actual.Known {
			continue
		}
		f, href := of(m)
		row := FormulaRow{Label: g.v.lang.Month(m.Month), Value: g.exact(f.N), Href: href}
		if len(out) > 0 {
			row.Op = "+"
		}
		out = append(out, row)
	}
	return out
}

// showFigureEvidence opens a derived figure: its formula with each term a link,
// down to the cells.
func (a *app) showFigureEvidence(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	rec, p, err := v.pictureOf(d)
	if err != nil {
		return err
	}
	if p, err = v.inYear(rec, p); err != nil {
		return err
	}
	g := v.ground(d, rec, p)
	name := v.PathValue("figure")
	span := v.lang.FiscalYear(p.FiscalYear)
	var f derived
	ok := false
	if at := v.URL.Query().Get("month"); at != "" {
		m, err := honne.ParseMonth(at)
		if err != nil {
			return honne.ErrNotFound
		}
		span = v.lang.Month(m)
		f, ok = g.deriveMonth(name, m)
	} else {
		f, ok = g.derive(name)
	}
	if !ok {
		return honne.ErrNotFound
	}
	page, err := v.evidence(d, v.t("figure."+name))
	if err != nil {
		return err
	}
	page.Value, page.Note, page.Because = f.value, span, f.notes
	if len(f.rows) > 0 {
		page.Formula = append(f.rows, FormulaRow{Label: v.t("figure." + name), Value: f.value, Result: true})
	}
	if !inPieces(p) {
		if page.Rate, err = v.evidenceRate(d); err != nil {
			return err
		}
	}
	v.addSources(&page, d, f.selects)
	return v.show(w, http.StatusOK, "evidence", page)
}
