package web

import (
	"fmt"
	"slices"
	"strings"

	"honne"
	"honne/internal/inspect"
	"honne/internal/playbook"
)

// Trial is what another number of a rule would have said of the past, beside what
// the rule says as it stands. Nothing of it is kept.
type Trial struct {
	Message, Measure string
	Columns          []string // of each measure and sign
	Rows             []TrialRow
}

// TrialRow is a day of the past, by what was known on it.
type TrialRow struct {
	Day, Href, Value string
	Cells            []TrialCell
}

// TrialCell is the level of a day as the rules stand, and as tried where that is
// another.
type TrialCell struct {
	Column     string
	Was, Would Tag
}

// quartersTried is how many past ends of quarters a trial looks at.
const quartersTried = 8

// try judges the partner as it was known at the ends of the last quarters, and on
// the page's day, by the rules in force and with another number.
func (x *ruled) try(value float64) (*Trial, error) {
	on, err := x.dayAt(x.distributor)
	if err != nil {
		return nil, err
	}
	t := &Trial{Measure: x.ofName()}
	for _, u := range x.rules() {
		t.Columns = append(t.Columns, x.useName(u))
	}
	other := 0
	for _, day := range quarterEnds(x.distributor.Profile.FiscalStart(), on) {
		rec, err := x.app.Store.Record(x.Context(), x.distributor.ID, honne.AsOf{Known: day})
		if err != nil {
			return nil, fmt.Errorf("web: try a threshold: %w", err)
		}
		if rec.Files == 0 { // nothing was known yet
			continue
		}
		row, differs := x.trialRow(rec, value, t.Columns)
		t.Rows = append(t.Rows, row)
		if differs {
			other++
		}
	}
	t.Message = x.t("threshold.tried", honne.Text("value", x.limit(x.threshold.At(value), inspect.Units(x.picture))), honne.Count("other", other), honne.Count("n", len(t.Rows)))
	return t, nil
}

// quarterEnds are the page's day and the ends of the fiscal quarters before it, the latest
// first.
func quarterEnds(starts int, on honne.Date) []honne.Date {
	out := []honne.Date{on}
	for m := on.Month(); len(out) <= quartersTried; m-- {
		if _, month, _ := m.First().Civil(); (month-starts+12)%3 == 2 && m.Last() < on {
			out = append(out, m.Last())
		}
	}
	return out
}

// rules are the measures and signs in which the threshold stands, each once.
func (x *ruled) rules() (out []playbook.Use) {
	for _, u := range x.threshold.Uses {
		if u.Band = ""; !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	return out
}

func (x *ruled) trialRow(rec honne.Record, value float64, columns []string) (row TrialRow, differs bool) {
	x.withhold(&rec)
	rec.Thresholds = x.picture.Thresholds
	was := inspect.Picture(rec, x.book)
	tried := honne.Entry[honne.OwnThreshold]{Body: honne.OwnThreshold{Threshold: x.threshold.ID, Value: value}}
	rec.Thresholds = append(slices.Clone(x.picture.Thresholds), tried)
	would := inspect.Picture(rec, x.book)
	slug, _, _ := strings.Cut(x.threshold.Rule.Of, ".")
	row = TrialRow{Day: x.lang.Date(rec.AsOf), Href: x.link(base(x.distributor)+"/evidence/measure/"+slug, "asof", rec.AsOf.String()), Value: x.ofValue(was)}
	for i, u := range x.rules() {
		a, b := level(was, u), level(would, u)
		cell := TrialCell{Column: columns[i], Was: x.band(a)}
		if a != b {
			differs, cell.Would = true, x.band(b)
		}
		row.Cells = append(row.Cells, cell)
	}
	return row, differs
}

// level is what a picture says of a measure or a sign.
func level(p honne.Picture, u playbook.Use) honne.Band {
	for _, s := range p.Signs {
		if u.Sign != "" && s.ID.Slug == u.Sign {
			return s.Level
		}
	}
	for _, m := range p.Measures {
		if u.Measure != "" && m.Measure.Slug == u.Measure {
			return m.Band
		}
	}
	return honne.UnknownBand
}

// ofName names what the threshold is a number of.
func (x *ruled) ofName() string {
	if of := x.threshold.Rule.Of; strings.Contains(of, ".") {
		return x.t("part." + of)
	}
	return x.t("measure." + x.threshold.Rule.Of)
}

// ofValue is what it was by a picture.
func (x *ruled) ofValue(p honne.Picture) string {
	v, known := inspect.Value(p, x.threshold.Rule.Of)
	if !known {
		return x.t("not-known")
	}
	return x.reading(v, inspect.Units(p)(x.threshold.Rule.Of), honne.Result{})
}
