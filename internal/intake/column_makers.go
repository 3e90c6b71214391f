package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/japan"
)

// heedMakers has a person look where rows of sales, or of what was bought, name several
// makers: those of others are no sales, and no sell-in, of ours.
func (t *table) heedMakers(sample []*outline.Profile) {
	id := "problem.several-makers"
	switch t.Kind {
	case honne.Purchases, honne.Orders, honne.Backlog:
		id = "problem.several-suppliers"
	case honne.Sales:
	default:
		return
	}
	t.heedMakersAcross(id)
	for i := range t.fields {
		f := &t.fields[i]
		if !f.label || t.Columns[i].Meaning != honne.MeaningUnknown || !t.headed(i, t.book.Words.Makers) {
			continue
		}
		if names := firstNames(sample, f.col); len(names) > 1 {
			t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, f.col), Severity: honne.SevWarning, Raw: t.Columns[i].Header,
				What: honne.Say(id, honne.Text("column", t.Columns[i].At), honne.List("names", names))})
		}
	}
}

// heedMakersAcross does so where they stand across: a title says that figures are by maker
// (メーカー別), or one of several names is we ourselves (当社).
func (t *table) heedMakersAcross(id string) {
	byMaker := slices.ContainsFunc(short(t.Title), func(s string) bool {
		return slices.ContainsFunc(t.book.Words.Makers, func(w string) bool { return strings.Contains(s, w+"別") })
	})
	var names []string
	for _, i := range t.names {
		name := japan.Trim(t.Columns[i].Header)
		byMaker = byMaker || slices.Contains(t.book.Words.Ourselves, name)
		if len(names) < 3 && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if byMaker && len(names) > 1 {
		c := &t.Columns[t.names[0]]
		t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, t.fields[t.names[0]].col), Severity: honne.SevWarning, Raw: c.Header,
			What: honne.Say(id, honne.Text("column", c.At), honne.List("names", names))})
	}
}

// firstNames lists the first texts of a column, three at most.
func firstNames(sample []*outline.Profile, col int32) (names []string) {
	for _, p := range sample {
		s := clip(japan.Trim(p.Text(col)))
		if s != "" && len(names) < 3 && !slices.Contains(names, s) {
			names = append(names, s)
		}
	}
	return names
}

// keepMarket takes a year of the market that is only expected, 2025年(予), for the
// market; a person is told. Plans beside it say whose they are.
func (t *table) keepMarket() {
	if t.Kind != honne.Market {
		return
	}
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		s, amount, _ := c.Meaning.Measure()
		if c.Said || c.Period.IsZero() || s != honne.Plan && s != honne.Forecast || !t.expected(f) {
			continue
		}
		if c.Meaning = honne.QuantityOf(honne.Market); amount {
			c.Meaning = honne.AmountOf(honne.Market)
		}
		t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, f.col), Severity: honne.SevWarning, Raw: c.Header,
			What: honne.Say("problem.market-expected", honne.Text("column", c.At), honne.Over("period", c.Period))})
	}
}

// expected reports whether a header says no more beside its period than that it is to
// come.
func (t *table) expected(f *field) bool {
	return len(f.rest) > 0 && !slices.ContainsFunc(f.rest, func(s string) bool {
		return !t.words.Expects(strings.Trim(japan.Key(s), "()[]"))
	})
}
