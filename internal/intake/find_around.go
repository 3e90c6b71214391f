package intake

import (
	"cmp"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/source"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// readContext reads the texts around the table: titles above it, the sheet's
// name, the file's. The nearest text wins.
func (t *table) readContext(f *finder) {
	t.readCorner()
	rows := append(filledRows(f.titles), t.titleRows...)
	for i := len(rows) - 1; i >= 0; i-- {
		for k := range rows[i].Cells {
			t.readTitle(rows[i], k)
		}
	}
	t.readBefore(f.sheet.Before)
	for _, h := range t.headerRows {
		for k, c := range h.Cells {
			if terms.IsUnitLabel(c.Text) {
				t.readTitle(h, k)
			}
		}
	}
	t.periodAround(f)
	t.ofTitledDocument(f.sheet.Opens)
	t.narrow(f)
	t.heedSheetName(f.sheet.Name)
	t.around = append(slices.Clone(t.Title), t.Sheet, source.BaseName(f.reader.file.Name))
	t.place = t.words.PlaceNamed(t.Sheet)
	t.orderedOn(rows)
	t.unitOfName(f.sheet.Name, source.BaseName(f.reader.file.Name))
	f.period, f.periodAt = t.Period, t.PeriodAt
	t.ofNextMonth()
	if t.Unit.IsZero() {
		t.Unit, t.UnitAt, t.second, t.Tax = f.unit, f.unitAt, f.second, cmp.Or(t.Tax, f.tax)
	}
	f.unit, f.unitAt, f.second, f.tax = t.Unit, t.UnitAt, t.second, t.Tax
}

// periodAround takes, where no title says when, what the names of sheet and file, the table
// above and the cover say.
func (t *table) periodAround(f *finder) {
	for _, name := range [...]string{f.sheet.Name, source.BaseName(f.reader.file.Name)} {
		p, ok := when.ReadPeriod(name)
		if !ok || p.From == p.To {
			p, ok = t.words.TitlePeriod(name)
		}
		if ok && t.Period.IsZero() {
			t.Period, t.PeriodAt = p, "name"
		}
	}
	if t.ofOneDay(f); t.Period.IsZero() {
		t.followAbove(f)
	} else {
		f.wide = honne.Period{}
	}
	if t.Period.IsZero() {
		t.Period, t.PeriodAt = f.reader.cover, f.reader.coverAt
	}
	t.lastYear(f)
	for _, guess := range [...]func(*finder){t.monthAlone, t.yearInTwoDigits, t.yearOfNoEra} {
		if t.Period.IsZero() {
			guess(f)
		}
	}
	t.monthOfEraLetter(f)
}

// readCorner takes what stands in the corner of the header for a title: the year of
// the months beside it (2024年度), what a pivot table adds up (合計 / 金額).
func (t *table) readCorner() {
	for _, h := range t.headerRows {
		c := &h.Cells[0]
		if s := t.shapeAt(c.Col); s != nil && s.Figure {
			continue
		}
		if p, ok := when.ReadPeriod(c.Text); ok && len(h.Cells) > 2 && p.To.Month() > p.From.Month()+1 {
			t.Period, t.PeriodAt = p, honne.Cell{Row: h.N, Col: c.Col}.String()
		}
		if u, _, ok := japan.ParseUnit(c.Text); ok && u.Currency != "" && bracketed(c.Text) && t.Unit.IsZero() && len(h.Cells) > 2 {
			t.Unit, t.UnitAt = u, honne.Cell{Row: h.N, Col: c.Col}.String() // 製品＼月（千円）
		}
		if _, sum, ok := terms.Pivoted(c.Text); ok && sum {
			t.Title = append(t.Title, clip(c.Text))
		}
		t.titleInCorner(h)
	}
}

// readTitle takes unit, tax, period and words from one text above the table.
func (t *table) readTitle(p *outline.Profile, k int) {
	c := &p.Cells[k]
	at := honne.Cell{Row: p.N, Col: c.Col}.String()
	if len(t.Title) < 12 && p.Classes[k] == outline.Text {
		t.Title = append(t.Title, clip(c.Text)) // the nearest first
	}
	if u, tax, ok := titleUnit(c.Text); ok && (terms.IsUnitLabel(c.Text) || !u.IsZero() && len(p.Cells) <= 4) {
		if t.Unit.IsZero() && !u.IsZero() {
			t.Unit, t.UnitAt = u, at
			t.second, _ = japan.SecondUnit(c.Text)
		}
		if t.Tax == "" {
			t.Tax = tax
		}
	}
	t.Tax = cmp.Or(t.Tax, t.words.TaxSaid(c.Text))
	if !t.Period.IsZero() || outline.DueSaid(t.words, p, k) {
		return
	}
	if period, ok := outline.Spanned(t.words, p, k); ok {
		t.Period, t.PeriodAt = period, at
	} else if m := c.Date.Month(); m != 0 && outline.Beside(t.words, p, k) {
		t.Period, t.PeriodAt = m.Period(), at
	} else if period, ok := when.ReadPeriod(c.Text); ok && outline.Beside(t.words, p, k) && period.To > period.From {
		t.Period, t.PeriodAt = period, at
	} else if period, ok := t.words.TitlePeriod(c.Text); ok {
		t.Period, t.PeriodAt = period, at
	} else if period, ok := yearBeside(p, k); ok {
		t.Period, t.PeriodAt = period, at
	} else if period, ok := when.ReadPeriod(c.Text); ok && len(p.Cells) == 1 && eraLetter.MatchString(japan.Fold(japan.Trim(c.Text))) {
		t.Period, t.PeriodAt = period, at // R6.7 in a row of its own
	}
}

// yearBeside reads the number of a fiscal year behind its label: 年度, 2025.
func yearBeside(p *outline.Profile, k int) (honne.Period, bool) {
	if k == 0 || !strings.HasSuffix(japan.Trim(p.Cells[k-1].Text), "年度") || len(p.Cells[k-1].Text) > 15 {
		return honne.Period{}, false
	}
	if _, ok := when.BareYear(p.Cells[k].Text); !ok {
		return honne.Period{}, false
	}
	return when.ReadPeriod(japan.Trim(p.Cells[k].Text) + "年度")
}

// titleUnit reads a unit in a title, also before a comma: JPY thousand, excl. tax.
func titleUnit(s string) (u honne.Unit, tax honne.Tax, ok bool) {
	if m := terms.AmountIn.FindStringSubmatchIndex(s); m != nil {
		s = s[m[2]:] // ※金額：千円
	}
	u, tax, ok = japan.ParseUnit(s)
	if first, _, several := strings.Cut(s, ","); several && u.IsZero() {
		u, _, _ = japan.ParseUnit(first)
	}
	return u, tax, ok || !u.IsZero()
}

// countedByTitle is the measure that a title, or the name of sheet or file, says
// of what stands below periods or names: 施設別使用本数, 月別売上高, 売上実績（数量）; "" when
// none does.
func (t *table) countedByTitle(f *finder) honne.Meaning {
	if t.Layout != honne.Crosstab && len(t.names) < 2 {
		return ""
	}
	weak, plain := honne.Meaning(""), honne.Meaning("") // 売上高 says rather what the table is about, 売上 nothing else
	for _, title := range append(slices.Clone(t.Title), f.sheet.Name, source.BaseName(f.reader.file.Name)) {
		for _, word := range strings.FieldsFunc(title, func(r rune) bool { return strings.ContainsRune(terms.TitleBreaks, r) }) {
			m, sure := t.words.LookupTitled(word)
			_, amount, figure := m.Measure()
			switch {
			case !figure || sure == 0 || saysTaxAlone(word):
			case slices.Contains(t.book.Words.Plain, word):
				plain = m
			case !amount || t.book.Kind(word) == "":
				return m
			case weak == "":
				weak = m
			}
		}
	}
	if t.Layout != honne.Crosstab {
		return "" // of names beside each other, 売上 says what the report is about
	}
	t.plainTitle = weak == ""
	return cmp.Or(weak, plain)
}

// saysTaxAlone reports whether a word says the tax basis and nothing else, as one of a unit
// does: 単位：個、税抜.
func saysTaxAlone(word string) bool {
	u, tax, ok := japan.ParseUnit(word)
	return ok && u.IsZero() && tax != ""
}

// texts are what stands around the table and over its columns, in full.
func (t *table) texts(f *finder) []string {
	out := []string{f.sheet.Name, source.BaseName(f.reader.file.Name)}
	for _, p := range slices.Concat(t.headerRows, t.titleRows, filledRows(f.titles)) {
		for _, c := range p.Cells {
			out = append(out, c.Text)
		}
	}
	return out
}

// measures counts the plain columns of amounts and quantities, and lists the
// series that other columns name.
func (t *table) measures() (plain int, own []honne.Series) {
	for i, c := range t.Columns {
		s, _, ok := c.Meaning.Measure()
		switch {
		case ok && s == "" || c.Meaning == honne.MValue:
			plain++
		case ok && !t.fields[i].label:
			own = append(own, s)
		}
	}
	return plain, own
}

// dated reports whether rows or columns say when.
func (t *table) dated() bool {
	return t.has(honne.MPeriod) || t.has(honne.MDate) || t.slipHead.date > 0 || len(t.periods.cols) > 0 || t.Layout == honne.Crosstab || !t.Period.IsZero()
}

// named reports whether rows say what or to whom.
func (t *table) named() bool {
	for _, m := range [...]honne.Meaning{honne.MRegion, honne.MBranch, honne.MProductLine, honne.MProductCode, honne.MProductName, honne.MCustomerCode, honne.MCustomerName,
		honne.MEndUserCode, honne.MEndUserName, honne.MShipToCode, honne.MShipToName} {
		if t.has(m) {
			return true
		}
	}
	return false
}

func (t *table) has(m honne.Meaning) bool { return t.column(m) >= 0 }

// column returns the index of the first column of a meaning, −1 for none.
func (t *table) column(m honne.Meaning) int {
	for i, c := range t.Columns {
		if c.Meaning == m {
			return i
		}
	}
	return -1
}

// acrossFits reports whether a table of that kind may stand without a column
// that is called an amount or a quantity: periods or products stand across.
func (t *table) acrossFits(kind honne.Series) bool {
	if kind == "" {
		return false
	}
	return t.Layout == honne.Crosstab || len(t.names) >= 2
}
