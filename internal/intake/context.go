package intake

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"honne"
	"honne/internal/intake/grid"
	"honne/internal/japan"
)

// readContext reads the texts around the table: titles above it, the sheet's
// name, the file's. The nearest text wins.
func (t *table) readContext(f *finder) {
	t.readCorner()
	rows := append(filledRows(f.titles), t.titleRows...)
	for i := len(rows) - 1; i >= 0; i-- {
		for k := range rows[i].Cells {
			t.readTitle(rows[i], k)
		}
	}
	t.readBefore(f.sheet.Before)
	for _, h := range t.headerRows {
		for k, c := range h.Cells {
			if isUnitLabel(c.Text) {
				t.readTitle(h, k)
			}
		}
	}
	for _, name := range [...]string{f.sheet.Name, baseName(f.reader.file.Name)} {
		p, ok := readPeriod(name)
		if !ok || p.From == p.To {
			p, ok = t.words.titlePeriod(name)
		}
		if ok && t.Period.IsZero() {
			t.Period, t.PeriodAt = p, "name"
		}
	}
	if t.ofOneDay(f); t.Period.IsZero() {
		t.followAbove(f)
	} else {
		f.wide = honne.Period{}
	}
	if t.Period.IsZero() {
		t.Period, t.PeriodAt = f.reader.cover, f.reader.coverAt
	}
	if t.lastYear(f); t.Period.IsZero() {
		t.monthAlone(f)
	}
	if t.Period.IsZero() {
		t.yearInTwoDigits(f)
	}
	if t.Period.IsZero() {
		t.yearOfNoEra(f)
	}
	t.monthOfEraLetter(f)
	t.ofTitledDocument(f.sheet.Opens)
	t.narrow(f)
	t.heedSheetName(f.sheet.Name)
	t.around = append(slices.Clone(t.Title), t.Sheet, baseName(f.reader.file.Name))
	t.place = t.words.placeNamed(t.Sheet)
	t.orderedOn(rows)
	t.unitOfName(f.sheet.Name, baseName(f.reader.file.Name))
	f.period, f.periodAt = t.Period, t.PeriodAt
	t.ofNextMonth()
	if t.Unit.IsZero() {
		t.Unit, t.UnitAt, t.second, t.Tax = f.unit, f.unitAt, f.second, cmp.Or(t.Tax, f.tax)
	}
	f.unit, f.unitAt, f.second, f.tax = t.Unit, t.UnitAt, t.second, t.Tax
}

// readCorner takes what stands in the corner of the header for a title: the year of
// the months beside it (2024年度), what a pivot table adds up (合計 / 金額).
func (t *table) readCorner() {
	for _, h := range t.headerRows {
		c := &h.Cells[0]
		if s := t.shapeAt(c.Col); s != nil && s.figure {
			continue
		}
		if p, ok := readPeriod(c.Text); ok && len(h.Cells) > 2 && p.To.Month() > p.From.Month()+1 {
			t.Period, t.PeriodAt = p, honne.Cell{Row: h.N, Col: c.Col}.String()
		}
		if u, _, ok := japan.ParseUnit(c.Text); ok && u.Currency != "" && bracketed(c.Text) && t.Unit.IsZero() && len(h.Cells) > 2 {
			t.Unit, t.UnitAt = u, honne.Cell{Row: h.N, Col: c.Col}.String() // 製品＼月（千円）
		}
		if _, sum, ok := pivoted(c.Text); ok && sum {
			t.Title = append(t.Title, clip(c.Text))
		}
		t.titleInCorner(h)
	}
}

// readTitle takes unit, tax, period and words from one text above the table.
func (t *table) readTitle(p *profile, k int) {
	c := &p.Cells[k]
	at := honne.Cell{Row: p.N, Col: c.Col}.String()
	if len(t.Title) < 12 && p.class[k] == text {
		t.Title = append(t.Title, clip(c.Text)) // the nearest first
	}
	if u, tax, ok := titleUnit(c.Text); ok && (isUnitLabel(c.Text) || !u.IsZero() && len(p.Cells) <= 4) {
		if t.Unit.IsZero() && !u.IsZero() {
			t.Unit, t.UnitAt = u, at
			t.second, _ = japan.SecondUnit(c.Text)
		}
		if t.Tax == "" {
			t.Tax = tax
		}
	}
	t.Tax = cmp.Or(t.Tax, t.words.taxSaid(c.Text))
	if !t.Period.IsZero() || t.words.dueSaid(p, k) {
		return
	}
	if period, ok := t.words.spanned(p, k); ok {
		t.Period, t.PeriodAt = period, at
	} else if m := c.Date.Month(); m != 0 && t.words.beside(p, k) {
		t.Period, t.PeriodAt = m.Period(), at
	} else if period, ok := readPeriod(c.Text); ok && t.words.beside(p, k) && period.To > period.From {
		t.Period, t.PeriodAt = period, at
	} else if period, ok := t.words.titlePeriod(c.Text); ok {
		t.Period, t.PeriodAt = period, at
	} else if period, ok := yearBeside(p, k); ok {
		t.Period, t.PeriodAt = period, at
	} else if period, ok := readPeriod(c.Text); ok && len(p.Cells) == 1 && eraLetter.MatchString(japan.Fold(japan.Trim(c.Text))) {
		t.Period, t.PeriodAt = period, at // R6.7 in a row of its own
	}
}

// dueSaid reports whether a cell says until when something is to be done, behind a word
// for it (希望納期 5月20日) or beside one. A title that speaks of it says a month all the
// same: 2026年4月末在庫（有効期限順）.
func (d *dictionary) dueSaid(p *profile, k int) bool {
	text := p.Cells[k].Text
	for _, w := range d.book.Words.Due {
		_, behind, found := strings.Cut(text, w)
		if _, ok := readPeriod(strings.TrimLeft(japan.Trim(behind), ":： ")); found && ok || k > 0 && strings.HasSuffix(strings.TrimRight(japan.Trim(p.Cells[k-1].Text), ":： "), w) {
			return true
		}
	}
	return false
}

// yearBeside reads the number of a fiscal year behind its label: 年度, 2025.
func yearBeside(p *profile, k int) (honne.Period, bool) {
	if k == 0 || !strings.HasSuffix(japan.Trim(p.Cells[k-1].Text), "年度") || len(p.Cells[k-1].Text) > 15 {
		return honne.Period{}, false
	}
	if _, ok := bareYear(p.Cells[k].Text); !ok {
		return honne.Period{}, false
	}
	return readPeriod(japan.Trim(p.Cells[k].Text) + "年度")
}

// titleUnit reads a unit in a title, also before a comma: JPY thousand, excl. tax.
func titleUnit(s string) (u honne.Unit, tax honne.Tax, ok bool) {
	if m := amountIn.FindStringSubmatchIndex(s); m != nil {
		s = s[m[2]:] // ※金額：千円
	}
	u, tax, ok = japan.ParseUnit(s)
	if first, _, several := strings.Cut(s, ","); several && u.IsZero() {
		u, _, _ = japan.ParseUnit(first)
	}
	return u, tax, ok || !u.IsZero()
}

// placeNamed is the branch or region that a sheet is named after: 東京支店.
func (d *dictionary) placeNamed(sheet string) string {
	s := japan.Trim(sheet)
	for _, ending := range d.book.Words.Place {
		if name, ok := strings.CutSuffix(s, ending); ok && name != "" && len(s) <= 60 {
			return s
		}
	}
	return ""
}

var namedMonth = regexp.MustCompile(`^[^0-9]{0,6}([0-9]{1,2})月(度|分|$|[^0-9/～〜-])`)

// monthNamed reads the one month that a short text names without a year: 4月,
// ■4月度売上.
func monthNamed(s string) (int, bool) {
	m := namedMonth.FindStringSubmatch(japan.Fold(japan.Trim(s)))
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[1])
	return n, err == nil && n >= 1 && n <= 12
}

// beside reports whether the cell stands behind a label such as 対象年月.
func (d *dictionary) beside(p *profile, k int) bool {
	return k > 0 && holdsAny(p.Cells[k-1].Text, d.book.Words.Span)
}

// dayOf is the single day that a cell gives, 0 for none.
func dayOf(c *grid.Cell) honne.Date {
	if c.Kind == grid.Date {
		return c.Date
	}
	d, _ := japan.ParseDate(c.Text)
	return d
}

// titlePeriod finds the period a title speaks of: a range in brackets before the
// month it explains, a closing month where the title says 20日締; the day on which
// a file was made or printed is none, that on which stock was counted is.
func (d *dictionary) titlePeriod(s string) (honne.Period, bool) {
	if len(s) > 400 {
		return honne.Period{}, false
	}
	if rest, fewer := d.withoutDay(s); fewer {
		if p, ok := d.titlePeriod(rest); ok && p.To < p.From+32 {
			return p, true
		}
	}
	if holdsAny(s, d.book.Words.Made) {
		return honne.Period{}, false
	}
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("()（）【】[]", r) }) {
		if p, ok := readPeriod(part); ok && p.To > p.From+20 && p.To < p.From+40 && strings.ContainsAny(part, "～〜~-/") {
			return p, true
		}
	}
	if p, ok := d.wordPeriod(s); ok {
		return p, true
	}
	p, ok := japan.FindPeriod(s)
	counted := holdsAny(s, d.book.Words.Counted)
	if ok && p.From == p.To && (counted || d.leftAtEnd(s, p.From)) {
		return p.From.Month().Period(), true
	}
	if m, month := p.Month(); month && counted && strings.Contains(s, "月末") {
		return m.Period(), true
	}
	if narrow, found := bracketedPart(s, p); found {
		return narrow, true
	}
	if _, _, day := p.From.Civil(); ok && p.From == p.To && closingDay(s) == day {
		return japan.ClosingMonth(p.From.Month(), day), true
	}
	if m, month := p.Month(); month {
		if day := closingDay(s); day > 0 {
			return japan.ClosingMonth(m, day), true
		}
	}
	return p, ok && p.To > p.From+20 && !counted
}

// wordPeriod reads a month with the letter of an era, where a word of the title
// is nothing else: R5.9分, 対象期間：R7.3.
func (d *dictionary) wordPeriod(s string) (honne.Period, bool) {
	spans := holdsAny(s, d.book.Words.Span) || d.book.Kind(s) != ""
	for _, w := range strings.FieldsFunc(japan.Fold(s), func(r rune) bool { return strings.ContainsRune(titleBreaks, r) }) {
		bare := strings.TrimSuffix(w, "分")
		if !strings.HasSuffix(bare, "年度") {
			bare = strings.TrimSuffix(bare, "度")
		}
		if w == "" || !strings.Contains("RHS", w[:1]) || bare == w && !spans {
			continue
		}
		if p, ok := readPeriod(bare); ok {
			return p, p.To > p.From
		}
	}
	return honne.Period{}, false
}

var closing = regexp.MustCompile(`([0-9]{1,2})日(?:締|〆)|(?:締め?|〆)日?[:は ]*(?:毎月)?([0-9]{1,2})日`)

// closingDay reads the day on which the month of a title closes, 0 when it does
// not say.
func closingDay(s string) int {
	m := closing.FindStringSubmatch(japan.Fold(s))
	if m == nil {
		return 0
	}
	day, _ := strconv.Atoi(m[1] + m[2])
	return day
}

// readPeriod reads a text that is a period, also with underscores (2017_09).
func readPeriod(s string) (honne.Period, bool) {
	if len(s) > 60 {
		return honne.Period{}, false
	}
	if p, ok := japan.ParsePeriod(s); ok {
		return p, true
	}
	if strings.Contains(s, "_") {
		return japan.ParsePeriod(strings.ReplaceAll(s, "_", "-"))
	}
	if p, ok := englishDate(s); ok {
		return p, true
	}
	if short, ok := strings.CutSuffix(s, "末"); ok { // what was there at the end of a month
		p, ok := japan.ParsePeriod(short)
		_, month := p.Month()
		return p, ok && month
	}
	if short, ok := strings.CutSuffix(s, "度"); ok && !strings.HasSuffix(short, "月") {
		return japan.ParsePeriod(strings.TrimSuffix(short, "年") + "年度") // 平成24度 is short for 平成24年度
	}
	return honne.Period{}, false
}

// englishDate reads a day with the month's name: 01-Jun-2025, 1 June 2025,
// Jun 1, 2025.
func englishDate(s string) (honne.Period, bool) {
	if len(s) < 8 || len(s) > 20 || !strings.ContainsFunc(s, unicode.IsLetter) || s[0] > 127 {
		return honne.Period{}, false
	}
	for _, layout := range [...]string{"2-Jan-2006", "2 Jan 2006", "2/Jan/2006", "2 January 2006", "Jan 2, 2006", "January 2, 2006", "2-Jan-06"} {
		if t, err := time.Parse(layout, s); err == nil {
			d := honne.NewDate(t.Year(), int(t.Month()), t.Day())
			return honne.Period{From: d, To: d}, true
		}
	}
	return honne.Period{}, false
}

// countedByTitle is the measure that a title, or the name of sheet or file, says
// of what stands below periods or names: 施設別使用本数, 月別売上高, 売上実績（数量）; "" when
// none does.
func (t *table) countedByTitle(f *finder) honne.Meaning {
	if t.Layout != honne.Crosstab && len(t.names) < 2 {
		return ""
	}
	weak, plain := honne.Meaning(""), honne.Meaning("") // 売上高 says rather what the table is about, 売上 nothing else
	for _, title := range append(slices.Clone(t.Title), f.sheet.Name, baseName(f.reader.file.Name)) {
		for _, word := range strings.FieldsFunc(title, func(r rune) bool { return strings.ContainsRune(titleBreaks, r) }) {
			m, sure := t.words.lookupTitled(word)
			_, amount, figure := m.Measure()
			switch {
			case !figure || sure == 0 || saysTaxAlone(word):
			case slices.Contains(t.book.Words.Plain, word):
				plain = m
			case !amount || t.book.Kind(word) == "":
				return m
			case weak == "":
				weak = m
			}
		}
	}
	if t.Layout != honne.Crosstab {
		return "" // of names beside each other, 売上 says what the report is about
	}
	t.plainTitle = weak == ""
	return cmp.Or(weak, plain)
}

// saysTaxAlone reports whether a word says the tax basis and nothing else, as one of a unit
// does: 単位：個、税抜.
func saysTaxAlone(word string) bool {
	u, tax, ok := japan.ParseUnit(word)
	return ok && u.IsZero() && tax != ""
}

// titleBreaks stand between the words of a title.
const titleBreaks = " \u3000・、／/_()（）【】[]:：■□●○◆◇▼＜＞<>別"

// texts are what stands around the table and over its columns, in full.
func (t *table) texts(f *finder) []string {
	out := []string{f.sheet.Name, baseName(f.reader.file.Name)}
	for _, p := range slices.Concat(t.headerRows, t.titleRows, filledRows(f.titles)) {
		for _, c := range p.Cells {
			out = append(out, c.Text)
		}
	}
	return out
}

// measures counts the plain columns of amounts and quantities, and lists the
// series that other columns name.
func (t *table) measures() (plain int, own []honne.Series) {
	for i, c := range t.Columns {
		s, _, ok := c.Meaning.Measure()
		switch {
		case ok && s == "" || c.Meaning == honne.MValue:
			plain++
		case ok && !t.fields[i].label:
			own = append(own, s)
		}
	}
	return plain, own
}

// dated reports whether rows or columns say when.
func (t *table) dated() bool {
	return t.has(honne.MPeriod) || t.has(honne.MDate) || t.slipHead.date > 0 || len(t.periods.cols) > 0 || t.Layout == honne.Crosstab || !t.Period.IsZero()
}

// named reports whether rows say what or to whom.
func (t *table) named() bool {
	for _, m := range [...]honne.Meaning{honne.MRegion, honne.MBranch, honne.MProductLine, honne.MProductCode, honne.MProductName, honne.MCustomerCode, honne.MCustomerName,
		honne.MEndUserCode, honne.MEndUserName, honne.MShipToCode, honne.MShipToName} {
		if t.has(m) {
			return true
		}
	}
	return false
}

func (t *table) has(m honne.Meaning) bool { return t.column(m) >= 0 }

// column returns the index of the first column of a meaning, −1 for none.
func (t *table) column(m honne.Meaning) int {
	for i, c := range t.Columns {
		if c.Meaning == m {
			return i
		}
	}
	return -1
}

// acrossFits reports whether a table of that kind may stand without a column
// that is called an amount or a quantity: periods or products stand across.
func (t *table) acrossFits(kind honne.Series) bool {
	if kind == "" {
		return false
	}
	return t.Layout == honne.Crosstab || len(t.names) >= 2
}
