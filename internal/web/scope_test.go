package web

import (
	"strings"
	"testing"

	"honne"
	"honne/internal/store"
)

// For an auditor there is only the distributor whose audit they work on.
func TestAuditorSeesTheAudited(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	h.post("/distributors/new", "name", "Kitano Shoji", "starts", "4")
	u, err := h.works.Store.UserByEmail(t.Context(), "kirsten@nordhaven.example")
	if err != nil {
		t.Fatal(err)
	}
	id, err := h.works.Store.AddUser(t.Context(), store.User{Name: "A", Email: "a@firm.example", Role: "auditor", PasswordHash: u.PasswordHash})
	if err != nil {
		t.Fatal(err)
	}
	h.post("/sign-out")
	h.post("/sign-in", "email", "a@firm.example", "password", "a quiet morning in Kyoto")
	expect := func(paths map[string]int) {
		t.Helper()
		for path, want := range paths {
			if a := h.get(path); a.status != want {
				t.Errorf("%s: %d, want %d", path, a.status, want)
			}
		}
	}
	expect(map[string]int{"/portfolio": 404, "/distributors/miyako-medical": 404, "/distributors/miyako-medical/figures": 404, "/distributors/kitano-shoji/signals": 404})
	h.holds("/?lang=ja", "監査の担当に加わると、ここに表示されます。")
	h.holds("/?lang=en", "as soon as you are named in it", `<a class="btn primary" href="/audits">Open the audits</a>`) // else the first page ends there
	d, err := h.works.Store.DistributorBySlug(t.Context(), "miyako-medical")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Enter(t.Context(), h.works.Store, honne.Entry[honne.Audit]{Distributor: d.ID, By: u.ID, Body: honne.Audit{Title: "FY2026", Team: []honne.UserID{id}}}); err != nil {
		t.Fatal(err)
	}
	expect(map[string]int{"/portfolio": 200, "/distributors/miyako-medical": 200, "/distributors/miyako-medical/figures": 200, "/distributors/kitano-shoji": 404, "/distributors/kitano-shoji/figures": 404})
	for i, slug := range []string{"miyako-medical", "kitano-shoji"} {
		d, err := h.works.Store.DistributorBySlug(t.Context(), slug)
		if err != nil {
			t.Fatal(err)
		}
		e, err := store.Enter(t.Context(), h.works.Store, honne.Entry[honne.Promise]{Distributor: d.ID, By: u.ID, Body: honne.Promise{By: honne.Ours, What: honne.Both{EN: "Send the list"}}})
		if err != nil {
			t.Fatal(err)
		}
		expect(map[string]int{"/agreements/" + e.Code(): []int{200, 404}[i]})
	}
	if strings.Contains(h.get("/distributors/miyako-medical").body, "/dependency") {
		t.Error("a page that does not exist for an auditor is linked")
	}
	if strings.Contains(h.get("/portfolio").body+h.get("/intake").body, "Kitano") {
		t.Error("another distributor's name is shown")
	}
}
