package store_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"honne"
)

// What the proof of the bitemporal truth draws: reports of any series, scope and
// period that overlap one another, with figures that are unknown or could not be
// read, and receipts of every kind.

// receipt draws when a file came, and how that is known.
func (h *historian) receipt() honne.Receipt {
	day := honne.NewDate(2025, 8, 1+h.r.IntN(60))
	switch h.r.IntN(8) {
	case 0:
		return honne.Receipt{At: day.At(0, 0), Basis: honne.ByName}
	case 1:
		return honne.Receipt{At: day.At(9, 0), Basis: honne.ByLoad}
	case 2:
		return honne.Receipt{Basis: honne.ByLoad}
	case 3:
		return honne.Receipt{At: day.At(18, 30), Basis: honne.Stated}
	}
	return honne.Receipt{At: day.At(10, 0), Basis: honne.ByMessage}
}

// draw draws a report of one to three periods of one or two series.
func (h *historian) draw() report {
	out := report{path: fmt.Sprintf("%d-%d.csv", h.r.IntN(3), h.steps)}
	start := honne.NewMonth(2025, 3+h.r.IntN(4))
	for n := range 1 + h.r.IntN(2) {
		p := h.drawPart(start)
		if n > 0 && p.Series == out.parts[0].Series && h.r.IntN(4) > 0 {
			break // the same table twice on a sheet is rare
		}
		for _, d := range p.Periods {
			out.lines = append(out.lines, h.drawLines(n, d)...)
		}
		out.parts = append(out.parts, p)
	}
	return out
}

func (h *historian) drawPart(start honne.Month) honne.Part {
	all := []honne.Series{honne.Sales, honne.Sales, honne.Stock, honne.Forecast, honne.Target, honne.Shipments}
	p := honne.Part{Series: all[h.r.IntN(len(all))], Scope: []string{"", "", "東日本", "西日本", honne.Addition(start + 2)}[h.r.IntN(5)]}
	p.Currency = []honne.Currency{honne.JPY, honne.JPY, honne.JPY, "", "EUR"}[h.r.IntN(5)]
	for m := range 1 + h.r.IntN(3) {
		p.Periods = append(p.Periods, drawPeriod(h.r, start+honne.Month(m)))
	}
	slices.SortFunc(p.Periods, func(a, b honne.Period) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	p.Periods = slices.Compact(p.Periods)
	return p
}

func drawPeriod(r *rand.Rand, m honne.Month) honne.Period {
	switch r.IntN(7) {
	case 0:
		m += honne.Month(r.IntN(2))                                         // one part may hold a month twice
		return honne.Period{From: (m - 1).First() + 20, To: m.First() + 19} // closed on the 20th
	case 1:
		return honne.Months(m, m+2)
	case 2:
		return honne.Period{From: m.First(), To: m.First() + 6}
	}
	return m.Period()
}

// drawLines draws the lines of a period: of products or only of a total, with
// both measures or one, and some that could not be read.
func (h *historian) drawLines(part int, d honne.Period) (out []honne.Line) {
	whole, quantities, amounts := h.r.IntN(4) == 0, h.r.IntN(6) > 0, h.r.IntN(8) > 0
	for range h.r.IntN(5) {
		l := honne.Line{Part: int32(part), Row: int32(len(out) + 2), QtyCol: 3, AmtCol: 4, Period: d}
		if quantities {
			l.Quantity = h.drawFigure(1000)
		}
		if amounts {
			l.Amount = h.drawFigure(100)
		}
		if h.r.IntN(3) > 0 {
			l.Date = d.From + honne.Date(h.r.IntN(6))
		}
		if n := h.r.IntN(4); n > 0 && !whole {
			l.Product = honne.Product{Code: fmt.Sprint("P", n), Name: fmt.Sprint("品", h.r.IntN(2))}
		}
		if n := h.r.IntN(3); n > 0 {
			role := []honne.Role{honne.EndUser, honne.ShipTo}[h.r.IntN(2)]
			l.Parties[role] = honne.Party{Name: fmt.Sprint("病院", n), Disclosure: honne.Named}
		}
		if h.r.IntN(2) == 0 {
			l.Agreed = d.From + honne.Date(h.r.IntN(9))
		}
		out = append(out, l)
	}
	return out
}

// drawFigure draws a small number, so that figures repeat; one in six is unknown.
func (h *historian) drawFigure(unit int64) honne.Figure {
	if h.r.IntN(6) == 0 {
		return honne.Figure{}
	}
	return honne.Known(int64(h.r.IntN(4)) * unit)
}

// restate draws a report of the same parts and periods as f's, whose figures
// are the same but for some.
func (h *historian) restate(f *told) report {
	out := report{path: fmt.Sprintf("%d-%d-再.csv", h.r.IntN(3), h.steps), parts: slices.Clone(f.parts), lines: slices.Clone(f.lines)}
	for i := range out.lines {
		switch h.r.IntN(6) {
		case 0:
			out.lines[i].Amount = h.drawFigure(100)
		case 1:
			out.lines[i].Quantity, out.lines[i].Amount = honne.Figure{}, honne.Figure{}
		}
	}
	if n := len(out.lines); n > 0 && h.r.IntN(4) == 0 {
		out.lines = slices.Delete(out.lines, n-1, n)
	}
	return out
}
