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
	Number, N    string
	ID, Excuse   string // Excuse is "" where a person must choose first
	Sure         string
	Perhaps      string // the first guess, where it is no more than that
	Barrier      bool
	Or           Choice // the second guess
	Writes       bool
	Do           string // what was said of it in a form that came back
	Error, Wrong string // what is wrong with that, and with the reason that was chosen
}

// Quote is what somebody said, with the words that decided.
type Quote struct {
	Before, Words, After string
	English              string
	Lang                 string
	When, Who, Setting   string
	Href, At             string // the message
}

// guessed is the reason that a proposal offers, "" where a person must choose.
func guessed(m honne.Mention) string {
	if m.Unclear() {
		return ""
	}
	return m.Excuse
}

// proposalsAtOnce is how many stand on the page.
const proposalsAtOnce = 20

// propose fills in what waits for a person, by partner and reason, the surest
// first; a reason with its evidence beside it comes after the others.
func (v *visit) propose(page *claimsPage, list []proposal, f *fields) error {
	book, err := v.book()
	if err != nil {
		return err
	}
	slices.SortStableFunc(list, func(a, b proposal) int {
		if x, y := f.wrongAt(a), f.wrongAt(b); x != y {
			return btoi(y) - btoi(x)
		}
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
		page.Writes = page.Writes || row.Writes
		page.Proposals[at].Rows = append(page.Proposals[at].Rows, f.again(row))
	}
	return nil
}

// wrongAt reports whether a form that came back is wrong about a proposal.
func (f *fields) wrongAt(x proposal) bool {
	number := strconv.Itoa(x.e.Number)
	return f.errors["do-"+number] != "" || f.errors["excuse-"+number] != ""
}

// again is a row with what was said of it in a form that came back.
func (f *fields) again(row HeardRow) HeardRow {
	if f.v.Method != http.MethodPost {
		return row
	}
	do, excuse := "do-"+row.Number, "excuse-"+row.Number
	row.Do, row.Excuse = f.text(do), f.typed(excuse, row.Excuse)
	row.Error, row.Wrong = f.errors[do], f.errors[excuse]
	return row
}

func (v *visit) heardRow(x proposal, rules playbook.ExcuseRules, book *playbook.Playbook) (HeardRow, error) {
	q, err := v.quote(x.d, x.e.Body)
	if err != nil {
		return HeardRow{}, err
	}
	said := x.e.Body
	row := HeardRow{Quote: q, Number: strconv.Itoa(x.e.Number), N: strconv.Itoa(x.e.N), ID: "m" + strconv.Itoa(x.e.Number), Excuse: guessed(said.Mention),
		Barrier: said.Barrier, Sure: v.sure(said.Mention), Writes: v.may(auth.Write, claimArea(rules.Category))}
	if said.Assistant != "" {
		row.Sure = v.t("claims.by-assistant", honne.Text("model", said.Assistant))
	}
	if said.Mention.Unclear() {
		row.Perhaps = v.reason(rules)
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
