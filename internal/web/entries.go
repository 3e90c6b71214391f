package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"honne"
	"honne/internal/auth"
)

// entriesPage lists what people wrote about a distributor because no file says
// it, kind by kind, and leads to the form of each.
type entriesPage struct {
	Frame
	Head
	Message string
	Groups  []EntryGroup
	Empty   []EntryGroup // kinds of which nothing is written
	All     string       // back to all kinds
	Pager   Pager
}

// EntryGroup is one kind of entry.
type EntryGroup struct {
	Kind, Title, About string
	New, More          string
	Count              int
	Rows               []EntryRow
}

// entriesShown is how many entries of a kind stand on the page of all kinds.
const entriesShown = 5

func entryLink(d honne.Distributor, kind honne.EntryKind, number int) string {
	return base(d) + "/log/" + string(kind) + "/" + strconv.Itoa(number)
}

// newEntry is the form of a kind, "" for who may not write it.
func (v *visit) newEntry(d honne.Distributor, k logKind) string {
	if !v.may(auth.Write, k.within()) {
		return ""
	}
	return base(d) + "/log/" + string(k.name()) + "/new"
}

func (a *app) showEntries(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	page := entriesPage{Frame: v.frameOf(d, v.t("tab.log")), Head: v.head(d, "log")}
	only, total := v.URL.Query().Get("kind"), 0
	for _, k := range logKinds() {
		if !v.may(auth.Read, k.within()) || only != "" && only != string(k.name()) {
			continue
		}
		g, err := v.entryGroup(d, k, only != "")
		if err != nil {
			return err
		}
		total += g.Count
		if g.Count == 0 && only == "" {
			page.Empty = append(page.Empty, g)
		} else {
			page.Groups = append(page.Groups, g)
		}
	}
	page.Message = v.t("entries.message", honne.Count("n", total))
	if total == 0 {
		page.Message = v.t("entries.none")
	}
	if only != "" {
		if len(page.Groups) == 0 {
			return honne.ErrNotFound
		}
		g := &page.Groups[0]
		from, to, pager := v.pager(len(g.Rows), onPage, 1)
		g.Rows, page.Pager, page.All = g.Rows[from:to], pager, base(d)+"/log"
		page.Message = g.About
	}
	return v.show(w, http.StatusOK, "entries", page)
}

func (v *visit) entryGroup(d honne.Distributor, k logKind, whole bool) (EntryGroup, error) {
	kind := string(k.name())
	g := EntryGroup{Kind: kind, Title: v.t("entry." + kind), About: v.t("entry." + kind + ".about"), New: v.newEntry(d, k)}
	rows, err := k.rows(v, d)
	if g.Rows, g.Count = rows, len(rows); !whole && g.Count > entriesShown {
		g.Rows, g.More = rows[:entriesShown], base(d)+"/log?kind="+kind
	}
	return g, err
}

// kind is the kind of entry that the address names, if it exists for the visitor.
func (v *visit) kind() (logKind, error) {
	k, ok := kindOf(honne.EntryKind(v.PathValue("kind")))
	if !ok || !v.may(auth.Read, k.within()) {
		return nil, honne.ErrNotFound
	}
	return k, nil
}

// entryPage is the form of one entry: new, or what stands with its history.
type entryPage struct {
	Frame
	Heading, About, Path, Cancel string
	Errors                       []Problem
	N                            int // 0: new
	Writes, Withdrawn, Proposed  bool
	Fields                       []SheetField
	Words                        []Detail
	Why, DropWhy                 Input
	History                      []EntryVersion
	Offers                       []Linked // what mail already says
	OffersTitle                  string
	Cells                        Linked // of the file that it was read from
}

// entryOf is the entry that the address names, or a new one.
func (v *visit) entryOf(k logKind, d honne.Distributor) (logged, error) {
	if v.PathValue("n") == "new" {
		if !v.may(auth.Write, k.within()) {
			return logged{}, honne.ErrNotFound
		}
		s, err := k.fresh(v, d)
		return logged{sheet: s, writes: true}, err
	}
	n, err := v.number("n")
	if err != nil {
		return logged{}, err
	}
	return k.open(v, d, n)
}

func (a *app) showEntry(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	k, err := v.kind()
	if err != nil {
		return err
	}
	x, err := v.entryOf(k, d)
	if err != nil {
		return err
	}
	return v.renderEntry(w, http.StatusOK, d, k, x, x.sheet)
}

func (v *visit) renderEntry(w http.ResponseWriter, status int, d honne.Distributor, k logKind, x logged, s *sheet) error {
	kind := string(k.name())
	heading := v.t("entry." + kind)
	if x.number != 0 {
		heading += " " + honne.EntryCode(k.name(), x.number)
	}
	page := entryPage{Frame: v.frame("portfolio", heading+v.t("comma")+v.name(d)), Heading: heading, About: v.t("entry." + kind + ".about"), Path: entryLink(d, k.name(), x.number),
		Cancel: base(d) + "/log", Errors: s.list(), N: x.n, Writes: x.writes && !x.withdrawn, Withdrawn: x.withdrawn, Proposed: x.proposed, Fields: s.shown(), Words: x.words(), Cells: x.cells, History: x.history}
	if x.number == 0 {
		page.Path = base(d) + "/log/" + kind + "/new"
		offers, err := v.offers(d, k.name())
		if err != nil {
			return err
		}
		page.Offers, page.OffersTitle = offers, v.t("entry.offers")
		if k.name() == honne.EntryTargetSite {
			page.OffersTitle = v.t("entry.offers.files")
		}
	}
	page.Sample = d.Sample
	page.Crumbs = v.crumbs(d, Choice{Href: base(d) + "/log", Label: v.t("tab.log")}, Choice{Label: heading})
	page.Why = s.input("why", "", "")
	page.DropWhy = page.Why.must()
	page.DropWhy.Error = ""
	return v.show(w, status, "entry", page)
}

func (a *app) postEntry(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	k, err := v.kind()
	if err != nil {
		return err
	}
	x, err := v.entryOf(k, d)
	if err != nil {
		return err
	}
	act := v.PathValue("act")
	if !x.writes || act != "" && (act != "withdraw" || x.number == 0) {
		return honne.ErrNotFound
	}
	if x.number != 0 {
		if x.n, err = strconv.Atoi(v.FormValue("n")); err != nil {
			return &honne.Invalid{Field: "n", What: honne.Say("intake.no-form")}
		}
	}
	s, err := k.keep(v, d, x)
	switch {
	case errors.Is(err, honne.ErrConflict):
		return v.redirect(w, entryLink(d, k.name(), x.number)+"?done=entry-others")
	case err != nil:
		return err
	case len(s.order) > 0:
		return v.renderEntry(w, http.StatusUnprocessableEntity, d, k, x, s)
	}
	done := map[string]string{"": "entry-kept", "withdraw": "entry-withdrawn"}[act]
	return v.redirect(w, base(d)+"/log?done="+done+"#"+string(k.name()))
}

// who is the name of an account.
func (v *visit) who(id honne.UserID) string {
	if id == 0 {
		return v.t("agreement.machine")
	}
	if name, ok := v.people[id]; ok {
		return name
	}
	name := v.t("agreement.somebody")
	if u, err := v.app.Store.User(v.Context(), id); err == nil {
		name = cmp.Or(u.Name, name)
	}
	if v.people == nil {
		v.people = map[honne.UserID]string{}
	}
	v.people[id] = name
	return name
}

// dayAt is the day on which a partner's pages stand: of a sample its own last one.
func (v *visit) dayAt(d honne.Distributor) (honne.Date, error) {
	at, err := v.asOf(d)
	if err != nil || at.Known != 0 {
		return at.Known, err
	}
	dates, err := v.app.Store.KnownDates(v.Context(), d.ID)
	if err != nil {
		return 0, fmt.Errorf("web: list known dates: %w", err)
	}
	if len(dates) == 0 {
		return v.today(0), nil
	}
	return dates[len(dates)-1], nil
}
