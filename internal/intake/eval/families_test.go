package eval

import (
	"slices"

	"honne"
)

// families are the sorts of report that a maker can lay out.
var families = []struct {
	name string
	make func(*maker) (*workbook, *want)
}{
	{"month of measures", monthOfMeasures},
	{"rows of sales", rowsOfSales},
	{"months across", monthsAcross},
	{"months and measures", monthsAndMeasures},
	{"measures down", measuresDown},
	{"names across", namesAcross},
	{"months down", monthsDown},
	{"sheet per month", sheetPerMonth},
	{"sheet per branch", sheetPerBranch},
	{"printed pages", printedPages},
	{"stacked", stacked},
	{"side by side", sideBySide},
	{"two storeys", twoStoreys},
	{"summary above", summaryAbove},
	{"indented", indented},
	{"no header", noHeader},
	{"statistic", statistic},
	{"quarters across", quartersAcross},
	{"ranks in columns", inColumns},
	{"sections", sections},
	{"exported", exported},
	{"figures with units", countedFigures},
	{"total on top", totalOnTop},
	{"closed on the 20th", closedOn20th},
}

// one lays a matrix on a sheet with everything around it.
func (g *maker) one(r *report, m *matrix) (*workbook, *want) {
	w := newWant()
	c := newCanvas(g.sheetName(r))
	row := g.head(c, r, len(m.columns))
	m.lay(c, row, r.left, w)
	g.foot(c, r.left)
	return g.book(func(e string) string { return g.fileName(r, e) }, c), w
}

// monthOfMeasures is the commonest report: whom or what down, the figures of a
// month across, under one header row or two.
func monthOfMeasures(g *maker) (*workbook, *want) {
	s := pick(g, subjects...)
	r := g.report(s, g.monthText(g.month))
	m := g.monthMatrix(r, s, g.month, 4+g.r.IntN(14))
	return g.one(r, m)
}

// monthMatrix makes the table of a month.
func (g *maker) monthMatrix(r *report, s subject, month honne.Month, n int) *matrix {
	list := g.labels()
	m := &matrix{headed: true, style: g.headerStyle()}
	m.columns = append(g.asColumns(list), g.measures(r, s, month)...)
	for _, labels := range g.labelRows(list, n) {
		m.rows = append(m.rows, g.filled(r, m, labels))
	}
	g.sums(m, list)
	if g.chance(20) {
		numbered(m)
	}
	if g.chance(15) {
		m.columns = append(m.columns, column{path: []string{pick(g, "備考", "摘要")}, role: "-"})
		for i := range m.rows {
			m.rows[i].cells = append(m.rows[i].cells, nil)
		}
		m.rows[g.r.IntN(len(m.rows))].cells[len(m.columns)-1] = pick(g, "返品あり", "直送", "新規")
	}
	return m
}

func (g *maker) headerStyle() headerStyle {
	if g.sheets {
		return pick(g, merged, merged, merged, first, bottom, repeated)
	}
	return pick(g, first, first, bottom, repeated)
}

// measures draws the figures of a month.
func (g *maker) measures(r *report, s subject, month honne.Month) []column {
	p := month.Period()
	amount := column{path: []string{g.amountHead(r, pick(g, s.amounts...))}, measure: s.series + "_amount", period: p}
	quantity := column{path: []string{pick(g, s.quantities...)}, measure: s.series + "_quantity", period: p}
	if s.series != "sales" {
		return pick(g, []column{quantity, amount}, []column{quantity}, []column{amount}, []column{quantity, amount})
	}
	price := column{path: []string{pick(g, "単価", "平均単価", "仕切単価")}}
	switch g.r.IntN(7) {
	case 0:
		return []column{quantity, amount}
	case 1:
		return []column{amount}
	case 2:
		return []column{quantity, price, amount}
	case 3:
		return []column{{path: []string{g.amountHead(r, pick(g, "計画", "予算", "目標"))}, measure: "plan_amount", period: p},
			{path: []string{g.amountHead(r, "実績")}, measure: "sales_amount", period: p}, {path: []string{pick(g, "達成率", "計画比")}}}
	case 4:
		return []column{amount, {path: []string{g.amountHead(r, pick(g, "前年同月", "前年実績", "前年"))}, measure: "prior_year_amount", period: (month - 12).Period()},
			{path: []string{pick(g, "前年比", "対前年比", "伸長率(%)")}}}
	case 5:
		return g.twoGroups(r, p)
	}
	return []column{quantity, amount, {path: []string{g.amountHead(r, pick(g, "累計", "累計金額", "売上累計"))}, measure: "to_date_amount", period: p}}
}

// twoGroups are stacked headers: the month and the year to date, each with
// plan, actual and ratio, or quantity beside amount.
func (g *maker) twoGroups(r *report, p honne.Period) []column {
	g.notInHeader(r)
	ratio := pick(g, "達成率", "比率")
	plan := pick(g, "計画", "予算")
	this := pick(g, "当月", "単月")
	if g.chance(50) {
		return []column{{path: []string{this, plan}, measure: "plan_amount", period: p}, {path: []string{this, "実績"}, measure: "sales_amount", period: p}, {path: []string{this, ratio}},
			{path: []string{"累計", plan}}, {path: []string{"累計", "実績"}, measure: "to_date_amount", period: p}, {path: []string{"累計", ratio}}}
	}
	old := pick(g, "前年", "前年同月")
	now := pick(g, "実績", "当年")
	return []column{{path: []string{now, "数量"}, measure: "sales_quantity", period: p}, {path: []string{now, "金額"}, measure: "sales_amount", period: p},
		{path: []string{old, "数量"}, measure: "prior_year_quantity", period: (p.From.Month() - 12).Period()}, {path: []string{old, "金額"}, measure: "prior_year_amount", period: (p.From.Month() - 12).Period()}}
}

// filled makes a record: labels, then a figure for each column.
func (g *maker) filled(r *report, m *matrix, labels []any) line {
	l := line{cells: slices.Clone(labels)}
	for _, c := range m.columns[len(labels):] {
		l.cells = append(l.cells, g.cell(r, c))
	}
	if n := len(labels); !slices.ContainsFunc(l.cells[n:], func(c any) bool { return c != nil }) {
		l.cells[n] = figure{"0", g.number(0)} // without any figure the row would be a title
	}
	return l
}

func (g *maker) cell(r *report, c column) any {
	switch {
	case c.measure == "" && len(c.path) > 0 && isRatio(c.path[len(c.path)-1]):
		if g.sheets {
			return figure{"", float64(500+g.r.IntN(900)) / 1000}
		}
		return figure{"", pick(g, "98.5%", "102%", "110.3%")}
	case c.measure == "":
		return figure{"", g.number(int64(1000 + g.r.IntN(90000)))}
	case isAmount(c.measure):
		return g.count(int64(100+g.r.IntN(90000)), r.scale)
	}
	return g.count(int64(1+g.r.IntN(300)), 1)
}

func isRatio(s string) bool {
	return slices.Contains([]string{"達成率", "計画比", "前年比", "対前年比", "伸長率(%)", "比率"}, s)
}

func isAmount(measure string) bool { return len(measure) > 7 && measure[len(measure)-7:] == "_amount" }

// sums adds subtotals where the first column groups the rows, and a total.
func (g *maker) sums(m *matrix, list []entity) {
	if len(list) > 1 && list[0].role != "product_code" && g.chance(30) {
		g.subtotals(m)
	}
	if g.chance(60) {
		m.rows = append(m.rows, g.total(m, 0, pick(g, "合計", "総計", "計", "合　計", "【合計】", "総合計")))
	}
}

func (g *maker) subtotals(m *matrix) {
	word := pick(g, "小計", "小　計", "%s 計", "%s 小計", "計")
	var out []line
	since := 0
	for i, l := range m.rows {
		out = append(out, l)
		if i+1 == len(m.rows) || m.rows[i+1].cells[0] != l.cells[0] {
			name, _ := l.cells[0].(string)
			rows := &matrix{columns: m.columns, rows: m.rows[since : i+1]}
			sum := g.total(rows, 0, "")
			for k := range sum.cells {
				if m.columns[k].role != "" {
					sum.cells[k] = nil
				}
			}
			sum.cells[min(g.r.IntN(2), labelCount(m)-1)] = named(word, name)
			out = append(out, sum)
			since = i + 1
		}
	}
	m.rows = out
}

func named(word, name string) string {
	if i := slices.Index([]string{"%s 計", "%s 小計"}, word); i >= 0 {
		return name + word[2:]
	}
	return word
}
