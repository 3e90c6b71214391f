package audit

import (
	"math"

	"honne"
)

// Sense is which figure of a measure is the better one.
type Sense string

// The senses. Of a measure that is a figure to know, no figure is better than
// another.
const (
	NoSense Sense = ""
	Higher  Sense = "higher"
	Lower   Sense = "lower"
	ToZero  Sense = "to-zero" // of a bias, whichever its sign
)

// senses are those of all measures (domain 3.5).
var senses = map[string]Sense{
	"plan-attainment": Higher, "growth": Higher, "growth-gap": Higher, "target-site-coverage": Higher, "forecast-bias": ToZero, "plan-softness": Higher,
	"unexplained-misses": Lower, "restatement": Lower, "lateness": Lower, "completeness": Higher, "visibility-index": Higher, "quarter-end-loading": Lower,
	"stock-cover": NoSense, "stock-equation": Lower, "initiative": Higher, "response-time": Lower, "access-index": Higher, "activity-coverage": Higher,
	"investment-ratio": Higher, "excuse-index": Lower, "commitments-kept": Higher, "approval-depth": NoSense, "gut-feel": Higher, "contact-coverage": Higher,
	"document-currency": Higher, "red-flags": Lower, "concentration": NoSense, "mutual-weight": NoSense, "said-meant-gap": Lower, "data-gate": Higher,
}

// Worsens reports whether the target of an action is worse than where it starts, and
// by which sense.
func Worsens(a honne.PlanAction) (Sense, bool) {
	s := senses[a.Metric]
	switch s {
	case Higher:
		return s, a.Target < a.Start
	case Lower:
		return s, a.Target > a.Start
	case ToZero:
		return s, max(a.Target, -a.Target) > max(a.Start, -a.Start)
	}
	return s, false
}

// Better reports whether a value is better than where an action started; of a figure
// to know, whether it is nearer to the target.
func Better(a honne.PlanAction, now float64) bool {
	switch senses[a.Metric] {
	case Higher:
		return now > a.Start
	case Lower:
		return now < a.Start
	case ToZero:
		return math.Abs(now) < math.Abs(a.Start)
	}
	return math.Abs(now-a.Target) < math.Abs(a.Start-a.Target)
}
