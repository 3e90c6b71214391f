package job

import (
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
)

var eval = flag.Bool("eval", false, "print the table of what mail tells of our own side")

// toldCase is a passage of testdata/told.txt.
type toldCase struct {
	lang, kind, text string
	from             honne.Side
	day              string
}

func toldCases(t *testing.T) (out []toldCase) {
	t.Helper()
	for head, text := range passages(t, "testdata/told.txt") {
		f := strings.Fields(head)
		c := toldCase{lang: f[0], from: honne.Side(f[1]), kind: f[2], text: text}
		if len(f) > 3 {
			c.day = strings.TrimPrefix(f[3], "day=")
		}
		out = append(out, c)
	}
	return out
}

// toldTally counts how the passages of a language were read.
type toldTally struct{ told, found, others, wrong, dated, right int }

func (s *toldTally) add(c toldCase, list []honne.Told) {
	got, day := "none", ""
	if len(list) > 0 {
		got = string(list[0].Kind)
		if list[0].Day != 0 {
			day = list[0].Day.String()
		}
	}
	switch {
	case c.kind == "none":
		s.others++
		if got != "none" {
			s.wrong++
		}
		return
	case got == c.kind:
		s.found++
	}
	s.told++
	if got == c.kind && (c.day != "" || day != "") {
		s.dated++
		if day == c.day {
			s.right++
		}
	}
}

// TestToldEvaluation holds what is offered from mail to the form of our own side against
// passages that were put aside before its words were written. A wrong day is worse
// than none: it would be kept with one press.
func TestToldEvaluation(t *testing.T) {
	t.Parallel()
	book := honnetest.Japan(t)
	tells := (&Works{Playbook: book}).Teller()
	said := time.Date(2026, 10, 5, 1, 0, 0, 0, time.UTC)
	all := map[string]*toldTally{"ja": {}, "en": {}}
	for _, c := range toldCases(t) {
		all[c.lang].add(c, tells(honne.Mail{Side: c.from, Text: c.text, Receipt: honne.Receipt{At: said}}))
	}
	out := &strings.Builder{}
	for _, lang := range []string{"ja", "en"} {
		s := all[lang]
		fmt.Fprintf(out, "| %s, our side | %d | %d | %d | %d | %d | %d |\n", lang, s.told, s.found, s.others, s.wrong, s.dated, s.right)
		if s.told+s.others < 30 || s.found*100 < 75*s.told || s.wrong*100 > 15*s.others || s.right*100 < 90*s.dated {
			t.Errorf("%s: %+v", lang, *s)
		}
	}
	if *eval {
		fmt.Print(out)
	}
	honnetest.Published(t, "claims.md", out.String(), "| ja, our side |", "| en, our side |")
}
