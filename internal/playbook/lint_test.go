package playbook_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"honne"
	"honne/internal/playbook"
)

const head = "id: house\nversion: 3\nrequires: {format: 1}\n"

// house returns a playbook of one file beside its head.
func house(file, content string) fstest.MapFS {
	return fstest.MapFS{
		"house/playbook.yaml": {Data: []byte(head)},
		"house/" + file:       {Data: []byte(content)},
	}
}

var wrong = []struct {
	name, file, content string
	want                []string
}{
	{"clean", "overall.yaml", "look_closer_watch: 2\nlook_closer_high: 1\nact_high: 3\n", nil},
	{"unknown key", "overall.yaml", "look_closer_watch: 2\nlook_closer_hihg: 1\nact_high: 3\n", []string{
		"house/overall.yaml:2: look_closer_hihg: unknown key, did you mean look_closer_high?",
		"house/overall.yaml:1: expected look_closer_watch, look_closer_high and act_high"}},
	{"key twice", "overall.yaml", "act_high: 3\nlook_closer_watch: 2\nlook_closer_high: 1\nact_high: 3\n", []string{
		"house/overall.yaml:4: act_high: expected once, is here a second time"}},
	{"measure", "measures.yaml", "measures:\n  - measure: growth-gab\n", []string{
		`house/measures.yaml:2: measures.measure: "growth-gab" is not known, did you mean growth-gap?`,
		`house/measures.yaml:2: measures: expected one measure, named and not named before: ""`}},
	{"measure twice", "measures.yaml", "measures:\n  - measure: growth\n  - measure: growth\n", []string{
		`house/measures.yaml:3: measures: expected one measure, named and not named before: "growth"`}},
	{"parameter", "measures.yaml", "measures:\n  - measure: growth\n    params: {Wide: 3, wide: many}\n", []string{
		"house/measures.yaml:3: measures.params.Wide: expected a name of lower-case letters, once",
		"house/measures.yaml:3: measures.params.wide: expected a number"}},
	{"two limits", "measures.yaml", "measures:\n  - measure: growth\n    watch: {of: growth, below: 1, above: 2}\n", []string{
		"house/measures.yaml:3: measures.watch: expected exactly one of below, above, at_most, at_least"}},
	{"two forms", "measures.yaml", "measures:\n  - measure: growth\n    watch:\n      of: growth\n      below: 1\n      any: [{of: growth, below: 1}]\n", []string{
		"house/measures.yaml:4: measures.watch: expected exactly one of all, any, not, of"}},
	{"empty list", "measures.yaml", "measures:\n  - measure: growth\n    watch: {all: []}\n", []string{
		"house/measures.yaml:3: measures.watch: expected exactly one of all, any, not, of"}},
	{"times without in", "measures.yaml", "measures:\n  - measure: growth\n    watch: {of: growth, below: 1, times: 2}\n", []string{
		"house/measures.yaml:3: measures.watch: expected times and in together, times not more than in"}},
	{"deep", "measures.yaml", "measures:\n  - measure: growth\n    high:\n      all:\n        - not: {of: lateness.p90, at_mots: 1}\n", []string{
		"house/measures.yaml:5: measures.high.all.not.at_mots: unknown key, did you mean at_most?"}},
	{"part", "measures.yaml", "measures:\n  - measure: growth\n    high: {of: growth.Low, below: 0}\n", []string{
		"house/measures.yaml:3: measures.high.of: expected a part of lower-case letters after growth."}},
	{"sign", "signs.yaml", "signs:\n  - sign: visibilty\n    headline: growth\n    measures: [growth]\n", []string{
		`house/signs.yaml:2: signs.sign: "visibilty" is not known, did you mean visibility?`,
		`house/signs.yaml:2: signs: expected one sign, named and not named before: ""`}},
	{"two meanings", "columns.yaml", "columns:\n  - meaning: amount\n    exact: [売上, ｳﾘｱｹﾞ]\n  - meaning: quantity\n    exact:\n      - ウリアゲ\n", []string{
		`house/columns.yaml:6: columns.exact: "ウリアゲ" stands for amount already, in line 3: expected one meaning`}},
	{"meaning", "columns.yaml", "columns:\n  - meaning: ammount\n    exact: [売上]\n", []string{
		`house/columns.yaml:2: columns.meaning: "ammount" is not known, did you mean amount?`}},
	{"need", "questions.yaml", "questions:\n  - {need: stok, en: \"Which?\", ja: 何でしょうか。}\n", []string{
		`house/questions.yaml:2: questions.need: "stok" is not known, did you mean stock?`,
		"house/questions.yaml:2: questions: expected either a measure or a need",
		`house/questions.yaml:2: questions: expected one question, named and not named before: ""`}},
	{"one language", "questions.yaml", "questions:\n  - {need: stock, en: \"Which?\"}\n", []string{
		"house/questions.yaml:2: questions: expected the question in en and ja"}},
	{"two documents", "overall.yaml", "act_high: 3\nlook_closer_watch: 2\nlook_closer_high: 1\n---\na: 1\n", []string{
		"house/overall.yaml:4: expected one document only"}},
	{"no YAML", "overall.yaml", "a: [1\nb: 2\n", []string{
		"house/overall.yaml:1: not YAML: did not find expected ',' or ']'"}},
	{"empty", "overall.yaml", "# nothing\n", []string{
		"house/overall.yaml: is empty: expected keys with values"}},
	{"alias", "overall.yaml", "act_high: &a 3\nlook_closer_watch: *a\nlook_closer_high: 1\n", []string{
		"house/overall.yaml:2: look_closer_watch: expected a whole number from 1 to 7",
		"house/overall.yaml:1: expected look_closer_watch, look_closer_high and act_high"}},
	{"promises", "promises.yaml", "promises:\n  soft: {ja: [努力], en: [try]}\n  days: [{is: days, add: 1, ja: [明日]}]\n  levels: [{level: board, ja: [役員会]}]\n", nil},
	{"day", "promises.yaml", "promises:\n  days:\n    - {is: dayz, ja: [明日]}\n    - {is: days, ja: ['{dd}日(']}\n    - {is: days, ja: ['{q}日']}\n", []string{
		`house/promises.yaml:3: promises.days.is: "dayz" is not known, did you mean day?`,
		`house/promises.yaml:4: promises.days: "{dd}日(" is no pattern of a day: expected a regular expression with {date}, {y}, {m}, {d}, {n}, {month} or {weekday}`,
		`house/promises.yaml:5: promises.days: "{q}日" is no pattern of a day: expected a regular expression with {date}, {y}, {m}, {d}, {n}, {month} or {weekday}`}},
	{"level twice", "promises.yaml", "promises:\n  levels:\n    - {level: board, ja: [役員会]}\n    - {level: board, ja: [取締役会]}\n  sofft: {ja: [努力]}\n", []string{
		"house/promises.yaml:4: promises.levels: expected a level of lower-case letters, named once",
		"house/promises.yaml:5: promises.sofft: unknown key, did you mean soft?"}},
	{"weights", "audit.yaml", "weights: {effectiveness: 50, trust: 0}\n", []string{
		"house/audit.yaml:1: weights: expected a number above 0 for effectiveness, compliance and trust"}},
	{"pack", "audit.yaml", "packs:\n  - pack: toys\n    en: Toys\n    ja: 玩具\n    not_applicable: [effectiveness.marketing-kol]\n    dimensions:\n      - {dimension: effectiveness.marketing-kol, requests: [{en: KOLs}]}\n", []string{
		"house/audit.yaml:7: packs.dimensions.requests: expected en and ja",
		"house/audit.yaml:2: packs: expected no words for effectiveness.marketing-kol, which does not apply"}},
	{"lesson", "lessons.yaml", "lessons:\n  - {lesson: a, title: {en: a, ja: あ}, told: {en: a, ja: あ}, found: {en: a, ja: あ}, lasting: {en: a, ja: あ}, checked: 2026-11-01}\n", []string{
		"house/lessons.yaml:2: lessons: expected either a pattern or a trap"}},
	{"stray file", "notes.yaml", "", []string{
		"house/notes.yaml: is no file of a playbook: expected playbook, columns, lists, measures, signs, overall, questions, facts, recognition, concepts, registration, mail, promises, audit, wording, lessons, assistant, readiness, dependency or mutes .yaml, or excuses/, sentences/ or tests/"}},
}

func TestLint(t *testing.T) {
	for _, c := range wrong {
		var got []string
		for _, p := range playbook.Lint(house(c.file, c.content), "house") {
			got = append(got, p.String())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
	}
}

func TestLintHead(t *testing.T) {
	got := playbook.Lint(fstest.MapFS{"house/playbook.yaml": {Data: []byte("id: home\nversion: 0\n")}}, "house")
	want := []string{
		"house/playbook.yaml:2: version: expected a whole number from 1 to 1073741824",
		"house/playbook.yaml:1: version: expected a whole number"}
	for i, w := range want {
		if i >= len(got) || got[i].String() != w {
			t.Errorf("problem %d of %v, want %s", i, got, w)
		}
	}
	files := fstest.MapFS{"house/playbook.yaml": {Data: []byte(strings.Replace(head, "house", "home", 1))}}
	if got := playbook.Lint(files, "house"); len(got) > 0 {
		t.Error("a copy may stand in any folder:", got)
	}
	if got := playbook.CheckLock(files); len(got) < 1 || !slices.Contains(got, playbook.Problem{File: "house/playbook.yaml", Key: "id", What: "expected house, the name of the folder"}) {
		t.Error("those that ship stand in a folder of their name:", got)
	}
	if len(playbook.Lint(fstest.MapFS{}, "house")) != 1 {
		t.Error("a folder that is not there is one problem")
	}
}

func TestStack(t *testing.T) {
	files := house("columns.yaml", "columns:\n  - meaning: quantity\n    exact: [丁, 金額]\n  - {meaning: rep, parts: [係]}\n"+
		"kinds:\n  - {series: stock, words: [売上高]}\nreasons:\n  - {reason: own-side, words: [返品処理]}\n"+
		"words: {total: [〆]}\n")
	files["house/measures.yaml"] = &fstest.MapFile{Data: []byte("measures:\n  - measure: growth-gap\n    high: {of: growth-gap, at_most: -0.10}\n")}
	files["base/playbook.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(head, "house", "base", 1))}
	files["base/columns.yaml"] = &fstest.MapFile{Data: []byte("columns:\n  - meaning: amount\n    exact: [金額, 売上]\n  - {meaning: rep, exact: [担当]}\n" +
		"kinds:\n  - {series: sales, words: [売上, 売上高]}\nreasons:\n  - {reason: returns, words: [返品, 返品処理]}\nwords: {total: [合計]}\n")}
	files["base/measures.yaml"] = &fstest.MapFile{Data: []byte("measures:\n  - measure: lateness\n  - measure: growth-gap\n    watch: {of: growth-gap, at_most: -0.03}\n")}
	files["house/recognition.yaml"] = &fstest.MapFile{Data: []byte("threshold: {en: 0.8}\n")}
	files["base/recognition.yaml"] = &fstest.MapFile{Data: []byte("threshold: {ja: 0.6, en: 0.7}\nlikeness: 0.5\nbarriers: [cannot]\n")}
	files["base/concepts.yaml"] = &fstest.MapFile{Data: []byte("cannot: {en: [cannot]}\n")}
	p, err := playbook.Load(files, "base", "house")
	if err != nil {
		t.Fatal(err)
	}
	if r := p.Recognition; r.Threshold != (playbook.Thresholds{JA: 0.6, EN: 0.8}) || r.Likeness != 0.5 || !slices.Equal(r.Barriers, []string{"cannot"}) || len(r.Concepts) != 1 {
		t.Errorf("recognition %+v", r)
	}
	if p.String() != "base@3+house@3" {
		t.Errorf("versions %s", p)
	}
	for header, want := range map[string]honne.Meaning{"金額": honne.MQuantity, "売上": honne.MAmount, "担当": honne.MRep, "営業係": honne.MRep} {
		if m, _ := p.Column(header); m != want {
			t.Errorf("%s is %s, want %s", header, m, want)
		}
	}
	if slices.Contains(p.Columns[0].Exact, "金額") || len(p.Words.Total) != 2 {
		t.Errorf("columns %v, totals %v", p.Columns, p.Words.Total)
	}
	if p.Kind("売上高") != honne.Stock || p.Kind("売上") != honne.Sales || p.Reason("返品処理") != honne.ReasonOwnSide {
		t.Error("a later playbook takes a word over")
	}
	if m := p.MeasureRules("growth-gap"); m.Watch != nil || m.High == nil || p.Measures[0].Measure != "growth-gap" {
		t.Errorf("growth-gap %+v", m)
	}
}

func TestLoadListsAllProblems(t *testing.T) {
	files := house("overall.yaml", "act: 1\n")
	files["house/signs.yaml"] = &fstest.MapFile{Data: []byte("sings: []\n")}
	_, err := playbook.Load(files, "house")
	var problems playbook.Problems
	if !errors.As(err, &problems) || len(problems) != 3 || !errors.Is(err, honne.ErrInvalid) {
		t.Errorf("%v", err)
	}
}

func TestCheckLock(t *testing.T) {
	files := house("overall.yaml", "look_closer_watch: 2\nlook_closer_high: 1\nact_high: 3\n")
	list, problems := playbook.Versions(files)
	if len(problems) > 0 || len(list) != 1 {
		t.Fatal(list, problems)
	}
	files["lock.yaml"] = &fstest.MapFile{Data: playbook.Lock(list)}
	if got := playbook.CheckLock(files); len(got) > 0 {
		t.Error(got)
	}
	files["house/tests/a.yaml"] = &fstest.MapFile{Data: []byte("never: [x]\n")}
	if got := playbook.CheckLock(files); len(got) > 0 {
		t.Error("tests are no content:", got)
	}
	files["house/overall.yaml"] = &fstest.MapFile{Data: []byte("look_closer_watch: 3\nlook_closer_high: 1\nact_high: 3\n")}
	if got := playbook.CheckLock(files); len(got) != 1 || !strings.Contains(got[0].What, "a version above 3") {
		t.Error(got)
	}
	delete(files, "lock.yaml")
	if got := playbook.CheckLock(files); len(got) != 2 {
		t.Error(got)
	}
}

// TestTestFails: a test of content that does not hold is reported with its line.
func TestTestFails(t *testing.T) {
	files := house("columns.yaml", "columns:\n  - {meaning: amount, exact: [金額]}\n")
	files["house/tests/a.yaml"] = &fstest.MapFile{Data: []byte("columns:\n  - {header: 金額, meaning: amount}\n  - {header: 数量, meaning: quantity}\n" +
		"bands:\n  - {of: growth, values: {growth: 1}, band: high}\n")}
	var got []string
	for _, p := range playbook.Test(files, "house") {
		got = append(got, p.String())
	}
	want := []string{`house/tests/a.yaml:3: columns: 数量: expected quantity, got "unknown"`,
		"house/tests/a.yaml:5: bands: growth is in no condition of this rule",
		`house/tests/a.yaml:5: bands: growth: expected high, got ""`}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// TestOwnSideIsLinted: what is missing or unknown is named with its line.
func TestOwnSideIsLinted(t *testing.T) {
	for file, c := range map[string][2]string{
		"readiness.yaml":  {"questions:\n  - {question: H9z, en: Why, ja: なぜか。}\n", "house/readiness.yaml:2: questions.question"},
		"dependency.yaml": {"strategies:\n  - {strategy: G1, lowers: [r9], en: a, ja: b}\n", "house/dependency.yaml:2: strategies.lowers"},
		"mutes.yaml":      {"reasons:\n  - {code: Own Side, days: 10, en: a, ja: b}\n", "house/mutes.yaml:2: reasons: expected a code"},
	} {
		problems := playbook.Lint(house(file, c[0]), "house")
		if len(problems) == 0 || !strings.HasPrefix(problems[0].String(), c[1]) {
			t.Errorf("%s: %v, want %s", file, problems, c[1])
		}
	}
}
