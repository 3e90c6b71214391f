//go:build unix

package bench

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"honne/internal/intake"
	"honne/internal/sample"
)

var (
	proving   = flag.Bool("proof", false, "print the ratios, their goals, and whether they hold")
	long      = flag.Bool("long", false, "with -proof: also five million lines, a ledger of ten million and a portfolio of ten million; some minutes, 2 GB of disk")
	importing = flag.String("import", "", "be a process that imports `FILE` with -into and -naive, and measure nothing")
	into      = flag.String("into", "", "directory of the database")
	judging   = flag.Bool("judge", false, "with -import: judge the ledger of that directory instead")
	naively   = flag.Bool("naive", false, "import as the peer does")
)

func TestMain(m *testing.M) {
	intake.TuneMemory()
	flag.Parse()
	switch {
	case *judging:
		exit(judgeAll(*importing))
	case *importing != "":
		exit(importFile(*importing, *into, *naively))
	case *proving:
		exit(prove(os.Stdout))
	}
	os.Exit(m.Run())
}

func exit(err error) {
	fmt.Println("peak", peak())
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

const (
	rows     = 200_000
	manyRows = 1_000_000
	columns  = 12
	messages = 20_000
)

// prove makes the files, runs every pair and prints a line for each claim.
func prove(out io.Writer) error {
	dir, err := os.MkdirTemp("", "honne-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	files := map[string]func(io.Writer) error{
		"uriage.csv":  func(w io.Writer) error { return sample.BigCSV(w, rows) },
		"many.csv":    func(w io.Writer) error { return sample.BigCSV(w, manyRows) },
		"uriage.xlsx": func(w io.Writer) error { return sample.BigXLSX(w, rows, columns) },
		"mail.mbox":   func(w io.Writer) error { return sample.BigMailbox(w, messages) },
	}
	for name, write := range files {
		if err := makeFile(filepath.Join(dir, name), write); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "%-44s %10s %10s %8s %8s\n", "", "honne", "peer", "ratio", "goal")
	all := []func(io.Writer, string) error{claimCells, claimCSV, claimXLSX, claimMail, claimImport}
	if *long {
		all = append(all, claimFlat, claimLedger, claimPortfolio)
	}
	for _, claims := range all {
		if err := claims(out, dir); err != nil {
			return err
		}
	}
	if !*long {
		fmt.Fprintln(out, "not run: five million lines, a ledger and a portfolio of ten million (make bench LONG=-long)")
	}
	return nil
}

func makeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// claim prints one line: both figures, their ratio, the goal, and the verdict.
func claim(out io.Writer, what, unit string, ours, theirs, goal float64) {
	verdict := "held"
	if ours > goal*theirs {
		verdict = "not held"
	}
	fmt.Fprintf(out, "%-44s %8.2f %s %8.2f %s %7.3f %8.3f  %s\n", what, ours, unit, theirs, unit, ours/theirs, goal, verdict)
}

// cost is what a run took.
type cost struct {
	cpu, wall time.Duration
	peak      int64 // bytes; of a process only
}

func (c cost) least(d cost) cost {
	if c.wall == 0 {
		return d
	}
	return cost{min(c.cpu, d.cpu), min(c.wall, d.wall), max(c.peak, d.peak)}
}

// paired runs ours and theirs in turn, n times, and returns the least that each
// took: what disturbs a run only ever adds.
func paired(n int, ours, theirs func() (cost, error)) (o, t cost, err error) {
	for range n {
		for i, run := range []func() (cost, error){ours, theirs} {
			c, err := run()
			if err != nil {
				return o, t, err
			}
			if i == 0 {
				o = o.least(c)
			} else {
				t = t.least(c)
			}
		}
	}
	return o, t, nil
}

// here measures work within this process.
func here(work func() error) func() (cost, error) {
	return func() (cost, error) {
		runtime.GC()
		start, before := time.Now(), cpu()
		err := work()
		return cost{cpu: cpu() - before, wall: time.Since(start)}, err
	}
}

// cpu is the time, of user and system, that the process has used.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
