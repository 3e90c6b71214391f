package report

import (
	"encoding/json"
	"fmt"
	"io"

	"honne"
	"honne/internal/lang"
)

// documentJSON is a document of sentences; its field names are fixed.
type documentJSON struct {
	Version  int           `json:"version"`
	Edition  Edition       `json:"edition"`
	For      honne.Both    `json:"for"`
	From     string        `json:"from,omitempty"`
	Title    honne.Both    `json:"title"`
	Facts    []honne.Both  `json:"facts"`
	Message  *honne.Both   `json:"message,omitempty"`
	Sections []sectionJSON `json:"sections"`
	Sources  []sourceJSON  `json:"sources"`
}

// section is the one that runs.
func (d *documentJSON) section() *sectionJSON {
	if len(d.Sections) == 0 {
		d.Sections = append(d.Sections, sectionJSON{})
	}
	return &d.Sections[len(d.Sections)-1]
}

type sectionJSON struct {
	Title     honne.Both     `json:"title"`
	Entries   []entryJSON    `json:"entries,omitempty"`
	Questions []questionJSON `json:"questions,omitempty"`
}

type entryJSON struct {
	honne.Both
	Notes    []int `json:"notes,omitempty"`
	Internal bool  `json:"internal,omitempty"`
}

type questionJSON struct {
	honne.Both
	By       string       `json:"by"`
	Fact     entryJSON    `json:"fact"`
	Internal []honne.Both `json:"internal,omitempty"`
}

type sourceJSON struct {
	N      int         `json:"n"`
	Ranges []string    `json:"ranges,omitempty"`
	More   int         `json:"more,omitempty"`
	Text   *honne.Both `json:"text,omitempty"`
}

// JSON writes a document that stands in both languages as one object on one
// line; notes are numbers of sources.
func (d Document) JSON(w io.Writer, c *lang.Catalogues) error {
	v := voices{voice{c, lang.EN}, voice{c, lang.JA}}
	out := documentJSON{Version: 1, Edition: d.Edition, For: v.whom(d), From: d.From, Title: v.say(d.Title), Facts: v.all(d.Facts),
		Sections: []sectionJSON{}, Sources: []sourceJSON{}}
	for _, b := range d.Blocks {
		v.block(&out, b)
	}
	for i, s := range d.Sources {
		j := sourceJSON{N: i + 1, Ranges: s.Ranges, More: s.More}
		if !s.Say.IsZero() {
			text := v.say(s.Say)
			j.Text = &text
		}
		out.Sources = append(out.Sources, j)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
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

func (v voices) entry(l Line) entryJSON {
	out := entryJSON{Both: v.line(l)}
	for _, p := range l {
		out.Notes = append(out.Notes, p.Notes...)
	}
	return out
}

// block adds a block to the section that runs; a note before the first heading
// says what the document is for, and is no part of its content.
func (v voices) block(out *documentJSON, b Block) {
	switch b := b.(type) {
	case Statement:
		message := v.say(b.Say)
		out.Message = &message
	case Heading:
		out.Sections = append(out.Sections, sectionJSON{Title: v.say(b.Say)})
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
			j := questionJSON{Both: v.line(q.Line), By: q.By.String(), Fact: v.entry(q.Fact)}
			for _, l := range q.Inside {
				j.Internal = append(j.Internal, v.line(l))
			}
			s.Questions = append(s.Questions, j)
		}
	}
}
