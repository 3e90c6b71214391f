package store

import (
	"cmp"
	"context"
	"database/sql"
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
		of := g.soldBlocks(all)
		lines, err := of.readAll(ctx, q)
		if err == nil {
			largest, cells = of.largest(lines, limit)
		}
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("store: largest sold of distributor %d: %w", d, err)
	}
	return largest, cells, nil
}

// soldLine is what a line says of a product, by its place in a month of the grid, and
// of an account: its number in the list from 1, 0 for none.
type soldLine struct {
	product, account int32
	honne.Reported
}

// soldBlocks is what the lines of sales in blocks are found in the grid by.
type soldBlocks struct {
	*grid
	accounts []*account
	party    []int32 // the account of a name, by its number in the list from 1
	periods  map[honne.SubmissionID][]soldPeriod
	lines    []int // of each month of the grid, at most
}

// soldPeriod is a period of a submission that stands for a month of the grid.
type soldPeriod struct {
	honne.Period
	month int
}

func (g *grid) soldBlocks(all *accounts) *soldBlocks {
	s := &soldBlocks{grid: g, accounts: all.list, party: make([]int32, g.names), periods: map[honne.SubmissionID][]soldPeriod{}, lines: make([]int, g.months)}
	for i, one := range all.list {
		for _, r := range one.names {
			s.party[r.id] = int32(i + 1)
		}
	}
	for _, h := range g.standing {
		if m, _ := h.total.period.Bucket(); h.Part.Series == honne.Sales {
			month := int(m - g.first)
			s.periods[h.ID] = append(s.periods[h.ID], soldPeriod{h.total.period, month})
			s.lines[month] += h.total.lines
		}
	}
	return s
}

// readAll reads the lines of sales by month, as each processor found them: they unpack
// blocks while further ones are read.
func (s *soldBlocks) readAll(ctx context.Context, q querier) ([][][]soldLine, error) {
	n := runtime.GOMAXPROCS(0)
	full, empty := make(chan block, n), make(chan sql.RawBytes, 2*n)
	lines, errs := make([][][]soldLine, n), make([]error, n)
	var unpacking sync.WaitGroup
	for i := range n {
		lines[i] = s.room(n)
		unpacking.Go(func() {
			for b := range full {
				errs[i] = cmp.Or(errs[i], s.read(lines[i], &b))
				empty <- b.body
			}
		})
	}
	for range cap(empty) {
		empty <- nil
	}
	err := eachBlock(ctx, q, func(b *block) error {
		full <- block{b.submission, append((<-empty)[:0], b.body...)}
		return nil
	}, `distributor_id = $1 AND submission_id IN (`+list(s.submissionsOf(honne.Sales))+`)`, int64(s.distributor))
	close(full)
	unpacking.Wait()
	return lines, errors.Join(append(errs, err)...)
}

// room is enough for the lines of each month where n read about as many each.
func (s *soldBlocks) room(n int) [][]soldLine {
	months := make([][]soldLine, s.months)
	for m, lines := range s.lines {
		months[m] = make([]soldLine, 0, lines/n+lines/(8*n))
	}
	return months
}

// read unpacks a block into the lines of its months. Lines of one period mostly follow
// each other, or those of the next.
func (s *soldBlocks) read(months [][]soldLine, b *block) error {
	periods, last := s.periods[b.submission], 0
	return b.lines(func(l *storedLine) error {
		p := l.period()
		for range periods {
			if of := &periods[last]; of.Period == p {
				months[of.month] = append(months[of.month], soldLine{s.place[l.numbers[colProduct]], s.party[l.account()],
					honne.Reported{Quantity: l.quantity, Amount: l.amount}})
				break
			}
			last = (last + 1) % len(periods)
		}
		return nil
	})
}

// soldCell is what was sold of a product, by its place in the grid, to an account.
type soldCell struct {
	place, account int32
	honne.Reported
}

// largest returns the largest amounts of all months; what is equal by month, product
// and account. Each processor adds up months of its own.
func (s *soldBlocks) largest(read [][][]soldLine, limit int) (out []honne.Against, cells int) {
	n := runtime.GOMAXPROCS(0)
	found := make([]soldSums, n)
	var adding sync.WaitGroup
	for i := range found {
		found[i] = newSoldSums(len(s.called), len(s.accounts), limit)
		adding.Go(func() {
			for m := i; m < s.months; m += n {
				found[i].addMonth(m, read)
			}
		})
	}
	adding.Wait()
	first := newSoldSums(0, 0, limit).first
	for i := range found {
		cells += found[i].cells
		first.kept = append(first.kept, found[i].first.sorted()...)
	}
	for _, c := range first.sorted() {
		out = append(out, s.answer(c))
	}
	return out, cells
}

func (s *soldBlocks) answer(c soldCell) honne.Against {
	a := s.at(int(c.place))
	if a.Product, a.Sold = s.product(int(c.place)), c.Reported; c.account > 0 {
		a.Account = s.accounts[c.account-1].account()
	}
	return a
}

// soldSums adds up the lines of months by product and account.
type soldSums struct {
	starts []int      // of each product among the lines of a month
	lines  []soldLine // of a month, by product
	sums   []soldCell // of each account, for the product that it was last sold
	used   []int32    // the accounts that a product was sold to
	first  firstOf[soldCell]
	cells  int
}

func newSoldSums(products, accounts, limit int) soldSums {
	return soldSums{starts: make([]int, products+1), sums: make([]soldCell, accounts+1), first: firstOf[soldCell]{limit: limit,
		compare: func(a, b soldCell) int {
			return cmp.Or(cmp.Compare(b.Amount.N, a.Amount.N), cmp.Compare(a.place, b.place), cmp.Compare(a.account, b.account))
		}}}
}

func (s *soldSums) addMonth(month int, read [][][]soldLine) {
	s.byProduct(month, read)
	products, from := len(s.starts)-1, 0
	for product, to := range s.starts[:products] {
		s.addProduct(int32(month*products+product), s.lines[from:to])
		from = to
	}
}

// byProduct sorts the lines of a month by product; starts are then their ends.
func (s *soldSums) byProduct(month int, read [][][]soldLine) {
	clear(s.starts)
	n := 0
	for _, months := range read {
		for i := range months[month] {
			s.starts[months[month][i].product+1]++
		}
		n += len(months[month])
	}
	for i := range s.starts[1:] {
		s.starts[i+1] += s.starts[i]
	}
	s.lines = slices.Grow(s.lines[:0], n)[:n]
	for _, months := range read {
		for i := range months[month] {
			l := &months[month][i]
			s.lines[s.starts[l.product]] = *l
			s.starts[l.product]++
		}
	}
}

// addProduct adds up the lines of a product in a month.
func (s *soldSums) addProduct(place int32, lines []soldLine) {
	s.used = s.used[:0]
	for i := range lines {
		l := &lines[i]
		sum := &s.sums[l.account]
		if sum.place != place+1 {
			*sum = soldCell{place: place + 1, account: l.account}
			s.used = append(s.used, l.account)
		}
		sum.Reported = plus(sum.Reported, l.Reported)
	}
	for _, account := range s.used {
		if sum := s.sums[account]; sum.Amount.Known {
			sum.place = place
			s.first.add(sum)
		}
	}
	s.cells += len(s.used)
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
