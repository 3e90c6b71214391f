package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
)

// What the names across are stands in the title (担当別, 支店・担当別) or in a header over
// them (担当者 over 阿部, 井上). Reps are kept as such, branches as regions; of a
// department or a class of customers nothing is kept, but it is no product and no
// customer either.

// readSortsAcross takes off the headers of figures what says of which sort the names
// below it are: the same word over several names.
func (t *table) readSortsAcross() {
	over := map[string][]int{}
	for i := range t.fields {
		f := &t.fields[i]
		if f.label || len(f.rest) < 2 {
			continue
		}
		for k, s := range f.rest[:len(f.rest)-1] {
			if m, sure := t.words.Lookup(s); sure >= terms.SureHeader && outline.SortOfNames(m) && t.words.NamesAcross(f.rest[k+1]) {
				over[s] = append(over[s], i)
			}
		}
	}
	for s, columns := range over {
		if t.differBelow(columns, s) {
			for _, i := range columns {
				f := &t.fields[i]
				f.sort, _ = t.words.Lookup(s)
				f.rest = slices.DeleteFunc(slices.Clone(f.rest), func(r string) bool { return r == s })
			}
		}
	}
}

// differBelow reports whether several columns have different texts below the same word.
func (t *table) differBelow(columns []int, s string) bool {
	var below []string
	for _, i := range columns {
		rest := t.fields[i].rest
		below = append(below, rest[slices.Index(rest, s)+1])
	}
	slices.Sort(below)
	return len(slices.Compact(below)) > 1
}

// sortsOfTitle lists what a title divides its figures by (支店・担当別) that no column of
// the rows says.
func (t *table) sortsOfTitle() (sorts []honne.Meaning) {
	for _, title := range t.Title {
		parts := strings.Split(title, "別")
		for _, part := range parts[:len(parts)-1] {
			for _, word := range strings.FieldsFunc(part, func(r rune) bool { return strings.ContainsRune(" \u3000・、／/×", r) }) {
				m, sure := t.words.Lookup(word)
				if sure >= terms.SureHeader && outline.SortOfNames(m) && !t.saysSort(m) && !slices.Contains(sorts, m) {
					sorts = append(sorts, m)
				}
			}
		}
	}
	return sorts
}

// saysSort reports whether the rows say that of each figure.
func (t *table) saysSort(m honne.Meaning) bool {
	if code, ok := terms.CodesOf[m]; ok && t.has(code) {
		return true
	}
	return t.has(m)
}

// sortAcross is of which sort all names across are, by a header over them or as the only
// one that the title leaves; unknown where neither tells.
func (t *table) sortAcross(columns []int) honne.Meaning {
	sort := t.fields[columns[0]].sort
	if every := !slices.ContainsFunc(columns, func(i int) bool { return t.fields[i].sort != sort }); every && sort != "" {
		return sort
	}
	sorts := t.sortsOfTitle()
	if t.Columns[columns[0]].Region != "" { // which the branch over them says
		sorts = slices.DeleteFunc(sorts, func(m honne.Meaning) bool { return m == honne.MBranch || m == honne.MRegion })
	}
	if len(sorts) == 1 {
		return sorts[0]
	}
	return honne.MeaningUnknown
}

// acrossOf is what names of a sort are to a line; false of one that does not tell.
func acrossOf(sort honne.Meaning) (what acrossWhat, ok bool) {
	switch sort {
	case honne.MCustomerName, honne.MCustomerCode:
		return acrossWhat{parties: true, role: honne.Invoiced}, true
	case honne.MEndUserName, honne.MEndUserCode:
		return acrossWhat{parties: true, role: honne.EndUser}, true
	case honne.MShipToName, honne.MShipToCode:
		return acrossWhat{parties: true, role: honne.ShipTo}, true
	case honne.MRegion, honne.MBranch:
		return acrossWhat{places: true}, true
	case honne.MRep:
		return acrossWhat{reps: true}, true
	case honne.MDepartment, honne.MEndUserType, honne.MPerson:
		return acrossWhat{classes: true}, true
	case honne.MProductName, honne.MProductCode, honne.MProductLine:
		return acrossWhat{}, true
	}
	return acrossWhat{}, false
}

// branchOver takes off the names across the branch that stands over each: 阿部 and 井上
// below 東京支店.
func (t *table) branchOver(columns []int) {
	for _, i := range columns {
		f := &t.fields[i]
		if len(f.rest) < 2 || !t.words.IsPlace(f.rest[0]) || !t.words.NamesAcross(f.rest[0]) || !t.words.NamesAcross(f.rest[1]) {
			return
		}
	}
	for _, i := range columns {
		f := &t.fields[i]
		t.Columns[i].Region, f.rest = f.rest[0], f.rest[1:]
	}
}
