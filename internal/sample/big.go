package sample

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/transform"

	"honne"
)

// bigWorld is large enough for a benchmark's variety and small enough to be
// made at once.
func bigWorld() world {
	return newWorld(Size{Customers: 900, Products: 1500}, []region{
		{"東", []string{"北海道", "岩手県", "東京都", "長野県"}}, {"西", []string{"京都府", "鳥取県", "徳島県", "宮崎県"}}})
}

// BigCSV writes a header and rows lines of nine columns in CP932, as Japanese
// systems export them: a quarter of the lines wholly quoted, embedded commas and
// quotes, full-width digits in a tenth, dates in eras, full width or eight
// digits in a fifth, ㈱ 髙 﨑 and half-width kana, △ negatives, thousands
// separators. The same rows give the same bytes; nothing is kept in memory.
func BigCSV(w io.Writer, rows int) error {
	out := transform.NewWriter(w, japanese.ShiftJIS.NewEncoder())
	b := bufio.NewWriterSize(out, 1<<16)
	b.WriteString("売上日,得意先コード,得意先名,施設名,品番,品名,数量,金額（円）,備考\r\n")
	world, r := bigWorld(), rand.New(rand.NewPCG(0xC5F, 9))
	for i := range rows {
		bigRow(b, world.bigFields(r, i), i%4 == 3)
	}
	if err := errors.Join(b.Flush(), out.Close()); err != nil {
		return fmt.Errorf("sample: write CSV: %w", err)
	}
	return nil
}

func bigRow(b *bufio.Writer, fields [9]string, quoted bool) {
	for k, f := range fields {
		if k > 0 {
			b.WriteByte(',')
		}
		if quoted || strings.ContainsAny(f, `,"`) {
			f = `"` + strings.ReplaceAll(f, `"`, `""`) + `"`
		}
		b.WriteString(f)
	}
	b.WriteString("\r\n")
}

func (w world) bigFields(r *rand.Rand, i int) [9]string {
	d := honne.NewDate(2024, 4, 1) + honne.Date(r.IntN(730))
	s, p, house := w.sites[r.IntN(len(w.sites))], w.products[r.IntN(len(w.products))], w.dealers[r.IntN(len(w.dealers))]
	qty := 1 + r.Int64N(30)
	note := ""
	if r.IntN(40) == 0 {
		qty, note = -qty, "返品, 外装破損"
	} else if r.IntN(50) == 0 {
		note = `規格"旧"品`
	}
	count, yen := strconv.FormatInt(qty, 10), commas(qty*p.price)
	if r.IntN(10) == 0 {
		count, yen = wide(count), wide(yen)
	}
	return [9]string{bigDate(r, d), house.code, house.name, s.name, p.code, kana(p.name), count, yen, note}
}

func bigDate(r *rand.Rand, d honne.Date) string {
	y, m, day := d.Civil()
	switch r.IntN(15) {
	case 0:
		return shortEra(d)
	case 1:
		return wide(fmt.Sprintf("%d/%d/%d", y, m, day))
	case 2:
		return fmt.Sprintf("%d%02d%02d", y, m, day)
	}
	return fmt.Sprintf("%d/%d/%d", y, m, day)
}

// BigXLSX writes a workbook with one sheet of a header and rows lines of cols
// columns, 4 or more: a date, a site, a product with its code, then quantities
// and amounts in turn; one cell in fifteen is empty. Texts are shared strings,
// as Excel writes them, and the sheet claims to be A1 only, as some writers do.
// It is written part by part, so that nothing is kept in memory.
func BigXLSX(w io.Writer, rows, cols int) error {
	if cols < 4 || cols > 16384 || rows < 0 || rows >= 1<<20 {
		return fmt.Errorf("sample: %d rows x %d columns do not fit a sheet: want fewer than 1048576 rows and 4 to 16384 columns", rows, cols)
	}
	z := zip.NewWriter(w)
	strs := bigStrings(cols)
	for _, part := range bigParts {
		if err := writePart(z, part[0], func(b *bufio.Writer) { b.WriteString(xmlHead + part[1]) }); err != nil {
			return err
		}
	}
	err := errors.Join(
		writePart(z, "xl/sharedStrings.xml", func(b *bufio.Writer) {
			fmt.Fprintf(b, xmlHead+`<sst xmlns="%s" uniqueCount="%d">`, mainNS, len(strs))
			for _, s := range strs {
				b.WriteString("<si><t>" + s + "</t></si>")
			}
			b.WriteString("</sst>")
		}),
		writePart(z, "xl/worksheets/sheet1.xml", func(b *bufio.Writer) { bigSheet(b, rows, cols, len(strs)-cols) }),
		z.Close())
	if err != nil {
		return fmt.Errorf("sample: write XLSX: %w", err)
	}
	return nil
}

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNS  = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relNS   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	pkgRel  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	mime    = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

var bigParts = [][2]string{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + mime + `sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + mime + `worksheet+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + mime + `styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="` + mime + `sharedStrings+xml"/></Types>`},
	{"_rels/.rels", pkgRel + `<Relationship Id="rId1" Type="` + relNS + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="` + mainNS + `" xmlns:r="` + relNS + `"><sheets><sheet name="売上" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", pkgRel + `<Relationship Id="rId1" Type="` + relNS + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + relNS + `/styles" Target="styles.xml"/><Relationship Id="rId3" Type="` + relNS + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`},
	{"xl/styles.xml", `<styleSheet xmlns="` + mainNS + `"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>` +
		`<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`},
}

func writePart(z *zip.Writer, name string, write func(*bufio.Writer)) error {
	part, err := z.Create(name)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(part, 1<<16)
	write(b)
	return b.Flush()
}

// bigStrings are the headers, then sites, codes and names in turn.
func bigStrings(cols int) []string {
	out := []string{"売上日", "施設名", "品番", "品名"}
	for c := len(out); c < cols; c++ {
		out = append(out, []string{"数量", "金額"}[c%2]+strconv.Itoa(c/2))
	}
	w := bigWorld()
	for i, s := range w.sites {
		p := w.products[i%len(w.products)]
		out = append(out, s.name, p.code, p.name)
	}
	return out
}

func bigSheet(b *bufio.Writer, rows, cols, texts int) {
	b.WriteString(xmlHead + `<worksheet xmlns="` + mainNS + `"><dimension ref="A1"/><sheetData><row r="1">`)
	names := make([]string, cols)
	for c := range names {
		names[c] = honne.ColumnName(c + 1)
		fmt.Fprintf(b, `<c r="%s1" t="s"><v>%d</v></c>`, names[c], c)
	}
	b.WriteString("</row>")
	r, serial := rand.New(rand.NewPCG(0xE5C, 9)), 45383 // 1 April 2024
	for row := 2; row <= rows+1; row++ {
		at := strconv.Itoa(row)
		b.WriteString(`<row r="` + at + `">`)
		for c := range cols {
			open, value := `" t="s"><v>`, 0
			switch {
			case c == 0:
				open, value = `" s="1"><v>`, serial+r.IntN(730)
			case c < 4:
				value = cols + 3*r.IntN(texts/3) + c - 1
			case r.IntN(15) == 0:
				continue
			default:
				open, value = `"><v>`, r.IntN([]int{40, 900000}[c%2])
			}
			b.WriteString(`<c r="` + names[c] + at + open + strconv.Itoa(value) + `</v></c>`)
		}
		b.WriteString("</row>")
	}
	b.WriteString("</sheetData></worksheet>")
}
