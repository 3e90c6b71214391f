package mail

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// attribute writes an attribute of a winmail.dat.
func attribute(level byte, id uint32, data []byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte{level}, id)
	b = append(binary.LittleEndian.AppendUint32(b, uint32(len(data))), data...)
	sum := uint16(0)
	for _, c := range data {
		sum += uint16(c)
	}
	return binary.LittleEndian.AppendUint16(b, sum)
}

// property writes one of a variable length.
func property(kind, id uint16, value []byte) []byte {
	b := binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(nil, kind), id)
	b = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(b, 1), uint32(len(value)))
	return append(append(b, value...), make([]byte, (4-len(value)%4)%4)...)
}

func wide(s string) (out []byte) {
	for _, u := range utf16.Encode([]rune(s + "\x00")) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

func winmailOf(names ...string) []byte {
	b := append(binary.LittleEndian.AppendUint32(nil, tnefSignature), 1, 0)
	b = append(b, attribute(1, 0x00089006, []byte{0, 0, 1, 0})...)
	for _, n := range names {
		props := binary.LittleEndian.AppendUint32(nil, 2)
		props = append(props, 3, 0, 0x20, 0x0E, 9, 0, 0, 0) // a number
		props = append(props, property(0x1F, propLongName, wide(n))...)
		b = append(b, attribute(2, 0x00069002, make([]byte, 14))...)
		b = append(b, attribute(2, 0x00018010, []byte("SHORT~1.CSV\x00"))...)
		b = append(b, attribute(2, 0x0006800F, []byte("content of "+n))...)
		b = append(b, attribute(2, 0x00069005, props)...)
	}
	return b
}

// TestWinmail: what Outlook packs into a winmail.dat comes as files of the message; one that
// holds none says nothing, and other bytes under the name are the file that they are.
func TestWinmail(t *testing.T) {
	for _, c := range []struct {
		data []byte
		want []string
	}{
		{winmailOf("売上報告_202505.csv", "在庫.csv"), []string{"売上報告_202505.csv", "在庫.csv"}},
		{winmailOf(), nil},
		{winmailOf("a.csv")[:120], []string{"SHORT~1.CSV"}},
		{[]byte("no such file"), []string{"winmail.dat"}},
	} {
		raw := "From: a@b.example\nTo: c@d.example\nDate: Wed, 14 May 2025 10:00:00 +0900\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nx\n" +
			"--b\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\nContent-Disposition: attachment; filename=\"winmail.dat\"\nContent-Transfer-Encoding: base64\n\n" +
			base64.StdEncoding.EncodeToString(c.data) + "\n--b--\n"
		_, b := one(t, raw)
		var got []string
		for _, f := range b.Files {
			var w bytes.Buffer
			if err := f.Write(&w); err != nil || strings.HasSuffix(f.Name, "報告_202505.csv") && w.String() != "content of "+f.Name {
				t.Errorf("%s: %q, %v", f.Name, w.String(), err)
			}
			got = append(got, f.Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func FuzzWinmail(f *testing.F) {
	f.Add(winmailOf("売上.csv"))
	f.Add(winmailOf())
	f.Fuzz(func(t *testing.T, b []byte) {
		list, _ := unpackTNEF(b)
		size := 0
		for _, x := range list {
			size += len(x.data)
		}
		if size > len(b) {
			t.Errorf("%d bytes of %d", size, len(b))
		}
	})
}

func FuzzTables(f *testing.F) {
	f.Add("<p>x</p><table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>")
	f.Add("<table><table><td>1<td>2<tr><td>1<td>2<tr><td>1<td>2</table></table>\uE0F01\uE0F1")
	f.Fuzz(func(t *testing.T, page string) {
		if len(page) < 10_000 && len(TablesOf(page)) > 40*len(page)+200 {
			t.Errorf("%d bytes of %d", len(TablesOf(page)), len(page))
		}
	})
}
