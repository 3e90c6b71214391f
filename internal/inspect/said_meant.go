package inspect

import (
	"slices"

	"honne"
	"honne/internal/audit"
	"honne/internal/measure"
	"honne/internal/playbook"
	"honne/internal/stat"
)

// saidMeant fills S-29 from the newest audit of which medians of voices off the
// record were released; res as it is where there is none. An audit that shows its
// medians of fewer than five, for a written reason, shows them on its own pages only. It knows nothing but those
// medians and the answers on the record, so it tells no more than they do. Source:
// domain 3.8.
func saidMeant(r *honne.Record, w playbook.Weights, res honne.Result) honne.Result {
	meant := func(g audit.Gap) *float64 { return g.SaidMeant }
	for _, a := range slices.Backward(r.Audits) {
		gaps := audit.Gaps(a, "partner")
		mean, known := audit.Overall(gaps, w, meant)
		if !known || a.Audit.Least != 0 && a.Audit.Least < audit.Least {
			continue
		}
		n := len(slices.DeleteFunc(gaps, func(g audit.Gap) bool { return g.SaidMeant == nil }))
		out := honne.Result{Measure: res.Measure, Confounders: res.Confounders, Known: true, Value: stat.RoundHalfAwayFromZero(mean, 6), Unit: honne.UnitIndex, N: n,
			Period:   honne.Period{From: a.Audit.From, To: a.Audit.To},
			Evidence: []honne.Selection{{Log: honne.EntrySelfAnswer}},
			Because: []honne.Message{honne.Say("because.said-meant-gap", honne.Text("audit", honne.EntryCode(honne.EntryAudit, a.Number)),
				honne.Count("criteria", n), honne.Number("gap", mean))}}
		measure.RoundArgs(out.Because...)
		return out
	}
	return res
}
