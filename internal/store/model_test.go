package store_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
)

// The bitemporal truth: random reports, received in any order, undone at random,
// against a model that keeps every line and replays them all.

const seed, steps = 20261122, 50

type told struct {
	report
	order    int // of loading
	file     honne.FileID
	accepted time.Time
	undone   time.Time
}

type model struct{ all []*told }

// asOf returns the reports that count, oldest first.
func (m *model) asOf(at honne.AsOf) []*told {
	var out []*told
	for _, r := range m.all {
		late := at.Known != 0 && r.received > at.Known
		unknown := !at.Recorded.IsZero() && r.accepted.After(at.Recorded)
		undone := !r.undone.IsZero() && (at.Recorded.IsZero() || !r.undone.After(at.Recorded))
		if !late && !unknown && !undone {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b *told) int {
		return cmp.Or(cmp.Compare(a.received, b.received), strings.Compare(a.path, b.path), cmp.Compare(a.order, b.order))
	})
	return out
}

// facts replays the reports: the newest of each period, then of each month.
func (m *model) facts(at honne.AsOf) map[string]int64 {
	type key struct {
		series honne.Series
		scope  string
		period honne.Period
	}
	type entry struct {
		rank  int
		lines []honne.Line
	}
	newest := map[key]entry{}
	for rank, r := range m.asOf(at) {
		for i, p := range r.parts {
			for _, d := range p.Periods {
				e := entry{rank: rank}
				for _, l := range r.lines {
					if int(l.Part) == i && l.Period == d {
						e.lines = append(e.lines, l)
					}
				}
				newest[key{p.Series, p.Scope, d}] = e
			}
		}
	}
	ofMonth := map[key]entry{}
	for k, e := range newest {
		if b, ok := k.period.Bucket(); ok {
			k.period = b.Period()
			if held, ok := ofMonth[k]; !ok || held.rank < e.rank {
				ofMonth[k] = e
			}
		}
	}
	out := map[string]int64{}
	for k, e := range ofMonth {
		for _, l := range e.lines {
			out[fmt.Sprintf("%s %s product %s", k.series, k.period, l.Product.Code)] += l.Amount.N
			if k.series == honne.Sales {
				out[fmt.Sprintf("%s account %s", k.period, l.Parties[honne.EndUser].Name)] += l.Amount.N
			}
		}
	}
	return out
}

func factsOf(rec honne.Record) map[string]int64 {
	out := map[string]int64{}
	for _, f := range rec.Facts {
		for i, m := range f.Month {
			code := ""
			if p := f.Product[i]; p >= 0 {
				code = rec.Products[p].Code
			}
			out[fmt.Sprintf("%s %s product %s", f.Series, m, code)] += f.Amount[i].N
		}
	}
	for i, m := range rec.ByAccount.Month {
		name := ""
		if a := rec.ByAccount.Account[i]; a >= 0 {
			name = rec.Accounts[a].Name
		}
		out[fmt.Sprintf("%s account %s", m, name)] += rec.ByAccount.Amount[i].N
	}
	return out
}

// randomReport is a report of one to three months of one or two series.
func randomReport(r *rand.Rand, n int) report {
	out := report{path: fmt.Sprintf("%d-%d.csv", r.IntN(3), n), received: honne.NewDate(2025, 8, 1+r.IntN(60))}
	start := honne.NewMonth(2025, 3+r.IntN(5))
	for part := range 1 + r.IntN(2) {
		p := honne.Part{Series: []honne.Series{honne.Sales, honne.Stock, honne.Forecast}[r.IntN(3)], Scope: []string{"", "東日本"}[r.IntN(2)]}
		if part > 0 && p.Series == out.parts[0].Series {
			break
		}
		for m := range 1 + r.IntN(3) {
			p.Periods = append(p.Periods, randomPeriod(r, start+honne.Month(m)))
		}
		slices.SortFunc(p.Periods, func(a, b honne.Period) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
		p.Periods = slices.Compact(p.Periods)
		for _, d := range p.Periods {
			for range r.IntN(5) {
				out.lines = append(out.lines, randomLine(r, part, d, len(out.lines)+2))
			}
		}
		out.parts = append(out.parts, p)
	}
	return out
}

func randomPeriod(r *rand.Rand, m honne.Month) honne.Period {
	switch r.IntN(6) {
	case 0:
		return honne.Period{From: (m - 1).First() + 20, To: m.First() + 19} // closed on the 20th
	case 1:
		return honne.Months(m, m+2)
	}
	return m.Period()
}

func randomLine(r *rand.Rand, part int, d honne.Period, row int) honne.Line {
	l := honne.Line{Part: int32(part), Row: int32(row), QtyCol: 3, AmtCol: 4, Period: d, Date: d.From,
		Quantity: honne.Known(1000), Amount: honne.Known(int64(r.IntN(4)) * 100)}
	if n := r.IntN(4); n > 0 {
		l.Product = honne.Product{Code: fmt.Sprint("P", n), Name: fmt.Sprint("品", r.IntN(2))}
	}
	if n := r.IntN(3); n > 0 {
		l.Parties[honne.EndUser] = honne.Party{Name: fmt.Sprint("病院", n), Disclosure: honne.Named}
	}
	return l
}

func TestRandomReportsAgainstAModel(t *testing.T) {
	var answers [][]string
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			answers = append(answers, replay(t, open(t, db.Config)))
		})
	}
	if len(answers) == 2 && !slices.Equal(answers[0], answers[1]) {
		t.Error("the two databases give different records, seed", seed)
	}
}

// replay plays the random steps and returns every record it saw.
func replay(t *testing.T, l *ledger) (answers []string) {
	r := rand.New(rand.NewPCG(seed, 1))
	var m model
	frozen := map[honne.AsOf]string{}
	for n := range steps {
		if len(m.all) > 3 && r.IntN(6) == 0 {
			undo(l, m.all[r.IntN(len(m.all))])
		} else {
			next := &told{report: randomReport(r, n), order: n}
			next.file = l.accept(next.report)
			f, err := l.File(l.ctx, next.file)
			l.must(err)
			next.accepted = f.Accepted
			m.all = append(m.all, next)
		}
		at := honne.AsOf{}
		if r.IntN(2) == 0 {
			at.Known = honne.NewDate(2025, 8, 1+r.IntN(65))
		}
		if r.IntN(3) == 0 {
			at.Recorded = m.all[r.IntN(len(m.all))].accepted
		}
		rec, err := l.Record(l.ctx, l.d, at)
		l.must(err)
		if got, want := factsOf(rec), m.facts(at); !maps.Equal(got, want) {
			t.Fatalf("seed %d, step %d, as of %v:\n got %v\nwant %v", seed, n, at, got, want)
		}
		answers = append(answers, text(t, rec))
		if !at.Recorded.IsZero() {
			frozen[at] = answers[len(answers)-1]
		}
		if n%10 == 0 {
			l.must(l.RollupsEqualRebuild(l.ctx, l.d))
		}
	}
	for at, want := range frozen {
		rec, err := l.Record(l.ctx, l.d, at)
		l.must(err)
		if got := text(t, rec); got != want {
			t.Errorf("seed %d: the frozen record as of %v was\n%s\nand is\n%s", seed, at, want, got)
		}
	}
	l.must(l.Verify(l.ctx))
	return answers
}

// undo takes a report back; the model notes the instant from the ledger's clock,
// which goes on a second a reading.
func undo(l *ledger, r *told) {
	l.t.Helper()
	if !r.undone.IsZero() {
		return
	}
	l.must(l.Undo(l.ctx, 1, r.file))
	f, err := l.AddFile(l.ctx, honne.StoredFile{Distributor: l.d, Path: "clock", SHA256: fmt.Sprint("clock", r.file)})
	l.must(err)
	clock, err := l.File(l.ctx, f)
	l.must(err)
	r.undone = clock.Loaded.Add(-time.Second)
}
