package pdf

import (
	"slices"
	"strings"
	"unicode"
)

// beside puts texts outside of tables into the columns of the table below them,
// else above, as they would stand on a sheet: a unit at the right stays there.
func beside(blocks []block) []block {
	var columns []float64
	for i := range slices.Backward(blocks) {
		if x := &blocks[i]; x.columns != nil {
			columns = x.columns
		} else if columns != nil {
			x.move(columns)
		}
	}
	columns = nil
	for i := range blocks {
		if x := &blocks[i]; x.columns != nil {
			columns = x.columns
		} else if columns != nil && !x.moved {
			x.move(columns)
		}
	}
	return blocks
}

// move puts the parts of a text into the columns in which they begin.
func (b *block) move(columns []float64) {
	b.moved = true
	for i := range b.rows {
		used := -1
		for k := range b.rows[i].cells {
			c := &b.rows[i].cells[k]
			used = max(used+1, interval(columns, c.x))
			c.column = used
		}
	}
}

// key is the text of a block without digits and blanks; what a page repeats
// differs in its number only.
func (b *block) key() string {
	var out strings.Builder
	for _, r := range b.rows {
		for _, c := range r.cells {
			for _, x := range c.text {
				if !unicode.IsDigit(x) && !unicode.IsSpace(x) {
					out.WriteRune(unicode.ToLower(x))
				}
			}
		}
	}
	return out.String()
}

// isNumber reports whether a key is that of a page number.
func isNumber(key string) bool {
	key = strings.TrimFunc(key, func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) })
	return slices.Contains([]string{"", "page", "p", "頁", "ページ", "of", "pageof", "no"}, key)
}

// join prepares a sheet for the next page on which its table goes on: what
// stands on both pages, and page numbers, are taken out of the table's middle.
// It returns the blocks that are left.
func (s *sheet) join(blocks []block) []block {
	again := map[string]bool{}
	var kept []block
	for _, x := range blocks {
		key := x.key()
		if x.columns == nil && (s.said[key] || isNumber(key)) {
			again[key] = true
			continue
		}
		kept = append(kept, x)
	}
	s.rows = slices.DeleteFunc(s.rows, func(r sheetRow) bool {
		if !slices.Contains(s.foot, r.n) {
			return false
		}
		key := (&block{rows: []blockRow{{r.cells}}}).key()
		return again[key] || isNumber(key)
	})
	s.foot = nil
	return kept
}
