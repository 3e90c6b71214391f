package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// Columns may be of another time than the report: of the months after it (翌々月見込),
// which are counted from it; or of the year around it (年間予算), or of last year
// beside months (前年上期), which are no figures of its months and are told.

var ahead = regexp.MustCompile(`^(?:(翌々月|翌翌月|次々月|次次月|再来月)|(翌月|次月|来月)|([1-9])[ヶケかカヵ箇]月[先後])(?:の|度|分)?`)

// monthsAhead is how many months after its report a header speaks of, with what it
// says of them; 0 for none.
func monthsAhead(s string) (n int, rest string) {
	s = japan.Fold(japan.Trim(s))
	m := ahead.FindStringSubmatch(s)
	switch {
	case m == nil:
		return 0, s
	case m[1] != "":
		n = 2
	case m[2] != "":
		n = 1
	default:
		n, _ = strconv.Atoi(m[3])
	}
	if rest = japan.Trim(s[len(m[0]):]); rest == "予定" {
		rest = "見込"
	}
	return n, rest
}

// countAhead gives columns of the months to come their month, in a report of one.
func (t *table) countAhead() {
	m, one := t.Period.Month()
	for i := range t.fields {
		f := &t.fields[i]
		if !one || f.label || len(f.path) == 0 || !t.Columns[i].Period.IsZero() {
			continue
		}
		last := len(f.path) - 1
		n, rest := monthsAhead(f.path[last])
		if n == 0 {
			continue
		}
		t.Columns[i].Period, f.rest = (m + honne.Month(n)).Period(), slices.Clone(f.path[:last])
		if rest != "" {
			f.rest = append(f.rest, rest)
		}
	}
}

var termAhead = regexp.MustCompile(`^(?:(翌々|翌翌|来々|次々|次次|再来)|[来次翌])(?:(期)|年度)`)

// countTermsAhead gives plans of the coming term their time: a year after that of a report
// of a whole year. In any other report only a business year that is called so is known, and
// no 期, which may be half of one. Of a table that a title says to be of it, the year there
// is that of the plan.
func (t *table) countTermsAhead() {
	from, year := t.businessYear()
	titled := slices.ContainsFunc(short(t.Title), func(s string) bool {
		return t.words.Kind(s) == honne.Proposed && !terms.HoldsAny(s, t.book.Words.Actual)
	})
	if titled && !t.countsNow() {
		return
	}
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		s, _, figure := c.Meaning.Measure()
		m := termAhead.FindStringSubmatch(japan.Key(strings.Join(f.path, "")))
		if m == nil && !titled || !figure || f.label || c.Said || !c.Period.IsZero() {
			continue
		}
		known := year || m != nil && m[2] == "" && t.Layout != honne.Crosstab && !t.Period.IsZero()
		if titled || !known || s == "" || s == honne.Sales {
			t.refuseSpan(i)
			continue
		}
		n := honne.Month(12)
		if m[1] != "" {
			n = 24
		}
		c.Period = honne.Months(from+n, from+n+11)
	}
}

// countsNow reports whether figures of no coming term stand beside some of one.
func (t *table) countsNow() bool {
	now, ahead := false, false
	for i := range t.fields {
		f := &t.fields[i]
		if _, _, figure := t.Columns[i].Meaning.Measure(); figure && !f.label {
			is := f.aheadOfTerm()
			now, ahead = now || !is, ahead || is
		}
	}
	return now && ahead
}

// aheadOfTerm reports whether the header of a column says that it is of the coming term.
func (f *field) aheadOfTerm() bool { return termAhead.MatchString(japan.Key(strings.Join(f.path, ""))) }

// businessYear is the first month of the business year of the report, and whether it is of
// all of it. One that begins in April where nothing says another.
func (t *table) businessYear() (from honne.Month, whole bool) {
	from = t.Period.From.Month()
	if t.Period == honne.Months(from, from+11) {
		return from, true
	}
	y, m := from.Civil()
	if m < 4 {
		y--
	}
	return honne.NewMonth(y, 4), false
}

var longer = regexp.MustCompile(`年間|通期|年度(?:計画|予算|目標|見込)|上期|下期|半期|[1-4]q|q[1-4]`)

var ofYear = regexp.MustCompile(`^(?:年間|通期|年度)(?:計画|予算|目標|見込|見通し|売上見込)`)

// refuseLonger leaves figures of a longer time than the month of the report, and of
// months to come that nothing counts from, out of it.
func (t *table) refuseLonger() {
	_, month := t.Period.Month()
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		s, _, figure := c.Meaning.Measure()
		if !figure || f.label || c.Said || s == honne.ToDate || !c.Period.IsZero() || t.Layout == honne.Crosstab {
			continue
		}
		header := japan.Key(strings.Join(f.path, ""))
		part := !t.Period.IsZero() && t.Period.To.Month()-t.Period.From.Month() < 11
		if n, _ := monthsAhead(header); n > 0 || month && longer.MatchString(header) || part && ofYear.MatchString(header) {
			t.refuseSpan(i)
		}
	}
}

// refuseSpan leaves a column out that is of another time, and says so.
func (t *table) refuseSpan(i int) {
	f, c := &t.fields[i], &t.Columns[i]
	c.Period, c.Meaning, c.Confidence, f.told = honne.Period{}, honne.MeaningUnknown, terms.SureHeader, true
	t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, f.col), Severity: honne.SevWarning, Raw: c.Header,
		What: honne.Say("problem.other-span", honne.Text("column", c.At), honne.Text("header", clip(c.Header)))})
}

// besideMonths takes what stands beside months and is of another time for what it
// is: last year's figure of the same months, or one that is told. It reports false
// for what may be the sum of the months.
func (t *table) besideMonths(i int, sample []*outline.Profile) bool {
	c := &t.Columns[i]
	s, _, figure := c.Meaning.Measure()
	if t.actualBesideForecasts(i, sample) {
		return true
	}
	other := figure && s != "" && s != honne.ToDate || !c.Period.IsZero() && !t.Period.Overlaps(c.Period) && !t.spanAcross().Overlaps(c.Period)
	if !other || t.fields[i].third != 0 || t.sumsMonths(i, s, sample) {
		return false
	}
	if s == honne.PriorYear && t.spanAcross() == t.Period {
		c.Period = t.Period
		return true
	}
	t.refuseSpan(i)
	return true
}

// spanAcross is the time from the first to the last of the months across.
func (t *table) spanAcross() (span honne.Period) {
	for _, c := range t.Columns {
		if _, month := c.Period.Bucket(); !month {
			continue
		}
		if span.IsZero() || c.Period.From < span.From {
			span.From = c.Period.From
		}
		span.To = max(span.To, c.Period.To)
	}
	return span
}

// sumsMonths reports whether a column is the sum of the months of its series, or of
// those that say none, in every row.
func (t *table) sumsMonths(i int, of honne.Series, sample []*outline.Profile) bool {
	for _, p := range sample {
		sum := int64(0)
		for k := range t.fields {
			_, month := t.Columns[k].Period.Bucket()
			s, _, figure := t.Columns[k].Meaning.Measure()
			if month && k != i && (!figure || s == "" || s == of) {
				n, _ := t.thousandths(p, k)
				sum += n
			}
		}
		if n, ok := t.thousandths(p, i); ok && n != sum {
			return false
		}
	}
	return true
}
