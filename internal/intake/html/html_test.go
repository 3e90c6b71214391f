package html

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"honne/internal/honnetest"
	"honne/internal/intake/grid"
)

// dump reads a whole page as text: a line a row.
func dump(raw string) (string, error) {
	b, err := Open(strings.NewReader(raw), int64(len(raw)))
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, s := range b.Sheets() {
		fmt.Fprintf(&out, "== %s\n", s.Name)
		last := int32(0)
		err := b.Each(context.Background(), s.Index, func(r *grid.Row) error {
			if r.N <= last || r.N > maxRow || len(r.Cells) == 0 {
				return fmt.Errorf("row %d after %d", r.N, last)
			}
			last = r.N
			fmt.Fprintf(&out, "%d%s:", r.N, mark(r.Hidden, " hidden"))
			col := int32(0)
			for _, c := range r.Cells {
				if c.Col <= col || c.Col > maxCol {
					return fmt.Errorf("column %d after %d", c.Col, col)
				}
				col = c.Col
				fmt.Fprintf(&out, " %d=%s", c.Col, show(c))
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
	return out.String(), b.Close()
}

func mark(on bool, s string) string {
	if on {
		return s
	}
	return ""
}

// show writes a cell: text as it is quoted, other kinds as kind(value).
func show(c grid.Cell) string {
	value := fmt.Sprintf("%q", c.Text)
	switch c.Kind {
	case grid.Number, grid.Time:
		value = c.Kind.String() + "(" + c.Num.String() + ")"
	case grid.Date:
		value = "date(" + c.Date.String() + " " + c.Text + ")"
	case grid.Bool, grid.Error:
		value = c.Kind.String() + "(" + c.Text + ")"
	}
	return value + mark(c.Formula, "f") + mark(c.Hidden, "h")
}

const excelHead = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\r\n<head><style>\r\n<!--table\r\n\t{mso-displayed-decimal-separator:\"\\.\";}\r\n.xl24, td.xl25\r\n\t{mso-number-format:\"\\@\";}\r\n.xl26\r\n\t{mso-number-format:\"\\#\\,\\#\\#0\";}\r\n--></style>" +
	"<!--[if gte mso 9]><xml><x:Name><table><tr><td>x</td></tr></table></x:Name></xml><![endif]--><script>document.write('<table><tr><td>y')</script></head><body>\r\n"

func TestRead(t *testing.T) {
	cases := []struct{ name, page, want string }{
		{"Excel", excelHead + "<table x:str border=0>\r\n <col width=72 span=2><col style='display:none'>\r\n <tr height=18>\r\n  <td class=xl24 x:num>00123</td>\r\n  <td align=right x:num=\"1250.5\">1,251</td>\r\n  <td x:num>1,250</td>\r\n  <td x:num=\"45748\">2025/4/1</td>\r\n  <td x:num=\"45748\">R7.4.1</td><td x:num=\"4\">4月</td><td x:num=\"0.125\">12.5%</td><td x:num=\"0.5\">12:00</td></tr>\r\n" +
			" <tr style='display:none'><td x:bool=\"TRUE\">TRUE</td><td x:err=\"#N/A\">#N/A</td><td x:num=\"7\" x:fmla=\"=1+6\">7</td><td x:str=\"'5\">5</td><td class=\"a xl25\" x:num=\"9\">9</td><td style='mso-number-format:\"\\@\";' x:num=\"8\">08</td><td x:num=\"44286\">2025/4/1</td><td x:num=\"-1250\">-1,250</td></tr>\r\n</table></body></html>",
			"== \n1: 1=\"00123\" 2=number(1250.5) 3=number(1250)h 4=date(2025-04-01 2025/4/1) 5=date(2025-04-01 R7.4.1) 6=\"4月\" 7=number(0.125) 8=time(0.5)\n" +
				"2 hidden: 1=bool(TRUE) 2=error(#N/A) 3=number(7)fh 4=\"5\" 5=\"9\" 6=\"08\" 7=\"2025/4/1\" 8=number(-1250)\n"},
		{"texts", "<table><tr><td> a \r\n b&amp;&lt;&#22770;<br> c <br/>d</td><td>&nbsp;</td><td>&nbsp;&nbsp;東京支店 </td><td><span style='mso-spacerun:yes'>&nbsp; </span>1,250 </td><td><p>x</p><p>y</p></td><td><b>q</b>r<!-- no --><script>s</script></td></tr></table>",
			"== \n1: 1=\"a b&<売\\nc\\nd\" 3=\"  東京支店\" 4=\"1,250\" 5=\"x\\ny\" 6=\"qr\"\n"},
		{"spans", "<table><thead><tr><th rowspan=2>得意先<th colspan=2>4月<th rowspan=0>備考</tr><tr><th>数量<th>金額</thead><tbody><tr><td>A<td>1<td rowspan=9>2<td>z<tr><td>B<td>3<td>w</table>",
			"== \n1: 1=\"得意先\" 2=\"4月\" 4=\"備考\"\n2: 2=\"数量\" 3=\"金額\"\n3: 1=\"A\" 2=\"1\" 3=\"2\" 4=\"z\"\n4: 1=\"B\" 2=\"3\" 4=\"w\"\nmerged A1:A2\nmerged B1:C1\nmerged D1:D2\nmerged C3:C4\n"},
		{"a span into a span", "<table><tr><td>a<td>b<td rowspan=2>c<tr><td colspan=9>d<td>e</table>", "== \n1: 1=\"a\" 2=\"b\" 3=\"c\"\n2: 1=\"d\" 4=\"e\"\nmerged C1:C2\nmerged A2:B2\n"},
		{"tables", "<table><caption>在庫!</caption><tr><td>a</table>text<table><tr><td>&nbsp;<td></table><table><tr><td>b</table><TABLE><CAPTION><b>在庫!</b></CAPTION><TR><TD>c</TABLE>",
			"== 在庫！\n1: 1=\"a\"\n== Table 2\n1: 1=\"b\"\n== 在庫！ (2)\n1: 1=\"c\"\n"},
		{"a table in a table", "<table><tr><td>a<table><tr><td>1<td>2</td></tr></table>b</td><td>c</td></tr></table>", "== Table 1\n1: 1=\"a\\nb\" 2=\"c\"\n== Table 2\n1: 1=\"1\" 2=\"2\"\n"},
		{"laid out in a table", "<table><tr><td><table><tr><td>1</table></td></tr></table>", "== \n1: 1=\"1\"\n"},
		{"never ended", "<table><tr><td>a<table><tr><td>b", "== Table 1\n1: 1=\"a\"\n== Table 2\n1: 1=\"b\"\n"},
		{"no row, no cell", "<table>x<td>a</td><tr></tr>y<tr>z<td>b</table>", "== \n1: 1=\"a\"\n3: 1=\"b\"\n"},
		{"furigana", "<table><tr><td><ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp></ruby>京</table>", "== \n1: 1=\"東京\"\n"},
		{"no table", "<html><body>売上は下がりました。</body></html>", ""},
		{"odd numbers", "<table><tr><td colspan=-5 rowspan=x x:num=abc>1</td><td x:num=1e999>2<td x:num>3x<td x:num='5'></table>", "== \n1: 1=\"1\" 2=\"2\" 3=\"3x\" 4=number(5)\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got, err := dump(c.page); err != nil || got != c.want {
				t.Errorf("%v\n%s\nwant\n%s", err, got, c.want)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	const text = "得意先ソ能表㈱髙"
	cases := []struct {
		name, declared string
		enc            encoding.Encoding
		text           string
	}{
		{"UTF-8", "utf-8", encoding.Nop, text},
		{"UTF-8 that says Shift_JIS", "shift_jis", encoding.Nop, text},
		{"UTF-8 with a mark", "", unicode.UTF8BOM, text},
		{"CP932", "x-sjis", japanese.ShiftJIS, text},
		{"CP932 that says UTF-8", "UTF-8", japanese.ShiftJIS, text},
		{"CP932 that says nothing", "", japanese.ShiftJIS, text},
		{"EUC-JP, half-width", "euc-jp", japanese.EUCJP, "ﾄｸｲｻｷ"},
		{"CP932, half-width", "Windows-31J", japanese.ShiftJIS, "ﾄｸｲｻｷ"},
		{"ISO-2022-JP", "iso-2022-jp", japanese.ISO2022JP, "得意先"},
		{"UTF-16", "", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text},
		{"Windows-1252", "windows-1252", charmap.Windows1252, "Café"},
	}
	for _, c := range cases {
		page := "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=" + c.declared + "\"></head>" +
			strings.Repeat("<table><tr><td>a</td></tr></table>", 3) + "<table><caption>" + c.text + "</caption><tr><td>" + c.text + "&#22770;</td></tr></table></html>"
		raw, err := c.enc.NewEncoder().String(page)
		if err != nil {
			t.Fatal(err)
		}
		got, err := dump(raw)
		if want := "== " + c.text + "\n1: 1=\"" + c.text + "売\"\n"; err != nil || !strings.HasSuffix(got, want) {
			t.Errorf("%s: %v\n%s\nwant\n%s", c.name, err, got, want)
		}
		if !Sniff([]byte(raw)[:100]) {
			t.Errorf("%s: not known as HTML", c.name)
		}
	}
}

func TestSniff(t *testing.T) {
	for head, want := range map[string]bool{
		"<html>": true, " \r\n<!DOCTYPE HTML>": true, "<!-- x --><TABLE border=1>": true, "<meta charset=utf-8><table>": true, "<?xml version='1.0'?><html>": true,
		"a,<html>": false, "": false, "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Table>": false, "<a>": false, "PK\x03\x04": false,
	} {
		if Sniff([]byte(head)) != want {
			t.Errorf("%q: not %v", head, want)
		}
	}
}

// failing is a disk that fails.
type failing struct{}

// ReadAt implements io.ReaderAt.
func (failing) ReadAt([]byte, int64) (int, error) { return 0, io.ErrClosedPipe }

// TestHostile reads what is made to fill the memory or to take for ever.
func TestHostile(t *testing.T) {
	const mb = 1 << 20
	row := func(cell string, times int) string { return "<table><tr>" + strings.Repeat(cell, times) + "</table>" }
	cases := []struct{ name, raw, code string }{
		{"a text of 2 MiB and more", row("<td>"+strings.Repeat("x", 3*mb), 1), CodeTooLarge},
		{"a text of 1 MiB and more", row("<td>"+strings.Repeat(strings.Repeat("x", 100)+"<b>", 11_000), 1), CodeTooLarge},
		{"a tag without end", "<table><tr><td " + strings.Repeat("a ", 2*mb), CodeTooLarge},
		{"a comment without end", "<table><!--" + strings.Repeat("x", 3*mb), CodeTooLarge},
		{"wide cells", row("<td colspan=1000000>x", 6), CodeOutOfRange},
		{"many cells", row("<td>x", 5000), CodeOutOfRange},
		{"many rows", "<table><td>x" + strings.Repeat("<tr>", mb+1), CodeOutOfRange},
		{"tall cells", "<table><tr>" + strings.Repeat("<td rowspan=99999>x", 4095) + strings.Repeat("<tr><td>y", 20_000), ""},
		{"tables", strings.Repeat("<table><td>x</table>", 5000), CodeTooLarge},
		{"tables within tables", strings.Repeat("<table><tr><td>x", 5000), CodeTooLarge},
		{"entities", row("<td>"+strings.Repeat("&amp;", mb/10), 1), ""},
		{"nesting", row("<td>"+strings.Repeat("<div>", mb/5)+"x", 1), ""},
	}
	for _, c := range cases {
		honnetest.Bounded(t, c.name, func() {
			_, err := dump(c.raw)
			if got := codeOf(err); got != c.code {
				t.Errorf("%s: %.200v, want %q", c.name, err, c.code)
			}
		})
	}
	if _, err := Open(failing{}, 100); codeOf(err) != CodeRead || !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
	if _, err := Open(failing{}, maxBytes+1); codeOf(err) != CodeTooLarge {
		t.Error(err)
	}
}

// codeOf returns the code of an error, "" for none.
func codeOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestDeadline(t *testing.T) {
	raw := "<table>" + strings.Repeat("<tr><td>売上<td>1", 50_000) + "</table>"
	b, err := Open(strings.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	err = b.Each(ctx, 0, func(*grid.Row) error {
		n++
		cancel()
		return nil
	})
	if codeOf(err) != CodeDeadline || !errors.Is(err, context.Canceled) || n > 25_000 {
		t.Error(n, err)
	}
	stop := errors.New("enough")
	if err := b.Each(context.Background(), 0, func(*grid.Row) error { return stop }); err != stop {
		t.Error(err)
	}
	if err := b.Each(context.Background(), 1, nil); err == nil {
		t.Error("a table that is not there was read")
	}
}

func FuzzHTML(f *testing.F) {
	f.Add(excelHead + "<table><caption>x</caption><tr><td rowspan=2 x:num=\"45748\">2025/4/1<td colspan=3>&nbsp;a<br>b<tr><td><table><td>c</table>")
	f.Add("\x8b\xe0<table><tr><th>\x94\x84\x8f\xe3</th></tr></table>")
	f.Add("\xff\xfe<\x00t\x00a\x00b\x00l\x00e\x00>\x00<\x00t\x00d\x00>\x00x\x00")
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := dump(raw)
		var e *Error
		if err != nil && !errors.As(err, &e) {
			t.Fatal(err)
		}
		if again, _ := dump(raw); again != got {
			t.Fatal("read twice, two texts")
		}
	})
}

func BenchmarkEach(b *testing.B) {
	raw := "<table>" + strings.Repeat("<tr><td class=xl24>東都メディカル</td><td x:num=\"1250\">1,250</td><td>検査試薬キット</td></tr>\r\n", 20_000) + "</table>"
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		p, err := Open(strings.NewReader(raw), int64(len(raw)))
		if err == nil {
			err = p.Each(context.Background(), 0, func(*grid.Row) error { return nil })
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}
