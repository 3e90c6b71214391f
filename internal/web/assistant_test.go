package web

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"honne"
	"honne/internal/store"
)

var seenInquiry = regexp.MustCompile(`name="seen" value="([0-9a-f]{64})"`)

// Without an assistant nothing is asked and nothing shows that one could be; with
// one the text is shown before it leaves, to the letter, and what comes back waits
// for a person.
func TestAssistant(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.mail()
	mail := h.theirs(t)
	ask := miyako + "/messages/" + mail.number + "/ask"
	if a := h.get(ask); a.status != http.StatusNotFound || strings.Contains(h.get(miyako+"/messages/"+mail.number).body, "/ask") {
		t.Errorf("asked without an assistant: %d", a.status)
	}
	var got []string
	words := strings.Fields(mail.text)[0]
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = append(got, string(body))
		answer, _ := json.Marshal(map[string]any{"reasons": []any{map[string]string{"excuse": "technical-staff-busy", "words": words}}})
		json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{"message": map[string]string{"content": string(answer)}}}})
	}))
	defer service.Close()
	for _, wrong := range []string{"http://api.example.com/v1", "https://me@api.example.com", "api.example.com"} {
		if a := h.post("/settings/assistant", "do", "save", "speaks", "openai", "assistant-url", wrong, "assistant-model", "m"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "with https://") {
			t.Errorf("%s: %d", wrong, a.status)
		}
	}
	h.post("/settings/assistant", "do", "save", "speaks", "openai", "assistant-url", service.URL+"/v1", "assistant-model", "model-7", "assistant-key", "secret")
	if body := h.get("/settings/assistant").body; strings.Contains(body, "secret") || !strings.Contains(body, "model-7") {
		t.Error("the key is shown, or the model is not")
	}
	h.holds(miyako+"/messages/"+mail.number, ask)
	page := h.get(ask).body
	if !strings.Contains(page, mail.text[:9]) || !strings.Contains(page, "technical-staff-busy") || !strings.Contains(page, "model-7") {
		t.Error("what would be sent is not shown")
	}
	seen := seenInquiry.FindStringSubmatch(page)[1]
	if a := h.post(ask, "seen", strings.Repeat("0", 64)); a.status != http.StatusUnprocessableEntity || len(got) > 0 || h.exported(t, ask) > 0 {
		t.Errorf("sent without having been seen: %d", a.status)
	}
	if a := h.post(ask, "seen", seen); a.status != http.StatusSeeOther || !strings.Contains(a.header.Get("Location"), "assistant-proposed") {
		t.Fatalf("%d %s %s", a.status, a.header.Get("Location"), a.body)
	}
	if n := h.exported(t, ask); n != 1 {
		t.Errorf("the history says %d times that something was sent", n)
	}
	if len(got) != 1 || !strings.Contains(got[0], words) {
		t.Errorf("sent: %q", got)
	}
	h.holds(miyako+"/claims", "proposed by model-7", words)
	if a := h.post(ask, "seen", seen); !strings.Contains(a.header.Get("Location"), "assistant-nothing") {
		t.Errorf("the same again: %s", a.header.Get("Location"))
	}
	rec, err := h.works.Store.Record(t.Context(), 1, honne.AsOf{})
	if err != nil || slices.ContainsFunc(rec.Said, func(s honne.Said) bool { return s.Assistant != "" }) {
		t.Errorf("what nobody confirmed counts: %v", err)
	}
	service.Close()
	if a := h.post(ask, "seen", seen); a.status != http.StatusBadGateway || !strings.Contains(a.body, "cannot be reached") {
		t.Errorf("%d", a.status)
	}
	h.become("viewer", "v@nordhaven.example")
	if a := h.get(ask); a.status != http.StatusNotFound {
		t.Errorf("a viewer: %d", a.status)
	}
}

// exported counts how often the history says that something was sent from an
// address, of whose words it holds none.
func (h *house) exported(t *testing.T, at string) (n int) {
	t.Helper()
	events, err := h.works.Store.History(t.Context(), store.Wanted{Under: at}, 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if e.Verb == store.Exported {
			n++
		}
		if e.Detail != "" {
			t.Errorf("%+v", e)
		}
	}
	return n
}

type theirMail struct{ number, text string }

// theirs is a message of the partner in which nobody found a reason.
func (h *house) theirs(t *testing.T) theirMail {
	t.Helper()
	said, err := store.Entries[honne.Said](t.Context(), h.works.Store, 1)
	if err != nil {
		t.Fatal(err)
	}
	heard := map[honne.MailID]bool{}
	for _, e := range said {
		heard[e.Body.Mail] = true
	}
	for id := honne.MailID(1); ; id++ {
		m, err := h.works.Store.Mail(t.Context(), 1, id)
		if err != nil {
			t.Fatal(err)
		}
		if m.Side == honne.Theirs && len(strings.Fields(m.Text)) > 0 && !heard[m.ID] {
			return theirMail{strconv.FormatInt(int64(id), 10), m.Text}
		}
	}
}
