package web

import (
	"slices"
	"testing"

	"honne/internal/store"
)

// Who saw and changed what stands in the history, in its order; what somebody
// may not see leaves no trace.
func TestHistory(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.settle()
	h.get("/portfolio")
	h.get("/nothing")
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	list, err := h.works.Store.History(t.Context(), "/", 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range slices.Backward(list) {
		got = append(got, string(e.Verb)+" "+e.Object)
		if e.By == 0 {
			t.Errorf("nobody did %+v", e)
		}
	}
	want := []string{string(store.Saw) + " /portfolio", string(store.Changed) + " /distributors/new"}
	if len(got) < 2 || !slices.Equal(got[len(got)-2:], want) {
		t.Errorf("%v", got)
	}
	if err := h.works.Store.CheckHistory(t.Context()); err != nil {
		t.Error(err)
	}
}
