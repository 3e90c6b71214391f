package inspect

import (
	"fmt"
	"testing"

	"honne"
)

func BenchmarkPicture(b *testing.B) {
	p, r := japanese(b), hiding().record()
	for b.Loop() {
		Picture(r, p)
	}
}

// BenchmarkLargePicture has 1,500 products and 4,000 accounts in 36 months.
func BenchmarkLargePicture(b *testing.B) {
	p, r := japanese(b), large()
	for b.Loop() {
		Picture(r, p)
	}
}

func large() honne.Record {
	r := hiding().record()
	for p := range 1499 {
		r.Products = append(r.Products, honne.Product{Code: fmt.Sprintf("P-%d", p)})
	}
	for i, f := range r.Facts {
		g := honne.Facts{Series: f.Series}
		for k, m := range f.Month {
			for p := range int32(1500) {
				g.Month, g.Product, g.Version = append(g.Month, m), append(g.Product, p), append(g.Version, 1)
				g.Amount, g.Quantity = append(g.Amount, f.Amount[k]), append(g.Quantity, f.Quantity[k])
			}
		}
		r.Facts[i] = g
	}
	r.ByAccount = honne.AccountFacts{}
	r.Accounts = nil
	for a := range int32(4000) {
		r.Accounts = append(r.Accounts, honne.Account{Role: honne.EndUser, Disclosure: honne.Named, Name: fmt.Sprintf("施設%d", a)})
	}
	for m := first; m < first+monthsTold; m++ {
		for a := range int32(4000) {
			r.ByAccount.Month = append(r.ByAccount.Month, m)
			r.ByAccount.Account = append(r.ByAccount.Account, a)
			r.ByAccount.Amount = append(r.ByAccount.Amount, honne.Known(1000))
			r.ByAccount.Quantity = append(r.ByAccount.Quantity, honne.Figure{})
		}
	}
	return r
}
