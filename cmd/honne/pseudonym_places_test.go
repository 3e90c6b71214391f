package main

import (
	"testing"

	"honne"
	"honne/internal/inspect"
)

// Branches, and customers of whom a file is, are names too.
func TestPseudonymsOfPlaces(t *testing.T) {
	april, may := honne.NewMonth(2026, 4), honne.NewMonth(2026, 5)
	r := honne.Record{}
	for _, d := range []struct {
		scope string
		m     honne.Month
	}{{"札幌支店", april}, {"仙台支店", april}, {honne.Piece("売上_東和医療"), april}, {"札幌支店", may}} {
		r.Deliveries = append(r.Deliveries, honne.Delivery{Series: honne.Sales, From: honne.Theirs, Scope: d.scope, InForce: true, Periods: []honne.Period{d.m.Period()}})
	}
	r = newPseudonyms(nil).record(r)
	if got := inspect.Without(&r, may); len(got) != 2 || got[0] != "part-001" || got[1] != "part-002" {
		t.Errorf("May is without %v", got)
	}
}
