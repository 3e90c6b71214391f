package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
)

// toldFigures is what was said of cells and columns, and whether a person is asked.
// Of a table that gives no figures one that cannot be read is worth a note: 約200 in a
// list of hospitals, 末 among the closing days of customers.
func (t *table) toldFigures() (out []honne.Problem, asked bool) {
	out = t.stats.problems
	if t.Kind == "" {
		out = slices.DeleteFunc(slices.Clone(out), func(p honne.Problem) bool {
			return p.What.ID == "problem.months-without-year" // nothing was taken for any month
		})
		for i := range out {
			if out[i].What.ID == "problem.not-a-number" {
				out[i].Severity = honne.SevNote
			}
		}
	}
	return out, slices.ContainsFunc(out, func(p honne.Problem) bool { return p.Severity != honne.SevNote })
}

// unnamed lists columns of figures in a report whose meaning is not known, and
// those of names where no other says whom or what a row is about; a person can
// say it. Figures that are known and not kept (原価) are a note, and so are all texts
// together that nothing is known of beside those that name the rows.
func (t *table) unnamed() []honne.Problem {
	if t.Kind == "" {
		return nil
	}
	var out []honne.Problem
	var texts []string
	for i, c := range t.Columns {
		f := &t.fields[i]
		known := c.Confidence >= terms.Threshold
		if c.Meaning != honne.MeaningUnknown || c.Said || f.told || f.shape == nil && known || strings.TrimSpace(c.Header) == "" {
			continue
		}
		p := honne.Problem{At: t.address(t.Header.To.Row, f.col), Severity: honne.SevWarning, Raw: c.Header,
			What: honne.Say("problem.column-unknown", honne.Text("column", c.At), honne.Text("header", clip(c.Header)))}
		switch {
		case t.besideNames(f, known):
			if !known && f.shape != nil {
				texts = append(texts, c.At+" "+clip(c.Header))
			}
			continue
		case known:
			p.Severity, p.What.ID = honne.SevNote, "problem.column-unused"
		}
		out = append(out, p)
	}
	if len(texts) > 0 {
		out = append(out, honne.Problem{At: honne.Address{Sheet: t.Sheet, Range: t.Header}, Severity: honne.SevNote, Count: len(texts),
			What: honne.Say("problem.texts-unused", honne.Count("n", len(texts)), honne.List("columns", texts))})
	}
	return out
}

// besideNames reports whether a column of labels need not be asked for: it is known,
// or others say whom or what a row is about.
func (t *table) besideNames(f *field, known bool) bool {
	about := t.named() || len(t.names) > 0
	return f.label && (known || about || f.shape == nil || f.shape.Mode != outline.Text) && !t.periodOver(f)
}
