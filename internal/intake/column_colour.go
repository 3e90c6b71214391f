package intake

import (
	"strings"

	"honne"
	"honne/internal/intake/terms"
)

// toldColours has a person look where a title gives a colour or a pattern of cells
// a meaning (黄色は未出荷): colours are not read, and rows may mean something else.
func (t *table) toldColours() (out []honne.Problem) {
	for _, s := range t.Title {
		if terms.HoldsAny(strings.ToLower(s), t.book.Words.Colour) {
			out = append(out, honne.Problem{At: honne.Address{Sheet: t.Sheet, Range: t.Body}, Severity: honne.SevWarning, Raw: clip(s),
				What: honne.Say("problem.colour", honne.Text("text", clip(s)))})
		}
	}
	return out
}
