package intake

import (
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// A header may hold in one cell what others put into two rows: 製品A 数量, 製品A 金額,
// 製品B 数量 …

// partNames parts such headers into the name and its measure, where one measure stands
// so under two names.
func (t *table) partNames() {
	parted := map[int][]string{}
	under := map[string]string{} // a name by its measure
	again := false
	for i := range t.fields {
		f := &t.fields[i]
		if f.label || len(f.path) != 1 {
			continue
		}
		if name, measure, ok := t.words.NameJoined(f.path[0]); ok {
			again = again || under[measure] != "" && under[measure] != name
			parted[i], under[measure] = []string{name, measure}, name
		}
	}
	if !again {
		return
	}
	for i, path := range parted {
		t.fields[i].path, t.fields[i].rest = path, path
	}
}

// beforeUnit is a header without the unit that it says in brackets: 製品A(本).
func beforeUnit(s string) string {
	if _, ok := japan.UnitAlone(when.BracketedText(s)); ok {
		return japan.Trim(japan.WithoutBrackets(s))
	}
	return s
}
