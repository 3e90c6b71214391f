package web

import (
	"net/http"

	"honne"
	"honne/internal/audit"
)

// gapPage shows what is said, shown and meant. It is never part of the partner's
// edition.
type gapPage struct {
	Frame
	Code, Heading, Back string
	Rows                []GapRow
	Overall             string
	About, Few          string // how to read it; what stands where fewer spoke than are needed
	Least               string // why fewer than five are enough; "" where they are not
}

// GapRow is one dimension; places are those of a drawing in which the scale runs
// from 10 to 130.
type GapRow struct {
	Name, Href               string
	Said, Shown, Meant, Gap  string
	SaidAt, ShownAt, MeantAt int
	HasSaid, HasShown        bool
	HasMeant, Wide           bool
	Why                      string
}

func (a *app) showGap(w http.ResponseWriter, v *visit, x *assessed) error {
	page := gapPage{Frame: x.frame(v.t("audit.gap")), Code: x.entry.Code(), Heading: v.t("audit.gap"), Back: x.at("")}
	page.About, page.Few, page.Least = x.t("gap.about", honne.Count("k", x.least())), x.few(), x.leastWhy()
	page.Crumbs = append(page.Crumbs, Choice{Label: page.Heading})
	book, err := x.book()
	if err != nil {
		return err
	}
	gaps := audit.Gaps(x.assessment, "partner")
	if mean, known := audit.Overall(gaps, book.Audit.Weights, func(g audit.Gap) *float64 { return g.SaidShown }); known {
		page.Overall = v.lang.Fixed(mean, 1)
	}
	for _, g := range audit.Widest(gaps) {
		page.Rows = append(page.Rows, x.gapRow(g))
	}
	return v.show(w, http.StatusOK, "gap", page)
}

func (x *assessed) gapRow(g audit.Gap) GapRow {
	row := GapRow{Name: x.t("dimension." + g.Dimension), Href: x.at("/criteria/" + short(g.Dimension)), Wide: g.Flag}
	row.Said, row.SaidAt, row.HasSaid = x.dot(g.Said)
	row.Shown, row.ShownAt, row.HasShown = x.dot(g.Shown)
	row.Meant, row.MeantAt, row.HasMeant = x.dot(g.Meant)
	switch {
	case g.SaidMeant != nil:
		row.Gap, row.Why = x.lang.Signed(*g.SaidMeant, 1), x.t("gap.to-meant")
	case g.SaidShown != nil:
		row.Gap, row.Why = x.lang.Signed(*g.SaidShown, 1), x.t("gap.to-shown")
	case g.Shown == nil:
		row.Why = x.t("gap.unverified")
	}
	return row
}

func (x *assessed) dot(v *float64) (text string, at int, has bool) {
	if v == nil {
		return "", 0, false
	}
	return x.lang.Fixed(*v, 1), 10 + int(*v*30), true
}
