package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
)

// users is a report of one month by end user: amounts of 100, 200 and so on. A
// name may have a code behind a bar, and a place behind a @.
func users(path string, received honne.Date, m honne.Month, names ...string) report {
	r := report{path: path, received: received, parts: []honne.Part{{Series: honne.Sales, Periods: []honne.Period{m.Period()}, Currency: honne.JPY}}}
	for i, name := range names {
		name, place, _ := strings.Cut(name, "@")
		name, code, _ := strings.Cut(name, "|")
		l := honne.Line{Row: int32(i + 2), AmtCol: 5, Period: m.Period(), Amount: honne.Known(int64(100 * (i + 1)))}
		l.Parties[honne.EndUser] = honne.Party{Name: name, Code: code, Place: place, Disclosure: honne.Named, Site: true}
		r.lines = append(r.lines, l)
	}
	return r
}

// byAccount writes what the record says of its accounts, and checks that each
// figure opens to the cells that make it.
func (l *ledger) byAccount(at honne.AsOf) string {
	l.t.Helper()
	rec, err := l.Record(l.ctx, l.d, at)
	l.must(err)
	sums := make([]int64, len(rec.Accounts))
	for i, m := range rec.ByAccount.Month {
		a, want := rec.ByAccount.Account[i], rec.ByAccount.Amount[i].N
		sums[a] += want
		sources, _, err := l.Sources(l.ctx, l.d, at, honne.Selection{Series: honne.Sales, Period: m.Period(), Account: rec.Accounts[a].Selector(), EndUser: true, Amount: true}, 0)
		l.must(err)
		for _, s := range sources {
			want -= s.Sum
		}
		if want != 0 {
			l.t.Errorf("%s of %s: %d does not open to cells", rec.Accounts[a].Selector(), m, want)
		}
	}
	var out []string
	for i, a := range rec.Accounts {
		s := fmt.Sprint(a.Selector(), " ", sums[i])
		if len(a.Also) > 0 {
			s += " (" + strings.Join(a.Also, ", ") + ")"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

// nameID finds a name of the ledger.
func (l *ledger) nameID(name string) honne.NameID {
	l.t.Helper()
	var id int64
	l.must(l.DB().QueryRowContext(l.ctx, `SELECT min(id) FROM name WHERE name = $1`, name).Scan(&id))
	return honne.NameID(id)
}

func TestAPartyIsListedOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		l.accept(users("july.csv", before, july, "医療法人社団 青葉会　青葉病院|C1", "髙田クリニック", "中央病院|A1", "中央病院|A2"))
		want := "髙田クリニック 200; 中央病院 (A1) 300; 中央病院 (A2) 400; 医療法人社団 青葉会　青葉病院 100"
		if got := l.byAccount(honne.AsOf{}); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		old := text(t, l.record(before))
		l.accept(users("august.csv", between, july+1, "青葉病院|C1", "高田ｸﾘﾆｯｸ 様", "中央病院|A1", "高田眼科クリニック"))
		want = "高田眼科クリニック 400; 高田ｸﾘﾆｯｸ 様 400 (髙田クリニック); 中央病院 (A1) 600; 中央病院 (A2) 400; 青葉病院 200 (医療法人社団 青葉会　青葉病院)"
		if got := l.byAccount(honne.AsOf{}); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if text(t, l.record(before)) != old {
			t.Error("names of August change what was known before")
		}
		versions, err := l.Versions(l.ctx, l.d, honne.Selection{Series: honne.Sales, Period: july.Period(), Account: "髙田クリニック", Amount: true})
		if err != nil || len(versions) != 1 || versions[0].Value.Amount.N != 200 {
			t.Errorf("a former key: %v, %v", versions, err)
		}
	})
}

func TestRulingsJoinAndPart(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		l.accept(users("july.csv", before, july, "福井赤十字病院", "㈱東商会クリニック"))
		l.accept(users("august.csv", between, july+1, "福井日赤", "東商会クリニック"))
		apart := "東商会クリニック 400 (㈱東商会クリニック); 福井日赤 100; 福井赤十字病院 100"
		say := func(a, b string, v honne.NameVerdict) time.Time {
			l.must(l.RuleNames(l.ctx, 7, l.d, l.nameID(a), l.nameID(b), v))
			r, err := l.NameRulings(l.ctx, l.d)
			l.must(err)
			return r[0].At
		}
		check := func(at honne.AsOf, want string) {
			t.Helper()
			if got := l.byAccount(at); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		}
		check(honne.AsOf{}, apart)
		first := say("福井赤十字病院", "福井日赤", honne.NamesSame)
		frozen := honne.AsOf{Recorded: first.Add(-time.Millisecond)}
		joined := "東商会クリニック 400 (㈱東商会クリニック); 福井日赤 200 (福井赤十字病院)"
		check(honne.AsOf{}, joined)
		check(frozen, apart)
		check(honne.AsOf{Known: before}, "㈱東商会クリニック 200; 福井赤十字病院 100")
		say("東商会クリニック", "㈱東商会クリニック", honne.NamesDiffer)
		check(honne.AsOf{}, "㈱東商会クリニック 200; 東商会クリニック 200; 福井日赤 200 (福井赤十字病院)")
		say("㈱東商会クリニック", "東商会クリニック", honne.NamesWithdrawn)
		check(honne.AsOf{Recorded: first}, joined)
		say("福井日赤", "福井赤十字病院", honne.NamesWithdrawn)
		check(honne.AsOf{}, apart)
		rulings, err := l.NameRulings(l.ctx, l.d)
		l.must(err)
		var got []string
		for _, r := range rulings {
			got = append(got, fmt.Sprint(r.N, " ", r.A.Name, " ", r.Verdict, " ", r.By, " ", r.InForce))
		}
		if want := "4 福井日赤 withdrawn 7 false; 3 ㈱東商会クリニック withdrawn 7 false; 2 東商会クリニック different 7 false; 1 福井赤十字病院 same 7 false"; strings.Join(got, "; ") != want {
			t.Error(strings.Join(got, "; "))
		}
		l.must(l.Verify(l.ctx))
	})
}

func TestQuestionsAreAskedOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		l.accept(users("july.csv", before, july, "青葉会 青葉病院", "中央病院|A1", "森クリニック"))
		r := users("august.csv", between, july+1, "青葉病院", "中央病院|A2", "林クリニック")
		r.lines[0].Product, r.lines[1].Product = honne.Product{Code: "NS-1", Name: "ステント 3.0mm"}, honne.Product{Code: "NS-2", Name: "ステント 3.5mm"}
		l.accept(r)
		asked := func() string {
			questions, err := l.NameQuestions(l.ctx, l.d)
			l.must(err)
			var out []string
			for _, q := range questions {
				out = append(out, q.A.Name+"/"+q.B.Name+" "+q.Reasons[0].ID)
			}
			return strings.Join(out, "; ")
		}
		if got := asked(); got != "中央病院/中央病院 name.same; 青葉会 青葉病院/青葉病院 name.owner" {
			t.Error(got)
		}
		l.must(l.RuleNames(l.ctx, 1, l.d, l.nameID("青葉病院"), l.nameID("青葉会 青葉病院"), honne.NamesSame))
		if got := asked(); got != "中央病院/中央病院 name.same" {
			t.Error(got)
		}
		joints, err := l.NameJoints(l.ctx, l.d, honne.AsOf{})
		if err != nil || len(joints) != 1 || !joints[0].Person || joints[0].Reasons[0].ID != "name.by-person" {
			t.Errorf("joints %v, %v", joints, err)
		}
		for _, c := range []struct {
			a, b honne.NameID
			v    honne.NameVerdict
			is   error
		}{{1, 999, honne.NamesSame, honne.ErrNotFound}, {1, 1, honne.NamesSame, nil}, {1, 2, "perhaps", nil}, {l.nameID("青葉病院"), l.nameID("ステント 3.0mm"), honne.NamesSame, nil}} {
			if err := l.RuleNames(l.ctx, 1, l.d, c.a, c.b, c.v); err == nil || c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("%v: %v", c, err)
			}
		}
	})
}

// goods is a report of one month by product.
func goods(path string, received honne.Date, products ...honne.Product) report {
	r := sales(path, received, july, make([]int64, len(products))...)
	for i, p := range products {
		r.lines[i].Product, r.lines[i].Amount = p, honne.Known(int64(100*(i+1)))
	}
	return r
}

func TestARenamedProductIsNoChange(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		l.accept(goods("first.csv", before, honne.Product{Name: "ステント 3.0mm"}, honne.Product{Name: "カテーテル"}, honne.Product{Code: "G-1", Name: "ガイドワイヤ"}))
		l.accept(goods("second.csv", between, honne.Product{Code: "NS-30", Name: "ｽﾃﾝﾄ　３．０ｍｍ"}, honne.Product{Name: "バルーン"}, honne.Product{Code: "Ｇ－１", Name: "ガイド"}))
		changes := func(at honne.AsOf) string {
			rec, err := l.Record(l.ctx, l.d, at)
			l.must(err)
			var out []string
			for _, c := range rec.Changes {
				p := rec.Products[c.Product]
				out = append(out, fmt.Sprintf("%s %s %d→%d", p.Code, p.Name, c.Before.Amount.N, c.After.Amount.N))
			}
			for _, p := range rec.Products {
				selection := honne.Selection{Series: honne.Sales, Product: p.Code, Amount: true}
				if p.Code == "" {
					selection.Product = p.Name
				}
				versions, err := l.Versions(l.ctx, l.d, selection)
				l.must(err)
				for _, v := range versions {
					out = append(out, fmt.Sprint(p.Name, "=", v.Value.Amount.N))
				}
			}
			return strings.Join(out, "; ")
		}
		if got, want := changes(honne.AsOf{}), " カテーテル 200→0;  バルーン 0→200; カテーテル=0; カテーテル=200; バルーン=200; バルーン=0; ｽﾃﾝﾄ　３．０ｍｍ=100; ｽﾃﾝﾄ　３．０ｍｍ=100; ガイド=300; ガイド=300"; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		l.must(l.RuleNames(l.ctx, 1, l.d, l.nameID("カテーテル"), l.nameID("バルーン"), honne.NamesSame))
		if got := changes(honne.AsOf{}); strings.Contains(got, "→") {
			t.Errorf("renamed: %s", got)
		}
		for _, s := range []honne.SubmissionID{1, 2} {
			l.must(l.RenewChanges(l.ctx, s))
		}
		if got := changes(honne.AsOf{}); strings.Contains(got, "→") {
			t.Errorf("renamed, changes kept: %s", got)
		}
		l.must(l.Verify(l.ctx))
	})
}

// Files of one distributor give one record, in whatever order they are loaded.
func TestPartiesDoNotDependOnTheOrderOfLoading(t *testing.T) {
	files := []report{
		users("a.csv", before, july, "㈱東商会クリニック", "中央病院|A1", "青葉会　青葉病院|C1", "西医院"),
		users("b.csv", between, july+1, "東商会クリニック", "中央病院|77-1", "青葉病院|C1", "西医院|9"),
		users("c.csv", after, july+2, "有限会社東商会クリニック", "中央病院", "青葉病院 様", "西 医院|9"),
	}
	var want string
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}} {
		l := open(t, honnetest.SQLite(t).Config)
		for _, i := range order {
			l.accept(files[i])
		}
		got := l.byAccount(honne.AsOf{}) + " | " + l.byAccount(honne.AsOf{Known: between})
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("order %v:\n got %s\nwant %s", order, got, want)
		}
	}
	if !slices.Contains(strings.Split(want, "; "), "西 医院 1200 (西医院)") {
		t.Error(want)
	}
}

// Two hospitals of one name in two towns are two; whoever is named without a town
// may be either, which a person is asked.
func TestAPlaceTellsPartiesApart(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		l.accept(users("july.csv", before, july, "中央病院@東京都港区", "中央病院@大阪府吹田市", "白樺医院@福井県鯖江市"))
		l.accept(users("august.csv", between, july+1, "中央病院@東京都", "白樺医院"))
		want := "中央病院 (大阪府吹田市) 200; 中央病院 (東京都) 200; 白樺医院 500"
		if got := l.byAccount(honne.AsOf{}); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		l.accept(users("september.csv", after, july+2, "中央病院"))
		asked, err := l.NameQuestions(l.ctx, l.d)
		l.must(err)
		if len(asked) == 0 || asked[0].A.Place+asked[0].B.Place == "" {
			t.Errorf("which of the two is not asked: %+v", asked)
		}
		l.must(l.Verify(l.ctx))
	})
}
