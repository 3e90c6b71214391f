package office

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"honne/internal/honnetest"
	"honne/internal/intake/grid"
)

// pack zips parts, those without a text left out; short ones are stored, since
// the fuzzer packs for ever.
func pack(t testing.TB, parts map[string]string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if parts[name] == "" {
			continue
		}
		h := &zip.FileHeader{Name: name, Method: zip.Store}
		if len(parts[name]) > 1<<16 {
			h.Method = zip.Deflate
		}
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = io.WriteString(w, parts[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

const relationKind = ` Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/`

func rels(pairs ...string) string {
	var s strings.Builder
	for i := 0; i < len(pairs); i += 2 {
		fmt.Fprintf(&s, `<Relationship Id="rId%d"%s%s" Target="%s"/>`, i/2+1, relationKind, pairs[i], pairs[i+1])
	}
	return "<Relationships>" + s.String() + "</Relationships>"
}

const wordStyles = `<w:styles><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="a5"><w:name w:val="caption"/></w:style>` +
	`<w:style w:styleId="x"><w:name w:val="見出し案"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style><w:style w:styleId="n"><w:name w:val="Normal"/></w:style></w:styles>`

// word makes a document of a body.
func word(body string) map[string]string {
	return map[string]string{
		"[Content_Types].xml":          "<Types/>",
		"_rels/.rels":                  rels("officeDocument", "word/document.xml"),
		"word/_rels/document.xml.rels": rels("styles", "styles.xml"),
		"word/styles.xml":              wordStyles,
		"word/document.xml":            `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w"><w:body>` + body + `</w:body></w:document>`,
	}
}

// slides makes a presentation, of which the slides stand in the file backwards.
func slides(bodies ...string) map[string]string {
	parts := map[string]string{"[Content_Types].xml": "<Types/>", "_rels/.rels": rels("officeDocument", "/ppt/presentation.xml")}
	var pairs []string
	var list string
	for i, body := range bodies {
		name := fmt.Sprintf("slides/slide%d.xml", len(bodies)-i)
		pairs = append(pairs, "slide", name)
		list += fmt.Sprintf(`<p:sldId id="%d" r:id="rId%d"/>`, 256+i, i+1)
		parts["ppt/"+name] = body
	}
	parts["ppt/_rels/presentation.xml.rels"] = rels(pairs...)
	parts["ppt/presentation.xml"] = `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst>` + list + `</p:sldIdLst></p:presentation>`
	return parts
}

// dump reads a document as text: a line a row.
func dump(raw string) (string, error) {
	b, err := Open(strings.NewReader(raw), int64(len(raw)))
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, s := range b.Sheets() {
		fmt.Fprintf(&out, "== %s", s.Name)
		if s.Hidden {
			out.WriteString(" hidden")
		}
		out.WriteByte('\n')
		last := int32(0)
		err := b.Each(context.Background(), s.Index, func(r *grid.Row) error {
			fmt.Fprintf(&out, "%d:", r.N)
			if r.N <= last || r.N > maxRow || len(r.Cells) == 0 {
				return fmt.Errorf("row %d after %d", r.N, last)
			}
			last = r.N
			col := int32(0)
			for _, c := range r.Cells {
				if c.Col <= col || c.Col > maxCol || c.Kind != grid.Text {
					return fmt.Errorf("column %d after %d", c.Col, col)
				}
				col = c.Col
				fmt.Fprintf(&out, " %d=%q", c.Col, c.Text)
			}
			out.WriteByte('\n')
			return nil
		})
		if err != nil {
			return out.String(), err
		}
		merges, err := b.Merges(context.Background(), s.Index)
		if err != nil {
			return out.String(), err
		}
		for _, m := range merges {
			fmt.Fprintf(&out, "merged %s\n", m)
		}
	}
	texts, err := b.Texts(context.Background())
	if len(texts) > 0 {
		fmt.Fprintf(&out, "%q\n", texts)
	}
	return out.String(), errors.Join(err, b.Close())
}

func p(text string) string      { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }
func tc(inside string) string   { return "<w:tc>" + inside + "</w:tc>" }
func tr(cells ...string) string { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }
func tbl(rows ...string) string {
	return "<w:tbl><w:tblPr/><w:tblGrid/>" + strings.Join(rows, "") + "</w:tbl>"
}
func styled(style, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}
func spanned(pr, text string) string { return tc("<w:tcPr>" + pr + "</w:tcPr>" + p(text)) }

func TestWord(t *testing.T) {
	cases := []struct{ name, body, want string }{
		{"a table", p("議事録") + tbl(tr(tc(p("品名")), tc(p("数量"))), tr(tc(p("試薬&amp;キット")), tc(p("１２")))) + p("以上"),
			"== Table 1\n1: 1=\"品名\" 2=\"数量\"\n2: 1=\"試薬&キット\" 2=\"１２\"\n[\"議事録\" \"以上\"]\n"},
		{"names", styled("1", "売上 実績!") + p("本文") + tbl(tr(tc(p("a")))) + tbl(tr(tc(p("b")))) + styled("a5", "表2 在庫") + tbl(tr(tc(styled("1", "c")))) + p("d") + tbl(tr(tc(p("e")))) + styled("x", "計画") + tbl(tr(tc(p("f")))),
			"== 売上 実績！\n1: 1=\"a\"\n== 売上 実績！ (2)\n1: 1=\"b\"\n== 表2 在庫\n1: 1=\"c\"\n== 表2 在庫 (2)\n1: 1=\"e\"\n== 計画\n1: 1=\"f\"\n[\"売上 実績!\" \"本文\" \"表2 在庫\" \"d\" \"計画\"]\n"},
		{"spans", tbl(tr(spanned(`<w:gridSpan w:val="2"/>`, "実績"), spanned(`<w:vMerge w:val="restart"/>`, "備考")), tr(tc(p("数量")), tc(p("金額")), spanned(`<w:vMerge/>`, "")), tr(tc(p("1")), tc(p("2")), spanned(`<w:vMerge w:val="restart"/>`, "alone")), tr(spanned("<w:vMerge/>", "kept"))),
			"== Table 1\n1: 1=\"実績\" 3=\"備考\"\n2: 1=\"数量\" 2=\"金額\"\n3: 1=\"1\" 2=\"2\" 3=\"alone\"\n4: 1=\"kept\"\nmerged A1:B1\nmerged C1:C2\n"},
		{"a late begin", tbl("<w:tr><w:trPr><w:gridBefore w:val=\"2\"/></w:trPr>"+tc(p("c"))+"</w:tr>", tr(tc(p("")), tc(p("b")))),
			"== Table 1\n1: 3=\"c\"\n2: 2=\"b\"\n"},
		{"signs", tbl(tr(tc("<w:p><w:r><w:t>a</w:t><w:tab/><w:t xml:space=\"preserve\"> b </w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/></w:r></w:p>" + p("d") + "<w:p/>"))),
			"== Table 1\n1: 1=\"a\\t b \\nc-\\nd\"\n"},
		{"changes and furigana", tbl(tr(tc(`<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>y</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:r><w:ruby><w:rt><w:r><w:t>ｶﾅ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby><w:instrText>DATE</w:instrText></w:r></w:p>`))),
			"== Table 1\n1: 1=\"新字\"\n"},
		{"a table in a table", tbl(tr(tc(p("a")+tbl(tr(tc(p("内"))))+p("b")), tc(p("c")))), "== Table 1\n1: 1=\"a\\nb\" 2=\"c\"\n== Table 2\n1: 1=\"内\"\n"},
		{"a drawing twice", `<w:p><mc:AlternateContent><mc:Choice>` + p("箱") + `</mc:Choice><mc:Fallback>` + p("箱") + `</mc:Fallback></mc:AlternateContent></w:p>` + tbl(tr(tc("<w:sdt><w:sdtContent>"+p("枠")+"</w:sdtContent></w:sdt>"))),
			"== Table 1\n1: 1=\"枠\"\n[\"箱\"]\n"},
		{"nothing in it", tbl(tr(tc(p(" "))), tr()) + tbl() + p(""), ""},
		{"out of place", tbl(tc(p("x")), "<w:tr>"+tc(p("a"))+tr(tc(p("b")))+tc(p("c"))+"</w:tr>"), "== Table 1\n1: 1=\"a\"\n2: 1=\"b\"\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got, err := dump(pack(t, word(c.body))); err != nil || got != c.want {
				t.Errorf("%v\n%s\nwant\n%s", err, got, c.want)
			}
		})
	}
}

func ap(text string) string { return "<a:p><a:r><a:t>" + text + "</a:t></a:r></a:p>" }
func atc(attrs, text string) string {
	return "<a:tc " + attrs + "><a:txBody>" + ap(text) + "</a:txBody><a:tcPr/></a:tc>"
}
func shape(kind, text string) string {
	return `<p:sp><p:nvSpPr><p:nvPr><p:ph ` + kind + `/></p:nvPr></p:nvSpPr><p:txBody>` + text + `</p:txBody></p:sp>`
}
func atbl(rows ...string) string {
	return "<p:graphicFrame><a:tbl><a:tblGrid/><a:tr>" + strings.Join(rows, "</a:tr><a:tr>") + "</a:tr></a:tbl></p:graphicFrame>"
}

func TestSlides(t *testing.T) {
	first := "<p:sld>" + atbl(atc(`gridSpan="2"`, "実績")+atc(`hMerge="1"`, "")+atc(`rowSpan="2"`, "備考"), atc("", "数量")+atc("", "金額")+atc(`vMerge="1"`, "")) +
		shape(`type="title"`, ap("4月度")+ap("売上")) + shape(`idx="1"`, "<a:p><a:r><a:t>注</a:t></a:r><a:br/><a:fld><a:t>2</a:t></a:fld></a:p>") + "</p:sld>"
	second := `<p:sld show="0">` + shape("", ap("本文")) + atbl(atc("", "x")+atc(`rowSpan="9"`, "y")) + "</p:sld>"
	third := "<p:sld>" + shape(`type="ctrTitle"`, ap("4月度 売上")) + atbl(atc("", "z")) + "</p:sld>"
	got, err := dump(pack(t, slides(first, second, third)))
	want := "== 4月度 売上\n1: 1=\"実績\" 3=\"備考\"\n2: 1=\"数量\" 2=\"金額\"\nmerged A1:B1\nmerged C1:C2\n" +
		"== Table 2 hidden\n1: 1=\"x\" 2=\"y\"\n== 4月度 売上 (2)\n1: 1=\"z\"\n[\"4月度\" \"売上\" \"注\\n2\" \"本文\" \"4月度 売上\"]\n"
	if err != nil || got != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

// TestUnitOnASlide gives the tables of a slide the unit that a text box says, before or
// behind them, and those of the next slide nothing of it.
func TestUnitOnASlide(t *testing.T) {
	first := "<p:sld>" + shape(`type="title"`, ap("9月度 実績")) + shape("", ap("関東が好調")) + atbl(atc("", "x")) + shape("", ap("単位：千円")) + "</p:sld>"
	raw := pack(t, slides(first, "<p:sld>"+atbl(atc("", "y"))+"</p:sld>"))
	b, err := Open(strings.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	sheets := b.Sheets()
	if len(sheets) != 2 || !slices.Equal(sheets[0].Before, []string{"単位：千円"}) || len(sheets[1].Before) > 0 {
		t.Errorf("%+v", sheets)
	}
}

func TestSniff(t *testing.T) {
	cases := map[string]bool{
		pack(t, word("")):   true,
		pack(t, slides("")): true,
		pack(t, map[string]string{"[Content_Types].xml": "x", "xl/workbook.xml": "x"}): false,
		pack(t, map[string]string{"word/a.txt": "x"}):                                  false,
		"a,b": false,
	}
	for raw, want := range cases {
		if got := Sniff(strings.NewReader(raw), int64(len(raw))); got != want {
			t.Errorf("%.60q: %v", raw, got)
		}
	}
}

func TestErrors(t *testing.T) {
	whole := pack(t, word(p("a")))
	with := func(name, text string) string {
		parts := word(p("a"))
		parts[name] = text
		return pack(t, parts)
	}
	body := func(s string) string { return with("word/document.xml", s) }
	missing := slides("<p:sld/>")
	delete(missing, "ppt/slides/slide1.xml")
	locked := []byte(whole)
	for i := 0; i+8 < len(locked); i++ {
		if string(locked[i:i+4]) == "PK\x01\x02" {
			locked[i+8] |= 1
		}
	}
	cases := []struct{ name, raw, code, detail string }{
		{"text", "a,b\n", CodeNotZip, ""},
		{"cut off", whole[:len(whole)/2], CodeTruncated, ""},
		{"a password", string(locked), CodePassword, "_rels/.rels"},
		{"a workbook", pack(t, map[string]string{"xl/workbook.xml": "<workbook/>"}), CodeNoDocument, ""},
		{"no slide", pack(t, missing), CodeMissingPart, "ppt/slides/slide1.xml"},
		{"a document type", body(`<!DOCTYPE x [<!ENTITY a "b">]><document>&a;</document>`), CodeXML, "a document type"},
		{"an external entity", body(`<!DOCTYPE x SYSTEM "file:///etc/passwd"><document/>`), CodeXML, "a document type"},
		{"an unknown reference", body(`<document>&a;</document>`), CodeXML, ""},
		{"cut off within", body(`<document><body><p>`), CodeTruncated, "the part ends within an element"},
		{"tags crossed", body(`<document><a><b></a></b></document>`), CodeXML, ""},
		{"too wide", body(`<document><tbl><tr>` + strings.Repeat(`<tc><tcPr><gridSpan val="9000"/></tcPr></tc>`, 2) + `</tr></tbl></document>`), CodeOutOfRange, "cell MHE1"},
		{"a negative span", body(`<document><tbl><tr><tc><tcPr><gridSpan val="-5"/></tcPr></tc></tr></tbl></document>`), "<nil>", ""},
		{"a huge late begin", body(`<document><tbl><tr><trPr><gridBefore val="99999999999"/><gridBefore val="999999"/></trPr><tc/></tr></tbl></document>`), CodeOutOfRange, "cell XFE1"},
	}
	for _, c := range cases {
		_, err := dump(c.raw)
		var e *Error
		got := fmt.Sprint(err)
		if errors.As(err, &e) {
			got = e.Code
		}
		if got != c.code || c.detail != "" && e.Detail != c.detail && e.Part != c.detail {
			t.Errorf("%s: %v, want %s %q", c.name, err, c.code, c.detail)
		}
	}
}

// TestHostile reads what is made to fill the memory or to take for ever.
func TestHostile(t *testing.T) {
	fill := func(before, again, after string, bytes int) string {
		return pack(t, map[string]string{"word/document.xml": before + strings.Repeat(again, bytes/len(again)) + after})
	}
	const mb = 1 << 20
	cases := []struct{ name, raw, code string }{
		{"elements within each other", fill("<document>", "<a>", "", mb), CodeXML},
		{"a text without end", fill("<document><p><t>", "x", "</t></p></document>", 3*mb), CodeTooLarge},
		{"a tag without end", fill("<document><p ", `a="" `, "/></document>", 3*mb), CodeTooLarge},
		{"a comment without end", fill("<document><!--", "x", "--></document>", 3*mb), CodeTooLarge},
		{"empty paragraphs", fill("<document>", "<p></p>", "</document>", mb), ""},
		{"comments", fill("<document>", "<!--"+strings.Repeat(" ", 100_000)+"-->", "</document>", 9*mb), CodeTooLarge},
		{"paragraphs", fill("<document>", "<p><t>a</t></p>", "</document>", mb), ""},
		{"cells", fill("<document><tbl>", "<tr>"+strings.Repeat("<tc/>", 20_000)+"</tr>", "</tbl></document>", mb/2), CodeOutOfRange},
		{"tables", fill("<document>", "<tbl></tbl>", "</document>", mb/8), CodeTooLarge},
	}
	for _, c := range cases {
		honnetest.Bounded(t, c.name, func() {
			_, err := dump(c.raw)
			var e *Error
			if got := errors.As(err, &e); got != (c.code != "") || got && e.Code != c.code {
				t.Errorf("%s: %v, want %q", c.name, err, c.code)
			}
		})
	}
}

func TestDeadline(t *testing.T) {
	raw := pack(t, word(tbl(tr(tc(p("a"))))))
	b, err := Open(strings.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err = b.Each(ctx, 0, func(*grid.Row) error { return nil })
	_, err2 := b.Texts(ctx)
	var e *Error
	if !errors.Is(err, context.Canceled) || !errors.As(err, &e) || e.Code != CodeDeadline || !errors.Is(err2, context.Canceled) {
		t.Error(err, err2)
	}
	if err := b.Each(context.Background(), 1, nil); err == nil {
		t.Error("a table that is not there was read")
	}
}

func check(t *testing.T, raw string) {
	got, err := dump(raw)
	var e *Error
	if err != nil && !errors.As(err, &e) {
		t.Fatal(err)
	}
	if again, _ := dump(raw); again != got {
		t.Fatal("read twice, two texts")
	}
}

func FuzzOffice(f *testing.F) {
	f.Add(pack(f, word(tbl(tr(tc(p("a")))))))
	f.Add(pack(f, slides("<p:sld>"+atbl(atc("", "x"))+"</p:sld>")))
	f.Fuzz(check)
}

// FuzzBody changes the XML within a sound zip.
func FuzzBody(f *testing.F) {
	f.Add(styled("1", "h")+tbl(tr(spanned(`<w:gridSpan w:val="2"/>`, "a"), spanned(`<w:vMerge w:val="restart"/>`, "b")), tr(tc(p("c")+tbl(tr(tc(p("d"))))), spanned("<w:vMerge/>", ""))), "<p:sld>"+atbl(atc(`gridSpan="2" rowSpan="3"`, "x")+atc(`hMerge="1"`, ""))+"</p:sld>")
	f.Fuzz(func(t *testing.T, body, slide string) {
		check(t, pack(t, word(body)))
		check(t, pack(t, slides(slide)))
	})
}
