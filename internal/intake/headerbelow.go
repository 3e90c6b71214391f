package intake

// A header may stand below its rows, as a sheet is read that grows upwards.

// namesBelow reports whether a row below the first record is made of known headers, where
// that has figures too.
func (o *outline) namesBelow(first, p *profile) bool {
	if p == first || len(p.Cells) < 3 || !o.words.allHeaders(p) {
		return false
	}
	for i, c := range first.Cells {
		if first.class[i] == number && p.at(c.Col) == text {
			return true
		}
	}
	return false
}

// headerBelow is the row of headers right below the rows of a table that has none above, and
// above nothing but a blank row; nil for none.
func (o *outline) headerBelow(rows []*profile) *profile {
	if o.header < o.body {
		return nil
	}
	for i := o.body; i < len(rows); i++ {
		p := rows[i]
		switch {
		case p.empty():
			return nil
		case !o.namesBelow(rows[o.body], p):
		case i+1 < len(rows) && !rows[i+1].empty(), len(rows) >= segmentRows:
			return nil // of the rows below it
		default:
			return p
		}
	}
	return nil
}
