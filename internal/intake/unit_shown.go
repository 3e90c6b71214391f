package intake

import (
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/numfmt"
	"honne/internal/intake/outline"
	"honne/internal/intake/source"
	"honne/internal/japan"
)

// What a cell shows is more than its number: 5,000千円 is a 5000 with a format, and
// so is △1,000 a 1000. Whoever reads the sheet sees what is shown.

// heedShown gives columns the unit that every figure of their first rows is shown
// with, and says of which a minus is shown that the file does not hold.
func (t *table) heedShown(src *source.Source, sample []*outline.Profile) {
	if src.Shown == nil {
		return
	}
	for i := range t.fields {
		unit, thousands, minus := shownIn(src, sample, t.fields[i].col)
		t.fields[i].thousands = thousands
		if minus != nil {
			t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(minus.row, t.fields[i].col), Severity: honne.SevWarning,
				Raw: minus.sign + minus.text, What: honne.Say("problem.shown-minus", honne.Text("text", minus.sign+minus.text))})
		}
		t.takeShown(&t.fields[i], &t.Columns[i], unit)
	}
}

// shownMinus is a figure that is shown below zero, and is not.
type shownMinus struct {
	row        int32
	sign, text string
}

// shownIn is what every figure of a column is shown with behind it, in how many
// thousands of thousands each is shown, and the first that is shown below zero; nil for
// none.
func shownIn(src *source.Source, sample []*outline.Profile, col int32) (unit string, thousands int, minus *shownMinus) {
	figures, alike := 0, true
	for _, p := range sample {
		c := p.Cell(col)
		if c == nil || c.Kind != grid.Number {
			continue
		}
		before, after := numfmt.Around(src.Shown(c.Style))
		by := numfmt.Thousands(src.Shown(c.Style))
		if figures++; minus == nil && c.Num.Coef > 0 && strings.ContainsAny(before, "△▲▼") {
			minus = &shownMinus{p.N, before, c.Text}
		}
		alike = alike && (figures == 1 || after == unit && by == thousands)
		unit, thousands = after, by
	}
	if !alike {
		return "", 0, minus
	}
	return unit, thousands, minus
}

// unshown takes the unit of what is shown (千円) back to that of what the cells hold, where
// they show only thousands of it.
func (f *field) unshown(u honne.Unit) honne.Unit {
	for range f.thousands {
		if u.Currency != "" && u.Scale >= 1000 {
			u.Scale /= 1000
		}
	}
	return u
}

// takeShown takes the unit that is shown, where the header says none; one that the
// title speaks against stays the title's, which is said.
func (t *table) takeShown(f *field, c *honne.Column, after string) {
	u, _, ok := japan.ParseUnit(after)
	if !ok || u.IsZero() || u.Name == "%" || !t.columnUnit(f).IsZero() {
		return
	}
	if u.Currency == "" || t.Unit.Currency == "" || t.Unit == u {
		f.below = u
		return
	}
	t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, f.col), Severity: honne.SevWarning, Raw: c.Header,
		What: honne.Say("problem.shown-unit", honne.Text("column", c.At), honne.Text("unit", u.String()), honne.Text("read", t.Unit.String()))})
}
