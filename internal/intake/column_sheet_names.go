package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/source"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// A file may have a sheet for each product, customer or place of use, of which only the
// name of the sheet says which.

// namedBySheet takes the name of the sheet for what its rows are about, where the file has
// several such sheets and a title, or the file's name, gives the sort of them: 商品別売上.
func (t *table) namedBySheet(f *finder) {
	name := japan.Trim(f.sheet.Name)
	if !t.words.PlainName(name) || !severalPlain(f.source, t.words) {
		return
	}
	file := strings.NewReplacer("_", " ", "＿", " ").Replace(source.BaseName(f.reader.file.Name))
	m := t.words.NamedBy(append(slices.Clone(t.Title), file))
	parties := t.has(honne.MCustomerName) || t.has(honne.MEndUserName) || t.has(honne.MShipToName)
	switch product := m == honne.MProductName; {
	case !product && parties, product && t.has(honne.MProductLine):
		// the rows may be what the title speaks of
	case m == honne.MCustomerName && t.mayBeNamed():
		t.sayCustomer(name)
	case slices.Contains(outline.AboutRows, m) && !t.saysAlready(m):
		t.say(m, name)
	}
}

// severalPlain reports whether the file shows more than one sheet with such a name.
func severalPlain(s *source.Source, d *terms.Dictionary) bool {
	n := 0
	for _, sheet := range s.Sheets {
		if !sheet.Hidden && d.PlainName(japan.Trim(sheet.Name)) {
			n++
		}
	}
	return n > 1
}

// tellSheets says of sheets of one form that their names were not kept, where the rows do
// not say whom or what they are about.
func (r *reader) tellSheets(alike []*table) {
	var names []string
	for _, t := range alike {
		whole := t.saysAlready(honne.MProductName) && !t.mayBeNamed()
		if t.copies || t.repeated != "" || whole || t.place != "" || !t.words.PlainName(t.Sheet) || t.saidBySheet() {
			continue
		}
		names = append(names, clip(t.Sheet))
	}
	if len(names) < 2 {
		return
	}
	r.problems = append(r.problems, honne.Problem{Severity: honne.SevNote, Count: len(names),
		What: honne.Say("problem.tabs-unused", honne.List("names", names))})
}

// saidBySheet reports whether the rows are about what the sheet is named after.
func (t *table) saidBySheet() bool {
	name := japan.Trim(t.Sheet)
	return t.customer != nil && t.customer.Text == name || slices.ContainsFunc(t.abouts, func(a ofAll) bool { return strings.Contains(name, a.word.Text) })
}
