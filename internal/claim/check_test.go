package claim_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"honne"
	"honne/internal/claim"
	"honne/internal/japan"
	"honne/internal/playbook"
	"honne/playbooks"
)

func book(t testing.TB) *playbook.Playbook {
	t.Helper()
	p, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var asOf = honne.NewDate(2026, 9, 30)

// TestChecks runs testdata/checks.txt, which says how it is written.
func TestChecks(t *testing.T) {
	p := book(t)
	data, err := os.ReadFile("testdata/checks.txt")
	if err != nil {
		t.Fatal(err)
	}
	excuse, line := "", 0
	verdicts := map[string][]string{}
	for text := range strings.Lines(string(data)) {
		line++
		text = strings.TrimSpace(text)
		if name, ok := strings.CutPrefix(text, "== "); ok {
			excuse = name
			continue
		}
		if text == "" || text[0] == '#' {
			continue
		}
		want, known, _ := strings.Cut(text, "|")
		r := recordOf(t, excuse, known)
		list := claim.Check(r, p)
		if len(list) != 1 {
			t.Fatalf("line %d: %d claims", line, len(list))
		}
		got := outcomeOf(list[0])
		if want = strings.TrimSpace(want); got != want {
			t.Errorf("testdata/checks.txt:%d: %s: %s: got %s", line, excuse, text, got)
		}
		verdicts[excuse] = append(verdicts[excuse], string(list[0].Verdict))
	}
	for _, x := range honne.AllExcuses {
		for _, v := range []honne.Verdict{honne.Supported, honne.Contradicted, honne.NotYetVerifiable} {
			if !slices.Contains(verdicts[x], string(v)) {
				t.Errorf("%s has no case of %s", x, v)
			}
		}
	}
}

// outcomeOf writes verdict, tags, confidence and own side as the cases do.
func outcomeOf(c honne.Claim) string {
	s := string(c.Verdict)
	if c.Verdict != honne.NotYetVerifiable {
		s += " " + string(c.Confidence)
	}
	if c.OwnSide {
		s += " own"
	}
	for _, tag := range c.Tags {
		s += " " + tag
	}
	return s
}

func recordOf(t *testing.T, excuse, known string) honne.Record {
	t.Helper()
	r := honne.Record{AsOf: asOf, Said: []honne.Said{said(excuse, asOf-100)}}
	for field := range strings.FieldsSeq(known) {
		name, value, _ := strings.Cut(field, "=")
		days, _ := strconv.Atoi(value)
		asked := honne.Asked{Excuse: excuse, On: japan.National().AddBusinessDays(asOf, -days), Written: true, At: "mail.mbox#7"}
		switch name {
		case "asked":
			r.Asked = append(r.Asked, asked)
		case "asked!":
			asked.Written = false
			r.Asked = append(r.Asked, asked)
		case "answered":
			asked.Answered = asOf - 1
			r.Asked = append(r.Asked, asked)
		case "item":
			r.Register = append(r.Register, itemOf(value))
		default:
			r.Noted = append(r.Noted, factOf(t, name, value))
		}
	}
	return r
}

func said(excuse string, on honne.Date) honne.Said {
	return honne.Said{Mention: honne.Mention{Excuse: excuse, Score: 0.9}, Quote: honne.Quote{On: on, By: honne.Theirs, At: "mail.mbox#3", Text: "…"}}
}

func itemOf(s string) honne.Registration {
	kind, way, _ := strings.Cut(s, ":")
	from, to, _ := strings.Cut(way, ">")
	return honne.Registration{Item: "stent " + s, Kind: kind, Holder: from, To: to, Source: "register", On: asOf - 30, Grade: honne.GradeA}
}

func factOf(t *testing.T, kind, value string) honne.Fact {
	t.Helper()
	value, months, _ := strings.Cut(value, "@")
	value, grade, _ := strings.Cut(value, "/")
	v, err := strconv.ParseFloat(value, 64)
	if err != nil {
		t.Fatal(err)
	}
	age, _ := strconv.Atoi(months)
	return honne.Fact{Kind: kind, Value: v, Source: "document", On: asOf - honne.Date(30*age), Grade: max(honne.GradeA, honne.Grade(grade))}
}

// TestNothingKnownIsNeverDecided: without facts every reason is open, and says
// what is missing and whom to ask.
func TestNothingKnownIsNeverDecided(t *testing.T) {
	var r honne.Record
	r.AsOf = asOf
	for _, x := range honne.AllExcuses {
		r.Said = append(r.Said, said(x, asOf-5))
	}
	list := claim.Check(r, book(t))
	if len(list) != len(honne.AllExcuses) {
		t.Fatalf("%d claims", len(list))
	}
	for i, c := range list {
		if c.Excuse != honne.AllExcuses[i] || c.Verdict != honne.NotYetVerifiable || c.OwnSide || len(c.Missing) == 0 ||
			c.Ask.IsZero() || c.Legitimate.IsZero() {
			t.Errorf("%s: %+v", c.Excuse, c)
		}
		for _, m := range c.Missing {
			if m.Title.IsZero() || m.Ask == "" || m.Ask == honne.FromLedger && m.Kind != "own-growth" && !strings.HasPrefix(m.Kind, "late-") && m.Kind != "question-open-days" {
				t.Errorf("%s: nobody can give %s", c.Excuse, m.Kind)
			}
		}
	}
}

// TestGuards: where money for access or a resale price is near, the guard comes
// with the claim, before any advice.
func TestGuards(t *testing.T) {
	for _, x := range book(t).Excuses {
		want := slices.Contains([]string{"kols-need-sponsorship", "price-too-high", "need-discount"}, x.Excuse)
		if x.Guard.IsZero() == want {
			t.Errorf("%s: guard %v", x.Excuse, x.Guard)
		}
	}
}

// TestFactsCount: a fact needs a source, a day, and to be known by then.
func TestFactsCount(t *testing.T) {
	p := book(t)
	for name, change := range map[string]func(*honne.Fact){
		"no source": func(f *honne.Fact) { f.Source = "" },
		"no day":    func(f *honne.Fact) { f.On = 0 },
		"tomorrow":  func(f *honne.Fact) { f.On = asOf + 1 },
		"no grade":  func(f *honne.Fact) { f.Grade = "" },
	} {
		r := recordOf(t, "wait-and-see", "deferrals=3")
		change(&r.Noted[0])
		if c := claim.Check(r, p)[0]; c.Verdict != honne.NotYetVerifiable {
			t.Errorf("%s: %s", name, c.Verdict)
		}
	}
	r := recordOf(t, "market-is-different", "own-growth=0.02")
	for i, g := range []float64{0.01, 0.09, 0.03} {
		f := factOf(t, "competitor-growth", fmt.Sprint(g))
		f.Of = string(rune('A' + i))
		r.Noted = append(r.Noted, f)
	}
	if c := claim.Check(r, p)[0]; c.Verdict != honne.Contradicted || c.Facts[0].Of != "B" {
		t.Errorf("of several competitors the fastest counts: %+v", c)
	}
	r.Noted[2].On, r.Noted[3].Of = asOf-60, "B"
	if c := claim.Check(r, p)[0]; c.Verdict == honne.Contradicted {
		t.Error("of one competitor the newest figure counts")
	}
}

// TestBarriers: a reason that was only ever given with evidence is marked.
func TestBarriers(t *testing.T) {
	r := recordOf(t, "wait-and-see", "")
	r.Said[0].Barrier = true
	if c := claim.Check(r, book(t))[0]; !c.Barrier {
		t.Error("a barrier")
	}
	r.Said = append(r.Said, said("wait-and-see", asOf))
	if c := claim.Check(r, book(t))[0]; c.Barrier || len(c.Said) != 2 {
		t.Error("and once without")
	}
}

// TestEveryFactIsUsed: a fact that no rule looks at would be asked for in vain.
func TestEveryFactIsUsed(t *testing.T) {
	p := book(t)
	var r honne.Record
	r.AsOf = asOf
	asked := map[string]bool{}
	for _, x := range p.Excuses {
		r.Said = append(r.Said, said(x.Excuse, asOf))
		r.Said[len(r.Said)-1].Text = "貴社の出荷遅延により"
		for _, c := range []*playbook.Condition{x.Contradicted, x.Supported, x.OwnSide} {
			for _, name := range c.Names() {
				asked[name] = true
			}
		}
	}
	for _, c := range claim.Check(r, p) {
		for _, m := range c.Missing {
			asked[m.Kind] = true
		}
	}
	for _, f := range p.Facts {
		if !asked[f.Fact] {
			t.Errorf("nothing looks at %s", f.Fact)
		}
	}
}

// TestNamesOurSide holds back what would be contradicted where the quote names
// our side, until somebody has looked whether it is so.
func TestNamesOurSide(t *testing.T) {
	p := book(t)
	for _, c := range []struct{ text, known, want string }{
		{"市場が違いますので、時間がかかります。", "segment-growth=0.07 own-growth=0.02", "contradicted high"},
		{"貴社の出荷遅延により、販売が進んでおりません。", "segment-growth=0.07 own-growth=0.02", "not-yet-verifiable names-our-side"},
		{"貴社の出荷遅延により、販売が進んでおりません。", "segment-growth=0.07 own-growth=0.02 our-cause=1", "not-yet-verifiable own"},
		{"貴社の出荷遅延により、販売が進んでおりません。", "segment-growth=0.07 own-growth=0.02 our-cause=0", "contradicted high"},
		{"貴社の出荷遅延により、販売が進んでおりません。", "segment-growth=0.07 own-growth=0.02 our-cause=0/D", "not-yet-verifiable names-our-side"},
		{"弊社の報告の遅れにより、貴社にはご迷惑をおかけしております。", "segment-growth=0.07 own-growth=0.02", "contradicted high"},
		{"御社からのご回答をまだいただけておらず、お客様への提案が止まっております。", "segment-growth=0.07 own-growth=0.02", "not-yet-verifiable names-our-side"},
		{"The market is different here, and the delay of your shipment did not help.", "segment-growth=0.07 own-growth=0.02", "not-yet-verifiable names-our-side"},
		{"Sales stopped at two hospitals after your price increase.", "segment-growth=0.07 own-growth=0.02", "not-yet-verifiable names-our-side"},
		{"You have not answered our question on the market since May.", "segment-growth=0.07 own-growth=0.02", "not-yet-verifiable names-our-side"},
		{"貴社都合により、デモが延期となりました。", "segment-growth=0.07 own-growth=0.02", "not-yet-verifiable names-our-side"},
		{"The Japanese market is different from yours.", "segment-growth=0.07 own-growth=0.02", "contradicted high"},
		{"As you have seen, hospitals here do not change easily.", "segment-growth=0.07 own-growth=0.02", "contradicted high"},
		{"Thanks to your support our visits increased, but the market is not like others.", "segment-growth=0.07 own-growth=0.02", "contradicted high"},
		{"貴社の製品に問題はございません。日本の市場は特殊です。", "segment-growth=0.07 own-growth=0.02", "contradicted high"},
		{"貴社の資料は届いていますが、日本の市場は特殊です。", "segment-growth=0.07 own-growth=0.02", "contradicted high"},
	} {
		r := recordOf(t, "market-is-different", c.known)
		r.Said[0].Text = c.text
		got := claim.Check(r, p)[0]
		if outcomeOf(got) != c.want {
			t.Errorf("%s | %s: %s, want %s", c.text, c.known, outcomeOf(got), c.want)
		}
		if named := len(got.NamesUs) > 0; named && got.Verdict == honne.NotYetVerifiable && !got.OwnSide && got.Missing[0].Kind != "our-cause" {
			t.Errorf("%s: our own side is not asked first: %v", c.text, got.Missing)
		}
	}
}
