package job

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
)

// TestReadingSurvivesItsProcess kills a process while it stages a file. The
// next one finishes the file.
func TestReadingSurvivesItsProcess(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "vault")
			b := open(t, db.Config, dir)
			d, err := b.Store.AddDistributor(t.Context(), honne.Profile{Name: "Kamogawa Medical", Currency: "JPY"}, false)
			if err != nil {
				t.Fatal(err)
			}
			b.distributor = d.ID
			id := b.take(t, "large.csv", large())
			if err := b.queue.EnqueueRead(t.Context(), id); err != nil {
				t.Fatal(err)
			}
			if err := b.Store.Close(); err != nil {
				t.Fatal(err)
			}

			killHalfWay(t, db.Config, dir, id)

			b = open(t, db.Config, dir)
			defer b.Store.Close()
			b.distributor = d.ID
			if got := b.state(t, id); got != honne.FileReading {
				t.Errorf("after the kill the file is %s", got)
			}
			ended, stop := b.start(t)
			defer stop()
			if e := ended("read_file"); e.Job.Attempt != 2 || b.state(t, id) != honne.FileReady {
				t.Fatalf("attempt %d, the file is %s: %+v", e.Job.Attempt, b.state(t, id), e.Job.Errors)
			}
			if err := b.Accept(t.Context(), 1, id); err != nil {
				t.Fatal(err)
			}
			if got := b.sales(t); len(got) != 1 || got[0] != largeRows*10 {
				t.Errorf("sales are %v", got)
			}
			if err := b.Store.RollupsEqualRebuild(t.Context(), d.ID); err != nil {
				t.Error(err)
			}
		})
	}
}

// largeRows are more than one transaction writes.
const largeRows = 200_000

func large() string {
	var text strings.Builder
	text.WriteString("売上日,得意先名,商品コード,商品名,数量,売上金額\n")
	for i := range largeRows {
		fmt.Fprintf(&text, "2026/04/%02d,東和医療,A-%03d,カテーテル,1,10\n", 1+i%28, i%50)
	}
	return text.String()
}

// killHalfWay runs TestVictim in a process of its own and kills it once it says
// that it is half-way.
func killHalfWay(t *testing.T, cfg store.Config, vaultDir string, id honne.FileID) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestVictim$", "-test.v")
	cmd.Env = append(os.Environ(), "VICTIM_DATA="+cfg.Data, "VICTIM_DATABASE="+cfg.Database, "VICTIM_VAULT="+vaultDir,
		"VICTIM_FILE="+strconv.Itoa(int(id)))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said, scan := false, bufio.NewScanner(out)
	for !said && scan.Scan() {
		said = strings.Contains(scan.Text(), halfWay)
	}
	if err := cmd.Process.Kill(); err != nil || !said {
		t.Fatalf("the victim ended by itself: %v", err)
	}
	_ = cmd.Wait() // it was killed
}

const halfWay = "half-way"

// TestVictim is no test of its own: it reads a file until some lines are
// written, and then stands still, because it holds the file's row itself.
func TestVictim(t *testing.T) {
	id, err := strconv.Atoi(os.Getenv("VICTIM_FILE"))
	if err != nil {
		return
	}
	cfg := store.Config{Data: os.Getenv("VICTIM_DATA"), Database: os.Getenv("VICTIM_DATABASE")}
	b := open(t, cfg, os.Getenv("VICTIM_VAULT"))
	b.start(t)
	b.holdHalfWay(t, honne.FileID(id))
	fmt.Println(halfWay)
	<-make(chan struct{})
}

// holdHalfWay takes the row that every step of staging needs, and keeps it once
// some but not all is written, until release is called.
func (b *bench) holdHalfWay(t *testing.T, id honne.FileID) (release func() error) {
	t.Helper()
	for b.state(t, id) == honne.FileReading {
		tx, err := b.Store.DB().BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.ExecContext(t.Context(), `UPDATE file SET attempt = attempt WHERE id = $1`, int64(id)); err != nil {
			t.Fatal(err)
		}
		var staging int
		if err := tx.QueryRowContext(t.Context(), `SELECT count(*) FROM submission WHERE file_id = $1 AND state = 'staging'
			AND EXISTS (SELECT 1 FROM line_block WHERE submission_id = submission.id)`, int64(id)).Scan(&staging); err != nil {
			t.Fatal(err)
		}
		if staging > 0 {
			return tx.Rollback
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatal("the file was read at once")
	return nil
}
