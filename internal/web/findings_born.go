package web

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/lang"
	"honne/internal/store"
)

// findingDoors are where somebody who may write makes a finding of the claim or
// the cell that a page shows: one for each open audit of the distributor.
func (v *visit) findingDoors(d honne.Distributor, born, dimension string) (out []Linked, err error) {
	if !v.may(auth.Write, auth.Audits) {
		return nil, nil
	}
	audits, err := store.Entries[honne.Audit](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return nil, fmt.Errorf("web: find open audits: %w", err)
	}
	for _, e := range audits {
		if e.Body.Closed == 0 {
			q := url.Values{"audit": {e.Code()}, "born": {born}}
			if dimension != "" {
				q.Set("dimension", short(dimension))
			}
			out = append(out, Linked{v.t("finding.of-this", honne.Text("code", e.Code())), "/findings/new?" + q.Encode()})
		}
	}
	return out, nil
}

// cellDoors are the doors of the evidence page that is shown.
func (v *visit) cellDoors(d honne.Distributor) ([]Linked, error) {
	dimension := ""
	for _, rules := range v.app.Playbook.Audit.Dimensions {
		if dimension == "" && slices.Contains(rules.Measures, v.PathValue("measure")) {
			dimension = rules.Dimension
		}
	}
	return v.findingDoors(d, v.here("lang", "", "theme", "", "keys", "", "unit", ""), dimension)
}

// bornOf reads where a finding is born, as an address names it: a claim or a cell
// of the distributor; honne.ErrNotFound for anything else, and nothing for "".
func (v *visit) bornOf(d honne.Distributor, ref string) (honne.EvidenceLink, error) {
	if ref == "" {
		return honne.EvidenceLink{}, nil
	}
	if n, err := codeNumber(honne.EntryClaim, ref); err == nil {
		history, err := store.EntryHistory[honne.Judgement](v.Context(), v.app.Store, n)
		switch {
		case err != nil:
			return honne.EvidenceLink{}, fmt.Errorf("web: find claim: %w", err)
		case history[0].Distributor != d.ID:
			return honne.EvidenceLink{}, honne.ErrNotFound
		}
		return honne.EvidenceLink{Kind: "claim", Ref: honne.EntryCode(honne.EntryClaim, n)}, nil
	}
	if _, ok := cellOf(d, ref); !ok {
		return honne.EvidenceLink{}, honne.ErrNotFound
	}
	return honne.EvidenceLink{Kind: "figure", Ref: ref}, nil // its name is said in each reader's language
}

// cellOf reads the address of an evidence page of the distributor; false for any
// other address.
func cellOf(d honne.Distributor, ref string) (*url.URL, bool) {
	at, err := url.Parse(ref)
	if err != nil || at.Scheme != "" || at.Host != "" || at.Fragment != "" || path.Clean(at.Path) != at.Path || len(ref) > 2000 {
		return nil, false
	}
	of := base(d) + "/evidence"
	return at, at.Path == of || strings.HasPrefix(at.Path, of+"/")
}

// figureNames say what the figure of an address is, in both languages.
func (v *visit) figureNames(d honne.Distributor) func(string) honne.Both {
	en, ja := *v, *v
	en.lang, ja.lang = lang.EN, lang.JA
	return func(ref string) honne.Both {
		at, ok := cellOf(d, ref)
		if !ok {
			return honne.Both{}
		}
		return honne.Both{EN: en.cellName(at), JA: ja.cellName(at)}
	}
}

// cellName is what an evidence page is about.
func (v *visit) cellName(at *url.URL) string {
	_, name, _ := strings.Cut(at.Path, "/evidence")
	if measure, ok := strings.CutPrefix(name, "/measure/"); ok {
		return v.t("measure." + measure)
	}
	if name != "" {
		return v.t("figure." + name[1:])
	}
	s, err := selection(at.Query())
	if err != nil {
		return v.t("evidence")
	}
	return v.what(s)
}

// born is the way back to where a finding was born: its claim, its cell, or the
// criterion of its audit.
func (v *visit) born(d honne.Distributor, x honne.Finding) Choice {
	switch l := x.Born; {
	case l.Kind == "claim" && l.Ref != "":
		return Choice{Href: "/claims/" + l.Ref, Label: v.t("finding.born-claim", honne.Text("code", l.Ref))}
	case l.Kind == "figure" && l.Ref != "":
		if at, ok := cellOf(d, l.Ref); ok {
			return Choice{Href: l.Ref, Label: v.cellName(at)}
		}
		return Choice{Label: cmp.Or(l.Note, l.Ref)}
	case l.Kind != "":
		return Choice{Label: strings.TrimSpace(l.Ref + " " + l.Note)}
	}
	if x.Audit == 0 || x.Dimension == "" {
		return Choice{}
	}
	return Choice{Href: "/audits/" + honne.EntryCode(honne.EntryAudit, x.Audit) + "/criteria/" + short(x.Dimension), Label: v.t("finding.born-criterion", honne.Word("dimension", "dimension."+x.Dimension))}
}
