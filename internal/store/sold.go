package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"honne"
)

// LargestSold returns the largest amounts that a distributor sold of a product to
// an account in a month, beside what was planned of the product, at most limit of
// them; cells is how many there are. There is no roll-up by product and account
// (see the package), so this reads the lines of the months.
func (s *Store) LargestSold(ctx context.Context, d honne.DistributorID, at honne.AsOf, plan honne.Series, p honne.Period, limit int) (largest []honne.Against, cells int, err error) {
	err = s.view(ctx, func(q querier) error {
		g, err := s.readGrid(ctx, q, d, at, plan, p)
		if err != nil {
			return err
		}
		all, err := s.accountsOf(ctx, q, g.led, at)
		if err != nil {
			return err
		}
		sold, err := g.readSold(ctx, q, all)
		if err == nil {
			largest, cells = g.largest(sold, all, limit)
		}
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("store: largest sold of distributor %d: %w", d, err)
	}
	return largest, cells, nil
}

// soldLine is what a line says of a place of the grid and an account: its number
// in the list from 1, 0 for none.
type soldLine struct {
	place, account int32
	honne.Reported
}

// soldBlocks is what the lines of sales in blocks are found in the grid by.
type soldBlocks struct {
	*grid
	party  []int32 // the account of a name, by its number in the list from 1
	places map[honne.SubmissionID]map[honne.Period]int
	lines  int // of all blocks, at most
}

func (g *grid) soldBlocks(all *accounts) soldBlocks {
	s := soldBlocks{grid: g, party: make([]int32, g.names), places: map[honne.SubmissionID]map[honne.Period]int{}}
	for i, one := range all.list {
		for _, r := range one.names {
			s.party[r.id] = int32(i + 1)
		}
	}
	for _, h := range g.standing {
		if m, _ := h.total.period.Bucket(); h.Part.Series == honne.Sales {
			if s.places[h.ID] == nil {
				s.places[h.ID] = map[honne.Period]int{}
			}
			s.places[h.ID][h.total.period] = int(m-g.first) * len(g.called)
			s.lines += h.total.lines
		}
	}
	return s
}

// read unpacks a block into lines.
func (s *soldBlocks) read(lines []soldLine, b *block) ([]soldLine, error) {
	first := s.places[b.submission]
	err := b.lines(func(l *storedLine) error {
		if at, ok := first[l.period()]; ok {
			place := int32(at) + s.place[l.numbers[colProduct]]
			lines = append(lines, soldLine{place, s.party[l.account()], honne.Reported{Quantity: l.quantity, Amount: l.amount}})
		}
		return nil
	})
	return lines, err
}

// readSold reads the lines of the grid's sales, sorted by place. Each processor unpacks
// blocks while further ones are read.
func (g *grid) readSold(ctx context.Context, q querier, all *accounts) ([]soldLine, error) {
	of, n := g.soldBlocks(all), runtime.GOMAXPROCS(0)
	blocks, lines, errs := make(chan block, n), make([][]soldLine, n), make([]error, n)
	var unpacking sync.WaitGroup
	for i := range n {
		unpacking.Go(func() {
			lines[i] = make([]soldLine, 0, of.lines/n)
			for b := range blocks {
				var err error
				lines[i], err = of.read(lines[i], &b)
				errs[i] = cmp.Or(errs[i], err)
			}
		})
	}
	err := eachBlock(ctx, q, func(b *block) error {
		blocks <- *b
		return nil
	}, `distributor_id = $1 AND submission_id IN (`+list(g.submissionsOf(honne.Sales))+`)`, int64(g.distributor))
	close(blocks)
	unpacking.Wait()
	return g.byPlace(lines), errors.Join(append(errs, err)...)
}

// byPlace sorts lines by their place.
func (g *grid) byPlace(all [][]soldLine) []soldLine {
	starts, n := make([]int, len(g.sold)+1), 0
	for _, lines := range all {
		for i := range lines {
			starts[lines[i].place+1]++
		}
		n += len(lines)
	}
	for i := range g.sold {
		starts[i+1] += starts[i]
	}
	sorted := make([]soldLine, n)
	for _, lines := range all {
		for i := range lines {
			l := &lines[i]
			sorted[starts[l.place]] = *l
			starts[l.place]++
		}
	}
	return sorted
}

// largest adds up the lines of each place by account and returns the largest
// amounts; what is equal by month, product and account.
func (g *grid) largest(lines []soldLine, all *accounts, limit int) (out []honne.Against, cells int) {
	sums, first := make([]soldLine, len(all.list)+1), firstOf[soldLine]{limit: limit, compare: func(a, b soldLine) int {
		return cmp.Or(cmp.Compare(b.Amount.N, a.Amount.N), cmp.Compare(a.place, b.place), cmp.Compare(a.account, b.account))
	}}
	for len(lines) > 0 {
		var used []int32
		place := lines[0].place
		n := 0
		for ; n < len(lines) && lines[n].place == place; n++ {
			l := &lines[n]
			sum := &sums[l.account]
			if sum.place != place+1 {
				*sum = soldLine{place: place + 1}
				used = append(used, l.account)
			}
			sum.Reported = plus(sum.Reported, l.Reported)
		}
		for _, account := range used {
			if sum := sums[account]; sum.Amount.Known {
				first.add(soldLine{place, account, sum.Reported})
			}
		}
		lines, cells = lines[n:], cells+len(used)
	}
	for _, l := range first.sorted() {
		a := g.at(int(l.place))
		if a.Product, a.Sold = g.product(int(l.place)), l.Reported; l.account > 0 {
			a.Account = all.list[l.account-1].account()
		}
		out = append(out, a)
	}
	return out, cells
}

// firstOf keeps the first of many.
type firstOf[T any] struct {
	limit   int
	compare func(a, b T) int
	kept    []T
	sifted  bool // the limit-th of kept is the last that can be among the first
}

func (f *firstOf[T]) add(v T) {
	if f.sifted && f.compare(v, f.kept[f.limit-1]) > 0 {
		return
	}
	if f.kept = append(f.kept, v); len(f.kept) >= 4*f.limit+64 {
		f.sifted = f.limit > 0
		f.kept = f.sorted()
	}
}

func (f *firstOf[T]) sorted() []T {
	slices.SortFunc(f.kept, f.compare)
	return f.kept[:min(len(f.kept), f.limit)]
}
