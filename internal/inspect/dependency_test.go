package inspect

import (
	"math"
	"slices"
	"testing"

	"honne"
)

// TestDependencyFromTheLog is the vector of domain Appendix H, from what people
// entered: r2 3/8, r3 60/460, r5 5/8, and r1 of VI 0.38 and access 42.
func TestDependencyFromTheLog(t *testing.T) {
	day := honne.NewDate(2026, 3, 31)
	r := honne.Record{AsOf: day, Currency: honne.JPY}
	for i, answer := range []honne.AccessAnswer{"granted", "granted", "granted", "granted", "granted", "refused", "refused", "", ""} {
		asked := day - 200
		if i == 8 {
			asked = day - 10 // too young to count
		}
		r.Log.Changes = append(r.Log.Changes, honne.ChangeRequest{Asked: asked, Answer: answer})
	}
	r.Log.Delayed = []honne.Delayed{{Value: honne.Money{Minor: 60, Currency: honne.JPY}}}
	f := honne.Facts{Series: honne.Sales}
	for i := range honne.Month(12) {
		f.Month, f.Product, f.Version = append(f.Month, day.Month()-11+i), append(f.Product, -1), append(f.Version, 1)
		f.Amount, f.Quantity = append(f.Amount, honne.Known([]int64{37, 33}[min(1, i)])), append(f.Quantity, honne.Figure{})
	}
	r.Facts = []honne.Facts{f}
	for i, term := range honne.AllContractTerms {
		r.Log.Terms = append(r.Log.Terms, honne.ContractTerm{Term: term, Has: i < 3})
	}
	for name, c := range map[string]struct {
		of   func(*honne.Record) (float64, honne.Message, bool)
		want float64
	}{"r2": {resisted, 3.0 / 8}, "r3": {putOff, 60.0 / 460}, "r5": {contractGaps, 5.0 / 8}} {
		if v, _, ok := c.of(&r); !ok || math.Abs(v-c.want) > 1e-12 {
			t.Errorf("%s = %v (%v), want %v", name, v, ok, c.want)
		}
		if v, _, ok := c.of(&honne.Record{AsOf: day, Currency: honne.JPY}); ok {
			t.Errorf("%s of nothing entered is %v", name, v)
		}
	}
	d := Picture(r, japanese(t)).Dependency
	if !d.Known || d.Index != 37.7 || len(d.Why) != 2 || len(d.Because) != 3 { // r1 and r4 are unknown, and named
		t.Errorf("%+v", d)
	}
}

// TestReplacement: each part once, the last estimate of it; what nobody estimated is
// unknown and named, and then no sum is said.
func TestReplacement(t *testing.T) {
	day, n := honne.NewDate(2026, 3, 31), func(x float64) *float64 { return &x }
	r := honne.Record{AsOf: day}
	if x := replacement(&r); x.Known || x.AtLeast != 0 || len(x.Parts) != 4 || x.Says[0].ID != "replace.says.unknown" || x.Says[4].ID != "replace.part.unknown" {
		t.Errorf("of nothing entered: %+v", x)
	}
	r.Log.Replace = []honne.Replacing{{Part: "partner", Months: n(6), On: day - 9}, {Part: "partner", Months: n(4), On: day}, {Part: "registration", Months: n(12), On: day},
		{Part: "stock", Months: n(0), On: day}, {Part: "training", On: day}}
	if x := replacement(&r); x.Known || x.AtLeast != 12 || x.AtMost != 0 || x.Says[0].ID != "replace.says.least" {
		t.Errorf("one unknown: %+v", x)
	}
	if x := replacement(&honne.Record{AsOf: day, Log: honne.Log{Replace: r.Log.Replace[3:4]}}); !x.Told() {
		t.Error("no month for stock is a part that is known")
	}
	r.Log.Replace[4].Months = n(3)
	if x := replacement(&r); !x.Known || x.AtLeast != 12 || x.AtMost != 19 || x.Says[0].ID != "replace.says" {
		t.Errorf("all known: %+v", x)
	}
}

// TestOutlets: shares of 40, 30, 20 and 10 % are 3,000 (domain Appendix H); where
// twelve months of one are not known nothing is said, and it is named.
func TestOutlets(t *testing.T) {
	list := func(series honne.Series, months ...int) (out []Outlet) {
		for i, n := range months {
			f := honne.Facts{Series: series}
			for m := range honne.Month(n) {
				f.Month, f.Product, f.Version = append(f.Month, honne.NewMonth(2025, 1)+m), append(f.Product, -1), append(f.Version, 1)
				f.Amount, f.Quantity = append(f.Amount, honne.Known(int64(40-10*i))), append(f.Quantity, honne.Figure{})
			}
			r := honne.Record{AsOf: honne.NewDate(2026, 3, 10), Currency: honne.JPY, Facts: []honne.Facts{f}}
			r.Distributor.ID = honne.DistributorID(i + 1)
			out = append(out, OutletOf(&r))
		}
		return out
	}
	// The fifteenth month still runs, and one partner is a month behind.
	if x := SpreadOver(list(honne.Sales, 15, 13, 15, 15)); !x.Known || x.HHI != 3000 || x.Series != honne.Sales || x.Shares[0].Share != 0.4 || x.Period != honne.Months(honne.NewMonth(2025, 2), honne.NewMonth(2026, 1)) {
		t.Errorf("%+v", x)
	}
	if x := SpreadOver(list(honne.Shipments, 12, 12)); !x.Known || x.Series != honne.Shipments {
		t.Errorf("%+v", x)
	}
	if x := SpreadOver(list(honne.Sales, 15, 11, 15)); x.Known || x.HHI != 0 || len(x.Lacking) == 0 {
		t.Errorf("%+v", x)
	}
	if x := SpreadOver(append(list(honne.Sales, 15), list(honne.Stock, 15)...)); x.Known || len(x.Lacking) != 1 {
		t.Errorf("%+v", x)
	}
}

// TestLetPass: a high sign of a quarter that is over wants an action by the end of
// the next; muting is none, and without a log of actions nothing is said.
func TestLetPass(t *testing.T) {
	p := japanese(t)
	r := hiding().record()
	f := examine(&r, p)
	if _, _, ok := f.letPass(&r, p); ok {
		t.Error("nobody logs actions, and something is said of them")
	}
	r.Log.Handled = []honne.SignAction{{Sign: "visibility", On: honne.NewDate(2025, 5, 20)}, {Sign: "visibility", On: honne.NewDate(2025, 8, 20), Until: honne.NewDate(2025, 12, 1)}}
	v, why, ok := f.letPass(&r, p)
	if !ok || v <= 0 || v >= 1 {
		t.Errorf("%v %v %v", v, why, ok)
	}
}

// TestMirror: our own side comes first, and only what somebody entered is said.
func TestMirror(t *testing.T) {
	r := excellent().record()
	if m := mirror(&r); len(m) > 0 {
		t.Errorf("nothing was entered: %v", m)
	}
	on := honne.NewDate(2026, 1, 15)
	r.Log.OurActs = []honne.OurAct{
		{Kind: honne.OurPriceNotice, On: on, Until: on + 12},
		{Kind: honne.OurDelivery, On: on, Due: on + 10, Until: on + 9},
		{Kind: honne.OurDelivery, On: on, Due: on + 10, Until: on + 11},
		{Kind: honne.OurDelivery, On: on, Due: r.AsOf + 5},
		{Kind: honne.OurVisit, On: on}, {Kind: honne.OurLeaver, On: on}, {Kind: honne.OurRequest, On: on},
	}
	p := Picture(r, japanese(t))
	var ids []string
	for _, m := range p.OurSide {
		ids = append(ids, m.ID)
	}
	if !slices.Equal(ids[:5], []string{"mirror.requests", "mirror.deliveries", "mirror.price-notice", "mirror.visits", "mirror.leavers"}) {
		t.Errorf("our side: %v", p.OurSide)
	}
	if a := p.OurSide[1].Args; a[0].N != 1 || a[1].N != 2 {
		t.Errorf("deliveries: %v", a)
	}
}

// TestReadiness: an answer without evidence is no answer.
func TestReadiness(t *testing.T) {
	r := honne.Record{AsOf: honne.NewDate(2026, 3, 31)}
	r.Log.Readiness = []honne.Readiness{{Question: "H1a", Score: 3, Evidence: "log"}, {Question: "H1b", Score: 4}, {Question: "H1c", NA: true},
		{Question: "H1a", Score: 2, Evidence: "log of May", On: r.AsOf}}
	list := Readiness(&r)
	if len(list) != 7 || len(honne.AllReadiness) != 27 {
		t.Fatalf("%d blocks of %d questions", len(list), len(honne.AllReadiness))
	}
	if b := list[0]; !b.Known || b.Index != 50 || b.Answered != 1 || b.Of != 2 || !slices.Equal(b.Open, []string{"H1b"}) {
		t.Errorf("%+v", b)
	}
	if b := list[6]; b.Known || b.Block != "K" || b.Of != 10 || len(b.Open) != 10 {
		t.Errorf("%+v", b)
	}
}

// TestFeelingAlone: a low pulse is never high, and where no other sign agrees it
// says so.
func TestFeelingAlone(t *testing.T) {
	signs := func(others honne.Band) []honne.Sign {
		var list []honne.Sign
		for _, id := range honne.AllSigns {
			list = append(list, honne.Sign{ID: id, Level: others})
		}
		list[6].Level = honne.Watch
		diverge(list)
		return list
	}
	for others, want := range map[honne.Band]int{honne.Clear: 1, honne.Watch: 0, honne.UnknownBand: 0} {
		if got := len(signs(others)[6].Because); got != want {
			t.Errorf("beside %s signs: %d messages, want %d", others, got, want)
		}
	}
	r := excellent().record()
	for m := honne.NewMonth(2025, 12); m <= honne.NewMonth(2026, 3); m++ {
		for who := range honne.UserID(2) {
			r.Log.Pulses = append(r.Log.Pulses, honne.Pulse{Month: m, Rater: who + 1, Score: 1})
		}
	}
	for _, s := range Picture(r, japanese(t)).Signs {
		if s.ID.Slug == "gut-feel" && s.Level != honne.Watch {
			t.Errorf("%s", s.Level)
		}
	}
}

// TestFlagsUnseen: a record without flags because the reader may not see them is
// that of a distributor without any.
func TestFlagsUnseen(t *testing.T) {
	r := excellent().record()
	without := encode(t, Picture(r, japanese(t)))
	r.Log.RedFlags = []honne.RedFlag{{On: honne.NewDate(2026, 1, 5), Kind: "sub-agent", Critical: true}}
	if string(encode(t, Picture(r, japanese(t)))) == string(without) {
		t.Error("a flag changes nothing for whoever may see it")
	}
	r.Log.RedFlags = nil
	if string(encode(t, Picture(r, japanese(t)))) != string(without) {
		t.Error("the pictures differ")
	}
}
