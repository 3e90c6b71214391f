package mail

import (
	"encoding/base64"
	"slices"
	"testing"
)

// der writes a value; ber one of no stated length, its octets in two pieces.
func der(tag byte, body ...byte) []byte {
	if len(body) < 0x80 {
		return append([]byte{tag, byte(len(body))}, body...)
	}
	return append([]byte{tag, 0x82, byte(len(body) >> 8), byte(len(body))}, body...)
}

func ber(tag byte, body ...byte) []byte { return append(append([]byte{tag, 0x80}, body...), 0, 0) }

func wrapped(content []byte, with func(byte, ...byte) []byte) []byte {
	octets := der(4, content...)
	if with(4)[1] == 0x80 {
		octets = ber(0x24, append(der(4, content[:20]...), der(4, content[20:]...)...)...)
	}
	held := with(0x30, append(der(6, plainData...), with(0xA0, octets...)...)...)
	signed := with(0x30, slices.Concat(der(2, 1), der(0x31), held, der(0x31))...)
	return with(0x30, append(der(6, signedData...), with(0xA0, signed...)...)...)
}

// TestSigned: a message within its signature is read; one that is encrypted is a file.
func TestSigned(t *testing.T) {
	content := []byte("Content-Type: multipart/mixed; boundary=s\r\n\r\n--s\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n検収書はいつ頃でしょうか。\r\n" +
		"--s\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\nx,1\r\n--s--\r\n")
	for name, c := range map[string]struct {
		data  []byte
		text  string
		files []string
	}{
		"der":       {wrapped(content, der), "検収書はいつ頃でしょうか。", []string{"a.csv"}},
		"ber":       {wrapped(content, ber), "検収書はいつ頃でしょうか。", []string{"a.csv"}},
		"encrypted": {der(0x30, der(6, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 3)...), "", []string{"smime.p7m"}},
		"cut off":   {wrapped(content, der)[:100], "", []string{"smime.p7m"}},
	} {
		_, b := one(t, "From: a@b.example\nDate: Wed, 14 May 2025 10:00:00 +0900\nSubject: x\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n"+
			"Content-Transfer-Encoding: base64\n\n"+base64.StdEncoding.EncodeToString(c.data)+"\n")
		var got []string
		for _, f := range b.Files {
			got = append(got, f.Name)
		}
		if b.Text != c.text || !slices.Equal(got, c.files) {
			t.Errorf("%s: %q, %q", name, b.Text, got)
		}
	}
}

func FuzzSigned(f *testing.F) {
	f.Add(wrapped([]byte("Content-Type: text/plain\r\n\r\nx and y and z\r\n"), der))
	f.Add(wrapped([]byte("Content-Type: text/plain\r\n\r\nx and y and z\r\n"), ber))
	f.Fuzz(func(t *testing.T, b []byte) {
		if got := signedContent(b); len(got) > len(b) {
			t.Errorf("%d bytes of %d", len(got), len(b))
		}
	})
}
