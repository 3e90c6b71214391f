package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"honne"
	"honne/internal/inspect"
	"honne/internal/report"
	"honne/internal/store"
)

// leaving is all that can leave the house by itself, by what it is: every document
// in every edition, language and form, the audit as one file, lists and letters, the
// calendars, and what the command line writes as JSON.
func leaving(t *testing.T, h, lead *house, head store.Head, feeds map[string]string) map[string]string {
	t.Helper()
	out := map[string]string{}
	take := func(p *house, path string) {
		a := p.get(path)
		if a.status != 200 {
			t.Fatalf("%s: %d", path, a.status)
		}
		out[strings.ReplaceAll(path, "&head="+head.String(), "")] = a.body
	}
	for _, e := range []report.Edition{report.Internal, report.Partner} {
		kinds := []string{"audit", "plan", "renewal", "dossier", "transition"}
		if e == report.Partner {
			kinds = kinds[:3]
		}
		for _, kind := range kinds {
			for i, format := range publishedFormats {
				for _, in := range []string{"ja", "en"}[:2-min(i, 1)] { // paper in both languages, the others in one
					take(h, fmt.Sprintf("/audits/A-001/publish/file?kind=%s&edition=%s&in=%s&format=%s&head=%s", kind, e, in, format, head))
				}
			}
		}
		take(h, miyako+"/brief/file?edition="+string(e))
	}
	take(h, "/audits/A-001/publish/originals?kind=dossier&edition=internal&in=ja&head="+head.String())
	take(lead, "/audits/A-001/file")
	take(lead, "/audits/A-001/requests/sheet?in=ja")
	for who, feed := range feeds {
		a := h.stranger().get(feed)
		out["calendar of "+who] = a.body
		u, err := h.works.Store.UserByEmail(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		letter, _, err := h.site.Letter(t.Context(), u, honne.Outgoing{Base: "https://days.nordhaven.example/"}, noon)
		if err != nil {
			t.Fatal(err)
		}
		out["letter to "+who] = fmt.Sprintf("%+v", letter)
	}
	asJSON(t, h, out)
	return out
}

// asJSON adds what the command line writes of the audit, and the nouns themselves.
func asJSON(t *testing.T, h *house, out map[string]string) {
	t.Helper()
	d, err := h.works.Store.DistributorBySlug(t.Context(), "miyako-medical")
	if err != nil {
		t.Fatal(err)
	}
	list, err := h.works.Store.Assessments(t.Context(), d.ID)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := h.works.Store.Record(t.Context(), d.ID, list[0].Audit.AsOf())
	if err != nil {
		t.Fatal(err)
	}
	rec.Audits = list
	rec.WithholdVoices()
	c := report.Case{Frozen: inspect.Picture(rec, h.works.Playbook), Audit: list[0]}
	c.Today = c.Frozen
	for _, kind := range []string{"audit", "plan", "renewal", "transition"} {
		for _, e := range []report.Edition{report.Internal, report.Partner} {
			var b bytes.Buffer
			if doc, ok := c.Document(kind, e); ok {
				if err := doc.JSON(&b, load(t)); err != nil {
					t.Fatal(err)
				}
				out[fmt.Sprintf("json %s %s", e, kind)] = b.String()
			}
		}
	}
	for what, noun := range map[string]any{"picture": c.Frozen, "record": rec, "audit": list[0]} {
		b, err := json.Marshal(noun)
		if err != nil {
			t.Fatal(err)
		}
		out["json of the "+what] = string(b)
	}
}

// Of four voices nothing leaves the house in any form, by any way; five that were
// released change our own report and nothing else; a sixth, or one that is taken
// back, changes nothing. A criterion that four of the five read waits for a fifth of
// its own, who may be heard after the others. The server's own log says nothing of them either.
func TestVoicesLeaveNothing(t *testing.T) {
	t.Parallel()
	h, lead, second, d := answered(t)
	put(t, h, d.ID, honne.EvidenceRequest{Audit: 1, Dimension: "trust.transparency", What: honne.Both{EN: "Minutes", JA: "議事録"}})
	feeds := map[string]string{}
	for who, p := range map[string]*house{"kirsten@nordhaven.example": h, "auditor@nordhaven.example": lead, "auditor2@nordhaven.example": second} {
		feeds[who] = regexp.MustCompile(`/calendar/[A-Z0-9]+\.ics`).FindString(p.post("/settings/notices", "do", "feed").body)
		if feeds[who] == "" {
			t.Fatalf("%s has no calendar", who)
		}
	}
	head, err := h.works.Store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var before map[string]string
	changed := func(what string, may func(string) bool) {
		t.Helper()
		now := leaving(t, h, lead, head, feeds)
		if len(now) < 50 {
			t.Fatalf("only %d things leave", len(now))
		}
		for name, body := range now {
			if strings.Contains(text(t, body), "青鷺") || strings.Contains(body, "青鷺") {
				t.Errorf("%s: %s holds what was said", what, name)
			}
			if before != nil && before[name] != body != may(name) {
				t.Errorf("%s: %s changed: %v", what, name, !may(name))
			}
		}
		before = now
	}
	nothing := func(string) bool { return false }
	lead.release()
	changed("nobody spoke", nothing)
	const another = "reading-culture-communication"
	for _, reading := range []int{0, 1, 4} {
		lead.say("partner", reading, another, "2")
	}
	second.say("partner", 4, another, "0")
	lead.release()
	changed("four voices", nothing)
	lead.say("partner", 4)
	changed("five, not released", nothing)
	lead.release()
	ours := func(name string) bool {
		return strings.Contains(name, "kind=audit&edition=internal") || name == "json internal audit" || name == "json of the audit"
	}
	changed("five voices", ours)
	second.say("partner", 0)
	lead.release()
	changed("a sixth", nothing)
	h.sameLength()
	lead.speak("partner", another, "3")
	changed("a fifth on another criterion, not released", nothing)
	lead.release()
	changed("a fifth on another criterion", ours)
	h.sameLength()
	h.takeBack(second)
	lead.release()
	changed("one taken back", nothing)
	h.logged(t)
}

// sameLength fails where what is sealed tells by its length how many readings a
// voice has, or in how many it counted.
func (h *house) sameLength() {
	h.t.Helper()
	list, err := h.works.Store.Voices(h.t.Context(), 1)
	if err != nil || len(list) == 0 {
		h.t.Fatal(len(list), err)
	}
	for _, v := range list {
		if len(v.Readings) != len(list[0].Readings) || len(v.Text) != len(list[0].Text) {
			h.t.Errorf("the length of a voice tells it from another: %d, %d", len(v.Readings), len(list[0].Readings))
		}
	}
}

// takeBack removes the first note of the second interviewer.
func (h *house) takeBack(second *house) {
	h.t.Helper()
	second.open("own")
	list, err := h.works.Store.Voices(h.t.Context(), 1)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, v := range list {
		if v.Owner == 3 {
			if a := second.post(room + "/" + v.ID + "/remove"); a.status != 303 {
				h.t.Fatalf("remove: %d", a.status)
			}
			return
		}
	}
	h.t.Fatal("no note of the second interviewer")
}

// logged looks through the server's log, also of what went wrong off the record.
func (h *house) logged(t *testing.T) {
	t.Helper()
	h.site.Finish()
	h.site.app.Log.Info("the log is read")
	said := h.log.String()
	for _, not := range []string{"青鷺", pass, "/interviews", "reading-", "AGE-SECRET"} {
		if strings.Contains(said, not) {
			t.Errorf("the log holds %q", not)
		}
	}
	if !strings.Contains(said, "the log is read") {
		t.Error("no log was read")
	}
}
