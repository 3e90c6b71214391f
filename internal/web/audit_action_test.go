package web

import (
	"net/http"
	"strings"
	"testing"

	"honne"
	"honne/internal/sample"
	"honne/internal/store"
)

// kitano is a house with the sample whose audit ended in a corrective plan, A-001.
func kitano(t *testing.T) *house {
	t.Helper()
	all, err := sample.All(sample.Size{Months: 24, Customers: 12, Products: 4})
	if err != nil {
		t.Fatal(err)
	}
	h := newHouse(t)
	h.settle()
	d, err := h.loadSample(t.Context(), all[1])
	if err == nil {
		_, err = h.works.Assess(t.Context(), d, 1, *all[1].Audit)
	}
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// refuses posts what is wrong, and looks for what the page says of it.
func (h *house) refuses(at, says string, pairs ...string) {
	h.t.Helper()
	if a := h.post(at, pairs...); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, says) {
		h.t.Errorf("%s %v: %d, want 422 with %q", at, pairs, a.status, says)
	}
}

// An action is changed, extended once for a reason and dropped for one, and every
// version stays; what is dropped makes room for another.
func TestActionOfThePlan(t *testing.T) {
	t.Parallel()
	h := kitano(t)
	const at, plan = "/audits/A-001/actions/1", "/audits/A-001/outcome"
	a := h.get(at)
	for _, want := range []string{`id="target" name="target" type="text" value="80"`, `value="2026-09-30"`, `<option value="visibility-index" selected>`, `name="start"`} {
		if !strings.Contains(a.body, want) {
			t.Errorf("the form does not hold %s", want)
		}
	}
	form := []string{"do", "change", "what-ja", "施設名をご記入いただく。", "what-en", "Sites are named.", "metric", "visibility-index", "start", "", "target", "70",
		"action-begun", "2026-07-01", "action-due", "2026-09-15", "owner-ours", "Mikael Holm", "owner-theirs", "高橋 誠", "every", "quarter", "version", "1"}
	with := func(pairs ...string) []string { return append(form[:len(form):len(form)], pairs...) }
	h.refuses(at, "is an extension", with("action-due", "2026-10-31")...)
	h.refuses(at, "lies before the beginning", with("action-begun", "2026-09-16")...)
	h.refuses(at, "must not stand in what a partner reads", with("consequence-en", "Else another distributor follows.")...)
	h.refuses(at, "Why it is extended", "do", "extend", "new-due", "2026-11-30", "version", "1")
	if a := h.post(at, with("why", "Mikael takes over.")...); a.status != http.StatusSeeOther {
		t.Fatalf("change: %d", a.status)
	}
	h.refuses(at, "Somebody else saved", with()...)
	if a := h.post(at, "do", "extend", "new-due", "2026-11-30", "extend-why", "Our agreement came late.", "version", "2"); a.status != http.StatusSeeOther {
		t.Fatalf("extend: %d", a.status)
	}
	h.refuses(at, "extended once already", "do", "extend", "new-due", "2026-12-31", "extend-why", "Again.", "version", "3")
	a = h.get(at)
	for _, want := range []string{"80.0% → 70.0%", "30 Sep 2026 → 15 Sep 2026", "15 Sep 2026 → 30 Nov 2026", "Our agreement came late.", "Anna Berg → Mikael Holm", "Extended once"} {
		if !strings.Contains(a.body, want) {
			t.Errorf("the history does not say %s", want)
		}
	}
	add := with("do", "action", "metric", "lateness", "target", "0")
	if a := h.post(plan, add...); a.status != http.StatusSeeOther {
		t.Errorf("a fifth action: %d", a.status)
	}
	h.refuses(plan, "five actions at a time", add...)
	h.refuses(at, "Why it is dropped", "do", "drop", "version", "3")
	if a := h.post(at, "do", "drop", "drop-why", "Sites come by code now.", "version", "3"); a.status != http.StatusSeeOther {
		t.Fatalf("drop: %d", a.status)
	}
	if a := h.get(plan); !strings.Contains(a.body, "4/5") || !strings.Contains(a.body, "Sites come by code now.") {
		t.Error("a dropped action still takes a place, or its reason is gone")
	}
	if a := h.post(plan, add...); a.status != http.StatusSeeOther {
		t.Errorf("the place of a dropped action: %d", a.status)
	}
	if a := h.post(at, with("version", "4")...); a.status != http.StatusNotFound {
		t.Errorf("a dropped action is changed: %d", a.status)
	}
	h.refuses(at, "five actions at a time", "do", "take-up", "take-up-why", "The codes were not kept.", "version", "4")
	if a := h.post("/audits/A-001/actions/2", "do", "drop", "drop-why", "Later.", "version", "1"); a.status != http.StatusSeeOther {
		t.Fatalf("drop another: %d", a.status)
	}
	h.refuses(at, "Why it is taken up again", "do", "take-up", "version", "4")
	if a := h.post(at, "do", "take-up", "take-up-why", "The codes were not kept.", "version", "4"); a.status != http.StatusSeeOther {
		t.Fatalf("take up: %d", a.status)
	}
	if a := h.get(at); !containsAll(a.body, "Sites come by code now.", "The codes were not kept.", `value="change"`) {
		t.Error("a taken up action cannot be changed, or its history is gone")
	}
	history, err := store.EntryHistory[honne.PlanAction](t.Context(), h.works.Store, 1)
	if err != nil || len(history) != 5 || history[1].Body.Start != history[0].Body.Start || !history[3].Body.Extended {
		t.Errorf("%+v, %v", history, err)
	}
	h.as("cfo")
	if a := h.post("/audits/A-001/actions/2", with()...); a.status != http.StatusNotFound {
		t.Errorf("a CFO changes an action: %d", a.status)
	}
}

// What is done or dropped takes none of the five places.
func TestPlacesOfThePlan(t *testing.T) {
	measure := honne.AllMeasures[0]
	month := honne.NewMonth(2026, 10)
	x := &assessed{assessment: honne.Assessment{Actions: []honne.Numbered[honne.PlanAction]{
		{Number: 1, Body: honne.PlanAction{Metric: measure.Slug, Target: 0.8, Begun: month.First()}}, {Number: 2, Body: honne.PlanAction{Metric: measure.Slug, Target: 0.9, Begun: month.First()}},
		{Number: 3, Body: honne.PlanAction{Metric: measure.Slug, Target: 0.9, Dropped: "why"}}, {Number: 4, Body: honne.PlanAction{Metric: "unknown"}}}}}
	var j honne.Judged
	j.Measure, j.Known, j.Value = measure, true, 0.85
	j.Evidence = []honne.Selection{{Series: honne.Sales, Period: month.Period()}}
	today := honne.Picture{Coverage: honne.Coverage{To: month}, Measures: []honne.Judged{j}, Deliveries: []honne.Delivery{{Series: honne.Sales, Periods: []honne.Period{month.Period()}, From: honne.Theirs, InForce: true,
		Receipt: honne.Receipt{At: month.Last().At(9, 0), Basis: honne.Stated}}}}
	if n := x.underway(today, 0); n != 2 {
		t.Errorf("%d under way, want 2 and 4", n)
	}
	if n := x.underway(today, 2); n != 1 {
		t.Errorf("%d beside the second, want 4", n)
	}
}

// A target that today's figures reach already is refused; what is reached is done by
// the partner's own later figures, and by a person with a reason where the measure
// rests on records of ours.
func TestClosedByEvidence(t *testing.T) {
	t.Parallel()
	h := kitano(t)
	const plan = "/audits/A-001/outcome"
	add := []string{"do", "action", "what-ja", "売上の前年比を改善する。", "what-en", "Growth is better.", "metric", "lateness", "target", "7",
		"action-due", "2026-09-15", "owner-ours", "Mikael Holm", "owner-theirs", "高橋 誠", "every", "quarter"}
	h.refuses(plan, "already reaches this target", add...)
	worse := append(add[:len(add):len(add)], "target", "30")
	h.refuses(plan, "the lower figure is the better one. Set a target below", worse...)
	h.refuses(plan, `name="target" type="text" value="30"`, worse...)
	h.refuses(plan, "the higher figure is the better one. Set a target above", append(worse, "metric", "growth", "target", "-30")...)
	all, err := store.Entries[honne.PlanAction](t.Context(), h.works.Store, 1)
	if err != nil {
		t.Fatal(err)
	}
	reached := func(metric string, start, target float64, begun honne.Date) {
		e := honne.Entry[honne.PlanAction]{Distributor: all[0].Distributor, Body: all[0].Body, By: all[0].By}
		e.Body.Metric, e.Body.Start, e.Body.Target, e.Body.Begun = metric, start, target, begun
		if _, err := store.Enter(t.Context(), h.works.Store, e); err != nil {
			t.Fatal(err)
		}
	}
	reached("growth", -0.2, -0.1, honne.NewDate(2026, 1, 5))
	reached("growth", -0.2, -0.1, honne.NewDate(2027, 1, 5))
	reached("response-time", 120, 100, honne.NewDate(2026, 1, 5))
	h.refuses("/audits/A-001/actions/5", "Today’s figure, −6.4%, already reaches", "do", "change", "what-ja", "売上", "what-en", "Growth", "metric", "growth", "target", "-8",
		"action-begun", "2026-01-05", "action-due", "2026-09-15", "owner-ours", "Mikael Holm", "owner-theirs", "高橋 誠", "version", "1")
	for at, says := range map[string]string{"5": ">Done<", "6": ">Open<", "7": "Reached, not by their files alone"} {
		if a := h.get("/audits/A-001/actions/" + at); !strings.Contains(a.body, says) || strings.Contains(a.body, `value="close"`) != (at == "7") {
			t.Errorf("action %s is not %s, or a person closes what their files close", at, says)
		}
	}
	if a := h.post("/audits/A-001/actions/6", "do", "close", "close-why", "So they say.", "version", "1"); a.status != http.StatusNotFound {
		t.Errorf("closed by a word: %d", a.status)
	}
	h.refuses("/audits/A-001/actions/7", "What shows that it is done", "do", "close", "version", "1")
	if a := h.post("/audits/A-001/actions/7", "do", "close", "close-why", "Mails of May.", "version", "1"); a.status != http.StatusSeeOther {
		t.Fatalf("close: %d", a.status)
	}
	if a := h.get("/audits/A-001/actions/7"); !containsAll(a.body, ">Done<", "Mails of May.") {
		t.Error("what a person closed is not done, or not for its reason")
	}
}
