package intake

import (
	"strings"
	"unicode/utf8"

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
		if name, measure, ok := t.words.nameJoined(f.path[0]); ok {
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

// nameJoined parts a header into a name that is none of a column and the measure that
// ends it, behind a blank, a line or in brackets.
func (d *dictionary) nameJoined(s string) (name, measure string, ok bool) {
	name, measure = japan.Trim(japan.WithoutBrackets(s)), bracketedText(s)
	if at := strings.LastIndexAny(s, " \u3000\n_＿/／:：・"); measure == "" && at > 0 {
		_, n := utf8.DecodeRuneInString(s[at:])
		name, measure = japan.Trim(s[:at]), japan.Trim(s[at+n:])
	}
	return name, measure, name != "" && measure != "" && d.measures(measure) && d.unknown(name) && d.namesAcross(name) && !isPeriodText(name)
}
