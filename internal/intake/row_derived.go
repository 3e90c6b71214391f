package intake

import (
	"slices"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// Rows that are no records of their own, whatever they look like: ratios and
// differences among rows of measures, what is part of the row above (うち), and
// what takes back another row (返品), whose sign must be known.

// begins reports whether a record stands above already.
func (t *table) begins() bool {
	return t.stats.rows > 0 || len(t.ranks.stack) > 0
}

// leaveDerived leaves a row out that says that it counts nothing that is kept:
// 達成率, 差異. One whose word is not known is told.
func (t *table) leaveDerived(r *grid.Row) bool {
	s := japan.Trim(r.Text(t.saidAt))
	if rm := t.counter.counted(s); rm != noMeasure && (rm.series != ofColumn || t.tellApart()) {
		return false
	}
	m, sure := t.words.Lookup(s)
	if _, _, figure := m.Measure(); sure == 0 || figure || t.measureNamed(m, s) != noMeasure {
		t.derived.add(r.N, s)
	}
	t.learn(r)
	t.exclude(r.N, honne.DerivedRow)
	return true
}

// tellApart reports whether columns are of different series.
func (t *table) tellApart() bool {
	var first honne.Series
	for i := range t.fields {
		if f := &t.fields[i]; f.measure && first == "" {
			first = f.series
		} else if f.measure && f.series != first {
			return true
		}
	}
	return false
}

// sharesOnly reports whether every figure of the row is a percentage, in columns
// that count something else.
func (t *table) sharesOnly(p *outline.Profile) bool {
	shares := 0
	for i := range p.Cells {
		f := t.fieldAt(p.Cells[i].Col)
		switch {
		case f == nil || f.label || p.Classes[i] != outline.Number:
		case !f.measure || !outline.IsShare(&p.Cells[i]):
			if _, zero := f.number(p.N, &p.Cells[i]); f.measure || !zero {
				return false
			}
		default:
			shares++
		}
	}
	return shares > 0
}

// measureBelowTotal reports whether a row below the total says by its only label what it
// counts of the whole: 前年同月, 計画.
func (t *table) measureBelowTotal(p *outline.Profile) bool {
	if t.totalAt == 0 || t.Kind == "" || t.mixed() {
		return false
	}
	name := ""
	for i := range p.Cells {
		if f := t.fieldAt(p.Cells[i].Col); f != nil && f.label && p.Classes[i] == outline.Text {
			if name != "" {
				return false
			}
			name = p.Cells[i].Text
		}
	}
	m, sure := t.words.Lookup(name)
	s, _, figure := m.Measure()
	return sure >= terms.SureHeader && figure && s != "" && s != t.Kind
}

// findRepeats tells of a column without a meaning that says the same words for
// every name: its rows count different things, and all were taken for one.
func (t *table) findRepeats(sample []*outline.Profile) {
	if t.Kind == "" || t.mixed() {
		return
	}
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		if i == 0 || !f.label || f.shape == nil || f.shape.Mode != outline.Text || c.Meaning != honne.MeaningUnknown || c.Said {
			continue
		}
		first := t.fields[0].col
		if !cycles(sample, first, f.col) {
			continue
		}
		if t.ratiosBeside(sample, f.col) {
			return
		}
		_, last := t.span()
		at := honne.Range{From: honne.Cell{Row: t.Header.To.Row, Col: f.col}, To: honne.Cell{Row: t.Header.To.Row, Col: last}}
		word := clip(sample[0].Text(f.col))
		t.stats.problems = append(t.stats.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet, Range: at}, Severity: honne.SevWarning, Raw: word,
			What: honne.Say("problem.rows-repeat", honne.Text("column", c.At), honne.Text("text", word))})
		return
	}
}

// ratiosBeside reports whether a column names one measure of the table, and beside it
// ratios alone, which are left out: 実績, 前年比.
func (t *table) ratiosBeside(sample []*outline.Profile, col int32) bool {
	plain := map[string]bool{}
	for _, p := range sample {
		s := japan.Trim(p.Text(col))
		if m, sure := t.words.Lookup(s); sure == 0 || m != honne.MRatio && !t.words.Measures(s) {
			return false
		} else if m != honne.MRatio {
			plain[s] = true
		} else if !t.sharesOnly(p) {
			return false
		}
	}
	return len(plain) == 1
}

// repeatLimit is how many rows of measures a name may have.
const repeatLimit = 8

// cycles reports whether a column says the same few words, in order, below each
// new name of another.
func cycles(rows []*outline.Profile, name, col int32) bool {
	k := 0
	for i, p := range rows {
		s := japan.Trim(p.Text(col))
		switch {
		case s == "":
			return false
		case i > 0 && k == 0 && s == japan.Trim(rows[0].Text(col)):
			k = i
		case k == 0 && i >= repeatLimit:
			return false
		}
		if k > 0 && i >= 2*k {
			break
		}
		if k > 0 && s != japan.Trim(rows[i-k].Text(col)) {
			return false
		}
	}
	if k < 2 || len(rows) < 2*k || japan.Trim(rows[0].Text(name)) == japan.Trim(rows[k].Text(name)) {
		return false
	}
	for i, p := range rows[:2*k] {
		s := japan.Trim(p.Text(name))
		if i%k == 0 && s == "" || i%k > 0 && s != "" && s != japan.Trim(rows[i-i%k].Text(name)) {
			return false
		}
	}
	return true
}

// saysPart reports whether a label of the row says that it is part of the one
// above.
func (t *table) saysPart(p *outline.Profile) bool {
	for i := range p.Cells {
		f := t.fieldAt(p.Cells[i].Col)
		if p.Classes[i] == outline.Text && f != nil && f.label && !t.remarks(f) && f.word(t.words, p.N, &p.Cells[i]).Part {
			return true
		}
	}
	return false
}

// remarks reports whether a column holds remarks on rows, which name nothing.
func (t *table) remarks(f *field) bool {
	m := t.Columns[t.indexOf(f)].Meaning
	return m == honne.MNote || m == honne.MReason
}

// turns is what is known of rows that take back others.
type turns struct {
	cols  []int      // indices of the columns that say it in words
	words []codeSeen // those words, in the order of the rows
	minus int        // rows of which a figure is below zero

	coded *field     // the column that says it by codes, nil for none
	first string     // the code of the first row
	codes []codeSeen // in the order of the rows
	other bool       // a row of another code than the first has no figure below zero

	sales   *field     // the column in which rows say 売上, nil for none
	usual   []string   // its other words that are of sales too
	strange []codeSeen // and those of which nobody knows

	legend map[string]honne.Sort // what a title or a note says of codes
}

// entersOnly reports whether the measures that a column names are sorts of
// entries, 売上 and 返品 in a report of sales, among records that each have their figures: no measures.
func (t *table) entersOnly(said []rowMeasure) bool {
	return t.Layout != honne.Crosstab && !slices.ContainsFunc(said, func(rm rowMeasure) bool {
		return !rm.amount || rm.series != t.Kind && rm.series != honne.Returns
	})
}

// findTurns finds the columns that say what sort of entry a row is. One that has
// no meaning gets it from its words.
func (t *table) findTurns(sample []*outline.Profile) {
	if t.Kind == "" || t.Kind == honne.Returns {
		return
	}
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		if f.shape != nil && f.shape.Figure && (c.Meaning == honne.MReason || t.entryCodes(i, sample)) {
			c.Meaning, t.turns.coded = honne.MReason, f
		}
		if !f.label || f.shape == nil || f.shape.Mode != outline.Text || f.col == t.saidAt {
			continue
		}
		if (c.Meaning == honne.MeaningUnknown || c.Meaning == honne.MStatus) && !c.Said && slices.ContainsFunc(sample, func(p *outline.Profile) bool {
			s := japan.Trim(p.Text(f.col))
			idle, _ := t.words.SaysUnsold(s)
			return idle || t.words.TurnsBack(s)
		}) {
			c.Meaning, c.Confidence = honne.MReason, terms.ByShape
		}
		if c.Meaning == honne.MReason || c.Meaning == honne.MNote || c.Meaning == honne.MStatus {
			t.turns.cols = append(t.turns.cols, i)
		}
	}
	t.findSales(sample)
}

// heedSign counts a row that takes back another by the sign of its figures.
func (t *table) heedSign(r *grid.Row) {
	if t.turns.coded != nil {
		t.heedCode(r)
	}
	for _, i := range t.turns.cols {
		c := r.Cell(t.fields[i].col)
		if c == nil || c.Kind != grid.Text {
			continue
		}
		if w := t.fields[i].word(t.words, r.N, c); w.Turns {
			t.heedWord(r, c.Col, w.Text)
			return
		} else if &t.fields[i] == t.turns.sales {
			t.heedStrange(r, c)
		}
	}
}

// sign is −1 where a figure of the row is below zero, 1 where one is above.
func (t *table) sign(r *grid.Row) (sign int) {
	for i := range t.fields {
		f := &t.fields[i]
		c := r.Cell(f.col)
		if !f.measure || c == nil {
			continue
		}
		switch n, ok := f.number(r.N, c); {
		case ok && n.Coef < 0:
			return -1
		case ok && n.Coef > 0:
			sign = 1
		}
	}
	return sign
}
