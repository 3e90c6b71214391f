package store_test

import (
	"testing"

	"honne"
	"honne/internal/store"
)

// Who knows the products of a staged file: by accepted files alone, and no sample.
func TestKnownElsewhere(t *testing.T) {
	inEach(t, func(t *testing.T, l *ledger) {
		own := l.d
		other, err := l.AddDistributor(l.ctx, honne.Profile{Name: "Kamogawa"}, false)
		l.must(err)
		sample, err := l.AddDistributor(l.ctx, honne.Profile{Name: "Sample"}, true)
		l.must(err)
		l.accept(sales("own.csv", before, july, 5))
		l.d = sample.ID
		l.accept(sales("sample.csv", before, july, 1, 2, 3, 4, 5, 6))
		l.d = other.ID
		there := l.stage(sales("other.csv", before, july, 1, 2, 3, 4, 5))
		l.d = own
		id := l.stage(sales("wrong.csv", after, july, 1, 2, 3, 4, 5, 6))
		for _, want := range [][]store.Overlap{nil, {{Distributor: other.ID, Products: true, Of: 6, There: 5, Here: 1, Known: 1}}} {
			found, err := l.KnownElsewhere(l.ctx, id, 5, 0.8)
			l.must(err)
			if text(t, found) != text(t, want) {
				t.Errorf("found %s, want %s", text(t, found), text(t, want))
			}
			l.must(l.Accept(l.ctx, 1, there))
		}
	})
}
