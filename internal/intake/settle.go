package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/figure"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// settleFields decides, once the kind is known, which columns give figures to
// the ledger, of which series and in which unit.
func (t *table) settleFields() {
	if t.Layout == "" {
		t.Layout = honne.Long
	}
	if t.Kind == "" {
		t.forgetNames()
		return
	}
	t.settleAcross()
	t.settleCurrent()
	t.refuseOthers()
	t.refuseGraded()
	t.refuseWeeks()
	for i := range t.fields {
		t.settleField(i)
	}
	t.refuseTwins()
	t.assumeUnits()
	t.settleTax()
}

// settleAcross gives the plain columns of a crosstab their measure, which the
// unit decides: money is an amount, anything else is counted.
func (t *table) settleAcross() {
	measure, guessed := t.acrossMeasure(), false
	t.settleSoFar(measure)
	t.refuseThirds()
	for _, i := range t.names {
		t.Layout = honne.Crosstab
		if t.Columns[i].Meaning == honne.MeaningUnknown && !t.Columns[i].Said {
			guessed = t.measureAcross(i, measure) || guessed
		}
	}
	t.sumNames()
	for i := range t.Columns {
		c := &t.Columns[i]
		if !c.Period.IsZero() && c.Meaning == honne.MeaningUnknown && !c.Said && !t.otherFigure(i) {
			guessed = t.measureAcross(i, measure) || guessed
		}
	}
	if guessed {
		t.guessAcross()
	}
}

// measureAcross gives a plain column of a crosstab its measure, by the unit in its
// header where that has one; it reports whether nothing of the column says it.
func (t *table) measureAcross(i int, measure honne.Meaning) (guessed bool) {
	c, unit := &t.Columns[i], t.fields[i].below
	switch {
	case unit.Currency != "":
		measure = honne.AmountOf(t.Kind)
	case unit.Name != "" && unit.Name != "%":
		measure = honne.QuantityOf(t.Kind)
	}
	c.Meaning, c.Confidence = measure, terms.ByShape
	return unit.IsZero()
}

// sumNames takes what counts the same as the columns under names, but stands under
// none of them, for their sum: 総在庫 beside warehouses.
func (t *table) sumNames() {
	counted := map[honne.Meaning]bool{}
	for _, i := range t.names {
		counted[t.Columns[i].Meaning] = true
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		if _, named := slices.BinarySearch(t.names, i); c.Period.IsZero() && !c.Said && !named && counted[c.Meaning] {
			c.Meaning, c.Confidence = honne.MTotal, terms.ByShape
		}
	}
}

// acrossMeasure is the measure of plain figures across.
func (t *table) acrossMeasure() honne.Meaning {
	amount := t.Unit.Currency != "" || t.Unit.IsZero() && t.Kind != honne.Stock
	if _, said, ok := t.titleMeasure.Measure(); ok && t.Unit.IsZero() {
		amount = said
	}
	if amount && !(t.inPieces && t.Unit.IsZero()) {
		return honne.AmountOf(t.Kind)
	}
	return honne.QuantityOf(t.Kind)
}

// findLargest keeps the largest figure below periods or names of some rows,
// without sign and fraction.
func (t *table) findLargest(sample []*outline.Profile) {
	for i := range t.fields {
		if t.fields[i].label || t.Columns[i].Meaning == honne.MTotal || t.Columns[i].Period.IsZero() && !slices.Contains(t.names, i) {
			continue
		}
		for _, p := range sample {
			if c := p.Cell(t.fields[i].col); c != nil {
				n, _ := figure.Of(c)
				v, _, _ := n.Times(1, 0)
				t.largest = max(t.largest, v, -v)
			}
		}
	}
}

// guessAcross has a person look where nothing says whether the figures across are
// amounts or quantities, and their size tells neither.
func (t *table) guessAcross() {
	amounts := t.Kind != honne.Stock
	if t.inPieces || t.has(honne.MUnitName) || !t.Unit.IsZero() && t.second.IsZero() || t.titleMeasure != "" && !t.plainTitle || t.mixed() || amounts && t.largest >= 1000 || !amounts && t.largest < 100000 {
		return
	}
	t.stats.problems = append(t.stats.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet}, Severity: honne.SevWarning,
		What: honne.Say("problem.measure-assumed", honne.Word("meaning", "meaning."+string(t.acrossMeasure())))})
}

func (t *table) settleField(i int) {
	c, f := &t.Columns[i], &t.fields[i]
	s, amount, ok := c.Meaning.Measure()
	if c.Meaning == honne.MValue {
		s, ok = t.Kind, true
	}
	if !ok || f.label {
		return
	}
	if s == "" {
		s = t.plainSeries(f)
	}
	if s == honne.Plan && t.Kind == honne.Target && !c.Said {
		s, c.Meaning = t.Kind, honne.QuantityOf(t.Kind)
		if amount {
			c.Meaning = honne.AmountOf(t.Kind)
		}
	}
	if amount && !c.Said && (t.bareInStock(f) || t.bareAmong(i, s) || f.saysPieces()) {
		amount, c.Meaning = false, honne.QuantityOf(s)
	}
	if !amount && !c.Said && (t.openMoney(f, s) || f.saysMoney()) {
		amount, c.Meaning = true, honne.AmountOf(s)
	}
	f.series, f.amount, f.measure = s, amount, true
	if !f.unit.IsZero() && (f.unit.Currency != "") != amount && c.Meaning != honne.MValue {
		f.unit = honne.Unit{} // 単位：千円 that stands over a quantity is of the sheet
	}
	c.Series = s
	if f.unit.IsZero() {
		f.unit = t.unitFor(amount)
	}
	f.unit = f.unshown(f.unit)
	c.Unit = f.unit
}

// saysPieces reports whether the header itself says that pieces stand below it: 実績（台）,
// 見込台数.
func (f *field) saysPieces() bool {
	if len(f.path) == 0 || f.below.Currency != "" {
		return false
	}
	last := f.path[len(f.path)-1]
	if u, _, ok := japan.ParseUnit(last); ok && bracketed(last) {
		return u.Currency == "" && u.Name != "" && u.Name != "%"
	}
	return strings.HasSuffix(japan.Trim(japan.WithoutBrackets(last)), "数")
}

// saysMoney reports whether the header says a unit of money, and not that it counts
// pieces: 在庫（千円）.
func (f *field) saysMoney() bool {
	if len(f.path) == 0 {
		return false
	}
	last := f.path[len(f.path)-1]
	u, _, ok := japan.ParseUnit(last)
	return ok && u.Currency != "" && bracketed(last) && !strings.Contains(last, "数")
}

// unitFor is what the title says of the unit of amounts, or of quantities.
func (t *table) unitFor(amount bool) honne.Unit {
	for _, u := range [...]honne.Unit{t.Unit, t.second} {
		if !u.IsZero() && (u.Currency != "") == amount {
			return u
		}
	}
	return honne.Unit{}
}

// plainSeries is the series of a plain amount or quantity: the table's, but what a
// plan or a forecast calls 実績 are sales.
func (t *table) plainSeries(f *field) honne.Series {
	switch t.Kind {
	case honne.Plan, honne.Forecast, honne.Proposed, honne.Target:
		for _, s := range f.rest {
			if terms.HoldsAny(strings.ToLower(s), t.book.Words.Actual) || slices.Contains(t.book.Words.ActualMark, strings.Trim(japan.Key(s), "()")) {
				return honne.Sales
			}
		}
		if t.besideOwn(f) || t.soldBeforeForecasts(f) || t.Kind == honne.Proposed && !f.aheadOfTerm() && t.countsNow() {
			return honne.Sales
		}
	case honne.Stock, honne.Purchases, honne.Orders, honne.Backlog, honne.Returns:
		if t.saysSales(f) {
			return honne.Sales
		}
	}
	return t.Kind
}

// refuseTwins keeps the first of two columns for one field (the one without tax
// where that is said) and has a person look at the other.
func (t *table) refuseTwins() {
	type key struct {
		series  honne.Series
		amount  bool
		period  honne.Period
		product honne.Product
		across  string
	}
	first := map[key]int{}
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		if !f.measure || c.Meaning == honne.MValue {
			continue
		}
		k := key{series: f.series, amount: f.amount, period: c.Period, across: c.Region + "\x00" + f.rep + "\x00" + f.class}
		if c.Product != nil {
			k.product = *c.Product
		}
		if c.Customer != nil {
			k.across += c.Customer.Name
		}
		j, twice := first[k]
		if !twice {
			first[k] = i
			continue
		}
		if t.taxTwins(j, i) {
			first[k] = t.keepNet(j, i)
			continue
		}
		loser, severity := t.lesser(j, i)
		if loser == j {
			first[k] = i
		}
		t.fields[loser].measure = false
		t.Columns[loser].Guess = severity == honne.SevWarning
		t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, t.fields[loser].col), Severity: severity,
			Raw: t.Columns[loser].Header, What: honne.Say("problem.second-column",
				honne.Text("column", t.Columns[loser].At), honne.Text("first", t.Columns[first[k]].At),
				honne.Word("meaning", "meaning."+string(t.Columns[loser].Meaning)))})
	}
}

// lesser is which of two columns for one field is left out, and how sure that is: of
// gross and net the net ones are taken, of versions the later.
func (t *table) lesser(first, second int) (loser int, s honne.Severity) {
	net, other := t.headed(second, t.book.Words.Net), t.headed(first, t.book.Words.Net)
	packs, packed := t.headed(second, t.book.Words.Packages), t.headed(first, t.book.Words.Packages)
	c, before := &t.Columns[second], &t.Columns[first]
	one, two := t.versionOf(first), t.versionOf(second)
	own, mine := t.words.KindOf(t.fields[second].rest, t.words.Own), t.words.KindOf(t.fields[first].rest, t.words.Own)
	switch {
	case own != mine && own:
		return first, honne.SevWarning
	case own != mine:
		return second, honne.SevWarning
	case t.inTwoCurrencies(first, second):
		if t.fields[second].unit.Currency == t.currency {
			return first, honne.SevNote
		}
		return second, honne.SevNote
	case two > one && one*two != 0, one < 0 && two == 0:
		return first, honne.SevNote
	case one > two && one*two != 0, two < 0 && one == 0:
		return second, honne.SevNote
	case two > one && t.foresees(before):
		return first, honne.SevWarning
	case net && !other:
		return first, honne.SevNote
	case other && !net:
		return second, honne.SevNote
	case packed && !packs, packs == packed && (c.Confidence > before.Confidence || withoutTax(c.Header) && !withoutTax(before.Header) || tellsMore(c, before)):
		return first, honne.SevWarning
	}
	return second, honne.SevWarning
}

// inTwoCurrencies reports whether two columns of one name say in which currency each of
// them is, and one is that of the file: Amount (JPY) beside Amount (USD).
func (t *table) inTwoCurrencies(first, second int) bool {
	a, b := t.fields[first].unit.Currency, t.fields[second].unit.Currency
	return a != b && (a == t.currency && b != "" || b == t.currency && a != "") && t.bareHeader(first) == t.bareHeader(second)
}

// bareHeader is the header of a column without its unit.
func (t *table) bareHeader(i int) string {
	bare := japan.WithoutBrackets(t.Columns[i].Header)
	if rest, _, ok := japan.CutUnit(bare); ok {
		bare = rest
	}
	return japan.Key(bare)
}

// tellsMore reports whether a column says more of its figure than another of the same:
// the series (返品数 in a table about returns, beside 本数), or that it is the whole of
// what the other counts in part (総本数 beside ケース数).
func tellsMore(c, other *honne.Column) bool {
	s, _, _ := c.Meaning.Measure()
	o, _, _ := other.Meaning.Measure()
	whole := func(c *honne.Column) bool { return strings.HasPrefix(japan.Trim(c.Header), "総") }
	return s != "" && o == "" || s == o && whole(c) && !whole(other)
}

// withoutTax reports whether a header says that tax is not in the amount.
func withoutTax(header string) bool {
	_, tax, _ := japan.ParseUnit(header)
	return tax == honne.TaxExcluded
}

// assumeUnits reads amounts without a unit as whole yen, and says so.
func (t *table) assumeUnits() {
	assumed := false
	for i := range t.fields {
		f := &t.fields[i]
		if !f.measure || !f.unit.IsZero() {
			continue
		}
		f.unit, f.assumed = honne.Unit{Scale: 1}, true
		if f.amount || t.Columns[i].Meaning == honne.MValue {
			f.unit.Currency = t.currency
			assumed = assumed || f.amount && !t.has(honne.MUnitName)
		}
		t.Columns[i].Unit = f.unit
	}
	if assumed && !t.unitElsewhere() && !t.unitUnread() {
		t.stats.problems = append(t.stats.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet}, Severity: honne.SevNote,
			What: honne.Say("problem.unit-assumed", honne.Text("unit", "1 "+string(t.currency)))})
	}
}

// unitElsewhere says of amounts without a unit that another column states one: that
// of the amounts may be the same.
func (t *table) unitElsewhere() bool {
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		u := t.columnUnit(f)
		if u.Currency == "" || u.Scale == 1 || f.measure && f.amount && t.Layout != honne.Crosstab || c.Meaning == honne.MUnitPrice || c.Meaning == honne.MListPrice {
			continue
		}
		t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, f.col), Severity: honne.SevWarning, Raw: c.Header,
			What: honne.Say("problem.unit-elsewhere", honne.Text("column", c.At), honne.Text("unit", u.String()), honne.Text("read", "1 "+string(t.currency)))})
		return true
	}
	return false
}
