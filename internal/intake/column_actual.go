package intake

import (
	"regexp"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// What was sold in the month of a report may stand beside what is expected of the months
// after it: 当月実績 beside 見込 over 6月, 7月, 8月. It is no sum of those.

// actualBesideForecasts gives a column of what was sold, beside months that are all
// forecasts, the month of the report where the first of them follows it; of any other a
// person is told. It reports false for a column that is no such figure.
func (t *table) actualBesideForecasts(i int, sample []*outline.Profile) bool {
	c := &t.Columns[i]
	s, _, figure := c.Meaning.Measure()
	if !figure || s != "" || !c.Period.IsZero() || !t.saysSold(&t.fields[i]) || !t.foreseesAcross() || t.sumsMonths(i, honne.Forecast, sample) {
		return false
	}
	_, month := t.Period.Month()
	if month && t.spanAcross().From == t.Period.To+1 && !notOfMonth.MatchString(japan.Fold(strings.Join(t.fields[i].path, ""))) {
		c.Period = t.Period
	} else {
		t.refuseSpan(i)
	}
	return true
}

// notOfMonth finds what speaks of a longer time than a month, 当期実績, 実績（直近3ヶ月）.
var notOfMonth = regexp.MustCompile(`期|年|累|直近|[0-9]+[ヶケかカヵ箇]?月|ytd`)

// saysSold reports whether a header says that its figures are of what was sold (実績,
// 当月売上), and not that they are a sum: 売上計.
func (t *table) saysSold(f *field) bool {
	if slices.ContainsFunc(f.rest, func(s string) bool { return strings.HasSuffix(japan.Key(japan.WithoutBrackets(s)), "計") }) {
		return false
	}
	return t.saysSales(f) || slices.ContainsFunc(f.rest, func(s string) bool { return terms.HoldsAny(strings.ToLower(s), t.book.Words.Actual) })
}

// foreseesAcross reports whether every month across is of a forecast.
func (t *table) foreseesAcross() bool {
	return !slices.ContainsFunc(t.Columns, func(c honne.Column) bool {
		s, _, _ := c.Meaning.Measure()
		_, month := c.Period.Bucket()
		return month && s != honne.Forecast
	})
}

// soldBeforeForecasts reports whether a column of a forecast says that its figures were
// sold (当月販売数, or 販売数 below a title of 販売 and 見込), where every forecast beside it
// is of later months.
func (t *table) soldBeforeForecasts(f *field) bool {
	i := t.indexOf(f)
	if t.Kind != honne.Forecast || i < 0 || !t.saysSales(f) || !t.saysNow(f) && !t.entitledSales() {
		return false
	}
	later := false
	for k := range t.Columns {
		c := &t.Columns[k]
		if s, _, _ := c.Meaning.Measure(); s != honne.Forecast || t.fields[k].label {
			continue
		}
		if later = c.Period.From > t.Period.To && !t.Period.IsZero(); !later {
			return false
		}
	}
	p := t.Columns[i].Period
	return later && (p.IsZero() || p == t.Period)
}

// saysNow reports whether a header text says that its figures are of the period itself.
func (t *table) saysNow(f *field) bool {
	return slices.ContainsFunc(f.rest, func(s string) bool {
		return slices.ContainsFunc(t.words.Now, func(w string) bool { return strings.HasPrefix(japan.Key(s), w) })
	})
}

// entitledSales reports whether a title, or the name of the sheet, speaks of sales apart
// from what is expected: 販売・見込報告.
func (t *table) entitledSales() bool {
	return slices.ContainsFunc(append(slices.Clone(t.Title), t.Sheet), func(s string) bool {
		return slices.ContainsFunc(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(terms.TitleBreaks, r) }), func(w string) bool {
			return t.book.Kind(w) == honne.Sales
		})
	})
}
