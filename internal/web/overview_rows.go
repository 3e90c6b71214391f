package web

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"honne"
	"honne/internal/auth"
	"honne/internal/chart"
	"honne/internal/inspect"
	"honne/internal/japan"
)

// figureLink opens a figure of the strip or one that follows from others.
func figureLink(v *visit, d honne.Distributor, name string, pairs ...string) string {
	return v.link(base(d)+"/evidence/"+name, append([]string{"fy", v.URL.Query().Get("fy")}, pairs...)...)
}

func (v *visit) measureLink(d honne.Distributor, slug string) string {
	return v.link(base(d) + "/evidence/measure/" + slug)
}

func has(t honne.Term) bool { return !t.Label.IsZero() || t.Money.Currency != "" }

func tint(f float64) string {
	if f < 0 {
		return "neg"
	}
	if f > 0 {
		return "pos"
	}
	return ""
}

// signs are the warning signs by level; the unknown ones fold away.
func (v *visit) signs(d honne.Distributor, rec *honne.Record, p honne.Picture) (rows, folded []SignRow, count string) {
	high, watch := 0, 0
	for _, s := range p.Signs {
		row := v.signRow(d, p, s)
		row.State = v.handled(inspect.Handled(rec, s))
		switch s.Level {
		case honne.UnknownBand, "":
			folded = append(folded, row)
			continue
		case honne.High:
			high++
		case honne.Watch:
			watch++
		}
		rows = append(rows, row)
	}
	said := honne.Say("signs.count", honne.Count("high", high), honne.Count("watch", watch))
	if apart := p.Apart(); len(apart) > 0 {
		said = honne.Say("signs.count.apart", append(honne.Saying("count", said), honne.Saying("apart", honne.SayApart(apart))...)...)
	}
	return rows, folded, v.say(said)
}

func (v *visit) signRow(d honne.Distributor, p honne.Picture, s honne.Sign) SignRow {
	row := SignRow{Name: v.t("sign." + s.ID.Slug), Href: v.link(signLink(d, s.ID.Slug)), Level: v.band(s.Level),
		Why: v.needs(s.Needs)}
	if len(s.Because) > 0 {
		row.Why = v.say(s.Because[0])
	}
	switch {
	case s.Since != 0:
		row.Since = v.lang.Month(s.Since)
	case s.Seen != 0 && (s.Level == honne.Watch || s.Level == honne.High): // no quarter says it: the first day on which the house saw it
		row.Since = v.lang.Date(s.Seen)
	}
	i := slices.IndexFunc(p.Measures, func(j honne.Judged) bool { return j.Measure == s.Headline })
	if i < 0 {
		return row
	}
	m := p.Measures[i]
	row.Measure = v.say(m.Name())
	if m.Known {
		row.Now, row.NowHref = v.reading(m.Value, m.Unit, m.Result), v.measureLink(d, m.Measure.Slug)
	}
	if m.Baseline != nil {
		row.Baseline = Linked{v.reading(*m.Baseline, m.Unit, honne.Result{}), v.measureLink(d, m.Measure.Slug)}
	}
	values := make([]float64, 0, len(m.History))
	for _, h := range m.History {
		values = append(values, h.Value)
	}
	row.Spark = chart.Spark(values, dot(s.Level))
	return row
}

func dot(b honne.Band) chart.Ink {
	switch b {
	case honne.High:
		return chart.Bad
	case honne.Watch:
		return chart.Warn
	}
	return chart.Actual
}

// reading writes the value of a measure in its unit.
func (v *visit) reading(f float64, u honne.ValueUnit, r honne.Result) string {
	switch u {
	case honne.UnitRatio:
		if r.Numerator.Count > 0 && r.Denominator.Count > 0 && r.Denominator.Count <= 12 {
			return v.t("of", honne.Count("n", r.Numerator.Count), honne.Count("all", r.Denominator.Count))
		}
		return v.lang.Percent(f)
	case honne.UnitGrowth:
		return v.lang.Growth(f)
	case honne.UnitPoints:
		return joined(v.lang.Points(f))
	case honne.UnitMonths:
		return v.t("unit.months", honne.Number("n", f))
	case honne.UnitDays:
		return v.t("unit.days", honne.Number("n", f))
	case honne.UnitHours:
		return v.say(japan.Worked(f))
	case honne.UnitLevel:
		return "L" + v.lang.Number(f, 0)
	case honne.UnitMoney:
		return v.lang.Money(v.worth(honne.Money{Minor: int64(f), Currency: honne.JPY}))
	case honne.UnitCount:
		if r.Measure.Slug == "data-gate" {
			return v.t(map[bool]string{true: "yes", false: "no"}[f >= 1])
		}
		return v.lang.Number(f, 0)
	case honne.UnitHHI:
		return v.lang.Number(f, 0)
	}
	return v.lang.Index(f)
}

// measures parts what is known from what is not.
func (v *visit) measures(d honne.Distributor, p honne.Picture) (known, unknown []MeasureRow) {
	for _, m := range p.Measures {
		if row := v.measureRow(d, m); m.Known {
			known = append(known, row)
		} else {
			unknown = append(unknown, row)
		}
	}
	return known, unknown
}

// measureRow is a measure in a list; why it is unknown in full stands on its own
// page, to which its figures lead.
func (v *visit) measureRow(d honne.Distributor, m honne.Judged) MeasureRow {
	row := MeasureRow{Name: v.say(m.Name()), Href: v.measureLink(d, m.Measure.Slug), Level: v.band(m.Band)}
	if m.Known {
		row.Value = v.reading(m.Value, m.Unit, m.Result)
		if m.Measure.Slug == "lateness" && m.Unjudged() {
			row.Why, row.WhyHref = v.t("measure.lateness.agree"), v.needDoor(d, honne.NeedDueDays)
		}
		return row
	}
	if row.Why = v.needs(m.Needs); row.Why == "" {
		row.Why, row.WhyHref = v.say(m.Why), row.Href
	}
	return row
}

func (v *visit) needs(list []honne.Need) string {
	if len(list) == 0 {
		return ""
	}
	names := make([]string, len(list))
	for i, n := range list {
		names[i] = v.t("need." + string(n))
	}
	return v.t("needs", honne.Text("list", strings.Join(names, v.t("list.comma"))))
}

func (v *visit) asks(d honne.Distributor, p honne.Picture) []AskRow {
	var out []AskRow
	for _, a := range p.Next {
		names := make([]string, len(a.Unlocks))
		for i, slug := range a.Unlocks {
			names[i] = v.t("measure." + slug)
		}
		out = append(out, AskRow{title(v.t("need." + string(a.Give))), v.needDoor(d, a.Give), len(a.Unlocks), strings.Join(names, v.t("list.comma"))})
	}
	return out
}

// title begins a text with a capital letter.
func title(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// nextItems is how much is asked for at a time.
const nextItems = 4

// next is what to do now: an open intake before anything, then a meeting that
// is due, then what would make most known.
func (v *visit) next(d honne.Distributor, p honne.Picture, files []honne.StoredFile) Next {
	n := Next{Action: Linked{v.t("next.upload"), uploadForm(d)}, Title: v.t("next.title.give")}
	if len(p.Next) == 0 {
		n.Title = v.t("next.title.none")
	}
	for _, m := range p.Months {
		if m.Missing {
			n.Items = append(n.Items, Linked{v.t("next.report", honne.InMonth("month", m.Month)), v.askFor(d, p, m.Month)})
			n.Details = append(n.Details, v.absent(m))
		}
	}
	for _, a := range p.Next {
		if len(n.Items) >= nextItems {
			break
		}
		n.Items = append(n.Items, Linked{title(v.t("need." + string(a.Give))), v.needDoor(d, a.Give)})
		n.Details = append(n.Details, v.t("next.unlocks", honne.Count("n", len(a.Unlocks))))
	}
	open := waiting(files)
	if open > 0 {
		n.Title, n.When = v.t("next.title.files", honne.Count("n", open)), v.t("next.files.why")
		n.Action = Linked{v.t("next.files"), uploadForm(d)}
	}
	if !v.may(auth.Write, auth.Figures) {
		n.Action = Linked{}
		if len(p.Questions) > 0 {
			n.Action = Linked{v.t("next.questions"), "#h-q"}
		}
	}
	return n
}
