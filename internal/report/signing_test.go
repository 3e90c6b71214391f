package report

import (
	"testing"

	"honne"
	"honne/internal/lang"
	"honne/internal/report/pdf"
)

// The rows in which both sides sign stay on one page, with their head and caption.
func TestSignaturesStayTogether(t *testing.T) {
	c, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lang.All() {
		f, err := pdf.New(pdf.Info{Title: "x", Language: string(l)})
		if err != nil {
			t.Fatal(err)
		}
		p := &paper{file: f, fit: 1, voices: []voice{{c, l}}, elem: f.Root()}
		row := Row{Cells: []Cell{{Line: words(honne.Say("joint.confirm.yours"))}, {Line: told(" ")}, {Line: told(" ")}}, Room: true}
		p.table(Table{Caption: honne.Say("joint.confirm.caption"), Columns: []Column{{Head: honne.Say("joint.confirm.side")}, {Head: honne.Say("joint.confirm.name")}, {Head: honne.Say("joint.confirm.day")}},
			Rows: []Row{row, row}})
		at := 0
		for at < len(p.boxes) && !p.boxes[at].keep { // the gap above
			at++
		}
		if n, _ := p.group(at); at+n < len(p.boxes)-1 { // the gap below may part
			t.Errorf("%s: %d of %d boxes stay together", l, n, len(p.boxes))
		}
	}
}
