package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"honne"
)

// TestKilledImport kills `honne import` at three points, drawn between its
// start and its usual end: the record then holds all of the file or nothing,
// and the same command ends the work.
func TestKilledImport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "売上_202504.csv")
	const lines = 6000
	var text strings.Builder
	text.WriteString("得意先名,品番,数量,売上金額\n")
	for i := range lines {
		fmt.Fprintf(&text, "青葉病院,NS-%d,1,%d\n", i%20, 1000+i)
	}
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	importing := func(ctx context.Context, data string) error {
		return exec.CommandContext(ctx, "honne", "import", "--data", data, "--distributor", "Miyako", "--received", "2025-05-14", "--accept", path).Run()
	}
	began, undisturbed := time.Now(), t.TempDir()
	if err := importing(t.Context(), undisturbed); err != nil {
		t.Fatal(err)
	}
	usual, whole := time.Since(began), salesIn(t, undisturbed)
	if whole == 0 {
		t.Fatal("the undisturbed import gave nothing")
	}
	seed := uint64(26)
	r, data := rand.New(rand.NewPCG(seed, 0)), t.TempDir()
	for range 3 {
		after := time.Duration(r.Int64N(int64(usual)))
		ctx, cancel := context.WithTimeout(t.Context(), after)
		_ = importing(ctx, data) // killed, or at its end already
		cancel()
		if got := salesIn(t, data); got != 0 && got != whole {
			t.Fatalf("seed %d, killed after %s: sales of %d, all or nothing is %d", seed, after, got, whole)
		}
	}
	if err := importing(t.Context(), data); err != nil {
		t.Fatal(err)
	}
	if got := salesIn(t, data); got != whole {
		t.Errorf("sales of %d after the kills, %d without", got, whole)
	}
}

// salesIn returns the sales of Miyako in a data folder, 0 when there are none,
// and verifies the ledger.
func salesIn(t *testing.T, data string) (sum int64) {
	t.Helper()
	e, _ := testEnv(t)
	a, err := where{Data: data}.open(e, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	if err := a.store.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	d, err := a.store.DistributorByName(t.Context(), "Miyako")
	if errors.Is(err, honne.ErrNotFound) {
		return 0
	}
	record, err := a.store.Record(t.Context(), d.ID, honne.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range record.Series(honne.Sales).Monthly() {
		sum += m.Amount.N
	}
	return sum
}
