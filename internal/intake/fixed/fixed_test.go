package fixed

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"honne/internal/intake/grid"
)

// of are records of a length in bytes, with what ends each.
func of(length int, end string, begins ...string) string {
	var b strings.Builder
	for _, s := range begins {
		b.WriteString(s + strings.Repeat(" ", length-len(s)) + end)
	}
	return b.String()
}

func TestCheck(t *testing.T) {
	edi := []string{"19100000000012026", "20000001 20260403 A1 0002", "20000002 20260404 B2 0001", "80000020000003", "9"}
	for _, c := range []struct{ name, text, length string }{
		{"128 bytes", of(128, "", edi...), "128"},
		{"256 bytes and the end of a file", of(256, "", edi...) + "\x1a", "256"},
		{"a line each", of(120, "\r\n", edi...), "120"},
		{"many", strings.Repeat(of(128, "", edi...), 500), "128"},
		{"many lines", strings.Repeat(of(256, "\n", edi...), 500), "256"},
		{"a CSV", strings.Repeat("20260403,A1,2,2000\n", 40), ""},
		{"lines of one length with commas", of(80, "\n", "1,20260403,A1,2", "1,20260404,B2,3", "1,20260405,C3,4"), ""},
		{"lines of one length with bars", of(120, "\n", "D0000001|20260403|A1      |2|2000", "D0000002|20260404|B2      |3|3000", "D0000003|20260405|C3      |4|4000"), ""},
		{"a letter", strings.Repeat("いつもお世話になっております。", 40), ""},
		{"lines of all lengths", of(128, "\n", edi...) + "9\n", ""},
		{"two records", of(128, "", edi[:2]...), ""},
		{"nothing", "", ""},
	} {
		err := Check(strings.NewReader(c.text), int64(len(c.text)))
		got := ""
		if own := (*grid.Fault)(nil); errors.As(err, &own) {
			got = own.Part
		}
		if got != c.length {
			t.Errorf("%s: %q, want %q", c.name, got, c.length)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add([]byte(of(128, "", "1", "2", "9")))
	f.Add([]byte(of(120, "\r\n", "1", "2", "9")))
	f.Fuzz(func(t *testing.T, raw []byte) { Check(bytes.NewReader(raw), int64(len(raw))) })
}
