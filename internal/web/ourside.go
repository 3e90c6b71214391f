package web

import (
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"

	"honne"
	"honne/internal/auth"
	"honne/internal/chart"
	"honne/internal/inspect"
	"honne/internal/japan"
	"honne/internal/store"
)

// oursidePage is how our own side stands, as a team: what they wait for from us,
// and how ready we are. Without a partner it is of the whole house, whose answers
// count for every partner until one is answered apart.
type oursidePage struct {
	Frame
	Head
	Partner  bool
	Message  string
	Mirror   [][]Part
	Doors    []Linked
	Blocks   []ReadyBlock
	Partners []SideRow
	Errors   []Problem
	Writes   bool
	Path     string
}

// ReadyBlock is a block of questions with its index.
type ReadyBlock struct {
	Block, Name, Index, Answered string
	Bar                          template.HTML
	Questions                    []ScoreRow
	Open                         bool
}

// ScoreRow is a question with its answer.
type ScoreRow struct {
	ID, Text, Evidence, House, Error string
	Scores                           []Choice
	N                                int
}

// SideRow is our side towards one partner.
type SideRow struct {
	Name, Href string
	Lines      [][]Part
	Late       int
	LateHref   string
	Sample     bool
}

// notApplicable is the answer that a question does not apply.
const notApplicable = "na"

func (a *app) showOurSide(w http.ResponseWriter, v *visit) error {
	return v.renderOurSide(w, http.StatusOK, honne.Distributor{}, v.fields())
}

func (a *app) showPartnerSide(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	return v.renderOurSide(w, http.StatusOK, d, v.fields())
}

func (v *visit) renderOurSide(w http.ResponseWriter, status int, d honne.Distributor, f *fields) error {
	page := oursidePage{Frame: v.frame("our-side", v.t("nav.our-side")), Partner: d.ID != 0, Errors: f.list(), Writes: v.may(auth.Write, auth.OurSide), Path: "/our-side"}
	var p honne.Picture
	var err error
	if page.Partner {
		p, err = v.partnerSide(&page, d)
	} else {
		p, err = v.houseSide(&page)
	}
	if err != nil {
		return err
	}
	page.Message = v.readyMessage(p.Readiness)
	if page.Blocks, err = v.readyBlocks(d, p, f); err != nil {
		return err
	}
	return v.show(w, status, "ourside", page)
}

// partnerSide fills what is of one partner: the mirror, and what to write into it.
func (v *visit) partnerSide(page *oursidePage, d honne.Distributor) (honne.Picture, error) {
	p, err := v.picture(d)
	page.Head, page.Path = v.head(d, ""), base(d)+"/our-side"
	page.Title = v.t("nav.our-side") + v.t("comma") + v.name(d)
	page.Sample, page.Crumbs = d.Sample, v.crumbs(d, Choice{Label: v.t("nav.our-side")})
	page.Mirror = v.mirror(d, p)
	if g, err := v.glance(d); err == nil && len(page.Mirror) == 0 && g.owing.Questions > 0 { // too few for a measure
		page.Mirror = [][]Part{{{Text: v.t("owing.questions", honne.Count("n", g.owing.Questions)), Href: v.link(base(d)+"/messages", "open", string(honne.Ours))}}}
	}
	if page.Writes {
		for _, kind := range honne.AllOurActKinds {
			page.Doors = append(page.Doors, Linked{v.t("our-act." + string(kind)), v.filled(d, honne.EntryOurAct, "act", string(kind))})
		}
	}
	return p, err
}

// mirror is what they wait for from us, our own answers first.
func (v *visit) mirror(d honne.Distributor, p honne.Picture) (out [][]Part) {
	i := slices.IndexFunc(p.Measures, func(j honne.Judged) bool { return j.Measure.Slug == "response-time" })
	if i >= 0 {
		for _, part := range p.Measures[i].Parts {
			if part.Name == "ours" {
				said := honne.Say("mirror.answers", slices.Concat(honne.Saying("ours", japan.Worked(part.Value)), honne.Saying("theirs", japan.Worked(p.Measures[i].Value)))...)
				out = append(out, v.opened(said, v.measureDoor(d, "response-time")))
			}
		}
	}
	return append(out, v.ourSide(d, p)...)
}

// ourSide are the lines of our side, their numbers linked to what they stand on.
func (v *visit) ourSide(d honne.Distributor, p honne.Picture) (out [][]Part) {
	for _, line := range p.OurSide {
		kind, m := inspect.Stands(p, line)
		door := ""
		switch {
		case kind != "" && v.may(auth.Read, auth.Signals):
			door = v.logDoor(d, kind).Href
		case m.Slug != "":
			door = v.measureDoor(d, m.Slug)
		}
		out = append(out, v.opened(line, door))
	}
	return out
}

// opened says a message whose figures and days all open to one place.
func (v *visit) opened(m honne.Message, door string) []Part {
	links := map[string]string{}
	for _, a := range m.Args {
		if !slices.Contains([]honne.ArgKind{honne.ArgText, honne.ArgList, honne.ArgTerm}, a.Kind) {
			links[a.Name] = door
		}
	}
	return v.linked(m, links)
}

// measureDoor is where a measure is laid open, "" for who may not see figures.
func (v *visit) measureDoor(d honne.Distributor, slug string) string {
	if !v.may(auth.Read, auth.Figures) {
		return ""
	}
	return v.measureLink(d, slug)
}

// houseSide fills what is of the whole house, and lists the partners.
func (v *visit) houseSide(page *oursidePage) (honne.Picture, error) {
	list, err := v.distributors()
	if err != nil {
		return honne.Picture{}, err
	}
	for _, d := range list {
		p, err := v.picture(d)
		if err != nil {
			return p, err
		}
		row := SideRow{Name: v.name(d), Href: v.link(base(d) + "/our-side"), Lines: v.mirror(d, p), Sample: d.Sample, LateHref: base(d) + "/agreements"}
		page.Frame.Sample = page.Frame.Sample || d.Sample
		promises, err := store.Entries[honne.Promise](v.Context(), v.app.Store, d.ID)
		if err != nil {
			return p, fmt.Errorf("web: list agreements: %w", err)
		}
		for _, e := range promises {
			if e.Body.By == honne.Ours && past(e, p.AsOf) && v.may(auth.Read, auth.Reviews) {
				row.Late++
			}
		}
		page.Partners = append(page.Partners, row)
	}
	house, err := store.Entries[honne.Readiness](v.Context(), v.app.Store, 0)
	if err != nil {
		return honne.Picture{}, fmt.Errorf("web: list answers on our side: %w", err)
	}
	rec := honne.Record{AsOf: v.today(0)}
	for _, e := range house {
		rec.Log.Readiness = append(rec.Log.Readiness, e.Body)
	}
	return honne.Picture{AsOf: rec.AsOf, Readiness: inspect.Readiness(&rec)}, nil
}

func (v *visit) readyMessage(blocks []honne.ReadinessBlock) string {
	open, all := 0, 0
	least := honne.ReadinessBlock{}
	for _, b := range blocks {
		open, all = open+b.Of-b.Answered, all+b.Of
		if b.Known && (!least.Known || b.Index < least.Index) {
			least = b
		}
	}
	if !least.Known {
		return v.t("ourside.says.none", honne.Count("all", all))
	}
	return v.t("ourside.says", honne.Word("block", "readiness."+least.Block), honne.Number("index", least.Index), honne.Count("open", open), honne.Count("all", all))
}

// readinessOf are the answers of a partner, or of the house, the last of each
// question.
func (v *visit) readinessOf(d honne.DistributorID) (map[string]honne.Entry[honne.Readiness], error) {
	list, err := store.Entries[honne.Readiness](v.Context(), v.app.Store, d)
	if err != nil {
		return nil, fmt.Errorf("web: list answers on our side: %w", err)
	}
	out := map[string]honne.Entry[honne.Readiness]{}
	for _, e := range list {
		if old, ok := out[e.Body.Question]; !ok || e.Body.On >= old.Body.On {
			out[e.Body.Question] = e
		}
	}
	return out, nil
}

func (v *visit) readyBlocks(d honne.Distributor, p honne.Picture, f *fields) ([]ReadyBlock, error) {
	own, err := v.readinessOf(d.ID)
	if err != nil {
		return nil, err
	}
	house := map[string]honne.Entry[honne.Readiness]{}
	if d.ID != 0 {
		if house, err = v.readinessOf(0); err != nil {
			return nil, err
		}
	}
	var out []ReadyBlock
	for _, b := range p.Readiness {
		row := ReadyBlock{Block: b.Block, Name: v.t("readiness." + b.Block), Index: v.t("not-known"), Answered: v.t("ourside.answered", honne.Count("n", b.Answered), honne.Count("of", b.Of))}
		if b.Known {
			row.Index, row.Bar = v.lang.Number(b.Index, 0), chart.Bar(b.Index/100, chart.Thin)
		}
		for _, q := range v.app.Playbook.Readiness {
			if inspect.BlockOf(q.Question) == b.Block {
				one := v.readyRow(own[q.Question], f, q.Question)
				one.Text = v.inWords(honne.Both{EN: q.EN, JA: q.JA})
				if e, ok := house[q.Question]; ok && own[q.Question].Number == 0 {
					one.House = v.t("ourside.house", honne.Text("answer", v.scored(e.Body)))
				}
				row.Open = row.Open || one.Error != ""
				row.Questions = append(row.Questions, one)
			}
		}
		out = append(out, row)
	}
	return out, nil
}

func (v *visit) scored(r honne.Readiness) string {
	if r.NA {
		return v.t("score.na")
	}
	return v.t("score." + strconv.Itoa(r.Score))
}

// readyRow is a question with the answer of the form, else the one that stands.
func (v *visit) readyRow(e honne.Entry[honne.Readiness], f *fields, id string) ScoreRow {
	row := ScoreRow{ID: id, N: e.N, Evidence: e.Body.Evidence, Error: f.errors["evidence-"+id]}
	chosen := ""
	switch {
	case e.Number == 0:
	case e.Body.NA:
		chosen = notApplicable
	default:
		chosen = strconv.Itoa(e.Body.Score)
	}
	if len(f.order) > 0 {
		chosen, row.Evidence = f.text("score-"+id), f.text("evidence-"+id)
	}
	row.Scores = v.words("score.", cmp.Or(chosen, "none"), "none", "0", "1", "2", "3", "4", notApplicable)
	return row
}

// postReadiness keeps the answers that changed of the house.
func (a *app) postReadiness(w http.ResponseWriter, v *visit) error {
	return a.postPartnerReadiness(w, v, honne.Distributor{})
}

// postPartnerReadiness keeps those of a partner.
func (a *app) postPartnerReadiness(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	on, err := v.dayAt(d)
	if err != nil {
		return err
	}
	held, err := v.readinessOf(d.ID)
	if err != nil {
		return err
	}
	f := v.fields()
	now := f.readiness(on)
	if len(f.order) > 0 {
		return v.renderOurSide(w, http.StatusUnprocessableEntity, d, f)
	}
	done := "?done=readiness"
	for _, id := range honne.AllReadiness {
		body, given := now[id]
		old := held[id]
		same := given && old.Number != 0 && old.Body.Score == body.Score && old.Body.NA == body.NA && old.Body.Evidence == body.Evidence
		err := settle(v, d.ID, old, body, v.FormValue("n-"+id), !given, same)
		if errors.Is(err, honne.ErrConflict) {
			done = "?done=entry-others"
		} else if err != nil {
			return err
		}
	}
	return v.redirect(w, v.URL.Path+done)
}

// readiness reads the questions that are answered, by their names.
func (f *fields) readiness(on honne.Date) map[string]honne.Readiness {
	now := map[string]honne.Readiness{}
	for _, id := range honne.AllReadiness {
		score, known := f.text("score-"+id), honne.Readiness{Question: id, Evidence: f.text("evidence-" + id), On: on}
		known.NA = score == notApplicable
		n, err := strconv.Atoi(score)
		switch {
		case known.NA:
		case err != nil || n < 0 || n > 4:
			continue
		case known.Evidence == "":
			f.fail("evidence-"+id, f.v.t("ourside.evidence", honne.Text("question", id)))
		}
		known.Score = n
		now[id] = known
	}
	return now
}

// settle keeps one answer of a form of many: nothing where it says what stands
// already, a withdrawal where it was emptied. honne.ErrConflict when another
// version was entered since the form was shown.
func settle[T honne.Entered](v *visit, d honne.DistributorID, held honne.Entry[T], now T, seen string, empty, same bool) error {
	if same && !empty || empty && held.Number == 0 {
		return nil
	}
	n, _ := strconv.Atoi(seen)
	if n != held.N {
		return honne.ErrConflict
	}
	e := honne.Entry[T]{Distributor: d, Number: held.Number, N: n, Body: now, By: v.user.ID, Withdrawn: empty}
	if empty {
		e.Body = held.Body
	}
	if _, err := store.Enter(v.Context(), v.app.Store, e); err != nil {
		return fmt.Errorf("web: keep %s: %w", now.EntryKind(), err)
	}
	return nil
}
