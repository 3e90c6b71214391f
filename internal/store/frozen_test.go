package store_test

import (
	"testing"
	"time"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/store"
)

// What was known and recorded by an instant stays, byte by byte, whatever is loaded
// later: files, mail, entries of every kind, corrected and taken back, thresholds, and
// what is stated about the distributor. As of now it is another record.
func TestFrozenRecordStays(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			day := honne.NewDate(2026, 5, 7)
			now := day.At(12, 0)
			db.Config.Now = func() time.Time { return now }
			l := open(t, db.Config)
			l.loadAll("a", day, 0.6)
			frozen := honne.AsOf{Known: day + 9, Recorded: now}
			was, at := l.asText(frozen), l.asText(honne.AsOf{Known: day + 9})
			now = now.Add(time.Hour)
			l.loadAll("b", day-1, 0.5)
			takeBack[honne.FieldActivity](l)
			takeBack[honne.OurAct](l)
			takeBack[honne.MarketEstimate](l)
			if got := l.asText(frozen); got != was {
				t.Errorf("%s\nwas\n%s", got, was)
			}
			if was != at || l.asText(honne.AsOf{Known: day + 9}) == at {
				t.Error("nothing was loaded, or more was recorded than was loaded")
			}
			l.must(l.Verify(l.ctx))
		})
	}
}

// loadAll loads something of each kind that makes a record.
func (l *ledger) loadAll(key string, day honne.Date, n float64) {
	l.t.Helper()
	l.must(l.SetProfile(l.ctx, l.d, honne.Profile{Name: "Miyako Medical", MarketGrowth: &honne.Range3{Base: n},
		Events: []honne.Event{{Date: day, Kind: honne.EventOurShort, Note: key}}}))
	r := siteSales(key+".csv", day)
	r.lines[0].Amount = honne.Known(int64(100 * n))
	l.accept(r)
	_, err := l.AddMail(l.ctx, l.d, post(l.t.(*testing.T), key+" "+day.String()+" 10:00 o1>t1 在庫の件"))
	l.must(err)
	_, err = l.AddFile(l.ctx, honne.StoredFile{Distributor: l.d, Path: key + ".pdf", SHA256: key, State: honne.FileUnread,
		Receipt: honne.Receipt{At: day.At(9, 0), Basis: honne.Stated}})
	l.must(err)
	everyKind(l, day)
	enterAll(l, honne.OwnThreshold{Threshold: "visibility-index.under.1", Value: n})
}

// takeBack takes back the first entry of a kind.
func takeBack[T honne.Entered](l *ledger) {
	l.t.Helper()
	list, err := store.Entries[T](l.ctx, l.Store, l.d)
	l.must(err)
	e := list[0]
	e.Withdrawn = true
	_, err = store.Enter(l.ctx, l.Store, e)
	l.must(err)
}

func (l *ledger) asText(at honne.AsOf) string {
	l.t.Helper()
	rec, err := l.Record(l.ctx, l.d, at)
	l.must(err)
	return text(l.t, rec)
}
