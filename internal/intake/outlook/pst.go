package outlook

import (
	"context"
	"io"
	"iter"

	"honne/internal/intake/mail"
)

// Store is an open .pst. It is not safe for concurrent use.
type Store struct {
	r      io.ReaderAt
	size   int64
	crypt  byte
	nodes  int64 // where the page at the top of the tree of nodes stands
	blocks int64
	pages  map[int64]*page // of the trees, those read last
	data   map[uint64][]byte
	budget int64 // bytes that may still be asked for
	named  func(string, uint32) (uint16, bool)
}

const (
	pageSize    = 512
	trailerSize = 16
	maxPages    = 2048 // kept in memory
	maxBlocks   = 64
	maxLevels   = 8

	// How many bytes may be asked for: of a mailbox that is read once each stands
	// for a few, in a hostile one many messages share what they hold.
	perByte = 32
	spare   = 16 << 20

	pageOfBlocks = 0x80
	pageOfNodes  = 0x81
)

// How blocks are encoded (MS-PST 2.2.2.6).
const (
	cryptNone    = 0
	cryptPermute = 1
	cryptCyclic  = 2
	cryptWindows = 0x10
)

// SniffStore reports whether bytes begin like a .pst, or like an .ost, which is
// the same but for its pages in Outlook 2013 and later.
func SniffStore(head []byte) bool {
	return len(head) >= 10 && string(head[:4]) == "!BDN" && (string(head[8:10]) == "SM" || string(head[8:10]) == "SO")
}

// OpenStore reads the header of a .pst in its Unicode form, that of Outlook 2003
// and later (MS-PST 2.2.2.6). It fails with an *Error; r must stay readable.
func OpenStore(r io.ReaderAt, size int64) (*Store, error) {
	head := make([]byte, 576)
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return nil, &Error{Code: CodeTruncated, Err: err}
	}
	switch version := le16(head[10:]); {
	case !SniffStore(head):
		return nil, &Error{Code: CodePST}
	case version < 23:
		return nil, &Error{Code: CodeOldPST}
	case version >= 36:
		return nil, &Error{Code: CodeOST}
	}
	s := &Store{r: r, size: size, crypt: head[513], nodes: int64(le64(head[224:])), blocks: int64(le64(head[240:])),
		pages: map[int64]*page{}, data: map[uint64][]byte{}, budget: spare + perByte*size}
	switch s.crypt {
	case cryptNone, cryptPermute, cryptCyclic:
	case cryptWindows:
		return nil, &Error{Code: CodeLocked}
	default:
		return nil, &Error{Code: CodePST, Detail: "encoding"}
	}
	if _, err := s.page(s.nodes, pageOfNodes); err != nil {
		return nil, err
	}
	if _, err := s.page(s.blocks, pageOfBlocks); err != nil {
		return nil, err
	}
	s.named = s.names()
	return s, nil
}

// page is a page of a tree (MS-PST 2.2.2.7.7): entries of one size.
type page struct {
	level   int
	count   int
	size    int
	entries []byte
}

// entry returns the nth entry.
func (p *page) entry(n int) []byte { return p.entries[n*p.size : (n+1)*p.size] }

// page reads a page of a tree; kind is what its trailer must say.
func (s *Store) page(at int64, kind byte) (*page, error) {
	if p := s.pages[at]; p != nil {
		return p, nil
	}
	raw := make([]byte, pageSize)
	if n, err := s.r.ReadAt(raw, at); at <= 0 || n < pageSize {
		return nil, &Error{Code: CodeTruncated, Err: err}
	}
	p := &page{level: int(raw[491]), count: int(raw[488]), size: int(raw[490]), entries: raw[:488]}
	smallest := 24
	if kind == pageOfNodes && p.level == 0 {
		smallest = 32
	}
	if raw[496] != kind || raw[497] != kind || p.level >= maxLevels || p.size < smallest || p.count*p.size > len(p.entries) {
		return nil, &Error{Code: CodePST, Detail: "page of a tree"}
	}
	if len(s.pages) >= maxPages {
		clear(s.pages)
	}
	s.pages[at] = p
	return p, nil
}

// find looks a key up in a tree; ok is false when it is not there. A block and a
// node of the trees stand under the number that the low bits of their name leave.
func (s *Store) find(root int64, kind byte, key uint64) (entry []byte, ok bool, err error) {
	for at, above := root, maxLevels; ; {
		p, err := s.page(at, kind)
		if err != nil {
			return nil, false, err
		}
		if p.level >= above {
			return nil, false, &Error{Code: CodePST, Detail: "tree within itself"}
		}
		n := p.before(key)
		switch {
		case n < 0:
			return nil, false, nil
		case p.level == 0:
			e := p.entry(n)
			return e, le64(e) == key, nil
		}
		at, above = int64(le64(p.entry(n)[16:])), p.level
	}
}

// before is the last entry whose key is not above the one that is looked for.
func (p *page) before(key uint64) int {
	n := -1
	for i := range p.count {
		if le64(p.entry(i)) > key {
			break
		}
		n = i
	}
	return n
}

// node is a node of the tree of nodes, or below one (MS-PST 2.2.2.7.7.4).
type node struct {
	id        uint32
	data, sub uint64 // blocks
}

const (
	kindMessage    = 0x04 // the low bits of a node's number
	kindAttachment = 0x05
	nodeNames      = 0x61 // properties without a fixed number
	nodeFiles      = 0x671
	nodePeople     = 0x692
)

func (s *Store) node(id uint32) (n node, ok bool, err error) {
	e, ok, err := s.find(s.nodes, pageOfNodes, uint64(id))
	if !ok || err != nil {
		return n, false, err
	}
	return nodeOf(e), true, nil
}

func nodeOf(e []byte) node { return node{uint32(le64(e)), le64(e[8:]), le64(e[16:])} }

// Messages reads the messages of the store in the order of their nodes, which
// does not change; drafts that were never sent are left out. A message that is
// damaged is left out too, and counted.
func (s *Store) Messages(ctx context.Context) iter.Seq2[*mail.Message, error] {
	return func(yield func(*mail.Message, error) bool) {
		n, left := 0, s.size/pageSize+1
		_, err := s.walkNodes(ctx, s.nodes, maxLevels, &left, func(x node) bool {
			if x.id&0x1F != kindMessage {
				return true
			}
			n++
			o, err := s.messageObject(x)
			if err != nil {
				o = &object{props: map[uint16]property{}} // it is there, and says nothing
			}
			if o.number(pidFlags)&flagUnsent != 0 {
				return true
			}
			m := o.message(n, 0)
			if err != nil {
				m.Faults = append(m.Faults, mail.Fault{Code: mail.CodeCut})
			}
			return yield(m, nil)
		})
		if err != nil {
			yield(nil, err)
		}
	}
}

// walkNodes walks the tree of nodes; a page that is damaged is passed over, all
// but the first. It ends after as many pages as the file has room for.
func (s *Store) walkNodes(ctx context.Context, at int64, above int, left *int64, visit func(node) bool) (more bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	if *left--; *left < 0 {
		return false, nil
	}
	p, err := s.page(at, pageOfNodes)
	if err != nil && at == s.nodes {
		return false, err
	}
	if err != nil || p.level >= above {
		return true, nil
	}
	for i := range p.count {
		if p.level == 0 {
			if !visit(nodeOf(p.entry(i))) {
				return false, nil
			}
			continue
		}
		if more, err := s.walkNodes(ctx, int64(le64(p.entry(i)[16:])), p.level, left, visit); !more || err != nil {
			return false, err
		}
	}
	return true, nil
}
