package store_test

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
)

// killedIn names the variable that turns the test binary into an import that
// waits to be killed.
const killedIn = "HONNE_TEST_STAGE_IN"

func TestMain(m *testing.M) {
	if where := os.Getenv(killedIn); where != "" {
		if err := importYear(where, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const (
	killLines = 45_000
	markEvery = 3_000
	marks     = killLines/markEvery + 2 // and one each for staged and accepted
)

// importYear adds, stages and accepts a file, and writes a mark now and then.
func importYear(where string, progress io.Writer) error {
	ctx := context.Background()
	cfg := store.Config{Data: where, Now: honnetest.Clock()}
	if strings.HasPrefix(where, "postgres:") {
		cfg = store.Config{Database: where, Now: cfg.Now}
	}
	s, err := store.Open(ctx, cfg)
	if err != nil {
		return err
	}
	d, err := s.DistributorBySlug(ctx, "miyako-medical")
	if err != nil {
		return err
	}
	id, err := s.AddFile(ctx, honne.StoredFile{Distributor: d.ID, Path: "year.csv", SHA256: "year"})
	if err != nil {
		return err
	}
	_, err = s.Stage(ctx, id, yearOfSales(), func(yield func(honne.Line, error) bool) {
		for line, err := range manyLines(killLines) {
			if !yield(line, err) {
				return
			}
			if int(line.Row-1)%markEvery == 0 {
				fmt.Fprintln(progress, line.Row)
			}
		}
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(progress, "staged")
	if err := s.Accept(ctx, 1, id); err != nil {
		return err
	}
	fmt.Fprintln(progress, "accepted")
	return s.Close()
}

// R1 of the proof: an import that is killed at any point is there wholly or not
// at all, and the next one ends it without a hand.
func TestKilledImportIsAllOrNothing(t *testing.T) {
	whole := importAfterKills(t, honnetest.SQLite(t).Config, nil)
	if whole == "" {
		t.Fatal("the undisturbed import gave nothing")
	}
	r := rand.New(rand.NewPCG(honnetest.Seed(), 2))
	for _, db := range honnetest.Databases(t) {
		var kills []int
		for range 3 {
			kills = append(kills, r.IntN(marks+1))
		}
		if got := importAfterKills(t, db.Config, kills); got != whole {
			t.Errorf("%s, seed %d, killed after %v marks: the figures differ from an undisturbed import", db.Name, honnetest.Seed(), kills)
		}
	}
}

// importAfterKills runs one import after another, each killed after so many
// marks, then one that may end, and returns the figures.
func importAfterKills(t *testing.T, cfg store.Config, kills []int) string {
	l := open(t, cfg)
	l.must(l.Close())
	accepted := false
	for _, after := range kills {
		if accepted {
			break
		}
		runImport(t, cmp.Or(cfg.Database, cfg.Data), after)
		figures, lines := figuresOf(t, cfg)
		if accepted = figures != ""; accepted && lines != killLines {
			t.Fatalf("killed after %d marks: figures of %d of %d lines are visible", after, lines, killLines)
		}
	}
	if !accepted {
		runImport(t, cmp.Or(cfg.Database, cfg.Data), marks+1)
	}
	figures, lines := figuresOf(t, cfg)
	if lines != killLines {
		t.Errorf("%d lines are stored, the file has %d", lines, killLines)
	}
	return figures
}

func runImport(t *testing.T, where string, killAfter int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env, cmd.Stderr = append(os.Environ(), killedIn+"="+where), os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 0; n < killAfter && lines.Scan(); n++ {
	}
	if killAfter <= marks {
		_ = cmd.Process.Kill()
	}
	if err := cmd.Wait(); err != nil && killAfter > marks {
		t.Fatal(err)
	}
}

// figuresOf opens the ledger as a restart does, and verifies it.
func figuresOf(t *testing.T, cfg store.Config) (string, int) {
	t.Helper()
	ctx := context.Background()
	s, err := store.Open(ctx, cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Verify(ctx); err != nil {
		t.Fatal(err)
	}
	rec, err := s.Record(ctx, 1, honne.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	lines, err := s.StoredLines(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if len(rec.Facts) == 0 {
		return "", len(lines)
	}
	f := rec.Series(honne.Sales)
	return text(t, []any{f.Month, f.Product, f.Quantity, f.Amount, rec.Products, rec.ByAccount, rec.Accounts, rec.Days}), len(lines)
}
