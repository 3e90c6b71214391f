package mail

import (
	"cmp"
	"fmt"
	"html"
	"strconv"
	"strings"
	"unicode"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"honne/internal/intake/charset"
)

// addTables takes the tables of a page that says what a plainer form says too, or less.
func (g *gatherer) addTables(p *part) error {
	if p.kind != "text/html" {
		return nil
	}
	raw, err := g.raw(p)
	if err != nil {
		return err
	}
	page, _, _ := charset.Labelled(raw, p.params["charset"])
	g.tables(page)
	return nil
}

// tables takes the tables of a page; the page itself may hand on another's.
func (g *gatherer) tables(page string) {
	g.Page = cmp.Or(g.Page, TablesOf(page))
	if g.page == "" && holdsCells(page) {
		g.page = page
	}
}

func holdsCells(page string) bool {
	return strings.Contains(page, "<td") || strings.Contains(page, "<TD")
}

// Letters of private use, which stand for a table while the text around it is cut.
const (
	tableBegins = "\uE0F0"
	tableEnds   = "\uE0F1"
)

const maxTables = 50 // of one message

// TablesOf returns a page of the tables of figures that a message says anew, in the text
// around them as paragraphs: without what it quotes and without the signature. "" where
// there is none.
func TablesOf(page string) string { return tablesOf(page, Reply) }

// tablesOf is TablesOf for what says of the text of a page.
func tablesOf(page string, says func(text string) string) string {
	if !holdsCells(page) {
		return ""
	}
	page = strings.NewReplacer(tableBegins, "", tableEnds, "").Replace(page)
	found := figureTables(page)
	if len(found) == 0 {
		return ""
	}
	var marked strings.Builder
	at := 0
	for i, t := range found {
		marked.WriteString(page[at:t.from] + fmt.Sprintf("<div>%s%d%s</div>", tableBegins, i, tableEnds))
		at = t.to
	}
	marked.WriteString(page[at:])
	var out strings.Builder
	any := false
	for line := range strings.SplitSeq(says(StripHTML(marked.String())), "\n") {
		if i, ok := markedTable(line); ok && i < len(found) {
			any = true
			out.WriteString(page[found[i].from:found[i].to] + "\n")
		} else if line != "" {
			out.WriteString("<p>" + html.EscapeString(line) + "</p>\n")
		}
	}
	if !any {
		return ""
	}
	return "<html><head><meta charset=\"utf-8\"></head><body>\n" + out.String() + "</body></html>\n"
}

func markedTable(line string) (int, bool) {
	line, begins := strings.CutPrefix(strings.TrimSpace(line), tableBegins)
	line, ends := strings.CutSuffix(line, tableEnds)
	n, err := strconv.Atoi(line)
	return n, begins && ends && err == nil
}

// span is where a table stands in a page.
type span struct{ from, to int }

// figureTables finds the tables of a page without a table in them, of which two rows and
// more hold a figure behind their first cell.
func figureTables(page string) (out []span) {
	z := nethtml.NewTokenizer(strings.NewReader(page))
	z.SetMaxBuf(1 << 20)
	var t tableCount
	at, from := 0, -1
	for len(out) < maxTables {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			break
		}
		begin := at
		at += len(z.Raw())
		name, _ := z.TagName()
		a := atom.Lookup(name)
		switch {
		case kind == nethtml.StartTagToken && a == atom.Table:
			from, t = begin, tableCount{}
		case kind == nethtml.EndTagToken && a == atom.Table:
			if t.row(); from >= 0 && t.rows > 1 {
				out = append(out, span{from, at})
			}
			from = -1
		case from < 0:
		case kind == nethtml.StartTagToken && a == atom.Tr:
			t.row()
		case kind == nethtml.StartTagToken && (a == atom.Td || a == atom.Th):
			t.cells = append(t.cells, "")
		case kind == nethtml.TextToken && len(t.cells) > 0:
			t.text(z.Raw())
		}
	}
	return out
}

// tableCount counts the rows of figures of a table.
type tableCount struct {
	cells []string
	rows  int
}

// text adds to the last cell, up to more than a figure has: a cell may come in many pieces.
func (t *tableCount) text(raw []byte) {
	const enough = 200
	if last := &t.cells[len(t.cells)-1]; len(*last) < enough {
		*last += html.UnescapeString(string(raw))
	}
}

func (t *tableCount) row() {
	if hasFigure(t.cells) {
		t.rows++
	}
	t.cells = nil
}

// TabbedRows counts the lines of a text that tabs part into two cells and more, one of
// them, behind the first, a figure.
func TabbedRows(text string) (n int) {
	for line := range strings.SplitSeq(text, "\n") {
		if hasFigure(strings.Split(line, "\t")) {
			n++
		}
	}
	return n
}

// hasFigure reports whether one of the cells with text, behind the first, is a figure.
func hasFigure(row []string) bool {
	cells := 0
	for _, cell := range row {
		cell = strings.TrimSpace(cell)
		if cell == "" {
			continue
		}
		if cells++; cells > 1 && isFigure(cell) {
			return true
		}
	}
	return false
}

// isFigure reports whether a cell begins with a number, and is neither the number of a
// telephone nor a time.
func isFigure(s string) bool {
	s = strings.TrimLeft(s, "¥￥\\-−▲△( ")
	first := []rune(s)
	return len(first) > 0 && unicode.IsDigit(first[0]) && len(first) <= 20 && strings.Count(s, "-") < 2 && !strings.ContainsAny(s, ":：")
}
