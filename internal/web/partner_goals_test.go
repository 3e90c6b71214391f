package web

import (
	"strings"
	"testing"

	"honne"
	"honne/internal/store"
)

// On the first page of the partner stand the goals as they were handed over, with
// how far they are by the partner's own files: nothing before they were handed
// over, nothing that was changed since, and nothing that is for our own side.
func TestPartnerSeesSharedGoals(t *testing.T) {
	t.Parallel()
	h, lead, _ := audited(t)
	h.accepted(h.upload("miyako-medical", map[string]string{"2026年4月売上.csv": april}))
	goal := honne.PlanAction{Audit: 1, What: honne.Both{EN: "Name the sites", JA: "施設名のご共有"}, Ours: honne.Both{EN: "A new form by June", JA: "6月までに新様式をお届け"}, Metric: "visibility-index",
		Start: 0.4, Target: 0.9, Begun: honne.NewDate(2026, 4, 15), Due: honne.NewDate(2027, 3, 31), OwnerOurs: "Kirsten", OwnerTheirs: "森 健一", Every: "month"}
	e := put(t, h, 1, goal)
	put(t, h, 1, honne.PlanAction{Audit: 1, What: honne.Both{EN: "Ours alone", JA: "社外秘"}, Metric: "excuse-index", Dropped: "x"})
	put(t, h, 1, honne.Finding{Audit: 1, Kind: honne.FindingGap, Seen: "FRANK", Internal: "FRANK", Dimension: "trust.transparency"})
	link := lead.link(t)
	says := func(when, path string, has []string, lacks ...string) {
		t.Helper()
		a := h.stranger().get(path)
		shared(t, path, a)
		for _, s := range has {
			if !strings.Contains(a.body, s) {
				t.Errorf("%s: %s lacks %q\n%s", when, path, s, a.body)
			}
		}
		for _, s := range append(lacks, "FRANK", "Kirsten", "森", "社外秘", "Ours alone") {
			if strings.Contains(a.body, s) {
				t.Errorf("%s: %s says %q", when, path, s)
			}
		}
	}
	says("before", link, nil, "共通の目標", "施設名のご共有")
	if _, err := h.works.Store.Publish(t.Context(), honne.Entry[honne.Publication]{Distributor: 1, By: 1, Body: honne.Publication{Audit: 1, Kind: "plan", Voice: "internal", On: honne.DateOf(noon)}}); err != nil {
		t.Fatal(err)
	}
	says("ours went out", link, nil, "共通の目標", "施設名のご共有")
	if _, err := h.works.Store.Publish(t.Context(), honne.Entry[honne.Publication]{Distributor: 1, By: 1, Body: honne.Publication{Audit: 1, Kind: "plan", Voice: "partner", On: honne.DateOf(noon)}}); err != nil {
		t.Fatal(err)
	}
	h.wait(1e9)
	e.Body.What.JA, e.Body.Target = "まだお伝えしていない事項", 0.7
	e.By = 1
	e, err := store.Enter(t.Context(), h.works.Store, e)
	if err != nil {
		t.Fatal(err)
	}
	says("handed over", link, []string{"共通の目標", "施設名のご共有", "開始時40.0%", "目標90.0%", "2026年4月分までのご報告：100.0%", "目標に達しております", "6月までに新様式をお届け", "2026年4月売上.csv!"}, "まだお伝え", "70.0%")
	says("handed over", link+"?lang=en", []string{"Goals that we share", "Name the sites", "by your reports up to Apr 2026: 100.0%"}, "FRANK")
	e.Body.Dropped = "another way"
	if _, err := store.Enter(t.Context(), h.works.Store, e); err != nil {
		t.Fatal(err)
	}
	says("dropped", link, nil, "共通の目標", "施設名のご共有")
}

// The actions of the review before stand as they were handed over: what was changed
// since, nobody told the partner, and what was dropped since is none any more.
func TestActionsBeforeStandAsHandedOver(t *testing.T) {
	t.Parallel()
	h, _, _ := audited(t)
	h.accepted(h.upload("miyako-medical", map[string]string{"2026年4月売上.csv": april}))
	action := func(en, ja string, target float64) honne.Entry[honne.PlanAction] {
		return put(t, h, 1, honne.PlanAction{Audit: 1, What: honne.Both{EN: en, JA: ja}, Metric: "visibility-index", Start: 0.4, Target: target, Begun: honne.NewDate(2026, 4, 15), Due: honne.NewDate(2027, 3, 31), Every: "month"})
	}
	named, late := action("Name the sites", "施設名のご共有", 0.9), action("Report by the tenth day", "10日までのご提出", 0.8)
	says := func(when string, code string, has []string, lacks ...string) {
		t.Helper()
		a := h.get("/audits/" + code + "/publish/file?edition=partner&in=en&format=html&kind=audit")
		for _, s := range has {
			if !strings.Contains(a.body, s) {
				t.Errorf("%s: lacks %q", when, s)
			}
		}
		for _, s := range lacks {
			if strings.Contains(a.body, s) {
				t.Errorf("%s: says %q", when, s)
			}
		}
	}
	day := honne.DateOf(noon)
	next := put(t, h, 1, honne.Audit{Title: "業務レビュー", Known: day, From: day - 30, To: day, Recorded: noon, Lead: 2, Purpose: honne.Both{EN: "To look together.", JA: "ご一緒に確認するためのものです。"}})
	const heading = "Progress since our last review"
	says("not handed over", next.Code(), nil, heading, "Name the sites")
	if _, err := h.works.Store.Publish(t.Context(), honne.Entry[honne.Publication]{Distributor: 1, By: 1, Body: honne.Publication{Audit: 1, Kind: "plan", Voice: "partner", On: day}}); err != nil {
		t.Fatal(err)
	}
	h.wait(1e9)
	named.Body.Target, named.Body.What.EN = 0.55, "Never said"
	late.Body.Dropped = "another way"
	for _, e := range []honne.Entry[honne.PlanAction]{named, late} {
		e.By = 1
		if _, err := store.Enter(t.Context(), h.works.Store, e); err != nil {
			t.Fatal(err)
		}
	}
	put(t, h, 1, honne.PlanAction{Audit: 1, What: honne.Both{EN: "Added since", JA: "追加"}, Metric: "lateness", Due: honne.NewDate(2027, 3, 31)})
	says("changed since", next.Code(), []string{heading, "Name the sites", "90.0%"}, "Never said", "55.0%", "Report by the tenth day", "Added since")
}
