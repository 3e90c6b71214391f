package measure

import "honne"

// pending are the measures that need what the record of a distributor does not
// hold yet. Each is honest about it: unknown, with what would make it known. The
// formulas are those of domain 3.5.
var pending = map[string]struct {
	id    string
	doc   string
	needs []honne.Need
}{
	"excuse-index":     {"S-20", "Excuse index: claims per 100 messages and agenda items; repetition; share with owner, action and date.", []honne.Need{honne.NeedMail}},
	"commitments-kept": {"S-21", "Commitments kept: kept on or before the due day ÷ due.", []honne.Need{honne.NeedMail}},
	"approval-depth":   {"S-22", "Approval depth: distinct levels invoked a topic; days a level; topics without a decision after 60 business days.", []honne.Need{honne.NeedMail}},
	"said-meant-gap":   {"S-29", "Said and meant: the gap between what is said on and off the record, from five voices on; needs an audit.", []honne.Need{honne.NeedInterviews}},
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
