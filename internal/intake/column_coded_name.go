package intake

import (
	"regexp"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// A column may write the code of each customer before its name: 00100：東亜精機㈱.

var codedName = regexp.MustCompile(`^([0-9]{3,10}|[A-Z]{1,3}[0-9]{3,9})[：:＿_ \x{3000}-]+([^0-9 \x{3000}].*)$`)

// partCodes readies columns of names of which each begins with its code, where no other
// column has the code.
func (t *table) partCodes(sample []*outline.Profile) {
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		code := terms.CodesOf[c.Meaning]
		if !f.label || code == "" || t.has(code) || c.Meaning == honne.MProductName {
			continue
		}
		n := 0
		for _, p := range sample {
			s := japan.Trim(p.Text(f.col))
			if s == "" || t.words.Ditto(s) || t.words.Total(s) != "" {
				continue
			}
			if n++; !codedName.MatchString(s) {
				n = -len(sample)
			}
		}
		if n > 0 {
			f.coded = map[*terms.Word][2]*terms.Word{}
		}
	}
}

// parted is the code and the name that a text of such a column holds; a text of another
// form is a name.
func (f *field) parted(d *terms.Dictionary, said *terms.Word) (code, name *terms.Word) {
	if both, known := f.coded[said]; known {
		return both[0], both[1]
	}
	name = said
	if len(f.coded) == terms.WordLimit {
		return nil, said
	}
	if m := codedName.FindStringSubmatch(said.Text); m != nil {
		code, name = d.Remember(strings.Clone(m[1])), d.Remember(strings.Clone(m[2]))
	}
	f.coded[said] = [2]*terms.Word{code, name}
	return code, name
}
