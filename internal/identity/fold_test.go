package identity

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"honne"
)

// parties writes the fold as {1 3} {2}, by the IDs of the entries.
func parties(p *Parties, n int) string {
	of := map[int64][]string{}
	var order []int64
	for id := int64(1); id <= int64(n); id++ {
		root := p.Of(id)
		if of[root] == nil {
			order = append(order, root)
		}
		of[root] = append(of[root], fmt.Sprint(id))
	}
	var out []string
	for _, root := range order {
		if len(of[root]) > 1 {
			out = append(out, "{"+strings.Join(of[root], " ")+"}")
		}
	}
	return strings.Join(out, " ")
}

func entries(list ...string) []Known {
	var out []Known
	for i, s := range list {
		name, reports, _ := strings.Cut(s, "@")
		k := Known{int64(i + 1), entry(name)}
		for _, r := range strings.Fields(reports) {
			k.Reports = append(k.Reports, int64(r[0]))
		}
		out = append(out, k)
	}
	return out
}

func TestFold(t *testing.T) {
	for _, c := range []struct {
		name    string
		entries []Known
		rulings []Ruling
		want    string
	}{
		{"spelling", entries("㈱髙橋商店", "株式会社高橋商店 御中", "高橋商店"), nil, "{1 2 3}"},
		{"a branch is a party", entries("青葉商事㈱", "青葉商事㈱ 東京支店", "青葉商事 東京支店", "青葉商事 大阪支店"), nil, "{2 3}"},
		{"two forms", entries("株式会社中央", "有限会社中央", "㈱中央"), nil, "{1 3}"},
		{"a name that could be either", entries("株式会社中央", "有限会社中央", "中央"), nil, ""},
		{"likeness is nothing", entries("福井病院", "福井総合病院", "福丼病院"), nil, ""},
		{"renamed under its number", entries("千葉商店 | 7000012050002", "ハナマツリ | 7000012050002", "㈱ハナマツリ"), nil, "{1 2 3}"},
		{"one name, two numbers", entries("中央商会 | 7000012050002", "中央商会 | 7123456789012"), nil, ""},
		{"its own code, two names", entries("青葉会 青葉病院 | C1 @1", "青葉病院 | C1 @2", "青葉病院"), nil, "{1 2 3}"},
		{"a collective code", entries("田中医院 | C1 @1 2", "佐藤クリニック | C1 @2", "鈴木皮膚科 | C1 @3"), nil, ""},
		{"zeros are no code", entries("田中医院 | 000 @1", "佐藤クリニック | 000 @2"), nil, ""},
		{"two codes of one shape", entries("中央病院 | C1 @1", "中央病院 | C2 @2"), nil, ""},
		{"a new system of codes", entries("中央病院 | C1 @1", "中央病院 | 10-55 @2"), nil, "{1 2}"},
		{"two codes in one report", entries("中央病院 | C1 @1", "中央病院 | 10-55 @1"), nil, ""},
		{"people join", entries("福井日赤", "福井赤十字病院", "福井県立病院"), []Ruling{{1, 2, honne.NamesSame}}, "{1 2}"},
		{"people part", entries("㈱高橋商店", "高橋商店"), []Ruling{{1, 2, honne.NamesDiffer}}, ""},
		{"a parent is another", entries("㈱高橋商店", "高橋商店", "髙橋商店"), []Ruling{{1, 2, honne.NameOfPart}}, ""},
		{"taken back", entries("㈱高橋商店", "高橋商店"), []Ruling{{1, 2, honne.NamesDiffer}, {2, 1, honne.NamesWithdrawn}}, "{1 2}"},
		{"the newest counts", entries("a社", "b社"), []Ruling{{1, 2, honne.NamesSame}, {2, 1, honne.NamesDiffer}, {1, 2, honne.NamesSame}}, "{1 2}"},
		{"over a third", entries("a社", "b社", "c社"), []Ruling{{1, 2, honne.NamesSame}, {2, 3, honne.NamesSame}}, "{1 2 3}"},
		{"not over a third", entries("a社", "b社", "c社"), []Ruling{{1, 2, honne.NamesSame}, {1, 3, honne.NamesDiffer}, {2, 3, honne.NamesSame}}, "{2 3}"},
		{"against a code", entries("a社 | C1", "b社 | C1"), []Ruling{{1, 2, honne.NamesDiffer}}, ""},
		{"others", entries("a社"), []Ruling{{1, 7, honne.NamesSame}, {7, 8, honne.NamesDiffer}}, ""},
	} {
		if got := parties(Fold(Party, c.entries, c.rulings), len(c.entries)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestArticles(t *testing.T) {
	list := []Known{{1, Entry{Name: "ステント 3.0mm"}}, {2, Entry{Name: "ｽﾃﾝﾄ　３．０ｍｍ"}}, {3, Entry{Name: "ステント 3.5mm"}}, {4, Entry{Name: "ステント® 3.0mm"}},
		{5, Entry{Name: "カテーテル", Codes: []Code{{Own, "a-1"}}}}, {6, Entry{Name: "カテーテル", Codes: []Code{{Own, "77"}}}}, {7, Entry{Name: "カテーテル"}}}
	if got := parties(Fold(Article, list, nil), len(list)); got != "{1 2 4}" {
		t.Error(got)
	}
}

func TestQuestions(t *testing.T) {
	p := Fold(Party, entries("福井赤十字病院 @1 2", "福井日赤 @3", "青葉商事㈱ @1", "青葉商事㈱ 東京支店 @1", "吉田医院 | C1 @1", "吉村医院 | C2 @1", "医療法人清風会 吉田医院 | X-9 @3", "森内科クリニック @1", "林内科クリニック @1"),
		[]Ruling{{3, 4, honne.NameOfPart}})
	var got []string
	for _, q := range p.Questions() {
		got = append(got, fmt.Sprintf("%d %d: %s", q.A, q.B, why(q.Reasons)))
	}
	if want := "7 5: owner"; strings.Join(got, "; ") != want {
		t.Errorf("%s, want %s", strings.Join(got, "; "), want)
	}
}

// The same entries in any order give the same parties and questions.
func TestFoldDependsOnNoOrder(t *testing.T) {
	r := institutions(t)
	w := newWriter(r.known)
	list := slices.Concat(r.known[:200], seen(r.known[:200], w.otherwise, false, false), seen(r.known[:200], w.slip, false, true))
	for i := range list {
		list[i].ID = int64(i + 1)
	}
	rulings := []Ruling{{1, 2, honne.NamesSame}, {3, 204, honne.NamesDiffer}, {2, 5, honne.NamesSame}, {5, 1, honne.NamesDiffer}}
	text := func() string {
		p := Fold(Party, list, rulings)
		out := fmt.Sprint(p.Questions())
		for id := range int64(len(list)) {
			out += fmt.Sprint(" ", p.Of(id+1))
		}
		return out
	}
	want := text()
	for n := range uint64(3) {
		rand.New(rand.NewPCG(n, 7)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		if text() != want {
			t.Fatal("another order, other parties, seed ", n)
		}
	}
}
