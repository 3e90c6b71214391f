package intake

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"honne"
	"honne/internal/japan"
)

// namesAcross reads the products, customers or places that stand across: names
// over columns of figures, in a table whose rows say something else.
func (t *table) namesAcross(sample []*profile) {
	names := map[string]bool{}
	var columns []int
	crossed := t.Layout == honne.Crosstab && t.anyPeriodAcross() // what says no period there is derived of what does
	stock := t.speaksOf() == honne.Stock
	for i := range t.fields {
		name := t.nameAcross(i)
		if stock && japan.IsSite(name, t.words.site) {
			continue // what lies there may be placed with it, or its own
		}
		if name != "" && !(crossed && t.Columns[i].Period.IsZero()) {
			names[name] = true
			columns = append(columns, i)
		}
	}
	if len(names) < 2 || t.Layout != honne.Crosstab && len(t.periods.cols) == 0 && !t.named() && !t.has(honne.MMeasureName) || !t.mayBeNames(sample, columns) {
		return
	}
	columns = t.withoutChannels(t.withoutWholes(sample, columns), names)
	maps.DeleteFunc(names, func(name string, _ bool) bool { return slices.Contains(t.words.wholes, japan.Key(name)) })
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
		name, c := t.nameAcross(i), &t.Columns[i]
		switch {
		case what.places:
			c.Region = name
		case what.reps:
			t.fields[i].rep = name
		case what.classes:
			t.fields[i].class = name
		case what.parties:
			who := t.words.judgeName(name)
			c.Customer = &honne.Party{Name: name, Disclosure: who.disclosure, Site: who.site}
		default:
			c.Product = &honne.Product{Name: name}
		}
	}
	t.names = columns
	t.markUnnamed()
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
		return t.words.isPlace(s) || japan.IsAddressed(s) || japan.IsSite(s, t.words.site)
	})
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

// mayBeNames reports whether nothing speaks against names over those columns: a figure
// that its own header names (金額) and that is not their sum does. What stands
// beside it are pieces of it, or something else.
func (t *table) mayBeNames(sample []*profile, columns []int) bool {
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
		total := slices.ContainsFunc(f.rest, func(s string) bool { return t.words.total(s) != "" })
		for k, p := range sample {
			if n, ok := t.thousandths(p, i); !total && ok && n != sums[k] {
				return false
			}
		}
	}
	return true
}

// thousandths is the figure of a column in a row.
func (t *table) thousandths(p *profile, i int) (int64, bool) {
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
		if (t.words.namesAcross(s) || t.besideChannels(f)) && !isUnitLabel(s) {
			if t.words.total(s) != "" || t.words.holdsTotal(s) && strings.HasSuffix(s, "計") {
				return ""
			}
			if t.words.step(s) || isDaySpan(s) || t.unread(s) || monthOrder(s) > 0 || t.words.measured(s) || t.words.sortOrState(s) && !t.words.channel(s) || termNumber.MatchString(japan.Fold(s)) {
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

// sortOrState reports whether a text says of which sort figures are, or in which state,
// and so names nobody: サンプル, 保留, 旧定価.
func (d *dictionary) sortOrState(s string) bool {
	idle, cut := d.saysUnsold(s)
	key := japan.Key(japan.WithoutBrackets(s))
	for _, w := range d.book.Words.State {
		if rest, begins := strings.CutPrefix(key, japan.Key(w)); begins {
			if _, sure := d.lookup(rest); rest == "" || sure >= sureHeader {
				return true
			}
		}
	}
	return idle || cut || d.channel(s) || d.version(s) != 0 || d.paid[key] || d.ofOthers(s) || d.own[key]
}

// step reports whether a text only counts: a day, a week, a month without its word
// (4/1, 第1週, ④).
func (d *dictionary) step(s string) bool {
	digits := 0
	rest := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsNumber(r):
			digits++
			return -1
		case unicode.IsLetter(r):
			return unicode.ToLower(r)
		}
		return -1
	}, japan.Fold(japan.WithoutBrackets(s)))
	return rest == "" && digits <= 4 || slices.Contains(d.book.Words.Step, rest)
}

// unread reports whether a text is a part of a year that nothing said which (4月,
// 第4月, 1Q, 上期), though rows or title say a period: it is no name of theirs.
func (t *table) unread(s string) bool {
	if _, _, part := yearAndPart(s); part {
		return true
	}
	if len(s) > 30 || t.Period.IsZero() && len(t.periods.cols) == 0 {
		return false
	}
	_, part := japan.ParsePeriod("2025年度" + s)
	return part || isPeriodText(strings.TrimPrefix(s, "第"))
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
	if most(names, t.words.isPlace) && !t.has(honne.MRegion) {
		return acrossWhat{places: true}
	}
	if customer && !product {
		return acrossWhat{}
	}
	if role, ok := t.roleInTitle(); ok {
		return acrossWhat{parties: true, role: role}
	}
	switch {
	case most(names, func(s string) bool { return japan.IsSite(s, t.words.site) }):
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
	return 0, false
}

// isPlace reports whether a name is that of a prefecture, a region or a branch of
// the sender; that of a company's branch is the company's.
func (d *dictionary) isPlace(name string) bool {
	if japan.IsAddressed(name) {
		return false
	}
	if _, ok := japan.Prefecture(name); ok {
		return true
	}
	key := japan.Key(name)
	return slices.Contains(d.region, key) || endsWith(key, d.place)
}

// lastWord is what stands behind the last blank or point of a text.
func lastWord(s string) string {
	if i := strings.LastIndexAny(s, " 　・、／/"); i >= 0 {
		_, size := utf8.DecodeRuneInString(s[i:])
		return s[i+size:]
	}
	return s
}
