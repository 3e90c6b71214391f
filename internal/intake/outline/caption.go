package outline

import (
	"slices"
	"strings"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/intake/terms"
	"honne/internal/intake/when"
	"honne/internal/japan"
)

// AboutRows are the meanings that a title may say of all rows; of customers the title is
// asked elsewhere, and who reports is no matter of rows.
var AboutRows = []honne.Meaning{honne.MProductCode, honne.MProductName, honne.MProductLine, honne.MEndUserName, honne.MShipToName, honne.MBranch}

// PlaceCaptioned is the region or branch that the row right above a table names alone
// behind a mark: ●東日本エリア; "" for none.
func PlaceCaptioned(d *terms.Dictionary, p *Profile) string {
	if len(p.Cells) != 1 {
		return ""
	}
	s := japan.Trim(p.Cells[0].Text)
	if name := japan.Trim(strings.Trim(s, Captions)); name != s && d.IsPlace(name) {
		return name
	}
	return ""
}

// Labelled is what a cell of a title says behind its label, or the cell beside it, and
// what the label means; unknown where it says nothing.
func Labelled(d *terms.Dictionary, p *Profile, k int) (honne.Meaning, string) {
	label, name, behind := strings.Cut(strings.ReplaceAll(japan.Trim(p.Cells[k].Text), "：", ":"), ":")
	m, sure := d.Lookup(label)
	if !behind || sure < terms.SureHeader || p.Classes[k] != Text {
		return honne.MeaningUnknown, ""
	}
	if japan.Trim(name) == "" && k+1 < len(p.Cells) && p.Classes[k+1] == Text {
		name = p.Cells[k+1].Text
	}
	name = japan.WithoutHonorific(japan.Trim(name))
	if name == "" || len([]rune(name)) > 40 || d.Total(name) != "" || slices.Contains(d.Wholes, japan.Key(name)) || !d.Unknown(name) || d.JudgeName(name).Nameless {
		return honne.MeaningUnknown, ""
	}
	return m, name
}

// saysAbout reports whether a row says behind a label what all rows below are about,
// which no header does: ロット追跡リスト, , 品番：US-A1.
func saysAbout(d *terms.Dictionary, p *Profile) bool {
	for k := range p.Cells {
		if m, _ := Labelled(d, p, k); m == honne.MCustomerName || slices.Contains(AboutRows, m) {
			return true
		}
	}
	return false
}

// captions reports whether a row right above a header is the title of the whole:
// its first text stands at the left and names no column, and what stands behind it
// is what stands at the right of a title: a unit, a day, the month, a company. But
// for a unit, or a remark on the file, the header below names every column by
// itself, so that none needs the row.
func (o *Outline) captions(p *Profile, below []*Profile, merges []honne.Range) bool {
	if n := len(p.Cells); n < 2 || n > 4 || p.Cells[0].Col > o.first || !o.heading(p, 0) || !renamed(p, below) {
		return false
	}
	sure := true
	for k := 1; k < len(p.Cells); k++ {
		switch {
		case o.Words.Remark(p.Cells[k].Text):
		case o.beside(p, k, merges):
			sure = false
		default:
			return false
		}
	}
	return sure || slices.ContainsFunc(below, func(h *Profile) bool { return len(h.Cells) > len(p.Cells) && o.whole(h) })
}

// heading reports whether a text may be that of a title, though headers hold the
// same words: it stands over no figures, and says when, or what the table counts.
func (o *Outline) heading(p *Profile, k int) bool {
	c := &p.Cells[k]
	if s := o.shape(c.Col); s != nil && s.Figure || p.Classes[k] != Text && p.Classes[k] != When {
		return false
	}
	m, sure := o.Words.Lookup(c.Text)
	_, _, figure := m.Measure()
	return p.Classes[k] == When || sure == 0 || figure || sure < terms.SureHeader && o.Words.Book.Kind(c.Text) != ""
}

// renamed reports whether a row below has another text where a row begins.
func renamed(p *Profile, below []*Profile) bool {
	col := p.Cells[0].Col
	return slices.ContainsFunc(below, func(h *Profile) bool {
		return h.Class(col) == Text && h.Text(col) != p.Text(col) && len(h.Cells) > 1
	})
}

// beside reports whether a text may stand beside a title: over figures, which a
// name over columns may stand over too, only as the last.
func (o *Outline) beside(p *Profile, k int, merges []honne.Range) bool {
	c := &p.Cells[k]
	if p.Classes[k] != Text && p.Classes[k] != When || p.Classes[k] == When && slices.Contains(p.Classes[1:k], When) {
		return false
	}
	if mergedAcross(merges, p.N, c.Col) && !japan.IsAddressed(c.Text) {
		return false
	}
	counted := func(c grid.Cell) bool { s := o.shape(c.Col); return s != nil && s.Figure }
	if !counted(*c) {
		return o.heading(p, k)
	}
	alone := c.Kind == grid.Date || isDay(c.Text) || japan.IsAddressed(c.Text) || !o.goesOn(p, c.Col)
	return alone && !slices.ContainsFunc(p.Cells[k+1:], counted) && o.Words.Unknown(c.Text)
}

// whole reports whether a header names every column of the table, each
// differently.
func (o *Outline) whole(h *Profile) bool {
	var seen []string
	for _, s := range o.Cols {
		name := h.Text(s.Col)
		if k := h.Class(s.Col); k != Text && k != When || slices.Contains(seen, name) {
			return false
		}
		seen = append(seen, name)
	}
	return true
}

// DueSaid reports whether a cell says until when something is to be done, behind a word
// for it (希望納期 5月20日) or beside one. A title that speaks of it says a month all the
// same: 2026年4月末在庫（有効期限順）.
func DueSaid(d *terms.Dictionary, p *Profile, k int) bool {
	text := p.Cells[k].Text
	for _, w := range d.Book.Words.Due {
		_, behind, found := strings.Cut(text, w)
		if _, ok := when.ReadPeriod(strings.TrimLeft(japan.Trim(behind), ":： ")); found && ok || k > 0 && strings.HasSuffix(strings.TrimRight(japan.Trim(p.Cells[k-1].Text), ":： "), w) {
			return true
		}
	}
	return false
}

// Beside reports whether the cell stands behind a label such as 対象年月.
func Beside(d *terms.Dictionary, p *Profile, k int) bool {
	return k > 0 && terms.HoldsAny(p.Cells[k-1].Text, d.Book.Words.Span)
}

// HeadsSection reports whether a row is a text between marks, or the label of a customer.
func HeadsSection(d *terms.Dictionary, p *Profile) bool {
	s := japan.Trim(p.Cells[0].Text)
	label, _, behind := strings.Cut(strings.ReplaceAll(s, "：", ":"), ":")
	m, _ := d.Lookup(label)
	return behind && m == honne.MCustomerName || len(p.Cells) == 1 && strings.Trim(s, Captions) != s
}

// Billed is the company or place that the titles of a bill address (北陸中央病院 御中 above
// 請求書): whoever reports sales sends bills to customers alone. "" for none.
func Billed(d *terms.Dictionary, rows []*Profile) (name string) {
	bill := false
	for _, p := range rows {
		for k, c := range p.Cells {
			s := japan.Trim(c.Text)
			bill = bill || terms.HoldsAny(strings.NewReplacer(" ", "", "\u3000", "").Replace(s), d.Book.Words.Bill)
			if called := japan.WithoutHonorific(s); p.Classes[k] == Text && called != s && name == "" && (japan.IsAddressed(called) || japan.IsSite(called, d.Site)) {
				name = called
			}
		}
	}
	if !bill {
		return ""
	}
	return name
}

// Captions are what stands around a name that heads a block: 【緑ヶ丘病院】, ■緑ヶ丘病院.
const Captions = "【】《》〔〕■◆●▼□◇○◎▽＜＞<>"

// Captioned is the place of use, or the company that is addressed, that the row right
// above a table names alone between such marks; "" for none.
func Captioned(d *terms.Dictionary, p *Profile) string {
	if len(p.Cells) != 1 {
		return ""
	}
	s := japan.Trim(p.Cells[0].Text)
	called := japan.Trim(strings.Trim(s, Captions))
	name := japan.WithoutHonorific(called)
	if called == s || !japan.IsSite(name, d.Site) && !(name != called && japan.IsAddressed(name)) || !d.Unknown(name) {
		return "" // a company without 様 may be the sender, or we
	}
	return name
}

// CustomerIn is the customer that a cell of a title names behind its label, or the
// cell beside it; "" when it names none.
func CustomerIn(d *terms.Dictionary, p *Profile, k int) string {
	label, name, behind := strings.Cut(strings.ReplaceAll(japan.Trim(p.Cells[k].Text), "：", ":"), ":")
	if m, sure := d.Lookup(label); m != honne.MCustomerName || sure < terms.SureHeader || p.Classes[k] != Text {
		return ""
	}
	if japan.Trim(name) == "" && k+1 < len(p.Cells) && (behind || len(p.Cells) == 2) && p.Classes[k+1] == Text {
		name = p.Cells[k+1].Text
	}
	if k == 0 && !behind && NamesParty(d, p) {
		name = p.Cells[2].Text
	}
	name = japan.WithoutHonorific(name)
	if d.Total(name) != "" || slices.Contains(d.Wholes, japan.Key(name)) || !d.Unknown(name) || d.JudgeName(name).Nameless {
		return ""
	}
	return name
}

// ColumnIn is the column of a row of headers that has a meaning, 0 for none.
func ColumnIn(d *terms.Dictionary, p *Profile, m honne.Meaning) int32 {
	for _, c := range p.Cells {
		if of, sure := d.Lookup(c.Text); of == m && sure >= terms.SureHeader {
			return c.Col
		}
	}
	return 0
}

// SortOfNames reports whether a meaning is one of names that may stand across.
func SortOfNames(m honne.Meaning) bool { return terms.Names(m) || terms.Numbers(m) || terms.Groups(m) }
