package store_test

import (
	"fmt"
	"strings"
	"testing"

	"honne"
	"honne/internal/honnetest"
)

// siteSales is a sheet of two months across, with a product and a hospital a row.
func siteSales(path string, received honne.Date) report {
	r := report{path: path, received: received, parts: []honne.Part{{Series: honne.Sales, Currency: honne.JPY,
		Periods: []honne.Period{july.Period(), (july + 1).Period()}}}}
	for i := range 6 {
		for m := range honne.Month(2) {
			l := honne.Line{Row: int32(i + 5), AmtCol: int32(m) + 3, Period: (july + m).Period(), Date: (july + m).First() + honne.Date(i),
				Product: honne.Product{Code: []string{"A", "A", "B"}[i%3]}, Amount: honne.Known(int64(100 * (i + 1)))}
			l.Parties[honne.Invoiced] = honne.Party{Name: "商社", Disclosure: honne.Named}
			if i < 4 {
				l.Parties[honne.EndUser] = honne.Party{Name: []string{"東病院", "西病院"}[i%2], Disclosure: honne.Named}
			}
			r.lines = append(r.lines, l)
		}
	}
	return r
}

func TestSourcesOpenToRanges(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger) {
		id := l.accept(siteSales("売上.xlsx", before))
		l.must(l.SaveReading(l.ctx, id, honne.Reading{Tables: []honne.Table{{Sheet: "実績"}}}))
		named, withheld := honne.Named, honne.Withheld
		first := honne.Period{From: july.First(), To: july.First() + 1}
		for _, c := range []struct {
			name string
			sel  honne.Selection
			want string
		}{
			{"all", honne.Selection{Amount: true}, "実績!C5:C10=2100/6 実績!D5:D10=2100/6"},
			{"month", honne.Selection{Amount: true, Series: honne.Sales, Period: july.Period()}, "実績!C5:C10=2100/6"},
			{"product", honne.Selection{Amount: true, Period: july.Period(), Product: "A"}, "実績!C8:C9=900/2 実績!C5:C6=300/2"},
			{"account", honne.Selection{Amount: true, Period: july.Period(), Account: "東病院"}, "実績!C7=300/1 実績!C5=100/1"},
			{"dealer", honne.Selection{Amount: true, Period: july.Period(), Account: "商社"}, "実績!C9:C10=1100/2"},
			{"both", honne.Selection{Amount: true, Period: july.Period(), Account: "東病院", Product: "A"}, "実績!C5=100/1"},
			{"besides", honne.Selection{Amount: true, Period: july.Period(), Besides: []string{"東病院", "商社"}}, "実績!C8=400/1 実績!C6=200/1"},
			{"named", honne.Selection{Amount: true, Period: july.Period(), Disclosure: &named}, "実績!C5:C10=2100/6"},
			{"end users", honne.Selection{Amount: true, Period: july.Period(), EndUser: true}, "実績!C5:C8=1000/4"},
			{"withheld", honne.Selection{Amount: true, Disclosure: &withheld}, ""},
			{"days", honne.Selection{Amount: true, Period: first}, "実績!C5:C6=300/2"},
			{"no quantity", honne.Selection{}, ""},
			{"other series", honne.Selection{Amount: true, Series: honne.Stock}, ""},
			{"unknown product", honne.Selection{Amount: true, Product: "Z"}, ""},
		} {
			sources, more, err := l.Sources(l.ctx, l.d, honne.AsOf{}, c.sel, 0)
			l.must(err)
			var got []string
			for _, s := range sources {
				got = append(got, fmt.Sprintf("%s=%d/%d", s.At, s.Sum, s.Figures))
			}
			if strings.Join(got, " ") != c.want || more != 0 {
				t.Errorf("%s: got %v, want %s", c.name, got, c.want)
			}
		}
		if s, more, err := l.Sources(l.ctx, l.d, honne.AsOf{}, honne.Selection{Amount: true}, 1); err != nil || len(s) != 1 || more != 1 {
			t.Errorf("at most one: %v, %d more, %v", s, more, err)
		}
	})
}

func TestVersionsTellTheHistoryOfATotal(t *testing.T) {
	for _, db := range honnetest.Databases(t) {
		t.Run(db.Name, func(t *testing.T) {
			db.Config.Reasons = func(raw string) honne.Reason {
				if strings.Contains(raw, "返品") {
					return honne.ReasonReturns
				}
				return ""
			}
			l := open(t, db.Config)
			l.accept(sales("first.csv", before, july, 60, 40))
			second := sales("second.csv", between, july, 60, 20)
			second.lines[1].Reason = "返品処理"
			l.accept(second)
			l.accept(sales("third.csv", after, july, 50, 20))
			l.accept(sales("august.csv", after, july+1, 7))
			for _, c := range []struct {
				sel  honne.Selection
				want string
			}{
				{honne.Selection{Period: july.Period()}, "[third.csv=70 unexplained true second.csv=80 returns false first.csv=100 unexplained false]"},
				{honne.Selection{Period: july.Period(), Product: "P2"}, "[third.csv=20 unexplained true second.csv=20 returns false first.csv=40 unexplained false]"},
				{honne.Selection{Period: honne.Months(july, july+1), Series: honne.Sales},
					"[third.csv=77 unexplained true august.csv=87 unexplained true second.csv=80 returns false first.csv=100 unexplained false]"},
				{honne.Selection{Series: honne.Stock}, "[]"},
			} {
				versions, err := l.Versions(l.ctx, l.d, c.sel)
				l.must(err)
				got := []string{}
				for _, v := range versions {
					got = append(got, fmt.Sprintf("%s=%d %s %t", v.Path, v.Value.Amount.N, v.Reason, v.Current))
				}
				if fmt.Sprint(got) != c.want {
					t.Errorf("got  %v\nwant %s", got, c.want)
				}
			}
			days, err := l.KnownDates(l.ctx, l.d)
			if err != nil || fmt.Sprint(days) != fmt.Sprint([]honne.Date{before, between, after}) {
				t.Errorf("known on %v, %v", days, err)
			}
		})
	}
}
