package web

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/auth"
	"honne/internal/lang"
	"honne/internal/report"
	"honne/internal/store"
)

// papersDays is the business days that a partner gets to gather papers.
const papersDays = 10

// asks reports whether the visitor may change what is asked for.
func (x *assessed) asks() bool { return x.entry.Body.Closed == 0 && x.may(auth.Write, auth.Audits) }

func (a *app) showPapers(w http.ResponseWriter, v *visit, x *assessed) error {
	return x.papersPage(w, http.StatusOK, v.fields())
}

// missing are the lines of which nothing was heard yet, by criterion.
func (x *assessed) missing() ([]honne.Entry[honne.EvidenceRequest], error) {
	list, err := x.requests()
	list = slices.DeleteFunc(list, func(e honne.Entry[honne.EvidenceRequest]) bool { return !e.Body.Open() })
	place := func(e honne.Entry[honne.EvidenceRequest]) int {
		return slices.IndexFunc(honne.AllDimensions, func(d honne.Dimension) bool { return d.Slug == e.Body.Dimension })
	}
	slices.SortStableFunc(list, func(a, b honne.Entry[honne.EvidenceRequest]) int { return cmp.Compare(place(a), place(b)) })
	return list, err
}

// papersPage drafts the letter that asks for what is missing.
func (x *assessed) papersPage(w http.ResponseWriter, status int, f *fields) error {
	list, err := x.missing()
	if err != nil {
		return err
	}
	page := lettersPage{Frame: x.frame(x.t("papers.title")), Errors: f.list(), About: x.t("papers.about"), Nothing: x.t("papers.nothing"),
		Back: Choice{Href: x.at("/requests"), Label: x.t("papers.back")}}
	if page.Title = x.t("papers.title"); x.asks() {
		page.Mark = x.t("papers.done")
	}
	page.Crumbs = append(page.Crumbs, Choice{Href: page.Back.Href, Label: x.t("audit.requests")}, Choice{Label: x.t("papers.title")})
	if len(list) == 0 {
		return x.showLetters(w, status, x.distributor, page)
	}
	by := x.answerBy(papersDays)
	if word := x.keptIn(list); word != "" {
		page.Nothing = x.t("papers.bad.word", honne.Text("word", word))
		return x.showLetters(w, status, x.distributor, page)
	}
	page.Unfit = x.unfit(x.entry.Body.Purpose)
	numbers := make([]string, 0, len(list))
	for _, e := range list {
		page.Unfit = append(page.Unfit, x.unfit(e.Body.What)...)
		numbers = append(numbers, strconv.Itoa(e.Number))
	}
	page.Holds = []Choice{{Href: "asked", Label: strings.Join(numbers, " ")}}
	page.Day = f.input("papers-due", "date", cmp.Or(f.text("papers-due"), by.String())).must()
	for _, l := range [...]lang.Language{lang.JA, lang.EN} {
		page.Letters = append(page.Letters, x.papersLetter(l, list, by))
		page.Sheets = append(page.Sheets, Choice{Href: x.at("/requests/sheet?in=" + string(l)), Label: x.t("papers.sheet." + string(l))})
	}
	return x.showLetters(w, status, x.distributor, page)
}

// papersLetter asks for what is missing, under what it is for.
func (x *assessed) papersLetter(l lang.Language, list []honne.Entry[honne.EvidenceRequest], by honne.Date) Letter {
	c := x.app.Languages
	opens := "papers.again"
	var lines []string
	for i, e := range list {
		if e.Body.Asked == 0 {
			opens = "papers.ask"
		}
		if i == 0 || list[i-1].Body.Dimension != e.Body.Dimension {
			lines = append(lines, "", c.Text(l, "papers.for", honne.Text("purpose", x.purposeOf(l, e.Body.Dimension))))
		}
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, paper(c, l, e.Body)))
	}
	says := []string{c.Text(l, opens), c.Text(l, "papers.purpose", honne.Text("purpose", in(l, x.entry.Body.Purpose)))}
	says = append(append(says, lines...), "", c.Text(l, "papers.help"))
	return x.draft(l, x.distributor, c.Text(l, "papers.subject"), strings.Join(says, "\n"), by)
}

// purposeOf is what the papers on a dimension are for.
func (x *assessed) purposeOf(l lang.Language, dimension string) string {
	rules, _ := x.app.Playbook.Dimension(x.entry.Body.Pack, dimension)
	return in(l, rules.Purpose)
}

// keptIn is a word of the list, or of the purpose that stands above it, that is
// refused wherever a partner may read; "" where there is none.
func (x *assessed) keptIn(list []honne.Entry[honne.EvidenceRequest]) string {
	for _, l := range lang.All() {
		texts := []string{in(l, x.entry.Body.Purpose)}
		for _, e := range list {
			texts = append(texts, paper(x.app.Languages, l, e.Body))
		}
		if refused := x.app.Playbook.Refused(strings.Join(texts, "\n")); len(refused) > 0 {
			return refused[0].Text
		}
	}
	return ""
}

// paper is a line of the list as the partner reads it.
func paper(c *lang.Catalogues, l lang.Language, r honne.EvidenceRequest) string {
	text := in(l, r.What)
	if r.Format == "" {
		return text
	}
	if l == lang.EN {
		text += " "
	}
	return text + c.Text(l, "in-brackets", honne.Text("text", r.Format))
}

// in is a text in one of its languages.
func in(l lang.Language, b honne.Both) string {
	if l == lang.JA {
		return b.JA
	}
	return b.EN
}

// postPapers notes that the partner was asked for the lines of the letter. The
// first day on which one was asked for stays.
func (a *app) postPapers(w http.ResponseWriter, v *visit) error {
	x, err := v.audit()
	switch {
	case err != nil:
		return err
	case !x.asks():
		return honne.ErrNotFound
	}
	f := v.fields()
	f.required("papers-due")
	due := f.day("papers-due")
	if len(f.order) == 0 && due < honne.DateOf(v.now()) {
		f.fail("papers-due", v.t("papers.bad.due"))
	}
	if len(f.order) > 0 {
		return x.papersPage(w, http.StatusUnprocessableEntity, f)
	}
	if err := x.noteAsked(strings.Fields(f.text("asked")), due); errors.Is(err, honne.ErrConflict) {
		return v.redirect(w, x.at("/requests/ask")+"?done=entry-others")
	} else if err != nil {
		return fmt.Errorf("web: note what was asked for: %w", err)
	}
	return v.redirect(w, x.at("/requests")+"?done=papers-asked")
}

func (x *assessed) noteAsked(numbers []string, due honne.Date) error {
	list, err := x.missing()
	for _, e := range list {
		if err != nil || !slices.Contains(numbers, strconv.Itoa(e.Number)) {
			continue
		}
		e.By, e.Body.Due = x.user.ID, due
		if e.Body.Asked == 0 {
			e.Body.Asked = honne.DateOf(x.now())
		}
		_, err = store.Enter(x.Context(), x.app.Store, e)
	}
	return err
}

// sendPapers sends the list as a workbook that the partner may fill in.
func (a *app) sendPapers(w http.ResponseWriter, v *visit, x *assessed) error {
	list, err := x.missing()
	if err != nil {
		return err
	}
	l, ok := lang.Parse(v.URL.Query().Get("in"))
	if !ok || len(list) == 0 || x.keptIn(list) != "" {
		return honne.ErrNotFound
	}
	ours, err := v.ourName(x.distributor)
	if err != nil {
		return err
	}
	say := func(key string, args ...honne.Arg) string { return a.Languages.Text(l, key, args...) }
	q := report.Questionnaire{Title: say("papers.subject"), Ours: ours, Made: v.now(), Heads: [4]string{"", say("papers.sheet.paper"), say("papers.sheet.state"), say("papers.sheet.note")},
		Choices: []string{say("papers.sheet.sent"), say("papers.sheet.later"), say("papers.sheet.cannot")},
		Notes:   []string{say("papers.purpose", honne.Text("purpose", in(l, x.entry.Body.Purpose))), say("ask.by", honne.Day("day", v.answerBy(papersDays))), say("papers.help")}}
	for i, e := range list {
		q.Rows = append(q.Rows, report.Answered{Key: strconv.Itoa(i + 1), Question: paper(a.Languages, l, e.Body) + "\n" + say("papers.for", honne.Text("purpose", x.purposeOf(l, e.Body.Dimension)))})
	}
	raw, err := report.WriteQuestionnaire(q)
	if err != nil {
		return err
	}
	v.leaves("papers", string(l), "xlsx")
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", `attachment; filename="papers.xlsx"`)
	_, err = io.Copy(w, bytes.NewReader(raw))
	return err
}
