package job

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"honne"
	"honne/internal/intake/terms"
	"honne/internal/japan"
	"honne/internal/store"
)

// A file knows another partner when most of its names are known there and nearly none here.
const (
	leastNames = 5   // fewer say nothing
	mostNames  = 0.8 // known there
	fewNames   = 0.1 // known here
)

// otherPartner asks about a partner's file that may be another partner's: it says that name,
// or its customers or products are known there and not here. It is never moved.
func (w *Works) otherPartner(ctx context.Context, f honne.StoredFile, r honne.Reading, said honne.Decisions) ([]honne.Problem, error) {
	partners, err := w.Store.Distributors(ctx)
	partners = slices.DeleteFunc(partners, func(d honne.Distributor) bool { return d.Sample })
	own := slices.IndexFunc(partners, func(d honne.Distributor) bool { return d.ID == f.Distributor })
	if err != nil || f.From != honne.Theirs || own < 0 || len(partners) < 2 {
		return nil, err
	}
	p, err := w.saysOther(ctx, f, r, partners, own)
	if err == nil && p.What.ID == "" {
		p, err = w.knownThere(ctx, f, partners)
	}
	if err != nil || p.What.ID == "" {
		return nil, err
	}
	t := r.Tables[r.Parts[0].Tables[0]]
	p.At, p.Severity = honne.Address{Sheet: t.Sheet, Range: t.Body}, honne.SevWarning
	memory, err := w.Store.Memory(ctx, f.Distributor)
	return []honne.Problem{leave(p, memory.Forms[t.Form], said)}, err
}

func nameOf(p honne.Profile) string { return cmp.Or(p.NameJA, p.Name) }

// saysOther finds the name of another partner in what the file says of itself, where it
// does not say the own one's, nor writes to that other or sells to it as an end user.
func (w *Works) saysOther(ctx context.Context, f honne.StoredFile, r honne.Reading, partners []honne.Distributor, own int) (p honne.Problem, err error) {
	said := saidOfItself(f, r)
	if mentions(said, partners[own].Profile) == sender {
		return p, nil
	}
	for i, d := range partners {
		if i == own || mentions(said, d.Profile) != sender {
			continue
		}
		rec, err := w.Store.RecordWith(ctx, honne.AsOf{}, f.ID)
		if err != nil || slices.ContainsFunc(rec.Accounts, func(a honne.Account) bool { return named(d.Profile, a.Name) }) {
			return p, err
		}
		return honne.Problem{Raw: nameOf(d.Profile), What: honne.Say("problem.other-partner", honne.Text("partner", nameOf(d.Profile)))}, nil
	}
	return p, nil
}

// saidOfItself are the words of each text by which a file says what it is: its name, the
// names of its sheets, its titles and headers.
func saidOfItself(f honne.StoredFile, r honne.Reading) (out [][]string) {
	texts := []string{strings.TrimSuffix(path.Base(f.Path), path.Ext(f.Path))}
	for _, t := range r.Tables {
		texts = append(append(texts, t.Sheet), t.Title...)
		for _, c := range t.Columns {
			if c.Customer == nil && c.Product == nil {
				texts = append(texts, c.Header)
			}
		}
	}
	for _, s := range texts {
		out = append(out, strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(terms.TitleBreaks+"-~\n", r) }))
	}
	return out
}

// mention is how texts name somebody.
type mention int

const (
	nobody mention = iota
	sender
	addressee
)

// mentions says how texts name a partner; who is written to once is no sender.
func mentions(texts [][]string, p honne.Profile) (as mention) {
	for _, words := range texts {
		for i, word := range words {
			if !named(p, word) && !holdsName(p, word) {
				continue
			}
			to := japan.WithoutHonorific(word) != japan.Trim(word) || i+1 < len(words) && japan.WithoutHonorific("x"+words[i+1]) == "x"
			if to {
				return addressee
			}
			as = sender
		}
	}
	return as
}

// named reports whether a word is a partner's name in some spelling.
func named(p honne.Profile, word string) bool {
	stem := japan.ParseName(word).Stem
	return stem != "" && slices.Contains(stems(p), stem)
}

// holdsName reports whether a longer word holds a partner's name, which is too long to
// stand in it by chance: みやこメディカル売上.
func holdsName(p honne.Profile, word string) bool {
	spelled := japan.ParseName(word).Stem
	return slices.ContainsFunc(stems(p), func(stem string) bool {
		return japan.IsJapanese(stem) && utf8.RuneCountInString(stem) >= 4 && strings.Contains(spelled, stem)
	})
}

func stems(p honne.Profile) (out []string) {
	for _, name := range []string{p.Name, p.NameJA} {
		if stem := japan.ParseName(name).Stem; stem != "" {
			out = append(out, stem)
		}
	}
	return out
}

// knownThere finds a partner who knows nearly all of the customers, or products, of a file
// of which its own knows nearly none. They say so only where the own ones are known: several
// partners sell the same, and one takes over the customers of another.
func (w *Works) knownThere(ctx context.Context, f honne.StoredFile, partners []honne.Distributor) (p honne.Problem, err error) {
	found, err := w.Store.KnownElsewhere(ctx, f.ID, leastNames, mostNames)
	i := slices.IndexFunc(found, func(o store.Overlap) bool {
		return float64(o.Here) <= fewNames*float64(o.Of) && o.Known >= leastNames
	})
	if err != nil || i < 0 {
		return p, err
	}
	o := found[i]
	of := partners[slices.IndexFunc(partners, func(d honne.Distributor) bool { return d.ID == o.Distributor })].Profile
	id := "problem.customers-elsewhere"
	if o.Products {
		id = "problem.products-elsewhere"
	}
	return honne.Problem{Raw: nameOf(of), What: honne.Say(id, honne.Text("partner", nameOf(of)), honne.Count("n", o.There), honne.Count("of", o.Of), honne.Count("here", o.Here))}, nil
}
