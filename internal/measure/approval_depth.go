package measure

import (
	"slices"

	"honne"
	"honne/internal/stat"
)

func approvalDepth() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-22", Slug: "approval-depth"},
		Doc: `Approval depth: distinct levels of approval that they named ÷ topics waiting for a decision, within the months before the record's day.
Parts: topics, deepest (most levels of one topic), days-per-level (median, decided topics), undecided-60 (share without a decision after
the days, of those decided or older), undecided (count). Slow is not bad: a proposal that circulates takes weeks to months (domain 2.5); the
figure is one to know. Minimum: three topics. Source: domain 2.5, 3.5 S-22.`,
		Params: []Param{{"months", 12, "months before the record's day"}, {"least", 3, "topics without which nothing is said"},
			{"days", 60, "business days after which a topic counts as undecided"}},
		Needs:       []honne.Need{honne.NeedMail},
		Confounders: []string{"confounder.thresholds-unknown"},
		Run:         runApprovalDepth,
	}
}

func runApprovalDepth(r *honne.Record, p Params) honne.Result {
	if len(r.Turns) == 0 && len(r.Approvals) == 0 {
		return lacks(honne.NeedMail)
	}
	year := before(r.AsOf, p.count("months"))
	list := topicsIn(r, year)
	if len(list) < p.count("least") {
		return unknown(honne.Say("why.approval-depth.few", honne.Count("topics", len(list)), honne.Count("least", p.count("least"))), mailbox(r)...)
	}
	w := weighTopics(r, list, p.count("days"))
	res := w.result(len(list), year)
	if w.old > 0 {
		res.Because = append(res.Because, honne.Say("because.topics-undecided", honne.Count("n", w.old), honne.Count("days", p.count("days"))))
	}
	res.History, res.Baseline = asKnown(r, 12, func(then *honne.Record) (float64, bool) {
		list := topicsIn(then, before(then.AsOf, p.count("months")))
		return ratio(weighTopics(then, list, p.count("days")).levels, len(list)), len(list) >= p.count("least")
	})
	return res
}

// result holds the levels that were named for some topics, and how long these took.
func (w topics) result(n int, in honne.Period) honne.Result {
	res := honne.Result{
		Known: true, Value: ratio(w.levels, n), Unit: honne.UnitIndex, N: n,
		Numerator:   counted("term.levels-named", w.levels),
		Denominator: counted("term.topics-asked", n),
		Period:      in,
		Parts:       []honne.Further{count("topics", n), count("deepest", w.deepest), count("undecided", w.undecided)},
		Because:     []honne.Message{honne.Say("because.approval-depth", honne.Count("levels", w.levels), honne.Count("topics", n))},
		Evidence:    messages(w.mail),
	}
	if len(w.perLevel) > 0 {
		res.Parts = append(res.Parts, part("days-per-level", stat.Median(w.perLevel), honne.UnitDays))
	}
	if w.settled > 0 {
		res.Parts = append(res.Parts, part("undecided-60", ratio(w.old, w.settled), honne.UnitRatio))
	}
	return res
}

// topicsIn are the decisions asked for within a period, each topic once, by the
// day they were asked for.
func topicsIn(r *honne.Record, in honne.Period) []honne.Approval {
	var out []honne.Approval
	for _, a := range r.Approvals {
		a.Levels = slices.DeleteFunc(slices.Clone(a.Levels), func(l honne.ApprovalLevel) bool { return l.Named > r.AsOf })
		i := slices.IndexFunc(out, func(b honne.Approval) bool { return a.Topic != "" && a.Topic == b.Topic })
		switch {
		case !in.Contains(a.Asked) || len(a.Levels) == 0:
		case i < 0:
			out = append(out, a)
		default:
			out[i] = joinApprovals(out[i], a)
		}
	}
	return out
}

// joinApprovals takes two entries on a topic for one.
func joinApprovals(a, b honne.Approval) honne.Approval {
	a.Levels = append(slices.Clone(a.Levels), b.Levels...)
	a.Asked = min(a.Asked, b.Asked)
	a.Decided = max(a.Decided, b.Decided)
	return a
}

// topics are what is known of decisions that are waited for.
type topics struct {
	levels, deepest, undecided int
	settled, old               int // decided or old enough to be; old and undecided
	perLevel                   []float64
	mail                       []honne.MailID
}

func weighTopics(r *honne.Record, list []honne.Approval, days int) (w topics) {
	for _, a := range list {
		n := w.names(a)
		w.levels += n
		w.deepest = max(w.deepest, n)
		decided, end := a.Decided != 0 && a.Decided <= r.AsOf, r.AsOf
		if decided {
			end = a.Decided
		}
		took := theirDays(r).Between(a.Asked, end)
		switch {
		case decided:
			w.settled++
			w.perLevel = append(w.perLevel, float64(max(0, took))/float64(n))
		case took > days:
			w.settled, w.old, w.undecided = w.settled+1, w.old+1, w.undecided+1
		default:
			w.undecided++
		}
	}
	return w
}

// names counts the distinct levels of a topic, and keeps where they were named.
func (w *topics) names(a honne.Approval) int {
	seen := map[string]bool{}
	for _, l := range a.Levels {
		seen[l.Level] = true
		w.mail = append(w.mail, l.Mail)
	}
	return len(seen)
}
