package web

import (
	"cmp"
	"fmt"
	"strconv"

	"honne"
	"honne/internal/store"
)

// ArticleCell is a product as a page shows it, and as it is written.
type ArticleCell struct {
	NameCell
	Product honne.Product
}

// OffRow is a product of theirs that is not on our own list, and the nearest
// articles that are.
type OffRow struct {
	ArticleCell
	Near []ArticleCell
}

// PassedRow is a product of which somebody said that it may be missing there.
type PassedRow struct {
	ArticleCell
	Number, N, Who string
}

// offList adds the products of the record that are not on our own list, and what
// was said of such.
func (v *visit) offList(page *namesPage, d honne.Distributor) error {
	rec, err := v.recordOf(d)
	if err != nil {
		return err
	}
	off, err := v.app.Store.OffList(v.Context(), d.ID, rec.Products)
	if err != nil {
		return fmt.Errorf("web: hold products against our list: %w", err)
	}
	for _, x := range off[:min(len(off), asked)] {
		row := OffRow{ArticleCell: articleCell(x.Product)}
		for _, n := range x.Near {
			row.Near = append(row.Near, articleCell(n))
		}
		page.Off = append(page.Off, row)
	}
	passed, err := store.Entries[honne.Unlisted](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return fmt.Errorf("web: read products that are not on our list: %w", err)
	}
	for _, e := range passed {
		page.Passed = append(page.Passed, PassedRow{ArticleCell: articleCell(honne.Product(e.Body)), Number: strconv.Itoa(e.Number), N: strconv.Itoa(e.N),
			Who: v.t("names.ruled", honne.Text("name", v.who(e.By)), honne.Instant("at", e.At))})
	}
	return nil
}

func articleCell(p honne.Product) ArticleCell {
	return ArticleCell{NameCell{Name: cmp.Or(p.Name, p.Code), Code: p.Code}, p}
}

// ruleArticle keeps what a person says of a product and our own list, where the
// form says that.
func (v *visit) ruleArticle(d honne.Distributor) (ruled bool, err error) {
	theirs := honne.Product{Code: v.FormValue("their-code"), Name: v.FormValue("their-name")}
	switch v.FormValue("verdict") {
	case "article":
		err = v.app.Store.RuleArticle(v.Context(), v.user.ID, d.ID, theirs, honne.Product{Code: v.FormValue("our-code"), Name: v.FormValue("our-name")})
	case "unlisted":
		_, err = store.Enter(v.Context(), v.app.Store, honne.Entry[honne.Unlisted]{Distributor: d.ID, By: v.user.ID, Body: honne.Unlisted(theirs)})
	case "listed":
		var passed []honne.Entry[honne.Unlisted]
		if passed, err = store.Entries[honne.Unlisted](v.Context(), v.app.Store, d.ID); err == nil {
			err = takeBack(v, passed)
		}
	default:
		return false, nil
	}
	if err != nil {
		err = fmt.Errorf("web: rule on a product: %w", err)
	}
	return true, err
}
