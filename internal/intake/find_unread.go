package intake

import (
	"strings"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/outline"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// heedUnread has a person look at what a report may be that is not read as one: cells of
// two figures, and labels with their values beside them.
func (t *table) heedUnread(sample []*outline.Profile) {
	if t.Kind != "" || t.Topic != "" || t.Unused {
		return
	}
	pairs, labels := 0, 0
	var first honne.Problem
	for _, p := range append(filledRows(t.headerRows), sample...) {
		for i, c := range p.Cells {
			if p.Classes[i] != outline.Text || !twoFigures(c.Text) {
				continue
			}
			if pairs++; pairs == 1 {
				first = honne.Problem{At: t.address(p.N, c.Col), Severity: honne.SevWarning, Raw: clip(c.Text), What: honne.Say("problem.two-figures", honne.Text("text", clip(c.Text)))}
			}
		}
		if len(p.Cells) == 2 && p.Classes[0] == outline.Text && t.words.Measures(p.Cells[0].Text) && strings.ContainsAny(japan.Fold(p.Cells[1].Text), "0123456789") {
			labels++
		}
	}
	if pairs > 1 {
		t.stats.problems = append(t.stats.problems, first)
	}
	if labels > 1 && len(t.cols) == 2 {
		t.stats.problems = append(t.stats.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet}, Severity: honne.SevWarning, What: honne.Say("problem.labels-with-values")})
	}
}

// twoFigures reports whether a text is two figures, of which one at least says its unit:
// 2台/3,200千円.
func twoFigures(s string) bool {
	a, b, ok := strings.Cut(japan.Fold(japan.Trim(s)), "/")
	if !ok || len(s) > 60 {
		return false
	}
	counted := func(s string) bool { _, ok := figure.Counted(japan.Trim(s)); return ok }
	figure := func(s string) bool { return counted(s) || when.PlainNumber(japan.Trim(s)) }
	return figure(a) && figure(b) && (counted(a) || counted(b))
}
