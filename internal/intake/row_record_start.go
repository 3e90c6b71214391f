package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// An app such as kintone exports a record with a table in it as several rows, and marks
// the first of them (レコードの開始行 over *). What is of the record stands in that row
// alone, or in each of them.

// recordStart is the column that marks the first row of each record, where several rows
// of the sample have no mark; 0 for none.
func (t *table) recordStart(sample []*outline.Profile) int32 {
	for i := range t.fields {
		f := &t.fields[i]
		if len(f.path) == 0 || !t.words.RecordStart[japan.Key(strings.Join(f.path, ""))] || len(sample) == 0 || sample[0].Class(f.col) == outline.Blank {
			continue
		}
		if slices.ContainsFunc(sample, func(p *outline.Profile) bool { return p.Class(f.col) == outline.Blank }) {
			return f.col
		}
	}
	return 0
}

// slipBelow is what the further rows of a record take from its first: the names and
// days that they all leave blank.
func (t *table) slipBelow(sample []*outline.Profile, start int32) slip {
	s := slip{keys: []int32{start}}
	for i := range t.fields {
		f, m := &t.fields[i], t.Columns[i].Meaning
		if _, kept := placeOf(m); !f.label || !kept && m != honne.MDate {
			continue
		}
		further := func(p *outline.Profile) bool {
			return p.Class(start) == outline.Blank && p.Class(f.col) != outline.Blank
		}
		if sample[0].Class(f.col) != outline.Blank && !slices.ContainsFunc(sample, further) {
			s.said = append(s.said, i)
		}
	}
	return s
}

// refuseRecordAmounts leaves out figures of a record as a whole, which say nothing of
// what each of its rows is worth: a person has a look.
func (t *table) refuseRecordAmounts(sample []*outline.Profile) {
	start := t.recordStart(sample)
	if start == 0 {
		return
	}
	for i := range t.fields {
		c := &t.Columns[i]
		if _, _, figure := c.Meaning.Measure(); !figure || t.fields[i].label || c.Said || !t.ofRecords(sample, start, i) {
			continue
		}
		c.Meaning, c.Confidence, c.Guess = honne.MTotal, terms.ByShape, true
		t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, t.fields[i].col), Severity: honne.SevWarning, Raw: c.Header,
			What: honne.Say("problem.of-record", honne.Text("column", c.At), honne.Text("header", clip(c.Header)))})
	}
}

// ofRecords reports whether a column says one figure a record: its further rows leave it
// blank, or repeat it in several records of which it differs.
func (t *table) ofRecords(sample []*outline.Profile, start int32, i int) bool {
	blanks, repeats := 0, 0
	differ := false
	var first, before int64
	for k, p := range sample {
		v, ok := t.thousandths(p, i)
		switch {
		case p.Class(start) != outline.Blank:
			first = v
			continue
		case !ok && p.Class(t.fields[i].col) == outline.Blank:
			blanks++
			continue
		case !ok || v != first:
			return false
		}
		if sample[k-1].Class(start) != outline.Blank {
			differ = differ || repeats > 0 && first != before
			repeats, before = repeats+1, first
		}
	}
	return blanks > 0 && repeats == 0 || blanks == 0 && repeats > 1 && differ
}
