package aligned

import "slices"

// span is a column: from its first place to the one behind its last.
type span struct{ from, to int }

// columnsOf tells the columns of records by the places that hardly any of them
// fills.
func columnsOf(records []*line) []span {
	if len(records) < sureCount {
		records = agreeing(records)
	}
	filled := make([]int, maxWidth+1)
	for _, r := range records {
		for _, w := range r.tokens {
			for p := w.from; p < w.to; p++ {
				filled[p]++
			}
		}
	}
	var out []span
	for p, n := range filled {
		switch k := len(out) - 1; {
		case n <= len(records)/sureCount:
		case k >= 0 && out[k].to == p:
			out[k].to++
		default:
			out = append(out, span{p, p + 1})
		}
	}
	return out
}

// agreeing leaves out those of a few records of which a text reaches over several
// of another.
func agreeing(records []*line) []*line {
	reaches := func(a, b *line) bool {
		return slices.ContainsFunc(a.tokens, func(t token) bool {
			n := 0
			for _, o := range b.tokens {
				if o.from < t.to && t.from < o.to {
					n++
				}
			}
			return n > 1
		})
	}
	var out []*line
	for _, r := range records {
		over := 0
		for _, o := range records {
			if reaches(r, o) {
				over++
			}
		}
		if 2*over < len(records) {
			out = append(out, r)
		}
	}
	return out
}

// withStrays adds columns for texts that stand in none: what few rows fill, and
// headers over nothing.
func withStrays(columns []span, lines []line) []span {
	var strays []span
	for i := range lines {
		for _, t := range lines[i].tokens {
			if first, last := t.over(columns); first > last && len(lines[i].tokens) > 1 {
				strays = append(strays, span{t.from, t.to})
			}
		}
	}
	out := append(slices.Clone(columns), strays...)
	slices.SortFunc(out, func(a, b span) int { return a.from - b.from })
	merged := out[:0]
	for _, s := range out {
		if k := len(merged) - 1; k >= 0 && s.from < merged[k].to {
			merged[k].to = max(merged[k].to, s.to)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

// over returns the first and the last column that a text stands in; last is before
// first where it stands in none.
func (t *token) over(columns []span) (first, last int) {
	first, _ = slices.BinarySearchFunc(columns, t.from, func(c span, at int) int { return c.to - at - 1 })
	for last = first; last < len(columns) && columns[last].from < t.to; last++ {
	}
	return first, last - 1
}

// behind returns how many columns begin before a text.
func (t *token) behind(columns []span) (n int) {
	n, _ = slices.BinarySearchFunc(columns, t.from, func(c span, at int) int { return c.from - at })
	return n
}
