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
	for _, day := range inspect.TrialDays(x.distributor.Profile.FiscalStart(), on) {
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
	t.Message = x.t("threshold.tried", honne.Text("value", x.limit(x.threshold, value, inspect.Units(x.picture))), honne.Count("other", other), honne.Count("n", len(t.Rows)))
	return t, nil
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
	at := base(x.distributor) + "/signals"
	if slug, _, _ := strings.Cut(x.threshold.Of, "."); slug != "" {
		at = base(x.distributor) + "/evidence/measure/" + slug
	}
	row = TrialRow{Day: x.lang.Date(rec.AsOf), Href: x.link(at, "asof", rec.AsOf.String()), Value: x.ofValue(was)}
	for i, u := range x.rules() {
		a, b := x.levelBy(was, u), x.levelBy(would, u)
		cell := TrialCell{Column: columns[i], Was: a}
		if a != b {
			differs, cell.Would = true, b
		}
		row.Cells = append(row.Cells, cell)
	}
	return row, differs
}

// levelBy is what a picture says of a measure, a sign, or the whole.
func (v *visit) levelBy(p honne.Picture, u playbook.Use) Tag {
	if u == (playbook.Use{}) {
		tag, _ := v.level(p)
		return tag
	}
	for _, s := range p.Signs {
		if u.Sign != "" && s.ID.Slug == u.Sign {
			return v.band(s.Level)
		}
	}
	for _, m := range p.Measures {
		if u.Measure != "" && m.Measure.Slug == u.Measure {
			return v.band(m.Band)
		}
	}
	return v.band(honne.UnknownBand)
}

// ofName names what the threshold is a number of.
func (x *ruled) ofName() string {
	switch of := x.threshold.Of; {
	case of == "":
		return x.t("threshold.overall")
	case strings.Contains(of, "."):
		return x.t("part." + of)
	}
	return x.t("measure." + x.threshold.Of)
}

// ofValue is what it was by a picture.
func (x *ruled) ofValue(p honne.Picture) string {
	if x.threshold.Of == "" {
		tag, _ := x.level(p)
		return tag.Word
	}
	v, known := inspect.Value(p, x.threshold.Of)
	if !known {
		return x.t("not-known")
	}
	return x.reading(v, inspect.Units(p)(x.threshold.Of), honne.Result{})
}
