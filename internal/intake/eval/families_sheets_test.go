package eval

import (
	"fmt"
	"slices"
	"strings"

	"honne"
)

// sheetPerMonth has a sheet for each of some months.
func sheetPerMonth(g *maker) (*workbook, *want) {
	g.sheets = true
	first, year := g.fiscal()
	y, _ := first.Civil()
	r := g.report(subjects[0], "")
	list, w := g.labels(), newWant()
	columns := g.asColumns(list)
	measures := g.measures(r, subjects[0], first)
	named := g.chance(50) // the sheet says month and year, else only the month
	var sheets []*canvas
	for i := range 3 + g.r.IntN(4) {
		month := first + honne.Month(i)
		year, n := month.Civil()
		name := fmt.Sprintf("%d月", n)
		if named {
			name = pick(g, fmt.Sprintf("%d年%d月", year, n), fmt.Sprintf("%d.%d", year, n))
		}
		c := newCanvas(name)
		m := &matrix{headed: true, columns: slices.Clone(columns)}
		for _, x := range measures {
			if !x.period.IsZero() {
				x.period = (x.period.From.Month() + honne.Month(i)).Period()
			}
			m.columns = append(m.columns, x)
		}
		for _, labels := range g.labelRows(list, 3+g.r.IntN(6)) {
			m.rows = append(m.rows, g.filled(r, m, labels))
		}
		if g.chance(50) {
			m.rows = append(m.rows, g.total(m, 0, "合計"))
		}
		m.lay(c, g.head(c, r, len(m.columns)), r.left, w)
		sheets = append(sheets, c)
	}
	file := pick(g, r.title+"_"+year, year+"_"+r.title, fmt.Sprintf("%s(%d年度)", r.title, y))
	return g.book(func(e string) string { return file + e }, sheets...), w
}

// sheetPerBranch has a sheet for each branch.
func sheetPerBranch(g *maker) (*workbook, *want) {
	g.sheets = true
	s := pick(g, subjects[:3]...)
	r := g.report(s, g.monthText(g.month))
	r.monthIn = pick(g, "title", "line", "file")
	list, w := []entity{pick(g, customer, site)(g)}, newWant()
	if g.chance(50) {
		_, name := product(3)
		list = append(list, name)
	}
	columns := append(g.asColumns(list), g.measures(r, s, g.month)...)
	var sheets []*canvas
	for _, name := range some(g, 3, branches) {
		c := newCanvas(name)
		m := &matrix{headed: true, columns: append([]column{{role: "region"}}, columns...)}
		for _, labels := range g.labelRows(list, 3+g.r.IntN(6)) {
			m.rows = append(m.rows, g.filled(r, m, append([]any{name}, labels...)))
		}
		row := g.head(c, r, len(columns))
		hidden := *r
		m.layWithout(c, row, hidden.left, w)
		sheets = append(sheets, c)
	}
	return g.book(func(e string) string { return g.fileName(r, e) }, sheets...), w
}

// layWithout lays the matrix without its first column, which only the truth
// knows.
func (m *matrix) layWithout(c *canvas, row, col int, w *want) {
	name := m.rows[0].cells[0].(string)
	n := &matrix{headed: m.headed, style: m.style, columns: m.columns[1:]}
	for _, l := range m.rows {
		l.cells = l.cells[1:]
		n.rows = append(n.rows, l)
	}
	before := len(w.records)
	n.lay(c, row, col, w)
	if len(w.records) > before {
		for at, text := range w.records {
			if at.Sheet == c.name && !strings.Contains(text, " region=") {
				w.records[at] = text + " region=" + name
			}
		}
	}
}

// printedPages repeats header, and titles, every few rows.
func printedPages(g *maker) (*workbook, *want) {
	s := pick(g, subjects[:3]...)
	r := g.report(s, g.monthText(g.month))
	list := g.labels()
	m := &matrix{headed: true, style: first, columns: append(g.asColumns(list), g.measures(r, s, g.month)...)}
	m.style = g.headerStyle()
	per := 5 + g.r.IntN(6)
	var title any
	for i, labels := range g.labelRows(list, 2*per+g.r.IntN(2*per)) {
		if i > 0 && i%per == 0 {
			if g.chance(50) {
				m.rows = append(m.rows, line{kind: blankLine, cells: make([]any, len(m.columns))})
			}
			if title != nil {
				m.rows = append(m.rows, line{kind: remark, cells: append([]any{title}, make([]any, len(m.columns)-1)...)})
			}
			m.rows = append(m.rows, line{kind: another})
		}
		m.rows = append(m.rows, g.filled(r, m, labels))
	}
	if g.chance(60) {
		m.rows = append(m.rows, g.total(m, 0, "合計"))
	}
	return g.one(r, m)
}

// stacked has two tables below each other: other series, or the same for
// another branch.
func stacked(g *maker) (*workbook, *want) {
	r := g.report(subjects[0], g.monthText(g.month))
	r.monthIn = pick(g, "title", "file", "line")
	a, b := g.monthMatrix(r, subjects[0], g.month, 4+g.r.IntN(6)), g.monthMatrix(r, subjects[2], g.month, 4+g.r.IntN(6))
	w := newWant()
	c := newCanvas(g.sheetName(nil))
	row := g.head(c, r, len(a.columns))
	if g.chance(50) {
		c.put(row, r.left, pick(g, "■売上", "１．売上実績", "【売上】"))
		row++
	}
	a.lay(c, row, r.left, w)
	row = c.rows() + 2 + pick(g, 0, 1)
	if g.chance(80) {
		c.put(row, r.left, pick(g, "■在庫", "２．在庫状況", "【在庫】月末現在"))
		row++
	}
	b.lay(c, row, r.left, w)
	g.foot(c, r.left)
	return g.book(func(e string) string { return g.fileName(r, e) }, c), w
}

// sideBySide has sales on the left and stock on the right.
func sideBySide(g *maker) (*workbook, *want) {
	r := g.report(subjects[0], g.monthText(g.month))
	r.monthIn = pick(g, "title", "file", "line")
	a, b := g.monthMatrix(r, subjects[0], g.month, 4+g.r.IntN(6)), g.monthMatrix(r, subjects[2], g.month, 4+g.r.IntN(6))
	w := newWant()
	c := newCanvas(g.sheetName(nil))
	row := g.head(c, r, len(a.columns)+len(b.columns)+1)
	right := r.left + len(a.columns) + pick(g, 1, 1, 2)
	if g.chance(50) {
		c.put(row, r.left, pick(g, "■施設別売上", "売上実績", "【売上】"))
		c.put(row, right, pick(g, "■在庫状況", "在庫", "【在庫】"))
		row++
	}
	a.lay(c, row, r.left, w)
	b.lay(c, row, right, w)
	return g.book(func(e string) string { return g.fileName(r, e) }, c), w
}

// twoStoreys has quantity above amount in each record, the months across.
func twoStoreys(g *maker) (*workbook, *want) {
	start, year := g.fiscal()
	r := g.report(subjects[0], year)
	r.year = true
	r.unitIn, r.scale, r.unit = "", 1000, "千円"
	r.title = pick(g, "売上実績表　上段：数量（個）　下段：金額（千円）", "売上実績（上段：数量、下段：金額(千円)）", "月別売上 上段:数量 下段:金額（単位：千円）")
	_, name := product(g.r.IntN(12))
	e := pick(g, name, customer(g), site(g))
	below := nothing
	if g.sheets && g.chance(60) {
		below = mergedDown
	}
	m := &matrix{headed: true, columns: []column{{path: []string{e.heads[0]}, role: e.role, below: below}}}
	for i, h := range g.monthHeads(start, 12) {
		m.columns = append(m.columns, column{path: h, measure: "sales_amount", period: (start + honne.Month(i)).Period()})
	}
	for i := range 4 + g.r.IntN(6) {
		for _, measure := range []string{"sales_quantity", "sales_amount"} {
			l := line{cells: []any{e.text(i)}, measure: measure}
			for range m.columns[1:] {
				if measure == "sales_quantity" {
					l.cells = append(l.cells, g.count(int64(1+g.r.IntN(300)), 1))
				} else {
					l.cells = append(l.cells, g.count(int64(1+g.r.IntN(9000)), r.scale))
				}
			}
			m.rows = append(m.rows, l)
		}
	}
	return g.one(r, m)
}

// summaryAbove has a few sums above the rows that they sum. They may be read as
// what they are where nothing finer says the same, or as plain numbers.
func summaryAbove(g *maker) (*workbook, *want) {
	r := g.report(subjects[0], g.monthText(g.month))
	m := g.monthMatrix(r, subjects[0], g.month, 6+g.r.IntN(8))
	w := newWant()
	c := newCanvas(g.sheetName(r))
	row := g.head(c, r, len(m.columns))
	sum := &matrix{headed: g.chance(60)}
	if g.chance(50) {
		sum.columns = []column{{path: []string{pick(g, "項目", "区分", "")}, role: "-"}, {path: []string{"当月"}, measure: "?"}, {path: []string{"累計"}, measure: "?"}}
		for _, s := range []string{"売上", "台数", "達成率"}[:2+g.r.IntN(2)] {
			sum.rows = append(sum.rows, line{ratio: s == "達成率", cells: []any{s, figure{"1", g.number(int64(g.r.IntN(9000)))}, figure{"1", g.number(int64(g.r.IntN(90000)))}}})
		}
	} else {
		sum.columns = []column{{path: []string{"計画"}, measure: "?"}, {path: []string{"実績"}, measure: "?"}, {path: []string{"達成率"}}}
		sum.rows = []line{{cells: []any{figure{"1", g.number(int64(g.r.IntN(9000)))}, figure{"1", g.number(int64(g.r.IntN(9000)))}, figure{"", "98.5%"}}}}
		sum.headed = true
	}
	sum.lay(c, row, r.left, w)
	m.lay(c, c.rows()+2, r.left, w)
	return g.book(func(e string) string { return g.fileName(r, e) }, c), w
}

// indented has sums of product lines or branches above their indented parts.
func indented(g *maker) (*workbook, *want) {
	r := g.report(subjects[0], g.monthText(g.month))
	parent, child := []string{"循環器", "外科", "検査機器", "消耗品"}, goods
	m := &matrix{headed: true}
	m.columns = append([]column{{path: []string{pick(g, "品名", "商品名", "製品名")}, role: "product"}}, g.measures(r, subjects[0], g.month)...)
	empty := g.chance(40) // the parents carry no sums
	indent := pick(g, "　", "　　", "  ", "・")
	inFormat := g.sheets && g.chance(40)
	for i := range 2 + g.r.IntN(3) {
		since := len(m.rows)
		m.rows = append(m.rows, line{})
		for k := range 2 + g.r.IntN(3) {
			l := g.filled(r, m, []any{indent + child[(i*4+k)%len(child)][1]})
			if inFormat {
				l.cells[0] = inset(child[(i*4+k)%len(child)][1])
			}
			m.rows = append(m.rows, l)
		}
		head := g.total(&matrix{columns: m.columns, rows: m.rows[since+1:]}, 0, "")
		head.cells[0] = parent[i]
		if empty {
			head = line{kind: remark, cells: append([]any{parent[i]}, make([]any, len(m.columns)-1)...)}
		}
		m.rows[since] = head
	}
	return g.one(r, m)
}

// noHeader lost its header: figures behind names and codes, and not a word over
// them.
func noHeader(g *maker) (*workbook, *want) {
	code, name := product(g.r.IntN(12))
	list := []entity{pick(g, customer, site)(g), code, name}
	m := &matrix{columns: []column{{role: "-"}}}
	for range list {
		m.columns = append(m.columns, column{role: "-"})
	}
	m.columns = append(m.columns, column{measure: "-"}, column{measure: "-"})
	style := g.r.IntN(6)
	for i := range 5 + g.r.IntN(20) {
		labels := []any{g.dayText(g.month.First()+honne.Date(i), style)}
		for _, e := range list {
			labels = append(labels, e.text(i))
		}
		m.rows = append(m.rows, line{cells: append(labels, g.count(int64(1+g.r.IntN(99)), 1), g.count(int64(1000+g.r.IntN(99000)), 1))})
	}
	w := newWant()
	c := newCanvas(g.sheetName(nil))
	m.lay(c, 1, 1, w)
	return g.book(func(e string) string { return pick(g, "data", "出力", "Book1") + e }, c), w
}
