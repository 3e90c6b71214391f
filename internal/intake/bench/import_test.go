//go:build unix

package bench

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"honne"
	"honne/internal/intake"
	"honne/internal/playbook"
	"honne/internal/sample"
	"honne/internal/store"
	"honne/playbooks"
)

// claimImport compares whole processes that import a CSV into SQLite.
func claimImport(out io.Writer, dir string) error {
	for _, f := range []struct{ name, what string }{{"uriage.csv", "import 200k CSV"}, {"many.csv", "import 1M CSV"}} {
		path := filepath.Join(dir, f.name)
		o, t, err := paired(3, process(dir, path), process(dir, path, "-naive"))
		if err != nil {
			return err
		}
		claim(out, f.what+", peer: one table, bare", "s    ", o.wall.Seconds(), t.wall.Seconds(), 0.9)
		claim(out, f.what+", peer: one table, bare", "cpu s", o.cpu.Seconds(), t.cpu.Seconds(), 1)
		claim(out, f.what+", peak memory, peer: 96 MiB", "MiB  ", mib(o.peak), 96, 1)
	}
	return nil
}

// claimFlat compares the memory of imports of five million and of a million lines.
func claimFlat(out io.Writer, dir string) error {
	most := filepath.Join(dir, "most.csv")
	if err := makeFile(most, func(w io.Writer) error { return sample.BigCSV(w, 5*manyRows) }); err != nil {
		return err
	}
	defer os.Remove(most)
	o, err := process(dir, filepath.Join(dir, "many.csv"))()
	if err != nil {
		return err
	}
	big, err := process(dir, most)()
	claim(out, "import 5M CSV, peak memory, peer: 1M", "MiB  ", mib(big.peak), mib(o.peak), 1.15)
	return err
}

func mib(n int64) float64 { return float64(n) / (1 << 20) }

// peak is the most memory that this process ever held, in bytes, by itself: what
// the system says of a child to its parent begins with what the parent held.
func peak() (n int64) {
	status, _ := os.ReadFile("/proc/self/status")
	if _, rest, found := bytes.Cut(status, []byte("VmHWM:")); found {
		fmt.Sscan(string(rest), &n)
		return n << 10
	}
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err == nil {
		n = int64(u.Maxrss) // bytes, where there is no /proc
	}
	return n
}

// process measures an import in a process and a database of its own.
func process(dir, file string, more ...string) func() (cost, error) {
	return func() (cost, error) {
		data, err := os.MkdirTemp(dir, "data-*")
		if err != nil {
			return cost{}, err
		}
		defer os.RemoveAll(data)
		cmd := exec.Command(os.Args[0], append([]string{"-import", file, "-into", data}, more...)...)
		cmd.Stderr = os.Stderr
		start := time.Now()
		said, err := cmd.Output()
		if err != nil {
			return cost{}, fmt.Errorf("import %s: %w", filepath.Base(file), err)
		}
		p := cmd.ProcessState
		c := cost{cpu: p.UserTime() + p.SystemTime(), wall: time.Since(start)}
		if _, err := fmt.Sscan(string(said[max(0, bytes.LastIndex(said, []byte("peak "))):]), new(string), &c.peak); err != nil {
			return c, fmt.Errorf("import %s: it does not say its peak: %w", filepath.Base(file), err)
		}
		return c, nil
	}
}

// importFile is what such a process does.
func importFile(path, dir string, naively bool) error {
	if naively {
		return naiveImport(path, filepath.Join(dir, "naive.db"))
	}
	ctx := context.Background()
	book, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Config{Data: dir})
	if err != nil {
		return err
	}
	defer s.Close()
	f, done, err := openFile(path)
	if err != nil {
		return err
	}
	defer done()
	return take(ctx, s, f, book)
}

// take reads, stages and accepts a file.
func take(ctx context.Context, s *store.Store, f honne.File, book *playbook.Playbook) error {
	r, err := intake.Read(ctx, f, book, honne.Memory{})
	if err != nil {
		return err
	}
	d, err := s.AddDistributor(ctx, honne.Profile{Name: "東都メディカル株式会社"}, false)
	if err != nil {
		return err
	}
	id, err := s.AddFile(ctx, honne.StoredFile{Distributor: d.ID, Path: f.Name, SHA256: r.SHA256, Size: f.Size, Format: r.Format})
	if err != nil {
		return err
	}
	if _, err := s.Stage(ctx, id, r.Parts, r.Lines); err != nil {
		return err
	}
	return s.Accept(ctx, 0, id)
}

// naiveImport inserts what naiveFile reads, one row a statement, in one
// transaction.
func naiveImport(path, database string) error {
	db, err := sql.Open("sqlite", database+"?_pragma=journal_mode(WAL)")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE sale (day TEXT, dealer_code TEXT, dealer TEXT, site TEXT, product_code TEXT, product TEXT,
		quantity INTEGER, amount INTEGER, note TEXT)`); err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert, err := tx.Prepare(`INSERT INTO sale VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	err = naiveFile(path, func(s sale) error {
		_, err := insert.Exec(s.day.Format(time.DateOnly), s.text[1], s.text[2], s.text[3], s.text[4], s.text[5], s.qty, s.amount, s.text[8])
		return err
	})
	if err != nil {
		return err
	}
	return tx.Commit()
}
