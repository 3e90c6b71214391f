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

// proposal is what the machine takes for a reason and nobody looked at yet.
type proposal struct {
	d honne.Distributor
	e honne.Entry[honne.Said]
}

// ProposalGroup are the proposals of one reason of one partner.
type ProposalGroup struct {
	Partner, PartnerHref string
	Title, Theme         string
	Rows                 []HeardRow
}

// HeardRow is one of them, to confirm, to dismiss or to give to another
// reason.
type HeardRow struct {
	Quote
	Slug, Number, N string
	ID, Excuse      string // Excuse is "" where a person must choose first
	Sure            string
	Perhaps         string // the first guess, where it is no more than that
	Barrier         bool
	Or              Choice // the second guess
	Writes          bool
}

// Quote is what somebody said, with the words that decided.
type Quote struct {
	Before, Words, After string
	English              string
	Lang                 string
	When, Who, Setting   string
	Href, At             string // the message
}

// unclear reports whether the reason that comes first is less likely than all others
// together: that something was given as a reason may be plain all the same.
func unclear(m honne.Mention) bool { return m.Sure > 0 && m.Sure < 0.5 }

// proposalsAtOnce is how many stand on the page.
const proposalsAtOnce = 20

// propose fills in what waits for a person, by partner and reason, the surest
// first; a reason with its evidence beside it comes after the others.
func (v *visit) propose(page *claimsPage, list []proposal) error {
	book, err := v.book()
	if err != nil {
		return err
	}
	slices.SortStableFunc(list, func(a, b proposal) int {
		if a.e.Body.Barrier != b.e.Body.Barrier {
			return -1 + 2*btoi(a.e.Body.Barrier)
		}
		return cmp.Compare(cmp.Or(b.e.Body.Sure, b.e.Body.Score), cmp.Or(a.e.Body.Sure, a.e.Body.Score))
	})
	page.More = max(0, len(list)-proposalsAtOnce)
	page.Reasons = v.reasons(book, "")
	place := map[string]int{}
	for i, x := range list {
		if x.e.Body.Barrier {
			page.Barriers++
		}
		if i >= proposalsAtOnce {
			continue
		}
		rules, _ := book.Excuse(x.e.Body.Excuse)
		row, err := v.heardRow(x, rules, book)
		if err != nil {
			return err
		}
		group := ProposalGroup{Partner: v.name(x.d), PartnerHref: base(x.d) + "/claims", Title: v.reason(rules), Theme: v.t("reasons.theme." + cmp.Or(rules.Category, "none"))}
		if row.Perhaps != "" {
			group.Title, group.Theme = v.t("claims.unclear"), v.t("claims.unclear.about")
		}
		key := x.d.Slug + " " + row.Excuse
		at, known := place[key]
		if !known {
			at = len(page.Proposals)
			place[key] = at
			page.Proposals = append(page.Proposals, group)
		}
		page.Proposals[at].Rows = append(page.Proposals[at].Rows, row)
	}
	return nil
}

func (v *visit) heardRow(x proposal, rules playbook.ExcuseRules, book *playbook.Playbook) (HeardRow, error) {
	q, err := v.quote(x.d, x.e.Body)
	if err != nil {
		return HeardRow{}, err
	}
	said := x.e.Body
	row := HeardRow{Quote: q, Slug: x.d.Slug, Number: strconv.Itoa(x.e.Number), N: strconv.Itoa(x.e.N), ID: "m" + strconv.Itoa(x.e.Number), Excuse: said.Excuse,
		Barrier: said.Barrier, Sure: v.sure(said.Mention), Writes: v.may(auth.Write, claimArea(rules.Category))}
	if said.Assistant != "" {
		row.Sure = v.t("claims.by-assistant", honne.Text("model", said.Assistant))
	}
	if unclear(said.Mention) {
		row.Excuse, row.Perhaps = "", v.reason(rules)
	}
	if or, ok := book.Excuse(said.Or); ok {
		row.Or = Choice{Href: said.Or, Label: v.reason(or)}
	}
	return row, nil
}

// sure says how sure the machine is: a probability of the thirty, of the house's
// own how like the words are.
func (v *visit) sure(m honne.Mention) string {
	switch {
	case m.Score == 0:
		return ""
	case honne.OwnNumber(m.Excuse) > 0:
		return v.t("claims.like", honne.Text("n", v.lang.Whole(m.Score)))
	}
	// No probability is certainty, however it rounds.
	return v.t("claims.sure", honne.Text("n", v.lang.Whole(min(cmp.Or(m.Sure, m.Score), 0.99))))
}

// quote is what was said, with the words that decided as the message has them.
func (v *visit) quote(d honne.Distributor, s honne.Said) (Quote, error) {
	q := Quote{Before: s.Text, English: s.English, Lang: string(tongue(s.Text, "en")), When: v.lang.Date(s.On), Who: s.Who, At: s.At}
	if s.Setting != "" {
		q.Setting = v.t("setting." + string(s.Setting))
	}
	whole := s.Text
	if s.Mail != 0 {
		q.Href, q.At = v.mailLink(d, s.Mail), v.letterName(d, s.Mail, s.At)
		m, err := v.app.Store.Mail(v.Context(), d.ID, s.Mail)
		if err != nil && !errors.Is(err, honne.ErrNotFound) {
			return q, fmt.Errorf("web: read message: %w", err)
		}
		whole = m.Text
		q.Who = cmp.Or(q.Who, m.From.Name)
	}
	if r := []rune(whole); s.From >= 0 && s.From < s.To && s.To <= len(r) {
		words := strings.TrimSpace(string(r[s.From:s.To]))
		if before, after, ok := strings.Cut(s.Text, words); ok {
			q.Before, q.Words, q.After = before, words, after
		}
	}
	return q, nil
}

// reasons are all that a mention may be given to, by category, the house's own
// last.
func (v *visit) reasons(book *playbook.Playbook, chosen string) (out []PickGroup) {
	for _, c := range honne.ExcuseCategories {
		g := PickGroup{Label: v.t("reasons.theme." + c)}
		for _, x := range book.Excuses {
			if x.Category == c {
				g.Options = append(g.Options, Choice{Href: x.Excuse, Label: v.reason(x), Current: x.Excuse == chosen})
			}
		}
		out = append(out, g)
	}
	return out
}

// postMention keeps what a person says of a mention: that it is one, that it is
// of another reason, or that it is none.
func (a *app) postMention(w http.ResponseWriter, v *visit) error {
	d, err := v.partnerOf(v.FormValue("distributor"))
	if err != nil {
		return err
	}
	e, err := v.mention(d)
	if err != nil {
		return err
	}
	book, err := v.book()
	if err != nil {
		return err
	}
	was, _ := book.Excuse(e.Body.Excuse)
	to, known := book.Excuse(cmp.Or(v.FormValue("excuse"), e.Body.Excuse))
	if !v.may(auth.Write, claimArea(was.Category)) || known && !v.may(auth.Write, claimArea(to.Category)) {
		return honne.ErrNotFound
	}
	e.By, e.Why = v.user.ID, strings.TrimSpace(v.FormValue("why"))
	switch do := v.FormValue("do"); {
	case do == "dismiss":
		e.Withdrawn = true
		_, err = store.Enter(v.Context(), a.Store, e)
	case do == "confirm" && unclear(e.Body.Mention) && v.FormValue("excuse") == "":
		return &honne.Invalid{Field: "excuse", What: honne.Say("claims.choose")}
	case do == "confirm" && known:
		if e.Withdrawn = false; to.Excuse != e.Body.Excuse {
			e.Body.Or, e.Body.OrScore = e.Body.Excuse, 0
			e.Body.Excuse, e.Body.Score = to.Excuse, 0 // a person says so
		}
		err = a.Store.Hear(v.Context(), e)
	default:
		return &honne.Invalid{Field: "do", What: honne.Say("intake.no-form")}
	}
	if err != nil {
		return fmt.Errorf("web: judge a mention: %w", err)
	}
	return v.redirect(w, withDone(local(v.FormValue("back")), "mention-"+v.FormValue("do")))
}

// partnerOf is the partner that a form names.
func (v *visit) partnerOf(slug string) (honne.Distributor, error) {
	d, err := v.app.Store.DistributorBySlug(v.Context(), slug)
	if err != nil {
		return d, fmt.Errorf("web: find distributor: %w", err)
	}
	return d, v.seen(d.ID)
}

// mention is the mention that a form names, in the version that was seen.
func (v *visit) mention(d honne.Distributor) (honne.Entry[honne.Said], error) {
	number, errN := strconv.Atoi(v.FormValue("number"))
	seen, errV := strconv.Atoi(v.FormValue("n"))
	if errN != nil || errV != nil {
		return honne.Entry[honne.Said]{}, &honne.Invalid{Field: "number", What: honne.Say("intake.no-form")}
	}
	all, err := store.EntryHistory[honne.Said](v.Context(), v.app.Store, number)
	if err != nil {
		return honne.Entry[honne.Said]{}, err
	}
	e := all[len(all)-1]
	if e.Distributor != d.ID {
		return e, honne.ErrNotFound
	}
	e.N = seen
	return e, nil
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
