package web

import (
	"fmt"
	"net/http"
	"net/url"

	"honne"
	"honne/internal/auth"
	"honne/internal/lang"
)

// DueRow is a report that has not come, with a reminder to draft.
type DueRow struct {
	Partner, PartnerHref string
	What, When           string
	Late                 bool
	Href                 string
}

func remindLink(d honne.Distributor, w honne.Due) string {
	q := url.Values{"series": {string(w.Series)}, "period": {w.Period.String()}}
	return base(d) + "/remind?" + q.Encode()
}

// askFor leads to the reminder of a month of sales that has not come; "" where none is
// waited for today, or for who may not write one.
func (v *visit) askFor(d honne.Distributor, p honne.Picture, m honne.Month) string {
	if !v.may(auth.Write, auth.Figures) || v.URL.Query().Get("asof") != "" {
		return ""
	}
	for _, w := range p.Waiting {
		if w.Series == honne.Sales && w.Period == m.Period() {
			return remindLink(d, w)
		}
	}
	return ""
}

// dueRows are the reports that a partner has not sent.
func (v *visit) dueRows(d honne.Distributor, p honne.Picture) []DueRow {
	var out []DueRow
	for _, w := range p.Waiting {
		row := DueRow{Partner: v.name(d), PartnerHref: base(d), Href: remindLink(d, w), Late: w.Late > 0,
			What: v.t("due.what", honne.Word("series", "series."+string(w.Series)), honne.Over("period", w.Period))}
		switch {
		case w.Due == 0:
			row.When = v.t("due.open")
		case w.Late > 0:
			row.When = v.t("due.late", honne.Day("day", w.Due), honne.Count("n", w.Late))
		default:
			row.When = v.t("due.coming", honne.Day("day", w.Due))
		}
		out = append(out, row)
	}
	return out
}

// showRemind drafts a reminder of a report that the partner owes; one that came
// or is not owed has none.
func (a *app) showRemind(w http.ResponseWriter, v *visit, d honne.Distributor) error {
	p, err := v.picture(d)
	if err != nil {
		return err
	}
	for _, due := range p.Waiting {
		if string(due.Series) != v.URL.Query().Get("series") || due.Period.String() != v.URL.Query().Get("period") {
			continue
		}
		page := lettersPage{Frame: v.frame("intake", v.t("intake.remind")), About: v.t("remind.about"), Back: Choice{Href: "/intake", Label: v.t("remind.back")}}
		page.Sample = d.Sample
		page.Crumbs = []Choice{{Href: "/intake", Label: v.t("nav.intake")}, {Href: base(d), Label: v.name(d)}, {Label: page.Title}}
		for _, l := range [...]lang.Language{lang.JA, lang.EN} {
			page.Letters = append(page.Letters, v.reminder(l, d, due))
		}
		return v.showLetters(w, http.StatusOK, d, page)
	}
	return fmt.Errorf("web: no such report is waited for: %w", honne.ErrNotFound)
}

func (v *visit) reminder(l lang.Language, d honne.Distributor, due honne.Due) Letter {
	what := []honne.Arg{honne.Word("series", "shared."+string(due.Series)), honne.Over("period", due.Period), honne.Day("day", due.Due)}
	says := "remind.open"
	switch {
	case due.Late > 0:
		says = "remind.late"
	case due.Due != 0:
		says = "remind.coming"
	}
	c := v.app.Languages
	return v.draft(l, d, c.Text(l, "remind.subject", what[:2]...), c.Text(l, says, what...)+"\n"+c.Text(l, "remind.help"), v.answerBy(answerDays))
}
