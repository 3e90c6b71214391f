package intake

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"honne"
	"honne/internal/honnetest"
)

// TestSeeds wants the seeds to be sound, and one of every format there is.
func TestSeeds(t *testing.T) {
	have := map[honne.Format]bool{honne.Unknown: true}
	for _, s := range seeds(t) {
		have[s.format] = true
		if r := read(t, s.name, s.raw); r.Format != s.format || len(r.Parts) == 0 && len(r.Listed) == 0 && !r.Format.Holds() {
			t.Errorf("%s is %s with %d parts: %v", s.name, r.Format, len(r.Parts), r.Problems)
		}
	}
	for _, f := range formats(t) {
		if !have[f] {
			t.Errorf("seeds has no file of the format %s", f)
		}
	}
}

// formats are the constants of type honne.Format.
func formats(t *testing.T) (out []honne.Format) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../file.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 {
			if kind, ok := v.Type.(*ast.Ident); ok && kind.Name == "Format" {
				value, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, honne.Format(value))
			}
		}
		return true
	})
	return out
}

// R6 of the proof: thousands of damaged files of every format are read in a
// process of their own. Each gives a reading or a refusal in words, within 20 s
// and 256 MiB, and leaves nothing behind; make proof runs the long part.
func TestProofMutations(t *testing.T) {
	n := 600
	if honnetest.Long() {
		n = 12_000
	}
	from, peak := seeds(t), 0
	for at := 0; at < n; {
		next, used, complaint := attack(t, at, n)
		if complaint != "" {
			m := mutantOf(from, honnetest.Seed(), next)
			t.Errorf("%s %s, kept as %s: %s", m.name, m.how, kept(t, m, next), complaint)
		}
		at, peak = next+1, max(peak, used)
	}
	honnetest.Held(t, "mutations", "%d damaged files of %d seeds, at most %d MiB", n, len(from), peak)
}

// attack has a process read the mutants from one number to another. It returns
// at the first one that the process did not survive or that it complains of,
// with the MiB that it took.
func attack(t *testing.T, at, to int) (last, mib int, complaint string) {
	t.Helper()
	last, mib, complaint = victim(t, "TestMutants", at, to)
	if complaint == "" {
		last = to
	}
	return last, mib, complaint
}

// victim runs a test of this package in a process of its own, which gets two
// numbers and says how many MiB it took. It is killed when nothing happens for
// long. It returns the last number that it began with, and what it said when
// it failed.
func victim(t *testing.T, test string, a, b int) (last, mib int, complaint string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+test+"$", "-test.v", "-test.failfast",
		"-proof.seed="+strconv.FormatUint(honnetest.Seed(), 10))
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d %d", isVictim, a, b))
	var said strings.Builder
	out, err := cmd.StdoutPipe()
	cmd.Stderr = cmd.Stdout
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	last = a
	hang := time.AfterFunc(patience, func() { cmd.Process.Kill() })
	for scan := bufio.NewScanner(out); scan.Scan(); {
		hang.Reset(patience)
		line := scan.Text()
		if n, _ := fmt.Sscanf(line, "=== RUN "+test+"/%d", &last); n == 1 {
			said.Reset()
		} else if n, _ := fmt.Sscanf(line, "took %d MiB", &mib); n == 0 && said.Len() < 1<<12 && !strings.Contains(line, "--- PASS") {
			said.WriteString(line + "\n")
		}
	}
	killed := !hang.Stop()
	switch err := cmd.Wait(); {
	case killed:
		return last, mib, "nothing happened for " + patience.String()
	case err != nil:
		return last, mib, err.Error() + "\n" + said.String()
	}
	return last, mib, ""
}

// isVictim names the variable that makes this process the one that victim
// starts.
const isVictim = "HONNE_TEST_VICTIM"

func orders() (a, b int, ok bool) {
	n, _ := fmt.Sscanf(os.Getenv(isVictim), "%d %d", &a, &b)
	return a, b, n == 2
}

const (
	deadline = 20 * time.Second // for one file, of the processor: other work on the machine does not count
	patience = 3 * time.Minute  // for one file, by the clock
)

// stopwatch ends the process when a file takes more than the deadline. The
// function that it returns begins a file.
func stopwatch() (begin func()) {
	var began atomic.Int64
	begin = func() { began.Store(int64(processorTime())) }
	begin()
	go func() {
		for range time.Tick(100 * time.Millisecond) {
			if processorTime()-time.Duration(began.Load()) > deadline {
				fmt.Println("no end within", deadline)
				os.Exit(3)
			}
		}
	}()
	return begin
}

// processorTime is the time that the process has used.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// kept writes a mutant where it can be looked at.
func kept(t *testing.T, m mutant, i int) string {
	t.Helper()
	path := filepath.Join(os.TempDir(), fmt.Sprintf("honne-proof-%d-%d%s", honnetest.Seed(), i, filepath.Ext(m.name)))
	if err := os.WriteFile(path, m.raw, 0o600); err != nil {
		t.Error(err)
	}
	return path
}

// TestMutants is the process that attack starts, and no test of its own.
func TestMutants(t *testing.T) {
	at, to, ok := orders()
	if !ok {
		return
	}
	TuneMemory()
	t.Setenv("TMPDIR", t.TempDir())
	x, from := newExaminer(t), seeds(t)
	sound := make([]string, len(from))
	for i, s := range from {
		sound[i] = x.examine(t, s.name, s.raw).lines
	}
	var m runtime.MemStats
	begin := stopwatch()
	for i := at; i < to; i++ {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			begin()
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			bad := mutantOf(from, honnetest.Seed(), i)
			got := x.examine(t, bad.name, bad.raw)
			if bad.sealed && !got.doubted && got.lines != sound[i%len(from)] {
				t.Error("other lines than those of the sound file, and not a word")
			}
			if runtime.ReadMemStats(&m); m.Sys > 256*mb {
				t.Errorf("%d MiB taken from the system", m.Sys/mb)
			}
			if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
				t.Error("left behind:", left, err)
			}
		})
	}
	fmt.Printf("took %d MiB\n", m.Sys/mb)
}
