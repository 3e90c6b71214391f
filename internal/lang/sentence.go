package lang

import (
	"fmt"
	"slices"
	"strings"

	"honne"
)

// A sentence is text cut at its arguments.
type sentence []piece

// A piece is literal text, an argument, or a choice between two texts by a
// count: {n} or {n?file:files}.
type piece struct {
	text string // literal; or the singular of a choice
	many string // the plural of a choice
	arg  string // "" for literal text
	pick bool
	deep bool // between 全角 brackets, where a day goes without its weekday's own
}

// parse reads lines "key = text with {arg}"; # starts a comment line, a line
// that begins with a blank continues the sentence above it.
func parse(file, src string) (map[string]sentence, error) {
	raw, err := entries(file, src)
	if err != nil {
		return nil, err
	}
	out := make(map[string]sentence, len(raw))
	for _, e := range raw {
		if _, twice := out[e.key]; twice {
			return nil, fmt.Errorf("%s:%d: %s is written twice", file, e.line, e.key)
		}
		if out[e.key], err = cut(e.text); err != nil {
			return nil, fmt.Errorf("%s:%d: %s: %w", file, e.line, e.key, err)
		}
	}
	return out, nil
}

type entry struct {
	key, text string
	line      int
}

func entries(file, src string) ([]entry, error) {
	var out []entry
	line := 0
	for s := range strings.SplitSeq(src, "\n") {
		line++
		switch {
		case strings.TrimSpace(s) == "" || s[0] == '#':
		case s[0] == ' ' && len(out) > 0:
			out[len(out)-1].text += " " + strings.TrimSpace(s)
		default:
			key, text, ok := strings.Cut(s, "=")
			if !ok {
				return nil, fmt.Errorf("%s:%d: write key = text", file, line)
			}
			out = append(out, entry{strings.TrimSpace(key), unquote(strings.TrimSpace(text)), line})
		}
	}
	return out, nil
}

// unquote keeps the blanks at the ends of a text in straight quotation marks.
func unquote(s string) string {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return s[1 : len(s)-1]
	}
	return s
}

func cut(text string) (sentence, error) {
	var s sentence
	deep := 0
	for text != "" {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			return append(s, piece{text: text}), nil
		}
		if open > 0 {
			s = append(s, piece{text: text[:open]})
			deep += strings.Count(text[:open], "（") - strings.Count(text[:open], "）")
		}
		end := strings.IndexByte(text[open:], '}')
		if end < 0 {
			return nil, fmt.Errorf("a { is not closed")
		}
		p := argument(text[open+1 : open+end])
		p.deep = deep > 0
		s = append(s, p)
		text = text[open+end+1:]
	}
	return s, nil
}

func argument(inner string) piece {
	name, choice, pick := strings.Cut(inner, "?")
	one, many, _ := strings.Cut(choice, ":")
	return piece{arg: name, pick: pick, text: one, many: many}
}

func (s sentence) say(c *Catalogues, l Language, args []honne.Arg) string {
	var b strings.Builder
	for _, p := range s {
		b.WriteString(p.say(c, l, args))
	}
	return b.String()
}

func (p piece) say(c *Catalogues, l Language, args []honne.Arg) string {
	if p.arg == "" {
		return p.text
	}
	i := slices.IndexFunc(args, func(a honne.Arg) bool { return a.Name == p.arg })
	switch {
	case i < 0:
		return "[" + p.arg + "]"
	case args[i].Kind == honne.ArgSaid:
		return c.inside(l, args[i], args)
	case !p.pick && p.deep && args[i].Kind == honne.ArgDate:
		day, _, _ := strings.Cut(c.Write(l, args[i]), "（")
		return day
	case !p.pick:
		return c.Write(l, args[i])
	case single(args[i]):
		return p.text
	}
	return p.many
}

// single reports whether a number is written as 1, which takes the singular.
func single(a honne.Arg) bool {
	if a.Kind == honne.ArgNumber {
		return fixed(a.F, max(1, int(a.N))) == fixed(1, max(1, int(a.N)))
	}
	return a.N == 1
}

// said is the index of the message that stands for a piece, −1 where none does.
func (p piece) said(args []honne.Arg) int {
	return slices.IndexFunc(args, func(a honne.Arg) bool { return a.Kind == honne.ArgSaid && a.Name == p.arg })
}

// inside writes a message that stands inside another, without its own full stop.
func (c *Catalogues) inside(l Language, m honne.Arg, args []honne.Arg) string {
	var b strings.Builder
	for _, p := range c.piecesInside(l, m, args) {
		b.WriteString(p.Text)
	}
	return b.String()
}

// piecesInside cuts such a message into its pieces, which bear the names that its
// arguments have by themselves.
func (c *Catalogues) piecesInside(l Language, m honne.Arg, args []honne.Arg) []Piece {
	var own []honne.Arg
	for _, a := range args {
		if name, ok := strings.CutPrefix(a.Name, m.Name+"."); ok {
			a.Name = name
			own = append(own, a)
		}
	}
	out := c.Pieces(l, honne.Say(m.S, own...))
	if n := len(out) - 1; n >= 0 {
		out[n].Text = strings.TrimSuffix(strings.TrimSuffix(out[n].Text, "."), "。")
	}
	return out
}
