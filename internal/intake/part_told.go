package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/terms"
)

// told lists what must be said of a table.
func (t *table) told() []honne.Problem {
	out, asked := t.toldFigures()
	out = slices.Concat(out, t.toldMore(), t.toldSums(), t.toldNest(), t.toldBranches())
	if t.derived.n > 0 {
		out = append(out, t.derived.told(t, "problem.row-measure-unknown"))
	}
	out = slices.Concat(out, t.toldTurns(), t.toldUnsold(), t.toldSets(), t.toldAstray(), t.toldNameless(), t.toldOthers(), t.toldFlow(), t.toldNoted(), t.toldCounters(), t.toldFaults(), t.toldColours())
	at := honne.Address{Sheet: t.Sheet, Range: t.Body}
	if n := t.stats.undated; n > 0 && t.Kind != "" {
		out = append(out, honne.Problem{At: at, Severity: honne.SevWarning, Count: n, What: honne.Say("problem.no-period", honne.Count("n", n))})
	}
	out = append(out, t.contradicted(at)...)
	if t.Kind != "" && closes(t.Period) {
		out = append(out, t.closing(at))
	}
	if t.Kind == "" && t.Topic == "" && !t.Unused && !asked {
		out = append(out, t.toldKind(at)...)
	}
	if n := t.stats.hiddenRows; n > 0 {
		out = append(out, honne.Problem{At: at, Severity: honne.SevNote, Count: n, What: honne.Say("problem.hidden-rows", honne.Count("n", n))})
	}
	return append(out, t.unnamed()...)
}

// toldMore counts what is no longer said one by one.
func (t *table) toldMore() (out []honne.Problem) {
	for _, more := range [...]struct {
		n    int
		how  honne.Severity
		what string
	}{
		{t.stats.unreadable - problemLimit, honne.SevWarning, "problem.more-not-numbers"},
		{t.stats.differing - problemLimit, honne.SevNote, "problem.more-totals-differ"},
		{t.stats.leftOut, honne.SevNote, "problem.more-left-out"},
	} {
		if more.n > 0 {
			out = append(out, honne.Problem{At: honne.Address{Sheet: t.Sheet, Range: t.Body}, Severity: more.how, Count: more.n, What: honne.Say(more.what, honne.Count("n", more.n))})
		}
	}
	return out
}

// toldSums says which rows add up otherwise than they stand.
func (t *table) toldSums() (out []honne.Problem) {
	if n := t.ranks.odds; n > 0 {
		out = append(out, honne.Problem{At: t.address(t.ranks.odd, t.ranks.labels[0]), Severity: honne.SevWarning, Count: n, What: honne.Say("problem.parent-differs", honne.Count("n", n))})
	}
	if n := t.sums.odd.n; n > 0 && 2*n <= t.stats.rows {
		out = append(out, t.sums.odd.told(t, "problem.maybe-sum"))
	}
	return out
}

// toldKind says of a table that nothing names a kind of what is in the way; a note where
// it hardly is a report, nothing where it holds no rows.
func (t *table) toldKind(at honne.Address) []honne.Problem {
	how, what := honne.SevWarning, honne.Say("problem.kind-unknown")
	switch {
	case t.Period.IsZero() && t.daysUnread():
		what = honne.Say("problem.days-of-no-month")
	case t.weekly():
		what = honne.Say("problem.weeks-across")
	case t.stats.rows > 1 && t.announced() != "":
		what = honne.Say("problem.kind-without-figures", honne.Word("series", "series."+string(t.announced())))
	case t.stats.rows > 1 && (t.trades() || t.nameless() || t.has(honne.MMeasureName)):
		if t.speaksUnsold(short(t.around)) && !t.paidToo() || t.doneBesideReport() {
			how = honne.SevNote // a list of what is lent
		}
	case t.stats.rows > 0 && t.figures > 0:
		how = honne.SevNote // what nothing names is hardly a report
	case t.stats.rows > 0 && len(t.headerRows) > 0:
		how, what = honne.SevNote, honne.Say("problem.no-figures")
	default:
		return nil
	}
	return []honne.Problem{{At: at, Severity: how, What: what}}
}

// announced is the series that a title speaks of, over columns of figures of which
// none is known; "" for none.
func (t *table) announced() honne.Series {
	unknown := false
	for i := range t.fields {
		f := &t.fields[i]
		unknown = unknown || !f.label && len(f.path) > 0 && t.Columns[i].Meaning == honne.MeaningUnknown
	}
	if t.Unit.Name == "%" || !unknown || terms.HoldsAny(strings.Join(t.around, " "), t.book.Words.Masters) {
		return ""
	}
	for _, s := range t.around {
		if kind := t.words.Kind(s); kind != "" {
			if kind == honne.Shipments && t.counter.reader.file.From != honne.Ours {
				return honne.Sales // what a distributor ships it has sold
			}
			return kind
		}
	}
	return ""
}

// nameless reports whether the table has no header, and figures or another table
// right above it: what a report is without its first rows.
func (t *table) nameless() bool {
	return len(t.headerRows) == 0 && len(t.cols) > 2 && (t.figures > 0 || t.joined)
}

// leftOut reports whether a row was left out.
func (t *table) leftOut(row int32) bool {
	return slices.ContainsFunc(t.Excluded, func(x honne.Excluded) bool {
		return x.Range.From.Row <= row && row <= x.Range.To.Row
	})
}

// closing says of a table whose month closes on another day than the last how it
// is counted: as the month in which it ends, which is exact by its days where its
// rows are dated, and an estimate where not.
func (t *table) closing(at honne.Address) honne.Problem {
	for _, s := range honne.AllSeries {
		if k := t.stats.series[s]; k != nil && k.dated > 0 {
			return honne.Problem{At: at, Severity: honne.SevNote, What: honne.Say("problem.closing-dated", honne.Over("period", t.Period))}
		}
	}
	return honne.Problem{At: at, Severity: honne.SevNote, What: honne.Say("problem.closing-month", honne.Over("period", t.Period))}
}

// trades reports whether the table counts something and its rows say to whom or,
// by its code, what, or when: a report of sales, stock and the like, not a list of
// customers.
func (t *table) trades() bool {
	plain, own := t.measures()
	counts := plain > 0 || len(own) > 0
	products := t.has(honne.MProductCode) || t.has(honne.MProductName)
	if t.figures > 0 && (t.has(honne.MDate) && products || t.has(honne.MPeriod) && (products || t.has(honne.MCustomerName))) {
		return true // by the day or the month, be the names of its figures known or not
	}
	if !counts && t.Layout != honne.Crosstab && t.Unit.Currency == "" {
		return false
	}
	return counts && t.dated() || slices.ContainsFunc(t.Columns, func(c honne.Column) bool {
		switch c.Meaning {
		case honne.MCustomerCode, honne.MCustomerName, honne.MEndUserCode, honne.MEndUserName, honne.MShipToCode, honne.MShipToName, honne.MProductCode:
			return true
		}
		return false
	})
}

// shortened lists so many problems of each kind; the rest is counted behind them.
func shortened(problems []honne.Problem) []honne.Problem {
	const limit = 1000
	seen, more := map[string]int{}, map[string]int{} // by kind: how many, and where the rest is counted
	out := problems[:0]
	for _, p := range problems {
		id := p.What.ID
		switch seen[id]++; {
		case seen[id] <= limit:
			out = append(out, p)
			continue
		case seen[id] == limit+1:
			more[id] = len(out)
			out = append(out, honne.Problem{At: p.At, Severity: p.Severity})
		}
		rest := &out[more[id]]
		rest.Count = seen[id] - limit
		rest.What = honne.Say("problem.more", honne.Count("n", rest.Count))
	}
	return out
}
