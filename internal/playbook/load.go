package playbook

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"honne"
)

// FormatVersion is the version of the playbook format that this package reads
// (playbook.yaml: requires.format).
const FormatVersion = 1

// Load reads the playbooks of the folders ids of fsys and stacks them in that
// order. Words of a later one are added, and taken from a meaning that had them
// before; rules and questions of a later one replace those of the same measure,
// sign or need. The error, of type Problems, names every problem at once, each
// with file, line and key.
func Load(fsys fs.FS, ids ...string) (*Playbook, error) {
	whole := &Playbook{}
	var problems Problems
	for _, id := range ids {
		layer, found := readFolder(fsys, id)
		problems = append(problems, found...)
		whole.stack(layer)
	}
	if len(problems) > 0 {
		return nil, fmt.Errorf("playbook: load %s: %w", strings.Join(ids, "+"), problems)
	}
	whole.compile()
	return whole, nil
}

// Lint returns every problem of the playbook in the folder id.
func Lint(fsys fs.FS, id string) []Problem {
	_, problems := readFolder(fsys, id)
	return problems
}

// A layer is a playbook while it is read.
type layer struct {
	Playbook
	reader
	words map[string]place // what each word has been taken for
	named []compared       // facts that conditions of excuses compare
	parts []compared       // concepts that play a part in recognition
	cards []compared       // patterns and traps that lessons hang on
}

type place struct {
	meaning string
	line    int
}

// readFolder reads every file of a playbook but its tests.
func readFolder(fsys fs.FS, id string) (*Playbook, Problems) {
	l := &layer{words: map[string]place{}}
	l.problems = &Problems{}
	entries, err := fs.ReadDir(fsys, id)
	if err != nil {
		return &l.Playbook, Problems{{File: id, What: "expected a folder with a playbook: " + reason(err)}}
	}
	if !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == "playbook.yaml" }) {
		*l.problems = append(*l.problems, Problem{File: path.Join(id, "playbook.yaml"), What: "expected this file, with id and version"})
	}
	for _, entry := range entries {
		l.readFile(fsys, id, entry)
	}
	l.undeclared(l.named, "fact", names(l.Facts, func(f FactRules) string { return f.Fact }))
	l.undeclared(l.parts, "concept", names(l.Recognition.Concepts, func(c Concept) string { return c.Name }))
	l.undeclared(l.cards, "pattern or trap", names(slices.Concat(l.Audit.Patterns, l.Audit.Traps), func(c Card) string { return c.ID }))
	if len(l.Versions) > 0 {
		l.Versions[0].SHA256, err = Hash(fsys, id)
	}
	if err != nil {
		*l.problems = append(*l.problems, Problem{File: id, What: reason(err)})
	}
	return &l.Playbook, *l.problems
}

// reason is the bare cause of an error of the file system.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}

func (l *layer) readFile(fsys fs.FS, id string, entry fs.DirEntry) {
	l.file = path.Join(id, entry.Name())
	if entry.IsDir() {
		l.readSubfolder(fsys, entry.Name())
		return
	}
	read := map[string]func(*yaml.Node){
		"playbook.yaml":     l.readVersion,
		"columns.yaml":      l.readColumns,
		"lists.yaml":        l.readLists,
		"measures.yaml":     l.readMeasures,
		"signs.yaml":        l.readSigns,
		"overall.yaml":      l.readOverall,
		"questions.yaml":    l.readQuestions,
		"facts.yaml":        l.readFacts,
		"recognition.yaml":  l.readRecognition,
		"concepts.yaml":     l.readConcepts,
		"registration.yaml": l.readRegistration,
		"mail.yaml":         l.readMail,
		"readiness.yaml":    l.readReadiness,
		"dependency.yaml":   l.readDependency,
		"mutes.yaml":        l.readMutes,
		"promises.yaml":     l.readPromises,
		"audit.yaml":        l.readAudit,
		"wording.yaml":      l.readWording,
		"lessons.yaml":      l.readLessons,
		"assistant.yaml":    l.readAssistant,
	}[entry.Name()]
	if read == nil {
		l.stray()
		return
	}
	l.readYAML(fsys, read)
}

func (l *layer) stray() {
	l.problem(&yaml.Node{}, "", "is no file of a playbook: expected playbook, columns, lists, measures, signs, overall, questions, facts, recognition, concepts, registration, mail, promises, audit, wording, lessons, assistant, readiness, dependency or mutes .yaml, or excuses/, sentences/ or tests/")
}

func (l *layer) readSubfolder(fsys fs.FS, name string) {
	switch name {
	case "tests":
	case "excuses":
		l.readExcuses(fsys, l.file)
	case "sentences":
		l.readModel(fsys, l.file)
	default:
		l.stray()
	}
}

// readYAML reads the one document of l.file.
func (l *layer) readYAML(fsys fs.FS, read func(*yaml.Node)) {
	data, err := fs.ReadFile(fsys, l.file)
	if err != nil {
		l.problem(&yaml.Node{}, "", "%s", reason(err))
		return
	}
	before := len(*l.problems)
	n := l.document(data)
	if n == nil && len(*l.problems) == before {
		l.problem(&yaml.Node{}, "", "is empty: expected keys with values")
	}
	if n != nil {
		read(n)
	}
}

func (l *layer) readVersion(n *yaml.Node) {
	v := Version{}
	format := 0
	var ignored string
	l.mapping("", n,
		field{"id", l.text(&v.ID)},
		field{"version", l.whole(&v.Version, 1, 1<<30)},
		field{"status", oneOf(l.reader, &ignored, []string{"experimental", "test", "stable", "deprecated"})},
		field{"license", l.text(&ignored)},
		field{"sources", l.texts(&[]string{})},
		field{"title", l.bothLanguages},
		field{"requires", func(key string, n *yaml.Node) {
			l.mapping(key, n, field{"format", l.whole(&format, 1, 1<<30)})
		}})
	switch {
	case v.ID == "":
		l.problem(n, "id", "expected the name of the playbook")
	case v.Version == 0:
		l.problem(n, "version", "expected a whole number")
	case format != FormatVersion:
		l.problem(n, "requires.format", "expected %d", FormatVersion)
	}
	l.Versions = []Version{v}
}

func (l *layer) bothLanguages(key string, n *yaml.Node) {
	var en, ja string
	l.mapping(key, n, field{"en", l.text(&en)}, field{"ja", l.text(&ja)})
	if en == "" || ja == "" {
		l.problem(n, key, "expected en and ja")
	}
}

func (l *layer) readColumns(n *yaml.Node) {
	l.mapping("", n,
		field{"columns", l.list(l.column)},
		field{"kinds", l.list(l.kind)},
		field{"topics", l.list(l.topic)},
		field{"reasons", l.list(l.reasonWords)},
		field{"words", l.wordLists(l.Words.lists())})
}

func (l *layer) column(key string, n *yaml.Node) {
	var c ColumnWords
	l.mapping(key, n,
		field{"meaning", oneOf(l.reader, &c.Meaning, honne.Meanings())},
		field{"exact", l.wordsFor("exact", func() string { return string(c.Meaning) }, &c.Exact)},
		field{"parts", l.wordsFor("parts", func() string { return string(c.Meaning) }, &c.Parts)})
	if c.Meaning != "" {
		l.Columns = append(l.Columns, c)
	}
}

func (l *layer) kind(key string, n *yaml.Node) {
	var k KindWords
	l.mapping(key, n,
		field{"series", oneOf(l.reader, &k.Series, honne.AllSeries)},
		field{"words", l.wordsFor("kinds", func() string { return string(k.Series) }, &k.Words)})
	l.Kinds = append(l.Kinds, k)
}

func (l *layer) topic(key string, n *yaml.Node) {
	var t TopicWords
	l.mapping(key, n,
		field{"topic", oneOf(l.reader, &t.Topic, honne.AllTopics)},
		field{"titles", l.texts(&t.Titles)},
		field{"heads", l.texts(&t.Heads)},
		field{"columns", l.texts(&t.Columns)},
		field{"never", l.texts(&t.Never)})
	l.Topics = append(l.Topics, t)
}

func (l *layer) reasonWords(key string, n *yaml.Node) {
	var w ReasonWords
	l.mapping(key, n,
		field{"reason", oneOf(l.reader, &w.Reason, []honne.Reason{honne.ReasonCorrection, honne.ReasonPrice,
			honne.ReasonCreditNote, honne.ReasonReturns, honne.ReasonClosingDay, honne.ReasonIdentity, honne.ReasonOwnSide})},
		field{"words", l.wordsFor("reasons", func() string { return string(w.Reason) }, &w.Words)})
	l.Reasons = append(l.Reasons, w)
}

func (l *layer) readOverall(n *yaml.Node) {
	o := &l.Overall
	l.mapping("", n,
		field{"look_closer_watch", l.whole(&o.LookCloserWatch, 1, 7)},
		field{"look_closer_high", l.whole(&o.LookCloserHigh, 1, 7)},
		field{"act_high", l.whole(&o.ActHigh, 1, 7)},
		field{"healthy_fall", l.whole(&o.HealthyFall, 1, 100)})
	if o.LookCloserWatch == 0 || o.LookCloserHigh == 0 || o.ActHigh == 0 {
		l.problem(n, "", "expected look_closer_watch, look_closer_high and act_high")
	}
}
