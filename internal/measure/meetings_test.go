package measure

import (
	"testing"

	"honne"
)

// Meetings that mail tells of count beside those by invitation, each day once; what nobody
// confirmed is never beyond chance, and who was held on a day did not put it off.
func TestMeetingsTold(t *testing.T) {
	t.Parallel()
	day := honne.NewDate(2026, 6, 1)
	year := honne.Period{From: day, To: day + 364}
	off := func(n honne.Date, heard bool) honne.NotedMeeting {
		return honne.NotedMeeting{Day: day + n, By: honne.Ours, PutOff: day + n - 1, PutOffBy: honne.Theirs, Heard: heard}
	}
	parts := func(r *honne.Record) map[string]float64 {
		res, out := honne.Result{}, map[string]float64{}
		addMeetings(&res, r, year, 3)
		for _, p := range res.Parts {
			out[p.Name] = p.Value
		}
		return out
	}
	r := &honne.Record{Log: honne.Log{Met: []honne.NotedMeeting{off(10, true), off(40, true), off(70, true), off(100, true)}}}
	if got := parts(r); got["meetings"] != 4 || got["postponed"] != 1 || got["postponed-of-4"] != 4 || got["postponed-least"] != 0 {
		t.Errorf("told: %v", got)
	}
	for i := range r.Log.Met {
		r.Log.Met[i].Heard = false
	}
	if got := parts(r); got["postponed-least"] < 0.5 {
		t.Errorf("confirmed: %v", got)
	}
	r.Log.Met[0].Held, r.Log.Met[1].PutOffBy, r.Log.Met[2].By = true, honne.Ours, ""
	r.Meetings = []honne.Meeting{{Set: day + 100}, {Set: day + 130}}
	if got := parts(r); got["meetings"] != 4 || got["postponed"] != 0 || got["ours-postponed"] != 1 {
		t.Errorf("held, ours, only told to be held, and invited: %v", got)
	}
	r = &honne.Record{}
	for n := honne.Date(10); n < 40; n += 10 {
		both := []honne.Move{{By: honne.Ours, To: day + n + 1}, {By: honne.Theirs, To: day + n + 2}}
		r.Meetings = append(r.Meetings, honne.Meeting{Set: day + n, Moves: both})
	}
	if got := parts(r); got["postponed"] != 1 || got["ours-postponed"] != 3 || got["postponed-over-ours"] != 0 {
		t.Errorf("moved by both sides: %v", got)
	}
}
