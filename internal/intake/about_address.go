package intake

import "honne"

// whose is the place in a line of what a column of addresses says: that of the
// party which its header names (納入先住所), else of the nearest party to its left.
func (t *table) whose(column int) (p place, known bool) {
	header := ""
	if path := t.fields[column].path; len(path) > 0 {
		header = path[len(path)-1]
	}
	if role, ok := roleOf(t.book.Owner(header)); ok {
		return partyPlace + place(role), true
	}
	for i := column - 1; i >= 0; i-- {
		if role, ok := roleOf(t.Columns[i].Meaning); ok {
			return partyPlace + place(role), true
		}
	}
	return 0, false
}

// roleOf is the role of the party that a column names or numbers.
func roleOf(m honne.Meaning) (r honne.Role, ok bool) {
	p, kept := placeOf(m)
	switch {
	case !kept || p >= partyPlace:
		return 0, false
	case p >= partyName:
		return honne.Role(p - partyName), true
	}
	return honne.Role(p - partyCode), true
}
