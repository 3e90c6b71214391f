package measure

import (
	"slices"

	"honne"
)

// fewPieces is the number of pieces of a product below which two months may be
// equal by chance.
const fewPieces = 10

// productFigure is what a month says of a product.
type productFigure struct {
	product          int32
	quantity, amount honne.Figure
}

// SameAgain reports whether a month of a series has, product by product, the figures of the
// month before it, in at least three that two months do not share by chance.
func SameAgain(r *honne.Record, s honne.Series, m honne.Month) bool {
	f, telling := r.Series(s), 0
	now, before := monthOf(f, m), monthOf(f, m-1)
	for _, x := range now {
		telling += oneIf(x.quantity.N >= fewPieces*1000 || !x.quantity.Known && x.amount.N > 0)
	}
	return telling >= 3 && slices.Equal(now, before)
}

func monthOf(f honne.Facts, m honne.Month) (out []productFigure) {
	for i := range f.Month {
		if f.Month[i] == m {
			out = append(out, productFigure{f.Product[i], f.Quantity[i], f.Amount[i]})
		}
	}
	return out
}

// repeated are the months up to one whose sales are those of the month before again.
func repeated(r *honne.Record, last honne.Month) (out []honne.Month) {
	for _, m := range span(last-11, last) {
		if SameAgain(r, honne.Sales, m) {
			out = append(out, m)
		}
	}
	return out
}
