package web

import (
	"testing"

	"honne"
	"honne/internal/store"
)

// The pages on which an audit and its plan are mended stand at every width, in both
// languages: before a rating and after, with errors, and under a hold.
func TestBrowserAuditIsMended(t *testing.T) {
	t.Parallel()
	h := kitano(t)
	fresh := put(t, h, 1, honne.Audit{Title: "FY2026", From: honne.NewDate(2026, 4, 1), To: honne.NewDate(2026, 9, 30), Known: honne.NewDate(2026, 10, 31), Pack: "medtech",
		Purpose: honne.Both{EN: "To look together.", JA: "ご一緒に確認するためのものです。"}})
	fresh.Body.Scope, fresh.Body.Auditor.Name = "Kanto", "Hanako Sato"
	if _, err := store.Enter(t.Context(), h.works.Store, fresh); err != nil {
		t.Fatal(err)
	}
	h.post("/audits/A-001/actions/1", "do", "extend", "new-due", "2026-11-30", "extend-why", "覚書の送付が遅れたため", "version", "1")
	h.post("/audits/A-001/actions/2", "do", "drop", "drop-why", "様式の変更により不要となったため", "version", "1")
	w := &walk{h: h, lang: "en", tab: h.tab(t, browser(t))}
	w.as("kirsten")
	w.pictures("edit", "/audits/"+fresh.Code()+"/edit")
	w.pictures("edit-rated", "/audits/A-001/edit")
	w.pictures("action", "/audits/A-001/actions/1")
	w.pictures("action-open", "/audits/A-001/actions/3")
	w.pictures("action-dropped", "/audits/A-001/actions/2")
	w.pictures("outcome", "/audits/A-001/outcome")
	put(t, h, 1, honne.Decision{Audit: fresh.Number, Decided: honne.Renew, Letter: honne.RenewalLetter{Recognition: []honne.Both{h.works.Playbook.Audit.Recognition[1].Text, {EN: "We thank you.", JA: "心より御礼申し上げます。"}},
		Goals: honne.Both{EN: "Twelve focus sites by March 2028.", JA: "2028年3月までに重点施設を12施設とすることを共通の目標といたします。"}}})
	w.pictures("renewal", "/audits/"+fresh.Code()+"/renewal")
	put(t, h, 1, honne.Finding{Audit: 1, Dimension: "compliance.regulatory", Kind: honne.FindingBreach, Critical: true, Seen: "A device was sold without a licence."})
	w.pictures("outcome-held", "/audits/A-001/outcome")
	w.pictures("audit-held", "/audits/A-001")
}
