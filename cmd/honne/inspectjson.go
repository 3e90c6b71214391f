package main

import (
	"math"
	"strconv"

	"honne"
	"honne/internal/lang"
)

// pictureJSON is the object of `honne inspect --json`; its field names are fixed.
type pictureJSON struct {
	Version     int            `json:"version"`
	Distributor string         `json:"distributor"`
	AsOf        string         `json:"as_of"`
	Playbook    string         `json:"playbook"`
	Message     string         `json:"message"`
	Overall     honne.Band     `json:"overall"`
	Files       []fileJSON     `json:"files"`
	Coverage    coverageJSON   `json:"coverage"`
	Measures    []measureJSON  `json:"measures"`
	Signs       []signJSON     `json:"signs"`
	Claims      []claimJSON    `json:"claims"`
	Dependency  dependencyJSON `json:"dependency"`
	Outcome     outcomeJSON    `json:"outcome"`
	Questions   []questionJSON `json:"questions"`
	Next        []nextJSON     `json:"next"`
	Problems    []problemJSON  `json:"problems"`

	Thresholds []thresholdJSON `json:"thresholds,omitempty"` // of the house for this distributor
}

type fileJSON struct {
	Path     string       `json:"path"`
	Kind     honne.Series `json:"kind,omitempty"`
	Period   *fromToJSON  `json:"period"`
	Received *string      `json:"received"`
	Basis    honne.Basis  `json:"received_basis"`
	Status   string       `json:"status"`
	Why      *string      `json:"why"`
}

type coverageJSON struct {
	Months  int      `json:"months"`
	From    string   `json:"from,omitempty"`
	To      string   `json:"to,omitempty"`
	Missing []string `json:"missing"`
}

type measureJSON struct {
	Name         string             `json:"name"`
	ID           string             `json:"id"`
	Value        *float64           `json:"value"`
	Unit         honne.ValueUnit    `json:"unit,omitempty"`
	Numerator    *string            `json:"numerator"`
	Denominator  *string            `json:"denominator"`
	N            int                `json:"n"`
	Period       *fromToJSON        `json:"period"`
	Band         *honne.Band        `json:"band"`
	Why          *string            `json:"why"`
	Because      []string           `json:"because,omitempty"`
	OurSide      []string           `json:"own_side,omitempty"`
	Parts        map[string]float64 `json:"parts,omitempty"`
	Evidence     []string           `json:"evidence"`
	EvidenceMore int                `json:"evidence_more,omitempty"`
	Confounders  []string           `json:"confounders"`
}

type signJSON struct {
	Sign         string     `json:"sign"`
	ID           string     `json:"id"`
	Level        honne.Band `json:"level"`
	Since        *string    `json:"since"`
	Because      string     `json:"because"`
	OwnSide      bool       `json:"own_side"`
	Measures     []string   `json:"measures"`
	Evidence     []string   `json:"evidence"`
	EvidenceMore int        `json:"evidence_more,omitempty"`
}

type thresholdJSON struct {
	Threshold string  `json:"threshold"`
	Value     float64 `json:"value"`
	Playbook  float64 `json:"playbook"`
	Since     string  `json:"since"`
	Why       string  `json:"why"`
}

type dependencyJSON struct {
	Index *float64            `json:"index"`
	Band  string              `json:"band"`
	Parts map[string]*float64 `json:"parts"`
	Why   []string            `json:"why,omitempty"`

	Replace *replaceJSON `json:"months_to_replace,omitempty"`
}

// replaceJSON is how long a replacement takes; a part that is null is unknown.
type replaceJSON struct {
	Parts   map[string]*float64 `json:"parts"`
	AtLeast float64             `json:"at_least"`
	AtMost  *float64            `json:"at_most"`
}

type outcomeJSON struct {
	Recommendation honne.Recommendation `json:"recommendation"`
	Trace          []string             `json:"trace"`
}

type questionJSON struct {
	EN      string   `json:"en"`
	JA      string   `json:"ja"`
	Because []string `json:"because"`
}

type nextJSON struct {
	Give    string   `json:"give"`
	Unlocks []string `json:"unlocks"`
}

// replacing is nil while no part of it is known.
func replacing(r honne.Replacement) *replaceJSON {
	if !r.Told() {
		return nil
	}
	out := replaceJSON{Parts: map[string]*float64{}, AtLeast: r.AtLeast}
	for _, p := range r.Parts {
		out.Parts[p.Part] = p.Months
	}
	if r.Known {
		out.AtMost = &r.AtMost
	}
	return &out
}

// json says the picture in a language.
func (in *inspection) json(l lang.Language) pictureJSON {
	p := in.picture
	out := pictureJSON{Version: 1, Distributor: p.Distributor.Profile.Name, AsOf: p.AsOf.String(), Playbook: p.Playbook,
		Message: in.env.lang.Say(l, p.Message), Overall: p.Overall, Files: in.filesJSON(l),
		Coverage: coverage(p.Coverage), Claims: in.claimsJSON(l), Questions: []questionJSON{}, Next: []nextJSON{}, Problems: []problemJSON{}}
	for _, m := range p.Measures {
		out.Measures = append(out.Measures, in.measureJSON(l, m))
	}
	for _, s := range p.Signs {
		out.Signs = append(out.Signs, in.signJSON(l, s))
	}
	for _, e := range p.Thresholds {
		out.Thresholds = append(out.Thresholds, thresholdJSON{e.Body.Threshold, e.Body.Value, e.Body.Playbook, honne.DateOf(e.At).String(), e.Why})
	}
	d := p.Dependency
	out.Dependency = dependencyJSON{Band: d.Band, Parts: map[string]*float64{}, Why: in.say(l, d.Why)}
	for i, part := range d.Parts {
		out.Dependency.Parts["r"+strconv.Itoa(i+1)] = part
	}
	if d.Known {
		out.Dependency.Index = &d.Index
	}
	out.Dependency.Replace = replacing(d.Replace)
	out.Outcome = outcomeJSON{p.Outcome.Recommendation, in.say(l, p.Outcome.Trace)}
	for _, q := range p.Questions {
		out.Questions = append(out.Questions, questionJSON{q.EN, q.JA, q.Because})
	}
	for _, n := range p.Next {
		out.Next = append(out.Next, nextJSON{in.env.lang.Text(l, "need."+string(n.Give)), n.Unlocks})
	}
	out.Problems = append(out.Problems, in.problemsJSON(l)...)
	return out
}

func coverage(c honne.Coverage) coverageJSON {
	out := coverageJSON{Months: c.Months, From: c.From.String(), To: c.To.String(), Missing: []string{}}
	for _, m := range c.Missing {
		out.Missing = append(out.Missing, m.String())
	}
	return out
}

func (in *inspection) measureJSON(l lang.Language, m honne.Judged) measureJSON {
	out := measureJSON{Name: m.Measure.Slug, ID: m.Measure.ID, N: m.N, Band: &m.Band, Because: in.say(l, m.Because), OurSide: in.say(l, m.OurSide),
		Evidence: []string{}, Confounders: in.say(l, m.Confounders)}
	if m.Band == "" {
		out.Band = nil
	}
	if !m.Period.IsZero() {
		out.Period = &fromToJSON{m.Period.From.Month().String(), m.Period.To.Month().String()}
	}
	if !m.Known {
		out.Why = orNull(in.env.lang.Say(l, m.Why))
		return out
	}
	value := m.Value
	out.Value, out.Unit = &value, m.Unit
	out.Numerator, out.Denominator = termJSON(m.Numerator), termJSON(m.Denominator)
	for _, part := range m.Parts {
		if out.Parts == nil {
			out.Parts = map[string]float64{}
		}
		if !math.IsNaN(part.Value) && !math.IsInf(part.Value, 0) {
			out.Parts[part.Name] = part.Value
		}
	}
	if ranges, more := in.evidence(m.Evidence); len(ranges) > 0 {
		out.Evidence, out.EvidenceMore = ranges, more
	}
	return out
}

// termJSON writes one side of a formula: money in the main unit, a quantity, or
// a count.
func termJSON(t honne.Term) *string {
	s := ""
	switch {
	case t.Label.IsZero():
		return nil
	case t.Money.Currency != "":
		s = t.Money.String()
	case t.Quantity.Known:
		s = honne.Decimal{Coef: t.Quantity.N, Scale: honne.QuantityScale}.String()
	default:
		s = strconv.Itoa(t.Count)
	}
	return &s
}

func (in *inspection) signJSON(l lang.Language, s honne.Sign) signJSON {
	out := signJSON{Sign: s.ID.Slug, ID: s.ID.ID, Level: s.Level, Since: orNull(s.Since.String()), OwnSide: s.OurSide, Measures: []string{}, Evidence: []string{}}
	for i, m := range in.say(l, s.Because) {
		if i > 0 {
			out.Because += " "
		}
		out.Because += m
	}
	for _, m := range s.Measures {
		out.Measures = append(out.Measures, m.Slug)
	}
	if ranges, more := in.evidence(s.Evidence); len(ranges) > 0 {
		out.Evidence, out.EvidenceMore = ranges, more
	}
	return out
}

func (in *inspection) say(l lang.Language, messages []honne.Message) []string {
	out := []string{}
	for _, m := range messages {
		out = append(out, in.env.lang.Say(l, m))
	}
	return out
}

func (in *inspection) filesJSON(l lang.Language) []fileJSON {
	out := []fileJSON{}
	for _, t := range in.files {
		came := t.arrival.receipt
		if !came.Exact() && t.file.Receipt.Exact() {
			came = t.file.Receipt
		}
		j := fileJSON{Path: in.names.path(t.arrival.path), Basis: came.Basis, Status: "read", Received: orNull(came.Day().String())}
		for _, p := range t.reading.Parts {
			if j.Kind == "" {
				j.Kind = p.Series
			}
			if len(p.Periods) > 0 && j.Period == nil {
				j.Period = &fromToJSON{p.Periods[0].From.Month().String(), p.Periods[len(p.Periods)-1].To.Month().String()}
			}
		}
		switch {
		case t.same:
			j.Status = "same-bytes"
		case t.arrival.mail != nil:
		case t.file.State == honne.FileUnread:
			j.Status, j.Why = "not-read", orNull(in.why(l, t))
		case t.file.State == honne.FileSetAside && len(t.reading.Tables) == 0:
			j.Status, j.Why = "set-aside", orNull(in.why(l, t))
		case t.file.State == honne.FileSetAside:
			j.Status, j.Why = "set-aside", orNull(in.env.lang.Text(l, "cli.set-aside"))
		}
		out = append(out, j)
	}
	return out
}

// why is the reason for which a file could not be read at all: the first error,
// else the first warning.
func (in *inspection) why(l lang.Language, t taken) string {
	for _, severity := range []honne.Severity{honne.SevError, honne.SevWarning, honne.SevNote} {
		for _, p := range t.reading.Problems {
			if p.Severity == severity {
				return in.env.lang.Say(l, in.names.problem(p).What)
			}
		}
	}
	return ""
}

func (in *inspection) problemsJSON(l lang.Language) []problemJSON {
	var out []problemJSON
	for _, p := range in.problems() {
		at := p.file
		if s := p.At.String(); s != "" {
			at += "!" + s
		}
		out = append(out, problemJSON{At: at, Severity: p.Severity, What: in.env.lang.Say(l, p.What), File: p.file})
	}
	return out
}
