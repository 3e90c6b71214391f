package aligned

import "slices"

// group is lines whose records have the same columns: a table, or the pages of one.
type group struct {
	from, to int // of the lines
	records  []*line
}

const compared = 60 // records of a group with which those of a block are compared

// groupsOf divides lines at blank ones, where the records below keep to other columns
// than those above.
func groupsOf(lines []line) []group {
	out := []group{{}}
	for from := 0; from < len(lines); {
		to := from
		for to < len(lines) && (len(lines[to].tokens) > 0 || lines[to].ruled) {
			to++
		}
		records := recordsOf(lines[from:to])
		g := &out[len(out)-1]
		if len(records) > 0 && len(g.records) > 0 && !fit(g.records, records) {
			out = append(out, group{from: g.to, to: g.to})
			g = &out[len(out)-1]
		}
		if len(records) > 0 {
			g.records, g.to = append(g.records, records...), to
		}
		from = to + 1
	}
	out[len(out)-1].to = len(lines)
	return out
}

func recordsOf(lines []line) (out []*line) {
	for i := range lines {
		if l := &lines[i]; l.record && !l.divided {
			out = append(out, l)
		}
	}
	return out
}

// fit reports whether the columns of two blocks together divide the records of both.
func fit(above, below []*line) bool {
	all := slices.Concat(above[max(0, len(above)-compared):], below[:min(len(below), compared)])
	columns, clash := columnsOf(all), 0
	for _, l := range all {
		last := -1
		for _, t := range l.tokens {
			first, end := t.over(columns)
			if first <= end && first <= last {
				clash++
				break
			}
			last = max(last, end)
		}
	}
	return clash*sureCount <= len(all)
}
