package report

import "honne"

// inside is what our side must know of our own part before the meeting: what we
// did that explains figures, and promises that nobody has confirmed yet.
func inside(p honne.Picture) (out []Entry) {
	for _, m := range p.OurSide[:min(mostOwed, len(p.OurSide))] {
		out = append(out, Entry{Line: words(m), Inside: true})
	}
	n := 0
	for _, x := range p.Promises {
		if open, _ := pending(x, p.AsOf); open && (!x.Confirmed || x.Form != honne.PromiseWritten) {
			n++
		}
	}
	if n > 0 {
		out = append(out, Entry{Line: words(honne.Say("brief.inside.unconfirmed", honne.Count("n", n))), Inside: true})
	}
	return out
}

// insideOf is what our own side alone knows of a question: the level of its
// measure, how often a reason was given, what came of its check, and whether anybody but the
// machine has read it.
func insideOf(p honne.Picture, q asked) (out []Line) {
	for _, m := range p.Measures {
		if m.Measure.Slug != q.about || m.Band != honne.High && m.Band != honne.Watch {
			continue
		}
		id := "brief.inside.level"
		if m.Since != 0 {
			id = "brief.inside.level-since"
		}
		out = append(out, words(honne.Say(id, honne.Word("measure", "measure."+q.about), honne.Word("level", "band."+string(m.Band)), honne.InMonth("month", m.Since))))
	}
	for _, c := range p.Claims {
		if c.Excuse != q.about {
			continue
		}
		given, since := honne.Count("n", len(c.Said)), dated(p, "day", c.Said[0].On)
		say := honne.Say("brief.inside.claim-open", given, since)
		if c.Verdict != honne.NotYetVerifiable {
			say = honne.Say("brief.inside.claim", given, since, honne.Word("verdict", "brief.verdict."+string(c.Verdict)), honne.Word("certainty", "brief.certainty."+string(c.Confidence)))
		}
		out = append(out, words(say))
		if !c.Confirmed {
			out = append(out, words(honne.Say("brief.inside.claim-unconfirmed")))
		}
		if !c.Guard.IsZero() {
			out = append(out, Line{{Both: c.Guard}})
		}
	}
	return out
}
