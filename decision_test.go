package honne_test

import (
	"reflect"
	"testing"

	. "honne"
)

// What is said of a form stands in place of all that was, unit and tax put back to
// as found among it; codes add up, and alone they leave the rest as it was.
func TestFormOver(t *testing.T) {
	thousand := Unit{Scale: 1000, Currency: JPY}
	known := Form{Kind: Sales, Unit: thousand, Tax: TaxIncluded, Sorts: map[string]Sort{"1": Sold, "2": Returned}}
	three := map[string]Sort{"3": Unsold}
	all := map[string]Sort{"1": Sold, "2": Returned, "3": Unsold}
	for _, c := range []struct {
		name string
		said TableSaid
		want Form
	}{
		{"a code", TableSaid{Sorts: three}, Form{Kind: Sales, Unit: thousand, Tax: TaxIncluded, Sorts: all}},
		{"a code, and a unit for this file alone", TableSaid{Sorts: three, Unit: Unit{Scale: 1, Currency: JPY}}, Form{Kind: Sales, Unit: thousand, Tax: TaxIncluded, Sorts: all}},
		{"the kind, the rest as found", TableSaid{Kind: Stock, Remember: true}, Form{Kind: Stock, Sorts: known.Sorts}},
		{"both", TableSaid{Kind: Stock, Sorts: three, Remember: true}, Form{Kind: Stock, Sorts: all}},
	} {
		if got := c.said.Form().Over(known); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}
