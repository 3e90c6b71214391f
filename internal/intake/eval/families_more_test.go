package eval

import (
	"fmt"
	"slices"

	"honne"
)

// rowsOfSales is a list of single sales, dated.
func rowsOfSales(g *maker) (*workbook, *want) {
	s := subjects[0]
	month := ""
	if g.chance(60) {
		month = g.monthText(g.month)
	}
	r := g.report(s, month)
	code, name := product(g.r.IntN(12))
	list := []entity{customer(g)}
	if g.chance(40) {
		list = append(list, site(g))
	}
	list = append(list, code, name)
	m := &matrix{headed: true}
	m.columns = []column{{path: []string{pick(g, "売上日", "計上日", "伝票日付", "納品日", "日付")}, role: "-"}}
	if g.chance(40) {
		m.columns[0].below = pick(g, nothing, ditto, sameAbove)
	}
	number := g.chance(40)
	if number {
		m.columns = append(m.columns, column{path: []string{pick(g, "伝票番号", "伝票No.", "売上No")}, role: "-"})
	}
	for _, e := range list {
		m.columns = append(m.columns, column{path: []string{pick(g, e.heads...)}, role: e.role})
	}
	m.columns = append(m.columns, column{path: []string{pick(g, s.quantities...)}, measure: "sales_quantity"})
	if g.chance(50) {
		m.columns = append(m.columns, column{path: []string{"単価"}})
	}
	m.columns = append(m.columns, column{path: []string{g.amountHead(r, pick(g, s.amounts...))}, measure: "sales_amount"})
	style, day := g.r.IntN(6), g.month.First()
	for i := range 5 + g.r.IntN(20) {
		if g.chance(60) && day < g.month.Last() {
			day++
		}
		labels := []any{g.dayText(day, style)}
		if number {
			labels = append(labels, fmt.Sprintf("%08d", 10230+i))
		}
		for _, e := range list {
			labels = append(labels, e.text(i*7/3))
		}
		l := g.filled(r, m, labels)
		l.period = g.month.Period()
		m.rows = append(m.rows, l)
	}
	if g.chance(40) {
		m.rows = append(m.rows, g.total(m, 0, "合計"))
	}
	return g.one(r, m)
}

// monthHeads are the headers of months across, without and with their years.
func (g *maker) monthHeads(first honne.Month, n int) [][]string {
	style := g.r.IntN(7)
	var out [][]string
	for i := range n {
		m := first + honne.Month(i)
		y, month := m.Civil()
		name := g.digits(fmt.Sprintf("%d月", month))
		switch style {
		case 0, 1:
			out = append(out, []string{name})
		case 2:
			out = append(out, []string{g.digits(fmt.Sprintf("%d年", y)), name})
		case 3:
			out = append(out, []string{fmt.Sprintf("%d年%d月", y, month)})
		case 4:
			out = append(out, []string{fmt.Sprintf("%d/%02d", y, month)})
		case 5:
			out = append(out, []string{fmt.Sprintf("R%d.%d", y-2018, month)})
		default:
			out = append(out, []string{fmt.Sprintf("%d%02d", y, month)})
		}
	}
	return out
}

// fiscal is the fiscal year in which the maker's month lies, and its name.
func (g *maker) fiscal() (honne.Month, string) {
	first := g.month
	for {
		if _, m := first.Civil(); m == 4 {
			break
		}
		first--
	}
	y, _ := first.Civil()
	return first, pick(g, fmt.Sprintf("%d年度", y), fmt.Sprintf("令和%d年度", y-2018), fmt.Sprintf("FY%d", y), g.digits(fmt.Sprintf("%d年度", y)))
}

// monthsAcross has a measure under each month, with halves and a total.
func monthsAcross(g *maker) (*workbook, *want) {
	s := pick(g, subjects[0], subjects[0], subjects[1], subjects[2])
	first, year := g.fiscal()
	r := g.report(s, year)
	r.year = true
	g.notInHeader(r)
	list := g.labels()
	m := &matrix{headed: true, style: g.headerStyle(), columns: g.asColumns(list)}
	measure := s.series + pick(g, "_amount", "_amount", "_quantity")
	if s.series == "stock" {
		measure = "stock_quantity"
	}
	if measure == "sales_amount" && r.unitIn == "" {
		r.title = pick(g, "売上金額推移表", "月別売上高", "月次売上実績")
	} else if !isAmount(measure) {
		r.title = pick(g, map[string][]string{"sales": {"月別販売数量", "月次売上数量実績"}, "stock": {"月別在庫数量", "月末在庫数推移"}}[s.series]...)
		r.scale, r.unit, r.unitIn = 1, pick(g, "個", "本", "台"), pick(g, "line", "title", "")
	}
	heads := g.monthHeads(first, 12)
	halves := s.series != "stock" && g.chance(40)
	for i, h := range heads {
		m.columns = append(m.columns, column{path: h, measure: measure, period: (first + honne.Month(i)).Period()})
		if halves && (i == 5 || i == 11) {
			m.columns = append(m.columns, column{path: []string{[]string{"上期計", "下期計"}[i/6]}})
		}
	}
	if s.series != "stock" && g.chance(60) {
		m.columns = append(m.columns, column{path: []string{pick(g, "合計", "年間計", "計")}})
	}
	known := 12
	if g.chance(40) {
		known = 3 + g.r.IntN(9)
	}
	for _, labels := range g.labelRows(list, 4+g.r.IntN(10)) {
		m.rows = append(m.rows, g.upTo(g.filled(r, m, labels), m, first+honne.Month(known)))
	}
	g.sums(m, list)
	return g.one(r, m)
}

// upTo blanks the months that have not come yet.
func (g *maker) upTo(l line, m *matrix, end honne.Month) line {
	for i, c := range m.columns {
		if !c.period.IsZero() && c.period.From.Month() >= end {
			l.cells[i] = nil
		}
	}
	return l
}

// notInHeader moves the unit out of headers that have no place for it.
func (g *maker) notInHeader(r *report) {
	if r.unitIn == "header" {
		r.unitIn = "line"
	}
}

// monthsAndMeasures has plan, actual and last year under each month.
func monthsAndMeasures(g *maker) (*workbook, *want) {
	first, year := g.fiscal()
	r := g.report(subjects[0], year)
	r.year = true
	g.notInHeader(r)
	list := g.labels()
	m := &matrix{headed: true, style: g.headerStyle(), columns: g.asColumns(list)}
	sets := [][][2]string{{{"計画", "plan_amount"}, {"実績", "sales_amount"}, {"達成率", ""}}, {{"数量", "sales_quantity"}, {"金額", "sales_amount"}},
		{{"予算", "plan_amount"}, {"実績", "sales_amount"}, {"前年", "prior_year_amount"}}, {{"見込", "forecast_amount"}, {"実績", "sales_amount"}}}
	set := pick(g, sets...)
	for i, h := range g.monthHeads(first, pick(g, 3, 6, 12)) {
		for _, x := range set {
			p := (first + honne.Month(i)).Period()
			if x[1] == "prior_year_amount" {
				p = (first + honne.Month(i) - 12).Period()
			}
			m.columns = append(m.columns, column{path: append(slices.Clone(h), x[0]), measure: x[1], period: p})
		}
	}
	if g.chance(40) {
		for _, x := range set {
			m.columns = append(m.columns, column{path: append(make([]string, 0, 3), slices.Repeat([]string{"合計"}, len(m.columns[len(m.columns)-1].path)-1)...)})
			last := &m.columns[len(m.columns)-1]
			last.path = append(last.path, x[0])
		}
	}
	r.title = pick(g, "計画実績対比表", "予実管理表", "売上実績")
	for _, labels := range g.labelRows(list, 4+g.r.IntN(8)) {
		m.rows = append(m.rows, g.filled(r, m, labels))
	}
	g.sums(m, list)
	return g.one(r, m)
}

// measuresDown has a row for each measure of each name, the months across.
func measuresDown(g *maker) (*workbook, *want) {
	first, year := g.fiscal()
	r := g.report(subjects[0], year)
	r.year = true
	g.notInHeader(r)
	e := pick(g, customer, site, branch)(g)
	m := &matrix{headed: true, style: g.headerStyle()}
	below := pick(g, again, nothing)
	if g.sheets && g.chance(60) {
		below = mergedDown
	}
	m.columns = []column{{path: []string{pick(g, e.heads...)}, role: e.role, below: below}, {path: []string{pick(g, "区分", "項目", "")}, role: "-"}}
	for i, h := range g.monthHeads(first, 12) {
		m.columns = append(m.columns, column{path: h, measure: "sales_amount", period: (first + honne.Month(i)).Period()})
	}
	set := pick(g, [][2]string{{"計画", "plan_amount"}, {"実績", "sales_amount"}, {"達成率", ""}}, [][2]string{{"実績", "sales_amount"}, {"前年", "prior_year_amount"}, {"前年比", ""}},
		[][2]string{{"予算", "plan_amount"}, {"実績", "sales_amount"}})
	r.title = pick(g, "計画実績対比表", "予実管理表", "売上実績表")
	for i := range 3 + g.r.IntN(5) {
		for _, x := range set {
			l := line{cells: []any{e.text(i), x[0]}, measure: x[1], ratio: x[1] == ""}
			if x[1] == "prior_year_amount" {
				l.year = 1
			}
			for _, c := range m.columns[2:] {
				cell := g.cell(r, c)
				if f, ok := cell.(figure); ok && x[1] == "" {
					cell = figure{"", pick[any](g, "98%", "101.5%", f.shown)}
				}
				l.cells = append(l.cells, cell)
			}
			m.rows = append(m.rows, l)
		}
	}
	return g.one(r, m)
}

// namesAcross has products or customers across, for one month.
func namesAcross(g *maker) (*workbook, *want) {
	r := g.report(subjects[0], g.monthText(g.month))
	g.notInHeader(r)
	m := &matrix{headed: true, style: g.headerStyle()}
	_, name := product(g.r.IntN(12))
	down, over, key := pick(g, customer, site, region)(g), name, "product"
	r.title = pick(g, "商品別売上実績", "売上実績表", "商品別売上金額")
	if g.chance(40) {
		down, over, key = name, site(g), "end_user"
		r.title = pick(g, "施設別製品別売上実績", "施設別売上実績")
	}
	m.columns = g.asColumns([]entity{down})
	for i := range 3 + g.r.IntN(5) {
		m.columns = append(m.columns, column{path: []string{over.text(i)}, measure: "sales_amount", period: g.at(0), across: key + "=" + over.text(i)})
	}
	if g.chance(60) {
		m.columns = append(m.columns, column{path: []string{"合計"}})
	}
	for i := range 4 + g.r.IntN(8) {
		m.rows = append(m.rows, g.filled(r, m, []any{down.text(i)}))
	}
	if g.chance(50) {
		m.rows = append(m.rows, g.total(m, 0, "合計"))
	}
	return g.one(r, m)
}

// monthsDown has a month a row.
func monthsDown(g *maker) (*workbook, *want) {
	first, _ := g.fiscal()
	r := g.report(subjects[0], "")
	m := &matrix{headed: true, style: g.headerStyle()}
	m.columns = append([]column{{path: []string{pick(g, "年月", "対象月", "売上月", "計上年月")}, role: "-"}}, g.measures(r, subjects[0], g.month)...)
	style := g.r.IntN(5)
	for i := range 6 + g.r.IntN(18) {
		month := first + honne.Month(i)
		y, n := month.Civil()
		text := []string{fmt.Sprintf("%d年%d月", y, n), fmt.Sprintf("%d/%02d", y, n), fmt.Sprintf("%d%02d", y, n), fmt.Sprintf("令和%d年%d月", y-2018, n), fmt.Sprintf("%d-%02d", y, n)}[style]
		l := g.filled(r, m, []any{text})
		l.period = month.Period()
		m.rows = append(m.rows, l)
	}
	if g.chance(40) {
		m.rows = append(m.rows, g.total(m, 0, "合計"))
	}
	return g.one(r, m)
}
