//go:build unix

package bench

import (
	"io"
	"path/filepath"
	"testing"

	"honne/internal/playbook"
	"honne/internal/sample"
	"honne/playbooks"
)

// The benchmarks are what `make profile` watches: reading and importing alone, without
// the peers.

func BenchmarkCSV(b *testing.B) {
	benchmarkRead(b, "uriage.csv", func(w io.Writer) error { return sample.BigCSV(w, rows) })
}

func BenchmarkXLSX(b *testing.B) {
	benchmarkRead(b, "uriage.xlsx", func(w io.Writer) error { return sample.BigXLSX(w, rows, columns) })
}

func benchmarkRead(b *testing.B, name string, write func(io.Writer) error) {
	path := filepath.Join(b.TempDir(), name)
	book, err := playbook.Load(playbooks.FS, "japan")
	if err != nil {
		b.Fatal(err)
	}
	if err := makeFile(path, write); err != nil {
		b.Fatal(err)
	}
	f, done, err := openFile(path)
	if err != nil {
		b.Fatal(err)
	}
	defer done()
	for b.Loop() {
		if err := readAll(f, book); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkImport(b *testing.B) {
	path := filepath.Join(b.TempDir(), "uriage.csv")
	if err := makeFile(path, func(w io.Writer) error { return sample.BigCSV(w, rows) }); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := importFile(path, b.TempDir(), false); err != nil {
			b.Fatal(err)
		}
	}
}
