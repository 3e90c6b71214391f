package inspect

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
	"honne/internal/stat"
)

// mirror is what they wait for from us and what we did, as a team (domain 1.8): a
// line only for what somebody entered, never a zero for what nobody did.
func mirror(r *honne.Record) (out []honne.Message) {
	for _, line := range []func(*honne.Record) (honne.Message, bool){openRequests, deliveredOnTime, noticeDays, visitsToThem, peopleLeft} {
		if m, ok := line(r); ok {
			out = append(out, m)
		}
	}
	return out
}

// Stands says on what a line of our side in a picture stands: on entries of a kind,
// else on the measure that says it; neither for a line of another picture.
func Stands(p honne.Picture, line honne.Message) (honne.EntryKind, honne.MeasureID) {
	if strings.HasPrefix(line.ID, "mirror.") {
		return honne.EntryOurAct, honne.MeasureID{}
	}
	for _, m := range p.Measures {
		if len(addNew(slices.Clone(m.OurSide), line)) == len(m.OurSide) {
			return "", m.Measure
		}
	}
	return "", honne.MeasureID{}
}

// acts lists our acts of a kind with a day in the last months.
func acts(r *honne.Record, kind honne.OurActKind, months int) (out []honne.OurAct) {
	y, m, d := r.AsOf.Civil()
	since := honne.NewDate(y, m-months, d)
	for _, a := range r.Log.OurActs {
		if a.Kind == kind && !a.Heard && a.On > since && a.On <= r.AsOf {
			out = append(out, a)
		}
	}
	return out
}

// requests are their requests on record, and those of them that we have not answered.
func requests(r *honne.Record) (all, open []honne.OurAct) {
	all = acts(r, honne.OurRequest, 24)
	return all, slices.DeleteFunc(slices.Clone(all), func(a honne.OurAct) bool { return a.Until != 0 && a.Until <= r.AsOf })
}

// openRequests says how many of their requests we have not answered.
func openRequests(r *honne.Record) (honne.Message, bool) {
	all, open := requests(r)
	if len(open) == 0 {
		return honne.Say("mirror.requests.none", honne.Count("requests", len(all))), len(all) > 0
	}
	return honne.Say("mirror.requests", honne.Count("open", len(open)), honne.Count("days", japan.National().Between(open[0].On, r.AsOf))), true
}

// deliveredOnTime says how many of our deliveries of a year came by their day;
// one that is not due yet counts on neither side.
func deliveredOnTime(r *honne.Record) (honne.Message, bool) {
	onTime, due := 0, 0
	for _, a := range acts(r, honne.OurDelivery, 12) {
		if a.Due == 0 || a.Until == 0 && a.Due >= r.AsOf {
			continue
		}
		due++
		if a.Until != 0 && a.Until <= a.Due {
			onTime++
		}
	}
	return honne.Say("mirror.deliveries", honne.Count("on-time", onTime), honne.Count("due", due)), due > 0
}

// noticeDays says how long before they took effect we announced new prices.
func noticeDays(r *honne.Record) (honne.Message, bool) {
	var days []float64
	for _, a := range acts(r, honne.OurPriceNotice, 24) {
		if a.Until >= a.On {
			days = append(days, float64(a.Until-a.On))
		}
	}
	return honne.Say("mirror.price-notice", honne.Count("notices", len(days)), honne.Number("days", stat.Median(days))), len(days) > 0
}

func visitsToThem(r *honne.Record) (honne.Message, bool) {
	n := len(acts(r, honne.OurVisit, 12))
	return honne.Say("mirror.visits", honne.Count("visits", n)), n > 0
}

func peopleLeft(r *honne.Record) (honne.Message, bool) {
	n := len(acts(r, honne.OurLeaver, 24))
	return honne.Say("mirror.leavers", honne.Count("leavers", n)), n > 0
}

// Readiness is the index of our own side, a block at a time: mean ÷ 4 × 100 of the
// last answers that name their evidence; what does not apply counts nowhere
// (domain 1.8, appendix B).
func Readiness(r *honne.Record) (out []honne.ReadinessBlock) {
	for _, id := range honne.AllReadiness {
		name := BlockOf(id)
		if len(out) == 0 || out[len(out)-1].Block != name {
			out = append(out, honne.ReadinessBlock{Block: name})
		}
		b := &out[len(out)-1]
		answer, ok := answerTo(r, id)
		switch {
		case ok && answer.NA:
		case ok && answer.Evidence != "":
			b.Of++
			b.Answered++
			b.Index += float64(answer.Score)
		default:
			b.Of++
			b.Open = append(b.Open, id)
		}
	}
	for i := range out {
		if b := &out[i]; b.Answered > 0 {
			b.Known = true
			b.Index = stat.RoundHalfAwayFromZero(100*b.Index/float64(4*b.Answered), 1)
		}
	}
	return out
}

// BlockOf is H1 of H1a, and K of K1 to K10.
func BlockOf(question string) string {
	if question[0] == 'K' {
		return "K"
	}
	return question[:2]
}

// answerTo is the last answer to a question.
func answerTo(r *honne.Record, question string) (last honne.Readiness, ok bool) {
	for _, a := range r.Log.Readiness {
		if a.Question == question && a.On >= last.On && a.Score >= 0 && a.Score <= 4 {
			last, ok = a, true
		}
	}
	return last, ok
}
