package web

import (
	"strings"
	"testing"

	"honne"
)

func TestDaysTheirOfficeIsClosed(t *testing.T) {
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	const edit = "/distributors/miyako-medical/edit"
	bad := h.post(edit, "name", "Miyako Medical", "starts", "4", "closed", "2026-08-13..2026-10-16")
	if !strings.Contains(bad.body, "2026-08-13..2026-10-16” is no day") {
		t.Error("a closure of two months is taken")
	}
	if !strings.Contains(bad.body, `value="2026-08-13..2026-10-16"`) {
		t.Error("what was typed is lost")
	}
	h.post(edit, "name", "Miyako Medical", "starts", "4", "closed", "2026-08-13..2026-08-16、2026-05-01")
	d, err := h.works.Store.DistributorBySlug(t.Context(), "miyako-medical")
	if err != nil {
		t.Fatal(err)
	}
	want := []honne.Period{{From: honne.NewDate(2026, 8, 13), To: honne.NewDate(2026, 8, 16)}, {From: honne.NewDate(2026, 5, 1), To: honne.NewDate(2026, 5, 1)}}
	if got := d.Profile.Closed(); len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("closed %v, want %v", got, want)
	}
	if page := h.get(edit); !strings.Contains(page.body, "2026-08-13..2026-08-16, 2026-05-01") {
		t.Error("the form does not show the days that stand")
	}
}
