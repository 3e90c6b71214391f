package outlook

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"unicode/utf16"
)

// pstWriter writes a .pst for tests, after MS-PST. What Outlook itself needs and
// no reader looks at (maps of free space, checksums, folders) is left out.
type pstWriter struct {
	crypt  byte
	blocks []block
	nodes  []node
	next   uint64
}

type block struct {
	name uint64
	data []byte
}

func (w *pstWriter) block(data []byte, isInternal bool) uint64 {
	w.next += 4
	name := w.next
	if isInternal {
		name |= internal
	}
	data = bytes.Clone(data)
	if !isInternal {
		encode(w.crypt, name, data)
	}
	w.blocks = append(w.blocks, block{name, data})
	return name
}

// encode is the inverse of decode.
func encode(crypt byte, name uint64, b []byte) {
	if crypt == cryptPermute {
		for i, c := range b {
			b[i] = cipherR[c]
		}
		return
	}
	decode(crypt, name, b) // the cyclic one is its own inverse
}

const room = maxBlock - trailerSize

// value writes a value in blocks: one, or a list of them, or a list of lists.
func (w *pstWriter) value(data []byte) uint64 {
	if len(data) <= room {
		return w.block(data, false)
	}
	var names []uint64
	for rest := data; len(rest) > 0; {
		n := min(room, len(rest))
		names = append(names, w.block(rest[:n], false))
		rest = rest[n:]
	}
	lists := w.lists(names, 1, len(data))
	if len(lists) == 1 {
		return lists[0]
	}
	return w.lists(lists, 2, len(data))[0]
}

func (w *pstWriter) lists(names []uint64, level byte, total int) (out []uint64) {
	for part := range slices.Chunk(names, 1021) {
		b := append([]byte{1, level}, le(uint16(len(part)))...)
		b = append(b, le(uint32(total))...)
		for _, n := range part {
			b = append(b, le(n)...)
		}
		out = append(out, w.block(b, true))
	}
	return out
}

func le(v any) []byte {
	var b bytes.Buffer
	_ = binary.Write(&b, binary.LittleEndian, v)
	return b.Bytes()
}

// below writes the nodes below one.
func (w *pstWriter) below(list []node) uint64 {
	if len(list) == 0 {
		return 0
	}
	slices.SortFunc(list, func(a, b node) int { return cmp.Compare(a.id, b.id) })
	b := append([]byte{2, 0}, le(uint16(len(list)))...)
	b = append(b, 0, 0, 0, 0)
	for _, n := range list {
		b = append(b, le(uint64(n.id))...)
		b = append(b, le(n.data)...)
		b = append(b, le(n.sub)...)
	}
	return w.block(b, true)
}

// items is a heap while it is filled: blocks of items.
type items struct {
	kind   byte
	blocks [][][]byte
	used   int
}

func (h *items) add(b []byte) uint32 {
	if len(h.blocks) == 0 || h.used+len(b) > room-600 {
		h.blocks, h.used = append(h.blocks, nil), 0
	}
	at := len(h.blocks) - 1
	h.blocks[at] = append(h.blocks[at], b)
	h.used += len(b)
	return uint32(at)<<16 | uint32(len(h.blocks[at]))<<5
}

// write writes the blocks; one value must hold them in their order, each as
// long as it is.
func (w *pstWriter) heap(h *items, root uint32) uint64 {
	var names []uint64
	for i, list := range h.blocks {
		head := make([]byte, 2)
		if i == 0 {
			head = append(append(append(head, heapSignature, h.kind), le(root)...), 0, 0, 0, 0)
		}
		b := bytes.Clone(head)
		offsets := []uint16{uint16(len(b))}
		for _, item := range list {
			b = append(b, item...)
			offsets = append(offsets, uint16(len(b)))
		}
		binary.LittleEndian.PutUint16(b, uint16(len(b)))
		b = append(append(b, le(uint16(len(list)))...), 0, 0)
		b = append(b, le(offsets)...)
		names = append(names, w.block(b, false))
	}
	if len(names) == 1 {
		return names[0]
	}
	return w.lists(names, 1, 0)[0]
}

// prop is a property to write.
type prop struct {
	id, kind uint16
	value    []byte
}

func text(id uint16, s string) prop {
	return prop{id, typeUnicode, le(utf16.Encode([]rune(s)))}
}

func whole(id uint16, n uint32) prop { return prop{id, typeInt32, le(n)} }

func moment(id uint16, unix int64) prop {
	return prop{id, typeTime, le(uint64(unix+11_644_473_600) * 10_000_000)}
}

// object writes a node of properties; more are nodes below it.
func (w *pstWriter) object(id uint32, props []prop, more []node) node {
	h := &items{kind: heapOfProps}
	head := h.add(nil) // the tree's head is filled in last
	slices.SortFunc(props, func(a, b prop) int { return cmp.Compare(a.id, b.id) })
	var records []byte
	for i, p := range props {
		raw := uint32(0)
		switch {
		case isInline(p.kind):
			raw = binary.LittleEndian.Uint32(append(bytes.Clone(p.value), 0, 0, 0, 0))
		case len(p.value) > 3000:
			below := node{id: uint32(0x1000+i)<<5 | 0x1F, data: w.value(p.value)}
			more = append(more, below)
			raw = below.id
		default:
			raw = h.add(p.value)
		}
		records = append(records, le(p.id)...)
		records = append(records, le(p.kind)...)
		records = append(records, le(raw)...)
	}
	tree := append([]byte{treeSignature, 2, 6, 0}, le(h.add(records))...)
	h.blocks[head>>16][head>>5&0x7FF-1] = tree
	return node{id, w.heap(h, head), w.below(more)}
}

// table writes rows with columns of four bytes each.
func (w *pstWriter) table(id uint32, ids, kinds []uint16, rows [][]prop) node {
	h := &items{kind: heapOfTable}
	bits := 4 * len(ids)
	size := bits + (len(ids)+7)/8
	info := append([]byte{heapOfTable, byte(len(ids))}, le([]uint16{uint16(bits), uint16(bits), uint16(bits), uint16(size)})...)
	var matrix []byte
	for _, row := range rows {
		b := make([]byte, size)
		for i, c := range ids {
			for _, p := range row {
				if p.id != c {
					continue
				}
				raw := uint32(0)
				if isInline(p.kind) {
					raw = binary.LittleEndian.Uint32(p.value)
				} else {
					raw = h.add(p.value)
				}
				binary.LittleEndian.PutUint32(b[4*i:], raw)
				b[bits+i/8] |= 0x80 >> (i % 8)
			}
		}
		matrix = append(matrix, b...)
	}
	index := h.add(append([]byte{treeSignature, 4, 4, 0}, 0, 0, 0, 0))
	info = append(append(append(info, le(index)...), le(h.add(matrix))...), 0, 0, 0, 0)
	for i, c := range ids {
		info = append(info, le(kinds[i])...)
		info = append(info, le(c)...)
		info = append(append(info, le(uint16(4*i))...), 4, byte(i))
	}
	return node{id, w.heap(h, h.add(info)), 0}
}

// bytes writes the file: header, blocks, pages of both trees.
func (w *pstWriter) bytes() []byte {
	out := make([]byte, 0x400)
	copy(out, "!BDN\x00\x00\x00\x00SM")
	copy(out[10:], le(uint16(23)))
	out[512], out[513] = 0x80, w.crypt
	var blocks [][]byte
	for _, b := range w.blocks {
		for len(out)%64 != 0 {
			out = append(out, 0)
		}
		e := append(le(b.name), le(uint64(len(out)))...)
		blocks = append(blocks, append(append(append(e, le(uint16(len(b.data)))...), 1, 0), 0, 0, 0, 0))
		out = append(out, b.data...)
		out = append(out, make([]byte, trailerSize)...)
	}
	slices.SortFunc(blocks, func(a, b []byte) int { return cmp.Compare(le64(a), le64(b)) })
	slices.SortFunc(w.nodes, func(a, b node) int { return cmp.Compare(a.id, b.id) })
	var nodes [][]byte
	for _, n := range w.nodes {
		nodes = append(nodes, append(append(append(le(uint64(n.id)), le(n.data)...), le(n.sub)...), make([]byte, 8)...))
	}
	out, at := tree(out, nodes, pageOfNodes)
	copy(out[224:], le(uint64(at)))
	out, at = tree(out, blocks, pageOfBlocks)
	copy(out[240:], le(uint64(at)))
	return out
}

// tree writes the pages of a tree, the topmost last.
func tree(out []byte, entries [][]byte, kind byte) ([]byte, int) {
	for level := byte(0); ; level++ {
		var above [][]byte
		at := 0
		for part := range slices.Chunk(entries, 488/len(entries[0])) {
			for len(out)%pageSize != 0 {
				out = append(out, 0)
			}
			at = len(out)
			p := make([]byte, pageSize)
			copy(p, slices.Concat(part...))
			p[488], p[490], p[491], p[496], p[497] = byte(len(part)), byte(len(part[0])), level, kind, kind
			out = append(out, p...)
			above = append(above, append(append(bytes.Clone(part[0][:8]), le(uint64(0))...), le(uint64(at))...))
		}
		if len(above) == 1 {
			return out, at
		}
		entries = above
	}
}
