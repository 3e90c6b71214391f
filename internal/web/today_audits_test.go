package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/store"
)

// kept enters a body about the first distributor.
func kept[T honne.Entered](h *house, body T) int {
	h.t.Helper()
	e, err := store.Enter(h.t.Context(), h.works.Store, honne.Entry[T]{Distributor: 1, Body: body, By: 1})
	if err != nil {
		h.t.Fatal(err)
	}
	return e.Number
}

// The days of audits stand in Today, in the letter and in the calendar: our own
// overdue actions first, then what is due: decisions, audits, actions. When its
// deadline has passed the decision is open, and the audit says so.
func TestDaysOfAudits(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	day := func(s string) honne.Date { d, _ := honne.ParseDate(s); return d }
	old := kept(h, honne.Audit{Title: "FY2024", Known: day("2025-10-31"), Closed: day("2025-11-20")})
	h.holds("/", "A-001: closed a year ago; audit due again 20 Nov 2026", "1 date of audits is due.")
	kept(h, honne.Decision{Audit: old, Decided: honne.CorrectiveAction, Deadline: day("2026-11-30")})
	kept(h, honne.PlanAction{Audit: old, What: honne.Both{EN: "Send names monthly", JA: "施設名の月次共有"}, Ours: honne.Both{EN: "A form", JA: "様式"}, Metric: "visibility-index",
		Start: 0.3, Target: 0.9, Begun: day("2026-10-25"), Due: day("2026-11-28"), Every: "month"})
	kept(h, honne.Audit{Title: "FY2026", Known: day("2026-10-31"), Due: day("2026-11-27")})
	body := h.get("/").body
	if strings.Contains(body, "due again") {
		t.Error("an audit is due again while one is open")
	}
	inOrder(t, body, "What is due", "A-001: date for visible change", "A-002: the audit is due", "look at the action on 25 Nov 2026: Send names monthly", "Miyako Medical, due 28 Nov 2026", "Ours</span>")
	if a := h.get("/audits/A-001"); strings.Contains(a.body, "decision is open again") {
		t.Error("open before its day")
	}
	h.wait(9 * 24 * time.Hour)
	h.signIn("kirsten@nordhaven.example")
	body = h.get("/").body
	inOrder(t, body, "has passed for 1 partner: the decision is open again", "What we owe", "Send names monthly", "Due date passed", "Decision open", "A-002: the audit is due")
	if strings.Contains(body, "look at the action") {
		t.Error("a look that was due stands as overdue, though nobody notes looks")
	}
	for _, path := range []string{"/audits/A-001", "/audits/A-001/outcome"} {
		h.holds(path, "30 Nov 2026, has passed: the decision is open again")
	}
	days := readCalendar(t, h.calendar())
	for summary, day := range map[string]string{"Action of A-001 due: Send names monthly": "20261128", "Date for visible change, A-001": "20261130", "Audit A-002 due": "20261127",
		"Look at the action of A-001: Send names monthly": "20261125"} {
		if got := days["Miyako Medical: "+summary]["DTSTART;VALUE=DATE"]; got != day {
			t.Errorf("%s: %q", summary, got)
		}
	}
	h.become("viewer", "v@nordhaven.example")
	if strings.Contains(h.get("/").body+h.calendar(), "A-00") {
		t.Error("who sees no audits sees their days")
	}
}

// calendar makes a calendar and reads it.
func (h *house) calendar() string {
	h.t.Helper()
	m := feedAddress.FindStringSubmatch(h.post("/settings/notices", "do", "feed").body)
	if m == nil {
		h.t.Fatal("no address of a calendar")
	}
	a := h.get(m[1])
	if a.status != http.StatusOK {
		h.t.Fatalf("calendar: %d", a.status)
	}
	return a.body
}

func inOrder(t *testing.T, body string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		_, after, found := strings.Cut(body, part)
		if !found {
			t.Errorf("%q does not stand there, or not in its place", part)
		} else {
			body = after
		}
	}
}
