package web

import (
	"cmp"
	"slices"

	"honne"
)

// howRead says how the cells of a source were read: their column and what it
// means, who says so, unit and tax, and the figures that a person read.
func (v *visit) howRead(src honne.Source) string {
	r, err := v.app.Store.Reading(v.Context(), src.File)
	if err != nil {
		return ""
	}
	t, c, ok := columnAt(r, src.At)
	if !ok {
		return ""
	}
	by := "column.matched"
	switch {
	case c.Said:
		by = "column.said"
	case c.Remembered:
		by = "column.remembered"
	}
	unit := c.Unit
	if unit.IsZero() {
		unit = t.Unit
	}
	how := v.t("evidence.how", honne.Text("header", cmp.Or(c.Header, c.At)), honne.Word("meaning", "meaning."+string(chosenMeaning(c))), honne.Word("by", by))
	if name := v.unitName(unit); name != "" { // pieces have none
		how += v.t("comma") + name
	}
	if t.Tax != "" {
		how += v.t("comma") + v.t("tax."+string(t.Tax))
	}
	return how + v.readByPerson(src)
}

// columnAt is the column of a table in which an address lies.
func columnAt(r honne.Reading, at honne.Address) (honne.Table, honne.Column, bool) {
	letters := honne.ColumnName(int(at.Range.From.Col))
	for _, t := range r.Tables {
		if t.Sheet != at.Sheet || at.Range.From.Row < t.Body.From.Row || at.Range.From.Row > t.Body.To.Row {
			continue
		}
		if i := slices.IndexFunc(t.Columns, func(c honne.Column) bool { return c.At == letters }); i >= 0 {
			return t, t.Columns[i], true
		}
	}
	return honne.Table{}, honne.Column{}, false
}

// readByPerson says which of the cells a person read, and as what.
func (v *visit) readByPerson(src honne.Source) string {
	d, err := v.app.Store.Decisions(v.Context(), src.File)
	if err != nil {
		return ""
	}
	out := ""
	for _, c := range d.Said.Cells {
		if c.Sheet == src.At.Sheet && src.At.Range.Contains(c.Cell) && c.Number != "" {
			out += v.t("comma") + v.t("evidence.as-said", honne.Text("at", c.Cell.String()), honne.Text("number", v.lang.Decimal(c.Number)))
		}
	}
	return out
}
