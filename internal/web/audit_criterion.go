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
	"honne/internal/store"
)

// criterionPage is one dimension of an audit: what to look for, what is known,
// and its score.
type criterionPage struct {
	Frame
	Errors                []Problem
	Wrong                 map[string]string // by the field
	Code, Heading, Pillar string
	Rating                RatingView
	Look, Ask, Judge      honne.Both
	Measures              []MeasuredRow
	Evidence              []EvidenceGroup // that can be linked, beside the measures
	Cards                 []CardRow
	Requests              []RequestRow
	Findings              []FindingRow
	Interviews            []InterviewRow // on the record, that touch it
	Said, Shown, Meant    string
	Few                   string // where too few spoke to say what is meant
	Scale                 []Choice
	Grades                []Choice
	Because               string
	NA                    bool
	Version               int
	Before                string
	Again                 []string // what was truly assessed anew since
	Writes                bool
	Who                   string // who may rate, for who may not
	Finding               string // where a finding is made; "" for who writes none
	RequestsHref          string
	AddRequest            string // where a line of one's own is added; "" for who may not
	Previous, Next, Open  Choice // Open is the next criterion that is not rated
}

// RatingView is a rating as it stands; without a score there is none yet.
type RatingView struct {
	Score, Grade, Because, Signed string
	Evidence                      []EvidenceRow
}

// MeasuredRow is a measure, and whether the rating rests on it; Key is "" for
// one that is not known and so proves nothing.
type MeasuredRow struct {
	MeasureRow
	Key    string
	Linked bool
}

// criterion finds the dimension of the address and its rating as it stands.
func (x *assessed) criterion() (honne.Dimension, honne.Entry[honne.Rating], error) {
	d, ok := dimensionOf(x.PathValue("dimension"))
	if !ok {
		return d, honne.Entry[honne.Rating]{}, honne.ErrNotFound
	}
	list, err := store.Entries[honne.Rating](x.Context(), x.app.Store, x.distributor.ID)
	if err != nil {
		return d, honne.Entry[honne.Rating]{}, fmt.Errorf("web: read rating: %w", err)
	}
	for _, e := range list {
		if e.Body.Audit == x.entry.Number && e.Body.Dimension == d.Slug {
			return d, e, nil
		}
	}
	return d, honne.Entry[honne.Rating]{Distributor: x.distributor.ID, Body: honne.Rating{Audit: x.entry.Number, Dimension: d.Slug, Score: -1}}, nil
}

func (a *app) showCriterion(w http.ResponseWriter, v *visit, x *assessed) error {
	d, e, err := x.criterion()
	if err != nil {
		return err
	}
	r, err := x.resting(d)
	if err != nil {
		return err
	}
	return r.criterionPage(w, http.StatusOK, v.fields(), e)
}

func (x *resting) criterionPage(w http.ResponseWriter, status int, f *fields, e honne.Entry[honne.Rating]) error {
	d := x.dimension
	rules, _ := x.app.Playbook.Dimension(x.entry.Body.Pack, d.Slug)
	page := criterionPage{Frame: x.frame(x.t("dimension." + d.Slug)), Errors: f.list(), Wrong: f.errors, Code: x.entry.Code(), Heading: x.t("dimension." + d.Slug),
		Pillar: x.t("pillar." + d.Pillar), Look: rules.Look, Ask: rules.Ask, Judge: rules.Judge, Because: e.Body.Because, NA: e.Body.NA,
		Version: e.N, Writes: x.rates(d.Pillar), RequestsHref: x.at("/requests")}
	page.Crumbs = append(page.Crumbs, Choice{Label: page.Heading})
	if x.asks() {
		page.AddRequest = x.at("/requests?dimension=" + short(d.Slug) + "#add")
	}
	if page.Writes && x.may(auth.Write, auth.Audits) {
		page.Finding = "/findings/new?audit=" + x.entry.Code() + "&dimension=" + short(d.Slug)
	}
	if page.Writes {
		page.KeyList = append(page.KeyList, KeyHelp{"0 – 4", x.t("keys.score")}, KeyHelp{"n", x.t("keys.open")})
	}
	if !page.Writes && x.entry.Body.Closed == 0 {
		who, err := x.whoRates()
		if err != nil {
			return err
		}
		page.Who = who
	}
	if err := x.fillScore(&page, e); err != nil {
		return err
	}
	x.fill(&page, e.Body.Evidence)
	page.Cards = x.cards(d.Slug)
	for _, r := range x.assessment.Requests {
		if r.Dimension == d.Slug {
			page.Requests = append(page.Requests, x.requestRow(r))
		}
	}
	for _, n := range x.assessment.Findings {
		if n.Body.Dimension == d.Slug {
			page.Findings = append(page.Findings, x.findingRow(n))
		}
	}
	for _, n := range x.assessment.Interviews {
		if _, asked := n.Body.Readings[d.Slug]; asked {
			page.Interviews = append(page.Interviews, x.interviewRow(n))
		}
	}
	page.Few = x.few()
	x.fillGap(&page, d)
	page.Previous, page.Next = x.neighbours(d)
	page.Open = x.nextOpen(d)
	return x.show(w, status, "criterion", page)
}

// whoRates says whose accounts enter scores, and where there is none what to do.
func (x *assessed) whoRates() (string, error) {
	list, err := x.auditors(x.entry.Body.Team)
	if err != nil {
		return "", err
	}
	var names []string
	for _, c := range list {
		if c.Current || len(x.entry.Body.Team) == 0 {
			names = append(names, c.Label)
		}
	}
	if len(names) == 0 {
		return x.t("criterion.who.none"), nil
	}
	return x.t("criterion.who", honne.Text("names", strings.Join(names, x.t("list.comma")))), nil
}

func (x *assessed) fillScore(page *criterionPage, e honne.Entry[honne.Rating]) error {
	for i, b := range x.app.Playbook.Audit.Scale {
		page.Scale = append(page.Scale, Choice{Href: strconv.Itoa(i), Label: x.both(b), Current: !e.Body.NA && e.Body.Score == i})
	}
	for _, g := range honne.AllGrades {
		page.Grades = append(page.Grades, Choice{Href: string(g), Label: x.t("grade." + string(g)), Current: e.Body.Grade == g})
	}
	if r, ok := x.assessment.Rating(e.Body.Dimension); ok {
		page.Rating = x.ratingView(r)
	}
	if e.N > 0 {
		wrote, err := x.authors(honne.EntryRating, e.Number)
		if err != nil {
			return err
		}
		name, at := wrote(e.N, e.By, e.At)
		page.Rating.Signed = x.t("audit.scored", honne.Text("name", name), honne.Instant("at", at))
	}
	if n := len(x.all); n > 1 {
		if r, ok := x.all[n-2].Rating(e.Body.Dimension); ok && !r.NA {
			page.Before = x.t("audit.score-before", honne.Count("score", r.Score), honne.Text("because", r.Because))
			if now, rated := x.assessment.Rating(e.Body.Dimension); rated && !now.NA {
				page.Again = x.sayAll(audit.Again(now, r))
			}
		}
	}
	return nil
}

// ratingView is a rating in words; what it rests on is added with the evidence of
// its page.
func (x *assessed) ratingView(r honne.Rating) RatingView {
	view := RatingView{Score: x.t("criterion.na"), Because: r.Because}
	if scale := x.app.Playbook.Audit.Scale; !r.NA && r.Score >= 0 && r.Score < len(scale) {
		view.Score = x.both(scale[r.Score])
	}
	if r.Grade != "" && !r.NA {
		view.Grade = x.t("grade." + string(r.Grade))
	}
	return view
}

// frozenRow is a measure whose link keeps the day of the freeze.
func (x *assessed) frozenRow(m honne.Judged) MeasureRow {
	row := x.measureRow(x.distributor, m)
	at := "?"
	if strings.Contains(row.Href, at) {
		at = "&"
	}
	row.Href += at + "asof=" + x.entry.Body.Known.String()
	return row
}

// fillGap shows what is said, shown and meant, as far as it may be.
func (x *assessed) fillGap(page *criterionPage, d honne.Dimension) {
	for _, g := range audit.Gaps(x.assessment, "partner") {
		if g.Dimension == d.Slug {
			page.Said, page.Shown, page.Meant = x.score(g.Said), x.score(g.Shown), x.score(g.Meant)
		}
	}
}

// score writes a score of a tenth; "" while it is unknown.
func (x *assessed) score(v *float64) string {
	if v == nil {
		return ""
	}
	return x.lang.Fixed(*v, 1)
}

// cards are the traps and patterns that touch a dimension.
func (x *assessed) cards(dimension string) (out []CardRow) {
	for _, c := range slices.Concat(x.app.Playbook.Audit.Traps, x.app.Playbook.Audit.Patterns) {
		if slices.Contains(c.Dimensions, dimension) {
			out = append(out, x.card(c))
		}
	}
	return out
}

func (x *assessed) neighbours(d honne.Dimension) (before, after Choice) {
	for i, o := range honne.AllDimensions {
		if o != d {
			continue
		}
		if i > 0 {
			before = x.toCriterion(honne.AllDimensions[i-1])
		}
		if i+1 < len(honne.AllDimensions) {
			after = x.toCriterion(honne.AllDimensions[i+1])
		}
	}
	return before, after
}

// nextOpen is the first criterion after this one, and then from the first on, that
// is not rated and applies.
func (x *assessed) nextOpen(d honne.Dimension) Choice {
	at, not := slices.Index(honne.AllDimensions, d), x.notApplicable(x.entry.Body.Pack)
	for _, o := range slices.Concat(honne.AllDimensions[at+1:], honne.AllDimensions[:at]) {
		if _, rated := x.assessment.Rating(o.Slug); !rated && !slices.Contains(not, o.Slug) {
			return x.toCriterion(o)
		}
	}
	return Choice{}
}

func (x *assessed) toCriterion(d honne.Dimension) Choice {
	return Choice{Href: x.at("/criteria/" + short(d.Slug)), Label: x.t("dimension." + d.Slug)}
}

func (v *visit) userName(id honne.UserID) string {
	if u, err := v.app.Store.User(v.Context(), id); err == nil {
		return u.Name
	}
	return v.t("audit.nobody")
}

// postCriterion keeps a score. There is none without evidence or a reason
// (domain 1.2).
func (a *app) postCriterion(w http.ResponseWriter, v *visit, x *assessed) error {
	d, e, err := x.criterion()
	switch {
	case err != nil:
		return err
	case !x.rates(d.Pillar):
		return honne.ErrNotFound
	}
	r, err := x.resting(d)
	if err != nil {
		return err
	}
	f := v.fields()
	e.Body = x.ratingFrom(f, e.Body)
	e.Body.Evidence = r.chosen(f)
	x.founded(f, e.Body)
	if e, err = keep(f, "rate", e); err != nil {
		return fmt.Errorf("web: rate: %w", err)
	}
	if len(f.order) > 0 {
		return r.criterionPage(w, http.StatusUnprocessableEntity, f, e)
	}
	return v.redirect(w, x.at("/criteria/"+short(d.Slug))+"?done=rated")
}

func (x *assessed) ratingFrom(f *fields, r honne.Rating) honne.Rating {
	score := f.text("score")
	r.NA, r.Because, r.Grade = score == "na", f.text("because"), honne.Grade(f.text("grade"))
	n, err := strconv.Atoi(score)
	if !r.NA && (err != nil || n < 0 || n > 4) {
		f.fail("score", x.t("audit.bad.score"))
	}
	if r.Score = n; r.NA {
		r.Score = 0
	}
	if r.Grade != "" && !slices.Contains(honne.AllGrades, r.Grade) {
		f.fail("grade", x.t("audit.bad.grade"))
	}
	return r
}

// founded says what a rating lacks.
func (x *assessed) founded(f *fields, r honne.Rating) {
	switch {
	case audit.Founded(r):
	case r.NA:
		f.fail("because", x.t("audit.bad.because-na"))
	case r.Grade == honne.GradeD:
		f.fail("because", x.t("audit.bad.because-d"))
	case len(r.Evidence) == 0:
		f.fail("because", x.t("audit.bad.because"))
	default:
		f.fail("grade", x.t("audit.bad.grade"))
	}
}

// RequestRow is a line of the evidence list.
type RequestRow struct {
	Form           RequestForm
	JA, EN         string
	Dimension      string
	Level, Format  string
	Due, Received  string
	Grade, Refused string
	Asked, LeftOut string
	File           Linked
	Open           bool
}

func (v *visit) requestRow(r honne.EvidenceRequest) RequestRow {
	row := RequestRow{JA: r.What.JA, EN: r.What.EN, Dimension: v.t("dimension." + r.Dimension), Level: r.Level, Format: r.Format,
		Due: v.day(r.Due), Received: v.day(r.Received), Grade: string(r.Grade), Refused: r.Refused, Asked: v.day(r.Asked), LeftOut: r.LeftOut, Open: r.Open()}
	if r.File != 0 && v.may(auth.Read, auth.Figures) {
		row.File = Linked{strconv.FormatInt(int64(r.File), 10), "/intake/" + strconv.FormatInt(int64(r.File), 10)}
		if f, err := v.app.Store.File(v.Context(), r.File); err == nil {
			row.File.Text = f.Path
		}
	}
	return row
}
