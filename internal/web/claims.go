package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/playbook"
	"honne/internal/store"
)

// claimsPage lists the reasons that partners gave, and what the machine proposes
// to count as one.
type claimsPage struct {
	Frame
	Head
	One       bool // of one distributor
	Message   string
	Filters   []Pick
	Rows      []ClaimRow
	Proposals []ProposalGroup
	Decided   []DecidedRow // by somebody else, while a form was open
	Errors    []Problem
	Writes    bool        // may say something of a proposal
	Keep      string      // what the button says of one decision, of two, and so on
	More      int         // proposals that are not shown yet
	Barriers  int         // proposals with evidence, an own step or a date
	Reasons   []PickGroup // to choose another
	Log       string      // "" for who may not
	Library   string
	Here      string
	Filtered  bool
}

// ClaimRow is a claim in the list.
type ClaimRow struct {
	Code, Href           string
	Partner, PartnerHref string
	Title, Theme         string
	Quote                string
	Times                int
	Last                 string
	Standing, Closed     Tag
	Ours                 bool
	Facts                string // for and against
	Next                 string
}

// claimCase is a claim with all that belongs to it.
type claimCase struct {
	d     honne.Distributor
	entry honne.Entry[honne.Judgement]
	rules playbook.ExcuseRules
	said  []honne.Entry[honne.Said] // oldest first
	found honne.Claim               // its check
	asked []honne.Entry[honne.Asked]
	seen  []honne.Entry[honne.Fact] // what was observed and bears on it alone
}

func (c claimCase) code() string { return c.entry.Code() }

// confirmed are what a person took for this reason.
func (c claimCase) confirmed() (out []honne.Entry[honne.Said]) {
	for _, s := range c.said {
		if s.By != 0 {
			out = append(out, s)
		}
	}
	return out
}

// last is the day it was last said, 0 where nobody confirmed that it was.
func (c claimCase) last() (day honne.Date) {
	for _, s := range c.confirmed() {
		day = max(day, s.Body.On)
	}
	return day
}

// standing is where a claim stands: what a person decided, else how far its
// check has come.
func (c claimCase) standing() string {
	switch {
	case c.entry.Body.Verdict != "":
		return string(c.entry.Body.Verdict)
	case len(c.confirmed()) > 0 && len(c.found.Facts)+len(c.seen)+len(c.asked) > 0:
		return "checking"
	}
	return "unchecked"
}

func (v *visit) claimStanding(is string) Tag {
	word := v.t("claim.is." + is)
	switch is {
	case string(honne.Contradicted):
		return Tag{"cross", "neg", word}
	case string(honne.Supported):
		return Tag{"tick", "ok", word}
	case string(honne.NotYetVerifiable):
		return Tag{"clear", "", word}
	case "checking":
		return Tag{"dots", "info", word}
	}
	return Tag{"clear", "", word}
}

// closed says how a claim ended; empty for one that is open.
func (v *visit) closed(s honne.ClaimState) Tag {
	if s == honne.ClaimOpen {
		return Tag{}
	}
	return Tag{"", "", v.t("claim.state." + string(s))}
}

// reason is what a reason is called.
func (v *visit) reason(x playbook.ExcuseRules) string {
	return cmp.Or(v.both(x.Title), v.t("claims.gone"))
}

// claimArea is where the reasons of a category are judged: what the law says is
// the regulatory lead's too.
func claimArea(category string) auth.Area {
	if category == "legal-structural" {
		return auth.Legal
	}
	return auth.Signals
}

// cases are the claims of a distributor, and what was said of all reasons; p is
// its picture, where that is at hand.
func (v *visit) cases(d honne.Distributor, p *honne.Picture) ([]claimCase, []honne.Entry[honne.Said], error) {
	ctx, s := v.Context(), v.app.Store
	entries, err := store.Entries[honne.Judgement](ctx, s, d.ID)
	if err != nil || len(entries) == 0 {
		return nil, nil, err
	}
	said, err := store.Entries[honne.Said](ctx, s, d.ID)
	asked, err2 := store.Entries[honne.Asked](ctx, s, d.ID)
	seen, err3 := store.Entries[honne.Fact](ctx, s, d.ID)
	if p == nil {
		made, err := v.picture(d)
		if err != nil {
			return nil, nil, err
		}
		p = &made
	}
	book, err4 := v.book()
	if err := errors.Join(err, err2, err3, err4); err != nil {
		return nil, nil, err
	}
	slices.SortStableFunc(said, func(a, b honne.Entry[honne.Said]) int { return cmp.Compare(a.Body.On, b.Body.On) })
	var out []claimCase
	for _, e := range entries {
		c := claimCase{d: d, entry: e}
		c.rules, _ = book.Excuse(e.Body.Excuse)
		c.said = ofExcuse(said, e.Body.Excuse, func(x honne.Said) string { return x.Excuse })
		c.asked = ofExcuse(asked, e.Body.Excuse, func(x honne.Asked) string { return x.Excuse })
		c.seen = ofExcuse(seen, e.Body.Excuse, func(x honne.Fact) string { return x.Kind })
		if i := slices.IndexFunc(p.Claims, func(f honne.Claim) bool { return f.Excuse == e.Body.Excuse }); i >= 0 {
			c.found = p.Claims[i]
		}
		out = append(out, c)
	}
	return out, said, nil
}

func ofExcuse[T honne.Entered](list []honne.Entry[T], excuse string, of func(T) string) (out []honne.Entry[T]) {
	for _, e := range list {
		if of(e.Body) == excuse {
			out = append(out, e)
		}
	}
	return out
}

func (a *app) showClaims(w http.ResponseWriter, v *visit) error {
	list, one, err := v.claimants()
	if err != nil {
		return err
	}
	return v.claims(w, http.StatusOK, v.fields(), v.claimsPage(list, one), list)
}

// claimsPage is the page without its rows.
func (v *visit) claimsPage(list []honne.Distributor, one bool) claimsPage {
	page := claimsPage{Frame: v.frame("claims", v.t("nav.claims")), One: one, Library: "/claims/library", Here: v.here()}
	if one {
		d := list[0]
		page.Frame, page.Head = v.frameOf(d, v.t("nav.claims")), v.head(d, "claims")
	}
	if v.may(auth.Write, auth.Signals) {
		page.Log = "/claims/new"
		if one {
			page.Log += "?distributor=" + list[0].Slug
		}
	}
	return page
}

// claims shows the page, with the form of its proposals as it was sent.
func (v *visit) claims(w http.ResponseWriter, status int, f *fields, page claimsPage, list []honne.Distributor) error {
	page.Errors = f.list()
	if err := v.fillClaims(&page, list, f); err != nil {
		return fmt.Errorf("web: list claims: %w", err)
	}
	if page.Writes {
		page.Keep = v.keepLabels()
		page.KeyList = append(page.KeyList, KeyHelp{"y · n", v.t("keys.decide")})
	}
	return v.show(w, status, "claims", page)
}

// keepLabels are what the button says, by the number of decisions from one, for the
// script that counts them.
func (v *visit) keepLabels() string {
	var out []string
	for n := range proposalsAtOnce {
		out = append(out, v.t("claims.keep-n", honne.Count("n", n+1)))
	}
	return strings.Join(out, "|")
}

// claimants are the distributors whose claims a page shows: the one of the
// address, else all.
func (v *visit) claimants() (list []honne.Distributor, one bool, err error) {
	if v.PathValue("slug") != "" {
		d, err := v.distributor()
		return []honne.Distributor{d}, true, err
	}
	list, err = v.distributors()
	return list, false, err
}

func (v *visit) fillClaims(page *claimsPage, list []honne.Distributor, f *fields) error {
	wanted := v.wanted()
	var all []claimCase
	var proposed []proposal
	for _, d := range list {
		cases, said, err := v.cases(d, nil)
		if err != nil {
			return err
		}
		all = append(all, cases...)
		page.Sample = page.Sample || d.Sample && len(cases) > 0
		page.Mixed = page.Mixed || !d.Sample && len(cases) > 0
		for _, s := range said {
			if s.By == 0 && wanted.partner(d) {
				proposed = append(proposed, proposal{d, s})
			}
		}
	}
	shown, counted := wanted.pick(all)
	for _, c := range shown {
		page.Rows = append(page.Rows, v.claimRow(c))
	}
	page.Filters, page.Filtered = v.claimFilters(wanted, list, page.One), wanted.any()
	page.Message = v.claimsMessage(counted, len(proposed))
	return v.propose(page, proposed, f)
}

// claimsMessage says in one sentence what the list holds, and how many sentences
// nobody has judged yet.
func (v *visit) claimsMessage(list []claimCase, waiting int) string {
	open, repeated, unchecked := 0, 0, 0
	for _, c := range list {
		if c.entry.Body.State != honne.ClaimOpen {
			continue
		}
		open++
		if len(c.confirmed()) > 1 {
			repeated++
		}
		if c.entry.Body.Verdict == "" {
			unchecked++
		}
	}
	switch {
	case open == 0 && waiting == 0:
		return v.t("claims.none-open")
	case open == 0:
		return v.t("claims.waiting", honne.Count("n", waiting))
	case waiting == 0:
		return v.t("claims.message", honne.Count("open", open), honne.Count("repeated", repeated), honne.Count("unchecked", unchecked))
	}
	return v.t("claims.message-waiting", honne.Count("open", open), honne.Count("unchecked", unchecked), honne.Count("n", waiting))
}

func (v *visit) claimRow(c claimCase) ClaimRow {
	row := ClaimRow{Code: c.code(), Href: claimLink(c), Partner: v.name(c.d), PartnerHref: base(c.d) + "/claims",
		Title: v.reason(c.rules), Theme: v.t("reasons.theme." + cmp.Or(c.rules.Category, "none")), Times: len(c.confirmed()),
		Standing: v.claimStanding(c.standing()), Closed: v.closed(c.entry.Body.State), Ours: c.found.OwnSide, Next: v.nextStep(c)}
	if said := c.confirmed(); len(said) > 0 {
		row.Quote, row.Last = excerpt(said[len(said)-1].Body.Text), v.lang.Date(c.last())
	}
	row.Facts = v.forAndAgainst(c)
	return row
}

// forAndAgainst counts the facts of both sides; "" where none speaks for either.
func (v *visit) forAndAgainst(c claimCase) string {
	against, support := 0, 0
	for _, f := range v.claimFacts(c) {
		switch f.Side {
		case sideFor:
			support++
		case sideAgainst:
			against++
		}
	}
	if against+support == 0 {
		return ""
	}
	return v.t("claim.facts", honne.Count("against", against), honne.Count("for", support))
}

// nextStep is what is to do about a claim.
func (v *visit) nextStep(c claimCase) string {
	waiting := slices.ContainsFunc(c.asked, func(e honne.Entry[honne.Asked]) bool { return e.Body.Answered == 0 })
	switch {
	case c.entry.Body.State != honne.ClaimOpen:
		return ""
	case waiting:
		return v.t("claim.next.answer")
	case c.entry.Body.Verdict != "":
		return v.t("claim.next.talk")
	case len(c.found.Facts)+len(c.seen) == 0:
		return v.t("claim.next.fact")
	}
	return v.t("claim.next.verdict")
}

func claimLink(c claimCase) string { return "/claims/" + c.code() }

// excerptRunes is how much of what was said a list shows.
const excerptRunes = 90

func excerpt(s string) string { return begun(s, excerptRunes) }

// begun is the beginning of what was said.
func begun(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// claimWish is what a list of claims is asked for.
type claimWish struct {
	distributor, theme, standing string
	times                        int
}

func (v *visit) wanted() claimWish {
	q := v.URL.Query()
	times, _ := strconv.Atoi(q.Get("times"))
	return claimWish{q.Get("distributor"), q.Get("category"), q.Get("standing"), times}
}

func (x claimWish) any() bool { return x != claimWish{} }

func (x claimWish) partner(d honne.Distributor) bool {
	return x.distributor == "" || x.distributor == d.Slug
}

// pick returns the claims that are asked for, the most repeated first, and those
// that count at all: what nobody confirmed is a proposal.
func (x claimWish) pick(all []claimCase) (shown, counted []claimCase) {
	for _, c := range all {
		if len(c.confirmed()) == 0 && c.entry.Body.Verdict == "" {
			continue
		}
		counted = append(counted, c)
		closed := c.entry.Body.State != honne.ClaimOpen
		standing := x.standing == "" || x.standing == c.standing() || x.standing == "closed" && closed || x.standing == "ours" && c.found.OwnSide
		if x.partner(c.d) && (x.theme == "" || x.theme == c.rules.Category) && len(c.confirmed()) >= x.times && standing {
			shown = append(shown, c)
		}
	}
	slices.SortStableFunc(shown, func(a, b claimCase) int {
		return cmp.Or(cmp.Compare(closedLast(a), closedLast(b)), cmp.Compare(len(b.confirmed()), len(a.confirmed())), cmp.Compare(b.last(), a.last()))
	})
	return shown, counted
}

func closedLast(c claimCase) int {
	if c.entry.Body.State != honne.ClaimOpen {
		return 1
	}
	return 0
}

// claimFilters are the choices above the list.
func (v *visit) claimFilters(x claimWish, list []honne.Distributor, one bool) []Pick {
	all := Choice{Label: v.t("claims.any")}
	var out []Pick
	if !one {
		p := Pick{Name: "distributor", Label: v.t("col.partner"), Options: []Choice{all}}
		for _, d := range list {
			p.Options = append(p.Options, Choice{Href: d.Slug, Label: v.name(d), Current: d.Slug == x.distributor})
		}
		out = append(out, p)
	}
	out = append(out, Pick{Name: "category", Label: v.t("claims.theme"), Options: append([]Choice{all}, v.themes(x.theme)...)})
	times := Pick{Name: "times", Label: v.t("claims.times"), Options: []Choice{all}}
	for _, n := range [...]int{2, 3, 5} {
		times.Options = append(times.Options, Choice{Href: strconv.Itoa(n), Label: v.t("claims.at-least", honne.Count("n", n)), Current: n == x.times})
	}
	stand := Pick{Name: "standing", Label: v.t("col.state"), Options: []Choice{all}}
	for _, s := range [...]string{"unchecked", "checking", "supported", "contradicted", "not-yet-verifiable", "ours", "closed"} {
		stand.Options = append(stand.Options, Choice{Href: s, Label: v.t("claim.is." + s), Current: s == x.standing})
	}
	return append(out, times, stand)
}

// themes are the categories of reasons as choices.
func (v *visit) themes(chosen string) (out []Choice) {
	for _, c := range honne.ExcuseCategories {
		out = append(out, Choice{Href: c, Label: v.t("reasons.theme." + c), Current: c == chosen})
	}
	return out
}
