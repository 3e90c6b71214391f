package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"honne"
	"honne/internal/identity"
)

// nearest is how many articles are proposed for a product that is on no list.
const nearest = 3

// OffList returns which of a partner's products are not on our own list, in their
// order; none where we have no list. One is on it by its code, by its name, by
// what a person said of the two, or because a person said that it may be missing
// there (honne.Unlisted).
func (s *Store) OffList(ctx context.Context, d honne.DistributorID, products []honne.Product) ([]honne.OffList, error) {
	var out []honne.OffList
	err := s.view(ctx, func(q querier) error {
		list, err := readList(ctx, q, d, honne.AsOf{})
		if err != nil || len(list.articles) == 0 {
			return err
		}
		for _, p := range products {
			if list.passed[p] || p == (honne.Product{}) {
				continue
			}
			found := list.index.Match(articleEntry(p), 2*nearest)
			if found.Outcome != identity.Same {
				out = append(out, honne.OffList{Product: p, Near: list.near(p, found.Candidates)})
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("store: products of distributor %d that are not on our list: %w", d, err)
	}
	return out, nil
}

// ownList is our own list of products, ready for comparison.
type ownList struct {
	articles []honne.Article
	index    *identity.Index
	passed   map[honne.Product]bool    // known not to be on it
	apart    map[[2]honne.Product]bool // a person said that they are two: theirs, ours
}

// readList reads the list as of a moment.
func readList(ctx context.Context, q querier, d honne.DistributorID, at honne.AsOf) (*ownList, error) {
	l := &ownList{passed: map[honne.Product]bool{}, apart: map[[2]honne.Product]bool{}}
	var known []identity.Known
	for _, of := range slices.Compact([]honne.DistributorID{0, d}) {
		rows, err := standing(ctx, q, of, at, `AND kind = $3`, string(honne.EntryArticle))
		entries, err := entriesOf[honne.Article](rows, err)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if at.Known != 0 && e.Body.Cited.Received > at.Known {
				continue
			}
			l.articles = append(l.articles, e.Body)
			known = append(known, identity.Known{ID: int64(len(l.articles)), Entry: articleEntry(honne.Product{Code: e.Body.Code, Name: e.Body.Name})})
		}
	}
	rows, err := standing(ctx, q, d, honne.AsOf{}, `AND kind = $3`, string(honne.EntryUnlisted))
	passed, err := entriesOf[honne.Unlisted](rows, err)
	if err != nil {
		return nil, err
	}
	for _, e := range passed {
		l.passed[honne.Product{Code: e.Body.Code, Name: e.Body.Name}] = true
	}
	said, err := l.said(ctx, q, d, identity.NewIndex(identity.Article, known))
	l.index = identity.NewIndex(identity.Article, append(known, said...))
	return l, err
}

func articleEntry(p honne.Product) identity.Entry {
	return identity.Entry{Name: p.Name, Codes: identity.ReadCodes(identity.Article, p.Code, "")}
}

// said are the names that a person called the same as one on the list. Those that
// somebody called different are kept apart.
func (l *ownList) said(ctx context.Context, q querier, d honne.DistributorID, index *identity.Index) ([]identity.Known, error) {
	rulings, err := readRulings(ctx, q, d, honne.AsOf{})
	if err != nil || len(rulings) == 0 {
		return nil, err
	}
	names, err := allNames(ctx, q, d)
	var out []identity.Known
	for _, ruling := range newestRulings(rulings) {
		two := [2]int64{ruling.a, ruling.b}
		for _, pair := range [...][2]int64{two, {two[1], two[0]}} {
			theirs, ours := names[pair[0]], names[pair[1]]
			if theirs.kind != nameProduct || ours.kind != nameProduct {
				continue
			}
			on := index.Match(articleEntry(honne.Product{Code: ours.code, Name: ours.name}), 1)
			if on.Outcome != identity.Same {
				continue
			}
			p := honne.Product{Code: theirs.code, Name: theirs.name}
			switch ruling.verdict {
			case honne.NamesSame:
				out = append(out, identity.Known{ID: on.ID, Entry: articleEntry(p)})
			case honne.NamesDiffer:
				l.apart[[2]honne.Product{p, l.product(on.ID)}] = true
			}
		}
	}
	return out, err
}

// newestRulings are the last ruling on each pair of names, in the order of the first.
func newestRulings(list []rulingRow) (out []rulingRow) {
	at := map[[2]int64]int{}
	for _, r := range list {
		r.a, r.b = min(r.a, r.b), max(r.a, r.b)
		i, before := at[[2]int64{r.a, r.b}]
		if !before {
			i = len(out)
			at[[2]int64{r.a, r.b}], out = i, append(out, r)
		}
		out[i] = r
	}
	return out
}

func (l *ownList) product(id int64) honne.Product {
	a := l.articles[id-1]
	return honne.Product{Code: a.Code, Name: a.Name}
}

// near are the articles that may be meant, but for those that a person refused.
func (l *ownList) near(p honne.Product, candidates []identity.Candidate) (out []honne.Product) {
	for _, c := range candidates {
		if x := l.product(c.ID); len(out) < nearest && !l.apart[[2]honne.Product{p, x}] {
			out = append(out, x)
		}
	}
	return out
}

// RuleArticle keeps that somebody called a partner's product the same as an
// article of our list, as RuleNames does for two of the partner's own names.
func (s *Store) RuleArticle(ctx context.Context, by honne.UserID, d honne.DistributorID, theirs, ours honne.Product) error {
	a, errA := s.nameOfProduct(ctx, d, theirs)
	b, errB := s.nameOfProduct(ctx, d, ours)
	for _, err := range [...]error{errA, errB} {
		if err != nil {
			return fmt.Errorf("store: rule on an article of distributor %d: %w", d, err)
		}
	}
	return s.RuleNames(ctx, by, d, a, b, honne.NamesSame)
}

// nameOfProduct finds or makes the name of a product.
func (s *Store) nameOfProduct(ctx context.Context, d honne.DistributorID, p honne.Product) (id honne.NameID, err error) {
	if p == (honne.Product{}) {
		return 0, honne.ErrInvalid
	}
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		// Two who make the same name at once wait for each other here.
		if _, err := nextID(ctx, tx, "name", 0); err != nil {
			return err
		}
		n, ids, err := openNames(ctx, tx, d, s.Dialect())
		if err != nil {
			return err
		}
		i := n.product(p)
		if err := ids.save(ctx, tx, n.takeFresh()); err != nil {
			return err
		}
		id = honne.NameID(ids.ids[i])
		return nil
	})
	return id, err
}
