package intake

import (
	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// heedNote counts a figure with the mark of a note, 12※: the number is certain, and the
// note may say that it is not what the others are.
func (t *table) heedNote(row int32, c *grid.Cell, f *field) {
	if n := len(c.Text); !f.measure || c.Kind != grid.Text || n == 0 || isASCIIDigit(c.Text[0]) && isASCIIDigit(c.Text[n-1]) {
		return
	}
	if _, ok := japan.ParseNoted(c.Text); ok {
		t.footnoted.add(row, c.Text)
	}
}

func isASCIIDigit(c byte) bool { return '0' <= c && c <= '9' }

// toldNoted has a person read the notes.
func (t *table) toldNoted() (out []honne.Problem) {
	if t.footnoted.n > 0 {
		out = append(out, t.footnoted.told(t, "problem.figure-noted"))
	}
	return out
}
