package main

import (
	"strings"

	"honne"
	"honne/internal/lang"
)

// claimJSON is a reason that was given, in `honne inspect --json`; its field
// names are fixed.
type claimJSON struct {
	Excuse     string           `json:"excuse"`
	Said       []quoteJSON      `json:"said"`
	Barrier    bool             `json:"barrier"`
	Verdict    honne.Verdict    `json:"verdict"`
	Confidence honne.Confidence `json:"confidence"`
	OwnSide    bool             `json:"own_side"`
	Tags       []string         `json:"tags,omitempty"`
	Facts      []claimFactJSON  `json:"facts"`
	Missing    []string         `json:"missing"`
	Legitimate string           `json:"legitimate"`
	Guard      string           `json:"guard,omitempty"`
	Ask        honne.Both       `json:"ask"`
}

type quoteJSON struct {
	On   string `json:"on"`
	By   string `json:"by"` // distributor; else ours or third
	At   string `json:"at"`
	Text string `json:"text"`
}

type claimFactJSON struct {
	Text     string `json:"text"`
	Evidence string `json:"evidence"`
}

func (in *inspection) claimsJSON(l lang.Language) []claimJSON {
	out := []claimJSON{}
	for _, c := range in.picture.Claims {
		j := claimJSON{Excuse: c.Excuse, Said: []quoteJSON{}, Barrier: c.Barrier, Verdict: c.Verdict, Confidence: c.Confidence, OwnSide: c.OwnSide,
			Tags: c.Tags, Facts: []claimFactJSON{}, Missing: []string{}, Legitimate: inLanguage(l, c.Legitimate), Guard: inLanguage(l, c.Guard), Ask: c.Ask}
		for _, q := range c.Said {
			j.Said = append(j.Said, quoteJSON{q.On.String(), by(q.By), q.At, q.Text})
		}
		for _, f := range c.Facts {
			j.Facts = append(j.Facts, in.claimFactJSON(l, f))
		}
		for _, m := range c.Missing {
			j.Missing = append(j.Missing, in.env.lang.Text(l, "claim.missing", honne.Text("fact", inLanguage(l, m.Title)), honne.Word("who", "ask."+string(m.Ask))))
		}
		out = append(out, j)
	}
	return out
}

func by(s honne.Side) string {
	if s == honne.Theirs {
		return "distributor"
	}
	return string(s)
}

// claimFactJSON says a fact with its value, source and day; its evidence are the
// cells where the ledger says it, else its source.
func (in *inspection) claimFactJSON(l lang.Language, f honne.ClaimFact) claimFactJSON {
	evidence := f.Source
	if ranges, _ := in.evidence(f.Evidence); len(ranges) > 0 {
		evidence = strings.Join(ranges, " ")
	}
	return claimFactJSON{Evidence: evidence, Text: in.env.lang.Text(l, "claim.fact", honne.Text("fact", inLanguage(l, f.Title)),
		factValue(f), honne.Text("source", f.Source), honne.Day("on", f.On))}
}

func factValue(f honne.ClaimFact) honne.Arg {
	switch f.Unit {
	case honne.UnitRatio:
		return honne.Ratio("value", f.Value)
	case honne.UnitGrowth:
		return honne.Growth("value", f.Value)
	case honne.UnitPoints:
		return honne.Points("value", f.Value)
	}
	return honne.Number("value", f.Value)
}

func inLanguage(l lang.Language, b honne.Both) string {
	if l == lang.JA {
		return b.JA
	}
	return b.EN
}
