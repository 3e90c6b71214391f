package measure

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"honne"
	"honne/internal/japan"
)

// givenUp is what our side gave up or took over and what the sales tell of it: the
// products and customers that our words name, and those whose sales stopped since.
type givenUp struct {
	products, accounts []int32 // of Record.Products and Record.Accounts, in order
	names              []string
}

// part reports whether sales can be told with it and without it. Of products and
// customers at once nobody knows what is of both.
func (g givenUp) part() bool { return len(g.products) > 0 != (len(g.accounts) > 0) }

// lasting reports whether what an event began does not end: a product discontinued,
// customers taken over.
func lasting(k honne.EventKind) bool {
	return k == honne.EventOurEnd || k == honne.EventOurDirect
}

// lasts is the time in which an event may explain what is sold less. What our side
// gave up stays missing for a year: from then on the year before lacks it as well.
func lasts(e honne.Event) honne.Period {
	to := max(e.Date, e.Until)
	if lasting(e.Kind) {
		y, m, d := to.Civil()
		to = honne.NewDate(y+1, m, d)
	}
	return honne.Period{From: e.Date, To: to}
}

// lastingEvents are those that bear on some months.
func lastingEvents(r *honne.Record, months []honne.Month) (out []honne.Event) {
	for _, e := range slices.Concat(r.Distributor.Profile.Events, ourEvents(r)) {
		if lasting(e.Kind) && e.Date <= r.AsOf && lasts(e).Overlaps(covering(months)) && !ofOthers(r, e) {
			out = append(out, e)
		}
	}
	return out
}

// lastOrders are the ends of products that bear on what is bought in a period: from the
// day they are told to the last delivery everybody takes in what he will need.
func lastOrders(r *honne.Record, in honne.Period) (out []honne.Message) {
	for _, e := range lastingEvents(r, monthsOf(in)) {
		if e.Kind == honne.EventOurEnd && in.Overlaps(honne.Period{From: e.Date, To: max(e.Date, e.Until)}) {
			out = append(out, tell(e))
		}
	}
	return out
}

// notShipped says since when nothing of a product was shipped to the partner while other
// products were, in the months up to the last of our shipments; nobody knows by that who
// ended it. Nothing is said of less than a quarter, or of a product never shipped.
func notShipped(r *honne.Record, product int32, name string) []honne.Message {
	f := r.Series(honne.Shipments)
	var last, since honne.Month
	for i, m := range f.Month {
		sent := f.Quantity[i].N > 0 || f.Amount[i].N > 0
		switch {
		case sent && f.Product[i] == product:
			since = m
		case sent && f.Product[i] >= 0:
			last = m
		}
	}
	if since == 0 || last < since+3 {
		return nil
	}
	return []honne.Message{honne.Say("because.growth.not-shipped", honne.Text("product", name), honne.InMonth("month", since))}
}

// givenUpIn is what our side gave up or took over that bears on some months. ok is false
// where an act names nothing that was sold: then it may be anything.
func givenUpIn(r *honne.Record, months []honne.Month) (g givenUp, ok bool) {
	for _, e := range lastingEvents(r, months) {
		n := len(g.products) + len(g.accounts)
		if e.Kind == honne.EventOurEnd {
			g.products = append(g.products, endedProducts(r, e)...)
		} else {
			g.accounts = append(g.accounts, leftAccounts(r, e)...)
		}
		if len(g.products)+len(g.accounts) == n {
			return givenUp{}, false
		}
	}
	g.products, g.accounts = once(g.products), once(g.accounts)
	for _, i := range g.products {
		g.names = append(g.names, cmp.Or(r.Products[i].Code, r.Products[i].Name))
	}
	for _, i := range g.accounts {
		g.names = append(g.names, cmp.Or(r.Accounts[i].Name, r.Accounts[i].Code))
	}
	return g, g.part()
}

func once(list []int32) []int32 {
	slices.Sort(list)
	return slices.Compact(list)
}

// endedProducts are the products that an event names: by their code if any, else by the
// series that it begins with, else by name; with one of them also those whose sales stopped
// since.
func endedProducts(r *honne.Record, e honne.Event) (out []int32) {
	series := codeWord.FindAllString(japan.Key(e.Note), -1)
	for _, is := range []func(honne.Product) bool{
		func(p honne.Product) bool { return named(e.Note, p.Code) },
		func(p honne.Product) bool {
			return slices.ContainsFunc(series, func(s string) bool { return ofSeries(p.Code, s) })
		},
		func(p honne.Product) bool { return named(e.Note, p.Name) },
	} {
		for i, p := range r.Products {
			if is(p) {
				out = append(out, int32(i))
			}
		}
		if len(out) > 0 {
			break
		}
	}
	if len(out) == 0 {
		return nil
	}
	f := r.Series(honne.Sales)
	return append(out, stopped(r, e, f.Month, f.Product)...)
}

// ofOthers reports whether an event ends a product that this partner never had: it names
// one by a code as the products here have them, and none of these.
func ofOthers(r *honne.Record, e honne.Event) bool {
	if e.Kind != honne.EventOurEnd || len(endedProducts(r, e)) > 0 {
		return false
	}
	return slices.ContainsFunc(codeWord.FindAllString(japan.Key(e.Note), -1), func(word string) bool {
		return slices.ContainsFunc(r.Products, func(p honne.Product) bool {
			code := codeWord.FindString(japan.Key(p.Code))
			return code != "" && lettersOf(code) == lettersOf(word)
		})
	})
}

func lettersOf(code string) string {
	return code[:strings.IndexFunc(code, func(c rune) bool { return !unicode.IsLetter(c) })]
}

// codeWord is a word that names an article or a series of them: letters and a number.
var codeWord = regexp.MustCompile(`[a-z]{1,5}-?[0-9]{2,}`)

// ofSeries reports whether a code begins with that of a series and goes on otherwise than
// by a digit: PM-100A of PM-100.
func ofSeries(code, series string) bool {
	rest, ok := strings.CutPrefix(japan.Key(code), series)
	next, _ := utf8.DecodeRuneInString(rest)
	return ok && rest != "" && !unicode.IsDigit(next)
}

// leftAccounts are the customers that an event names, and with one of them those who
// bought nothing since.
func leftAccounts(r *honne.Record, e honne.Event) (out []int32) {
	for i, a := range r.Accounts {
		if slices.ContainsFunc(append([]string{a.Name}, a.Also...), func(name string) bool { return named(e.Note, japan.WithoutHonorific(name)) }) {
			out = append(out, int32(i))
		}
	}
	if len(out) == 0 {
		return nil
	}
	return append(out, stopped(r, e, r.ByAccount.Month, r.ByAccount.Account)...)
}

// stopped are those that were sold in the year before an event ended something, and in
// none of at least three months since.
func stopped(r *honne.Record, e honne.Event, months []honne.Month, of []int32) (out []int32) {
	end := max(e.Date, e.Until).Month()
	sold := reported(r, Monthly(r, honne.Sales))
	if len(sold) == 0 || sold[len(sold)-1] < end+3 {
		return nil
	}
	since := map[int32]bool{}
	for i, m := range months {
		since[of[i]] = since[of[i]] || m > end
	}
	for i, m := range months {
		if m > end-12 && m <= end && of[i] >= 0 && !since[of[i]] {
			out = append(out, of[i])
		}
	}
	return once(out)
}

// shortestName is how many characters name a thing without chance.
const shortestName = 3

// named reports whether a text names something: not as a piece of a longer word or
// number in Latin letters.
func named(text, name string) bool {
	text, name = japan.Key(text), japan.Key(name)
	if utf8.RuneCountInString(name) < shortestName {
		return false
	}
	first, _ := utf8.DecodeRuneInString(name)
	last, _ := utf8.DecodeLastRuneInString(name)
	for from := 0; ; {
		at := strings.Index(text[from:], name)
		if at < 0 {
			return false
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		behind, _ := utf8.DecodeRuneInString(text[at+len(name):])
		if !(latin(before) && latin(first)) && !(latin(last) && latin(behind)) {
			return true
		}
		from = at + len(name)
	}
}

func latin(c rune) bool { return c < 0x250 && (unicode.IsLetter(c) || unicode.IsDigit(c)) }

// sold are the sales of it alone, by month.
func (g givenUp) sold(r *honne.Record) (t Track) {
	t.Series = honne.Sales
	f, a := r.Series(honne.Sales), r.ByAccount
	months, of, quantity, amount, among := f.Month, f.Product, f.Quantity, f.Amount, g.products
	if len(g.accounts) > 0 {
		months, of, quantity, amount, among = a.Month, a.Account, a.Quantity, a.Amount, g.accounts
	}
	for i, m := range months {
		if _, its := slices.BinarySearch(among, of[i]); !its {
			continue
		}
		at, found := slices.BinarySearchFunc(t.Months, m, func(x honne.MonthTotal, m honne.Month) int { return int(x.Month - m) })
		if !found {
			t.Months = slices.Insert(t.Months, at, honne.MonthTotal{Month: m})
		}
		x := &t.Months[at]
		x.Quantity, x.Amount = x.Quantity.Plus(quantity[i]), x.Amount.Plus(amount[i])
	}
	return t
}

// without are the sales of all but it.
func (g givenUp) without(r *honne.Record) years {
	y := years{sales: Monthly(r, honne.Sales), stated: Track{Series: honne.PriorYear}}
	y.sales.Months = slices.Clone(y.sales.Months)
	apart := g.sold(r)
	for i, m := range y.sales.Months {
		x, _ := apart.At(m.Month)
		y.sales.Months[i].Quantity.N -= x.Quantity.N
		y.sales.Months[i].Amount.N -= x.Amount.N
	}
	return y
}

// kept are the sales as if it had sold as a year earlier, from the day it was told on; ok
// is false where nobody knows what that was.
func (g givenUp) kept(r *honne.Record, actual Track, months []honne.Month) (t Track, ok bool) {
	t = Track{actual.Series, slices.Clone(actual.Months)}
	apart := g.sold(r)
	since := r.AsOf.Month()
	for _, e := range lastingEvents(r, months) {
		since = min(since, e.Date.Month())
	}
	for i, m := range t.Months {
		then, known := actual.At(m.Month - 12)
		if m.Month < since || !slices.Contains(months, m.Month) {
			continue
		}
		if !known || then.Amount.Known != m.Amount.Known {
			return t, false
		}
		was, _ := apart.At(m.Month - 12)
		is, _ := apart.At(m.Month)
		t.Months[i].Amount.N += max(0, was.Amount.N-is.Amount.N)
		t.Months[i].Quantity.N += max(0, was.Quantity.N-is.Quantity.N)
	}
	return t, actual.Series == honne.Sales
}

// said names what it is of: the first three.
func (g givenUp) said() honne.Arg {
	list := g.names
	if len(list) > 3 {
		list = append(slices.Clone(list[:3]), "…")
	}
	return honne.List("names", list)
}
