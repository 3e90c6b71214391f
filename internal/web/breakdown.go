package web

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"honne"
	"honne/internal/inspect"
)

// breakdowns are the views of the figures page that part them, by their name there.
var breakdowns = map[string]honne.Breakdown{"lines": honne.ByLine, "regions": honne.ByRegion, "dealers": honne.ByDealer}

// slicesShown is how many slices a table shows, the largest.
const slicesShown = 100

// slicesOf are the slices of a distributor's figures with their measures.
func (v *visit) slicesOf(d honne.Distributor, by honne.Breakdown) ([]honne.Sliced, error) {
	at, err := v.asOf(d)
	if err != nil {
		return nil, err
	}
	rec, list, err := v.app.Store.Slices(v.Context(), d.ID, at, by)
	if err != nil && !errors.Is(err, honne.ErrNotFound) {
		return nil, fmt.Errorf("web: part figures by %s: %w", by, err)
	}
	book, err := v.book()
	return inspect.Slices(rec, list, book), err
}

// fillBreakdown shows the sales and the measures of each slice, and of the whole
// below; where nothing is parted, what would part it.
func (v *visit) fillBreakdown(page *figuresPage, d honne.Distributor, p honne.Picture, by honne.Breakdown) error {
	list, err := v.slicesOf(d, by)
	if err != nil {
		return err
	}
	page.Note = v.t("figures.parts.note")
	if len(list) == 0 {
		page.Note = v.t("figures.parts.none." + string(by))
		return nil
	}
	if more := len(list) - slicesShown; more > 0 {
		list = list[:slicesShown]
		page.Note += " " + v.t("figures.parts.more", honne.Count("n", more))
	}
	known, unknown := knownOf(list)
	if len(unknown) > 0 {
		page.Note += " " + v.t("figures.parts.unknown", honne.Text("measures", strings.Join(v.measureNames(unknown), v.t("comma"))))
	}
	m := &Matrix{Caption: page.Heading, Columns: append([]string{v.t("series.sales") + v.t("comma") + v.unit(p)}, v.measureNames(known)...)}
	var amounts []int64
	for _, x := range list {
		amounts = append(amounts, minorOf(x.Sales))
	}
	places := v.placesIn(p, amounts...)
	for _, x := range list {
		m.Rows = append(m.Rows, v.sliceRow(d, p, x, known, places))
	}
	m.Rows = append(m.Rows, v.wholeRow(d, p, known, places))
	page.Matrix = m
	return nil
}

// knownOf parts the measures of slices into those of which one at least is known,
// and the others.
func knownOf(list []honne.Sliced) (known, unknown []honne.MeasureID) {
	for _, r := range list[0].Results {
		if slices.ContainsFunc(list, func(x honne.Sliced) bool {
			return slices.ContainsFunc(x.Results, func(o honne.Result) bool { return o.Known && o.Measure == r.Measure })
		}) {
			known = append(known, r.Measure)
		} else {
			unknown = append(unknown, r.Measure)
		}
	}
	return known, unknown
}

func (v *visit) measureNames(list []honne.MeasureID) (out []string) {
	for _, m := range list {
		out = append(out, v.t("measure."+m.Slug))
	}
	return out
}

// sliceRow is the row of a slice; what is not looked at of it stays blank.
func (v *visit) sliceRow(d honne.Distributor, p honne.Picture, x honne.Sliced, columns []honne.MeasureID, places int) MatrixRow {
	row := MatrixRow{Name: v.sliceName(x.By, x.Of)}
	sales := Linked{}
	if len(x.Sales.Select) > 0 {
		sales = Linked{v.moneyTo(honne.Known(minorOf(x.Sales)), p, places), v.selectionLink(d, x.Sales.Select[0])}
	}
	row.Cells = append(row.Cells, sales)
	for _, c := range columns {
		cell := Linked{}
		if i := slices.IndexFunc(x.Results, func(r honne.Result) bool { return r.Measure == c }); i >= 0 {
			cell = Linked{v.valueOf(x.Results[i]), v.link(base(d)+"/evidence/measure/"+c.Slug, "by", string(x.By), "of", x.Of)}
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// wholeRow is the row of all slices together: what the other pages say.
func (v *visit) wholeRow(d honne.Distributor, p honne.Picture, columns []honne.MeasureID, places int) MatrixRow {
	row := MatrixRow{Name: v.t("total"), Total: true, Cells: []Linked{{}}}
	if has(p.KPIs.Sales) {
		row.Cells[0] = Linked{v.moneyTo(honne.Known(minorOf(p.KPIs.Sales)), p, places), figureLink(v, d, "sales")}
	}
	for _, c := range columns {
		cell := Linked{}
		if i := slices.IndexFunc(p.Measures, func(j honne.Judged) bool { return j.Measure == c }); i >= 0 {
			cell = Linked{v.valueOf(p.Measures[i].Result), v.measureLink(d, c.Slug)}
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

func (v *visit) valueOf(r honne.Result) string {
	if !r.Known {
		return v.t("not-known")
	}
	return v.reading(r.Value, r.Unit, r)
}

// sliceName names a slice, that of what names none too.
func (v *visit) sliceName(by honne.Breakdown, of string) string {
	if of == "" {
		return v.t("slice.none." + string(by))
	}
	return of
}

// slicedMeasure is a measure of one slice, as its evidence shows it; ok is false
// where there is no such slice, or the measure makes no sense of it.
func (v *visit) slicedMeasure(d honne.Distributor, by honne.Breakdown, of, slug string) (r honne.Result, ok bool, err error) {
	list, err := v.slicesOf(d, by)
	for _, x := range list {
		for _, r := range x.Results {
			if x.Of == of && r.Measure.Slug == slug {
				return r, true, err
			}
		}
	}
	return r, false, err
}
