//go:build unix

package bench

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strconv"

	"honne"
	"honne/internal/inspect"
	"honne/internal/playbook"
	"honne/internal/store"
	"honne/playbooks"
)

// A portfolio of ten million sold lines: 50 distributors, of which the first has
// two million, two years, 300 products and 4,000 accounts each, and a plan by
// product and month.
const (
	partners      = 50
	portfolio     = 10_000_000
	largest       = 2_000_000
	soldProducts  = 300
	soldPlaces    = 4_000
	soldMonths    = 24
	linesOfAFile  = 500_000
	answersToAsk  = 50
	portfolioFrom = 2024
)

func linesOf(partner int) int {
	if partner == 0 {
		return largest
	}
	return (portfolio - largest) / (partners - 1)
}

// fact is a sold or planned line as both databases have it; the same number
// gives the same line.
type fact struct {
	partner, month, product, place int
	quantity, amount               int64
}

func sold(partner, i int) fact {
	x := uint64(partner)<<32 ^ uint64(i)*0x9E3779B97F4A7C15
	x ^= x >> 29
	x *= 0xBF58476D1CE4E5B9
	x ^= x >> 32
	f := fact{partner: partner, month: i % soldMonths, product: int(x % soldProducts), place: int(x >> 20 % soldPlaces)}
	f.quantity = int64(x>>40%9) + 1
	f.amount = f.quantity * int64(1_000+f.product*37)
	return f
}

func planned(partner, i int) fact {
	f := fact{partner: partner, month: i % soldMonths, product: i / soldMonths}
	each := int64(linesOf(partner) / soldMonths / soldProducts)
	f.quantity = each*5 + int64(i*7%11)
	f.amount = f.quantity * int64(1_000+f.product*37)
	return f
}

// claimPortfolio asks three questions over the portfolio of honne and of DuckDB,
// warm, and lets every measure judge all of it.
func claimPortfolio(out io.Writer, dir string) error {
	data, err := os.MkdirTemp(dir, "portfolio-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(data)
	ctx := context.Background()
	s, err := store.Open(ctx, store.Config{Data: data})
	if err != nil {
		return err
	}
	defer s.Close()
	for p := range partners {
		if err := addPartner(ctx, s, p); err != nil {
			return err
		}
	}
	p, err := openPeer(data)
	if err != nil {
		return err
	}
	defer p.close()
	fmt.Fprintf(out, "%-44s peer: %s\n", "portfolio of ten million lines", p.name)
	for _, q := range questions(s) {
		if err := askBoth(out, q, p); err != nil {
			return err
		}
	}
	return claimMeasures(out, dir, data)
}

func addPartner(ctx context.Context, s *store.Store, p int) error {
	d, err := s.AddDistributor(ctx, honne.Profile{Name: fmt.Sprintf("第%d商会", p)}, false)
	if err != nil {
		return err
	}
	n, perFile := linesOf(p), linesOfAFile
	files := max(1, n/perFile) // each holds some of the months wholly
	for f := range files {
		months := soldMonths / files
		if err := addFacts(ctx, s, d.ID, honne.Sales, f*months, months, func(yield func(fact) bool) {
			for i := range n {
				if x := i % soldMonths; x/months == f && !yield(sold(p, i)) {
					return
				}
			}
		}); err != nil {
			return err
		}
	}
	return addFacts(ctx, s, d.ID, honne.Plan, 0, soldMonths, func(yield func(fact) bool) {
		for i := range soldMonths * soldProducts {
			if !yield(planned(p, i)) {
				return
			}
		}
	})
}

func addFacts(ctx context.Context, s *store.Store, d honne.DistributorID, series honne.Series, first, months int, facts iter.Seq[fact]) error {
	part, from := honne.Part{Series: series, Currency: honne.JPY}, honne.NewMonth(portfolioFrom, 4)
	for m := range months {
		part.Periods = append(part.Periods, (from + honne.Month(first+m)).Period())
	}
	name := fmt.Sprintf("%d-%s-%d.csv", d, series, first)
	id, err := s.AddFile(ctx, honne.StoredFile{Distributor: d, Path: name, SHA256: name})
	if err != nil {
		return err
	}
	_, err = s.Stage(ctx, id, []honne.Part{part}, func(yield func(honne.Line, error) bool) {
		row := int32(1)
		for f := range facts {
			row++
			m := from + honne.Month(f.month)
			l := honne.Line{Row: row, QtyCol: 8, AmtCol: 9, Period: m.Period(), Quantity: honne.Known(f.quantity * 1000), Amount: honne.Known(f.amount),
				Product: honne.Product{Code: fmt.Sprintf("MD-%05d", f.product), Name: fmt.Sprintf("内視鏡用処置具 %d型", f.product)}}
			if series == honne.Sales {
				l.Parties[honne.EndUser] = honne.Party{Code: fmt.Sprintf("C%06d", f.place), Name: fmt.Sprintf("第%d総合病院", f.place), Disclosure: honne.Named, Site: true}
			}
			if !yield(l, nil) {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	return s.Accept(ctx, 0, id)
}

// question is one that both are asked; both give the same texts.
type question struct {
	what string
	ours func() ([]string, error)
	sql  string
}

func questions(s *store.Store) []question {
	ctx := context.Background()
	from := honne.NewMonth(portfolioFrom, 4)
	span := honne.Months(from, from+soldMonths-1)
	all := map[honne.DistributorID]honne.AsOf{}
	for d := range honne.DistributorID(partners) {
		all[d+1] = honne.AsOf{}
	}
	return []question{
		{"portfolio: furthest behind plan, 50 distributors", func() (out []string, err error) {
			list, err := s.FurthestBehind(ctx, all, honne.Plan, honne.JPY, span, answersToAsk)
			for _, a := range list {
				product, _ := strconv.Atoi(a.Product.Code[3:])
				out = append(out, fmt.Sprint(int(a.Distributor)-1, int(a.Month-from), product, a.Behind().N))
			}
			return out, err
		}, `SELECT p.partner, p.month, p.product, p.amount - s.amount AS behind FROM plan p JOIN
			(SELECT partner, month, product, CAST(sum(amount) AS BIGINT) AS amount FROM sale GROUP BY partner, month, product) s
			ON s.partner = p.partner AND s.month = p.month AND s.product = p.product
			ORDER BY behind DESC, p.partner, p.month, p.product LIMIT 50`},
		{"portfolio: product x account x month with plan", func() (out []string, err error) {
			list, cells, err := s.LargestSold(ctx, 1, honne.AsOf{}, honne.Plan, span, answersToAsk)
			for _, a := range list {
				out = append(out, fmt.Sprint(a.Sold.Amount.N, cells))
			}
			return out, err
		}, `SELECT s.amount, s.cells FROM plan p JOIN (SELECT month, product, place, CAST(sum(amount) AS BIGINT) AS amount, count(*) OVER () AS cells
			FROM sale WHERE partner = 0 GROUP BY month, product, place) s
			ON p.partner = 0 AND s.month = p.month AND s.product = p.product ORDER BY s.amount DESC LIMIT 50`},
		{"portfolio: accounts that fell", func() (out []string, err error) {
			list, _, err := s.Fallen(ctx, 1, honne.AsOf{}, from+soldMonths-1, answersToAsk)
			for _, f := range list {
				out = append(out, fmt.Sprint(f.Before.Amount.N-f.After.Amount.N))
			}
			return out, err
		}, `SELECT fell FROM (SELECT place, CAST(sum(CASE WHEN month < 18 THEN amount ELSE -amount END) AS BIGINT) AS fell
			FROM sale WHERE partner = 0 AND month >= 12 GROUP BY place) x ORDER BY fell DESC LIMIT 50`},
	}
}

// askBoth asks a question of both, warm, and compares the answers.
func askBoth(out io.Writer, q question, p *peer) error {
	var ours, theirs []string
	o, t, err := paired(5, here(func() (err error) {
		ours, err = q.ours()
		return err
	}), func() (c cost, err error) {
		theirs, c, err = p.ask(q.sql)
		return c, err
	})
	if err == nil && !slices.Equal(ours, theirs) {
		err = fmt.Errorf("%s: ours %q, theirs %q", q.what, ours, theirs)
	}
	claim(out, q.what, "s    ", o.wall.Seconds(), t.wall.Seconds(), 1)
	claim(out, q.what, "cpu s", o.cpu.Seconds(), t.cpu.Seconds(), 1)
	return err
}

// claimMeasures lets every measure and sign judge every distributor, in a
// process of its own.
func claimMeasures(out io.Writer, dir, data string) error {
	c, err := process(dir, data, "-judge")()
	claim(out, "portfolio: all measures, peer: 60 s", "cpu s", c.cpu.Seconds(), 60, 1)
	claim(out, "portfolio: all measures, peak, peer: 512 MiB", "MiB  ", mib(c.peak), 512, 1)
	return err
}

// judgeAll is what such a process does.
func judgeAll(data string) error {
	ctx := context.Background()
	book, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Config{Data: data})
	if err != nil {
		return err
	}
	defer s.Close()
	all, err := s.Distributors(ctx)
	if err != nil {
		return err
	}
	for _, d := range all {
		rec, err := s.Record(ctx, d.ID, honne.AsOf{})
		if err != nil {
			return err
		}
		if p := inspect.Picture(rec, book); len(p.Measures) == 0 {
			return fmt.Errorf("distributor %d: no measure", d.ID)
		}
	}
	return nil
}
