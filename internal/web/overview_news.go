package web

import (
	"strconv"

	"honne"
	"honne/internal/auth"
	"honne/internal/inspect"
)

// NewsPanel is what is new of a partner since a day.
type NewsPanel struct {
	Since string
	Spans []Choice
	Rows  []NewsRow
}

// NewsRow is one line of it; Level is what a sign is now.
type NewsRow struct {
	Linked
	Icon  string
	Note  []Part
	Level Tag
}

// newsSpans are how far the panel may look back, in days or months.
var newsSpans = [...]struct {
	name         string
	days, months int
}{{"week", 7, 0}, {"month", 0, 1}, {"quarter", 0, 3}}

// usualSpan is the one that nobody needs to choose.
const usualSpan = "month"

// news fills the panel: what the day of the picture knows and the chosen day before it
// did not.
func (v *visit) news(d honne.Distributor, rec *honne.Record, p honne.Picture) (NewsPanel, error) {
	chosen, since := usualSpan, honne.Date(0)
	if s := v.URL.Query().Get("since"); s == "week" || s == "quarter" {
		chosen = s
	}
	var out NewsPanel
	for _, s := range newsSpans {
		out.Spans = append(out.Spans, Choice{Href: v.here("since", s.name), Label: v.t("news.span." + s.name), Current: s.name == chosen})
		if s.name == chosen {
			since = back(p.AsOf, s.days, s.months)
		}
	}
	before, err := v.glanceAt(d, honne.AsOf{Known: since})
	if err != nil {
		return out, err
	}
	out.Since = v.t("news.since", honne.Day("day", since))
	for _, n := range inspect.News(rec, before.picture, p, since) {
		if v.may(auth.Read, newsAreas[n.Sort]) {
			out.Rows = append(out.Rows, v.newsRow(d, n))
		}
	}
	return out, nil
}

// newsAreas are what a visitor must be allowed to read for a line of each sort, and where
// it leads.
var newsAreas = map[honne.NewsSort]auth.Area{honne.NewsCame: auth.Figures, honne.NewsFigures: auth.Figures, honne.NewsSign: auth.Signals,
	honne.NewsPromises: auth.Reviews, honne.NewsReasons: auth.Signals}

var newsIcons = map[honne.NewsSort]string{honne.NewsCame: "file", honne.NewsFigures: "portfolio", honne.NewsSign: "today",
	honne.NewsPromises: "check", honne.NewsReasons: "claims"}

// back is a day some days and months before; a day that its month has not is its last.
func back(day honne.Date, days, months int) honne.Date {
	_, _, n := day.Civil()
	m := day.Month() - honne.Month(months)
	return min(m.First()+honne.Date(n-1), m.Last()) - honne.Date(days)
}

func (v *visit) newsRow(d honne.Distributor, n honne.News) NewsRow {
	row := NewsRow{Linked: Linked{Text: v.say(n.What)}, Icon: newsIcons[n.Sort]}
	switch n.Sort {
	case honne.NewsCame:
		if row.Href = "/intake"; n.File != 0 {
			row.Href += "/" + strconv.FormatInt(int64(n.File), 10)
		}
	case honne.NewsFigures:
		row.Href = v.selectionLink(d, honne.Selection{Series: n.Series, Period: n.Month.Period(), Amount: true})
	case honne.NewsSign:
		row.Href, row.Level = v.link(signLink(d, n.Sign.Slug)), v.band(n.Level)
	case honne.NewsPromises:
		row.Href = base(d) + "/agreements"
	case honne.NewsReasons:
		row.Href = base(d) + "/claims"
	}
	figures := map[string]string{}
	for _, a := range n.Note.Args {
		if a.Kind == honne.ArgMoney || a.Kind == honne.ArgCount {
			figures[a.Name] = row.Href
		}
	}
	row.Note = v.linked(n.Note, figures)
	return row
}
