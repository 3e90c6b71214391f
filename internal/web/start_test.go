package web

import (
	"net/http"
	"strings"
	"testing"
)

// An empty house leads who may begin to the first partner, and tells all others
// who may.
func TestEmptyHouse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.holds("/", `href="/distributors/new"`)
	h.become("director", "d@nordhaven.example")
	for _, path := range []string{"/", "/portfolio"} {
		if a := h.get(path); a.status != http.StatusOK || !strings.Contains(a.body, "A manager adds the first one") || strings.Contains(a.body, `href="/setup"`) {
			t.Errorf("%s tells a director nothing: %d", path, a.status)
		}
	}
}
