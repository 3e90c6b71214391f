package intake

import (
	"maps"
	"slices"
	"strings"

	"honne/internal/japan"
)

// channel reports whether a text is a way by which goods are sold, alone: 直販, 卸経由分.
func (d *dictionary) channel(s string) bool {
	key := japan.Key(withoutBrackets(s))
	return d.channels[key] || d.channels[strings.TrimSuffix(key, "分")]
}

// channelsAcross reports whether several columns are the same figure by the ways by
// which goods are sold, which are no products and no customers.
func (t *table) channelsAcross(columns []int) bool {
	first := ""
	for _, i := range columns {
		name := t.nameAcross(i)
		if !t.words.channel(name) {
			return false
		}
		if first == "" {
			first = name
		} else if name != first {
			return true
		}
	}
	return false
}

// withoutChannels are the columns of names across but for channels that stand among
// other names, or alone: they say of which sort a figure is, and name nobody.
func (t *table) withoutChannels(columns []int, named map[string]bool) []int {
	if !slices.ContainsFunc(columns, func(i int) bool { return t.words.channel(t.nameAcross(i)) }) || t.channelsAcross(columns) {
		return columns
	}
	maps.DeleteFunc(named, func(name string, _ bool) bool { return t.words.channel(name) })
	return slices.DeleteFunc(slices.Clone(columns), func(i int) bool { return t.words.channel(t.nameAcross(i)) })
}
