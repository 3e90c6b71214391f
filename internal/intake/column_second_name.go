package intake

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// tellSeconds says of a second column of the names of one party that it was left out,
// where it names another sort of them (二次店 beside 得意先) and others than the first;
// and of one that tells apart articles that the first calls alike (規格).
func (t *table) tellSeconds(sample []*outline.Profile) {
	if t.Kind == "" {
		return
	}
	first := map[honne.Meaning]int{}
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		if !f.label || f.shape == nil || !terms.Names(c.Meaning) {
			continue
		}
		j, twice := first[c.Meaning]
		if !twice {
			first[c.Meaning] = i
			continue
		}
		other := !t.sameSort(i, j) && t.namesOthers(i, j, sample)
		if c.Meaning == honne.MProductName {
			other = !t.has(honne.MProductCode) && t.tellsApart(i, j, sample)
		}
		if !other {
			continue
		}
		c.Guess = true
		if c.Meaning == honne.MCustomerName && t.nameFurther(i, sample) {
			continue
		}
		t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, f.col), Severity: honne.SevWarning, Raw: c.Header,
			What: honne.Say("problem.second-column", honne.Text("column", c.At), honne.Text("first", t.Columns[j].At), honne.Word("meaning", "meaning."+string(c.Meaning)))})
	}
}

// nameFurther takes the second of two columns of customers (得意先 beside 代理店) for those
// to whom the first sells: the end users where they are places of use, else where goods
// go; false where other columns say that already.
func (t *table) nameFurther(i int, sample []*outline.Profile) bool {
	var all []string
	for _, p := range sample {
		if s := japan.Trim(p.Text(t.fields[i].col)); s != "" && !t.words.Ditto(s) && t.words.Total(s) == "" {
			all = append(all, s)
		}
	}
	is := honne.MShipToName
	if len(all) > 0 && most(all, func(s string) bool { return japan.IsSite(s, t.words.Site) }) {
		is = honne.MEndUserName
	}
	if t.has(is) || t.has(terms.CodesOf[is]) || t.Columns[i].Said {
		return false
	}
	c := &t.Columns[i]
	c.Meaning, c.Confidence = is, terms.ByShape
	t.stats.problems = append(t.stats.problems, honne.Problem{At: t.address(t.Header.To.Row, t.fields[i].col), Severity: honne.SevWarning, Raw: c.Header,
		What: honne.Say("problem.second-party", honne.Text("column", c.At), honne.Text("header", clip(c.Header)), honne.Word("meaning", "meaning."+string(is)))})
	return true
}

// sameSort reports whether the headers of two columns begin alike: 得意先名, 得意先略称.
func (t *table) sameSort(i, j int) bool {
	a, b := []rune(japan.Key(t.Columns[i].Header)), []rune(japan.Key(t.Columns[j].Header))
	return len(a) > 1 && len(b) > 1 && slices.Equal(a[:2], b[:2])
}

// namesOthers reports whether half of the rows that fill two columns of names give two
// that do not hold each other.
func (t *table) namesOthers(i, j int, sample []*outline.Profile) bool {
	both, apart := 0, 0
	for _, p := range sample {
		a, b := japan.Key(p.Text(t.fields[i].col)), japan.Key(p.Text(t.fields[j].col))
		if a == "" || b == "" || japan.Masked(a) || japan.Masked(b) {
			continue
		}
		if both++; !strings.Contains(a, b) && !strings.Contains(b, a) {
			apart++
		}
	}
	return both > 0 && 2*apart >= both
}

// findBranches takes departments that are called as branches are (部門 over 大阪営業所)
// for branches, where no other column has them.
func (t *table) findBranches(sample []*outline.Profile) {
	for i := range t.fields {
		f, c := &t.fields[i], &t.Columns[i]
		if c.Meaning != honne.MDepartment || c.Said || c.Remembered || !f.label || t.has(honne.MBranch) {
			continue
		}
		var all []string
		for _, p := range sample {
			if s := japan.Trim(p.Text(f.col)); s != "" && !t.words.Ditto(s) {
				all = append(all, s)
			}
		}
		if len(all) > 0 && most(all, t.words.IsPlace) {
			c.Meaning, c.Confidence = honne.MBranch, terms.ByShape
		}
	}
}

// tellsApart reports whether a column gives two texts beside one name of another.
func (t *table) tellsApart(i, j int, sample []*outline.Profile) bool {
	beside := map[string]string{}
	for _, p := range sample {
		name, more := japan.Key(p.Text(t.fields[j].col)), japan.Key(p.Text(t.fields[i].col))
		if name == "" || more == "" {
			continue
		}
		if known, ok := beside[name]; ok && known != more {
			return true
		}
		beside[name] = more
	}
	return false
}
