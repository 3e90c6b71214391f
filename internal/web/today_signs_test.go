package web

import (
	"strings"
	"testing"
	"time"

	"honne"
)

// A high sign that nobody took up escalates on Today twenty business days after
// this house saw it, though no quarter tells since when it is high; what is done
// about it ends that.
func TestSignsEscalate(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	today := func() honne.Date { return honne.DateOf(time.Unix(0, h.now.Load())) }
	note := func() {
		if err := h.works.NoteSigns(t.Context(), today()); err != nil {
			t.Fatal(err)
		}
	}
	for m := today().Month() - 14; m < today().Month()+2; m++ { // their reports name no investment in a year and more
		kept(h, honne.ActivityMonth{Month: m, Whole: true})
	}
	note()
	note()
	rec, err := h.works.Store.Record(t.Context(), 1, honne.AsOf{Known: today()})
	if err != nil || len(rec.Log.Seen) != len(honne.AllSigns) {
		t.Fatalf("%d levels are noted of %d signs: %v", len(rec.Log.Seen), len(honne.AllSigns), err)
	}
	h.holds("/", "No investment in growth", "High")
	h.holds("/distributors/miyako-medical/signals/growth-investment", "This is high; it has stood so here since 22 Nov 2026.")
	if strings.Contains(h.get("/").body, "Escalated") {
		t.Error("escalated on the day on which it was seen")
	}
	h.wait(40 * 24 * time.Hour)
	h.signIn("kirsten@nordhaven.example")
	note()
	h.holds("/", "Escalated", "1 sign has been high for more than 20 business days")
	h.holds("/distributors/miyako-medical/signals/growth-investment", "has been high for 25 business days, and nobody has taken it up")
	kept(h, honne.SignAction{Sign: "growth-investment", On: today(), What: "called them"})
	if strings.Contains(h.get("/").body, "Escalated") {
		t.Error("escalated though somebody called")
	}
}
