package store_test

import (
	"testing"

	"honne"
)

// Every figure of a month is in exactly one slice, and each opens to its cells.
func TestSlices(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		report := users("a.csv", between, july, "A病院", "B病院", "C病院", "D病院")
		for i := range report.lines {
			x := &report.lines[i]
			x.Region = []string{"関東", "関西", "", "関東"}[i]
			x.Product = honne.Product{Code: []string{"NS-1", "NS-2", "NS-1", "ZZ-9"}[i]}
			if i < 2 {
				x.Parties[honne.Invoiced] = honne.Party{Name: []string{"株式会社とんぼ医科", "㈱とんぼ医科"}[i], Disclosure: honne.Named}
			}
		}
		l.accept(report)
		if _, slices, err := l.Slices(l.ctx, l.d, honne.AsOf{}, honne.ByLine); err != nil || slices != nil {
			t.Errorf("product lines without a list of ours: %v, %v", slices, err)
		}
		l.list("list.csv", between, []honne.Listed{{Body: honne.Article{Code: "NS-1"}}})
		l.list("lines.csv", after, []honne.Listed{{Body: honne.Article{Code: "NS-1", Line: "Stents"}}, {Body: honne.Article{Code: "NS-2", Line: "Wires"}}})
		for by, want := range map[honne.Breakdown]map[string]int64{
			honne.ByRegion: {"関東": 500, "関西": 200, "": 300},
			honne.ByDealer: {"株式会社とんぼ医科": 300, "": 700},
			honne.ByLine:   {"Stents": 400, "Wires": 200, "": 400},
		} {
			rec, slices, err := l.Slices(l.ctx, l.d, honne.AsOf{}, by)
			l.must(err)
			got := map[string]int64{}
			for _, s := range slices {
				part := rec.Only(s)
				got[s.Of] = monthly(part, july).N
				sources, _, err := l.Sources(l.ctx, l.d, honne.AsOf{}, s.Within([]honne.Selection{{Series: honne.Sales, Period: july.Period(), Amount: true}})[0], 0)
				l.must(err)
				var cells, bought int64
				for _, x := range sources {
					cells += x.Sum
				}
				for _, f := range s.ByAccount.Amount {
					bought += f.N
				}
				if cells != got[s.Of] || bought != got[s.Of] {
					t.Errorf("by %s, %q: %d, its cells are %d, its accounts %d", by, s.Of, got[s.Of], cells, bought)
				}
			}
			if len(got) != len(want) {
				t.Errorf("by %s: %v, want %v", by, got, want)
			}
			for name, n := range want {
				if got[name] != n {
					t.Errorf("by %s, %q: %d, want %d", by, name, got[name], n)
				}
			}
		}
		// Two months later a report that names all has no line of 関西 in between, and one that names some alone.
		for i, names := range [][]string{{"関東"}, {"関東", ""}, {"関東", "関西"}} {
			m := july + 1 + honne.Month(i)
			next := users(m.String()+".csv", after+honne.Date(i), m, "A病院", "B病院")
			next.lines = next.lines[:len(names)]
			for k := range next.lines {
				next.lines[k].Region = names[k]
			}
			l.accept(next)
		}
		rec, slices, err := l.Slices(l.ctx, l.d, honne.AsOf{}, honne.ByRegion)
		l.must(err)
		if len(rec.Places) != 3 || rec.Places[0].Month != july+1 || rec.Places[1].Month != july+3 || rec.Places[2].Place != "関西" || rec.Places[2].Amount.N != 200 {
			t.Errorf("the months of which every line names a region: %v", rec.Places)
		}
		west := slices[0]
		for _, s := range slices {
			if s.Of == "関西" {
				west = s
			}
		}
		sold := func(m honne.Month) honne.Figure { return monthly(rec.Only(west), m) }
		if got := sold(july + 1); !got.Known || got.N != 0 {
			t.Errorf("the month that names all others: %v, want 0", got)
		}
		if got := sold(july + 2); got.Known || west.Whole(honne.Sales, (july+2).Period()) || !west.Whole(honne.Sales, (july+1).Period()) {
			t.Errorf("a month that names some lines alone: %v", got)
		}
	})
}

// Reports that are each of one branch part the figures by it, though no line says so;
// what a line says of its region goes before it.
func TestSlicesOfBranches(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		for i, place := range []string{"大阪支店", "東京支店 1–15", "東京支店 16–31"} {
			report := users(place+".csv", between+honne.Date(i), july, "A病院", "B病院")
			report.parts[0].Scope = place
			if i == 2 {
				report.lines[1].Region = "埼玉"
			}
			l.accept(report)
		}
		rec, slices, err := l.Slices(l.ctx, l.d, honne.AsOf{}, honne.ByRegion)
		l.must(err)
		want := map[string]int64{"大阪支店": 300, "東京支店": 400, "埼玉": 200}
		for _, s := range slices {
			sources, _, err := l.Sources(l.ctx, l.d, honne.AsOf{}, s.Within([]honne.Selection{{Series: honne.Sales, Period: july.Period(), Amount: true}})[0], 0)
			l.must(err)
			var cells int64
			for _, x := range sources {
				cells += x.Sum
			}
			if got := monthly(rec.Only(s), july).N; got != want[s.Of] || cells != got || !s.Whole(honne.Sales, july.Period()) {
				t.Errorf("%q: %d, its cells are %d", s.Of, got, cells)
			}
		}
		if len(slices) != 3 || len(rec.Places) != 2 || rec.Places[0].Place != "大阪支店" || rec.Places[0].Amount.N != 300 || rec.Places[1].Amount.N != 600 {
			t.Errorf("%d slices, places %+v", len(slices), rec.Places)
		}
		l.accept(users("追加.csv", after, july+1, "A病院"))
		if rec, err = l.Record(l.ctx, l.d, honne.AsOf{}); err != nil || len(rec.Places) != 2 {
			t.Errorf("a month of all names no place: %+v, %v", rec.Places, err)
		}
	})
}
