package web

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"honne"
)

const letters = "単位：円,,,\n得意先名,品番,数量,金額\n青葉病院,A-1,3,\"3,000\"\n若葉医院,A-2,2,\"1,2OO\"\n合計,,5,\"4,200\"\n"

// partner makes the first account and a partner, and uploads one file.
func (h *house) partner(name, text string) (file string) {
	h.t.Helper()
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "name-ja", "株式会社みやこメディカル商会", "starts", "4")
	a := h.upload("miyako-medical", map[string]string{name: text})
	if a.status != http.StatusSeeOther {
		h.t.Fatalf("upload: %d %s", a.status, a.body)
	}
	return a.header.Get("Location")
}

func (h *house) holds(path string, texts ...string) {
	h.t.Helper()
	a := h.get(path)
	if a.status != http.StatusOK {
		h.t.Fatalf("%s: %d", path, a.status)
	}
	for _, s := range texts {
		if !strings.Contains(a.body, s) {
			h.t.Errorf("%s lacks %q\n%s", path, s, a.body)
		}
	}
}

// A cell that is no number is read as the repair says, and the file is ready.
func TestRepair(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	file := h.partner("2026年4月売上.csv", letters)
	h.holds(file, `id="D4"`, "Read as 1,200", "add up to the total")
	if a := h.post(file + "/accept"); !strings.Contains(a.header.Get("Location"), "look-first") {
		t.Errorf("an open point is accepted unseen: %d %s", a.status, a.header.Get("Location"))
	}
	const key = "problem.not-a-number@D4"
	if a := h.post(file+"/settle", "decided", "0", "key", key, "do", "read 1200"); a.status != http.StatusSeeOther {
		t.Fatalf("settle: %d %s", a.status, a.body)
	}
	h.holds(file+"/check", "Nothing to resolve", "Accept 2 lines", `<span class="og" lang="ja">1,2OO</span>`, "Adds up")
	if a := h.post(file+"/settle", "decided", "0", "key", key, "do", "blank"); a.status != http.StatusConflict {
		t.Errorf("a problem that is no more: %d", a.status)
	}
	if a := h.post(file + "/accept"); !strings.HasSuffix(a.header.Get("Location"), "done=accepted") {
		t.Fatalf("accept: %s", a.header.Get("Location"))
	}
	h.holds("/distributors/miyako-medical/evidence?series=sales&period=2026-04&amount=1", "¥4,200")
}

// Each one-press repair of a problem, and the way back.
func TestSettle(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	file := h.partner("2026年4月売上.csv", letters)
	const key = "problem.not-a-number@D4"
	for i, c := range []struct{ key, do, holds string }{
		{key, "leave", "1 point left as they are"},
		{key, "reopen", "Read as 1,200"},
		{key, "row", "left out by a person"},
	} {
		if a := h.post(file+"/settle", "decided", string(rune('0'+i)), "key", c.key, "do", c.do); a.status != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", c.do, a.status, a.body)
		}
		h.holds(file+"/check", c.holds)
	}
	if a := h.post(file+"/settle", "decided", "3", "key", key, "do", "burn"); a.status == http.StatusSeeOther {
		t.Errorf("a repair that is none: %d", a.status)
	}
}

// Two people decide at once: the second hears of the first, and nothing of the
// second is kept.
func TestTwoEditors(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	file := h.partner("2026年4月売上.csv", letters)
	h.post(file+"/reason", "decided", "0", "reason", "returns")
	a := h.post(file+"/settle", "decided", "0", "key", "problem.not-a-number@D4", "do", "blank")
	if a.header.Get("Location") != file+"/check?done=others" {
		t.Errorf("second editor: %d %s", a.status, a.header.Get("Location"))
	}
	h.holds(file+"/check?done=others", "Somebody else decided", "Read as 1,200")
}

// What was said of a table is remembered for its form: next month nothing is
// asked.
func TestFormIsRemembered(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const first, next = "X1,X2,X3\n青葉病院,A-1,30\n若葉医院,A-2,20\n", "X1,X2,X3\n青葉病院,A-1,40\n若葉医院,A-2,10\n泉クリニック,A-2,7\n"
	file := h.partner("data-202604.csv", first)
	h.holds(file+"/table", "A2:C3", `name="unit"`)
	if a := h.post(file+"/columns?table=0", "decided", "0", "col.A", "end_user_name", "col.B", "product_code", "col.C", "amount", "remember", "1"); a.status != http.StatusSeeOther {
		t.Fatalf("columns: %d %s", a.status, a.body)
	}
	if a := h.post(file+"/table", "decided", "1", "n", "0", "header", "A1:C1", "body", "A2:C3", "kind", "sales", "unit", "1000", "month", "2026-04", "remember", "1"); a.status != http.StatusSeeOther {
		t.Fatalf("table: %d %s", a.status, a.body)
	}
	h.holds(file+"/check", "Accept 2 lines", "Thousand yen")
	h.post(file + "/accept")
	second := h.upload("miyako-medical", map[string]string{"data-202605.csv": next}).header.Get("Location")
	h.holds(second, "Same layout as 1 earlier file", "Accept 3 lines", `aria-current="step"><a href="`+second+`/check"`)
}

// A table that cannot be is said again, with what was wrong.
func TestPlaceIsRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	file := h.partner("2026年4月売上.csv", april)
	for _, c := range [][2]string{{"header", "seven"}, {"body", "A9:A2"}, {"month", "May"}} {
		if a := h.post(file+"/table", "n", "0", c[0], c[1]); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, c[1]) {
			t.Errorf("%s %s: %d", c[0], c[1], a.status)
		}
	}
}

// A second file of a month shows what it changes before it is accepted, takes a
// reason, and asks for it politely.
func TestChangeBeforeAcceptance(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	file := h.partner("2026年4月売上.csv", april)
	h.post(file + "/accept")
	second := h.upload("miyako-medical", map[string]string{"2026年4月売上改.csv": strings.Replace(april, "1000000", "900000", 1)}).header.Get("Location")
	h.holds(second, "Changes an earlier figure", "¥1,400,000", "¥1,300,000", "−7.1%")
	h.holds(second+"/ask", "株式会社みやこメディカル商会 御中", "2026年4月の売上高が、以前ご報告いただいた数値から更新されております", "Net sales of Apr 2026 differs")
	if a := h.post(second + "/ask"); a.status != http.StatusSeeOther {
		t.Fatalf("asked: %d", a.status)
	}
	h.post(second+"/reason", "reason", "returns")
	h.holds(second+"/check", "The partner was asked on 22 Nov 2026", "returns")
	h.post(second + "/accept")
	rec, err := h.works.Store.Record(t.Context(), 1, honne.AsOf{})
	if err != nil || len(rec.Changes) == 0 || rec.Changes[0].Reason != honne.ReasonReturns {
		t.Errorf("changes %v (%v)", rec.Changes, err)
	}
}

// A thousand times the usual figures stop the file until a person looks.
func TestMagnitudeWaits(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for i, file := range []string{h.partner("2026年4月売上.csv", april), h.upload("miyako-medical", map[string]string{"2026年5月売上.csv": may}).header.Get("Location")} {
		if a := h.post(file + "/accept"); !strings.HasSuffix(a.header.Get("Location"), "done=accepted") {
			t.Fatalf("file %d: %s", i, a.header.Get("Location"))
		}
	}
	june := strings.NewReplacer("5月", "6月", "1200000", "1190", "500000", "510").Replace(may)
	file := h.upload("miyako-medical", map[string]string{"2026年6月売上.csv": june}).header.Get("Location")
	h.holds(file, "some 1,000 times less", "Look at the unit")
	h.post(file+"/settle", "key", "arrival.magnitude.less@", "do", "leave")
	h.holds(file+"/check", "Accept 2 lines")
}

// A file that came with another of the same month, with other figures, waits: a person
// says that it is more of that month, takes the word back, and says it again.
func TestMoreOfTheMonth(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	whole := "売上日,得意先名,納入先,商品コード,数量,売上金額\n2026/04/03,東和医療,青葉病院,A-1,2,20000\n2026/04/15,東和医療,みどり病院,A-2,5,45000\n"
	h.post(h.partner("売上_20260410.csv", whole) + "/accept")
	rest := strings.NewReplacer("東和医療", "西日本器械", "青葉病院", "さくら病院", "みどり病院", "もみじ病院", "20000", "10000").Replace(whole)
	file := h.upload("miyako-medical", map[string]string{"売上_20260420.csv": rest}).header.Get("Location")
	const together, added = "arrival.same-moment@", "problem.adds-said@A2:F3"
	h.holds(file, "It came together with", "It is more of the month")
	h.post(file+"/settle", "key", together, "do", "adds")
	h.holds(file+"/check", "on top of what is on record of Apr 2026")
	h.post(file+"/settle", "key", added, "do", "reopen")
	h.holds(file+"/check", "It came together with")
	h.post(file+"/settle", "key", together, "do", "adds")
	h.post(file + "/accept")
	h.holds("/distributors/miyako-medical/evidence?series=sales&period=2026-04&amount=1", "¥120,000")
}

// Of two files of one month that came at once, neither is accepted by its own page without
// a word either: half of the month would stand.
func TestHalfOfTheMonthWaits(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.partner("2026年3月売上.csv", strings.ReplaceAll(april, "4月", "3月"))
	head := "売上日,得意先名,納入先,商品コード,数量,売上金額\n"
	h.upload("miyako-medical", map[string]string{"売上_東和_202604.csv": head + "2026/04/03,東和医療,青葉病院,A-1,2,20000\n",
		"売上_西日本_202604.csv": head + "2026/04/15,西日本器械,さくら病院,A-2,5,45000\n"})
	if a := h.post("/intake/2/accept"); !strings.Contains(a.header.Get("Location"), "look-first") {
		t.Error(a.header.Get("Location"))
	}
	h.holds("/intake/2/check", "It came together with")
}

// A month of which a branch has not come says so where its figure stands.
func TestMonthWithoutABranch(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	of := func(branch, month string) (name, text string) {
		return branch + "_売上_2026" + month + ".csv", "売上日,得意先名,納入先,商品コード,数量,売上金額\n2026/" + month + "/03," + branch + "商事,青葉病院,A-1,2,20000\n"
	}
	h.post(h.partner(of("東京支店", "04")) + "/accept")
	for _, x := range [][2]string{{"横浜支店", "04"}, {"東京支店", "05"}} {
		name, text := of(x[0], x[1])
		file := h.upload("miyako-medical", map[string]string{name: text}).header.Get("Location")
		h.post(file+"/accept", "seen", "1")
	}
	h.holds("/intake/3/check", "have not come yet")
	for _, page := range []string{"/distributors/miyako-medical/figures", "/distributors/miyako-medical"} {
		h.holds(page, "without", "横浜", "which the month before holds")
	}
}

// That the file of a customer is more of the month is said once: by its name, next month's
// is one more too. It stands among what is remembered, and is opened again in a file.
func TestMoreOfTheMonthIsRemembered(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	of := func(customer, month, sold string) (name, text string) {
		return "売上_" + customer + "_2026" + month + ".csv", "得意先：" + customer + " 御中,,,\n売上日,商品コード,数量,売上金額\n2026/" + month + "/03,A-1," + sold + "," + sold + "0000\n"
	}
	h.post(h.partner(of("東和医療", "04", "2")) + "/accept")
	name, text := of("西日本器械", "04", "5")
	file := h.upload("miyako-medical", map[string]string{name: text}).header.Get("Location")
	h.post(file+"/settle", "key", "arrival.same-moment@", "do", "adds")
	h.post(file + "/accept")
	const rules = "/distributors/miyako-medical/rules"
	h.holds(rules, "西日本器械", "東和医療", "a part of the month")
	name, text = of("西日本器械", "05", "6")
	file = h.upload("miyako-medical", map[string]string{name: text}).header.Get("Location")
	h.holds(file+"/check", "Nothing to resolve", "as its name says", "Open it again")
	h.post(file+"/settle", "key", "problem.piece-named@A3:D3", "do", "reopen")
	h.lacks(file+"/check", "as its name says")                             // the other name alone is told from nothing
	h.lacks(rules, "<span lang=\"ja\">西日本器械</span>_<span lang=\"ja\">得意先") // the name of the last file stays
}

// What a person left as it is of a form is asked in no later file of it, can be opened
// again there, and then is asked in the next. It stands among what is remembered.
func TestLeftOfAFormIsRemembered(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "name-ja", "株式会社みやこ", "starts", "4")
	month := func(n string) string {
		text := strings.NewReplacer("4月", n+"月").Replace("商品コード,商品名,2026年4月見込\nA-100,カテーテル,100\nA-200,ガイドワイヤ,5" + n + "\n")
		return h.upload("miyako-medical", map[string]string{"販売見込_" + n + "月.csv": text}).header.Get("Location")
	}
	const asks, first, second = "amounts or quantities", "problem.measure-assumed@C1", "1 point left as they are"
	file := month("4")
	h.holds(file, asks, "It is right")
	h.post(file+"/settle", "key", first, "do", "leave")
	h.post(file + "/accept")
	file = month("5")
	h.holds(file+"/check", "Nothing to resolve", second)
	h.holds("/distributors/miyako-medical/rules", second, ">Forecast</span>", "商品コード · 商品名 · Forecast, amount, by month", "販売見込_4月.csv</a>")
	h.post(file + "/accept")
	file = month("6")
	h.post(file+"/settle", "key", first, "do", "reopen")
	h.holds(file+"/check", asks, "It is right")
	if a := h.get(month("7") + "/check"); strings.Contains(a.body, second) {
		t.Error("what was opened again is left")
	}
}

// The day of receipt can be corrected, and whose the figures are.
func TestCorrectArrival(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	file := h.partner("2026年4月売上.csv", april)
	if a := h.post(file+"/file", "received", "2026-05-08", "from", "ours", "kind", "shipments"); a.status != http.StatusSeeOther {
		t.Fatalf("correct: %d %s", a.status, a.body)
	}
	h.holds(file+"/file", "8 May 2026", `value="ours" selected`)
	r, err := h.works.Store.Reading(t.Context(), 1)
	if err != nil || len(r.Parts) == 0 || r.Parts[0].Series != honne.Shipments {
		t.Errorf("parts %v (%v)", r.Parts, err)
	}
	if a := h.post(file+"/file", "received", "2030-01-01"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a day to come: %d", a.status)
	}
}

// What is remembered is shown, and forgotten by one press.
func TestRulesAreForgotten(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	file := h.partner("2026年4月売上.csv", april)
	h.post(file+"/columns?table=0", "decided", "0", "col.B", "end_user_name", "remember", "1")
	h.holds("/distributors/miyako-medical/rules", "得意先名", "Facility")
	if a := h.post("/distributors/miyako-medical/rules", "what", "column", "key", "得意先名"); a.status != http.StatusSeeOther {
		t.Fatalf("forget: %d", a.status)
	}
	h.holds("/distributors/miyako-medical/rules?done=forgotten", "Nothing is remembered yet", "Forgotten")
}

// A report that is owed and has not come waits in Intake, with a polite reminder.
func TestReminder(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	file := h.partner("2026年9月売上.csv", strings.ReplaceAll(april, "4月", "9月"))
	h.post(file + "/accept")
	h.post("/distributors/miyako-medical/edit", "name", "Miyako Medical", "name-ja", "株式会社みやこメディカル商会", "starts", "4", "due", "5", "due-since", "2025-01")
	h.holds("/intake", "Net sales of Oct 2026", "9 Nov 2026, 9 business days ago")
	h.dueSince()
	const letter = "/distributors/miyako-medical/remind?series=sales&period=2026-10"
	h.holds(letter, "2026年10月の販売実績のご報告につきまして", "行き違いですでにお送りいただいておりましたら", "Your report (sales) for Oct 2026")
	if a := h.get(letter + "-01"); a.status != http.StatusNotFound {
		t.Errorf("a report that nobody waits for: %d", a.status)
	}
}

// dueSince: a report of a month before the agreed one is neither late nor in time.
func (h *house) dueSince() {
	edit := []string{"name", "Miyako Medical", "name-ja", "株式会社みやこメディカル商会", "starts", "4", "due", "5", "due-since"}
	said := h.upload("miyako-medical", map[string]string{"2026年8月売上.csv": strings.ReplaceAll(april, "4月", "8月")}, "received", "2026-10-30").header.Get("Location")
	h.holds(said, "business days late")
	h.post("/distributors/miyako-medical/edit", append(edit, "2026-09")...)
	if a := h.get(said); strings.Contains(a.body, "business days late") {
		h.t.Errorf("a report of before the agreement is called late")
	}
	h.post("/distributors/miyako-medical/edit", append(edit, "2025-01")...)
}

// Two names that may be one are asked about; what is said counts and can be
// taken back.
func TestNames(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	file := h.partner("2026年4月売上.csv", "年月,施設名,品番,数量,金額（円）\n2026年4月,青葉総合病院,NS-1,10,1000000\n2026年4月,有限会社若葉商会,NS-2,4,400000\n2026年4月,㈱若葉商会,NS-2,4,400000\n2026年4月,株式会社若葉商会,NS-1,4,400000\n")
	h.post(file+"/accept", "seen", "1")
	const page = "/distributors/miyako-medical/names"
	h.holds(page, "有限会社若葉商会", "Counted as one", "株式会社若葉商会")
	q, err := h.works.Store.NameQuestions(t.Context(), 1)
	if err != nil || len(q) == 0 {
		t.Fatalf("questions %v (%v)", q, err)
	}
	a, b := strconv.Itoa(int(q[0].A.ID)), strconv.Itoa(int(q[0].B.ID))
	if r := h.post(page, "a", a, "b", b, "verdict", "different"); r.status != http.StatusSeeOther {
		t.Fatalf("rule: %d %s", r.status, r.body)
	}
	h.holds(page, "two parties", "Take back")
	h.post(page, "a", a, "b", b, "verdict", "withdrawn")
	if again, err := h.works.Store.NameQuestions(t.Context(), 1); err != nil || len(again) != len(q) {
		t.Errorf("%d questions, then %d (%v)", len(q), len(again), err)
	}
	if r := h.post(page, "a", a, "b", b, "verdict", "enemies"); r.status != http.StatusUnprocessableEntity {
		t.Errorf("no verdict: %d", r.status)
	}
}

// What codes of entries say is settled once, code by code, and taken back; next month
// nothing is asked.
func TestSortsOfEntries(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const april = "処理日,施設名,商品名,取引区分,数量,金額（円）\n20260402,青葉病院,針,1,2,200\n20260404,青葉病院,針,2,1,150\n20260405,北病院,糸,9,3,300\n20260406,北病院,糸,1,5,500\n"
	file := h.partner("VANデータ202604.csv", april)
	h.holds(file+"/check", "Code “2” in column D", "Returned: deduct")
	if a := h.post(file+"/settle", "key", "problem.sign-by-code@D3", "do", "sort stolen"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a sort that is none: %d", a.status)
	}
	for i, c := range [][2]string{{"sign-by-code@D3", "sort sold"}, {"sort-said@D3", "reopen"}, {"sign-by-code@D3", "sort returned"}, {"sign-by-code@D2", "sort sold"}, {"sign-by-code@D4", "sort unsold"}} {
		if a := h.post(file+"/settle", "decided", strconv.Itoa(i), "key", "problem."+c[0], "do", c[1]); a.status != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", c[1], a.status, a.body)
		}
	}
	h.holds(file+"/check", "Nothing to resolve", "Accept 3 lines", "returned, deducted")
	h.post(file + "/accept")
	h.holds("/distributors/miyako-medical/evidence?series=sales&period=2026-04&amount=1", "¥550")
	h.holds("/distributors/miyako-medical/rules", "code “2”: returned, deducted")
	may := strings.NewReplacer("202604", "202605").Replace(april)
	second := h.upload("miyako-medical", map[string]string{"VANデータ202605.csv": may}).header.Get("Location")
	h.holds(second, "Nothing to resolve", "Accept 3 lines")
	third := h.upload("miyako-medical", map[string]string{"VANデータ202606.csv": strings.NewReplacer("202604", "202606", "針,1,2", "針,3,2").Replace(april)}).header.Get("Location")
	h.post(third+"/settle", "decided", "0", "key", "problem.sign-by-code@D2", "do", "sort returned")
	h.post(third + "/accept")
	h.holds("/distributors/miyako-medical/rules", "code “1”: sold", "code “3”: returned, deducted")
	fourth := h.upload("miyako-medical", map[string]string{"VANデータ202607.csv": strings.NewReplacer("202604", "202607", "針,1,2", "針,4,2").Replace(april)}).header.Get("Location")
	if a := h.post(fourth+"/table", "n", "0", "header", "A1:F1", "body", "A2:F5", "kind", "sales", "tax", "excluded", "decided", "0"); a.status != http.StatusSeeOther {
		t.Fatalf("say the tax: %d %s", a.status, a.body)
	}
	h.post(fourth+"/settle", "decided", "1", "key", "problem.sign-by-code@D2", "do", "sort sold")
	h.holds("/distributors/miyako-medical/rules", "code “4”: sold")
	if f := formsOf(t, h); f.Tax != "" || len(f.Sorts) != 5 {
		t.Errorf("what was said of one file alone is remembered: %+v", f)
	}
}

// Words of entries are settled as codes are, where no figure is below zero.
func TestWordsOfEntries(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const april = "売上日,施設名,商品名,伝票区分,数量,金額（円）\n2026/4/2,青葉病院,針,売上,2,200\n2026/4/4,青葉病院,針,返品,1,150\n2026/4/5,北病院,糸,取消,3,300\n2026/4/6,北病院,糸,売上,5,500\n"
	file := h.partner("売上明細202604.csv", april)
	h.holds(file+"/check", "“返品” in column D", "Returned: deduct")
	for i, c := range [][2]string{{"sign-unknown@D3", "sort returned"}, {"sign-unknown@D4", "sort unsold"}} {
		if a := h.post(file+"/settle", "decided", strconv.Itoa(i), "key", "problem."+c[0], "do", c[1]); a.status != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", c[1], a.status, a.body)
		}
	}
	h.holds(file+"/check", "Nothing to resolve", "Accept 3 lines", "returned, deducted")
	h.post(file + "/accept")
	h.holds("/distributors/miyako-medical/evidence?series=sales&period=2026-04&amount=1", "¥550")
	may := strings.NewReplacer("202604", "202605", "2026/4", "2026/5").Replace(april)
	h.holds(h.upload("miyako-medical", map[string]string{"売上明細202605.csv": may}).header.Get("Location"), "Nothing to resolve", "Accept 3 lines")
}

// Who took the tick from what is remembered is heeded when a column is settled with
// one press.
func TestSettledWithoutMemory(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const april = "売上日,施設名,商品名,数量,金額（円）,謎値\n2026/4/2,青葉病院,針,2,200,7\n2026/4/4,青葉病院,糸,1,150,8\n2026/4/6,北病院,糸,5,500,9\n"
	settle := func(file, decided string) {
		t.Helper()
		if a := h.post(file+"/settle", "decided", decided, "key", "problem.column-unknown@F1", "do", "unused"); a.status != http.StatusSeeOther {
			t.Fatalf("settle: %d %s", a.status, a.body)
		}
		h.holds(file+"/check", "Nothing to resolve")
		h.post(file + "/accept")
	}
	file := h.partner("売上202604.csv", april)
	if a := h.post(file+"/table", "n", "0", "header", "A1:F1", "body", "A2:F4", "kind", "sales", "decided", "0"); a.status != http.StatusSeeOther {
		t.Fatalf("say the kind: %d %s", a.status, a.body)
	}
	settle(file, "1")
	next := func(month string) string {
		return h.upload("miyako-medical", map[string]string{"売上2026" + month + ".csv": strings.ReplaceAll(april, "2026/4", "2026/"+month)}).header.Get("Location")
	}
	may := next("05")
	h.holds(may+"/check", "謎値")
	settle(may, "0")
	h.holds(next("06"), "Nothing to resolve")
}

// formsOf is what is remembered of the only form.
func formsOf(t *testing.T, h *house) (f honne.Form) {
	t.Helper()
	m, err := h.works.Store.Memory(t.Context(), 1)
	if err != nil || len(m.Forms) != 1 {
		t.Fatalf("%+v, %v", m, err)
	}
	for _, f = range m.Forms {
	}
	return f
}
