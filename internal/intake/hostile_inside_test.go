package intake

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
)

// laughs declares entities of which the last stands for 10¹¹ bytes.
func laughs() string {
	s := `<!DOCTYPE l [<!ENTITY a0 "haha">`
	for i := range 11 {
		s += fmt.Sprintf(`<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 10))
	}
	return s + "]>"
}

const outside = `<!DOCTYPE l [<!ENTITY a11 SYSTEM "file:///etc/passwd">]>`

// hostileXML are files of which a part declares entities, within and outside.
func hostileXML(t *testing.T) []hostile {
	cells := `<row><c t="str"><v>&a11;</v></c><c><v>1</v></c></row>`
	page := "<table><tr><td>得意先名<td>品番<td>数量<td>金額<tr><td>&a11;<td>A1<td>2<td>200<tr><td>西都病院<td>A2<td>3<td>300</table>"
	var out []hostile
	for name, head := range map[string]string{"10¹¹ bytes of entities": laughs(), "an external entity": outside} {
		document := func(part, body string) []byte {
			return honnetest.Zip(
				honnetest.Entry{Name: "[Content_Types].xml", Body: "<Types/>"},
				honnetest.Entry{Name: "_rels/.rels", Body: `<Relationships><Relationship Id="r" Type="x/officeDocument" Target="` + part + `"/></Relationships>`},
				honnetest.Entry{Name: part, Body: head + body})
		}
		out = append(out,
			hostile{name + " in a sheet", "a.xlsx", workbook(t, map[string]part{sheet1: whole(head + "<worksheet><sheetData>" + cells + "</sheetData></worksheet>")}), "problem.xml", 0},
			hostile{name + " in shared strings", "a.xlsx", workbook(t, map[string]part{sst: whole(head + "<sst><si><t>&a11;</t></si></sst>"),
				sheet1: sheet(`<row><c t="s"><v>0</v></c></row>`, "", 0, "")}), "problem.xml", 0},
			hostile{name + " in a document", "a.docx", document("word/document.xml", "<w:document><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>"), "problem.xml", 0},
			hostile{name + " in slides", "a.pptx", document("ppt/presentation.xml", "<p:presentation>&a11;</p:presentation>"), "problem.xml", 0},
			hostile{name + " in a page", "売上_202504.html", []byte(head + page), "", 2},
			hostile{name + " in a CSV", "売上_202504.csv", []byte(strings.Replace(good, "東都病院", head+"&a11;", 1)), "problem.stray-quote", 2})
	}
	return out
}

// hostileNames are names as long as a system allows, and formulas, which are
// text or a result and are never computed.
func hostileNames(t *testing.T) []hostile {
	long := strings.Repeat("長", 85) // 255 bytes
	named := func(tab string) []byte {
		return workbook(t, map[string]part{"xl/workbook.xml": whole(`<workbook xmlns:r="x"><sheets><sheet name="` + tab + `" sheetId="1" r:id="rId1"/></sheets></workbook>`),
			sheet1: sheet(goodRows(), "", 0, "")})
	}
	formula := `<row><c t="str"><v>2025/4/3</v></c><c t="str"><f>HYPERLINK("http://198.51.100.1/","東都")</f><v>東都</v></c><c t="str"><v>A3</v></c><c t="str"><v>糸</v></c>` +
		`<c><f>1+1</f></c><c><f>SUM(F2:F3)</f><v>500</v></c></row>`
	live := "2025/4/3,\"=HYPERLINK(\"\"http://198.51.100.1/\"\",\"\"東都\"\")\",A3,糸,=1+1,=cmd|' /C calc'!A0\n"
	return []hostile{
		{"a file name of 255 bytes", strings.Repeat("長", 83) + "..csv", []byte(good), "", 2},
		{"a file name that leads out", "../../etc/passwd\x00.csv", []byte(good), "", 2},
		{"a sheet name of 255 bytes", "a.xlsx", named(long), "", 2},
		{"a sheet name of marks", "a.xlsx", named("../!'&#x202E;&#10;[1]"), "", 2},
		{"names of 255 bytes in cells", "a.csv", []byte(strings.ReplaceAll(good, "東都病院", long)), "", 2},
		{"a formula without a result", "a.xlsx", workbook(t, map[string]part{sheet1: sheet(goodRows()+formula, "", 0, "")}), "problem.no-result", 3},
		{"a formula with an empty result", "a.xlsx", workbook(t, map[string]part{sheet1: sheet(goodRows()+strings.Replace(formula, "<f>1+1</f>", "<f>1+1</f><v></v>", 1), "", 0, "")}), "problem.no-result", 3},
		{"live formulas as text", "a.csv", []byte(good + live), "problem.not-a-number", 3},
		{"a part outside of the file", "a.xlsx", workbook(t, map[string]part{"xl/_rels/workbook.xml.rels": whole(`<Relationships><Relationship Id="rId1" Type="x/worksheet" TargetMode="External" Target="file:///etc/passwd"/></Relationships>`)}), "problem.xml", 0},
		{"a part above the file", "a.xlsx", workbook(t, map[string]part{"xl/_rels/workbook.xml.rels": whole(`<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="../../../../etc/passwd"/></Relationships>`)}), "problem.xml", 0},
	}
}

// TestFormulasAreNotComputed wants of a formula its result, and nothing where
// the file holds none.
func TestFormulasAreNotComputed(t *testing.T) {
	for _, h := range hostileNames(t) {
		switch h.name {
		case "a formula without a result":
			l := linesOf(t, read(t, h.file, h.raw))[2]
			if l.Quantity.Known || l.Amount.N != 500 || l.Parties[honne.Invoiced].Name != "東都" {
				t.Errorf("%+v", l)
			}
		case "live formulas as text":
			l := linesOf(t, read(t, h.file, h.raw))[2]
			if l.Quantity.Known || l.Amount.Known || l.Parties[honne.Invoiced].Name != `=HYPERLINK("http://198.51.100.1/","東都")` {
				t.Errorf("%+v", l)
			}
		}
	}
}

// TestHostileArchives walks archives that are made to lead out, to fill the disk
// or to take for ever: what is in them comes under a harmless name, or with the
// reason why it does not.
func TestHostileArchives(t *testing.T) {
	archive, file := honnetest.Zip, func(name, body string) honnetest.Entry { return honnetest.Entry{Name: name, Body: body} }
	long := strings.Repeat("長", 85)
	nested := string(archive(file("売上.csv", good)))
	for range 60 {
		nested = string(archive(file("again.zip", nested)))
	}
	var many []honnetest.Entry
	for i := range 10_050 {
		many = append(many, file(fmt.Sprint(i), ""))
	}
	blank := strings.Repeat(" ", mb)
	for _, c := range []struct {
		name, want string
		raw        []byte
	}{
		{"names that lead out", "a.zip/etc/passwd=127 a.zip/Temp/a.csv=127 a.zip/root.csv=127 a.zip/_=127",
			archive(file("../../etc/passwd", good), file(`C:\Temp\..\a.csv`, good), file("/root.csv", good), file("..", good))},
		{"a name of 255 bytes", "a.zip/" + long + "=127", archive(file(long, good))},
		{"60 archives in each other", "problem.entry-too-deep", archive(file("again.zip", nested))},
		{"10,050 files", "problem.archive-stopped", archive(many...)},
		{"512 MB in half a MB", "problem.entry-too-large", packed(t, "売上.csv", part{"", blank, "", 512})},
	} {
		var got []string
		for in, err := range Inside(t.Context(), honne.File{Name: "a.zip", Size: int64(len(c.raw)), Bytes: bytes.NewReader(c.raw)}, testBook(t)) {
			switch {
			case err != nil:
				t.Fatal(c.name, err)
			case in.Shut != nil:
				got = append(got, in.Shut.What.ID)
			default:
				got = append(got, fmt.Sprintf("%s=%d", in.Name, in.Size))
			}
		}
		if all := strings.Join(got, " "); all != c.want && !strings.HasSuffix(all, " "+c.want) {
			t.Errorf("%s: %.300s, want %s", c.name, all, c.want)
		}
	}
}

// packed is an archive of one part.
func packed(t *testing.T, name string, p part) []byte {
	t.Helper()
	return made(t, func(w io.Writer) error {
		z := zip.NewWriter(w)
		p.write(t, z, name)
		return z.Close()
	})
}
