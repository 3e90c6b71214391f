package store

import (
	"cmp"
	"context"
	"slices"

	"honne"
	"honne/internal/identity"
)

// products are the products of a distributor by id. Two names of one code are
// one product, under the id that was first: so changes are kept. For a reading
// some of those are one article.
type products struct {
	rows    map[int64]honne.Product
	first   map[int64]int64
	article map[int64]int64 // of those that are first and are not alone; nil for what is kept
	folded  *identity.Parties
}

func readProducts(ctx context.Context, q querier, d honne.DistributorID) (products, error) {
	rows, err := collect(ctx, q, (*nameRow).fields, selectName+`WHERE distributor_id = $1 AND kind = 1 ORDER BY id`, int64(d))
	p := products{rows: map[int64]honne.Product{0: {}}, first: map[int64]int64{0: 0}}
	byKey := map[string]int64{}
	for _, r := range rows {
		product := honne.Product{Code: r.code, Name: r.name}
		key := productKey(product)
		if _, ok := byKey[key]; !ok {
			byKey[key] = r.id
		}
		p.rows[r.id], p.first[r.id] = product, byKey[key]
	}
	return p, err
}

// productKey is what selections and changes know a product by: its code, or its
// name where there is no code.
func productKey(p honne.Product) string { return cmp.Or(p.Code, p.Name) }

// same returns the id that stands for a product.
func (p products) same(id int64) int64 {
	if one, ok := p.article[p.first[id]]; ok {
		return one
	}
	return p.first[id]
}

// readArticles reads the products and finds which are one article, among those
// of a ledger's versions.
func readArticles(ctx context.Context, q querier, led *ledger, at honne.AsOf) (products, error) {
	p, err := readProducts(ctx, q, led.distributor)
	if err != nil {
		return p, err
	}
	var known []honne.SubmissionID
	for _, v := range led.versions {
		known = append(known, v.ID)
	}
	slices.Sort(known)
	names := map[int64]string{}
	err = eachRollup(ctx, q, led.distributor, ofProducts, known, func(r *rollupRow) error {
		if first := p.first[r.of]; first != 0 && (names[first] == "" || p.rows[r.of].Name < names[first]) {
			names[first] = p.rows[r.of].Name
		}
		return nil
	})
	if err != nil {
		return p, err
	}
	rulings, err := readRulings(ctx, q, led.distributor, at)
	p.fold(names, rulings)
	return p, err
}

// fold finds the articles among products, which are known by one of their names.
func (p *products) fold(names map[int64]string, rulings []rulingRow) {
	var said []identity.Ruling
	for _, r := range rulings {
		r.a, r.b = p.first[r.a], p.first[r.b]
		for _, id := range [...]int64{r.a, r.b} {
			if _, ok := names[id]; !ok && id != 0 {
				names[id] = p.rows[id].Name
			}
		}
		said = append(said, r.ruling())
	}
	var entries []identity.Known
	for id, name := range names {
		e := identity.Known{ID: id, Entry: identity.Entry{Name: name}}
		e.Codes = identity.ReadCodes(identity.Article, p.rows[id].Code, "")
		entries = append(entries, e)
	}
	p.folded, p.article = identity.Fold(identity.Article, entries, said), map[int64]int64{}
	for _, e := range entries {
		if one := p.folded.Of(e.ID); one != e.ID {
			p.article[e.ID], p.article[one] = one, one
		}
	}
}

// code returns the least code of an article.
func (p products) code(article int64) (least string) {
	for id, one := range p.article {
		if code := p.rows[id].Code; one == article && code != "" && (least == "" || code < least) {
			least = code
		}
	}
	return least
}

// selected returns the ids that a selection means: of the article that has the
// key, or one of whose names has.
func (p products) selected(key string) map[int64]bool {
	articles, out := map[int64]bool{}, map[int64]bool{}
	for id, product := range p.rows {
		if id != 0 && productKey(product) == key {
			articles[p.same(id)] = true
		}
	}
	for id := range p.rows {
		if articles[p.same(id)] {
			out[id] = true
		}
	}
	return out
}

// union returns the ids in either, in order.
func (p products) union(a, b map[int64]productCell) []int64 {
	var out []int64
	for id := range a {
		out = append(out, id)
	}
	for id := range b {
		if _, ok := a[id]; !ok {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}
