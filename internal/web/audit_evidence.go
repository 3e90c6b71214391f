package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/auth"
)

// EvidenceRow is a piece of evidence: what it is, where it lies, and whether the
// rating rests on it.
type EvidenceRow struct {
	Key              string // what a form sends for it
	Text, Href, Note string
	Linked           bool
}

// EvidenceGroup is evidence of one kind.
type EvidenceGroup struct {
	Kind string
	Rows []EvidenceRow
	Any  bool // the rating rests on some of it
}

// resting is what the rating of a dimension may rest on, as the audit froze it.
type resting struct {
	*assessed
	dimension honne.Dimension
	picture   honne.Picture
	claims    []claimCase // that a person confirmed, made by the freeze
	offers    []honne.EvidenceLink
}

// resting finds what a rating may rest on: the measures of its dimension, where
// they are known; claims; files that came for its requests; what was said on the
// record; and what it rests on already. What was said off the record is none of
// them, nor what is read from it.
func (x *assessed) resting(d honne.Dimension) (*resting, error) {
	p, err := x.frozen()
	if err != nil {
		return nil, err
	}
	r := &resting{assessed: x, dimension: d, picture: p}
	cases, _, err := x.cases(x.distributor, &p)
	if err != nil {
		return nil, fmt.Errorf("web: list claims: %w", err)
	}
	for _, c := range cases {
		if said := c.confirmed(); len(said) > 0 && said[0].Body.On <= x.entry.Body.Known {
			r.claims = append(r.claims, c)
		}
	}
	return r, r.offer()
}

func (r *resting) offer() error {
	for _, m := range r.measures() {
		if m.Known {
			r.offers = append(r.offers, honne.EvidenceLink{Kind: "measure", Ref: m.Measure.Slug})
		}
	}
	for _, c := range r.claims {
		r.offers = append(r.offers, honne.EvidenceLink{Kind: "claim", Ref: c.code()})
	}
	files, err := r.filesReceived()
	if err != nil {
		return err
	}
	r.offers = append(r.offers, files...)
	for _, n := range r.assessment.Interviews {
		r.offers = append(r.offers, honne.EvidenceLink{Kind: "interview", Ref: honne.EntryCode(honne.EntryInterview, n.Number)})
	}
	for _, l := range r.standing() {
		if i := indexOfEvidence(r.offers, l); i >= 0 {
			r.offers[i] = l
		} else {
			r.offers = append(r.offers, l)
		}
	}
	return nil
}

// measures are those of the dimension, in the order of the playbook.
func (r *resting) measures() (out []honne.Judged) {
	rules, _ := r.app.Playbook.Dimension(r.entry.Body.Pack, r.dimension.Slug)
	for _, slug := range rules.Measures {
		for _, m := range r.picture.Measures {
			if m.Measure.Slug == slug {
				out = append(out, m)
			}
		}
	}
	return out
}

// filesReceived are the files that came for the requests of the dimension; each
// has its name as its note, which documents print.
func (r *resting) filesReceived() (out []honne.EvidenceLink, err error) {
	var wanted []honne.FileID
	for _, q := range r.assessment.Requests {
		if q.Dimension == r.dimension.Slug && q.File != 0 {
			wanted = append(wanted, q.File)
		}
	}
	if len(wanted) == 0 {
		return nil, nil
	}
	files, err := r.app.Store.Files(r.Context(), r.distributor.ID)
	if err != nil {
		return nil, fmt.Errorf("web: list files: %w", err)
	}
	for _, f := range files {
		if slices.Contains(wanted, f.ID) {
			out = append(out, honne.EvidenceLink{Kind: "file", Ref: strconv.FormatInt(int64(f.ID), 10), Note: f.Path})
		}
	}
	return out, nil
}

// standing is what the rating rests on so far, without a conversation that is not
// on the record any more.
func (r *resting) standing() []honne.EvidenceLink {
	rating, _ := r.assessment.Rating(r.dimension.Slug)
	return slices.DeleteFunc(slices.Clone(rating.Evidence), func(l honne.EvidenceLink) bool {
		return l.Kind == "interview" && l.Ref != "" && !slices.ContainsFunc(r.assessment.Interviews, func(n honne.Numbered[honne.Interview]) bool {
			return honne.EntryCode(honne.EntryInterview, n.Number) == l.Ref
		})
	})
}

// indexOfEvidence is where a piece stands in a list, -1 where it does not.
// Documents are told apart by their notes too: a mailbox holds many.
func indexOfEvidence(list []honne.EvidenceLink, l honne.EvidenceLink) int {
	return slices.IndexFunc(list, func(o honne.EvidenceLink) bool { return evidenceKey(o) == evidenceKey(l) })
}

func evidenceKey(l honne.EvidenceLink) string {
	if l.Kind == "document" || l.Ref == "" {
		return l.Kind + " " + l.Ref + " " + l.Note
	}
	return l.Kind + " " + l.Ref
}

// chosen are the links that the form ticks.
func (r *resting) chosen(f *fields) (out []honne.EvidenceLink) {
	f.text("evidence") // reads the form
	for _, key := range r.Form["evidence"] {
		i := slices.IndexFunc(r.offers, func(l honne.EvidenceLink) bool { return evidenceKey(l) == key })
		switch {
		case i < 0:
			f.fail("evidence", r.t("criterion.bad.evidence"))
		case !slices.Contains(out, r.offers[i]):
			out = append(out, r.offers[i])
		}
	}
	return out
}

// fill shows what the rating rests on, and what it may rest on with what is ticked.
func (r *resting) fill(page *criterionPage, ticked []honne.EvidenceLink) {
	for _, l := range r.standing() {
		page.Rating.Evidence = append(page.Rating.Evidence, r.row(l))
	}
	shown := map[string]bool{}
	for _, m := range r.measures() {
		row := MeasuredRow{MeasureRow: r.frozenRow(m)}
		l := honne.EvidenceLink{Kind: "measure", Ref: m.Measure.Slug}
		if indexOfEvidence(r.offers, l) >= 0 {
			row.Key, row.Linked = evidenceKey(l), indexOfEvidence(ticked, l) >= 0
			shown[row.Key] = true
		}
		page.Measures = append(page.Measures, row)
	}
	for _, l := range r.offers {
		if row := r.row(l); !shown[row.Key] {
			row.Linked = indexOfEvidence(ticked, l) >= 0
			page.offer(l.Kind, row)
		}
	}
}

// offer puts a piece of evidence to those of its kind.
func (page *criterionPage) offer(kind string, row EvidenceRow) {
	if !slices.Contains([]string{"claim", "file", "interview"}, kind) {
		kind = "other"
	}
	i := slices.IndexFunc(page.Evidence, func(g EvidenceGroup) bool { return g.Kind == kind })
	if i < 0 {
		i, page.Evidence = len(page.Evidence), append(page.Evidence, EvidenceGroup{Kind: kind})
	}
	g := &page.Evidence[i]
	g.Rows, g.Any = append(g.Rows, row), g.Any || row.Linked
}

// row says what a link leads to.
func (r *resting) row(l honne.EvidenceLink) EvidenceRow {
	row := EvidenceRow{Key: evidenceKey(l), Text: l.Ref, Note: l.Note}
	if l.Ref == "" { // from a house where it was called otherwise
		row.Text, row.Note = l.Note, ""
		return row
	}
	switch l.Kind {
	case "measure":
		row.Text = r.t("measure." + l.Ref)
		for _, m := range r.picture.Measures {
			if m.Measure.Slug == l.Ref {
				frozen := r.frozenRow(m)
				row.Href, row.Note = frozen.Href, strings.TrimSpace(frozen.Value+" "+l.Note)
			}
		}
	case "file":
		row.Text, row.Note = cmp.Or(l.Note, l.Ref), ""
		if r.may(auth.Read, auth.Figures) {
			row.Href = "/intake/" + l.Ref
		}
	case "claim":
		row.Href = "/claims/" + l.Ref
		for _, c := range r.claims {
			if c.code() == l.Ref {
				row.Note = r.reason(c.rules)
			}
		}
	case "interview":
		row.Href = r.at("/interviews/" + l.Ref)
		for _, n := range r.assessment.Interviews {
			if known := r.interviewRow(n); known.Code == l.Ref {
				row.Note = known.Who
			}
		}
	}
	return row
}
