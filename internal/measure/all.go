package measure

// All lists the thirty measures in the order of honne.AllMeasures.
func All() []*Measure {
	return []*Measure{
		planAttainment(),
		growth(),
		growthGap(),
		targetSiteCoverage(),
		forecastBias(),
		planSoftness(),
		unexplainedMisses(),
		restatement(),
		lateness(),
		completeness(),
		visibilityIndex(),
		quarterEndLoading(),
		stockCover(),
		stockEquation(),
		initiative(),
		responseTime(),
		accessIndex(),
		activityCoverage(),
		investmentRatio(),
		excuseIndex(),
		commitmentsKept(),
		approvalDepth(),
		gutFeel(),
		contactCoverage(),
		documentCurrency(),
		redFlags(),
		concentration(),
		mutualWeight(),
		saidMeantGap(),
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
