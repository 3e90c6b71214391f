package intake

import (
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
func (t *table) periodsAcross() {
	seen := map[honne.Period]bool{}
	for i := range t.fields {
		f := &t.fields[i]
		if f.label && f.shape != nil {
			continue
		}
		if p, rest, ok := t.periodAcross(f.path); ok {
			t.Columns[i].Period, f.rest = p, rest
			seen[p] = true
		}
	}
	t.shortYears(seen)
	if len(seen) < 2 {
		for i := range t.Columns {
			t.Columns[i].Period, t.fields[i].rest = honne.Period{}, t.fields[i].path
		}
		return
	}
	t.Layout = honne.Crosstab
}

var shortYear = regexp.MustCompile(`^['’]?([0-9]{2})[年/.-]([0-9]{1,2})月?$`)

// shortYears reads months of a year in two digits (25年4月, '25.7) where another
// column gives a month of the same twelve; alone 25年 may be an era's.
func (t *table) shortYears(seen map[honne.Period]bool) {
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
		if m := honne.NewMonth(2000+year, month); month >= 1 && month <= 12 && near(m) {
			t.Columns[i].Period, f.rest = m.Period(), nil
		}
	}
}

// periodAcross finds the period among header texts, the narrowest of those that
// lie within each other, and the texts that say something else.
func (t *table) periodAcross(path []string) (period honne.Period, rest []string, ok bool) {
	within := t.Period
	for _, s := range path {
		head, tail := withoutMeasure(s, t.words)
		p, found := periodWithin(head, within)
		if !found {
			rest = append(rest, s)
			continue
		}
		period, within, ok = p, p, true
		if tail != "" {
			rest = append(rest, tail)
		}
	}
	return period, rest, ok
}

// periodWithin reads a period, or a piece of one that a wider period completes:
// 4月, 4-6月, 上期, 第1四半期.
func periodWithin(s string, within honne.Period) (honne.Period, bool) {
	if p, ok := readPeriod(s); ok {
		return p, true
	}
	if within.IsZero() {
		return honne.Period{}, false
	}
	if m, ok := japan.ParseMonthName(s); ok && !plainNumber(s) {
		return monthFrom(m, within.From.Month()).Period(), true
	}
	if from, to, ok := japan.ParseMonthSpan(s); ok {
		a := monthFrom(from, within.From.Month())
		return honne.Months(a, monthFrom(to, a)), true
	}
	if year, ok := fiscalYearOf(within); ok {
		for _, form := range [...]string{"%[1]d年度%[2]s", "%[2]s FY%[1]d"} {
			if p, ok := japan.ParsePeriod(fmt.Sprintf(form, year, s)); ok && p != within {
				return p, true
			}
		}
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

// withoutMeasure splits a measure's word off a period: 4月実績, 2025年4月売上.
func withoutMeasure(s string, d *dictionary) (head, tail string) {
	s = withoutBrackets(s)
	if i := strings.LastIndex(s, "月"); i >= 0 {
		head, tail = s[:i+len("月")], strings.TrimPrefix(s[i+len("月"):], "度")
		if _, sure := d.lookup(tail); tail != "" && sure > 0 {
			return head, tail
		}
	}
	return s, ""
}

// markSums takes half years and years beside their months, and figures without
// any period, for totals.
func (t *table) markSums() {
	if t.Layout != honne.Crosstab {
		return
	}
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
		wide := !c.Period.IsZero() && short && !month
		if wide && !c.Said || c.Period.IsZero() && figure && !t.fields[i].label && !c.Said {
			c.Period, c.Meaning, c.Confidence = honne.Period{}, honne.MTotal, byShape
		}
	}
}

// namesAcross reads the products or customers that stand across: names over
// columns of figures, in a table whose rows say something else. Which of the two
// they are follows from what the rows say, else from the title: 得意先別.
func (t *table) namesAcross() {
	names := map[string]bool{}
	var columns []int
	for i := range t.fields {
		if name := t.nameAcross(i); name != "" {
			names[name] = true
			columns = append(columns, i)
		}
	}
	if len(names) < 2 || t.Layout != honne.Crosstab && len(t.periods.cols) == 0 && !t.named() {
		return
	}
	role, customers := t.acrossRole()
	for _, i := range columns {
		name, c := t.nameAcross(i), &t.Columns[i]
		if customers {
			who := t.words.judgeName(name)
			c.Customer = &honne.Party{Name: name, Disclosure: who.disclosure, Site: who.site}
			t.across = role
		} else {
			c.Product = &honne.Product{Name: name}
		}
	}
	t.names = columns
	t.markUnnamed()
}

// markUnnamed takes plain figures that stand under none of the names for their
// sums.
func (t *table) markUnnamed() {
	for i := range t.Columns {
		c := &t.Columns[i]
		series, _, figure := c.Meaning.Measure()
		if figure && series == "" && !t.fields[i].label && !c.Said && !slices.Contains(t.names, i) {
			c.Meaning, c.Confidence = honne.MTotal, byShape
		}
	}
}

// nameAcross is the name over a column of figures that is neither a measure nor
// a period nor a total; "" when there is none.
func (t *table) nameAcross(i int) string {
	f, c := &t.fields[i], &t.Columns[i]
	_, _, figure := c.Meaning.Measure()
	if f.label || c.Meaning == honne.MTotal || !figure && (c.Meaning != honne.MeaningUnknown || c.Confidence > 0) {
		return ""
	}
	var names []string
	for _, s := range f.rest {
		if _, sure := t.words.lookup(s); sure == 0 && !isUnitLabel(s) {
			if t.words.total(s) != isRecord || t.words.holdsTotal(s) && strings.HasSuffix(s, "計") {
				return ""
			}
			names = append(names, s)
		}
	}
	if figure && len(f.rest) == len(names) {
		return ""
	}
	return strings.Join(names, " ")
}

// acrossRole decides between products and customers across.
func (t *table) acrossRole() (role honne.Role, customers bool) {
	product := t.has(honne.MProductCode) || t.has(honne.MProductName) || t.has(honne.MProductLine)
	customer := t.has(honne.MCustomerName) || t.has(honne.MCustomerCode) || t.has(honne.MEndUserName) || t.has(honne.MEndUserCode) || t.has(honne.MShipToName)
	switch {
	case customer && !product:
		return 0, false
	case product:
		customers = true
	}
	for _, title := range t.Title {
		for _, part := range strings.Split(title, "別") {
			m, _ := t.words.lookup(lastWord(part))
			switch m {
			case honne.MEndUserName:
				return honne.EndUser, true
			case honne.MShipToName:
				return honne.ShipTo, true
			case honne.MCustomerName:
				return honne.Invoiced, true
			}
		}
	}
	return honne.Invoiced, customers
}

// lastWord is what stands behind the last blank or point of a text.
func lastWord(s string) string {
	if i := strings.LastIndexAny(s, " 　・、／/"); i >= 0 {
		_, size := utf8.DecodeRuneInString(s[i:])
		return s[i+size:]
	}
	return s
}
