package eval

import (
	"fmt"
	"slices"
)

// A statistic is no report: its tables are found, its numbers given as they stand,
// and no meaning is claimed for them.

// statistic is a public table: prefectures, ages, years or branches of trade down,
// categories or years across, header rows in stacks.
func statistic(g *maker) (*workbook, *want) {
	w := newWant()
	c := newCanvas(g.sheetName(nil))
	if g.sheets {
		c.name = pick(g, "第1表", "統計表", "表1-1", "データ")
	}
	left := 1
	if g.sheets {
		left = pick(g, 1, 1, 2)
	}
	m := g.statisticMatrix()
	row := g.statisticTitle(c, left, len(m.columns))
	if g.chance(10) && len(m.rows) > 9 {
		g.layHalves(m, c, row, left, w)
	} else {
		m.lay(c, row, left, w)
	}
	g.statisticNotes(c, left)
	name := pick(g, "toukei", "第3表", "shiryo01", "e-stat_download", "令和5年度統計書")
	return g.book(func(e string) string { return name + e }, c), w
}

func (g *maker) statisticTitle(c *canvas, left, width int) int {
	row := 1 + pick(g, 0, 0, 1)
	c.put(row, left, pick(g, "第３表　都道府県別病床数及び人口10万対病床数", "表１　年齢階級別受療率", "１－２　産業別就業者数の推移", "人口動態（確定数）の概況", "Table 3  Number of facilities by prefecture", "第２－１表　世帯数"))
	if g.chance(40) {
		row++
		c.put(row, left, pick(g, "（令和５年10月１日現在）", "平成30年～令和4年", "2019年度", "(各年10月1日現在)"))
	}
	row += 1 + pick(g, 0, 0, 1)
	if g.chance(60) {
		c.put(row, left+width-1-pick(g, 0, 0, 1), pick(g, "（単位：人）", "（単位：床）", "単位：千人", "（単位：人、％）"))
		row++
	}
	return row
}

func (g *maker) statisticNotes(c *canvas, left int) {
	row := c.rows() + 1 + pick(g, 0, 1)
	for _, s := range some(g, g.r.IntN(4), []string{"資料：厚生労働省「医療施設調査」", "注１）四捨五入のため、合計と一致しない場合がある。", "（注）「…」は計数不明又は計数を表章することが不適当な場合を示す。", "※　東日本大震災の影響により一部を除く。"}) {
		c.put(row, left, s)
		row++
	}
}

// layHalves goes on with a long table to the right of its first half.
func (g *maker) layHalves(m *matrix, c *canvas, row, left int, w *want) {
	m.rows = slices.DeleteFunc(m.rows, func(l line) bool { return l.kind != record })
	half := (len(m.rows) + 1) / 2
	first, second := *m, *m
	first.rows, second.rows = m.rows[:half], m.rows[half:]
	first.lay(c, row, left, w)
	second.lay(c, row, left+len(m.columns)+pick(g, 0, 1), w)
}

// statisticMatrix makes the table itself.
func (g *maker) statisticMatrix() *matrix {
	m := &matrix{headed: true, style: g.headerStyle()}
	labels := g.statisticLabels(m)
	g.statisticFigures(m)
	g.statisticHeader(m)
	n := 5 + g.r.IntN(20)
	decimals, headings := g.chance(25), g.chance(12)
	for i := range n {
		if i > 0 && i%5 == 0 && g.chance(20) {
			m.rows = append(m.rows, line{kind: blankLine, cells: make([]any, len(m.columns))})
		}
		if headings && i%5 == 0 {
			cells := make([]any, len(m.columns))
			cells[0] = pick(g, "北海道・東北", "【政令指定都市】（再掲）", "男女計", "第１次産業")
			m.rows = append(m.rows, line{kind: remark, cells: cells})
		}
		l := line{cells: labels(i)}
		for range m.columns[len(l.cells):] {
			l.cells = append(l.cells, g.plainFigure(decimals))
		}
		if !slices.ContainsFunc(l.cells, func(c any) bool { f, ok := c.(figure); return ok && f.value != "" }) {
			l.cells[len(l.cells)-1] = figure{"7", g.number(7)}
		}
		m.rows = append(m.rows, l)
	}
	return m
}

// statisticHeader adds rows that statistics put below their headers: the English
// names, the numbers of the columns, the units.
func (g *maker) statisticHeader(m *matrix) {
	var below func(i int) string
	switch g.r.IntN(8) {
	case 0:
		below = func(i int) string {
			return []string{"Total", "Hospitals", "Clinics", "Dental", "Pharmacies", "Beds"}[i%6]
		}
	case 1:
		below = func(i int) string { return fmt.Sprintf("(%d)", i+1) }
	case 2:
		below = func(i int) string {
			return []string{"①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨"}[i%9]
		}
	case 3:
		below = func(i int) string { return pick(g, "（人）", "（床）", "（％）") }
	default:
		return
	}
	depth := m.depth()
	k := 0
	for i := range m.columns {
		c := &m.columns[i]
		if c.role != "" && len(c.path) == 1 {
			continue
		}
		for len(c.path) < depth {
			c.path = append(c.path, c.path[len(c.path)-1])
		}
		c.path = append(c.path, below(k))
		k++
	}
}

// plainFigure is a number of a statistic, or a mark for none.
func (g *maker) plainFigure(decimals bool) any {
	switch k := g.r.IntN(40); {
	case k == 0:
		return figure{"", pick(g, "-", "…", "x", "***", "・", "－")}
	case k == 1:
		return figure{"0", g.number(0)}
	case decimals:
		tenths := int64(1 + g.r.IntN(9999))
		s := fmt.Sprintf("%d.%d", tenths/10, tenths%10)
		value := s
		if tenths%10 == 0 {
			value = fmt.Sprint(tenths / 10)
		}
		if g.sheets {
			return figure{value, float64(tenths) / 10}
		}
		return figure{value, s}
	}
	n := int64(g.r.IntN(2_000_000))
	if g.chance(2) {
		n = -n
	}
	return figure{fmt.Sprint(n), g.number(n)}
}

// statisticLabels adds the columns of labels and returns what they say of row i.
func (g *maker) statisticLabels(m *matrix) func(i int) []any {
	label := func(heads ...string) {
		m.columns = append(m.columns, column{path: []string{pick(g, heads...)}, role: "-"})
	}
	spaced := g.chance(20)
	prefecture := func(i int) string {
		p := []rune(prefectures[i%len(prefectures)])
		if spaced && len(p) == 3 {
			return string(p[0]) + "　" + string(p[1]) // 青　森
		}
		return string(p)
	}
	switch g.r.IntN(6) {
	case 0:
		label("都道府県", "都道府県名", "")
		return func(i int) []any { return []any{prefecture(i)} }
	case 1:
		label("コード", "都道府県コード", "団体コード")
		label("都道府県", "団体名")
		return func(i int) []any { return []any{fmt.Sprintf("%02d", i%47+1), prefecture(i)} }
	case 2:
		label("年齢階級", "年齢", "区分")
		return func(i int) []any { return []any{fmt.Sprintf("%d～%d歳", 5*i, 5*i+4)} }
	case 3:
		label("年次", "年", "")
		style := g.r.IntN(3)
		return func(i int) []any { return []any{yearLabel(style, i)} }
	case 4:
		label("産業", "項目", "区分")
		return func(i int) []any {
			return []any{[]string{"総数", "農業，林業", "建設業", "製造業", "　食料品製造業", "　繊維工業", "情報通信業", "卸売業，小売業", "医療，福祉", "その他"}[i%10]}
		}
	}
	below := pick(g, nothing, again)
	if g.sheets && g.chance(60) {
		below = mergedDown
	}
	m.columns = append(m.columns, column{path: []string{pick(g, "地域", "都道府県")}, role: "-", below: below}, column{path: []string{pick(g, "性別", "区分")}, role: "-"})
	return func(i int) []any { return []any{prefecture(i / 3), []string{"総数", "男", "女"}[i%3]} }
}

// yearLabel writes years down: 平成27年, 28, 29; 2015; 2015年.
func yearLabel(style, i int) any {
	switch style {
	case 0:
		if i == 0 {
			return "平成15年"
		}
		return fmt.Sprint(15 + i)
	case 1:
		return fmt.Sprintf("%d年", 2001+i)
	}
	return fmt.Sprintf("%d年度", 2001+i)
}

// statisticFigures adds the columns of figures and returns the depth of the
// header.
func (g *maker) statisticFigures(m *matrix) int {
	add := func(path ...string) { m.columns = append(m.columns, column{path: path, measure: "-"}) }
	categories := some(g, 2+g.r.IntN(4), []string{"総数", "病院", "一般診療所", "歯科診療所", "薬局", "介護老人保健施設"})
	switch g.r.IntN(6) {
	case 0:
		for _, s := range categories {
			add(s)
		}
		return 1
	case 1:
		for _, s := range categories {
			for _, sex := range []string{"総数", "男", "女"} {
				add(s, sex)
			}
		}
		return 2
	case 2:
		for y := range 3 + g.r.IntN(5) {
			add(fmt.Sprintf("平成%d年", 22+y))
		}
		return 1
	case 3:
		for y := range 3 + g.r.IntN(5) {
			add(fmt.Sprint(2012 + y))
		}
		return 1
	case 4:
		for y := range 2 + g.r.IntN(3) {
			for _, s := range []string{"実数", "構成比（％）"} {
				add(fmt.Sprintf("令和%d年", 2+y), s)
			}
		}
		return 2
	}
	for _, top := range []string{"病床数", "人口10万対"} {
		for _, s := range categories[:2] {
			for _, sex := range []string{"一般", "療養"} {
				add(top, s, sex)
			}
		}
	}
	return 3
}
