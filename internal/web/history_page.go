package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"honne"
	"honne/internal/auth"
	"honne/internal/store"
)

// historyPage answers: who saw, changed, exported and published what, and is the
// history whole?
type historyPage struct {
	Frame
	Errors   []Problem
	About    []string
	Chain    Tag
	Says     string // whether the chain holds
	Check    string // checks a long one
	Head     string
	Filters  []Pick
	From, To Input
	Rows     []TraceRow
	None     string
	Pager    Pager
}

// TraceRow is one line of the history.
type TraceRow struct {
	When, Who, WhoHref   string
	What                 Tag
	Detail               string
	Partner, PartnerHref string
	Area                 string
	Href, Object         string // where the object opens, and what it is called
}

// readsHistory reports whether the history exists for the visitor: for an
// administrator, and for who reads audits, of what they may read.
func (v *visit) readsHistory() bool {
	return v.may(auth.Read, auth.Accounts) || v.may(auth.Read, auth.Audits)
}

// lookback reads the history for a visitor.
type lookback struct {
	*visit
	whole  bool                           // an administrator's
	bySlug map[string]honne.Distributor   // whoever's they are
	whose  map[string]honne.DistributorID // by the first two parts of an object
	byID   map[honne.DistributorID]honne.Distributor
}

func (v *visit) lookback() (*lookback, error) {
	all, err := v.app.Store.Distributors(v.Context())
	if err != nil {
		return nil, fmt.Errorf("web: list distributors: %w", err)
	}
	x := &lookback{v, v.may(auth.Read, auth.Accounts), map[string]honne.Distributor{}, map[string]honne.DistributorID{}, map[honne.DistributorID]honne.Distributor{}}
	for _, d := range all {
		x.bySlug[d.Slug], x.byID[d.ID] = d, d
	}
	return x, nil
}

func (a *app) showHistory(w http.ResponseWriter, v *visit) error {
	if !v.readsHistory() {
		return honne.ErrNotFound
	}
	x, err := v.lookback()
	if err != nil {
		return err
	}
	page := historyPage{Frame: v.frame("history", v.t("history.title")), About: []string{v.t("history.about")}}
	if !x.whole {
		page.About = append(page.About, v.t("history.about.part"))
	}
	f := v.fields()
	wanted := f.pastWanted()
	list, more, err := x.lines(&wanted)
	if err != nil {
		return err
	}
	for _, e := range list {
		page.Rows, page.Sample = append(page.Rows, x.row(e)), page.Sample || x.distributorOf(e.Object).Sample
	}
	page.Pager, page.None = x.pages(list, more, wanted.Before), v.t("history.none")
	if more {
		page.None = v.t("history.none.yet")
	}
	if page.Filters, err = x.filters(list); err != nil {
		return err
	}
	page.From, page.To, page.Errors = f.pastDay("from"), f.pastDay("to"), f.list()
	if err := x.chain(&page); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "history", page)
}

// pastWanted is what the address asks for; what it gets wrong is said and not
// asked for.
func (f *fields) pastWanted() store.Wanted {
	w := store.Wanted{Verb: store.Verb(f.text("verb")), From: f.day("from"), To: f.day("to")}
	w.Before, _ = strconv.ParseInt(f.text("before"), 10, 64)
	if n, err := strconv.ParseInt(f.text("by"), 10, 64); err == nil {
		id := honne.UserID(n)
		w.By = &id
	}
	return w
}

// verbs are those by which the history can be narrowed.
var verbs = [...]store.Verb{store.Saw, store.Changed, store.Exported, store.Published}

func (f *fields) pastDay(name string) Input {
	return Input{Name: name, Type: "date", Label: f.v.t("history." + name), Value: f.text(name), Error: f.errors[name]}
}

// A page reads the history in pieces of pastPiece, at most pastPieces of them: a
// partner of whom there is little makes nobody wait for a history of years.
const (
	pastPiece  = 1000
	pastPieces = 20
)

// lines are those of the page; w.Before is where the next one goes on, if there
// is more.
func (x *lookback) lines(w *store.Wanted) (out []store.Trace, more bool, err error) {
	slug := x.URL.Query().Get("partner")
	for range pastPieces {
		list, err := x.app.Store.History(x.Context(), *w, pastPiece)
		if err != nil {
			return nil, false, fmt.Errorf("web: read history: %w", err)
		}
		for _, e := range list {
			if len(out) == onPage {
				return out, true, nil
			}
			w.Before = e.N
			if x.shows(e) && (slug == "" || x.distributorOf(e.Object).Slug == slug) {
				out = append(out, e)
			}
		}
		if len(list) < pastPiece {
			return out, false, nil
		}
	}
	return out, true, nil
}

// shows reports whether an event exists for the visitor. What is for counsel alone,
// or for its writer alone, does not exist for an administrator either.
func (x *lookback) shows(e store.Trace) bool {
	area := x.app.areaOf(e.Object)
	if area == auth.RedFlags && !x.may(auth.Read, auth.RedFlags) || strings.Contains(e.Object+"/", "/log/"+string(honne.EntryPulse)+"/") && e.By != x.user.ID {
		return false
	}
	if x.whole {
		return true
	}
	d := x.distributorOf(e.Object)
	return d.ID != 0 && x.sees(d.ID) && area != "" && x.may(auth.Read, area)
}

// areaOf is what must be readable for an object to exist: the area of its page, or
// of the page above it; "" for what is nobody's in particular.
func (a *app) areaOf(object string) auth.Area {
	if strings.Contains(object, "/red-flag") { // also where they are evidence: the area of that page says less
		return auth.RedFlags
	}
	if parts := strings.Split(object, "/"); len(parts) > 4 && parts[1] == "distributors" && parts[3] == "log" {
		if k, ok := kindOf(honne.EntryKind(parts[4])); ok {
			return k.within()
		}
	}
	for at := object; at != ""; at = at[:strings.LastIndexByte(at, '/')] {
		for _, method := range [...]string{http.MethodGet, http.MethodPost} {
			_, pattern := a.mux.Handler(&http.Request{Method: method, URL: &url.URL{Path: at}})
			if d, ok := a.doors[pattern]; ok {
				return d.area
			}
		}
	}
	return ""
}

// distributorOf is whose an object is; the zero value where it is nobody's.
func (x *lookback) distributorOf(object string) honne.Distributor {
	head := headOf(object)
	id, known := x.whose[head]
	if !known {
		id = x.owner(head)
		x.whose[head] = id
	}
	return x.byID[id]
}

// headOf is the thing that an object is or is part of.
func headOf(object string) string {
	parts := strings.SplitN(object, "/", 4)
	return strings.Join(parts[:min(len(parts), 3)], "/")
}

func (x *lookback) owner(head string) honne.DistributorID {
	kind, name, _ := strings.Cut(strings.TrimPrefix(head, "/"), "/")
	var id honne.DistributorID
	var err error
	switch kind {
	case "distributors":
		return x.bySlug[name].ID
	case "intake":
		var n int64
		if n, err = strconv.ParseInt(name, 10, 64); err == nil {
			var file honne.StoredFile
			file, err = x.app.Store.File(x.Context(), honne.FileID(n))
			id = file.Distributor
		}
	default:
		coded := codedAt(kind)
		if coded == "" {
			return 0
		}
		var n int
		if n, err = codeNumber(coded, name); err == nil {
			id, err = x.app.Store.EntryDistributor(x.Context(), coded, n)
		}
	}
	if err != nil {
		return 0 // of something that is no more
	}
	return id
}

// codedAt is the kind of the entries that have their pages at an address.
func codedAt(name string) honne.EntryKind {
	switch name {
	case "audits":
		return honne.EntryAudit
	case "findings":
		return honne.EntryFinding
	case "agreements":
		return honne.EntryPromise
	case "claims":
		return honne.EntryClaim
	}
	return ""
}

func (x *lookback) row(e store.Trace) TraceRow {
	row := TraceRow{When: x.lang.Instant(e.At), Who: x.did(e), WhoHref: x.here("by", strconv.FormatInt(int64(e.By), 10), "before", ""),
		What: Tag{Word: x.t("history.verb." + string(e.Verb))}, Detail: x.detail(e.Detail)}
	area, d := x.app.areaOf(e.Object), x.distributorOf(e.Object)
	row.Area = x.t("history.area")
	if area != "" {
		row.Area = x.t("history.area." + string(area))
	}
	row.Object = x.place(e.Object)
	if d.ID != 0 {
		row.Partner, row.PartnerHref = x.name(d), x.here("partner", d.Slug, "before", "")
		if x.sees(d.ID) && area != "" && x.may(auth.Read, area) {
			row.Href = x.opens(e.Object, headOf(e.Object))
		}
	}
	return row
}

func (x *lookback) actor(id honne.UserID) string {
	if id == 0 {
		return x.t("history.program")
	}
	return x.who(id)
}

// did is who did it; of what was done on the command line nobody knows who sat there.
func (x *lookback) did(e store.Trace) string {
	if e.By == 0 && slices.Contains(strings.Fields(e.Detail), store.CommandLine) {
		return x.t("history.command-line")
	}
	return x.actor(e.By)
}

// detail says in words what an event notes beside its object.
func (x *lookback) detail(s string) string {
	words := slices.DeleteFunc(strings.Fields(s), func(word string) bool { return word == store.CommandLine })
	for i, word := range words {
		for _, group := range [...]string{"history.word.", "publish.kind.", "publish.edition.", "publish.language.", "publish.format."} {
			if x.app.Languages.Has(x.lang, group+word) {
				words[i] = x.t(group + word)
			}
		}
		if len(word) > 20 { // a hash
			words[i] = word[:12] + "…"
		}
	}
	return strings.Join(words, " · ")
}

func (x *lookback) pages(list []store.Trace, more bool, next int64) (p Pager) {
	if more {
		p.Older = x.here("before", strconv.FormatInt(next, 10))
	}
	if x.URL.Query().Get("before") != "" {
		p.Newer = x.here("before", "")
	}
	if n := len(list); n > 0 {
		p.Shown = x.t("history.shown", honne.Count("from", int(list[0].N)), honne.Count("to", int(list[n-1].N)))
	} else if more {
		p.Shown = "…"
	}
	return p
}

// filters are the choices above the list. Which people there are an administrator
// knows; others choose among those whose lines they see.
func (x *lookback) filters(list []store.Trace) ([]Pick, error) {
	q := x.URL.Query()
	any := Choice{Label: x.t("history.any")}
	partners, by, what := Pick{Name: "partner", Label: x.t("col.partner"), Options: []Choice{any}}, Pick{Name: "by", Label: x.t("history.who"), Options: []Choice{any}},
		Pick{Name: "verb", Label: x.t("history.what"), Options: []Choice{any}}
	for _, d := range x.byID {
		if x.whole || x.sees(d.ID) {
			partners.Options = append(partners.Options, Choice{Href: d.Slug, Label: x.name(d), Current: d.Slug == q.Get("partner")})
		}
	}
	people := map[honne.UserID]bool{}
	for _, e := range list {
		people[e.By] = true
	}
	if x.whole {
		users, err := x.app.Store.Users(x.Context())
		if err != nil {
			return nil, fmt.Errorf("web: list accounts: %w", err)
		}
		for _, u := range users {
			people[u.ID] = true
		}
	}
	for id := range people {
		n := strconv.FormatInt(int64(id), 10)
		by.Options = append(by.Options, Choice{Href: n, Label: x.actor(id), Current: n == q.Get("by")})
	}
	for _, verb := range verbs {
		what.Options = append(what.Options, Choice{Href: string(verb), Label: x.t("history.verb." + string(verb)), Current: string(verb) == q.Get("verb")})
	}
	for _, p := range [...]Pick{partners, by} {
		slices.SortFunc(p.Options[1:], func(a, b Choice) int { return cmp.Or(cmp.Compare(a.Label, b.Label), cmp.Compare(a.Href, b.Href)) })
	}
	return []Pick{partners, by, what}, nil
}

// checkedAtOnce is the longest history that is checked while a page waits.
const checkedAtOnce = 20_000

// checkedChain is up to where the history was found whole, so that the next look
// follows only what came since.
type checkedChain struct {
	mu   sync.Mutex
	head store.Head
	at   time.Time // of the look at all of it
}

// checkedFor is how long a look at all of the history is good for.
const checkedFor = time.Minute

// chain follows the history as honne verify does: all of it when it is asked for,
// and at a look that finds the last one old, else from where it was found whole. A
// long one waits until it is asked for.
func (x *lookback) chain(page *historyPage) error {
	head, err := x.app.Store.Head(x.Context())
	if err != nil {
		return fmt.Errorf("web: head of the history: %w", err)
	}
	page.Head, page.Check = head.String(), x.here("check", "1")
	c := &x.app.checked
	c.mu.Lock()
	defer c.mu.Unlock()
	asked := x.URL.Query().Get("check") != ""
	if asked || head.N <= checkedAtOnce && x.now().Sub(c.at) > checkedFor {
		c.head, c.at = store.Head{}, x.now()
	}
	if !asked && head.N-c.head.N > checkedAtOnce {
		page.Chain, page.Says = Tag{Mark: "dots"}, x.t("history.unchecked", honne.Count("n", int(head.N)))
		return nil
	}
	return x.follow(page, c)
}

// follow goes on from where the history was found whole.
func (x *lookback) follow(page *historyPage, c *checkedChain) error {
	from := c.head
	last, err := x.app.Store.FollowHistory(x.Context(), from)
	var broken *store.Broken
	if errors.As(err, &broken) {
		page.Chain, page.Says = Tag{Mark: "problem", Class: "neg"}, x.t("history.broken", honne.Count("n", int(broken.N)))
		return nil
	}
	if err != nil {
		return fmt.Errorf("web: check the history: %w", err)
	}
	c.head, page.Chain = last, Tag{Mark: "tick", Class: "ok"}
	if page.Says = x.t("history.holds.since", honne.Count("n", int(last.N)), honne.Instant("at", c.at)); from.N == 0 {
		page.Says, page.Check = x.t("history.holds", honne.Count("n", int(last.N))), ""
	}
	return nil
}
