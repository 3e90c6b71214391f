package job

import (
	"context"
	"iter"
	"strings"

	"honne"
)

// seenProducts are the products of lines as they pass by, in their order, with
// the line in which each stands first.
type seenProducts struct {
	list  []honne.Product
	first map[honne.Product]honne.Line
	lines map[honne.Product]int
}

// watch passes lines on and notes the products in them.
func (s *seenProducts) watch(lines iter.Seq2[honne.Line, error]) iter.Seq2[honne.Line, error] {
	s.first, s.lines = map[honne.Product]honne.Line{}, map[honne.Product]int{}
	return func(yield func(honne.Line, error) bool) {
		for l, err := range lines {
			if err == nil && l.Product != (honne.Product{}) {
				if s.lines[l.Product]++; s.lines[l.Product] == 1 {
					s.list = append(s.list, l.Product)
					s.first[l.Product] = l
				}
			}
			if !yield(l, err) {
				return
			}
		}
	}
}

// offList are the products of a partner's file that are not on our own list: a
// warning each, at the first cell that names it. What we or others sent is not
// held against it.
func (w *Works) offList(ctx context.Context, f honne.StoredFile, r honne.Reading, s *seenProducts) ([]honne.Problem, error) {
	if f.From != honne.Theirs {
		return nil, nil
	}
	list, err := w.Store.OffList(ctx, f.Distributor, s.list)
	var out []honne.Problem
	for _, x := range list {
		p := honne.Problem{At: productCell(r, s.first[x.Product]), Severity: honne.SevWarning, Raw: called(x.Product), OffList: &x,
			What: honne.Say("problem.not-listed", honne.Text("product", called(x.Product)), honne.Count("n", s.lines[x.Product]))}
		if len(x.Near) > 0 {
			var near []string
			for _, n := range x.Near {
				near = append(near, called(n))
			}
			p.What = honne.Say("problem.not-listed-near", append(p.What.Args, honne.Text("near", strings.Join(near, "; ")))...)
		}
		out = append(out, p)
	}
	return out, err
}

// called is a product as it is written: its code, then its name.
func called(p honne.Product) string { return strings.TrimSpace(p.Code + " " + p.Name) }

// productCell is the cell that names the product of a line: in the column of
// codes, of names, or, where products stand across, that of its figure.
func productCell(r honne.Reading, l honne.Line) honne.Address {
	t := r.Tables[l.Table]
	at := honne.Cell{Row: l.Row, Col: max(l.AmtCol, l.QtyCol)}
	for _, m := range [...]honne.Meaning{honne.MProductName, honne.MProductCode} {
		for _, c := range t.Columns {
			if cell, err := honne.ParseCell(c.At + "1"); err == nil && c.Meaning == m && (m == honne.MProductCode && l.Product.Code != "" || m == honne.MProductName && l.Product.Name != "") {
				at.Col = cell.Col
			}
		}
	}
	return honne.Address{Sheet: t.Sheet, Range: honne.Range{From: at, To: at}}
}
