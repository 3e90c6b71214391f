package measure

import "honne"

// pending are the measures that need what the record of a distributor does not
// hold yet: mail, logs, opinions. Each is honest about it: unknown, with what
// would make it known. The formulas are those of domain 3.5.
var pending = map[string]struct {
	id    string
	doc   string
	needs []honne.Need
}{
	"target-site-coverage": {"S-04", "Target-site coverage: sites with an outbound activity in 180 days ÷ target sites.", []honne.Need{honne.NeedTargetSites, honne.NeedActivity}},
	"unexplained-misses":   {"S-07", "Unexplained misses: missed periods without explanation and corrective action within 15 business days ÷ missed periods.", []honne.Need{honne.NeedMail}},
	"access-index":         {"S-17", "Access index 0–100: key accounts met, access requests granted, opinion leaders with direct contact.", []honne.Need{honne.NeedAccess}},
	"activity-coverage":    {"S-18", "Activity coverage: activities done ÷ planned.", []honne.Need{honne.NeedActivity}},
	"investment-ratio":     {"S-19", "Investment ratio: their documented spend on our line ÷ their gross margin on it, or the count of events.", []honne.Need{honne.NeedInvestment}},
	"gut-feel":             {"S-23", "Gut feel: a monthly reading 1–5 of at least two people, smoothed. An opinion.", []honne.Need{honne.NeedPulse}},
	"contact-coverage":     {"S-24", "Contact coverage: functions with a direct contact ÷ functions.", []honne.Need{honne.NeedContacts}},
	"document-currency":    {"S-25", "Document currency: valid documents ÷ required.", []honne.Need{honne.NeedDocuments}},
	"red-flags":            {"S-26", "Red flags: count by type; restricted.", []honne.Need{honne.NeedRedFlags}},
	"mutual-weight":        {"S-28", "Mutual weight: our share of their revenue, their share of ours.", []honne.Need{honne.NeedAccounts}},
	"said-meant-gap":       {"S-29", "Said and meant: the gap between what is said on and off the record, from five voices on.", []honne.Need{honne.NeedInterviews}},
}

func notYet(slug string) *Measure {
	x := pending[slug]
	return &Measure{
		ID: honne.MeasureID{ID: x.id, Slug: slug}, Doc: x.doc + " Source: domain 3.5 " + x.id + ".", Needs: x.needs,
		Run: func(r *honne.Record, _ Params) honne.Result {
			if x.needs[0] == honne.NeedMail && len(r.Turns) > 0 {
				return unknown(honne.Say("why.not-yet"))
			}
			return unknown(honne.Say("why.needs", honne.Word("need", "need."+string(x.needs[0]))), x.needs...)
		},
	}
}
