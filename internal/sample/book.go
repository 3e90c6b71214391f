package sample

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"honne"
)

// book writes a workbook sheet by sheet and row by row. The first error stays
// and is returned by bytes.
type book struct {
	file   *excelize.File
	sheet  string
	row    int
	styles map[look]int
	err    error
}

// look is one of the few styles in use.
type look int

const (
	plain look = iota
	title
	header
	figure // thousands separated, negatives with △
	day    // 2025/4/3
	totals
	looks
)

func newBook() *book {
	b := &book{file: excelize.NewFile(), styles: map[look]int{}}
	number, date := "#,##0;\"△\"#,##0", "yyyy/m/d"
	grid := []excelize.Border{{Type: "top", Color: "808080", Style: 1}, {Type: "bottom", Color: "808080", Style: 1}}
	fill := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDE6F0"}}
	for l, s := range [looks]excelize.Style{
		title:  {Font: &excelize.Font{Bold: true, Size: 14}},
		header: {Font: &excelize.Font{Bold: true}, Border: grid, Fill: fill, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center"}},
		figure: {CustomNumFmt: &number},
		day:    {CustomNumFmt: &date},
		totals: {Font: &excelize.Font{Bold: true}, Border: grid, CustomNumFmt: &number},
	} {
		id, err := b.file.NewStyle(&s)
		b.keep(err)
		b.styles[look(l)] = id
	}
	return b
}

func (b *book) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

// open starts a sheet.
func (b *book) open(name string) {
	if b.sheet == "" {
		b.keep(b.file.SetSheetName("Sheet1", name))
	} else {
		_, err := b.file.NewSheet(name)
		b.keep(err)
	}
	b.sheet, b.row = name, 0
}

func at(col, row int) string { return honne.Cell{Row: int32(row), Col: int32(col)}.String() }

// put writes a row; nil leaves its cell empty, a honne.Date becomes a serial.
func (b *book) put(l look, cells ...any) {
	b.row++
	for i, c := range cells {
		if c == nil {
			continue
		}
		look, cell := l, at(i+1, b.row)
		if d, ok := c.(honne.Date); ok {
			c, look = int(d-honne.NewDate(1899, 12, 30)), day
		}
		b.keep(b.file.SetCellValue(b.sheet, cell, c))
		if id := b.styles[look]; id != 0 {
			b.keep(b.file.SetCellStyle(b.sheet, cell, cell, id))
		}
	}
}

// merge joins a rectangle of cells.
func (b *book) merge(fromCol, fromRow, toCol, toRow int) {
	b.keep(b.file.MergeCell(b.sheet, at(fromCol, fromRow), at(toCol, toRow)))
}

// bytes closes the book, written on the day made.
func (b *book) bytes(author string, made honne.Date) ([]byte, error) {
	stamp := made.String() + "T01:30:00Z"
	b.keep(b.file.SetDocProps(&excelize.DocProperties{Creator: author, LastModifiedBy: author, Created: stamp, Modified: stamp}))
	var out bytes.Buffer
	b.keep(b.file.Write(&out))
	b.keep(b.file.Close())
	if b.err != nil {
		return nil, fmt.Errorf("write workbook: %w", b.err)
	}
	return out.Bytes(), nil
}
