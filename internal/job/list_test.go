package job

import (
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
)

const ownProducts = "Product list,,\nProduct code,Product name,List price\nNS-2210,Stent 3.0 mm,100000\nNS-2220,Balloon 2 mm,80000\n"

const strangeSales = "売上実績 2026年4月,,,\n得意先名,品番,品名,金額\n青葉病院,NS-2210,Stent 3.0 mm,1250\n緑クリニック,NS-2211,Stent 3.5 mm,300\n青葉病院,NS-2211,Stent 3.5 mm,300\n"

// A product that is not on our own list is said with its first cell and the
// nearest articles; what a person says of it is remembered, and can be taken back.
func TestProductsNotOnOurList(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			b := newBench(t, db)
			ctx := t.Context()
			must := func(err error) {
				t.Helper()
				if err != nil {
					t.Fatal(err)
				}
			}
			id, err := b.Take(ctx, Arrival{Distributor: b.distributor, Name: "Product list.csv", Bytes: strings.NewReader(ownProducts), From: honne.Ours})
			must(err)
			sales := b.take(t, "売上_202604.csv", strangeSales)
			off := func() (out []string) {
				r, err := b.Read(ctx, sales)
				must(err)
				for _, p := range r.Problems {
					if p.OffList != nil {
						out = append(out, p.At.String()+" "+string(p.Severity)+" "+p.Raw)
						for _, n := range p.OffList.Near {
							out = append(out, n.Code)
						}
					}
				}
				return out
			}
			if got := off(); got != nil {
				t.Errorf("without a list of ours: %v", got)
			}
			_, err = b.Read(ctx, id)
			must(err)
			if s := b.state(t, id); s != honne.FileReady {
				t.Fatalf("the list is %s", s)
			}
			must(b.Accept(ctx, 1, id))
			if got := strings.Join(off(), ", "); !strings.HasPrefix(got, "B4 warning NS-2211 Stent 3.5 mm, NS-2210") || b.state(t, sales) != honne.FileToResolve {
				t.Errorf("%s; %s", got, b.state(t, sales))
			}
			theirs, ours := honne.Product{Code: "NS-2211", Name: "Stent 3.5 mm"}, honne.Product{Code: "NS-2210", Name: "Stent 3.0 mm"}
			must(b.Store.RuleArticle(ctx, 1, b.distributor, theirs, ours))
			if got := off(); got != nil || b.state(t, sales) != honne.FileReady {
				t.Errorf("somebody said that they are one: %v", got)
			}
			rulings, err := b.Store.NameRulings(ctx, b.distributor)
			must(err)
			must(b.Store.RuleNames(ctx, 1, b.distributor, rulings[0].A.ID, rulings[0].B.ID, honne.NamesWithdrawn))
			if got := off(); len(got) == 0 {
				t.Error("the ruling was taken back")
			}
			passed, err := store.Enter(ctx, b.Store, honne.Entry[honne.Unlisted]{Distributor: b.distributor, By: 1, Body: honne.Unlisted(theirs)})
			must(err)
			if got := off(); got != nil {
				t.Errorf("somebody said that it may be missing: %v", got)
			}
			passed.Withdrawn, passed.Why = true, "no"
			_, err = store.Enter(ctx, b.Store, passed)
			must(err)
			must(b.Undo(ctx, 1, id))
			if got := off(); got != nil {
				t.Errorf("our list was undone: %v", got)
			}
		})
	}
}

// Of what a partner writes in a list of prices or of people nothing is kept but
// what may be.
func TestListsOfTheirsKeepNothingPersonal(t *testing.T) {
	db := honnetest.Databases(t)[0]
	b := newBench(t, db)
	for name, content := range map[string]string{
		"価格表.csv": "価格表,,\n品番,品名,納入価\nNS-2210,Stent,100000\nNS-2220,Balloon,80000\n",
		"名簿.csv":  "連絡先一覧,,\n氏名,部署,メールアドレス\n山田太郎,営業部,yamada@yamato.example.jp\n佐藤花子,経理部,\n",
	} {
		id := b.take(t, name, content)
		if _, err := b.Read(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if want := map[bool]honne.FileState{true: honne.FileReady, false: honne.FileSetAside}[name == "名簿.csv"]; b.state(t, id) != want {
			t.Errorf("%s is %s", name, b.state(t, id))
		}
		if b.state(t, id) == honne.FileReady {
			if err := b.Accept(t.Context(), 1, id); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, query := range []string{`SELECT coalesce(max(body), '') FROM entry WHERE body LIKE '%山田%' OR body LIKE '%yamada%' OR body LIKE '%100000%'`,
		`SELECT coalesce(max(body), '') FROM listed WHERE body LIKE '%山田%' OR body LIKE '%yamada%' OR body LIKE '%100000%'`,
		`SELECT coalesce(max(body), '') FROM reading WHERE body LIKE '%山田%' OR body LIKE '%yamada%' OR body LIKE '%100000%'`} {
		var found string
		if err := b.Store.DB().QueryRowContext(t.Context(), query).Scan(&found); err != nil || found != "" {
			t.Errorf("kept: %s, %v", found, err)
		}
	}
	contacts, err := store.Entries[honne.Contact](t.Context(), b.Store, b.distributor)
	if err != nil || len(contacts) != 2 || !contacts[0].Body.Direct || contacts[1].Body.Direct {
		t.Errorf("%+v, %v", contacts, err)
	}
}
