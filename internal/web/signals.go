package web

import (
	"net/http"
	"slices"

	"honne"
	"honne/internal/inspect"
)

// signalsPage lists the seven signs, each with its rule and what it stands on.
type signalsPage struct {
	Frame
	Head
	Controls Controls
	Empty    bool
	Count    string
	Signs    []SignDetail
	Apart    []ApartRow   // high, and held by no sign
	Unknown  []SignDetail // folded
	Most     string       // what would make most of them known
}

// ApartRow is a measure that is high and part of no sign: our own side and what
// else may explain it stand before the facts.
type ApartRow struct {
	ID, Name, Href, Since string
	Value                 string
	Level                 Tag
	OurSide               bool
	Harmless, Because     []string
}

// SignDetail is a sign in full.
type SignDetail struct {
	SignRow
	ID               string
	Opinion          bool // gut feeling is opinion, and says so
	Because          []string
	Trace            []RuleStep
	Harmless         []string
	Needs            []Linked
	Measures         []MeasureRow
	Evidence         []Linked
	OurSideExplained bool
}

func (a *app) showSignals(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	rec, p, err := v.pictureOf(d)
	if err != nil {
		return err
	}
	page := signalsPage{Frame: v.frameOf(d, v.t("tab.signals")), Head: v.head(d, "signals"), Empty: rec.Files == 0}
	if page.Controls, err = v.controls(d, p, v.fiscal(p)); err != nil {
		return err
	}
	page.Count = v.signsMessage(p)
	for _, s := range p.Signs {
		detail := v.signDetail(d, p, s)
		detail.State = v.handled(inspect.Handled(&rec, s))
		if s.Level == honne.UnknownBand || s.Level == "" {
			page.Unknown = append(page.Unknown, detail)
			continue
		}
		page.Signs = append(page.Signs, detail)
	}
	for _, m := range p.Apart() {
		page.Apart = append(page.Apart, v.apart(d, m))
	}
	if len(p.Next) > 0 {
		page.Most = v.t("signs.unknown.most", honne.Word("give", "need."+string(p.Next[0].Give)), honne.Count("n", len(p.Next[0].Unlocks)))
	}
	return v.show(w, http.StatusOK, "signals", page)
}

func (v *visit) apart(d honne.Distributor, m honne.Judged) ApartRow {
	row := ApartRow{ID: m.Measure.Slug, Name: v.say(m.Name()), Href: v.measureLink(d, m.Measure.Slug), Level: v.band(m.Band),
		Value: v.reading(m.Value, m.Unit, m.Result), OurSide: len(m.OurSide) > 0, Harmless: v.sayAll(m.Confounders), Because: v.sayAll(m.Behind())}
	if m.Since != 0 {
		row.Since = v.lang.Month(m.Since)
	}
	return row
}

func (v *visit) signDetail(d honne.Distributor, p honne.Picture, s honne.Sign) SignDetail {
	out := SignDetail{SignRow: v.signRow(d, p, s), ID: s.ID.Slug, Opinion: s.ID.Slug == "gut-feel",
		Because: v.sayAll(s.Because), Trace: v.steps(s.Trace), OurSideExplained: s.OurSide, Needs: v.needDoors(d, s.Needs)}
	for _, id := range s.Measures {
		i := slices.IndexFunc(p.Measures, func(j honne.Judged) bool { return j.Measure == id })
		if i < 0 {
			continue
		}
		m := p.Measures[i]
		row := MeasureRow{Name: v.say(m.Name()), Href: v.measureLink(d, id.Slug), Level: v.band(m.Band), Value: v.t("not-known")}
		if m.Known {
			row.Value = v.reading(m.Value, m.Unit, m.Result)
		}
		if m.Known || len(m.Because) > 0 { // what was told needs no value
			out.Harmless = append(out.Harmless, v.sayAll(m.Confounders)...)
		}
		out.Measures = append(out.Measures, row)
	}
	for i, e := range s.Evidence {
		if len(e.Mail) > 0 {
			continue // the page of the measure lists them
		}
		door := Linked{v.what(e), v.selectionLink(d, e)}
		if e.Log != "" {
			door = v.logDoor(d, e.Log)
		}
		if i < 12 && !slices.Contains(out.Evidence, door) {
			out.Evidence = append(out.Evidence, door)
		}
	}
	return out
}

// signsMessage says how many signs are raised, and what is high in none of them.
func (v *visit) signsMessage(p honne.Picture) string {
	high, watch := 0, 0
	for _, s := range p.Signs {
		switch s.Level {
		case honne.High:
			high++
		case honne.Watch:
			watch++
		}
	}
	said, apart := honne.Say("signs.message", honne.Count("high", high), honne.Count("watch", watch)), p.Apart()
	switch {
	case high+watch == 0 && len(apart) == 0:
		return v.t("signs.calm")
	case high+watch == 0: // high is high, in a sign or not
		said = honne.Say("signs.calm.apart", honne.Saying("apart", honne.SayApart(apart))...)
	case len(apart) > 0:
		said = honne.Say("signs.count.apart", append(honne.Saying("count", said), honne.Saying("apart", honne.SayApart(apart))...)...)
	}
	return v.say(said)
}
