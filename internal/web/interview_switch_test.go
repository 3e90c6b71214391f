package web

import (
	"regexp"
	"strings"
	"testing"
)

// A note goes on the record with the consent of who spoke, and then stands with
// the criterion that it touches; before, nothing of it does.
func TestNoteGoesOnRecord(t *testing.T) {
	t.Parallel()
	h, lead, second := audited(t)
	makeKeys(t, lead, second)
	lead.say("partner", 3)
	list, err := h.works.Store.Voices(t.Context(), 1)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	const criterion = "/audits/A-001/criteria/transparency"
	before, at := h.get(criterion).body, room+"/"+list[0].ID+"/on-record"
	form := []string{"function", "営業部長", "interview-day", "2026-11-20", "agreed", "1"}
	if a := lead.post(at, form[:4]...); a.status != 422 || !strings.Contains(a.body, "without having agreed") {
		t.Errorf("without consent: %d", a.status)
	}
	for who, p := range map[string]*house{"manager": h, "second": second} {
		if a := p.post(at, form...); a.status != 404 {
			t.Errorf("%s: %d", who, a.status)
		}
	}
	if h.get(criterion).body != before {
		t.Error("a note off the record shows at its criterion")
	}
	if a := lead.post(at, form...); a.status != 303 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := h.get(criterion); !strings.Contains(a.body, room+"/I-001") || !strings.Contains(a.body, "営業部長") {
		t.Errorf("the criterion lacks the interview: %s", a.body)
	}
	if list, err := h.works.Store.Voices(t.Context(), 1); err != nil || len(list) != 0 {
		t.Errorf("the note is still there: %v %v", list, err)
	}
}

// Once a number of a group was shown, none of its notes goes on the record: of five
// four would be left behind the number.
func TestCountedNoteStaysOff(t *testing.T) {
	t.Parallel()
	h, lead, second := audited(t)
	makeKeys(t, lead, second)
	for score := range 5 {
		lead.say("partner", score)
	}
	lead.say("ours", 2)
	if a := lead.post(room + "/release"); a.status != 303 {
		t.Fatal(a.status)
	}
	form := []string{"function", "営業部長", "interview-day", "2026-11-20", "agreed", "1"}
	list, err := h.works.Store.Voices(t.Context(), 1)
	went := 0
	for _, voice := range list { // nor by way of another group
		page := lead.get(room + "/" + voice.ID + "?lang=en").body
		a := lead.post(room+"/"+voice.ID, "record", "off", "pool", "customers", "basis", "own", "text", secret)
		if ours := regexp.MustCompile(`value="ours"[^>]*(selected|checked)`).MatchString(page); ours != (a.status == 303) || !ours && !strings.Contains(a.body, "so its notes stay in it") {
			t.Errorf("a note changes its group: %d, of our own side %v", a.status, ours)
		}
	}
	for _, voice := range list {
		a := lead.post(room+"/"+voice.ID+"/on-record", form...)
		if a.status == 303 {
			went++
		} else if !strings.Contains(a.body, "new interview on the record") {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	if err != nil || went != 1 {
		t.Errorf("%d notes of %d went on the record: %v", went, len(list), err)
	}
}
