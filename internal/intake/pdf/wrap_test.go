package pdf

import (
	"fmt"
	"strings"
	"testing"
)

// Texts broken into lines, without a line drawn: what is one row, what is not, and
// what is said not to be certain.
func TestBrokenTexts(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"at the bottom of their rows", `
			Code Name Item Sum
			. Aoba_General_Hos .
			A-1 pital_Sendai Lens 12
			A-2 Midori Lens 3
			. Cherry_Hill_Hosp .
			A-3 ital Wire 40
			A-4 North Wire 7`,
			"1 | 1 Code | 2 Name | 3 Item | 4 Sum\n2 | 1 A-1 | 2 Aoba General Hos pital Sendai | 3 Lens | 4 12\n3 | 1 A-2 | 2 Midori | 3 Lens | 4 3\n" +
				"4 | 1 A-3 | 2 Cherry Hill Hosp ital | 3 Wire | 4 40\n5 | 1 A-4 | 2 North | 3 Wire | 4 7\np1 pdf-aligned 0\n"},
		{"at the top of their rows", `
			Code Name Item Sum
			A-1 Aoba_General_Hos Lens 12
			. pital_Sendai .
			A-2 Midori Lens 3
			A-3 Cherry_Hill_Hosp Wire 40
			. ital .
			A-4 North Wire 7`,
			"1 | 1 Code | 2 Name | 3 Item | 4 Sum\n2 | 1 A-1 | 2 Aoba General Hos pital Sendai | 3 Lens | 4 12\n3 | 1 A-2 | 2 Midori | 3 Lens | 4 3\n" +
				"4 | 1 A-3 | 2 Cherry Hill Hosp ital | 3 Wire | 4 40\n5 | 1 A-4 | 2 North | 3 Wire | 4 7\np1 pdf-aligned 0\n"},
		{"now so, now so", `
			Code Name Item Sum
			A-1 Aoba_General_Hos Lens 12
			. pital_Sendai .
			A-2 Midori Lens 3
			. Cherry_Hill_Hosp .
			A-3 ital Wire 40
			A-4 North Wire 7`,
			"1 | 1 Code | 2 Name | 3 Item | 4 Sum\n2 | 1 A-1 | 2 Aoba General Hos | 3 Lens | 4 12\n3 | 2 pital Sendai\n4 | 1 A-2 | 2 Midori | 3 Lens | 4 3\n" +
				"5 | 2 Cherry Hill Hosp\n6 | 1 A-3 | 2 ital | 3 Wire | 4 40\n7 | 1 A-4 | 2 North | 3 Wire | 4 7\np1 pdf-columns 2\n"},
		{"names of sections are none", `
			Code Name Item Sum
			A-1 Aoba_General_Hos Lens 12
			A-2 Midori Lens 3
			. East .
			A-3 Cherry_Hill_Hosp Wire 40
			A-4 North Wire 7
			A-5 West Wire 7`,
			"1 | 1 Code | 2 Name | 3 Item | 4 Sum\n2 | 1 A-1 | 2 Aoba General Hos | 3 Lens | 4 12\n3 | 1 A-2 | 2 Midori | 3 Lens | 4 3\n4 | 2 East\n" +
				"5 | 1 A-3 | 2 Cherry Hill Hosp | 3 Wire | 4 40\n6 | 1 A-4 | 2 North | 3 Wire | 4 7\n7 | 1 A-5 | 2 West | 3 Wire | 4 7\np1 pdf-aligned 0\n"},
	} {
		m := newMade()
		m.page(typed(c.page), helvetica12)
		want(t, c.name, m.bytes(), "p1 []\n"+c.want)
	}
}

// Names at the left of their columns, figures at the right.
func TestNamesOverFigures(t *testing.T) {
	row := func(y int, xs []int, texts ...string) (out string) {
		for i, s := range texts {
			out += fmt.Sprintf("BT /F 10 Tf %d %d Td (%s) Tj ET ", xs[i], y, s)
		}
		return out
	}
	names, figures := []int{50, 110, 160, 210}, []int{50, 145, 195, 245}
	page := row(700, names, "Code", "Jan", "Feb", "Mar")
	for i := range 4 {
		page += row(688-12*i, figures, "A-"+fmt.Sprint(i), "10", "20", "30")
	}
	m := newMade()
	m.page(page, helvetica12)
	want(t, "names over figures", m.bytes(), "p1 []\n1 | 1 Code | 2 Jan | 3 Feb | 4 Mar\n2 | 1 A-0 | 2 10 | 3 20 | 4 30\n3 | 1 A-1 | 2 10 | 3 20 | 4 30\n"+
		"4 | 1 A-2 | 2 10 | 3 20 | 4 30\n5 | 1 A-3 | 2 10 | 3 20 | 4 30\np1 pdf-aligned 0\n")
}

// typed writes a table line by line, its texts in columns of a fixed place.
func typed(page string) (out string) {
	for i, l := range strings.Split(strings.TrimSpace(page), "\n") {
		for k, s := range strings.Fields(l) {
			if s != "." {
				out += fmt.Sprintf("BT /F 10 Tf %d %d Td (%s) Tj ET ", [...]int{50, 120, 210, 260}[k], 700-12*i, strings.ReplaceAll(s, "_", " "))
			}
		}
	}
	return out
}
