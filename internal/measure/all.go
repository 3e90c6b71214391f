package measure

// All lists the thirty measures in the order of honne.AllMeasures.
func All() []*Measure {
	return []*Measure{
		planAttainment(),
		growth(),
		growthGap(),
		notYet("target-site-coverage"),
		forecastBias(),
		planSoftness(),
		notYet("unexplained-misses"),
		restatement(),
		lateness(),
		completeness(),
		visibilityIndex(),
		quarterEndLoading(),
		stockCover(),
		stockEquation(),
		initiative(),
		responseTime(),
		notYet("access-index"),
		notYet("activity-coverage"),
		notYet("investment-ratio"),
		excuseIndex(),
		commitmentsKept(),
		approvalDepth(),
		notYet("gut-feel"),
		notYet("contact-coverage"),
		notYet("document-currency"),
		notYet("red-flags"),
		concentration(),
		notYet("mutual-weight"),
		notYet("said-meant-gap"),
		dataGate(),
	}
}

// Find returns the measure of a slug, nil when there is none.
func Find(slug string) *Measure {
	for _, m := range All() {
		if m.ID.Slug == slug {
			return m
		}
	}
	return nil
}
