package web

import (
	"net/http"
	"strings"
	"testing"

	"honne"
	"honne/internal/store"
)

// What mail says already is offered to the forms of requests to meet customers and
// of explanations: a press fills the form, nothing is entered by itself, and what is
// noted is offered no more.
func TestMailIsOffered(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	d := h.withMail()
	const asked = "From x Thu Jun  4 10:00:00 2026\nFrom: Kirsten <kirsten@nordhaven.example>\nTo: tanaka@miyako.example.jp\nDate: Thu, 04 Jun 2026 10:00:00 +0900\nSubject: Visits\nMessage-ID: <a1@nordhaven>\nContent-Type: text/plain; charset=utf-8\n\n" +
		"田中様\n\nいつもお世話になっております。\n青葉病院の鈴木先生とのご面談の機会をいただけますでしょうか。\n先月の病院訪問の結果もお知らせください。\n\n"
	if a := h.upload(d.Slug, map[string]string{"送信.mbox": asked}); a.status != http.StatusSeeOther {
		t.Fatalf("mail: %d %s", a.status, a.body)
	}
	for _, file := range []string{"/intake/1", "/intake/2"} { // what is noted of a mailbox is no file that stayed shut
		h.lacks(file, "could not be opened")
	}
	h.become("director", "d@nordhaven.example")
	const form = miyako + "/log/access/new"
	h.holds(form, "From mail", "On 4 Jun 2026: 青葉病院の鈴木先生とのご面談の機会をいただけますでしょうか", "asked=2026-06-04")
	h.lacks(form, "病院訪問の結果")
	h.holds(form+"?asked=2026-06-04", `value="2026-06-04"`)
	if list, err := store.Entries[honne.AccessRequest](t.Context(), h.works.Store, d.ID); err != nil || len(list) != 0 {
		t.Errorf("entered by itself: %v %v", list, err)
	}
	h.sent(form, "entry", "whom", "鈴木先生", "asked", "2026-06-04")
	h.lacks(form, "From mail")
}

// Reasons that were given in or after a quarter below the plan are offered to its
// explanation, with the quarter, the day and the words.
func TestReasonsAreOffered(t *testing.T) {
	t.Parallel()
	h := kitano(t)
	h.become("director", "d@nordhaven.example")
	const form = "/distributors/kitano-shoji-kk/log/explanation/new"
	body := h.get(form).body
	if !strings.Contains(body, "From mail") || !strings.Contains(body, "from-month=") || !strings.Contains(body, "given=") {
		t.Errorf("nothing is offered:\n%s", body)
	}
}

// The sites that files name as end users are offered as target sites, those that bought
// most first; one that is on the list is offered no more.
func TestSitesAreOffered(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	file := h.partner("売上報告_202610.csv", "売上日,得意先名,施設名,品番,数量,金額（円）\n2026-10-01,関東メディカル,若葉病院,NS-1,2,200\n2026-10-02,関東メディカル,青葉病院,NS-1,3,900\n2026-10-05,関東メディカル,,NS-1,1,100\n")
	h.post(file+"/accept", "seen", "1")
	const form = miyako + "/log/target-site/new"
	inOrder(t, h.get(form).body, "From files", "青葉病院", "若葉病院")
	h.holds(form+"?site=青葉病院", `value="青葉病院"`)
	h.sent(form, "entry-kept", "site", "青葉病院", "listed", "2026-11-01")
	h.lacks(form, "青葉病院")
	h.holds(form+"?lang=ja", "ファイルから")
}

// What mail tells of our own side is offered to its form. Training that they asked for
// counts once somebody keeps it. A notice of new prices speaks for the partner at once,
// as read and not confirmed; the offer leads to it, until somebody confirms it.
func TestOurSideIsOffered(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	d := h.withMail()
	const head = "Content-Type: text/plain; charset=utf-8\n\n"
	const prices = "From x Thu Jun  4 10:00:00 2026\nFrom: Kirsten <kirsten@nordhaven.example>\nTo: tanaka@miyako.example.jp\nDate: Thu, 04 Jun 2026 10:00:00 +0900\nSubject: Prices\nMessage-ID: <p1@nordhaven>\n" + head +
		"田中様\n\n2026年9月1日より製品価格を3%改定させていただきます。\n\n"
	const asks = "From x Fri Jun  5 10:00:00 2026\nFrom: 田中 <tanaka@miyako.example.jp>\nTo: kirsten@nordhaven.example\nDate: Fri, 05 Jun 2026 10:00:00 +0900\nSubject: Training\nMessage-ID: <p2@miyako>\n" + head +
		"Could you arrange a product training for our two new sales people?\n\n"
	if a := h.upload(d.Slug, map[string]string{"送信.mbox": prices + asks}); a.status != http.StatusSeeOther {
		t.Fatalf("mail: %d %s", a.status, a.body)
	}
	h.become("director", "d@nordhaven.example")
	const form = miyako + "/log/our-act/new"
	h.holds(form, "From mail", "Price notice. On 4 Jun 2026: 2026年9月1日より", `href="`+miyako+`/log/our-act/1"`, "act=their-request", "on=2026-06-05")
	r, err := h.works.Store.Record(t.Context(), d.ID, honne.AsOf{})
	if err != nil || len(r.Log.OurActs) != 1 || !r.Log.OurActs[0].Heard || r.Log.OurActs[0].Until != honne.NewDate(2026, 9, 1) {
		t.Errorf("as read in the message: %+v %v", r.Log.OurActs, err)
	}
	h.holds(miyako+"/log/our-act/1", "confirmed by nobody")
	h.sent(miyako+"/log/our-act/1", "entry", "n", "1", "act", "price-notice", "on", "2026-06-04", "until", "2026-09-01", "what", "改定")
	h.lacks(form, "Price notice. On")
	h.holds(form, "act=their-request")
	if r, err = h.works.Store.Record(t.Context(), d.ID, honne.AsOf{}); err != nil || len(r.Log.OurActs) != 1 || r.Log.OurActs[0].Heard {
		t.Errorf("confirmed: %+v %v", r.Log.OurActs, err)
	}
}

// What the partner's mail tells of a person who leaves asks for a look, confirmed by
// nobody, with its sentence; taken back, it is said no more.
func TestChangeAtThePartnerIsProposed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	d := h.withMail()
	const leaves = "From x Thu Jun  4 10:00:00 2026\nFrom: 田中 <tanaka@miyako.example.jp>\nTo: kirsten@nordhaven.example\nDate: Thu, 04 Jun 2026 10:00:00 +0900\nSubject: 退職\nMessage-ID: <c1@miyako>\nContent-Type: text/plain; charset=utf-8\n\n" +
		"ラーセン様\n\n大阪支店の鈴木が6月20日付で退職することとなりました。後任は未定です。\n\n"
	if a := h.upload(d.Slug, map[string]string{"退職.mbox": leaves}); a.status != http.StatusSeeOther {
		t.Fatalf("mail: %d %s", a.status, a.body)
	}
	h.become("director", "d@nordhaven.example")
	h.holds(miyako+"/log/partner-change/1", "confirmed by nobody", "大阪支店の鈴木が6月20日付で退職する", `value="2026-06-20"`)
	const sign = miyako + "/signals/growth-investment"
	h.holds(sign, "Watch", "which nobody has confirmed, tells that a person leaves on 20 Jun 2026", "/log?kind=partner-change", "a successor of whom nobody wrote")
	h.holds(sign+"?lang=ja", "担当者が2026年6月20日")
	h.sent(miyako+"/log/partner-change/1/withdraw", "entry-withdrawn", "n", "1", "why", "Not our line")
	h.lacks(sign, "tells that a person leaves")
}
