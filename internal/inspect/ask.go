package inspect

import (
	"slices"

	"honne"
	"honne/internal/playbook"
)

// onForms is what no file holds: somebody writes it on a form.
var onForms = []honne.Need{honne.NeedActivity, honne.NeedTargetSites, honne.NeedAccess, honne.NeedInvestment, honne.NeedPulse,
	honne.NeedContacts, honne.NeedDocuments, honne.NeedRedFlags, honne.NeedAccounts, honne.NeedInterviews, honne.NeedExplained}

// gives are the figures of a partner's file that give what is lacking.
var gives = map[honne.Need]honne.Series{honne.NeedSales: honne.Sales, honne.NeedStock: honne.Stock, honne.NeedForecast: honne.Forecast, honne.NeedProposal: honne.Proposed}

// hasCome reports whether what is lacking waits in a file for a person to accept it.
func hasCome(r *honne.Record, n honne.Need) bool {
	return slices.ContainsFunc(r.Unread, func(u honne.Unread) bool {
		return slices.ContainsFunc(u.Holds, func(h honne.Held) bool { return h.Series == gives[n] })
	})
}

// next lists the files and answers that unknown measures lack, the one that
// most of them lack first; what no file holds comes after what a file does. What has
// come already is not asked for.
func next(r *honne.Record, list []honne.Judged) []honne.Ask {
	var out []honne.Ask
	for _, need := range honne.AllNeeds {
		if hasCome(r, need) {
			continue
		}
		a := honne.Ask{Give: need, Form: slices.Contains(onForms, need)}
		for _, j := range list {
			if !j.Known && slices.Contains(j.Needs, need) {
				a.Unlocks = append(a.Unlocks, j.Measure.Slug)
			}
		}
		if len(a.Unlocks) > 0 {
			out = append(out, a)
		}
	}
	slices.SortStableFunc(out, func(a, b honne.Ask) int {
		if a.Form != b.Form {
			if b.Form {
				return -1
			}
			return 1
		}
		return len(b.Unlocks) - len(a.Unlocks)
	})
	return out
}

// questions words one question for each measure at watch or high, the high ones
// first. Where our own side explains the figure nothing is asked: the next step
// is ours.
func questions(p *playbook.Playbook, list []honne.Judged) []honne.Question {
	var out []honne.Question
	for _, band := range []honne.Band{honne.High, honne.Watch} {
		for _, j := range list {
			if j.Band != band || len(j.OurSide) > 0 {
				continue
			}
			if q, ok := p.Question(j.Measure.Slug); ok {
				out = append(out, honne.Question{EN: q.EN, JA: q.JA, Because: []string{j.Measure.Slug}})
			}
		}
	}
	return out
}

// mostAsked is how many missing things are asked for at a time: a partner who
// is asked for everything gives nothing.
const mostAsked = 3

// missing words the questions for the first of what is missing that the partner
// can give; what only we can give has no question in the playbook.
func missing(p *playbook.Playbook, asks []honne.Ask) []honne.Question {
	var out []honne.Question
	for _, a := range asks {
		if q, ok := p.QuestionFor(a.Give); ok && len(out) < mostAsked {
			out = append(out, honne.Question{EN: q.EN, JA: q.JA, Because: a.Unlocks, Need: a.Give})
		}
	}
	return out
}
