package inspect

import (
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/lang"
)

// Who answers late is not accused of it where our own answers take longer: both stand
// beside each other. Where ours are quick it is raised, and says how quick they are.
func TestOurLateAnswerBesideTheirs(t *testing.T) {
	words, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	for days, later := range map[honne.Date]bool{14: true, 1: false} {
		r := excellent().record()
		r.Turns = bothAsk(r.AsOf-200, 9, days)
		pic := Picture(r, japanese(t))
		m := pic.Measures[slices.IndexFunc(pic.Measures, func(j honne.Judged) bool { return j.Measure.Slug == "response-time" })]
		said := ""
		for _, x := range m.Behind() {
			said += words.Say(lang.EN, x) + "\n"
		}
		raised := m.Band == honne.Watch || m.Band == honne.High
		if !m.Known || raised == later || (len(m.OurSide) > 0) != later || strings.HasPrefix(said, "Our own side") != later || !strings.Contains(said, "Our own side answered half of their 12 questions") {
			t.Errorf("ours after %d days: %s, ours %v:\n%s", days, m.Band, m.OurSide, said)
		}
		for _, s := range pic.Signs {
			if s.ID.Slug == "responsiveness" && (s.Level == honne.Watch || s.Level == honne.High) == later {
				t.Errorf("ours after %d days: the sign is %s", days, s.Level)
			}
		}
	}
}

// bothAsk is a year's correspondence: each side asks a dozen times, and is answered
// after as many days.
func bothAsk(from, theirs, ours honne.Date) (out []honne.Turn) {
	for i := range honne.Date(12) {
		for side, days := range map[honne.Side]honne.Date{honne.Theirs: theirs, honne.Ours: ours} {
			thread := 2*int(i) + 1
			asks := honne.Ours
			if side == honne.Ours {
				thread++
				asks = honne.Theirs
			}
			on := from + 15*i
			turn := func(on honne.Date, by honne.Side, asks int) honne.Turn {
				return honne.Turn{Mail: honne.MailID(2*thread + 1 - asks), Thread: int32(thread), At: on.At(10, 0).UnixMicro(), Exact: true, Side: by, Kind: honne.Substance, Asks: asks, Words: 20}
			}
			out = append(out, turn(on, asks, 1), turn(on+days, side, 0))
		}
	}
	return out
}
