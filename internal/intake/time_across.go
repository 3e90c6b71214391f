package intake

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// periodsAcross reads the periods that stand across: each column of figures may
// say one, over several rows of its header (2025年度, 下期, 2月). What is left of
// its header texts names the column.
func (t *table) periodsAcross(sample []*outline.Profile) {
	if t.monthsOfRows(sample) {
		return
	}
	seen := map[honne.Period]bool{}
	t.findOrdered()
	t.findYearParts()
	within := t.monthsWithin()
	t.readThirds(within)
	t.readDays(sample)
	for i := range t.fields {
		f := &t.fields[i]
		if f.label && f.shape != nil || t.isBarcode(f, sample) {
			continue
		}
		if f.third != 0 {
			seen[t.Columns[i].Period] = true
			continue
		}
		if p, rest, ok := t.periodAcross(f.path, within); ok {
			t.Columns[i].Period, f.rest = p, rest
			seen[p] = true
			if m, ok := saidMonth(f.path); ok {
				within = honne.Months(m, m+11) // 2025年4月, 5月, 6月 …
			}
		}
	}
	t.shortYears(seen)
	t.shortHalves(seen)
	if len(seen) < 2 && !t.firstMonthAcross() {
		t.onePeriodAcross(seen)
		return
	}
	t.Layout = honne.Crosstab
}

// isBarcode reports whether a column is of codes of goods, of eight digits at least, whose
// header may be a month in English: JAN.
func (t *table) isBarcode(f *field, sample []*outline.Profile) bool {
	if f.shape == nil || !f.shape.Even || len(f.path) != 1 || !isCode(t.book.Exact[japan.Key(f.path[0])]) {
		return false
	}
	return slices.ContainsFunc(sample, func(p *outline.Profile) bool {
		c := p.Cell(f.col)
		return c != nil && p.Class(f.col) == outline.Number && len(c.Text) >= 8
	})
}

// firstMonthAcross reports whether one month stands across by itself, at most with its
// total: the months of a year of which only the first is over.
func (t *table) firstMonthAcross() bool {
	months := 0
	for i := range t.fields {
		f := &t.fields[i]
		_, month := t.Columns[i].Period.Bucket()
		switch {
		case f.label || f.shape == nil:
		case month && len(f.rest) == 0:
			months++
		case len(f.rest) != 1 || t.words.Total(f.rest[0]) == "":
			return false
		}
	}
	return months == 1
}

// onePeriodAcross takes the only period over columns of figures for that of the
// table, where nothing says another.
func (t *table) onePeriodAcross(seen map[honne.Period]bool) {
	for i := range t.Columns {
		c := &t.Columns[i]
		p := c.Period
		_, month := p.Bucket()
		_, one := t.Period.Month()
		switch {
		case seen[p] && !t.Period.IsZero() && when.Within(p, t.Period) && t.saysToDate(i):
			continue // 実績累計(4-6月) beside what is expected of the half
		case seen[p] && (t.Period.IsZero() || when.Within(p, t.Period)):
			t.Period, t.PeriodAt = p, honne.Cell{Row: t.Header.To.Row, Col: t.fields[i].col}.String()
		case seen[p] && month && one && len(t.fields[i].rest) > 0:
			continue // 9月実績 in a report of October
		case seen[p]:
			t.fields[i].rest = t.fields[i].path
		}
		c.Period = honne.Period{}
	}
}

// saysToDate reports whether a column is headed by a sum so far.
func (t *table) saysToDate(i int) bool {
	m, _ := t.words.Lookup(strings.Join(t.fields[i].rest, ""))
	series, _, _ := m.Measure()
	return series == honne.ToDate
}

// shortYears reads months of a year in two digits (25年4月, '25.7) where another
// column gives a month of the same twelve. Where none does, months that follow
// each other are read, and a person is asked to look: 25年 may be an era's.
func (t *table) shortYears(seen map[honne.Period]bool) {
	run := len(seen) == 0 && t.shortRun()
	near := func(m honne.Month) bool {
		for p := range seen {
			if d := p.From.Month() - m; d > -12 && d < 12 {
				return true
			}
		}
		return false
	}
	for i := range t.fields {
		f := &t.fields[i]
		match := shortYear.FindStringSubmatch(japan.Fold(strings.Join(f.path, "")))
		if match == nil || f.label || !t.Columns[i].Period.IsZero() {
			continue
		}
		year, _ := strconv.Atoi(match[1])
		month, _ := strconv.Atoi(match[2])
		if m := honne.NewMonth(2000+year, month); month >= 1 && month <= 12 && (run || near(m)) {
			if run && len(seen) == 0 && !t.Period.Overlaps(m.Period()) {
				t.assumeCentury(t.address(t.Header.To.Row, f.col), m, strings.Join(f.path, ""))
			}
			t.Columns[i].Period, f.rest = m.Period(), nil
			seen[m.Period()] = true
		}
	}
}

// saidMonth is the month that header texts give with its year.
func saidMonth(path []string) (honne.Month, bool) {
	for _, s := range path {
		if p, ok := when.ReadPeriod(s); ok {
			if m, ok := p.Month(); ok {
				return m, true
			}
		}
	}
	return 0, false
}

// periodAcross finds the period among header texts, the narrowest of those that
// lie within each other, and the texts that say something else.
func (t *table) periodAcross(path []string, within honne.Period) (period honne.Period, rest []string, ok bool) {
	if period, rest, ok = when.YearUnderMonth(path); ok {
		return period, rest, true
	}
	for _, s := range path {
		if p, term := t.termAcross(s); term {
			period, within, ok = p, p, true
			continue
		}
		if p, closes := when.ClosingAcross(s, within); closes {
			period, within, ok = p, p, true
			continue
		}
		head, tail := withoutMeasure(s, t.words)
		p, found := when.PeriodWithin(t.inOrderSaid(t.inNumbers(t.inShort(head))), within)
		if !found {
			p, found = t.partOfSaid(head, within)
		}
		if !found && t.yearParts {
			p, found = t.businessPart(head)
		}
		if !found {
			rest = append(rest, s)
			continue
		}
		if _, month := p.Month(); month {
			if closing, said := when.BracketedPart(s, p); said {
				p = closing // 4月度（3/21～4/20）
			} else if day := t.closesOn(); day > 0 {
				p = japan.ClosingMonth(p.From.Month(), day)
			}
		}
		period, within, ok = p, p, true
		if tail != "" {
			rest = append(rest, tail)
		}
	}
	return period, rest, ok
}

// termAcross reads the business year of a company by its number, 第48期, where a title
// says of one of them when it is.
func (t *table) termAcross(s string) (honne.Period, bool) {
	m := termNumber.FindStringSubmatch(japan.Fold(japan.Trim(s)))
	if m == nil || m[0] != japan.Fold(japan.Trim(s)) || t.Period.To.Month()-t.Period.From.Month() != 11 {
		return honne.Period{}, false
	}
	for _, title := range t.Title {
		said := termNumber.FindAllStringSubmatch(japan.Fold(title), 2)
		if len(said) != 1 {
			continue
		}
		of, _ := strconv.Atoi(said[0][1])
		n, _ := strconv.Atoi(m[1])
		from := t.Period.From.Month() + honne.Month(12*(n-of))
		return honne.Months(from, from+11), true
	}
	return honne.Period{}, false
}

// closesOn is the day on which a title says that every month closes, 0 for none.
func (t *table) closesOn() (day int) {
	for _, s := range t.Title {
		day = cmp.Or(day, when.ClosingDay(s))
	}
	return day
}

// withoutMeasure splits a measure's word off a period: 4月実績, 2025年4月売上（数量）.
func withoutMeasure(s string, d *terms.Dictionary) (head, tail string) {
	head, tail = cutMeasure(s, d)
	if in := when.BracketedText(s); in != "" && tail != "" && tail != in {
		if _, sure := d.InBrackets(tail+"("+in+")", tail); sure > 0 {
			tail += "(" + in + ")"
		}
	}
	return head, tail
}

func cutMeasure(s string, d *terms.Dictionary) (head, tail string) {
	bare := japan.WithoutBrackets(s)
	if i := strings.LastIndex(bare, "月"); i >= 0 {
		head, tail = bare[:i+len("月")], strings.TrimPrefix(bare[i+len("月"):], "度")
		if _, sure := d.Lookup(tail); tail != "" && (sure > 0 || d.Version(tail) != 0) {
			return head, tail
		}
		if _, sure := d.Lookup(strings.TrimPrefix(tail, "末")); tail != "末" && sure > 0 {
			return head, strings.TrimPrefix(tail, "末") // 9月末在庫
		}
	}
	if head, tail, ok := joinedMeasure(bare, d); ok {
		return head, tail
	}
	if in := when.BracketedText(s); in != "" && d.Measures(in) {
		return bare, in // 10月（見込）
	}
	if in := when.BracketedText(s); in != "" && d.Measures(bare) && when.IsPeriodText(in) {
		return in, bare // 実績（9月）
	}
	if head, tail, ok := d.PeriodBefore(bare); ok {
		return head, tail // 2025年度3Q予算
	}
	for _, end := range [...]string{"年度", "上期", "下期", "四半期", "月期"} {
		if head, tail, ok := strings.Cut(bare, end); ok && d.Measures(tail) {
			return head + end, tail // 2025年度実績
		}
	}
	return bare, ""
}

// joinedMeasure splits what a program joins by a line: 202504_数量, 数量_2025-04.
func joinedMeasure(s string, d *terms.Dictionary) (period, measure string, ok bool) {
	a, b, ok := strings.Cut(strings.ReplaceAll(s, "＿", "_"), "_")
	switch {
	case !ok:
		return "", "", false
	case when.SaysPeriod(a) && d.Measures(b):
		return a, b, true
	case when.SaysPeriod(b) && d.Measures(a):
		return b, a, true
	}
	return "", "", false
}

// markSums takes half years and years beside their months, and figures without
// any period, for totals.
func (t *table) markSums(sample []*outline.Profile) {
	if t.Layout != honne.Crosstab {
		return
	}
	t.markYears(sample)
	t.markWider(sample)
	short := false
	for _, c := range t.Columns {
		if _, ok := c.Period.Bucket(); ok {
			short = true
		}
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		_, month := c.Period.Bucket()
		_, _, figure := c.Meaning.Measure()
		wide := !c.Period.IsZero() && short && !month && t.fields[i].third == 0
		if wide && t.sumsSoFar(i) {
			continue
		}
		if wide && !c.Said || t.fields[i].third < 0 || c.Period.IsZero() && figure && !t.fields[i].label && !c.Said {
			if short && t.besideMonths(i, sample) {
				continue
			}
			c.Period, c.Meaning, c.Confidence = honne.Period{}, honne.MTotal, terms.ByShape
		}
	}
}

var shortYear = regexp.MustCompile(`^['’]?([0-9]{2})[年/.-]([0-9]{1,2})月?$`)

var termNumber = regexp.MustCompile(`第([0-9]{1,3})期`)
