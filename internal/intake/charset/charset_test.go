package charset

import (
	"bytes"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

// encodings are all that Detect tells apart, with the encoder of each.
var encodings = []struct {
	name Encoding
	enc  encoding.Encoding
	bom  string
}{
	{UTF8, unicode.UTF8, ""},
	{UTF8BOM, unicode.UTF8, "\xEF\xBB\xBF"},
	{UTF16LE, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), ""},
	{UTF16BE, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), ""},
	{CP932, japanese.ShiftJIS, ""},
	{EUCJP, japanese.EUCJP, ""},
	{ISO2022JP, japanese.ISO2022JP, ""},
}

var texts = map[string]string{
	"sales":     "日付,得意先,品名,数量,金額\r\n2025/04/01,東都メディカル㈱,検査試薬キット①,12,\"1,250,000\"\r\n2025/04/02,髙橋商店,遠心分離機 Ⅳ型,1,△3500\r\n",
	"half-kana": "ﾄｸｲｻｷ,ｷﾝｶﾞｸ\r\nﾋｶﾞｼﾆﾎﾝｼｮｳｼﾞ,1200\r\nｱｵｲﾊﾝﾊﾞｲ,300\r\n",
	"short":     "売上\n100\n",
	"prose":     "4月の売上は前年を下回りました。主な要因は、在庫調整によるものです。来月には回復する見込みです。\n",
	"kanji":     "東京都千代田区,大阪府大阪市\n北海道札幌市,愛知県名古屋市\n",
}

func encode(t *testing.T, i int, text string) []byte {
	t.Helper()
	b, err := encodings[i].enc.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", encodings[i].name, err)
	}
	return append([]byte(encodings[i].bom), b...)
}

// TestDetect tries every text in every encoding. EUC-JP that holds half-width
// kana only reads as good CP932: nothing in the bytes tells.
func TestDetect(t *testing.T) {
	right, all := 0, 0
	for name, text := range texts {
		for i, e := range encodings {
			if name == "half-kana" && e.name == ISO2022JP {
				continue // that encoding has none
			}
			all++
			got := Detect(encode(t, i, text))
			if got == e.name {
				right++
			} else if name != "half-kana" || e.name != EUCJP {
				t.Errorf("%s in %s: detected as %s", name, e.name, got)
			}
		}
	}
	t.Logf("%d of %d right", right, all)
}

// TestDetectCutSamples cuts a sample at every byte: a character that is cut
// must not change the answer once there is enough text.
func TestDetectCutSamples(t *testing.T) {
	for i, e := range encodings {
		b := encode(t, i, texts["sales"])
		for n := 60; n <= len(b); n++ {
			if got := Detect(b[:n]); got != e.name {
				t.Errorf("%s, first %d bytes: detected as %s", e.name, n, got)
			}
		}
	}
}

func TestDetectPlain(t *testing.T) {
	cases := map[string]Encoding{
		"":                          UTF8,
		"a,b\n1,2\n":                UTF8,
		"\xFF\xFEa\x00":             UTF16LE,
		"\xFE\xFF\x00a":             UTF16BE,
		"\x1b$B4A;z\x1b(B":          ISO2022JP,
		"\x1b[31mred\x1b[0m":        UTF8,
		"caf\xE9,1\r\nna\xEFve,2\n": CP932, // no encoding of ours; what is lost is counted
	}
	for in, want := range cases {
		if got := Detect([]byte(in)); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

// TestRoundTrip reads what people in Japan write beyond JIS X 0208, through
// readers and buffers of every size.
func TestRoundTrip(t *testing.T) {
	const vendor = "㈱ ① Ⅳ ㌔ № 髙 﨑 ㍻ ⅰ ～－∥￤ ABC 123 かなカナ漢字表ソ能\r\n"
	for i, e := range encodings {
		text := vendor
		if e.name != ISO2022JP {
			text += "ｶﾞﾊﾟ｡ "
		}
		text = strings.Repeat(text, 30)
		b := encode(t, i, text)
		for _, size := range []int{1, 63, 64, 100, 4096} {
			r := NewReader(iotest.OneByteReader(bytes.NewReader(b)), e.name)
			if got := readBy(t, r, size); got != text {
				t.Errorf("%s by %d: %.80q", e.name, size, got)
			}
			if got := readBy(t, NewReader(bytes.NewReader(b), e.name), size); got != text {
				t.Errorf("%s by %d in one: %.80q", e.name, size, got)
			}
		}
	}
}

func readBy(t *testing.T, r io.Reader, size int) string {
	t.Helper()
	var out []byte
	p := make([]byte, size)
	for {
		n, err := r.Read(p)
		out = append(out, p[:n]...)
		if err == io.EOF {
			return string(out)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestBroken reads bytes that stand for nothing: always U+FFFD, never an error,
// and no delimiter is lost.
func TestBroken(t *testing.T) {
	cases := []struct {
		e        Encoding
		in, want string
	}{
		{CP932, "a\x81,b", "a\uFFFD,b"},
		{CP932, "\x8A", "\uFFFD"},
		{CP932, "\xF0\x40,\xFC\xFC", "\uFFFD,\uFFFD"}, // user-defined characters
		{CP932, "\xA0\xB1\xFF", "\uFFFDｱ\uFFFD"},
		{CP932, "\x83\x0a", "\uFFFD\n"},
		{UTF8, "a\xFFb\xE3\x81", "a\uFFFDb\uFFFD\uFFFD"},
		{UTF16LE, "a\x00\x00\xD8b\x00c", "a\uFFFDb\uFFFD"},
		{UTF16BE, "\xD8\x3D\xDE\x00\x00a", "😀a"},
		{EUCJP, "\xC7,\xC7\xE4", "\uFFFD,売"},
	}
	for _, c := range cases {
		if got := readBy(t, NewReader(strings.NewReader(c.in), c.e), 100); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.e, c.in, got, c.want)
		}
	}
}

// TestCP932AgreesWithXText compares all pairs that are mapped.
func TestCP932AgreesWithXText(t *testing.T) {
	d := japanese.ShiftJIS.NewDecoder()
	for lead := range 256 {
		for trail := 0x40; trail < 256; trail++ {
			in := []byte{byte(lead), byte(trail)}
			want, _ := d.Bytes(in)
			got := readBy(t, NewReader(bytes.NewReader(in), CP932), 100)
			if !bytes.ContainsRune(want, utf8.RuneError) && lead != 0x80 && got != string(want) {
				t.Errorf("% x: %q, x/text says %q", in, got, want)
			}
		}
	}
}

// TestRandomBytes feeds noise: the output is valid UTF-8 whatever the cuts.
func TestRandomBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	b := make([]byte, 5000)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	for _, e := range encodings {
		whole := readBy(t, NewReader(bytes.NewReader(b), e.name), 1<<16)
		if !utf8.ValidString(whole) {
			t.Errorf("%s: not valid UTF-8", e.name)
		}
		cut := readBy(t, NewReader(iotest.HalfReader(bytes.NewReader(b)), e.name), 77)
		if cut != whole {
			t.Errorf("%s: the cuts change the text", e.name)
		}
	}
}

func FuzzDetect(f *testing.F) {
	f.Add([]byte("\x8A\x94,1\n"))
	f.Add([]byte("\x1b$B"))
	f.Add([]byte("\xFF\xFE\x00"))
	f.Add([]byte("\xC7\xE4\xBE\xE5\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		e := Detect(b)
		out, err := io.ReadAll(NewReader(bytes.NewReader(b), e))
		if err != nil || !utf8.Valid(out) {
			t.Fatalf("%s: %v, valid %v", e, err, utf8.Valid(out))
		}
	})
}
