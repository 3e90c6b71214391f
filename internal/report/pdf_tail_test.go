package report

import (
	"strings"
	"testing"

	"honne/internal/lang"
	"honne/internal/report/pdf"
)

// The last line of several is no sign or two, whatever the room; it begins where the
// phrase begins, if that is near, and nothing is lost.
func TestLastLineIsNoSignOrTwo(t *testing.T) {
	f, err := pdf.New(pdf.Info{Title: "x", Language: "ja"})
	if err != nil {
		t.Fatal(err)
	}
	p := &paper{file: f, fit: 1, elem: f.Root()}
	k := p.in(body, lang.JA)
	for text, ends := range map[string]map[int]string{
		"貴社システムから出力されたデータのままでお受けいたします。":                    {26: "お受けいたします。"},
		"研修、安全性情報のご連絡、同行訪問にのみ用い、その旨を覚書に明記いたします。":           {35: "明記いたします。"},
		"目的と利用範囲を、2026年7月17日（金）までにお届けいたします。":               nil,
		"ぜひそのようにおねがいできますとたいへんありがたくぞんじておりますのでよろしく。":         nil,
		"The sales of June were updated after the review.": nil,
	} {
		for room := 10; room < 45; room++ {
			set := p.wrap([]pdf.Piece{piece(k, text)}, float64(room)*k.size)
			all := ""
			for _, line := range set {
				all += joined(line)
			}
			last := joined(set[len(set)-1])
			if strings.ReplaceAll(all, " ", "") != strings.ReplaceAll(text, " ", "") {
				t.Errorf("%q became %q", text, all)
			}
			if len(set) > 1 && f.Width(last, k.size, false) < leastTail*k.size || ends[room] != "" && last != ends[room] {
				t.Errorf("%q with room for %d ends in the line %q", text, room, last)
			}
		}
	}
}
