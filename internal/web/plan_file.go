package web

import (
	"bytes"
	"encoding/csv"
	"strings"

	"honne"
)

// file is the plan as a careful colleague would write it down: what it is, whose,
// who typed it and when; a row a month; whom it comes from. Each line of words
// begins with words of ours, so that no text becomes a formula.
func (p *typedPlan) file(figures map[honne.Month]int64) (*bytes.Buffer, error) {
	v, column := p.v, "plan.column."+p.kind.name
	if !p.unit.amount {
		column += ".pieces"
	}
	rows := [][]string{
		{v.t("plan.file."+p.kind.name, honne.Over("period", p.period()))},
		{v.t("plan.file.partner", honne.Text("name", p.line(v.name(p.to))))},
		{v.t("plan.file.typed", honne.Text("name", p.line(v.user.Name)), honne.Text("day", honne.DateOf(v.now()).String()))},
		{v.t("plan.column.month"), v.t("plan.column.of", honne.Word("column", column), honne.Text("unit", p.unitName(p.unit, "plan.unit.")))},
	}
	if p.kind.agreed {
		rows[3] = append(rows[3], v.t("plan.column.agreed-on"))
	}
	for _, m := range p.months() {
		if n, known := figures[m]; known {
			rows = append(rows, p.row(m, n))
		}
	}
	if p.by != "" {
		rows = append(rows, []string{v.t("plan.file.from", honne.Text("name", p.line(p.by)))})
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	return &b, w.WriteAll(rows)
}

// row is a month of the file.
func (p *typedPlan) row(m honne.Month, n int64) []string {
	row := []string{m.String(), p.decimal(n)}
	if p.kind.agreed {
		row = append(row, p.agreed)
	}
	return row
}

// line is a text on one line.
func (p *typedPlan) line(s string) string { return strings.Join(strings.Fields(s), " ") }

func (p *typedPlan) fileName() string {
	return p.v.t("plan.name."+p.kind.name, honne.Text("year", p.v.lang.FiscalYear(p.year)))
}
