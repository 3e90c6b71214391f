// Package lang owns what a reader reads: the message catalogues in English and
// Japanese, and how numbers, money, dates and periods are written in both.
//
// The thinking returns a honne.Message, an identifier with arguments; lang says
// it where it is shown, so that a stored picture speaks both languages. The
// package refuses to decide anything: it picks no sentence, rounds nothing that
// is kept, and knows no page.
package lang

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"honne"
)

// Language is a language that honne speaks; its value is the lang attribute.
type Language string

// The languages. JA is written, not translated.
const (
	EN Language = "en"
	JA Language = "ja"
)

// All returns the languages, English first.
func All() []Language { return []Language{EN, JA} }

// Parse reads a language tag such as ja or en-GB; ok is false for any other.
func Parse(tag string) (l Language, ok bool) {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	l = Language(base)
	return l, slices.Contains(All(), l)
}

// Prefer picks the language of an Accept-Language header: the first one that
// honne speaks, English when there is none. Weights are taken to be in order,
// as every browser sends them.
func Prefer(header string) Language {
	for part := range strings.SplitSeq(header, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		if l, ok := Parse(tag); ok {
			return l
		}
	}
	return EN
}

//go:embed *.catalogue
var files embed.FS

// Catalogues are the sentences of both languages, parsed. They are never
// changed once loaded and may be used by many goroutines.
type Catalogues struct {
	texts map[Language]map[string]sentence
}

// Load parses the embedded catalogues; an error names file and line.
func Load() (*Catalogues, error) {
	c := &Catalogues{texts: map[Language]map[string]sentence{}}
	for _, l := range All() {
		name := string(l) + ".catalogue"
		src, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("lang: read catalogue: %w", err)
		}
		if c.texts[l], err = parse(name, string(src)); err != nil {
			return nil, fmt.Errorf("lang: parse catalogue: %w", err)
		}
	}
	return c, nil
}

// Keys lists the identifiers of a language in alphabetical order.
func (c *Catalogues) Keys(l Language) []string {
	keys := make([]string, 0, len(c.texts[l]))
	for k := range c.texts[l] {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Has reports whether the language has the sentence.
func (c *Catalogues) Has(l Language, key string) bool {
	_, ok := c.texts[l][key]
	return ok
}

// Say writes a message in a language; nothing for the zero message, the
// identifier in brackets where the catalogue has no such sentence.
func (c *Catalogues) Say(l Language, m honne.Message) string {
	if m.IsZero() {
		return ""
	}
	s, ok := c.texts[l][m.ID]
	if !ok {
		return "[" + m.ID + "]"
	}
	return s.say(c, l, inOneUnit(m.Args))
}

// Text writes the sentence key with arguments, as Say does.
func (c *Catalogues) Text(l Language, key string, args ...honne.Arg) string {
	return c.Say(l, honne.Message{ID: key, Args: args})
}

// inOneUnit marks the amounts of a sentence that stand in millions because another of
// the same currency does, so that a reader compares like with like.
func inOneUnit(args []honne.Arg) []honne.Arg {
	large := func(a honne.Arg) bool {
		return a.Kind == honne.ArgMoney && inMillions(honne.Money{Minor: a.N, Currency: honne.Currency(a.S)})
	}
	out := args
	for i, a := range args {
		same := func(b honne.Arg) bool { return large(b) && b.S == a.S }
		if a.Kind == honne.ArgMoney && !large(a) && slices.ContainsFunc(args, same) {
			if &out[0] == &args[0] {
				out = slices.Clone(args)
			}
			out[i].F = asMillions
		}
	}
	return apart(out)
}

// The marks, in F, of the unit of an amount of a sentence.
const (
	asMillions float64 = iota + 1
	asThousands
	asExact
)

// apart puts the amounts of a sentence that differ and would read the same into the
// coarsest unit in which they do not.
func apart(args []honne.Arg) []honne.Arg {
	for _, unit := range [...]float64{asThousands, asExact} {
		if !blurred(args) {
			break
		}
		args = slices.Clone(args)
		for i, a := range args {
			if a.Kind == honne.ArgMoney && (a.F != 0 || inMillions(honne.Money{Minor: a.N, Currency: honne.Currency(a.S)})) {
				args[i].F = unit
			}
		}
	}
	return args
}

func blurred(args []honne.Arg) bool {
	for i, a := range args {
		for _, b := range args[:i] {
			if a.Kind == honne.ArgMoney && b.Kind == a.Kind && a.S == b.S && a.N != b.N && EN.amount(a) == EN.amount(b) {
				return true
			}
		}
	}
	return false
}

// amount writes an amount of a sentence in the unit that it is marked with.
func (l Language) amount(a honne.Arg) string {
	m := honne.Money{Minor: a.N, Currency: honne.Currency(a.S)}
	switch {
	case a.N == 0:
	case a.F == asMillions:
		return l.Stated(Million.In(m), m.Currency, Million)
	case a.F == asThousands:
		return l.Stated(Thousand.In(m), m.Currency, Thousand)
	case a.F == asExact:
		return l.Exact(m)
	}
	return l.Money(m)
}

// Piece is a stretch of a sentence: literal text, or an argument by its name as
// it stands in the sentence.
type Piece struct{ Arg, Text string }

// Pieces says a message in pieces, so that a page may open its figures to what
// they stand on. A choice between words is literal text.
func (c *Catalogues) Pieces(l Language, m honne.Message) []Piece {
	s, ok := c.texts[l][m.ID]
	if !ok {
		return []Piece{{Text: c.Say(l, m)}}
	}
	out, args := make([]Piece, 0, len(s)), inOneUnit(m.Args)
	for _, p := range s {
		if i := p.said(args); i >= 0 {
			out = append(out, c.piecesInside(l, args[i], args)...)
			continue
		}
		piece := Piece{Text: p.say(c, l, args)}
		if !p.pick {
			piece.Arg = p.arg
		}
		out = append(out, piece)
	}
	return out
}

// Write writes one argument by itself, as it would stand in a sentence.
func (c *Catalogues) Write(l Language, a honne.Arg) string {
	switch a.Kind {
	case honne.ArgNumber, honne.ArgRatio, honne.ArgGrowth, honne.ArgPoints:
		if mark := a.S; mark != "" {
			a.S = ""
			return c.Text(l, mark, honne.Text("value", c.Write(l, a)))
		}
	}
	switch a.Kind {
	case honne.ArgText:
		return a.S
	case honne.ArgList:
		return strings.ReplaceAll(a.S, "\n", c.Text(l, "list.comma"))
	case honne.ArgCount:
		return l.Count(a.N)
	case honne.ArgNumber:
		return l.Number(a.F, max(1, int(a.N)))
	case honne.ArgDecimal:
		return l.Decimal(a.S)
	case honne.ArgRatio:
		return l.Percent(a.F)
	case honne.ArgGrowth:
		return l.Growth(a.F)
	case honne.ArgPoints:
		return l.Points(a.F)
	case honne.ArgMoney:
		return l.amount(a)
	case honne.ArgTerm:
		return c.Text(l, a.S)
	}
	return l.when(a)
}
