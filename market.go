package honne

// MarketEstimate is how large a market was in twelve months, or how much it grew
// over the twelve before, with where it comes from (domain 2.12).
type MarketEstimate struct {
	What            string // the segment, and where: orthopaedic implants, all Japan
	Unit            EstimateUnit
	Start           Month    // the first of the twelve months
	Low, Base, High *float64 // nil where nobody said
	Method          EstimateMethod
	Source          string
	On              Date // published or made
}

// EntryKind says that it is an estimate of the market.
func (MarketEstimate) EntryKind() EntryKind { return EntryEstimate }

// EstimateUnit is what an estimate counts.
type EstimateUnit string

// The units: growth is in percent on the twelve months before.
const (
	EstimateGrowth     EstimateUnit = "growth"
	EstimateYen        EstimateUnit = "yen"
	EstimatePieces     EstimateUnit = "pieces"
	EstimateProcedures EstimateUnit = "procedures"
)

// AllEstimateUnits lists them in their order.
var AllEstimateUnits = []EstimateUnit{EstimateGrowth, EstimateYen, EstimatePieces, EstimateProcedures}

// EstimateMethod is how an estimate came about.
type EstimateMethod string

// The methods.
const (
	EstimateMeasured EstimateMethod = "measured" // counted: claims, shipments, filings
	EstimateDerived  EstimateMethod = "derived"  // computed from what was counted
	EstimateExpert   EstimateMethod = "expert"   // somebody's judgement
)

// AllEstimateMethods lists them in their order.
var AllEstimateMethods = []EstimateMethod{EstimateMeasured, EstimateDerived, EstimateExpert}

// Grade is how much a method carries as evidence.
func (m EstimateMethod) Grade() Grade {
	switch m {
	case EstimateMeasured:
		return GradeA
	case EstimateDerived:
		return GradeB
	}
	return GradeD
}

// MarketGrowth is how a market grew over twelve months on the twelve before, as
// ratios.
type MarketGrowth struct {
	Range3
	What   string
	Start  Month // the first of the twelve months
	Method EstimateMethod
}

// MarketGrowths are the growths that the estimates tell: as such, or as the sizes
// of one segment in one unit, twelve months apart. The range of two sizes is that
// of low on low and high on high: what one source over- or understates it does in
// both years. They stand in the order of their months, then of their day.
func (l Log) MarketGrowths() (out []MarketGrowth) {
	for _, e := range l.Estimates {
		switch {
		case e.Base == nil:
		case e.Unit == EstimateGrowth:
			g := MarketGrowth{What: e.What, Start: e.Start, Method: e.Method}
			g.Base = *e.Base / 100
			g.Low, g.High, g.Source, g.On = percentOr(e.Low, g.Base), percentOr(e.High, g.Base), e.Source, e.On
			out = append(out, g)
		default:
			if g, ok := l.grown(e); ok {
				out = append(out, g)
			}
		}
	}
	return out
}

func percentOr(p *float64, base float64) float64 {
	if p == nil {
		return base
	}
	return *p / 100
}

// grown compares a size with that of the same segment a year before, the newest
// of it.
func (l Log) grown(now MarketEstimate) (g MarketGrowth, ok bool) {
	for _, then := range l.Estimates {
		if then.What != now.What || then.Unit != now.Unit || then.Start != now.Start-12 || then.Base == nil || *then.Base <= 0 {
			continue
		}
		g = MarketGrowth{What: now.What, Start: now.Start, Method: weaker(now.Method, then.Method)}
		g.Base = *now.Base / *then.Base - 1
		g.Low, g.High = g.Base, g.Base
		for _, pair := range [...][2]*float64{{now.Low, then.Low}, {now.High, then.High}} {
			if pair[0] != nil && pair[1] != nil && *pair[1] > 0 {
				x := *pair[0] / *pair[1] - 1
				g.Low, g.High = min(g.Low, x), max(g.High, x)
			}
		}
		g.Source, g.On, ok = now.Source, min(now.On, then.On), true
		if then.Source != now.Source {
			g.Source = now.Source + "; " + then.Source
		}
	}
	return g, ok
}

// weaker is the method that carries less.
func weaker(a, b EstimateMethod) EstimateMethod {
	if a.Grade() > b.Grade() { // A to D
		return a
	}
	return b
}

// MarketEvent is something that happened to the market and bears on figures: it
// is nobody's fault. What our own side did is an OurAct.
type MarketEvent struct {
	On       Date
	Until    Date // 0: one day, or it lasts
	Kind     MarketEventKind
	Products string // those it concerns, as somebody wrote them; "" for all
	What     string
	Source   string
}

// EntryKind says that it is an event of the market.
func (MarketEvent) EntryKind() EntryKind { return EntryMarketEvent }

// MarketEventKind is a kind of event of the market (domain 3.2).
type MarketEventKind string

// The kinds. A revision of fees, a launch of ours and a recall of ours are told
// as the events of a profile are.
const (
	MarketFee      MarketEventKind = "fee-revision"
	MarketShortage MarketEventKind = "shortage"
	MarketRecall   MarketEventKind = "recall"
	MarketRival    MarketEventKind = "competitor-launch"
	MarketTender   MarketEventKind = "tender"
	MarketDisaster MarketEventKind = "disaster"
	MarketLaunch   MarketEventKind = "launch"
)

// AllMarketEventKinds lists them in their order.
var AllMarketEventKinds = []MarketEventKind{MarketFee, MarketShortage, MarketRecall, MarketRival, MarketTender, MarketDisaster, MarketLaunch}
