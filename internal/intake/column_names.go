package intake

import (
	"maps"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// namesAcross reads the products, customers or places that stand across: names
// over columns of figures, in a table whose rows say something else.
func (t *table) namesAcross(sample []*outline.Profile) {
	names, columns := t.namedColumns()
	if len(names) < 2 || t.Layout != honne.Crosstab && len(t.periods.cols) == 0 && !t.named() && !t.has(honne.MMeasureName) || !t.mayBeNames(sample, columns) {
		return
	}
	columns = t.withoutChannels(t.withoutWholes(sample, columns), names)
	maps.DeleteFunc(names, func(name string, _ bool) bool { return slices.Contains(t.words.Wholes, japan.Key(name)) })
	t.branchOver(columns)
	what, told := acrossOf(t.sortAcross(columns))
	if t.channelsAcross(columns) {
		what, told = acrossWhat{classes: true}, true
	}
	if !told {
		if t.saysBoth() && t.plainNames(slices.Sorted(maps.Keys(names))) {
			return
		}
		what = t.acrossAre(slices.Sorted(maps.Keys(names)))
	}
	t.across = what.role
	for _, i := range columns {
		t.takeAcross(i, what)
	}
	t.names = columns
	t.markUnnamed()
}

// namedColumns are the columns of figures over which a name stands, and the names.
func (t *table) namedColumns() (names map[string]bool, columns []int) {
	names = map[string]bool{}
	crossed := t.Layout == honne.Crosstab && t.anyPeriodAcross() // what says no period there is derived of what does
	stock := t.speaksOf() == honne.Stock
	for i := range t.fields {
		name := t.nameAcross(i)
		if stock && japan.IsSite(name, t.words.Site) {
			continue // what lies there may be placed with it, or its own
		}
		if name != "" && !(crossed && t.Columns[i].Period.IsZero()) {
			names[name] = true
			columns = append(columns, i)
		}
	}
	return names, columns
}

// takeAcross makes of the name over a column what names across are.
func (t *table) takeAcross(i int, what acrossWhat) {
	name, c := t.nameAcross(i), &t.Columns[i]
	switch {
	case what.places:
		c.Region = name
	case what.reps:
		t.fields[i].rep = name
	case what.classes:
		t.fields[i].class = name
	case what.parties:
		who := t.words.JudgeName(name)
		c.Customer = &honne.Party{Name: name, Disclosure: who.Disclosure, Site: who.Site}
	default:
		c.Product = &honne.Product{Name: name}
	}
}

// saysBoth reports whether rows say a customer and a product, so that neither is left to
// stand across.
func (t *table) saysBoth() bool {
	return (t.has(honne.MProductCode) || t.has(honne.MProductName)) &&
		(t.has(honne.MCustomerName) || t.has(honne.MCustomerCode) || t.has(honne.MEndUserName) || t.has(honne.MEndUserCode) || t.has(honne.MShipToName))
}

// plainNames reports whether names say nothing of what they are: no place, no company,
// no place of use.
func (t *table) plainNames(names []string) bool {
	return !most(names, func(s string) bool {
		return t.words.IsPlace(s) || japan.IsAddressed(s) || japan.IsSite(s, t.words.Site)
	})
}

// markUnnamed takes plain figures that stand under none of the names for their
// sums.
func (t *table) markUnnamed() {
	for i := range t.Columns {
		c := &t.Columns[i]
		series, _, figure := c.Meaning.Measure()
		if figure && series == "" && !t.fields[i].label && !c.Said && !slices.Contains(t.names, i) {
			c.Meaning, c.Confidence = honne.MTotal, terms.ByShape
		}
	}
}

// mayBeNames reports whether nothing speaks against names over those columns: a figure
// that its own header names (金額) and that is not their sum does. What stands
// beside it are pieces of it, or something else.
func (t *table) mayBeNames(sample []*outline.Profile, columns []int) bool {
	sums := make([]int64, len(sample))
	for k, p := range sample {
		for _, i := range columns {
			n, _ := t.thousandths(p, i)
			sums[k] += n
		}
	}
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		_, _, figure := c.Meaning.Measure()
		if _, named := slices.BinarySearch(columns, i); !figure || named || f.label || !c.Period.IsZero() {
			continue
		}
		total := slices.ContainsFunc(f.rest, func(s string) bool { return t.words.Total(s) != "" })
		for k, p := range sample {
			if n, ok := t.thousandths(p, i); !total && ok && n != sums[k] {
				return false
			}
		}
	}
	return true
}

// thousandths is the figure of a column in a row.
func (t *table) thousandths(p *outline.Profile, i int) (int64, bool) {
	c := p.Cell(t.fields[i].col)
	if c == nil {
		return 0, false
	}
	return inThousandths(c)
}

// forgetNames takes back what was made of the names across, in a table that is no
// report.
func (t *table) forgetNames() {
	for _, i := range t.names {
		c := &t.Columns[i]
		c.Product, c.Customer, c.Region = nil, nil, ""
		t.fields[i].rep, t.fields[i].class = "", ""
	}
	t.names = nil
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
		s = beforeUnit(s)
		if (t.words.NamesAcross(s) || t.besideChannels(f)) && !terms.IsUnitLabel(s) {
			if t.words.Total(s) != "" || t.words.HoldsTotal(s) && strings.HasSuffix(s, "計") {
				return ""
			}
			if t.words.Step(s) || when.IsDaySpan(s) || t.unread(s) || monthOrder(s) > 0 || t.words.Measured(s) || t.words.SortOrState(s) && !t.words.Channel(s) || termNumber.MatchString(japan.Fold(s)) {
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

// unread reports whether a text is a part of a year that nothing said which (4月,
// 第4月, 1Q, 上期), though rows or title say a period: it is no name of theirs.
func (t *table) unread(s string) bool {
	if _, _, part := when.YearAndPart(s); part {
		return true
	}
	if len(s) > 30 || t.Period.IsZero() && len(t.periods.cols) == 0 {
		return false
	}
	_, part := japan.ParsePeriod("2025年度" + s)
	return part || when.IsPeriodText(strings.TrimPrefix(s, "第"))
}

// acrossWhat is what stands across: products, parties of a role, places, reps, or
// classes of which nothing is kept.
type acrossWhat struct {
	parties, places, reps, classes bool
	role                           honne.Role
}

// acrossAre decides what the names across are: what the rows do not say, by the
// names themselves, else by the titles (施設別).
func (t *table) acrossAre(names []string) acrossWhat {
	product := t.has(honne.MProductCode) || t.has(honne.MProductName) || t.has(honne.MProductLine)
	customer := t.has(honne.MCustomerName) || t.has(honne.MCustomerCode) || t.has(honne.MEndUserName) || t.has(honne.MEndUserCode) || t.has(honne.MShipToName)
	if most(names, t.words.IsPlace) && !t.has(honne.MRegion) {
		return acrossWhat{places: true}
	}
	if customer && !product {
		return acrossWhat{}
	}
	if role, ok := t.roleInTitle(); ok {
		return acrossWhat{parties: true, role: role}
	}
	switch {
	case most(names, func(s string) bool { return japan.IsSite(s, t.words.Site) }):
		return acrossWhat{parties: true, role: honne.EndUser}
	case product || most(names, japan.IsAddressed):
		return acrossWhat{parties: true, role: honne.Invoiced}
	}
	return acrossWhat{}
}

// most reports whether more than half of the names are so.
func most(names []string, so func(string) bool) bool {
	n := 0
	for _, s := range names {
		if so(s) {
			n++
		}
	}
	return 2*n > len(names)
}

// roleInTitle is the role of the parties that a title divides by: 得意先別.
func (t *table) roleInTitle() (honne.Role, bool) {
	for _, title := range t.Title {
		for _, part := range strings.Split(title, "別") {
			m, _ := t.words.Lookup(terms.LastWord(part))
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
	return 0, false
}
