package inspect

import (
	"fmt"
	"slices"
	"testing"

	"honne"
)

// What came, changed and was said after a day is told, and nothing that was known on it.
func TestNews(t *testing.T) {
	r, since := hiding().record(), (first + monthsTold - 2).Last()
	for i := range r.Deliveries {
		r.Deliveries[i].File = honne.FileID(i + 1)
	}
	r.Changes = []honne.Change{
		{Series: honne.Sales, Period: (first + 2).Period(), Received: honne.Receipt{At: (since + 3).At(9, 0)}, Before: honne.Reported{Amount: honne.Known(5)}, After: honne.Reported{Amount: honne.Known(2)}},
		{Series: honne.Sales, Period: (first + 3).Period(), Received: honne.Receipt{At: (since - 3).At(9, 0)}},
	}
	r.Promises = []honne.Promise{
		{By: honne.Ours, Confirmed: true, Made: since - 40, Due: since + 1},
		{By: honne.Theirs, Confirmed: true, Made: since + 2, Outcome: honne.PromiseKept, Done: since + 4},
		{By: honne.Theirs, Made: since + 2},
	}
	r.Said = []honne.Said{{Quote: honne.Quote{On: since + 1}}, {Quote: honne.Quote{On: since}}}
	now := Picture(r, japanese(t))
	before := now
	before.Signs = slices.Clone(now.Signs)
	before.Signs[0].Level = honne.Clear
	now.AsOf = since + 30
	var got []string
	for _, n := range News(&r, before, now, since) {
		got = append(got, fmt.Sprintf("%d %s %v", n.Sort, n.What.ID, n.Note.ID))
	}
	for _, want := range []string{"0 news.came news.came.on", "1 news.month news.month.now", "1 news.changed news.changed.to", "2 sign.visibility news.sign.from",
		"3 news.promises.ours news.promises", "3 news.promises.theirs news.promises", "4 news.reasons news.reasons.n"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is not told: %q", want, got)
		}
	}
	if late := News(&r, now, now, since+400); len(late) != 0 {
		t.Errorf("a day after all of it: %v", late)
	}
}
