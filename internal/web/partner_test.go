package web

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"honne"
	"honne/internal/store"
)

// link makes a link for the partner of A-001.
func (h *house) link(t *testing.T) string {
	t.Helper()
	a := h.post("/audits/A-001/self", "link-days", "21")
	m := regexp.MustCompile(`/review/[a-z0-9]+`).FindString(a.body)
	if a.status != 200 || m == "" {
		t.Fatalf("link: %d %s", a.status, a.body)
	}
	return m
}

// neverShared are words that no partner reads (ux 5).
var neverShared = regexp.MustCompile(`(?i)honne|本音|建前|監査|audit`)

func shared(t *testing.T, path string, a answer) {
	t.Helper()
	if m := neverShared.FindString(a.body + fmt.Sprint(a.header)); m != "" {
		t.Errorf("%s says %s", path, m)
	}
	if strings.Contains(a.body, "[partner.") || strings.Contains(a.body, "[form.") {
		t.Errorf("%s lacks a text", path)
	}
}

// A partner answers by the link: saves, comes back, sends; and nothing else
// exists for them.
func TestPartnerAnswers(t *testing.T) {
	t.Parallel()
	h, lead, _ := audited(t)
	link := lead.link(t)
	p := h.stranger()
	a := p.get(link)
	shared(t, link, a)
	if a.status != 200 || !strings.Contains(a.body, `<html lang="ja">`) || !strings.Contains(a.body, "Nordhaven AB") || strings.Index(a.body, "ご一緒に確認") > strings.Index(a.body, "<form") {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := p.post(link, "version", "0", "answer-t1", "4", "text-t1", "共有しています\r\n毎月", "your-function", "営業部\r\n部長\r\n"); a.status != 303 {
		t.Fatalf("save: %d", a.status)
	}
	if a := p.post(link, "version", "0", "answer-t1", "1"); a.status != 409 {
		t.Errorf("an old form overwrites: %d", a.status)
	}
	if a := p.get(link); !strings.Contains(a.body, "共有しています\n毎月") {
		t.Error("what was saved is not there")
	} else if !strings.Contains(a.body, ">営業部 部長</textarea>") {
		t.Error("a function is no line")
	}
	if s := h.answers(); len(s) != 0 {
		t.Errorf("seen before it was sent: %+v", s)
	}
	if a := p.post(link, "version", "1", "send", "1", "answer-t1", "4"); a.status != 422 || !strings.Contains(a.body, `href="#answer-e1"`) {
		t.Errorf("half an answer is sent: %d", a.status)
	}
	form := []string{"version", "2", "send", "1", "your-function", "営業部長"}
	for _, d := range honne.AllDimensions {
		form = append(form, "answer-"+strings.ToLower(d.ID), map[bool]string{true: "na", false: "3"}[d.ID == "C2"])
	}
	if a := p.post(link, form...); a.status != 303 {
		t.Fatalf("send: %d %s", a.status, a.body)
	}
	a = p.get(link)
	shared(t, link, a)
	if !strings.Contains(a.body, "承りました") || strings.Contains(a.body, "<form") {
		t.Errorf("after sending: %s", a.body)
	}
	s := h.answers()
	if len(s) != 10 || s[0].By != "営業部長" || !s[5].NA {
		t.Errorf("%+v", s)
	}
	if a := h.get("/audits/A-001/self"); a.status != 200 || !strings.Contains(a.body, "営業部長") {
		t.Errorf("our page: %d", a.status)
	}
	nothingElse(t, h, p, link)
}

// answers are those of the audit.
func (h *house) answers() []honne.SelfAnswer {
	h.t.Helper()
	list, err := h.works.Store.Assessments(h.t.Context(), 1)
	if err != nil || len(list) != 1 {
		h.t.Fatalf("%v", err)
	}
	return list[0].Self
}

// nothingElse tries every address with the partner's browser.
func nothingElse(t *testing.T, h, p *house, link string) {
	t.Helper()
	a := &app{}
	var paths []string
	for _, r := range a.everyRoute() {
		method, path, _ := strings.Cut(r.pattern, " ")
		if strings.HasPrefix(path, "/review/") || path == "/sign-in" { // who works here may have tried the link
			continue
		}
		path = strings.NewReplacer("{slug}", "miyako-medical", "{code}", "A-001", "{n}", "1", "{id}", "1", "{dimension}", "transparency", "{note}", "I-001", "{$}", "").Replace(path)
		paths = append(paths, method+" "+regexp.MustCompile(`\{[a-z]+\}`).ReplaceAllString(path, "x"))
	}
	paths = append(paths, "GET /nothing", "GET "+link+"/more", "GET /review/"+strings.Repeat("a", 26), "GET /review/", "POST "+link[:len(link)-1], "GET "+link+"/../../audits")
	for _, path := range paths {
		method, path, _ := strings.Cut(path, " ")
		r, err := http.NewRequest(method, h.url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := p.do(r)
		if strings.Contains(path, "..") && got.status/100 == 3 { // cleaned by the server, and tried again
			got = p.get(got.header.Get("Location"))
		}
		if got.status != 404 {
			t.Errorf("%s %s: %d", method, path, got.status)
		}
		shared(t, path, got)
	}
	if len(paths) < 60 {
		t.Errorf("only %d addresses", len(paths))
	}
}

// Who tried the link in their own browser can sign in there, by a page that says
// no more than to any stranger, and without our name; then the link's visit is over.
func TestLinkLocksNobodyOut(t *testing.T) {
	t.Parallel()
	h, lead, _ := audited(t)
	link := lead.link(t)
	p, other := h.stranger(), h.stranger()
	p.get(link)
	a := p.get("/sign-in")
	shared(t, "/sign-in", a)
	for _, path := range []string{"/sign-in", "/nothing", "/review/", "/static/0/none.css"} { // the next day, or from another browser
		shared(t, path, other.get(path))
	}
	form := func(s string) string { return s[strings.Index(s, "<form"):] }
	if b := other.get("/sign-in"); a.status != 200 || b.status != 200 || form(a.body) != form(b.body) {
		t.Errorf("the door says more than to a stranger: %d %d", a.status, b.status)
	}
	a = p.post("/sign-in", "email", "kirsten@nordhaven.example", "password", "wrong")
	shared(t, "/sign-in", a)
	if a.status != 422 || p.get("/portfolio").status != 404 {
		t.Errorf("a wrong password opens something: %d", a.status)
	}
	p.enter("kirsten@nordhaven.example")
	if a := p.get("/portfolio"); a.status != 200 || !strings.Contains(a.body, "honne") {
		t.Errorf("signed in: %d", a.status)
	}
	p.post("/sign-out")
	if a := p.get("/portfolio"); a.status != 303 || a.header.Get("Location") != "/sign-in?next=%2Fportfolio" {
		t.Errorf("signed out: %d %s", a.status, a.header.Get("Location"))
	}
}

// The letter and the page are in the name that the documents bear: that of the
// distributor's profile, else of the house; without either nobody is named.
func TestLetterHasASender(t *testing.T) {
	t.Parallel()
	h, lead, _ := audited(t)
	d, err := h.works.Store.Distributor(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ profile, house, want string }{
		{"Nordlund Surgical AB", "Nordhaven AB", "誠にありがとうございます。Nordlund Surgical ABです。\n"},
		{"Nordlund Surgical AB", "", "誠にありがとうございます。Nordlund Surgical ABです。\n"},
		{"", "Nordhaven AB", "誠にありがとうございます。Nordhaven ABです。\n"}, {"", "", "誠にありがとうございます。\nこのたび"},
	} {
		d.Profile.OurName = c.profile
		if err := errors.Join(h.works.Store.SetProfile(t.Context(), d.ID, d.Profile), h.works.Store.SetSetting(t.Context(), settingOurName, c.house)); err != nil {
			t.Fatal(err)
		}
		a := lead.post("/audits/A-001/self", "link-days", "21")
		if !strings.Contains(a.body, c.want) || strings.Contains(a.body, "。です") {
			t.Errorf("%+v: the letter does not say %q", c, c.want)
		}
		page := h.stranger().get(regexp.MustCompile(`/review/[a-z0-9]+`).FindString(a.body))
		if name := cmp.Or(c.profile, c.house); page.status != 200 || !strings.Contains(page.body, "<b>"+name+"</b>") || strings.Contains(page.body, "· </title>") {
			t.Errorf("%+v: the page: %d", c, page.status)
		}
	}
}

// A link ends on its day, or when it is taken back, or with the audit.
func TestLinkEnds(t *testing.T) {
	t.Parallel()
	h, lead, _ := audited(t)
	first, second, third := lead.link(t), lead.link(t), lead.link(t)
	hash := regexp.MustCompile(`name="end" value="([0-9a-f]+)"`).FindAllStringSubmatch(lead.get("/audits/A-001/self").body, -1)
	if len(hash) != 3 {
		t.Fatalf("%v", hash)
	}
	if a := lead.post("/audits/A-001/self", "end", hashed(strings.TrimPrefix(second, "/review/"))); a.status != 303 {
		t.Errorf("end: %d", a.status)
	}
	if h.stranger().get(first).status != 200 || h.stranger().get(second).status != 404 {
		t.Error("the wrong link has ended")
	}
	h.wait(22 * 24 * time.Hour)
	if a := h.stranger().get(third); a.status != 404 || !strings.Contains(a.body, "有効期限") {
		t.Errorf("after its day: %d", a.status)
	}
	if raw := h.stranger().get("/review/" + hash[0][1]); raw.status != 404 {
		t.Error("the stored hash opens the page")
	}
}

// The sheet goes out and comes back, in any order of its rows; a wrong cell is
// named and nothing is taken.
func TestSheetComesBack(t *testing.T) {
	t.Parallel()
	h, lead, _ := audited(t)
	link := lead.link(t)
	p := h.stranger()
	p.post(link, "version", "0", "answer-t1", "4", "text-t1", "=1+1\n𠮷①㈱髙", "answer-c2", "na", "your-function", "営業部長")
	before, err := h.works.Store.Invitation(t.Context(), hashed(strings.TrimPrefix(link, "/review/")))
	if err != nil {
		t.Fatal(err)
	}
	out := p.get(link + "/sheet")
	f, err := excelize.OpenReader(strings.NewReader(out.body))
	if err != nil {
		t.Fatalf("%d %v", out.status, err)
	}
	name := f.GetSheetName(0)
	rows, err := f.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	first := 0
	for i, r := range rows {
		if len(r) > 0 && r[0] == "#" {
			first = i + 1
		}
	}
	for i, from := range rand.New(rand.NewPCG(5, 6)).Perm(10) {
		for col := range 4 {
			text := ""
			if col < len(rows[first+from]) {
				text = rows[first+from][col]
			}
			cell, _ := excelize.CoordinatesToCellName(col+1, first+1+i)
			f.SetCellStr(name, cell, text)
		}
	}
	if a := p.sheet(t, link, f); a.status != 303 {
		t.Fatalf("back: %d %s", a.status, a.body)
	}
	after, err := h.works.Store.Invitation(t.Context(), before.TokenHash)
	if err != nil || fmt.Sprint(after.Draft) != fmt.Sprint(before.Draft) {
		t.Errorf("lost:\n%+v\n%+v", before.Draft, after.Draft)
	}
	f.SetCellStr(name, fmt.Sprintf("C%d", first+1), "とても良い")
	a := p.sheet(t, link, f)
	if a.status != 422 || !strings.Contains(a.body, fmt.Sprintf("C%d", first+1)) || !strings.Contains(a.body, "とても良い") {
		t.Errorf("a wrong cell: %d", a.status)
	}
	if again, _ := h.works.Store.Invitation(t.Context(), before.TokenHash); again.N != after.N {
		t.Error("it was taken over in part")
	}
	if a := p.sheet(t, link, excelize.NewFile()); a.status != 422 {
		t.Errorf("another workbook: %d", a.status)
	}
	shared(t, "sheet", a)
}

// sheet sends a workbook back.
func (h *house) sheet(t *testing.T, link string, f *excelize.File) answer {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("sheet", "review.xlsx")
	if err == nil {
		var book bytes.Buffer
		err = f.Write(&book)
		io.Copy(part, &book)
	}
	w.Close()
	r, bad := http.NewRequest(http.MethodPost, h.url+link+"/sheet", &b)
	if err != nil || bad != nil {
		t.Fatal(err, bad)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	return h.do(r)
}

// A purpose that a partner must not read, or cannot read, makes no link; nor is
// anybody's consent asked without one.
func TestPurposeIsFitToBeRead(t *testing.T) {
	t.Parallel()
	h, lead, _ := audited(t)
	e, err := store.EntryHistory[honne.Audit](t.Context(), h.works.Store, 1)
	if err != nil {
		t.Fatal(err)
	}
	change := func(p honne.Both) {
		t.Helper()
		e[0].Body.Purpose = p
		if e[0], err = store.Enter(t.Context(), h.works.Store, e[0]); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range []honne.Both{{}, {EN: "To look together."}, {JA: "ご一緒に確認するためのものです。"}} {
		change(p)
		if a := lead.post("/audits/A-001/self", "link-days", "21"); a.status != 422 || strings.Contains(a.body, "/review/") || !strings.Contains(a.body, "not written in both languages") {
			t.Errorf("%+v makes a link: %d", p, a.status)
		}
		if a := lead.get(room + "/consent"); a.status != 200 || strings.Contains(a.body, "Before we talk") || !strings.Contains(a.body, "not written in both languages") {
			t.Errorf("%+v: consent is asked: %d", p, a.status)
		}
	}
	if list, err := h.works.Store.Invitations(t.Context(), 1); err != nil || len(list) != 0 {
		t.Errorf("%d links, %v", len(list), err)
	}
	change(honne.Both{EN: "To look together.", JA: "監査のためのものです。"})
	if a := lead.get("/audits/A-001/self"); !strings.Contains(a.body, "These words do not belong") || !strings.Contains(a.body, ">監査</b>") {
		t.Error("a word that shared text goes without is not warned of")
	}
	change(honne.Both{EN: "To look together.", JA: "他の代理店と比べるためのものです。"})
	if a := lead.post("/audits/A-001/self", "link-days", "21"); a.status != 422 || strings.Contains(a.body, "/review/") || !strings.Contains(a.body, `href="/audits/A-001/edit"`) {
		t.Errorf("%d", a.status)
	}
}
