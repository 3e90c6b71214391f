package report

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
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
		{Excuse: "price-too-high", Said: []honne.Quote{{On: day(7, 16), By: honne.Theirs, At: "mail.mbox#41", Text: "価格が高い"}}, Verdict: honne.NotYetVerifiable, Confidence: honne.LowConfidence,
			Point: honne.Both{EN: "Price and value", JA: "価格と製品価値について"},
			Ask:   honne.Both{EN: "Could you share the cases where price was the barrier and the value points presented?", JA: "価格が障壁となった案件の概要と、お客様へご説明いただいた製品価値の内容をご共有いただけますでしょうか。"}},
		{Excuse: "cannot-use-your-systems", OwnSide: true, Said: []honne.Quote{{On: day(8, 3), By: honne.Theirs, At: "mail.mbox#48"}}, Verdict: honne.Supported,
			Point: honne.Both{EN: "Working with our systems", JA: "当社システムのご利用について"}},
		{Excuse: "customers-conservative", Said: []honne.Quote{{On: day(5, 6)}, {On: day(8, 20), At: "mail.mbox#52"}}, Verdict: honne.Contradicted, Confidence: honne.MediumConfidence,
			Point: honne.Both{EN: "How customers decide on a change", JA: "お客様の切替のご判断について"},
			Ask:   honne.Both{EN: "Could you list the sites approached in the last year with the reason each gave?", JA: "直近1年で切替をご提案いただいた施設と、見送りの理由を一覧で頂戴できますと幸いです。"}},
	}
	p.Questions = []honne.Question{{EN: "Could you share by [date] what stood between the plan and the result, by product or region, and where our support would help most in the coming months?",
		JA: "計画と実績の差につきまして、製品別または地域別の要因と、今後当社がお手伝いできる点を、◯月◯日までにお聞かせいただけますと幸いです。", Because: []string{"plan-attainment"}},
		{EN: "Could you share our outlook by [date]?", JA: "今後3か月の見込を◯月◯日までにご共有いただけますでしょうか。", Because: []string{"forecast-bias"}, Need: honne.NeedForecast}}
	return p
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

var _ = []any{bytes.Compare, exec.LookPath, japan.National}
