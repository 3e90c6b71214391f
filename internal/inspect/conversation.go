package inspect

import (
	"cmp"
	"slices"

	"honne"
	"honne/internal/measure"
)

// Conversations groups the turns that were known on a day, the conversation with
// the newest message first, each with its questions as S-16 sees them; spoken are
// the answers by word of mouth. What
// programs and third parties wrote is here as well, but asks and answers nothing.
func Conversations(turns []honne.Turn, spoken []honne.PhoneAnswer, on honne.Date) []honne.Conversation {
	place := map[int32]int{}
	var out []honne.Conversation
	for _, t := range turns {
		i, known := place[t.Thread]
		if !known {
			i = len(out)
			place[t.Thread] = i
			out = append(out, honne.Conversation{})
		}
		out[i].Turns = append(out[i].Turns, t)
	}
	for _, w := range measure.Waits(&honne.Record{Turns: turns, AsOf: on, Log: honne.Log{Answers: spoken}}) {
		c := &out[place[w.Thread]]
		c.Waits = append(c.Waits, w)
	}
	for _, c := range out {
		slices.SortStableFunc(c.Turns, compareTurns)
	}
	slices.SortStableFunc(out, func(a, b honne.Conversation) int {
		return compareTurns(b.Turns[len(b.Turns)-1], a.Turns[len(a.Turns)-1])
	})
	return out
}

func compareTurns(a, b honne.Turn) int {
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Mail, b.Mail))
}
