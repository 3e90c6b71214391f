package intake

import (
	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
)

// runningRows is how many rows must be the sum of those above them.
const runningRows = 3

// refuseRunning leaves out sums that run down the rows (累計金額 in a ranking): each is
// that of the row above and its own figure, and none says what came since the year
// began. Down months it says just that.
func (t *table) refuseRunning(sample []*outline.Profile) {
	if t.has(honne.MPeriod) {
		return
	}
	for i := range t.fields {
		c := &t.Columns[i]
		if s, _, _ := c.Meaning.Measure(); s != honne.ToDate || c.Said || t.fields[i].label || !c.Period.IsZero() {
			continue
		}
		for j := range t.fields {
			if j == i || t.fields[j].label || !t.runs(sample, i, j) {
				continue
			}
			c.Meaning, c.Confidence, t.fields[i].told = honne.MeaningUnknown, terms.SureHeader, true
			t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, t.fields[i].col), Severity: honne.SevNote, Raw: c.Header,
				What: honne.Say("problem.running-sum", honne.Text("column", c.At), honne.Text("of", t.Columns[j].At))})
			break
		}
	}
}

// runs reports whether one column adds up another from the first row on.
func (t *table) runs(sample []*outline.Profile, sum, of int) bool {
	last, n := int64(0), 0
	for _, p := range sample {
		v, ok := t.thousandths(p, sum)
		if !ok || p.Empty() || outline.TotalRow(t.words, p) {
			continue
		}
		x, also := t.thousandths(p, of)
		if !also || v != last+x {
			return false
		}
		last, n = v, n+1
	}
	return n >= runningRows
}
