package store_test

import (
	"testing"

	"honne"
)

// TestUnreadFilesAreOnRecord: a file of the partner that could not be read has come; one
// of ours, one that holds others, and one of a later day are not told.
func TestUnreadFilesAreOnRecord(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		on := func(day honne.Date) honne.Receipt { return honne.Receipt{At: day.At(9, 0), Basis: honne.Stated} }
		l.accept(sales("a.csv", before, july, 1))
		for _, f := range []honne.StoredFile{
			{Path: "8月.pdf", Receipt: on(before)},
			{Path: "ours.pdf", Receipt: on(before), From: honne.Ours},
			{Path: "8月.zip", Receipt: on(before), Format: honne.ZIP},
			{Path: "9月.pdf", Receipt: on(after)},
		} {
			f.Distributor, f.SHA256, f.State = l.d, f.Path, honne.FileUnread
			_, err := l.AddFile(l.ctx, f)
			l.must(err)
		}
		if got := l.record(before).Unread; len(got) != 1 || got[0].Path != "8月.pdf" {
			t.Errorf("unread: %s", text(t, got))
		}
		// One that waits for a person has come too, and what it holds is known.
		waits := l.stage(sales("scan.pdf", before, july+1, 2))
		l.must(l.SetFileState(l.ctx, waits, honne.FileReady))
		if got := l.record(before).Unread; len(got) != 2 || got[1].File != waits || len(got[1].Holds) != 1 || got[1].Holds[0] != (honne.Held{Series: honne.Sales, Period: (july + 1).Period()}) {
			t.Errorf("waits: %s", text(t, got))
		}
	})
}
