package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/japan"
	"honne/internal/lang"
)

// lettersPage shows drafts to the partner. A person reads them over and sends
// them; nothing is sent from here.
type lettersPage struct {
	Frame
	Errors         []Problem
	About, Nothing string
	Unfit          []UnfitRow // words of the drafts that a partner should not read
	Back           Choice
	Letters        []Letter
	Mark           string   // the button that notes that the partner was asked; "" where that cannot be
	Holds          []Choice // what the note holds unseen: name and value
	Day            Input    // by when an answer is asked for, where that is noted
	Sheets         []Choice // the same as a workbook
}

// Letter is a draft in one language.
type Letter struct {
	Lang, Title   string
	Subject, Text string
}

// answerDays is the business days that a letter asks to be answered within.
const answerDays = 5

func (a *app) showAsk(w http.ResponseWriter, v *visit, x *review) error {
	page := lettersPage{Frame: x.frame("intake", x.t("ask.title")), About: x.t("ask.about"), Nothing: x.t("ask.nothing"),
		Holds: []Choice{{Href: "decided", Label: strconv.Itoa(x.decided.N)}}, Back: Choice{Href: x.at("check"), Label: x.t("ask.back")}}
	page.Sample = x.distributor.Sample
	if x.waits() {
		page.Mark = x.t("ask.done")
	}
	page.Crumbs = []Choice{{Href: "/intake", Label: x.t("nav.intake")}, {Href: page.Back.Href, Label: x.file.Path}, {Label: x.t("ask.title")}}
	_, after, err := x.records()
	if err != nil {
		return err
	}
	for _, l := range [...]lang.Language{lang.JA, lang.EN} {
		if questions := x.questions(l, &after); len(questions) > 0 {
			page.Letters = append(page.Letters, x.letter(l, questions))
		}
	}
	return v.showLetters(w, http.StatusOK, x.distributor, page)
}

// questions quotes what is open in the file, and the figures that it changes
// without a reason.
func (x *review) questions(l lang.Language, after *honne.Record) []string {
	c := x.app.Languages
	var out []string
	for _, p := range x.reading.Problems {
		if p.Severity == honne.SevNote || len(out) >= 10 || slices.Contains(elsewhere, p.What.ID) { // whose it is, our records tell
			continue
		}
		key := "ask." + p.What.ID
		if !c.Has(l, key) {
			key = "ask.cell"
		}
		out = append(out, c.Text(l, key, append([]honne.Arg{honne.Text("at", cmp.Or(p.At.String(), x.file.Path)), honne.Text("raw", p.Raw)}, p.What.Args...)...))
	}
	own := map[honne.SubmissionID]bool{}
	for _, d := range after.Deliveries {
		own[d.Submission] = d.File == x.file.ID
	}
	asked := map[honne.Period]bool{}
	for _, ch := range after.Changes {
		if !own[ch.New] || ch.Old == 0 || ch.Reason != honne.ReasonUnexplained || asked[ch.Period] || len(out) >= 10 {
			continue
		}
		asked[ch.Period] = true
		out = append(out, c.Text(l, "ask.change", honne.Over("period", ch.Period), honne.Word("series", "series."+string(ch.Series))))
	}
	return out
}

// letter is the whole draft, with the day by which an answer is asked for.
func (x *review) letter(l lang.Language, questions []string) Letter {
	c := x.app.Languages
	lines := make([]string, 0, len(questions))
	for i, q := range questions {
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, q))
	}
	return x.draft(l, x.distributor, c.Text(l, "ask.subject", honne.Text("file", x.file.Path)),
		c.Text(l, "ask.thanks", honne.Text("file", x.file.Path))+"\n\n"+strings.Join(lines, "\n"), x.answerBy(answerDays))
}

// answerBy is the day that many business days from now.
func (v *visit) answerBy(days int) honne.Date {
	return japan.National().AddBusinessDays(honne.DateOf(v.now()), days)
}

// showLetters signs the drafts with our name, where anybody gave one.
func (v *visit) showLetters(w http.ResponseWriter, status int, d honne.Distributor, page lettersPage) error {
	ours, err := v.ourName(d)
	if err != nil {
		return err
	}
	for i := range page.Letters {
		page.Letters[i].Text += ours
	}
	return v.show(w, status, "letters", page)
}

// draft frames what is to be said as a letter to the partner, who is asked to
// answer by a day.
func (v *visit) draft(l lang.Language, d honne.Distributor, subject, says string, by honne.Date) Letter {
	c := v.app.Languages
	to := cmp.Or(d.Profile.NameJA, d.Profile.Name)
	if l == lang.EN {
		to = cmp.Or(d.Profile.Name, d.Profile.NameJA)
	}
	return Letter{Lang: string(l), Title: c.Text(v.lang, "ask.in."+string(l)), Subject: subject,
		Text: strings.Join([]string{c.Text(l, "ask.to", honne.Text("name", to)), "", c.Text(l, "ask.hello"), says, "",
			c.Text(l, "ask.by", honne.Day("day", by)), c.Text(l, "ask.close"), "", ""}, "\n")}
}

// postAsk notes that the partner was asked.
func (a *app) postAsk(w http.ResponseWriter, v *visit, x *review) error {
	said := x.decided.Said
	said.Asked = honne.DateOf(x.now())
	return x.decide(w, said)
}
