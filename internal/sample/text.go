package sample

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/japanese"

	"honne"
	"honne/internal/japan"
)

// cp932 encodes text as Japanese Windows does; a character that it lacks is an
// error, never a question mark.
func cp932(s string) ([]byte, error) {
	out, err := japanese.ShiftJIS.NewEncoder().String(s)
	if err != nil {
		return nil, fmt.Errorf("encode CP932: %w", err)
	}
	return []byte(out), nil
}

// csvRow joins fields with commas, quotes where it must and ends with CR LF.
func csvRow(b *strings.Builder, fields ...string) {
	for i, f := range fields {
		if i > 0 {
			b.WriteByte(',')
		}
		if strings.ContainsAny(f, ",\"\n") {
			f = `"` + strings.ReplaceAll(f, `"`, `""`) + `"`
		}
		b.WriteString(f)
	}
	b.WriteString("\r\n")
}

// commas writes 1,234,567, and a negative as △1,234.
func commas(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "△", -n
	}
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// wide writes ASCII in its full-width form.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if '!' <= r && r <= '~' {
			return r + 0xFEE0
		}
		return r
	}, s)
}

// shortEra writes R7.6.30.
func shortEra(d honne.Date) string {
	y, m, day := d.Civil()
	return fmt.Sprintf("R%d.%d.%d", y-2018, m, day)
}

// eraMonth writes 令和7年4月.
func eraMonth(m honne.Month) string {
	s, _, _ := strings.Cut(japan.FormatEra(m.First()), "月")
	return s + "月"
}

// kanjiMonth writes 2025年04月.
func kanjiMonth(m honne.Month) string {
	y, month := m.Civil()
	return fmt.Sprintf("%d年%02d月", y, month)
}

// digits writes 202504.
func digits(m honne.Month) string { return strings.ReplaceAll(m.String(), "-", "") }
