package intake

import (
	"slices"
	"strings"
	"unicode/utf8"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/japan"
)

// heedNote counts a figure with the mark of a note, 12※: the number is certain, and the
// note may say that it is not what the others are.
func (t *table) heedNote(row int32, c *grid.Cell, f *field) {
	if !f.measure || c.Kind != grid.Text || c.Text == "" || figure.Bare(c.Text) {
		return
	}
	if _, ok := japan.ParseNoted(c.Text); ok || figure.Unmarked(c.Text) != japan.Trim(c.Text) {
		t.footnoted.add(row, c.Text)
	}
}

// footnote reports whether a row with figures is a note: its first text says so, below
// the total or alone among the labels of its row. A name with a mark (※青葉病院) is one.
func (t *table) footnote(p *outline.Profile, labels, labelled int) bool {
	at := slices.Index(p.Classes, outline.Text)
	if t.Kind == "" || at < 0 || !t.words.Note(p.Cells[at].Text) {
		return false
	}
	alone := labels > 1 && labelled == 1
	if !alone && (t.totalAt == 0 || strings.ContainsAny(firstRune(p.Cells[at].Text), figure.Marks)) {
		return false
	}
	t.notes.add(p.N, p.Cells[at].Text)
	return true
}

// firstRune is the first character of a text without blanks around it.
func firstRune(s string) string {
	s = japan.Trim(s)
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// toldNoted has a person read the notes.
func (t *table) toldNoted() (out []honne.Problem) {
	if t.footnoted.n > 0 {
		out = append(out, t.footnoted.told(t, "problem.figure-noted"))
	}
	if t.notes.n > 0 {
		out = append(out, t.notes.told(t, "problem.note-with-figures"))
	}
	return out
}
