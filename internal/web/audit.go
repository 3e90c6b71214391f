package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/audit"
	"honne/internal/auth"
	"honne/internal/inspect"
	"honne/internal/store"
)

// assessed is an audit that somebody looks at, with the figures as it froze them.
type assessed struct {
	*visit
	entry       honne.Entry[honne.Audit]
	distributor honne.Distributor
	all, later  []honne.Assessment // of the distributor, to this one and after it
	assessment  honne.Assessment
}

// audit finds the audit of the address.
func (v *visit) audit() (*assessed, error) {
	n, err := codeNumber(honne.EntryAudit, v.PathValue("code"))
	if err != nil {
		return nil, err
	}
	history, err := store.EntryHistory[honne.Audit](v.Context(), v.app.Store, n)
	if err != nil {
		return nil, fmt.Errorf("web: find audit: %w", err)
	}
	x := &assessed{visit: v, entry: history[len(history)-1]}
	if err := v.seen(x.entry.Distributor); err != nil {
		return nil, err
	}
	if x.distributor, err = v.app.Store.Distributor(v.Context(), x.entry.Distributor); err != nil {
		return nil, fmt.Errorf("web: find distributor: %w", err)
	}
	list, err := v.app.Store.Assessments(v.Context(), x.entry.Distributor)
	if err != nil {
		return nil, fmt.Errorf("web: read audit: %w", err)
	}
	i := slices.IndexFunc(list, func(a honne.Assessment) bool { return a.Number == n })
	if i < 0 {
		return nil, honne.ErrNotFound // taken back
	}
	if !v.hearsTogether() {
		for j := range list {
			list[j].Released = nil
		}
	}
	x.all, x.later, x.assessment = list[:i+1], list[i+1:], list[i]
	return x, nil
}

// hearsTogether reports whether what voices off the record say together exists
// for the visitor (ux 2).
func (v *visit) hearsTogether() bool {
	r := auth.Role(v.user.Role)
	return v.may(auth.Write, auth.OffRecord) || !v.user.Disabled && (r == auth.Director || r == auth.Manager)
}

func (x *assessed) at(path string) string { return "/audits/" + x.entry.Code() + path }

// frozen is the picture of the distributor as the audit froze it, with what was
// written in the audits since; the days of its decisions go on passing.
func (x *assessed) frozen() (honne.Picture, error) {
	rec, err := x.frozenRecord()
	if err != nil {
		return honne.Picture{}, err
	}
	book, err := x.book()
	p := inspect.Picture(rec, book)
	x.withholdOf(&p)
	return p, err
}

func (x *assessed) frozenRecord() (honne.Record, error) {
	rec, err := x.app.Store.Record(x.Context(), x.distributor.ID, x.entry.Body.AsOf())
	if err != nil {
		return rec, fmt.Errorf("web: read record: %w", err)
	}
	x.withhold(&rec)
	if rec.Audits = x.all; !x.distributor.Sample {
		rec.Today = honne.DateOf(x.now())
	}
	return rec, nil
}

func (x *assessed) frame(title string) Frame {
	f := x.visit.frame("audits", title+x.visit.t("comma")+x.entry.Code())
	f.Sample = x.distributor.Sample
	f.Crumbs = []Choice{{Href: "/audits", Label: x.t("nav.audits")}, {Href: x.at(""), Label: x.entry.Code()}}
	return f
}

// rates reports whether the visitor may rate a dimension: the regulatory lead
// rates compliance (ux 2).
func (x *assessed) rates(pillar string) bool {
	return x.entry.Body.Closed == 0 && (x.may(auth.Write, auth.Audits) || auth.Role(x.user.Role) == auth.Regulatory && pillar == "compliance")
}

// auditPage answers: what is assessed, on what evidence, what is left?
type auditPage struct {
	Frame
	Code, Heading, About               string
	Partner                            Choice
	Pillars                            []PillarView
	Next                               Choice
	Requests, Received                 int
	Findings                           []FindingRow
	RequestsHref, OutcomeHref, GapHref string
	Outcome                            string
	Hold                               bool
	Reopened                           string // the decision is open again
	Warnings                           []string
	Unfit                              []UnfitRow // words of its purpose
	Cards                              []CardRow
	Before                             string   // what was truly assessed anew
	EditHref                           string   // changes what it says of itself; "" for who may not
	FileHref                           string   // hands it over; "" for who may not
	Lost                               []string // documents that would not be in that file
	Taken                              string   // where it was taken in from
}

// PillarView is a pillar with its dimensions.
type PillarView struct {
	Name, Score, Confidence string
	Rated, Applies          int
	Width                   int  // of the bar, in percent
	Held                    bool // for compliance: there is no score
	Dimensions              []DimensionRow
}

// DimensionRow is a dimension in the list.
type DimensionRow struct {
	Name, Href, Score, Grade, Before string
	Rated, NA                        bool
}

func (a *app) showAudit(w http.ResponseWriter, v *visit, x *assessed) error {
	p, err := x.frozen()
	if err != nil {
		return err
	}
	body := x.entry.Body
	page := auditPage{Frame: x.frame(body.Title), Code: x.entry.Code(), Heading: body.Title, About: x.about(body),
		Partner:      Choice{Href: base(x.distributor), Label: v.name(x.distributor)},
		RequestsHref: x.at("/requests"), OutcomeHref: x.at("/outcome"), GapHref: x.at("/gap"),
		Outcome: v.t("report.outcome." + string(p.Outcome.Recommendation)), Hold: p.Outcome.Hold, Warnings: x.warnings(body.Auditor), Unfit: x.unfit(body.Purpose)}
	page.Crumbs[1].Href = ""
	page.Pillars, page.Next = x.pillars(p.Outcome.Hold)
	for _, r := range x.assessment.Requests {
		page.Requests += btoi(r.LeftOut == "")
		page.Received += btoi(r.LeftOut == "" && !r.Open())
	}
	for _, f := range x.assessment.Findings {
		page.Findings = append(page.Findings, v.findingRow(f))
	}
	for _, c := range v.app.Playbook.Audit.Traps {
		page.Cards = append(page.Cards, v.card(c))
	}
	if x.mends() {
		page.EditHref = x.at("/edit")
	}
	if v.may(auth.Write, auth.Audits) {
		page.FileHref = x.at("/file")
		if page.Lost, err = x.lost(); err != nil {
			return err
		}
	}
	if page.Taken, err = x.takenFrom(); err != nil {
		return err
	}
	if page.Reopened, err = x.reopened(); err != nil {
		return err
	}
	if len(x.all) > 1 {
		page.Before = v.t("audit.before", honne.Text("code", honne.EntryCode(honne.EntryAudit, x.all[len(x.all)-2].Number)))
	}
	return v.show(w, http.StatusOK, "audit", page)
}

func (x *assessed) about(a honne.Audit) string {
	parts := []string{x.name(x.distributor), x.t("audit.period", honne.Over("period", honne.Period{From: a.From, To: a.To})),
		x.t("audit.frozen", honne.Day("day", a.Known))}
	if a.Auditor.Name != "" {
		parts = append(parts, x.t("audit.by", honne.Text("name", a.Auditor.Name)))
	}
	if a.Due != 0 {
		parts = append(parts, x.t("audit.due", honne.Day("day", a.Due)))
	}
	return strings.Join(parts, " · ")
}

// warnings are what stands in the way of a free judgement (domain ).
func (x *assessed) warnings(a honne.Auditor) (out []string) {
	if a.Declared == 0 {
		out = append(out, x.t("auditor.warn.declared"))
	}
	if a.Bonus {
		out = append(out, x.t("auditor.warn.bonus"))
	}
	if a.Japanese == "" || a.Japanese == honne.LanguageNone {
		out = append(out, x.t("auditor.warn.japanese"))
	}
	return out
}

// pillars are the three with their dimensions, and the next open criterion. Under a
// hold for compliance there is no score (domain 3.7).
func (x *assessed) pillars(hold bool) (out []PillarView, next Choice) {
	not := x.notApplicable(x.entry.Body.Pack)
	for _, p := range audit.Score(x.assessment.Ratings) {
		view := PillarView{Name: x.t("pillar." + p.Slug), Rated: p.Rated, Score: x.t("audit.unscored")}
		if hold {
			view.Held, view.Score = true, x.t("audit.on-hold")
		} else if p.Known {
			view.Score, view.Width = x.lang.Fixed(p.Score, 1), int(p.Score*25)
			view.Confidence = x.t("audit.confidence", honne.Number("n", float64(int(p.Confidence*100))/100))
		}
		for _, d := range honne.AllDimensions {
			if d.Pillar != p.Slug {
				continue
			}
			row := x.dimensionRow(d, slices.Contains(not, d.Slug))
			if !row.NA {
				view.Applies++
			}
			if !row.Rated && !row.NA && next.Href == "" {
				next = Choice{Href: row.Href, Label: row.Name}
			}
			view.Dimensions = append(view.Dimensions, row)
		}
		out = append(out, view)
	}
	return out, next
}

func (x *assessed) dimensionRow(d honne.Dimension, not bool) DimensionRow {
	row := DimensionRow{Name: x.t("dimension." + d.Slug), Href: x.at("/criteria/" + short(d.Slug)), NA: not}
	if r, ok := x.assessment.Rating(d.Slug); ok {
		row.Rated, row.NA, row.Grade = true, r.NA, string(r.Grade)
		row.Score = strconv.Itoa(r.Score)
	}
	if n := len(x.all); n > 1 {
		if r, ok := x.all[n-2].Rating(d.Slug); ok && !r.NA {
			row.Before = strconv.Itoa(r.Score)
		}
	}
	return row
}

// short is the part of a dimension's slug that stands in addresses.
func short(slug string) string {
	_, name, _ := strings.Cut(slug, ".")
	return name
}

func dimensionOf(name string) (honne.Dimension, bool) {
	for _, d := range honne.AllDimensions {
		if short(d.Slug) == name {
			return d, true
		}
	}
	return honne.Dimension{}, false
}
