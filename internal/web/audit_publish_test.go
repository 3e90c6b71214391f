package web

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"honne"
	"honne/internal/store"
)

// audited enters an audit of a distributor that is ready to be shared but for its
// purpose.
func (h *house) audited(t *testing.T) honne.Entry[honne.Audit] {
	t.Helper()
	h.post("/distributors/new", "name", "Miyako Medical", "name-ja", "株式会社みやこメディカル", "starts", "4")
	d, err := h.works.Store.DistributorBySlug(t.Context(), "miyako-medical")
	if err != nil {
		t.Fatal(err)
	}
	x := put(t, h, d.ID, honne.Audit{Title: "FY2026", From: honne.NewDate(2025, 4, 1), To: honne.NewDate(2026, 3, 31), Known: honne.NewDate(2026, 4, 30),
		Auditor: honne.Auditor{Name: "Hanako Sato"}, Purpose: honne.Both{EN: "To look together."}})
	for i, both := range []honne.Both{{EN: "Every visit has its minutes.", JA: "ご訪問のたびに議事録を頂戴しております。"}, {EN: "Records of complaints are complete.", JA: "苦情の記録はすべて整っております。"}} {
		put(t, h, d.ID, honne.Finding{Audit: x.Number, Dimension: honne.AllDimensions[i].Slug, Kind: honne.FindingStrength, Seen: "seen", Internal: "FRANK", Share: true, Partner: both,
			Evidence: []honne.EvidenceLink{{Kind: "document", Ref: "minutes.docx"}}})
	}
	put(t, h, d.ID, honne.Finding{Audit: x.Number, Dimension: "trust.transparency", Kind: honne.FindingGap, Cause: honne.CauseOurs, Seen: "no field", Internal: "FRANK", Share: true,
		Partner: honne.Both{EN: "Our form has no field for the site.", JA: "当社の様式に施設名の欄がございません。"}, Ours: honne.Both{EN: "We send a new form by 30 September.", JA: "9月30日（水）までに新しい様式をお届けします。"}})
	put(t, h, d.ID, honne.Rating{Audit: x.Number, Dimension: "trust.transparency", Score: 1, Grade: honne.GradeA, Because: "FRANK"})
	return x
}

func put[T honne.Entered](t *testing.T, h *house, d honne.DistributorID, body T) honne.Entry[T] {
	t.Helper()
	e, err := store.Enter(t.Context(), h.works.Store, honne.Entry[T]{Distributor: d, Body: body, By: 1})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// text is all that a file says, unpacked where it is a workbook.
func text(t *testing.T, b string) string {
	t.Helper()
	if strings.HasPrefix(b, "%PDF") {
		return pdfText(t, []byte(b))
	}
	z, err := zip.NewReader(strings.NewReader(b), int64(len(b)))
	if err != nil {
		return b
	}
	var out bytes.Buffer
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(&out, r)
		r.Close()
	}
	return out.String()
}

var seenDigest = regexp.MustCompile(`name="seen-(\w+)" value="([0-9a-f]{64})"`)
var headInForm = regexp.MustCompile(`name="head" value="([^"]*)"`)

// A document goes out as it was seen, byte for byte, with who, when, its digest
// and the head of the history; what it lacks, and who may not, keeps it in.
func TestPublish(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	x := h.audited(t)
	const at = "/audits/A-001/publish"
	a := h.get(at)
	if a.status != http.StatusOK || !strings.Contains(a.body, "not written in both languages") || strings.Contains(a.body, `class="btn primary"`) {
		t.Errorf("a purpose in one language: %d", a.status)
	}
	h.inBoth(x)
	if a := h.post(at, "format", "pdf", "seen-pdf", strings.Repeat("0", 64)); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "has changed since") {
		t.Errorf("other bytes than were seen: %d", a.status)
	}
	for _, format := range []string{"pdf", "html", "xlsx"} {
		h.publish(t, at, format)
	}
	if a := h.get(at); strings.Contains(a.body, `id="h-w"`) {
		t.Error("it warns of nothing")
	}
	if a := h.get(at + "?edition=internal&in=en"); !strings.Contains(a.body, "goes to the partner") {
		t.Error("our own edition is not there")
	}
	h.publish(t, at+"?edition=internal&in=en", "html")
	for _, kind := range []string{"dossier", "transition"} { // never for a partner
		h.publish(t, at+"?edition=internal&in=en&kind="+kind, "pdf")
		for _, wrong := range []string{"?edition=partner&kind=" + kind, "/file?edition=partner&format=html&kind=" + kind, "?head=0:nothing", "?head=1:" + strings.Repeat("0", 64)} {
			if a := h.get(at + wrong); a.status != http.StatusNotFound {
				t.Errorf("%s: %d", wrong, a.status)
			}
		}
	}
	h.mayNot(t, at)
}

// inBoth writes the purpose of an audit in Japanese too.
func (h *house) inBoth(x honne.Entry[honne.Audit]) {
	h.t.Helper()
	x.Body.Purpose.JA = "本レビューの結果は、今後のお取引条件の検討にも用います。"
	if _, err := store.Enter(h.t.Context(), h.works.Store, x); err != nil {
		h.t.Fatal(err)
	}
}

// publish publishes a format and takes the same bytes out again.
func (h *house) publish(t *testing.T, at, format string) {
	t.Helper()
	seen, page := map[string]string{}, h.get(at).body
	for _, m := range seenDigest.FindAllStringSubmatch(page, -1) {
		seen[m[1]] = m[2]
	}
	inside := headInForm.FindStringSubmatch(page)[1]
	h.get("/audits/A-001") // the history goes on while somebody reads
	if a := h.post(at, "format", format, "seen-"+format, seen[format], "head", inside); a.status != http.StatusSeeOther {
		t.Fatalf("publish %s: %d", format, a.status)
	}
	list, err := store.Entries[honne.Publication](t.Context(), h.works.Store, 1)
	if err != nil {
		t.Fatal(err)
	}
	p := list[len(list)-1]
	file := h.get("/audits/A-001/publications/" + strconv.Itoa(p.Number))
	sum := sha256.Sum256([]byte(file.body))
	if got := hex.EncodeToString(sum[:]); got != seen[format] || got != p.Body.SHA256 || p.By != 1 {
		t.Errorf("%s: %s went out, %s was seen, %+v", format, got, seen[format], p)
	}
	if page := h.get(at).body; !strings.Contains(page, p.Body.SHA256) || !strings.Contains(page, p.Body.Head) {
		t.Errorf("%s is not in the list", format)
	}
	head, err := store.ParseHead(p.Body.Head)
	if err != nil {
		t.Fatal(err)
	}
	witness, err := store.ParseHead(inside)
	if err != nil || witness.N == 0 || !strings.Contains(strings.Join(strings.Fields(text(t, file.body)), ""), inside) {
		t.Errorf("%s does not hold the head %s of the history: %v", format, inside, err)
	}
	if err := h.works.Store.CheckHistory(t.Context(), head, witness); err != nil {
		t.Error(err)
	}
	events, err := h.works.Store.History(t.Context(), store.Wanted{Under: "/audits/A-001/publications", Before: head.N + 1}, 1)
	if err != nil || len(events) != 1 || events[0].N != head.N || events[0].Verb != store.Published || !strings.HasSuffix(events[0].Detail, p.Body.SHA256) {
		t.Errorf("the history says %+v, %v", events, err)
	}
	if p.Body.Voice != "partner" {
		return
	}
	said := strings.ToLower(text(t, file.body) + file.header.Get("Content-Disposition"))
	for _, word := range []string{"honne", "frank", "sato", "a-001", "audit", "監査", "本音"} {
		if strings.Contains(said, word) {
			t.Errorf("%s: %q leaves", format, word)
		}
	}
}

// mayNot: for who may not, none of it exists.
func (h *house) mayNot(t *testing.T, at string) {
	t.Helper()
	for role, want := range map[string]struct{ page, post, internal, postInternal, file int }{
		"viewer":   {404, 404, 404, 404, 404},
		"cfo":      {200, 404, 404, 404, 404},
		"director": {200, 422, 200, 422, 200},
	} {
		h.as(role)
		for path, status := range map[string]int{at: want.page, at + "/file?format=pdf": want.page, at + "?edition=internal": want.internal,
			"/audits/A-001/publications/1": want.page, "/audits/A-001/publications/4": want.file, "/audits/A-001/publications/9": 404} {
			if a := h.get(path); a.status != status {
				t.Errorf("%s opens %s: %d, want %d", role, path, a.status, status)
			}
		}
		for path, status := range map[string]int{at: want.post, at + "?edition=internal": want.postInternal} {
			if a := h.post(path, "format", "pdf"); a.status != status {
				t.Errorf("%s publishes %s: %d, want %d", role, path, a.status, status)
			}
		}
	}
}

// Another distributor, a contact and whoever wrote mail are named as lacking, with
// the text, in both languages; then nothing goes out. A sign that the font lacks is
// named.
func TestPublishNamesWhatIsNotForThePartner(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	x := h.audited(t)
	h.inBoth(x)
	h.post("/distributors/new", "name", "Aozora Medical KK", "name-ja", "あおぞらメディカル株式会社", "starts", "4")
	put(t, h, 1, honne.Contact{Function: honne.FunctionSales, Name: "高橋 誠"})
	if _, err := h.works.Store.AddMail(t.Context(), 1, []honne.Mail{{Key: "1", Path: "m#1", Side: honne.Theirs, Kind: honne.Substance, Receipt: honne.Receipt{At: honne.NewDate(2026, 4, 2).At(9, 0), Basis: honne.ByMessage}, From: honne.Person{Name: "Tanaka Ichiro (Sales)", Address: "tanaka@miyako.example.jp"}}}); err != nil {
		t.Fatal(err)
	}
	const at = "/audits/A-001/publish"
	point := put(t, h, 1, honne.Finding{Audit: x.Number, Dimension: "trust.transparency", Kind: honne.FindingGap, Seen: "seen", Share: true, Partner: honne.Both{EN: "Let us look at the sites together 🙂.", JA: "施設をご一緒に確認したく存じます🙂。"}})
	a := h.get(at)
	if !strings.Contains(a.body, "The font of the PDF lacks 🙂; 〓 is drawn there") || !strings.Contains(a.body, `class="btn primary"`) {
		t.Error("the sign that the font lacks is not named, or keeps the document in")
	}
	point.Body.Partner = honne.Both{EN: "Mr Tanaka knows that Aozora Medical shows every site.", JA: "あおぞらメディカル様は全施設名を開示されています。当社の高橋からお聞きしました。"}
	if _, err := store.Enter(t.Context(), h.works.Store, point); err != nil {
		t.Fatal(err)
	}
	for language, wants := range map[string][]string{"en": {"“Aozora Medical” names another distributor", "“あおぞらメディカル” names another", "“Mr Tanaka” names a person", "“高橋” names a person", "in “あおぞらメディカル様は全施設名を開示されています。"},
		"ja": {"ほかの販売代理店の名称（あおぞらメディカル）", "個人名（Mr Tanaka）", "個人名（高橋）"}} {
		h.get(at + "?lang=" + language)
		page := h.post(at, "format", "pdf")
		if page.status != http.StatusUnprocessableEntity {
			t.Errorf("published: %d", page.status)
		}
		for _, want := range wants {
			if !strings.Contains(page.body, want) {
				t.Errorf("%s: %s is not said", language, want)
			}
		}
	}
	if list, err := store.Entries[honne.Publication](t.Context(), h.works.Store, 1); err != nil || len(list) > 0 {
		t.Errorf("%d went out, %v", len(list), err)
	}
}
