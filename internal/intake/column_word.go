package intake

import (
	"strings"

	"honne/internal/intake/grid"
	"honne/internal/intake/terms"
)

// word returns what is known of the column's cell c in a row.
func (f *field) word(d *terms.Dictionary, row int32, c *grid.Cell) *terms.Word {
	if f.saidIn == row {
		return f.said
	}
	f.saidIn = row
	if f.said != nil && f.said.Text != "" {
		f.before = f.said
	}
	if c.Same > 0 {
		f.said = d.Same(c)
		return f.said
	}
	w := f.words[c.Text]
	if w == nil {
		w = f.learn(d, c.Text)
	}
	f.said = w
	return w
}

// learn returns a word that the column has not seen, and remembers it unless it
// knows too many.
func (f *field) learn(d *terms.Dictionary, s string) *terms.Word {
	if len(f.words) >= terms.WordLimit || len(s) > terms.WordLength {
		return d.Word(s)
	}
	if f.words == nil {
		f.words = map[string]*terms.Word{}
	}
	w := d.Remember(strings.Clone(s)) // a cell keeps its whole row
	f.words[w.Raw()] = w
	return w
}
