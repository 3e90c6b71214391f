package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/audit"
	"honne/internal/bundle"
	"honne/internal/store"
)

// sendFile posts a file to be taken in.
func (h *house) sendFile(raw []byte) answer {
	h.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "A-001.zip")
	if err == nil {
		_, err = part.Write(raw)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	w.Close()
	r, err := http.NewRequest(http.MethodPost, h.url+"/take-in", &b)
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	return h.do(r)
}

var seenMark = regexp.MustCompile(`name="seen" value="([0-9a-f]+)"`)

// takesIn sends a file, looks at what it holds and takes it in; it returns the
// page that was looked at, and where the visitor was led.
func (h *house) takesIn(raw []byte) (page, to string) {
	h.t.Helper()
	a := h.sendFile(raw)
	at := a.header.Get("Location")
	if a.status != 303 || !strings.HasPrefix(at, "/take-in/") {
		h.t.Fatalf("send: %d %s", a.status, a.body)
	}
	if a = h.get(at); a.status != 200 {
		h.t.Fatalf("look: %d %s", a.status, a.body)
	}
	page = a.body
	mark := seenMark.FindStringSubmatch(page)
	if mark == nil {
		return page, ""
	}
	if a := h.post(at, "seen", "x", "distributor", "miyako-medical"); a.status != 422 {
		h.t.Errorf("what nobody saw is taken in: %d", a.status)
	}
	a = h.post(at, "seen", mark[1], "distributor", "miyako-medical")
	if a.status != 303 {
		h.t.Fatalf("take in: %d %s", a.status, a.body)
	}
	return page, a.header.Get("Location")
}

// auditWritten is an audit with something of most kinds, a document among them, and
// voices off the record, released.
func auditWritten(t *testing.T) (h, lead, second *house) {
	h, lead, second = audited(t)
	makeKeys(t, lead, second)
	for _, c := range [][]string{
		{room + "/new", "record", "on", "pool", "partner", "function", "営業部長", "interview-day", "2026-11-20", "spoken", "ja", "reading-transparency", "3", "text", "情報は共有しています。", "text-en", "They share information.", "talk-place", "video", "asker", "H. Sato"},
		{"/audits/A-001/criteria/transparency", "version", "0", "score", "2", "grade", "A", "because", "reports come late"},
		{"/findings/new?audit=A-001&dimension=transparency", "dimension", "trust.transparency", "kind", "gap", "cause", "own-side", "seen", "Our form asks for too much.", "version", "0"},
	} {
		if a := lead.post(c[0], c[1:]...); a.status != 303 {
			t.Fatalf("%s: %d %s", c[0], a.status, a.body)
		}
	}
	for _, reading := range []int{0, 1, 4, 4, 4} {
		lead.say("partner", reading)
	}
	lead.release()
	file, err := h.receive(t.Context(), Upload{Distributor: 1, Name: "手順書.csv", Bytes: strings.NewReader("得意先名,売上金額\n青葉病院,100\n"), By: 1})
	if err == nil {
		_, err = store.Enter(t.Context(), h.works.Store, honne.Entry[honne.EvidenceRequest]{Distributor: 1, By: 2, Body: honne.EvidenceRequest{Audit: 1,
			Dimension: "trust.transparency", What: honne.Both{EN: "The procedure", JA: "手順書"}, Received: honne.DateOf(noon), File: file, Grade: honne.GradeB}})
	}
	if err != nil {
		t.Fatal(err)
	}
	return h, lead, second
}

// everyPart is all that a handed-over file says.
func everyPart(t *testing.T, raw []byte) string {
	t.Helper()
	b, err := bundle.Open(bytes.NewReader(raw), int64(len(raw)), handedKind(), 0)
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, p := range b.Parts() {
		in, err := b.Part(p.Name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		in.Close()
		if all += p.Name + "\n" + string(text); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// A document whose original is lost is named: on the page before the file is made,
// in its manifest, and where it is taken in.
func TestHandedOverWithoutLostOriginals(t *testing.T) {
	t.Parallel()
	h, lead, _ := auditWritten(t)
	lead.lacks("/audits/A-001", "will not be in the file")
	whole := []byte(lead.get("/audits/A-001/file").body)
	b, err := bundle.Open(bytes.NewReader(whole), int64(len(whole)), handedKind(), 0)
	if err != nil || len(b.Parts()) < 2 {
		t.Fatalf("%v", err)
	}
	lost := b.Parts()[1]
	if err := os.Remove(filepath.Join(h.vault, lost.SHA256[:2], lost.SHA256)); err != nil {
		t.Fatal(err)
	}
	lead.holds("/audits/A-001", "will not be in the file", strings.TrimPrefix(lost.Name, documentsFolder))
	lead.holds("/audits/A-001?lang=ja", "原本が失われており")
	raw := []byte(lead.get("/audits/A-001/file").body)
	var about struct{ Missing []string }
	if b, err = bundle.Open(bytes.NewReader(raw), int64(len(raw)), handedKind(), 0); err != nil || b.About(&about) != nil || !slices.Equal(about.Missing, []string{lost.Name}) {
		t.Fatalf("%v: the manifest says %q", err, about.Missing)
	}
	if page := lead.get(lead.sendFile(raw).header.Get("Location")); !strings.Contains(page.body, "失われています") && !strings.Contains(page.body, "does not hold them") {
		t.Errorf("taking it in says nothing:\n%s", page.body)
	}
}

// The file of an audit is the same to the byte whatever was said off the record,
// by however many, released or not; and only who audits hands it over.
func TestHandedOverWithoutVoices(t *testing.T) {
	t.Parallel()
	h, lead, second := auditWritten(t)
	first := lead.get("/audits/A-001/file")
	all := everyPart(t, []byte(first.body))
	for _, want := range []string{"情報は共有しています。", "reports come late", "Our form asks", "documents/E-", "青葉病院,100", "auditor@nordhaven.example"} {
		if !strings.Contains(all, want) {
			t.Errorf("the file lacks %s", want)
		}
	}
	for _, not := range []string{secret, "青鷺", "age1", "Median", "Themes", "Least", "Hotline", "hotline@", "Held", "Quarter", "voice", "Lead\"", "Team\""} {
		if strings.Contains(all, not) {
			t.Errorf("the file holds %s", not)
		}
	}
	second.say("partner", 0)
	second.say("ours", 1)
	if again := lead.get("/audits/A-001/file"); again.body != first.body {
		t.Error("two voices more change the file")
	}
	lead.release()
	if again := lead.get("/audits/A-001/file"); again.body != first.body {
		t.Error("a release changes the file")
	}
	for who, p := range map[string]*house{"manager": h, "cfo": h.person("cfo"), "viewer": h.person("viewer")} {
		if a := p.get("/audits/A-001/file"); a.status != 404 {
			t.Errorf("%s: %d", who, a.status)
		}
	}
	if events, err := h.works.Store.History(t.Context(), store.Wanted{Under: "/audits/A-001/file"}, 9); err != nil || len(events) == 0 || events[0].Verb != store.Exported {
		t.Errorf("%+v, %v", events, err)
	}
}

// In another house the audit becomes a new one; the same file again adds nothing;
// what two people changed becomes versions, the one here kept behind it.
func TestTakenInElsewhere(t *testing.T) {
	t.Parallel()
	_, lead, _ := auditWritten(t)
	there := newHouse(t)
	there.settle()
	there.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	file := []byte(lead.get("/audits/A-001/file").body)
	page, to := there.takesIn(file)
	if !strings.Contains(page, "Our form asks") || !strings.Contains(page, "auditor@nordhaven.example") || to != "/audits/A-001?done=taken-in" {
		t.Fatalf("%s %s", to, page)
	}
	for path, want := range map[string]string{"/audits/A-001": "opened by auditor@nordhaven.example", room + "/I-001": "情報は共有しています。",
		"/audits/A-001/criteria/transparency": "as stated in a file", "/findings/F-001": "auditor@nordhaven.example (as stated", "/audits/A-001/requests": "手順書"} {
		if a := there.get(path); a.status != 200 || !strings.Contains(a.body, want) {
			t.Errorf("%s lacks %q: %d", path, want, a.status)
		}
	}
	if page, to := there.takesIn(file); to != "" || !strings.Contains(page, "here already") {
		t.Errorf("again: %s", to)
	}
	finding := []string{"dimension", "trust.transparency", "kind", "gap", "cause", "own-side", "version", "1", "seen"}
	if a := lead.post("/findings/F-001", append(finding, "Changed by the auditor.")...); a.status != 303 {
		t.Fatalf("%d", a.status)
	}
	local := there.person("auditor")
	if _, err := store.Enter(t.Context(), there.works.Store, teamOf(t, there, 2)); err != nil {
		t.Fatal(err)
	}
	if a := local.post("/findings/F-001", append(finding, "Changed here.")...); a.status != 303 {
		t.Fatalf("%d", a.status)
	}
	if page, _ := there.takesIn([]byte(lead.get("/audits/A-001/file").body)); !strings.Contains(page, "behind the version of auditor@") {
		t.Errorf("%s", page)
	}
	history, err := store.EntryHistory[honne.Finding](t.Context(), there.works.Store, 1)
	var texts []string
	for _, e := range history {
		texts = append(texts, e.Body.Seen)
	}
	if err != nil || strings.Join(texts, "|") != "Our form asks for too much.|Changed here.|Changed by the auditor." {
		t.Errorf("%v %v", texts, err)
	}
	if err := there.works.Store.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// teamOf is the one audit with somebody on its team.
func teamOf(t *testing.T, h *house, u honne.UserID) honne.Entry[honne.Audit] {
	t.Helper()
	list, err := h.works.Store.Audits(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("%d audits, %v", len(list), err)
	}
	list[0].Body.Team = append(list[0].Body.Team, u)
	return list[0]
}

// In the house that handed it over, only what came to it since is added: an older
// file overwrites nothing.
func TestTakenInAtHome(t *testing.T) {
	t.Parallel()
	h, lead, _ := auditWritten(t)
	old := []byte(lead.get("/audits/A-001/file").body)
	if page, to := h.takesIn(old); to != "" || strings.Contains(page, "new version") {
		t.Errorf("nothing is new: %s", to)
	}
	if a := lead.post("/audits/A-001/criteria/transparency", "version", "1", "score", "3", "grade", "A", "because", "better"); a.status != 303 {
		t.Fatal(a.status)
	}
	if page, to := h.takesIn(old); to != "" || strings.Contains(page, "new version") {
		t.Errorf("an older file: %s", to)
	}
	if ratings, err := store.EntryHistory[honne.Rating](t.Context(), h.works.Store, 1); err != nil || len(ratings) != 2 || ratings[1].Body.Score != 3 {
		t.Errorf("%+v, %v", ratings, err)
	}
	if a := h.person("cfo").sendFile(old); a.status != 404 {
		t.Errorf("who may open no audit: %d", a.status)
	}
	stranger := h.person("auditor") // on no team: the audit does not exist
	if a := stranger.get(stranger.sendFile(old).header.Get("Location")); a.status != 404 {
		t.Errorf("an auditor of others: %d", a.status)
	}
}

// What no house writes is refused whole: damage, other kinds, other fields.
func TestTakeInRefuses(t *testing.T) {
	t.Parallel()
	h, lead, _ := auditWritten(t)
	good := []byte(lead.get("/audits/A-001/file").body)
	bad := map[string][]byte{"cut": good[:len(good)-9], "none": []byte("x"), "altered": bytes.Replace(good, good[60:64], []byte("abcd"), 1)}
	for name, raw := range bad {
		if a := h.sendFile(raw); a.status != 422 {
			t.Errorf("%s: %d", name, a.status)
		}
	}
	opened := audit.HandedEntry{Kind: honne.EntryAudit, Code: "A-001", Body: json.RawMessage(`{"Title":"x","From":"2025-04-01","To":"2026-03-31","Known":"2026-04-01"}`)}
	for name, e := range map[string]audit.HandedEntry{
		"voices together": {Kind: honne.EntryReleased, Body: json.RawMessage(`{"Audit":1,"Dimension":"trust.transparency","Pool":"partner","Median":1}`)},
		"another field":   {Kind: honne.EntryInterview, Body: json.RawMessage(`{"Pool":"partner","Said":"x"}`)},
		"a second audit":  opened,
		"a red flag":      {Kind: honne.EntryRedFlag, Body: json.RawMessage(`{}`)},
	} {
		var out bytes.Buffer
		w := bundle.NewWriter(&out)
		part, err := w.Part(auditPart)
		if err == nil {
			err = json.NewEncoder(part).Encode(audit.Handed{Origin: "o", Code: "A-001", Entries: []audit.HandedEntry{opened, e}})
		}
		if err == nil {
			err = w.Close(handedKind(), nil)
		}
		if err != nil {
			t.Fatal(err)
		}
		at := h.sendFile(out.Bytes()).header.Get("Location")
		if a := h.get(at); a.status != 422 || !strings.Contains(a.body, "something that no audit holds") {
			t.Errorf("%s: %d", name, a.status)
		}
		if a := h.post(at, "distributor", "miyako-medical"); a.status != 422 {
			t.Errorf("%s, taken in: %d", name, a.status)
		}
	}
	if list, err := h.works.Store.Audits(t.Context()); err != nil || len(list) != 1 {
		t.Error(fmt.Sprint(len(list), err))
	}
}
