package intake

import (
	"regexp"
	"strings"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/japan"
)

// Other systems write a minus behind a figure, and part thousands by points.

// starred reports whether a row is a sum as SAP marks one: * or ** stands where other
// rows say what they are, and labels of theirs are missing.
func (t *table) starred(p *outline.Profile, labels, labelled int) bool {
	return labelled+1 < labels && figure.OnlyStars(p.Cells[0].Text)
}

var pointed = regexp.MustCompile(`^-?[0-9]{1,3}(\.[0-9]{3})+$`)

// heedPoints has a person look at whole yen or pieces of which every point is followed
// by three digits: it may part thousands.
func (t *table) heedPoints(sample []*outline.Profile) {
	for i := range t.fields {
		f := &t.fields[i]
		if !f.measure || f.unit.Scale > 1 || f.unit.Name != "" || f.amount && f.unit.Currency != honne.JPY {
			continue
		}
		if raw := onlyPoints(sample, f.col); raw != "" {
			t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, f.col), Severity: honne.SevWarning, Raw: raw,
				What: honne.Say("problem.points", honne.Text("column", t.Columns[i].At), honne.Text("text", raw))})
		}
	}
}

// onlyPoints is the first text of a column with a point, where three digits follow
// each of several; "" where another has other decimals.
func onlyPoints(sample []*outline.Profile, col int32) (raw string) {
	n := 0
	for _, p := range sample {
		c := p.Cell(col)
		if c == nil || c.Kind != grid.Text || !strings.Contains(c.Text, ".") {
			continue
		}
		if !pointed.MatchString(japan.Trim(c.Text)) {
			return ""
		}
		if n++; n == 1 {
			raw = clip(c.Text)
		}
	}
	if n < 2 {
		return ""
	}
	return raw
}
