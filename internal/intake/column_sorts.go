package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// Sorts of entries may be codes (取引区分 1, 2, 9) or words (返品). Where no figure is
// below zero, nothing but a person says which of them take back what was sold, or
// are no sale; it is said once and remembered with the form of the table.

// codeSeen is a code, or a word, that says what sort of entry a row is.
type codeSeen struct {
	code string
	rows int
	at   honne.Cell // of the first row
	plus bool       // a figure of such a row is above zero, none below
}

// codesKept is how many codes a column may have: more are no sorts of entries.
const codesKept = 16

// codeIn is the code of a row, "" where it has none.
func (t *table) codeIn(r *grid.Row) string {
	if t.turns.coded == nil {
		return ""
	}
	return japan.Fold(japan.Trim(r.Text(t.turns.coded.col)))
}

// heedCode counts a row by its code; of a sort that a person said, its sign says
// nothing of the others.
func (t *table) heedCode(r *grid.Row) {
	code := t.codeIn(r)
	if code == "" {
		return
	}
	note(&t.turns.codes, code, honne.Cell{Row: r.N, Col: t.turns.coded.col})
	if t.turns.first == "" {
		t.turns.first = strings.Clone(code)
	}
	if t.stated.Sorts[code] != "" {
		return
	}
	switch sign := t.sign(r); {
	case sign < 0:
		t.turns.minus++
	case sign > 0 && (code != t.turns.first || len(t.stated.Sorts) > 0):
		t.turns.other = true
	}
}

// heedWord counts a row by the word that says that it takes back another.
func (t *table) heedWord(r *grid.Row, col int32, text string) {
	seen := note(&t.turns.words, japan.Fold(text), honne.Cell{Row: r.N, Col: col})
	if t.stated.Sorts[japan.Fold(text)] != "" {
		return
	}
	switch sign := t.sign(r); {
	case sign < 0:
		t.turns.minus++
	case sign > 0 && seen != nil:
		seen.plus = true
	}
}

// note counts a row of a code; nil where too many codes are known already.
func note(list *[]codeSeen, code string, at honne.Cell) *codeSeen {
	i := slices.IndexFunc(*list, func(c codeSeen) bool { return c.code == code })
	if i < 0 && len(*list) > codesKept {
		return nil
	}
	if i < 0 {
		i = len(*list)
		*list = append(*list, codeSeen{code: strings.Clone(code), at: at})
	}
	(*list)[i].rows++
	return &(*list)[i]
}

// sortOf is what a person said of the code of a row, or of a word in it, and which;
// "" for nothing.
func (t *table) sortOf(r *grid.Row) (sort honne.Sort, code string) {
	if len(t.stated.Sorts) == 0 {
		return "", ""
	}
	if code := t.codeIn(r); t.stated.Sorts[code] != "" {
		return t.stated.Sorts[code], code
	}
	for _, i := range t.turns.cols {
		code := japan.Fold(japan.Trim(r.Text(t.fields[i].col)))
		if sort := t.stated.Sorts[code]; sort != "" {
			return sort, code
		}
	}
	return "", ""
}

// saidUnsold reports whether a person said that by such a row nothing is sold.
func (t *table) saidUnsold(r *grid.Row) bool {
	sort, _ := t.sortOf(r)
	return sort == honne.Unsold
}

// takeBack reads the figures of a row below zero where a person said that its code
// takes back what was sold.
func (t *table) takeBack(r *grid.Row) {
	if len(t.stated.Sorts) == 0 {
		return
	}
	if sort, _ := t.sortOf(r); sort != honne.Returned {
		return
	}
	for i := range t.fields {
		f := &t.fields[i]
		c := r.Cell(f.col)
		if c == nil || !f.measure {
			continue
		}
		if n, ok := figure.Of(c); ok && n.Coef > 0 {
			c.Kind, c.Num = grid.Number, n.Neg()
		}
	}
}

// toldTurns asks which rows take back others, by word or by code, where no figure
// is below zero, and says what a person said of them.
func (t *table) toldTurns() (out []honne.Problem) {
	if t.turns.minus > 0 {
		return append(t.toldStrange(), t.toldSorts()...)
	}
	for _, w := range t.turns.words {
		if w.plus && t.stated.Sorts[w.code] == "" {
			out = append(out, t.ofCode(w, "problem.sign-unknown", honne.SevWarning))
		}
	}
	return slices.Concat(out, t.toldStrange(), t.toldCodes(), t.toldSorts())
}

// toldCodes asks what the codes are that nobody said, where no figure is below zero.
func (t *table) toldCodes() (out []honne.Problem) {
	if !t.turns.other {
		return nil
	}
	for _, c := range t.turns.codes {
		if t.stated.Sorts[c.code] == "" {
			out = append(out, t.ofCode(c, "problem.sign-by-code", honne.SevWarning))
		}
		if len(out) > 0 && len(t.turns.codes) > codesKept {
			break
		}
	}
	return out
}

// toldSorts says how rows were read whose code or word a person said; it can be
// taken back.
func (t *table) toldSorts() (out []honne.Problem) {
	for _, c := range slices.Concat(t.turns.words, t.turns.strange, t.turns.codes) {
		if sort := t.stated.Sorts[c.code]; sort != "" {
			id, legend := "problem.sort-said", t.turns.legend[c.code] != ""
			if legend {
				id = "problem.sort-legend"
			}
			p := t.ofCode(c, id, honne.SevNote)
			p.What.Args = append(p.What.Args, honne.Word("sort", "sort."+string(sort)))
			p.Left = !legend
			out = append(out, p)
		}
	}
	return out
}

func (t *table) ofCode(c codeSeen, id string, severity honne.Severity) honne.Problem {
	return honne.Problem{At: t.address(c.at.Row, c.at.Col), Severity: severity, Raw: c.code,
		What: honne.Say(id, honne.Text("column", honne.ColumnName(int(c.at.Col))), honne.Text("text", c.code), honne.Count("n", c.rows))}
}
