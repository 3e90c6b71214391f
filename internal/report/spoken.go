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
	Questions []SpokenQuestion `json:"questions,omitempty"`
}

// SpokenEntry is a line; its notes are numbers of sources.
type SpokenEntry struct {
	honne.Both
	Notes    []int `json:"notes,omitempty"`
	Internal bool  `json:"internal,omitempty"`
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

// block adds a block to the section that runs; the statement, or the note before
// the first heading, is the message.
func (v voices) block(out *Spoken, b Block) {
	switch b := b.(type) {
	case Statement:
		message := v.say(b.Say)
		out.Message = &message
	case Note:
		message := v.line(b.Line)
		out.Message = &message
	case Heading:
		out.Sections = append(out.Sections, SpokenSection{Title: v.say(b.Say)})
	case List:
		s := out.section()
		for _, e := range b.Entries {
			j := v.entry(e.Line)
			j.Internal = e.Inside
			s.Entries = append(s.Entries, j)
		}
	case Asks:
		s := out.section()
		for _, q := range b.List {
			j := SpokenQuestion{Both: v.line(q.Line), By: q.By.String(), Fact: v.entry(q.Fact)}
			for _, l := range q.Inside {
				j.Internal = append(j.Internal, v.line(l))
			}
			s.Questions = append(s.Questions, j)
		}
	}
}
