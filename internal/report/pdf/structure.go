package pdf

import (
	"fmt"
	"strings"
)

// Elem is an element of the structure: a paragraph, a table, one of its cells.
// What is drawn for an element is read in the order of the tree.
type Elem struct {
	tag, attributes string
	kids            []kid
	ref             ref
}

// kid is an element below another, or a piece of a page.
type kid struct {
	elem *Elem
	page *Page
	mark int
}

// Add adds an element at the end of another: H1, H2, P, L, LI, LBody, Table, TR,
// TD, Div, Figure.
func (e *Elem) Add(tag string) *Elem {
	below := &Elem{tag: tag}
	e.kids = append(e.kids, kid{elem: below})
	return below
}

// AddHead adds a head cell of a table, of its column or of its row.
func (e *Elem) AddHead(column bool) *Elem {
	below := e.Add("TH")
	below.attributes = "/A<</O/Table/Scope/Row>>"
	if column {
		below.attributes = "/A<</O/Table/Scope/Column>>"
	}
	return below
}

// AddFigure adds a figure with the words that say what it shows.
func (e *Elem) AddFigure(alt string) *Elem {
	below := e.Add("Figure")
	below.attributes = "/Alt" + text(alt)
	return below
}

// Span makes a cell of a table reach over several columns.
func (e *Elem) Span(columns int) *Elem {
	e.attributes = fmt.Sprintf("/A<</O/Table/ColSpan %d>>", columns)
	return e
}

// Speak says that an element is in another language than the file.
func (e *Elem) Speak(language string) *Elem {
	e.attributes += "/Lang" + text(language)
	return e
}

// structure writes the tree, and for each page the elements of its marks.
func (w *writer) structure(root *Elem, pages []*Page) ref {
	w.number(root)
	var b strings.Builder
	top := w.next()
	w.element(root, top)
	for i, p := range pages {
		refs := make([]string, len(p.marked))
		for k, e := range p.marked {
			refs[k] = e.ref.String()
		}
		list := w.next()
		w.object(list, "["+strings.Join(refs, " ")+"]")
		fmt.Fprintf(&b, "%d %s ", i, list)
	}
	w.object(top, fmt.Sprintf("<</Type/StructTreeRoot/K %s/ParentTree<</Nums[%s]>>>>", root.ref, b.String()))
	return top
}

func (w *writer) number(e *Elem) {
	e.ref = w.next()
	for _, k := range e.kids {
		if k.elem != nil {
			w.number(k.elem)
		}
	}
}

func (w *writer) element(e *Elem, parent ref) {
	kids := make([]string, len(e.kids))
	for i, k := range e.kids {
		if k.elem != nil {
			kids[i] = k.elem.ref.String()
			w.element(k.elem, e.ref)
			continue
		}
		kids[i] = fmt.Sprintf("<</Type/MCR/Pg %s/MCID %d>>", k.page.ref, k.mark)
	}
	w.object(e.ref, fmt.Sprintf("<</S/%s/P %s%s/K[%s]>>", e.tag, parent, e.attributes, strings.Join(kids, " ")))
}
