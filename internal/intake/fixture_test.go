package intake

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"hash/crc32"
	"io"
	"strings"
	"sync"
	"testing"

	"honne"
	"honne/internal/playbook"
	"honne/playbooks"
)

func testBook(t testing.TB) *playbook.Playbook {
	t.Helper()
	book, err := japaneseBook()
	if err != nil {
		t.Fatal(err)
	}
	return book
}

var japaneseBook = sync.OnceValues(func() (*playbook.Playbook, error) { return playbook.Load(playbooks.FS, "japan") })

// read reads bytes under a name with the Japanese playbook.
func read(t testing.TB, name string, raw []byte) honne.Reading {
	t.Helper()
	r, err := Read(context.Background(), honne.File{Name: name, Size: int64(len(raw)), Bytes: bytes.NewReader(raw)}, testBook(t), honne.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// part is a part of a workbook: head, times × body, tail. It is never held
// whole: the packed body is written again and again.
type part struct {
	head, body, tail string
	times            int
}

func whole(s string) part { return part{head: s} }

// sheet wraps the rows of a sheet.
func sheet(head, body string, times int, tail string) part {
	return part{"<worksheet><sheetData>" + head, body, tail + "</sheetData></worksheet>", times}
}

const (
	sheet1 = "xl/worksheets/sheet1.xml"
	sheet2 = "xl/worksheets/sheet2.xml"
	sst    = "xl/sharedStrings.xml"
	styles = "xl/styles.xml"
)

// workbook zips the parts with the least that a workbook needs.
func workbook(t testing.TB, with map[string]part) []byte {
	t.Helper()
	const kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	second := ""
	if _, ok := with[sheet2]; ok {
		second = `<sheet name="続き" sheetId="2" r:id="rId2"/>`
	}
	third := ""
	if _, ok := with[styles]; ok {
		third = `<Relationship Id="rId4" Type="` + kind + `styles" Target="styles.xml"/>`
	}
	all := map[string]part{
		"_rels/.rels":     whole(`<Relationships><Relationship Id="r" Type="` + kind + `officeDocument" Target="xl/workbook.xml"/></Relationships>`),
		"xl/workbook.xml": whole(`<workbook xmlns:r="x"><sheets><sheet name="売上" sheetId="1" r:id="rId1"/>` + second + `</sheets></workbook>`),
		"xl/_rels/workbook.xml.rels": whole(`<Relationships><Relationship Id="rId1" Type="` + kind + `worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + kind + `worksheet" Target="worksheets/sheet2.xml"/>` +
			`<Relationship Id="rId3" Type="` + kind + `sharedStrings" Target="sharedStrings.xml"/>` + third + `</Relationships>`),
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range []string{"_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", sst, styles, sheet1, sheet2} {
		p, ok := with[name]
		if !ok {
			p, ok = all[name]
		}
		if ok {
			p.write(t, z, name)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (p part) write(t testing.TB, z *zip.Writer, name string) {
	t.Helper()
	sum := crc32.NewIEEE()
	io.WriteString(sum, p.head)
	for range p.times {
		io.WriteString(sum, p.body)
	}
	io.WriteString(sum, p.tail)
	packed := deflate(t, p.head, false)
	packed = append(packed, bytes.Repeat(deflate(t, p.body, false), p.times)...)
	packed = append(packed, deflate(t, p.tail, true)...)
	w, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: sum.Sum32(),
		CompressedSize64: uint64(len(packed)), UncompressedSize64: uint64(len(p.head) + p.times*len(p.body) + len(p.tail))})
	if err == nil {
		_, err = w.Write(packed)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func deflate(t testing.TB, text string, last bool) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.WriteString(w, text)
	end := w.Flush
	if last {
		end = w.Close
	}
	if err = errors.Join(err, end()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// rowXML writes a row of texts and numbers.
func rowXML(cells ...string) string {
	var b strings.Builder
	b.WriteString("<row>")
	for _, c := range cells {
		if strings.Trim(c, "0123456789") == "" {
			b.WriteString("<c><v>" + c + "</v></c>")
		} else {
			b.WriteString(`<c t="str"><v>` + c + "</v></c>")
		}
	}
	return b.String() + "</row>"
}
