package records

import (
	"encoding/xml"
	"strings"

	"honne/internal/intake/elements"
	"honne/internal/intake/grid"
)

// node is a sort of element: all of one name within those of another.
type node struct {
	name     string
	parent   *node
	children []*node
	attrs    []*node // its attributes, as fields
	most     int     // how many of them stand in one element at most
	text     bool    // one of them holds a text
	col      int32   // of its text in the rows of a record, 0 for none
}

// child is a sort of element within another, nil where there are too many.
func (b *Book) child(n *node, name string, attr bool) *node {
	list := &n.children
	if attr {
		list = &n.attrs
	}
	for _, c := range *list {
		if c.name == name {
			return c
		}
	}
	if b.nodes == maxNodes {
		return nil
	}
	b.nodes++
	c := &node{name: strings.Clone(name), parent: n}
	*list = append(*list, c)
	return c
}

// find is a sort of element that is known.
func (n *node) find(list []*node, name string) *node {
	for _, c := range list {
		if c.name == name {
			return c
		}
	}
	return nil
}

// fields counts the texts that an element of the sort holds, in it and within it.
func (n *node) fields() int {
	count := len(n.attrs)
	for _, c := range n.children {
		if count += c.fields(); c.text {
			count++
		}
	}
	return count
}

// single is the innermost first element that holds three texts or more by itself.
func (n *node) single() *node {
	own := len(n.attrs)
	for _, c := range n.children {
		if one := c.single(); one != nil {
			return one
		}
		if c.text {
			own++
		}
	}
	if own > 2 && n.parent != nil {
		return n
	}
	return nil
}

// nests reports whether a sort of element is repeated within one record.
func (n *node) nests() bool {
	for _, c := range n.children {
		if c.most > 1 || c.nests() {
			return true
		}
	}
	return false
}

// column gives the texts of a record their columns, behind the last.
func (n *node) column(last int32) int32 {
	for _, a := range n.attrs {
		last++
		a.col = last
	}
	if n.text {
		last++
		n.col = last
	}
	for _, c := range n.children {
		last = c.column(last)
	}
	return last
}

// header appends the names of the columns: those of elements within each other together.
func (n *node) header(cells []grid.Cell, above string) []grid.Cell {
	add := func(col int32, name string) {
		cells = append(cells, grid.Cell{Col: col, Kind: grid.Text, Text: name})
	}
	for _, a := range n.attrs {
		add(a.col, above+a.name)
	}
	if n.col > 0 {
		name := above
		if name == "" {
			name = n.name
		}
		add(n.col, name)
	}
	for _, c := range n.children {
		cells = c.header(cells, above+c.name)
	}
	return cells
}

// learner finds the sorts of elements.
type learner struct {
	book   *Book
	open   []*node
	counts []map[*node]int // of those within each open element
}

func (l *learner) token(t xml.Token, _ []string) error {
	switch t := t.(type) {
	case xml.StartElement:
		return l.start(t)
	case xml.CharData:
		if n := l.open[len(l.open)-1]; !n.text && n.parent != nil {
			n.text = strings.TrimSpace(string(t)) != ""
		}
	case xml.EndElement:
		if len(l.open) > 1 {
			l.open, l.counts = l.open[:len(l.open)-1], l.counts[:len(l.counts)-1]
		}
	}
	return nil
}

func (l *learner) start(e xml.StartElement) error {
	n := l.book.child(l.open[len(l.open)-1], e.Name.Local, false)
	for _, a := range e.Attr {
		if n != nil && a.Name.Space != "xmlns" && a.Name.Local != "xmlns" && a.Name.Space != "xsi" && l.book.child(n, a.Name.Local, true) == nil {
			n = nil
		}
	}
	if n == nil {
		return &Error{Code: elements.CodeTooLarge, Detail: "sorts of elements"}
	}
	counts := l.counts[len(l.counts)-1]
	counts[n]++
	n.most = max(n.most, counts[n])
	l.open, l.counts = append(l.open, n), append(l.counts, map[*node]int{})
	return nil
}

// isRecord reports whether the elements of a sort are records, or stand in one.
func (b *Book) isRecord(n *node) bool {
	for ; n != nil; n = n.parent {
		for _, r := range b.records {
			if n == r {
				return true
			}
		}
	}
	return false
}
