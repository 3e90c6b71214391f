package report

import (
	"bytes"
	"fmt"
	"html"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/lang"
)

// auditedCase is a case with something of everything that an audit can hold.
func auditedCase() Case {
	day := func(m, d int) honne.Date { return honne.NewDate(2026, m, d) }
	p := toMeet()
	p.Claims[0].Said = p.Claims[0].Said[:1]
	p.Distributor.Profile.Since = honne.NewDate(2014, 4, 1)
	p.Distributor.Profile.Contract = honne.Contract{Ends: honne.NewDate(2027, 3, 31), NoticeDays: 180, RegistrationHolder: "distributor"}
	p.Outcome = honne.Outcome{Recommendation: honne.CorrectiveAction, OwnShare: 0.4,
		OwnSide:  []honne.Message{honne.Say("outcome.own-side", honne.Word("dimension", "dimension.trust.transparency"))},
		Trace:    []honne.Message{honne.Say("outcome.rule-1", honne.Word("met", "outcome.not-met"), honne.Count("open", 0)), honne.Say("outcome.dimension-low", honne.Word("dimension", "dimension.trust.transparency"), honne.Count("score", 1))},
		Decisive: []honne.Decisive{{Dimension: "trust.transparency", Now: 1, Then: 3, Becomes: honne.Renew}}}
	a := honne.Assessment{Number: 7, Audit: honne.Audit{Title: "FY2026", Scope: "East Japan", From: day(4, 1), To: day(10, 31), Known: day(11, 22), Due: day(12, 11),
		Auditor: honne.Auditor{Name: "H. Sato", Kind: honne.AuditorFirm, Japanese: honne.LanguageNative, Conflicts: "none declared"},
		Purpose: honne.Both{EN: "This review looks at what works and what can be better. Its result is also used when the terms of our business from April 2027 are considered.",
			JA: "本レビューは、うまく進んでいる点と改善できる点をご一緒に確認するためのものです。結果は、2027年4月以降のお取引条件の検討にも用います。"}}}
	for i, d := range honne.AllDimensions {
		r := honne.Rating{Audit: 7, Dimension: d.Slug, Score: []int{2, 3, 3, 2, 4, 3, 2, 1, 3, 3}[i], Grade: honne.GradeB, Because: "Seen in the monthly files and at two sites.",
			Evidence: []honne.EvidenceLink{{Kind: "measure", Ref: "plan-attainment"}, {Kind: "claim", Ref: "C-014", Note: "checked"}}}
		a.Ratings = append(a.Ratings, r)
	}
	a.Self = []honne.SelfAnswer{{Audit: 7, Dimension: "trust.transparency", Score: 4, By: "sales"}, {Audit: 7, Dimension: "effectiveness.sales-vs-potential", Score: 3}}
	a.Requests = []honne.EvidenceRequest{{Audit: 7, What: honne.Both{EN: "Sales by site, 24 months", JA: "施設別販売実績（24か月）"}, Asked: day(9, 1), Received: day(9, 28)},
		{Audit: 7, What: honne.Both{EN: "Training records", JA: "研修記録"}, Asked: day(9, 1), Refused: "being moved to a new system until January"}, {Audit: 7, What: honne.Both{EN: "Activity reports", JA: "日報抜粋"}, Asked: day(9, 1)},
		{Audit: 7, What: honne.Both{EN: "Congresses attended", JA: "学会出展記録"}, LeftOut: "no congress in this period"}}
	number := func(n int, f honne.Finding) honne.Numbered[honne.Finding] {
		f.Audit = 7
		return honne.Numbered[honne.Finding]{Number: n, Body: f}
	}
	a.Findings = []honne.Numbered[honne.Finding]{
		number(31, honne.Finding{Dimension: "effectiveness.customer-access", Kind: honne.FindingStrength, Seen: "All ten focus sites visited with us.", Share: true, Internal: "Their best side, and they know it.",
			Partner:  honne.Both{EN: "All ten focus sites were visited together with our team, and each visit has its minutes.", JA: "重点10施設すべてを当社担当者とご一緒にご訪問いただき、いずれも議事録を頂戴しております。"},
			Evidence: []honne.EvidenceLink{{Kind: "document", Ref: "visits-2026.xlsx"}}}),
		number(32, honne.Finding{Dimension: "compliance.regulatory", Kind: honne.FindingStrength, Seen: "Complaint files complete.", Share: true,
			Partner:  honne.Both{EN: "Complaint and vigilance records were complete, and reached us within one business day.", JA: "苦情・安全管理情報の記録はすべて整っており、いずれも1営業日以内にご連絡いただきました。"},
			Evidence: []honne.EvidenceLink{{Kind: "file", Ref: "412", Note: "苦情記録.xlsx"}}}),
		number(33, honne.Finding{Dimension: "trust.transparency", Born: honne.EvidenceLink{Kind: "claim", Ref: "C-014"}, Kind: honne.FindingGap, Cause: honne.CauseOurs, Seen: "Our order system takes no site names.", Matters: "They cannot report what our form does not ask for.", Share: true, Internal: "We never built it.",
			Partner: honne.Both{EN: "Our report form has no field for the site, so that sales by site cannot be told.", JA: "当社の報告様式に施設名の欄がなく、施設別の実績を共有いただきにくい状況です。"},
			Ours:    honne.Both{EN: "We send a form with the site field by 15 January.", JA: "当社から、施設名の欄を設けた様式を1月15日（金）までにお届けします。"}}),
		number(34, honne.Finding{Dimension: "effectiveness.sales-vs-potential", Born: honne.EvidenceLink{Kind: "figure", Ref: "/distributors/aozora/evidence/measure/plan-attainment"}, Kind: honne.FindingGap, Cause: honne.CauseWill, Seen: "Plan missed in five of six months.", Matters: "We lose share.", Share: true, Internal: "They sell what is easy.",
			Partner: honne.Both{EN: "Sales from April to October were 11.1% below the agreed plan. We would like to look at the ten focus sites together.", JA: "4～10月の売上高は合意済み計画を11.1%下回りました。年度計画の達成に向け、重点10施設の訪問計画をご一緒に見直したいと考えております。"},
			Ours:    honne.Both{EN: "Our product specialist joins four visits a month from January.", JA: "1月より、当社の製品担当が月4件のご訪問に同行いたします。"}}),
		number(35, honne.Finding{Dimension: "trust.transparency", Kind: honne.FindingBreach, Seen: "One seminar without approval.", Internal: "Nobody asked us."})}
	action := func(n int, x honne.PlanAction) honne.Numbered[honne.PlanAction] {
		x.Audit, x.Begun = 7, day(11, 25)
		return honne.Numbered[honne.PlanAction]{Number: n, Body: x}
	}
	a.Actions = []honne.Numbered[honne.PlanAction]{
		action(1, honne.PlanAction{Finding: 34, What: honne.Both{EN: "Visit plan for the ten focus sites, looked at together each month", JA: "重点10施設の訪問計画を毎月ご一緒に確認"}, Ours: honne.Both{EN: "Our product specialist joins four visits a month from January.", JA: "1月より、当社の製品担当が月4件のご訪問に同行いたします。"},
			Metric: "plan-attainment", Start: 0.889, Target: 1, Due: honne.NewDate(2027, 3, 31), OwnerOurs: "Kirsten Lund", OwnerTheirs: "森 健一", Every: "month",
			Consequence: honne.Both{EN: "If sales reach 95% of the plan by 31 March 2027, exclusivity is renewed; otherwise the territory is discussed again.", JA: "2027年3月31日までに計画の95%に達した場合、独占販売権を更新いたします。達しない場合は、担当地域についてあらためてご相談いたします。"}}),
		action(2, honne.PlanAction{Finding: 33, What: honne.Both{EN: "Figures stand as first reported, with the name of the site", JA: "施設名を含む月次報告と、初回数値の確定"}, Ours: honne.Both{EN: "We send a form with the site field by 15 January.", JA: "当社から、施設名の欄を設けた様式を1月15日（金）までにお届けします。"},
			Metric: "restatement", Start: 0.571, Target: 0.2, Due: honne.NewDate(2027, 6, 30), OwnerOurs: "Kirsten Lund", OwnerTheirs: "森 健一", Every: "quarter"}),
		action(3, honne.PlanAction{What: honne.Both{EN: "Minutes within three days", JA: "議事録を3営業日以内に共有"}, Metric: "excuse-index", Start: 2, Target: 1, Due: honne.NewDate(2027, 1, 29), OwnerOurs: "Kirsten Lund", OwnerTheirs: "森 健一", Every: "month"})}
	a.Decision = honne.Decision{Audit: 7, Recommended: honne.CorrectiveAction, Decided: honne.CorrectiveAction, Why: "Our own part is large; they answer when asked with facts.", Deadline: honne.NewDate(2027, 3, 31),
		Signed: []honne.Signature{{By: 1, Name: "Anna Berg", On: day(12, 1)}, {By: 2, Name: "Jonas Weiss", On: day(12, 2)}}}
	a.Publication = []honne.Publication{{Audit: 7, Kind: "audit", Voice: "partner", Language: "ja", SHA256: "9f3a0c", On: day(12, 3)}}
	before := honne.Assessment{Number: 3, Ratings: slices.Clone(a.Ratings[:8])}
	before.Ratings[1].Score, before.Ratings[1].Because, before.Ratings[1].Evidence = 2, "Seen at one site.", nil
	called := func(string) honne.Both { return honne.Both{EN: "Plan attainment", JA: "計画達成率"} }
	return Case{Frozen: p, Today: toMeet(), Audit: a, Before: &before, Evidence: evidence, Figure: called}
}

func bundle() Bundle {
	at := honne.NewDate(2026, 10, 12).At(9, 0)
	return Bundle{Head: "1204:9f3a", Originals: []Original{{"売上_2026-09.xlsx", honne.Theirs, honne.NewDate(2026, 10, 12), strings.Repeat("9f3a", 16)}},
		Delivered: []honne.Delivery{{Path: "売上_2026-09.xlsx", Series: honne.Sales, Periods: []honne.Period{honne.NewMonth(2026, 9).Period()}, Receipt: honne.Receipt{At: at, Basis: honne.Stated}}},
		Found:     map[int]honne.Date{31: honne.NewDate(2026, 11, 20)},
		Changes:   []honne.Change{{Series: honne.Sales, Period: honne.NewMonth(2026, 6).Period(), Received: honne.Receipt{At: at, Basis: honne.Stated}}}}
}

// renewed is the same audit with a renewal at its end.
func renewed() Case {
	c := auditedCase()
	c.Audit.Decision.Decided = honne.Renew
	c.Audit.Decision.Letter = honne.RenewalLetter{Recognition: []honne.Both{{EN: "We would like to present your team with a certificate of thanks, signed by our management.", JA: "当社経営陣の署名を添えた感謝状を、貴社のご担当の皆様に贈呈いたします。"}},
		Goals:  honne.Both{EN: "Twelve focus sites by March 2028, with figures that stand as first reported.", JA: "2028年3月までに重点施設を12施設とし、初回のご報告の数値で確定することを共通の目標といたします。"},
		Theirs: honne.Both{EN: "Two certified specialists for our products.", JA: "当社製品の認定担当者2名の配置"},
		Ours:   honne.Both{EN: "Training in Japanese twice a year.", JA: "日本語による研修（年2回）"}}
	c.Frozen.Outcome = honne.Outcome{Recommendation: honne.Renew, Trace: []honne.Message{honne.Say("outcome.all-adequate", honne.Number("limit", 2.5))}}
	return c
}

// auditDocuments are the documents of an audit, by the name of their golden.
func auditDocuments() map[string]Document {
	return map[string]Document{"audit.internal": Audit(auditedCase(), Internal), "audit.partner": Audit(auditedCase(), Partner),
		"plan.internal": Plan(auditedCase(), Internal), "plan.partner": Plan(auditedCase(), Partner),
		"renewal.internal": Renewal(renewed(), Internal), "renewal.partner": Renewal(renewed(), Partner),
		"dossier.internal": Dossier(auditedCase(), bundle()), "transition.internal": Transition(auditedCase())}
}

func TestAuditDocuments(t *testing.T) {
	for name, doc := range auditDocuments() {
		for _, l := range lang.All() {
			text := written(t, doc, l, Terminal{Width: 92})
			honnetest.Golden(t, "testdata/"+name+"."+string(l)+".txt", []byte(text))
			if strings.Contains(text, "%!") || regexp.MustCompile(`\[(audit|joint|plan|dossier|exit)\.`).MatchString(text) {
				t.Errorf("%s %s: a sentence is missing", name, l)
			}
			elements(t, pageOf(t, doc, l))
			file, lacking := paperOf(t, doc, l)
			keep(t, name+"."+string(l)+".pdf", file)
			if len(lacking) > 0 {
				t.Errorf("%s: the font lacks %q", name, lacking)
			}
			checkPDF(t, file)
			keep(t, name+"."+string(l)+".xlsx", bookOf(t, doc, l))
		}
	}
}

// TestPartnerDocumentsFit: a case that is fit to go has nothing in its way, and
// no catalogue sentence for the partner holds a word of the list.
func TestPartnerDocumentsFit(t *testing.T) {
	book, c := honnetest.Japan(t), sentences(t)
	for kind, x := range map[string]Case{"audit": auditedCase(), "plan": auditedCase(), "renewal": renewed()} {
		if lacks := x.Lacks(kind, book, c); len(lacks) > 0 {
			for _, m := range lacks {
				t.Errorf("%s: %s", kind, c.Say(lang.EN, m))
			}
		}
	}
	for _, x := range book.Audit.Recognition {
		for _, u := range append(book.Unfit(x.Text.EN), book.Unfit(x.Text.JA)...) {
			t.Errorf("recognition %s: %q", x.ID, u.Text)
		}
	}
	for _, l := range lang.All() {
		for _, key := range c.Keys(l) {
			if strings.HasPrefix(key, "joint.") {
				for _, u := range book.Unfit(c.Text(l, key)) {
					t.Errorf("%s %s: %q", l, key, u.Text)
				}
			}
		}
	}
}

// TestPartnerDocumentsWait: each thing that must be there before a document goes
// is asked for.
func TestPartnerDocumentsWait(t *testing.T) {
	book, c := honnetest.Japan(t), sentences(t)
	for id, change := range map[string]func(*Case){
		"lacks.strengths": func(x *Case) {
			x.Audit.Findings = x.Audit.Findings[2:]
			x.Frozen.KPIs, x.Frozen.Promises, x.Frozen.Months = honne.KPIs{}, nil, nil
		},
		"lacks.purpose": func(x *Case) { x.Audit.Audit.Purpose.JA = "" },
		"lacks.ours": func(x *Case) {
			for i := range x.Audit.Findings {
				x.Audit.Findings[i].Body.Ours = honne.Both{}
			}
			for i := range x.Audit.Actions {
				x.Audit.Actions[i].Body.Ours = honne.Both{}
			}
		},
		"lacks.consequence": func(x *Case) {
			for i := range x.Audit.Actions {
				x.Audit.Actions[i].Body.Consequence.JA = ""
			}
		},
		"lacks.points": func(x *Case) {
			for range 4 {
				x.Audit.Findings = append(x.Audit.Findings, x.Audit.Findings[3])
			}
		},
		"lacks.word": func(x *Case) {
			x.Audit.Findings[3].Body.Partner.JA = "販売価格のご報告をお願いします。"
		},
		"lacks.name":        func(x *Case) { x.Audit.Findings[3].Body.Partner.EN = "Kirsten Lund saw a difference." },
		"brief.held":        func(x *Case) { x.Frozen.Outcome.Hold = true },
		"lacks.recognition": func(x *Case) { x.Audit.Decision.Letter.Recognition = nil },
		"lacks.letter":      func(x *Case) { x.Audit.Decision.Letter.Theirs.JA = "" },
		"lacks.signed":      func(x *Case) { x.Audit.Decision.Signed = x.Audit.Decision.Signed[:1] },
	} {
		x, kind := auditedCase(), "audit"
		switch id {
		case "lacks.signed":
			kind = "plan"
		case "lacks.recognition", "lacks.letter":
			x, kind = renewed(), "renewal"
		}
		change(&x)
		if !slices.ContainsFunc(x.Lacks(kind, book, c), func(m honne.Message) bool { return m.ID == id }) {
			t.Errorf("%s is not asked for", id)
		}
	}
	x := auditedCase()
	if lacks := x.Lacks("transition", book, c); len(lacks) == 0 {
		t.Error("a transition would go to the partner")
	}
}

// TestPointsWithoutActionAreAsked: a point and the action that was made of it are one
// thing that is asked; a point without an action is one more.
func TestPointsWithoutActionAreAsked(t *testing.T) {
	book, c := honnetest.Japan(t), sentences(t)
	both := func(s string, i int) honne.Both {
		return honne.Both{EN: fmt.Sprintf("%s %c", s, 'a'+i), JA: fmt.Sprintf("%s %c", s, 'a'+i)}
	}
	for name, x := range map[string]struct {
		of, ours int
		lacks    bool
	}{
		"five points, their five actions, three of ours": {5, 3, false},
		"five points, their five actions, two of ours":   {5, 2, true},
		"five points, five other actions, three of ours": {0, 3, true},
		"five points, five other actions, five of ours":  {0, 5, false},
		"five points, three of their actions, three":     {3, 3, true},
	} {
		a := auditedCase()
		a.Audit.Findings, a.Audit.Actions = a.Audit.Findings[:2], nil
		for i := range 5 {
			a.Audit.Findings = append(a.Audit.Findings, honne.Numbered[honne.Finding]{Number: 40 + i, Body: honne.Finding{Kind: honne.FindingGap, Share: true, Partner: both("Point", i)}})
			action := honne.PlanAction{What: both("Action", i), Finding: 90 + i, Consequence: both("Consequence", i)}
			if i < x.of {
				action.Finding = 40 + i
			}
			if i < x.ours {
				action.Ours = both("Ours", i)
			}
			a.Audit.Actions = append(a.Audit.Actions, honne.Numbered[honne.PlanAction]{Number: 60 + i, Body: action})
		}
		if got := slices.ContainsFunc(a.Lacks("audit", book, c), func(m honne.Message) bool { return m.ID == "lacks.ours" }); got != x.lacks {
			t.Errorf("%s: something of ours is asked for: %v", name, got)
		}
	}
}

// letsOfCase are the texts of a case that the partner may read.
var letsOfCase = regexp.MustCompile(`^((Frozen\.)?(Distributor\.Profile\.(Name|NameJA|OurName)|Promises\.\d+\.What\.(EN|JA)|Claims\.\d+\.Point\.(EN|JA))|Audit\.Audit\.Purpose\.(EN|JA)|Audit\.Requests\.\d+\.What\.(EN|JA)|Audit\.Findings\.\d+\.Body\.(Partner|Ours)\.(EN|JA)|(Audit|Told)\.Actions\.\d+\.Body\.(What|Ours|Consequence)\.(EN|JA)|Audit\.Decision\.Letter\.(Recognition\.\d+|Goals|Theirs|Ours)\.(EN|JA))$`)

// chosen are texts by which a document is chosen, or that are slugs.
var chosen = regexp.MustCompile(`(Excuse|Slug|Because\.\d+|Parts\.\d+\.Name|Formulas\.\d+\.ID|Steps\.\d+\.Formula|Dimension|Metric|Every|Kind|Voice|RegistrationHolder|ID|Trace\.\d+\.ID)$`)

// markCase puts a mark with its place into every text of a case.
func markCase(v reflect.Value, at string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			markCase(v.Elem(), at)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[honne.Message]() {
			return
		}
		for i := range v.NumField() {
			markCase(v.Field(i), strings.TrimPrefix(at+"."+v.Type().Field(i).Name, "."))
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			markCase(v.Index(i), fmt.Sprintf("%s.%d", at, i))
		}
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() && v.CanSet() && (!chosen.MatchString(at) || strings.HasSuffix(at, "Distributor.Slug")) {
			v.SetString("MARK<" + at + ">")
		}
	}
}

// filled makes every slice hold something and every text be there, so that a
// field that is added later is marked too.
func filled(v reflect.Value, deep int) {
	if deep > 6 || !v.CanSet() && v.Kind() != reflect.Struct {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				filled(v.Field(i), deep+1)
			}
		}
	case reflect.Slice:
		if v.Len() == 0 && v.CanSet() && v.Type().Elem().Kind() != reflect.Uint8 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		}
		for i := range v.Len() {
			filled(v.Index(i), deep+1)
		}
	}
}

// everyForm is a document in every form that can leave the house, as text: with
// all that a file says of itself.
func everyForm(t *testing.T, doc Document) string {
	t.Helper()
	var all strings.Builder
	for _, l := range lang.All() {
		all.WriteString(html.UnescapeString(pageOf(t, doc, l)) + written(t, doc, l, Terminal{}))
		file, _ := paperOf(t, doc, l)
		all.WriteString(unpackedPDF(t, file))
		all.WriteString(html.UnescapeString(unpacked(t, bookOf(t, doc, l))))
	}
	var b bytes.Buffer
	if err := doc.JSON(&b, sentences(t)); err != nil {
		t.Fatal(err)
	}
	return all.String() + b.String()
}

// unpackedPDF is the text of a PDF and its properties.
func unpackedPDF(t *testing.T, file []byte) string {
	return extracted(t, file) + properties(t, file)
}

// TestPartnerReadsOfAnAuditWhatIsSharedOnly marks every text of every noun of a
// case: none but those of the list reaches the partner in any form, and no form
// holds a word that the partner must never read.
func TestPartnerReadsOfAnAuditWhatIsSharedOnly(t *testing.T) {
	for kind, doc := range map[string]func(Case) Document{"audit": func(c Case) Document { return Audit(c, Partner) }, "plan": func(c Case) Document { return Plan(c, Partner) },
		"renewal": func(c Case) Document { return Renewal(c, Partner) }, "goals": Goals} {
		c := followed()
		filled(reflect.ValueOf(&c.Audit).Elem(), 0)
		markCase(reflect.ValueOf(&c).Elem(), "")
		for i := range c.Audit.Actions { // a mark there would say that it was dropped
			c.Audit.Actions[i].Body.Dropped, c.Told.Actions[i].Body.Dropped = "", ""
		}
		c.Audit.Requests[2].Refused, c.Audit.Requests[2].LeftOut = "", "" // nor that one waits for no answer
		c.Evidence = func([]honne.Selection) ([]string, int) {
			return []string{"MARK<dir>/mail.mbox#3/theirs.xlsx!売上!H6"}, 0
		}
		c.Later = func([]honne.Selection) []string { return []string{"MARK<dir>/mail.mbox#4/later.xlsx!売上!H7"} }
		text := everyForm(t, doc(c))
		found := map[string]bool{}
		for _, m := range regexp.MustCompile(`MARK<([^>]*)>`).FindAllStringSubmatch(text, -1) {
			found[m[1]] = true
			if !letsOfCase.MatchString(m[1]) {
				t.Errorf("%s: the partner reads %s", kind, m[1])
			}
		}
		if len(found) < 4 {
			t.Errorf("%s: only %d marks: nothing is shared", kind, len(found))
		}
		if !strings.Contains(text, "later.xlsx") {
			t.Errorf("%s: how far the goals are is not said", kind)
		}
		low := strings.ToLower(text)
		for _, word := range []string{"honne", "本音", "mbox", "社内", "internal", "■", "◐", "監査", "contradicted", "言い訳", "excelize"} {
			if strings.Contains(low, word) {
				t.Errorf("%s: the partner reads %q", kind, word)
			}
		}
		bare := regexp.MustCompile(`MARK<[^>]*>`).ReplaceAllString(doc(c).plain(sentences(t), lang.EN), "")
		if regexp.MustCompile(`(?i)\b(audit|excuse|neg)\b`).MatchString(bare) {
			t.Errorf("%s: a word that is not for the partner", kind)
		}
	}
}

// TestPartnerDocumentsDoNotTell: ratings, answers, voices, gaps, the outcome,
// dependency and signs may be what they like, the partner reads the same.
func TestPartnerDocumentsDoNotTell(t *testing.T) {
	c, x := followed(), followed()
	for i := range x.Audit.Ratings {
		x.Audit.Ratings[i].Score, x.Audit.Ratings[i].Grade = 0, honne.GradeD
	}
	x.Audit.Self, x.Audit.Publication = nil, nil
	x.Audit.Requests = x.Audit.Requests[2:3] // what came, was refused or left out
	x.Audit.Requests[0].Dimension, x.Audit.Requests[0].Level, x.Audit.Requests[0].Grade = "x", "x", honne.GradeD
	x.Audit.Released = []honne.Released{{Dimension: "trust.transparency", Pool: "partner", Median: 1, Themes: []string{"x"}}}
	x.Audit.Decision.Recommended, x.Audit.Decision.Why, x.Audit.Decision.Contingency = honne.TransitionConsider, "x", true
	x.Frozen.Outcome, x.Frozen.Dependency, x.Frozen.Signs, x.Before = honne.Outcome{Recommendation: honne.TransitionConsider}, honne.Dependency{Known: true, Index: 90}, nil, c.Before
	x.Today.Outcome, x.Today.Dependency, x.Today.Signs, x.Today.Promises, x.Today.Claims, x.Today.Message = x.Frozen.Outcome, x.Frozen.Dependency, nil, nil, nil, honne.Say("report.our-part")
	x.Today.Measures = slices.Clone(x.Today.Measures)
	for i := range x.Today.Measures {
		m := &x.Today.Measures[i]
		m.Band, m.OurSide, m.Because, m.Parts, m.Confounders, m.N = honne.Watch, []honne.Message{honne.Say("report.our-part")}, nil, nil, nil, 99
	}
	for i := range x.Audit.Findings {
		f := &x.Audit.Findings[i].Body
		f.Seen, f.Matters, f.Internal, f.Critical = "x", "x", "x", true
	}
	for kind, doc := range map[string]func(Case) Document{"audit": func(c Case) Document { return Audit(c, Partner) }, "plan": func(c Case) Document { return Plan(c, Partner) }, "renewal": func(c Case) Document { return Renewal(c, Partner) }, "goals": Goals} {
		if everyForm(t, doc(c)) != everyForm(t, doc(x)) {
			t.Errorf("%s: what the partner reads depends on what it must not", kind)
		}
	}
}

// What is done gives its room to what is under way, and takes what is left.
func TestDoneActionsMakeRoom(t *testing.T) {
	measure := honne.AllMeasures[0]
	j := honne.Judged{}
	j.Measure, j.Known, j.Value = measure, true, 1
	j.Evidence = []honne.Selection{{Series: honne.Sales, Period: honne.NewMonth(2026, 10).Period()}}
	c := Case{Today: honne.Picture{Coverage: honne.Coverage{To: honne.NewMonth(2026, 10)}, Measures: []honne.Judged{j}, Deliveries: []honne.Delivery{{Series: honne.Sales,
		Periods: []honne.Period{j.Evidence[0].Period}, From: honne.Theirs, InForce: true, Receipt: honne.Receipt{At: honne.NewDate(2026, 11, 10).At(9, 0), Basis: honne.Stated}}}}}
	for _, target := range []float64{0.9, 2, 0.8, 2, 2, 2} {
		c.Audit.Actions = append(c.Audit.Actions, honne.Numbered[honne.PlanAction]{Number: len(c.Audit.Actions) + 1, Body: honne.PlanAction{Metric: measure.Slug, Target: target, Begun: honne.NewDate(2026, 10, 5)}})
	}
	var got []int
	for _, a := range c.putForward() {
		got = append(got, a.Number)
	}
	if !slices.Equal(got, []int{1, 2, 4, 5, 6}) {
		t.Errorf("%v are put to the partner", got)
	}
}

// TestAuditIsDrawn: the charts of the pages stand in our own report, on the page
// and on paper; no edition for the partner draws a score or a gap, and under a
// hold no score is drawn.
func TestAuditIsDrawn(t *testing.T) {
	doc, held := Audit(auditedCase(), Internal), auditedCase()
	held.Frozen.Outcome.Hold = true
	for _, l := range lang.All() {
		page := pageOf(t, doc, l)
		for _, id := range []string{"pillarst", "gapt", "monthst"} {
			if !strings.Contains(page, `<title id="`+id+`">`) {
				t.Errorf("%s: %s is not drawn", l, id)
			}
			for _, other := range []Document{Audit(auditedCase(), Partner), Plan(auditedCase(), Partner)} {
				if strings.Contains(pageOf(t, other, l), id) {
					t.Errorf("%s: the partner sees %s", l, id)
				}
			}
		}
		if strings.Contains(pageOf(t, Audit(held, Internal), l), "pillarst") {
			t.Errorf("%s: a score is drawn under a hold", l)
		}
		file, _ := paperOf(t, doc, l)
		if n := strings.Count(properties(t, file), "Figure"); n < 3 {
			t.Errorf("%s: %d charts on paper", l, n)
		}
	}
}

// TestGapSaysHowMany: how many voices a number needs is the audit's own, and why
// fewer than five are enough stands beside the chart of our own report alone.
func TestGapSaysHowMany(t *testing.T) {
	c := auditedCase()
	c.Audit.Audit.Least, c.Audit.Audit.LeastWhy = 3, "WHY-FEWER"
	for l, words := range map[lang.Language][3]string{lang.EN: {"fewer than 3 voices", "from 3 voices on", "5 voices"}, lang.JA: {"3名未満", "3名以上", "5名"}} {
		if five := Audit(auditedCase(), Internal).plain(sentences(t), l); !strings.Contains(five, words[2]) || strings.Contains(five, words[0]) {
			t.Errorf("%s: five are not said", l)
		}
		text := Audit(c, Internal).plain(sentences(t), l)
		if !strings.Contains(text, words[0]) || !strings.Contains(text, words[1]) || !strings.Contains(text, "WHY-FEWER") {
			t.Errorf("%s: three, or the reason, are not said\n%s", l, text)
		}
		if strings.Contains(Audit(c, Partner).plain(sentences(t), l), "WHY-FEWER") {
			t.Errorf("%s: the partner reads the reason", l)
		}
	}
}

// TestInterviewTakenBack: what rests on a conversation that is not on the record
// any more does not name it, in a rating and where a finding was born.
func TestInterviewTakenBack(t *testing.T) {
	c := auditedCase()
	c.Audit.Interviews = []honne.Numbered[honne.Interview]{{Number: 12}}
	for _, ref := range []string{"I-012", "I-013"} {
		c.Audit.Ratings[0].Evidence = append(c.Audit.Ratings[0].Evidence, honne.EvidenceLink{Kind: "interview", Ref: ref})
	}
	c.Audit.Findings[2].Body.Born = honne.EvidenceLink{Kind: "interview", Ref: "I-013"}
	text := written(t, Audit(c, Internal), lang.EN, Terminal{Width: 92})
	if !strings.Contains(text, "I-012") || strings.Contains(text, "I-013") {
		t.Error("a conversation that was taken back is named, or one that stands is not")
	}
}
