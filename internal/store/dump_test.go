package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
)

// dumped is a whole dump in memory.
type dumped struct {
	store.Dumped
	tables map[string]*bytes.Buffer
}

func dump(t *testing.T, s *store.Store) dumped {
	t.Helper()
	d := dumped{tables: map[string]*bytes.Buffer{}}
	var err error
	d.Dumped, err = s.Dump(t.Context(), func(table string) (io.Writer, error) {
		d.tables[table] = &bytes.Buffer{}
		return d.tables[table], nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (d dumped) load(t *testing.T, cfg store.Config) (*store.Store, error) {
	s, err := store.Load(t.Context(), cfg, d.Dumped, slices.Sorted(maps.Keys(d.tables)), func(name string) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(d.tables[name].Bytes())), nil
	})
	if err == nil {
		t.Cleanup(func() { _ = s.Close() })
	}
	return s, err
}

// everything fills a ledger with something of most kinds.
func everything(t *testing.T, l *ledger) {
	l.accept(sales("a.csv", before, july, 1, 2, 3))
	l.accept(sales("b.csv", after, july, 4, 5))
	_, err := l.AddUser(l.ctx, store.User{Name: "京 <&>", Email: "k@example.com", Role: "director", Admin: true, PasswordHash: "h", Language: "ja"})
	l.must(err)
	l.must(l.AddVoiceKey(l.ctx, store.VoiceKey{Audit: 1, Owner: 1, Recipient: "age1public", Wrapped: "WRAPPED-IDENTITY", Forget: 400}))
	l.must(l.LendKey(l.ctx, store.LentKey{TokenHash: "t", Audit: 1, Owner: 1, Sealed: "LENT-IDENTITY", Ends: before.At(9, 0)}))
	_, err = l.AddVoice(l.ctx, store.Voice{Distributor: l.d, Audit: 1, Owner: 1, Text: "SEALED", Readings: "R"})
	l.must(err)
	_, err = store.Enter(l.ctx, l.Store, honne.Entry[honne.Fact]{Distributor: l.d, Body: honne.Fact{Kind: "x", On: before}})
	l.must(err)
	noted(l, 40)
}

// A dump of either database fills either database, and is dumped again byte for
// byte.
func TestDumpAndLoadOnBoth(t *testing.T) {
	for i, from := range honnetest.Databases(t) {
		for j, to := range honnetest.Databases(t) {
			t.Run(from.Name+" to "+to.Name, func(t *testing.T) {
				from := from
				if j > 0 {
					from = honnetest.Databases(t)[i]
				}
				l := open(t, from.Config)
				everything(t, l)
				d := dump(t, l.Store)
				s, err := d.load(t, to.Config)
				l.must(err)
				l.must(s.CheckHistory(l.ctx, d.Head))
				l.must(s.Verify(l.ctx))
				again := dump(t, s)
				for name, rows := range d.tables {
					if !bytes.Equal(rows.Bytes(), again.tables[name].Bytes()) {
						t.Errorf("%s:\n%s\nagain\n%s", name, rows, again.tables[name])
					}
				}
				if rec, err := s.Record(l.ctx, l.d, honne.AsOf{Known: after + 1}); err != nil || text(t, rec) != text(t, l.record(after+1)) {
					t.Errorf("the record is another, %v", err)
				}
				if _, err := d.load(t, to.Config); !errors.Is(err, store.ErrNotEmpty) {
					t.Errorf("loaded twice: %v", err)
				}
			})
		}
	}
}

// No key of a voice is in a dump in any form that opens something; its public
// half and its last day are.
func TestDumpHoldsNoKey(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		everything(t, l)
		d := dump(t, l.Store)
		for name, rows := range d.tables {
			for _, secret := range []string{"WRAPPED-IDENTITY", "LENT-IDENTITY"} {
				if strings.Contains(rows.String(), secret) {
					t.Errorf("%s holds %s", name, secret)
				}
			}
		}
		if got := d.tables["voice_key"].String(); !strings.Contains(got, `"age1public","",400`) {
			t.Errorf("voice_key: %s", got)
		}
		if !strings.Contains(d.tables["voice"].String(), "SEALED") {
			t.Error("what was said is not there, sealed")
		}
	})
}

// Every table is either in a backup or left out on purpose: a new one is decided
// in dump.go.
func TestEveryTableIsDecided(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		all, err := l.Tables(l.ctx)
		l.must(err)
		if got := store.DecidedTables(); !slices.Equal(got, all) {
			t.Errorf("decided in dump.go:\n%v\nin the database:\n%v", got, all)
		}
	})
}

func TestLoadRefuses(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		everything(t, l)
		for name, change := range map[string]func(*dumped){
			"a later schema":      func(d *dumped) { d.Version++ },
			"a table too few":     func(d *dumped) { delete(d.tables, "file") },
			"a table of sessions": func(d *dumped) { d.tables["session"] = bytes.NewBufferString("[]") },
			"a column of SQL":     func(d *dumped) { d.tables["setting"] = bytes.NewBufferString(`["key","value) SELECT 1; --"]`) },
			"another history":     func(d *dumped) { d.Head.N-- },
			"half a row":          func(d *dumped) { d.tables["setting"] = bytes.NewBufferString("[\"key\",\"value\"]\n[\"a\"]") },
			"half a table":        func(d *dumped) { b := d.tables["event"]; b.Truncate(b.Len() / 2) },
		} {
			d := dump(t, l.Store)
			change(&d)
			cfg := honnetest.SQLite(t).Config
			if l.Dialect() == "postgres" {
				cfg = honnetest.Postgres(t).Config
			}
			if _, err := d.load(t, cfg); err == nil {
				t.Errorf("%s: loaded", name)
			}
			// What was refused left nothing behind: the whole dump still fits.
			whole := dump(t, l.Store)
			if _, err := whole.load(t, cfg); err != nil {
				t.Errorf("after %s: %v", name, err)
			}
		}
	})
}

// A dump of a version that still held roll-ups as rows is filled in at that
// version, and goes through the steps after it.
func TestLoadOfAnOlderVersion(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		d := dump(t, l.Store)
		d.Version = 13
		delete(d.tables, "rollup")
		delete(d.tables, "name")    // whose rows have a column more today
		delete(d.tables, "message") // and these
		const cell = `["distributor_id","submission_id","period_from","period_to","%s","quantity","amount"%s]` + "\n"
		d.tables["rollup_product"] = bytes.NewBufferString(fmt.Sprintf(cell, "product_id", `,"reason_id"`) + "[1,9,739433,739463,5,1000,null,0]\n")
		d.tables["rollup_account"] = bytes.NewBufferString(fmt.Sprintf(cell, "account_id", ""))
		d.tables["day_total"] = bytes.NewBufferString(fmt.Sprintf(cell, "day", ""))
		cfg := honnetest.SQLite(t).Config
		if l.Dialect() == "postgres" {
			cfg = honnetest.Postgres(t).Config
		}
		s, err := d.load(t, cfg)
		l.must(err)
		var body []byte
		l.must(s.DB().QueryRowContext(l.ctx, `SELECT body FROM rollup WHERE submission_id = 9`).Scan(&body))
		if want := []byte{5, 0xd1, 0x0f, 0, 0}; !bytes.Equal(body, want) {
			t.Errorf("packed as %x, want %x", body, want)
		}
	})
}
