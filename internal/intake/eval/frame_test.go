package eval

import (
	"fmt"
	"strings"
)

// report is what one sheet says around its table: title, month, unit.
type report struct {
	subject subject
	scale   int64
	unit    string // of amounts: 円, 千円, 百万円
	unitIn  string // "header", "title", "line" or "" where nothing says it
	month   string // the period in words, "" where the table says it itself
	monthIn string // "title", "line", "file", "sheet"
	title   string
	year    bool // the period is a fiscal year
	left    int  // columns before
}

var units = map[int64]string{1: "円", 1000: "千円", 1000000: "百万円"}

func (g *maker) report(s subject, month string) *report {
	r := &report{subject: s, scale: pick[int64](g, 1, 1, 1, 1000, 1000, 1000000), month: month, left: 1}
	r.unit = units[r.scale]
	r.unitIn = pick(g, "header", "title", "line", "line")
	if r.scale == 1 && g.chance(50) {
		r.unitIn = ""
	}
	r.monthIn = pick(g, "title", "title", "line", "file")
	if g.sheets {
		r.left = pick(g, 1, 1, 1, 2, 3)
		r.monthIn = pick(g, "title", "title", "line", "file", "sheet")
	}
	r.title = pick(g, s.titles...) + pick(g, "", "", "表", "書")
	r.title = strings.Replace(r.title, "表表", "表", 1)
	return r
}

// amountHead is the header of an amount, with its unit where this report says it
// there.
func (g *maker) amountHead(r *report, s string) string {
	if r.unitIn != "header" {
		return s
	}
	tax := pick(g, "", "", "・税抜")
	return s + pick(g, "（"+r.unit+tax+"）", "("+r.unit+tax+")", "【"+r.unit+"】", "\n（"+r.unit+"）")
}

// head writes the rows above the table and returns the row of its header.
func (g *maker) head(c *canvas, r *report, width int) int {
	row := 1 + pick(g, 0, 0, 0, 1)
	if g.chance(30) {
		c.put(row, r.left, pick(g, "株式会社ノルドルンド 御中", "ノルドルンドジャパン株式会社　御中", "貴社名：ノルドルンド"))
		row++
	}
	title := r.title
	if r.month != "" && r.monthIn == "title" {
		title = pick(g, r.month+"度　"+title, r.month+" "+title, title+"（"+r.month+"）", title+"　"+r.month+"分", "■"+r.month+"度"+title)
		title = strings.Replace(title, "度度", "度", 1)
	}
	alone := r.month == "" || r.monthIn != "title"
	if !alone || g.chance(75) {
		c.put(row, r.left, title)
		if r.unitIn == "title" {
			c.put(row, r.left+max(1, width-1), g.unitLine(r))
		}
		if g.chance(15) {
			c.put(row, r.left+max(2, width), pick(g, "作成日：2026/5/8", "出力日時 2026/05/08 10:12", "1/1頁", "東京本社"))
		}
		row++
	} else if r.unitIn == "title" {
		r.unitIn = "line"
	}
	if r.month != "" && r.monthIn == "line" {
		if g.chance(50) {
			c.put(row, r.left, pick(g, "対象年月", "対象月", "対象年月："))
			c.put(row, r.left+1, r.month)
		} else {
			c.put(row, r.left, pick(g, "対象月：", "対象期間：", "集計期間：")+r.month)
		}
		row++
	}
	row += pick(g, 0, 1, 1, 2)
	if r.unitIn == "line" {
		c.put(row, r.left+max(1, width-1), g.unitLine(r))
		row++
	}
	return row
}

func (g *maker) unitLine(r *report) string {
	return pick(g, "単位："+r.unit, "（単位："+r.unit+"）", "(単位:"+r.unit+"、税抜)", "単位 "+r.unit)
}

// foot writes what stands below a table.
func (g *maker) foot(c *canvas, left int) {
	row := c.rows() + 1 + pick(g, 0, 1, 1)
	if g.chance(35) {
		c.put(row, left, pick(g, "※ 返品を含みます。", "注）数値は速報値です。", "※1 施設名は非開示のものを除く", "（注）税抜金額で表示しております。", "出典：当社販売管理システム", "備考：4月より価格改定"))
		if g.chance(30) {
			c.put(row+1, left, "※2 直送分を含む")
		}
	}
}

// fileName names the workbook; it says the month where the report leaves that
// to it.
func (g *maker) fileName(r *report, ending string) string {
	if r.month == "" || r.monthIn != "file" {
		return pick(g, "報告書", "data", "月次報告", "送付資料", "Book1") + ending
	}
	if r.year {
		return pick(g, r.title+"_"+r.month, r.month+r.title, r.title+"("+r.month+")") + ending
	}
	y, m := g.month.Civil()
	return pick(g, fmt.Sprintf("%s_%d%02d", r.title, y, m), fmt.Sprintf("%d年%d月度%s", y, m, r.title), fmt.Sprintf("%s(%d.%02d)", r.title, y, m),
		fmt.Sprintf("%s_R%d年%d月", r.title, y-2018, m)) + ending
}

func (g *maker) sheetName(r *report) string {
	if !g.sheets {
		return ""
	}
	if r != nil && r.month != "" && r.monthIn == "sheet" {
		if r.year {
			return r.month
		}
		y, m := g.month.Civil()
		return pick(g, fmt.Sprintf("%d年%d月", y, m), fmt.Sprintf("%d.%02d", y, m), fmt.Sprintf("R%d.%d", y-2018, m), fmt.Sprintf("%d%02d", y, m))
	}
	name := pick(g, "Sheet1", "売上", "報告", "データ", "月報")
	if name == "売上" && (r == nil || r.subject.series != "sales") {
		return "集計"
	}
	return name
}

// book wraps sheets as a file of a format.
func (g *maker) book(name func(ending string) string, sheets ...*canvas) *workbook {
	if g.sheets {
		return &workbook{name: name(".xlsx"), sheets: sheets}
	}
	return &workbook{name: name(".csv"), format: pick(g, asCP932, asCP932, asUTF8, asBOM), sheets: sheets[:1]}
}
