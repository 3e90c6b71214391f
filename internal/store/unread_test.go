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
	})
}
