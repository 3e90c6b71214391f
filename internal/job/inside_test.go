package job

import (
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
)

// The files in an archive are files of their own, taken once however often the
// archive comes, with evidence that opens.
func TestFilesInAnArchive(t *testing.T) {
	may := strings.ReplaceAll(april, "2026/04", "2026/05")
	raw := string(honnetest.Zip(honnetest.Entry{Name: "4月.csv", Body: april}, honnetest.Entry{Name: "鍵.csv", Body: may, Locked: true},
		honnetest.Entry{Name: "5月.csv", Body: may}))
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			b := newBench(t, db)
			var first honne.Reading
			for range 2 {
				id := b.take(t, "報告.zip", raw)
				r, err := b.Read(t.Context(), id)
				if err != nil {
					t.Fatal(err)
				}
				if b.state(t, id) != honne.FileSetAside || len(r.Inside) != 2 || len(r.Problems) != 1 || r.Problems[0].What.ID != "problem.entry-password" {
					t.Fatalf("the archive is %s: %+v", b.state(t, id), r)
				}
				if first.Inside != nil && !slices.Equal(first.Inside, r.Inside) {
					t.Errorf("files %v, then %v", first.Inside, r.Inside)
				}
				first = r
			}
			for i, id := range first.Inside {
				if _, err := b.Read(t.Context(), id); err != nil {
					t.Fatal(err)
				}
				if i == 0 {
					if err := b.Accept(t.Context(), 1, id); err != nil {
						t.Fatal(err)
					}
				}
			}
			f, err := b.Store.File(t.Context(), first.Inside[0])
			if err != nil || f.Path != "報告.zip/4月.csv" || !f.Receipt.Exact() || f.Receipt.Day() != honne.NewDate(2026, 5, 7) {
				t.Errorf("%+v, %v", f, err)
			}
			cell := honne.Cell{Row: 2, Col: 7}
			if rows, err := b.Excerpt(t.Context(), f.ID, honne.Address{Range: honne.Range{From: cell, To: cell}}); err != nil || rows[0][0] != "20000" {
				t.Errorf("evidence %v, %v", rows, err)
			}
			again, err := b.Read(t.Context(), b.take(t, "報告.zip", raw))
			if err != nil || !slices.Equal(again.Inside, first.Inside) {
				t.Errorf("with one in force: %v, %v", again.Inside, err)
			}
		})
	}
}

// An archive of which nothing can be had is unreadable.
func TestShutArchive(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	id := b.take(t, "鍵.zip", string(honnetest.Zip(honnetest.Entry{Name: "4月.csv", Body: april, Locked: true})))
	if r, err := b.Read(t.Context(), id); err != nil || b.state(t, id) != honne.FileUnread || len(r.Problems) != 1 {
		t.Errorf("%s: %+v, %v", b.state(t, id), r, err)
	}
}

// A server that reads an archive reads what is in it too.
func TestQueueReadsWhatIsInside(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	ended, stop := b.start(t)
	defer stop()
	id := b.take(t, "報告.zip", string(honnetest.Zip(honnetest.Entry{Name: "4月.csv", Body: april})))
	if err := b.queue.EnqueueRead(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	ended("read_file")
	ended("read_file")
	if got := b.state(t, id+1); got != honne.FileReady {
		t.Errorf("the file inside is %s", got)
	}
}
