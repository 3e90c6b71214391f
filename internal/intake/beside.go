package intake

import "honne"

// refuseBeside keeps the left of two tables that stand side by side, with a blank
// column between them, names of their own and different series, and has a person
// hear that the right one was not used.
func (t *table) refuseBeside() {
	for i := 1; i < len(t.fields); i++ {
		if t.fields[i].col == t.fields[i-1].col+1 || !t.apart(i) {
			continue
		}
		t.beside = t.fields[i].col
		t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, t.beside), Severity: honne.SevWarning,
			Raw: t.Columns[i].Header, What: honne.Say("problem.beside", honne.Text("column", t.Columns[i].At))})
		for k := i; k < len(t.fields); k++ {
			t.fields[k].measure = false
			t.Columns[k].Meaning, t.Columns[k].Confidence, t.Columns[k].Series = honne.MeaningUnknown, sureHeader, ""
		}
		return
	}
}

// apart reports whether the columns before and from i on are two tables.
func (t *table) apart(i int) bool {
	left, leftNamed := t.seriesOf(0, i)
	right, rightNamed := t.seriesOf(i, len(t.fields))
	for s := range right {
		if left[s] {
			return false
		}
	}
	return leftNamed && rightNamed && len(left) > 0 && len(right) > 0
}

// seriesOf returns the series of some columns, and whether one of them names.
func (t *table) seriesOf(from, to int) (series map[honne.Series]bool, named bool) {
	series = map[honne.Series]bool{}
	for i := from; i < to; i++ {
		if t.fields[i].measure {
			series[t.fields[i].series] = true
		}
		named = named || t.fields[i].label && (names(t.Columns[i].Meaning) || t.Columns[i].Meaning == honne.MProductCode)
	}
	return series, named
}
