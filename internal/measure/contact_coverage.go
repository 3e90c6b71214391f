package measure

import "honne"

func contactCoverage() *Measure {
	return &Measure{
		ID: honne.MeasureID{ID: "S-24", Slug: "contact-coverage"},
		Doc: `Contact coverage: functions of the partner (sales, field, technical, quality, finance, management) in which we reach somebody without
another's help ÷ those six. It speaks of our own knowledge. Parts: people (reached directly), field-people, english-only (share of them),
one-person (yes where all that is marked as the most of what we know comes from one; unknown while nobody is marked), top-writer (share of
their messages of twelve months, ten at least, that one person wrote; messages of programs and reports are left out). Minimum: a list with one contact.
Source: domain 3.5 S-24, 1.1 A-10.`,
		Params: []Param{{"least-written", 10, "messages of a year of which a share of one person is told"}},
		Needs:  []honne.Need{honne.NeedContacts},
		Run:    runContactCoverage,
	}
}

func runContactCoverage(r *honne.Record, p Params) honne.Result {
	if len(r.Log.Contacts) == 0 {
		return lacks(honne.NeedContacts)
	}
	c := reachedOn(r, r.AsOf)
	res := c.result(r.AsOf)
	if top, n := topWriter(r); n >= p.count("least-written") {
		res.Parts = append(res.Parts, part("top-writer", ratio(top, n), honne.UnitRatio))
		res.Because = append(res.Because, honne.Say("because.contact-coverage.top-writer", honne.Ratio("share", ratio(top, n)), honne.Count("n", n)))
	}
	res.History, res.Baseline = onDays(r, 12, func(day honne.Date) (float64, bool) {
		c := reachedOn(r, day)
		return c.share(), c.known > 0
	})
	return res
}

// reached is whom we reach at a distributor.
type reached struct {
	functions                          map[honne.Function]bool
	known, people, field, english, top int
}

func (c reached) share() float64 {
	return ratio(len(c.functions), len(honne.AllFunctions))
}

// result holds the functions that we reach, of all, and says where one person is all.
func (c reached) result(day honne.Date) honne.Result {
	res := honne.Result{Known: true, Value: c.share(), Unit: honne.UnitRatio, N: c.people, Period: honne.Period{From: day, To: day},
		Numerator:   counted("term.functions-reached", len(c.functions)),
		Denominator: counted("term.functions", len(honne.AllFunctions)),
		Evidence:    fromLog(honne.Period{}, honne.EntryContact),
		Parts:       []honne.Further{count("people", c.people), count("field-people", c.field)},
		Because:     []honne.Message{honne.Say("because.contact-coverage", honne.Count("functions", len(c.functions)), honne.Count("of", len(honne.AllFunctions)))},
	}
	if c.people > 0 {
		res.Parts = append(res.Parts, part("english-only", ratio(c.english, c.people), honne.UnitRatio))
	}
	if c.top > 0 {
		res.Parts = append(res.Parts, flag("one-person", c.top == 1))
	}
	if c.top == 1 {
		res.Because = append(res.Because, honne.Say("because.contact-coverage.one-person"))
	}
	return res
}

func reachedOn(r *honne.Record, day honne.Date) reached {
	c := reached{functions: map[honne.Function]bool{}}
	for _, x := range r.Log.Contacts {
		if x.From > day || x.To != 0 && x.To < day {
			continue
		}
		c.known++
		c.top += oneIf(x.Top)
		if !x.Direct {
			continue
		}
		c.functions[x.Function] = true
		c.people++
		c.field += oneIf(x.Field)
		c.english += oneIf(x.English)
	}
	return c
}

// topWriter counts the messages of the last twelve months that people of the
// partner's wrote, and those of the one who wrote most.
func topWriter(r *honne.Record) (top, all int) {
	of := map[int32]int{}
	year := before(r.AsOf, 12)
	for _, t := range r.Turns {
		if t.Side != honne.Theirs || t.Writer == 0 || t.Kind == honne.Automatic || t.Kind == honne.ReportTurn || !year.Contains(dayOf(t)) {
			continue
		}
		of[t.Writer]++
		all++
		top = max(top, of[t.Writer])
	}
	return top, all
}
