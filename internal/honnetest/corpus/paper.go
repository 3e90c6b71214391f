package corpus

import (
	"bytes"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// What begins and ends no line in Japanese (JIS X 4051), written apart from the
// lists of the program.
const (
	neverFirst = "、。，．」』）］｝〉》】〕・ー々：；！？ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ%％)]}"
	neverLast  = "「『（［｛〈《【〔([{"
)

var (
	paperLine = regexp.MustCompile(`(?s)<line .*?</line>`)
	paperWord = regexp.MustCompile(`(?s)<word [^>]*>(.*?)</word>`)
)

// Misbroken counts the lines of a PDF as they stand on paper, by poppler, and
// lists those that begin or end as no Japanese line does.
func Misbroken(t testing.TB, file []byte) (lines int, bad []string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), Tool(t, "pdftotext"), "-bbox-layout", "-enc", "UTF-8", "-", "-")
	cmd.Stdin = bytes.NewReader(file)
	page, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range paperLine.FindAllString(string(page), -1) {
		var b strings.Builder
		for _, m := range paperWord.FindAllStringSubmatch(line, -1) {
			b.WriteString(m[1] + " ")
		}
		text := strings.TrimSpace(b.String())
		runes := []rune(text)
		lines++
		if len(runes) > 0 && (strings.ContainsRune(neverFirst, runes[0]) || strings.ContainsRune(neverLast, runes[len(runes)-1])) {
			bad = append(bad, text)
		}
	}
	return lines, bad
}
