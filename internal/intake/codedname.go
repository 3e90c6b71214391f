package intake

import (
	"regexp"
	"strings"

	"honne"
	"honne/internal/japan"
)

// A column may write the code of each customer before its name: 00100：東亜精機㈱.

var codedName = regexp.MustCompile(`^([0-9]{3,10}|[A-Z]{1,3}[0-9]{3,9})[：:＿_ \x{3000}-]+([^0-9 \x{3000}].*)$`)

// partCodes readies columns of names of which each begins with its code, where no other
// column has the code.
func (t *table) partCodes(sample []*profile) {
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		code := codesOf[c.Meaning]
		if !f.label || code == "" || t.has(code) || c.Meaning == honne.MProductName {
			continue
		}
		n := 0
		for _, p := range sample {
			s := japan.Trim(p.Text(f.col))
			if s == "" || t.words.ditto(s) || t.words.total(s) != "" {
				continue
			}
			if n++; !codedName.MatchString(s) {
				n = -len(sample)
			}
		}
		if n > 0 {
			f.coded = map[*word][2]*word{}
		}
	}
}

// parted is the code and the name that a text of such a column holds; a text of another
// form is a name.
func (f *field) parted(d *dictionary, said *word) (code, name *word) {
	if both, known := f.coded[said]; known {
		return both[0], both[1]
	}
	name = said
	if len(f.coded) == wordLimit {
		return nil, said
	}
	if m := codedName.FindStringSubmatch(said.text); m != nil {
		code, name = d.remember(strings.Clone(m[1])), d.remember(strings.Clone(m[2]))
	}
	f.coded[said] = [2]*word{code, name}
	return code, name
}
