package promise_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"honne"
	"honne/internal/playbook"
	"honne/internal/promise"
	"honne/playbooks"
)

// said is the day on which everything in testdata was said: a Monday.
var said = honne.NewDate(2026, 10, 5)

func recogniser(t testing.TB) *promise.Recogniser {
	t.Helper()
	p, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		t.Fatal(err)
	}
	return promise.New(p)
}

// passage is a line of testdata: a passage with what it is, and what must be read
// in it.
type passage struct {
	lang, style, label string
	want               map[string]string
	text               string
	line               int
}

// passages reads a file of testdata; its form stands at its beginning.
func passages(t testing.TB, name string) (out []passage) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "==") {
			continue
		}
		head, text, _ := strings.Cut(line, "|")
		f := strings.Fields(head)
		if len(f) < 3 || text == "" {
			t.Fatalf("%s:%d: expected language, style, what it is, a bar and the passage", name, n)
		}
		p := passage{lang: f[0], style: f[1], label: f[2], want: map[string]string{}, text: strings.TrimSpace(text), line: n}
		last := ""
		for _, x := range f[3:] {
			if key, value, ok := strings.Cut(x, "="); ok {
				last, p.want[key] = key, value
			} else {
				p.want[last] += " " + x
			}
		}
		out = append(out, p)
	}
	return out
}

// found is what the recogniser makes of a passage.
type found struct {
	label string // promise, moved, kept, none
	got   map[string]string
}

func read(r *promise.Recogniser, p passage) found {
	in := honne.Passage{Text: p.text, From: honne.Theirs}
	if p.label == "moved" || p.label == "kept" {
		for _, w := range r.Later(in, said) {
			if w.Sure {
				return found{string(w.Kind), map[string]string{"due": w.To.String()}}
			}
		}
		return found{label: "none"}
	}
	list := r.Find(in, said)
	if len(list) == 0 {
		return found{label: "none"}
	}
	x := list[0]
	return found{"promise", map[string]string{"due": x.Due.String(), "much": x.Much, "owner": x.Owner, "form": string(x.Form)}}
}

// wrong says what was read otherwise than wanted; "" when all is right.
func (f found) wrong(p passage) string {
	if f.label != p.label {
		return "is " + f.label
	}
	for _, key := range []string{"due", "much", "owner", "form"} {
		if want, ok := p.want[key]; ok && f.got[key] != want {
			return key + " is " + f.got[key] + ", not " + want
		}
	}
	return ""
}

// TestRules holds every passage that the rules were written with.
func TestRules(t *testing.T) {
	r := recogniser(t)
	for _, p := range passages(t, "rules.txt") {
		if w := read(r, p).wrong(p); w != "" {
			t.Errorf("%d: %s %s, %s: %s", p.line, p.lang, p.label, w, p.text)
		}
	}
}
