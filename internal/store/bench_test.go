package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"path/filepath"
	"runtime"
	"testing"

	"honne"
	"honne/internal/store"
)

const benchLines = 200_000

// manyLines is a year of dated sales by product and end user.
func manyLines(n int) iter.Seq2[honne.Line, error] {
	products, sites := make([]honne.Product, 1500), make([]honne.Party, 400)
	for i := range products {
		products[i] = honne.Product{Code: fmt.Sprintf("MD-%05d", i), Name: fmt.Sprintf("内視鏡用処置具 %d型", i)}
	}
	for i := range sites {
		sites[i] = honne.Party{Code: fmt.Sprintf("C%06d", i), Name: fmt.Sprintf("第%d総合病院", i), Disclosure: honne.Named, Site: true}
	}
	return func(yield func(honne.Line, error) bool) {
		for i := range n {
			m := honne.NewMonth(2025, 4) + honne.Month(i%12)
			line := honne.Line{Row: int32(i + 2), QtyCol: 8, AmtCol: 9, Period: m.Period(), Date: m.First() + honne.Date(i%28),
				Product: products[i*7%1500], Rep: "佐藤", Quantity: honne.Known(int64(i%9+1) * 1000), Amount: honne.Known(int64(i*37%90_000 + 100))}
			line.Parties[honne.EndUser] = sites[i*13%400]
			if !yield(line, nil) {
				return
			}
		}
	}
}

func yearOfSales() []honne.Part {
	part := honne.Part{Series: honne.Sales, Currency: honne.JPY}
	for m := range honne.Month(12) {
		part.Periods = append(part.Periods, (honne.NewMonth(2025, 4) + m).Period())
	}
	return []honne.Part{part}
}

// BenchmarkStage stages 200,000 lines: rows, roll-ups, names and digest.
func BenchmarkStage(b *testing.B) {
	l := open(b, store.Config{Data: b.TempDir()})
	var peak uint64
	for i := 0; b.Loop(); i++ {
		id, err := l.AddFile(l.ctx, honne.StoredFile{Distributor: l.d, Path: "year.csv", SHA256: fmt.Sprint(i)})
		l.must(err)
		_, err = l.Stage(l.ctx, id, yearOfSales(), manyLines(benchLines))
		l.must(err)
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.Sys)
	}
	b.ReportMetric(float64(benchLines*b.N)/b.Elapsed().Seconds(), "lines/s")
	b.ReportMetric(float64(peak)/(1<<20), "MiB-sys")
}

// BenchmarkNaive inserts the same lines as they are read into one table, one
// row a statement, in one transaction: what BenchmarkStage must not be slower
// than.
func BenchmarkNaive(b *testing.B) {
	db, err := sql.Open("sqlite", filepath.Join(b.TempDir(), "naive.db")+"?_pragma=journal_mode(WAL)")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE line (file INTEGER, row INTEGER, month TEXT, day TEXT, product_code TEXT, product TEXT,
		site_code TEXT, site TEXT, rep TEXT, quantity REAL, amount INTEGER)`); err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		if err := naive(context.Background(), db, i); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(benchLines*b.N)/b.Elapsed().Seconds(), "lines/s")
}

func naive(ctx context.Context, db *sql.DB, file int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert, err := tx.PrepareContext(ctx, `INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	for line := range manyLines(benchLines) {
		site := line.Parties[honne.EndUser]
		if _, err := insert.ExecContext(ctx, file, line.Row, line.Period.String(), line.Date.String(), line.Product.Code, line.Product.Name,
			site.Code, site.Name, line.Rep, float64(line.Quantity.N)/1000, line.Amount.N); err != nil {
			return err
		}
	}
	return tx.Commit()
}
