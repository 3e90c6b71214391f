package web

import (
	"fmt"
	"html"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/store"
)

const pass = "seven quiet herons at dawn"

// secret stands in every text that is said off the record, and nowhere else.
const secret = "SECRET-青鷺"

// person signs somebody of a role in, beside those who are.
func (h *house) person(role string) *house {
	h.t.Helper()
	u, err := h.works.Store.UserByEmail(h.t.Context(), "kirsten@nordhaven.example")
	if err != nil {
		h.t.Fatal(err)
	}
	email := role + "@nordhaven.example"
	for n := 2; ; n++ {
		if _, err := h.works.Store.UserByEmail(h.t.Context(), email); err != nil {
			break
		}
		email = fmt.Sprintf("%s%d@nordhaven.example", role, n)
	}
	if _, err := h.works.Store.AddUser(h.t.Context(), store.User{Name: email, Email: email, Role: role, PasswordHash: u.PasswordHash}); err != nil {
		h.t.Fatal(err)
	}
	p := h.stranger()
	if a := p.post("/sign-in", "email", email, "password", "a quiet morning in Kyoto"); a.status != 303 {
		h.t.Fatalf("%s: %d", email, a.status)
	}
	return p
}

// stranger is another browser.
func (h *house) stranger() *house {
	p := &house{t: h.t, url: h.url, works: h.works}
	p.http = &http.Client{CheckRedirect: h.http.CheckRedirect}
	p.http.Jar, _ = cookiejar.New(nil)
	return p
}

// audited is a house with an audit: its lead, and a second interviewer.
func audited(t *testing.T) (h, lead, second *house) {
	t.Helper()
	h = newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "name-ja", "株式会社みやこ", "starts", "4")
	lead, second = h.person("auditor"), h.person("auditor")
	d, err := h.works.Store.DistributorBySlug(t.Context(), "miyako-medical")
	if err != nil {
		t.Fatal(err)
	}
	day := honne.DateOf(noon)
	_, err = store.Enter(t.Context(), h.works.Store, honne.Entry[honne.Audit]{Distributor: d.ID, By: 2, Body: honne.Audit{Title: "業務レビュー", Known: day,
		From: day - 365, To: day, Recorded: noon, Lead: 2, Team: []honne.UserID{3}, Purpose: honne.Both{EN: "To look together at what works.", JA: "ご一緒に確認するためのものです。"}}})
	if err != nil {
		t.Fatal(err)
	}
	return h, lead, second
}

const room, meantAt = "/audits/A-001/interviews", miyako + "/evidence/measure/said-meant-gap"

// keys makes both keys; it returns the recovery lines.
func makeKeys(t *testing.T, lead, second *house) (lines []string) {
	t.Helper()
	sheet := regexp.MustCompile(`AGE-SECRET-KEY-1[0-9A-Z]+`)
	for _, c := range []struct {
		who  *house
		form []string
	}{
		{lead, []string{"which", "audit", "least", "5", "hotline", "hotline@nordhaven.example", "audit-pass", pass, "audit-again", pass}},
		{lead, []string{"which", "own", "own-pass", pass, "own-again", pass}},
		{second, []string{"which", "own", "own-pass", pass, "own-again", pass}},
	} {
		a := c.who.post(room+"/key", c.form...)
		line := sheet.FindString(a.body)
		if a.status != 200 || line == "" {
			t.Fatalf("make key: %d %s", a.status, a.body)
		}
		lines = append(lines, line)
	}
	return lines
}

// say logs somebody off the record, with a reading of transparency and with more.
func (h *house) say(pool string, reading int, more ...string) {
	h.t.Helper()
	h.speak(pool, append([]string{"reading-transparency", fmt.Sprint(reading)}, more...)...)
}

func (h *house) speak(pool string, readings ...string) {
	h.t.Helper()
	a := h.post(room+"/new", append(readings, "record", "off", "pool", pool, "basis", "own", "spoken", "ja", "consented", "1",
		"text", secret+" 社内では優先順位が低い", "text-en", secret+" It comes last with us.", "talk-place", "customer", "asker", secret+" Sato")...)
	if a.status != 303 {
		h.t.Fatalf("log: %d %s", a.status, a.body)
	}
}

func (h *house) open(which string) {
	h.t.Helper()
	if a := h.post(room+"/unlock", "which", which, which+"-pass", pass); a.status != 303 {
		h.t.Fatalf("unlock %s: %d", which, a.status)
	}
}

func (h *house) release() {
	h.t.Helper()
	h.open("audit")
	if a := h.post(room + "/release"); a.status != 303 || !strings.HasSuffix(a.header.Get("Location"), "done=released") {
		h.t.Fatalf("release: %d %s", a.status, a.header.Get("Location"))
	}
}

// A note is read, edited and removed by its interviewer alone, while the key is
// open; the key closes by itself.
func TestNotesAreTheirInterviewersOwn(t *testing.T) {
	t.Parallel()
	h, lead, second := audited(t)
	lines := makeKeys(t, lead, second)
	if a := second.post(room+"/key", "which", "audit", "least", "5", "audit-pass", pass, "audit-again", pass); a.status != 404 {
		t.Errorf("the audit's key is the lead's: %d", a.status)
	}
	second.say("partner", 2)
	list, err := h.works.Store.Voices(t.Context(), 1)
	if err != nil || len(list) != 1 {
		t.Fatal(err)
	}
	at := room + "/" + list[0].ID
	if a := second.get(at); a.status != 200 || !strings.Contains(a.body, secret+" 社内") || !strings.Contains(a.body, secret+" It comes last") || !strings.Contains(a.body, secret+" Sato") || !strings.Contains(a.body, `value="customer" selected`) {
		t.Errorf("own note: %d", a.status)
	}
	for who, p := range map[string]*house{"lead": lead, "manager": h} {
		if a := p.get(at); a.status != 404 {
			t.Errorf("%s reads another's note: %d", who, a.status)
		}
		if a := p.post(at+"/remove", "version", "0"); a.status != 404 {
			t.Errorf("%s removes another's note: %d", who, a.status)
		}
	}
	if a := second.post(at, "record", "off", "pool", "partner", "basis", "own", "reading-transparency", "2", "text", secret+" edited"); a.status != 303 {
		t.Errorf("edit: %d %s", a.status, a.body)
	}
	again, err := h.works.Store.Voices(t.Context(), 1)
	if err != nil || again[0].Text == list[0].Text || again[0].Readings != list[0].Readings {
		t.Errorf("the same readings stay as they are sealed: %v", err)
	}
	h.wait(openFor)
	if a := second.get(at); a.status != 303 {
		t.Errorf("after a quarter of an hour: %d", a.status)
	}
	if a := second.post(room+"/unlock", "which", "own", "own-pass", "seven quiet herons at dusk"); a.status != 422 {
		t.Errorf("wrong passphrase: %d", a.status)
	}
	if a := second.post(room+"/recover", "which", "own", "own-line", lines[1], "own-pass", "another passphrase", "own-again", "another passphrase"); a.status != 422 {
		t.Errorf("another's sheet: %d", a.status)
	}
	if a := second.post(room+"/recover", "which", "own", "own-line", lines[2], "own-pass", "another passphrase", "own-again", "another passphrase"); a.status != 303 {
		t.Errorf("recovery: %d %s", a.status, a.body)
	}
	if a := second.get(at); a.status != 200 || !strings.Contains(a.body, "edited") {
		t.Errorf("recovered: %d", a.status)
	}
	if a := second.post(room+"/lock", "which", "own"); a.status != 303 {
		t.Errorf("lock: %d", a.status)
	}
	if a := second.get(at); a.status != 303 {
		t.Errorf("locked: %d", a.status)
	}
	if a := second.post(at + "/remove"); a.status != 303 {
		t.Errorf("remove: %d", a.status)
	}
	if list, _ := h.works.Store.Voices(t.Context(), 1); len(list) != 0 {
		t.Error("it is still there")
	}
}

// What people speak under is chosen before anybody spoke, and told to each.
func TestFewerThanFiveNeedsAReason(t *testing.T) {
	t.Parallel()
	h, lead, _ := audited(t)
	for _, c := range []struct {
		least, why string
		want       int
	}{{"2", "small team", 422}, {"4", "", 422}, {"", "x", 422}, {"3", "The line has three people.", 200}} {
		a := lead.post(room+"/key", "which", "audit", "least", c.least, "least-why", c.why, "audit-pass", pass, "audit-again", pass)
		if a.status != c.want {
			t.Errorf("%q %q: %d", c.least, c.why, a.status)
		}
	}
	if a := lead.post(room+"/key", "which", "audit", "least", "5", "audit-pass", pass, "audit-again", pass); a.status != 409 {
		t.Errorf("a second key: %d", a.status)
	}
	if a := lead.get(room + "/consent"); !strings.Contains(a.body, "3名以上") || !strings.Contains(a.body, "1 December 2026") || !strings.Contains(a.body, "ご一緒に確認するためのものです。") {
		t.Errorf("consent: %s", a.body)
	}
	for path, says := range map[string]string{"/audits/A-001/gap": "fewer than 3 voices", "/audits/A-001/criteria/transparency": "fewer than 3 voices", room: "when at least 3 people spoke"} {
		a := lead.get(path)
		if !strings.Contains(a.body, says) || strings.Contains(a.body, "5 voices") {
			t.Errorf("%s does not say how many are needed", path)
		}
		if strings.Contains(a.body, "The line has three people.") != (path != "/audits/A-001/criteria/transparency") {
			t.Errorf("%s: the reason for fewer than five is missing, or stands where it is not read", path)
		}
	}
	if a := h.person("viewer").get("/audits/A-001/gap"); strings.Contains(a.body, "The line has three people.") {
		t.Errorf("whoever does not hear what voices say together reads why")
	}
	if a := lead.post(room+"/new", "record", "off", "pool", "partner", "basis", "own"); a.status != 409 && a.status != 422 {
		t.Errorf("without consent: %d", a.status)
	}
}

// chainPart is what the page of the history says of its end.
var chainPart = regexp.MustCompile(`(?s)<section [^>]*aria-labelledby="h-c">.*?</section>`)

// bodies are all pages that somebody reaches. What is to be published bears the
// head of the history, which goes on with each visit, and so does the history: they
// are looked at as of one head.
func bodies(t *testing.T, p *house, head store.Head, start ...string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for queue := start; len(queue) > 0 && len(out) < 120; {
		path := queue[0]
		queue = queue[1:]
		if _, seen := out[path]; seen {
			continue
		}
		ask := path
		if strings.HasSuffix(path, "/publish") {
			ask += "?head=" + head.String()
		}
		if path == "/history" {
			ask += fmt.Sprint("?before=", head.N+1)
		}
		a := p.get(ask)
		a.body = chainPart.ReplaceAllString(a.body, "")
		if a.status >= 500 {
			t.Errorf("%s: %d", path, a.status)
		}
		if a.status != 200 {
			continue
		}
		out[path] = a.body
		for _, m := range hrefs.FindAllStringSubmatch(a.body, -1) {
			next := strings.Split(html.UnescapeString(m[1]), "#")[0]
			if !strings.HasPrefix(next, "/static/") && !strings.ContainsAny(next, "?") {
				queue = append(queue, next)
			}
		}
	}
	return out
}

// answered is an audit with its keys and one answer of the partner about itself.
func answered(t *testing.T) (h, lead, second *house, d honne.Distributor) {
	h, lead, second = audited(t)
	makeKeys(t, lead, second)
	d, err := h.works.Store.DistributorBySlug(t.Context(), "miyako-medical")
	if err == nil {
		_, err = store.Enter(t.Context(), h.works.Store, honne.Entry[honne.SelfAnswer]{Distributor: d.ID, By: 2, Body: honne.SelfAnswer{Audit: 1, Dimension: "trust.transparency", Score: 4}})
	}
	if err != nil {
		t.Fatal(err)
	}
	return h, lead, second, d
}

// With four voices nothing derived from them stands anywhere; a fifth is shown
// with the four, and a sixth, or one that is taken back, changes nothing.
func TestVoicesCannotBeTold(t *testing.T) {
	t.Parallel()
	h, lead, second, _ := answered(t)
	people := map[string]*house{"manager": h, "director": h.person("director"), "regulatory": h.person("regulatory"), "cfo": h.person("cfo"),
		"counsel": h.person("counsel"), "viewer": h.person("viewer"), "second": second}
	second.post(room+"/lock", "which", "own")
	head, err := h.works.Store.Head(t.Context())
	if err != nil || head.N == 0 {
		t.Fatal(head, err)
	}
	see := func() map[string]map[string]string {
		all := map[string]map[string]string{}
		for who, p := range people {
			all[who] = bodies(t, p, head, "/", "/audits", "/audits/A-001", room, "/audits/A-001/gap", "/audits/A-001/criteria/transparency", "/audits/A-001/outcome",
				meantAt)
		}
		return all
	}
	lead.release()
	nobody, quiet := see(), traces(t, h, 2)
	for _, reading := range []int{0, 1, 4} {
		lead.say("partner", reading)
	}
	second.say("partner", 4)
	second.say("ours", 4)
	lead.release()
	same(t, "four voices", nobody, see())
	lead.say("partner", 4)
	same(t, "five, not released", nobody, see())
	lead.release()
	five := see()
	if m := five["manager"][room]; !strings.Contains(m, "4.0") {
		t.Errorf("five voices are heard by nobody: %s", m)
	}
	if m := five["manager"][meantAt]; !strings.Contains(m, "A-001: on 1 criterion") || strings.Contains(nobody["manager"][meantAt], "A-001") {
		t.Errorf("the measure of five voices: %s", m)
	}
	for _, who := range []string{"regulatory", "cfo", "counsel"} {
		same(t, who, map[string]map[string]string{who: nobody[who]}, map[string]map[string]string{who: five[who]})
	}
	second.say("partner", 0)
	lead.release()
	same(t, "a sixth", five, see())
	second.open("own")
	list, err := h.works.Store.Voices(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list, func(v store.Voice) bool { return v.Owner == 3 })
	if a := second.post(room + "/" + list[i].ID + "/remove"); a.status != 303 {
		t.Fatalf("remove: %d", a.status)
	}
	second.post(room+"/lock", "which", "own")
	lead.release()
	same(t, "one taken back", five, see())
	if n := traces(t, h, 2); n != quiet {
		t.Errorf("the history tells that the lead listened: %d events became %d", quiet, n)
	}
	nowhere(t, h)
}

// Who mends the readings of voices that counted does not make them new: with one
// voice more the number would be worked out anew, and tell what that one said.
func TestChangedVoicesAreNotNew(t *testing.T) {
	t.Parallel()
	h, lead, _, d := answered(t)
	for _, reading := range []int{0, 2, 3, 4, 4} {
		lead.say("partner", reading)
	}
	lead.release()
	shown := func() string {
		t.Helper()
		list, err := h.works.Store.Assessments(t.Context(), d.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list[0].Released { // what five add on another criterion is a number of its own
			if r.Dimension == "trust.transparency" {
				return fmt.Sprint(r)
			}
		}
		return ""
	}
	before := shown()
	lead.open("own")
	list, err := h.works.Store.Voices(t.Context(), 1)
	if err != nil || len(list) != 5 || before == "" {
		t.Fatal(before, err)
	}
	change := func(id string, more ...string) {
		t.Helper()
		reading := regexp.MustCompile(`name="reading-transparency">.*?value="(\d)" selected`).FindStringSubmatch(lead.get(room + "/" + id).body)
		if reading == nil {
			t.Fatal("no reading on the page")
		}
		form := append([]string{"record", "off", "pool", "partner", "basis", "own", "reading-transparency", reading[1], "text", secret}, more...)
		if a := lead.post(room+"/"+id, form...); a.status != 303 {
			t.Fatalf("change: %d %s", a.status, a.body)
		}
	}
	for i, v := range list { // once, and once more
		change(v.ID, "reading-culture-communication", fmt.Sprint(i%5))
		change(v.ID, "reading-culture-communication", "1")
	}
	lead.say("partner", 0)
	lead.release()
	if now := shown(); now != before {
		t.Errorf("a sixth voice is heard behind five that were changed:\n%s\n%s", before, now)
	}
	for range 4 {
		lead.say("partner", 0)
	}
	lead.release()
	if now := shown(); now == before {
		t.Error("five new voices are heard by nobody")
	}
}

// traces counts the events of a person.
func traces(t *testing.T, h *house, by honne.UserID) int {
	t.Helper()
	list, err := h.works.Store.History(t.Context(), store.Wanted{By: &by}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func same(t *testing.T, what string, before, after map[string]map[string]string) {
	t.Helper()
	for who, pages := range before {
		for path, body := range pages {
			if now, ok := after[who][path]; !ok || now != body {
				t.Errorf("%s: %s sees it at %s", what, who, path)
			}
		}
		for path, body := range after[who] {
			if _, was := pages[path]; !was {
				t.Errorf("%s: %s reaches %s anew", what, who, path)
			}
			if strings.Contains(body, secret) {
				t.Errorf("%s: %s reads it at %s", what, who, path)
			}
		}
	}
}

// nowhere searches the files of the database and the history for what was said,
// and for when.
func nowhere(t *testing.T, h *house) {
	t.Helper()
	events, err := h.works.Store.History(t.Context(), store.Wanted{}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if strings.Contains(e.Object, "/interviews") {
			t.Errorf("the history says when: %+v", e)
		}
	}
	found := 0
	filepath.WalkDir(h.data, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if found++; err == nil && strings.Contains(string(raw), "青鷺") {
			t.Errorf("%s holds what was said", path)
		}
		return nil
	})
	if found == 0 {
		t.Error("no file was searched")
	}
}

// On the record: an entry with its code, that others read.
func TestInterviewOnRecord(t *testing.T) {
	t.Parallel()
	h, lead, _ := audited(t)
	a := lead.post(room+"/new", "record", "on", "pool", "partner", "function", "営業部長", "interview-day", "2026-11-20", "spoken", "ja", "reading-transparency", "3", "text", "情報は共有しています。",
		"text-en", "They share information.", "talk-place", "theirs", "asker", "H. Sato")
	if a.status != 303 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := lead.post(room+"/new", "record", "on", "pool", "partner", "function", "課長", "interview-day", "2026-11-20", "text-en", "kept as typed", "talk-place", "moon"); a.status != 422 || !strings.Contains(a.body, "kept as typed</textarea>") || !strings.Contains(a.body, `href="#talk-place"`) {
		t.Errorf("a place that is none: %d", a.status)
	}
	for l, opens := range map[string]string{"en": "They share information.", "ja": "情報は共有しています。"} {
		if a := h.get(room + "?lang=" + l); !strings.Contains(a.body, opens) {
			t.Errorf("%s: the list says it in another language", l)
		}
	}
	if a := h.get(room + "/I-001?lang=en"); !strings.Contains(a.body, "They share information.</textarea>") || !strings.Contains(a.body, `value="H. Sato"`) || !strings.Contains(a.body, `value="theirs" selected`) {
		t.Errorf("where, who asked or the English is not kept: %s", a.body)
	}
	if a := h.get(room + "/I-001"); a.status != 200 || !strings.Contains(a.body, "情報は共有しています。") || strings.Contains(a.body, `class="btn primary"`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := lead.post(room+"/I-001", "record", "on", "version", "1", "pool", "partner", "function", "営業部長", "interview-day", "2026-11-20", "text", "v2"); a.status != 303 {
		t.Errorf("edit: %d", a.status)
	}
	if a := h.get(room + "/I-001"); !regexp.MustCompile(`id="text-en"[^>]*>v2<`).MatchString(a.body) {
		t.Error("what was written before there were two sides stands on the other one")
	}
	if a := lead.post(room+"/I-001/remove", "version", "2"); a.status != 303 {
		t.Errorf("take back: %d", a.status)
	}
	if a := h.get(room + "/I-001"); a.status != 404 {
		t.Errorf("taken back: %d", a.status)
	}
}
