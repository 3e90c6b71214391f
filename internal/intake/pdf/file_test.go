package pdf

import (
	"bytes"
	"compress/lzw"
	"context"
	"encoding/ascii85"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"honne/internal/honnetest"
)

const table = "p1 []\n1 | 1 Code | 2 Amount\n2 | 1 A-1 | 2 1,250\n3 | 1 A-2 | 2 310\n"

func tableRows() string {
	return ruledTable([]string{"Code", "Amount"}, []string{"A-1", "1,250"}, []string{"A-2", "310"})
}

func spell85(s string) string {
	out := make([]byte, ascii85.MaxEncodedLen(len(s)))
	return string(out[:ascii85.Encode(out, []byte(s))]) + "~>"
}

// run writes runs as PackBits does.
func run(s string) string {
	var b strings.Builder
	for ; len(s) > 100; s = s[100:] {
		b.WriteString("\x63" + s[:100])
	}
	return b.String() + string(rune(len(s)-1)) + s + "\x80"
}

func TestFilters(t *testing.T) {
	plain := tableRows()
	predicted := ""
	for at := 0; at < len(plain); at += 10 { // each row is told from the byte before
		row := (plain + strings.Repeat(" ", 10))[at : at+10]
		predicted += "\x01"
		for i := range row {
			before := byte(0)
			if i > 0 {
				before = row[i-1]
			}
			predicted += string([]byte{row[i] - before})
		}
	}
	for how, data := range map[string]string{
		"/Filter/FlateDecode":                                         packed(plain),
		"/Filter[/ASCII85Decode/FlateDecode]":                         spell85(packed(plain)),
		"/Filter/ASCIIHexDecode":                                      hex.EncodeToString([]byte(plain)) + ">",
		"/Filter/RunLengthDecode":                                     run(plain),
		"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 10>>": packed(predicted),
		"": plain,
	} {
		m := newMade()
		c := m.stream(how, data)
		m.pages = append(m.pages, m.add(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<<%s>>>>", c, helvetica12)))
		want(t, how, m.bytes(), table)
	}
}

// The standard library packs as PDF did at first, without the early change.
func TestLZW(t *testing.T) {
	plain := strings.Repeat(tableRows(), 30)
	var b bytes.Buffer
	w := lzw.NewWriter(&b, lzw.MSB, 8)
	io.WriteString(w, plain)
	w.Close()
	got, err := io.ReadAll(newLZW(&b, dict{"EarlyChange": 0.0}))
	if err != nil || string(got) != plain {
		t.Errorf("%d bytes of %d, %v", len(got), len(plain), err)
	}
}

// repaired are files that are wrong and can be read all the same.
func TestRepaired(t *testing.T) {
	m := newMade()
	m.page(tableRows(), helvetica12)
	good := string(m.bytes())
	at := strings.Index(good, "xref\n")
	replace := func(old, new string) string { return strings.Replace(good, old, new, 1) }
	for name, raw := range map[string]string{
		"something before it":     "\r\nhello\r\n" + good,
		"no table":                good[:at] + "trailer\n<</Root 1 0 R>>\n",
		"no table, no trailer":    good[:at],
		"a wrong table":           replace("0000000009", "0000000019"),
		"a wrong start":           replace("startxref\n", "startxref\n9"),
		"a wrong length":          replace("/Length ", "/Length 1"),
		"no length":               replace("/Length ", "/Longth "),
		"a length elsewhere":      replace("/Length ", "/Length 9 0 R/Was "),
		"line ends of a Mac":      strings.ReplaceAll(good[:at], "\n", "\r"),
		"an older version before": replace("4 0 obj\n<<", "4 0 obj\n<</Type/Page/Old true>>\nendobj\n4 0 obj\n<<"),
	} {
		want(t, name, []byte(raw), table)
	}
}

// Tables within each other and references that lead in circles end.
func TestCircles(t *testing.T) {
	for name, raw := range hostileFiles() {
		got, err := dump(t, []byte(raw))
		var e *Error
		if err != nil && !errors.As(err, &e) {
			t.Errorf("%s: an error of another type: %v", name, err)
		}
		if strings.Count(got, "|") > 1 {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func hostileFiles() map[string]string {
	page := func(content string, objects ...string) string {
		m := newMade()
		m.page(content, helvetica12+"/XObject<</X 5 0 R>>")
		m.objects = append(m.objects, objects...)
		return string(m.bytes())
	}
	tree := func(catalog, pages string) string {
		m := newMade()
		m.page("", "")
		raw := m.bytes()
		raw = bytes.Replace(raw, []byte("/Pages 2 0 R>>"), []byte(catalog), 1)
		return string(bytes.Replace(raw, []byte("/Kids[4 0 R ]/Count 1>>"), []byte(pages), 1))
	}
	return map[string]string{
		"pages in a circle":     tree("/Pages 2 0 R>>", "/Kids[2 0 R 2 0 R 2 0 R]/Count 3>>"),
		"pages that are a page": tree("/Pages 9 0 R>>", "/Kids 2 0 R>>"),
		"deep":                  tree("/Pages 2 0 R/X "+strings.Repeat("[", 1_000_000)+">>", "/Kids[4 0 R]>>"),
		"a circle of tables":    "%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 5/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF\n",
		"a drawing in itself":   page("/X Do", "<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 5 0 R>>>>/Length 12>>stream\n/X Do /X Do \nendstream"),
		"a stream in a circle":  page("", "<</Length 5 0 R>>stream\nx\nendstream"),
		"a million of objects":  "%PDF-1.4\nxref\n0 99999999\n" + strings.Repeat("0000000009 00000 n \n", 600_000) + "trailer\n<<>>\nstartxref\n9\n",
		"bytes without an end":  page("BT (" + strings.Repeat("(", 3_000_000)),
		"operands without end":  page(strings.Repeat("1 ", 3_000_000) + "Td"),
		"nothing":               "%PDF-1.4",
		"names of nothing":      page("/F 1 Tf /Y Do /Z gs BT (a) Tj"),
		"negative":              page("BT /F -10 Tf -1 Tz 99999999999999 0 Td (a) Tj ET"),
		"matrices of nothing":   page("0 0 0 0 0 0 cm BT /F 10 Tf (a) Tj ET 0 0 m 1 1 l S"),
	}
}

// Small files that make much of nothing end within the limits.
func TestBombs(t *testing.T) {
	zeros := packed(packed(strings.Repeat(" ", 140<<20)))
	m := newMade()
	c := m.stream("/Filter[/FlateDecode/FlateDecode]", zeros)
	m.pages = append(m.pages, m.add(fmt.Sprintf("<</Type/Page/Parent 2 0 R/Contents %d 0 R>>", c)))
	bomb := m.bytes()

	m = newMade()
	m.page(strings.Repeat("/X Do ", 1000), "/XObject<</X 5 0 R>>")
	for i := range 5 { // each draws the next one a hundred times
		m.stream(fmt.Sprintf("/Subtype/Form/Resources<</XObject<</X %d 0 R>>>>", 6+i), strings.Repeat("/X Do ", 100))
	}
	drawings := m.bytes()

	m = newMade()
	m.page(strings.Repeat("BT /F 10 Tf 50 700 Td (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET\n", 20_000), helvetica12)
	letters := m.bytes()

	m = newMade()
	var lines strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&lines, "%d.%d 0 m %d.%d 800 l S 0 %d.%d m 590 %d.%d l S\n", i/70, i%70, i/70, i%70, i/70, i%70, i/70, i%70)
	}
	m.page(lines.String()+tableRows(), helvetica12)
	for name, raw := range map[string][]byte{"blanks": bomb, "drawings": drawings, "letters": letters, "lines": m.bytes()} {
		honnetest.Bounded(t, name, func() {
			_, err := dump(t, raw)
			var e *Error
			if err != nil && !errors.As(err, &e) {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Open(ended, bytes.NewReader(letters), int64(len(letters)))
	var e *Error
	if !errors.As(err, &e) || e.Code != CodeDeadline {
		t.Errorf("a cancelled context: %v", err)
	}
}

// A damaged file ends in an *Error or is read.
func TestDamaged(t *testing.T) {
	for _, name := range []string{"calc", "chromium", "ruled", "aes256", "linear", "vert"} {
		raw, err := os.ReadFile("testdata/" + name + ".pdf")
		if err != nil {
			t.Fatal(err)
		}
		for i, copy := range honnetest.Mutations(1, raw, 30) {
			_, err := dump(t, copy)
			var e *Error
			if err != nil && !errors.As(err, &e) {
				t.Errorf("%s, copy %d: an error of another type: %v", name, i, err)
			}
		}
	}
}

// FuzzOpen wants an *Error or rows of whatever is there.
func FuzzOpen(f *testing.F) {
	for _, raw := range hostileFiles() {
		if len(raw) < 10_000 {
			f.Add([]byte(raw))
		}
	}
	for _, name := range []string{"ruled", "vert", "aes256"} {
		raw, err := os.ReadFile("testdata/" + name + ".pdf")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		_, err := dump(t, raw)
		var e *Error
		if err != nil && !errors.As(err, &e) {
			t.Errorf("an error of another type: %v", err)
		}
	})
}
