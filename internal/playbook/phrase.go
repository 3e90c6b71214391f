package playbook

import (
	"regexp"
	"slices"
	"strings"

	"honne/internal/japan"
)

// Phrases are phrases of both languages. One stands anywhere in a sentence, ^
// before it at its beginning, $ behind it at its end, … in it for words between.
// Width, case and blanks do not count; English matches whole words.
type Phrases struct {
	JA, EN []string

	ready phrases
}

// In reports whether one of the phrases stands in a text.
func (p Phrases) In(s Spelled) bool { return p.ready.in(s) }

func (p *Phrases) add(top Phrases) {
	p.JA, p.EN = append(p.JA, top.JA...), append(p.EN, top.EN...)
}

func (p *Phrases) compile() { p.ready = append(phrasesOf(p.JA), phrasesOf(p.EN)...) }

// Spelled is a text in the two ways in which phrases are compared.
type Spelled struct {
	Key      string // as japan.Key writes it
	Words    string // of letters and digits in lower case, with blanks around
	Japanese bool
}

var notWord = regexp.MustCompile(`[^\p{L}\p{N}'’-]+`)

// Spell returns the ways in which a text is compared.
func Spell(text string) Spelled {
	words := notWord.ReplaceAllString(strings.ReplaceAll(strings.ToLower(japan.Fold(text)), "’", "'"), " ")
	return Spelled{Key: japan.Key(text), Words: " " + strings.TrimSpace(words) + " ", Japanese: japan.IsJapanese(text)}
}

// phrase is a phrase made ready.
type phrase struct {
	parts      []string
	words      bool // of English words
	begin, end bool
}

type phrases []phrase

func phrasesOf(list []string) phrases {
	var out phrases
	for _, text := range list {
		p := phrase{words: !japan.IsJapanese(text)}
		text, p.begin = strings.CutPrefix(text, "^")
		text, p.end = strings.CutSuffix(text, "$")
		for part := range strings.SplitSeq(text, "…") {
			f := Spell(part)
			if p.words {
				part = f.Words
			} else {
				part = f.Key
			}
			p.parts = append(p.parts, part)
		}
		out = append(out, p)
	}
	return out
}

func (list phrases) in(f Spelled) bool {
	return slices.ContainsFunc(list, func(p phrase) bool { return p.in(f) })
}

func (p phrase) in(f Spelled) bool {
	text := f.Key
	if p.words {
		text = f.Words
	}
	for i, part := range p.parts {
		at := strings.Index(text, part)
		last := i == len(p.parts)-1
		switch {
		case at < 0, i == 0 && p.begin && at > 0:
			return false
		case last && p.end:
			return strings.HasSuffix(text, part)
		}
		text = text[at+len(part):]
	}
	return true
}
