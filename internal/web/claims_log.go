package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"honne"
	"honne/internal/playbook"
	"honne/internal/store"
)

// logPage writes down a reason that somebody heard: Japanese first.
type logPage struct {
	Frame
	Errors          []Problem
	Distributor     Pick
	JA, EN, On, Who Input
	Setting, Excuse Pick
	Topic           Input
	Found           *FoundRow // what the words say, to be confirmed
	Library, Cancel string
}

// FoundRow is what the machine takes a text for.
type FoundRow struct {
	Quote
	Title, Sure string
	Or          string
	Barrier     bool
}

// otherExcuse is what is chosen for a reason that nobody described yet.
const otherExcuse = "other"

func (a *app) showLog(w http.ResponseWriter, v *visit) error {
	return v.logShown(w, http.StatusOK, v.fields(), nil)
}

func (v *visit) logShown(w http.ResponseWriter, status int, f *fields, found *honne.Mention) error {
	list, err := v.distributors()
	if err != nil {
		return err
	}
	book, err := v.book()
	if err != nil {
		return err
	}
	page := logPage{Frame: v.frame("claims", v.t("log.title")), Errors: f.list(), Library: "/claims/library", Cancel: "/claims"}
	page.Crumbs = []Choice{{Href: "/claims", Label: v.t("nav.claims")}, {Label: v.t("log.title")}}
	chosen := f.text("excuse")
	if found != nil {
		chosen = found.Excuse
		page.Found = v.foundRow(*found, book, f)
	}
	var partners []Choice
	for _, d := range list {
		partners = append(partners, Choice{Href: d.Slug, Label: v.name(d), Current: d.Slug == f.text("distributor")})
	}
	page.Distributor = f.pick("distributor", partners)
	page.JA, page.EN = f.input("said-ja", "", f.v.FormValue("said-ja")).speaks("ja"), f.input("said-en", "", f.v.FormValue("said-en")).speaks("en")
	page.On = f.input("said-on", "date", cmp.Or(f.text("said-on"), honne.DateOf(v.now()).String())).must()
	page.Who, page.Topic = f.input("said-who", "", f.text("said-who")), f.input("topic", "", f.text("topic"))
	page.Setting = f.pick("setting", wordsOf(v, "setting.", f.text("setting"), honne.AllSettings))
	page.Excuse = f.pick("excuse", []Choice{{Label: v.t("log.find")}, {Href: otherExcuse, Label: v.t("log.other"), Current: chosen == otherExcuse}}, v.reasons(book, chosen)...)
	return v.show(w, status, "log", page)
}

func (v *visit) foundRow(m honne.Mention, book *playbook.Playbook, f *fields) *FoundRow {
	q, err := v.quote(honne.Distributor{}, honne.Said{Mention: m, Quote: honne.Quote{Text: f.saidText(), On: f.day("said-on")}})
	if err != nil {
		return nil // no message is looked for
	}
	x, _ := book.Excuse(m.Excuse)
	row := &FoundRow{Quote: q, Title: v.reason(x), Sure: v.sure(m), Barrier: m.Barrier}
	if or, ok := book.Excuse(m.Or); ok {
		row.Or = v.reason(or)
	}
	return row
}

// saidText is what was said: the Japanese, where there is some.
func (f *fields) saidText() string { return cmp.Or(f.text("said-ja"), f.text("said-en")) }

// postLog keeps what was heard. Where no reason is chosen the words are searched
// for one first, and a person confirms it.
func (a *app) postLog(w http.ResponseWriter, v *visit) error {
	f := v.fields()
	said, d, err := f.said()
	if err != nil {
		return err
	}
	if len(f.order) > 0 {
		return v.logShown(w, http.StatusUnprocessableEntity, f, nil)
	}
	found, err := a.Works.Recognise(v.Context(), honne.Passage{Text: said.Text, From: honne.Theirs})
	if err != nil {
		return fmt.Errorf("web: search what was said: %w", err)
	}
	excuse := f.text("excuse")
	switch {
	case excuse == otherExcuse:
		return v.libraryShown(w, http.StatusOK, f, &said, d)
	case excuse == "" && len(found) == 0:
		f.fail("excuse", v.t("log.nothing-found"))
		return v.logShown(w, http.StatusUnprocessableEntity, f, nil)
	case excuse == "":
		return v.logShown(w, http.StatusOK, f, &found[0])
	}
	return v.logSaid(w, d, withReason(said, excuse, found))
}

// withReason gives what was said to a reason that a person chose, with the words
// that decided where the machine found the same.
func withReason(said honne.Said, excuse string, found []honne.Mention) honne.Said {
	said.Mention = honne.Mention{Excuse: excuse, To: len([]rune(said.Text)), Barrier: len(found) > 0 && found[0].Barrier}
	if i := slices.IndexFunc(found, func(m honne.Mention) bool { return m.Excuse == excuse }); i >= 0 {
		said.Mention = found[i]
	}
	return said
}

// logSaid keeps what was said and shows its claim.
func (v *visit) logSaid(w http.ResponseWriter, d honne.Distributor, said honne.Said) error {
	book, err := v.book()
	if err != nil {
		return err
	}
	if _, known := book.Excuse(said.Excuse); !known {
		return &honne.Invalid{Field: "excuse", What: honne.Say("intake.no-form")}
	}
	if err := v.app.Store.Hear(v.Context(), honne.Entry[honne.Said]{Distributor: d.ID, Body: said, By: v.user.ID}); err != nil {
		return fmt.Errorf("web: keep what was said: %w", err)
	}
	claims, err := store.Entries[honne.Judgement](v.Context(), v.app.Store, d.ID)
	if err != nil {
		return err
	}
	for _, c := range claims {
		if c.Body.Excuse == said.Excuse {
			return v.redirect(w, "/claims/"+c.Code()+"?done=logged")
		}
	}
	return v.redirect(w, base(d)+"/claims?done=logged")
}

// said reads what was heard, and from whom; its reason is still to be found.
func (f *fields) said() (honne.Said, honne.Distributor, error) {
	d, err := f.v.partnerOf(f.text("distributor"))
	if err != nil {
		return honne.Said{}, d, err
	}
	said := honne.Said{Quote: honne.Quote{On: f.past("said-on"), By: honne.Theirs, Text: f.saidText()}, Who: f.text("said-who"), Topic: f.text("topic"),
		Setting: honne.Setting(f.text("setting"))}
	if said.Text == "" {
		f.fail("said-ja", f.v.t("log.needs-text"))
	}
	if f.text("said-ja") != "" {
		said.English = f.text("said-en")
	}
	if !slices.Contains(honne.AllSettings, said.Setting) {
		return said, d, &honne.Invalid{Field: "setting", What: honne.Say("intake.no-form")}
	}
	return said, d, nil
}

// carried are the fields of what was heard, for a form that comes between.
func (f *fields) carried() (out []Choice) {
	for _, name := range [...]string{"distributor", "said-ja", "said-en", "said-on", "said-who", "setting", "topic"} {
		out = append(out, Choice{Href: name, Label: f.v.FormValue(name)})
	}
	return out
}
