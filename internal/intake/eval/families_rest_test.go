package eval

import (
	"fmt"
	"slices"

	"honne"
)

// quartersAcross has the quarters of a fiscal year across, and its total.
func quartersAcross(g *maker) (*workbook, *want) {
	first, year := g.fiscal()
	r := g.report(subjects[0], year)
	r.year = true
	g.notInHeader(r)
	r.title = pick(g, "四半期別売上高", "売上金額（四半期）")
	list := g.labels()
	m := &matrix{headed: true, style: g.headerStyle(), columns: g.asColumns(list)}
	style := g.r.IntN(3)
	for q := range 4 {
		from := first + honne.Month(3*q)
		_, a := from.Civil()
		_, b := (from + 2).Civil()
		head := []string{fmt.Sprintf("第%d四半期", q+1), fmt.Sprintf("%dQ", q+1), fmt.Sprintf("%d～%d月", a, b)}[style]
		m.columns = append(m.columns, column{path: []string{head}, measure: "sales_amount", period: honne.Months(from, from+2)})
	}
	m.columns = append(m.columns, column{path: []string{pick(g, "合計", "通期", "年間計")}})
	for _, labels := range g.labelRows(list, 4+g.r.IntN(8)) {
		m.rows = append(m.rows, g.filled(r, m, labels))
	}
	g.sums(m, list)
	return g.one(r, m)
}

// inColumns has a branch in one column, above its customers in the next: with
// its sum, or with its name alone.
func inColumns(g *maker) (*workbook, *want) {
	r := g.report(subjects[0], g.monthText(g.month))
	sums := g.chance(60)
	m := &matrix{headed: true}
	up, down := branch(g), pick(g, customer, site)(g)
	m.columns = append([]column{{path: []string{pick(g, up.heads...)}, role: "region", below: nothing}, {path: []string{pick(g, down.heads...)}, role: down.role}}, g.measures(r, subjects[0], g.month)...)
	for i := range 2 + g.r.IntN(3) {
		since := len(m.rows)
		m.rows = append(m.rows, line{})
		for k := range 2 + g.r.IntN(3) {
			l := g.filled(r, m, []any{up.text(i), down.text(3*i + k)})
			l.hides = 1 // the branch stands above
			m.rows = append(m.rows, l)
		}
		head := g.total(&matrix{columns: m.columns, rows: m.rows[since+1:]}, 0, "")
		if !sums {
			head = line{kind: remark, cells: make([]any, len(m.columns))}
		}
		head.cells[0], head.cells[1] = up.text(i), nil
		m.rows[since] = head
	}
	return g.one(r, m)
}

// sections has a line of its own above the rows of each branch.
func sections(g *maker) (*workbook, *want) {
	r := g.report(subjects[0], g.monthText(g.month))
	list := []entity{pick(g, customer, site)(g)}
	m := &matrix{headed: true, columns: append(g.asColumns(list), g.measures(r, subjects[0], g.month)...)}
	up := branch(g)
	mark := pick(g, "■%s", "【%s】", "%s", "＜%s＞")
	for i := range 2 + g.r.IntN(3) {
		m.rows = append(m.rows, line{kind: remark, cells: append([]any{fmt.Sprintf(mark, up.text(i))}, make([]any, len(m.columns)-1)...)})
		since := len(m.rows)
		for k := range 2 + g.r.IntN(3) {
			l := g.filled(r, m, []any{list[0].text(3*i + k)})
			l.below = "region=" + up.text(i)
			m.rows = append(m.rows, l)
		}
		if g.chance(60) {
			m.rows = append(m.rows, g.total(m, since, pick(g, "小計", "計")))
		}
	}
	return g.one(r, m)
}

// exported is a list as a system writes it out: headers in its words, codes of
// everybody, days in its way.
func exported(g *maker) (*workbook, *want) {
	english := g.chance(50)
	heads := []string{"売上日", "得意先コード", "得意先名称", "出荷先名", "請求先名", "品目コード", "品目名称", "数量", "税抜金額"}
	if english {
		heads = []string{"Billing Date", "Sold-to pt", "Name sold-to", "Ship-to party", "Payer", "Material", "Material Description", "Billed Qty", "Net Value"}
	}
	roles := []string{"-", "invoiced_code", "invoiced", "ship_to", "bill_to", "product_code", "product"}
	m := &matrix{headed: true}
	for i, h := range heads {
		c := column{path: []string{h}}
		switch {
		case i < len(roles):
			c.role = roles[i]
		case i == len(roles):
			c.measure = "sales_quantity"
		default:
			c.measure = "sales_amount"
		}
		m.columns = append(m.columns, c)
	}
	who, code, name := customer(g), entity{}, entity{}
	code, name = product(g.r.IntN(12))
	r := &report{subject: subjects[0], scale: 1}
	style := g.r.IntN(6)
	dayFirst := english && g.chance(50)
	for i := range 8 + g.r.IntN(20) {
		day := g.month.First() + honne.Date((i*5)%28)
		var shown any = g.dayText(day, style)
		if dayFirst {
			y, mo, d := day.Civil()
			shown = fmt.Sprintf("%02d.%02d.%d", d, mo, y)
		}
		labels := []any{shown, fmt.Sprintf("%07d", 1200000+i%5), who.text(i % 5), sites[i%7], who.text(i % 5), code.text(i), name.text(i)}
		l := g.filled(r, m, labels)
		l.period = g.month.Period()
		m.rows = append(m.rows, l)
	}
	w := newWant()
	c := newCanvas(g.sheetName(nil))
	m.lay(c, 1, 1, w)
	file := pick(g, "ZSD_SALES", "売上データ", "URIAGE_EXPORT", "sales_export")
	return g.book(func(e string) string { return file + e }, c), w
}

// named figures: 5個, 2千円.
func countedFigures(g *maker) (*workbook, *want) {
	r := g.report(subjects[0], g.monthText(g.month))
	r.scale, r.unitIn = 1, ""
	list := []entity{pick(g, customer, site)(g)}
	m := &matrix{headed: true, columns: append(g.asColumns(list), column{path: []string{"数量"}, measure: "sales_quantity", period: g.at(0)}, column{path: []string{"金額"}, measure: "sales_amount", period: g.at(0)})}
	unit := pick(g, "個", "本", "台", "箱")
	for i := range 4 + g.r.IntN(8) {
		n, v := 1+g.r.IntN(300), 1+g.r.IntN(9000)
		money := figure{fmt.Sprint(v), fmt.Sprintf("%s円", grouped(fmt.Sprint(v)))}
		if g.chance(50) {
			money = figure{fmt.Sprint(1000 * v), fmt.Sprintf("%s千円", grouped(fmt.Sprint(v)))}
		}
		m.rows = append(m.rows, line{cells: []any{list[0].text(i), figure{fmt.Sprint(n), fmt.Sprintf("%d%s", n, unit)}, money}})
	}
	return g.one(r, m)
}

// totalOnTop has the total above the rows, and a narrow blank column behind the
// labels.
func totalOnTop(g *maker) (*workbook, *want) {
	s := pick(g, subjects...)
	r := g.report(s, g.monthText(g.month))
	list := g.labels()
	m := &matrix{headed: true, style: first, columns: g.asColumns(list)}
	if g.chance(50) {
		m.columns = append(m.columns, column{role: "-"})
	}
	labels := len(m.columns)
	m.columns = append(m.columns, g.measures(r, s, g.month)...)
	for _, row := range g.labelRows(list, 4+g.r.IntN(10)) {
		for len(row) < labels {
			row = append(row, nil)
		}
		m.rows = append(m.rows, g.filled(r, m, row))
	}
	sum := g.total(m, 0, "")
	sum.cells[0] = pick(g, "合計", "総計", "全体")
	m.rows = slices.Insert(m.rows, 0, sum)
	return g.one(r, m)
}

// closedOn20th is a month that closes on the 20th: its lines are dated, or it
// gives the sums of its 31 days.
func closedOn20th(g *maker) (*workbook, *want) {
	r := g.report(subjects[0], "")
	y, mo := g.month.Civil()
	p := honne.Period{From: honne.NewDate(y, mo, 21), To: honne.NewMonth(y, mo).Last() + 20}
	y2, m2 := (g.month + 1).Civil()
	r.title = pick(g, fmt.Sprintf("売上実績（%d年%d月度 20日締）", y2, m2), fmt.Sprintf("%d年%d月度売上実績（%d年%d月21日～%d年%d月20日）", y2, m2, y, mo, y2, m2))
	list := g.labels()
	m := &matrix{headed: true, columns: append(g.asColumns(list), column{path: []string{"数量"}, measure: "sales_quantity", period: p}, column{path: []string{g.amountHead(r, "金額")}, measure: "sales_amount", period: p})}
	for _, labels := range g.labelRows(list, 4+g.r.IntN(8)) {
		m.rows = append(m.rows, g.filled(r, m, labels))
	}
	g.sums(m, list)
	r.monthIn = "title"
	w := newWant()
	c := newCanvas(g.sheetName(nil))
	c.put(1, r.left, r.title)
	row := 3
	if r.unitIn != "" && r.unitIn != "header" {
		c.put(2, r.left+2, g.unitLine(r))
	}
	m.lay(c, row, r.left, w)
	return g.book(func(e string) string { return "送付資料" + e }, c), w
}
