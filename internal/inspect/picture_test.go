package inspect

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/lang"
	"honne/internal/playbook"
)

// TestInnocent: who has nothing planted gets nothing high, and nobody is called
// healthy for what is unknown.
func TestInnocent(t *testing.T) {
	p := japanese(t)
	for name, w := range map[string]world{"excellent": excellent(), "shrinking market": shrinking()} {
		pic := Picture(w.record(), p)
		for _, j := range pic.Measures {
			if j.Band == honne.High || j.Band == honne.Watch {
				t.Errorf("%s: %s is %s (%v %v)", name, j.Measure.Slug, j.Band, j.Value, j.Parts)
			}
			if !j.Known && j.Band != honne.UnknownBand {
				t.Errorf("%s: %s is unknown, but has the band %q", name, j.Measure.Slug, j.Band)
			}
		}
		for _, s := range pic.Signs {
			if s.Level == honne.High || s.Level == honne.Watch {
				t.Errorf("%s: sign %s is %s: %v", name, s.ID.Slug, s.Level, s.Because)
			}
		}
		if len(pic.Questions) > mostAsked {
			t.Errorf("%s is asked %d questions", name, len(pic.Questions))
		}
		if pic.Overall != honne.UnknownBand { // five of seven signs need mail, logs and people
			t.Errorf("%s: overall = %q", name, pic.Overall)
		}
		t.Log(name, pic.Message)
	}
}

// TestSinceStands: a sign that stands as long as anything is known keeps its
// beginning when the day moves on, further than the quarters that are shown.
func TestSinceStands(t *testing.T) {
	for _, day := range []honne.Date{honne.NewDate(2025, 4, 27), honne.NewDate(2025, 12, 20), honne.NewDate(2026, 4, 27), honne.NewDate(2026, 8, 1)} {
		r := hiding().record()
		r.AsOf = day
		pic := Picture(r, japanese(t))
		i := slices.IndexFunc(pic.Signs, func(s honne.Sign) bool { return s.ID.Slug == "visibility" })
		if s := pic.Signs[i]; s.Level != honne.High || s.Since != first {
			t.Errorf("on %s: %s since %s", day, s.Level, s.Since)
		}
	}
}

func TestHidingIsSeen(t *testing.T) {
	pic := Picture(hiding().record(), japanese(t))
	bands := map[string]honne.Band{}
	for _, j := range pic.Measures {
		bands[j.Measure.Slug] = j.Band
	}
	for slug, want := range map[string]honne.Band{"visibility-index": honne.High, "plan-attainment": honne.High, "lateness": honne.High,
		"completeness": honne.Clear, "growth": "", "response-time": honne.UnknownBand} {
		if bands[slug] != want {
			t.Errorf("%s = %q, want %q", slug, bands[slug], want)
		}
	}
	if s := pic.Signs[0]; s.ID.Slug != "visibility" || s.Level != honne.High || s.Since != first {
		t.Errorf("first sign = %s %s since %s", s.ID.Slug, s.Level, s.Since)
	}
	if s := pic.Signs[len(pic.Signs)-1]; s.Level != honne.UnknownBand || len(s.Needs) == 0 {
		t.Errorf("last sign = %+v, want an unknown one with its needs", s)
	}
	if pic.Overall != LookCloser {
		t.Errorf("overall %s", pic.Overall)
	}
	// What is high in no sign is said behind the finding.
	if m := pic.Message; m.ID != "message.besides" || m.Args[0].S != "message.under-plan" || m.Args[len(m.Args)-1].S != "measure.lateness" {
		t.Errorf("message %v", m)
	}
	if len(pic.Questions) == 0 || pic.Questions[0].Because[0] != "plan-attainment" {
		t.Errorf("questions = %v", pic.Questions)
	}
}

// A threshold of our own changes the level of the measure and of its sign, is marked
// in the words of both, and changes nothing else.
func TestOwnThresholds(t *testing.T) {
	p, r := japanese(t), hiding().record()
	before := Picture(r, p)
	r.Thresholds = []honne.Entry[honne.OwnThreshold]{{Body: honne.OwnThreshold{Threshold: "visibility-index.under.2", Value: 0}}}
	after := Picture(r, p)
	own := func(trace []honne.Message) bool {
		return slices.ContainsFunc(trace, func(m honne.Message) bool {
			return slices.ContainsFunc(m.Args, func(a honne.Arg) bool { return a.Name == "limit" && a.F == 0 && a.S != "" })
		})
	}
	for i, j := range after.Measures {
		was := before.Measures[i]
		switch {
		case j.Measure.Slug != "visibility-index":
			if j.Band != was.Band || own(j.Trace) {
				t.Errorf("%s was %s, is %s", j.Measure.Slug, was.Band, j.Band)
			}
		case was.Band != honne.High || j.Band != honne.Watch || !own(j.Trace) || own(was.Trace):
			t.Errorf("was %s, is %s by %v", was.Band, j.Band, j.Trace)
		}
	}
	i := slices.IndexFunc(after.Signs, func(s honne.Sign) bool { return s.ID.Slug == "visibility" })
	if s := after.Signs[i]; s.Level != honne.Watch || !own(s.Trace) {
		t.Errorf("the sign is %s by %v", s.Level, s.Trace)
	}
}

// TestNothing is AC12: unknown is never green.
func TestNothing(t *testing.T) {
	pic := Picture(honne.Record{AsOf: honne.NewDate(2026, 4, 20)}, japanese(t))
	for _, j := range pic.Measures {
		if j.Known || j.Band != honne.UnknownBand || j.Why.IsZero() || len(j.Needs) == 0 {
			t.Errorf("%s: known %v, band %q, why %q, needs %v", j.Measure.Slug, j.Known, j.Band, j.Why.ID, j.Needs)
		}
	}
	for _, s := range pic.Signs {
		if s.Level != honne.UnknownBand || len(s.Because) == 0 {
			t.Errorf("sign %s = %s", s.ID.Slug, s.Level)
		}
	}
	if pic.Overall != honne.UnknownBand || pic.Outcome.Recommendation != honne.AuditIncomplete || pic.Dependency.Known || len(pic.Dependency.Why) != 5 {
		t.Errorf("overall %q, outcome %v, dependency %+v", pic.Overall, pic.Outcome, pic.Dependency)
	}
	if pic.Message.ID != "message.nothing-yet" || len(pic.Months) != 12 || pic.FiscalYear != 2026 {
		t.Errorf("message %v, %d months, fiscal year %d", pic.Message, len(pic.Months), pic.FiscalYear)
	}
	if pic.Next[0].Give != honne.NeedSales || len(pic.Next[0].Unlocks) < 8 {
		t.Errorf("next = %v", pic.Next)
	}
}

func TestDeterminism(t *testing.T) {
	p := japanese(t)
	r := hiding().record()
	a := encode(t, Picture(r, p))
	if b := encode(t, Picture(r, p)); !bytes.Equal(a, b) {
		t.Error("two runs differ")
	}
	r.Days, r.Vintages = slices.Clone(r.Days), slices.Clone(r.Vintages)
	slices.Reverse(r.Days)
	slices.Reverse(r.Vintages)
	if b := encode(t, Picture(r, p)); !bytes.Equal(a, b) {
		t.Error("the order of rows matters")
	}
}

func encode(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestDependencyGolden holds the numbers of domain Appendix H.
func TestDependencyGolden(t *testing.T) {
	r1 := controlled(0.38, 42)
	r2, r3, r4, r5 := 3.0/8, 60.0/460, 2.0/6, 5.0/8
	if math.Abs(r1-0.6) > 1e-9 {
		t.Errorf("r1 = %v", r1)
	}
	if d := weigh([5]*float64{&r1, &r2, &r3, &r4, &r5}); d.Index != 41.3 || d.Band != "watch" {
		t.Errorf("index = %v %s", d.Index, d.Band)
	}
	if d := weigh([5]*float64{&r1, nil, &r3, nil, nil}); d.Known || d.Band != "unknown" {
		t.Errorf("two parts give %+v", d)
	}
	if d := weigh([5]*float64{&r1, &r2, nil, nil, &r5}); !d.Known || d.Index != 53.3 {
		t.Errorf("three parts give %v", d.Index)
	}
}

func TestOverall(t *testing.T) {
	rules := japanese(t).Overall
	for levels, want := range map[string]honne.Band{"ccccccc": Healthy, "wcccccc": Healthy, "wwccccc": LookCloser, "hcccccc": LookCloser,
		"hhwcccc": LookCloser, "hhhcccc": Act, "cccuuuu": honne.UnknownBand, "ccccuuu": Healthy, "huuuuuu": LookCloser, "uuuuuuu": honne.UnknownBand} {
		var signs []honne.Sign
		for _, c := range levels {
			signs = append(signs, honne.Sign{Level: map[rune]honne.Band{'c': honne.Clear, 'w': honne.Watch, 'h': honne.High, 'u': honne.UnknownBand}[c]})
		}
		if got := overall(rules, signs); got != want {
			t.Errorf("%s = %s, want %s", levels, got, want)
		}
	}
}

// What nobody explained is not called healthy, nor anything worse; what is high and in no
// sign calls for a look.
func TestSettled(t *testing.T) {
	rules := japanese(t).Overall
	gap := func(b honne.Band) honne.Judged {
		return honne.Judged{Result: honne.Result{Measure: honne.MeasureID{Slug: "growth-gap"}}, Band: b}
	}
	for name, c := range map[string]struct {
		overall honne.Band
		growth  float64
		gap     honne.Band
		want    honne.Band
	}{
		"grows":                 {Healthy, 0.02, honne.Clear, Healthy},
		"falls a little":        {Healthy, -0.04, honne.UnknownBand, Healthy},
		"falls":                 {Healthy, -0.05, honne.UnknownBand, honne.UnknownBand},
		"falls with the market": {Healthy, -0.12, honne.Clear, Healthy},
		"falls more":            {Healthy, -0.18, honne.Watch, honne.UnknownBand},
		"high in no sign":       {Healthy, 0.02, honne.High, LookCloser},
		"high, else not known":  {honne.UnknownBand, 0.02, honne.High, LookCloser},
		"act":                   {Act, -0.2, honne.High, Act},
	} {
		p := honne.Picture{Overall: c.overall, Measures: []honne.Judged{gap(c.gap)}, KPIs: honne.KPIs{Growth: &c.growth}}
		if got := settled(rules, p); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if got := settled(rules, honne.Picture{Overall: Healthy}); got != Healthy {
		t.Errorf("without a year before: %s", got)
	}
}

func TestCheck(t *testing.T) {
	if err := Check(japanese(t)); err != nil {
		t.Error(err)
	}
	for want, rules := range map[string]playbook.MeasureRules{
		"declares threshold, months, meeting-days": {Measure: "restatement", Params: map[string]float64{"limit": 1}},
		"declares none":               {Measure: "mutual-weight", Params: map[string]float64{"limit": 1}},
		`there is no measure "grown"`: {Measure: "grown"},
	} {
		if err := Check(&playbook.Playbook{Measures: []playbook.MeasureRules{rules}}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error = %v, want %q", err, want)
		}
	}
}

// TestOurFault: what our own shortage explains is said first, is never high, and
// nothing is asked of the partner about it.
func TestOurFault(t *testing.T) {
	w := excellent()
	w.plan = func(i int) int64 { return season(i) * int64(1300+8*i) * 1000 }
	w.profile.Events = []honne.Event{{Date: honne.NewDate(2025, 8, 4), Kind: honne.EventOurShort, Note: "port strike"}}
	pic := Picture(w.record(), japanese(t))
	for _, s := range pic.Signs {
		if s.ID.Slug == "targets" && (s.Level != honne.Watch || !s.OurSide || s.Because[0].ID != "ours.beside") {
			t.Errorf("targets = %s, our side %v, because %v", s.Level, s.OurSide, s.Because)
		}
		if s.ID.Slug == "targets" {
			inOneSentence(t, s.Because)
		}
	}
	for _, q := range pic.Questions {
		if slices.Contains(q.Because, "plan-attainment") {
			t.Error("the partner is asked about what we caused")
		}
	}
	if len(pic.OurSide) != 1 || pic.OurSide[0].ID != "ours.our-shortage.note" {
		t.Errorf("our side = %v", pic.OurSide)
	}
}

// A late delivery that a message tells explains the quarter of its order and the next: a
// plan missed in them alone is never high, one missed all year is, with what we did beside
// it; where nobody knows when it ended, it may explain all.
func TestLateGoodsExplainTheirQuarters(t *testing.T) {
	late := honne.OurAct{Kind: honne.OurShortage, On: honne.NewDate(2025, 8, 4), What: "出荷が遅れております", Mail: 7, Heard: true}
	for name, c := range map[string]struct {
		act      honne.OurAct
		allYear  bool
		want     honne.Band
		sentence string
	}{
		"those quarters":            {late, false, honne.Watch, "message.fell-in-growing-market.our-side"},
		"all year":                  {late, true, honne.High, "message.fell-in-growing-market.under-plan"},
		"confirmed, with its end":   {honne.OurAct{Kind: honne.OurShortage, On: late.On, Until: late.On + 20, Mail: 7}, true, honne.High, "message.fell-in-growing-market.under-plan"},
		"confirmed, without an end": {honne.OurAct{Kind: honne.OurShortage, On: late.On, Mail: 7}, true, honne.Watch, "message.fell-in-growing-market.our-side"},
	} {
		w := excellent()
		sales := w.sales
		w.sales = func(i int) int64 {
			if i >= 24 && c.allYear || i >= 27 && i <= 32 {
				return sales(i) * 6 / 10
			}
			return sales(i)
		}
		r := w.record()
		r.Log.OurActs = []honne.OurAct{c.act}
		pic := Picture(r, japanese(t))
		for _, slug := range []string{"plan-attainment", "growth-gap"} {
			i := slices.IndexFunc(pic.Measures, func(m honne.Judged) bool { return m.Measure.Slug == slug })
			if m := pic.Measures[i]; m.Band != c.want || len(m.OurSide) == 0 {
				t.Errorf("%s: %s is %s, our side %v", name, slug, m.Band, m.OurSide)
			}
		}
		for _, s := range pic.Signs {
			if s.ID.Slug == "targets" && (s.Level != c.want || !s.OurSide) {
				t.Errorf("%s: targets are %s", name, s.Level)
			}
		}
		if got := opening(pic.Message); got != c.sentence {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// A product given up explains what is missed of it and no more: named, the others are
// judged by themselves, and where a tenth of the sales is given up nobody need fall by half.
func TestGivenUpExplainsItsPart(t *testing.T) {
	for name, c := range map[string]struct {
		note          string
		others, given int64 // of a hundred that were sold of each before
		want          honne.Band
	}{
		"all of the fall":      {"NS-1の生産を中止いたします。", 104, 20, honne.Watch},
		"a part of the fall":   {"NS-1の生産を中止いたします。", 55, 80, honne.High},
		"nobody says of which": {"旧型の生産を中止いたします。", 55, 80, honne.Watch},
	} {
		w := excellent()
		r := w.record()
		r.Products = append(r.Products, honne.Product{Code: "NS-2"})
		for i := range r.Facts {
			if f := &r.Facts[i]; f.Series == honne.Sales {
				*f = halved(*f, func(k int) int64 {
					switch {
					case k/2 < 24:
						return 100
					case k%2 == 0:
						return c.given
					}
					return c.others
				})
			}
		}
		r.Log.OurActs = []honne.OurAct{{Kind: honne.OurEnd, On: honne.NewDate(2025, 3, 28), What: c.note, Mail: 7, Heard: true}}
		pic := Picture(r, japanese(t))
		for _, slug := range []string{"plan-attainment", "growth-gap"} {
			i := slices.IndexFunc(pic.Measures, func(m honne.Judged) bool { return m.Measure.Slug == slug })
			if m := pic.Measures[i]; m.Band != c.want || len(m.OurSide) == 0 {
				t.Errorf("%s: %s is %s, our side %v, %v", name, slug, m.Band, m.OurSide, m.Parts)
			}
		}
	}
}

// halved are figures of two products for each of one: shares of a hundred of its half.
func halved(f honne.Facts, share func(k int) int64) (out honne.Facts) {
	out.Series = f.Series
	for i, m := range f.Month {
		for product := range int32(2) {
			n := share(2*i + int(product))
			out.Month, out.Product, out.Version = append(out.Month, m), append(out.Product, product), append(out.Version, f.Version[i])
			out.Amount = append(out.Amount, honne.Known(f.Amount[i].N/2*n/100))
			out.Quantity = append(out.Quantity, honne.Known(f.Quantity[i].N/2*n/100))
		}
	}
	return out
}

// inOneSentence looks whether our part stands in one sentence with the fact that it
// may explain, and neither is said again.
func inOneSentence(t *testing.T, because []honne.Message) {
	t.Helper()
	c, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	for l, want := range map[lang.Language]string{
		lang.EN: "We could not deliver in full (4 Aug 2025): port strike; that may explain at least part of this: ",
		lang.JA: "当社側の事情「当社の供給不足（2025年8月4日）：port strike」が一因となった可能性がありますが、"} {
		said := c.Say(l, because[0])
		if !strings.HasPrefix(said, want) || strings.Count(said, ". ")+strings.Count(said, "。") > 1 || strings.Contains(said, "[") {
			t.Errorf("%s", said)
		}
		fact := strings.TrimRight(strings.TrimPrefix(said, want), ".。")
		for _, more := range because[1:] {
			if again := c.Say(l, more); strings.Contains(again, fact) || strings.Contains(again, "port strike") {
				t.Errorf("said twice: %s", again)
			}
		}
	}
}
