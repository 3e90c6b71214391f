package measure

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"honne"
	"honne/internal/stat"
)

// productGrowth is what was sold of a product in some months and in the same months a
// year earlier: in minor units of money or thousandths of pieces, and in pieces.
type productGrowth struct {
	product              int32
	now, then            int64
	pieces, piecesBefore int64
	more                 map[honne.Month]float64 // of each month, what was sold more than a year earlier
}

// fell reports whether it fell by more than chance: beyond times what Chance allows, or
// without pieces, what the differences of its months among themselves allow.
func (g productGrowth) fell(beyond float64) bool {
	switch {
	case g.then <= 0 || g.now >= g.then:
		return false
	case g.piecesBefore <= 0:
		return g.pieces <= 0 && 2*beyond*standardError(g.more) < float64(g.then-g.now)/float64(max(1, len(g.more)))
	}
	share := ratio(g.now, g.then) - 1
	return !Chance(share/beyond, float64(max(g.pieces, 1000))/1000, float64(g.piecesBefore)/1000)
}

// standardError is how far the mean of months may be off by chance; infinite for less than
// half a year.
func standardError(months map[honne.Month]float64) float64 {
	x := make([]float64, 0, len(months))
	for _, m := range slices.Sorted(maps.Keys(months)) {
		x = append(x, months[m])
	}
	if len(x) < 6 {
		return math.Inf(1)
	}
	mean, squares := stat.Mean(x), 0.0
	for _, v := range x {
		squares += float64((v - mean) * (v - mean))
	}
	return math.Sqrt(squares / float64(len(x)*(len(x)-1)))
}

// fallen says of parts of the sales which fell while the others did not, or by less than half as much: at most half
// of them, by a fortieth of all sales together at least; none where it is another way.
type fallen struct {
	n, parts  int
	lost      int64
	others    float64 // growth of the others together
	most      productGrowth
	mostShare float64
}

func fallenOf(parts []productGrowth, beyond float64) (f fallen, ok bool) {
	list := slices.DeleteFunc(slices.Clone(parts), func(g productGrowth) bool { return !g.fell(beyond) })
	allNow, allThen := bothYears(parts)
	now, then := bothYears(list)
	if len(list) == 0 || 2*len(list) > len(parts) || 40*(then-now) < allThen || then >= allThen {
		return f, false
	}
	others := ratio(allNow-now, allThen-then) - 1
	if ratio(now, then)-1 > 2*others {
		return f, false
	}
	f = fallen{n: len(list), parts: len(parts), lost: then - now, others: others}
	f.most = slices.MaxFunc(list, func(a, b productGrowth) int {
		return cmp.Or(cmp.Compare(a.then-a.now, b.then-b.now), cmp.Compare(b.product, a.product))
	})
	f.mostShare = ratio(f.most.now, f.most.then) - 1
	return f, true
}

// fallenProducts says which products fell while the others did not. Nothing is said
// where part of the sales names no product, or a year earlier is as the partner states it;
// nor of a product that we gave up.
func (c Comparison) fallenProducts(r *honne.Record, beyond float64) []honne.Message {
	ended, _ := givenUpIn(r, c.Months)
	f, ok := fallenOf(slices.DeleteFunc(c.byProduct(r), func(g productGrowth) bool { return slices.Contains(ended.products, g.product) }), beyond)
	if !ok {
		return nil
	}
	p := r.Products[f.most.product]
	name := cmp.Or(p.Name, p.Code)
	out := []honne.Message{honne.Say("because.growth.products", honne.Count("fallen", f.n), honne.Count("products", f.parts),
		said(r, "lost", f.lost, c.Amount), honne.Growth("others", f.others), honne.Text("product", name), honne.Growth("most", f.mostShare))}
	return append(out, notShipped(r, f.most.product, name)...)
}

// fallenPlaces says which branches or regions fell while the others did not, in the last
// months against the same months a year earlier: who sells in a place goes from one month
// to the next, and a year hides it. Nothing is said where a part of those months names
// no place, or a place has none in some of them: it may be new, or merged.
func fallenPlaces(r *honne.Record, last honne.Month, p Params) []honne.Message {
	now := span(last-honne.Month(p.count("lately")-1), last)
	parts, names, amount := byPlace(r, now)
	f, ok := fallenOf(parts, p["beyond"])
	if !ok {
		return nil
	}
	return []honne.Message{honne.Say("because.growth.places", honne.Count("fallen", f.n), honne.Count("places", f.parts), honne.Over("period", covering(now)),
		said(r, "lost", f.lost, amount), honne.Growth("others", f.others), honne.Text("place", names[f.most.product]), honne.Growth("most", f.mostShare))}
}

// byPlace are the places of some months and the same a year earlier, and their names; none
// where one of them is missing in a month.
func byPlace(r *honne.Record, months []honne.Month) (parts []productGrowth, names []string, amount bool) {
	amount = true
	at, told := map[string]int{}, map[string]int{}
	for _, x := range r.Places {
		now, then := slices.Contains(months, x.Month), slices.Contains(months, x.Month+12)
		if !now && !then {
			continue
		}
		i, ok := at[x.Place]
		if !ok {
			i = len(parts)
			at[x.Place], names = i, append(names, x.Place)
			parts = append(parts, productGrowth{product: int32(i)})
		}
		told[x.Place]++
		amount = amount && x.Amount.Known
		parts[i].add(x.Month, x.Quantity, x.Amount, true, now)
	}
	for _, name := range names {
		if told[name] != 2*len(months) {
			return nil, nil, amount
		}
	}
	if !amount { // in pieces
		for i := range parts {
			parts[i].now, parts[i].then = parts[i].pieces, parts[i].piecesBefore
		}
	}
	return parts, names, amount
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
		out[j].add(m, f.Quantity[i], f.Amount[i], c.Amount, now)
	}
	if now, then := bothYears(out); now != c.Now || then != c.Then {
		return nil
	}
	return out
}

func (g *productGrowth) add(m honne.Month, quantity, amount honne.Figure, money, now bool) {
	if g.more == nil {
		g.more = map[honne.Month]float64{}
	}
	n := quantity.N
	if money {
		n = amount.N
	}
	if now {
		g.now, g.pieces, g.more[m] = g.now+n, g.pieces+quantity.N, g.more[m]+float64(n)
		return
	}
	g.then, g.piecesBefore, g.more[m+12] = g.then+n, g.piecesBefore+quantity.N, g.more[m+12]-float64(n)
}

func bothYears(list []productGrowth) (now, then int64) {
	for _, g := range list {
		now, then = now+g.now, then+g.then
	}
	return now, then
}
