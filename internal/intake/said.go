package intake

import (
	"honne"
	"honne/internal/intake/grid"
)

// findSaidSeries looks for a column in which each row says what it counts: 計画,
// 実績, 前年, 達成率 below each other, the months across.
func (t *table) findSaidSeries(sample []*profile) {
	if t.Kind == "" || t.Layout != honne.Crosstab {
		return
	}
	for i := range t.fields {
		f := &t.fields[i]
		if !f.label || f.shape == nil || f.shape.mode != text {
			continue
		}
		if said := t.seriesIn(sample, f.col); len(said) >= 2 {
			t.saidAt, t.saidSeries = f.col, said
			t.Columns[i].Meaning, t.Columns[i].Confidence = honne.MMeasureName, byShape
			return
		}
	}
}

// seriesIn returns the series that the texts of a column name; none when most of
// them are no words of measures.
func (t *table) seriesIn(sample []*profile, col int32) map[honne.Series]bool {
	said := map[honne.Series]bool{}
	strange := map[string]bool{}
	for _, p := range sample {
		s := trim(p.text(col))
		if s == "" {
			continue
		}
		m, sure := t.words.lookup(s)
		if sure == 0 {
			strange[s] = true
		}
		if series := t.seriesNamed(m, s); series != "" {
			said[series] = true
		}
	}
	if len(strange) >= len(said) {
		return nil
	}
	return said
}

// seriesNamed is the series of a row that is called s; "" for a ratio, a
// difference and the like.
func (t *table) seriesNamed(m honne.Meaning, s string) honne.Series {
	series, _, ok := m.Measure()
	if !ok {
		return ""
	}
	if series == "" {
		return t.plainSeries(&field{rest: []string{s}})
	}
	return series
}

// seriesSaid is the series that a row says, "" where no column says one; a row
// of a ratio says one that no group has.
func (t *table) seriesSaid(r *grid.Row) honne.Series {
	if t.saidAt == 0 {
		return ""
	}
	s := trim(cellText(r, t.saidAt))
	m, _ := t.words.lookup(s)
	if series := t.seriesNamed(m, s); series != "" {
		return series
	}
	return "none"
}
