package pdf

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
)

// document gives the objects of a file. It is not safe for concurrent use.
type document struct {
	ctx      context.Context
	r        io.ReaderAt
	size     int64
	limits   Limits
	xref     map[int32]entry
	trailer  dict
	crypt    *crypt
	password string
	rebuilt  bool  // the table of objects was made anew
	depth    int   // objects being read, each for the sake of the one before
	decoded  int64 // bytes of all streams so far
	fatal    error // a limit of the file was met
	cache    map[int32]any
	packed   map[int32]*objectStream
}

// entry says where an object stands: at an offset, or as the n-th in a stream of
// objects.
type entry struct {
	at     int64
	stream int32 // 0 for none
}

// stream is a stream of the file, its bytes not yet read.
type stream struct {
	dict
	at int64
	of ref
}

// objectStream is an unpacked stream of objects (ISO 32000-1, 7.5.7).
type objectStream struct {
	data []byte
	at   map[int32]int
}

const (
	maxNested  = 40      // objects that need others to be read
	maxCached  = 4096    // objects kept
	maxStreams = 8       // streams of objects kept
	maxPacked  = 8 << 20 // bytes of a stream of objects
)

// resolve returns the value that a reference leads to; what is missing or
// damaged is nil, as the format has it.
func (d *document) resolve(v any) any {
	for range maxNested {
		r, is := v.(ref)
		if !is {
			return v
		}
		v = d.object(r)
	}
	return nil
}

func (d *document) object(r ref) any {
	if v, known := d.cache[r.num]; known {
		return v
	}
	if d.depth >= maxNested || d.fatal != nil || d.ctx.Err() != nil {
		return nil
	}
	d.depth++
	v, err := d.read(r)
	d.depth--
	if err != nil && !d.rebuilt && d.xref != nil && !errors.Is(err, errLimit) {
		if d.rebuild() == nil {
			return d.object(r)
		}
	}
	if len(d.cache) >= maxCached {
		clear(d.cache)
	}
	d.cache[r.num] = v
	return v
}

// read reads an object where the table says that it stands.
func (d *document) read(r ref) (any, error) {
	e, known := d.xref[r.num]
	switch {
	case !known:
		return nil, nil
	case e.stream != 0:
		return d.packedObject(e.stream, r.num)
	}
	num, v, err := d.readAt(e.at)
	if err == nil && num.num != r.num {
		return nil, damaged("object %d where %d should stand", num.num, r.num)
	}
	if err == nil && d.crypt != nil {
		v = d.crypt.value(v, num)
	}
	return v, err
}

// readAt reads an object with its number.
func (d *document) readAt(at int64) (of ref, v any, err error) {
	if at < 0 || at >= d.size {
		return of, nil, damaged("object beyond the end")
	}
	l := newLexer(io.NewSectionReader(d.r, at, d.size-at))
	defer func() { d.charge(int(l.pos) + 64) }()
	list, end, err := l.values(0)
	if err != nil || len(list) != 2 || end != "obj" {
		return of, nil, damaged("no object at %d", at)
	}
	num, isNum := list[0].(float64)
	gen, isGen := list[1].(float64)
	if !isNum || !isGen || num < 0 || num >= math.MaxInt32 || gen < 0 || gen >= math.MaxInt32 {
		return of, nil, damaged("no object at %d", at)
	}
	of = ref{int32(num), int32(gen)}
	list, end, err = l.values(0)
	if err != nil && err != io.EOF {
		return of, nil, err
	}
	if len(list) == 0 {
		return of, nil, nil
	}
	v = list[len(list)-1]
	if dict, ok := v.(dict); ok && end == "stream" {
		c := l.read()
		if c == '\r' {
			c = l.read()
		}
		if c != '\n' {
			l.unread(c)
		}
		v = &stream{dict, at + l.pos, of}
	}
	return of, v, nil
}

// packedObject reads an object of a stream of objects.
func (d *document) packedObject(of, num int32) (any, error) {
	p, known := d.packed[of]
	if !known {
		var err error
		if p, err = d.unpack(of); err != nil {
			return nil, err
		}
		if len(d.packed) >= maxStreams {
			clear(d.packed)
		}
		d.packed[of] = p
	}
	at, known := p.at[num]
	if !known || at > len(p.data) {
		return nil, damaged("object %d is not in the stream %d", num, of)
	}
	l := newLexer(bytes.NewReader(p.data[at:]))
	list, _, err := l.values(0)
	if len(list) > 0 {
		return list[0], nil
	}
	if err == io.EOF {
		err = nil
	}
	return nil, err
}

func (d *document) unpack(of int32) (*objectStream, error) {
	if d.xref[of].stream != 0 {
		return nil, damaged("a stream of objects in another")
	}
	s, ok := d.resolve(ref{num: of}).(*stream)
	if !ok {
		return nil, damaged("no stream of objects %d", of)
	}
	data, err := d.whole(s, maxPacked)
	if err != nil {
		return nil, err
	}
	n, first := d.int(s.dict["N"], 0), d.int(s.dict["First"], 0)
	if n < 0 || n > maxItems || first < 0 || first > len(data) {
		return nil, damaged("stream of objects %d", of)
	}
	p := &objectStream{data: data, at: make(map[int32]int)}
	l := newLexer(bytes.NewReader(data[:first]))
	for range n {
		num, _ := l.next()
		at, err := l.next()
		a, isNum := num.(float64)
		b, isAt := at.(float64)
		if err != nil || !isNum || !isAt || a < 0 || a >= math.MaxInt32 || b < 0 || b > float64(len(data)) {
			break
		}
		p.at[int32(a)] = first + int(b)
	}
	return p, nil
}

// open reads a stream, decrypted and unpacked.
func (d *document) open(s *stream) (io.Reader, error) {
	d.charge(4096)
	r, err := d.decrypted(s)
	if err != nil {
		return nil, err
	}
	filters, params := d.filters(s)
	if r, err = filtered(r, filters, params); err != nil {
		return nil, err
	}
	return &metered{d, r}, nil
}

// decrypted reads a stream as it is packed.
func (d *document) decrypted(s *stream) (io.Reader, error) {
	size, err := d.length(s)
	if err != nil {
		return nil, err
	}
	r := io.NewSectionReader(d.r, s.at, size)
	if d.crypt == nil || s.dict["Type"] == name("XRef") {
		return r, nil
	}
	return d.crypt.reader(r, s.of)
}

// filters lists the filters of a stream and their parameters.
func (d *document) filters(s *stream) (filters []name, params []dict) {
	list := func(v any) array {
		if a, ok := d.resolve(v).(array); ok {
			return a
		}
		if v == nil {
			return nil
		}
		return array{v}
	}
	of, with := s.dict["Filter"], s.dict["DecodeParms"]
	if of == nil {
		of, with = s.dict["F"], s.dict["DP"]
	}
	for _, f := range list(of) {
		filters = append(filters, d.name(f))
	}
	for _, p := range list(with) {
		params = append(params, d.dict(p))
	}
	return filters, params
}

// length is how many bytes a stream has; where the file says what cannot be, all
// up to the next word endstream.
func (d *document) length(s *stream) (int64, error) {
	if n := d.number(s.dict["Length"], -1); n >= 0 && n <= float64(d.size-s.at) {
		l := newLexer(io.NewSectionReader(d.r, s.at+int64(n), 64))
		if v, err := l.next(); err == nil && v == keyword("endstream") {
			return int64(n), nil
		}
	}
	n, err := d.find(s.at, "endstream")
	if err != nil {
		return 0, err
	}
	return n - s.at, nil
}

// find finds a word from an offset on.
func (d *document) find(from int64, word string) (int64, error) {
	const block = 64 << 10
	buf := make([]byte, block+len(word))
	for at := from; at < d.size; at += block {
		if err := d.ctx.Err(); err != nil {
			return 0, err
		}
		d.charge(block)
		n, err := d.r.ReadAt(buf[:min(int64(len(buf)), d.size-at)], at)
		if i := bytes.Index(buf[:n], []byte(word)); i >= 0 {
			return at + int64(i), nil
		}
		if err != nil && err != io.EOF {
			return 0, err
		}
	}
	return d.size, nil
}

// charge counts work beside the bytes of streams.
func (d *document) charge(bytes int) {
	if d.decoded += int64(bytes); d.decoded > d.limits.Decoded {
		d.fatal = errLimit
	}
}

// metered counts what is unpacked of all streams, so that a small file cannot
// make work without end.
type metered struct {
	d *document
	r io.Reader
}

// Read implements io.Reader.
func (m *metered) Read(p []byte) (int, error) {
	if err := m.d.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.r.Read(p)
	if m.d.charge(n); m.d.fatal != nil {
		return 0, m.d.fatal
	}
	return n, err
}

// whole reads a stream that must be small. One that breaks off gives what there
// is of it and an error.
func (d *document) whole(s *stream, most int64) ([]byte, error) {
	r, err := d.open(s)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if int64(len(data)) > most {
		return nil, errLimit
	}
	return data, err
}

func (d *document) name(v any) name {
	n, _ := d.resolve(v).(name)
	return n
}

func (d *document) array(v any) array {
	a, _ := d.resolve(v).(array)
	return a
}

// dict returns a dictionary, that of a stream too.
func (d *document) dict(v any) dict {
	switch v := d.resolve(v).(type) {
	case dict:
		return v
	case *stream:
		return v.dict
	}
	return nil
}

func (d *document) bytes(v any) []byte {
	s, _ := d.resolve(v).(str)
	return []byte(s)
}

func (d *document) number(v any, otherwise float64) float64 {
	if n, ok := d.resolve(v).(float64); ok {
		return n
	}
	return otherwise
}

func (d *document) int(v any, otherwise int) int {
	n := d.number(v, float64(otherwise))
	if n != n || n < math.MinInt32 || n > math.MaxInt32 {
		return otherwise
	}
	return int(n)
}
