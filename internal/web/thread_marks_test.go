package web

import (
	"fmt"
	"strings"
	"testing"
)

// laid lays open how a text is cut: sentences in brackets, the words that
// decided in stars, then the codes.
func laid(text string, list []found) string {
	says, nowhere := stretches(text, list)
	var b strings.Builder
	for _, s := range says {
		if s.Kind != "" {
			b.WriteString("[")
		}
		for _, p := range s.Parts {
			if p.Class != "" {
				p.Text = "*" + p.Text + "*"
			}
			b.WriteString(p.Text)
		}
		if s.Kind != "" {
			b.WriteString("]")
			for _, d := range s.Doors {
				b.WriteString("{" + d.Text + "}")
			}
		}
	}
	for _, d := range nowhere {
		b.WriteString(" +" + d.Text)
	}
	return b.String()
}

func TestStretches(t *testing.T) {
	at := func(code string, from, to int) found {
		return found{kind: "reason", door: Linked{Text: code}, from: from, to: to}
	}
	says := func(code string, quotes ...string) found {
		return found{kind: "promise", door: Linked{Text: code}, quotes: quotes}
	}
	for _, c := range []struct {
		text string
		list []found
		want string
	}{
		{"市場が違います。別件です。", []found{at("C-1", 0, 2)}, "[*市場*が違います。]{C-1}別件です。"},
		{"One. The market is down 1.5 points. Two.", []found{at("C-1", 9, 15)}, "One. [The *market* is down 1.5 points.]{C-1} Two."},
		{"前置き\n  守秘のため\n後", []found{at("C-1", 6, 8)}, "前置き\n  [*守秘*のため]{C-1}\n後"},
		{"守秘のため、市場も違い、送ります。", []found{at("C-2", 6, 8), at("C-1", 0, 2), at("C-1", 0, 2)}, "[*守秘*のため、*市場*も違い、送ります。]{C-1}{C-2}"},
		{"一。二。三。", []found{at("C-1", 0, 3)}, "[*一。二*。]{C-1}三。"},
		{"10日に送ります。", []found{says("G-1", "", "10日に送ります。"), says("G-2", "書き直し"), at("C-1", 5, 99), at("C-2", 3, 3)}, "[10日に送ります。]{G-1} +G-2 +C-1 +C-2"},
		{"", []found{at("C-1", 0, 1)}, " +C-1"},
	} {
		if got := laid(c.text, c.list); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

// Whatever was found where, the words of the message stand there once, in order.
func FuzzStretches(f *testing.F) {
	f.Add("市場が違います。別件です。", 0, 2, 3, 9)
	f.Add("a. b\nc", 1, 2, 2, 6)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int) {
		says, _ := stretches(text, []found{{kind: "reason", from: a, to: b}, {kind: "reason", from: c, to: d}, {kind: "promise", quotes: []string{text}}})
		var out strings.Builder
		for _, s := range says {
			for _, p := range s.Parts {
				out.WriteString(p.Text)
			}
		}
		if want := string([]rune(text)); out.String() != want {
			t.Errorf("%q", fmt.Sprint(says))
		}
	})
}
