package report

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"honne"
	"honne/internal/japan"
	"honne/internal/lang"
)

// XLSX writes the document as a workbook: words, and beside them the figures with
// unit and source, on the first sheet, each table on one of its own under a frozen
// head, the notes on the last. Figures are numbers with their format, money exact in the unit of its
// column; in Japanese a format writes ▲ for a minus. A text is always a text,
// whatever it begins with: the workbook computes nothing.
func (d Document) XLSX(w io.Writer, c *lang.Catalogues, l lang.Language) error {
	b := &book{file: excelize.NewFile(), v: voice{c, l}, doc: d, styles: map[string]int{}, taken: map[string]bool{}, widths: map[place]float64{}, high: map[place]int{}}
	defer b.file.Close()
	b.write()
	if b.err == nil {
		_, b.err = b.file.WriteTo(w)
	}
	if b.err != nil {
		return fmt.Errorf("report: write XLSX: %w", b.err)
	}
	return nil
}

// place is a column or a row of a sheet.
type place struct {
	sheet string
	n     int
}

// book is a workbook being written.
type book struct {
	file   *excelize.File
	v      voice
	doc    Document
	styles map[string]int // by format
	taken  map[string]bool
	words  string // the sheet of words
	row    int    // written last on it
	title  string // of the section that runs
	head   int    // its row, until it says what stands beside the words
	widths map[place]float64
	high   map[place]int // lines that a row takes
	err    error
}

func (b *book) write() {
	v, d := b.v, b.doc
	b.words = b.name(v.say(d.Title))
	b.check(b.file.SetSheetName("Sheet1", b.words))
	name, _ := d.Name.In(v.lang)
	props := excelize.DocProperties{Title: name + v.text("list.comma") + v.say(d.Title), Creator: d.From, LastModifiedBy: d.From, Language: string(v.lang)}
	if d.Day != 0 { // the same document has the same bytes
		props.Created = d.Day.At(0, 0).UTC().Format(time.RFC3339)
		props.Modified = props.Created
	}
	b.check(b.file.SetDocProps(&props))
	b.check(b.file.SetAppProps(&excelize.AppProperties{Application: "Microsoft Excel"}))
	b.onPaper(b.words)
	b.wide(b.words, 1, 1, 72)
	b.wide(b.words, 2, 3, 22)
	b.wide(b.words, 4, 4, 60)
	b.put(true, v.whom(d))
	if d.Edition == Internal {
		b.put(false, v.text("report.internal"))
	} else if d.From != "" {
		b.put(false, d.From)
	}
	b.put(true, v.say(d.Title))
	for _, m := range d.Facts {
		b.put(false, v.say(m))
	}
	b.blocks(d.Blocks)
	b.row++
	for _, m := range d.Foot {
		b.put(false, v.say(m))
	}
	b.sources()
}

func (b *book) check(err error) {
	if b.err == nil {
		b.err = err
	}
}

// name is a sheet's name: what Excel allows, at most 31 units, each once.
func (b *book) name(s string) string {
	s = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\：？＊／＼［］`, r) || r < ' ' {
			return ' '
		}
		return r
	}, s), "' ")
	for n := 0; ; n++ {
		tail := ""
		if n > 0 {
			tail = " " + strconv.Itoa(n+1)
		}
		units := utf16.Encode([]rune(s))
		out := strings.TrimRight(string(utf16.Decode(units[:min(len(units), 31-len(tail))])), " '\uFFFD") + tail
		if key := strings.ToLower(out); !b.taken[key] && out != "" {
			b.taken[key] = true
			return out
		}
	}
}

// style is the number of a look: a number's format, bold, wrapped words.
func (b *book) style(format string, bold bool) int {
	key := format + strconv.FormatBool(bold)
	n, ok := b.styles[key]
	if !ok {
		s := &excelize.Style{Font: &excelize.Font{Bold: bold, Size: 10, Family: "Yu Gothic"}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: format == ""}}
		if format != "" {
			s.CustomNumFmt = &format
		}
		var err error
		n, err = b.file.NewStyle(s)
		b.check(err)
		b.styles[key] = n
	}
	return n
}

// put writes a row of texts on the sheet of words.
func (b *book) put(bold bool, texts ...string) {
	b.row++
	for i, s := range texts {
		b.text(b.words, i+1, b.row, s, bold)
	}
}

func (b *book) text(sheet string, column, row int, s string, bold bool) {
	cell, err := excelize.CoordinatesToCellName(column, row)
	b.check(err)
	b.check(b.file.SetCellStr(sheet, cell, printable(s)))
	b.check(b.file.SetCellStyle(sheet, cell, cell, b.style("", bold)))
	if wide := b.widths[place{sheet, column}]; wide > 0 {
		b.tall(sheet, row, int(math.Ceil(float64(columns(printable(s)))*1.05/wide)))
	}
}

// wide sets the width of columns, in signs.
func (b *book) wide(sheet string, from, to int, signs float64) {
	for n := from; n <= to; n++ {
		name, err := excelize.ColumnNumberToName(n)
		b.check(err)
		b.check(b.file.SetColWidth(sheet, name, name, signs))
		b.widths[place{sheet, n}] = signs
	}
}

// tall makes a row as high as its longest text: programs do not all do so when
// they open a file.
func (b *book) tall(sheet string, row, lines int) {
	if lines > max(1, b.high[place{sheet, row}]) {
		b.high[place{sheet, row}] = lines
		b.check(b.file.SetRowHeight(sheet, row, min(float64(lines)*14, 400)))
	}
}

// figure writes a number that Excel computes with, and says its unit; within, the
// unit is part of the format, as no head says it.
func (b *book) figure(sheet string, column, row int, f Figure, bold, within bool) (unit string) {
	if f.Of[1] > 0 {
		b.text(sheet, column, row, b.v.figure(f), bold)
		return ""
	}
	value, format, unit := b.v.cell(f)
	if within && f.Unit != honne.UnitMoney && unit != "%" && unit != "" {
		format = strings.ReplaceAll(format, ";", `"`+unit+`";`) + `"` + unit + `"`
	}
	cell, err := excelize.CoordinatesToCellName(column, row)
	b.check(err)
	b.check(b.file.SetCellFloat(sheet, cell, value, -1, 64))
	b.check(b.file.SetCellStyle(sheet, cell, cell, b.style(format, bold)))
	return unit
}

// cell is a figure as a number of a sheet: its value, its format, and the unit
// that stands behind it on a page.
func (v voice) cell(f Figure) (value float64, format, unit string) {
	digits := func(n string) string { return "#,##0" + n }
	value, written := f.Value, v.figure(f)
	unit = written[strings.LastIndexAny(written, "0123456789")+1:]
	switch f.Unit {
	case honne.UnitRatio:
		return value, v.signs("0.0%"), "%"
	case honne.UnitGrowth:
		return value, "+" + v.signs("0.0%") + ";0.0%", "%"
	case honne.UnitPoints:
		return value * 100, "+" + v.signs("0.0") + ";0.0", unit
	case honne.UnitHours:
		return japan.Worked(value).Args[0].F, v.signs(digits(".0")), unit
	case honne.UnitMonths, honne.UnitDays:
		return value, v.signs(digits(".0")), unit
	case honne.UnitHHI, honne.UnitCount, honne.UnitLevel:
		return value, v.signs(digits("")), ""
	case honne.UnitMoney:
		if f.In != (MoneyUnit{}) {
			return f.In.Scale.In(f.Money), v.signs(digits("")), v.lang.Unit(f.In.Currency, f.In.Scale)
		}
		n := f.Money.Currency.Digits()
		return float64(f.Money.Minor) / math.Pow10(n), v.signs(digits([...]string{"", ".0", ".00", ".000"}[min(n, 3)])), v.lang.Unit(f.Money.Currency, "")
	}
	if f.Digits > 0 {
		return value, v.signs(digits("." + strings.Repeat("0", f.Digits))), ""
	}
	return value, v.signs(digits(".00")), ""
}

// signs is a format for what is above zero and below it, as the language writes
// a minus.
func (v voice) signs(format string) string {
	if v.lang == lang.JA {
		return format + ";▲" + format
	}
	return format + ";−" + format
}

func (b *book) blocks(list []Block) {
	v := b.v
	for _, x := range list {
		switch x := x.(type) {
		case Heading:
			b.section(v.say(x.Say))
		case Statement:
			b.row++
			b.put(true, v.say(x.Say))
		case Note:
			b.told("", x.Line)
		case Strip:
			b.strip(x)
		case List:
			for _, e := range x.Entries {
				b.entry(e)
			}
		case Asks:
			for i, q := range x.List {
				b.told(strconv.Itoa(i+1)+". ", q.Line)
				b.told("   "+v.text("brief.fact")+v.between("report.between.lead"), q.Fact)
				for _, l := range q.Inside {
					b.told("   "+v.text("brief.inside")+v.between("report.between.lead"), l)
				}
			}
		case Table:
			b.table(x)
		case Fold:
			b.section(v.say(x.Summary))
			b.blocks(x.Blocks)
		}
	}
}

// noted is a line with the numbers of its notes behind each piece.
func (b *book) noted(l Line) string {
	parts := make([]string, len(l))
	for i, p := range l {
		parts[i] = withNotes(b.v.piece(p), p.Notes)
	}
	return strings.Join(parts, b.v.between("report.between.words"))
}

// strip writes a key figure a row: name, number, unit, source, and what puts it
// into proportion.
func (b *book) strip(s Strip) {
	b.put(true, "", b.v.text("report.value"), b.v.text("report.unit"), b.v.text("report.source"))
	for _, k := range s.Items {
		b.put(false, b.v.say(k.Label))
		if k.Value != nil {
			b.text(b.words, 3, b.row, b.figure(b.words, 2, b.row, *k.Value, true, false), false)
		} else {
			b.text(b.words, 2, b.row, "—", false)
		}
		b.text(b.words, 4, b.row, b.from(k.Notes), false)
		for _, l := range k.Lines {
			b.put(false, "   "+b.noted(l))
		}
	}
}

// from says where figures come from: the first range of each note.
func (b *book) from(list []int) string {
	parts := make([]string, len(list))
	for i, n := range list {
		parts[i] = "[" + strconv.Itoa(n) + "] " + b.v.source(b.doc.Sources[n-1].short(1))
	}
	return strings.Join(parts, "; ")
}

// table writes a table on a sheet of its own, with a column for its sources.
func (b *book) table(t Table) {
	sheet := b.sheet(cmp.Or(b.title, b.v.say(t.Caption)))
	heads := len(t.Columns)
	b.wide(sheet, 1, 1, 34)
	b.wide(sheet, 2, heads, 18)
	b.wide(sheet, heads+1, heads+1, 48)
	for i, c := range t.Columns {
		b.text(sheet, i+1, 1, b.v.head(c), true)
	}
	b.text(sheet, heads+1, 1, b.v.text("report.source"), true)
	row := 1
	for _, r := range t.Rows {
		row++
		for i, c := range r.Cells {
			b.cell(sheet, i+1, row, c, r.Total || r.Group)
		}
		b.text(sheet, heads+1, row, b.from(rowNotes(r)), false)
		if r.Room {
			b.check(b.file.SetRowHeight(sheet, row, 36))
		}
		for _, u := range r.Under {
			row++
			b.below(sheet, row, heads+1, "   "+b.v.under(u, b.noted))
		}
	}
	b.put(false, b.v.text("report.on-sheet", honne.Text("sheet", sheet)))
}

// below writes a text under a row, across the table.
func (b *book) below(sheet string, row, last int, s string) {
	b.text(sheet, 1, row, s, false)
	end, err := excelize.CoordinatesToCellName(last, row)
	b.check(err)
	b.check(b.file.MergeCell(sheet, "A"+strconv.Itoa(row), end))
	total := 0.0
	for n := 1; n <= last; n++ {
		total += b.widths[place{sheet, n}]
	}
	lines := int(math.Ceil(float64(columns(s)) * 1.05 / total))
	b.check(b.file.SetRowHeight(sheet, row, float64(max(lines, 1))*14))
}

// sheet adds a sheet whose first row stays.
func (b *book) sheet(title string) string {
	name := b.name(title)
	_, err := b.file.NewSheet(name)
	b.check(err)
	b.check(b.file.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	b.onPaper(name)
	return name
}

// onPaper has a sheet printed on A4, all of its columns on a page.
func (b *book) onPaper(sheet string) {
	landscape, a4, wide, high, fit := "landscape", 9, 1, 0, true
	b.check(b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &wide, FitToHeight: &high}))
	b.check(b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
}

// cell writes a cell of a table: one figure as a number, all else as words.
func (b *book) cell(sheet string, column, row int, c Cell, bold bool) {
	if shape, word := b.v.level(c.Level); word != "" {
		b.text(sheet, column, row, strings.TrimLeft(shape+" "+word, " "), bold)
		return
	}
	if len(c.Line) == 1 && c.Line[0].Figure != nil {
		b.figure(sheet, column, row, *c.Line[0].Figure, bold, true)
		return
	}
	text := "—"
	if len(c.Line) > 0 {
		text = b.v.line(c.Line)
	}
	b.text(sheet, column, row, text, bold)
}

// sources writes every range of every note, one a row.
func (b *book) sources() {
	if len(b.doc.Sources) == 0 {
		return
	}
	sheet := b.sheet(b.v.text("report.sources"))
	b.text(sheet, 1, 1, b.v.text("report.number"), true)
	b.text(sheet, 2, 1, b.v.text("report.source"), true)
	b.wide(sheet, 2, 2, 90)
	row := 1
	put := func(n int, text string) {
		row++
		b.check(b.file.SetCellInt(sheet, "A"+strconv.Itoa(row), int64(n)))
		b.text(sheet, 2, row, text, false)
	}
	for i, s := range b.doc.Sources {
		for _, r := range s.Ranges {
			put(i+1, r)
		}
		if rest := (Source{Say: s.Say, More: s.More}); !rest.Say.IsZero() || rest.More > 0 {
			put(i+1, b.v.source(rest))
		}
	}
}
