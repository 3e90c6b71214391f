package web

import (
	"net/http"
	"strings"
	"testing"

	"honne"
	"honne/internal/store"
)

// A document for the partner is gone through with its lead before the meeting: when,
// with whom and how many business days before stands where it is published and in
// our own documents. Too few of them warn, and never keep it in.
func TestGoneThroughBeforehand(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	x := h.audited(t)
	h.inBoth(x)
	const at, note = "/audits/A-001/publish?lang=en", "/audits/A-001/ahead"
	h.holds(at, "was not gone through", `class="btn primary"`)
	today := honne.DateOf(noon)
	said := func(on, meeting honne.Date, version string, more ...string) []string {
		return append([]string{"kind", "audit", "edition", "partner", "in", "ja", "version", version, "ahead-on", on.String(), "ahead-with", "営業本部長", "ahead-meeting", meeting.String(), "ahead-said", "施設数を訂正しました。"}, more...)
	}
	h.refuses(note, "has not come yet", said(today+1, today+9, "2")...)
	h.refuses(note, "施設数を訂正しました。</textarea>", said(today, today-1, "2")...)
	h.refuses(note, "Enter: With whom", said(today, today+9, "2", "ahead-with", "")...)
	h.refuses(note, "Somebody else saved", said(today, today+9, "1")...)
	if a := h.post(note, said(today-1, today+4, "2")...); a.status != http.StatusSeeOther {
		t.Fatalf("note: %d", a.status)
	}
	h.holds(at, "there are 3 business days in Japan", "営業本部長", "施設数を訂正しました。", `class="btn primary"`)
	h.holds("/audits/A-001/publish?kind=plan&edition=partner&lang=en", "was not gone through")
	h.holds("/audits/A-001/edit?lang=en", "営業本部長")
	for _, kind := range []string{"audit", "dossier"} {
		if file := h.get("/audits/A-001/publish/file?edition=internal&in=ja&format=html&kind=" + kind); !strings.Contains(file.body, "営業本部長") {
			t.Errorf("our own %s does not say with whom", kind)
		}
	}
	for _, format := range []string{"html", "pdf", "xlsx"} {
		if file := h.get("/audits/A-001/publish/file?format=" + format); file.status != http.StatusOK || strings.Contains(text(t, file.body), "営業本部長") || strings.Contains(text(t, file.body), "訂正しました") {
			t.Errorf("%s: the partner reads with whom, or what was corrected", format)
		}
	}
	h.publish(t, "/audits/A-001/publish", "html") // it warns, and a person decides
	if a := h.post(note, said(today, today+13, "3")...); a.status != http.StatusSeeOther {
		t.Fatalf("the meeting is put off: %d", a.status)
	}
	if a := h.get(at); strings.Contains(a.body, "there are") || !strings.Contains(a.body, "business days in Japan before the meeting") {
		t.Error("a meeting that was put off still warns, or its days are not said")
	}
	if a := h.post(note, "kind", "audit", "edition", "partner", "version", "4", "back", "1"); a.status != http.StatusSeeOther {
		t.Fatalf("take back: %d", a.status)
	}
	h.holds(at, "there are 3 business days in Japan")
	h.as("cfo")
	if a := h.post(note, said(today, 0, "5")...); a.status != http.StatusNotFound {
		t.Errorf("a CFO notes it: %d", a.status)
	}
	if a := h.person("auditor").post(note, said(today, 0, "5")...); a.status != http.StatusNotFound { // of an audit that is not theirs
		t.Errorf("another auditor notes it: %d", a.status)
	}
}

// A word that shared text goes without is kept as typed and warned of, where it was
// written and where the document goes out; whoever publishes decides. Only prices at
// which they sell, other partners and our own name are refused.
func TestWordsWarnAndAPersonDecides(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	x := h.audited(t)
	x.Body.Purpose.JA = "監査の結果は、今後のお取引条件の検討にも用います。"
	if _, err := store.Enter(t.Context(), h.works.Store, x); err != nil {
		t.Fatal(err)
	}
	const at = "/audits/A-001/publish"
	h.holds("/audits/A-001?lang=en", "<b lang=\"ja\">監査</b> → <span lang=\"ja\">業務レビュー</span>")
	h.holds(at+"?lang=en", "Words to look at again", "“<span lang=\"ja\">監査</span>” in", `class="btn primary"`)
	h.holds(at+"?lang=ja", "見直したい表現", "の「監査」。言い換え：業務レビュー", "最終判断は発行者が行います。")
	seen := map[string]string{}
	page := h.get(at).body
	for _, m := range seenDigest.FindAllStringSubmatch(page, -1) {
		seen[m[1]] = m[2]
	}
	if a := h.post(at, "format", "html", "seen-html", seen["html"], "head", headInForm.FindStringSubmatch(page)[1]); a.status != http.StatusSeeOther {
		t.Errorf("a person may not decide: %d", a.status)
	}
}
