package claim_test

import (
	"testing"

	"honne"
	"honne/internal/claim"
)

// An estimate of the market in the log decides the check of a different market
// as a fact does, with its source; one of an expert carries less.
func TestEstimateIsAFact(t *testing.T) {
	p := book(t)
	base := 9.0
	r := recordOf(t, "market-is-different", "own-growth=0.029")
	r.Log.Estimates = []honne.MarketEstimate{{What: "implants", Unit: honne.EstimateGrowth, Start: asOf.Month() - 14, Base: &base, Method: honne.EstimateMeasured, Source: "NDB", On: asOf - 30}}
	c := claim.Check(r, p)[0]
	if c.Verdict != honne.Contradicted {
		t.Fatalf("%s: %+v", c.Verdict, c.Facts)
	}
	r.Log.Estimates[0].Start -= 24
	if c := claim.Check(r, p)[0]; c.Verdict != honne.NotYetVerifiable {
		t.Errorf("an estimate of long ago: %s", c.Verdict)
	}
}
