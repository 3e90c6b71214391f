package web

import (
	"net/http"

	"honne"
	"honne/internal/playbook"
)

// lessonsPage tells what is to be learnt from others, and what of it no source
// confirms. It is for our side alone.
type lessonsPage struct {
	Frame
	Groups []LessonGroup
}

// LessonGroup are the cases, or the traps.
type LessonGroup struct {
	ID, Title string
	Rows      []LessonRow
}

// LessonRow is one lesson in full.
type LessonRow struct {
	ID, Title, Asks      string
	Told, Found, Lasting string
	Sources              []string
	Checked, Touches     string
}

// CardRow is a trap or a pattern with its lesson.
type CardRow struct {
	Text   string
	Lesson Choice
}

func (a *app) showLessons(w http.ResponseWriter, v *visit) error {
	page := lessonsPage{Frame: v.frame("audits", v.t("lessons.title"))}
	page.Crumbs = []Choice{{Href: "/audits", Label: v.t("nav.audits")}, {Label: page.Title}}
	cases, traps := LessonGroup{ID: "cases", Title: v.t("lessons.cases")}, LessonGroup{ID: "traps", Title: v.t("lessons.traps")}
	for _, x := range a.Playbook.Lessons {
		if x.Trap != "" {
			traps.Rows = append(traps.Rows, v.lessonRow(x))
		} else {
			cases.Rows = append(cases.Rows, v.lessonRow(x))
		}
	}
	page.Groups = []LessonGroup{cases, traps}
	return v.show(w, http.StatusOK, "lessons", page)
}

func (v *visit) lessonRow(x playbook.Lesson) LessonRow {
	row := LessonRow{ID: x.Lesson, Title: v.both(x.Title), Told: v.both(x.Told), Found: v.both(x.Found), Lasting: v.both(x.Lasting), Sources: x.Sources,
		Checked: v.t("in-brackets", honne.Text("text", v.t("lessons.checked", honne.Day("day", x.Checked))))}
	c, _ := v.app.Playbook.Card(x)
	row.Asks = v.both(c.Text)
	for i, d := range c.Dimensions {
		if i > 0 {
			row.Touches += v.t("list.comma")
		}
		row.Touches += v.t("dimension." + d)
	}
	return row
}

// card is a trap or a pattern with the way to its lesson.
func (v *visit) card(c playbook.Card) CardRow {
	row := CardRow{Text: v.both(c.Text)}
	for _, x := range v.app.Playbook.Lessons {
		if c.ID == x.Pattern || c.ID == x.Trap {
			row.Lesson = Choice{Href: "/lessons#" + x.Lesson, Label: v.both(x.Title)}
		}
	}
	return row
}
