package job

import (
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
	"honne/internal/vault"
)

// bench is a ledger with one distributor, a vault and a queue.
type bench struct {
	Works
	queue       *Queue
	distributor honne.DistributorID
}

// open opens the works on a database that may have been used before.
func open(t *testing.T, cfg store.Config, vaultDir string) *bench {
	t.Helper()
	b := &bench{queue: NewQueue(slog.New(slog.DiscardHandler))}
	cfg.Follow = b.queue.Follow
	var err error
	if b.Store, err = store.Open(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
	if err := b.queue.Open(t.Context(), b.Store); err != nil {
		t.Fatal(err)
	}
	if b.Vault, err = vault.Open(vaultDir); err != nil {
		t.Fatal(err)
	}
	b.Playbook = honnetest.Japan(t)
	return b
}

// newBench opens the works on a fresh database, with a distributor.
func newBench(t *testing.T, db honnetest.DB) *bench {
	t.Helper()
	b := open(t, db.Config, filepath.Join(t.TempDir(), "vault"))
	t.Cleanup(func() {
		if err := b.Store.Close(); err != nil {
			t.Error(err)
		}
	})
	d, err := b.Store.AddDistributor(t.Context(), honne.Profile{Name: "Kamogawa Medical", Currency: "JPY"}, false)
	if err != nil {
		t.Fatal(err)
	}
	b.distributor = d.ID
	return b
}

func (b *bench) take(t *testing.T, name, content string) honne.FileID {
	t.Helper()
	id, err := b.Take(t.Context(), Arrival{Distributor: b.distributor, Name: name, Bytes: strings.NewReader(content),
		Receipt: honne.Receipt{At: honne.NewDate(2026, 5, 7).At(10, 0), Basis: honne.Stated}})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (b *bench) state(t *testing.T, id honne.FileID) honne.FileState {
	t.Helper()
	f, err := b.Store.File(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return f.State
}

func (b *bench) sales(t *testing.T) []int64 {
	t.Helper()
	r, err := b.Store.Record(t.Context(), b.distributor, honne.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	var out []int64
	for _, m := range r.Series(honne.Sales).Monthly() {
		out = append(out, m.Amount.N)
	}
	return out
}

const april = `売上日,得意先名,納入先,商品コード,商品名,数量,売上金額
2026/04/03,東和医療,青葉病院,A-100,カテーテル,2,20000
2026/04/15,東和医療,みどり病院,A-200,ガイドワイヤ,5,45000
`

func TestFromArrivalToRecord(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			b := newBench(t, db)
			id := b.take(t, "sales-2026-04.csv", april)
			if again := b.take(t, "sales-2026-04.csv", april); again != id {
				t.Errorf("the same bytes are file %d and %d", id, again)
			}
			for range 2 {
				r, err := b.Read(t.Context(), id)
				if err != nil {
					t.Fatal(err)
				}
				if got := b.state(t, id); got != honne.FileReady || len(r.Parts) != 1 {
					t.Fatalf("read: %s, %+v", got, r)
				}
			}
			for range 2 {
				if err := b.Accept(t.Context(), 1, id); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := b.Read(t.Context(), id); err != nil || b.state(t, id) != honne.FileAccepted {
				t.Errorf("reading an accepted file: %s, %v", b.state(t, id), err)
			}
			if got := b.sales(t); !slices.Equal(got, []int64{65000}) {
				t.Errorf("sales are %v", got)
			}
			_, err := b.Take(t.Context(), Arrival{Distributor: b.distributor, Name: "again.csv", Bytes: strings.NewReader(april)})
			if dup := new(honne.Duplicate); !errors.As(err, &dup) || dup.Of != id {
				t.Errorf("the version in force a second time: %v", err)
			}
			if err := errors.Join(b.Undo(t.Context(), 1, id), b.Undo(t.Context(), 1, id)); err != nil {
				t.Fatal(err)
			}
			if got := b.sales(t); len(got) != 0 {
				t.Errorf("sales after the undo are %v", got)
			}
		})
	}
}

// TestAcceptedTogetherAreHeldTogether: of months that came at once, and of which each alone
// has nothing to resolve, the one in another unit waits, unless a person left it so.
func TestAcceptedTogetherAreHeldTogether(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			b := newBench(t, db)
			in := func(month, thousands string) string {
				return strings.NewReplacer("2026/04", "2026/"+month, "000\n", thousands+"\n").Replace(april)
			}
			ids := []honne.FileID{b.take(t, "02.csv", in("02", "000")), b.take(t, "03.csv", in("03", "000")), b.take(t, "04.csv", in("04", ""))}
			for _, id := range ids {
				if _, err := b.Read(t.Context(), id); err != nil || b.state(t, id) != honne.FileReady {
					t.Fatalf("file %d is %s: %v", id, b.state(t, id), err)
				}
			}
			for range 2 {
				for _, id := range ids {
					if _, err := b.AcceptReady(t.Context(), 1, id); err != nil && !errors.Is(err, honne.ErrConflict) {
						t.Fatal(err)
					}
				}
				if got := b.sales(t); !slices.Equal(got, []int64{65000, 65000}) || b.state(t, ids[2]) != honne.FileToResolve {
					t.Errorf("sales are %v, and the month in another unit is %s", got, b.state(t, ids[2]))
				}
			}
			r, err := b.Store.Reading(t.Context(), ids[2])
			if err != nil || !slices.ContainsFunc(r.Problems, func(p honne.Problem) bool { return p.What.ID == "arrival.magnitude.less" }) {
				t.Errorf("%v: %v", err, r.Problems)
			}
			if err := b.Accept(t.Context(), 1, ids[2]); err != nil {
				t.Errorf("a person accepts it all the same: %v", err)
			}
		})
	}
}

func TestStateAfterReading(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	for text, want := range map[string]honne.FileState{
		april:                              honne.FileReady,
		"":                                 honne.FileUnread,
		"PK\x03\x04 no workbook":           honne.FileUnread,
		"\x00\x01\x02\x03\x04\x05\x06\x07": honne.FileUnread,
		april + strings.Repeat("2026/04/16,東和医療,青葉病院,A-100,カテーテル,1,9000\n", 5) + "2026/04/17,東和医療,青葉病院,A-100,カテーテル,1,see below\n": honne.FileToResolve,
		"部署,内線,担当\n営業一課,101,森\n営業二課,102,林\n経理課,103,谷\n":                                                                           honne.FileSetAside,
	} {
		id := b.take(t, "file.csv", text)
		r, err := b.Read(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.state(t, id); got != want {
			t.Errorf("%q is %s, want %s: %+v", text, got, want, r.Problems)
			continue
		}
		if want != honne.FileUnread && want != honne.FileSetAside {
			continue
		}
		if kept, err := b.Store.Reading(t.Context(), id); err != nil || want == honne.FileUnread && len(kept.Problems) == 0 {
			t.Errorf("%q: no problem is kept: %+v, %v", text, kept, err)
		}
		if err := b.Accept(t.Context(), 1, id); !errors.Is(err, honne.ErrConflict) {
			t.Errorf("%q is accepted: %v", text, err)
		}
	}
	if got := b.sales(t); len(got) != 0 {
		t.Errorf("something was accepted: %v", got)
	}
}

func TestWhatWasSaidOutlivesTheArrival(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	id, err := b.Take(t.Context(), Arrival{Distributor: b.distributor, Name: "data.csv", Kind: honne.Shipments, Currency: "USD",
		Bytes: strings.NewReader("日付,商品コード,数量,金額\n2026/04/03,A-100,2,200\n2026/04/04,A-200,3,300\n")})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		r, err := b.Read(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Parts) != 1 || r.Parts[0].Series != honne.Shipments || r.Parts[0].Currency != "USD" {
			t.Errorf("read as %+v", r.Parts)
		}
	}
	if f, err := b.Store.File(t.Context(), id); err != nil || f.From != honne.Ours {
		t.Errorf("our shipments are from %q, %v", f.From, err)
	}
}

func TestExcerptIsAsInTheFile(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	id := b.take(t, "sales.csv", april)
	if _, err := b.Read(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"E1:G2": "商品名,数量,売上金額|カテーテル,2,20000",
		"F3:H5": "5,45000,|,,|,,",
	} {
		var at honne.Address
		if err := at.Range.UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
		rows, err := b.Excerpt(t.Context(), id, at)
		var lines []string
		for _, row := range rows {
			lines = append(lines, strings.Join(row, ","))
		}
		if got := strings.Join(lines, "|"); err != nil || got != want {
			t.Errorf("%s is %q, %v; want %q", text, got, err, want)
		}
	}
	if _, err := b.Excerpt(t.Context(), id, honne.Address{}); !errors.Is(err, honne.ErrInvalid) {
		t.Errorf("no range: %v", err)
	}
	a1 := honne.Cell{Row: 1, Col: 1}
	if _, err := b.Excerpt(t.Context(), 99, honne.Address{Range: honne.Range{From: a1, To: a1}}); !errors.Is(err, honne.ErrNotFound) {
		t.Errorf("no file: %v", err)
	}
}
