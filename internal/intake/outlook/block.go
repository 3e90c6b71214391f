package outlook

import (
	"encoding/hex"
	"io"
)

const (
	maxBlock   = 8192
	internal   = 0x2     // of a block's name: it lists other blocks
	maxListed  = 1 << 20 // blocks of one value
	maxSubtree = 1 << 16 // nodes below one
)

// tables are those of MS-PST 5.1: a permutation and an involution; the third is
// the inverse of the first.
var cipherR, cipherS, cipherI = func() (r, s, i [256]byte) {
	copy(r[:], unhex("41361362a8216ebbf416cc047f64e85d1ef2cb2a74c55e35d295479e962d9a884c7d843fdbac31b6485ff6c4d8398be7233b388ec8c1df25b120a546604e9cfb"+
		"aad35651457c550007c92b9d859b09a08fadb30f63ab894bd7a7155a716642bf264a6b98faea7753b270052cfd593a867ece06eb827857c78d43afb41cd45bcd"+
		"e2e9274fc3087280cfb0eff5286dbe304d3492d50e3c2232e5e4f99fc2d10a8112e1ee918376e397e6618a1779a4b7dc907a5c8c02a6ca69de501a1193b95287"+
		"58fced1d37491b6ae0293399bd6cd994f340546ff0c673b8d63e6518441fdd6710f10c19ecae03a1147ba90bfff8a3c0a201f72ebc2468750dfeba2fb5d0da3d"))
	copy(s[:], unhex("14530f56b3c87a9ceb65481716159f02cc547c83000d0c0ba262a876dbd9edc7c5a4dcac8574d6d0a79bae9a967166c36399b8dd73928e847da55ed15d93b157"+
		"5150808952944f4e0a6bbc8d7f6e47464140440111cb033ff7f4e1a98f3c3af9fbf0193082092ec99da08649ee6f4d6dc42d813425871b88aafc06a11238fd4c"+
		"4272641337246a757743ffe6b44b365ce4d8353d45b92cecb7312b290768a30e697b189e2139be281a5b78f523ca2ab0af3efe048ce7e5983295d3f64ae8a6ea"+
		"e9f3d52f7020f21f0567ad5510cecde3273bdabad7c226d4911dd21c2233f8faf15aefcf90b68bb5bdc0bf08971e6ce261e0c6c159abbb58de5fdf60797eb28a"))
	for x, y := range r {
		i[y] = byte(x)
	}
	return r, s, i
}()

func unhex(s string) []byte {
	b, _ := hex.DecodeString(s) // the texts above
	return b
}

// decode takes the encoding off a block (MS-PST 5.1, 5.2), which hides nothing:
// its key is the block's own name.
func decode(crypt byte, name uint64, b []byte) {
	switch crypt {
	case cryptPermute:
		for i, c := range b {
			b[i] = cipherI[c]
		}
	case cryptCyclic:
		w := uint16(name) ^ uint16(name>>16)
		for i, c := range b {
			lo, hi := byte(w), byte(w>>8)
			b[i] = cipherI[cipherS[cipherR[c+lo]+hi]-hi] - lo
			w++
		}
	}
}

// block reads a block by its name. What is returned must not be changed.
func (s *Store) block(name uint64) ([]byte, error) {
	name &^= 1
	if b, ok := s.data[name]; ok {
		return b, nil
	}
	e, ok, err := s.find(s.blocks, pageOfBlocks, name)
	if err != nil {
		return nil, err
	}
	if !ok {
		// In the tree a name may carry its lowest bit.
		if e, ok, err = s.find(s.blocks, pageOfBlocks, name|1); !ok || err != nil {
			return nil, &Error{Code: CodePST, Detail: "a block that is not there", Err: err}
		}
	}
	at, n := int64(le64(e[8:])), int(le16(e[16:]))
	if n > maxBlock-trailerSize || at <= 0 {
		return nil, &Error{Code: CodePST, Detail: "block"}
	}
	if err := s.pay(n); err != nil {
		return nil, err
	}
	b := make([]byte, n)
	if got, err := s.r.ReadAt(b, at); got < n {
		return nil, &Error{Code: CodeTruncated, Err: err}
	}
	if name&internal == 0 {
		decode(s.crypt, name, b)
	}
	if len(s.data) >= maxBlocks {
		clear(s.data)
	}
	s.data[name] = b
	return b, nil
}

// pay counts bytes that were asked for.
func (s *Store) pay(n int) error {
	if s.budget -= int64(n) + 32; s.budget < 0 {
		return &Error{Code: CodeTooLarge, Detail: "what many messages share"}
	}
	return nil
}

// blockList lists the blocks that hold a value, in their order: one, or those
// that one lists, or those that the ones that it lists list (MS-PST 2.2.2.8.3.2).
func (s *Store) blockList(name uint64) ([]uint64, error) {
	if name == 0 {
		return nil, nil
	}
	if name&internal == 0 {
		return []uint64{name}, nil
	}
	return s.listed(name, 2, nil)
}

func (s *Store) listed(name uint64, above int, out []uint64) ([]uint64, error) {
	b, err := s.block(name)
	if err != nil {
		return nil, err
	}
	if len(b) < 8 || b[0] != 1 || int(b[1]) > above || b[1] == 0 || 8+8*int(le16(b[2:])) > len(b) {
		return nil, &Error{Code: CodePST, Detail: "list of blocks"}
	}
	if err := s.pay(len(b)); err != nil {
		return nil, err
	}
	level, names := int(b[1]), b[8:8+8*int(le16(b[2:]))]
	for ; len(names) >= 8; names = names[8:] {
		switch {
		case len(out) >= maxListed:
			return nil, &Error{Code: CodeTooLarge, Detail: "value"}
		case level == 1:
			out = append(out, le64(names))
		default:
			if out, err = s.listed(le64(names), 1, out); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// value is a value that stands in blocks.
type value struct {
	store  *Store
	blocks []uint64
}

func (s *Store) value(name uint64) (*value, error) {
	list, err := s.blockList(name)
	return &value{s, list}, err
}

// size is the number of its bytes; every block but the last is as long as the
// first. Where one of the two cannot be read it is more than there are, so that
// what is read of the value falls short of it.
func (v *value) size() int64 {
	if len(v.blocks) == 0 {
		return 0
	}
	first, err1 := v.store.block(v.blocks[0])
	last, err2 := v.store.block(v.blocks[len(v.blocks)-1])
	if err1 != nil || err2 != nil {
		return maxBlock * int64(len(v.blocks))
	}
	return int64(len(first))*int64(len(v.blocks)-1) + int64(len(last))
}

// reader reads the value from its beginning.
func (v *value) reader() io.Reader { return &valueReader{value: v} }

type valueReader struct {
	value *value
	next  int
	rest  []byte
}

// Read implements io.Reader.
func (r *valueReader) Read(p []byte) (int, error) {
	for len(r.rest) == 0 {
		if r.next >= len(r.value.blocks) {
			return 0, io.EOF
		}
		b, err := r.value.store.block(r.value.blocks[r.next])
		if err != nil {
			return 0, err
		}
		r.rest = b
		r.next++
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, r.value.store.pay(n)
}

// below lists the nodes below one, by number (MS-PST 2.2.2.8.3.3).
func (s *Store) below(name uint64) (map[uint32]node, error) {
	out := map[uint32]node{}
	if name == 0 {
		return out, nil
	}
	return out, s.addBelow(name, 1, out)
}

func (s *Store) addBelow(name uint64, above int, out map[uint32]node) error {
	b, err := s.block(name)
	if err != nil {
		return err
	}
	if len(b) < 8 || b[0] != 2 || int(b[1]) > above {
		return &Error{Code: CodePST, Detail: "nodes below"}
	}
	if err := s.pay(len(b)); err != nil {
		return err
	}
	level, count, size := int(b[1]), int(le16(b[2:])), 24
	if level > 0 {
		size = 16
	}
	if 8+count*size > len(b) {
		return &Error{Code: CodePST, Detail: "nodes below"}
	}
	for i := range count {
		e := b[8+i*size:]
		switch {
		case len(out) >= maxSubtree:
			return &Error{Code: CodeTooLarge, Detail: "nodes below"}
		case level > 0:
			if err := s.addBelow(le64(e[8:]), 0, out); err != nil {
				return err
			}
		default:
			n := nodeOf(e)
			out[n.id] = n
		}
	}
	return nil
}
