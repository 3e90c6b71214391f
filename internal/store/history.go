package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"honne"
)

// Versions returns the history of a selected total, newest first: for each
// submission that says something of it, the total as it stood once that had
// come. Current marks the submissions that are in force.
func (s *Store) Versions(ctx context.Context, d honne.DistributorID, sel honne.Selection) ([]honne.Version, error) {
	var out []honne.Version
	err := s.view(ctx, func(q querier) error {
		led, err := readLedger(ctx, q, d, honne.AsOf{})
		if err != nil {
			return err
		}
		picked, err := s.resolve(ctx, q, led, honne.AsOf{}, sel, led.allHeld(sel.Submissions))
		if err != nil {
			return err
		}
		values, err := picked.values(ctx, q, d)
		if err != nil {
			return err
		}
		out = history(picked.cells, values)
		return s.reasonVersions(ctx, q, led, picked, out)
	})
	if err != nil {
		return nil, fmt.Errorf("store: versions of distributor %d: %w", d, err)
	}
	slices.Reverse(out)
	return out, nil
}

// slot is what versions replace one another in: a month of a series and scope,
// or a period that is none.
type slot struct {
	series honne.Series
	scope  string
	period honne.Period
}

func (h held) slot() slot {
	p := h.total.period
	if m, ok := p.Bucket(); ok {
		p = m.Period()
	}
	return slot{h.Part.Series, h.Part.Scope, p}
}

// month is the slot of all scopes together.
func (s slot) month() slot { return slot{series: s.series, period: s.period} }

// history replays the cells, oldest first. Of two cells of one version that share
// a slot the first stands, as in monthly.
func history(cells []held, values map[pairKey]honne.Reported) []honne.Version {
	slices.SortStableFunc(cells, func(a, b held) int { return a.rank - b.rank })
	standing := map[slot]held{}
	var out []honne.Version
	for i, h := range cells {
		if s, ok := standing[h.slot()]; !ok || s.rank < h.rank {
			standing[h.slot()] = h
		}
		if i+1 < len(cells) && cells[i+1].rank == h.rank {
			continue
		}
		v := honne.Version{Submission: h.ID, File: h.File, Path: h.Path, Receipt: h.Receipt, AcceptedBy: h.by, Reason: honne.ReasonUnexplained}
		if h.Part.Adds() {
			v.Reason = honne.ReasonAdded
		}
		for _, c := range counting(slices.Collect(maps.Values(standing))) {
			v.Value = plus(v.Value, values[pairKey{new: c.ID, period: c.total.period}])
		}
		out = append(out, v)
	}
	for _, c := range counting(slices.Collect(maps.Values(standing))) {
		for i := range out {
			out[i].Current = out[i].Current || out[i].Submission == c.ID
		}
	}
	return out
}

// reasonVersions adds to each version the reason of its changes, when they all
// have one, and the partner's first words.
func (s *Store) reasonVersions(ctx context.Context, q querier, led *ledger, picked *selection, versions []honne.Version) error {
	p, err := s.articlesOf(ctx, q, led, honne.AsOf{})
	if err != nil {
		return err
	}
	var cells []cell
	for _, h := range picked.cells {
		cells = append(cells, h.cell())
	}
	slices.SortFunc(cells, cell.compare)
	changes, err := s.changesIn(ctx, q, led, honne.AsOf{}, p, slices.Compact(cells))
	if err != nil {
		return err
	}
	for i := range versions {
		v, seen := &versions[i], false
		for _, c := range changes {
			if c.pair.new.ID != v.Submission || picked.products != nil && !picked.products[c.product] {
				continue
			}
			if v.Raw == "" {
				v.Raw = c.raw
			}
			if !seen {
				v.Reason, seen = c.code, true
			} else if v.Reason != c.code {
				v.Reason = honne.ReasonUnexplained
			}
		}
	}
	return nil
}
