package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"honne"
	"honne/internal/auth"
	"honne/internal/lang"
	"honne/internal/store"
)

// letterPage is what a letter says.
type letterPage struct {
	Lang          lang.Language
	Greeting      string
	Message       string
	Groups        []TodayGroup
	More          int
	Base          string
	Open, Notices string
}

// as is a visit of a person without a page, for what is written to them.
func (a *app) as(ctx context.Context, u store.User) (*visit, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
	if err != nil {
		return nil, err
	}
	v := &visit{Request: r, app: a, user: u, signedIn: true, lang: lang.EN, scale: lang.Million, sized: lang.Million}
	if l, ok := lang.Parse(u.Language); ok && u.Language != "" {
		v.lang = l
	}
	return v, v.scope()
}

// Letter writes the weekly letter of a person: what stands on their Today, in their
// language, of nothing that their pages would not show. ok is false when nothing
// waits. Sample partners are no news.
func (s *Site) Letter(ctx context.Context, u store.User, o honne.Outgoing, at time.Time) (l honne.Letter, ok bool, err error) {
	a := s.app
	v, err := a.as(ctx, u)
	if err != nil || u.Disabled || !v.may(auth.Read, auth.Overview) {
		return honne.Letter{}, false, err
	}
	all, err := v.gather(func(d honne.Distributor) bool { return !d.Sample })
	if err != nil {
		return honne.Letter{}, false, err
	}
	all.asks = nil // what would be good to have can wait for a look
	var today todayPage
	today.fill(v, all.groups(v))
	if len(today.Groups) == 0 {
		return honne.Letter{}, false, nil
	}
	page := letterPage{Lang: v.lang, Greeting: v.t("letter.greeting", honne.Text("name", u.Name)), Message: all.message(v), Groups: today.Groups, More: today.More, Base: o.Base,
		Open: o.Base + "/", Notices: o.Base + "/settings/notices"}
	for _, g := range page.Groups {
		for i := range g.Items {
			g.Items[i].Href = o.Base + g.Items[i].Href
		}
	}
	var b bytes.Buffer
	if err := a.pages[v.lang]["letter"].ExecuteTemplate(&b, "letter", page); err != nil {
		return honne.Letter{}, false, fmt.Errorf("web: write letter: %w", err)
	}
	y, w := at.In(honne.Japan).ISOWeek()
	return honne.Letter{To: u.Email, Subject: v.t("letter.subject", honne.Count("n", count(today.Groups)+today.More)), Text: v.plain(page), HTML: b.String(),
		Key: fmt.Sprintf("weekly %d %d-%d", u.ID, y, w), At: at}, true, nil
}

func count(groups []TodayGroup) (n int) {
	for _, g := range groups {
		n += len(g.Items)
	}
	return n
}

// plain writes the letter without marks.
func (v *visit) plain(p letterPage) string {
	var b strings.Builder
	line := func(parts ...string) { b.WriteString(strings.Join(parts, "") + "\n") }
	line(p.Greeting, "\n")
	line(p.Message)
	for _, g := range p.Groups {
		line("\n", g.Title)
		for _, i := range g.Items {
			state := ""
			if i.State.Word != "" {
				state = v.t("in-brackets", honne.Text("text", i.State.Word))
			}
			line("- ", i.What, state, v.t("colon"), i.Why)
			line("  ", i.Href)
		}
	}
	if p.More > 0 {
		line("\n", v.t("today.more", honne.Count("n", p.More)), v.t("colon"), p.Open)
	}
	line("\n-- ")
	line(v.t("letter.why"), " ", p.Notices)
	return b.String()
}
