package web

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
)

// A mailbox is named, tried, paused, changed and removed; its password is never
// shown, nor sent to another server.
func TestMailboxes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	d := honnetest.StartDovecot(t, "")
	form := []string{"box-host", d.Box.Host, "box-port", strconv.Itoa(d.Box.Port), "box-user", d.Box.User, "box-way", "password",
		"box-secret", d.Password, "box-folder", "INBOX", "box-certificate", d.Box.Certificate, "do", "save"}
	with := func(pairs ...string) []string { return append(append([]string{}, form...), pairs...) }
	says := func(a answer, status int, texts ...string) {
		t.Helper()
		if a.status != status {
			t.Errorf("%d, want %d", a.status, status)
		}
		for _, text := range texts {
			if !strings.Contains(a.body, text) {
				t.Errorf("%q is not said", text)
			}
		}
		if strings.Contains(a.body, d.Password) || strings.Contains(a.body, "wrong-word") {
			t.Error("a secret is shown")
		}
	}
	says(h.get("/settings/mailboxes"), 200, "Watched mailboxes", "No partner of your own has mail domains yet")
	says(h.post("/settings/mailboxes", with("box-secret", "")...), 422, "Enter the password")
	says(h.post("/settings/mailboxes", with("box-host", "https://x/")...), 422, "name of the server alone")
	says(h.post("/settings/mailboxes", with("box-certificate", "x")...), 422, "in PEM form")
	says(h.post("/settings/mailboxes", with("box-token-at", "http://x")...), 422, "begins with https")
	says(h.post("/settings/mailboxes", with("box-secret", "wrong-word")...), 200, "refuses user or password")
	const one = "/settings/mailboxes/1"
	says(h.post(one, with()...), 200, "The mailbox opens", "INBOX")
	says(h.post(one, with("box-secret", "", "box-folder", "Japan")...), 200, "folder is not on")
	says(h.post(one, with("box-secret", "", "box-host", "elsewhere.example")...), 422, "for one account on one server")
	says(h.post(one, with("box-secret", "")...), 200, "The mailbox opens")
	says(h.get("/settings/mailboxes?lang=ja"), 200, "自動取込のメールボックス", "接続テスト")
	says(h.get(one+"?lang=en"), 200, "Leave empty to keep")
	says(h.post(one, "do", "pause"), 303)
	says(h.get("/settings/mailboxes"), 200, "Paused")
	says(h.post(one, "do", "go-on"), 303)
	says(h.post(one, "do", "nonsense"), 422)
	w, err := h.works.Store.Mailbox(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	w.Host = "attacker.example" // as by somebody who can write to the database
	if err := h.works.Store.SetMailbox(t.Context(), 1, w.Mailbox, w.Sealed); err != nil {
		t.Fatal(err)
	}
	says(h.post(one, "do", "try"), 200, "password cannot be opened")
	says(h.post(one, "do", "remove"), 303)
	says(h.get(one), 404)
}

// Mailboxes are the administrator's: for others they do not exist.
func TestMailboxesAreTheAdministrators(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	if _, err := h.works.Store.DB().ExecContext(t.Context(), `UPDATE users SET admin = FALSE`); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/settings/mailboxes", "/settings/mailboxes/1"} {
		if a := h.get(path); a.status != http.StatusNotFound {
			t.Errorf("GET %s: %d", path, a.status)
		}
		if a := h.post(path, "do", "try"); a.status != http.StatusNotFound {
			t.Errorf("POST %s: %d", path, a.status)
		}
	}
	if strings.Contains(h.get("/").body, "/settings/mailboxes") {
		t.Error("the way to it is shown")
	}
}

// A message from somebody unknown waits in Intake, with its sender, for a person
// who knows whose it is.
func TestStrayWaitsInIntake(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	d, err := h.works.Store.AddDistributor(t.Context(), honne.Profile{Name: "Miyako", Currency: "JPY"}, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []string{"1", "2"} {
		_, err := h.works.Deliver(t.Context(), strings.NewReader("From: who@elsewhere.example\nTo: drop@nordhaven.example\nDate: Thu, 07 May 2026 10:00:00 +0900\nSubject: report "+n+
			"\nMessage-ID: <"+n+"@x>\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Disposition: attachment; filename=april"+n+".csv\n\n年月,得意先名,品番,金額（円）\n2026年4月,青葉病院,A,10"+n+"\n--b--\n"), nil, true)
		if err != nil {
			t.Fatal(err)
		}
	}
	a := h.get("/intake")
	if !strings.Contains(a.body, "who@elsewhere.example wrote on") || !strings.Contains(a.body, "report 2.eml") {
		t.Error("the sender is not named")
	}
	waiting, err := h.works.Store.Strays(t.Context(), 10)
	if err != nil || len(waiting) != 2 {
		t.Fatalf("%v, %v", waiting, err)
	}
	if a := h.post("/intake/strays", "key", waiting[0].SHA256, "distributor", d.Slug); a.status != 303 {
		t.Errorf("given: %d", a.status)
	}
	if a := h.post("/intake/strays", "key", waiting[0].SHA256, "distributor", d.Slug); a.status != 404 {
		t.Errorf("given twice: %d", a.status)
	}
	if a := h.post("/intake/strays", "key", waiting[1].SHA256, "do", "leave"); a.status != 303 {
		t.Errorf("left: %d", a.status)
	}
	a = h.get("/intake")
	if strings.Contains(a.body, "who@elsewhere.example") || !strings.Contains(a.body, ".eml/april") {
		t.Error("it still waits, or its attachment did not come")
	}
}
