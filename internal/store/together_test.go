package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"honne"
	"honne/internal/store"
)

func TestReadersSeeOldOrNewWhileAFileIsStaged(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		l.accept(sales("first.csv", before, july, 1))
		id, err := l.AddFile(l.ctx, honne.StoredFile{Distributor: l.d, Path: "year.csv", SHA256: "y",
			Receipt: honne.Receipt{At: after.At(9, 0), Basis: honne.Stated}})
		l.must(err)
		old := text(t, l.record(after+1))
		reads := 0
		_, err = l.Stage(l.ctx, id, yearOfSales(), func(yield func(honne.Line, error) bool) {
			for line, err := range manyLines(45_000) {
				if line.Row%9_000 == 0 {
					reads++
					if got := text(t, l.record(after+1)); got != old {
						t.Errorf("at row %d a reader sees what is staged", line.Row)
					}
				}
				if !yield(line, err) {
					return
				}
			}
		})
		l.must(err)
		l.must(l.Accept(l.ctx, 1, id))
		if text(t, l.record(after+1)) == old || reads != 5 {
			t.Errorf("%d reads; the file is accepted and nobody sees it", reads)
		}
		l.must(l.Verify(l.ctx))
	})
}

// Several imports of one distributor number the same names at once.
func TestImportsSideBySide(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		var wg sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			wg.Go(func() {
				r := sales(fmt.Sprint(i, ".csv"), before+honne.Date(i), july+honne.Month(i), 1, 2, 3)
				id, err := l.AddFile(l.ctx, honne.StoredFile{Distributor: l.d, Path: r.path, SHA256: r.path})
				if err == nil {
					_, err = l.Stage(l.ctx, id, r.parts, each(r.lines))
				}
				if err == nil {
					err = l.Accept(l.ctx, 1, id)
				}
				errs[i] = err
			})
		}
		wg.Wait()
		l.must(errors.Join(errs...))
		rec := l.record(0)
		if len(rec.Products) != 3 || len(rec.Facts[0].Month) != 18 {
			t.Errorf("record %s", text(t, rec))
		}
		var names int
		l.must(l.DB().QueryRowContext(l.ctx, `SELECT count(*) FROM name`).Scan(&names))
		if names != 3 {
			t.Errorf("3 products have %d names", names)
		}
	})
}

// Two workers stage one file: the later attempt fences the earlier one off.
func TestALaterAttemptTakesOver(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		r := sales("a.csv", before, july, 1, 2)
		id, err := l.AddFile(l.ctx, honne.StoredFile{Distributor: l.d, Path: r.path, SHA256: r.path})
		l.must(err)
		_, err = l.Stage(l.ctx, id, r.parts, func(yield func(honne.Line, error) bool) {
			if _, err := l.Stage(l.ctx, id, r.parts, each(r.lines)); err != nil {
				t.Error(err)
			}
			yield(r.lines[0], nil)
		})
		if !errors.Is(err, honne.ErrConflict) {
			t.Errorf("the earlier attempt: %v", err)
		}
		l.must(l.Accept(l.ctx, 1, id))
		if got := monthly(l.record(0), july); got.N != 3 {
			t.Errorf("July is %v", got)
		}
		l.must(l.Verify(l.ctx))
	})
}

func TestVerifyFindsWhatWasAltered(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		r := siteSales("a.csv", before)
		l.accept(r)
		r.path, r.received, r.lines[0].Amount = "b.csv", after, honne.Known(1)
		l.accept(r)
		l.must(l.Verify(l.ctx))
		for _, tamper := range []string{
			`UPDATE submission_period SET amount = amount %s 1 WHERE submission_id = 2`,
			`UPDATE change SET amount_before = amount_before %s 1`,
			`UPDATE name SET disclosure = disclosure %s 1 WHERE kind = 2`,
		} {
			_, err := l.DB().ExecContext(l.ctx, fmt.Sprintf(tamper, "+"))
			l.must(err)
			if l.Verify(l.ctx) == nil {
				t.Errorf("not found: %s", tamper)
			}
			_, err = l.DB().ExecContext(l.ctx, fmt.Sprintf(tamper, "-"))
			l.must(err)
		}
		l.must(l.Verify(l.ctx))
	})
}

// What people entered for the whole house is altered by nobody unnoticed, nor is a
// version taken away.
func TestVerifyFindsAlteredEntries(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		house, err := store.Enter(l.ctx, l.Store, honne.Entry[honne.Readiness]{Body: honne.Readiness{Question: "H1a", Score: 3, On: before}})
		l.must(err)
		_, err = store.Enter(l.ctx, l.Store, house)
		l.must(err)
		l.must(l.Verify(l.ctx))
		for _, c := range [][2]string{
			{`UPDATE entry SET entered_by = 9 WHERE n = 2`, "version 2 differs"},
			{`DELETE FROM entry WHERE n = 1`, "version 1 is missing"},
		} {
			_, err := l.DB().ExecContext(l.ctx, c[0])
			l.must(err)
			if err := l.Verify(l.ctx); err == nil || !strings.Contains(err.Error(), c[1]) {
				t.Errorf("%s: %v", c[0], err)
			}
			_, err = l.DB().ExecContext(l.ctx, `UPDATE entry SET entered_by = 0 WHERE n = 2`)
			l.must(err)
		}
	})
}

// R5 of the proof: no bit of the lines and of the roll-ups can be altered
// unnoticed, nor a block be cut off or lost.
func TestVerifyFindsAlteredBlocks(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		l.accept(siteSales("a.csv", before))
		l.findsDamage("line_block WHERE")
		for kind := range 3 {
			l.findsDamage(fmt.Sprintf("rollup WHERE period_from = (SELECT min(period_from) FROM rollup) AND kind = %d AND", kind+1))
		}
	})
}

// findsDamage damages the body of a block in many ways, one after another.
func (l *ledger) findsDamage(block string) {
	l.t.Helper()
	table, where, _ := strings.Cut(block, " ")
	where += " submission_id = 1"
	var body []byte
	l.must(l.DB().QueryRowContext(l.ctx, `SELECT body FROM `+table+` `+where).Scan(&body))
	damaged := [][]byte{{}, body[:len(body)-1], body[:len(body)/2], append(bytes.Clone(body), 0)}
	for i := 0; i < 8*len(body); i += 11 {
		b := bytes.Clone(body)
		b[i/8] ^= 1 << (i % 8)
		damaged = append(damaged, b)
	}
	write := func(b []byte) {
		_, err := l.DB().ExecContext(l.ctx, `UPDATE `+table+` SET body = $1 `+where, b)
		l.must(err)
	}
	for i, b := range damaged {
		if write(b); l.Verify(l.ctx) == nil {
			l.t.Errorf("%s: damage %d was not found", block, i)
		}
	}
	write(body)
	l.must(l.Verify(l.ctx))
}
