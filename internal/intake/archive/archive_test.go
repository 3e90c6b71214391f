package archive

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"
)

// entry is a file to pack. A name that is not valid UTF-8 comes without the
// mark of UTF-8, as Windows writes it.
type entry struct {
	name, body string
	unmarked   bool // no mark of UTF-8, whatever the name
	flags      uint16
	extra      []byte
	method     uint16 // 0 is stored
}

func pack(t testing.TB, entries ...entry) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, NonUTF8: e.unmarked, Extra: e.extra, Method: e.method, Flags: e.flags,
			CRC32: crc32.ChecksumIEEE([]byte(e.body)), CompressedSize64: uint64(len(e.body)), UncompressedSize64: uint64(len(e.body))}
		write := z.CreateRaw
		if e.method == zip.Deflate {
			write = z.CreateHeader
		} else if !e.unmarked && !isASCII(e.name) {
			h.Flags |= 0x800
		}
		w, err := write(h)
		if err == nil {
			_, err = io.WriteString(w, e.body)
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

func sjis(t testing.TB, s string) string {
	t.Helper()
	out, err := japanese.ShiftJIS.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// dump walks an archive as text: a line a file.
func dump(raw string, limits func(*Limits)) (string, error) {
	a, err := Open(strings.NewReader(raw), int64(len(raw)))
	if err != nil {
		return "", err
	}
	if limits != nil {
		limits(&a.Limits)
	}
	var out strings.Builder
	for f, err := range a.Files(context.Background()) {
		var body io.ReaderAt
		if err == nil {
			body, err = f.Open()
		}
		if f.Was != "" {
			fmt.Fprintf(&out, "%q is ", f.Was)
		}
		if err != nil {
			var e *Error
			if !errors.As(err, &e) {
				return "", fmt.Errorf("an error of another type: %w", err)
			}
			fmt.Fprintf(&out, "%s: %s %s\n", f.Name, e.Code, e.Detail)
			continue
		}
		text, err := io.ReadAll(io.NewSectionReader(body, 0, f.Size))
		if err != nil {
			return "", err
		}
		if len(text) > 20 {
			text = fmt.Appendf(nil, "%d bytes, %08x", len(text), crc32.ChecksumIEEE(text))
		}
		fmt.Fprintf(&out, "%s = %s\n", f.Name, text)
	}
	return out.String(), a.Close()
}

// unicodeName makes an Info-ZIP Unicode Path field.
func unicodeName(old, name string) []byte {
	field := binary.LittleEndian.AppendUint16(nil, 0x7075)
	field = binary.LittleEndian.AppendUint16(field, uint16(5+len(name)))
	field = binary.LittleEndian.AppendUint32(append(field, 1), crc32.ChecksumIEEE([]byte(old)))
	return append(field, name...)
}

func TestNames(t *testing.T) {
	cases := []struct{ in, want string }{
		{pack(t, entry{name: "売上/4月.csv", body: "a"}), "売上/4月.csv = a\n"},
		{pack(t, entry{name: sjis(t, "2025年4月度売上表.csv"), unmarked: true}), "2025年4月度売上表.csv = \n"},
		{pack(t, entry{name: sjis(t, `営業所\ソ連能㈱.xls`), unmarked: true}), "営業所/ソ連能㈱.xls = \n"},
		{pack(t, entry{name: sjis(t, "ﾃｽ.csv"), unmarked: true}), "ﾃｽ.csv = \n"},
		{pack(t, entry{name: "マック.csv", unmarked: true}), "マック.csv = \n"},
		{pack(t, entry{name: "caf\x82.csv", unmarked: true}), "café.csv = \n"},
		{pack(t, entry{name: "??.csv", extra: unicodeName("??.csv", "在庫.csv")}), "在庫.csv = \n"},
		{pack(t, entry{name: "b.csv", extra: unicodeName("a.csv", "在庫.csv")}), "b.csv = \n"},
		{pack(t, entry{name: "../../etc/passwd"}), `"../../etc/passwd" is etc/passwd = ` + "\n"},
		{pack(t, entry{name: `C:\Temp\..\a.csv`}), `"C:\\Temp\\..\\a.csv" is Temp/a.csv = ` + "\n"},
		{pack(t, entry{name: "/root.csv"}), `"/root.csv" is root.csv = ` + "\n"},
		{pack(t, entry{name: ".."}), `".." is _ = ` + "\n"},
		{pack(t, entry{name: "a\x00\n.csv"}), `"a\x00\n.csv" is a__.csv = ` + "\n"},
		{pack(t, entry{name: "__MACOSX/._a.csv"}, entry{name: ".DS_Store"}, entry{name: "d/"}, entry{name: "~$a.xlsx"}, entry{name: "d/.x/a"}), ""},
		{pack(t, entry{name: strings.Repeat("長", 85)}), strings.Repeat("長", 85) + " = \n"},
	}
	for _, c := range cases {
		if got, err := dump(c.in, nil); err != nil || got != c.want {
			t.Errorf("%v\n%s\nwant\n%s", err, got, c.want)
		}
	}
}

func TestNested(t *testing.T) {
	book := pack(t, entry{name: "[Content_Types].xml", body: "x"}, entry{name: "xl/workbook.xml"})
	third := pack(t, entry{name: "c.csv", body: "3"})
	fourth := pack(t, entry{name: "d.zip", body: pack(t, entry{name: "e.csv"})})
	second := pack(t, entry{name: "三月.ZIP", body: third}, entry{name: "四.zip", body: fourth}, entry{name: "b.csv", body: "2"})
	got, err := dump(pack(t, entry{name: "a.csv", body: "1"}, entry{name: "two.zip", body: second, method: zip.Deflate},
		entry{name: "book.zip", body: book}, entry{name: "no.zip", body: "text"}, entry{name: "cut.zip", body: third[:30]}, entry{name: "z.csv", body: "9"}), nil)
	want := fmt.Sprintf(`a.csv = 1
two.zip/三月.ZIP/c.csv = 3
two.zip/四.zip/d.zip: too-deep 
two.zip/b.csv = 2
book.zip = %d bytes, %08x
no.zip = text
cut.zip: truncated 
z.csv = 9
`, len(book), crc32.ChecksumIEEE([]byte(book)))
	if err != nil || got != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

func TestRefused(t *testing.T) {
	good := entry{name: "z.csv", body: "ok"}
	long := strings.Repeat("0123456789", 1000)
	packed := entry{name: "a", body: long, method: zip.Deflate}
	cases := []struct {
		name, in string
		limits   func(*Limits)
		want     string
	}{
		{"a password", pack(t, entry{name: "a.csv", flags: 1}, good), nil, "a.csv: password \nz.csv = ok\n"},
		{"an inner archive with a password", pack(t, entry{name: "a.zip", flags: 1}, good), nil, "a.zip: password \nz.csv = ok\n"},
		{"Deflate64", pack(t, entry{name: "a.csv", method: 9}, good), nil, "a.csv: packing \nz.csv = ok\n"},
		{"a large file", pack(t, packed, good), func(l *Limits) { l.FileBytes = 9999 }, "a: too-large size\nz.csv = ok\n"},
		{"a ratio", pack(t, packed, good), func(l *Limits) { l.RatioFrom, l.Ratio = 100, 50 }, "a: too-large ratio\nz.csv = ok\n"},
		{"all files", pack(t, packed, packed, good), func(l *Limits) { l.TotalBytes = 15000 }, "a = 10000 bytes, bdce8b57\na: too-large size of all files\nz.csv = ok\n"},
		{"many files", pack(t, good, good, good), func(l *Limits) { l.Files = 2 }, "z.csv = ok\nz.csv = ok\n: too-large number of files\n"},
		{"a checksum", strings.Replace(pack(t, good), "ok", "ko", 1), nil, "z.csv: truncated \n"},
		{"a claimed size", strings.ReplaceAll(pack(t, entry{name: "a", body: "abcd"}, good), "\x04\x00\x00\x00\x04\x00\x00\x00", "\x04\x00\x00\x00\x03\x00\x00\x00"), nil, "a: truncated \nz.csv = ok\n"},
	}
	for _, c := range cases {
		if got, err := dump(c.in, c.limits); err != nil || got != c.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", c.name, err, got, c.want)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	whole := pack(t, entry{name: "a.csv", body: "1"})
	many := make([]entry, 30_000)
	for i := range many {
		many[i].name = strings.Repeat("x", 200)
	}
	inner := pack(t, entry{name: "x.zip", body: whole}, entry{name: "b.csv"})
	behind := inner[:strings.Index(inner, whole)+len(whole)] // ends as the inner one does
	for raw, want := range map[string]string{"": CodeNotZip, "a,b\n": CodeNotZip, whole[:40]: CodeTruncated, behind: CodeTruncated, pack(t, many...): CodeTooLarge} {
		_, err := Open(strings.NewReader(raw), int64(len(raw)))
		var e *Error
		if !errors.As(err, &e) || e.Code != want {
			t.Errorf("%.20q: %v, want %s", raw, err, want)
		}
	}
}

// TestSpool keeps large files right, also side by side, and leaves nothing
// behind.
func TestSpool(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	a, b := strings.Repeat("売上", 5000), strings.Repeat("b", 3000)
	raw := pack(t, entry{name: "a", body: a, method: zip.Deflate}, entry{name: "inner.zip", body: pack(t, entry{name: "b", body: b, method: zip.Deflate})})
	z, err := Open(strings.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	z.Limits.InMemory = 10
	var views []io.ReaderAt
	var sizes []int64
	for f, err := range z.Files(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		view, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		views, sizes = append(views, view), append(sizes, f.Size)
	}
	for i, want := range []string{a, b} {
		got, err := io.ReadAll(io.NewSectionReader(views[i], 0, sizes[i]))
		if err != nil || string(got) != want {
			t.Errorf("%d: %v, %d bytes", i, err, len(got))
		}
	}
	if err := z.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Error(left, err)
	}
}

// TestBomb opens 80 MiB of zeros, which pack to a thousandth.
func TestBomb(t *testing.T) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create("a.csv")
	for range 80 {
		if err == nil {
			_, err = w.Write(make([]byte, 1<<20))
		}
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	got, err := dump(out.String(), nil)
	if err != nil || got != "a.csv: too-large ratio\n" {
		t.Error(got, err)
	}
}

func TestDeadline(t *testing.T) {
	raw := pack(t, entry{name: "a.csv", body: "1"}, entry{name: "b.csv"})
	a, err := Open(strings.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	for f, err := range a.Files(ctx) {
		n++
		cancel()
		if n == 1 {
			_, err = f.Open()
		}
		var e *Error
		if !errors.As(err, &e) || e.Code != CodeDeadline || !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	if n != 2 {
		t.Errorf("%d steps", n)
	}
}

func FuzzArchive(f *testing.F) {
	inner := pack(f, entry{name: sjis(f, "売上.csv"), unmarked: true, body: "1"})
	f.Add(pack(f, entry{name: "../a.zip", body: inner}, entry{name: "b", body: strings.Repeat("x", 100), method: zip.Deflate}))
	f.Add(pack(f, entry{name: "??", extra: unicodeName("??", "在庫.csv"), flags: 1}))
	f.Fuzz(func(t *testing.T, raw string) {
		limits := func(l *Limits) { l.InMemory, l.TotalBytes, l.Files = 16, 1<<20, 100 }
		got, err := dump(raw, limits)
		var e *Error
		if err != nil && !errors.As(err, &e) {
			t.Fatal(err)
		}
		if again, _ := dump(raw, limits); again != got {
			t.Fatal("walked twice, two texts")
		}
		for line := range strings.Lines(got) {
			if strings.HasPrefix(line, "/") || strings.HasPrefix(line, "../") || strings.Contains(line, "/../") {
				t.Fatalf("a name that leads out: %q", line)
			}
		}
	})
}
