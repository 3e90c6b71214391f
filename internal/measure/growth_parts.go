package measure

import (
	"cmp"
	"slices"

	"honne"
)

// productGrowth is what was sold of a product in some months and in the same months a
// year earlier: in minor units of money or thousandths of pieces, and in pieces.
type productGrowth struct {
	product              int32
	now, then            int64
	pieces, piecesBefore int64
}

// beyond is how many standard errors of single sales a fall of a product has to exceed,
// over the two of Chance: several products are looked at, so that one of them falls by
// chance sooner than the whole does.
const beyond = 1.5

func (g productGrowth) fell() bool {
	if g.then <= 0 || g.piecesBefore <= 0 || g.now >= g.then {
		return false
	}
	share := ratio(g.now, g.then) - 1
	return !Chance(share/beyond, float64(max(g.pieces, 1000))/1000, float64(g.piecesBefore)/1000)
}

// fallenProducts says which products fell while the others did not: at most half of
// them, by a twentieth of all sales together at least. Nothing is said where part of
// the sales names no product, or a year earlier is as the partner states it.
func (c Comparison) fallenProducts(r *honne.Record) []honne.Message {
	parts := c.byProduct(r)
	fallen := slices.DeleteFunc(slices.Clone(parts), func(g productGrowth) bool { return !g.fell() })
	var lost, now, then int64
	for _, g := range fallen {
		lost, now, then = lost+g.then-g.now, now+g.now, then+g.then
	}
	if len(fallen) == 0 || 2*len(fallen) > len(parts) || 20*lost < c.Then || then >= c.Then {
		return nil
	}
	most := slices.MaxFunc(fallen, func(a, b productGrowth) int {
		return cmp.Or(cmp.Compare(a.then-a.now, b.then-b.now), cmp.Compare(b.product, a.product))
	})
	p := r.Products[most.product]
	return []honne.Message{honne.Say("because.growth.products", honne.Count("fallen", len(fallen)), honne.Count("products", len(parts)),
		said(r, "lost", lost, c.Amount), honne.Growth("others", ratio(c.Now-now, c.Then-then)-1),
		honne.Text("product", cmp.Or(p.Name, p.Code)), honne.Growth("most", ratio(most.now, most.then)-1))}
}

// byProduct is nil where the products do not sum to the whole.
func (c Comparison) byProduct(r *honne.Record) (out []productGrowth) {
	if c.Stated() {
		return nil
	}
	at := map[int32]int{}
	f := r.Series(honne.Sales)
	for i, m := range f.Month {
		now, then := slices.Contains(c.Months, m), slices.Contains(c.Months, m+12)
		if !now && !then {
			continue
		}
		if f.Product[i] < 0 {
			return nil
		}
		j, ok := at[f.Product[i]]
		if !ok {
			j = len(out)
			at[f.Product[i]] = j
			out = append(out, productGrowth{product: f.Product[i]})
		}
		out[j].add(f.Quantity[i], f.Amount[i], c.Amount, now)
	}
	if now, then := bothYears(out); now != c.Now || then != c.Then {
		return nil
	}
	return out
}

func (g *productGrowth) add(quantity, amount honne.Figure, money, now bool) {
	n := quantity.N
	if money {
		n = amount.N
	}
	if now {
		g.now, g.pieces = g.now+n, g.pieces+quantity.N
		return
	}
	g.then, g.piecesBefore = g.then+n, g.piecesBefore+quantity.N
}

func bothYears(list []productGrowth) (now, then int64) {
	for _, g := range list {
		now, then = now+g.now, then+g.then
	}
	return now, then
}
