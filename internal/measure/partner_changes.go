package measure

import (
	"regexp"
	"slices"
	"strings"

	"honne"
)

// atPartner is what is known of changes at the partner in the last months: people who
// leave with short notice and nobody told to follow, goods of a competitor taken on,
// trainings of ours declined, and what asks for no look: a person announced in time or followed, other goods.
type atPartner struct {
	leavers, rivals, declined, neutral []honne.PartnerChange
}

func changesAtPartner(r *honne.Record, months, notice int) (out atPartner) {
	for _, x := range r.Log.AtPartner {
		switch {
		case x.On > r.AsOf, x.On.Month() <= r.AsOf.Month()-honne.Month(months):
		case x.Kind == honne.PartnerLeaver && x.From != 0 && x.From-x.On < honne.Date(notice) && x.Followed == 0:
			out.leavers = append(out.leavers, x)
		case x.Kind == honne.PartnerGoods && (x.Competes || namesOurs(r, x.What)):
			out.rivals = append(out.rivals, x)
		case x.Kind == honne.PartnerTraining:
			out.declined = append(out.declined, x)
		default:
			out.neutral = append(out.neutral, x)
		}
	}
	return out
}

// productWord is a word by which goods are named: long enough to be no chance. One may be
// of two kinds of letters: 電気メス.
var productWord = []*regexp.Regexp{regexp.MustCompile(`[ァ-ヴー]{4,}|[\p{Han}]{3,}`), regexp.MustCompile(`[\p{Han}ァ-ヴー]{4,}`)}

// latinWord is one word of a name in Latin letters: of two, since one alone may be of any
// goods (system, surgical).
var latinWord = regexp.MustCompile(`[a-z]{5,}`)

// namesOurs reports whether a text names what one of our products is called by.
func namesOurs(r *honne.Record, text string) bool {
	words := append(productWord[0].FindAllString(text, -1), productWord[1].FindAllString(text, -1)...)
	latin := latinWord.FindAllString(strings.ToLower(text), -1)
	return slices.ContainsFunc(r.Products, func(p honne.Product) bool {
		if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(p.Name, w) }) {
			return true
		}
		ours := slices.Compact(slices.Sorted(slices.Values(latinWord.FindAllString(strings.ToLower(p.Name), -1))))
		wanted := min(2, len(ours))
		ours = slices.DeleteFunc(ours, func(w string) bool { return !slices.Contains(latin, w) })
		return wanted > 0 && len(ours) >= wanted
	})
}

// addTo puts what was told on a result, known or not. What asks for a look comes first.
func (c atPartner) addTo(res *honne.Result) {
	if res.Known || len(c.leavers)+len(c.rivals)+len(c.declined) > 0 {
		res.Parts = append(res.Parts, count("leavers", len(c.leavers)), count("rival-goods", len(c.rivals)),
			count("declined", len(c.declined)))
	}
	for _, x := range slices.Backward(slices.Concat(c.leavers, c.rivals, c.declined)) {
		res.Because = append([]honne.Message{c.say(x)}, res.Because...)
	}
	for _, x := range c.neutral {
		res.Because = append(res.Because, c.say(x))
	}
	for _, x := range slices.Concat(c.leavers, c.rivals, c.declined, c.neutral) {
		res.Evidence = append(res.Evidence, honne.Selection{Log: honne.EntryPartnerChange, Period: honne.Period{From: x.On, To: x.On}})
	}
}

func (c atPartner) say(x honne.PartnerChange) honne.Message {
	id := "because.partner-change." + string(x.Kind)
	args := []honne.Arg{honne.Day("on", x.On), honne.Text("said", x.What)}
	switch {
	case slices.Contains(c.leavers, x):
		id, args = id+".late", append(args, honne.Day("from", x.From))
	case slices.Contains(c.rivals, x):
		id += ".rival"
	}
	if x.Heard {
		id += ".heard"
	}
	return honne.Say(id, args...)
}
