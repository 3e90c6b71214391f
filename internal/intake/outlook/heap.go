package outlook

import (
	"bytes"
	"io"
)

// heap is a node whose data is divided into items (MS-PST 2.3.1), with the nodes
// below it for what is too long for one.
type heap struct {
	store *Store
	value *value
	below map[uint32]node
	root  uint32
}

const (
	heapSignature = 0xEC
	heapOfProps   = 0xBC
	heapOfTable   = 0x7C
	treeSignature = 0xB5

	maxRecords = 100_000 // of a tree in a heap
	maxRows    = 10_000  // of a table
)

var errHeap = &Error{Code: CodePST, Detail: "heap"}

func (s *Store) heap(n node, kind byte) (*heap, error) {
	v, err := s.value(n.data)
	if err != nil {
		return nil, err
	}
	below, err := s.below(n.sub)
	if err != nil {
		return nil, err
	}
	h := &heap{store: s, value: v, below: below}
	if len(v.blocks) == 0 {
		return nil, errHeap
	}
	b, err := s.block(v.blocks[0])
	if err != nil {
		return nil, err
	}
	if len(b) < 12 || b[2] != heapSignature || b[3] != kind {
		return nil, errHeap
	}
	h.root = le32(b[4:])
	return h, nil
}

// item returns an item of the heap by its number: block, and place in its map.
func (h *heap) item(id uint32) ([]byte, error) {
	index, block := int(id>>5&0x7FF), int(id>>16)
	if id&0x1F != 0 || index == 0 || block >= len(h.value.blocks) {
		return nil, errHeap
	}
	b, err := h.store.block(h.value.blocks[block])
	if err != nil {
		return nil, err
	}
	if len(b) < 2 {
		return nil, errHeap
	}
	at := int(le16(b))
	if at+4 > len(b) || index > int(le16(b[at:])) || at+4+2*(index+1) > len(b) {
		return nil, errHeap
	}
	from, to := int(le16(b[at+4+2*(index-1):])), int(le16(b[at+4+2*index:]))
	if from > to || to > len(b) {
		return nil, errHeap
	}
	return b[from:to], h.store.pay(to - from)
}

// records visits the records of a tree in the heap (MS-PST 2.3.2): keys and data
// of one size each.
func (h *heap) records(id uint32, key, data int, visit func(key, data []byte)) error {
	head, err := h.item(id)
	if err != nil {
		return err
	}
	if len(head) < 8 || head[0] != treeSignature || int(head[1]) != key || int(head[2]) != data {
		return errHeap
	}
	left := maxRecords
	return h.level(le32(head[4:]), int(head[3]), key, data, &left, visit)
}

func (h *heap) level(id uint32, levels, key, data int, left *int, visit func(key, data []byte)) error {
	if id == 0 {
		return nil // an empty tree
	}
	if levels >= maxLevels {
		return errHeap
	}
	b, err := h.item(id)
	if err != nil {
		return err
	}
	size := key + data
	if levels > 0 {
		size = key + 4
	}
	for ; len(b) >= size; b = b[size:] {
		if *left--; *left < 0 {
			return &Error{Code: CodeTooLarge, Detail: "records"}
		}
		if levels == 0 {
			visit(b[:key], b[key:size])
			continue
		}
		if err := h.level(le32(b[key:]), levels-1, key, data, left, visit); err != nil {
			return err
		}
	}
	return nil
}

// wide is the value behind a number: none, an item of the heap, or the data of a
// node below it. What is not there, open does not read: it is nil.
func (h *heap) wide(id uint32) (size int64, open func() (io.Reader, error)) {
	switch {
	case id == 0:
		return 0, func() (io.Reader, error) { return bytes.NewReader(nil), nil }
	case id&0x1F == 0:
		b, err := h.item(id)
		return int64(len(b)), func() (io.Reader, error) { return bytes.NewReader(b), err }
	}
	n, ok := h.below[id]
	if !ok {
		return 0, nil
	}
	v, err := h.store.value(n.data)
	if err != nil {
		return 0, nil
	}
	return v.size(), func() (io.Reader, error) { return v.reader(), nil }
}

// isInline reports whether a value of a type stands in its record itself.
func isInline(kind uint16) bool {
	switch kind {
	case 0x0002, typeInt32, 0x0004, 0x000A, typeBool:
		return true
	}
	return false
}

// isEight reports whether a value of a type has eight bytes.
func isEight(kind uint16) bool {
	switch kind {
	case 0x0005, 0x0006, 0x0007, 0x0014, typeTime:
		return true
	}
	return false
}

// property reads a value that four bytes of a record stand for.
func (h *heap) property(kind uint16, raw uint32) property {
	p := property{kind: kind, fixed: uint64(raw)}
	switch {
	case isInline(kind):
	case isEight(kind):
		if b, err := h.item(raw); err == nil && len(b) >= 8 {
			p.fixed = le64(b)
		} else {
			p.kind = 0
		}
	default:
		p.size, p.open = h.wide(raw)
	}
	return p
}

// object reads a node that holds properties (MS-PST 2.3.3).
func (s *Store) object(n node) (*object, *heap, error) {
	h, err := s.heap(n, heapOfProps)
	if err != nil {
		return nil, nil, err
	}
	o := &object{props: map[uint16]property{}}
	err = h.records(h.root, 2, 6, func(key, data []byte) {
		o.props[le16(key)] = h.property(le16(data), le32(data[2:]))
	})
	return o, h, err
}

// column is a column of a table.
type column struct {
	id, kind     uint16
	at, size, is int // where it stands in a row, and which bit says that it is there
}

// table reads a node that holds rows of properties (MS-PST 2.3.4).
func (s *Store) table(n node) ([]*object, error) {
	h, err := s.heap(n, heapOfTable)
	if err != nil {
		return nil, err
	}
	info, err := h.item(h.root)
	if err != nil {
		return nil, err
	}
	if len(info) < 22 || info[0] != heapOfTable || 22+8*int(info[1]) > len(info) {
		return nil, errHeap
	}
	// Where the bits begin that say which columns a row has, and where it ends.
	bits, size := int(le16(info[6:])), int(le16(info[8:]))
	if size == 0 || bits > size {
		return nil, errHeap
	}
	var columns []column
	for i := range int(info[1]) {
		c := info[22+8*i:]
		columns = append(columns, column{kind: le16(c), id: le16(c[2:]), at: int(le16(c[4:])), size: int(c[6]), is: int(c[7])})
	}
	return h.rows(le32(info[14:]), size, bits, columns)
}

// rows cuts the rows of a table: a row does not go on in the next block.
func (h *heap) rows(id uint32, size, bits int, columns []column) (out []*object, err error) {
	visit := func(b []byte) {
		for ; len(b) >= size && len(out) < maxRows; b = b[size:] {
			out = append(out, h.row(b[:size], bits, columns))
		}
	}
	if id == 0 {
		return nil, nil
	}
	if id&0x1F == 0 {
		b, err := h.item(id)
		visit(b)
		return out, err
	}
	n, ok := h.below[id]
	if !ok {
		return nil, errHeap
	}
	v, err := h.store.value(n.data)
	if err != nil {
		return nil, err
	}
	for _, name := range v.blocks {
		b, err := h.store.block(name)
		if err != nil {
			return out, err
		}
		visit(b)
	}
	return out, nil
}

func (h *heap) row(b []byte, bits int, columns []column) *object {
	o := &object{props: map[uint16]property{}}
	for _, c := range columns {
		at := bits + c.is/8
		if at >= len(b) || b[at]&(0x80>>(c.is%8)) == 0 || c.at+c.size > len(b) {
			continue
		}
		cell := b[c.at : c.at+c.size]
		switch {
		case c.size == 8 && isEight(c.kind):
			o.props[c.id] = property{kind: c.kind, fixed: le64(cell)}
		case c.size == 4:
			o.props[c.id] = h.property(c.kind, le32(cell))
		case c.size == 2:
			o.props[c.id] = property{kind: c.kind, fixed: uint64(le16(cell))}
		case c.size == 1:
			o.props[c.id] = property{kind: c.kind, fixed: uint64(cell[0])}
		}
	}
	return o
}
