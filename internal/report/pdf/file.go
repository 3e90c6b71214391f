// Package pdf writes PDF 1.7: pages of text, lines and areas, with their
// structure (tags), language, title and outline. It owns the fonts that
// documents carry and the bytes of the file; it refuses to lay anything out: who
// draws says where. Text is text in the order in which it is drawn, each sign as
// it was given, also where the font lacks it and 〓 is drawn. There is no clock
// in it: the same drawing is the same bytes.
package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Info is what a file says of itself; all of it can be seen by who receives it.
type Info struct {
	Title, Author string
	Language      string // en, ja
}

// File is a PDF being drawn.
type File struct {
	info     Info
	faces    [2]*used // regular, bold
	pages    []*Page
	root     *Elem
	outline  []entry
	lacking  []string
	reported map[string]bool
}

// entry is a line of the outline.
type entry struct {
	level int
	title string
	page  *Page
	y     float64
}

// New begins a file; its fonts are part of the program.
func New(info Info) (*File, error) {
	faces, err := unpacked()
	if err != nil {
		return nil, err
	}
	return &File{info: info, root: &Elem{tag: "Document"}, reported: map[string]bool{}, faces: [2]*used{faces[0].use(), faces[1].use()}}, nil
}

// Root is the element of the whole document.
func (f *File) Root() *Elem { return f.root }

// Pages lists the pages in order.
func (f *File) Pages() []*Page { return f.pages }

// Lacking lists the signs that the font lacks and 〓 stands for, each once, in
// the order in which they were drawn.
func (f *File) Lacking() []string { return f.lacking }

// Outline adds a line to the outline that leads to a place; levels count from 1.
func (f *File) Outline(level int, title string, page *Page, y float64) {
	f.outline = append(f.outline, entry{level, title, page, y})
}

// Width is the width of a text at a size, in points.
func (f *File) Width(text string, size float64, bold bool) float64 {
	u, n := f.face(bold), 0
	for sign := range Signs(text) {
		n += u.width(sign)
	}
	return float64(n) * size / 1000
}

func (f *File) face(bold bool) *used {
	if bold {
		return f.faces[1]
	}
	return f.faces[0]
}

// width is the advance of a sign, in thousandths of the size; what only
// formats takes no room.
func (u *used) width(sign string) int {
	if r, _ := utf8.DecodeRuneInString(sign); unicode.Is(unicode.Cf, r) {
		return 0
	}
	glyph, _ := u.glyph(sign)
	return u.advance(glyph)
}

// ref is the number of an object.
type ref int

func (r ref) String() string { return strconv.Itoa(int(r)) + " 0 R" }

// writer puts objects into a file: streams as they come, the others packed
// together at its end.
type writer struct {
	out    bytes.Buffer
	places [][2]int // by number: where it begins, or the pack it is in and its place there
	packed []ref
	texts  []string
}

func (w *writer) next() ref {
	w.places = append(w.places, [2]int{-1, 0})
	return ref(len(w.places))
}

// object writes an object that is no stream.
func (w *writer) object(r ref, text string) {
	w.packed, w.texts = append(w.packed, r), append(w.texts, text)
}

// stream writes data, compressed, with further keys.
func (w *writer) stream(r ref, keys string, data []byte) {
	var z bytes.Buffer
	c := zlib.NewWriter(&z)
	c.Write(data)
	c.Close()
	w.places[r-1] = [2]int{w.out.Len(), -1}
	fmt.Fprintf(&w.out, "%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>stream\n", r, keys, z.Len())
	w.out.Write(z.Bytes())
	w.out.WriteString("\nendstream\nendobj\n")
}

// packSize is how many objects share one compressed stream.
const packSize = 200

func (w *writer) pack() {
	for i := 0; i < len(w.packed); i += packSize {
		n := min(packSize, len(w.packed)-i)
		var index, body strings.Builder
		pack := w.next()
		for k, r := range w.packed[i : i+n] {
			w.places[r-1] = [2]int{int(pack), k}
			fmt.Fprintf(&index, "%d %d ", r, body.Len())
			body.WriteString(w.texts[i+k] + "\n")
		}
		w.stream(pack, fmt.Sprintf("/Type/ObjStm/N %d/First %d", n, index.Len()), []byte(index.String()+body.String()))
	}
}

// finish writes where every object stands, and the end of the file.
func (w *writer) finish(root, info ref) {
	w.pack()
	self := w.next()
	at := w.out.Len()
	w.places[self-1] = [2]int{at, -1}
	table := []byte{0, 0, 0, 0, 0, 0xFF, 0xFF}
	for _, p := range w.places {
		kind, second := byte(2), p[1]
		if p[1] < 0 {
			kind, second = 1, 0
		}
		table = append(table, kind, byte(p[0]>>24), byte(p[0]>>16), byte(p[0]>>8), byte(p[0]), byte(second>>8), byte(second))
	}
	sum := sha256.Sum256(w.out.Bytes())
	id := hex.EncodeToString(sum[:16])
	w.stream(self, fmt.Sprintf("/Type/XRef/Size %d/W[1 4 2]/Root %s/Info %s/ID[<%s><%s>]", len(w.places)+1, root, info, id, id), table)
	fmt.Fprintf(&w.out, "startxref\n%d\n%%%%EOF\n", at)
}

// WriteTo writes the file.
func (f *File) WriteTo(out io.Writer) (int64, error) {
	w := &writer{}
	w.out.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	catalog, info, pages := w.next(), w.next(), w.next()
	for _, p := range f.pages {
		p.ref = w.next()
	}
	fonts := "<</F1 " + w.font(f.faces[0]).String() + "/F2 " + w.font(f.faces[1]).String() + ">>"
	tree := w.structure(f.root, f.pages)
	kids := make([]string, len(f.pages))
	for i, p := range f.pages {
		kids[i] = p.ref.String()
		content := w.next()
		w.stream(content, "", p.content.Bytes())
		w.object(p.ref, fmt.Sprintf("<</Type/Page/Parent %s/MediaBox[0 0 %s %s]/Resources<</Font%s>>/Contents %s/StructParents %d/Tabs/S>>",
			pages, number(p.W), number(p.H), fonts, content, i))
	}
	w.object(pages, fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(kids), strings.Join(kids, " ")))
	w.object(info, "<</Title"+text(f.info.Title)+"/Author"+text(f.info.Author)+">>")
	more := ""
	if len(f.outline) > 0 {
		more = "/Outlines " + w.outlines(f.outline).String() + "/PageMode/UseOutlines"
	}
	w.object(catalog, fmt.Sprintf("<</Type/Catalog/Pages %s/Lang%s/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/StructTreeRoot %s%s>>",
		pages, text(f.info.Language), tree, more))
	w.finish(catalog, info)
	return w.out.WriteTo(out)
}

// font writes a face as it is used, with what each of its signs means as text.
func (w *writer) font(u *used) ref {
	data := u.trueType()
	file, descriptor, cid, meaning, font := w.next(), w.next(), w.next(), w.next(), w.next()
	name := subsetTag(data) + "+" + u.name
	w.stream(file, "/Length1 "+strconv.Itoa(len(data)), data)
	scale := func(n uint16) int { return int(int16(n)) * 1000 / u.upem }
	head, hhea := u.tables["head"], u.tables["hhea"]
	ascent, descent := scale(u16(hhea[4:])), scale(u16(hhea[6:]))
	w.object(descriptor, fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV 80/FontFile2 %s>>",
		name, scale(u16(head[36:])), scale(u16(head[38:])), scale(u16(head[40:])), scale(u16(head[42:])), ascent, descent, ascent, file))
	widths := make([]string, len(u.signs))
	for i, sign := range u.signs {
		widths[i] = strconv.Itoa(u.width(sign))
	}
	w.object(cid, fmt.Sprintf("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %s/CIDToGIDMap/Identity/DW 1000/W[0[%s]]>>",
		name, descriptor, strings.Join(widths, " ")))
	w.stream(meaning, "", u.meaning())
	w.object(font, fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%s]/ToUnicode %s>>", name, cid, meaning))
	return font
}

// subsetTag is the six letters before the name of a font that is not whole.
func subsetTag(data []byte) string {
	sum := sha256.Sum256(data)
	for i := range 6 {
		sum[i] = 'A' + sum[i]%26
	}
	return string(sum[:6])
}

// meaning is the table from signs back to text.
func (u *used) meaning() []byte {
	var b strings.Builder
	b.WriteString("/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<0000><FFFF>endcodespacerange\n")
	for first := 1; first < len(u.signs); first += 100 {
		last := min(first+100, len(u.signs))
		fmt.Fprintf(&b, "%d beginbfchar\n", last-first)
		for n := first; n < last; n++ {
			fmt.Fprintf(&b, "<%04X><%s>\n", n, utf16Hex(u.signs[n]))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap CMapName currentdict/CMap defineresource pop end end")
	return []byte(b.String())
}

// text is a string of a file, in UTF-16.
func text(s string) string { return "<FEFF" + utf16Hex(s) + ">" }

func utf16Hex(s string) string {
	var b strings.Builder
	for _, n := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", n)
	}
	return b.String()
}

// number writes a length with at most two decimals, the same on every platform.
func number(f float64) string {
	s := strconv.FormatFloat(f, 'f', 2, 64)
	s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	if s == "-0" || s == "" {
		return "0"
	}
	return s
}

// outlines writes the outline as a tree by the levels of its lines.
func (w *writer) outlines(list []entry) ref {
	root := w.next()
	refs := make([]ref, len(list))
	for i := range list {
		refs[i] = w.next()
	}
	parents, kids := tree(root, refs, list)
	ends := func(r ref) string {
		k := kids[r]
		if len(k) == 0 {
			return ""
		}
		return fmt.Sprintf("/First %s/Last %s/Count %d", refs[k[0]], refs[k[len(k)-1]], len(k))
	}
	for i, e := range list {
		siblings, beside := kids[parents[i]], ""
		at := slices.Index(siblings, i)
		if at > 0 {
			beside += "/Prev " + refs[siblings[at-1]].String()
		}
		if at < len(siblings)-1 {
			beside += "/Next " + refs[siblings[at+1]].String()
		}
		w.object(refs[i], fmt.Sprintf("<</Title%s/Parent %s%s%s/Dest[%s/XYZ null %s null]>>", text(e.title), parents[i], beside, ends(refs[i]), e.page.ref, number(e.page.H-e.y)))
	}
	w.object(root, "<</Type/Outlines"+ends(root)+">>")
	return root
}

// tree puts each entry under the last before it of a higher level.
func tree(root ref, refs []ref, list []entry) (parents []ref, kids map[ref][]int) {
	kids = map[ref][]int{}
	for i, e := range list {
		parent := root
		for k := i - 1; k >= 0 && parent == root; k-- {
			if list[k].level < e.level {
				parent = refs[k]
			}
		}
		parents = append(parents, parent)
		kids[parent] = append(kids[parent], i)
	}
	return parents, kids
}
