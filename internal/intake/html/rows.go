package html

import (
	"bytes"
	"strconv"

	"golang.org/x/net/html"

	"honne"
	"honne/internal/intake/grid"
)

const (
	maxRow     = 1 << 20
	maxCol     = 1 << 12
	maxSpan    = 1000 // columns, as browsers have it
	maxMerges  = 1 << 20
	maxText    = 1 << 20 // bytes of one cell
	maxRowText = 16 << 20
)

// rows reads the rows of a table.
type rows struct {
	book  *Book
	table *table
	fn    func(*grid.Row) error
	z     *html.Tokenizer

	depth  int // of tables; 1 within this one
	inRow  bool
	inCell bool
	mute   string // the element of which the text is not shown
	row    grid.Row
	raw    []rawCell // of row.Cells
	text   []byte    // of all cells of the row
	gap    byte      // what stands before the next text: a space, a line's end, 0 for nothing
	cell   rawCell
	col    int32 // the next column
	n      int32 // number of the row
	busy   []int32
	hidden []bool // by column
	merges []honne.Range
	group  int // the first merge of the group of rows
}

// rawCell is a cell while it is read.
type rawCell struct {
	at       grid.Cell
	from, to int
	kind     cellType
	value    string // beside the text
}

func (r *rows) run() error {
	for {
		kind := r.z.Next()
		var err error
		switch kind {
		case html.ErrorToken:
			if err := stopped(r.z.Err(), r.table.name); err != nil {
				return err
			}
			return r.endGroup()
		case html.TextToken:
			if r.depth == 1 && r.inCell && r.mute == "" {
				err = r.write(r.z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			err = r.start()
		case html.EndTagToken:
			err = r.end()
		}
		if err != nil {
			return err
		}
	}
}

// start handles a start tag.
func (r *rows) start() error {
	name, more := r.z.TagName()
	if string(name) == "table" {
		r.depth++
	}
	if r.depth != 1 {
		return nil
	}
	switch string(name) {
	case "tr":
		return r.beginRow(more)
	case "td", "th":
		return r.beginCell(more)
	case "thead", "tbody", "tfoot":
		return r.endGroup()
	case "col":
		r.column(more)
	case "br":
		r.gap = 0
		if r.inCell && r.mute == "" {
			r.text = append(r.text, '\n')
		}
	case "script", "style", "iframe", "noembed", "noframes", "title", "rt", "rp":
		r.mute = string(name)
	default:
		r.block(name)
	}
	return nil
}

// end handles an end tag.
func (r *rows) end() error {
	name, _ := r.z.TagName()
	if string(name) == "table" {
		r.depth--
	}
	if r.depth != 1 {
		return nil
	}
	if string(name) == r.mute {
		r.mute = ""
	}
	switch string(name) {
	case "tr":
		return r.endRow()
	case "td", "th":
		r.endCell()
	case "thead", "tbody", "tfoot":
		return r.endGroup()
	default:
		r.block(name)
	}
	return nil
}

// block makes a line's end between the texts around the start or end of a block.
func (r *rows) block(name []byte) {
	switch string(name) {
	case "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table":
		if r.inCell && len(r.text) > r.cell.from {
			r.gap = '\n'
		}
	}
}

// column notes hidden columns.
func (r *rows) column(more bool) {
	span, hidden := 1, false
	for more {
		var key, value []byte
		key, value, more = r.z.TagAttr()
		switch string(key) {
		case "span":
			span = int(number(value, 1, maxSpan))
		case "style":
			hidden = isHidden(value)
		}
	}
	for range min(span, maxCol-len(r.hidden)) {
		r.hidden = append(r.hidden, hidden)
	}
}

// isHidden reports whether a style says display:none.
func isHidden(style []byte) bool {
	style = bytes.ToLower(bytes.Join(bytes.Fields(style), nil))
	return bytes.Contains(style, []byte("display:none"))
}

// number reads an attribute; what is none, or out of bounds, is brought within.
func number(value []byte, least, most int32) int32 {
	n, err := strconv.ParseInt(string(bytes.TrimSpace(value)), 10, 64)
	if err != nil {
		return least
	}
	return int32(min(max(n, int64(least)), int64(most)))
}

func (r *rows) beginRow(more bool) error {
	if err := r.endRow(); err != nil {
		return err
	}
	if r.n++; r.n > maxRow {
		return &Error{Code: CodeOutOfRange, Part: r.table.name, Detail: "row " + strconv.Itoa(int(r.n))}
	}
	r.row = grid.Row{N: r.n, Cells: r.row.Cells[:0]}
	r.raw, r.text, r.col, r.inRow = r.raw[:0], r.text[:0], 1, true
	for more {
		var key, value []byte
		key, value, more = r.z.TagAttr()
		if string(key) == "style" {
			r.row.Hidden = isHidden(value)
		}
	}
	return nil
}

// beginCell starts a cell; a cell without a row makes one.
func (r *rows) beginCell(more bool) error {
	r.endCell()
	if !r.inRow {
		if err := r.beginRow(false); err != nil {
			return err
		}
	}
	for int(r.col) <= len(r.busy) && r.busy[r.col-1] >= r.n {
		r.col++
	}
	r.cell = rawCell{from: len(r.text), at: grid.Cell{Col: r.col}}
	r.inCell, r.mute, r.gap = true, "", 0
	cols, height := r.attributes(more)
	if r.col > maxCol {
		at := honne.Cell{Row: r.n, Col: r.col}
		return &Error{Code: CodeOutOfRange, Part: r.table.name, Detail: "cell " + at.String()}
	}
	if int(r.col) <= len(r.hidden) {
		r.cell.at.Hidden = r.cell.at.Hidden || r.hidden[r.col-1]
	}
	return r.take(cols, height)
}

// attributes reads the attributes of a cell, and returns its spans.
func (r *rows) attributes(more bool) (cols, height int32) {
	cols, height = 1, 1
	for more {
		var key, value []byte
		key, value, more = r.z.TagAttr()
		switch string(key) {
		case "colspan":
			cols = number(value, 1, maxSpan)
		case "rowspan":
			if height = number(value, 0, maxRow); height == 0 {
				height = maxRow // to the end of the group
			}
		case "x:num":
			r.cell.value, r.cell.kind = string(value), max(r.cell.kind, aNumber)
		case "x:bool":
			r.cell.value, r.cell.kind = string(value), max(r.cell.kind, aBool)
		case "x:err":
			r.cell.value, r.cell.kind = string(value), max(r.cell.kind, anError)
		case "x:str":
			r.cell.kind = aText
		case "x:fmla":
			r.cell.at.Formula = true
		case "class":
			for _, class := range bytes.Fields(value) {
				if r.book.textual[string(class)] {
					r.cell.kind = aText
				}
			}
		case "style":
			r.cell.at.Hidden = isHidden(value)
			if isTextFormat(value) {
				r.cell.kind = aText
			}
		}
	}
	return cols, height
}

// take gives the cell its columns, up to the first that is taken from above,
// and its rows.
func (r *rows) take(cols, height int32) error {
	last := r.col
	for last < min(r.col+cols-1, maxCol) && (int(last) >= len(r.busy) || r.busy[last] < r.n) {
		last++
	}
	for int32(len(r.busy)) < last {
		r.busy = append(r.busy, 0)
	}
	bottom := min(r.n+height-1, maxRow)
	for c := r.col; c <= last; c++ {
		r.busy[c-1] = bottom
	}
	from := honne.Cell{Row: r.n, Col: r.col}
	r.col = last + 1
	if to := (honne.Cell{Row: bottom, Col: last}); to != from {
		r.merges = append(r.merges, honne.Range{From: from, To: to})
	}
	if len(r.merges) > maxMerges {
		return &Error{Code: CodeTooLarge, Part: r.table.name, Detail: "merged ranges"}
	}
	return nil
}

// endCell adds the cell to the row, unless it is blank.
func (r *rows) endCell() {
	if !r.inCell {
		return
	}
	r.inCell, r.mute = false, ""
	r.trim()
	if r.cell.from == len(r.text) && r.cell.value == "" {
		return
	}
	r.cell.to = len(r.text)
	r.row.Cells = append(r.row.Cells, r.cell.at)
	r.raw = append(r.raw, r.cell)
}

// endRow gives the row: one string for all its texts.
func (r *rows) endRow() error {
	r.endCell()
	if !r.inRow {
		return nil
	}
	r.inRow = false
	if len(r.row.Cells) == 0 {
		return nil
	}
	all := string(r.text)
	for i, raw := range r.raw {
		finish(&r.row.Cells[i], raw.kind, all[raw.from:raw.to], raw.value)
	}
	return r.fn(&r.row)
}

// endGroup ends a group of rows, beyond which no cell reaches.
func (r *rows) endGroup() error {
	if err := r.endRow(); err != nil {
		return err
	}
	clear(r.busy)
	kept := r.merges[:r.group]
	for _, m := range r.merges[r.group:] {
		m.To.Row = min(m.To.Row, r.n)
		if m.From != m.To {
			kept = append(kept, m)
		}
	}
	r.merges, r.group = kept, len(kept)
	return nil
}
