package report

import (
	"bytes"
	"html"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/japan"
	"honne/internal/lang"
)

// toMeet is a picture with all that a brief can hold: promises of both sides,
// reports that are due, points raised, questions of measures and on what is
// missing.
func toMeet() honne.Picture {
	p := sample()
	p.Distributor.Profile.OurName = "Nordhaven AB"
	p.Meeting = honne.NewDate(2026, 12, 3)
	day := func(m, d int) honne.Date { return honne.NewDate(2026, m, d) }
	firm := func(x honne.Promise) honne.Promise {
		x.Form, x.Confirmed = honne.PromiseWritten, true
		return x
	}
	p.Promises = []honne.Promise{
		firm(honne.Promise{By: honne.Ours, What: honne.Both{EN: "Catalogue in Japanese", JA: "日本語版カタログ"}, Owner: "Kirsten", Made: day(9, 2), Due: day(11, 13), At: "mail.mbox#31"}),
		firm(honne.Promise{By: honne.Ours, What: honne.Both{EN: "Dates for the two training days", JA: "研修2回の日程"}, Made: day(10, 5), Due: day(12, 4), At: "mail.mbox#44"}),
		firm(honne.Promise{By: honne.Theirs, What: honne.Both{EN: "List of ten sites in Kanto", JA: "関東の重点10施設の一覧"}, Made: day(9, 2), Due: day(10, 30), At: "mail.mbox#33"}),
		firm(honne.Promise{By: honne.Theirs, What: honne.Both{EN: "Seminar in Sendai", JA: "仙台での説明会"}, Made: day(6, 9), Due: day(9, 18), Outcome: honne.PromiseKept, Done: day(9, 16), At: "mail.mbox#12"}),
		{By: honne.Theirs, What: honne.Both{JA: "前向きに検討"}, Form: honne.PromiseOral, Made: day(9, 2), Due: day(9, 30)},
	}
	p.Waiting = []honne.Due{{Series: honne.Stock, Period: honne.NewMonth(2026, 9).Period(), Due: day(10, 15), Late: 25}}
	p.Claims = []honne.Claim{
		{Confirmed: true, Excuse: "price-too-high", Said: []honne.Quote{{On: day(7, 16), By: honne.Theirs, At: "mail.mbox#41", Text: "価格が高い"}}, Verdict: honne.NotYetVerifiable, Confidence: honne.LowConfidence,
			Point: honne.Both{EN: "Price and value", JA: "価格と製品価値について"},
			Ask:   honne.Both{EN: "Could you share the cases where price was the barrier and the value points presented?", JA: "価格が障壁となった案件の概要と、お客様へご説明いただいた製品価値の内容をご共有いただけますでしょうか。"}},
		{Confirmed: true, Excuse: "cannot-use-your-systems", OwnSide: true, Said: []honne.Quote{{On: day(8, 3), By: honne.Theirs, At: "mail.mbox#48"}}, Verdict: honne.Supported,
			Point: honne.Both{EN: "Working with our systems", JA: "当社システムのご利用について"}},
		{Confirmed: true, Excuse: "customers-conservative", Said: []honne.Quote{{On: day(5, 6)}, {On: day(8, 20), At: "mail.mbox#52"}}, Verdict: honne.Contradicted, Confidence: honne.MediumConfidence,
			Point: honne.Both{EN: "How customers decide on a change", JA: "お客様の切替のご判断について"},
			Ask:   honne.Both{EN: "Could you list the sites approached in the last year with the reason each gave?", JA: "直近1年で切替をご提案いただいた施設と、見送りの理由を一覧で頂戴できますと幸いです。"}},
	}
	p.Questions = []honne.Question{{EN: "Could you share by [date] what stood between the plan and the result, by product or region, and where our support would help most in the coming months?",
		JA: "計画と実績の差につきまして、製品別または地域別の要因と、今後当社がお手伝いできる点を、◯月◯日までにお聞かせいただけますと幸いです。", Because: []string{"plan-attainment"}},
		{EN: "Could you share our outlook by [date]?", JA: "今後3か月の見込を◯月◯日までにご共有いただけますでしょうか。", Because: []string{"forecast-bias"}, Need: honne.NeedForecast}}
	return p
}

// What nobody confirmed was only guessed: it may be told to us, and to no partner.
func TestBriefAsksOfConfirmedPointsOnly(t *testing.T) {
	p := toMeet()
	for i := range p.Claims {
		p.Claims[i].Confirmed = false
	}
	for _, l := range []string{"Price and value", "Working with our systems"} {
		if doc := Brief(p, Partner, evidence); strings.Contains(written(t, doc, lang.EN, Terminal{Width: 92}), l) {
			t.Errorf("%q is on the partner's page", l)
		}
		if doc := Brief(p, Internal, evidence); !strings.Contains(written(t, doc, lang.EN, Terminal{Width: 92}), l) {
			t.Errorf("%q is not on ours", l)
		}
	}
	const found = "found by the machine alone"
	if !strings.Contains(written(t, Brief(p, Internal, evidence), lang.EN, Terminal{Width: 200}), found) || strings.Contains(written(t, Brief(toMeet(), Internal, evidence), lang.EN, Terminal{Width: 200}), found) {
		t.Error("ours does not say which points nobody has confirmed")
	}
}

// What nobody can tell the meaning of is no question to a partner.
func TestBriefDoesNotAskOfUnclearPoints(t *testing.T) {
	p := toMeet()
	p.Claims[0].Unclear = true
	if strings.Contains(written(t, Brief(p, Internal, evidence), lang.EN, Terminal{Width: 200}), "Price and value") {
		t.Error("a reason that may be another one is asked about")
	}
}

// The brief is one page, as many questions and notes as it may have.
func TestBriefIsOnePage(t *testing.T) {
	p := toMeet()
	for i := range p.Claims {
		p.Claims[i].Confirmed = false // one line more of each
	}
	for _, doc := range []Document{Brief(p, Internal, evidence), Brief(toMeet(), Partner, evidence)} {
		for _, l := range lang.All() {
			file, _ := paperOf(t, doc, l)
			if !bytes.Contains(objects(file), []byte("/Type/Pages/Count 1/")) {
				t.Errorf("%s %s: not one page", doc.Edition, l)
			}
		}
	}
}

func TestBriefAsText(t *testing.T) {
	for _, e := range []Edition{Internal, Partner} {
		doc := Brief(toMeet(), e, evidence)
		for _, l := range lang.All() {
			honnetest.Golden(t, "testdata/brief."+string(e)+"."+string(l)+".txt", []byte(written(t, doc, l, Terminal{Width: 92})))
		}
	}
}

func TestBriefPage(t *testing.T) {
	for _, e := range []Edition{Internal, Partner} {
		doc := Brief(toMeet(), e, evidence)
		for _, l := range lang.All() {
			page := pageOf(t, doc, l)
			all := elements(t, page)
			if len(all["h1"]) != 1 || len(all["script"])+len(all["link"])+len(all["nav"])+len(all["i"])+len(all["em"]) > 0 {
				t.Errorf("%s %s: %d h1, or something that a page must not hold", e, l, len(all["h1"]))
			}
			if strings.Contains(page, "[brief.") || strings.ContainsAny(page, "▲△▼▽") {
				t.Errorf("%s %s: a sentence is missing, or a triangle stands for a level", e, l)
			}
			if dir := os.Getenv("HONNE_LOOK"); dir != "" {
				os.WriteFile(filepath.Join(dir, "brief."+string(e)+"."+string(l)+".html"), []byte(page), 0o600)
			}
		}
	}
}

// TestPartnerWordsFit: no word of the playbook's list stands in what the partner
// reads, whatever the brief says.
func TestPartnerWordsFit(t *testing.T) {
	book := honnetest.Japan(t)
	c := sentences(t)
	for _, l := range lang.All() {
		texts := []string{written(t, Brief(toMeet(), Partner, evidence), l, Terminal{})}
		for _, key := range c.Keys(l) {
			if strings.HasPrefix(key, "brief.") && !strings.HasPrefix(key, "brief.inside") && !strings.HasPrefix(key, "brief.verdict") {
				texts = append(texts, regexp.MustCompile(`\[[^\]]*\]`).ReplaceAllString(c.Text(l, key), "7")) // names of arguments are no words
			}
		}
		for _, text := range texts {
			for _, u := range book.Unfit(text) {
				t.Errorf("%s: %q in %q", l, u.Text, text)
			}
		}
	}
}

// TestBriefAnswersOnBusinessDays: each question has one business day, also where
// Obon or the turn of the year follow.
func TestBriefAnswersOnBusinessDays(t *testing.T) {
	p := toMeet()
	for _, day := range []honne.Date{honne.NewDate(2026, 11, 22), honne.NewDate(2026, 7, 31), honne.NewDate(2026, 12, 14), honne.NewDate(2026, 4, 17)} {
		p.AsOf, p.Meeting = day, 0
		for _, b := range Brief(p, Internal, evidence).Blocks {
			asks, ok := b.(Asks)
			if !ok {
				continue
			}
			if n := len(asks.List); n == 0 || n > mostAsks {
				t.Errorf("%s: %d questions", day, n)
			}
			for _, q := range asks.List {
				if !japan.National().BusinessDay(q.By) || q.By <= day || thin(q.By) || len(q.Fact) == 0 {
					t.Errorf("%s: to answer by %s, with %d words of fact", day, q.By, len(q.Fact))
				}
			}
		}
	}
}

// TestBriefMakesNothingUp: of a partner of whom nothing is known to be good
// nothing good is said but thanks, and without a question none is asked.
func TestBriefMakesNothingUp(t *testing.T) {
	a := newAgenda(honne.Picture{AsOf: honne.NewDate(2026, 3, 31)})
	if len(a.good) != 1 || a.good[0].say.ID != "brief.good.thanks-meeting" || len(a.asks)+len(a.owed)+len(a.facts) > 0 {
		t.Errorf("of nothing: %+v", a)
	}
	low := -0.2
	a = newAgenda(honne.Picture{AsOf: honne.NewDate(2026, 3, 31), KPIs: honne.KPIs{Growth: &low, Compared: []honne.Month{1}},
		Coverage: honne.Coverage{Months: 3, From: honne.NewMonth(2026, 1), To: honne.NewMonth(2026, 3)}})
	if len(a.good) != 1 || a.good[0].say.ID != "brief.good.thanks" {
		t.Errorf("sales that fall: %+v", a.good)
	}
}

// TestBriefAsksNothingTwice: what a report asks for, no measure and no reason
// asks for again; where our own side is the cause nothing is asked.
func TestBriefAsksNothingTwice(t *testing.T) {
	p := toMeet()
	p.Waiting[0].Series = honne.Sales
	p.Claims = append(p.Claims, honne.Claim{Confirmed: true, Excuse: "report-next-quarter", Said: p.Claims[0].Said, Verdict: honne.Contradicted, Ask: p.Claims[0].Ask, Point: p.Claims[0].Point})
	seen := map[string]bool{}
	for _, q := range newAgenda(p).asks {
		if seen[theme(q.about)] || q.about == "cannot-use-your-systems" {
			t.Errorf("%s is asked twice, or of the wrong side", q.about)
		}
		seen[theme(q.about)] = true
	}
	if !seen[theme("sales")] {
		t.Error("the report that is due is not asked for")
	}
}

// TestBriefSaysThatWeLook: where they name our side and nobody has looked, the
// brief owes them what we find, and asks nothing on it.
func TestBriefSaysThatWeLook(t *testing.T) {
	p := toMeet()
	c := &p.Claims[0]
	c.NamesUs, c.Tags = c.Said, []string{honne.NamesOurSide}
	for _, q := range newAgenda(p).asks {
		if q.about == c.Excuse {
			t.Errorf("%s is asked before we looked", q.about)
		}
	}
	for l, want := range map[lang.Language][]string{
		lang.EN: {"Price and value", "we are looking into it", "What we find on the reasons that you named"},
		lang.JA: {"価格と製品価値について", "ご指摘を確認しております", "ご指摘いただいた当社側の事情の確認結果"}} {
		for _, e := range []Edition{Internal, Partner} {
			page := written(t, Brief(p, e, evidence), l, Terminal{Width: 200})
			for _, s := range want {
				if !strings.Contains(page, s) {
					t.Errorf("%s, %s: %q is missing in\n%s", l, e, s, page)
				}
			}
		}
	}
}

// lets are the texts of a picture that the partner may read.
var lets = regexp.MustCompile(`^(Distributor\.Profile\.(Name|NameJA|OurName)|Promises\.\d+\.What\.(EN|JA)|Claims\.\d+\.(Ask|Point)\.(EN|JA)|Questions\.\d+\.(EN|JA))$`)

// mark puts a mark with its place into every text of a value but those by which
// the page is chosen.
func mark(v reflect.Value, at string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			mark(v.Elem(), at)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			mark(v.Field(i), strings.TrimPrefix(at+"."+v.Type().Field(i).Name, "."))
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			mark(v.Index(i), at+"."+strconv.Itoa(i))
		}
	case reflect.String:
		choosing := regexp.MustCompile(`(Excuse|Slug|Because\.\d+|Parts\.\d+\.Name|Formulas\.\d+\.ID|Steps\.\d+\.Formula)$`).MatchString(at) && !strings.HasSuffix(at, "Distributor.Slug")
		if v.Type() == reflect.TypeFor[string]() && !choosing {
			v.SetString("MARK<" + at + ">")
		}
	}
}

// TestPartnerReadsTheAllowListOnly marks every text of a picture: no mark but
// those of the list reaches any form of the partner's edition, nor do words that
// the partner must never read, while our own edition shows some of them.
func TestPartnerReadsTheAllowListOnly(t *testing.T) {
	p := toMeet()
	p.Claims[0].Guard, p.Claims[0].Tags = honne.Both{EN: "x", JA: "x"}, []string{"x"}
	p.Claims[0].Facts = []honne.ClaimFact{{Title: honne.Both{EN: "x", JA: "x"}}}
	p.Claims[0].Missing = []honne.Missing{{Kind: "x"}}
	p.Distributor.Profile.Domains, p.Distributor.Profile.Events = []string{"x"}, []honne.Event{{Note: "x"}}
	mark(reflect.ValueOf(&p).Elem(), "")
	ours := func(list []honne.Selection) ([]string, int) {
		return []string{"MARK<dir>/mail.mbox#3/theirs.xlsx!売上!H6"}, 0
	}
	var all strings.Builder
	doc := Brief(p, Partner, ours)
	for _, l := range lang.All() {
		all.WriteString(pageOf(t, doc, l) + written(t, doc, l, Terminal{}))
	}
	var b bytes.Buffer
	if err := doc.JSON(&b, sentences(t)); err != nil {
		t.Fatal(err)
	}
	page := html.UnescapeString(all.String() + b.String())
	found := map[string]bool{}
	for _, m := range regexp.MustCompile(`MARK<([^>]*)>`).FindAllStringSubmatch(page, -1) {
		found[m[1]] = true
		if !lets.MatchString(m[1]) {
			t.Errorf("the partner reads %s", m[1])
		}
	}
	if len(found) < 6 {
		t.Errorf("only %d marks: the page is empty", len(found))
	}
	for _, word := range []string{"honne", "本音", "mbox", "Kirsten", "target-", "japan@", "社内", "Internal", "■", "◐", "high", "contradicted", "不一致", "監査", "audit", "言い訳", "excuse"} {
		if strings.Contains(page, word) {
			t.Errorf("the partner reads %q", word)
		}
	}
	if text := written(t, Brief(p, Internal, ours), lang.EN, Terminal{}); !strings.Contains(text, "MARK<Claims.0.Guard.EN>") || !strings.Contains(text, "mail.mbox#3") {
		t.Error("our own edition lacks what is for our side")
	}
}

// Sales above a plan of their own that nobody agreed on are no plan that was kept.
func TestOwnPlanIsNotAgreed(t *testing.T) {
	p := sample()
	p.KPIs.PlanOf = honne.Plan
	for i := range p.Months {
		p.Months[i].PlanOf = honne.Plan
	}
	for _, x := range append(aheadOfPlan(p), bestMonth(p)...) {
		if x.about == "plan" {
			t.Errorf("%v", x.say)
		}
	}
	if _, agreed := ofPlan(p.KPIs); agreed {
		t.Error("their own plan is called agreed")
	}
}
