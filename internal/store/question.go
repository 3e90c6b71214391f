package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"honne"
	"honne/internal/identity"
)

// NameQuestions lists the accounts and products of which a person may want to
// say whether they are one, the likeliest first. RuleNames answers. What was
// answered is not asked again, unless the answer is taken back.
func (s *Store) NameQuestions(ctx context.Context, d honne.DistributorID) ([]honne.NameQuestion, error) {
	var out []honne.NameQuestion
	err := s.eachFold(ctx, d, honne.AsOf{}, func(p *identity.Parties, name func(int64) honne.Name) {
		for _, x := range p.Questions() {
			out = append(out, honne.NameQuestion{A: name(x.A), B: name(x.B), Score: x.Score, Reasons: x.Reasons})
		}
	})
	if err != nil {
		return nil, fmt.Errorf("store: questions on names of distributor %d: %w", d, err)
	}
	slices.SortStableFunc(out, func(x, y honne.NameQuestion) int { return cmp.Compare(y.Score, x.Score) })
	return out, nil
}

// NameJoints lists which names count as one as of a moment, and why.
func (s *Store) NameJoints(ctx context.Context, d honne.DistributorID, at honne.AsOf) ([]honne.NameJoint, error) {
	var out []honne.NameJoint
	err := s.eachFold(ctx, d, at, func(p *identity.Parties, name func(int64) honne.Name) {
		for _, x := range p.Joints() {
			out = append(out, honne.NameJoint{A: name(x.A), B: name(x.B), Person: x.Person, Reasons: x.Reasons})
		}
	})
	if err != nil {
		return nil, fmt.Errorf("store: joined names of distributor %d: %w", d, err)
	}
	return out, nil
}

// eachFold gives what was sorted into parties to do: dealers, end users,
// products.
func (s *Store) eachFold(ctx context.Context, d honne.DistributorID, at honne.AsOf, do func(*identity.Parties, func(int64) honne.Name)) error {
	return s.view(ctx, func(q querier) error {
		led, err := readLedger(ctx, q, d, at)
		if err != nil {
			return err
		}
		accounts, err := readAccounts(ctx, q, led, at)
		if err != nil {
			return err
		}
		articles, err := readArticles(ctx, q, led, at)
		if err != nil {
			return err
		}
		for _, p := range accounts.folds {
			do(p, func(id int64) honne.Name { return accounts.rows[id].named() })
		}
		do(articles.folded, func(id int64) honne.Name {
			x := articles.rows[id]
			return honne.Name{ID: honne.NameID(id), Product: true, Code: x.Code, Name: x.Name}
		})
		return nil
	})
}
