package measure

import "honne"

func redFlags() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-26", Slug: "red-flags"},
		Doc: `Red flags: compliance points that are open, for compliance and counsel only. A record without any and one whose reader may not see that
there are some are the same, and unknown: no flag is no finding. Parts: critical (open ones), closed, types (kinds among the open ones).
Minimum: one flag, open or closed. Source: domain 3.5 S-26, 3.3.`,
		Needs: []honne.Need{honne.NeedRedFlags},
		Run:   runRedFlags,
	}
}

func runRedFlags(r *honne.Record, _ Params) honne.Result {
	if len(r.Log.RedFlags) == 0 {
		return lacks(honne.NeedRedFlags)
	}
	open, critical, kinds := flagsOn(r, r.AsOf)
	res := honne.Result{Known: true, Value: float64(open), Unit: honne.UnitCount, N: len(r.Log.RedFlags),
		Period:    honne.Period{From: r.Log.RedFlags[0].On, To: r.AsOf},
		Numerator: counted("term.red-flags-open", open), Denominator: counted("term.red-flags", len(r.Log.RedFlags)),
		Evidence: fromLog(honne.Period{}, honne.EntryRedFlag),
		Parts: []honne.Further{count("critical", critical), count("closed", len(r.Log.RedFlags)-open),
			count("types", distinct(kinds))},
		Because: []honne.Message{honne.Say("because.red-flags", honne.Count("open", open), honne.Count("critical", critical))},
	}
	res.History, res.Baseline = onDays(r, 12, func(day honne.Date) (float64, bool) {
		n, _, _ := flagsOn(r, day)
		return float64(n), r.Log.RedFlags[0].On <= day
	})
	return res
}

// flagsOn counts the flags that were open at the end of a day.
func flagsOn(r *honne.Record, day honne.Date) (open, critical int, kinds []string) {
	for _, f := range r.Log.RedFlags {
		if f.On > day || f.Closed != 0 && f.Closed <= day {
			continue
		}
		open++
		critical += oneIf(f.Critical)
		kinds = append(kinds, f.Kind)
	}
	return open, critical, kinds
}
