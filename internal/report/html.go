package report

import (
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"strings"

	"honne"
	"honne/internal/chart"
	"honne/internal/japan"
	"honne/internal/lang"
)

//go:embed document.html
var page string

//go:embed document.css
var style string

// HTML writes the document as one file that needs no other: styles and chart
// are inside, there is no script, it prints on A4 and follows the reader's
// theme. All text is escaped; the elements are closed as in XML.
func (d Document) HTML(w io.Writer, c *lang.Catalogues, l lang.Language) error {
	if d.Beside {
		return d.besideHTML(w, c, l)
	}
	t, err := voice{c, l}.template()
	if err != nil {
		return err
	}
	if err := t.Execute(w, d); err != nil {
		return fmt.Errorf("report: write HTML: %w", err)
	}
	return nil
}

// template parses the pages, to be said by the voice.
func (v voice) template() (*template.Template, error) {
	t, err := template.New("page").Funcs(v.functions()).Parse(page)
	if err == nil {
		_, err = t.New("parts").Parse(besidePage)
	}
	if err != nil {
		return nil, fmt.Errorf("report: parse page: %w", err)
	}
	return t, nil
}

func (v voice) functions() template.FuncMap {
	return template.FuncMap{
		"lang":        func() lang.Language { return v.lang },
		"style":       func() template.CSS { return template.CSS(style) },
		"say":         func(m honne.Message) string { return inert(v.say(m)) },
		"inert":       inert,
		"t":           func(key string) string { return v.text(key) },
		"more":        func(n int) string { return v.text("report.more", honne.Count("n", n)) },
		"figure":      v.figure,
		"head":        v.head,
		"name":        func(n Name) []string { return named(n, v.lang) },
		"space":       func() string { return v.between("report.between.words") },
		"colon":       func() string { return v.between("report.between.lead") },
		"comma":       func() string { return v.text("list.comma") },
		"level":       v.tag,
		"kind":        kind,
		"class":       class,
		"tongue":      v.tongue,
		"chart":       v.chart,
		"chartName":   func(b Block) string { return v.drawn(b).Title },
		"marks":       v.marksOf,
		"next":        func(i int) int { return i + 1 },
		"under":       func(r Row) underRow { return underRow{len(r.Cells), r.Under} },
		"either":      v.either,
		"unbroken":    unbroken,
		"whom":        v.whom,
		"both":        func(string, any) (template.HTML, error) { return "", errors.ErrUnsupported }, // of pages in both languages
		"besideStyle": func() template.CSS { return template.CSS(style + besideStyle) },
		"cellOf":      func(t Table, i int, c Cell) setCell { return setCell{t.Columns[i].Right, i == 0, c} },
	}
}

// liveSigns begin a formula where a page is opened as a sheet, the full-width
// ones in Japanese programs (OWASP ASVS 5.0, 1.2.10).
const liveSigns = "=+-@＝＋－＠"

// inert keeps a text from becoming a formula: a sign of no width before it
// changes nothing for a reader.
func inert(s string) string {
	if strings.IndexAny(strings.TrimSpace(s), liveSigns) == 0 {
		return "\u200B" + s
	}
	return s
}

func named(n Name, l lang.Language) []string {
	first, second := n.In(l)
	if second == "" {
		return []string{first}
	}
	return []string{first, second}
}

// day is a date as a sentence writes it: 22 Nov 2026, 2026年11月22日（日）.
var day = regexp.MustCompile(`\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: \d{4})?|(?:\d{4}年)?\d{1,2}月\d{1,2}日（.）`)

// unbroken keeps each date of a text on one line.
func unbroken(s string) template.HTML {
	return template.HTML(day.ReplaceAllString(template.HTMLEscapeString(s), `<span class="day">$0</span>`))
}

// underRow is what stands below a row, across its cells.
type underRow struct {
	Span  int
	Under []Under
}

// setCell is a cell with its place in the row.
type setCell struct {
	Right, First bool
	Cell         Cell
}

// levelTag is a level as it is shown: its shape, its tint and its word.
type levelTag struct{ Shape, Class, Word string }

func (v voice) tag(b honne.Band) levelTag {
	_, word := v.level(b)
	classes := map[honne.Band]string{honne.High: "neg", honne.Watch: "warn"}
	return levelTag{string(b), classes[b], word}
}

// kind names a block for the template.
func kind(b Block) string {
	switch b.(type) {
	case Heading:
		return "heading"
	case Statement:
		return "statement"
	case Strip:
		return "strip"
	case Table:
		return "table"
	case List:
		return "list"
	case Asks:
		return "asks"
	case Months, Scale:
		return "chart"
	case Note:
		return "note"
	case Fold:
		return "fold"
	}
	return ""
}

func class(t Tone) string { return [...]string{"neg", "", "pos"}[t+1] }

// tongue is the language of a text where it is not the page's own, "" where it
// is.
func (v voice) tongue(text string) string {
	switch {
	case v.lang == lang.EN && japan.IsJapanese(text):
		return string(lang.JA)
	case v.lang == lang.JA && !japan.IsJapanese(text):
		return string(lang.EN)
	}
	return ""
}

// chart draws months or a scale; the table that follows says the same.
func (v voice) chart(b Block) template.HTML { return v.drawn(b).SVG() }

func (v voice) drawn(b Block) chart.Drawing {
	d := chart.Drawing{}
	switch b := b.(type) {
	case Months:
		d = v.columnsOf(b).Draw()
	case Scale:
		d = v.scaleOf(b).Draw()
	}
	for i := range d.Marks {
		d.Marks[i].Words = v.signed(d.Marks[i].Words)
	}
	return d
}

// marksOf says what the marks of a chart are, where its own words do not.
func (v voice) marksOf(b Block) string {
	if _, months := b.(Months); months {
		return v.text("report.chart.marks")
	}
	return ""
}

// scaleOf is the chart of a scale, said.
func (v voice) scaleOf(s Scale) chart.Scale {
	c := chart.Scale{ID: s.ID, Title: v.say(s.Title), Desc: v.say(s.Desc), Highest: 4}
	value := func(f *float64) chart.Value {
		if f == nil {
			return chart.Value{}
		}
		return chart.Value{F: *f, Known: true}
	}
	for _, r := range s.Rows {
		row := chart.ScaleRow{Label: v.say(r.Name), Bar: value(r.Bar), Ring: value(r.Said), Dot: value(r.Meant), Across: value(r.Shown), Wide: r.Wide}
		switch {
		case r.Bar != nil:
			row.Note = v.lang.Fixed(*r.Bar, 1)
		case r.Gap != nil:
			row.Note = v.lang.Signed(*r.Gap, 1)
		}
		c.Rows = append(c.Rows, row)
	}
	return c
}

// columnsOf is the chart of the months, said.
func (v voice) columnsOf(m Months) chart.Columns {
	title := honne.Say(m.Title.ID, honne.Text("unit", v.lang.Unit(m.Unit.Currency, m.Unit.Scale)))
	c := chart.Columns{ID: "months", Title: v.say(title), Desc: v.say(m.Desc), Measure: v.text("chart.sales"),
		Delta: v.text("report.chart.delta"), Actual: v.text("report.col.actual"), Forecast: v.text("report.col.forecast")}
	for _, view := range m.Views {
		c.Months = append(c.Months, v.month(view, m.Unit))
	}
	return c
}

func (v voice) month(m honne.MonthView, u MoneyUnit) chart.Column {
	c := chart.Column{Label: v.lang.MonthName(m.Month), Revised: m.Revised, Missing: m.Missing, Gap: v.text("not-received"),
		Actual: v.value(m.Actual, u), Plan: v.value(m.Plan, u), Forecast: v.value(m.Forecast, u), Prior: v.value(m.Prior, u)}
	if f := shown(m); f.Known && m.Plan.Known {
		c.Variance = v.value(honne.Known(f.N-m.Plan.N), u)
		c.Variance.Label = v.lang.Signed(c.Variance.F, 0)
	}
	return c
}

func (v voice) value(f honne.Figure, u MoneyUnit) chart.Value {
	m := honne.Money{Minor: f.N, Currency: u.Currency}
	return chart.Value{F: u.Scale.In(m), Known: f.Known, Label: v.lang.Scaled(m, u.Scale)}
}
