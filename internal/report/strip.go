package report

import "honne"

// strip adds the key figures. What is unknown has no value and says why, never
// 0.
func (b *builder) strip() {
	b.heading("report.glance")
	b.add(Strip{[]Key{b.sales(), b.growth(), b.share(), b.outlook(), b.kept()}})
	if p := b.picture.Pace; p.Known {
		b.add(Note{Line{{Say: honne.Say("report.pace", honne.Amount("lost", p.LostPace), honne.Amount("above", p.PlanAbove)),
			Notes: b.behind("growth-gap")}}})
	}
}

// behind returns the note of a measure's evidence.
func (b *builder) behind(slug string) []int {
	for _, m := range b.picture.Measures {
		if m.Measure.Slug == slug {
			return b.note(m.Evidence...)
		}
	}
	return nil
}

func stated(t honne.Term) bool { return !t.Label.IsZero() || t.Money.Currency != "" }

func (b *builder) sales() Key {
	k := b.picture.KPIs
	key := Key{Label: honne.Say("report.kpi.sales", honne.Over("period", b.picture.Period))}
	if !stated(k.Sales) {
		key.Lines = lines([]honne.Message{honne.Say("need.sales")})
		return key
	}
	key.Value, key.Notes = money(k.Sales.Money), b.note(k.Sales.Select...)
	if !stated(k.Plan) {
		key.Lines = lines([]honne.Message{honne.Say("report.kpi.no-plan")})
		return key
	}
	id := "report.kpi.own-plan"
	if k.PlanAgreed {
		id = "report.kpi.plan"
	}
	key.Lines = []Line{{{Say: honne.Say(id, honne.Amount("plan", k.Plan.Money)), Notes: b.note(k.Plan.Select...)}},
		b.difference(k.Sales.Money, k.Plan.Money)}
	return key
}

// difference says by how much a figure misses or exceeds the plan beside it.
func (b *builder) difference(shown, plan honne.Money) Line {
	diff := shown.Minor - plan.Minor
	id, tone := "report.kpi.over", Favourable
	if diff < 0 {
		id, tone, diff = "report.kpi.under", Unfavourable, -diff
	}
	args := []honne.Arg{honne.Amount("amount", honne.Money{Minor: diff, Currency: plan.Currency})}
	switch {
	case diff == 0:
		id, tone = "report.kpi.on-plan", Neutral
	case plan.Minor > 0:
		args = append(args, honne.Ratio("share", float64(diff)/float64(plan.Minor)))
	default:
		id += "-amount"
	}
	return Line{{Say: honne.Say(id, args...), Tone: tone}}
}

func (b *builder) growth() Key {
	k := b.picture.KPIs
	key := Key{Label: honne.Say("report.kpi.growth")}
	if k.Growth == nil {
		key.Lines = lines([]honne.Message{honne.Say("need.sales-history")})
		return key
	}
	key.Value, key.Notes = &Figure{Value: *k.Growth, Unit: honne.UnitGrowth}, b.behind("growth")
	if k.Market == nil {
		key.Lines = lines([]honne.Message{honne.Say("report.kpi.no-market")})
		return key
	}
	market := Piece{Say: honne.Say("report.kpi.market", honne.Growth("growth", k.Market.Base))}
	if k.Market.Source != "" {
		market.Notes = []int{b.source(Source{Ranges: []string{k.Market.Source}})}
	}
	gap := *k.Growth - k.Market.Base
	key.Lines = []Line{{market}, {{Say: honne.Say("report.kpi.gap", honne.Points("gap", gap)), Tone: tone(gap), Notes: b.behind("growth-gap")}}}
	return key
}

func tone(f float64) Tone {
	switch {
	case f < 0:
		return Unfavourable
	case f > 0:
		return Favourable
	}
	return Neutral
}

func (b *builder) share() Key {
	k := b.picture.KPIs
	key := Key{Label: honne.Say("report.kpi.share")}
	if k.ShareNow == nil {
		key.Lines = lines([]honne.Message{honne.Say("report.kpi.no-share")})
		return key
	}
	key.Value, key.Notes = &Figure{Value: *k.ShareNow, Unit: honne.UnitRatio}, b.behind("growth-gap")
	if k.ShareThen != nil {
		change := *k.ShareNow - *k.ShareThen
		key.Lines = []Line{{{Say: honne.Say("report.kpi.share-then", honne.Points("change", change), honne.Ratio("then", *k.ShareThen)),
			Tone: tone(change), Notes: key.Notes}}}
	}
	return key
}

func (b *builder) outlook() Key {
	k := b.picture.KPIs
	key := Key{Label: honne.Say("report.kpi.outlook")}
	if stated(k.Outlook) {
		key.Value, key.Notes = money(k.Outlook.Money), b.note(k.Outlook.Select...)
	} else {
		key.Lines = lines([]honne.Message{honne.Say("report.kpi.no-forecast")})
	}
	if stated(k.YearPlan) {
		key.Lines = append(key.Lines, Line{{Say: honne.Say("report.kpi.plan", honne.Amount("plan", k.YearPlan.Money)),
			Notes: b.note(k.YearPlan.Select...)}})
	}
	if k.PaceKnown {
		key.Lines = append(key.Lines, Line{{Say: honne.Say("report.kpi.pace", honne.Amount("pace", k.Pace)), Notes: b.note(k.Sales.Select...)}})
	}
	return key
}

func (b *builder) kept() Key {
	k := b.picture.KPIs
	key := Key{Label: honne.Say("report.kpi.kept")}
	all := k.Kept + k.Revised
	if all == 0 {
		key.Lines = lines([]honne.Message{honne.Say("report.kpi.no-versions")})
		return key
	}
	key.Value = &Figure{Value: float64(k.Kept) / float64(all), Unit: honne.UnitRatio, Of: [2]int{k.Kept, all}}
	key.Notes = b.behind("restatement")
	if k.Revised == 0 {
		key.Lines = lines([]honne.Message{honne.Say("report.kpi.none-revised")})
		return key
	}
	key.Lines = []Line{{{Say: honne.Say("report.kpi.revised", honne.Count("n", k.Revised), honne.Count("up", k.RevisedUp)), Notes: key.Notes}},
		{{Say: honne.Say("report.kpi.explained", honne.Count("n", k.Explained))}}}
	return key
}
