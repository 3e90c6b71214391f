package intake

import (
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
)

// A row of which the cells are shifted, cut or run together with those of the
// next looks like the header of another table. Where the rows below it are those
// of the table above, and no header stands between, the table goes on behind it;
// the torn row is left out, and said.

const (
	tornRows  = 3   // torn rows in a row that a table goes on behind
	tornLimit = 100 // torn rows of a table; with more it is none
)

// resume goes on with the table that was closed last, when the rows of a segment
// are its own behind a few torn ones.
func (f *finder) resume(rows []*outline.Profile, o outline.Outline) (bool, error) {
	if f.past == nil || f.past.stats.torn >= tornLimit || o.Header < o.End || f.decided != nil && f.decided.ranges {
		return false, nil
	}
	n := f.past.torn(rows)
	if n == 0 || n == len(rows) || f.past.judge(rows[n], false) != isRecord {
		return false, nil
	}
	f.tear(rows[:n])
	f.open, f.past = f.past, nil
	for _, p := range rows[n:] {
		if err := f.take(p); err != nil {
			return true, err
		}
	}
	return true, nil
}

// torn counts the rows directly below the last record that are as full as a
// record, and none.
func (t *table) torn(rows []*outline.Profile) int {
	n := 0
	for n < min(len(rows), tornRows) {
		p := rows[n]
		if p.N != t.stats.lastRow+1+int32(n) || len(p.Cells) < max(3, t.least) || !p.Seeds() || t.judge(p, false) == isRecord {
			break
		}
		n++
	}
	return n
}

// tear leaves torn rows out of the table that was closed last, and says so.
func (f *finder) tear(rows []*outline.Profile) {
	for _, p := range rows {
		f.past.stats.torn++
		f.past.exclude(p.N, honne.TornRow)
		f.root.problems = append(f.root.problems, f.past.toldTorn(p))
	}
}

func (t *table) toldTorn(p *outline.Profile) honne.Problem {
	at := t.address(p.N, p.Cells[0].Col)
	at.Range.To.Col = p.Cells[len(p.Cells)-1].Col
	return honne.Problem{At: at, Severity: honne.SevWarning, What: honne.Say("problem.torn-row")}
}

// findSpill finds where the columns of a file with commas begin that have no header,
// behind all that have one: a figure with commas of its own that nobody quoted runs
// into them, 1,200 becoming 1 and 200.
func (t *table) findSpill(format honne.Format) {
	if format != honne.CSV || len(t.headerRows) == 0 {
		return
	}
	for i := len(t.fields) - 1; i > 0 && len(t.fields[i].path) == 0; i-- {
		t.spill = t.fields[i].col
	}
}

// spills reports whether a row runs on behind the columns of the header.
func (t *table) spills(r *grid.Row) bool {
	return t.spill > 0 && len(r.Cells) > 0 && r.Cells[len(r.Cells)-1].Col >= t.spill
}

// fellApart reports whether a row runs on behind the header with three digits, as
// stand behind the comma of thousands.
func (t *table) fellApart(r *grid.Row) bool {
	if !t.spills(r) {
		return false
	}
	s := r.Cells[len(r.Cells)-1].Text
	return len(s) == 3 && strings.Trim(s, "0123456789") == ""
}
