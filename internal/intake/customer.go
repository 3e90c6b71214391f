package intake

import (
	"cmp"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/grid"
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
		if name := t.words.captioned(rows[n-1]); name != "" {
			t.customer = t.words.remember(strings.Clone(name))
			t.mark = string([]rune(japan.Trim(rows[n-1].Cells[0].Text))[:1])
			return
		}
	}
	for i := len(rows) - 1; i >= 0; i-- {
		for k := range rows[i].Cells {
			if name := t.words.customerIn(rows[i], k); name != "" {
				t.sayCustomer(name)
				return
			}
		}
	}
	for _, b := range t.above { // the sum of a bill may stand in a table of its own above its lines
		rows = append(rows, b.titleRows...)
	}
	if name := t.words.billed(rows); name != "" {
		t.sayCustomer(name)
		return
	}
	if f.source.ofCompanies(t.words) {
		t.customer = t.words.remember(japan.Trim(f.sheet.Name))
	}
}

// learnCustomer keeps the customer that a row among the records names for those below it,
// in a report whose rows name none: 得意先：0101 甲鉄工㈱, ■甲病院. Below a head that names
// nobody who is known, nobody is.
func (t *table) learnCustomer(r *grid.Row) {
	if t.Kind == "" || len(r.Cells) > 3 || t.has(honne.MCustomerName) || t.has(honne.MCustomerCode) || t.has(honne.MEndUserName) || t.hasAcross() {
		return
	}
	p := profiled(r)
	if p.empty() {
		return
	}
	name := t.words.captioned(p)
	for k := range p.Cells {
		name = cmp.Or(name, t.words.customerIn(p, k))
	}
	if name == "" && !(t.sectioned || t.mark != "" && strings.HasPrefix(japan.Trim(p.Cells[0].Text), t.mark)) || name == "" && !t.words.headsSection(p) {
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

// headsSection reports whether a row is a text between marks, or the label of a customer.
func (d *dictionary) headsSection(p *profile) bool {
	s := japan.Trim(p.Cells[0].Text)
	label, _, behind := strings.Cut(strings.ReplaceAll(s, "：", ":"), ":")
	m, _ := d.lookup(label)
	return behind && m == honne.MCustomerName || len(p.Cells) == 1 && strings.Trim(s, captions) != s
}

// billed is the company or place that the titles of a bill address (北陸中央病院 御中 above
// 請求書): whoever reports sales sends bills to customers alone. "" for none.
func (d *dictionary) billed(rows []*profile) (name string) {
	bill := false
	for _, p := range rows {
		for k, c := range p.Cells {
			s := japan.Trim(c.Text)
			bill = bill || holdsAny(strings.NewReplacer(" ", "", "\u3000", "").Replace(s), d.book.Words.Bill)
			if called := japan.WithoutHonorific(s); p.class[k] == text && called != s && name == "" && (japan.IsAddressed(called) || japan.IsSite(called, d.site)) {
				name = called
			}
		}
	}
	if !bill {
		return ""
	}
	return name
}

// sayCustomer keeps the customer that a title names, apart from a code before it:
// 得意先：000123 西京総合病院.
func (t *table) sayCustomer(name string) {
	if m := codeBefore.FindStringSubmatch(strings.NewReplacer("[", "", "]", " ", "【", "", "】", " ").Replace(name)); m != nil {
		t.abouts = append(t.abouts, ofAll{partyCode + place(honne.Invoiced), t.words.remember(strings.Clone(m[1]))})
		name = japan.WithoutHonorific(japan.Trim(m[2]))
	}
	t.customer = t.words.remember(strings.Clone(name))
}

// ofAnother reports whether two tables are each of one customer, product or place, and
// not the same: a ledger has a block, or a sheet, for each.
func (t *table) ofAnother(other *table) bool {
	if t.customer != nil && other.customer != nil && t.customer.text != other.customer.text {
		return true
	}
	return slices.ContainsFunc(t.abouts, func(a ofAll) bool {
		return slices.ContainsFunc(other.abouts, func(b ofAll) bool { return a.place == b.place && a.word.text != b.word.text })
	})
}

func (t *table) hasAcross() bool {
	return slices.ContainsFunc(t.Columns, func(c honne.Column) bool { return c.Customer != nil })
}

// ofCompanies reports whether the file has a sheet for each of several companies:
// every one that is shown is named after another, and after nothing else.
func (s *source) ofCompanies(d *dictionary) bool {
	var stems []string
	for _, sheet := range s.sheets {
		if sheet.Hidden {
			continue
		}
		n := japan.ParseName(sheet.Name)
		if n.Form == "" || d.book.Kind(sheet.Name) != "" || slices.Contains(stems, n.Stem) {
			return false
		}
		stems = append(stems, n.Stem)
	}
	return len(stems) > 1
}

// captions are what stands around a name that heads a block: 【緑ヶ丘病院】, ■緑ヶ丘病院.
const captions = "【】《》〔〕■◆●▼□◇○◎▽＜＞<>"

// captioned is the place of use, or the company that is addressed, that the row right
// above a table names alone between such marks; "" for none.
func (d *dictionary) captioned(p *profile) string {
	if len(p.Cells) != 1 {
		return ""
	}
	s := japan.Trim(p.Cells[0].Text)
	called := japan.Trim(strings.Trim(s, captions))
	name := japan.WithoutHonorific(called)
	if called == s || !japan.IsSite(name, d.site) && !(name != called && japan.IsAddressed(name)) || !d.unknown(name) {
		return "" // a company without 様 may be the sender, or we
	}
	return name
}

// customerIn is the customer that a cell of a title names behind its label, or the
// cell beside it; "" when it names none.
func (d *dictionary) customerIn(p *profile, k int) string {
	label, name, behind := strings.Cut(strings.ReplaceAll(japan.Trim(p.Cells[k].Text), "：", ":"), ":")
	if m, sure := d.lookup(label); m != honne.MCustomerName || sure < sureHeader || p.class[k] != text {
		return ""
	}
	if japan.Trim(name) == "" && k+1 < len(p.Cells) && (behind || len(p.Cells) == 2) && p.class[k+1] == text {
		name = p.Cells[k+1].Text
	}
	if k == 0 && !behind && d.namesParty(p) {
		name = p.Cells[2].Text
	}
	name = japan.WithoutHonorific(name)
	if d.total(name) != "" || slices.Contains(d.wholes, japan.Key(name)) || !d.unknown(name) || d.judgeName(name).nameless {
		return ""
	}
	return name
}
