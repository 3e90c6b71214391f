package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/japan"
)

// A column may write its figures as other systems do: a minus behind whole numbers
// (1,234-), which in Japan may also only end a figure, or points between thousands
// and a comma before decimals (1.234,56). One cell says neither; a column does where
// all of its cells agree.

// marking is how a column writes its figures.
type marking uint8

const (
	usual marking = iota
	minusLast
	commaDecimals
	dashLast  // yen with the dash that ends them: ¥9,000-
	minusSure // a minus behind whole numbers that can be nothing else
)

var (
	wholeThenMinus = regexp.MustCompile(`^(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)-$`)
	pointsAndComma = regexp.MustCompile(`^-?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}-?$`)
	withComma      = regexp.MustCompile(`^-?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]{1,2})?-?$`)
)

const (
	fewestMinus  = 2 // figures with a minus behind them that a column must have
	fewestCommas = 2 // figures with both marks
)

// read reads the figure of a text that is written so.
func (m marking) read(s string) (honne.Decimal, bool) {
	if m == dashLast {
		return japan.ParseBill(s)
	}
	s = japan.Fold(japan.Trim(s))
	switch {
	case (m == minusLast || m == minusSure) && wholeThenMinus.MatchString(s), m == commaDecimals && withComma.MatchString(s):
	default:
		return honne.Decimal{}, false
	}
	bare, behind := strings.CutSuffix(s, "-")
	if m == commaDecimals {
		bare = strings.ReplaceAll(strings.ReplaceAll(bare, ".", ""), ",", ".")
	}
	n, ok := japan.ParseNumber(bare)
	if behind {
		return n.Neg(), ok && n.Coef >= 0
	}
	return n, ok
}

// findMarkings finds the columns of a segment that write their figures so, and reads
// its rows accordingly.
func (f *finder) findMarkings(rows []*outline.Profile) {
	if f.markings = nil; f.root != f {
		f.markings = f.root.markings // which has read the rows of its lanes
		return
	}
	marked := candidates(rows)
	for col := range marked {
		if m := markingOf(rows, col); m != usual {
			if f.markings == nil {
				f.markings = map[int32]marking{}
			}
			f.markings[col] = m
		}
	}
	f.proveMinus(rows, marked)
	if f.markings == nil {
		return
	}
	for _, p := range rows {
		f.readMarked(&p.Row)
		for i := range p.Cells {
			if f.markings[p.Cells[i].Col] != usual && p.Cells[i].Kind == grid.Number {
				p.Classes[i] = outline.Number
			}
		}
	}
}

// candidates are the columns with a figure that is written so.
func candidates(rows []*outline.Profile) map[int32]bool {
	out := map[int32]bool{}
	for _, p := range rows {
		for i := range p.Cells {
			c := &p.Cells[i]
			if n := len(c.Text); c.Kind != grid.Text || n < 2 || n > 60 || p.Classes[i] != outline.Text || !strings.ContainsFunc(c.Text, unicode.IsDigit) {
				continue
			}
			_, minus := minusLast.read(c.Text)
			_, dash := dashLast.read(c.Text)
			if s := japan.Fold(japan.Trim(c.Text)); minus || dash || pointsAndComma.MatchString(s) {
				out[c.Col] = true
			}
		}
	}
	return out
}

// markingOf says how all figures of a column are written, from the first on.
func markingOf(rows []*outline.Profile, col int32) marking {
	if endsYen(rows, col) {
		return dashLast
	}
	var figures []string
	for _, p := range rows {
		c := p.Cell(col)
		if c == nil {
			continue
		}
		switch k := p.Class(col); {
		case k == outline.Masked:
		case c.Kind != grid.Text && k == outline.Number && len(figures) > 0:
			return usual // the program itself knows what is a number
		case k == outline.Number, k == outline.Text && anyMarking(c.Text):
			figures = append(figures, japan.Fold(japan.Trim(c.Text)))
		case len(figures) > 0:
			return usual
		}
	}
	minus, commas := 0, 0
	for _, s := range figures {
		if wholeThenMinus.MatchString(s) {
			minus++
		}
		if pointsAndComma.MatchString(s) {
			commas++
		}
	}
	all := func(m marking) bool {
		return !slices.ContainsFunc(figures, func(s string) bool {
			_, marked := m.read(s)
			_, plain := japan.ParseNumber(s)
			_, behind := figure.MinusBehind(s)
			plain = plain || behind
			return !marked && (m == commaDecimals || !plain)
		})
	}
	switch {
	case commas >= fewestCommas && all(commaDecimals):
		return commaDecimals
	case commas == 0 && minus > 0 && decimalMinus(figures) && all(minusLast):
		return minusSure
	case commas == 0 && (minus >= fewestMinus || minus > 0 && partsThousands(figures)) && 3*minus <= len(figures) && all(minusLast):
		return minusLast
	}
	return usual
}

// endsYen reports whether a dash stands behind every figure of a column that has a
// yen sign: where some have none it may be a minus.
func endsYen(rows []*outline.Profile, col int32) bool {
	dashes := 0
	for _, p := range rows {
		c := p.Cell(col)
		if c == nil || c.Kind != grid.Text {
			continue
		}
		if _, ok := japan.ParseBill(c.Text); ok {
			dashes++
		} else if strings.ContainsAny(c.Text, "¥￥\\") && p.Class(col) == outline.Number {
			return false
		}
	}
	return dashes > 0
}

func anyMarking(s string) bool {
	_, minus := minusLast.read(s)
	_, comma := commaDecimals.read(s)
	return minus || comma
}

// readMarked reads the figures of a row as their columns write them.
func (f *finder) readMarked(r *grid.Row) {
	for i := range r.Cells {
		c := &r.Cells[i]
		if m := f.markings[c.Col]; m != usual && c.Kind == grid.Text {
			if n, ok := m.read(c.Text); ok {
				c.Kind, c.Num = grid.Number, n
			}
		}
	}
}

// tellMarkings says how columns were read; a minus is certain where the total agrees.
func (t *table) tellMarkings(f *finder) {
	for i := range t.fields {
		m, id := f.markings[t.fields[i].col], "problem.comma-decimals"
		if m == usual || !t.fields[i].measure {
			continue
		}
		severity := honne.SevNote
		switch m {
		case minusSure:
			id = "problem.minus-proved"
		case minusLast:
			id, severity = "problem.minus-behind", honne.SevWarning
		case dashLast:
			id = "problem.dash-behind"
		}
		t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, t.fields[i].col), Severity: severity,
			Raw: t.Columns[i].Header, What: honne.Say(id, honne.Text("column", t.Columns[i].At))})
	}
}

// weighMarkings makes a note of a minus with which the total of its column agrees.
func (t *table) weighMarkings() {
	for i := range t.stats.problems {
		p := &t.stats.problems[i]
		if p.What.ID == "problem.minus-behind" && slices.ContainsFunc(t.Controls, func(c honne.Control) bool {
			return c.At.Col == p.At.Range.From.Col && c.Agrees
		}) {
			p.Severity = honne.SevNote
		}
	}
}
