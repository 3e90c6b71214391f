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

// fell reports whether it fell by more than chance: beyond times what Chance allows.
func (g productGrowth) fell(beyond float64) bool {
	if g.then <= 0 || g.piecesBefore <= 0 || g.now >= g.then {
		return false
	}
	share := ratio(g.now, g.then) - 1
	return !Chance(share/beyond, float64(max(g.pieces, 1000))/1000, float64(g.piecesBefore)/1000)
}

// fallen says of parts of the sales which fell while the others did not: at most half
// of them, by a twentieth of all sales together at least; none where it is another way.
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
	if len(list) == 0 || 2*len(list) > len(parts) || 20*(then-now) < allThen || then >= allThen {
		return f, false
	}
	f = fallen{n: len(list), parts: len(parts), lost: then - now, others: ratio(allNow-now, allThen-then) - 1}
	f.most = slices.MaxFunc(list, func(a, b productGrowth) int {
		return cmp.Or(cmp.Compare(a.then-a.now, b.then-b.now), cmp.Compare(b.product, a.product))
	})
	f.mostShare = ratio(f.most.now, f.most.then) - 1
	return f, true
}

// fallenProducts says which products fell while the others did not. Nothing is said
// where part of the sales names no product, or a year earlier is as the partner states it.
func (c Comparison) fallenProducts(r *honne.Record, beyond float64) []honne.Message {
	f, ok := fallenOf(c.byProduct(r), beyond)
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
// to the next, and a year hides it. Nothing is said where a report of those months names
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
		parts[i].add(x.Quantity, x.Amount, true, now)
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
