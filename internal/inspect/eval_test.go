package inspect_test

import (
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/inspect"
	"honne/internal/playbook"
	"honne/internal/sample"
)

var eval = flag.Bool("eval", false, "judge more simulated distributors, and print the tables")

// twoQuarters is how many months after its start a planted behaviour has to be
// found: the picture of the last day of each is looked at.
const twoQuarters = 6

// seen is what the pictures of a simulated distributor said, of each measure and
// sign the worst.
type seen struct {
	sample.Simulated
	before, worst map[string]honne.Band // by slug of a measure, sign: and slug of a sign
	found         int                   // months after the start, 0: not found
}

func observe(p *playbook.Playbook, s sample.Simulated) seen {
	out := seen{Simulated: s, before: map[string]honne.Band{}, worst: map[string]honne.Band{}}
	out.keep(out.before, inspect.Picture(s.Record((s.Begins-1).Last()), p))
	for k := range honne.Month(twoQuarters) {
		pic := inspect.Picture(s.Record((s.Begins + k).Last()), p)
		out.keep(out.worst, pic)
		for _, j := range pic.Measures {
			if out.found == 0 && slices.Contains(s.Behaviour.Shows, j.Measure.Slug) && raised(j.Band) && !raised(out.before[j.Measure.Slug]) {
				out.found = int(k) + 1
			}
		}
	}
	return out
}

func raised(b honne.Band) bool { return b == honne.Watch || b == honne.High }

func (s seen) keep(into map[string]honne.Band, p honne.Picture) {
	rank := []honne.Band{"", honne.UnknownBand, honne.Clear, honne.Watch, honne.High}
	add := func(name string, b honne.Band) {
		if slices.Index(rank, b) > slices.Index(rank, into[name]) {
			into[name] = b
		}
	}
	for _, j := range p.Measures {
		add(j.Measure.Slug, j.Band)
	}
	for _, x := range p.Signs {
		add("sign:"+x.ID.Slug, x.Level)
	}
}

// innocent reports whether nothing was planted that a measure may show.
func (s seen) innocent(measure string) bool {
	return s.Behaviour.Honest || !slices.Contains(s.Behaviour.Shows, measure) && !slices.Contains(s.Behaviour.Moves, measure)
}

// TestEvaluationSimulated judges the judge: distributors of each behaviour over
// several seeds. What was planted is found within two quarters, at most 2 % of the
// other measures are high, and nobody honest is beyond watch on anything;
// over the many seeds of -eval that is a rate too, and each miss is printed.
func TestEvaluationSimulated(t *testing.T) {
	p, err := playbook.Load(os.DirFS("../../playbooks"), "japan")
	if err != nil {
		t.Fatal(err)
	}
	seeds := uint64(3)
	if *eval {
		seeds = 8
	}
	var all []seen
	for seed := range seeds {
		for _, s := range sample.Simulate(seed + 1) {
			all = append(all, observe(p, s))
		}
	}
	if len(all) < 40 {
		t.Errorf("only %d distributors", len(all))
	}
	planted, found, honest := 0, 0, 0
	var misses []string
	for _, s := range all {
		if s.Behaviour.Honest {
			honest++
			if beyond := bandsOf(s.worst, honne.High); len(beyond) > 0 {
				misses = append(misses, fmt.Sprintf("%s, seed %d: honest, and high is %s", s.Name, s.Seed, strings.Join(beyond, ", ")))
			}
			continue
		}
		planted++
		if s.found == 0 {
			t.Errorf("%s, seed %d: not found in %d months from %s: %v", s.Name, s.Seed, twoQuarters, s.Begins, s.worst)
		} else {
			found++
		}
	}
	if len(misses) > 0 && !*eval {
		t.Errorf("beyond watch: %s", strings.Join(misses, "\n"))
	}
	high, known := accused(all)
	low, up := wilson(high, known)
	if rate := float64(high) / float64(known); rate > 0.02 {
		t.Errorf("%.1f %% of the measures where nothing was planted are high", 100*rate)
	}
	if *eval {
		fmt.Print(confusion(all))
		fmt.Printf("\nfound within two quarters: %d of %d planted\n", found, planted)
		fmt.Printf("honest beyond watch on anything: %d of %d\n  %s\n", len(misses), honest, strings.Join(misses, "\n  "))
		fmt.Printf("falsely high: %d of %d known measures where nothing was planted, %.2f %% (95 %% interval of Wilson %.2f to %.2f %%); %d distributors, seeds 1 to %d\n",
			high, known, 100*float64(high)/float64(known), 100*low, 100*up, len(all), seeds)
	}
}

func bandsOf(m map[string]honne.Band, b honne.Band) (out []string) {
	for name, x := range m {
		if x == b {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// accused counts, over distributors and measures where nothing was planted, those
// that were ever high, and those of which anything was known.
func accused(all []seen) (high, known int) {
	for _, s := range all {
		for name, b := range s.worst {
			if strings.HasPrefix(name, "sign:") || b == honne.UnknownBand || b == "" || !s.innocent(name) {
				continue
			}
			known++
			if b == honne.High {
				high++
			}
		}
	}
	return high, known
}

// wilson is the 95 % interval of a share.
func wilson(k, n int) (low, up float64) {
	const z = 1.959964
	p, m := float64(k)/float64(n), float64(n)
	middle, half := (p+z*z/(2*m))/(1+z*z/m), z/(1+z*z/m)*math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return max(0, middle-half), min(1, middle+half)
}

// confusion says for each behaviour how many were found and when, and which
// measures were raised, in how many distributors: high/watch.
func confusion(all []seen) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-22s %5s %8s  %s\n", "behaviour", "found", "median", "raised: high/watch of distributors (planted ones with *)")
	for _, x := range sample.Behaviours() {
		var months, n []int
		counts := map[string][2]int{}
		for _, s := range all {
			if s.Name != x.Slug {
				continue
			}
			n = append(n, 1)
			if s.found > 0 {
				months = append(months, s.found)
			}
			for name, band := range s.worst {
				c := counts[name]
				if band == honne.High {
					c[0]++
				} else if band == honne.Watch {
					c[1]++
				}
				counts[name] = c
			}
		}
		when := "-"
		if slices.Sort(months); len(months) > 0 {
			when = fmt.Sprint(months[len(months)/2])
		}
		fmt.Fprintf(&b, "%-22s %2d/%-2d %8s  %s\n", x.Slug, len(months), len(n), when, raisedIn(x, counts))
	}
	return b.String()
}

func raisedIn(x sample.Behaviour, counts map[string][2]int) string {
	var out []string
	for _, m := range honne.AllMeasures {
		if c := counts[m.Slug]; c[0]+c[1] > 0 {
			star := ""
			if slices.Contains(x.Shows, m.Slug) {
				star = "*"
			}
			out = append(out, fmt.Sprintf("%s%s %d/%d", m.Slug, star, c[0], c[1]))
		}
	}
	return strings.Join(out, ", ")
}
