package mail

import (
	"strings"
	"unicode"

	"honne/internal/intake/charset"
)

// countRows counts the rows of figures in a page that says what a plainer form says too,
// or less.
func (g *gatherer) countRows(p *part) error {
	if p.kind != "text/html" {
		return nil
	}
	raw, err := g.raw(p)
	if err != nil {
		return err
	}
	page, _, _ := charset.Labelled(raw, p.params["charset"])
	g.Rows += rowsOf(page)
	return nil
}

// rowsOf counts the rows of two cells and more, one of them a figure, in the tables of a
// page, without what it quotes.
func rowsOf(page string) int {
	if !strings.Contains(strings.ToLower(page), "<td") {
		return 0
	}
	return TabbedRows(Reply(stripHTML(page, '\t')))
}

// TabbedRows counts the lines of a text that tabs part into two cells and more, one of
// them, behind the first, a figure.
func TabbedRows(text string) (n int) {
	for line := range strings.SplitSeq(text, "\n") {
		cells, figures := 0, 0
		for cell := range strings.SplitSeq(line, "\t") {
			cell = strings.TrimSpace(cell)
			if cell == "" {
				continue
			}
			if cells++; cells > 1 && isFigure(cell) {
				figures++
			}
		}
		if figures > 0 {
			n++
		}
	}
	return n
}

// isFigure reports whether a cell begins with a number, and is not the number of a
// telephone.
func isFigure(s string) bool {
	s = strings.TrimLeft(s, "¥￥\\-−▲△( ")
	first := []rune(s)
	return len(first) > 0 && unicode.IsDigit(first[0]) && len(first) <= 20 && strings.Count(s, "-") < 2
}
