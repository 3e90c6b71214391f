package intake

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"honne"
	"honne/internal/japan"
)

// periodsAcross reads the periods that stand across: each column of figures may
// say one, over several rows of its header (2025年度, 下期, 2月). What is left of
// its header texts names the column.
func (t *table) periodsAcross(sample []*profile) {
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
func (t *table) isBarcode(f *field, sample []*profile) bool {
	if f.shape == nil || !f.shape.even || len(f.path) != 1 || !isCode(t.book.Exact[japan.Key(f.path[0])]) {
		return false
	}
	return slices.ContainsFunc(sample, func(p *profile) bool {
		c := p.Cell(f.col)
		return c != nil && p.at(f.col) == number && len(c.Text) >= 8
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
		case len(f.rest) != 1 || t.words.total(f.rest[0]) == "":
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
		case seen[p] && !t.Period.IsZero() && within(p, t.Period) && t.saysToDate(i):
			continue // 実績累計(4-6月) beside what is expected of the half
		case seen[p] && (t.Period.IsZero() || within(p, t.Period)):
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
	m, _ := t.words.lookup(strings.Join(t.fields[i].rest, ""))
	series, _, _ := m.Measure()
	return series == honne.ToDate
}

// within reports whether a period lies in a wider one.
func within(p, wide honne.Period) bool { return wide.From <= p.From && p.To <= wide.To }

var shortYear = regexp.MustCompile(`^['’]?([0-9]{2})[年/.-]([0-9]{1,2})月?$`)

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
		if p, ok := readPeriod(s); ok {
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
	if period, rest, ok = yearUnderMonth(path); ok {
		return period, rest, true
	}
	for _, s := range path {
		if p, term := t.termAcross(s); term {
			period, within, ok = p, p, true
			continue
		}
		if p, closes := closingAcross(s, within); closes {
			period, within, ok = p, p, true
			continue
		}
		head, tail := withoutMeasure(s, t.words)
		p, found := periodWithin(t.inOrderSaid(t.inNumbers(t.inShort(head))), within)
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
			if closing, said := bracketedPart(s, p); said {
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

var termNumber = regexp.MustCompile(`第([0-9]{1,3})期`)

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

var closesAt = regexp.MustCompile(`^([0-9]{1,2})[/月]([0-9]{1,2})日?締(め|切|切り|め切り)?(分)?$`)

// closingAcross reads the day on which a month across closes, 8/20締, in the year that
// something else says.
func closingAcross(s string, within honne.Period) (honne.Period, bool) {
	m := closesAt.FindStringSubmatch(japan.Fold(japan.Trim(s)))
	if m == nil || within.IsZero() {
		return honne.Period{}, false
	}
	name, _ := strconv.Atoi(m[1])
	day, _ := strconv.Atoi(m[2])
	if name < 1 || name > 12 || day < 1 || day > 31 {
		return honne.Period{}, false
	}
	month := monthFrom(name, within.From.Month())
	return japan.ClosingMonth(month, day), month <= within.To.Month()
}

// closesOn is the day on which a title says that every month closes, 0 for none.
func (t *table) closesOn() (day int) {
	for _, s := range t.Title {
		day = cmp.Or(day, closingDay(s))
	}
	return day
}

// periodWithin reads a period, or a piece of one that a wider period completes:
// 4月, 4-6月, 上期, 第1四半期.
func periodWithin(s string, wide honne.Period) (honne.Period, bool) {
	if p, ok := readPeriod(s); ok {
		return p, true
	}
	if wide.IsZero() {
		return honne.Period{}, false
	}
	if m, ok := japan.ParseMonthName(strings.TrimSuffix(japan.Trim(s), "末")); ok && !plainNumber(s) {
		return monthFrom(m, wide.From.Month()).Period(), true
	}
	if from, to, ok := japan.ParseMonthSpan(s); ok {
		first := wide.From.Month()
		if _, name := first.Civil(); to == name && from != to {
			return honne.Months(monthFrom(from, first-11), first), true // 4～10月 beside 2025年10月
		}
		a := monthFrom(from, wide.From.Month())
		return honne.Months(a, monthFrom(to, a)), true
	}
	if half, ok := yearOfHalf(wide); ok { // 上期 over 1Q, 2Q
		if p, ok := periodWithin(s, half); ok && within(p, wide) {
			return p, true
		}
	}
	if year, ok := fiscalYearOf(wide); ok {
		for _, form := range [...]string{"%[1]d年度%[2]s", "%[2]s FY%[1]d"} {
			if p, ok := japan.ParsePeriod(fmt.Sprintf(form, year, s)); ok && p != wide {
				return p, true
			}
		}
	}
	return honne.Period{}, false
}

// yearOfHalf is the business year from April of which a period is a half.
func yearOfHalf(p honne.Period) (honne.Period, bool) {
	from := p.From.Month()
	switch _, m := from.Civil(); {
	case p != honne.Months(from, from+5):
	case m == 4:
		return honne.Months(from, from+11), true
	case m == 10:
		return honne.Months(from-6, from+5), true
	}
	return honne.Period{}, false
}

// fiscalYearOf returns the year of a period of twelve months from April.
func fiscalYearOf(p honne.Period) (int, bool) {
	y, m := p.From.Month().Civil()
	return y, m == 4 && p == honne.Months(p.From.Month(), p.From.Month()+11)
}

// monthFrom returns the first month of that name from start on.
func monthFrom(name int, start honne.Month) honne.Month {
	for m := start; ; m++ {
		if _, is := m.Civil(); is == name {
			return m
		}
	}
}

func plainNumber(s string) bool {
	_, ok := japan.ParseNumber(s)
	return ok
}

// withoutMeasure splits a measure's word off a period: 4月実績, 2025年4月売上（数量）.
func withoutMeasure(s string, d *dictionary) (head, tail string) {
	head, tail = cutMeasure(s, d)
	if in := bracketedText(s); in != "" && tail != "" && tail != in {
		if _, sure := d.inBrackets(tail+"("+in+")", tail); sure > 0 {
			tail += "(" + in + ")"
		}
	}
	return head, tail
}

func cutMeasure(s string, d *dictionary) (head, tail string) {
	bare := japan.WithoutBrackets(s)
	if i := strings.LastIndex(bare, "月"); i >= 0 {
		head, tail = bare[:i+len("月")], strings.TrimPrefix(bare[i+len("月"):], "度")
		if _, sure := d.lookup(tail); tail != "" && (sure > 0 || d.version(tail) != 0) {
			return head, tail
		}
		if _, sure := d.lookup(strings.TrimPrefix(tail, "末")); tail != "末" && sure > 0 {
			return head, strings.TrimPrefix(tail, "末") // 9月末在庫
		}
	}
	if head, tail, ok := joinedMeasure(bare, d); ok {
		return head, tail
	}
	if in := bracketedText(s); in != "" && d.measures(in) {
		return bare, in // 10月（見込）
	}
	if in := bracketedText(s); in != "" && d.measures(bare) && isPeriodText(in) {
		return in, bare // 実績（9月）
	}
	if head, tail, ok := d.periodBefore(bare); ok {
		return head, tail // 2025年度3Q予算
	}
	for _, end := range [...]string{"年度", "上期", "下期", "四半期", "月期"} {
		if head, tail, ok := strings.Cut(bare, end); ok && d.measures(tail) {
			return head + end, tail // 2025年度実績
		}
	}
	return bare, ""
}

// periodBefore splits a text into the longest period that begins it and a measure.
func (d *dictionary) periodBefore(s string) (period, measure string, ok bool) {
	if len(s) > 60 {
		return "", "", false
	}
	for i := range s {
		head, tail := japan.Trim(s[:i]), japan.Trim(s[i:])
		if saysPeriod(head) && d.measures(tail) {
			period, measure, ok = head, tail, true
		}
	}
	return period, measure, ok
}

// joinedMeasure splits what a program joins by a line: 202504_数量, 数量_2025-04.
func joinedMeasure(s string, d *dictionary) (period, measure string, ok bool) {
	a, b, ok := strings.Cut(strings.ReplaceAll(s, "＿", "_"), "_")
	switch {
	case !ok:
		return "", "", false
	case saysPeriod(a) && d.measures(b):
		return a, b, true
	case saysPeriod(b) && d.measures(a):
		return b, a, true
	}
	return "", "", false
}

// saysPeriod reports whether a text is a period, and no small number.
func saysPeriod(s string) bool { return isPeriodText(s) && (len(s) >= 6 || !plainNumber(s)) }

// bracketedText is what stands in brackets of any kind at the end of a header.
func bracketedText(s string) string {
	s = japan.Trim(s)
	last, size := utf8.DecodeLastRuneInString(s)
	from := strings.LastIndexFunc(s, func(r rune) bool { return japan.Bracket(r) > 0 })
	if japan.Bracket(last) >= 0 || from <= 0 {
		return ""
	}
	_, open := utf8.DecodeRuneInString(s[from:])
	return japan.Trim(s[from+open : len(s)-size])
}

// markSums takes half years and years beside their months, and figures without
// any period, for totals.
func (t *table) markSums(sample []*profile) {
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
			c.Period, c.Meaning, c.Confidence = honne.Period{}, honne.MTotal, byShape
		}
	}
}
