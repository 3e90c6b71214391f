package web

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"honne"
	"honne/internal/auth"
)

// logKinds are the kinds of the log in the order of its page. Who may see and
// write a kind is what its area says; a kind of an area that is not yours does
// not exist.
func logKinds() []logKind {
	return []logKind{
		&formOf[honne.FieldActivity]{area: auth.Signals, bind: activitySheet, day: func(x honne.FieldActivity) honne.Date { return x.On },
			start: func(on honne.Date) honne.FieldActivity {
				return honne.FieldActivity{On: on, Kind: honne.ActivityVisit, Outbound: true}
			}},
		&formOf[honne.ActivityMonth]{area: auth.Signals, bind: activityMonthSheet, day: func(x honne.ActivityMonth) honne.Date { return x.Month.First() },
			start: func(on honne.Date) honne.ActivityMonth { return honne.ActivityMonth{Month: on.Month() - 1} }},
		&formOf[honne.TargetSite]{area: auth.Signals, bind: targetSheet, day: func(x honne.TargetSite) honne.Date { return x.Listed },
			start: func(on honne.Date) honne.TargetSite { return honne.TargetSite{Listed: on} }},
		&formOf[honne.AccessRequest]{area: auth.Signals, bind: accessSheet, day: func(x honne.AccessRequest) honne.Date { return x.Asked },
			start: func(on honne.Date) honne.AccessRequest { return honne.AccessRequest{Asked: on} }},
		&formOf[honne.Investment]{area: auth.Signals, bind: investmentSheet, day: func(x honne.Investment) honne.Date { return x.From }},
		&formOf[honne.MarginRange]{area: auth.Signals, bind: marginSheet, day: func(x honne.MarginRange) honne.Date { return x.From }},
		&formOf[honne.Document]{area: auth.Signals, bind: documentSheet, day: func(x honne.Document) honne.Date { return x.Issued },
			start: func(honne.Date) honne.Document { return honne.Document{Required: true, Grade: honne.GradeA} }},
		&formOf[honne.Contact]{area: auth.Signals, bind: contactSheet, day: func(x honne.Contact) honne.Date { return x.From },
			start: func(on honne.Date) honne.Contact { return honne.Contact{From: on} }},
		&formOf[honne.Pulse]{area: auth.Signals, bind: pulseSheet, day: func(x honne.Pulse) honne.Date { return x.Month.First() },
			start: func(on honne.Date) honne.Pulse { return honne.Pulse{Month: on.Month(), Score: 3} }, personal: true,
			alone: func(x honne.Pulse) bool { return x.Alone }},
		&formOf[honne.PublicAccount]{area: auth.Signals, bind: accountSheet, day: func(x honne.PublicAccount) honne.Date { return x.On },
			start: func(on honne.Date) honne.PublicAccount { return honne.PublicAccount{On: on} }},
		&formOf[honne.Explanation]{area: auth.Signals, bind: explanationSheet, day: func(x honne.Explanation) honne.Date { return x.On },
			start: func(on honne.Date) honne.Explanation { return honne.Explanation{On: on} }},
		&formOf[honne.GateWaiver]{area: auth.Signals, bind: waiverSheet, day: func(x honne.GateWaiver) honne.Date { return x.On },
			start: func(on honne.Date) honne.GateWaiver { return honne.GateWaiver{On: on} }},
		&formOf[honne.Confidential]{area: auth.Signals, bind: confidentialSheet, day: func(x honne.Confidential) honne.Date { return x.From },
			start: func(on honne.Date) honne.Confidential { return honne.Confidential{From: on} }},
		&formOf[honne.BrandLook]{area: auth.Signals, bind: brandLookSheet, day: func(x honne.BrandLook) honne.Date { return x.On },
			start: func(on honne.Date) honne.BrandLook { return honne.BrandLook{On: on, Where: honne.AllBrandPlaces[0]} }},
		&formOf[honne.NotedMeeting]{area: auth.Signals, bind: meetingSheet, day: func(x honne.NotedMeeting) honne.Date { return x.Day },
			start: func(on honne.Date) honne.NotedMeeting { return honne.NotedMeeting{Day: on, By: honne.Ours, Held: true} }},
		&formOf[honne.PartnerChange]{area: auth.Signals, bind: partnerChangeSheet, day: func(x honne.PartnerChange) honne.Date { return x.On },
			start: func(on honne.Date) honne.PartnerChange { return honne.PartnerChange{On: on, Kind: honne.PartnerLeaver} }},
		&formOf[honne.PhoneAnswer]{area: auth.Signals, bind: phoneAnswerSheet, check: checkPhoneAnswer, day: func(x honne.PhoneAnswer) honne.Date { return x.On },
			start: func(on honne.Date) honne.PhoneAnswer { return honne.PhoneAnswer{On: on} }},
		&formOf[honne.MarketEstimate]{area: auth.Signals, bind: estimateSheet, day: func(x honne.MarketEstimate) honne.Date { return x.On },
			start: func(on honne.Date) honne.MarketEstimate {
				return honne.MarketEstimate{On: on, Unit: honne.EstimateGrowth, Method: honne.EstimateMeasured}
			}},
		&formOf[honne.MarketEvent]{area: auth.Signals, bind: marketEventSheet, day: func(x honne.MarketEvent) honne.Date { return x.On },
			start: func(on honne.Date) honne.MarketEvent { return honne.MarketEvent{On: on, Kind: honne.MarketFee} }},
		&formOf[honne.OurAct]{area: auth.OurSide, bind: ourActSheet, day: func(x honne.OurAct) honne.Date { return x.On },
			start: func(on honne.Date) honne.OurAct { return honne.OurAct{On: on, Kind: honne.OurRequest} }},
		&formOf[honne.ChangeRequest]{area: auth.Search, bind: changeSheet, day: func(x honne.ChangeRequest) honne.Date { return x.Asked },
			start: func(on honne.Date) honne.ChangeRequest { return honne.ChangeRequest{Asked: on} }},
		&formOf[honne.Delayed]{area: auth.Search, bind: delayedSheet, day: func(x honne.Delayed) honne.Date { return x.On },
			start: func(on honne.Date) honne.Delayed { return honne.Delayed{On: on} }},
		&formOf[honne.ContractTerm]{area: auth.Search, bind: termSheet, day: func(x honne.ContractTerm) honne.Date { return x.On },
			start: func(on honne.Date) honne.ContractTerm { return honne.ContractTerm{On: on} }},
		&formOf[honne.Replacing]{area: auth.Search, bind: replacingSheet, day: func(x honne.Replacing) honne.Date { return x.On },
			start: func(on honne.Date) honne.Replacing { return honne.Replacing{On: on} }},
		&formOf[honne.StrategyStep]{area: auth.Search, bind: stepSheet, day: func(x honne.StrategyStep) honne.Date { return x.Due }},
		&formOf[honne.RedFlag]{area: auth.RedFlags, bind: redFlagSheet, day: func(x honne.RedFlag) honne.Date { return x.On },
			start: func(on honne.Date) honne.RedFlag { return honne.RedFlag{On: on} }},
	}
}

// kindOf is the kind of the log that a name stands for.
func kindOf(name honne.EntryKind) (logKind, bool) {
	for _, k := range logKinds() {
		if k.name() == name {
			return k, true
		}
	}
	return nil, false
}

func activitySheet(s *sheet, x *honne.FieldActivity) {
	choose(s, "activity", "activity.", &x.Kind, append(slices.Clone(honne.AllActivityKinds), honne.ActivityUnknown)...)
	s.day("on", &x.On).must()
	s.line("site", &x.Site).named("rep", &x.Rep)
	s.yes("outbound", &x.Outbound).yes("decision-maker", &x.DecisionMaker).yes("joint", &x.Joint).yes("verified", &x.Verified)
	s.named("source", &x.Source).cited(x.Cited)
}

func activityMonthSheet(s *sheet, x *honne.ActivityMonth) {
	s.month("month", &x.Month).must()
	choose(s, "activity", "activity.", &x.Kind, append([]honne.ActivityKind{""}, honne.AllActivityKinds...)...)
	s.whole("planned", &x.Planned, 0, 10000).yes("whole", &x.Whole)
	s.named("source", &x.Source).cited(x.Cited)
}

func targetSheet(s *sheet, x *honne.TargetSite) {
	s.line("site", &x.Name).must()
	s.yes("key", &x.Key).yes("leader", &x.Leader).money("potential", &x.Potential).day("listed", &x.Listed).must()
}

// answers are the answers to a wish of ours.
func answers() []honne.AccessAnswer {
	return []honne.AccessAnswer{honne.AccessOpen, honne.AccessGranted, honne.AccessRefused}
}

func accessSheet(s *sheet, x *honne.AccessRequest) {
	s.line("whom", &x.Whom).must()
	s.day("asked", &x.Asked).must()
	s.yes("key", &x.Key).yes("leader", &x.Leader)
	choose(s, "answer", "answer.", &x.Answer, answers()...)
	s.day("answered", &x.Answered).day("met", &x.Met)
	s.ordered("answered", int64(x.Asked), int64(x.Answered))
	s.refused(&x.Reason)
	s.answered(x.Answer, x.Answered)
}

// refused asks for the reason of a refusal: one that is none of theirs, or as they
// gave it.
func (s *sheet) refused(reason *string) {
	guard, own := "", *reason
	if slices.Contains(honne.AccessGuards, own) {
		guard, own = own, ""
	}
	choose(s, "guard", "guard.", &guard, append([]string{""}, honne.AccessGuards...)...)
	s.named("reason", &own)
	*reason = cmp.Or(guard, own)
}

// answered asks for the day of an answer that was given.
func (s *sheet) answered(answer honne.AccessAnswer, on honne.Date) {
	if s.reads && answer != honne.AccessOpen && on == 0 {
		s.fail("answered", s.v.t("form.required", honne.Word("field", s.key("answered"))))
	}
}

func investmentSheet(s *sheet, x *honne.Investment) {
	choose(s, "investment", "investment.", &x.Kind, append([]honne.InvestmentKind{""}, honne.AllInvestmentKinds...)...)
	s.day("from", &x.From).must().day("to", &x.To).must()
	s.money("low", &x.Low).money("high", &x.High).yes("none", &x.None)
	s.named("source", &x.Source)
	s.ordered("to", int64(x.From), int64(x.To))
	s.ordered("high", x.Low.Minor, x.High.Minor)
	switch {
	case !s.reads:
	case x.None && (x.Kind != "" || x.Low.Currency != "" || x.High.Currency != ""):
		s.fail("none", s.v.t("entry.investment.none.not"))
	case !x.None && x.Kind == "":
		s.fail("investment", s.v.t("form.required", honne.Word("field", s.key("investment"))))
	}
	oneSum(&x.Low, &x.High)
}

func marginSheet(s *sheet, x *honne.MarginRange) {
	s.day("from", &x.From).must().day("to", &x.To).must()
	s.money("low", &x.Low).must().money("high", &x.High)
	s.named("source", &x.Source)
	s.ordered("to", int64(x.From), int64(x.To))
	s.ordered("high", x.Low.Minor, x.High.Minor)
	oneSum(&x.Low, &x.High)
}

// oneSum makes a range of a single sum.
func oneSum(low, high *honne.Money) {
	switch {
	case low.Currency == "":
		*low = *high
	case high.Currency == "":
		*high = *low
	}
}

func documentSheet(s *sheet, x *honne.Document) {
	s.line("document", &x.Kind).must()
	s.line("title", &x.Title).yes("required", &x.Required)
	s.day("issued", &x.Issued).must().day("expires", &x.Expires)
	choose(s, "grade", "grade.", &x.Grade, honne.AllGrades...)
	s.named("source", &x.Source)
	s.ordered("expires", int64(x.Issued), int64(x.Expires))
}

func contactSheet(s *sheet, x *honne.Contact) {
	if s.line("name", &x.Name); x.Cited.File == 0 { // of a list the name is not kept
		s.must()
	}
	choose(s, "function", "function.", &x.Function, honne.AllFunctions...)
	s.yes("direct", &x.Direct).yes("top", &x.Top).yes("field", &x.Field).yes("english", &x.English)
	s.day("from", &x.From).must().day("to", &x.To)
	s.named("source", &x.Source).cited(x.Cited)
	s.ordered("to", int64(x.From), int64(x.To))
}

func pulseSheet(s *sheet, x *honne.Pulse) {
	s.month("month", &x.Month).must()
	score := strconv.Itoa(x.Score)
	choose(s, "score", "pulse.", &score, "1", "2", "3", "4", "5")
	x.Score, _ = strconv.Atoi(score)
	s.long("line", &x.Line).must()
	if auth.Role(s.v.user.Role) == auth.Director {
		s.yes("alone", &x.Alone)
	}
}

func accountSheet(s *sheet, x *honne.PublicAccount) {
	s.whole("year", &x.Year, 1990, 2100).must()
	s.money("revenue", &x.Revenue).share("gross-margin", &x.GrossMargin, 100).money("our-japan", &x.OurJapan)
	s.whole("rank", &x.Rank, 1, 10000).whole("principals", &x.Principals, 1, 10000)
	s.share("staff", &x.Staff, 1).share("all-staff", &x.AllStaff, 1)
	s.named("source", &x.Source).must()
	s.day("on", &x.On).must()
}

func explanationSheet(s *sheet, x *honne.Explanation) {
	s.months("from-month", "to-month", &x.Period)
	s.day("on", &x.On).must()
	s.long("given", &x.Why).long("action", &x.Action)
	s.named("source", &x.Source)
}

func waiverSheet(s *sheet, x *honne.GateWaiver) {
	s.months("from-month", "to-month", &x.Period)
	s.day("on", &x.On).must()
	s.long("reason", &x.Reason).must()
	s.yes("ours", &x.Ours)
	s.named("source", &x.Source)
}

func confidentialSheet(s *sheet, x *honne.Confidential) {
	s.line("account", &x.Account).must()
	s.day("from", &x.From).must().day("until", &x.Until)
	s.named("source", &x.Source).must()
	s.ordered("until", int64(x.From), int64(x.Until))
}

func brandLookSheet(s *sheet, x *honne.BrandLook) {
	s.day("on", &x.On).must()
	choose(s, "where", "brand-place.", &x.Where, honne.AllBrandPlaces...)
	s.long("says", &x.Says).must()
	s.named("source", &x.Source)
}

func phoneAnswerSheet(s *sheet, x *honne.PhoneAnswer) {
	message := int(x.Message)
	s.whole("message", &message, 1, math.MaxInt32).must()
	x.Message = honne.MailID(message)
	s.day("on", &x.On).must()
	s.long("what", &x.What).must()
	s.named("source", &x.Source)
}

// checkPhoneAnswer refuses an answer to what is no question of either side, and one
// of a day before it or of the future.
func checkPhoneAnswer(s *sheet, d honne.Distributor, x honne.PhoneAnswer) error {
	turns, _, err := s.v.app.Store.Correspondence(s.v.Context(), d.ID, honne.AsOf{})
	if err != nil {
		return fmt.Errorf("web: read mail: %w", err)
	}
	i := slices.IndexFunc(turns, func(t honne.Turn) bool { return t.Mail == x.Message && t.Asks > 0 && t.Side != honne.Third })
	switch {
	case i < 0:
		s.fail("message", s.v.t("phone-answer.bad.message"))
	case x.On < honne.DateOf(time.UnixMicro(turns[i].At)):
		s.fail("on", s.v.t("entry.bad.order"))
	case x.On > honne.DateOf(s.v.now()):
		s.fail("on", s.v.t("form.made.future"))
	}
	return nil
}

func estimateSheet(s *sheet, x *honne.MarketEstimate) {
	s.line("what", &x.What).must()
	choose(s, "unit", "estimate-unit.", &x.Unit, honne.AllEstimateUnits...)
	s.month("start", &x.Start).must()
	s.figure("base", &x.Base).must()
	s.figure("low", &x.Low).figure("high", &x.High)
	for _, pair := range [...]struct {
		name      string
		low, high *float64
	}{{"low", x.Low, x.Base}, {"high", x.Base, x.High}} {
		if s.reads && pair.low != nil && pair.high != nil && *pair.low > *pair.high {
			s.fail(pair.name, s.v.t("entry.bad.range"))
		}
	}
	if s.reads && x.Unit != honne.EstimateGrowth && x.Base != nil && *x.Base <= 0 {
		s.fail("base", s.v.t("entry.bad.size"))
	}
	choose(s, "method", "estimate-method.", &x.Method, honne.AllEstimateMethods...)
	s.named("source", &x.Source).must()
	s.day("on", &x.On).must()
}

func marketEventSheet(s *sheet, x *honne.MarketEvent) {
	choose(s, "event", "market-event.", &x.Kind, honne.AllMarketEventKinds...)
	s.day("on", &x.On).must()
	s.day("until", &x.Until).named("products", &x.Products).line("what", &x.What)
	s.named("source", &x.Source).must()
	s.ordered("until", int64(x.On), int64(x.Until))
}

func meetingSheet(s *sheet, x *honne.NotedMeeting) {
	s.day("on", &x.Day).must()
	choose(s, "set-by", "side.", &x.By, honne.Ours, honne.Theirs, "")
	s.yes("held", &x.Held).day("put-off", &x.PutOff)
	choose(s, "put-off-by", "side.", &x.PutOffBy, "", honne.Ours, honne.Theirs)
	s.line("what", &x.What).named("source", &x.Source)
	s.ordered("on", int64(x.PutOff), int64(x.Day))
}

func partnerChangeSheet(s *sheet, x *honne.PartnerChange) {
	choose(s, "change", "partner-change.", &x.Kind, honne.AllPartnerChangeKinds...)
	s.day("on", &x.On).must()
	s.line("what", &x.What).must()
	s.day("from", &x.From).day("until", &x.Until).day("followed", &x.Followed).yes("competes", &x.Competes)
	s.named("source", &x.Source)
}

func ourActSheet(s *sheet, x *honne.OurAct) {
	choose(s, "act", "our-act.", &x.Kind, honne.AllOurActKinds...)
	s.day("on", &x.On).must()
	s.line("what", &x.What).day("due", &x.Due).day("until", &x.Until)
	s.named("source", &x.Source)
}

func changeSheet(s *sheet, x *honne.ChangeRequest) {
	s.line("what", &x.What).must()
	s.day("asked", &x.Asked).must()
	choose(s, "answer", "answer.", &x.Answer, answers()...)
	s.day("answered", &x.Answered)
	s.named("source", &x.Source)
	s.ordered("answered", int64(x.Asked), int64(x.Answered))
	s.answered(x.Answer, x.Answered)
}

func delayedSheet(s *sheet, x *honne.Delayed) {
	s.line("what", &x.What).must()
	s.day("on", &x.On).must()
	s.money("value", &x.Value).must()
	s.named("source", &x.Source)
}

func termSheet(s *sheet, x *honne.ContractTerm) {
	choose(s, "term", "contract-term.", &x.Term, honne.AllContractTerms...)
	s.yes("has", &x.Has)
	s.day("on", &x.On).must()
	s.named("source", &x.Source)
}

func replacingSheet(s *sheet, x *honne.Replacing) {
	choose(s, "part", "replace.", &x.Part, honne.AllReplaceParts...)
	s.figure("months", &x.Months)
	if s.reads && x.Months != nil && (*x.Months < 0 || *x.Months > 120) {
		s.bad("months", s.text("months"))
	}
	s.named("source", &x.Source).must()
	s.day("on", &x.On).must()
}

func stepSheet(s *sheet, x *honne.StrategyStep) {
	var options []Choice
	for _, y := range s.v.app.Playbook.Strategies {
		options = append(options, Choice{Href: y.Strategy, Label: s.v.inWords(honne.Both{EN: y.EN, JA: y.JA})})
	}
	pickOne(s, "strategy", &x.Strategy, options)
	s.line("what", &x.What)
	s.named("owner", &x.Owner).must()
	s.day("due", &x.Due).must()
	choose(s, "prepares", "exit.item.", &x.Prepares, append([]string{""}, honne.ExitItems...)...)
	s.day("done", &x.Done)
	if s.named("evidence", &x.Evidence); x.Done != 0 {
		s.must()
		s.rows[len(s.rows)-1].Required = false // only what is done needs it
	}
	if s.reads && x.Done > s.v.today(0) {
		s.fail("done", s.v.t("form.made.future"))
	}
}

func redFlagSheet(s *sheet, x *honne.RedFlag) {
	s.line("flag", &x.Kind).must()
	s.day("on", &x.On).must()
	s.long("fact", &x.Fact).must()
	s.yes("critical", &x.Critical).day("closed", &x.Closed)
	s.named("source", &x.Source)
	s.ordered("closed", int64(x.On), int64(x.Closed))
}
