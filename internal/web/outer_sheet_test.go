package web

import (
	"regexp"
	"testing"
)

// TestOuterSheet: what is not signed in loads no rule that names what other pages show, and
// every rule of its own.
func TestOuterSheet(t *testing.T) {
	names := map[string]bool{"panel": true, "btn": true, "main": true}
	for sheet, want := range map[string]string{
		"b{x:1}":                                 "b{x:1}\n",
		".panel>b,.meant{x:1}":                   ".panel>b{x:1}\n",
		".meant .panel{x:1}":                     "",
		"#main h1:not(.said){x:1}":               "#main h1{x:1}\n",
		"h1:not(.said,.btn){x:1}":                "h1:not(.btn){x:1}\n",
		"b:is(.said,.btn,i) u{x:1}":              "b:is(.btn,i) u{x:1}\n",
		"b:has(.said){x:1}":                      "",
		".kpi:nth-child(2n){x:1}":                "",
		".btn:nth-child(2n){x:1}":                ".btn:nth-child(2n){x:1}\n",
		"@media print{.kpi{x:1}}b{y:2}":          "b{y:2}\n",
		"@media print{.kpi{x:1}.btn{x:1}}b{y:2}": "@media print{.btn{x:1}\n}\nb{y:2}\n",
		"@page brief{x:1}@page{y:2}":             "@page{y:2}\n",
		"[data-sign=high]{x:1}":                  "",
	} {
		if got := outerSheet(sheet, names); got != want {
			t.Errorf("%s gives %q, want %q", sheet, got, want)
		}
	}
	known, err := outerNames()
	if err != nil {
		t.Fatal(err)
	}
	sheet := string(bare(t).assets["outer.css"].body)
	for _, m := range regexp.MustCompile(`\.(-?[A-Za-z_][\w-]*)[^;}]*\{`).FindAllStringSubmatch(sheet, -1) {
		if !known[m[1]] {
			t.Errorf("the sheet of who is not signed in speaks of %q", m[1])
		}
	}
}
