package job

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
)

// drop writes a file into the watched folder.
func drop(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestWatch(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	dir := t.TempDir()
	var read []honne.FileID
	look := func(w *Watcher, want int) {
		t.Helper()
		if err := w.Look(t.Context()); err != nil {
			t.Fatal(err)
		}
		files, err := b.Store.Files(t.Context(), 0)
		if err != nil || len(files) != want || len(read) != want {
			t.Errorf("%d files, %d read, want %d (%v)", len(files), len(read), want, err)
		}
	}
	start := func() *Watcher {
		return &Watcher{Works: &b.Works, Dir: dir, Now: func() time.Time { return time.Date(2026, 5, 8, 1, 0, 0, 0, time.UTC) }, Log: slog.New(slog.DiscardHandler),
			Read: func(_ context.Context, id honne.FileID) error { read = append(read, id); return nil }}
	}
	w := start()
	const sales = "年月,得意先名,品番,金額（円）\n2026年4月,青葉病院,A,100\n"
	drop(t, dir, "kamogawa-medical/2026年4月売上.csv", sales)
	drop(t, dir, "~$open.xlsx", "x")
	look(w, 0) // it may still grow
	drop(t, dir, "kamogawa-medical/2026年4月売上.csv", sales+"2026年4月,若葉医院,A,50\n")
	look(w, 0)
	look(w, 1)
	look(w, 1)
	drop(t, dir, "report.csv", "a,b\n") // of the only partner
	look(w, 1)
	look(w, 2)
	look(start(), 2) // a restart takes nothing twice
	files, err := b.Store.Files(t.Context(), 0)
	if err != nil || files[0].Receipt.Basis != honne.ByName || files[1].Receipt.Basis != honne.ByLoad || files[1].Receipt.At.IsZero() {
		t.Errorf("receipts %v (%v)", files, err)
	}
	drop(t, dir, "nobody/x.csv", "a,b\n")
	look(w, 2)
	look(w, 2)
	if strays, _, err := b.Store.Setting(t.Context(), StraysKey); err != nil || strays != `["nobody/x.csv"]` {
		t.Errorf("strays %s (%v)", strays, err)
	}
}
