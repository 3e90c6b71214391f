package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
)

// dayRank orders columns of days in one row: goods are sold on 売上日, else when they
// are delivered (納品日), else when they leave (出荷日, which comes first in a report
// about shipments), not when they were ordered or billed; orders are placed on 受注日.
func (t *table) dayRank(col int32) int {
	f := t.fieldAt(col)
	if f == nil {
		return 0
	}
	key, w := japan.Key(withoutBrackets(strings.Join(f.path, ""))), &t.book.Words
	says := func(words []string) bool {
		return slices.ContainsFunc(words, func(s string) bool { return strings.Contains(key, japan.Key(s)) })
	}
	about := t.speaksOf()
	switch orders := (about == honne.Orders || about == honne.Backlog) && !t.headsSales(); {
	case says(w.Ordered) && orders:
		return 4
	case says(w.Ordered):
		return -2
	case says(w.Billed):
		return -1
	case says(w.Sold) && !orders:
		return 4
	case says(w.Delivered) && !orders && about != honne.Shipments:
		return 3
	case says(w.Shipped) && !orders:
		return 2
	case says(w.Delivered) && !orders:
		return 1 // of a report that is about shipments
	}
	return 0
}

// saysDay reports whether a column's header is a word for a day: one that cannot
// be read among its days, 未定, is that of its row alone.
func (t *table) saysDay(col int32) bool {
	f := t.fieldAt(col)
	if f == nil || len(f.path) == 0 {
		return false
	}
	m, sure := t.words.lookup(f.path[len(f.path)-1])
	return m == honne.MDate && sure >= sureHeader
}

// speaksOf is the series of the nearest text around the table that speaks of one.
func (t *table) speaksOf() honne.Series {
	for _, s := range t.around {
		if kind := t.words.kind(s); kind != "" {
			return kind
		}
	}
	return ""
}

// headsSales reports whether a header over figures says sales (売上金額, 使用数), and none
// says orders: the name of a file that speaks of orders says less.
func (t *table) headsSales() bool {
	sales := false
	for i := range t.fields {
		for _, s := range t.fields[i].path {
			m, _ := t.words.lookup(s)
			series, _, _ := m.Measure()
			if series == honne.Orders || series == honne.Backlog {
				return false
			}
			sales = sales || (m == honne.MAmount || m == honne.MQuantity) && t.book.Kind(s) == honne.Sales
		}
	}
	return sales
}

// contradicted says that most days of a report lie outside the month that its
// title gives; they count as the rows say.
func (t *table) contradicted(at honne.Address) []honne.Problem {
	if _, month := t.Period.Month(); t.Kind == "" || !month || t.Layout == honne.Crosstab {
		return nil
	}
	other, lines := 0, 0
	for s, k := range t.stats.series {
		if slices.Contains(added, s) && k.dated == k.lines {
			lines, other = lines+k.lines, other+k.lines-k.periods[t.Period]
		}
	}
	if 2*other <= lines {
		return nil
	}
	return []honne.Problem{{At: at, Severity: honne.SevWarning, Count: other,
		What: honne.Say("problem.days-outside", honne.Count("n", other), honne.Over("period", t.Period))}}
}
