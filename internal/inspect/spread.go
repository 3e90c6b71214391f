package inspect

import (
	"math/big"
	"slices"

	"honne"
	"honne/internal/measure"
)

// Spread divides a total, minor units of money or thousandths of pieces, over
// months: as their sales of a year earlier were, where each of those months is
// over and known, else evenly, and then bySales is false. Months are whole steps
// and the last takes what is left, so that they sum to the total.
func Spread(r *honne.Record, total, step int64, amount bool, months []honne.Month) (parts []int64, bySales bool) {
	weights, bySales := yearBefore(r, amount, months)
	all := new(big.Int)
	for _, w := range weights {
		all.Add(all, big.NewInt(w))
	}
	given, so := int64(0), new(big.Int)
	for _, w := range weights {
		so.Add(so, big.NewInt(w))
		upTo := total
		if so.Cmp(all) < 0 {
			upTo = portion(total, so, all, step)
		}
		parts = append(parts, upTo-given)
		given = upTo
	}
	return parts, bySales
}

// yearBefore are the sales of the same months a year earlier; ones where they are
// no measure of a season.
func yearBefore(r *honne.Record, amount bool, months []honne.Month) (weights []int64, known bool) {
	sales, over := measure.Monthly(r, honne.Sales), measure.Reported(r)
	sum := int64(0)
	for _, m := range months {
		f := sales.Figure(m-12, amount)
		if !f.Known || f.N < 0 || !slices.Contains(over, m-12) {
			sum = 0
			break
		}
		weights = append(weights, f.N)
		sum += f.N
	}
	if sum > 0 {
		return weights, true
	}
	return slices.Repeat([]int64{1}, len(months)), false
}

// portion is total × so ÷ all, rounded half up to whole steps.
func portion(total int64, so, all *big.Int, step int64) int64 {
	n := new(big.Int).Mul(big.NewInt(total), so)
	n.Lsh(n, 1).Add(n, new(big.Int).Mul(all, big.NewInt(step)))
	d := new(big.Int).Mul(all, big.NewInt(step))
	return n.Quo(n, d.Lsh(d, 1)).Int64() * step
}
