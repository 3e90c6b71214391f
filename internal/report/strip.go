package report

import (
	"slices"

	"honne"
)

// strip adds the key figures as the picture says them.
func (b *builder) strip() {
	b.heading("report.glance")
	var strip Strip
	for _, k := range b.picture.Strip {
		strip.Items = append(strip.Items, b.key(k))
	}
	b.add(strip)
	if p := b.picture.Pace; p.Known {
		b.add(Note{Line{{Say: p.Say, Notes: b.opened("lost-pace", nil)}}})
	}
}

func (b *builder) key(k honne.KeyFigure) Key {
	key := Key{Label: k.Label}
	if k.Known {
		value := k.Value
		if k.Unit == honne.UnitCount { // pieces, in thousandths
			value /= 1000
		}
		key.Value, key.Notes = b.reading(value, k.Unit), b.opened(k.Opens, k.Cells)
		key.Value.Of = k.Of
	}
	for _, l := range k.Lines {
		piece := Piece{Say: l.Say, Tone: Tone(l.Tone), Notes: b.opened(l.Opens, l.Cells)}
		if l.Source != "" {
			piece.Notes = append(piece.Notes, b.source(Source{Ranges: []string{l.Source}}))
		}
		key.Lines = append(key.Lines, Line{piece})
	}
	return key
}

// opened returns the note of some cells, or of all cells that a formula stands
// on.
func (b *builder) opened(formula string, cells []honne.Selection) []int {
	return b.note(honne.Distinct(slices.Concat(cells, b.under(formula)))...)
}

// under gathers the cells of a formula, and of those that it names.
func (b *builder) under(id string) []honne.Selection {
	f, ok := b.picture.KPIs.Formula(id)
	if !ok {
		return nil
	}
	var out []honne.Selection
	for _, s := range f.Steps {
		out = append(out, s.Term.Select...)
		if s.Formula != "" {
			out = append(out, b.under(s.Formula)...)
		}
	}
	return out
}

func stated(t honne.Term) bool { return !t.Label.IsZero() || t.Money.Currency != "" }

func tone(f float64) Tone {
	switch {
	case f < 0:
		return Unfavourable
	case f > 0:
		return Favourable
	}
	return Neutral
}
