//go:build unix

package bench

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"

	"honne"
	"honne/internal/store"
)

const (
	ledgerLines = 10_000_000
	fileLines   = 1_000_000
	monthLines  = 10_000
)

// claimLedger adds a month to a ledger of ten million lines: what it takes until
// every roll-up is current again, and whether all of them then equal what a full
// rebuild makes of the lines.
func claimLedger(out io.Writer, dir string) error {
	data, err := os.MkdirTemp(dir, "ledger-*")
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
	d, err := s.AddDistributor(ctx, honne.Profile{Name: "東都メディカル株式会社"}, false)
	if err != nil {
		return err
	}
	first := honne.NewMonth(2016, 1)
	for n := range ledgerLines / fileLines {
		if err := addLines(ctx, s, d.ID, first+honne.Month(12*n), 12, fileLines); err != nil {
			return err
		}
	}
	month := here(func() error { return addLines(ctx, s, d.ID, first+12*ledgerLines/fileLines, 1, monthLines) })
	rebuild := here(func() error { return s.RollupsEqualRebuild(ctx, d.ID) })
	m, err := month()
	if err != nil {
		return err
	}
	r, err := rebuild() // fails unless each row of each roll-up is the same
	if err != nil {
		return err
	}
	claim(out, "10k lines into 10M, peer: 2 s", "cpu s", m.cpu.Seconds(), 2, 1)
	claim(out, "the same, peer: a full rebuild, which is equal", "cpu s", m.cpu.Seconds(), r.cpu.Seconds(), 1.0/50)
	return nil
}

// addLines stages and accepts a file of dated sales that cover some months, and
// renews what changed.
func addLines(ctx context.Context, s *store.Store, d honne.DistributorID, first honne.Month, months, n int) error {
	part := honne.Part{Series: honne.Sales, Currency: honne.JPY}
	for m := range honne.Month(months) {
		part.Periods = append(part.Periods, (first + m).Period())
	}
	name := first.String() + ".csv"
	id, err := s.AddFile(ctx, honne.StoredFile{Distributor: d, Path: name, SHA256: name})
	if err != nil {
		return err
	}
	subs, err := s.Stage(ctx, id, []honne.Part{part}, soldLines(first, months, n))
	if err != nil {
		return err
	}
	if err := s.Accept(ctx, 0, id); err != nil {
		return err
	}
	for _, sub := range subs {
		if err := s.RenewChanges(ctx, sub); err != nil {
			return err
		}
	}
	return nil
}

// soldLines are n sales of 1,500 products to 4,000 places.
func soldLines(first honne.Month, months, n int) iter.Seq2[honne.Line, error] {
	products, places := make([]honne.Product, 1500), make([]honne.Party, 4000)
	for i := range products {
		products[i] = honne.Product{Code: fmt.Sprintf("MD-%05d", i), Name: fmt.Sprintf("内視鏡用処置具 %d型", i)}
	}
	for i := range places {
		places[i] = honne.Party{Code: fmt.Sprintf("C%06d", i), Name: fmt.Sprintf("第%d総合病院", i), Disclosure: honne.Named, Site: true}
	}
	return func(yield func(honne.Line, error) bool) {
		for i := range n {
			m := first + honne.Month(i%months)
			l := honne.Line{Row: int32(i + 2), QtyCol: 8, AmtCol: 9, Period: m.Period(), Date: m.First() + honne.Date(i%28), Rep: "佐藤",
				Product: products[i*7%len(products)], Quantity: honne.Known(int64(i%9+1) * 1000), Amount: honne.Known(int64(i*37%90_000 + 100))}
			l.Parties[honne.EndUser] = places[i*13%len(places)]
			if !yield(l, nil) {
				return
			}
		}
	}
}
