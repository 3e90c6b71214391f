package inspect

import (
	"math"
	"slices"

	"honne"
	"honne/internal/playbook"
)

// Stake is what the sales of a picture are short of so far. A market that was not
// compared over the same months asks for nothing.
func Stake(p honne.Picture) honne.Stake {
	k := p.KPIs
	if k.Sales.Money.Currency == "" {
		return honne.Stake{}
	}
	var asked int64
	var s honne.Stake
	if k.Plan.Money.Currency != "" {
		s.Known, s.Of, asked = true, "plan", k.Plan.Money.Minor
	}
	if pace, ok := MarketPace(k); ok && (!s.Known || pace.Minor > asked) {
		s.Known, s.Of, asked = true, "market-pace", pace.Minor
	}
	s.Money = honne.Money{Minor: max(0, asked-k.Sales.Money.Minor), Currency: k.Sales.Money.Currency}
	return s
}

// MarketPace is the year before with the market's growth, over the months of
// sales; ok is false where one of both is unknown, or of other months.
func MarketPace(k honne.KPIs) (honne.Money, bool) {
	if !k.SameMonths || k.Market == nil || k.Prior.Money.Currency == "" {
		return honne.Money{}, false
	}
	grown := math.Round(float64(k.Prior.Money.Minor) * (1 + k.Market.Base))
	return honne.Money{Minor: int64(grown), Currency: k.Prior.Money.Currency}, true
}

// trustNeeds is how many measures must have a band before they say anything
// together.
const trustNeeds = 3

// Trust counts the measures of trustworthiness as the playbook's audit names
// them; a measure that stands behind two dimensions counts once.
func Trust(p honne.Picture, b *playbook.Playbook) honne.Trust {
	var slugs []string
	for _, d := range b.Audit.Dimensions {
		if i := slices.IndexFunc(honne.AllDimensions, func(x honne.Dimension) bool { return x.Slug == d.Dimension }); i >= 0 && honne.AllDimensions[i].Pillar == "trust" {
			slugs = append(slugs, d.Measures...)
		}
	}
	var t honne.Trust
	points := map[honne.Band]float64{honne.Clear: 1, honne.Watch: 0.5, honne.High: 0}
	sum := 0.0
	for _, m := range p.Measures {
		if n, banded := points[m.Band]; banded && slices.Contains(slugs, m.Measure.Slug) {
			sum += n
			t.Measures = append(t.Measures, m)
		}
	}
	if n := len(t.Measures); n >= trustNeeds {
		t.Known, t.Share = true, sixth(sum/float64(n))
	}
	return t
}
