package records

import (
	"encoding/xml"
	"slices"
	"strings"

	"honne/internal/intake/elements"
	"honne/internal/intake/grid"
)

// titler makes rows of what stands beside the records: a label and its text.
type titler struct {
	book *Book
	at   []*node
	text strings.Builder
}

func (r *titler) token(t xml.Token, _ []string) error {
	n := r.at[len(r.at)-1]
	switch t := t.(type) {
	case xml.StartElement:
		r.text.Reset()
		c := n.find(n.children, t.Name.Local)
		if r.at = append(r.at, c); len(r.at) == 2 {
			r.add(c.name, "")
		}
		for _, a := range t.Attr {
			if c.find(c.attrs, a.Name.Local) != nil && !r.book.isRecord(c) {
				r.add(a.Name.Local, a.Value)
			}
		}
	case xml.CharData:
		if r.text.Len()+len(t) <= elements.MaxToken {
			r.text.Write(t)
		}
	case xml.EndElement:
		if s := strings.TrimSpace(r.text.String()); s != "" && !r.book.isRecord(n) {
			r.add(n.name, s)
		}
		r.text.Reset()
		r.at = r.at[:len(r.at)-1]
	}
	return nil
}

// add adds a title, where there are not too many.
func (r *titler) add(label, text string) {
	b := r.book
	if len(b.titles) == maxTitles {
		return
	}
	if text != "" {
		label += "：" + text
	}
	b.titles = append(b.titles, grid.Row{N: int32(len(b.titles)) + 1, Cells: []grid.Cell{{Col: 1, Kind: grid.Text, Text: label}}})
}

// rows makes rows of the records of one sort.
type rows struct {
	of   *node
	at   []*node
	in   int // elements open within a record, itself included
	text strings.Builder
	row  grid.Row
	fn   func(*grid.Row) error
}

func (r *rows) token(t xml.Token, _ []string) error {
	switch t := t.(type) {
	case xml.StartElement:
		r.start(t)
	case xml.CharData:
		if r.in > 0 && r.text.Len()+len(t) > elements.MaxToken {
			return &Error{Code: elements.CodeTooLarge, Detail: "a text"}
		} else if r.in > 0 {
			r.text.Write(t)
		}
	case xml.EndElement:
		return r.end()
	}
	return nil
}

func (r *rows) start(e xml.StartElement) {
	n := r.at[len(r.at)-1]
	n = n.find(n.children, e.Name.Local)
	r.at = append(r.at, n)
	if n == r.of {
		r.row = grid.Row{N: r.row.N + 1, Cells: r.row.Cells[:0]}
	}
	if n == r.of || r.in > 0 {
		r.in++
		r.settle(r.at[len(r.at)-2])
		for _, a := range e.Attr {
			if f := n.find(n.attrs, a.Name.Local); f != nil {
				r.put(f.col, a.Value)
			}
		}
	}
}

func (r *rows) end() error {
	n := r.at[len(r.at)-1]
	r.at = r.at[:len(r.at)-1]
	if r.in == 0 {
		return nil
	}
	r.settle(n)
	if r.in--; r.in > 0 || len(r.row.Cells) == 0 {
		return nil
	}
	slices.SortStableFunc(r.row.Cells, func(a, b grid.Cell) int { return int(a.Col - b.Col) })
	return r.fn(&r.row)
}

// settle puts the text that was read so far where that of its sort belongs.
func (r *rows) settle(n *node) {
	r.put(n.col, r.text.String())
	r.text.Reset()
}

// put adds a cell; of a second text of one column it is part.
func (r *rows) put(col int32, s string) {
	s = strings.TrimSpace(s)
	if col == 0 || s == "" {
		return
	}
	for i := range r.row.Cells {
		if c := &r.row.Cells[i]; c.Col == col {
			c.Text += " " + s
			return
		}
	}
	r.row.Cells = append(r.row.Cells, grid.Cell{Col: col, Kind: grid.Text, Text: s})
}
