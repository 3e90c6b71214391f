package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"honne"
	"honne/internal/auth"
	"honne/internal/playbook"
	"honne/internal/store"
)

// claimPage answers: is what they say true?
type claimPage struct {
	Frame
	Code, Heading    string
	Standing, Closed Tag
	Ours             bool
	Message          string
	Category         string
	Errors           []Problem
	Guard            string
	Quotes           []SaidRow
	Dismissed        []SaidRow
	Reasons          []PickGroup
	Check, May       string // how it is checked; what may be true about it
	Found            Tag    // what the check says
	FoundWhy         string
	Evidence         []FactGroup
	Missing          []MissingRow
	Forms            claimForms
	Registered       []RegistrationRow
	Ask              []AskedRow
	AskJA, AskEN     string
	Verdict          verdictForm
	Shared           sharedView
	Agreements       []ClaimAgreement
	History          []HistoryRow
	Writes           bool
	N                int
	Excuse           string
	Findings         []Linked // where a finding is made of it
	Partner, Href    string   // the partner's claims
	Here             string
}

// SaidRow is one time that it was said.
type SaidRow struct {
	Quote
	Number, N, ID string
	Proposed      bool
	Barrier       bool
	Sure, By      string
}

// claimOpen is a claim as a page or a form finds it, with what else is known of
// its distributor.
type claimOpen struct {
	claimCase
	noted    []honne.Entry[honne.Fact]
	register []honne.Entry[honne.Registration]
	promises []honne.Entry[honne.Promise]

	dismissed []honne.Entry[honne.Said] // a person said that it was no such reason
}

// claim is the claim that the address names, C-014.
func (v *visit) claim() (claimOpen, error) {
	number, err := codeNumber(honne.EntryClaim, v.PathValue("code"))
	if err != nil {
		return claimOpen{}, err
	}
	ctx, s := v.Context(), v.app.Store
	all, err := store.EntryHistory[honne.Judgement](ctx, s, number)
	if err != nil {
		return claimOpen{}, err
	}
	d, err := s.Distributor(ctx, all[0].Distributor)
	if err != nil {
		return claimOpen{}, fmt.Errorf("web: whose claim it is: %w", err)
	}
	if err := v.seen(d.ID); err != nil {
		return claimOpen{}, err
	}
	cases, _, err := v.cases(d, nil)
	if err != nil {
		return claimOpen{}, fmt.Errorf("web: read claim: %w", err)
	}
	i := slices.IndexFunc(cases, func(c claimCase) bool { return c.entry.Number == number })
	if i < 0 {
		return claimOpen{}, honne.ErrNotFound
	}
	x := claimOpen{claimCase: cases[i]}
	noted, err1 := store.Entries[honne.Fact](ctx, s, d.ID)
	register, err2 := store.Entries[honne.Registration](ctx, s, d.ID)
	promises, err3 := store.Entries[honne.Promise](ctx, s, d.ID)
	said, err4 := store.EntryVersions[honne.Said](ctx, s, d.ID)
	x.noted, x.register, x.promises = noted, register, promises
	for i, e := range said {
		if last := i+1 == len(said) || said[i+1].Number != e.Number; last && e.Withdrawn && e.Body.Excuse == x.entry.Body.Excuse {
			x.dismissed = append(x.dismissed, e)
		}
	}
	return x, errors.Join(err1, err2, err3, err4)
}

func (a *app) showClaim(w http.ResponseWriter, v *visit) error {
	x, err := v.claim()
	if err != nil {
		return err
	}
	return v.claimShown(w, http.StatusOK, x, v.fields(), x.entry.Body)
}

// claimShown shows a claim, with the verdict as it stands in the form and what is
// wrong with what was entered.
func (v *visit) claimShown(w http.ResponseWriter, status int, x claimOpen, f *fields, judged honne.Judgement) error {
	page := claimPage{Frame: v.frame("claims", v.reason(x.rules)), Code: x.code(), Heading: v.reason(x.rules), N: x.entry.N,
		Excuse: x.entry.Body.Excuse, Partner: v.name(x.d), Href: base(x.d) + "/claims", Here: v.URL.Path, Errors: f.list(),
		Standing: v.claimStanding(x.standing()), Closed: v.closed(x.entry.Body.State), Ours: x.found.OwnSide,
		Category: v.themeOf(x.rules), Guard: v.both(x.rules.Guard), Check: v.both(x.rules.Check), May: v.both(x.rules.Legitimate),
		AskJA: x.rules.Ask.JA, AskEN: x.rules.Ask.EN, Writes: v.may(auth.Write, claimArea(x.rules.Category))}
	page.Title, page.Sample = page.Code+" "+page.Heading, x.d.Sample
	page.Crumbs = []Choice{{Href: "/claims", Label: v.t("nav.claims")}, {Href: page.Href, Label: page.Partner}, {Label: page.Code}}
	book, err := v.book()
	if err != nil {
		return err
	}
	page.Reasons = v.reasons(book, x.entry.Body.Excuse)
	if page.Quotes, err = v.saidRows(x.d, x.said); err != nil {
		return err
	}
	if page.Dismissed, err = v.saidRows(x.d, x.dismissed); err != nil {
		return err
	}
	if page.Findings, err = v.findingDoors(x.d, x.code(), ""); err != nil {
		return err
	}
	page.Message = v.claimMessage(x.claimCase)
	v.fillEvidence(&page, x, f)
	v.fillJudgement(&page, x, f, judged)
	if page.History, err = v.claimHistory(x); err != nil {
		return err
	}
	return v.show(w, status, "claim", page)
}

// themeOf says the category and which of it this is: Sales and market, 1 of 5.
func (v *visit) themeOf(x playbook.ExcuseRules) string {
	n, of := 0, 0
	for _, other := range v.app.Playbook.Excuses {
		if other.Category == x.Category {
			of++
		}
		if other.Excuse == x.Excuse {
			n = of
		}
	}
	theme := "reasons.theme." + cmp.Or(x.Category, "none")
	if n == 0 {
		return v.t("claim.own", honne.Word("theme", theme))
	}
	return v.t("claim.pattern", honne.Word("theme", theme), honne.Count("n", n), honne.Count("all", of))
}

// claimMessage says in one sentence how often it was said and what is known.
func (v *visit) claimMessage(c claimCase) string {
	said := c.confirmed()
	if len(said) == 0 {
		return v.t("claim.msg.proposed", honne.Count("n", len(c.said)))
	}
	times := v.t("claim.msg.said", honne.Count("n", len(said)), honne.Day("day", said[0].Body.On))
	if len(said) == 1 {
		times = v.t("claim.msg.once", honne.Day("day", said[0].Body.On))
	}
	verdict := "claim.msg." + c.standing()
	if c.entry.Body.Verdict == "" && c.found.Verdict != "" && c.found.Verdict != honne.NotYetVerifiable {
		verdict = "claim.msg.found-" + string(c.found.Verdict)
	}
	switch {
	case c.found.OwnSide:
		verdict = "claim.msg.ours"
	case c.found.ToLookAt():
		verdict = "claim.msg.named"
	}
	return times + v.t("sentence.gap") + v.t(verdict)
}

// saidRows are the times that it was said, the newest first; what nobody
// confirmed comes last.
func (v *visit) saidRows(d honne.Distributor, list []honne.Entry[honne.Said]) (out []SaidRow, err error) {
	list = slices.Clone(list)
	slices.Reverse(list)
	slices.SortStableFunc(list, func(a, b honne.Entry[honne.Said]) int { return btoi(a.By == 0) - btoi(b.By == 0) })
	for _, e := range list {
		q, err := v.quote(d, e.Body)
		if err != nil {
			return nil, err
		}
		row := SaidRow{Quote: q, Number: strconv.Itoa(e.Number), N: strconv.Itoa(e.N), ID: "m" + strconv.Itoa(e.Number), Proposed: e.By == 0, Barrier: e.Body.Barrier, Sure: v.sure(e.Body.Mention)}
		if e.By != 0 {
			row.By = v.t("claims.confirmed-by", honne.Text("name", v.person(e.By)))
		}
		out = append(out, row)
	}
	return out, nil
}

// person is the name of who did something; the machine has its own.
func (v *visit) person(id honne.UserID) string {
	if id == 0 {
		return v.t("claims.machine")
	}
	return v.who(id)
}
