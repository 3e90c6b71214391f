package honnetest

import (
	"bytes"
	"iter"
	"math/rand/v2"
)

// Mutations gives n damaged copies of raw: flipped bits, bytes that stand for
// extremes, pieces cut out, doubled, moved or cut off. Same seed, same copies.
func Mutations(seed uint64, raw []byte, n int) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		r := rand.New(rand.NewPCG(seed, uint64(len(raw))))
		for i := range n {
			out := bytes.Clone(raw)
			for range 1 + r.IntN(4) {
				out = mutate(r, out)
			}
			if !yield(i, out) {
				return
			}
		}
	}
}

func mutate(r *rand.Rand, b []byte) []byte {
	if len(b) < 2 {
		return append(b, byte(r.Uint32()))
	}
	at, size := r.IntN(len(b)), 1+r.IntN(min(64, len(b)))
	end := min(at+size, len(b))
	switch r.IntN(6) {
	case 0:
		b[at] ^= 1 << r.IntN(8)
	case 1:
		b[at] = []byte{0, 1, 0x7F, 0x80, 0xFF, '9', '<', ' '}[r.IntN(8)]
	case 2:
		return append(b[:at:at], b[end:]...)
	case 3:
		return append(b[:end:end], b[at:]...)
	case 4:
		copy(b[at:end], b[r.IntN(len(b)):])
	case 5:
		if r.IntN(4) == 0 {
			return b[:at]
		}
		b[at] = byte(r.Uint32())
	}
	return b
}
