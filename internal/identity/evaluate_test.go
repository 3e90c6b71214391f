package identity

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"honne/internal/japan"
)

var evaluating = flag.Bool("eval", false, "evaluate on every name of the lists, and print the table")

// result is how the machine did on one set.
type result struct {
	set                              string
	pairs, merged, wrong, top, asked int // top: merged rightly, or among the first three
}

func (r result) precision() float64 { return 1 - float64(r.wrong)/float64(max(r.merged, 1)) }

func (r result) recall() float64 { return float64(r.top) / float64(max(r.pairs, 1)) }

func (r result) String() string {
	return fmt.Sprintf("names/%-42s pairs %6d  merged %6d  wrong %3d  precision %.4f  recall@3 %.4f  asked %5d",
		r.set, r.pairs, r.merged, r.wrong, r.precision(), r.recall(), r.asked)
}

func (r *result) add(other result) {
	r.pairs, r.merged, r.wrong, r.top, r.asked = r.pairs+other.pairs, r.merged+other.merged, r.wrong+other.wrong, r.top+other.top, r.asked+other.asked
}

// measure asks the index for every entry of the list, whose ID is the truth: 0
// is a party that it does not know.
func measure(set string, x *Index, list []Known) result {
	r := result{set: set}
	for _, k := range list {
		d := x.Match(k.Entry, 3)
		if k.ID != 0 {
			r.pairs++
		}
		switch {
		case d.Outcome == Same && d.ID == k.ID:
			r.merged, r.top = r.merged+1, r.top+1
		case d.Outcome == Same:
			r.merged, r.wrong = r.merged+1, r.wrong+1
		case slices.ContainsFunc(d.Candidates, func(c Candidate) bool { return c.ID == k.ID }):
			r.top++
		}
		if d.Outcome == Ask {
			r.asked++
		}
	}
	return r
}

// seen are the known parties as another file writes them; code and place stay
// away where they are not asked for, and names that the way of writing leaves
// nothing of.
func seen(known []Known, write func(string) string, codes, places bool) []Known {
	out := make([]Known, 0, len(known))
	for _, k := range known {
		e := Entry{Name: write(k.Name)}
		if e.Name == "" {
			continue
		}
		if codes {
			e.Codes = k.Codes
		}
		if places {
			e.Address = k.Address
		}
		out = append(out, Known{k.ID, e})
	}
	return out
}

func asWritten(s string) string { return s }

// evaluation measures the sets of one list.
type evaluation struct {
	*testing.T
	every int // takes one name of so many
	table []result
	total result
}

// what a set is, which says what is expected of it.
type nature uint8

const (
	intact  nature = iota // the names say who is meant
	damaged               // letters are lost or wrong: a name may have become another party's
	open                  // half of the parties are not known, and some share a name with one that is
	old                   // names from before a renaming, without a code
)

func (e *evaluation) set(name string, n nature, x *Index, list []Known) {
	var some []Known
	for i, k := range list {
		if i%e.every == 0 {
			some = append(some, k)
		}
	}
	r := measure(name, x, some)
	e.table = append(e.table, r)
	if n != open && n != old {
		e.total.add(r)
	}
	precision, recall := 0.999, 0.95
	switch n {
	case damaged:
		precision = 0
		if float64(r.wrong) > 0.004*float64(r.pairs) {
			e.Errorf("%s: more than 4 of 1,000 taken for another", r)
		}
	case open:
		precision = 0.98
	case old:
		precision, recall = 0, 0
	}
	if r.precision() < precision || r.recall() < recall {
		e.Errorf("%s: below %.3f or %.2f", r, precision, recall)
	}
}

// close adds the line of all sets.
func (e *evaluation) close(name string) []result {
	e.total.set = name
	if e.total.precision() < 0.999 || e.total.recall() < 0.95 {
		e.Error(e.total)
	}
	return append(e.table, e.total)
}

// distinct drops what the way of writing has made another party's whole name:
// nobody abbreviates to that.
func distinct(known []Known, write func(string) string) func(string) string {
	taken := map[string]bool{}
	for _, k := range known {
		taken[japan.ParseName(k.Name).Key()] = true
	}
	return func(s string) string {
		if s = write(s); taken[japan.ParseName(s).Key()] {
			return ""
		}
		return s
	}
}

func evaluateCompanies(t *testing.T, every int) []result {
	r := companies(t)
	e, w, x := &evaluation{T: t, every: every}, newWriter(r.known), NewIndex(Party, r.known)
	branch := func(s string) string { return s + "　" + w.oneOf("東京支店", "大阪営業所", "本社") }
	e.set("companies/as written", intact, x, seen(r.known, asWritten, false, false))
	e.set("companies/written otherwise", intact, x, seen(r.known, w.otherwise, false, false))
	e.set("companies/without legal form", intact, x, seen(r.known, withoutForm, false, false))
	e.set("companies/a branch of them", intact, x, seen(r.known, branch, false, false))
	e.set("companies/cut off", damaged, x, seen(r.known, func(s string) string { return cut(withoutForm(s)) }, false, false))
	e.set("companies/abbreviated", damaged, x, seen(r.known, distinct(r.known, func(s string) string { return w.short(withoutForm(s)) }), false, false))
	e.set("companies/with a slip", damaged, x, seen(r.known, w.slip, false, false))
	e.set("companies/with a slip, place known", damaged, x, seen(r.known, w.slip, false, true))
	e.every = 1
	e.set("companies/renamed, number known", intact, x, seen(r.more, asWritten, true, false))
	e.set("companies/renamed, name only", old, x, seen(r.more, asWritten, false, false))
	e.every = every
	e.half("companies/half of them, place known", r.known, w, true)
	e.half("companies/half of them, name only", r.known, w, false)
	return e.close("companies/all but halves")
}

// half knows every other party and is asked for all.
func (e *evaluation) half(set string, known []Known, w *writer, places bool) {
	var half []Known
	for i, k := range known {
		if i%2 == 0 {
			half = append(half, k)
		}
	}
	list := seen(known, w.otherwise, false, places)
	for i := range list {
		if i%2 != 0 {
			list[i].ID = 0
		}
	}
	every := e.every
	e.every |= 1 // both halves
	e.set(set, open, NewIndex(Party, half), list)
	e.every = every
}

func evaluateInstitutions(t *testing.T) []result {
	r := institutions(t)
	e, w, x := &evaluation{T: t, every: 1}, newWriter(r.known), NewIndex(Party, r.known)
	e.set("institutions/as written", intact, x, seen(r.known, asWritten, false, false))
	e.set("institutions/written otherwise", intact, x, seen(r.known, w.otherwise, false, false))
	e.set("institutions/without owner", intact, x, seen(r.known, owned, false, false))
	e.set("institutions/with a slip, code known", intact, x, seen(r.known, w.slip, true, false))
	e.set("institutions/cut off", damaged, x, seen(r.known, cut, false, false))
	e.set("institutions/abbreviated", damaged, x, seen(r.known, distinct(r.known, w.short), false, false))
	e.set("institutions/with a slip", damaged, x, seen(r.known, w.slip, false, false))
	e.set("institutions/with a slip, place known", damaged, x, seen(r.known, w.slip, false, true))
	e.half("institutions/half of them, place known", r.known, w, true)
	e.half("institutions/half of them, name only", r.known, w, false)
	return e.close("institutions/all but halves")
}

func evaluateOthers(t *testing.T, every int) []result {
	latin, goods := english(t), articles(t)
	e, w, x := &evaluation{T: t, every: every}, newWriter(latin.known), NewIndex(Party, latin.known)
	e.set("companies in English/written otherwise", intact, x, seen(latin.more, w.otherwise, false, false))
	w, x = newWriter(goods.known), NewIndex(Article, goods.known)
	e.set("articles/written otherwise", intact, x, seen(goods.known, w.plainly, false, false))
	e.set("articles/with a slip", damaged, x, seen(goods.known, w.slip, false, false))
	return e.table
}

// TestEvaluate holds the matcher to its goals on public lists: pairwise
// precision of what the machine decides alone at least 0.999, the right party
// merged or among the first three in at least 95 of 100. With -eval it takes
// every name and prints the table.
func TestEvaluate(t *testing.T) {
	every := 16
	if *evaluating {
		every = 1
	}
	var lines []string
	for _, r := range slices.Concat(evaluateCompanies(t, every), evaluateInstitutions(t), evaluateOthers(t, every)) {
		lines = append(lines, r.String())
	}
	if *evaluating {
		fmt.Println(strings.Join(lines, "\n"))
	} else {
		t.Log("\n" + strings.Join(lines, "\n"))
	}
}
