package audit

import (
	"slices"

	"honne"
)

// Again says what of a rating was truly assessed anew: whether its reason is word for
// word that of the audit before, and whether it rests on anything new. A measure that
// is linked again is nothing new by itself.
func Again(now, before honne.Rating) []honne.Message {
	words, fresh := "audit.again.other-words", 0
	if now.Because == before.Because {
		words = "audit.again.same-words"
	}
	for _, e := range now.Evidence {
		if !slices.ContainsFunc(before.Evidence, func(b honne.EvidenceLink) bool { return b.Kind == e.Kind && b.Ref == e.Ref }) {
			fresh++
		}
	}
	if fresh == 0 {
		return []honne.Message{honne.Say(words), honne.Say("audit.again.no-new")}
	}
	return []honne.Message{honne.Say(words), honne.Say("audit.again.new", honne.Count("n", fresh))}
}

// Improved says of each dimension that is rated better than in the audit before from
// which score to which, in their order: kaizen comes first (domain A-15).
func Improved(now, before honne.Assessment) (out []honne.Message) {
	for _, d := range honne.AllDimensions {
		a, rated := before.Rating(d.Slug)
		b, again := now.Rating(d.Slug)
		if rated && again && !a.NA && !b.NA && b.Score > a.Score {
			out = append(out, honne.Say("audit.improved", honne.Word("dimension", "dimension."+d.Slug), honne.Count("before", a.Score), honne.Count("now", b.Score)))
		}
	}
	return out
}
