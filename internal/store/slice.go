package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"honne"
	"honne/internal/identity"
)

// slicing says which slice a line belongs to: by a number, of which 0 stands for
// what is of none, or does not say.
type slicing struct {
	of     func(*storedLine) int64
	silent func(*storedLine) bool // it is of one, and does not say of which
	names  map[int64]string
	places bool // what says nothing is of the branch or region that its report is of
}

// name is the slice of a line, "" where it names none.
func (s slicing) name(h held, l *storedLine) string {
	name := s.names[s.of(l)]
	if name == "" && s.places {
		return h.Part.Place()
	}
	return name
}

// Slices returns a distributor's record with its figures parted by a breakdown,
// as of a moment; honne.ErrNotFound. Every figure that stands for a month is in
// exactly one slice. There is no roll-up by region or dealer, so this reads the
// lines. Where nothing names a slice there is none.
func (s *Store) Slices(ctx context.Context, d honne.DistributorID, at honne.AsOf, by honne.Breakdown) (rec honne.Record, slices []honne.Slice, err error) {
	err = s.view(ctx, func(q querier) error {
		b, err := s.recorder(ctx, q, d, at)
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
		return slicing{func(l *storedLine) int64 { return l.numbers[colRegion] }, func(l *storedLine) bool { return l.numbers[colRegion] == 0 }, names, true}, err
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
		list, err := readList(ctx, q, led.distributor, at)
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

// byDealer parts by who was invoiced, where that is no end user itself. A dealer
// that stands beside end users alone is no account, so nobody was asked about its
// names: it is one where code and name are, but for how a company's form is
// written. Who withholds a name is nobody but itself.
func byDealer(all *accounts) slicing {
	first, of, names := map[string]int64{}, map[int64]int64{}, map[int64]string{}
	for _, id := range slices.Sorted(maps.Keys(all.rows)) {
		r := all.rows[id]
		if r.endUser() {
			continue
		}
		key := strings.Join([]string{r.code, identity.Plain(identity.Party, r.name), fmt.Sprint(r.disclosure)}, "\x00")
		if honne.Disclosure(r.disclosure) == honne.Withheld {
			key = fmt.Sprint(id)
		}
		if one := all.of[id]; one != nil {
			key = "account " + fmt.Sprint(one.shown().id)
		}
		if first[key] == 0 {
			first[key] = id
		}
		of[id] = first[key]
	}
	for id, one := range of {
		if id == one {
			names[id] = cmp.Or(all.rows[all.standsFor(id)].name, all.rows[id].code)
		}
	}
	const invoiced = colParty + int(honne.Invoiced)
	return slicing{func(l *storedLine) int64 { return of[l.numbers[invoiced]] }, func(l *storedLine) bool { return l.numbers[invoiced] == 0 }, names, false}
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
	// A product that is on no list of ours is of no line of ours.
	return slicing{func(line *storedLine) int64 { return of[line.numbers[colProduct]] }, func(*storedLine) bool { return false }, names, false}
}

// parted are the sums of one slice.
type parted struct{ facts, sales map[factKey]*fact }

// slice adds up the lines of what stands for months.
func (b *recorder) slice(ctx context.Context, q querier, by honne.Breakdown, how slicing) ([]honne.Slice, error) {
	standing := map[pairKey]held{}
	for _, h := range b.standing {
		standing[pairKey{new: h.ID, period: h.total.period}] = h
	}
	sums, unnamed := map[string]*parted{}, map[honne.Series][]honne.Month{}
	err := eachBlock(ctx, q, func(x *block) error {
		return x.lines(func(l *storedLine) error {
			h, ok := standing[pairKey{new: l.submission, period: l.period()}]
			if !ok {
				return nil
			}
			name := how.name(h, l)
			if sums[name] == nil {
				sums[name] = &parted{map[factKey]*fact{}, map[factKey]*fact{}}
			}
			b.part(sums[name], h, l)
			if m, _ := h.total.period.Bucket(); how.silent(l) && !(how.places && name != "") && !slices.Contains(unnamed[h.Part.Series], m) {
				unnamed[h.Part.Series] = append(unnamed[h.Part.Series], m)
			}
			return nil
		})
	}, `distributor_id = $1 AND submission_id IN (`+list(b.submissionsOf())+`)`, int64(b.led.distributor))
	if err != nil || len(sums) == 1 && sums[""] != nil {
		return nil, err
	}
	months := partedMonths(sums)
	for _, s := range sums {
		s.fill(months, unnamed[honne.Sales])
	}
	return b.list(by, sums, unnamed), nil
}

// partedMonths are the months whose sales are parted, each with 0 of whatever its reports
// count and the newest of their versions.
func partedMonths(sums map[string]*parted) map[honne.Month]*fact {
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
	return months
}

// fill gives a slice 0 for the months between its first and its last that are
// parted, name all they have, and do not name it. Before and behind them nobody
// knows: it may be new, gone, or called by another name.
func (s *parted) fill(months map[honne.Month]*fact, unnamed []honne.Month) {
	sold, first, last := map[honne.Month]bool{}, honne.Month(0), honne.Month(0)
	for k := range s.facts {
		if k.series == honne.Sales {
			if sold[k.month] = true; first == 0 || k.month < first {
				first = k.month
			}
			last = max(last, k.month)
		}
	}
	for m, f := range months {
		if first < m && m < last && !sold[m] && !slices.Contains(unnamed, m) {
			s.facts[factKey{honne.Sales, m, 0}] = f
		}
	}
}

// part adds a line to the sums of its slice.
func (b *recorder) part(into *parted, h held, l *storedLine) {
	m, _ := h.total.period.Bucket()
	said := b.inCurrency(h.version, honne.Reported{Quantity: l.quantity, Amount: l.amount})
	addFact(into.facts, factKey{h.Part.Series, m, b.products.same(l.numbers[colProduct])}, h, said)
	if h.Part.Series == honne.Sales {
		addFact(into.sales, factKey{h.Part.Series, m, b.all.standsFor(l.account())}, h, said)
	}
}

// list are the slices by name, what names none last.
func (b *recorder) list(by honne.Breakdown, sums map[string]*parted, unnamed map[honne.Series][]honne.Month) (out []honne.Slice) {
	var names []string
	for name := range sums {
		names = append(names, name)
	}
	slices.Sort(names)
	if len(names) > 0 && names[0] == "" {
		names = append(names[1:], "")
	}
	for _, name := range names {
		out = append(out, honne.Slice{By: by, Of: name, Facts: b.listFacts(sums[name].facts), ByAccount: b.listAccounts(sums[name].sales), Unnamed: unnamed})
	}
	return out
}
