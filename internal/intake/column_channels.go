package intake

import (
	"maps"
	"slices"
	"strings"

	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// besideChannels reports whether a column of figures is headed by a way of selling that is
// also the name of a party, beside one of another that is none: 代理店 beside 直販.
func (t *table) besideChannels(f *field) bool {
	way := func(o *field) bool { return !o.label && o.shape != nil && t.words.Channel(strings.Join(o.rest, "")) }
	return way(f) && slices.ContainsFunc(t.fields, func(o field) bool {
		m, _ := t.words.Lookup(strings.Join(o.rest, ""))
		return way(&o) && !terms.Names(m)
	})
}

// channelsAcross reports whether several columns are the same figure by the ways by
// which goods are sold, which are no products and no customers.
func (t *table) channelsAcross(columns []int) bool {
	first, several := "", false
	for _, i := range columns {
		name := t.nameAcross(i)
		if t.words.Others[japan.Key(name)] {
			continue
		}
		if !t.words.Channel(name) {
			return false
		}
		if first == "" {
			first = name
		}
		several = several || name != first
	}
	return several
}

// withoutChannels are the columns of names across but for channels that stand among
// other names, or alone: they say of which sort a figure is, and name nobody.
func (t *table) withoutChannels(columns []int, named map[string]bool) []int {
	sort := func(name string) bool { return t.words.Channel(name) && !t.words.IsPlace(name) }
	if !slices.ContainsFunc(columns, func(i int) bool { return sort(t.nameAcross(i)) }) || t.channelsAcross(columns) {
		return columns
	}
	maps.DeleteFunc(named, func(name string, _ bool) bool { return sort(name) })
	return slices.DeleteFunc(slices.Clone(columns), func(i int) bool { return sort(t.nameAcross(i)) })
}
