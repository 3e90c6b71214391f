package measure

import (
	"testing"

	"honne"
)

// Reasons are said in their words from the first message on, though their rate needs
// more: the newest of each, contradicted ones as such, no more than three.
func TestReasonsInTheirWords(t *testing.T) {
	t.Parallel()
	said := func(slug, text string, day honne.Date, verdict honne.Verdict) honne.Said {
		return honne.Said{Mention: honne.Mention{Excuse: slug}, Quote: honne.Quote{On: day, By: honne.Theirs, Text: text}, Verdict: verdict}
	}
	day := honne.NewDate(2026, 9, 1)
	r := &honne.Record{AsOf: day + 60, Turns: []honne.Turn{{Mail: 1, At: (day).At(9, 0).UnixMicro(), Exact: true, Side: honne.Theirs, Kind: honne.Substance}},
		Said: []honne.Said{said("no-crm", "頭の中にあります", day, ""), said("wait-and-see", "様子を見ております", day+1, ""), said("price-too-high", "holds", day+2, honne.Supported),
			said("market-is-different", "市場環境が厳しい", day+3, honne.Contradicted), said("market-is-different", "市場全体が厳しい", day+4, honne.Contradicted), said("head-office-approval", "本社の承認待ち", day+5, "")}}
	res := Find("excuse-index").Of(r, nil)
	want := []string{"because.reason.heard 本社の承認待ち", "because.reason.contradicted.heard 市場全体が厳しい", "because.reason.heard 様子を見ております", "because.reasons-more"}
	if res.Known || len(res.Because) != len(want) {
		t.Fatalf("known %v, %+v", res.Known, res.Because)
	}
	for i, m := range res.Because {
		got := m.ID
		if len(m.Args) > 1 {
			got += " " + m.Args[1].S
		}
		if got != want[i] {
			t.Errorf("%s, want %s", got, want[i])
		}
	}
}
