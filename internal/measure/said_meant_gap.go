package measure

import "honne"

func saidMeantGap() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-29", Slug: "said-meant-gap"},
		Doc: `Said and meant: the gap between what is said on the record, the evidence, and what is said off the record from five voices on. It needs an
audit: a record holds nothing off the record, so this is unknown here. Source: domain 3.5 S-29, 3.8.`,
		Needs: []honne.Need{honne.NeedInterviews},
		Run:   func(*honne.Record, Params) honne.Result { return lacks(honne.NeedInterviews) },
	}
}
