package pdf

import (
	"fmt"
	"strings"
	"testing"
)

// made pages of operators: what is read of each.
func TestPages(t *testing.T) {
	image := "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>stream\n0\nendstream"
	scan := "q 595 0 0 842 0 0 cm /X Do Q "
	text := func(x, y int, s string) string { return fmt.Sprintf("BT /F 10 Tf %d %d Td (%s) Tj ET ", x, y, s) }
	resources := helvetica12 + "/XObject<</X %d 0 R>>"
	for _, c := range []struct {
		name  string
		pages []string
		want  string
	}{
		{"a scan", []string{scan}, " pdf-only-scan 1\n"},
		{"a scan that a machine read", []string{scan + "BT /F 10 Tf 3 Tr 50 700 Td (1,250) Tj ET"}, " pdf-only-scan 1\n"},
		{"a scan among pages", []string{tableRows(), scan}, table + "p2 pdf-scan 0\n"},
		{"text on a picture", []string{scan + text(50, 700, "Page 1")}, "p1 []\n1 | 1 Page 1\np1 pdf-scan 0\n"},
		{"nothing", []string{"", text(50, 700, "a")}, "p2 []\n1 | 1 a\n"},
		{"a small picture", []string{"q 50 0 0 50 0 0 cm /X Do Q " + tableRows()}, table},
		{"letters on their side", []string{tableRows() + "BT /F 10 Tf 0 1 -1 0 20 600 Tm (side) Tj ET"}, table + "p1 pdf-turned 4\n"},
		{"a damaged page", []string{tableRows(), "BT (without an end"}, table + "p2 pdf-page 0\n"},
		{"a frame", []string{"50 50 400 700 re S " + text(60, 700, "a") + text(60, 680, "b")}, "p1 []\n1 | 1 a\n3 | 1 b\n"},
		{"a table that goes on", []string{text(50, 815, "Sales 2025") + tableRows() + text(300, 20, "page 1"), text(50, 815, "Sales 2025") + ruledTable([]string{"A-3", "7"}) + text(50, 600, "* net") + text(300, 20, "page 2")},
			"p1-2 []\n1 | 1 Sales 2025\n3 | 1 Code | 2 Amount\n4 | 1 A-1 | 2 1,250\n5 | 1 A-2 | 2 310\n1001 | 1 A-3 | 2 7\n1003 | 1 * net\np1-2 pdf-repeated 2\n"},
		{"another table on the next page", []string{tableRows(), ruledTable([]string{"a", "b", "c"}, []string{"1", "2", "3"})}, table + "p2 []\n1 | 1 a | 2 b | 3 c\n2 | 1 1 | 2 2 | 3 3\n"},
		{"columns that are not sure", []string{text(50, 700, "Code") + text(150, 700, "Name") + text(250, 700, "Sum") + text(50, 688, "A-1") + text(150, 688, "North") + text(250, 688, "12") +
			text(50, 676, "A-2") + text(150, 676, "a name that is far too long") + text(250, 664, "14") + text(50, 664, "A-3") + text(150, 664, "West") +
			text(50, 652, "A-4") + text(150, 652, "South") + text(250, 652, "15") + text(50, 640, "A-5") + text(150, 640, "East") + text(250, 640, "16") +
			text(50, 628, "A-6") + text(150, 628, "East") + text(250, 628, "16") + text(50, 616, "A-7") + text(150, 616, "East") + text(250, 616, "16") + text(50, 604, "A-8") + text(150, 604, "East") + text(250, 604, "16")},
			"p1 []\n1 | 1 Code | 2 Name | 3 Sum\n2 | 1 A-1 | 2 North | 3 12\n3 | 1 A-2 | 2 a name that is far too long\n4 | 1 A-3 | 2 West | 3 14\n5 | 1 A-4 | 2 South | 3 15\n" +
				"6 | 1 A-5 | 2 East | 3 16\n7 | 1 A-6 | 2 East | 3 16\n8 | 1 A-7 | 2 East | 3 16\n9 | 1 A-8 | 2 East | 3 16\np1 pdf-columns 1\n"},
	} {
		m := newMade()
		n := m.add(image)
		for _, p := range c.pages {
			m.page(p, fmt.Sprintf(resources, n))
		}
		want(t, c.name, m.bytes(), c.want)
	}
}

// Lines are drawn in many ways.
func TestLines(t *testing.T) {
	text := strings.Split(tableRows(), "50 800 m")[0]
	thinBoxes, boxes, dashes, form := "", "", "", ""
	for i := range 4 {
		thinBoxes += fmt.Sprintf("50 %d 200 0.7 re f ", 800-20*i)
		for x := 50; x < 250; x += 4 {
			dashes += fmt.Sprintf("%d %d m %d %d l S ", x, 800-20*i, x+3, 800-20*i)
		}
	}
	for k := range 3 {
		thinBoxes += fmt.Sprintf("%d 740 0.7 60 re f ", 50+100*k)
		dashes += fmt.Sprintf("%d 740 m %d 800 l S ", 50+100*k, 50+100*k)
	}
	for i := range 3 {
		for k := range 2 {
			boxes += fmt.Sprintf("%d.5 %d.5 98.6 18.6 re S ", 50+100*k, 780-20*i)
			form += fmt.Sprintf("q 1 0 0 1 %d %d cm 0 0 m 100 0 l 100 20 l 0 20 l s Q ", 50+100*k, 780-20*i)
		}
	}
	for name, lines := range map[string]string{"thin boxes": thinBoxes, "boxes": boxes, "dashes": dashes, "paths": form} {
		m := newMade()
		m.page(lines+text, helvetica12)
		want(t, name, m.bytes(), table)
	}
	for turn, matrix := range map[int]string{90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 842"} {
		m := newMade()
		c := m.stream("", matrix+" cm "+strings.ReplaceAll(tableRows(), " 10 Tf", " 10 Tf"))
		m.pages = append(m.pages, m.add(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 842]/Rotate %d/Contents %d 0 R/Resources<<%s>>>>", turn, c, helvetica12)))
		want(t, fmt.Sprint("turned by ", turn), m.bytes(), table)
	}
	m := newMade()
	m.stream("/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Matrix[0.5 0 0 0.5 10 10]/Resources<<"+helvetica12+">>", tableRows())
	m.page("q /X Do Q", "/XObject<</X 3 0 R>>")
	want(t, "a form", m.bytes(), table)
}

// Cells over several fields, rows of figures without a line between them, and
// texts that are broken.
func TestFields(t *testing.T) {
	text := func(x, y int, s string) string { return fmt.Sprintf("BT /F 10 Tf %d %d Td (%s) Tj ET ", x, y, s) }
	grid := "50 800 m 350 800 l S 50 760 m 350 760 l S 50 700 m 350 700 l S 50 800 m 50 700 l S 350 800 m 350 700 l S 150 800 m 150 700 l S "
	m := newMade()
	m.page(grid+"150 780 m 350 780 l S 250 780 m 250 700 l S "+text(60, 775, "Code")+text(200, 786, "2025")+text(160, 766, "April")+text(260, 766, "May")+
		text(60, 748, "A-1")+text(160, 748, "12")+text(260, 748, "13")+text(60, 734, "A-2")+text(160, 734, "14")+text(60, 720, "A-3")+text(160, 720, "16")+text(260, 720, "17"), helvetica12)
	want(t, "figures in one field", m.bytes(), "p1 [A1:A2 B1:C1]\n1 | 1 Code | 2 2025\n2 | 2 April | 3 May\n3 | 1 A-1 | 2 12 | 3 13\n4 | 1 A-2 | 2 14\n5 | 1 A-3 | 2 16 | 3 17\n")

	m = newMade()
	m.page(grid+text(55, 788, "Product")+text(55, 774, "name")+text(155, 780, "Sum")+text(55, 740, "a stent that is so big")+text(55, 728, "long")+text(155, 734, "1,250"), helvetica12)
	want(t, "broken texts", m.bytes(), "p1 []\n1 | 1 Product⏎name | 2 Sum\n2 | 1 a stent that is so big long | 2 1,250\n")

	m = newMade()
	m.page(grid+text(55, 780, "Code")+text(155, 780, "Sum")+text(55, 734, "A-1")+text(155, 740, "12")+text(155, 728, "500"), helvetica12)
	got, err := dump(t, m.bytes())
	if err != nil || strings.Contains(got, "12⏎500") {
		t.Errorf("two figures became one: %s, %v", got, err)
	}
}

// Names stand at the left of their columns and figures at the right, with hardly a
// gap between a number and the name behind it; a blank moves nothing. Lines in
// which no columns are found are no table.
func TestFiguresAtTheRight(t *testing.T) {
	const digit = 5.56 // of Helvetica, at 10 points
	at := func(x float64, y int, s string) string {
		return fmt.Sprintf("BT /F 10 Tf %.2f %d Td (%s) Tj ET ", x, y, s)
	}
	right := func(x float64, y int, s string) string { return at(x-digit*float64(len(s)), y, s) }
	rows := at(50, 700, "No") + at(92, 700, "Party") + at(150, 700, "Item") + at(200, 700, "Q") + at(240, 700, "Sum")
	for i, r := range [][4]string{{"Nord", "X1", "12", "24000"}, {"", "X2", "5", "9000"}, {"West", "X1", "", "1000"}, {"Ost", "X3", "107", "214000"}} {
		y := 685 - 15*i
		rows += right(90, y, fmt.Sprint(i+1)) + at(92, y, r[0]) + at(150, y, r[1]) + right(237, y, r[2]) + right(300, y, r[3])
	}
	m := newMade()
	m.page(rows, helvetica12)
	want(t, "figures at the right", m.bytes(), "p1 []\n1 | 1 No | 2 Party | 3 Item | 4 Q | 5 Sum\n2 | 1 1 | 2 Nord | 3 X1 | 4 12 | 5 24000\n"+
		"3 | 1 2 | 3 X2 | 4 5 | 5 9000\n4 | 1 3 | 2 West | 3 X1 | 5 1000\n5 | 1 4 | 2 Ost | 3 X3 | 4 107 | 5 214000\np1 pdf-aligned 0\n")
	torn := ""
	for i, x := range []float64{0, 50, 25, 75} {
		y := 700 - 15*i
		torn += at(50+x, y, "Nord Ost West") + at(150+x, y, "1200000") + at(250+x, y, "24000000")
	}
	m = newMade()
	m.page(torn, helvetica12)
	want(t, "no columns", m.bytes(), "p1 []\n1 | 1 Nord Ost West  1200000  24000000\n2 | 1 Nord Ost West  1200000  24000000\n3 | 1 Nord Ost West  1200000  24000000\n4 | 1 Nord Ost West  1200000  24000000\np1 pdf-columns 12\n")
}
