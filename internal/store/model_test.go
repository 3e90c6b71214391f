package store_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"honne"
)

// The naive model of the ledger: it keeps every report with every line, when it
// was accepted and taken back, and all that was believed of its receipt, and
// answers each question by going through everything again.

// told is a file as the model knows it.
type told struct {
	report
	sha              string
	file             honne.FileID
	submissions      []honne.SubmissionID // one a part
	believed         []belief             // of its receipt, oldest first
	accepted, undone time.Time            // zero for not yet
}

type belief struct {
	honne.Receipt
	since time.Time
}

func (f *told) receipt(recorded time.Time) (r honne.Receipt) {
	for _, b := range f.believed {
		if recorded.IsZero() || !b.since.After(recorded) {
			r = b.Receipt
		}
	}
	return r
}

// part is a part of a file, in its place in the order of versions.
type part struct {
	*told
	n       int
	receipt honne.Receipt
}

func (v part) series() honne.Series     { return v.parts[v.n].Series }
func (v part) id() honne.SubmissionID   { return v.submissions[v.n] }
func (v part) currency() honne.Currency { return v.parts[v.n].Currency }

func (v part) linesOf(d honne.Period) (out []honne.Line) {
	for _, l := range v.lines {
		if int(l.Part) == v.n && l.Period == d {
			out = append(out, l)
		}
	}
	return out
}

type model struct{ all []*told }

// versions returns the parts that count as of a moment, oldest first.
func (m *model) versions(at honne.AsOf) (out []part) {
	since := func(t time.Time) bool { return !t.IsZero() && (at.Recorded.IsZero() || !t.After(at.Recorded)) }
	for _, f := range m.all {
		r := f.receipt(at.Recorded)
		if !since(f.accepted) || since(f.undone) || at.Known != 0 && r.At.After(at.Known.End()) {
			continue
		}
		for n := range f.parts {
			out = append(out, part{f, n, r})
		}
	}
	slices.SortFunc(out, func(a, b part) int {
		return cmp.Or(a.receipt.At.Compare(b.receipt.At), strings.Compare(a.path, b.path), cmp.Compare(a.file, b.file), a.n-b.n)
	})
	return out
}

// place is what a part replaces whole.
type place struct {
	series honne.Series
	scope  string
	period honne.Period
}

// chains returns the versions of each place, oldest first.
func chains(versions []part) map[place][]part {
	out := map[place][]part{}
	for _, v := range versions {
		for _, d := range v.parts[v.n].Periods {
			p := place{v.series(), v.parts[v.n].Scope, d}
			out[p] = append(out[p], v)
		}
	}
	return out
}

// standing returns, for each series, scope and month, the place and the version
// that count: of a calendar month and a closing month the newer version.
func standing(versions []part) map[place]part {
	ofMonth := map[place]place{}
	newest := map[place]part{}
	for p, chain := range chains(versions) {
		newest[p] = chain[len(chain)-1]
	}
	places := slices.SortedFunc(maps.Keys(newest), func(a, b place) int { return cmp.Compare(a.period.From, b.period.From) })
	for _, p := range places {
		m, ok := p.period.Bucket()
		if !ok {
			continue
		}
		month := place{p.series, p.scope, m.Period()}
		held, ok := ofMonth[month]
		if !ok || rank(versions, newest[held]) < rank(versions, newest[p]) {
			ofMonth[month] = p
		}
	}
	out := map[place]part{}
	for month, p := range ofMonth {
		if counts(versions, month, ofMonth, newest) {
			out[p] = newest[p]
		}
	}
	return out
}

// counts reports whether what stands for a scope of a month is part of the month:
// a branch where no report of all stands, an addition where something stands that came
// no later, by a minute, and no report of all came later.
func counts(versions []part, month place, ofMonth map[place]place, newest map[place]part) bool {
	own, adds, based, whole := newest[ofMonth[month]], strings.HasPrefix(month.scope, "+"), false, false
	for other, p := range ofMonth {
		if other.series != month.series || other.period != month.period || strings.HasPrefix(other.scope, "+") {
			continue
		}
		later := newest[p].receipt.At.After(own.receipt.At.Add(time.Minute))
		if other.scope == "" {
			whole = true
			if adds && later {
				return false
			}
		}
		based = based || !later
	}
	if adds {
		return based
	}
	return month.scope == "" || !whole
}

func rank(versions []part, v part) int {
	return slices.IndexFunc(versions, func(w part) bool { return w.id() == v.id() })
}

// modelCurrency returns the currency of the newest sales in force, else of the
// newest report in force.
func modelCurrency(versions []part) (out honne.Currency) {
	for _, want := range []bool{false, true} {
		best := -1
		for p, chain := range chains(versions) {
			v := chain[len(chain)-1]
			if v.currency() != "" && (p.series == honne.Sales || !want) && rank(versions, v) > best {
				best, out = rank(versions, v), v.currency()
			}
		}
	}
	return out
}

func keyOf(p honne.Product) string { return cmp.Or(p.Code, p.Name) }

func plus(a, b honne.Reported) honne.Reported {
	return honne.Reported{Quantity: a.Quantity.Plus(b.Quantity), Amount: a.Amount.Plus(b.Amount)}
}

func saysOf(l honne.Line) honne.Reported {
	return honne.Reported{Quantity: l.Quantity, Amount: l.Amount}
}

// answers are what a record says, one text a figure, in order.
type answers []string

func (a *answers) add(format string, args ...any) { *a = append(*a, fmt.Sprintf(format, args...)) }

// sums are figures by what they are of.
type sums map[string]honne.Reported

func (s sums) add(r honne.Reported, format string, args ...any) {
	k := fmt.Sprintf(format, args...)
	s[k] = plus(s[k], r)
}

func (s sums) into(a *answers) {
	for k, r := range s {
		a.add("%s: %s", k, reported(r))
	}
}

// answer says what the ledger's Record must say.
func (m *model) answer(at honne.AsOf) answers {
	versions := m.versions(at)
	var out answers
	day := at.Known
	if n := len(versions); day == 0 && n > 0 {
		day = versions[n-1].receipt.Day()
	}
	currency := modelCurrency(versions)
	out.add("as of %s in %s", day, currency)
	figures, newest := sums{}, map[string]part{}
	for p, v := range standing(versions) {
		month, _ := p.period.Bucket()
		for _, l := range v.linesOf(p.period) {
			r := inCurrency(v, currency, saysOf(l))
			fact := fmt.Sprintf("%s %s product %s", p.series, month, keyOf(l.Product))
			figures.add(r, "%s", fact)
			if w, ok := newest[fact]; !ok || rank(versions, w) < rank(versions, v) {
				newest[fact] = v
			}
			if p.series == honne.Sales {
				figures.add(r, "%s account %s", month, accountOf(l))
			}
			if (p.series == honne.Sales || p.series == honne.Shipments) && l.Date != 0 {
				figures.add(r, "%s on %s", p.series, l.Date)
			}
		}
	}
	figures.into(&out)
	for fact, v := range newest {
		out.add("%s is of %d", fact, v.id())
	}
	m.deliveries(versions, currency, &out)
	for p, chain := range chains(versions) {
		changes(p, chain, &out)
	}
	slices.Sort(out)
	return out
}

func inCurrency(v part, c honne.Currency, r honne.Reported) honne.Reported {
	if v.currency() != "" && v.currency() != c {
		r.Amount = honne.Figure{}
	}
	return r
}

func accountOf(l honne.Line) string {
	return cmp.Or(l.Parties[honne.EndUser].Name, l.Parties[honne.ShipTo].Name, l.Parties[honne.Invoiced].Name, l.Parties[honne.BillTo].Name)
}

// deliveries answers for the reports that came, and the totals of plans.
func (m *model) deliveries(versions []part, currency honne.Currency, out *answers) {
	inForce := map[honne.SubmissionID]bool{}
	for _, chain := range chains(versions) {
		inForce[chain[len(chain)-1].id()] = true
	}
	n := 0
	for _, v := range versions {
		lines := 0
		for _, d := range v.parts[v.n].Periods {
			lines += len(v.linesOf(d))
			total, agreed := total(v.linesOf(d))
			if month, ok := d.Bucket(); ok && (v.series() == honne.Forecast || v.series() == honne.Target) {
				out.add("vintage %s %s of %d: %s agreed %s", v.series(), month, v.id(), reported(inCurrency(v, currency, total)), agreed)
			}
		}
		if strings.HasPrefix(v.parts[v.n].Scope, "+") {
			continue
		}
		out.add("delivery %03d %d %s %s %d lines in force %t", n, v.id(), v.receipt.At.UTC(), v.receipt.Basis, lines, inForce[v.id()])
		n++
	}
}

// total sums lines; they are agreed when all of them are.
func total(lines []honne.Line) (sum honne.Reported, agreed honne.Date) {
	all := true
	for _, l := range lines {
		sum, agreed, all = plus(sum, saysOf(l)), max(agreed, l.Agreed), all && l.Agreed != 0
	}
	if !all {
		agreed = 0
	}
	return sum, agreed
}

// changes answers for what differs between each two versions of a place.
func changes(p place, chain []part, out *answers) {
	for i := 1; i < len(chain); i++ {
		for _, c := range compare(p.period, chain[:i], chain[i]) {
			out.add("change %s %s %s of %d by %d", p.series, p.period, c, chain[i-1].id(), chain[i].id())
		}
	}
}

// compare says what a version changes, product by product; in total where only
// one of the two has products. A figure that could not be read changes nothing,
// and the next is compared with the last that could be.
func compare(d honne.Period, before []part, next part) (out []string) {
	last := before[len(before)-1]
	from, to := total2(last, d), total2(next, d)
	old, new := byProduct(last, d), byProduct(next, d)
	whole := len(old) > 0 && len(new) > 0 && hasProducts(old) != hasProducts(new)
	if whole {
		old, new = map[string]honne.Reported{"": from}, map[string]honne.Reported{"": to}
	}
	none := len(old) == 0 || len(new) == 0
	keys := maps.Clone(old)
	maps.Copy(keys, new)
	for k := range keys {
		a, b := old[k], new[k]
		quantity, amount := none || from.Quantity.Known && to.Quantity.Known, none || from.Amount.Known && to.Amount.Known
		if lost(new, k) {
			continue
		}
		if lost(old, k) {
			a = lastRead(before, d, k, whole)
			quantity, amount = a.Quantity.Known, a.Amount.Known
		}
		if quantity && differ(a.Quantity, b.Quantity) || amount && differ(a.Amount, b.Amount) {
			out = append(out, fmt.Sprintf("%q %s→%s", k, reported(a), reported(b)))
		}
	}
	return out
}

func total2(v part, d honne.Period) honne.Reported {
	sum, _ := total(v.linesOf(d))
	return sum
}

func byProduct(v part, d honne.Period) map[string]honne.Reported {
	out := map[string]honne.Reported{}
	for _, l := range v.linesOf(d) {
		out[keyOf(l.Product)] = plus(out[keyOf(l.Product)], saysOf(l))
	}
	return out
}

func hasProducts(cells map[string]honne.Reported) bool {
	_, none := cells[""]
	return len(cells) > 1 || len(cells) == 1 && !none
}

func lost(cells map[string]honne.Reported, k string) bool {
	r, there := cells[k]
	return there && !r.Quantity.Known && !r.Amount.Known
}

// lastRead returns what the newest of the versions that could be read says.
func lastRead(versions []part, d honne.Period, k string, whole bool) honne.Reported {
	for _, v := range slices.Backward(versions) {
		cells := byProduct(v, d)
		if whole && len(cells) > 0 {
			cells = map[string]honne.Reported{"": total2(v, d)}
		}
		if r, there := cells[k]; there && !lost(cells, k) {
			return r
		}
	}
	return honne.Reported{}
}

func differ(a, b honne.Figure) bool {
	return a.N != b.N || a.Known != b.Known && (a.N != 0 || b.N != 0)
}

// history answers for Versions of a month of a series: the total once each
// version had come.
func (m *model) history(s honne.Series, month honne.Month) (out answers) {
	versions := m.versions(honne.AsOf{})
	for i, v := range versions {
		touches := slices.ContainsFunc(v.parts[v.n].Periods, func(d honne.Period) bool {
			b, ok := d.Bucket()
			return ok && b == month
		})
		if v.series() != s || !touches {
			continue
		}
		var sum honne.Reported
		for p, w := range standing(versions[:i+1]) {
			if b, _ := p.period.Bucket(); p.series == s && b == month {
				sum = plus(sum, total2(w, p.period))
			}
		}
		out.add("%d: %s", v.id(), reported(sum))
	}
	slices.Reverse(out)
	return out
}
