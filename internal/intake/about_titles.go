package intake

import (
	"regexp"
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/outline"
	"honne/internal/intake/source"
	"honne/internal/intake/terms"
	"honne/internal/japan"
)

// What stands above a table behind its label may be what all of its rows are about:
// 商品：CT-100 カテーテルA above the customers of a product, 納入先：青葉病院 above its products.

// ofAll is what a title says of all rows of the table, and where a line keeps it.
type ofAll struct {
	place place
	word  *terms.Word
}

// findAbout takes from the titles what no column says; the nearest counts.
func (t *table) findAbout(f *finder) {
	if t.Kind == "" {
		return
	}
	if ofSites(f.source, t.words) && !t.saysAlready(honne.MEndUserName) {
		t.say(honne.MEndUserName, japan.Trim(f.sheet.Name))
	}
	defer t.namedBySheet(f) // a title says more
	rows := append(filledRows(f.titles), t.titleRows...)
	if n := len(rows); n > 0 {
		if place := outline.PlaceCaptioned(t.words, rows[n-1]); place != "" && !t.saysAlready(honne.MBranch) {
			t.say(honne.MBranch, place)
		}
	}
	for _, p := range slices.Backward(rows) {
		for k := range p.Cells {
			m, name := outline.Labelled(t.words, p, k)
			if slices.Contains(outline.AboutRows, m) && !t.saysAlready(m) {
				t.say(m, name)
			}
		}
	}
}

// saysAlready reports whether the rows, what stands across or a nearer title say it.
func (t *table) saysAlready(m honne.Meaning) bool {
	at, _ := placeOf(m)
	said := slices.ContainsFunc(t.abouts, func(a ofAll) bool { return a.place == at })
	switch m {
	case honne.MProductCode, honne.MProductName:
		return said || t.has(m) || t.has(honne.MProductCode) || slices.ContainsFunc(t.Columns, func(c honne.Column) bool { return c.Product != nil })
	case honne.MEndUserName:
		return said || t.has(m) || t.has(honne.MEndUserCode) || t.hasAcross()
	case honne.MShipToName:
		return said || t.has(m) || t.has(honne.MShipToCode) || t.hasAcross()
	case honne.MBranch:
		return said || t.has(m) || t.has(honne.MRegion) || slices.ContainsFunc(t.Columns, func(c honne.Column) bool { return c.Region != "" })
	}
	return said || t.has(m)
}

var codeAndName = regexp.MustCompile(`^([A-Za-z]*[0-9][A-Za-z0-9-]*|[A-Za-z]+-[A-Za-z0-9-]*[0-9][A-Za-z0-9-]*)[ \x{3000}]+(\S.*)$`)

// say keeps what a title says; a product may have its code before it.
func (t *table) say(m honne.Meaning, name string) {
	if code := codeAndName.FindStringSubmatch(name); m == honne.MProductName && code != nil {
		t.abouts = append(t.abouts, ofAll{productCode, t.words.Remember(strings.Clone(code[1]))})
		name = code[2]
	}
	at, _ := placeOf(m)
	t.abouts = append(t.abouts, ofAll{at, t.words.Remember(strings.Clone(name))})
}

// ofSites reports whether the file has a sheet for each of several places of use: every
// one that is shown is named after another, and after nothing else.
func ofSites(s *source.Source, d *terms.Dictionary) bool {
	var names []string
	for _, sheet := range s.Sheets {
		name := japan.Trim(sheet.Name)
		if sheet.Hidden {
			continue
		}
		if !japan.IsSite(name, d.Site) || d.Book.Kind(name) != "" || slices.Contains(names, name) {
			return false
		}
		names = append(names, name)
	}
	return len(names) > 1
}

// aboutText tells what titles say of all rows apart from what those of another table do.
func (t *table) aboutText() string {
	var b strings.Builder
	b.WriteString(t.customer.String())
	for _, a := range t.abouts {
		b.WriteString("\x00" + a.word.Text)
	}
	return b.String()
}

// isAbout reports whether a title says in which role all rows are about a party.
func (t *table) isAbout(role honne.Role) bool {
	return slices.ContainsFunc(t.abouts, func(a ofAll) bool { return a.place == partyName+place(role) })
}
