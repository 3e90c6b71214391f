package inspect

import "honne"

// replacement gathers how long each part of replacing a distributor takes: the
// last estimate of each, and unknown where nobody made one. Nothing is guessed.
func replacement(r *honne.Record) honne.Replacement {
	var x honne.Replacement
	known, open := 0, honne.Message{}
	for _, name := range honne.AllReplaceParts {
		p := lastEstimate(r, name)
		x.Parts = append(x.Parts, p)
		word := honne.Word("part", "replace."+name)
		if p.Months == nil {
			x.Says = append(x.Says, honne.Say("replace.part.unknown", word))
			continue
		}
		known++
		x.AtLeast, x.AtMost = max(x.AtLeast, *p.Months), x.AtMost+*p.Months
		x.Says = append(x.Says, honne.Say("replace.part", word, honne.Number("months", *p.Months), honne.Text("source", p.Source)))
	}
	x.Known = known == len(x.Parts)
	switch {
	case x.Known:
		open = honne.Say("replace.says", honne.Number("least", x.AtLeast), honne.Number("most", x.AtMost))
	case known > 0:
		x.AtMost = 0
		open = honne.Say("replace.says.least", honne.Number("least", x.AtLeast), honne.Count("open", len(x.Parts)-known))
	default:
		open = honne.Say("replace.says.unknown")
	}
	x.Says = append([]honne.Message{open}, x.Says...)
	return x
}

func lastEstimate(r *honne.Record, part string) honne.Replacing {
	last := honne.Replacing{Part: part}
	for _, x := range r.Log.Replace {
		if x.Part == part && x.On >= last.On {
			last = x
		}
	}
	return last
}
