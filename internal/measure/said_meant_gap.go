package measure

import "honne"

func saidMeantGap() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-29", Slug: "said-meant-gap"},
		Doc: `Said and meant: the partner's own answers, on the record, less the median of what its people say off the record, 0 to 4 each, of the newest
audit with such medians: the mean over the criteria where the answer is higher, weighted as the pillars; 0 where it is higher nowhere, which is
modesty. Medians are of five voices or more, as the lead auditor released them; with four, and in an audit that settled on fewer, this stays unknown. The
picture works it out, for whoever may see those medians; documents and the command line do not have it. Source: domain 3.5 S-29, 3.8.`,
		Needs: []honne.Need{honne.NeedInterviews},
		Run:   func(*honne.Record, Params) honne.Result { return lacks(honne.NeedInterviews) },
	}
}
