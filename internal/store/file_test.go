package store_test

import (
	"errors"
	"slices"
	"testing"

	"honne"
)

func TestTheSameBytesAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		add := func(path, sum string, r honne.Receipt) (honne.FileID, error) {
			return l.AddFile(l.ctx, honne.StoredFile{Distributor: l.d, Path: path, SHA256: sum, Receipt: r})
		}
		by := func(b honne.Basis, d honne.Date) honne.Receipt { return honne.Receipt{At: d.At(9, 0), Basis: b} }
		accept := func(id honne.FileID, amounts ...int64) {
			r := sales("", before, july, amounts...)
			_, err := l.Stage(l.ctx, id, r.parts, each(r.lines))
			l.must(err)
			l.must(l.Accept(l.ctx, 1, id))
		}
		first, err := add("売上.csv", "one", by(honne.ByName, between))
		l.must(err)
		if again, err := add("売上 (1).csv", "one", by(honne.ByLoad, after)); err != nil || again != first {
			t.Fatalf("pending bytes: file %d, %v, want %d", again, err, first)
		}
		accept(first, 100)
		refuse := func(r honne.Receipt, want honne.Receipt) {
			t.Helper()
			_, err := add("copy.csv", "one", r)
			var dup *honne.Duplicate
			if !errors.As(err, &dup) || dup.Of != first || !errors.Is(err, honne.ErrConflict) {
				t.Fatalf("bytes in force: %v", err)
			}
			if f, err := l.File(l.ctx, first); err != nil || f.Receipt.Basis != want.Basis || !f.Receipt.At.Equal(want.At) {
				t.Errorf("the receipt is %v, %v, want %v", f.Receipt, err, want)
			}
		}
		refuse(by(honne.ByLoad, before), by(honne.ByName, between))
		refuse(by(honne.ByMessage, after), by(honne.ByMessage, after))
		refuse(by(honne.Stated, before), by(honne.Stated, before))
		refuse(by(honne.ByMessage, between), by(honne.Stated, before))

		second, err := add("訂正.csv", "two", by(honne.ByMessage, after))
		l.must(err)
		accept(second, 80)
		back, err := add("もとに.csv", "one", by(honne.ByMessage, after+9))
		if err != nil || back == first {
			t.Fatalf("bytes of an older version: file %d, %v", back, err)
		}
		accept(back, 100)
		if got := monthly(l.record(0), july); got.N != 100 {
			t.Errorf("the partner went back to 100, the ledger says %v", got)
		}
		l.must(l.Undo(l.ctx, 1, back))
		if once, err := add("もとに.csv", "one", by(honne.ByMessage, after+9)); err != nil || once == back || once == first {
			t.Errorf("bytes that were undone: file %d, %v", once, err)
		}
	})
}

func TestFileStates(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		id := l.stage(sales("a.csv", before, july, 1))
		l.must(l.SetFileState(l.ctx, id, honne.FileReady))
		if err := l.SetFileState(l.ctx, id, honne.FileAccepted); !errors.Is(err, honne.ErrConflict) {
			t.Errorf("accepted by hand: %v", err)
		}
		if err := l.SetFileState(l.ctx, 99, honne.FileReady); !errors.Is(err, honne.ErrNotFound) {
			t.Errorf("no such file: %v", err)
		}
		l.must(l.Accept(l.ctx, 7, id))
		files, err := l.Files(l.ctx, 0)
		l.must(err)
		if f := files[0]; len(files) != 1 || f.State != honne.FileAccepted || f.AcceptedBy != 7 || f.Lines != 1 || f.Accepted.IsZero() {
			t.Errorf("files: %s", text(t, files))
		}
		if none, err := l.Files(l.ctx, l.d+1); err != nil || len(none) != 0 {
			t.Errorf("files of another: %v %v", none, err)
		}
	})
}

func TestReadingAndMemory(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		id := l.stage(sales("a.csv", before, july, 1))
		reading := honne.Reading{File: "a.csv", Format: honne.CSV, Tables: []honne.Table{{Sheet: "売上", Kind: honne.Sales, Title: []string{"単位:千円"}}},
			Problems: []honne.Problem{{Severity: honne.SevWarning, Count: 2}, {Severity: honne.SevNote}}}
		for range 2 {
			l.must(l.SaveReading(l.ctx, id, reading))
		}
		got, err := l.Reading(l.ctx, id)
		l.must(err)
		if text(t, got) != text(t, reading) {
			t.Errorf("got %s, want %s", text(t, got), text(t, reading))
		}
		if f, err := l.File(l.ctx, id); err != nil || f.Problems != 3 || f.Format != honne.CSV {
			t.Errorf("%d problems, %s, %v", f.Problems, f.Format, err)
		}
		l.must(l.SaveColumns(l.ctx, l.d, map[string]honne.Meaning{"金額": honne.MAmount, "数": honne.MAmount}))
		l.must(l.SaveColumns(l.ctx, l.d, map[string]honne.Meaning{"数": honne.MQuantity}))
		memory, err := l.Memory(l.ctx, l.d)
		if err != nil || len(memory.Columns) != 2 || memory.Columns["数"] != honne.MQuantity {
			t.Errorf("memory %v, %v", memory, err)
		}
	})
}

func TestDistributors(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		var slugs []string
		for _, p := range []honne.Profile{{Name: "Miyako  Medical (K.K.)"}, {Name: "大和メディカル"}, {Name: "Miyako Medical", NameJA: "都"}} {
			d, err := l.AddDistributor(l.ctx, p, true)
			l.must(err)
			slugs = append(slugs, d.Slug)
		}
		if want := []string{"miyako-medical-k-k", "partner-3", "miyako-medical-2"}; !slices.Equal(slugs, want) {
			t.Errorf("slugs %v, want %v", slugs, want)
		}
		d, err := l.DistributorByName(l.ctx, "都")
		if err != nil || d.Slug != "miyako-medical-2" || !d.Sample {
			t.Errorf("by name: %v, %v", d, err)
		}
		l.must(l.SetProfile(l.ctx, d.ID, honne.Profile{Name: "New", FiscalYearStarts: 10}))
		if d, err := l.DistributorBySlug(l.ctx, "miyako-medical-2"); err != nil || d.Profile.FiscalStart() != 10 {
			t.Errorf("profile %v, %v", d, err)
		}
		if _, err := l.Record(l.ctx, 99, honne.AsOf{}); !errors.Is(err, honne.ErrNotFound) {
			t.Errorf("record of nobody: %v", err)
		}
		sample := &ledger{l.Store, t, l.ctx, d.ID}
		l.accept(sales("kept.csv", before, july, 1))
		sample.accept(sales("a.csv", before, july, 1))
		sample.accept(sales("b.csv", after, july, 2))
		l.must(l.SaveColumns(l.ctx, d.ID, map[string]honne.Meaning{"数": honne.MQuantity}))
		l.must(l.SaveForm(l.ctx, d.ID, "f", honne.Form{Unused: true}))
		l.must(l.Decide(l.ctx, 1, sample.stage(sales("c.csv", after, july, 3)), 0, honne.Decisions{Left: []string{"x"}}))
		l.must(l.RemoveSamples(l.ctx))
		if left := rowsOf(t, l, int64(d.ID)); left != 0 {
			t.Errorf("%d rows are left of the sample", left)
		}
		if all, err := l.Distributors(l.ctx); err != nil || len(all) != 1 || monthly(l.record(0), july).N != 1 {
			t.Errorf("left: %v, %v", all, err)
		}
	})
}

// rowsOf counts the rows of a distributor in every table that has them.
func rowsOf(t *testing.T, l *ledger, d int64) (n int) {
	t.Helper()
	for _, table := range []string{"line_block", "name", "submission", "submission_period", "rollup",
		"compared", "change", "memory", "form", "form_file", "file", "listed", "listed_entry", "taken", "entry", "ruling", "message", "message_text"} {
		var here int
		l.must(l.DB().QueryRowContext(l.ctx, `SELECT count(*) FROM `+table+` WHERE distributor_id = $1`, d).Scan(&here))
		n += here
	}
	for _, table := range []string{"reading", "receipt", "decision"} {
		var here int
		l.must(l.DB().QueryRowContext(l.ctx, `SELECT count(*) FROM `+table+` WHERE file_id NOT IN (SELECT id FROM file)`).Scan(&here))
		n += here
	}
	return n
}
