package charset

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// TestLabelled reads texts under right, wrong and missing labels.
func TestLabelled(t *testing.T) {
	const ja = "いつも大変お世話になっております。4月度の売上報告をお送りいたします。髙橋㈱①"
	const short = "売上の件"
	const sv = "Hej! Vi behöver siffrorna för april senast på måndag. Hälsningar, Åsa"
	const de = "Könnten Sie uns die Zahlen für März schicken? Grüße aus Göteborg"
	for _, c := range []struct {
		text  string
		enc   encoding.Encoding
		label string
	}{
		{ja, japanese.ISO2022JP, "ISO-2022-JP"}, {ja, japanese.ISO2022JP, ""}, {ja, japanese.ISO2022JP, "us-ascii"}, {ja, japanese.ISO2022JP, "utf-8"},
		{ja, japanese.ShiftJIS, "Shift_JIS"}, {ja, japanese.ShiftJIS, ""}, {ja, japanese.ShiftJIS, "iso-8859-1"}, {ja, japanese.ShiftJIS, "utf-8"},
		{ja, japanese.ShiftJIS, "iso-2022-jp"}, {ja, japanese.ShiftJIS, `"windows-31j"`}, {ja, japanese.ShiftJIS, "euc-jp"}, {ja, japanese.ShiftJIS, "no-such"},
		{ja, japanese.EUCJP, "euc-jp"}, {ja, japanese.EUCJP, ""}, {ja, japanese.EUCJP, "shift_jis"}, {ja, japanese.EUCJP, "us-ascii"},
		{ja, unicode.UTF8, "utf-8"}, {ja, unicode.UTF8, ""}, {ja, unicode.UTF8, "shift_jis"}, {ja, unicode.UTF8, "iso-8859-1"}, {ja, unicode.UTF8, "iso-2022-jp"},
		{short, japanese.ShiftJIS, ""}, {short, japanese.EUCJP, "euc-jp"}, {"テストデータ", japanese.ShiftJIS, ""}, {"テストデータ", japanese.ShiftJIS, "us-ascii"},
		{sv, charmap.Windows1252, ""}, {sv, charmap.Windows1252, "iso-8859-1"}, {sv, charmap.Windows1252, "utf-8"}, {sv, unicode.UTF8, "utf-8"},
		{de, charmap.Windows1252, ""}, {de, charmap.ISO8859_15, "iso-8859-15"},
		{"Добрый день, коллеги", charmap.Windows1251, "windows-1251"}, {"Добрый день, коллеги", charmap.KOI8R, "koi8-r"},
		{"您好，请确认。", simplifiedchinese.GBK, "gb2312"},
		{"plain text", unicode.UTF8, "x-none"},
		{"いつですか", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16le"},
		{"売上 April", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16"},
		{"plain text", unicode.UTF8, "utf-16"},
	} {
		b, err := c.enc.NewEncoder().Bytes([]byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		if got, used, lost := Labelled(b, c.label); got != c.text || lost != 0 {
			t.Errorf("%v called %q: read as %s, %d lost: %q", c.enc, c.label, used, lost, got)
		}
	}
	if _, _, lost := Labelled([]byte("\xF0\x40 \x82\xA0\x82\xA2\x82\xA4"), "shift_jis"); lost != 1 {
		t.Errorf("%d characters lost, want the one that is the sender's own", lost)
	}
}

func FuzzLabelled(f *testing.F) {
	for _, label := range []string{"", "utf-8", "shift_jis", "iso-2022-jp", "iso-8859-1", "gb2312", "utf-16", "x-none"} {
		f.Add([]byte("\x1b$B%F%9%H\x1b(B \x83e\x83X\x83g \xE3\x81\x82"), label)
	}
	f.Fuzz(func(t *testing.T, b []byte, label string) {
		text, _, lost := Labelled(b, label)
		if strings.ToValidUTF8(text, "") != text || strings.Count(text, replacement) < lost {
			t.Errorf("%q called %q: %q, %d lost", b, label, text, lost)
		}
	})
}
