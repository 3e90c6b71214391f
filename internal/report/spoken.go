package report

import (
	"encoding/json"
	"fmt"
	"io"

	"honne"
	"honne/internal/lang"
)

// Spoken is a document of sentences, said in both languages: what a page shows
// and what JSON holds. Its field names are fixed.
type Spoken struct {
	Version  int             `json:"version"`
	Edition  Edition         `json:"edition"`
	For      honne.Both      `json:"for"`
	From     string          `json:"from,omitempty"`
	Title    honne.Both      `json:"title"`
	Facts    []honne.Both    `json:"facts"`
	Message  *honne.Both     `json:"message,omitempty"`
	Sections []SpokenSection `json:"sections"`
	Sources  []SpokenSource  `json:"sources"`
	Foot     []honne.Both    `json:"foot"`
}

// section is the one that runs.
func (d *Spoken) section() *SpokenSection {
	if len(d.Sections) == 0 {
		d.Sections = append(d.Sections, SpokenSection{})
	}
	return &d.Sections[len(d.Sections)-1]
}

// SpokenSection is a heading with what stands under it.
type SpokenSection struct {
	Title     honne.Both       `json:"title"`
	Entries   []SpokenEntry    `json:"entries,omitempty"`
	Tables    []SpokenTable    `json:"tables,omitempty"`
	Questions []SpokenQuestion `json:"questions,omitempty"`
}

// SpokenEntry is a line; its notes are numbers of sources.
type SpokenEntry struct {
	honne.Both
	Notes    []int         `json:"notes,omitempty"`
	Under    []SpokenEntry `json:"under,omitempty"`
	Internal bool          `json:"internal,omitempty"`
}

// SpokenTable is a table as it is read: a cell a column.
type SpokenTable struct {
	Title   honne.Both   `json:"title"`
	Columns []honne.Both `json:"columns"`
	Rows    []SpokenRow  `json:"rows"`
}

// SpokenRow is a row, and what stands under it.
type SpokenRow struct {
	Cells []SpokenEntry `json:"cells"`
	Under []SpokenEntry `json:"under,omitempty"`
}

// SpokenQuestion is a question with the day to answer by and its fact.
type SpokenQuestion struct {
	honne.Both
	By       string       `json:"by"`
	Fact     SpokenEntry  `json:"fact"`
	Internal []honne.Both `json:"internal,omitempty"`
}

// SpokenSource is a numbered note: ranges, or words where there is no address.
type SpokenSource struct {
	N      int         `json:"n"`
	Ranges []string    `json:"ranges,omitempty"`
	More   int         `json:"more,omitempty"`
	Text   *honne.Both `json:"text,omitempty"`
}

// Spoken says a document that stands in both languages.
func (d Document) Spoken(c *lang.Catalogues) Spoken {
	v := voices{voice{c, lang.EN}, voice{c, lang.JA}}
	out := Spoken{Version: 1, Edition: d.Edition, For: v.whom(d), From: d.From, Title: v.say(d.Title), Facts: v.all(d.Facts),
		Sections: []SpokenSection{}, Sources: []SpokenSource{}, Foot: v.all(d.Foot)}
	for _, b := range d.Blocks {
		v.block(&out, b)
	}
	for i, s := range d.Sources {
		said := SpokenSource{N: i + 1, Ranges: s.Ranges, More: s.More}
		if !s.Say.IsZero() {
			text := v.say(s.Say)
			said.Text = &text
		}
		out.Sources = append(out.Sources, said)
	}
	return out
}

// JSON writes a document that stands in both languages as one object on one
// line.
func (d Document) JSON(w io.Writer, c *lang.Catalogues) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(d.Spoken(c)); err != nil {
		return fmt.Errorf("report: write JSON: %w", err)
	}
	return nil
}

// voices says a document in both languages.
type voices struct{ en, ja voice }

func (v voices) say(m honne.Message) honne.Both { return honne.Both{EN: v.en.say(m), JA: v.ja.say(m)} }

func (v voices) line(l Line) honne.Both { return honne.Both{EN: v.en.line(l), JA: v.ja.line(l)} }

func (v voices) whom(d Document) honne.Both { return honne.Both{EN: v.en.whom(d), JA: v.ja.whom(d)} }

func (v voices) all(list []honne.Message) []honne.Both {
	out := make([]honne.Both, len(list))
	for i, m := range list {
		out[i] = v.say(m)
	}
	return out
}

func (v voices) entry(l Line) SpokenEntry {
	out := SpokenEntry{Both: v.line(l)}
	for _, p := range l {
		out.Notes = append(out.Notes, p.Notes...)
	}
	return out
}

// under is what stands below an entry or a row, each with its lead.
func (v voices) under(list []Under) (out []SpokenEntry) {
	for _, u := range list {
		var said SpokenEntry
		for i, item := range u.Items {
			next := v.entry(item)
			if i > 0 {
				said.EN, said.JA = said.EN+v.en.text("list.comma"), said.JA+v.ja.text("list.comma")
			}
			said.EN, said.JA, said.Notes = said.EN+next.EN, said.JA+next.JA, append(said.Notes, next.Notes...)
		}
		if !u.Lead.IsZero() {
			lead := v.say(u.Lead)
			said.EN = lead.EN + v.en.between("report.between.lead") + said.EN
			said.JA = lead.JA + v.ja.between("report.between.lead") + said.JA
		}
		out = append(out, said)
	}
	return out
}

func (v voices) table(t Table) SpokenTable {
	out := SpokenTable{Title: v.say(t.Caption), Rows: []SpokenRow{}}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, honne.Both{EN: v.en.head(c), JA: v.ja.head(c)})
	}
	for _, r := range t.Rows {
		row := SpokenRow{Under: v.under(r.Under)}
		for _, c := range r.Cells {
			said := v.entry(c.Line)
			if c.Level != "" {
				_, en := v.en.level(c.Level)
				_, ja := v.ja.level(c.Level)
				said.Both = honne.Both{EN: en, JA: ja}
			}
			row.Cells = append(row.Cells, said)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// block adds a block to the section that runs; the statement is the message, and
// so is a note before the first heading.
func (v voices) block(out *Spoken, b Block) {
	switch b := b.(type) {
	case Statement:
		message := v.say(b.Say)
		out.Message = &message
	case Note:
		if len(out.Sections) == 0 && out.Message == nil {
			message := v.line(b.Line)
			out.Message = &message
			return
		}
		s := out.section()
		s.Entries = append(s.Entries, v.entry(b.Line))
	case Table:
		s := out.section()
		s.Tables = append(s.Tables, v.table(b))
	case Heading:
		out.Sections = append(out.Sections, SpokenSection{Title: v.say(b.Say)})
	case List:
		s := out.section()
		for _, e := range b.Entries {
			j := v.entry(e.Line)
			j.Internal, j.Under = e.Inside, v.under(e.Under)
			s.Entries = append(s.Entries, j)
		}
	case Asks:
		s := out.section()
		for _, q := range b.List {
			s.Questions = append(s.Questions, v.question(q))
		}
	}
}

func (v voices) question(q Ask) SpokenQuestion {
	out := SpokenQuestion{Both: v.line(q.Line), By: q.By.String(), Fact: v.entry(q.Fact)}
	for _, l := range q.Inside {
		out.Internal = append(out.Internal, v.line(l))
	}
	return out
}
