package measure

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/stat"
)

// No price changes by so much, and nobody sells for so little of what it costs: pieces that
// do are counted in another unit.
const (
	otherUnit = 2.5
	soldBelow = 0.4
)

// unitPrice is what a piece of a product costs in a month.
type unitPrice struct {
	month honne.Month
	price float64
}

// unitPrices are those of each product of a series in some months, by month.
func unitPrices(r *honne.Record, s honne.Series, months []honne.Month) map[int32][]unitPrice {
	out := map[int32][]unitPrice{}
	f := r.Series(s)
	for i, m := range f.Month {
		if a, q := f.Amount[i], f.Quantity[i]; f.Product[i] >= 0 && a.Known && q.Known && a.N > 0 && q.N > 0 && slices.Contains(months, m) {
			out[f.Product[i]] = append(out[f.Product[i]], unitPrice{m, float64(a.N) / float64(q.N)})
		}
	}
	return out
}

// otherUnits says that the pieces sold in some months are counted in two units: from one
// month on they cost several times as much or as little, in three months or for half of
// the products at once; since is that month. Zero where they are not, or without amounts.
func otherUnits(r *honne.Record, months []honne.Month) (since honne.Month, why honne.Message) {
	prices := unitPrices(r, honne.Sales, months)
	steps := map[honne.Month][]int32{}
	var sure honne.Month
	for product, list := range prices {
		if i := stepOf(list); i > 0 {
			m := list[i].month
			if steps[m] = append(steps[m], product); len(list)-i >= 3 && (sure == 0 || m < sure) {
				sure = m
			}
		}
	}
	for _, m := range months {
		if m == sure || len(steps[m]) > 1 && 2*len(steps[m]) >= len(prices) {
			return m, honne.Say("why.other-units", naming(r, slices.Min(steps[m])), honne.InMonth("month", m))
		}
	}
	return 0, honne.Message{}
}

// soldInOtherUnits says that pieces sold in some months are of another unit than those of a
// series of sell-in: they cost a fraction of these.
func soldInOtherUnits(r *honne.Record, in honne.Series, months []honne.Month) honne.Message {
	bought := unitPrices(r, in, months)
	sold := unitPrices(r, honne.Sales, months)
	for i := range r.Products {
		p := int32(i)
		if b, s := bought[p], sold[p]; len(b) > 0 && len(s) > 0 && medianPrice(s) < soldBelow*medianPrice(b) {
			return honne.Say("why.other-units.sell-in", naming(r, p))
		}
	}
	return honne.Message{}
}

func naming(r *honne.Record, product int32) honne.Arg {
	return honne.Text("product", cmp.Or(r.Products[product].Name, r.Products[product].Code))
}

// stepOf is the place from which on pieces cost several times as much or as little as
// before; 0 where there is none.
func stepOf(list []unitPrice) int {
	for i := 2; i < len(list); i++ {
		if steps(list[i].price/list[i-1].price) && steps(medianPrice(list[i:])/medianPrice(list[:i])) {
			return i
		}
	}
	return 0
}

func steps(x float64) bool { return x >= otherUnit || x <= 1/otherUnit }

func medianPrice(list []unitPrice) float64 {
	prices := make([]float64, len(list))
	for i, p := range list {
		prices[i] = p.price
	}
	return stat.Median(prices)
}
