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

// DecidedRow is a proposal that somebody else decided while this page was open: what was
// said here is not written.
type DecidedRow struct {
	Quote
	ID, Text, Href string
}

// decision is what a person says of one proposal of a page: that it is a reason, that it
// is none, or nothing yet.
type decision struct {
	d          honne.Distributor
	e          honne.Entry[honne.Said] // as it stands now
	seen       int                     // the version that the page showed
	do, excuse string
}

// postClaims keeps what a person says of the proposals of a page. Each stands for itself:
// one that cannot be kept is named, the others are kept.
func (a *app) postClaims(w http.ResponseWriter, v *visit) error {
	list, one, err := v.claimants()
	if err != nil {
		return err
	}
	decisions, err := v.decisions()
	if err != nil {
		return err
	}
	f := v.fields()
	others, err := f.decideAll(decisions)
	if err != nil {
		return err
	}
	asked := slices.ContainsFunc(decisions, func(x decision) bool { return x.do != "" })
	switch {
	case len(f.order) == 0 && asked:
		return v.redirect(w, withDone(v.here(), "mentions"))
	case len(f.order) == 0 && len(decisions) > 0:
		f.fail("do-"+strconv.Itoa(decisions[0].e.Number), v.t("claims.nothing-decided"))
	case len(f.order) == 0:
		return v.redirect(w, v.here())
	}
	page := v.claimsPage(list, one)
	page.Decided = others
	return v.claims(w, http.StatusUnprocessableEntity, f, page, list)
}

// decisions are the proposals of a form, each as it stands now.
func (v *visit) decisions() (out []decision, err error) {
	if err := v.ParseForm(); err != nil {
		return nil, &honne.Invalid{Field: "said", What: honne.Say("intake.no-form")}
	}
	for _, said := range v.Form["said"] {
		number, seen, _ := strings.Cut(said, ".")
		x := decision{do: v.FormValue("do-" + number), excuse: v.FormValue("excuse-" + number)}
		if x.e, x.seen, err = v.mention(number, seen); err != nil {
			return nil, err
		}
		if x.d, err = v.app.Store.Distributor(v.Context(), x.e.Distributor); err != nil {
			return nil, fmt.Errorf("web: partner of a mention: %w", err)
		}
		out = append(out, x)
	}
	return out, nil
}

// decideAll keeps what it can, and returns what somebody else decided meanwhile.
func (f *fields) decideAll(list []decision) (others []DecidedRow, err error) {
	for _, x := range list {
		changed, err := f.decide(x)
		if err != nil {
			return nil, err
		}
		if !changed {
			continue
		}
		row, err := f.v.decidedRow(f, x)
		if err != nil {
			return nil, err
		}
		others = append(others, row)
	}
	return others, nil
}

// decide keeps one decision. What is wrong with it stands in f; changed reports that
// somebody else decided it meanwhile.
func (f *fields) decide(x decision) (changed bool, err error) {
	number := strconv.Itoa(x.e.Number)
	switch {
	case x.do == "" && x.excuse == guessed(x.e.Body.Mention), x.do == "" && x.e.N != x.seen:
		return false, nil
	case x.do == "":
		f.failAt("do-"+number, x, f.v.t("claims.say-too"))
		return false, nil
	case x.e.N != x.seen && x.e.By == 0 && !x.e.Withdrawn: // still a proposal, of newer rules
		f.failAt("do-"+number, x, f.v.t("claims.reread"))
		return false, nil
	case x.e.N != x.seen:
		return true, nil
	}
	err = f.v.judged(x.e, x.do, x.excuse)
	var bad *honne.Invalid
	switch {
	case errors.As(err, &bad) && bad.Field == "excuse":
		f.failAt("excuse-"+number, x, f.v.t("claims.choose-too"))
		return false, nil
	case errors.Is(err, honne.ErrConflict):
		return true, nil
	}
	return false, err
}

// failAt says what is wrong with a decision, after the words that it is about.
func (f *fields) failAt(field string, x decision, what string) {
	f.fail(field, f.v.t("claims.at", honne.Text("quote", begun(x.e.Body.Text, namedRunes)), honne.Text("what", what)))
}

// namedRunes is how much of a quote names it.
const namedRunes = 30

// decidedRow says what was decided here, and what somebody else decided meanwhile.
func (v *visit) decidedRow(f *fields, x decision) (DecidedRow, error) {
	all, err := store.EntryHistory[honne.Said](v.Context(), v.app.Store, x.e.Number)
	if err != nil {
		return DecidedRow{}, fmt.Errorf("web: history of a mention: %w", err)
	}
	now := all[len(all)-1]
	mine, theirs := cmp.Or(x.excuse, now.Body.Excuse), now.Body.Excuse
	if x.do != "confirm" {
		mine = ""
	}
	if now.Withdrawn {
		theirs = ""
	}
	book, err := v.book()
	if err != nil {
		return DecidedRow{}, err
	}
	q, err := v.quote(x.d, now.Body)
	if err != nil {
		return DecidedRow{}, err
	}
	row := DecidedRow{Quote: q, ID: "do-" + strconv.Itoa(x.e.Number)}
	what := v.t("claims.meanwhile", honne.Text("name", v.decider(now.By)), honne.Text("theirs", v.decided(book, theirs)), honne.Text("mine", v.decided(book, mine)))
	if row.Href, err = v.claimOf(x.d, now.Body.Excuse); err != nil {
		return row, err
	}
	f.failAt(row.ID, x, what)
	row.Text = f.errors[row.ID]
	return row, nil
}

// decider is who decided: a person, or the machine that read the mail again.
func (v *visit) decider(by honne.UserID) string {
	if by == 0 {
		return v.t("claims.machine")
	}
	return v.userName(by)
}

// decided says a decision in words; the excuse is "" where it is none.
func (v *visit) decided(book *playbook.Playbook, excuse string) string {
	if excuse == "" {
		return v.t("claims.is-none-at-all")
	}
	rules, _ := book.Excuse(excuse)
	return v.t("claims.is-one-of", honne.Text("reason", v.reason(rules)))
}

// claimOf is the page of a partner's claim of a reason, else of all its claims.
func (v *visit) claimOf(d honne.Distributor, excuse string) (string, error) {
	list, err := store.Entries[honne.Judgement](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return "", fmt.Errorf("web: claims of a partner: %w", err)
	}
	for _, e := range list {
		if e.Body.Excuse == excuse {
			return "/claims/" + e.Code() + "#h-said", nil
		}
	}
	return base(d) + "/claims", nil
}

// postMention keeps what a person says of one mention on the page of its claim: that it
// is one, that it is of another reason, or that it is none.
func (a *app) postMention(w http.ResponseWriter, v *visit) error {
	e, seen, err := v.mention(v.FormValue("number"), v.FormValue("n"))
	if err != nil {
		return err
	}
	e.N = seen
	if err := v.judged(e, v.FormValue("do"), v.FormValue("excuse")); err != nil {
		return err
	}
	return v.redirect(w, withDone(local(v.FormValue("back")), "mention-"+v.FormValue("do")))
}

// judged keeps what a person says of a mention, behind the version that was seen.
func (v *visit) judged(e honne.Entry[honne.Said], do, excuse string) error {
	book, err := v.book()
	if err != nil {
		return err
	}
	was, _ := book.Excuse(e.Body.Excuse)
	to, known := book.Excuse(cmp.Or(excuse, e.Body.Excuse))
	if !v.may(auth.Write, claimArea(was.Category)) || known && !v.may(auth.Write, claimArea(to.Category)) {
		return honne.ErrNotFound
	}
	e.By, e.Why = v.user.ID, strings.TrimSpace(v.FormValue("why"))
	switch {
	case do == "dismiss":
		e.Withdrawn = true
		_, err = store.Enter(v.Context(), v.app.Store, e)
	case do == "confirm" && e.Body.Mention.Unclear() && excuse == "":
		return &honne.Invalid{Field: "excuse", What: honne.Say("claims.choose")}
	case do == "confirm" && known:
		if e.Withdrawn = false; to.Excuse != e.Body.Excuse {
			e.Body.Or, e.Body.OrScore = e.Body.Excuse, 0
			e.Body.Excuse, e.Body.Score = to.Excuse, 0 // a person says so
		}
		err = v.app.Store.Hear(v.Context(), e)
	default:
		return &honne.Invalid{Field: "do", What: honne.Say("intake.no-form")}
	}
	if err != nil {
		return fmt.Errorf("web: judge a mention: %w", err)
	}
	return nil
}

// partnerOf is the partner that a form names.
func (v *visit) partnerOf(slug string) (honne.Distributor, error) {
	d, err := v.app.Store.DistributorBySlug(v.Context(), slug)
	if err != nil {
		return d, fmt.Errorf("web: find distributor: %w", err)
	}
	return d, v.seen(d.ID)
}

// mention is the mention that a form names as it stands now, and the version that was
// seen.
func (v *visit) mention(number, n string) (e honne.Entry[honne.Said], seen int, err error) {
	of, errN := strconv.Atoi(number)
	seen, errV := strconv.Atoi(n)
	if errN != nil || errV != nil {
		return e, 0, &honne.Invalid{Field: "number", What: honne.Say("intake.no-form")}
	}
	all, err := store.EntryHistory[honne.Said](v.Context(), v.app.Store, of)
	if err != nil {
		return e, 0, err
	}
	e = all[len(all)-1]
	return e, seen, v.seen(e.Distributor)
}

// withDone adds to an address of ours what was done.
func withDone(to, done string) string {
	path, query, _ := strings.Cut(to, "?")
	kept := []string{"done=" + done}
	for pair := range strings.SplitSeq(query, "&") {
		if pair != "" && !strings.HasPrefix(pair, "done=") {
			kept = append(kept, pair)
		}
	}
	return path + "?" + strings.Join(kept, "&")
}
