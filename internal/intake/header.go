package intake

import (
	"slices"

	"honne"
	"honne/internal/intake/grid"
)

// outline is where, among buffered rows, a table begins: the header rows
// rows[header:end] (none when equal) and the first data row rows[body]; between
// them stand blank rows and the names of what follows.
type outline struct {
	header int
	end    int
	body   int
	words  *dictionary
	sample []*profile // the first data rows
	cols   []colShape // of the sample, by column
	first  int32      // leftmost and rightmost column
	last   int32
}

const (
	sampleRows = 40
	bareRows   = 3 // numbers that may be the codes of a table below
)

// find looks for the table in the rows of a segment. Rows are in order; blank
// ones are given too.
func find(rows []*profile, merges []honne.Range, words *dictionary) (outline, bool) {
	words.markCounted(rows)
	o, ok := findFrom(rows, 0, merges, words)
	if !ok || len(o.cols) > 2 && !o.bare() {
		return o, ok
	}
	// Two columns may be what stands beside 対象月 and 提出日 above a wider table,
	// a few rows of bare numbers the codes of its columns.
	next := o.body + len(o.sample)
	if o.header < o.body && (len(o.sample) > 2 || o.headsFigures(rows[o.header:o.body])) {
		return o, true
	}
	if wider, ok := findFrom(rows, next, merges, words); ok && len(wider.cols) > 2 && wider.header < wider.body {
		return wider, true
	}
	return o, true
}

// headsFigures reports whether the header rows name a known measure and, beside it,
// something else that is known: 得意先, 売上実績.
func (o *outline) headsFigures(header []*profile) bool {
	measure, other := false, false
	for _, p := range header {
		for _, c := range p.Cells {
			m, sure := o.words.lookup(c.Text)
			_, _, counts := m.Measure()
			measure = measure || sure > 0 && counts
			other = other || sure > 0 && !counts && m != honne.MeaningUnknown
		}
	}
	return measure && other
}

// bare reports whether the outline is no more than a few rows of numbers that
// nothing names.
func (o *outline) bare() bool {
	named := func(s colShape) bool { return !s.figure }
	return o.header == o.body && len(o.sample) <= bareRows && !slices.ContainsFunc(o.cols, named)
}

func findFrom(rows []*profile, from int, merges []honne.Range, words *dictionary) (outline, bool) {
	seed := findSeed(rows, from, words)
	if seed < 0 {
		return findTextTable(rows, from, words)
	}
	o := outline{body: seed, words: words}
	o.measure(rows)
	for o.body < len(rows) && o.headerLike(rows[o.body]) {
		o.body++
	}
	if o.body >= len(rows) {
		return outline{}, false
	}
	o.measure(rows)
	for o.body-1 > from && o.record(rows[o.body-1], rows[:o.body-1]) {
		o.body--
		o.measure(rows)
	}
	for o.body+1 < len(rows) && o.describesNames(rows, o.body) {
		o.body++
		o.measure(rows)
	}
	o.header = o.headerTop(rows, merges)
	o.end = o.body
	for o.end-1 > o.header && (o.describesNames(rows, o.end-1) || rows[o.end-1].empty() || words.totalRow(rows[o.end-1]) || o.opens(rows[o.header:o.end])) {
		o.end--
	}
	return o, true
}

// describesNames reports whether a row below products that stand across says
// something of them, and counts nothing: 規格, 定価.
func (o *outline) describesNames(rows []*profile, i int) bool {
	p := rows[i]
	if p.empty() || p.Cells[0].Col != o.first || p.class[0] != text || len(p.Cells) < 3 || !o.words.saysOf(p.Cells[0].Text, describing) {
		return false
	}
	return slices.ContainsFunc(rows[max(0, i-4):i], func(h *profile) bool {
		return h.at(o.first) == text && h.at(p.Cells[1].Col) == text && h.at(p.Cells[2].Col) == text &&
			o.words.unknown(h.Text(p.Cells[1].Col)) && o.words.unknown(h.Text(p.Cells[2].Col))
	})
}

// describing is what a row may say of products that stand across.
var describing = []honne.Meaning{honne.MUnitName, honne.MUnitPrice, honne.MListPrice, honne.MProductLine, honne.MProductCode, honne.MProductName}

// saysOf reports whether a text is a whole header of one of the meanings.
func (d *dictionary) saysOf(s string, of []honne.Meaning) bool {
	m, sure := d.lookup(s)
	return sure >= sureHeader && slices.Contains(of, m)
}

// record reports whether a row above the first record is a record too, though it
// looks like none: its figures are withheld, or its codes are no numbers where
// those below are. Its columns are those of the body, or named above it.
func (o *outline) record(p *profile, above []*profile) bool {
	if o.words.totalRow(p) {
		return false
	}
	labels, figures := 0, 0
	for i, c := range p.Cells {
		s, k := o.shape(c.Col), lowestClass(above, c.Col)
		switch {
		case s != nil && s.figure && !s.coded && s.purity >= 0.8 && p.class[i] == number, s != nil && k == text && o.mistyped(p, i, above):
			figures++
		case s != nil && (!s.figure || s.coded || s.purity < 0.8):
			labels++
		case k != text && k != when:
			return false
		case s == nil && p.class[i] == text:
			labels++
		case p.class[i] != masked:
			return false
		default:
			figures++
		}
	}
	return labels > 0 && figures > 0
}

// mistyped reports whether a text is a figure that cannot be read as one (2-, 10本),
// under a measure's name, in a row whose first column is named above too.
func (o *outline) mistyped(p *profile, i int, above []*profile) bool {
	c := &p.Cells[i]
	if p.class[i] != text || c.Kind != grid.Text || p.Cells[0].Col != o.first || len(repairs(c.Text)) == 0 {
		return false
	}
	for k := len(above) - 1; k >= 0; k-- {
		if s := above[k].Text(c.Col); above[k].at(c.Col) == text && len(repairs(s)) == 0 {
			return o.words.measures(s) && above[k].at(o.first) == text
		}
	}
	return false
}

// lowestClass is the class of the lowest cell in a column that is not withheld.
func lowestClass(rows []*profile, col int32) class {
	for i := len(rows) - 1; i >= 0; i-- {
		if k := rows[i].at(col); k != masked && k != blank {
			return k
		}
	}
	return blank
}

// opens reports whether the last of some header rows names none of the columns
// but what the first rows are about: it fills only columns of labels, which the
// rows above name as they do the figures.
func (o *outline) opens(header []*profile) bool {
	last, above := header[len(header)-1], header[:len(header)-1]
	named := func(col int32) bool {
		return slices.ContainsFunc(above, func(h *profile) bool { return h.at(col) != blank })
	}
	lone := len(last.Cells) == 1 && last.Cells[0].Col == o.first && o.words.unknown(last.Cells[0].Text)
	for _, c := range last.Cells {
		if s := o.shape(c.Col); !lone && (s == nil || s.figure || !named(c.Col)) {
			return false
		}
	}
	figures, over := 0, 0
	for _, s := range o.cols {
		if s.figure {
			figures++
			if named(s.col) {
				over++
			}
		}
	}
	return figures > 0 && 2*over >= figures
}

// findSeed returns the first row that looks like a record: figures in it, and a
// next row built alike, or nothing after it but texts above it.
func findSeed(rows []*profile, from int, words *dictionary) int {
	for i := from; i < len(rows); i++ {
		p := rows[i]
		if !p.seeds() || words.keyed(p) {
			continue
		}
		j := nextFilled(rows, i+1)
		if j < 0 || j > i+2 {
			if hasHeaderAbove(rows, i) {
				return i
			}
			continue
		}
		if (alike(p, rows[j]) >= 0.6 || numbered(p, rows[j])) && !datedTitle(p, rows[j]) {
			return i
		}
		if len(p.Cells) > 2 && hasHeaderAbove(rows, i) && (words.totalRow(rows[j]) || !hasHeaderAbove(rows, j)) {
			return i
		}
	}
	return -1
}

// numbered reports whether two rows count on in their first column: 1, 2.
func numbered(p, next *profile) bool {
	a, b := &p.Cells[0], &next.Cells[0]
	if a.Col != b.Col || p.class[0] != number || next.class[0] != number {
		return false
	}
	m, _ := figureOf(a)
	n, _ := figureOf(b)
	return m.Scale == 0 && n.Scale == 0 && m.Coef >= 0 && n.Coef == m.Coef+1
}

// datedTitle reports whether a row that holds a date and no number stands over a
// text where it has the date, or over several dates: a title with its month,
// above a header.
func datedTitle(p, below *profile) bool {
	_, figures, whens := below.count()
	return !slices.Contains(p.class, number) && (figures == 0 && whens > 1 || slices.ContainsFunc(p.Cells, func(c grid.Cell) bool {
		return p.at(c.Col) == when && below.at(c.Col) == text
	}))
}

func nextFilled(rows []*profile, i int) int {
	for ; i < len(rows); i++ {
		if !rows[i].empty() {
			return i
		}
	}
	return -1
}

// hasHeaderAbove reports whether the filled row above i names the columns in
// which i has figures.
func hasHeaderAbove(rows []*profile, i int) bool {
	for h := i - 1; h >= 0 && h >= i-2; h-- {
		named, asked := 0, 0
		for k, c := range rows[i].Cells {
			if rows[i].class[k].figure() {
				asked++
				if rows[h].at(c.Col) == text || rows[h].at(c.Col) == when {
					named++
				}
			}
		}
		if asked > 0 && 2*named > asked {
			return true
		}
	}
	return false
}

// alike is the share of columns in which two rows look the same; a blank beside
// anything counts half.
func alike(a, b *profile) float64 {
	same, all := 0.0, 0.0
	visit := func(p, q *profile, both bool) {
		for i, c := range p.Cells {
			k := q.at(c.Col)
			switch {
			case k == blank:
				same, all = same+0.5, all+1
			case both && (k == when && p.class[i] == number || k == number && p.class[i] == when):
				same, all = same+0.5, all+1
			case !both:
			case k == p.class[i] || k.figure() && p.class[i].figure():
				same, all = same+1, all+1
			default:
				all++
			}
		}
	}
	visit(a, b, true)
	visit(b, a, false)
	if all == 0 {
		return 0
	}
	return same / all
}

// measure takes the shape of the columns from the rows at the body.
func (o *outline) measure(rows []*profile) {
	counts := map[int32]*tally{}
	n, gap := 0, false
	var alone []int32 // columns of rows of one text
	o.first, o.last, o.sample = 1<<30, 0, nil
	for _, p := range rows[o.body:] {
		if p.empty() {
			gap = true
			continue
		}
		if n > 0 && !gap && headsPage(p, rows[:o.body]) {
			continue // the head of another page
		}
		if n > 0 && !gap && o.namesBelow(rows[o.body], p) {
			continue
		}
		if n > 0 && len(p.Cells) == 1 && p.class[0] == text && !o.words.note(p.Cells[0].Text) {
			alone = append(alone, p.Cells[0].Col)
		}
		if o.words.totalRow(p) || n > 0 && len(p.Cells) == 1 && p.class[0] == text {
			continue // a sum, a note, the name of what follows
		}
		if n == sampleRows || n > 0 && (o.words.namesParty(p) || o.body > 0 && begunAnew(rows[o.body-1], p)) || n > 0 && (alike(rows[o.body], p) < 0.3 || gap && !p.counts()) {
			break
		}
		n, gap = n+1, false
		o.sample = append(o.sample, p)
		for i, c := range p.Cells {
			o.first, o.last = min(o.first, c.Col), max(o.last, c.Col)
			if counts[c.Col] == nil {
				counts[c.Col] = new(tally)
			}
			if k := counts[c.Col]; p.class[i] == text && o.words.ditto(c.Text) {
				k.repeat()
			} else {
				k.add(&p.Cells[i], p.class[i])
			}
		}
	}
	for _, col := range alone {
		if counts[col] == nil && col < o.first { // a column for the names of what follows
			counts[col], o.first = &tally{class: [5]int{text: 1}}, col
		}
	}
	o.cols = o.cols[:0]
	for col := o.first; col <= o.last; col++ {
		if k := counts[col]; k != nil {
			o.cols = append(o.cols, shapeOf(col, k, n))
			if k.dates.sure() {
				markDays(rows[o.body:], col)
			}
		}
	}
}

// headsPage reports whether a row of several texts says the same as one above the body.
func headsPage(p *profile, above []*profile) bool {
	return len(p.Cells) > 1 && !slices.Contains(p.class, number) && slices.ContainsFunc(above, func(h *profile) bool { return sameTexts(h, p) })
}

// markDays takes days in foreign order for what they are.
func markDays(rows []*profile, col int32) {
	for _, p := range rows {
		for i := range p.Cells {
			if _, _, _, ok := numericParts(p.Cells[i].Text); ok && p.Cells[i].Col == col {
				p.class[i] = when
			}
		}
	}
}

// headerLike reports whether the row cannot be a record of the body: it names
// where the body dates or counts, or gives figures without any label.
func (o *outline) headerLike(p *profile) bool {
	if p.empty() || o.words.headsPeriods(p) {
		return true
	}
	clash, labels, labelled, beyond := 0, 0, 0, 0
	for _, c := range p.Cells {
		if s := o.shape(c.Col); s == nil || s.cells <= 1 {
			beyond++ // columns of months to come, still blank
		}
	}
	dated := p.at(o.first) == when && slices.Contains(p.class, number) // 平成15年 above 16, 17
	for _, s := range o.cols {
		k := p.at(s.col)
		if s.purity >= 0.8 && (s.mode != text && k == text || s.figure && k == when && !(dated && s.col == o.first)) {
			clash++
		}
		if !s.figure && s.filled >= 0.9 {
			labels++
			if k != blank {
				labelled++
			}
		}
	}
	return clash > 0 && 3*(clash+beyond) >= len(p.Cells) || labels > 0 && labelled == 0 || clash > 0 && o.leftmost(p) == text && o.cols[0].mode != text
}

// headsPeriods reports whether a row is made of headers that are known, and of periods:
// 施設名, 品番, 4月, 合計.
func (d *dictionary) headsPeriods(p *profile) bool {
	known, whens := 0, 0
	for i, c := range p.Cells {
		_, sure := d.lookup(c.Text)
		switch {
		case p.class[i] == when && c.Kind == grid.Text:
			whens++
		case p.class[i] != text || sure < sureHeader:
			return false
		default:
			known++
		}
	}
	return known > 1 && whens > 0
}

func (o *outline) leftmost(p *profile) class {
	if len(o.cols) == 0 || o.cols[0].purity < 0.8 {
		return blank
	}
	return p.at(o.cols[0].col)
}

func (o *outline) shape(col int32) *colShape {
	for i := range o.cols {
		if o.cols[i].col == col {
			return &o.cols[i]
		}
	}
	return nil
}

func mergedAcross(merges []honne.Range, row, col int32) bool {
	for _, m := range merges {
		if m.From.Row == row && m.From.Col == col && m.To.Col > col {
			return true
		}
	}
	return false
}

// findTextTable finds a table that holds no figures at all: a row of several
// texts, with a row below that fills the same columns.
func findTextTable(rows []*profile, from int, words *dictionary) (outline, bool) {
	for i := from; i < len(rows); i++ {
		p := rows[i]
		j := nextFilled(rows, i+1)
		if len(p.Cells) < 2 || j < 0 || len(rows[j].Cells) < 2 || alike(p, rows[j]) < 0.5 || words.fills(p, rows[i+1:]) {
			continue
		}
		o := outline{header: i, end: j, body: j, words: words}
		o.measure(rows)
		return o, true
	}
	return outline{}, false
}

// fills reports whether a row is a label of a form and what was filled in, above a header
// of more columns that are known: 氏名, 佐藤.
func (d *dictionary) fills(p *profile, below []*profile) bool {
	i := slices.IndexFunc(below, func(h *profile) bool { return len(h.Cells) > 2 })
	if i < 0 || len(p.Cells) > 2 || !d.unknown(p.Cells[1].Text) {
		return false
	}
	header := below[i]
	known := 0
	for _, c := range header.Cells {
		if !d.unknown(c.Text) {
			known++
		}
	}
	return 2*known > len(header.Cells)
}
