package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
)

// name names the server of mail, as its administrator does.
func (h *house) name(p *honnetest.Postbox, pairs ...string) answer {
	h.t.Helper()
	form := map[string]string{"do": "save", "post-host": "127.0.0.1", "post-port": p.PortText(), "post-security": "starttls", "post-user": p.User, "post-secret": p.Password,
		"post-from": "post@nordhaven.example", "post-base": "https://days.nordhaven.example/", "box-certificate": p.Certificate}
	var all []string
	for i := 0; i+1 < len(pairs); i += 2 {
		form[pairs[i]] = pairs[i+1]
	}
	for k, v := range form {
		all = append(all, k, v)
	}
	return h.post("/settings/post", all...)
}

// Nothing is sent before an administrator named a server and a person asked; then
// one letter a week at most, and none where nothing waits.
func TestWeeklyLetter(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	p := honnetest.NewPostbox(t)
	week := func(at time.Time, want int) string {
		t.Helper()
		if err := h.works.Sender.Week(t.Context(), at); err != nil {
			t.Fatal(err)
		}
		kept := p.Kept()
		if len(kept) != want {
			t.Fatalf("%d letters, want %d: %q", len(kept), want, kept)
		}
		return strings.Join(kept[max(0, want-1):], "")
	}
	for _, path := range []string{"/settings/notices", "/settings/post"} {
		checkPage(t, path, "en", h.get(path))
	}
	h.holds("/settings/notices", "no administrator has named a server")
	h.sent("/settings/notices", "weekly", "do", "weekly")
	week(noon, 0)
	if a := h.name(p, "post-secret", "wrong"); a.status != http.StatusOK || !strings.Contains(a.body, "refuses user or password") {
		t.Errorf("%d", a.status)
	}
	if a := h.name(p, "post-user", "another", "post-secret", ""); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a password goes to another account: %d", a.status)
	}
	if a := h.name(p); a.status != http.StatusOK || !strings.Contains(a.body, "A trial was sent") || strings.Contains(a.body, p.Password) {
		t.Fatalf("%d %s", a.status, a.body)
	}
	monday := time.Date(2026, 11, 23, 8, 0, 0, 0, honne.Japan)
	letter := week(monday, 2) // the trial was the first
	for _, part := range []string{"kirsten@nordhaven.example", "https://days.nordhaven.example/", "/settings/notices", "multipart/alternative", "Auto-Submitted: auto-generated"} {
		if !strings.Contains(letter, part) {
			t.Errorf("the letter lacks %q:\n%s", part, letter)
		}
	}
	week(monday.Add(5*24*time.Hour), 2)
	p.Refusing("DATA")
	next := monday.Add(7 * 24 * time.Hour)
	if err := h.works.Sender.Week(t.Context(), next); err == nil {
		t.Error("a letter that is refused is no error")
	}
	p.Refusing("")
	week(next.Add(time.Hour), 3)
	h.sent("/settings/notices", "weekly-off", "do", "quiet")
	week(next.Add(8*24*time.Hour), 3)
	h.sent("/settings/notices", "weekly", "do", "weekly")
	h.sent("/settings/post", "post-pause", "do", "pause")
	week(next.Add(15*24*time.Hour), 3)
	h.become("viewer", "v@nordhaven.example")
	if a := h.get("/settings/post"); a.status != http.StatusNotFound {
		t.Errorf("a viewer names a server: %d", a.status)
	}
}

// The letter of somebody shows what their pages show: to an auditor without an
// audit nothing exists, and nothing is sent.
func TestLetterOfAnAuditor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	p := honnetest.NewPostbox(t)
	h.name(p)
	h.become("auditor", "a@firm.example")
	h.sent("/settings/notices", "weekly", "do", "weekly")
	if err := h.works.Sender.Week(t.Context(), noon); err != nil || len(p.Kept()) != 1 {
		t.Errorf("%v %q", err, p.Kept())
	}
}

var feedAddress = regexp.MustCompile(`value="http://[^"/]+(/calendar/[A-Z0-9]+\.ics)"`)

// The calendar is opened by its secret alone, holds days as RFC 5545 writes them
// with the same UID each time, and is gone once revoked.
func TestCalendar(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	d, err := h.works.Store.DistributorBySlug(t.Context(), "miyako-medical")
	if err != nil {
		t.Fatal(err)
	}
	d.Profile.Contract = honne.Contract{Ends: honne.NewDate(2027, 3, 31), NoticeDays: 90}
	d.Profile.Since = honne.NewDate(2010, 4, 1)
	kept(h, honne.StrategyStep{Strategy: "G9", What: "Second house in Kyushu", Owner: "A. Mori", Due: honne.NewDate(2026, 12, 20)})
	d.Profile.Events = []honne.Event{{Date: honne.NewDate(2026, 12, 3), Kind: honne.EventQBR}}
	if err := h.works.Store.SetProfile(t.Context(), d.ID, d.Profile); err != nil {
		t.Fatal(err)
	}
	h.sent(miyako+"/check-ins/new", "check-in", "checkin-on", "2026-11-20", "setting", "meeting", "requests-kind-1", "ours", "requests-what-1", "日本語版カタログと研修資料一式、価格表; 新製品の説明会の日程案を含む", "requests-day-1", "2026-12-04")
	address := func() string {
		t.Helper()
		a := h.post("/settings/notices", "do", "feed")
		m := feedAddress.FindStringSubmatch(a.body)
		if a.status != http.StatusOK || m == nil {
			t.Fatalf("%d %s", a.status, a.body)
		}
		return m[1]
	}
	at := address()
	h.holds("/settings/notices", "Revoke the address")
	if strings.Contains(h.get("/settings/notices").body, at) {
		t.Error("the address is shown again")
	}
	h.post("/sign-out")
	a := h.get(at)
	if a.status != http.StatusOK || a.header.Get("Content-Type") != "text/calendar; charset=utf-8" || strings.Contains(a.body, "honne") {
		t.Fatalf("%d %v %s", a.status, a.header, a.body)
	}
	days := readCalendar(t, a.body)
	for summary, day := range map[string]string{"Miyako Medical: Meeting": "20261203", "Miyako Medical: Contract ends": "20270331", "Miyako Medical: Last day of notice by the contract": "20261231",
		"Miyako Medical: Suggested latest day of notice: ask counsel": "20260331", "Miyako Medical: Step to depend less: Second house in Kyushu": "20261220"} {
		if days[summary]["DTSTART;VALUE=DATE"] != day {
			t.Errorf("%s: %v", summary, days[summary])
		}
	}
	found := false
	for summary, x := range days {
		if strings.Contains(summary, "日本語版カタログと研修資料一式、価格表; 新製品の説明会の日程案を含む") {
			found = x["DTSTART;VALUE=DATE"] == "20261204" && x["DTEND;VALUE=DATE"] == "20261205"
		}
	}
	if !found {
		t.Errorf("the promise is not there whole: %v", days)
	}
	h.wait(24 * time.Hour)
	for summary, x := range readCalendar(t, h.get(at).body) {
		if days[summary] != nil && x["UID"] != days[summary]["UID"] {
			t.Errorf("%s has another UID", summary)
		}
	}
	h.signIn("kirsten@nordhaven.example")
	if again := address(); h.get(at).status != http.StatusNotFound || h.get(again).status != http.StatusOK {
		t.Error("the address before opens still")
	} else {
		at = again
	}
	h.sent("/settings/notices", "feed-revoked", "do", "revoke")
	for _, path := range []string{at, "/calendar/.ics", "/calendar/x.ics", "/calendar/" + strings.Repeat("A", 52)} {
		if a := h.get(path); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}

// readCalendar reads a calendar strictly: CRLF, lines of 75 bytes, one END for
// each BEGIN, and the properties that an event must have.
func readCalendar(t *testing.T, text string) map[string]map[string]string {
	t.Helper()
	if !strings.HasSuffix(text, "\r\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") {
		t.Fatal("lines do not end in CRLF")
	}
	for l := range strings.SplitSeq(text, "\r\n") {
		if len(l) > 75 {
			t.Errorf("%d bytes: %q", len(l), l)
		}
	}
	out, event, seen := map[string]map[string]string{}, map[string]string(nil), map[string]bool{}
	lines := strings.Split(strings.ReplaceAll(text, "\r\n ", ""), "\r\n")
	if lines[0] != "BEGIN:VCALENDAR" || lines[len(lines)-2] != "END:VCALENDAR" {
		t.Fatal("no calendar")
	}
	for _, l := range lines {
		name, value, _ := strings.Cut(l, ":")
		switch {
		case l == "BEGIN:VEVENT":
			event = map[string]string{}
		case l == "END:VEVENT":
			if event["UID"] == "" || seen[event["UID"]] || event["DTSTAMP"] == "" || event["DTSTART;VALUE=DATE"] == "" {
				t.Errorf("%v", event)
			}
			seen[event["UID"]] = true
			out[event["SUMMARY"]], event = event, nil
		case event != nil:
			event[name] = strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n").Replace(value)
		}
	}
	return out
}
