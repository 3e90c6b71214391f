package intake

import (
	"regexp"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// Reports of one form may stand below each other on a sheet: the pages of a ledger, a
// block for each customer. The name above a block is that of whom it is about; a block
// that repeats nothing of those above is more of the same, no later version of them.

// sameForms lists the reports of one sheet that have the same columns, in their order.
func (r *reader) sameForms() (out [][]*table) {
	seen := map[int]bool{}
	for i, a := range r.tables {
		set := []*table{a}
		for _, b := range r.tables[i+1:] {
			if a.Kind != "" && a.Kind == b.Kind && !seen[b.index] && a.Sheet == b.Sheet && sameHeader(a, b) {
				set = append(set, b)
				seen[b.index] = true
			}
		}
		if len(set) > 1 && !seen[a.index] && linesIn(set) <= copyLines {
			out = append(out, set)
		}
	}
	return out
}

func linesIn(set []*table) (n int) {
	for _, t := range set {
		n += t.stats.lines
	}
	return n
}

// mayBeNamed reports whether nothing in a block says to whom its sales are.
func (t *table) mayBeNamed() bool {
	return t.customer == nil && !t.has(honne.MCustomerName) && !t.has(honne.MCustomerCode) && !t.hasAcross()
}

// nameBlocks gives each block the customer that is named right above its header without
// a label, where several blocks are of several, and one shows that they are companies.
func (r *reader) nameBlocks(set []*table) {
	names := map[string]bool{}
	companies := false
	for _, t := range set {
		name, coded := t.nameAbove()
		if name == "" || !t.mayBeNamed() {
			return
		}
		names[name] = true
		companies = companies || japan.IsAddressed(name) || coded && t.ledgerOfCustomers()
	}
	if len(names) < 2 || !companies {
		return
	}
	for _, t := range set {
		name, _ := t.nameAbove()
		t.customer = t.words.Remember(strings.Clone(name))
		for _, k := range t.stats.series {
			k.dealer = k.lines
		}
	}
}

// tellVersion asks about a block that is taken for a later version of the one above it, and
// stands under another name.
func (r *reader) tellVersion(t, above *table) {
	name, _ := t.nameAbove()
	other, _ := above.nameAbove()
	if name == "" || other == "" || name == other || t.words.Version(name) != 0 || t.words.Version(other) != 0 {
		return
	}
	r.problems = append(r.problems, honne.Problem{At: honne.Address{Sheet: t.Sheet, Range: t.Body}, Severity: honne.SevWarning, Raw: name,
		What: honne.Say("problem.version-or-part", honne.Text("name", name), honne.Text("other", other))})
}

var codeBefore = regexp.MustCompile(`^([0-9]{2,10})[ \x{3000}]+(.+)$`)

// nameAbove is the text that begins the row right above the header, where it says
// nothing else that is known; coded reports that a number stands before it.
func (t *table) nameAbove() (name string, coded bool) {
	if len(t.titleRows) == 0 {
		return "", false
	}
	c := &t.titleRows[len(t.titleRows)-1].Cells[0]
	name = japan.WithoutHonorific(japan.Trim(c.Text))
	if m := codeBefore.FindStringSubmatch(name); m != nil {
		name, coded = japan.Trim(m[2]), true
	}
	_, when := japan.FindPeriod(name)
	switch {
	case name == "" || len([]rune(name)) > 30 || when || terms.IsUnitLabel(name) || terms.IsPage(name) || t.words.Note(name):
		return "", false
	case !t.words.Unknown(name) || t.book.Kind(name) != "" || t.words.Total(name) != "" || t.words.IsPlace(name):
		return "", false
	}
	return name, coded
}

// ledgerOfCustomers reports whether a title above the name is that of a list by
// customers: 得意先元帳.
func (t *table) ledgerOfCustomers() bool {
	return slices.ContainsFunc(t.Title, func(s string) bool {
		m, sure := t.words.Lookup(s)
		return sure > 0 && m == honne.MCustomerName
	})
}

// addBlocks finds the blocks that repeat nothing of those above: no row is about the
// same on the same day.
func addBlocks(set []*table, of map[int]contents) {
	above := contents{}
	for i, t := range set {
		t.further = i > 0
		for k, n := range of[t.index] {
			_, twice := above[k]
			t.further = t.further && !twice
			above[k] = n
		}
	}
}
