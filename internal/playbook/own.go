package playbook

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"honne"
)

// With stacks the house's own reasons on top. Each is found by likeness to its
// sentences and has no rule, so that facts never decide it. A text written in
// one language stands for both. The versions say which entries those are.
func (p *Playbook) With(own []honne.Entry[honne.OwnExcuse]) *Playbook {
	if len(own) == 0 {
		return p
	}
	with, version, sum := *p, 0, sha256.New()
	with.Excuses = slices.Clone(p.Excuses)
	for _, e := range own {
		with.Excuses = append(with.Excuses, ownRules(e))
		version += e.N
		fmt.Fprintf(sum, "%d.%d\n", e.Number, e.N)
	}
	with.Versions = append(slices.Clone(p.Versions), Version{ID: "house", Version: version, SHA256: hex.EncodeToString(sum.Sum(nil))})
	return &with
}

func ownRules(e honne.Entry[honne.OwnExcuse]) ExcuseRules {
	slug := honne.OwnSlug(e.Number)
	return ExcuseRules{Excuse: slug, Category: e.Body.Category, Title: either(e.Body.Title), Check: either(e.Body.Check),
		Legitimate: either(e.Body.Legitimate), Partner: either(e.Body.Title), Ask: either(e.Body.Ask),
		Cues: Concept{Name: "cue." + slug}, Sentences: e.Body.Sentences}
}

func either(b honne.Both) honne.Both {
	return honne.Both{EN: cmp.Or(b.EN, b.JA), JA: cmp.Or(b.JA, b.EN)}
}
