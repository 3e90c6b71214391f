package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// decimalMinus reports whether a figure with decimals has a minus behind it, where it
// ends none: 12.50- beside 3-.
func decimalMinus(figures []string) bool {
	return slices.ContainsFunc(figures, func(s string) bool { _, ok := figure.MinusBehind(s); return ok })
}

// partsThousands reports whether a program wrote the figures of a column: all of a
// thousand and more are parted by commas, one with a minus behind it and one without.
func partsThousands(figures []string) bool {
	plain, marked := 0, 0
	for _, s := range figures {
		bare, behind := strings.CutSuffix(s, "-")
		n, ok := japan.ParseNumber(bare)
		switch v, _, err := n.Times(1, 0); {
		case !ok || err != nil || v < 1000 && v > -1000:
		case !strings.Contains(bare, ","):
			return false
		case behind:
			marked++
		default:
			plain++
		}
	}
	return plain > 0 && marked > 0
}

// proveMinus makes sure of the minus behind the figures of two columns, one of pieces,
// that stands in the same rows of both: a dash that only ends amounts ends no pieces.
func (f *finder) proveMinus(rows []*outline.Profile, marked map[int32]bool) {
	cols := map[int32][]int32{} // rows with a minus, by the columns that may have one
	for col := range marked {
		if m := f.markings[col]; m == minusLast || m == usual && f.someMinus(rows, col) {
			cols[col] = minusRows(rows, col)
		}
	}
	for col, at := range cols {
		for twin, same := range cols {
			if twin != col && slices.Equal(at, same) && f.headsPieces(rows, twin) && !f.headsPieces(rows, col) {
				if f.markings == nil {
					f.markings = map[int32]marking{}
				}
				f.markings[col], f.markings[twin] = minusSure, minusSure
			}
		}
	}
}

// someMinus reports whether a column of whole numbers has a minus behind some of them,
// and behind some none.
func (f *finder) someMinus(rows []*outline.Profile, col int32) bool {
	minus, plain, begun := 0, 0, false
	for _, p := range rows {
		c := p.Cell(col)
		switch k := p.Class(col); {
		case c == nil, k == outline.Masked:
		case wholeThenMinus.MatchString(japan.Fold(japan.Trim(c.Text))):
			minus, begun = minus+1, true
		case k == outline.Number:
			plain, begun = plain+1, true
		case begun:
			return false
		}
	}
	return minus > 0 && plain > 0
}

// minusRows are the rows in which a column has a figure with a minus behind it.
func minusRows(rows []*outline.Profile, col int32) (at []int32) {
	for _, p := range rows {
		if c := p.Cell(col); c != nil && wholeThenMinus.MatchString(japan.Fold(japan.Trim(c.Text))) {
			at = append(at, p.N)
		}
	}
	return at
}

// headsPieces reports whether a header of pieces stands over a column: 数量.
func (f *finder) headsPieces(rows []*outline.Profile, col int32) bool {
	return slices.ContainsFunc(rows, func(p *outline.Profile) bool {
		if p.Class(col) != outline.Text {
			return false
		}
		m, sure := f.reader.words.Lookup(p.Text(col))
		_, amount, figure := m.Measure()
		return figure && !amount && sure >= terms.SureHeader && m != honne.MValue
	})
}
