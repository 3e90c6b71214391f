package web

import (
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/audit"
)

// Closing sets the day on which all is forgotten; counsel can hold it, and
// nobody else sees that.
func TestClosingForgets(t *testing.T) {
	t.Parallel()
	h, lead, second := audited(t)
	makeKeys(t, lead, second)
	lead.say("partner", 1)
	counsel := h.person("counsel")
	if a := h.post("/audits/A-001/hold", "held", "x", "version", "2"); a.status != 404 {
		t.Errorf("a manager holds: %d", a.status)
	}
	if a := lead.get("/audits/A-001/close"); !strings.Contains(a.body, "20 Feb 2027") || strings.Contains(a.body, "Legal hold") {
		t.Errorf("before closing: %s", a.body)
	}
	if a := lead.post("/audits/A-001/close", "version", "2"); a.status != 303 {
		t.Fatalf("close: %d %s", a.status, a.body)
	}
	day := honne.DateOf(noon) + audit.KeptDays
	if k, err := h.works.Store.VoiceKey(t.Context(), 1, 0); err != nil || k.Forget != day {
		t.Errorf("%+v, %v", k, err)
	}
	if a := counsel.post("/audits/A-001/hold", "held", "Litigation", "version", "3"); a.status != 303 {
		t.Fatalf("hold: %d %s", a.status, a.body)
	}
	h.wait(100 * 24 * time.Hour)
	forget := func(today honne.Date) {
		h.t.Helper()
		if err := h.works.Store.ForgetVoices(t.Context(), today); err != nil {
			t.Fatal(err)
		}
	}
	forget(day + 10)
	if _, err := h.works.Store.VoiceKey(t.Context(), 1, 0); err != nil {
		t.Errorf("held, and forgotten: %v", err)
	}
	lead.post("/sign-in", "email", "auditor@nordhaven.example", "password", "a quiet morning in Kyoto")
	if a := lead.get(room); a.status != 200 || strings.Contains(a.body, "are destroyed") || strings.Contains(a.body, "The day is") {
		t.Errorf("held, and said to be destroyed: %d %s", a.status, a.body)
	}
	counsel.post("/sign-in", "email", "counsel@nordhaven.example", "password", "a quiet morning in Kyoto")
	if a := counsel.post("/audits/A-001/hold", "held", "", "version", "4"); a.status != 303 {
		t.Fatalf("lift: %d", a.status)
	}
	notice := day + 10 + audit.NoticeDays
	forget(notice - 1)
	if k, err := h.works.Store.VoiceKey(t.Context(), 1, 0); err != nil || k.Forget != notice {
		t.Errorf("without notice: %+v, %v", k, err)
	}
	if a := lead.get(room); !strings.Contains(a.body, "The day is 9 Mar 2027.") {
		t.Errorf("the day to come is not said: %s", a.body)
	}
	forget(notice)
	if a := lead.get(room); !strings.Contains(a.body, "are destroyed") {
		t.Error("the page does not say that the keys are gone")
	}
	if list, err := h.works.Store.Voices(t.Context(), 1); err != nil || len(list) != 0 {
		t.Errorf("%d voices, %v", len(list), err)
	}
}

// The first report sets the day to forget, for whichever side it is, also where
// nobody closes the audit: as whoever spoke was told. Nothing moves it later.
func TestReportSetsTheDayToForget(t *testing.T) {
	t.Parallel()
	h, lead, second := audited(t)
	makeKeys(t, lead, second)
	lead.say("partner", 1)
	const at = "/audits/A-001/publish?edition=internal&in=en"
	forget := func(when string, want honne.Date) {
		t.Helper()
		for owner := range honne.UserID(4) {
			if k, err := h.works.Store.VoiceKey(t.Context(), 1, owner); err == nil && k.Forget != want {
				t.Errorf("%s: the key of %d is destroyed on %v, want %v", when, owner, k.Forget, want)
			}
		}
	}
	forget("before", 0)
	h.publish(t, at+"&kind=dossier", "html") // what happened is no report of the audit
	forget("a bundle", 0)
	if a := h.get(at); !strings.Contains(a.body, "20 Feb 2027, 90 days from today") {
		t.Error("publishing does not say which day it sets")
	}
	h.publish(t, at, "html")
	day := honne.DateOf(noon) + audit.KeptDays
	forget("first report", day)
	if a := lead.get(room); !strings.Contains(a.body, "The day is 20 Feb 2027.") {
		t.Error("the day is not said where people are heard")
	}
	h.wait(30 * 24 * time.Hour)
	for _, who := range []*house{h, lead} {
		who.post("/sign-in", "email", map[*house]string{h: "kirsten@nordhaven.example", lead: "auditor@nordhaven.example"}[who], "password", "a quiet morning in Kyoto")
	}
	h.publish(t, at, "xlsx")
	forget("second report", day)
	if a := lead.get("/audits/A-001/close"); !strings.Contains(a.body, "closing does not move that day") {
		t.Errorf("closing is said to move the day: %s", a.body)
	}
	if a := lead.post("/audits/A-001/close", "version", "2"); a.status != 303 {
		t.Fatalf("close: %d %s", a.status, a.body)
	}
	forget("closed", day)
	if err := h.works.Store.ForgetVoices(t.Context(), day); err != nil {
		t.Fatal(err)
	}
	if list, err := h.works.Store.Voices(t.Context(), 1); err != nil || len(list) != 0 {
		t.Errorf("%d voices, %v", len(list), err)
	}
}

// A key that is made after the report bears its day, and none is made after it.
func TestNoVoiceAfterTheDay(t *testing.T) {
	t.Parallel()
	h, lead, _ := audited(t)
	h.publish(t, "/audits/A-001/publish?edition=internal&in=en", "html")
	if a := lead.post(room+"/key", "which", "own", "own-pass", pass, "own-again", pass); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if k, err := h.works.Store.VoiceKey(t.Context(), 1, 2); err != nil || k.Forget != honne.DateOf(noon)+audit.KeptDays {
		t.Errorf("%+v, %v", k, err)
	}
	h.wait(91 * 24 * time.Hour)
	lead.post("/sign-in", "email", "auditor@nordhaven.example", "password", "a quiet morning in Kyoto")
	if a := lead.post(room+"/key", "which", "audit", "least", "5", "hotline", "x", "audit-pass", pass, "audit-again", pass); a.status != 404 {
		t.Errorf("a key after the day: %d", a.status)
	}
	if a := lead.get(room); a.status != 200 || strings.Contains(a.body, "are destroyed") || !strings.Contains(a.body, "No new key is made") {
		t.Errorf("%d, and a key that is there is said to be gone", a.status)
	}
	if err := h.works.Store.ForgetVoices(t.Context(), honne.DateOf(noon)+audit.KeptDays); err != nil {
		t.Fatal(err)
	}
	if a := lead.get(room); a.status != 200 || !strings.Contains(a.body, "are destroyed") {
		t.Errorf("%d, and the page does not say that the keys are gone", a.status)
	}
}

// An audit that was reported long before reports set a day is closed with notice.
func TestClosingAnOldAuditGivesNotice(t *testing.T) {
	t.Parallel()
	h, lead, second := audited(t)
	makeKeys(t, lead, second)
	today := honne.DateOf(noon)
	_, err := h.works.Store.Publish(t.Context(), honne.Entry[honne.Publication]{Distributor: 1, By: 2, Body: honne.Publication{Audit: 1, Kind: "audit", Voice: "internal", On: today - 200}})
	if err != nil {
		t.Fatal(err)
	}
	if a := lead.get("/audits/A-001/close"); !strings.Contains(a.body, "The 90 days after its first report are over. All keys of this audit are destroyed on 29 Nov 2026") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := lead.post("/audits/A-001/close", "version", "2"); a.status != 303 {
		t.Fatalf("close: %d %s", a.status, a.body)
	}
	for _, owner := range []honne.UserID{0, 2, 3} {
		if k, err := h.works.Store.VoiceKey(t.Context(), 1, owner); err != nil || k.Forget != today+audit.NoticeDays {
			t.Errorf("%+v, %v", k, err)
		}
	}
}
