package web

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"honne/internal/store"
)

var welcomeLink = regexp.MustCompile(`http://[^"/]+(/welcome/[A-Z0-9]+)`)

// An administrator adds a colleague, who sets a password by a link that is good once;
// a forgotten one is replaced in the same way, and the last administrator stays.
func TestColleagues(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	says := func(a answer, status int, texts ...string) string {
		t.Helper()
		if a.status != status {
			t.Errorf("%d, want %d", a.status, status)
		}
		for _, text := range texts {
			if !strings.Contains(a.body, text) {
				t.Errorf("%q is not said", text)
			}
		}
		if m := welcomeLink.FindStringSubmatch(a.body); m != nil {
			return m[1]
		}
		return ""
	}
	const at, two = "/settings/users", "/settings/users/2"
	says(h.get(at), 200, "Add a colleague", "External auditor")
	says(h.post(at, "user-name", "", "email", "x", "role", "king"), 422, "Enter: Name", "such as name@company.com", "Choose a role")
	first := says(h.post(at, "user-name", "Mori", "email", "Mori@lumen.example", "role", "viewer"), 200, "No password yet", "mori@lumen.example yourself")
	says(h.post(at, "user-name", "Mori", "email", "mori@lumen.example", "role", "viewer"), 422, "There is an account")
	link := says(h.post(two, "do", "link"), 200, "shown this once")
	says(h.post(two, "do", "save", "role", "cfo"), 303)
	says(h.post(two, "do", "nonsense"), 422)
	says(h.post("/settings/users/1", "do", "disable"), 422, "One administrator must stay")
	says(h.post("/settings/users/1", "do", "save", "role", "viewer"), 422, "One administrator must stay")
	says(h.post("/sign-out"), 303)
	says(h.get(first), 404, "ended or was used")
	says(h.get(link), 200, "mori@lumen.example")
	says(h.post(link, "password", "short"), 422, "at least 8 characters")
	says(h.post(link, "password", "kawa-no-nagare"), 303)
	says(h.get("/"), 200, "Mori", "CFO")
	list, err := h.works.Store.History(t.Context(), store.Wanted{Verb: store.Changed}, 100)
	done := fmt.Sprint(list)
	if err != nil || !strings.Contains(done, "new-password") || !strings.Contains(done, "password-link") || strings.Contains(done, link) {
		t.Errorf("the history of the password: %s, %v", done, err)
	}
	says(h.get(at), 404)
	says(h.get(link), 404, "ended or was used")
	says(h.post(link, "password", "kawa-no-nagare-2"), 404)
	says(h.post("/sign-out"), 303)
	says(h.post("/sign-in", "email", "mori@lumen.example", "password", "kawa-no-nagare"), 303)
	says(h.get("/settings/users?lang=ja"), http.StatusNotFound)
}
