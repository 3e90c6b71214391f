package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"honne"
	"honne/internal/store"
)

const reportLevel = miyako + "/thresholds/completeness.under.1"

// A threshold of our own is tried before anybody sees it, needs a reason, counts for
// its measure and its sign from then on, says that it is ours, and can be taken back;
// days before it, and between, are told by the rules of then.
func TestOwnThreshold(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.sales()
	for _, l := range []string{"ja", "en"} {
		for _, path := range []string{reportLevel, reportLevel + "?value=4.5", miyako + "/thresholds"} {
			checkPage(t, path, l, h.get(path+map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")]+"lang="+l))
		}
	}
	h.holds(reportLevel, "The playbook’s number counts for this partner: 3.", "Report level (Watch), Sign: Lack of visibility (Watch)", "never changed")
	h.lacks(reportLevel, "Use it")
	h.holds(reportLevel+"?value=%EF%BC%94.5", "With 4.5 the level would have differed on 1 of 1 day.", "Use it", `value="４.5"`, "/evidence/measure/completeness?asof=2026-11-22")
	h.holds(reportLevel+"?value=3.5", "differed on 0 of 1 day.", "the same")
	signs, measure := miyako+"/signals/visibility", miyako+"/evidence/measure/completeness"
	if all := h.versions(); len(all) != 0 {
		t.Errorf("a trial was kept: %+v", all)
	}
	h.lacks(signs, "own threshold")
	for path, says := range map[string][]string{
		"/thresholds/visibility-index.param.months?value=3&lang=en":      {"Sales with a named end user, months looked at: 1", "With 3 the level would have differed on 0 of 1 day.", "Sign: Lack of visibility"},
		"/thresholds/overall.look-closer-watch?value=1&lang=en":          {"The whole, signs at watch or high that make it “look closer”: 2", "With 1 the level"},
		"/thresholds/plan-attainment.under-2-of-4.times?value=3&lang=ja": {"4期中の該当四半期数", "3の場合、"},
	} {
		h.holds(miyako+path, says...)
	}
	h.get("/?lang=en")
	if a := h.get(miyako + "/thresholds/overall.act-high?value=1.5"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Write a whole number from 1 to 7.") {
		t.Errorf("half a sign: %d", a.status)
	}
	a := h.post(reportLevel, "value", "4.5", "version", "0")
	if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Reason for the change") || !strings.Contains(a.body, `value="4.5"`) || !strings.Contains(a.body, "differed on 1 of 1 day") {
		t.Errorf("without a reason: %d\n%s", a.status, a.body)
	}
	h.sent(reportLevel, "threshold-own", "value", "4.5", "version", "0", "why", "daily lines were agreed")
	if a := h.post(reportLevel, "value", "4", "version", "0", "why", "x"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Somebody else saved meanwhile") {
		t.Errorf("twice: %d", a.status)
	}
	const says = "Own threshold for this partner since 22 Nov 2026, by Kirsten Larsen; the playbook says 3."
	for _, path := range []string{signs, measure, miyako + "/thresholds", reportLevel} {
		h.holds(path, "below 4.5 (own threshold)", says, "daily lines were agreed")
		h.lacks(path+"?asof=2026-11-21", "below 4.5 (own threshold)")
	}
	h.holds(signs, "Report level 4, rule below 4.5 (own threshold): holds")
	h.holds(signs+"?lang=ja", "4.5（個別設定）未満", "標準の判定基準では3です")
	h.get("/?lang=en")
	h.wait(24 * 3600e9)
	h.signIn("kirsten@nordhaven.example")
	h.holds(reportLevel, "Try the playbook’s number", "value=3")
	h.holds(reportLevel+"?value=3", "With 3 the level would have differed on 1 of 1 day.")
	if a := h.post(reportLevel, "value", "some", "version", "1"); !strings.Contains(a.body, "<title>(1 problem) ") || strings.Contains(a.body, `href="#why"`) {
		t.Error("what is wrong is counted in the title, and nothing points to a field that is not there")
	}
	h.sent(reportLevel, "threshold-back", "value", "3", "version", "1", "why", "the agreement ended")
	h.holds(reportLevel, "The playbook’s number counts", "Back to the playbook’s number", "the agreement ended", "4.5 instead of the playbook’s 3")
	h.holds(miyako+"/thresholds", "thresholds are this partner’s own", "Report level below 3: Back to the playbook’s number")
	h.lacks(signs, "own threshold")
	h.holds(signs+"?asof=2026-11-22", says)
	h.sent(reportLevel, "threshold-own", "value", "4", "version", "2", "why", "again")
	if all := h.versions(); len(all) != 3 || all[2].Number != all[0].Number || all[2].Body.Value != 4 || all[2].Withdrawn {
		t.Errorf("%+v", all)
	}
}

// The list stands by measure and sign, closed but for own thresholds, which come first,
// and is narrowed by address alone: to what a sign uses, or to a text however wide.
func TestThresholdsNarrowed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.sales()
	const all = miyako + "/thresholds?lang=en"
	h.lacks(all, `<details class="unk group" open`)
	h.holds(all, "Report level below 3")
	h.holds(all+"&of=sign-visibility", `value="sign-visibility" selected`, "Report level below 3", `<details class="unk group" open`)
	h.lacks(all+"&of=sign-visibility", "/thresholds/overall.")
	h.holds(all+"&q=%EF%BC%B2eport+LEVEL", "Report level below 3")
	h.lacks(all+"&q=%EF%BC%B2eport+LEVEL", "/thresholds/overall.")
	h.holds(all+"&of=overall&q=report+level&asof=2026-11-22", "No threshold is like that.", `name="asof" value="2026-11-22"`)
	h.sent(reportLevel, "threshold-own", "value", "4.5", "version", "0", "why", "daily lines were agreed")
	body := h.get(all).body
	_, first, _ := strings.Cut(body, `<details class="unk group"`)
	if !strings.HasPrefix(first, " open><summary><b>Report level</b>") || !strings.Contains(first, "1 own") || strings.Count(body, `group" open`) != 1 {
		t.Errorf("the partner's own does not stand first: %.200s", first)
	}
}

func (h *house) versions() []honne.Entry[honne.OwnThreshold] {
	h.t.Helper()
	all, err := store.EntryVersions[honne.OwnThreshold](h.t.Context(), h.works.Store, 1)
	if err != nil {
		h.t.Fatal(err)
	}
	return all
}

// What cannot be says what and why, and keeps what was typed; who reads the signs
// reads thresholds, and only who writes them changes one.
func TestThresholdRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.sales()
	const visible = miyako + "/thresholds/visibility-index.under.1"
	for _, c := range [][3]string{
		{reportLevel, "", "“” is not a number"}, {reportLevel, "a lot", "“a lot” is not a number"}, {reportLevel, "3", "3 counts already"}, {reportLevel, "-3", "−3 has another sign than the playbook’s 3"},
		{reportLevel, "400", "more than 10 times away from the playbook’s 3"}, {reportLevel, "NaN", "is not a number"},
		{visible, "60", "6,000.0% is more than 10 times away"}, {visible, "30 %", "30.0% would be reached no earlier than the stricter threshold of Sales with a named end user, 40.0%"},
		{miyako + "/thresholds/visibility-index.under.2", "0.7", "70.0% would be reached no later than the milder threshold"},
	} {
		for _, a := range []answer{h.get(c[0] + "?value=" + url.QueryEscape(c[1])), h.post(c[0], "value", c[1], "version", "0", "why", "x")} {
			if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, c[2]) || !strings.Contains(a.body, `value="`+c[1]+`"`) {
				t.Errorf("%s %q: %d lacks %q", c[0], c[1], a.status, c[2])
			}
		}
	}
	h.holds(visible+"?value=60+%25", "With 60.0%")
	for _, name := range []string{"nothing.over.1", "plan-attainment.agreed.over.1", "red-flags.over.1"} {
		if a := h.get(miyako + "/thresholds/" + name); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", name, a.status)
		}
	}
	for role, writes := range map[string]bool{"director": true, "auditor": false, "regulatory": false, "cfo": false, "counsel": false, "viewer": false} {
		h.as(role)
		if a := h.get(reportLevel); role != "auditor" && (a.status != http.StatusOK || strings.Contains(a.body, "Try another number") != writes) {
			t.Errorf("%s reads: %d", role, a.status)
		}
		if a := h.post(reportLevel, "value", "3", "version", "0", "why", "x"); (a.status == http.StatusNotFound) == writes {
			t.Errorf("%s writes: %d", role, a.status)
		}
	}
	if all := h.versions(); len(all) != 0 {
		t.Errorf("%+v", all)
	}
}

// The least number before something is judged is a number of the rules too: tried
// silently, kept with a reason, named where it counts.
func TestOwnLeastNumber(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.sales()
	const least = miyako + "/thresholds/target-site-coverage.param.least"
	h.holds(least, "target sites needed before it is judged: 20", "The playbook’s number counts for this partner: 20.")
	h.holds(least+"?value=5", "With 5 the level would have differed on 0 of 1 day.")
	if a := h.get(least + "?value=0"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("nothing at all is no least number: %d", a.status)
	}
	h.sent(least, "threshold-own", "value", "5", "version", "0", "why", "they serve seven hospitals in all")
	h.holds(miyako+"/thresholds", "they serve seven hospitals in all")
	own, err := store.Entries[honne.OwnThreshold](t.Context(), h.works.Store, 1)
	if err != nil || h.works.Playbook.For(own).MeasureRules("target-site-coverage").Params["least"] != 5 {
		t.Errorf("not in force: %+v %v", own, err)
	}
}
