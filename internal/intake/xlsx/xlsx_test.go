package xlsx

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"honne"
	"honne/internal/intake/grid"
)

const formats = `<styleSheet><numFmts><numFmt numFmtId="176" formatCode="[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>` +
	`<numFmt numFmtId="177" formatCode="[Red]#,##0&quot;days&quot;"/></numFmts>` +
	`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
	`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="177"/><xf numFmtId="21"/><xf numFmtId="0"><alignment horizontal="left" indent="2"/></xf></cellXfs>` +
	`<dxfs><dxf><numFmt numFmtId="176" formatCode="0"/></dxf></dxfs></styleSheet>`

func TestRead(t *testing.T) {
	cases := []struct {
		name string
		with parts
		want string
	}{
		{"kinds", parts{styles: formats, sheet1: rowsOf(`<row r="2"><c r="A2"><v>1250.50</v></c><c r="B2" t="b"><v>1</v></c><c r="C2" t="e"><v>#N/A</v></c>` +
			`<c r="D2" t="str"><f>A1&amp;"x"</f><v>a&lt;b</v></c><c r="E2" t="inlineStr"><is><t> in </t></is></c><c r="F2"><f>1+1</f></c><c r="G2" s="1"/><c r="H2" t="d"><v>2025-04-01T00:00:00</v></c></row>`)},
			"== 売上\n2: 1=number(1250.5) 2=bool(\"TRUE\") 3=error(\"#N/A\") 4=text(\"a<b\")f 5=text(\" in \") 6=blank(\"\")f 8=date(2025-04-01)\n"},
		{"dates", parts{styles: formats, sheet1: rowsOf(`<row r="1"><c r="A1" s="1"><v>45748</v></c><c r="B1" s="2"><v>45748.75</v></c><c r="C1" s="3"><v>45748</v></c><c r="D1" s="4"><v>0.5</v></c>` +
			`<c r="E1" s="1"><v>60</v></c><c r="F1" s="1"><v>59</v></c><c r="G1" s="1"><v>0.25</v></c><c r="H1" s="1"><v>-1</v></c><c r="I1" s="1"><v>45747.999999999</v></c></row>`)},
			"== 売上\n1: 1=date(2025-04-01) 2=date(2025-04-01) 3=number(45748) 4=time(0.5) 5=number(60) 6=date(1900-02-28) 7=time(0.25) 8=number(-1) 9=date(2025-04-01)\n"},
		{"indents", parts{styles: formats, sheet1: rowsOf(`<row r="1"><c r="A1" s="5" t="str"><v>a</v></c><c r="B1" s="4"/><c r="C1" s="99"><v>1</v></c></row>`)},
			"== 売上\n1: 1=text(\"a\")>> 3=number(1)\n"},
		{"1904", parts{styles: formats, book: `<workbook><workbookPr date1904="1"/><sheets><sheet name="a" id="rId1"/></sheets></workbook>`,
			sheet1: rowsOf(`<row r="1"><c r="A1" s="1"><v>0</v></c><c r="B1" s="1"><v>44286</v></c></row>`)},
			"== a\n1: 1=date(1904-01-01) 2=date(2025-04-01)\n"},
		{"shared strings", parts{sst: `<sst><si><t>売上</t></si><si><r><t>得意</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 先</t></r><rPh sb="0" eb="2"><t>トクイ</t></rPh><phoneticPr fontId="1"/></si>` +
			`<si><t>a_x000D_b_x005F_x000D_&#x3042;</t></si><si/><si><t><![CDATA[<&>]]></t></si><si><t>_xD83D__xDE00_ _x00</t></si></sst>`,
			sheet1: rowsOf(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c><c r="F1" t="s"><v>5</v></c></row>`)},
			"== 売上\n1: 1=text(\"売上\") 2=text(\"得意 先\") 3=text(\"a\\rb_x000D_あ\") 5=text(\"<&>\") 6=text(\"😀 _x00\")\n"},
		{"counting on", parts{sheet1: rowsOf(`<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c><v>4</v></c></row><row><c r="B9"><v>5</v></c></row>`)},
			"== 売上\n1: 1=number(1) 3=number(3)\n3: 1=number(4)\n9: 2=number(5)\n"},
		{"prefixes, comments, absolute names", parts{
			rels:   `<p:Relationships xmlns:p="x"><p:Relationship Id="rId1" Type="y/worksheet" Target="/xl/Worksheets/Sheet1.xml"/></p:Relationships>`,
			sheet1: "<?xml version='1.0'?><!-- > --><x:worksheet xmlns:x='a>b'><x:sheetData>\n<x:row r='1' ><x:c\nr='A1' t='inlineStr' ><x:is><x:t>q</x:t></x:is></x:c ></x:row>\n</x:sheetData ></x:worksheet>"},
			"== 売上\n1: 1=text(\"q\")\n"},
		{"hidden", parts{book: `<workbook><sheets><sheet name="a" id="rId1" state="veryHidden"/></sheets></workbook>`,
			sheet1: `<worksheet><dimension ref="A1"/><cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1" hidden="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData></worksheet>`},
			"== a hidden\n1 hidden: 1=number(1) 2=number(2)h\n"},
		{"merged", parts{sheet1: `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="XFD1048576"/></mergeCells></worksheet>`},
			"== 売上\n1: 1=number(1)\nmerged A1:C1\nmerged XFD1048576\n"},
		{"the last cell of a sheet", parts{sheet1: rowsOf(`<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>`)},
			"== 売上\n1048576: 16384=number(7)\n"},
		{"cells out of order and twice", parts{sheet1: rowsOf(`<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c r="C1"><v>4</v></c></row>`)},
			"== 売上\n1: 1=number(1) 3=number(4)\n"},
		{"numbers that are none", parts{sheet1: rowsOf(`<row r="1"><c r="A1"><v>1e400</v></c><c r="B1"><v>x</v></c><c r="C1"><v> 5 </v></c><c r="D1"><v>1.5E+3</v></c></row>`)},
			"== 売上\n1: 1=text(\"1e400\") 2=text(\"x\") 3=number(5) 4=number(1500)\n"},
		{"no rows", parts{sheet1: `<worksheet><sheetData/></worksheet>`}, "== 売上\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := dump(pack(t, c.with))
			if err != nil || got != c.want {
				t.Errorf("%v\n%s\nwant\n%s", err, got, c.want)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	whole := string(pack(t, parts{sheet1: rowsOf(`<row r="1"><c r="A1"><v>1</v></c></row>`)}))
	row := func(s string) string { return string(pack(t, parts{sheet1: rowsOf(s)})) }
	cases := []struct{ name, raw, code, detail string }{
		{"text", "a,b\n", CodeNotZip, ""},
		{"empty", "", CodeNotZip, ""},
		{"cut off", whole[:len(whole)/2], CodeTruncated, ""},
		{"no workbook", string(pack(t, parts{book: ""})), CodeNoWorkbook, "xl/workbook.xml"},
		{"no sheet", string(pack(t, parts{})), CodeMissingPart, "売上"},
		{"a huge row", row(`<row r="2147483647"><c r="A2147483647"><v>1</v></c></row>`), CodeOutOfRange, `row "2147483647"`},
		{"a negative row", row(`<row r="-1"/>`), CodeOutOfRange, `row "-1"`},
		{"rows backwards", row(`<row r="5"/><row r="4"/>`), CodeOutOfRange, "row 4 after row 5"},
		{"a huge column", row(`<row r="1"><c r="ZZZZZZZ1"/></row>`), CodeOutOfRange, `cell "ZZZZZZZ1"`},
		{"past the last column", row(`<row r="1"><c r="XFE1"/></row>`), CodeOutOfRange, `cell "XFE1"`},
		{"a cell of another row", row(`<row r="1"><c r="A2"/></row>`), CodeOutOfRange, "cell A2 in row 1"},
		{"a string that is not there", row(`<row r="1"><c r="B1" t="s"><v>9</v></c></row>`), CodeNoString, `cell B1 names string "9"`},
		{"a document type", string(pack(t, parts{sheet1: `<!DOCTYPE x [<!ENTITY a "b">]>` + rowsOf("")})), CodeXML, "a document type"},
		{"an unknown reference", row(`<row r="1"><c r="A1" t="str"><v>&a;</v></c></row>`), CodeXML, "an unknown reference &a;"},
		{"cut off within", string(pack(t, parts{sheet1: `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v>`})), CodeTruncated, "the part ends within an element"},
		{"a merged range beyond", string(pack(t, parts{sheet1: `<worksheet><sheetData/><mergeCell ref="A1:ZZZZ9"/></worksheet>`})), CodeOutOfRange, `merged range "A1:ZZZZ9"`},
		{"a row within a row", row(`<row r="1"><row r="2"></row></row>`), CodeXML, "<row> out of place"},
		{"a cell without a row", row(`<c r="A1"><v>1</v></c>`), CodeXML, "<c> out of place"},
	}
	for _, c := range cases {
		_, err := dump([]byte(c.raw))
		got, e := code(err)
		if got != c.code || e.Detail != c.detail && e.Part != c.detail {
			t.Errorf("%s: %v, want %s %q", c.name, err, c.code, c.detail)
		}
	}
}

// TestDamaged changes every third byte of a workbook: the checksum or the unpacking
// must find it, or the text must be the same.
func TestDamaged(t *testing.T) {
	var rows strings.Builder
	for range 200 {
		rows.WriteString(`<row><c><v>12345</v></c><c t="inlineStr"><is><t>東都メディカル</t></is></c></row>`)
	}
	raw := pack(t, parts{sheet1: rowsOf(rows.String())})
	want, err := dump(raw)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(raw); i += 3 {
		damaged := bytes.Clone(raw)
		damaged[i] ^= 0x10
		if got, err := dump(damaged); err == nil && got != want {
			t.Errorf("byte %d: read without an error as\n%.200s", i, got)
		}
	}
}

// TestUTF16 reads a sheet in UTF-16, which XML allows.
func TestUTF16(t *testing.T) {
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		var out []byte
		for _, c := range utf16.Encode([]rune("\uFEFF" + rowsOf(`<row r="1"><c r="A1" t="inlineStr"><is><t>𠮷野</t></is></c></row>`))) {
			out = order.AppendUint16(out, c)
		}
		got, err := dump(pack(t, parts{sheet1: string(out)}))
		if err != nil || got != "== 売上\n1: 1=text(\"𠮷野\")\n" {
			t.Error(got, err)
		}
	}
}

// TestSpill keeps texts right and usable when the shared strings go to a file.
func TestSpill(t *testing.T) {
	var si, rows strings.Builder
	n := 9000
	for i := range n {
		text := honne.Cell{Row: int32(i + 1), Col: 1}.String() + strings.Repeat("語", i%50)
		if i == 77 {
			text = strings.Repeat("長", 9000)
		}
		si.WriteString("<si><t>" + text + "</t></si>")
		rows.WriteString(`<row><c t="s"><v>` + honne.Decimal{Coef: int64(n - 1 - i)}.String() + `</v></c></row>`)
	}
	raw := pack(t, parts{sst: "<sst>" + si.String() + "</sst>", sheet1: rowsOf(rows.String())})
	var texts [2][]string
	for i, inMemory := range []int64{1 << 30, 0} {
		b, err := Open(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			t.Fatal(err)
		}
		b.Limits.InMemory = inMemory
		err = b.Each(context.Background(), 0, func(r *grid.Row) error {
			texts[i] = append(texts[i], r.Cells[0].Text)
			return nil
		})
		if err := errors.Join(err, b.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if len(texts[0]) != n || strings.Join(texts[0], "|") != strings.Join(texts[1], "|") {
		t.Error("texts from the file differ from those in memory")
	}
}
