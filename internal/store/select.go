package store

import (
	"context"
	"slices"

	"honne"
)

// selection is a honne.Selection made ready: which cells, and what of their
// lines.
type selection struct {
	honne.Selection
	cells    []held
	days     bool                         // only lines dated within Period
	products map[int64]bool               // nil for all
	accounts map[int64]bool               // nil for all
	besides  map[int64]bool               // those whose lines are left out
	slice    func(held, *storedLine) bool // nil for all
}

// resolve finds what is selected among the candidates. Period selects months
// and closing months that end in it, as Record's Facts have them; where there
// are none, the cells of exactly that period; and where there are none of those
// either, the dated lines within it. A zero Period selects all months, or, where
// there are none, everything.
func (s *Store) resolve(ctx context.Context, q querier, led *ledger, at honne.AsOf, sel honne.Selection, candidates []held) (*selection, error) {
	picked := &selection{Selection: sel}
	candidates = slices.DeleteFunc(slices.Clone(candidates), func(h held) bool {
		return sel.Series != "" && h.Part.Series != sel.Series
	})
	if picked.cells = within(candidates, sel.Period); len(picked.cells) == 0 {
		picked.cells, picked.days = overlapping(candidates, sel.Period), true
	}
	if sel.Product != "" {
		p, err := s.articlesOf(ctx, q, led, at)
		if err != nil {
			return nil, err
		}
		picked.products = p.selected(sel.Product)
	}
	if err := s.pickAccounts(ctx, q, led, at, picked); err != nil {
		return nil, err
	}
	if sel.By != "" {
		how, err := s.slicing(ctx, q, led, at, sel.By)
		if err != nil {
			return nil, err
		}
		picked.slice = func(h held, l *storedLine) bool { return how.name(h, l) == sel.Of }
	}
	return picked, nil
}

// pickAccounts finds whose lines are selected, and whose are left out.
func (s *Store) pickAccounts(ctx context.Context, q querier, led *ledger, at honne.AsOf, picked *selection) error {
	of := picked.Account != "" || picked.Disclosure != nil || picked.EndUser
	if !of && len(picked.Besides) == 0 {
		return nil
	}
	all, err := s.accountsOf(ctx, q, led, at)
	if err != nil {
		return err
	}
	if of {
		picked.accounts = all.selected(picked.Selection)
	}
	for _, name := range picked.Besides {
		for id := range all.selected(honne.Selection{Account: name}) {
			if picked.besides == nil {
				picked.besides = map[int64]bool{}
			}
			picked.besides[id] = true
		}
	}
	return nil
}

// ofAccount reports whether the lines of an account are selected.
func (s *selection) ofAccount(id int64) bool {
	return (s.accounts == nil || s.accounts[id]) && !s.besides[id]
}

func within(candidates []held, p honne.Period) (out []held) {
	aligned := p.IsZero() || p == honne.Months(p.From.Month(), p.To.Month())
	for _, h := range candidates {
		m, ok := h.total.period.Bucket()
		if ok && aligned && (p.IsZero() || p.From <= m.First() && m.Last() <= p.To) {
			out = append(out, h)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, h := range candidates {
		if h.total.period == p || p.IsZero() {
			out = append(out, h)
		}
	}
	return out
}

// overlapping returns the months that share a day with p, or, where there are
// none, the longer periods: the lines of a quarter may repeat those of months.
func overlapping(candidates []held, p honne.Period) []held {
	var months, others []held
	for _, h := range candidates {
		if !h.total.period.Overlaps(p) {
			continue
		}
		if _, ok := h.total.period.Bucket(); ok {
			months = append(months, h)
		} else {
			others = append(others, h)
		}
	}
	if len(months) > 0 {
		return months
	}
	return others
}

// eachLine gives the selected lines to do, in the order of each file.
func (s *selection) eachLine(ctx context.Context, q querier, d honne.DistributorID, do func(held, *storedLine) error) error {
	if len(s.cells) == 0 || s.products != nil && len(s.products) == 0 {
		return nil
	}
	cells := map[pairKey]held{}
	var submissions []honne.SubmissionID
	for _, h := range s.cells {
		cells[pairKey{new: h.ID, period: h.total.period}] = h
		submissions = append(submissions, h.ID)
	}
	slices.Sort(submissions)
	take := func(l *storedLine) error {
		if s.products != nil && !s.products[l.numbers[colProduct]] {
			return nil
		}
		h, ok := cells[pairKey{new: l.submission, period: l.period()}]
		if !ok || !s.ofAccount(l.account()) || s.slice != nil && !s.slice(h, l) || s.days && !s.Period.Contains(honne.Date(l.numbers[colDay])) {
			return nil
		}
		return do(h, l)
	}
	return eachBlock(ctx, q, func(b *block) error { return b.lines(take) },
		`distributor_id = $1 AND submission_id IN (`+list(slices.Compact(submissions))+`)`, int64(d))
}

// values returns what each cell says of the selection, from the coarsest roll-up
// that can tell.
func (s *selection) values(ctx context.Context, q querier, d honne.DistributorID) (map[pairKey]honne.Reported, error) {
	out := map[pairKey]honne.Reported{}
	add := func(submission honne.SubmissionID, p honne.Period, r honne.Reported) {
		k := pairKey{new: submission, period: p}
		out[k] = plus(out[k], r)
	}
	var rows []rollupRow
	var err error
	byAccount := s.accounts != nil || s.besides != nil
	keep := s.ofAccount
	switch {
	case s.days || s.slice != nil || s.products != nil && byAccount:
		return out, s.eachLine(ctx, q, d, func(h held, l *storedLine) error {
			add(h.ID, h.total.period, honne.Reported{Quantity: l.quantity, Amount: l.amount})
			return nil
		})
	case s.products != nil:
		keep = func(id int64) bool { return s.products[id] }
		rows, err = readRollups(ctx, q, d, ofProducts, s.submissions())
	case byAccount:
		rows, err = readRollups(ctx, q, d, ofAccounts, s.submissions())
	default:
		for _, h := range s.cells {
			add(h.ID, h.total.period, honne.Reported{Quantity: h.total.quantity, Amount: h.total.amount})
		}
	}
	for _, r := range rows {
		if keep(r.of) {
			add(r.submission, r.period, r.Reported)
		}
	}
	return out, err
}

func (s *selection) submissions() []honne.SubmissionID {
	var out []honne.SubmissionID
	for _, h := range s.cells {
		out = append(out, h.ID)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
