package office

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// loader reads the parts of a document into a Book.
type loader struct {
	parts    *parts
	book     *Book
	headings map[string]bool // Word: styles of headings and captions

	stack   []*builder      // the tables that are open
	para    strings.Builder // the paragraph outside of tables
	isHead  bool            // it is a heading
	heading string          // the last one
	before  []string        // short paragraphs since
	prose   int             // sentences since the last of them
	isTitle bool            // PowerPoint: within the title's shape
	hidden  bool            // PowerPoint: of a hidden slide
	ghost   int             // how many elements deep in what is not read

	cells, merges, bytes int // so far, in all tables
}

// document reads a Word document.
func (l *loader) document(main string) error {
	relations, err := l.parts.relations(main)
	if err != nil {
		return err
	}
	l.headings = map[string]bool{}
	for _, r := range relations {
		if r.kind == "styles" && l.parts.files[r.target] != nil {
			if err := l.styles(r.target); err != nil {
				return err
			}
		}
	}
	return l.walk(main)
}

// styles learns which styles are headings: by name, since the ids differ from
// language to language, or by their level in the outline.
func (l *loader) styles(part string) error {
	id := ""
	return l.parts.walk(part, func(t xml.Token, _ []string) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		switch e.Name.Local {
		case "style":
			id = attr(e, "styleId")
		case "name":
			name := strings.ToLower(attr(e, "val"))
			if strings.HasPrefix(name, "heading ") || name == "title" || name == "caption" {
				l.headings[id] = true
			}
		case "outlineLvl":
			l.headings[id] = l.headings[id] || isLevel(attr(e, "val"))
		}
		return nil
	})
}

// isLevel reports whether a level of the outline is one of headings; 9 is body
// text (ECMA-376 part 1, 17.3.1.20).
func isLevel(s string) bool { return len(s) == 1 && s[0] >= '0' && s[0] < '9' }

// presentation reads the slides in their order.
func (l *loader) presentation(main string) error {
	relations, err := l.parts.relations(main)
	if err != nil {
		return err
	}
	var slides []string
	err = l.parts.walk(main, func(t xml.Token, _ []string) error {
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "sldId" {
			return nil
		}
		if slides = append(slides, relatedID(e)); len(slides) > maxTables {
			return &Error{Code: CodeTooLarge, Detail: "number of slides"}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range slides {
		i := slices.IndexFunc(relations, func(r relation) bool { return r.id == id })
		if i < 0 {
			return &Error{Code: CodeMissingPart, Part: main, Detail: "slide " + strconv.Quote(id)}
		}
		if err := l.slide(relations[i].target); err != nil {
			return err
		}
	}
	return nil
}

// relatedID returns r:id, which stands beside an id without prefix.
func relatedID(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

// slide reads a slide. Its title may stand behind its tables in the file.
func (l *loader) slide(part string) error {
	from := len(l.book.tables)
	l.heading, l.hidden = "", false
	if err := l.walk(part); err != nil {
		return err
	}
	for _, t := range l.book.tables[from:] {
		t.heading, t.hidden, t.before = l.heading, l.hidden, l.before
	}
	l.before = nil
	return nil
}

// walk reads the body of a document or a slide; tables without a text are
// dropped at the end, when all are known.
func (l *loader) walk(part string) error {
	from := len(l.book.tables)
	err := l.parts.walk(part, func(t xml.Token, around []string) error {
		switch t := t.(type) {
		case xml.StartElement:
			return l.start(t, around)
		case xml.EndElement:
			return l.end(t.Name.Local)
		case xml.CharData:
			if l.ghost == 0 && len(around) > 0 && around[len(around)-1] == "t" {
				return l.write(string(t))
			}
		}
		return nil
	})
	l.book.tables = append(l.book.tables[:from], slices.DeleteFunc(l.book.tables[from:], func(t *table) bool { return len(t.rows) == 0 })...)
	return err
}

// isGhost knows elements that repeat or undo what stands elsewhere: the
// fallback of a drawing, furigana, text that was moved away, and properties as
// they were before a change.
func isGhost(name string) bool {
	switch name {
	case "Fallback", "rt", "moveFrom", "del", "pPrChange", "rPrChange", "tcPrChange", "trPrChange", "tblPrChange":
		return true
	}
	return false
}

// start handles the start of an element.
func (l *loader) start(e xml.StartElement, around []string) error {
	name := e.Name.Local
	if l.ghost > 0 || isGhost(name) {
		l.ghost++
		return nil
	}
	switch name {
	case "tbl":
		return l.beginTable()
	case "sld":
		l.hidden = attr(e, "show") == "0" || attr(e, "show") == "false"
	case "sp":
		l.isTitle = false
	case "ph":
		l.isTitle = attr(e, "type") == "title" || attr(e, "type") == "ctrTitle"
	case "br", "cr":
		return l.write("\n")
	case "tab":
		if !within(around, "tabs") { // a stop, not a sign
			return l.write("\t")
		}
	case "noBreakHyphen":
		return l.write("-")
	case "pStyle":
		l.isHead = l.isHead || len(l.stack) == 0 && l.headings[attr(e, "val")]
	case "outlineLvl":
		l.isHead = l.isHead || len(l.stack) == 0 && isLevel(attr(e, "val"))
	default:
		if len(l.stack) > 0 {
			return l.inTable(l.stack[len(l.stack)-1], e)
		}
	}
	return nil
}

// inTable handles rows, cells and what they say of their size.
func (l *loader) inTable(b *builder, e xml.StartElement) error {
	switch e.Name.Local {
	case "tr":
		return b.beginRow()
	case "gridBefore":
		b.col = max(b.col, min(count(attr(e, "val"), 0), maxCol))
	case "tc":
		b.beginCell()
		if l.book.kind == Presentation {
			b.span.cols, b.span.rows = count(attr(e, "gridSpan"), 1), count(attr(e, "rowSpan"), 1)
			b.span.goesOn = isTrue(attr(e, "hMerge")) || isTrue(attr(e, "vMerge"))
		}
	case "gridSpan":
		b.span.cols = count(attr(e, "val"), 1)
	case "vMerge":
		b.span.begins = attr(e, "val") == "restart"
		b.span.goesOn = !b.span.begins
	}
	return nil
}

func isTrue(s string) bool { return s == "1" || s == "true" }

// count reads a number of rows or columns; what is none, or too small, is least.
func count(s string, least int32) int32 {
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil || n < int64(least) {
		return least
	}
	return int32(min(n, maxRow))
}

// end handles the end of an element.
func (l *loader) end(name string) error {
	if l.ghost > 0 {
		l.ghost--
		return nil
	}
	if len(l.stack) == 0 {
		if name == "p" {
			return l.endParagraph()
		}
		return nil
	}
	b := l.stack[len(l.stack)-1]
	switch name {
	case "p":
		if b.open {
			return l.write("\n")
		}
	case "tc":
		return l.endCell(b)
	case "tr":
		b.endRow()
	case "tbl":
		b.end()
		l.stack = l.stack[:len(l.stack)-1]
	}
	return nil
}

func (l *loader) beginTable() error {
	if len(l.book.tables) >= maxTables {
		return &Error{Code: CodeTooLarge, Detail: "number of tables"}
	}
	t := &table{heading: l.heading}
	if len(l.stack) == 0 && l.book.kind == Document {
		t.before, l.before = l.before, nil
	}
	l.book.tables = append(l.book.tables, t)
	l.stack = append(l.stack, &builder{table: t})
	return nil
}

// endCell closes a cell within what all tables together may hold.
func (l *loader) endCell(b *builder) error {
	merges := len(b.table.merges)
	if err := b.endCell(l.book.kind); err != nil {
		return err
	}
	l.merges += len(b.table.merges) - merges
	if l.cells++; l.cells > maxCells || l.merges > maxMerges {
		return &Error{Code: CodeTooLarge, Detail: "number of cells"}
	}
	return nil
}

// write adds to the cell or the paragraph in which the text stands. What
// stands in a table but in no cell is lost, as nobody sees it.
func (l *loader) write(s string) error {
	if l.bytes += len(s); l.bytes > maxTexts {
		return &Error{Code: CodeTooLarge, Detail: "texts"}
	}
	if len(l.stack) == 0 {
		l.para.WriteString(s)
	} else if b := l.stack[len(l.stack)-1]; b.open {
		b.text.WriteString(s)
	}
	return nil
}

// endParagraph keeps the paragraph, and as the heading of what follows if it
// is one.
func (l *loader) endParagraph() error {
	text := strings.TrimSpace(l.para.String())
	isHead := l.isHead || l.isTitle
	l.isHead = false
	l.para.Reset()
	if text == "" {
		return nil
	}
	if l.bytes += overhead; l.bytes > maxTexts {
		return &Error{Code: CodeTooLarge, Detail: "texts"}
	}
	l.book.texts = append(l.book.texts, text)
	l.captions(text, isHead)
	if isHead && l.isTitle && l.heading != "" {
		text = l.heading + " " + text
	}
	if isHead {
		l.heading = text
	}
	return nil
}

// captions keeps a short paragraph of a document, which may name the table after it;
// a heading begins anew, and so does prose of more than the sentence or two that lead
// from a title to its table (実績は下記の通りです。).
func (l *loader) captions(text string, isHead bool) {
	const most, longest, leading = 3, 40, 2
	prose := utf8.RuneCountInString(text) > longest || strings.ContainsAny(text, "。、")
	if l.prose++; prose && !isHead && l.prose <= leading {
		if from := strings.LastIndexAny(text, "(（"); from >= 0 && strings.Contains(text[from:], "単位") {
			l.before = append(l.before, text[from:]) // 売上は次のとおり。（単位：千円）
		}
		return
	}
	l.prose = 0
	if l.book.kind == Presentation {
		if !isHead && !prose && (strings.Contains(text, "単位") || strings.HasPrefix(strings.ToLower(text), "unit")) {
			l.before = append(l.before, text) // what else stands on a slide may be of a picture
		}
		return
	}
	if isHead || prose {
		l.before = nil
		return
	}
	if l.before = append(l.before, text); len(l.before) > most {
		l.before = slices.Clone(l.before[1:])
	}
}

// overhead is what a paragraph costs beside its text.
const overhead = 32
