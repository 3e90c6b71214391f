package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
	"honne/internal/web"
)

// ran runs a command line in this process.
func ran(t *testing.T, args ...string) (out string, status int) {
	t.Helper()
	var buf bytes.Buffer
	status = run(t.Context(), args, strings.NewReader(""), &buf, &buf)
	return buf.String(), status
}

// on names the database of a command line.
func (w where) on(name string, args ...string) []string {
	args = append([]string{name, "--data", w.Data}, args...)
	if w.Database != "" {
		args = append(args, "--database", w.Database)
	}
	return args
}

// emptyOn is where nothing is yet, on a database of that kind.
func emptyOn(t *testing.T, database string) where {
	w := where{Data: filepath.Join(honnetest.SQLite(t).Config.Data, "data")}
	if database == "postgres" {
		w.Database = honnetest.Postgres(t).Config.Database
	}
	return w
}

// TestBackupWhileServing makes backups of a server that takes, reads and accepts
// files all the while, and restores each into both kinds of database: every one
// verifies, holds the original of every file it names, and none of it is half.
func TestBackupWhileServing(t *testing.T) {
	for _, database := range []string{"sqlite", "postgres"} {
		t.Run(database, func(t *testing.T) {
			w := emptyOn(t, database)
			e, err := newEnv(t.Context(), nil, &bytes.Buffer{}, &bytes.Buffer{})
			if err != nil {
				t.Fatal(err)
			}
			s, err := newServer(e, w, "")
			if err != nil {
				t.Fatal(err)
			}
			stop := writing(t, s)
			for i := range 2 {
				file := filepath.Join(t.TempDir(), "house.zip")
				if out, status := ran(t, w.on("backup", file)...); status != exitDone {
					t.Fatalf("backup: %d, %s", status, out)
				}
				restoredOnBoth(t, file, fmt.Sprint("backup ", i))
			}
			head, err := s.app.store.Head(t.Context())
			if out, status := ran(t, w.on("verify", "--head", head.String())...); err != nil || status != exitDone {
				t.Errorf("verify while serving: %d, %s, %v", status, out, err)
			}
			if taken := stop(); taken < 2 {
				t.Errorf("the server took %d files meanwhile", taken)
			}
			if err := s.close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// writing has a server take and accept files until it is stopped.
func writing(t *testing.T, s *server) (stop func() (taken int)) {
	d, err := s.app.store.AddDistributor(t.Context(), honne.Profile{Name: "Miyako"}, false)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var all sync.WaitGroup
	n := 0
	all.Go(func() {
		for ; ctx.Err() == nil; n++ {
			body := fmt.Sprintf("得意先名,品番,数量,金額（千円）\n青葉病院,NS-1,%d,\"1,250\"\n緑クリニック,NS-2,3,310\n", n+1)
			_, err := s.receive(context.WithoutCancel(ctx), web.Upload{Distributor: d.ID, Name: fmt.Sprintf("売上_20%02d%02d.csv", 10+n/12%20, n%12+1), Bytes: strings.NewReader(body)})
			_, noted := s.app.store.Note(context.WithoutCancel(ctx), store.Trace{Verb: store.Saw, Object: fmt.Sprint("/files/", n)})
			if err = errors.Join(err, noted); err != nil {
				t.Error(err)
				return
			}
			files, err := s.app.store.Files(context.WithoutCancel(ctx), d.ID)
			for _, f := range files {
				if err == nil && f.State == honne.FileReady {
					err = s.app.works.Accept(context.WithoutCancel(ctx), 1, f.ID)
				}
			}
			if err != nil {
				t.Error(err)
			}
		}
	})
	stop = func() int {
		cancel()
		all.Wait()
		return n
	}
	t.Cleanup(func() { stop() }) // also where the test ends early: the writer must not outlive it
	return stop
}

func restoredOnBoth(t *testing.T, file, what string) {
	for _, database := range []string{"sqlite", "postgres"} {
		to := emptyOn(t, database)
		out, status := ran(t, to.on("restore", file)...)
		if status != exitDone {
			t.Fatalf("%s into %s: %d, %s", what, database, status, out)
		}
		_, head, _ := strings.Cut(out, "head of the history: ")
		head, _, _ = strings.Cut(head, "\n")
		if out, status := ran(t, to.on("verify", "--head", head)...); status != exitDone {
			t.Errorf("%s into %s, verify --head %s: %d, %s", what, database, head, status, out)
		}
	}
}

// TestProofKilledBackup kills `honne backup` and `honne restore` with SIGKILL at
// points drawn between their start and their usual end: a backup is there whole
// or not at all, a restored database too, and the same command again ends the
// work.
func TestProofKilledBackup(t *testing.T) {
	kills := 3
	if honnetest.Long() {
		kills = 60
	}
	r := rand.New(rand.NewPCG(honnetest.Seed(), 27))
	for _, database := range []string{"sqlite", "postgres"} {
		t.Run(database, func(t *testing.T) {
			w, dir := emptyOn(t, database), t.TempDir()
			for _, path := range killedFiles(t, 6000) {
				if err := importing(t.Context(), w, path); err != nil {
					t.Fatal(err)
				}
			}
			whole := filepath.Join(dir, "whole.zip")
			usual := timed(t, w.on("backup", whole))
			killed := 0
			for i := range kills {
				file := filepath.Join(dir, fmt.Sprint(i, ".zip"))
				if killedAfter(t, r.Int64N(int64(usual)), w.on("backup", file)) {
					killed++
				}
				if f, err := os.Open(file); err == nil {
					if _, err := openBackup(f); err != nil {
						t.Errorf("a killed backup is there: %v", err)
					}
					f.Close()
				} else if !errors.Is(err, fs.ErrNotExist) {
					t.Error(err)
				} else if out, status := ran(t, w.on("backup", file)...); status != exitDone {
					t.Errorf("the backup after the kill: %s", out)
				}
			}
			back := emptyOn(t, database)
			usual = timed(t, back.on("restore", whole))
			want := ledgerOf(t, back)
			for range kills {
				to := emptyOn(t, database)
				if killedAfter(t, r.Int64N(int64(usual)), to.on("restore", whole)) {
					killed++
				}
				out, status := ran(t, to.on("restore", whole)...)
				if got := ledgerOf(t, to); status != exitDone && !strings.Contains(out, "not empty") && !strings.Contains(out, "holds something") || got.lines != want.lines || !maps.Equal(got.files, want.files) {
					t.Errorf("the restore after the kill: %s; %d lines of %d", out, got.lines, want.lines)
				}
				if out, status := ran(t, to.on("verify")...); status != exitDone {
					t.Errorf("verify after the kills: %s", out)
				}
			}
			if killed == 0 {
				t.Error("nothing was killed half-way")
			}
			honnetest.Held(t, "killed backups and restores, "+database, "%d of %d killed half-way", killed, 2*kills)
		})
	}
}

func timed(t *testing.T, args []string) time.Duration {
	began := time.Now()
	if out, err := exec.Command("honne", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return time.Since(began)
}

// killedAfter reports whether a command was killed before it was done.
func killedAfter(t *testing.T, after int64, args []string) bool {
	ctx, cancel := context.WithTimeout(t.Context(), time.Duration(after))
	defer cancel()
	out, err := exec.CommandContext(ctx, "honne", args...).CombinedOutput()
	if err != nil && ctx.Err() == nil {
		t.Errorf("%v: %s", err, out) // it failed by itself
	}
	return err != nil
}

// A backup with any part edited, swapped, cut or missing restores nothing.
func TestADamagedBackupRestoresNothing(t *testing.T) {
	w := emptyOn(t, "sqlite")
	if err := importing(t.Context(), w, killedFiles(t, 40)[0]); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "house.zip")
	printed, status := ran(t, w.on("backup", file)...)
	if status != exitDone {
		t.Fatal(printed)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, head, _ := strings.Cut(printed, "head of the history: ")
	head, _, _ = strings.Cut(head, "\n")
	r := rand.New(rand.NewPCG(honnetest.Seed(), 28))
	for range 15 {
		bad := slices.Clone(raw)
		switch at := r.IntN(len(bad)); r.IntN(3) {
		case 0:
			bad = bad[:at]
		case 1:
			bad[at] ^= 1 << r.IntN(8)
		case 2:
			bad = slices.Delete(bad, at, min(at+1+r.IntN(200), len(bad)))
		}
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		to := emptyOn(t, "sqlite")
		out, status := ran(t, to.on("restore", file)...)
		if status == exitDone { // what was flipped is of no part: a time, or a mark of the archive
			if out, status := ran(t, to.on("verify", "--head", head)...); status != exitDone {
				t.Errorf("restored from a damaged file, and is another house: %s", out)
			}
			continue
		}
		if left, err := filepath.Glob(filepath.Join(to.Data, "*")); status != exitProblem || err != nil || len(left) > 0 || !strings.Contains(out, "Nothing was restored") {
			t.Errorf("%d, %s; left behind: %v, %v", status, out, left, err)
		}
	}
}
