// Package measure owns the arithmetic: the thirty measures of domain 3.5, one
// file each, listed by hand in all.go. A measure is a pure function of a record
// and a few declared parameters; it returns a value with its terms, evidence,
// history and the facts behind it, or says which data it lacks.
//
// The package refuses to judge. What is good or bad is a band, decided by
// inspect from a playbook; no threshold lives here but declared parameters. It
// writes no text: labels and reasons are honne.Messages. It reads no clock: the
// day is the record's AsOf. Months are calendar months, or the closing months of
// the distributor where its books close on another day; quarters are those of
// the distributor's fiscal year.
package measure

import (
	"math"
	"slices"

	"honne"
	"honne/internal/stat"
)

// Measure is one of the thirty.
type Measure struct {
	ID          honne.MeasureID
	Doc         string // title, formula, minimum data and source, for the reference
	Params      []Param
	Needs       []honne.Need // all that it may lack
	Confounders []string     // harmless explanations: message identifiers
	// Run computes the measure with every declared parameter set. Callers use
	// Of, which completes and rounds the result.
	Run func(r *honne.Record, p Params) honne.Result
}

// Param is a number that a playbook may set.
type Param struct {
	Name    string
	Default float64
	Doc     string
}

// Params are parameters by name.
type Params map[string]float64

func (p Params) count(name string) int { return int(p[name]) }

// Of runs the measure on a record; overlay replaces the defaults it names. The
// result carries the measure's identity and confounders, the evidence of its terms
// where the measure names none, and every ratio is rounded once, at six decimals,
// halves away from zero.
func (m *Measure) Of(r *honne.Record, overlay map[string]float64) honne.Result {
	params := Params{}
	for _, p := range m.Params {
		params[p.Name] = p.Default
		if v, ok := overlay[p.Name]; ok {
			params[p.Name] = v
		}
	}
	res := m.Run(r, params)
	res.Measure = m.ID
	for _, c := range m.Confounders {
		res.Confounders = append(res.Confounders, honne.Say(c))
	}
	if res.Evidence == nil {
		res.Evidence = selections(res.Numerator, res.Denominator)
	}
	res.Evidence = honne.Distinct(res.Evidence)
	round(&res)
	return res
}

// Declares reports whether the measure has a parameter of that name.
func (m *Measure) Declares(param string) bool {
	return slices.ContainsFunc(m.Params, func(p Param) bool { return p.Name == param })
}

func round(res *honne.Result) {
	res.Value = sixth(res.Value)
	for i := range res.Parts {
		if res.Parts[i].Unit == honne.UnitMoney {
			res.Parts[i].Value = math.Round(res.Parts[i].Value) // whole minor units
		} else {
			res.Parts[i].Value = sixth(res.Parts[i].Value)
		}
	}
	for i := range res.History {
		res.History[i].Value = sixth(res.History[i].Value)
	}
	if res.Baseline != nil {
		b := sixth(*res.Baseline)
		res.Baseline = &b
	}
	RoundArgs(res.Because...)
	RoundArgs(res.OurSide...)
	RoundArgs(res.Why)
}

// RoundArgs rounds the ratios in the arguments of messages at six decimals, in
// place.
func RoundArgs(list ...honne.Message) {
	for _, m := range list {
		for i := range m.Args {
			m.Args[i].F = sixth(m.Args[i].F)
		}
	}
}

// sixth rounds at six decimals and never leaves −0, which JSON would show.
func sixth(x float64) float64 { return stat.RoundHalfAwayFromZero(x, 6) + 0 }

func unknown(why honne.Message, needs ...honne.Need) honne.Result {
	return honne.Result{Why: why, Needs: needs}
}

func part(name string, v float64, unit honne.ValueUnit) honne.Further {
	return honne.Further{Name: name, Value: v, Unit: unit}
}

// count is a part that counts.
func count(name string, n int) honne.Further { return part(name, float64(n), honne.UnitCount) }

// flag is a part that says yes or no.
func flag(name string, on bool) honne.Further {
	return honne.Further{Name: name, Value: float64(oneIf(on)), Unit: honne.UnitCount, Flag: true}
}

func oneIf(on bool) int {
	if on {
		return 1
	}
	return 0
}

func ratio[N int | int64](a, b N) float64 { return float64(a) / float64(b) }

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
