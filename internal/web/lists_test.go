package web

import (
	"net/http"
	"strings"
	"testing"

	"honne"
)

const (
	activityList = "活動報告 2026年9月度,,,,\n訪問日,訪問施設,面談者,活動区分,担当者\n2026/9/3,青葉病院,外科部長,訪問,山田\n2026/9/4,緑クリニック,院長,デモ,山田\n2026/9/7,港病院,,訪問,佐藤\n2026/9/8,港病院,,見積提出,佐藤\n"
	peopleList   = "連絡先一覧,,\n氏名,部署,メールアドレス\n山田太郎,営業部,yamada@miyako.example.jp\n佐藤花子,薬事部,sato@miyako.example.jp\n鈴木一郎,経理部,\n"
	articleList  = "Product list,\nProduct code,Product name\nNS-1,Stent\nNS-3,Balloon\n"
)

// A record of activities is reviewed, accepted, and makes its measure known, which
// opens at its cells; undone, the measure is unknown again.
func TestActivityListBecomesTheLog(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	h.sent(miyako+"/log/activity-month/new", "entry-kept", "month", "2026-09", "activity", "visit", "planned", "4")
	h.holds(miyako+"/evidence/measure/activity-coverage", "not known")
	file := h.upload("miyako-medical", map[string]string{"活動報告_2026年9月.csv": activityList}, "received", "2026-10-05").header.Get("Location")
	h.holds(file+"/check", "Record of activities", "4 rows: entries of the activity log", "Demonstration", "デモ", "Unknown kind", "not kept", "everything that was done in", `aria-label="`)
	h.holds(file+"/columns", "Kind of activity", "Date", "Sales rep")
	h.holds(file+"/check?as=file", "外科部長")
	if a := h.post(file + "/accept"); a.header.Get("Location") != file+"/check?done=accepted" {
		t.Fatalf("accept: %d %s", a.status, a.header.Get("Location"))
	}
	h.holds(miyako+"/evidence/measure/activity-coverage", "50.0%", "活動報告_2026年9月.csv", "A3:E6", file+"/table?at=A3")
	h.holds(miyako+"/log", "青葉病院", "活動報告_2026年9月.csv!A3:E3")
	h.holds(miyako+"/log/activity/1", "From the file", file+"/table?at=A3")
	h.sent(miyako+"/log/activity/1", "entry-kept", "n", "1", "why", "seen the report", "activity", "visit", "on", "2026-09-03", "site", "青葉病院", "rep", "山田", "verified", "1")
	h.holds(miyako+"/log/activity/1", "活動報告_2026年9月.csv!A3:E3")
	h.post(file + "/undo")
	h.holds(miyako+"/evidence/measure/activity-coverage", "not known")
	h.holds(miyako+"/log/activity/1", "taken back with its file")
}

// Of a list of people the functions make their measure known, and no name is kept
// or shown as evidence.
func TestContactListMakesFunctionsKnown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	file := h.upload("miyako-medical", map[string]string{"名簿.csv": peopleList}, "received", "2026-10-05").header.Get("Location")
	h.holds(file+"/check", "List of contacts", "contacts, without names", "not kept", "Quality and regulatory")
	if a := h.post(file + "/accept"); a.header.Get("Location") != file+"/check?done=accepted" {
		t.Fatalf("accept: %d %s", a.status, a.header.Get("Location"))
	}
	evidence := h.get(miyako + "/evidence/measure/contact-coverage")
	for _, s := range []string{"名簿.csv", "A3:C5", "33.3%"} {
		if !strings.Contains(evidence.body, s) {
			t.Errorf("the evidence lacks %q\n%s", s, evidence.body)
		}
	}
	if strings.Contains(evidence.body, "山田") || strings.Contains(h.get(miyako+"/log").body, "山田") {
		t.Error("a name is shown")
	}
	h.sent(miyako+"/log/contact/1", "entry-kept", "n", "1", "why", "we met", "name", "", "function", "sales", "direct", "1", "from", "2026-10-05")
}

// A product that is not on our own list waits for a person, who is heard for good
// and may take it back.
func TestProductNotOnTheList(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	list := h.upload("miyako-medical", map[string]string{"Product list.csv": articleList}, "from", "ours").header.Get("Location")
	h.holds(list+"/check", "articles of our own list")
	h.post(list + "/accept")
	file := h.upload("miyako-medical", map[string]string{"2026年4月売上.csv": april}).header.Get("Location")
	h.holds(file+"/check", "NS-2", "is not on your product list", "Not on our list, and right so")
	r, err := h.works.Store.Reading(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	var key string
	for _, p := range r.Problems {
		if p.OffList != nil && strings.Contains(p.Raw, "NS-2") {
			key = p.Key()
		}
	}
	if a := h.post(file+"/settle", "key", key, "do", "article 9"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("an article that was not proposed: %d", a.status)
	}
	h.post(file+"/settle", "key", key, "do", "unlisted")
	if f, err := h.works.Store.File(t.Context(), 2); err != nil || f.State != honne.FileReady {
		t.Errorf("the file is %s, %v", f.State, err)
	}
	h.post(file + "/accept")
	h.holds(miyako+"/names", "Known not to be on your list", "NS-2")
	h.sent(miyako+"/names", "names", "verdict", "listed", "number", "1", "n", "1", "their-code", "NS-2")
	h.holds(miyako+"/names", "Products that are not on your own list")
	h.sent(miyako+"/names", "names", "verdict", "article", "their-code", "NS-2", "our-code", "NS-3", "our-name", "Balloon")
	if a := h.get(miyako + "/names"); strings.Contains(a.body, "Products that are not on your own list") {
		t.Error("somebody said what it is")
	}
}
