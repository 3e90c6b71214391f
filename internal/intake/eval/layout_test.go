package eval

import (
	"fmt"
	"slices"

	"honne"
)

// subject is what a report is about.
type subject struct {
	series     string
	titles     []string // words of its title
	amounts    []string // headers of its amounts
	quantities []string
}

var subjects = []subject{
	{series: "sales", titles: []string{"売上実績", "販売実績", "売上報告", "販売実績報告", "売上月報"}, amounts: []string{"金額", "売上金額", "売上高", "販売金額"}, quantities: []string{"数量", "販売数量", "売上数量", "販売数"}},
	{series: "sales", titles: []string{"納入実績", "売上一覧", "実消化報告"}, amounts: []string{"納入金額", "売上", "実績金額"}, quantities: []string{"納入数", "本数", "数量"}},
	{series: "stock", titles: []string{"在庫一覧", "月末在庫", "在庫報告", "棚卸表"}, amounts: []string{"在庫金額", "棚卸金額"}, quantities: []string{"在庫数", "月末在庫", "在庫数量", "現在庫"}},
	{series: "purchases", titles: []string{"仕入実績", "入荷実績", "仕入明細"}, amounts: []string{"仕入金額", "仕入高"}, quantities: []string{"仕入数量", "入荷数"}},
	{series: "orders", titles: []string{"受注実績", "受注一覧", "受注状況"}, amounts: []string{"受注金額", "受注高"}, quantities: []string{"受注数", "受注数量"}},
}

// entity is a column of labels: how it is called and what it says of row i.
type entity struct {
	heads []string
	role  string
	text  func(i int) string
}

func customer(g *maker) entity {
	list := some(g, 8, customers)
	return entity{[]string{"得意先", "得意先名", "販売先", "取引先名", "代理店名", "顧客名"}, "invoiced", cyclic(list)}
}

func site(g *maker) entity {
	list := some(g, 8, sites)
	return entity{[]string{"施設名", "納入施設", "病院名", "医療機関名", "エンドユーザー"}, "end_user", cyclic(list)}
}

func region(g *maker) entity {
	return entity{[]string{"地区", "エリア", "ブロック", "地域"}, "region", cyclic(some(g, 5, regions))}
}

func branch(g *maker) entity {
	return entity{[]string{"支店", "支店名", "営業所", "拠点"}, "region", cyclic(some(g, 5, branches))}
}

func cyclic(list []string) func(int) string { return func(i int) string { return list[i%len(list)] } }

func product(which int) (code, name entity) {
	text := func(k int) func(i int) string { return func(i int) string { return goods[(i+which)%len(goods)][k] } }
	return entity{[]string{"品番", "商品コード", "製品コード", "型番", "品目コード"}, "product_code", text(0)},
		entity{[]string{"品名", "商品名", "製品名", "品名・規格", "品目名"}, "product", text(1)}
}

// labels draws the columns of labels of a report: whom, what, or where.
func (g *maker) labels() []entity {
	code, name := product(g.r.IntN(12))
	var out []entity
	switch g.r.IntN(7) {
	case 0:
		out = []entity{customer(g)}
	case 1:
		out = []entity{site(g)}
	case 2:
		out = []entity{code, name}
	case 3:
		out = []entity{name}
	case 4:
		out = []entity{customer(g), name}
	case 5:
		out = []entity{site(g), code, name}
	case 6:
		out = []entity{pick(g, region, branch)(g), pick(g, customer, site)(g)}
	}
	return out
}

// asColumns makes the columns of labels. Of several the first may be written
// once for the rows that share it.
func (g *maker) asColumns(list []entity) []column {
	var out []column
	for i, e := range list {
		c := column{path: []string{pick(g, e.heads...)}, role: e.role}
		if i == 0 && len(list) > 1 && list[0].role != "product_code" {
			c.below = pick(g, again, again, nothing, ditto, sameAbove)
			if g.sheets && g.chance(40) {
				c.below = mergedDown
			}
		}
		out = append(out, c)
	}
	return out
}

// grid of labels: the first column changes every few rows where there are two
// sorts, the rest with every row.
func (g *maker) labelRows(list []entity, n int) [][]any {
	span := 1
	if len(list) > 1 && list[0].role != "product_code" {
		span = 2 + g.r.IntN(3)
	}
	out := make([][]any, n)
	for i := range out {
		for k, e := range list {
			at := i
			if k == 0 && span > 1 {
				at = i / span
			} else if span > 1 {
				at = i%span + (i/span)%2
			}
			out[i] = append(out[i], e.text(at))
		}
	}
	return out
}

// numbered puts a column of running numbers in front.
func numbered(m *matrix) {
	m.columns = slices.Insert(m.columns, 0, column{path: []string{"No."}, role: "-"})
	n := int64(0)
	for i := range m.rows {
		var cell any
		if m.rows[i].kind == record {
			n++
			cell = n
		}
		if m.rows[i].kind != another {
			m.rows[i].cells = slices.Insert(m.rows[i].cells, 0, cell)
		}
	}
}

// total writes a row that sums the figures of the rows since a row.
func (g *maker) total(m *matrix, since int, name string) line {
	l := line{kind: summing, cells: make([]any, len(m.columns))}
	for i, c := range m.columns {
		if c.role != "" {
			continue
		}
		sum, any := int64(0), false
		for _, r := range m.rows[since:] {
			if r.kind != record {
				continue
			}
			if f, ok := r.cells[i].(figure); ok && f.value != "" {
				sum += plain(f.shown)
				any = true
			}
		}
		if any && c.measure != "" {
			l.cells[i] = figure{"", g.number(sum)}
		}
	}
	l.cells[g.r.IntN(max(1, labelCount(m)))] = name
	return l
}

func labelCount(m *matrix) int {
	for i, c := range m.columns {
		if c.role == "" {
			return i
		}
	}
	return len(m.columns)
}

// plain reads a number as number writes it.
func plain(shown any) int64 {
	if n, ok := shown.(int64); ok {
		return n
	}
	n, sign := int64(0), int64(1)
	for _, r := range fmt.Sprint(shown) {
		switch {
		case r >= '0' && r <= '9':
			n = n*10 + int64(r-'0')
		case r >= '０' && r <= '９':
			n = n*10 + int64(r-'０')
		case r == '-' || r == '△' || r == '▲' || r == '(':
			sign = -1
		}
	}
	return n * sign
}

// period of the workbook's month, n months on.
func (g *maker) at(n int) honne.Period { return (g.month + honne.Month(n)).Period() }
