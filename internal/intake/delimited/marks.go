package delimited

import "encoding/binary"

// marks finds the bytes that end a field or a record, or quote one, in 64 bytes at once:
// where many may be, a processor that need not decide at each looks fastest.
type marks struct{ delims, quotes, ends uint64 } // eight times the byte

const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
)

func marksOf(d Dialect) marks {
	return marks{lowBits * uint64(d.Delimiter), lowBits * uint64(d.Quote), lowBits * uint64(d.LineEnd)}
}

// in has a bit set for each of the first 64 bytes that is a mark.
func (m marks) in(b []byte) (found uint64) {
	if len(b) < 64 {
		b = append(make([]byte, 0, 64), b...)
		for len(b) < 64 {
			b = append(b, 0xFF)
		}
	}
	b = b[:64]
	for i := 0; i < 64; i += 8 {
		w := binary.LittleEndian.Uint64(b[i : i+8])
		is := ^(nonZero(w^m.delims) & nonZero(w^m.quotes) & nonZero(w^m.ends)) & highBits
		found = found>>8 | gathered(is)<<56
	}
	return found
}

// gathered moves the highest bit of each byte into one.
func gathered(w uint64) uint64 { return w >> 7 * 0x0102040810204080 >> 56 }

// nonZero has the highest bit of each byte set that is not zero.
func nonZero(w uint64) uint64 { return (w&^highBits + (highBits - lowBits)) | w }
