package intake

import (
	"regexp"
	"slices"
	"strings"

	"honne"
	"honne/internal/japan"
)

// What stands above a table behind its label may be what all of its rows are about:
// 商品：CT-100 カテーテルA above the customers of a product, 納入先：青葉病院 above its products.

// ofAll is what a title says of all rows of the table, and where a line keeps it.
type ofAll struct {
	place place
	word  *word
}

// aboutRows are the meanings that a title may say of all rows; of customers the title is
// asked elsewhere, and who reports is no matter of rows.
var aboutRows = []honne.Meaning{honne.MProductCode, honne.MProductName, honne.MProductLine, honne.MEndUserName, honne.MShipToName, honne.MBranch}

// findAbout takes from the titles what no column says; the nearest counts.
func (t *table) findAbout(f *finder) {
	if t.Kind == "" {
		return
	}
	if f.source.ofSites(t.words) && !t.saysAlready(honne.MEndUserName) {
		t.say(honne.MEndUserName, japan.Trim(f.sheet.Name))
	}
	defer t.namedBySheet(f) // a title says more
	rows := append(filledRows(f.titles), t.titleRows...)
	if n := len(rows); n > 0 {
		if place := t.words.placeCaptioned(rows[n-1]); place != "" && !t.saysAlready(honne.MBranch) {
			t.say(honne.MBranch, place)
		}
	}
	for _, p := range slices.Backward(rows) {
		for k := range p.Cells {
			m, name := t.words.labelled(p, k)
			if slices.Contains(aboutRows, m) && !t.saysAlready(m) {
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
		t.abouts = append(t.abouts, ofAll{productCode, t.words.remember(strings.Clone(code[1]))})
		name = code[2]
	}
	at, _ := placeOf(m)
	t.abouts = append(t.abouts, ofAll{at, t.words.remember(strings.Clone(name))})
}

// ofSites reports whether the file has a sheet for each of several places of use: every
// one that is shown is named after another, and after nothing else.
func (s *source) ofSites(d *dictionary) bool {
	var names []string
	for _, sheet := range s.sheets {
		name := japan.Trim(sheet.Name)
		if sheet.Hidden {
			continue
		}
		if !japan.IsSite(name, d.site) || d.book.Kind(name) != "" || slices.Contains(names, name) {
			return false
		}
		names = append(names, name)
	}
	return len(names) > 1
}

// placeCaptioned is the region or branch that the row right above a table names alone
// behind a mark: ●東日本エリア; "" for none.
func (d *dictionary) placeCaptioned(p *profile) string {
	if len(p.Cells) != 1 {
		return ""
	}
	s := japan.Trim(p.Cells[0].Text)
	if name := japan.Trim(strings.Trim(s, captions)); name != s && d.isPlace(name) {
		return name
	}
	return ""
}

// labelled is what a cell of a title says behind its label, or the cell beside it, and
// what the label means; unknown where it says nothing.
func (d *dictionary) labelled(p *profile, k int) (honne.Meaning, string) {
	label, name, behind := strings.Cut(strings.ReplaceAll(japan.Trim(p.Cells[k].Text), "：", ":"), ":")
	m, sure := d.lookup(label)
	if !behind || sure < sureHeader || p.class[k] != text {
		return honne.MeaningUnknown, ""
	}
	if japan.Trim(name) == "" && k+1 < len(p.Cells) && p.class[k+1] == text {
		name = p.Cells[k+1].Text
	}
	name = japan.WithoutHonorific(japan.Trim(name))
	if name == "" || len([]rune(name)) > 40 || d.total(name) != "" || slices.Contains(d.wholes, japan.Key(name)) || !d.unknown(name) || d.judgeName(name).nameless {
		return honne.MeaningUnknown, ""
	}
	return m, name
}

// saysAbout reports whether a row says behind a label what all rows below are about,
// which no header does: ロット追跡リスト, , 品番：US-A1.
func (d *dictionary) saysAbout(p *profile) bool {
	for k := range p.Cells {
		if m, _ := d.labelled(p, k); m == honne.MCustomerName || slices.Contains(aboutRows, m) {
			return true
		}
	}
	return false
}

// aboutText tells what titles say of all rows apart from what those of another table do.
func (t *table) aboutText() string {
	var b strings.Builder
	b.WriteString(t.customer.string())
	for _, a := range t.abouts {
		b.WriteString("\x00" + a.word.text)
	}
	return b.String()
}

// isAbout reports whether a title says in which role all rows are about a party.
func (t *table) isAbout(role honne.Role) bool {
	return slices.ContainsFunc(t.abouts, func(a ofAll) bool { return a.place == partyName+place(role) })
}
