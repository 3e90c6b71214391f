package intake

import "honne"

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
func (f *finder) resume(rows []*profile, o outline) (bool, error) {
	if f.past == nil || f.past.stats.torn >= tornLimit || o.header < o.end || f.decided != nil && f.decided.ranges {
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
func (t *table) torn(rows []*profile) int {
	n := 0
	for n < min(len(rows), tornRows) {
		p := rows[n]
		if p.N != t.stats.lastRow+1+int32(n) || len(p.Cells) < max(3, t.least) || !p.seeds() || t.judge(p, false) == isRecord {
			break
		}
		n++
	}
	return n
}

// tear leaves torn rows out of the table that was closed last, and says so.
func (f *finder) tear(rows []*profile) {
	for _, p := range rows {
		f.past.stats.torn++
		f.past.exclude(p.N, honne.TornRow)
		at := f.past.address(p.N, p.Cells[0].Col)
		at.Range.To.Col = p.Cells[len(p.Cells)-1].Col
		f.root.problems = append(f.root.problems, honne.Problem{At: at, Severity: honne.SevWarning, What: honne.Say("problem.torn-row")})
	}
}
