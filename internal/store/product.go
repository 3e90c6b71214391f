package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"honne"
)

// products are the products of a distributor by id. Two names of one code are
// one product, under the id that was first.
type products struct {
	rows  map[int64]honne.Product
	first map[int64]int64
}

func readProducts(ctx context.Context, q querier, d honne.DistributorID) (products, error) {
	rows, err := collect(ctx, q, (*nameRow).fields, selectName+`WHERE distributor_id = $1 AND kind = 1 ORDER BY id`, int64(d))
	p := products{map[int64]honne.Product{0: {}}, map[int64]int64{0: 0}}
	byKey := map[string]int64{}
	for _, r := range rows {
		product := honne.Product{Code: r.code, Name: r.name}
		key := productKey(product)
		if _, ok := byKey[key]; !ok {
			byKey[key] = r.id
		}
		p.rows[r.id], p.first[r.id] = product, byKey[key]
	}
	return p, err
}

// productKey is what selections and changes know a product by: its code, or its
// name where there is no code.
func productKey(p honne.Product) string { return cmp.Or(p.Code, p.Name) }

// same returns the id that stands for a product.
func (p products) same(id int64) int64 { return p.first[id] }

// union returns the ids in either, in order.
func (p products) union(a, b map[int64]productCell) []int64 {
	var out []int64
	for id := range a {
		out = append(out, id)
	}
	for id := range b {
		if _, ok := a[id]; !ok {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// rollupRow is a row of a roll-up: what a submission says of a product, an
// account or a day in a period.
type rollupRow struct {
	submission       honne.SubmissionID
	from, to         int64
	of               int64
	quantity, amount sql.NullInt64
	reason           int64
}

func (r *rollupRow) fields() []any {
	return []any{&r.submission, &r.from, &r.to, &r.of, &r.quantity, &r.amount}
}

func (r rollupRow) reported() honne.Reported {
	return honne.Reported{Quantity: figure(r.quantity), Amount: figure(r.amount)}
}

func readProductRollups(ctx context.Context, q querier, d honne.DistributorID, of []honne.SubmissionID) ([]rollupRow, error) {
	return readRollups(ctx, q, d, of, (*rollupRow).fieldsWithReason,
		`SELECT submission_id, period_from, period_to, product_id, quantity, amount, reason_id FROM rollup_product`)
}

func (r *rollupRow) fieldsWithReason() []any { return append(r.fields(), &r.reason) }

func readAccountRollups(ctx context.Context, q querier, d honne.DistributorID, of []honne.SubmissionID) ([]rollupRow, error) {
	return readRollups(ctx, q, d, of, (*rollupRow).fields,
		`SELECT submission_id, period_from, period_to, account_id, quantity, amount FROM rollup_account`)
}

func readDayTotals(ctx context.Context, q querier, d honne.DistributorID, of []honne.SubmissionID) ([]rollupRow, error) {
	return readRollups(ctx, q, d, of, (*rollupRow).fields,
		`SELECT submission_id, period_from, period_to, day, quantity, amount FROM day_total`)
}

// readRollups reads rows of submissions, some hundred submissions at a time.
func readRollups(ctx context.Context, q querier, d honne.DistributorID, of []honne.SubmissionID, fields func(*rollupRow) []any, query string) ([]rollupRow, error) {
	var out []rollupRow
	for ids := range slices.Chunk(of, 500) {
		rows, err := collect(ctx, q, fields, query+` WHERE distributor_id = $1 AND submission_id IN (`+list(ids)+`)
			ORDER BY submission_id, period_from, period_to`, int64(d))
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}
