package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"honne"
	"honne/internal/identity"
)

// slicing says which slice a line belongs to: by a number, of which 0 stands for
// what names none.
type slicing struct {
	of    func(*storedLine) int64
	names map[int64]string
}

// Slices returns a distributor's record with its figures parted by a breakdown,
// as of a moment; honne.ErrNotFound. Every figure that stands for a month is in
// exactly one slice. A slice that a month's sales do not name sold nothing in it,
// where they name another. There is no roll-up by region or dealer, so this reads
// the lines. Where nothing names a slice there is none.
func (s *Store) Slices(ctx context.Context, d honne.DistributorID, at honne.AsOf, by honne.Breakdown) (rec honne.Record, slices []honne.Slice, err error) {
	err = s.view(ctx, func(q querier) error {
		b, err := s.recorder(ctx, q, d, at, 0)
		if err != nil {
			return err
		}
		rec = *b.rec
		how, err := s.slicing(ctx, q, b.led, at, by)
		if err == nil {
			slices, err = b.slice(ctx, q, by, how)
		}
		return err
	})
	if err != nil {
		return rec, nil, fmt.Errorf("store: slices of distributor %d: %w", d, err)
	}
	return rec, slices, nil
}

func (s *Store) slicing(ctx context.Context, q querier, led *ledger, at honne.AsOf, by honne.Breakdown) (slicing, error) {
	switch by {
	case honne.ByRegion:
		names, err := allTexts(ctx, q, led.distributor)
		return slicing{func(l *storedLine) int64 { return l.numbers[colRegion] }, names}, err
	case honne.ByDealer:
		all, err := s.accountsOf(ctx, q, led, at)
		if err != nil {
			return slicing{}, err
		}
		return byDealer(all), nil
	case honne.ByLine:
		p, err := s.articlesOf(ctx, q, led, at)
		if err != nil {
			return slicing{}, err
		}
		list, err := readList(ctx, q, led.distributor)
		if err != nil {
			return slicing{}, err
		}
		return list.slicing(p), nil
	}
	return slicing{}, fmt.Errorf("no breakdown %q: %w", by, honne.ErrInvalid)
}

func allTexts(ctx context.Context, q querier, d honne.DistributorID) (map[int64]string, error) {
	rows, err := collect(ctx, q, (*nameRow).fields, selectName+`WHERE distributor_id = $1 AND kind = 3`, int64(d))
	out := map[int64]string{}
	for _, r := range rows {
		out[r.id] = r.name
	}
	return out, err
}

// byDealer parts by who was invoiced, where that is no end user itself. Dealers of
// one name are one, however a company's form is written; the first spelling names
// it.
func byDealer(all *accounts) slicing {
	first, of, names := map[string]int64{}, map[int64]int64{}, map[int64]string{}
	for _, id := range slices.Sorted(maps.Keys(all.rows)) {
		r := all.rows[id]
		if r.endUser() {
			continue
		}
		key := cmp.Or(identity.Plain(identity.Party, r.name), r.code)
		if first[key] == 0 {
			first[key], names[id] = id, cmp.Or(r.name, r.code)
		}
		of[id] = first[key]
	}
	return slicing{func(l *storedLine) int64 { return of[l.numbers[colParty+int(honne.Invoiced)]] }, names}
}

// slicing parts by the product line that our own list gives an article.
func (l *ownList) slicing(p products) slicing {
	lines, of, names := map[string]int64{}, map[int64]int64{}, map[int64]string{}
	for id, product := range p.rows {
		found := l.index.Match(articleEntry(product), 1)
		if found.Outcome != identity.Same || found.ID > int64(len(l.articles)) {
			continue
		}
		name := l.articles[found.ID-1].Line
		if name != "" && lines[name] == 0 {
			lines[name] = int64(len(lines) + 1)
			names[lines[name]] = name
		}
		of[id] = lines[name]
	}
	return slicing{func(line *storedLine) int64 { return of[line.numbers[colProduct]] }, names}
}

// parted are the sums of one slice.
type parted struct{ facts, sales map[factKey]*fact }

// slice adds up the lines of what stands for months.
func (b *recorder) slice(ctx context.Context, q querier, by honne.Breakdown, how slicing) ([]honne.Slice, error) {
	standing := map[pairKey]held{}
	for _, h := range b.standing {
		standing[pairKey{new: h.ID, period: h.total.period}] = h
	}
	sums := map[string]*parted{}
	err := eachBlock(ctx, q, func(x *block) error {
		return x.lines(func(l *storedLine) error {
			h, ok := standing[pairKey{new: l.submission, period: l.period()}]
			if !ok {
				return nil
			}
			name := how.names[how.of(l)]
			if sums[name] == nil {
				sums[name] = &parted{map[factKey]*fact{}, map[factKey]*fact{}}
			}
			b.part(sums[name], h, l)
			return nil
		})
	}, `distributor_id = $1 AND submission_id IN (`+list(b.submissionsOf())+`)`, int64(b.led.distributor))
	if err != nil || len(sums) == 1 && sums[""] != nil {
		return nil, err
	}
	fillMonths(sums)
	return b.list(by, sums), nil
}

// fillMonths gives a slice nothing, 0, for each month whose sales are parted and
// name it in no line.
func fillMonths(sums map[string]*parted) {
	months := map[honne.Month]*fact{}
	for name, s := range sums {
		for k, f := range s.facts {
			if k.series != honne.Sales || name == "" {
				continue
			}
			m := months[k.month]
			if m == nil {
				m = &fact{version: f.version}
				months[k.month] = m
			}
			m.Quantity.Known, m.Amount.Known = m.Quantity.Known || f.Quantity.Known, m.Amount.Known || f.Amount.Known
			if f.version.rank > m.version.rank {
				m.version = f.version
			}
		}
	}
	for _, s := range sums {
		sold := map[honne.Month]bool{}
		for k := range s.facts {
			sold[k.month] = sold[k.month] || k.series == honne.Sales
		}
		for m, f := range months {
			if len(s.sales) > 0 && !sold[m] {
				s.facts[factKey{honne.Sales, m, 0}] = f // 0 of whatever the report counts
			}
		}
	}
}

// part adds a line to the sums of its slice.
func (b *recorder) part(into *parted, h held, l *storedLine) {
	m, _ := h.total.period.Bucket()
	said := b.inCurrency(h.version, honne.Reported{Quantity: l.quantity, Amount: l.amount})
	add := func(to map[factKey]*fact, of int64) {
		k := factKey{h.Part.Series, m, of}
		f := to[k]
		if f == nil {
			f = &fact{version: h.version}
			to[k] = f
		}
		f.Reported = plus(f.Reported, said)
		if h.rank > f.version.rank {
			f.version = h.version
		}
	}
	add(into.facts, b.products.same(l.numbers[colProduct]))
	if h.Part.Series == honne.Sales {
		add(into.sales, b.all.standsFor(l.account()))
	}
}

// list are the slices by name, what names none last.
func (b *recorder) list(by honne.Breakdown, sums map[string]*parted) (out []honne.Slice) {
	var names []string
	for name := range sums {
		names = append(names, name)
	}
	slices.Sort(names)
	if len(names) > 0 && names[0] == "" {
		names = append(names[1:], "")
	}
	for _, name := range names {
		out = append(out, honne.Slice{By: by, Of: name, Facts: b.listFacts(sums[name].facts), ByAccount: b.listAccounts(sums[name].sales)})
	}
	return out
}
