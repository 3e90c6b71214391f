package playbook

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"honne"
)

// ModelFile is the trained model of excuses, beside its sentences.
const ModelFile = "sentences/excuses.model"

// Ordinary is the label of passages that hold no excuse.
const Ordinary = "ordinary"

// Talk begins the names of files of ordinary passages that are talk: what people say
// to each other in meetings and on the phone.
const Talk = "ordinary-talk"

// Frame is the label of what surrounds a passage, {} in its text: its situation
// begins with Kept where the passage stays the excuse that it is, else with
// Ordinary.
const (
	Frame = "frames"
	Kept  = "kept"
)

// Sentence is a passage with its label.
type Sentence struct {
	Label     string // slug of an excuse, Ordinary or Frame
	Situation string // file and situation: what stands or falls together
	Lang      string // ja, en
	Style     string
	Text      string
	File      string
	Line      int
}

// Styles lists the styles of sentences (domain AC8).
func Styles() []string {
	return []string{"plain", "honorific", "indirect", "blunt", "long-mail", "minutes"}
}

// Sentences reads the labelled passages of a folder: SLUG.txt holds those of an
// excuse, ordinary-….txt those that hold none, frames.txt what surrounds them. A
// line is
//
//	# a comment
//	== a situation
//	ja plain | 日本の市場は海外とは事情が違います。
//
// The error, of type Problems, names every line that is none of these.
func Sentences(fsys fs.FS, dir string) ([]Sentence, error) {
	files, err := fs.Glob(fsys, path.Join(dir, "*.txt"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("playbook: sentences %s: expected files SLUG.txt and ordinary-….txt", dir)
	}
	var list []Sentence
	var problems Problems
	for _, file := range files {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("playbook: sentences: %w", err)
		}
		more, found := sentencesOf(file, string(data))
		list, problems = append(list, more...), append(problems, found...)
	}
	return list, problems.orNil()
}

func sentencesOf(file, text string) (list []Sentence, problems Problems) {
	s := Sentence{Label: labelOf(file), File: file}
	wrong := func(format string, args ...any) {
		problems = append(problems, Problem{file, s.Line, "", fmt.Sprintf(format, args...)})
	}
	if s.Label == "" {
		wrong("is named after no excuse, %s, or ordinary-….txt", suggest(strings.TrimSuffix(path.Base(file), ".txt"), honne.AllExcuses))
		return nil, problems
	}
	for line := range strings.Lines(text) {
		s.Line++
		line = strings.TrimSpace(line)
		if situation, ok := strings.CutPrefix(line, "=="); ok {
			s.Situation = strings.TrimSpace(situation)
			if s.Label != Frame {
				s.Situation = path.Base(file) + ": " + s.Situation
			}
			continue
		}
		if line == "" || line[0] == '#' {
			continue
		}
		head, passage, _ := strings.Cut(line, "|")
		lang, style, _ := strings.Cut(strings.TrimSpace(head), " ")
		s.Lang, s.Style, s.Text = lang, strings.TrimSpace(style), strings.TrimSpace(passage)
		if says := s.malformed(); says != "" {
			wrong("%s", says)
			continue
		}
		list = append(list, s)
	}
	return list, problems
}

// malformed says what a passage lacks; "" when it is whole.
func (s Sentence) malformed() string {
	switch {
	case s.Lang != "ja" && s.Lang != "en" || !slices.Contains(Styles(), s.Style):
		return fmt.Sprintf("expected ja or en, a style (%s), a bar and the passage", strings.Join(Styles(), ", "))
	case s.Text == "" || !utf8.ValidString(s.Text):
		return "expected a passage after the bar"
	case s.Label == Frame && (strings.Count(s.Text, "{}") != 1 || !strings.HasPrefix(s.Situation, Kept) && !strings.HasPrefix(s.Situation, Ordinary)):
		return fmt.Sprintf("expected one {} in a frame, under a situation that begins with %s or %s", Kept, Ordinary)
	case s.Situation == "":
		return "expected a situation (== …) before the first passage"
	}
	return ""
}

// labelOf returns the label that a file's name gives its passages.
func labelOf(file string) string {
	name := strings.TrimSuffix(path.Base(file), ".txt")
	switch {
	case strings.HasPrefix(name, Ordinary):
		return Ordinary
	case name == Frame || slices.Contains(honne.AllExcuses, name):
		return name
	}
	return ""
}

// readModel reads the trained model; the sentences themselves are read only to
// train.
func (l *layer) readModel(fsys fs.FS, dir string) {
	data, err := fs.ReadFile(fsys, path.Join(path.Dir(dir), ModelFile))
	if err == nil {
		l.Model = data
	}
}
