package pdf

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"math"
	"slices"
)

const (
	maxObjects = 500_000
	maxUpdates = 1000    // tables one before the other
	maxTable   = 8 << 20 // bytes of a table that is a stream
)

// openDocument finds the objects of a file, and opens it with a password.
func openDocument(ctx context.Context, r io.ReaderAt, size int64, limits Limits, password string) (*document, error) {
	d := &document{ctx: ctx, r: r, size: size, limits: limits, password: password, cache: map[int32]any{}, packed: map[int32]*objectStream{}}
	err := d.readTables()
	if err == nil && d.dict(d.dict(d.trailer["Root"])["Pages"]) == nil {
		err = damaged("no pages")
	}
	if err != nil && !d.rebuilt && !errors.Is(err, errLimit) && ctx.Err() == nil {
		err = d.rebuild()
	}
	if err == nil {
		err = d.decrypt()
	}
	return d, err
}

// decrypt makes the key of an encrypted file, once.
func (d *document) decrypt() error {
	e := d.dict(d.trailer["Encrypt"])
	if e == nil || d.crypt != nil {
		return nil
	}
	c, err := newCrypt(d, e, d.password)
	if err != nil {
		return err
	}
	d.crypt = c
	clear(d.cache)
	clear(d.packed)
	return nil
}

// readTables reads the tables of objects, the newest first.
func (d *document) readTables() error {
	at, err := d.start()
	if err != nil {
		return err
	}
	d.xref, d.trailer = map[int32]entry{}, dict{}
	seen := map[int64]bool{}
	for range maxUpdates {
		if seen[at] {
			return nil
		}
		seen[at] = true
		t, err := d.readTable(at)
		if err != nil {
			return err
		}
		for k, v := range t {
			if _, newer := d.trailer[k]; !newer {
				d.trailer[k] = v
			}
		}
		if hybrid, ok := t["XRefStm"].(float64); ok && !seen[int64(hybrid)] {
			seen[int64(hybrid)] = true
			if _, err := d.readTable(int64(hybrid)); err != nil {
				return err
			}
		}
		before, ok := t["Prev"].(float64)
		if !ok {
			return nil
		}
		at = int64(before)
	}
	return errLimit
}

// start finds the newest table at the end of the file.
func (d *document) start() (int64, error) {
	tail := make([]byte, min(d.size, 2048))
	if _, err := d.r.ReadAt(tail, d.size-int64(len(tail))); err != nil && err != io.EOF {
		return 0, err
	}
	i := bytes.LastIndex(tail, []byte("startxref"))
	if i < 0 {
		return 0, damaged("no startxref")
	}
	l := newLexer(bytes.NewReader(tail[i+len("startxref"):]))
	if n, ok := mustNext(l).(float64); ok && n >= 0 {
		return int64(n), nil
	}
	return 0, damaged("no startxref")
}

// readTable reads a table at an offset and returns its trailer.
func (d *document) readTable(at int64) (dict, error) {
	if at < 0 || at >= d.size {
		return nil, damaged("table beyond the end")
	}
	l := newLexer(io.NewSectionReader(d.r, at, d.size-at))
	if v, err := l.next(); err != nil || v != keyword("xref") {
		return d.readStreamTable(at)
	}
	for {
		l.items = maxItems
		v, err := l.next()
		switch n := v.(type) {
		case keyword:
			if err != nil || n != "trailer" {
				return nil, damaged("table")
			}
			return l.trailer()
		case float64:
			if err := d.readSection(l, n); err != nil {
				return nil, err
			}
		default:
			return nil, damaged("table")
		}
	}
}

func (l *lexer) trailer() (dict, error) {
	v, err := l.next()
	if err == nil && v == keyword("<<") {
		v, err = l.several("<<", 0)
	}
	if t, ok := v.(dict); ok && err == nil {
		return t, nil
	}
	return nil, damaged("trailer")
}

// readSection reads the objects that a table numbers from first on.
func (d *document) readSection(l *lexer, first float64) error {
	count, ok := mustNext(l).(float64)
	if !ok || first < 0 || count < 0 || first+count > math.MaxInt32 {
		return damaged("table")
	}
	for i := range int(count) {
		l.items = maxItems
		at, isAt := mustNext(l).(float64)
		_, isGen := mustNext(l).(float64)
		kind, isWord := mustNext(l).(keyword)
		if !isAt || !isGen || !isWord {
			return damaged("table")
		}
		if kind == "n" {
			if err := d.note(int32(first)+int32(i), entry{at: int64(at)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// mustNext is the next value, nil where there is none.
func mustNext(l *lexer) any {
	v, err := l.next()
	if err != nil {
		return nil
	}
	return v
}

// note keeps where an object stands; a newer table said it already.
func (d *document) note(num int32, e entry) error {
	if _, newer := d.xref[num]; newer {
		return nil
	}
	if len(d.xref) >= maxObjects {
		return errLimit
	}
	d.xref[num] = e
	return nil
}

// readStreamTable reads a table that is a stream (ISO 32000-1, 7.5.8).
func (d *document) readStreamTable(at int64) (dict, error) {
	_, v, err := d.readAt(at)
	s, ok := v.(*stream)
	if err != nil || !ok || s.dict["Type"] != name("XRef") {
		return nil, damaged("no table at %d", at)
	}
	data, err := d.whole(s, maxTable)
	if err != nil {
		return nil, err
	}
	var width [3]int
	for i, w := range d.array(s.dict["W"]) {
		if n, ok := w.(float64); ok && i < 3 && n >= 0 && n <= 8 {
			width[i] = int(n)
		}
	}
	index := d.array(s.dict["Index"])
	if len(index) == 0 {
		index = array{0.0, s.dict["Size"]}
	}
	t := streamTable{data: data, width: width}
	for i := 0; i+1 < len(index); i += 2 {
		from, isFrom := index[i].(float64)
		count, isCount := index[i+1].(float64)
		if !isFrom || !isCount || from < 0 || count < 0 || from+count > math.MaxInt32 {
			return nil, damaged("table")
		}
		for n := int32(from); n < int32(from+count) && t.more(); n++ {
			if e, used := t.next(); used {
				if err := d.note(n, e); err != nil {
					return nil, err
				}
			}
		}
	}
	return s.dict, nil
}

// streamTable reads the rows of a table that is a stream.
type streamTable struct {
	data  []byte
	width [3]int
}

func (t *streamTable) more() bool {
	size := t.width[0] + t.width[1] + t.width[2]
	return size > 0 && len(t.data) >= size
}

func (t *streamTable) next() (e entry, used bool) {
	var field [3]uint64
	for i, w := range t.width {
		for _, b := range t.data[:w] {
			field[i] = field[i]<<8 | uint64(b)
		}
		t.data = t.data[w:]
	}
	if t.width[0] == 0 {
		field[0] = 1
	}
	switch {
	case field[0] == 1 && field[1] < math.MaxInt64:
		return entry{at: int64(field[1])}, true
	case field[0] == 2 && field[1] > 0 && field[1] < math.MaxInt32:
		return entry{stream: int32(field[1])}, true
	}
	return e, false
}

// rebuild makes the table anew from the objects that are there: a file that was
// cut off, or changed by a program that did not know what it did.
func (d *document) rebuild() error {
	d.rebuilt = true
	d.xref, d.trailer = map[int32]entry{}, dict{}
	clear(d.cache)
	clear(d.packed)
	if err := d.scan(); err != nil {
		return err
	}
	numbers := slices.SortedFunc(maps.Keys(d.xref), func(a, b int32) int { return cmp.Compare(d.xref[a].at, d.xref[b].at) })
	var packs []int32
	var catalog ref
	for _, num := range numbers {
		_, v, err := d.readAt(d.xref[num].at)
		if err != nil || d.ctx.Err() != nil {
			continue
		}
		object, isDict := v.(dict)
		s, isStream := v.(*stream)
		switch {
		case isDict && object["Type"] == name("Catalog"):
			catalog = ref{num: num}
		case isStream && s.dict["Type"] == name("ObjStm"):
			packs = append(packs, num)
		case isStream && s.dict["Type"] == name("XRef"):
			d.adopt(s.dict)
		}
	}
	if err := d.decrypt(); err != nil {
		return err
	}
	if err := d.unpackAll(packs); err != nil {
		return err
	}
	if d.dict(d.dict(d.trailer["Root"])["Pages"]) == nil && catalog != (ref{}) {
		d.trailer["Root"] = catalog
	}
	if d.trailer["Root"] == nil {
		return damaged("no catalogue")
	}
	return nil
}

// adopt takes the trailer of a damaged file, the last one being the newest.
func (d *document) adopt(t dict) {
	for _, k := range [...]name{"Root", "Encrypt", "ID"} {
		if v := t[k]; v != nil {
			d.trailer[k] = v
		}
	}
}

// scan notes every object of the file, the last of a number being the newest.
func (d *document) scan() error {
	r := bufio.NewReaderSize(io.NewSectionReader(d.r, 0, d.size), 64<<10)
	for at := int64(0); ; {
		if err := d.ctx.Err(); err != nil {
			return err
		}
		part, err := r.ReadSlice('\n')
		if len(part) == 0 && err != nil {
			break
		}
		if err := d.scanLine(part, at); err != nil {
			return err
		}
		at += int64(len(part))
		if err != nil && err != bufio.ErrBufferFull {
			break
		}
	}
	if len(d.xref) == 0 {
		return damaged("no objects")
	}
	return nil
}

// scanLine looks for objects and trailers in a line, which may end with \r only.
func (d *document) scanLine(line []byte, at int64) error {
	for from := 0; ; {
		i := bytes.Index(line[from:], []byte("obj"))
		if i < 0 {
			break
		}
		i += from
		from = i + 3
		if start, num, ok := objectBefore(line[:i]); ok {
			if len(d.xref) >= maxObjects {
				return errLimit
			}
			d.xref[num] = entry{at: at + int64(start)}
		}
	}
	if i := bytes.Index(line, []byte("trailer")); i >= 0 {
		begin := at + int64(i) + int64(len("trailer"))
		l := newLexer(io.NewSectionReader(d.r, begin, d.size-begin))
		if t, err := l.trailer(); err == nil {
			d.adopt(t)
		}
	}
	return nil
}

// objectBefore reads the two numbers at the end of a line that stand before obj.
func objectBefore(line []byte) (start int, num int32, ok bool) {
	i := len(line)
	digits := func() (from, to int) {
		for i > 0 && isSpace(int(line[i-1])) {
			i--
		}
		to = i
		for i > 0 && line[i-1] >= '0' && line[i-1] <= '9' {
			i--
		}
		return i, to
	}
	genFrom, genTo := digits()
	numFrom, numTo := digits()
	if genFrom == genTo || numFrom == numTo || numTo == genFrom || numTo-numFrom > 9 {
		return 0, 0, false
	}
	n := int32(0)
	for _, c := range line[numFrom:numTo] {
		n = n*10 + int32(c-'0')
	}
	return numFrom, n, true
}

// unpackAll notes the objects in streams of objects.
func (d *document) unpackAll(packs []int32) error {
	for _, of := range packs {
		p, err := d.unpack(of)
		if errors.Is(err, errLimit) || d.ctx.Err() != nil {
			return errLimit
		}
		if err != nil {
			continue
		}
		for _, num := range slices.Sorted(maps.Keys(p.at)) {
			if err := d.note(num, entry{stream: of}); err != nil {
				return err
			}
			if d.trailer["Root"] == nil && d.dict(ref{num: num})["Type"] == name("Catalog") {
				d.trailer["Root"] = ref{num: num}
			}
		}
	}
	return nil
}
