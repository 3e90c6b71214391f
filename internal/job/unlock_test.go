package job

import (
	"errors"
	"os"
	"testing"

	"honne"
	"honne/internal/honnetest"
)

// locked takes a file of the tests of the formats that a password protects.
func (b *bench) locked(t *testing.T, path string) honne.FileID {
	t.Helper()
	raw, err := os.ReadFile("../intake/" + path)
	if err != nil {
		t.Fatal(err)
	}
	id := b.take(t, "売上_202504"+path[len(path)-5:], string(raw))
	if _, err := b.Read(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	return id
}

// A locked workbook is read through its opened copy from then on; the original
// stays what the file is.
func TestUnlock(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	id := b.locked(t, "compound/testdata/agile.xlsx")
	if got := b.state(t, id); got != honne.FileUnread {
		t.Fatalf("locked: %s", got)
	}
	var invalid *honne.Invalid
	if err := b.Unlock(t.Context(), id, "桜2024"); !errors.As(err, &invalid) || invalid.What.ID != "problem.wrong-password" {
		t.Errorf("another password: %v", err)
	}
	before, err := b.Store.File(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Unlock(t.Context(), id, "桜2025"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		r, err := b.Read(t.Context(), id)
		if err != nil || b.state(t, id) != honne.FileReady || r.Format != honne.XLSX || r.SHA256 != before.SHA256 {
			t.Fatalf("%s: %+v, %v", b.state(t, id), r, err)
		}
	}
	if err := b.Accept(t.Context(), 1, id); err != nil {
		t.Fatal(err)
	}
	r, err := b.Store.Reading(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	cell := honne.Cell{Row: 2, Col: 1}
	rows, err := b.Excerpt(t.Context(), id, honne.Address{Sheet: r.Tables[0].Sheet, Range: honne.Range{From: cell, To: cell}})
	if err != nil || rows[0][0] != "青葉病院" {
		t.Errorf("evidence %v, %v", rows, err)
	}
	if err := b.Unlock(t.Context(), id, "桜2025"); !errors.Is(err, honne.ErrConflict) {
		t.Errorf("a second time: %v", err)
	}
	if err := b.Vault.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// What Excel locked without a password of anybody is read without one.
func TestUnlockedSilently(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	if id := b.locked(t, "compound/testdata/structure.xlsx"); b.state(t, id) != honne.FileReady {
		t.Errorf("%s", b.state(t, id))
	}
}

// The files in a locked archive become files once its password is given, and
// stay in it when the archive comes again.
func TestUnlockArchive(t *testing.T) {
	b := newBench(t, honnetest.SQLite(t))
	id := b.locked(t, "archive/testdata/old.zip")
	var invalid *honne.Invalid
	if err := b.Unlock(t.Context(), id, "wrong"); !errors.As(err, &invalid) {
		t.Errorf("another password: %v", err)
	}
	if got := b.state(t, id); got != honne.FileUnread {
		t.Errorf("locked: %s", got)
	}
	if err := b.Unlock(t.Context(), id, "sakura2025"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		r, err := b.Read(t.Context(), id)
		if err != nil || b.state(t, id) != honne.FileSetAside || len(r.Inside) != 2 || r.Locked() {
			t.Errorf("%s: %+v, %v", b.state(t, id), r, err)
		}
	}
}
