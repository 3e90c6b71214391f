package job

import (
	"context"
	"fmt"

	"honne"
	"honne/internal/inspect"
	"honne/internal/store"
)

// Assess enters an audit with all that is written in it, as people would: it gets
// its number, findings get theirs, and an action starts where its measure stood
// at the freeze. It returns the number of the audit.
func (w *Works) Assess(ctx context.Context, d honne.DistributorID, by honne.UserID, a honne.Assessment) (int, error) {
	rec, err := w.Store.Record(ctx, d, a.Audit.AsOf())
	if err != nil {
		return 0, fmt.Errorf("job: assess: %w", err)
	}
	e := entering{w.Store, d, by, nil}
	n := enterOne(ctx, &e, a.Audit)
	enterEach(ctx, &e, a.Requests, func(x *honne.EvidenceRequest) { x.Audit = n })
	enterEach(ctx, &e, a.Self, func(x *honne.SelfAnswer) { x.Audit = n })
	enterEach(ctx, &e, a.Ratings, func(x *honne.Rating) { x.Audit = n })
	found := map[int]int{}
	for _, x := range a.Findings {
		x.Body.Audit = n
		found[x.Number] = enterOne(ctx, &e, x.Body)
	}
	p := inspect.Picture(rec, w.Playbook)
	for _, x := range a.Actions {
		x.Body.Audit, x.Body.Finding = n, found[x.Body.Finding]
		m, known := p.Known(x.Body.Metric)
		if !known {
			return n, fmt.Errorf("job: assess: %s was not known at the freeze, so no action starts from it: %w", x.Body.Metric, honne.ErrInvalid)
		}
		x.Body.Start = m.Value
		enterOne(ctx, &e, x.Body)
	}
	a.Decision.Audit = n
	enterOne(ctx, &e, a.Decision)
	if e.err != nil {
		return n, fmt.Errorf("job: assess: %w", e.err)
	}
	return n, nil
}

// entering enters bodies one by one until the first error.
type entering struct {
	store *store.Store
	to    honne.DistributorID
	by    honne.UserID
	err   error
}

func enterEach[T honne.Entered](ctx context.Context, e *entering, list []T, belong func(*T)) {
	for _, x := range list {
		belong(&x)
		enterOne(ctx, e, x)
	}
}

func enterOne[T honne.Entered](ctx context.Context, e *entering, body T) int {
	if e.err != nil {
		return 0
	}
	var kept honne.Entry[T]
	kept, e.err = store.Enter(ctx, e.store, honne.Entry[T]{Distributor: e.to, By: e.by, Body: body})
	return kept.Number
}
