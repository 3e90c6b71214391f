package intake

import (
	"strings"

	"honne"
	"honne/internal/japan"
)

// readContext reads the texts around the table: titles above it, the sheet's
// name, the file's. The nearest text wins.
func (t *table) readContext(f *finder) {
	rows := append(filledRows(f.titles), t.titleRows...)
	for i := len(rows) - 1; i >= 0; i-- {
		for k := range rows[i].Cells {
			t.readTitle(rows[i], k)
		}
	}
	for _, h := range t.headerRows {
		for k, c := range h.Cells {
			if isUnitLabel(c.Text) {
				t.readTitle(h, k)
			}
		}
	}
	for _, name := range [...]string{f.sheet.Name, baseName(f.reader.file.Name)} {
		if p, ok := titlePeriod(name); ok && t.Period.IsZero() {
			t.Period, t.PeriodAt = p, "name"
		}
	}
	if t.Unit.IsZero() {
		t.Unit, t.UnitAt, t.Tax = f.unit, f.unitAt, f.tax
	}
	f.unit, f.unitAt, f.tax = t.Unit, t.UnitAt, t.Tax
}

// readTitle takes unit, tax, period and words from one text above the table.
func (t *table) readTitle(p *profile, k int) {
	c := &p.Cells[k]
	at := honne.Cell{Row: p.N, Col: c.Col}.String()
	if len(t.Title) < 12 && p.class[k] == text {
		t.Title = append([]string{clip(c.Text)}, t.Title...)
	}
	if u, tax, ok := japan.ParseUnit(c.Text); ok && (isUnitLabel(c.Text) || !u.IsZero() && len(p.Cells) <= 4) {
		if t.Unit.IsZero() && !u.IsZero() {
			t.Unit, t.UnitAt = u, at
		}
		if t.Tax == "" {
			t.Tax = tax
		}
	}
	if !t.Period.IsZero() {
		return
	}
	if m := c.Date.Month(); m != 0 && beside(p, k) {
		t.Period, t.PeriodAt = m.Period(), at
	} else if period, ok := titlePeriod(c.Text); ok {
		t.Period, t.PeriodAt = period, at
	}
}

// beside reports whether the cell stands behind a label such as 対象年月.
func beside(p *profile, k int) bool {
	return k > 0 && (strings.Contains(p.Cells[k-1].Text, "対象") || strings.Contains(p.Cells[k-1].Text, "年月"))
}

// titlePeriod finds the period a title speaks of; the day on which a file was
// made or printed is none.
func titlePeriod(s string) (honne.Period, bool) {
	for _, w := range [...]string{"作成", "出力", "発行", "印刷", "現在"} {
		if strings.Contains(s, w) {
			return honne.Period{}, false
		}
	}
	if len(s) > 400 {
		return honne.Period{}, false
	}
	p, ok := japan.FindPeriod(s)
	return p, ok && p.To > p.From+20
}

// readPeriod reads a text that is a period, also with underscores (2017_09).
func readPeriod(s string) (honne.Period, bool) {
	if len(s) > 60 {
		return honne.Period{}, false
	}
	if p, ok := japan.ParsePeriod(s); ok {
		return p, true
	}
	if strings.Contains(s, "_") {
		return japan.ParsePeriod(strings.ReplaceAll(s, "_", "-"))
	}
	if short, ok := strings.CutSuffix(s, "度"); ok && !strings.HasSuffix(short, "月") {
		return japan.ParsePeriod(strings.TrimSuffix(short, "年") + "年度") // 平成24度 is short for 平成24年度
	}
	return honne.Period{}, false
}

// settleKind decides what the table is about, or that it is no distributor
// report: the sender's word, titles, sheet, file name, columns; and only where
// there are columns to bear it out.
func (t *table) settleKind(f *finder) {
	kind := f.reader.file.Kind
	for _, s := range append(append([]string(nil), t.Title...), f.sheet.Name, baseName(f.reader.file.Name)) {
		if kind == "" {
			kind = t.book.Kind(s)
		}
	}
	plain, own := t.measures()
	switch {
	case plain == 0 && len(own) == 0 && !t.acrossFits(kind):
		return
	case kind == "" && len(own) > 0 && plain == 0 && t.named():
		kind = own[0]
	case kind == "" && plain > 0 && t.dated() && t.named():
		kind = honne.Sales
	}
	if kind == honne.ToDate || kind == honne.PriorYear {
		kind = honne.Sales
	}
	t.Kind = kind
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
	return t.has(honne.MPeriod) || t.has(honne.MDate) || len(t.periods.cols) > 0 || t.Layout == honne.Crosstab || !t.Period.IsZero()
}

// named reports whether rows say what or to whom.
func (t *table) named() bool {
	for _, m := range [...]honne.Meaning{honne.MProductCode, honne.MProductName, honne.MCustomerCode, honne.MCustomerName,
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
	return t.Layout == honne.Crosstab || len(t.periods.cols) > 0 && len(t.acrossProducts()) >= 2
}
