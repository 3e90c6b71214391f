package web

import (
	"strings"
	"testing"
)

// What has become known stands on the overview with its way there; the choice of how far
// it looks back is one of three, whatever the address says, and who may not read figures
// reads of none.
func TestNews(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	file := h.partner("2026年4月売上.csv", april)
	h.post(file + "/accept")
	overview := strings.Replace("/distributors/miyako-medical?since=", "since", "lang=en&since", 1)
	for _, span := range []string{"", "quarter", "year"} {
		h.holds(overview+span, "2026年4月売上.csv", `href="/intake/1"`, "Sales of Apr 2026 are known")
	}
	h.holds(overview+"week", `since=week" aria-current="true"`, "Nothing has become known.")
	h.holds(overview+"year", `since=month" aria-current="true"`)
	if a := h.get("/distributors/miyako-medical?asof=2026-01-05"); strings.Contains(a.body, "/intake/1\"") {
		t.Error("a file is new before it came")
	}
}
