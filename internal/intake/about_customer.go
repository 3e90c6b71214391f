package intake

import (
	"cmp"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/outline"
	"honne/internal/intake/source"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// findCustomer takes the customer that a title names by its label (得意先：㈱山陽精器
// 御中), or after whom a sheet among others is named, for the rows of a report that
// name none. One that stands there without a label is left alone: it may be who
// sends the report, or who receives it.
func (t *table) findCustomer(f *finder) {
	if t.Kind == "" || t.has(honne.MCustomerName) || t.has(honne.MCustomerCode) || t.across == honne.Invoiced && t.hasAcross() {
		return
	}
	rows := append(filledRows(f.titles), t.titleRows...)
	if n := len(rows); n > 0 {
		if name := outline.Captioned(t.words, rows[n-1]); name != "" {
			t.customer = t.words.Remember(strings.Clone(name))
			t.mark = string([]rune(japan.Trim(rows[n-1].Cells[0].Text))[:1])
			return
		}
	}
	for i := len(rows) - 1; i >= 0; i-- {
		for k := range rows[i].Cells {
			if name := outline.CustomerIn(t.words, rows[i], k); name != "" {
				t.sayCustomer(name)
				return
			}
		}
	}
	for _, b := range t.above { // the sum of a bill may stand in a table of its own above its lines
		rows = append(rows, b.titleRows...)
	}
	if name := outline.Billed(t.words, rows); name != "" {
		t.sayCustomer(name)
		return
	}
	if ofCompanies(f.source, t.words) {
		t.customer = t.words.Remember(japan.Trim(f.sheet.Name))
	}
}

// learnCustomer keeps the customer that a row among the records names for those below it,
// in a report whose rows name none: 得意先：0101 甲鉄工㈱, ■甲病院. Below a head that names
// nobody who is known, nobody is.
func (t *table) learnCustomer(r *grid.Row) {
	if t.Kind == "" || len(r.Cells) > 3 || t.has(honne.MCustomerName) || t.has(honne.MCustomerCode) || t.has(honne.MEndUserName) || t.hasAcross() {
		return
	}
	p := outline.ProfileOf(r)
	if p.Empty() {
		return
	}
	name := outline.Captioned(t.words, p)
	for k := range p.Cells {
		name = cmp.Or(name, outline.CustomerIn(t.words, p, k))
	}
	if name == "" && !(t.sectioned || t.mark != "" && strings.HasPrefix(japan.Trim(p.Cells[0].Text), t.mark)) || name == "" && !outline.HeadsSection(t.words, p) {
		return
	}
	t.beginSections()
	if t.forgetCustomer(); name != "" {
		t.sayCustomer(name)
	}
}

// forgetCustomer takes back what titles say of the customer.
func (t *table) forgetCustomer() {
	t.customer = nil
	t.abouts = slices.DeleteFunc(slices.Clone(t.abouts), func(a ofAll) bool { return a.place == partyCode+place(honne.Invoiced) })
}

// beginSections keeps what the rows above the first section are about.
func (t *table) beginSections() {
	if t.sectioned {
		return
	}
	t.sectioned, t.opening.customer, t.opening.abouts = true, t.customer, t.abouts
	if t.counter != nil {
		t.counter = newLineWriter(t.counter.reader, t)
	}
}

// sayCustomer keeps the customer that a title names, apart from a code before it:
// 得意先：000123 西京総合病院.
func (t *table) sayCustomer(name string) {
	if m := codeBefore.FindStringSubmatch(strings.NewReplacer("[", "", "]", " ", "【", "", "】", " ").Replace(name)); m != nil {
		t.abouts = append(t.abouts, ofAll{partyCode + place(honne.Invoiced), t.words.Remember(strings.Clone(m[1]))})
		name = japan.WithoutHonorific(japan.Trim(m[2]))
	}
	t.customer = t.words.Remember(strings.Clone(name))
}

// ofAnother reports whether two tables are each of one customer, product or place, and
// not the same: a ledger has a block, or a sheet, for each.
func (t *table) ofAnother(other *table) bool {
	if t.customer != nil && other.customer != nil && t.customer.Text != other.customer.Text {
		return true
	}
	return slices.ContainsFunc(t.abouts, func(a ofAll) bool {
		return slices.ContainsFunc(other.abouts, func(b ofAll) bool { return a.place == b.place && a.word.Text != b.word.Text })
	})
}

func (t *table) hasAcross() bool {
	return slices.ContainsFunc(t.Columns, func(c honne.Column) bool { return c.Customer != nil })
}

// ofCompanies reports whether the file has a sheet for each of several companies:
// every one that is shown is named after another, and after nothing else.
func ofCompanies(s *source.Source, d *terms.Dictionary) bool {
	var stems []string
	for _, sheet := range s.Sheets {
		if sheet.Hidden {
			continue
		}
		n := japan.ParseName(sheet.Name)
		if n.Form == "" || d.Book.Kind(sheet.Name) != "" || slices.Contains(stems, n.Stem) {
			return false
		}
		stems = append(stems, n.Stem)
	}
	return len(stems) > 1
}
