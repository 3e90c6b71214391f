package web

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"honne"
	"honne/internal/auth"
	"honne/internal/lang"
	"honne/internal/store"
)

// selfPage shows the partner's own answers, and makes the link to give them.
type selfPage struct {
	Frame
	Errors        []Problem
	Code, Heading string
	Answers       []AnswerRow
	Links         []LinkRow
	Writes        bool
	Days          Input
	Letter        string // with the link, shown once
	Purpose       honne.Both
	Edit          string // where the purpose is changed; "" for who may not
	Refused       string // what is wrong with it
	Unfit         []UnfitRow
}

// AnswerRow is what the partner says of themselves on one dimension.
type AnswerRow struct{ Name, Href, Score, Text, By string }

// LinkRow is a link that was given.
type LinkRow struct {
	Hash, Until, State string
	Open               bool
}

func (a *app) showSelf(w http.ResponseWriter, v *visit, x *assessed) error {
	return x.selfPage(w, http.StatusOK, v.fields(), "")
}

func (x *assessed) selfPage(w http.ResponseWriter, status int, f *fields, letter string) error {
	page := selfPage{Frame: x.frame(x.t("self.title")), Errors: f.list(), Code: x.entry.Code(), Heading: x.t("self.title"), Letter: letter,
		Writes: x.entry.Body.Closed == 0 && x.may(auth.Write, auth.Audits), Purpose: x.entry.Body.Purpose,
		Days: f.input("link-days", "number", cmp.Or(f.text("link-days"), "21")).must()}
	page.Crumbs = append(page.Crumbs, Choice{Label: page.Heading})
	if page.Refused, page.Unfit = f.errors["purpose"], x.unfit(page.Purpose); x.mends() {
		page.Edit = x.at("/edit")
	}
	for _, s := range x.assessment.Self {
		row := AnswerRow{Name: x.t("dimension." + s.Dimension), Href: x.at("/criteria/" + short(s.Dimension)), Score: strconv.Itoa(s.Score), Text: s.Text, By: s.By}
		if s.NA {
			row.Score = x.t("audit.na")
		}
		page.Answers = append(page.Answers, row)
	}
	links, err := x.app.Store.Invitations(x.Context(), x.entry.Number)
	if err != nil {
		return fmt.Errorf("web: list links: %w", err)
	}
	for _, i := range links {
		page.Links = append(page.Links, x.linkRow(i))
	}
	return x.show(w, status, "self", page)
}

func (x *assessed) linkRow(i store.Invitation) LinkRow {
	row := LinkRow{Hash: i.TokenHash, Until: x.t("self.until", honne.Day("day", honne.DateOf(i.Ends.Add(-time.Microsecond))))}
	switch {
	case !i.Sent.IsZero():
		row.State = x.t("self.sent", honne.Day("day", honne.DateOf(i.Sent)))
	case !i.Ends.After(x.now()):
		row.State = x.t("self.ended")
	case i.N > 0:
		row.State, row.Open = x.t("self.begun"), true
	default:
		row.State, row.Open = x.t("self.open"), true
	}
	return row
}

// postSelf makes a link, or ends one.
func (a *app) postSelf(w http.ResponseWriter, v *visit, x *assessed) error {
	if x.entry.Body.Closed != 0 {
		return honne.ErrNotFound
	}
	f := v.fields()
	if hash := f.text("end"); hash != "" {
		if err := a.Store.Uninvite(v.Context(), x.entry.Number, hash); err != nil {
			return fmt.Errorf("web: end link: %w", err)
		}
		return v.redirect(w, x.at("/self")+"?done=link-ended")
	}
	days, err := strconv.Atoi(f.text("link-days"))
	if err != nil || days < 1 || days > 90 {
		f.fail("link-days", v.t("self.bad.days"))
	}
	purpose := x.entry.Body.Purpose
	if purpose.EN == "" || purpose.JA == "" { // nobody is asked before they can read what for
		f.fail("purpose", v.t("lacks.purpose"))
	}
	if refused := a.Playbook.Refused(purpose.JA + "\n" + purpose.EN); len(refused) > 0 {
		f.fail("purpose", v.t("self.bad.word", honne.Text("word", refused[0].Text)))
	}
	if len(f.order) > 0 {
		return x.selfPage(w, http.StatusUnprocessableEntity, f, "")
	}
	letter, err := x.invite(days)
	if err != nil {
		return fmt.Errorf("web: make link: %w", err)
	}
	return x.selfPage(w, http.StatusOK, f, letter)
}

// invite makes a link and the letter that carries it. The token is kept nowhere.
func (x *assessed) invite(days int) (letter string, err error) {
	token, last := strings.ToLower(rand.Text()), honne.DateOf(x.now())+honne.Date(days)
	err = x.app.Store.Invite(x.Context(), store.Invitation{TokenHash: hashed(token), Distributor: x.distributor.ID, Audit: x.entry.Number,
		Ends: last.End().Add(time.Microsecond), MadeBy: x.user.ID})
	if err != nil {
		return "", err
	}
	ours, err := x.ourName(x.distributor)
	if err != nil {
		return "", err
	}
	say := func(key string, args ...honne.Arg) string { return x.app.Languages.Text(lang.JA, key, args...) }
	hello := say("self.letter.hello")
	if ours != "" {
		hello += say("self.letter.from", honne.Text("ours", ours))
	}
	partner := cmp.Or(x.distributor.Profile.NameJA, x.distributor.Profile.Name)
	return strings.Join([]string{say("self.letter.to", honne.Text("partner", partner)), "", hello,
		say("self.letter.review"), x.entry.Body.Purpose.JA, "", say("self.letter.ask"), x.absolute("/review/" + token), "",
		say("self.letter.until", honne.Day("day", last)), say("self.letter.thanks")}, "\n"), nil
}
