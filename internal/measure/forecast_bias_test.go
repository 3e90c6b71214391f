package measure

import (
	"testing"

	"honne"
)

// Where forecasts are in pieces and sales in money, sales are not what is lacking.
func TestForecastInPiecesOnly(t *testing.T) {
	d := parseRecord(t, `as-of 2025-10-20
sales 2025-04 100 100 100 100 100 100
vintage forecast 2025-04 made 2025-03-20 110
vintage forecast 2025-05 made 2025-03-20 110
vintage forecast 2025-06 made 2025-03-20 110
vintage forecast 2025-07 made 2025-03-20 110
vintage forecast 2025-08 made 2025-03-20 110
vintage forecast 2025-09 made 2025-03-20 110`)
	for i := range d.r.Vintages {
		v := &d.r.Vintages[i]
		v.Quantity, v.Amount = v.Amount, honne.Figure{}
	}
	for i := range d.r.Facts {
		d.r.Facts[i].Quantity = make([]honne.Figure, len(d.r.Facts[i].Quantity))
	}
	res := runForecastBias(&d.r, Params{"months": 18, "least": 6})
	if res.Known || res.Why.ID == "why.forecast-bias.few-sales" {
		t.Errorf("%+v", res.Why)
	}
}
