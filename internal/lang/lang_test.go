package lang

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"honne"
)

func load(t *testing.T) *Catalogues {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestBothCataloguesHoldTheSame(t *testing.T) {
	c := load(t)
	en, ja := c.Keys(EN), c.Keys(JA)
	if !slices.Equal(en, ja) {
		for _, k := range en {
			if !c.Has(JA, k) {
				t.Errorf("ja lacks %s", k)
			}
		}
		for _, k := range ja {
			if !c.Has(EN, k) {
				t.Errorf("en lacks %s", k)
			}
		}
	}
	for _, k := range en {
		a, b := c.texts[EN][k].args(), c.texts[JA][k].args()
		if !slices.Equal(a, b) {
			t.Errorf("%s: en has %v, ja has %v", k, a, b)
		}
	}
}

// Words of blame have no place in a text that a partner may read; the internal
// texts do without them too.
func TestNoWordsOfBlame(t *testing.T) {
	c := load(t)
	for _, k := range c.Keys(JA) {
		ja := c.Text(JA, k)
		for _, w := range []string{"言い訳", "怠慢", "不誠実", "嘘", "隠蔽", "改ざん", "虚偽", "未達", "失敗", "ください。！", "することができ"} {
			if strings.Contains(ja, w) {
				t.Errorf("%s: %s in %q", k, w, ja)
			}
		}
		en := strings.ToLower(c.Text(EN, k))
		for _, w := range []string{" lie ", "liar", "hiding", "blame", "failure", "fault", "!"} {
			if strings.Contains(" "+en+" ", w) {
				t.Errorf("%s: %q in %q", k, w, en)
			}
		}
	}
}

var (
	said     = regexp.MustCompile(`(?:honne\.Say\(|honne\.Word\("[a-z-]*", |counted\(|\bv\.t\(|Text\(l, )"([a-z][a-z0-9_.-]*[a-z0-9_])"(\s*\+)?`)
	parts    = regexp.MustCompile(`\b(?:part|flag)\("([a-z0-9-]+)"`)
	template = regexp.MustCompile(`\{\{-? ?(?:tn|[^{}]*\(t|t|[^{}]* t) "([a-z0-9._-]+)"()`)
)

// Every sentence that code or a template names exists. What is put together from
// a word of the vocabulary is proven by TestVocabularyIsSaid.
func TestEverySentenceExists(t *testing.T) {
	c := load(t)
	look := func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") {
			return err
		}
		pattern := said
		switch filepath.Ext(path) {
		case ".html":
			pattern = template
		case ".go":
		default:
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range parts.FindAllStringSubmatch(string(src), -1) {
			if strings.Contains(path, "measure") && !c.Has(EN, "part."+m[1]) {
				t.Errorf("%s: no sentence %q", path, "part."+m[1])
			}
		}
		for _, m := range pattern.FindAllStringSubmatch(string(src), -1) {
			if m[2] == "" && !c.Has(EN, m[1]) {
				t.Errorf("%s: no sentence %q", path, m[1])
			}
		}
		return nil
	}
	for _, root := range []string{"..", "../../cmd"} {
		if err := filepath.WalkDir(root, look); err != nil {
			t.Fatal(err)
		}
	}
}

func TestVocabularyIsSaid(t *testing.T) {
	c := load(t)
	need := func(key string) {
		if !c.Has(EN, key) {
			t.Errorf("no sentence %q", key)
		}
	}
	for _, m := range honne.AllMeasures {
		need("measure." + m.Slug)
	}
	for _, s := range honne.AllSigns {
		need("sign." + s.Slug)
	}
	for _, s := range honne.AllSeries {
		need("series." + string(s))
	}
	for _, m := range honne.Meanings() {
		need("meaning." + string(m))
	}
	for _, d := range honne.AllDimensions {
		need("dimension." + d.Slug)
	}
	for _, b := range []honne.Band{honne.Clear, honne.Watch, honne.High, honne.UnknownBand} {
		need("band." + string(b))
	}
	for _, b := range []honne.Band{"healthy", "look-closer", "act", honne.UnknownBand} { // of package inspect, which lang may not import
		need("overall." + string(b))
	}
	for _, s := range []honne.FileState{honne.FileReading, honne.FileToResolve, honne.FileReady, honne.FileAccepted, honne.FileUnread, honne.FileSetAside, honne.FileUndone} {
		need("state." + string(s))
	}
}

func TestArgumentsAreWritten(t *testing.T) {
	c := load(t)
	for _, l := range All() {
		for _, k := range c.Keys(l) {
			var args []honne.Arg
			for _, name := range c.texts[l][k].args() {
				args = append(args, honne.Count(name, 3))
			}
			if s := c.Say(l, honne.Message{ID: k, Args: args}); strings.ContainsAny(s, "{}[]") {
				t.Errorf("%s %s: %s", l, k, s)
			}
		}
	}
	if got := c.Text(EN, "no.such"); got != "[no.such]" {
		t.Errorf("missing: %s", got)
	}
	if got := c.Text(EN, "head.since"); got != "partner since [year]" {
		t.Errorf("missing argument: %s", got)
	}
}

// TestListsAreJoined: several names stand in a sentence as its language joins them.
func TestListsAreJoined(t *testing.T) {
	c := load(t)
	for l, want := range map[Language]string{EN: "Aoba, Kyoto\u00a0North", JA: "Aoba、Kyoto\u00a0North"} {
		if got := c.Write(l, honne.List("names", []string{"Aoba", "Kyoto\u00a0North"})); got != want {
			t.Errorf("%s: %s, want %s", l, got, want)
		}
	}
}

// args lists the names of the arguments, sorted, each once.
func (s sentence) args() []string {
	var names []string
	for _, p := range s {
		if p.arg != "" {
			names = append(names, p.arg)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// A message inside another gives up its full stop and keeps its own arguments.
// A number that is written as 1 takes the singular, however it was rounded.
func TestSingular(t *testing.T) {
	c := load(t)
	for f, want := range map[float64]string{0: "0 business days", 1: "1 business day", 1.04: "1 business day", 1.1: "1.1 business days", -1: "−1 business days", 2: "2 business days"} {
		if got := c.Text(EN, "unit.days", honne.Number("n", f)); got != want {
			t.Errorf("%v: %q, want %q", f, got, want)
		}
	}
	if got := c.Text(EN, "unit.days", honne.Number("n", 1)); got != "1 business day" {
		t.Error(got)
	}
}

func TestMessageInside(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	ours := honne.Say("because.our-postponed", honne.Count("postponed", 2), honne.Count("meetings", 4))
	theirs := honne.Say("because.postponed", honne.Count("postponed", 1), honne.Count("meetings", 3))
	said, _ := honne.Beside([]honne.Message{ours}, []honne.Message{theirs})
	for l, want := range map[Language]string{
		EN: "Our own side moved 2 of 4 meetings to a later day; that may explain at least part of this: 1 of 3 meetings were moved to a later day at their wish.",
		JA: "当社側の事情「会議4件のうち2件は、当社の都合で後日に変更しました」が一因となった可能性がありますが、会議3件のうち1件が、先方の申し出で後日に変更されました。"} {
		if got := c.Say(l, said[0]); got != want {
			t.Errorf("%s", got)
		}
	}
}
