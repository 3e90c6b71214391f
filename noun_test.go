package honne_test

import (
	"errors"
	"fmt"
	"testing"

	"honne"
)

func TestLevelOfAReport(t *testing.T) {
	for _, c := range []struct {
		holds honne.Holds
		want  int
	}{
		{honne.Holds{}, 1},
		{honne.Holds{EndUser: true, Dated: true}, 1}, // without products
		{honne.Holds{Product: true}, 2},
		{honne.Holds{Product: true, Dated: true}, 2},
		{honne.Holds{Product: true, Region: true}, 3},
		{honne.Holds{Product: true, Dealer: true}, 3},
		{honne.Holds{Product: true, EndUser: true}, 4}, // a site implies its region
		{honne.Holds{Product: true, EndUser: true, Dated: true}, 5},
		{honne.Holds{Product: true, EndUser: true, LotRep: true}, 5},
	} {
		if got := c.holds.Level(); got != c.want {
			t.Errorf("%+v is level %d, want %d", c.holds, got, c.want)
		}
	}
}

func TestUnitIsWrittenAsInJSON(t *testing.T) {
	for _, c := range []struct {
		unit honne.Unit
		want string
	}{
		{honne.Unit{}, ""},
		{honne.Unit{Scale: 1, Currency: "JPY"}, "JPY"},
		{honne.Unit{Scale: 1000, Currency: "JPY"}, "1000 JPY"},
		{honne.Unit{Scale: 1, Name: "kl"}, "kl"},
		{honne.Unit{Scale: 1000, Name: "本"}, "1000 本"},
	} {
		if got := c.unit.String(); got != c.want {
			t.Errorf("%+v is written %q, want %q", c.unit, got, c.want)
		}
	}
}

func TestMeaningsAndSeries(t *testing.T) {
	seen := map[honne.Meaning]bool{}
	for _, m := range honne.Meanings() {
		if seen[m] {
			t.Errorf("%s is listed twice", m)
		}
		seen[m] = true
	}
	for _, s := range honne.AllSeries {
		want := s
		if s == honne.Sales {
			want = "" // that of its table
		}
		for amount, m := range map[bool]honne.Meaning{true: honne.AmountOf(s), false: honne.QuantityOf(s)} {
			got, isAmount, ok := m.Measure()
			if !ok || got != want || isAmount != amount || !seen[m] {
				t.Errorf("%s is %q, amount %v, %v; listed %v", m, got, isAmount, ok, seen[m])
			}
		}
	}
	if _, _, ok := honne.MUnitPrice.Measure(); ok {
		t.Error("a resale price is a figure of the ledger")
	}
}

func TestMonthlySumsProducts(t *testing.T) {
	april := honne.NewMonth(2025, 4)
	facts := honne.Facts{
		Series:   honne.Sales,
		Month:    []honne.Month{april, april, april + 2},
		Product:  []int32{0, 1, 0},
		Quantity: []honne.Figure{honne.Known(1000), {}, {}},
		Amount:   []honne.Figure{honne.Known(5), honne.Known(7), honne.Known(-2)},
	}
	record := honne.Record{Facts: []honne.Facts{facts}}
	got := record.Series(honne.Sales).Monthly()
	want := []honne.MonthTotal{
		{Month: april, Quantity: honne.Known(1000), Amount: honne.Known(12)},
		{Month: april + 2, Amount: honne.Known(-2)},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if rest := record.Series(honne.Stock); rest.Series != honne.Stock || rest.Monthly() != nil {
		t.Errorf("a series that is not there: %v", rest)
	}
}

func TestVocabularyIsWhole(t *testing.T) {
	names := map[string]bool{}
	add := func(list string, i int, id, wantID, slug string) {
		if id != wantID || slug == "" || names[list+slug] {
			t.Errorf("%s %d: %q %q, want %s and a slug of its own", list, i, id, slug, wantID)
		}
		names[list+slug] = true
	}
	for i, m := range honne.AllMeasures {
		add("measure", i, m.ID, fmt.Sprintf("S-%02d", i+1), m.Slug)
	}
	for i, s := range honne.AllSigns {
		add("sign", i, s.ID, fmt.Sprintf("W%d", i+1), s.Slug)
	}
	for i, slug := range honne.AllExcuses {
		add("excuse", i, "", "", slug)
	}
	for i, d := range honne.AllDimensions {
		add("dimension", i, "", "", d.Slug)
	}
	if len(honne.AllMeasures) != 30 || len(honne.AllSigns) != 7 || len(honne.AllExcuses) != 30 || len(honne.AllDimensions) != 10 {
		t.Error("the vocabulary has not 30 measures, 7 signs, 30 excuses and 10 dimensions")
	}
}

func TestErrorsTellApart(t *testing.T) {
	wrapped := fmt.Errorf("web: accept file: %w", &honne.Invalid{Field: "name", What: honne.Say("form.required")})
	var invalid *honne.Invalid
	if !errors.Is(wrapped, honne.ErrInvalid) || !errors.As(wrapped, &invalid) || invalid.Field != "name" {
		t.Errorf("%v is not told apart", wrapped)
	}
	if !errors.Is(&honne.Duplicate{Of: 412}, honne.ErrConflict) {
		t.Error("a duplicate is no conflict")
	}
}

func TestProfileYearStartsInApril(t *testing.T) {
	if got := (honne.Profile{}).FiscalStart(); got != 4 {
		t.Errorf("the fiscal year starts in month %d", got)
	}
	if got := (honne.Profile{FiscalYearStarts: 1}).FiscalStart(); got != 1 {
		t.Errorf("a stated start became %d", got)
	}
	if !honne.EventOurPrice.IsOurs() || honne.EventQBR.IsOurs() || !honne.EventQBR.IsMeeting() || honne.EventLaunch.IsMeeting() {
		t.Error("kinds of event are mixed up")
	}
}

// A part of ours is joined with the fact that it may explain, and with no other.
func TestBeside(t *testing.T) {
	say := func(ids ...string) (out []honne.Message) {
		for _, id := range ids {
			out = append(out, honne.Say(id))
		}
		return out
	}
	for _, c := range []struct {
		ours, fact string // joined
		facts      []honne.Message
	}{
		{"ours.our-shortage", "because.quarters-missed", say("because.quarters-missed", "because.plan")},
		{"because.our-postponed", "because.postponed", say("because.initiative", "because.postponed")},
		{"because.our-postponed", "", say("because.initiative")},
		{"because.reasons-own-side", "", say("because.excuse-index")},
		{"ours.our-shortage", "", nil},
	} {
		said, rest := honne.Beside(say(c.ours), c.facts)
		joined := len(said) == 1 && said[0].ID == "ours.beside"
		if joined != (c.fact != "") || len(rest) != len(c.facts)-map[bool]int{true: 1}[joined] {
			t.Errorf("%s: %v, %v", c.ours, said, rest)
		}
		if joined && said[0].Args[1].S != c.fact {
			t.Errorf("%s is joined with %s", c.ours, said[0].Args[1].S)
		}
	}
}
