package inspect

import (
	"honne"
)

// strip says the key figures, once for page and document. What is unknown has no
// value and says why, never 0.
func (v view) strip(k honne.KPIs) []honne.KeyFigure {
	out := []honne.KeyFigure{v.salesKey(k), growthKey(k), shareKey(k), v.outlookKey(k), v.keptKey(k)}
	if len(v.reported) == 0 {
		out[0].Lines = saying("need.sales")
	}
	return out
}

func saying(id string, args ...honne.Arg) []honne.KeyLine {
	return []honne.KeyLine{{Say: honne.Say(id, args...)}}
}

// said is a figure of the view as an argument: money, or pieces.
func (v view) said(name string, n int64) honne.Arg {
	if v.amount {
		return honne.Amount(name, v.money(n))
	}
	return honne.Number(name, float64(n)/1000)
}

func (v view) salesKey(k honne.KPIs) honne.KeyFigure {
	key := honne.KeyFigure{ID: "sales", Label: honne.Say("strip.sales", honne.Over("period", v.period())), Known: !k.Sales.Label.IsZero(),
		Value: float64(v.minor(k.Sales)), Unit: v.unit(), Cells: k.Sales.Select}
	if k.Plan.Label.IsZero() {
		key.Lines = saying("strip.no-plan")
		return key
	}
	key.Lines = []honne.KeyLine{v.planLine(k.Plan), v.differenceLine(k)}
	return key
}

// planLine names the plan by whose it is: the label of its term says so.
func (v view) planLine(plan honne.Term) honne.KeyLine {
	id := map[string]string{"term.plan-agreed": "strip.plan", "term.plan-theirs": "strip.plan-theirs", "term.target-ours": "strip.target-ours"}[plan.Label.ID]
	return honne.KeyLine{Say: honne.Say(id, v.said("plan", v.minor(plan))), Cells: plan.Select}
}

// differenceLine says by how much sales miss or exceed the plan.
func (v view) differenceLine(k honne.KPIs) honne.KeyLine {
	diff := v.minor(k.Sales) - v.minor(k.Plan)
	line := honne.KeyLine{Tone: sign(float64(diff)), Opens: "difference"}
	share, shared := k.Formula("percent")
	id, size := "strip.over", diff
	if diff < 0 {
		id, size = "strip.under", -diff
	}
	switch {
	case diff == 0:
		line.Say = honne.Say("strip.on-plan")
	case shared:
		line.Say = honne.Say(id, v.said("amount", size), honne.Ratio("share", max(share.Value, -share.Value)))
	default:
		line.Say = honne.Say(id+"-amount", v.said("amount", size))
	}
	return line
}

func sign(f float64) int {
	switch {
	case f < 0:
		return -1
	case f > 0:
		return 1
	}
	return 0
}

func growthKey(k honne.KPIs) honne.KeyFigure {
	key := honne.KeyFigure{ID: "growth", Label: honne.Say("strip.growth"), Unit: honne.UnitGrowth, Opens: "growth"}
	if k.Growth == nil {
		key.Lines = saying("need.sales-history")
		return key
	}
	key.Known, key.Value = true, *k.Growth
	if !k.SameMonths {
		key.Lines = saying("strip.compared", honne.Count("n", len(k.Compared)))
	}
	if k.Market == nil {
		key.Lines = append(key.Lines, saying("strip.no-market")...)
		return key
	}
	gap, _ := k.Formula("gap")
	key.Lines = append(key.Lines,
		honne.KeyLine{Say: honne.Say("strip.market", honne.Growth("growth", k.Market.Base)), Opens: "market", Source: k.Market.Source},
		honne.KeyLine{Say: honne.Say("strip.gap", honne.Points("gap", gap.Value)), Tone: sign(gap.Value), Opens: "gap"})
	return key
}

func shareKey(k honne.KPIs) honne.KeyFigure {
	key := honne.KeyFigure{ID: "share", Label: honne.Say("strip.share"), Unit: honne.UnitRatio, Opens: "share"}
	if k.ShareNow == nil {
		key.Lines = saying("strip.no-share")
		return key
	}
	key.Known, key.Value = true, *k.ShareNow
	change, _ := k.Formula("share-change")
	key.Lines = []honne.KeyLine{{Say: honne.Say("strip.share-then", honne.Points("change", change.Value), honne.Ratio("then", *k.ShareThen)),
		Tone: sign(change.Value), Opens: "share-change"}}
	return key
}

func (v view) outlookKey(k honne.KPIs) honne.KeyFigure {
	key := honne.KeyFigure{ID: "outlook", Label: honne.Say("strip.outlook"), Unit: v.unit(), Opens: "outlook"}
	if k.Outlook.Label.IsZero() {
		key.Lines = []honne.KeyLine{{Say: k.NoOutlook}}
	} else {
		key.Known, key.Value = true, float64(v.minor(k.Outlook))
	}
	if !k.YearPlan.Label.IsZero() {
		key.Lines = append(key.Lines, v.planLine(k.YearPlan))
	}
	if k.PaceKnown {
		key.Lines = append(key.Lines, honne.KeyLine{Say: honne.Say("strip.pace", honne.Amount("pace", k.Pace)), Opens: "year-pace"})
	}
	return key
}

func (v view) keptKey(k honne.KPIs) honne.KeyFigure {
	key := honne.KeyFigure{ID: "kept", Label: honne.Say("strip.kept"), Unit: honne.UnitRatio, Opens: "kept"}
	all := k.Kept + k.Revised
	switch {
	case all == 0 && v.whyUntold.IsZero():
		key.Lines = saying("strip.no-versions")
		return key
	case all == 0:
		key.Lines = []honne.KeyLine{{Say: v.whyUntold}}
		return key
	}
	key.Known, key.Value, key.Of = true, sixth(float64(k.Kept)/float64(all)), [2]int{k.Kept, all}
	key.Lines = saying("strip.none-revised")
	if k.Slight > 0 {
		key.Lines = []honne.KeyLine{{Say: honne.Say("strip.slight", honne.Count("n", k.Slight), honne.Ratio("by", k.Within)), Opens: "kept"}}
	}
	if k.Revised > 0 {
		key.Lines = []honne.KeyLine{{Say: honne.Say("strip.revised", honne.Count("n", k.Revised), honne.Count("up", k.RevisedUp)), Opens: "kept"},
			{Say: honne.Say("strip.explained", honne.Count("n", k.Explained))}}
	}
	return key
}
