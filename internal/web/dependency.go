package web

import (
	"cmp"
	"errors"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/chart"
	"honne/internal/inspect"
	"honne/internal/playbook"
	"honne/internal/store"
)

// dependencyPage answers: how far do we depend on them, on what evidence, and
// which small step keeps the balance? It is internal, and loyalty is not the
// enemy.
type dependencyPage struct {
	Frame
	Head
	Message, Context string
	Index, Band      string
	Depends          bool // the plan of who depends already stands open
	Parts            []DependPart
	Step             Linked // the cheapest
	StepWhy          string
	Balance, Already []StrategyRow
	Terms            []TermRow
	Writes           bool
	Path             string
	SafeDay          []Part // the last safe day of notice
	SafeAlert        string
	ReplaceSays      string
	Replace          []ReplaceRow
	Outlets          OutletsPanel
	Before           []ExitRow
	Errors           []Problem
}

// DependPart is one of the five parts, or where to make it known.
type DependPart struct {
	ID, Name, Value, Because string
	Bar                      template.HTML
	Known                    bool
	Doors                    []Linked
}

// StrategyRow is a strategy with the parts that it lowers.
type StrategyRow struct {
	ID, Text, Lowers, Effect string
	Adopt                    string // the form that takes it up
	Steps                    []StepRow
}

// TermRow is a term of the contract: whether it is there, and where it stands.
type TermRow struct {
	Term, Text, Source string
	Options            []Choice
	N                  int
	Derived            bool // said by what is known of the contract, and not entered
}

// dependParts are the parts of the index in their order.
var dependParts = [...]string{"r1", "r2", "r3", "r4", "r5"}

func (a *app) showDependency(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	rec, p, err := v.pictureOf(d)
	if err != nil {
		return err
	}
	page := dependencyPage{Frame: v.frameOf(d, v.t("dependency.heading"), Choice{Label: v.t("dependency.heading")}), Head: v.head(d, "overview"), Writes: v.may(auth.Write, auth.Search), Path: base(d) + "/dependency"}
	page.Band = v.t("dependency." + p.Dependency.Band)
	if page.Message = v.t("dependency.says.unknown"); p.Dependency.Known {
		page.Index = v.lang.Number(p.Dependency.Index, 0)
		page.Message = v.t("dependency.says."+p.Dependency.Band, honne.Number("index", p.Dependency.Index))
	}
	page.Depends = p.Dependency.Band == "dependent"
	page.Context = v.relation(d)
	page.Parts = v.dependParts(d, p.Dependency)
	for _, s := range v.app.Playbook.Strategies {
		row := v.strategy(s, p.Dependency)
		if balance(s) == 0 {
			page.Balance = append(page.Balance, row)
		} else {
			page.Already = append(page.Already, row)
		}
	}
	page.Step, page.StepWhy = v.cheapest(page.Parts, p.Dependency)
	page.SafeDay, page.SafeAlert = v.notice(d.Profile)
	page.SafeAlert = title(page.SafeAlert)
	if page.Terms, err = v.terms(d, &rec); err != nil {
		return err
	}
	if err := v.planOf(&page, d, &rec, p); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "dependency", page)
}

// relation says how old the relationship is: in Japan it weighs.
func (v *visit) relation(d honne.Distributor) string {
	if d.Profile.Since == 0 {
		return v.t("dependency.giri")
	}
	return v.t("dependency.giri.years", honne.Count("years", int(honne.DateOf(v.now()).Month()-d.Profile.Since.Month())/12))
}

func (v *visit) dependParts(d honne.Distributor, x honne.Dependency) []DependPart {
	var out []DependPart
	known := 0
	for i, id := range dependParts {
		part := DependPart{ID: id, Name: v.t("dependency." + id), Value: v.t("not-known"), Doors: v.partDoors(d, id)}
		if f := x.Parts[i]; f != nil {
			part.Known, part.Value, part.Bar = true, v.lang.Number(*f*100, 0), chart.Bar(*f, chart.Thin)
			if known < len(x.Because) {
				part.Because = v.say(x.Because[known])
			}
			known++
		} else {
			part.Because = v.t("dependency." + id + ".unknown")
		}
		part.Because = title(strings.TrimPrefix(part.Because, part.Name+v.t("colon"))) // the name stands above it
		out = append(out, part)
	}
	return out
}

// partDoors are where a part comes from, and the forms that make it known.
func (v *visit) partDoors(d honne.Distributor, id string) (out []Linked) {
	switch id {
	case "r1":
		out = []Linked{{v.t("measure.visibility-index"), v.measureLink(d, "visibility-index")}, {v.t("measure.access-index"), v.measureLink(d, "access-index")}}
	case "r4":
		out = []Linked{{v.t("tab.signals"), v.link(base(d) + "/signals")}}
	case "r5":
		out = []Linked{{v.t("dependency.terms"), "#h-terms"}}
	}
	kind := map[string]honne.EntryKind{"r1": honne.EntryAccessRequest, "r2": honne.EntryChangeRequest, "r3": honne.EntryDelayed}[id]
	k, ok := kindOf(kind)
	if !ok {
		return out
	}
	if id != "r1" {
		out = append(out, Linked{v.t("entries.see"), base(d) + "/log?kind=" + string(kind)})
	}
	if door := v.newEntry(d, k); door != "" {
		out = append(out, Linked{v.t("entries.new") + v.t("colon") + v.t("entry."+string(kind)), door})
	}
	return out
}

// strategy is a strategy with what it may lower: at most the known parts that it
// is about.
func (v *visit) strategy(s playbook.Strategy, x honne.Dependency) StrategyRow {
	row := StrategyRow{ID: s.Strategy, Text: v.inWords(honne.Both{EN: s.EN, JA: s.JA})}
	var names []string
	for _, part := range s.Lowers {
		names = append(names, v.t("dependency."+part))
	}
	row.Lowers = strings.Join(names, v.t("list.comma"))
	if most := lowers(s, x); most > 0 && x.Known {
		row.Effect = v.t("dependency.effect", honne.Number("points", most))
	}
	return row
}

// lowers is by how many points of the index a strategy can lower it at most.
func lowers(s playbook.Strategy, x honne.Dependency) float64 {
	sum, known := 0.0, 0
	for i, id := range dependParts {
		if f := x.Parts[i]; f != nil {
			known++
			if slices.Contains(s.Lowers, id) {
				sum += *f
			}
		}
	}
	if known == 0 {
		return 0
	}
	return 100 * sum / float64(known)
}

// cheapest is the least step: to make a part known where one is not, which takes
// minutes; else of the strategies that keep a balance the one that lowers most.
func (v *visit) cheapest(parts []DependPart, x honne.Dependency) (Linked, string) {
	for _, id := range [...]string{"r5", "r2", "r3", "r1", "r4"} { // by how little it takes
		i := slices.IndexFunc(parts, func(p DependPart) bool { return p.ID == id })
		if p := parts[i]; !p.Known && len(p.Doors) > 0 {
			return p.Doors[len(p.Doors)-1], v.t("dependency.step.know", honne.Word("part", "dependency."+id))
		}
	}
	best := slices.MaxFunc(v.app.Playbook.Strategies, func(a, b playbook.Strategy) int {
		return cmp.Or(cmp.Compare(balance(b), balance(a)), cmp.Compare(lowers(a, x), lowers(b, x)))
	})
	return Linked{Text: v.inWords(honne.Both{EN: best.EN, JA: best.JA})}, v.t("dependency.step.most", honne.Number("points", lowers(best, x)))
}

// balance is 0 for the strategies that keep a balance, 1 for those of whoever
// depends already.
func balance(s playbook.Strategy) int {
	if s.Strategy <= "G5" {
		return 0
	}
	return 1
}

// termsOf are the terms that were entered, the last of each.
func (v *visit) termsOf(d honne.Distributor) (map[string]honne.Entry[honne.ContractTerm], error) {
	list, err := store.Entries[honne.ContractTerm](v.Context(), v.app.Store, d.ID)
	out := map[string]honne.Entry[honne.ContractTerm]{}
	for _, e := range list {
		if old, ok := out[e.Body.Term]; !ok || e.Body.On >= old.Body.On {
			out[e.Body.Term] = e
		}
	}
	return out, err
}

func (v *visit) terms(d honne.Distributor, rec *honne.Record) ([]TermRow, error) {
	held, err := v.termsOf(d)
	if err != nil {
		return nil, err
	}
	known := inspect.Terms(rec)
	var out []TermRow
	for _, t := range v.app.Playbook.Terms {
		e := held[t.Term]
		row := TermRow{Term: t.Term, Text: v.inWords(honne.Both{EN: t.EN, JA: t.JA}), Source: e.Body.Source, N: e.N}
		has, ok := known[t.Term]
		chosen := "none"
		if ok || e.Number != 0 {
			chosen = map[bool]string{true: "yes", false: "no"}[has]
		}
		row.Derived = ok && e.Number == 0
		row.Options = v.words("term.", chosen, "none", "yes", "no")
		out = append(out, row)
	}
	return out, nil
}

// postTerms keeps the terms that changed, eight at once.
func (a *app) postTerms(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	rec, err := v.recordOf(d)
	if err != nil {
		return err
	}
	held, err := v.termsOf(d)
	if err != nil {
		return err
	}
	known, done := inspect.Terms(&rec), "?done=terms"
	for _, term := range honne.AllContractTerms {
		old, said := held[term], v.FormValue("term-"+term)
		now := honne.ContractTerm{Term: term, Has: said == "yes", Source: strings.TrimSpace(v.FormValue("source-" + term)), On: rec.AsOf}
		same := old.Number != 0 && old.Body.Has == now.Has && old.Body.Source == now.Source
		if has, ok := known[term]; ok && old.Number == 0 && has == now.Has && now.Source == "" {
			same = true // the contract says it already
		}
		err := settle(v, d.ID, old, now, v.FormValue("n-"+term), said != "yes" && said != "no", same)
		if errors.Is(err, honne.ErrConflict) {
			done = "?done=entry-others"
		} else if err != nil {
			return err
		}
	}
	return v.redirect(w, base(d)+"/dependency"+done)
}
