package store_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"honne/internal/honnetest"
	"honne/internal/store"
)

// ledger.v4.sql is the whole of a ledger that the program of version 4 wrote:
// files in force, taken back, and waiting, with every column of a line in use.
// Submission 20 is half written; manyMore makes its lines more than a block holds.
const manyMore = `INSERT INTO line (distributor_id, submission_id, n, table_n, row_n, period_from, period_to, day, product_id, lot_id, quantity, amount)
	WITH RECURSIVE counted(n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM counted WHERE n < 45000)
	SELECT 1, 20, n, n / 30000, n % 30000 + 2, 739433, 739463, 739433 + n % 31, n % 7, n, 1000 * (n % 11 - 3),
		CASE WHEN n % 13 = 0 THEN NULL ELSE (n % 17 - 8) * 1000000007 END FROM counted`

// olderLedger fills a database as version 4 left it, and returns its lines.
func olderLedger(t *testing.T, db honnetest.DB, more ...string) []string {
	t.Helper()
	s, err := store.OpenAt(t.Context(), db.Config, 4)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	dump, err := os.ReadFile("testdata/ledger.v4.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range append(strings.SplitAfter(string(dump), ";\n"), more...) {
		if _, err := s.DB().ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	lines, err := s.UnpackedLines(t.Context())
	if err != nil || len(lines) < 150 {
		t.Fatalf("%d lines of version 4, %v", len(lines), err)
	}
	return lines
}

func TestLinesOfVersion4ArePacked(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			before := olderLedger(t, db, manyMore)
			s, err := store.Open(t.Context(), db.Config)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			after, err := s.StoredLines(t.Context())
			if err != nil || !slices.Equal(before, after) {
				t.Errorf("%d lines before, %d after, %v", len(before), len(after), err)
			}
			if err := s.Verify(t.Context()); err != nil {
				t.Error(err)
			}
			var blocks, old int
			err = s.DB().QueryRowContext(t.Context(), `SELECT count(*) FROM line_block WHERE submission_id = 20`).Scan(&blocks)
			if err != nil || blocks != 5 {
				t.Errorf("%d blocks of 45,000 lines, %v", blocks, err)
			}
			if err := s.DB().QueryRowContext(t.Context(), `SELECT count(*) FROM line`).Scan(&old); err == nil {
				t.Error("the table line is still there")
			}
		})
	}
}

// The step sums lines anew, and must not make good what was altered before it.
func TestLinesAlteredBeforeAreStillFound(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			olderLedger(t, db, `UPDATE line SET row_n = row_n + 1 WHERE submission_id = 2 AND n = 3`)
			s, err := store.Open(t.Context(), db.Config)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if err := fmt.Sprint(s.Verify(t.Context())); !strings.Contains(err, "submission 2: differs") || strings.Count(err, "\n") > 0 {
				t.Errorf("verify: %s", err)
			}
		})
	}
}
