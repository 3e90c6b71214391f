package playbook_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"honne"
	"honne/internal/playbook"
	"honne/playbooks"
)

const both = " {en: a, ja: あ}\n"

// wait is a whole excuse; more is added to it.
func wait(more string) string {
	return "excuse: wait-and-see\ncategory: strategic-misalignment\ntitle:" + both + "check:" + both + "legitimate:" + both +
		"partner:" + both + "question:" + both + "cues: {en: [wait], ja: [様子]}\n" + more
}

var wrongExcuses = []struct {
	name  string
	files map[string]string
	want  []string
}{
	{"clean", map[string]string{
		"excuses/wait-and-see.yaml": wait("contradicted: {of: deferrals, at_least: 3}\n"),
		"facts.yaml":                "facts:\n  - {fact: deferrals, en: a, ja: あ, unit: count, ask: us}\n"}, nil},
	{"slug", map[string]string{"excuses/wait-and-sea.yaml": strings.Replace(wait(""), "wait-and-see", "wait-and-sea", 1)}, []string{
		`house/excuses/wait-and-sea.yaml:1: excuse: "wait-and-sea" is not known, did you mean wait-and-see?, or a name of the house: house-…`}},
	{"of the house", map[string]string{"excuses/house-typhoon.yaml": strings.Replace(wait(""), "wait-and-see", "house-typhoon", 1)}, nil},
	{"name of the file", map[string]string{"excuses/no-crm.yaml": wait("")}, []string{
		"house/excuses/no-crm.yaml:1: excuse: expected no-crm, the name of the file"}},
	{"unknown key", map[string]string{"excuses/wait-and-see.yaml": wait("silense: 5\n")}, []string{
		"house/excuses/wait-and-see.yaml:9: silense: unknown key, did you mean silence?"}},
	{"nothing said", map[string]string{"excuses/wait-and-see.yaml": "excuse: wait-and-see\ncategory: strategic-misalignment\ncues: {en: [a], ja: [あ]}\n"}, []string{
		"house/excuses/wait-and-see.yaml:1: title: expected en and ja", "house/excuses/wait-and-see.yaml:1: check: expected en and ja",
		"house/excuses/wait-and-see.yaml:1: legitimate: expected en and ja", "house/excuses/wait-and-see.yaml:1: partner: expected en and ja",
		"house/excuses/wait-and-see.yaml:1: question: expected en and ja"}},
	{"undeclared fact", map[string]string{
		"excuses/wait-and-see.yaml": wait("supported:\n  all:\n    - {of: deferals, at_least: 3}\n"),
		"facts.yaml":                "facts:\n  - {fact: deferrals, en: a, ja: あ, unit: count, ask: us}\n"}, []string{
		"house/excuses/wait-and-see.yaml:11: supported.all.of: no fact is called deferals, did you mean deferrals?"}},
	{"fact", map[string]string{"facts.yaml": "facts:\n  - {fact: deferrals, en: a, unit: count, ask: somebody}\n"}, []string{
		`house/facts.yaml:2: facts.ask: "somebody" is not known, expected one of partner, us, public, expert, ledger`,
		"house/facts.yaml:2: facts: expected en, ja, unit and ask"}},
	{"route", map[string]string{"registration.yaml": "routes:\n  - {kind: approval, from: mah}\n"}, []string{
		"house/registration.yaml:2: routes: expected kind, from, to, verdict and way"}},
	{"threshold", map[string]string{"recognition.yaml": "threshold: {en: 2}\n"}, []string{
		"house/recognition.yaml:1: threshold: expected numbers between 0 and 1"}},
	{"part", map[string]string{"recognition.yaml": "threshold: {ja: 0.5}\nbarriers: [cannott]\n", "concepts.yaml": "cannot: {en: [cannot]}\n"}, []string{
		"house/recognition.yaml:2: barriers: no concept is called cannott, did you mean cannot?"}},
	{"stray", map[string]string{"excuses/notes.txt": "a"}, []string{"house/excuses/notes.txt: is no excuse: expected SLUG.yaml"}},
}

func TestLintExcuses(t *testing.T) {
	for _, c := range wrongExcuses {
		files := fstest.MapFS{"house/playbook.yaml": {Data: []byte(head)}}
		for name, content := range c.files {
			files["house/"+name] = &fstest.MapFile{Data: []byte(content)}
		}
		var got []string
		for _, p := range playbook.Lint(files, "house") {
			got = append(got, p.String())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
	}
}

func TestSentences(t *testing.T) {
	files := fstest.MapFS{
		"s/wait-and-see.txt": {Data: []byte("# a comment\nja plain | 早い\n== a launch\nja plain    | まだ早い。\nen rude | no\nen blunt |\nja minutes 様子見\n")},
		"s/ordinary-1.txt":   {Data: []byte("== a greeting\nen honorific | Thank you.\n")},
		"s/frames.txt":       {Data: []byte("== kept: courtesy\nja plain | {}よろしく。\nja plain | よろしく。\n== other\nja plain | {}。\n")},
		"s/notes.txt":        {Data: []byte("== a\nja plain | a\n")},
	}
	list, err := playbook.Sentences(files, "s")
	const styles = "(plain, honorific, indirect, blunt, long-mail, minutes)"
	want := `s/frames.txt:3: expected one {} in a frame, under a situation that begins with kept or ordinary
s/frames.txt:5: expected one {} in a frame, under a situation that begins with kept or ordinary
s/notes.txt: is named after no excuse, expected a name of the vocabulary, or ordinary-….txt
s/wait-and-see.txt:2: expected a situation (== …) before the first passage
s/wait-and-see.txt:5: expected ja or en, a style ` + styles + `, a bar and the passage
s/wait-and-see.txt:6: expected a passage after the bar
s/wait-and-see.txt:7: expected ja or en, a style ` + styles + `, a bar and the passage`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	if len(list) != 3 || list[2] != (playbook.Sentence{Label: "wait-and-see", Situation: "wait-and-see.txt: a launch", Lang: "ja",
		Style: "plain", Text: "まだ早い。", File: "s/wait-and-see.txt", Line: 4}) {
		t.Errorf("%+v", list)
	}
	if _, err := playbook.Sentences(files, "nowhere"); err == nil {
		t.Error("a folder without sentences")
	}
}

// TestJapanKnowsAllExcuses: each of the 30 with everything that is said about
// it, a check (the registration's is a table), and words that a partner may read.
func TestJapanKnowsAllExcuses(t *testing.T) {
	p := japan(t)
	if len(p.Excuses) != len(honne.AllExcuses) {
		t.Fatalf("%d excuses", len(p.Excuses))
	}
	for i, x := range p.Excuses {
		if x.Excuse != honne.AllExcuses[i] {
			t.Errorf("excuse %d is %s", i, x.Excuse)
		}
		if table := x.Excuse == "registration-not-transferable"; (x.Contradicted == nil || x.Supported == nil) != table {
			t.Errorf("%s: its check", x.Excuse)
		}
		for _, banned := range []string{"excuse", "言い訳", "嘘", "hide", "blame"} {
			if strings.Contains(strings.ToLower(x.Partner.EN+x.Ask.EN), banned) || strings.Contains(x.Partner.JA+x.Ask.JA, banned) {
				t.Errorf("%s: %s in what a partner reads", x.Excuse, banned)
			}
		}
	}
	if len(p.Routes) < 11 || len(p.Model) == 0 || min(p.Recognition.Threshold.JA, p.Recognition.Threshold.EN) <= 0 {
		t.Errorf("%d routes, a model of %d bytes", len(p.Routes), len(p.Model))
	}
}

func TestSentencesOfJapanAreRead(t *testing.T) {
	if _, err := playbook.Sentences(playbooks.FS, "japan/sentences"); err != nil {
		t.Error(err)
	}
}
