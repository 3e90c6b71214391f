package intake

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/sample"
)

// seed is a sound file, of which mutants are made.
type seed struct {
	name   string
	format honne.Format
	raw    []byte
}

// seeds are small files of every format that is read. A new format is a line
// here, or TestSeeds fails. The files below testdata/seeds were made of tables
// of ours by LibreOffice, those of Outlook by the tests of package outlook.
func seeds(t testing.TB) []seed {
	t.Helper()
	cross := txtarFile(t, "testdata/crosstab-plan-actual.txtar")
	page := "<html><head><meta charset=utf-8></head><body><table border=1><caption>2025年4月 売上</caption><tr><th rowspan=2>得意先名</th><th colspan=2>NS-1</th></tr>" +
		"<tr><th>数量</th><th>金額</th></tr><tr><td>青葉病院</td><td x:num=\"12\">12</td><td>1,250</td></tr><tr><td>緑クリニック</td><td>3</td><td>&#9651;310</td></tr></table></body></html>"
	book := made(t, func(w io.Writer) error { return sample.BigXLSX(w, 30, 8) })
	slides := honnetest.Zip(slide("2025年4月 在庫", [][]string{{"品番", "品名", "在庫数"}, {"NS-1", "ステント", "120"}, {"NS-2", "鉗子", "30"}})...)
	return append([]seed{
		{"売上_202504.csv", honne.CSV, made(t, func(w io.Writer) error { return sample.BigCSV(w, 40) })},
		{"2025年度実績.csv", honne.CSV, cross},
		{"活動報告_2025年6月.csv", honne.CSV, txtarFile(t, "testdata/activities-of-a-month.txtar")},
		{"売上_202504.tsv", honne.TSV, []byte(strings.ReplaceAll(good, ",", "\t"))},
		{"日計表.txt", honne.TXT, txtarFile(t, "testdata/printed-pages.txtar")},
		{"売上.xlsx", honne.XLSX, book},
		{"売上報告.xls", honne.XLS, seedFile(t, "testdata/seeds/uriage.xls")},
		{"売上_XML.xls", honne.XLS, seedFile(t, "testdata/seeds/xml.xls")},
		{"売上_202504.html", honne.HTML, []byte(page)},
		{"売上_202504.xml", honne.XML, seedFile(t, "records/testdata/fields-within.xml")},
		{"議事録_202504.docx", honne.DOCX, seedFile(t, "testdata/seeds/zaiko.docx")},
		{"定例会.pptx", honne.PPTX, slides},
		{"報告.eml", honne.EML, []byte(reportMail)},
		{"受信.mbox", honne.MBOX, []byte("From a@example.jp Thu May  8 10:00:00 2025\n" + reportMail + "\nFrom b@example.jp Fri May  9 10:00:00 2025\n" + reportMail)},
		{"報告.msg", honne.MSG, seedFile(t, "testdata/seeds/houkoku.msg")},
		{"受信.pst", honne.PST, seedFile(t, "testdata/seeds/jushin.pst")},
		{"売上明細.pdf", honne.PDF, seedFile(t, "pdf/testdata/calc.pdf")},
		{"売上報告.pdf", honne.PDF, seedFile(t, "testdata/seeds/uriage.pdf")},
		{"報告.zip", honne.ZIP, honnetest.Zip(honnetest.Entry{Name: "売上_202504.csv", Body: good}, honnetest.Entry{Name: "本社/売上.xlsx", Body: string(book)},
			honnetest.Entry{Name: "支店.zip", Body: string(honnetest.Zip(honnetest.Entry{Name: "実績.csv", Body: string(cross)}))})},
	}, sampleBooks(t)...)
}

// reportMail is a message with a report attached.
const reportMail = "From: =?utf-8?b?5L2Q6Jek?= <a@yamato.example.jp>\nTo: k@nordlund.example\nDate: Thu, 8 May 2025 10:00:00 +0900\nMessage-ID: <1@yamato.example.jp>\n" +
	"Subject: 4月のご報告\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\nお送りします。\n" +
	"--b\nContent-Type: text/csv; charset=utf-8; name=\"sales_202504.csv\"\nContent-Disposition: attachment; filename=\"sales_202504.csv\"\n\n" + good + "\n--b--\n"

func made(t testing.TB, write func(io.Writer) error) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func txtarFile(t testing.TB, path string) []byte {
	t.Helper()
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return a.Files[0].Data
}

func seedFile(t testing.TB, path string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.FromSlash(path))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// sampleBooks are the first workbook of each invented distributor.
func sampleBooks(t testing.TB) (out []seed) {
	t.Helper()
	all, err := sample.All(sample.Size{Months: 24, Customers: 12, Products: 4})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		for _, f := range d.Files {
			if filepath.Ext(f.Path) == ".xlsx" {
				out = append(out, seed{f.Path, honne.XLSX, f.Bytes})
				break
			}
		}
	}
	return out
}

// slide is a presentation of one slide with a title and a table.
func slide(title string, rows [][]string) []honnetest.Entry {
	const kind = `Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	text := func(s string) string { return "<a:p><a:r><a:t>" + s + "</a:t></a:r></a:p>" }
	var table strings.Builder
	for _, r := range rows {
		table.WriteString(`<a:tr h="1">`)
		for _, c := range r {
			table.WriteString(`<a:tc gridSpan="1"><a:txBody>` + text(c) + "</a:txBody><a:tcPr/></a:tc>")
		}
		table.WriteString("</a:tr>")
	}
	return []honnetest.Entry{
		{Name: "[Content_Types].xml", Body: "<Types/>"},
		{Name: "_rels/.rels", Body: `<Relationships><Relationship Id="rId1" ` + kind + `officeDocument" Target="ppt/presentation.xml"/></Relationships>`},
		{Name: "ppt/presentation.xml", Body: `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>`},
		{Name: "ppt/_rels/presentation.xml.rels", Body: `<Relationships><Relationship Id="rId1" ` + kind + `slide" Target="slides/slide1.xml"/></Relationships>`},
		{Name: "ppt/slides/slide1.xml", Body: `<p:sld xmlns:p="p" xmlns:a="a"><p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:txBody>` + text(title) +
			"</p:txBody></p:sp><p:graphicFrame><a:tbl><a:tblGrid/>" + table.String() + "</a:tbl></p:graphicFrame></p:sld>"},
	}
}

// mutant is a damaged copy of a seed.
type mutant struct {
	seed
	how    string
	sealed bool // damage that the checksums of the seed's format must find
}

// mutantOf makes the i-th mutant: the same of the same seeds, alone or among
// others.
func mutantOf(from []seed, n uint64, i int) mutant {
	r := rand.New(rand.NewPCG(n, uint64(i)))
	m := mutant{seed: from[i%len(from)]}
	packed := bytes.HasPrefix(m.raw, []byte("PK"))
	switch r.IntN(4) {
	case 0:
		m.how, m.sealed = "bytes", packed
		for _, b := range honnetest.Mutations(r.Uint64(), m.raw, 1) {
			m.raw = b
		}
	case 1:
		m.how, m.sealed = "cut", packed
		m.raw = m.raw[:r.IntN(len(m.raw))]
	case 2:
		other := from[r.IntN(len(from))]
		m.how = "spliced with " + other.name
		m.raw = append(bytes.Clone(m.raw[:r.IntN(len(m.raw))]), other.raw[r.IntN(len(other.raw)):]...)
	case 3:
		m.how = "edited"
		m.raw = edited(r, m.raw)
	}
	return m
}

// edited changes what a file says and keeps its container sound: a member of an
// archive is edited and packed again.
func edited(r *rand.Rand, raw []byte) []byte {
	switch {
	case bytes.HasPrefix(raw, []byte("PK")):
		return repacked(r, raw)
	case bytes.HasPrefix(raw, []byte("\xD0\xCF\x11\xE0")):
		out := bytes.Clone(raw)
		for range 1 + r.IntN(4) {
			binary.LittleEndian.PutUint16(out[512+2*r.IntN((len(out)-512)/2):], [...]uint16{0, 1, 0x7FFF, 0x8000, 0xFFFF, 0x3F}[r.IntN(6)])
		}
		return out
	}
	for range 1 + r.IntN(4) {
		raw = editText(r, raw)
	}
	return raw
}

// repacked edits one member of an archive, one within an inner archive too.
func repacked(r *rand.Rand, raw []byte) []byte {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil || len(z.File) == 0 {
		return raw
	}
	var out bytes.Buffer
	w, chosen := zip.NewWriter(&out), r.IntN(len(z.File))
	for i, f := range z.File {
		body, err := f.Open()
		if err != nil {
			return raw
		}
		text, err := io.ReadAll(body)
		to, createErr := w.Create(f.Name)
		if err != nil || createErr != nil {
			return raw
		}
		if i == chosen {
			text = edited(r, text)
		}
		if _, err := to.Write(text); err != nil {
			return raw
		}
	}
	if w.Close() != nil {
		return raw
	}
	return out.Bytes()
}

var (
	// edges are what is changed in a text: attributes, numbers, elements, lines.
	edges = []*regexp.Regexp{
		regexp.MustCompile(`="[^"]*"`),
		regexp.MustCompile(`[0-9]+`),
		regexp.MustCompile(`(?s)<row\b.*?</row>|<c\b.*?(</c>|/>)|<si>.*?</si>|<(w|a):tr\b.*?</(w|a):tr>|<(w|a):tc\b.*?</(w|a):tc>|<t[rdh]\b[^<]*|<[a-zA-Z]+ [^>]*/>`),
		regexp.MustCompile(`[^\n]*\n`),
		regexp.MustCompile(`[,\t;"]`),
	}
	// extremes are put in their place.
	extremes = []string{"", "0", "-1", "65536", "1048577", "2147483648", "-9223372036854775808", "99999999999999999999", "1e308", "NaN", "A0", "XFD1048576", "ZZZZZZZ9",
		"A1:XFD1048576", "&a;", "&#0;", "&#x110000;", "<![CDATA[", "<!--", "\"", "\x00", "\uFEFF", "令和元年13月45日", "２０２５／２／３０", "=1+1", "▲1,2,3", "合計", "\t\r\n", "\x8A\x94\xFF"}
)

// editText changes, doubles, drops or swaps a piece of a text.
func editText(r *rand.Rand, text []byte) []byte {
	found := edges[r.IntN(len(edges))].FindAllIndex(text, -1)
	if len(found) == 0 {
		return text
	}
	at, other := found[r.IntN(len(found))], found[r.IntN(len(found))]
	piece, with := text[at[0]:at[1]], []byte(extremes[r.IntN(len(extremes))])
	switch r.IntN(5) {
	case 0:
		with = nil
	case 1:
		with = bytes.Repeat(piece, 2+r.IntN(50))
	case 2:
		with = text[other[0]:other[1]]
	default:
		if bytes.HasPrefix(piece, []byte(`="`)) {
			with = []byte(`="` + string(with) + `"`)
		}
	}
	return bytes.Join([][]byte{text[:at[0]], with, text[at[1]:]}, nil)
}
