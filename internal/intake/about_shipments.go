package intake

import (
	"slices"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/source"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// Both sides ship: we to the distributor, the distributor to its customers, and
// those are its sales.

// whoseShipments is the kind of a table about shipments: sales where they go to
// several customers, or to where goods are used. Our own files, and what is said to
// be ours (貴社向け), stay what they are.
func (t *table) whoseShipments(kind honne.Series, own []honne.Series, f *finder, sample []*outline.Profile) honne.Series {
	if kind != honne.Shipments || f.reader.file.From == honne.Ours || t.stated.Kind != "" || f.reader.file.Kind != "" || slices.Contains(own, kind) {
		return kind
	}
	if t.has(honne.MEndUserName) || t.severalCustomers(sample) && !slices.ContainsFunc(t.around, func(s string) bool { return terms.HoldsAny(s, t.book.Words.Maker) }) {
		return honne.Sales
	}
	said := func(s string) bool {
		return japan.IsJapanese(s) && t.words.Kind(s) == honne.Shipments && !terms.HoldsAny(s, t.book.Words.WeShip)
	}
	if t.around != nil && slices.ContainsFunc(t.around, said) && !slices.ContainsFunc(t.around, func(s string) bool { return terms.HoldsAny(s, t.book.Words.WeShip) }) {
		t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, t.fields[0].col), Severity: honne.SevWarning, What: honne.Say("problem.shipments-whose")})
	}
	return kind
}

// shipsToOne reports whether rows of shipments, in a foreign language, all go to one
// customer that is a company: to the partner, by its maker.
func (t *table) shipsToOne(sample []*outline.Profile) bool {
	i := t.column(honne.MCustomerName)
	if i < 0 || japan.IsJapanese(t.Columns[i].Header) || !t.dayOf(t.book.Words.Shipped) || t.headsSales() {
		return false
	}
	one := ""
	for _, p := range sample {
		name := p.Text(t.fields[i].col)
		if name == "" || one != "" && name != one {
			return false
		}
		one = name
	}
	return japan.IsAddressed(one)
}

// onOrder reports whether the day of the rows is that of an order, beside what is still
// open of it or when it is due: 受注日, 数量, 受注残, 納期.
func (t *table) onOrder(own []honne.Series) bool {
	i := t.column(honne.MDate)
	if i < 0 || !t.headed(i, t.book.Words.Ordered) || slices.Contains(own, honne.Orders) {
		return false
	}
	due := slices.ContainsFunc(t.Columns, func(c honne.Column) bool { return slices.Contains(t.book.Words.Due, japan.Trim(c.Header)) })
	return slices.Contains(own, honne.Backlog) || due
}

// dayOf reports whether the day of the rows is called by one of the words.
func (t *table) dayOf(words []string) bool {
	i := t.column(honne.MDate)
	return i >= 0 && t.headed(i, words)
}

// ofNoSale reports whether nothing speaks of sales but the day of something else, or what
// is still to come: complaints, goods destroyed, repairs, visits that are planned.
func (t *table) ofNoSale(f *finder) bool {
	return t.scheduled(f) || slices.ContainsFunc(t.Title, t.words.OfRivals) || t.book.Titled(honne.Settlement, t.Title) || (t.ofOtherDay() || t.fromSuppliers() || t.boughtFor() || t.orderedAlone()) && !t.headsSales()
}

// boughtFor reports whether figures are of what was bought, and rows say no more than where
// goods go: 納品先 may be a customer, or the sender's own warehouse.
func (t *table) boughtFor() bool {
	buyers := []honne.Meaning{honne.MCustomerName, honne.MCustomerCode, honne.MEndUserName, honne.MEndUserCode}
	return !slices.ContainsFunc(buyers, t.has) && slices.ContainsFunc(t.Columns, func(c honne.Column) bool {
		return c.Meaning != honne.MeaningUnknown && terms.HoldsAny(c.Header, t.book.Words.Bought)
	})
}

// orderedAlone reports whether the rows say no day but that of an order.
func (t *table) orderedAlone() bool {
	for i := range t.fields {
		if t.Columns[i].Meaning == honne.MDate && !t.headed(i, t.book.Words.Ordered) {
			return false
		}
	}
	return t.has(honne.MDate)
}

// fromSuppliers reports whether rows name of whom they were bought, and no customer: vendor
// beside order date and quantity.
func (t *table) fromSuppliers() bool {
	if t.namesCustomers() {
		return false
	}
	for i := range t.fields {
		if t.fields[i].label && t.headed(i, t.book.Words.Suppliers) {
			return true
		}
	}
	return false
}

// namesCustomers reports whether rows name a customer, or where goods go.
func (t *table) namesCustomers() bool {
	return slices.ContainsFunc([]honne.Meaning{honne.MCustomerName, honne.MCustomerCode, honne.MEndUserName, honne.MEndUserCode, honne.MShipToName, honne.MShipToCode}, t.has)
}

// nameBought takes what customers bought for what was sold to them: 購入数量 beside 施設名.
// Bought of a supplier that rows name, it is the sender's own.
func (t *table) nameBought() {
	if !t.namesCustomers() || slices.ContainsFunc(t.Columns, func(c honne.Column) bool { return terms.HoldsAny(c.Header, t.book.Words.Suppliers) }) {
		return
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		series, amount, _ := c.Meaning.Measure()
		if series != honne.Purchases || c.Said || c.Remembered || !terms.HoldsAny(c.Header, t.book.Words.Bought) {
			continue
		}
		if c.Meaning = honne.MQuantity; amount {
			c.Meaning = honne.MAmount
		}
	}
}

// ofOtherDay reports whether the day of the rows is that of no sale: the only one that
// they say, be it one that is not kept.
func (t *table) ofOtherDay() bool {
	if t.has(honne.MDate) {
		return t.dayOf(t.book.Words.OtherDays)
	}
	for i := range t.fields {
		if t.headed(i, t.book.Words.OtherDays) {
			return true
		}
	}
	return false
}

// scheduled reports whether a title, or a name, says that all of it is still to come.
func (t *table) scheduled(f *finder) bool {
	return slices.ContainsFunc(append(slices.Clone(t.Title), f.sheet.Name, source.BaseName(f.reader.file.Name)), func(s string) bool {
		return terms.HoldsAny(s, t.book.Words.Scheduled)
	})
}

// severalCustomers reports whether the rows name more than one company as the
// customer or, where none does, as where goods go. Branches of one are one.
func (t *table) severalCustomers(sample []*outline.Profile) bool {
	i := t.column(honne.MCustomerName)
	if i < 0 && !t.has(honne.MCustomerCode) {
		i = t.column(honne.MShipToName)
	}
	if i < 0 || !japan.IsJapanese(t.Columns[i].Header) {
		return false
	}
	first := ""
	for _, p := range sample {
		switch stem := japan.ParseName(p.Text(t.fields[i].col)).Stem; {
		case stem == "" || stem == first:
		case first == "":
			first = stem
		default:
			return true
		}
	}
	return false
}

// sells reports whether a table that is called one of orders gives sales alone: every
// amount says so, and no column says orders.
func (t *table) sells() bool {
	sold := false
	for i := range t.fields {
		s, amount, figure := t.Columns[i].Meaning.Measure()
		switch {
		case !figure || t.fields[i].label:
		case s == honne.Orders || s == honne.Backlog || s == "" && amount && !t.saysSales(&t.fields[i]):
			return false
		case s == "" && amount:
			sold = true
		}
	}
	return sold
}
