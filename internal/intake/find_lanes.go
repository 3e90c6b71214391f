package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// Tables side by side are read as if each stood alone: from the row on where two
// begin, every row is cut in two, and each half goes to a finder of its own, a
// lane, until a row spans both.

// lane is the finder of some columns of a sheet.
type lane struct {
	*finder
	from, to int32 // columns, both included
}

// cut is the part of a row that lies in the lane.
func (l *lane) cut(r *grid.Row) grid.Row {
	return grid.Row{N: r.N, Hidden: r.Hidden, Cells: between(r.Cells, l.from, l.to)}
}

func between(cells []grid.Cell, from, to int32) []grid.Cell {
	i := slices.IndexFunc(cells, func(c grid.Cell) bool { return c.Col >= from })
	if i < 0 {
		return nil
	}
	j := i
	for j < len(cells) && cells[j].Col <= to {
		j++
	}
	return cells[i:j]
}

const (
	lastColumn  = 1 << 20 // beyond the widest
	lastRow     = 1<<31 - 2
	sideColumns = 120 // among which the right table begins
)

// part opens two lanes where the table of a segment is two tables side by side,
// and gives them its rows.
func (f *finder) part(rows []*outline.Profile, o outline.Outline) (bool, error) {
	if f.decided != nil && f.decided.ranges {
		return false, nil // a person says where the tables stand
	}
	left, right, ok := sideBySide(rows, o, f.mergesNear(rows), f.reader.words)
	if !ok {
		return false, nil
	}
	f.setAside(rows[:o.Header])
	for _, cols := range [][2]int32{{0, left}, {right, lastColumn}} {
		g := newFinder(f.reader, f.sheet, f.source)
		g.root, g.merges, g.about, g.besides = f.root, f.merges, f.about, slices.Clone(f.besides)
		l := &lane{finder: g, from: cols[0], to: cols[1]}
		for _, p := range append(filledRows(f.titles), filledRows(rows[:o.Header])...) {
			l.titles = append(l.titles, l.title(p))
		}
		f.lanes = append(f.lanes, l)
	}
	f.besides = nil
	for _, p := range rows[o.Header:] {
		if err := f.row(&p.Row); err != nil {
			return true, err
		}
	}
	return true, nil
}

// title is what a row of titles says of the lane: what stands over it; of the
// rest what is about a unit or a period, and all where nothing stands over it.
func (l *lane) title(p *outline.Profile) *outline.Profile {
	own := between(p.Cells, l.from, l.to)
	out := &outline.Profile{Row: grid.Row{N: p.N}}
	add := func(c grid.Cell) {
		out.Cells, out.Classes = append(out.Cells, c), append(out.Classes, outline.Classify(&c))
	}
	for _, c := range own {
		add(c)
	}
	for _, c := range p.Cells {
		if c.Col >= l.from && c.Col <= l.to {
			continue
		}
		if _, ok := l.reader.words.TitlePeriod(c.Text); len(own) == 0 || ok && !holdsText(own, l.reader.words) || terms.IsUnitLabel(c.Text) {
			add(c)
		}
	}
	return out
}

// holdsText reports whether one of the cells says more than a unit.
func holdsText(cells []grid.Cell, d *terms.Dictionary) bool {
	return slices.ContainsFunc(cells, func(c grid.Cell) bool {
		return !terms.IsUnitLabel(c.Text) && !terms.IsPage(c.Text) && !terms.StartsWith(c.Text, d.Book.Words.Made)
	})
}

// share gives a row to the lanes; false when it spans them, and they end.
func (f *finder) share(r *grid.Row) (bool, error) {
	left, right := f.lanes[0], f.lanes[1]
	if len(between(r.Cells, left.to+1, right.from-1)) > 0 {
		return false, f.joinLanes(f.taken)
	}
	if f.held = append(f.held, outline.ProfileOf(r)); len(f.held) > 2*outline.SegmentRows || outline.CellsOf(f.held) > 2*segmentCells {
		f.held = slices.Delete(f.held, 0, len(f.held)/2)
	}
	for _, l := range f.lanes {
		half := l.cut(r)
		if len(half.Cells) == 0 {
			continue
		}
		if err := l.row(&half); err != nil {
			return true, err
		}
		if l.lanes != nil && l.taken == r.N || l.open != nil && len(l.doubt) == 0 && l.last == r.N {
			f.taken, f.held = r.N, f.held[:0]
		}
	}
	return true, nil
}

// joinLanes ends the lanes: each finds the tables in its rows up to the given
// one, and the rows after it are whole again.
func (f *finder) joinLanes(until int32) error {
	lanes, held := f.lanes, f.held
	f.lanes, f.held = nil, nil
	for _, l := range lanes {
		later := func(p *outline.Profile) bool { return p.N > until }
		l.buffer, l.doubt = slices.DeleteFunc(l.buffer, later), slices.DeleteFunc(l.doubt, later)
		if err := l.finish(); err != nil {
			return err
		}
		f.about = l.about
	}
	f.last = until
	for _, p := range held {
		if p.N > until {
			if err := f.row(&p.Row); err != nil {
				return err
			}
		}
	}
	return nil
}

// sideBySide looks for the last column of a left and the first column of a right
// table in the rows of a segment: both have a header, names and figures, a blank
// column stands between them or their headers are the same, and something says
// that a row of one is not a row of the other.
func sideBySide(rows []*outline.Profile, o outline.Outline, merges []honne.Range, words *terms.Dictionary) (left, right int32, ok bool) {
	if o.Header == o.End {
		return 0, 0, false
	}
	rows = rows[:regionEnd(rows, o)]
	used := usedColumns(rows[o.Header:])
	for i := 1; i < min(len(used), sideColumns); i++ {
		left, right = used[i-1], used[i]
		if right == left+1 && !sameHeaders(rows[o.Header:o.End], used[0], left, right) {
			continue
		}
		a, okA := standsAlone(rows[o.Header:], 0, left, merges, words)
		b, okB := standsAlone(rows[o.Header:], right, lastColumn, merges, words)
		if okA && okB && (named(b, words) || repeats(a, b)) && (b.begins(words) || b.heads[0] == a.heads[0]) && (right == left+1 || apart(rows, o, left, right) || repeats(a, b) || otherSeries(a, b, words)) {
			return left, right, true
		}
	}
	return 0, 0, false
}

// regionEnd is the index of the first blank row below the first record.
func regionEnd(rows []*outline.Profile, o outline.Outline) int {
	for i := o.Body; i < len(rows); i++ {
		if rows[i].Empty() {
			return i
		}
	}
	return len(rows)
}

func usedColumns(rows []*outline.Profile) []int32 {
	var out []int32
	for _, p := range rows {
		for _, c := range p.Cells {
			if i, seen := slices.BinarySearch(out, c.Col); !seen {
				out = slices.Insert(out, i, c.Col)
			}
		}
	}
	return out
}

// half is a table found in some columns: its shape, and the lowest header text
// of each column.
type half struct {
	outline.Outline
	heads []string // parallel to cols
}

// standsAlone finds the table in some columns: one with a header, a column of
// labels and one of figures.
func standsAlone(rows []*outline.Profile, from, to int32, merges []honne.Range, words *terms.Dictionary) (half, bool) {
	var cut []*outline.Profile
	for _, p := range rows {
		cut = append(cut, outline.ProfileOf(&grid.Row{N: p.N, Cells: between(p.Cells, from, to)}))
	}
	o, ok := outline.Find(cut, merges, words)
	if !ok || o.Header == o.End {
		return half{}, false
	}
	h := half{Outline: o}
	labels, figures := false, false
	for _, s := range o.Cols {
		h.heads = append(h.heads, lowestText(cut[o.Header:o.End], s.Col))
		m, _ := words.Lookup(h.heads[len(h.heads)-1])
		labels = labels || !s.Figure || m == honne.MPeriod // years may be plain numbers
		figures = figures || s.Figure
	}
	return h, labels && figures
}

// begins reports whether the first column names the rows, or numbers them.
func (h half) begins(words *terms.Dictionary) bool {
	s := h.Cols[0]
	return !s.Figure || s.Coded || words.SaysCode(h.heads[0])
}

func lowestText(header []*outline.Profile, col int32) string {
	for i := len(header) - 1; i >= 0; i-- {
		if s := japan.Trim(header[i].Text(col)); s != "" {
			return s
		}
	}
	return ""
}

// named reports whether the first label of a table says whom or what it counts.
func named(h half, words *terms.Dictionary) bool {
	for i, s := range h.Cols {
		if m, sure := words.Lookup(h.heads[i]); !s.Figure && m != honne.MRowNumber {
			return sure > 0 && (terms.Names(m) || terms.Numbers(m) || m == honne.MRegion || m == honne.MBranch || m == honne.MProductLine)
		}
	}
	return false
}

// repeats reports whether a label of the right table is called as one of the
// left, and a figure as well.
func repeats(a, b half) bool {
	labels, figures := false, false
	for i, s := range b.Cols {
		k := slices.Index(a.heads, b.heads[i])
		switch {
		case k < 0 || s.Figure && b.heads[i] == "":
		case k == 0 && i == 0:
			labels = true
		case a.Cols[k].Figure != s.Figure:
		case s.Figure:
			figures = true
		default:
			labels = true
		}
	}
	return labels && figures
}

// otherSeries reports whether the figures of two tables are of different series.
func otherSeries(a, b half, words *terms.Dictionary) bool {
	left, right := seriesOf(a, words), seriesOf(b, words)
	return len(left) > 0 && len(right) > 0 && !slices.ContainsFunc(right, func(s honne.Series) bool { return slices.Contains(left, s) })
}

func seriesOf(h half, words *terms.Dictionary) []honne.Series {
	var out []honne.Series
	for i, s := range h.Cols {
		m, _ := words.Lookup(h.heads[i])
		if series, _, ok := m.Measure(); ok && s.Figure {
			out = append(out, series)
		}
	}
	return out
}

// apart reports whether two halves of a segment are no rows of one table: a title
// stands over each, or one goes on where the other has ended.
func apart(rows []*outline.Profile, o outline.Outline, left, right int32) bool {
	for _, p := range rows[max(0, o.Header-1):o.End] {
		if len(p.Cells) == 2 && p.Cells[0].Col <= left && p.Cells[1].Col == right && p.Classes[0] == outline.Text && p.Classes[1] == outline.Text {
			return true
		}
	}
	lone := 0
	for _, p := range rows[o.Body:] {
		a, b := len(between(p.Cells, 0, left)), len(between(p.Cells, right, lastColumn))
		if a == 0 && b > 1 || a > 1 && b == 0 {
			lone++
		}
	}
	return lone > 0
}

// sameHeaders reports whether the header texts from right on repeat those up to
// left: 順位 都道府県 値 順位 都道府県 値.
func sameHeaders(header []*outline.Profile, first, left, right int32) bool {
	text := func(col int32) string {
		s := ""
		for _, h := range header {
			s += japan.Trim(h.Text(col)) + "\n"
		}
		return strings.TrimSpace(s)
	}
	n := 0
	for k := range left - first + 1 {
		a := text(first + k)
		if a != text(right+k) || k > 0 && a != "" && a == text(first+k-1) {
			return false
		}
		if a != "" {
			n++
		}
	}
	return n > 1
}
