package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// Sorts of entries may be codes (取引区分 1, 2, 9). Where no figure is below zero,
// nothing but a person says which of them take back what was sold, or are no sale;
// it is said once and remembered with the form of the table.

// codeSeen is a code of the column that says what sort of entry a row is.
type codeSeen struct {
	code string
	rows int
	at   honne.Cell // of the first row
}

// codesKept is how many codes a column may have: more are no sorts of entries.
const codesKept = 16

// codeIn is the code of a row, "" where it has none.
func (t *table) codeIn(r *grid.Row) string {
	if t.turns.coded == nil {
		return ""
	}
	return japan.Fold(japan.Trim(cellText(r, t.turns.coded.col)))
}

// heedCode counts a row by its code; of a sort that a person said, its sign says
// nothing of the others.
func (t *table) heedCode(r *grid.Row) {
	code := t.codeIn(r)
	if code == "" {
		return
	}
	i := slices.IndexFunc(t.turns.codes, func(c codeSeen) bool { return c.code == code })
	if i < 0 && len(t.turns.codes) <= codesKept {
		i = len(t.turns.codes)
		t.turns.codes = append(t.turns.codes, codeSeen{code: strings.Clone(code), at: honne.Cell{Row: r.N, Col: t.turns.coded.col}})
	}
	if i >= 0 {
		t.turns.codes[i].rows++
	}
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

// sortOf is what a person said of the code of a row, "" for nothing.
func (t *table) sortOf(r *grid.Row) honne.Sort {
	if len(t.stated.Sorts) == 0 {
		return ""
	}
	return t.stated.Sorts[t.codeIn(r)]
}

// takeBack reads the figures of a row below zero where a person said that its code
// takes back what was sold.
func (t *table) takeBack(r *grid.Row) {
	if t.sortOf(r) != honne.Returned {
		return
	}
	for i := range t.fields {
		f := &t.fields[i]
		c := cellAt(r, f.col)
		if c == nil || !f.measure {
			continue
		}
		if n, ok := figureOf(c); ok && n.Coef > 0 {
			c.Kind, c.Num = grid.Number, n.Neg()
		}
	}
}

// toldCodes asks what the codes are that nobody said, where no figure is below zero.
func (t *table) toldCodes() (out []honne.Problem) {
	if !t.turns.other {
		return t.toldSorts()
	}
	for _, c := range t.turns.codes {
		if t.stated.Sorts[c.code] == "" {
			out = append(out, t.ofCode(c, "problem.sign-by-code", honne.SevWarning))
		}
		if len(out) > 0 && len(t.turns.codes) > codesKept {
			break
		}
	}
	return append(out, t.toldSorts()...)
}

// toldSorts says how rows were read whose code a person said; it can be taken back.
func (t *table) toldSorts() (out []honne.Problem) {
	for _, c := range t.turns.codes {
		if sort := t.stated.Sorts[c.code]; sort != "" {
			p := t.ofCode(c, "problem.sort-said", honne.SevNote)
			p.What.Args = append(p.What.Args, honne.Word("sort", "sort."+string(sort)))
			p.Left = true
			out = append(out, p)
		}
	}
	return out
}

func (t *table) ofCode(c codeSeen, id string, severity honne.Severity) honne.Problem {
	return honne.Problem{At: t.address(c.at.Row, c.at.Col), Severity: severity, Raw: c.code,
		What: honne.Say(id, honne.Text("column", honne.ColumnName(int(c.at.Col))), honne.Text("text", c.code), honne.Count("n", c.rows))}
}
