package pdf

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"

	"honne"
)

// sheet is a page, or the pages over which one table runs.
type sheet struct {
	first, last int // pages, from 1
	rows        []sheetRow
	merges      []honne.Range
	columns     []float64 // of the table at its end
	ruled       bool
	said        map[string]bool // texts outside of tables, without their digits
	foot        []int32         // rows of such texts below the last table
}

type sheetRow struct {
	n     int32
	cells []blockCell
}

func (s *sheet) name() string {
	if s.first == s.last {
		return pageName(s.first)
	}
	return pageName(s.first) + "-" + strconv.Itoa(s.last)
}

// pageStep is how many rows each page of a sheet has for itself, so that the row
// tells the page: the second begins with row 1001.
const pageStep = 1000

// header finds the first words of a PDF.
func header(head []byte) int { return bytes.Index(head[:min(len(head), 1024)], []byte("%PDF-")) }

// builder makes a book of a document.
type builder struct {
	*Book
	d     *document
	texts int64
	cells int
	pages int
	scans int
}

// book reads all pages.
func (d *document) book() (*Book, error) {
	pages, err := d.pages()
	if err != nil {
		return nil, err
	}
	if len(pages) == 0 {
		return nil, damaged("no pages")
	}
	b := &builder{Book: &Book{}, d: d, pages: len(pages)}
	x := &fonts{d: d, byRef: map[int32]*font{}}
	for i, p := range pages {
		if err := b.page(x, p, i+1); err != nil {
			return nil, err
		}
	}
	if b.scans == b.pages {
		b.problems = []Problem{{What: OnlyScan, Count: b.scans}}
	}
	b.place()
	return b.Book, nil
}

// place says on which sheet each problem is, and says once of a sheet what holds
// for several of its pages.
func (b *builder) place() {
	type saying struct{ sheet, what string }
	said := map[saying]int{}
	out := b.problems[:0]
	for _, p := range b.problems {
		i := slices.IndexFunc(b.sheets, func(s sheet) bool { return s.first <= p.Page && p.Page <= s.last })
		if i >= 0 {
			p.Sheet = b.sheets[i].name()
		}
		key := saying{p.Sheet, p.What}
		if at, again := said[key]; again && (p.What == Repeated || p.What == Aligned) {
			out[at].Count += p.Count
			continue
		}
		said[key] = len(out)
		out = append(out, p)
	}
	b.problems = out
}

// page reads a page. One that is damaged is a problem, and the others go on.
func (b *builder) page(x *fonts, p page, n int) error {
	c, err := paint(x, p)
	switch {
	case b.d.ctx.Err() != nil:
		return b.d.ctx.Err()
	case b.d.fatal != nil:
		return b.d.fatal
	case err != nil:
		b.problem(n, Damaged, 0)
		return nil
	}
	b.unknown(c, n)
	if len(c.glyphs) == 0 {
		if c.images > 0.2 || c.hidden > 0 {
			b.problem(n, Scan, 0)
			b.scans++
		}
		return nil
	}
	blocks, turned := c.layout(b.d, b.hint(n))
	if turned > 0 {
		b.problem(n, Turned, turned)
	}
	if c.images > 0.5 {
		b.problem(n, Scan, 0) // with some text on it
	}
	return b.add(blocks, n)
}

// unknown counts the letters of a page that mean nothing.
func (b *builder) unknown(c *canvas, n int) {
	lost := 0
	for _, g := range c.glyphs {
		if strings.Contains(g.text, unknownText) {
			lost++
		}
	}
	if lost > 0 {
		b.problem(n, Unknown, lost)
	}
}

func (b *builder) problem(page int, what string, count int) {
	b.problems = append(b.problems, Problem{pageName(page), what, count, page})
}

// hint are the columns of the table without lines with which the page before
// ends.
func (b *builder) hint(n int) []float64 {
	if last := len(b.sheets) - 1; last >= 0 && b.sheets[last].last == n-1 && !b.sheets[last].ruled {
		return b.sheets[last].columns
	}
	return nil
}

// add puts the blocks of a page on a sheet: that of the page before when its
// last table goes on in the first one of this, else a sheet of its own.
func (b *builder) add(blocks []block, n int) error {
	last := len(b.sheets) - 1
	if last < 0 || b.sheets[last].last != n-1 || !b.sheets[last].goesOn(blocks) {
		b.sheets = append(b.sheets, sheet{first: n, said: map[string]bool{}})
		last++
	}
	s := &b.sheets[last]
	blocks = beside(blocks)
	if n > s.first {
		kept := s.join(blocks)
		if left := len(blocks) - len(kept); left > 0 {
			b.problem(n, Repeated, left)
		}
		blocks = kept
	}
	at := int32((n - s.first) * pageStep)
	if len(s.rows) > 0 {
		at = max(at, s.rows[len(s.rows)-1].n)
	}
	s.last, s.columns = n, nil
	unsure, bare := 0, false
	for i, x := range blocks {
		if i > 0 && blocks[i-1].apart(&x) {
			at++
		}
		unsure += x.unsure
		if at = s.put(x, at); x.columns != nil {
			s.columns, s.ruled, s.foot = x.columns, x.ruled, nil
			bare = bare || !x.ruled
		} else {
			s.foot = append(s.foot, at)
		}
		b.count(x)
	}
	switch {
	case unsure > 0:
		b.problem(n, Unsure, unsure)
	case bare:
		b.problem(n, Aligned, 0)
	}
	if b.cells > b.d.limits.Cells || b.texts > b.d.limits.Texts || at > math.MaxInt32/2 {
		return errLimit
	}
	return nil
}

func (b *builder) count(x block) {
	for _, r := range x.rows {
		b.cells += len(r.cells)
		for _, c := range r.cells {
			b.texts += int64(len(c.text))
		}
	}
}

// put adds the rows of a block below row at, and returns the last one.
func (s *sheet) put(x block, at int32) int32 {
	for _, m := range x.merges {
		s.merges = append(s.merges, honne.Range{
			From: honne.Cell{Row: at + 1 + int32(m.r0), Col: int32(m.c0) + 1},
			To:   honne.Cell{Row: at + 1 + int32(m.r1), Col: int32(m.c1) + 1}})
	}
	if x.columns == nil {
		s.said[x.key()] = true
	}
	for _, r := range x.rows {
		if at++; len(r.cells) > 0 {
			s.rows = append(s.rows, sheetRow{at, r.cells})
		}
	}
	return at
}

// goesOn reports whether the table at the end of the sheet goes on in the first
// one of a page: both have lines or none, and the same columns.
func (s *sheet) goesOn(blocks []block) bool {
	for _, x := range blocks {
		if x.columns == nil {
			continue
		}
		return s.columns != nil && s.ruled == x.ruled && sameColumns(s.columns, x.columns, x.ruled)
	}
	return false
}

// sameColumns compares columns; those without lines end where texts do, which
// differs from page to page.
func sameColumns(a, b []float64, ruled bool) bool {
	if len(a) != len(b) {
		return false
	}
	within := 20.0
	if ruled {
		within = 3
	}
	for i := range a {
		if math.Abs(a[i]-b[i]) > within {
			return false
		}
	}
	return true
}
