package web

import (
	"cmp"
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

// libraryPage lists the reasons that are known: how each is checked, and what may
// truly be behind it; and takes down the house's own.
type libraryPage struct {
	Frame
	Errors     []Problem
	Message    string
	Categories []Choice
	Groups     []ReasonGroup
	Own        []ReasonRow
	Writes     bool
	Form       ownForm
	Log        string
	Lessons    string // "" for who does not see audits
}

// ReasonGroup are the reasons of one category.
type ReasonGroup struct {
	ID, Title string
	Rows      []ReasonRow
}

// ReasonRow is a reason in full.
type ReasonRow struct {
	ID, Title, Second string
	SecondLang        string
	Check, May, Guard string
	Data              []MissingRow
	AskJA, AskEN      string
	PartnerJA         string
	PartnerEN         string
	Sentences         []string
	Number, N         string
	Theme             string
	By                string
}

// ownForm takes down a reason of the house.
type ownForm struct {
	Category         Pick
	TitleJA, TitleEN Input
	Sentences        Input
	CheckJA, CheckEN Input
	LegitJA, LegitEN Input
	AskJA, AskEN     Input
	Carried          []Choice // what was heard, and waits for its reason
	Heard            string
}

func (a *app) showLibrary(w http.ResponseWriter, v *visit) error {
	return v.libraryShown(w, http.StatusOK, v.fields(), nil, honne.Distributor{})
}

// libraryShown shows the library; with what was heard, where a new reason is
// described for it.
func (v *visit) libraryShown(w http.ResponseWriter, status int, f *fields, heard *honne.Said, d honne.Distributor) error {
	book, err := v.book()
	if err != nil {
		return err
	}
	theme := v.URL.Query().Get("category")
	page := libraryPage{Frame: v.frame("claims", v.t("library.title")), Errors: f.list(), Writes: v.may(auth.Write, auth.Signals), Log: "/claims/new",
		Message: v.t("library.message", honne.Count("n", len(honne.AllExcuses)))}
	page.Crumbs = []Choice{{Href: "/claims", Label: v.t("nav.claims")}, {Label: v.t("library.title")}}
	page.Categories = []Choice{{Href: "/claims/library", Label: v.t("claims.any"), Current: theme == ""}}
	for _, c := range v.themes(theme) {
		c.Href = "/claims/library?category=" + c.Href
		page.Categories = append(page.Categories, c)
	}
	for _, category := range honne.ExcuseCategories {
		if theme != "" && theme != category {
			continue
		}
		g := ReasonGroup{ID: category, Title: v.t("reasons.theme." + category)}
		for _, x := range book.Excuses {
			if x.Category == category && len(x.Sentences) == 0 {
				g.Rows = append(g.Rows, v.reasonRow(x))
			}
		}
		page.Groups = append(page.Groups, g)
	}
	if page.Own, err = v.ownReasons(book, theme); err != nil {
		return err
	}
	if v.may(auth.Read, auth.Audits) {
		page.Lessons = "/lessons"
	}
	page.Form = v.ownForm(f, heard, d)
	return v.show(w, status, "library", page)
}

func (v *visit) reasonRow(x playbook.ExcuseRules) ReasonRow {
	row := ReasonRow{ID: x.Excuse, Title: v.reason(x), Second: x.Title.JA, SecondLang: "ja", Check: v.both(x.Check), May: v.both(x.Legitimate), Guard: v.both(x.Guard),
		AskJA: x.Ask.JA, AskEN: x.Ask.EN, PartnerJA: x.Partner.JA, PartnerEN: x.Partner.EN, Sentences: x.Sentences, Theme: v.t("reasons.theme." + x.Category)}
	if row.Second == row.Title {
		row.Second, row.SecondLang = x.Title.EN, "en"
	}
	if row.Second == row.Title {
		row.Second = ""
	}
	for _, c := range []*playbook.Condition{x.Contradicted, x.Supported, x.OwnSide} {
		for _, name := range c.Names() {
			f, ok := v.app.Playbook.Fact(name)
			if need := (MissingRow{v.both(f.Title), v.t("whom." + string(cmp.Or(f.Ask, honne.FromUs)))}); ok && !slices.Contains(row.Data, need) {
				row.Data = append(row.Data, need)
			}
		}
	}
	return row
}

// ownReasons are the reasons that the house described, with who did.
func (v *visit) ownReasons(book *playbook.Playbook, theme string) (out []ReasonRow, err error) {
	list, err := store.Entries[honne.OwnExcuse](v.Context(), v.app.Store, 0)
	for _, e := range list {
		x, ok := book.Excuse(honne.OwnSlug(e.Number))
		if !ok || theme != "" && theme != x.Category {
			continue
		}
		row := v.reasonRow(x)
		row.Number, row.N = strconv.Itoa(e.Number), strconv.Itoa(e.N)
		row.By = v.t("library.by", honne.Text("name", v.person(e.By)), honne.Instant("at", e.At))
		out = append(out, row)
	}
	return out, err
}

func (v *visit) ownForm(f *fields, heard *honne.Said, d honne.Distributor) ownForm {
	text := func(name, lang string) Input { return f.input(name, "", f.v.FormValue(name)).speaks(lang) }
	form := ownForm{Category: f.pick("own-category", v.themes(f.text("own-category"))), TitleJA: text("own-title-ja", "ja"), TitleEN: text("own-title-en", "en"),
		Sentences: text("own-sentences", ""), CheckJA: text("own-check-ja", "ja"), CheckEN: text("own-check-en", "en"),
		LegitJA: text("own-legitimate-ja", "ja"), LegitEN: text("own-legitimate-en", "en"), AskJA: text("own-ask-ja", "ja"), AskEN: text("own-ask-en", "en")}
	if heard != nil {
		form.Carried, form.Heard = f.carried(), v.name(d)
		form.Sentences.Value = cmp.Or(form.Sentences.Value, strings.TrimSpace(heard.Text+"\n"+heard.English))
	}
	return form
}

// postLibrary adds a reason of the house, with what was heard where that waits
// for it, or takes one back.
func (a *app) postLibrary(w http.ResponseWriter, v *visit) error {
	if v.FormValue("do") == "withdraw" {
		return v.withdrawOwn(w)
	}
	f := v.fields()
	own := f.own()
	var heard *honne.Said
	var d honne.Distributor
	if f.text("distributor") != "" {
		said, of, err := f.said()
		if err != nil {
			return err
		}
		heard, d = &said, of
	}
	if len(f.order) > 0 {
		return v.libraryShown(w, http.StatusUnprocessableEntity, f, heard, d)
	}
	e, err := store.Enter(v.Context(), a.Store, honne.Entry[honne.OwnExcuse]{Body: own, By: v.user.ID})
	if err != nil {
		return fmt.Errorf("web: add a reason: %w", err)
	}
	if heard == nil {
		return v.redirect(w, "/claims/library?done=own-added#own")
	}
	v.stacked = nil
	return v.logSaid(w, d, withReason(*heard, honne.OwnSlug(e.Number), nil))
}

func (v *visit) withdrawOwn(w http.ResponseWriter) error {
	list, err := store.Entries[honne.OwnExcuse](v.Context(), v.app.Store, 0)
	if err != nil {
		return err
	}
	if err := takeBack(v, list); err != nil {
		return fmt.Errorf("web: take a reason back: %w", err)
	}
	return v.redirect(w, "/claims/library?done=own-withdrawn#own")
}

// shortestSentence is how many characters a sentence needs, so that the like of
// it is found and not everything.
const shortestSentence = 8

// own reads a reason of the house: sentences, check, what may be true about it
// and a question, each in one language at least.
func (f *fields) own() honne.OwnExcuse {
	both := func(name string) honne.Both {
		b := honne.Both{EN: f.text(name + "-en"), JA: f.text(name + "-ja")}
		if b.IsZero() {
			f.fail(name+"-ja", f.v.t("form.required", honne.Word("field", "form."+name+"-ja")))
		}
		return b
	}
	x := honne.OwnExcuse{Category: f.text("own-category"), Title: both("own-title")}
	for line := range strings.Lines(f.v.FormValue("own-sentences")) {
		if s := strings.TrimSpace(line); s != "" {
			x.Sentences = append(x.Sentences, s)
			if len([]rune(s)) < shortestSentence {
				f.fail("own-sentences", f.v.t("library.short", honne.Text("sentence", s)))
			}
		}
	}
	if len(x.Sentences) == 0 {
		f.fail("own-sentences", f.v.t("form.required", honne.Word("field", "form.own-sentences")))
	}
	x.Check, x.Legitimate, x.Ask = both("own-check"), both("own-legitimate"), both("own-ask")
	if !slices.Contains(honne.ExcuseCategories, x.Category) {
		f.fail("own-category", f.v.t("form.required", honne.Word("field", "form.own-category")))
	}
	return x
}
