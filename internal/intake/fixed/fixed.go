// Package fixed recognises files of records of a fixed length, as EDI by VAN, JX or Zengin
// writes them: 128 or 256 bytes each, one behind the other or a line each, without any
// separator. What their bytes mean stands in a layout that is not in the file, so that they
// are named and not read.
package fixed

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"honne/internal/intake/grid"
)

// CodeFixed is the code of the Error of such a file; its part is the length in bytes.
const CodeFixed = "fixed-length"

const (
	sample  = 64 << 10 // bytes that are looked at
	sorts   = 6        // sorts of records at most, by their first byte
	fewest  = 3        // records
	between = 64       // bytes of a record for each comma, bar or semicolon in it, at least
)

// lengths are those of records without a line of their own, the usual ones first.
var lengths = []int{128, 256, 120, 512, 1024}

// lines are those of records that stand a line each.
var lines = []int{80, 100, 120, 128, 150, 160, 200, 240, 250, 256, 300, 320, 400, 500, 512, 600, 640, 800, 1000, 1024}

// Check returns an *Error for a file of such records, nil for any other. What cannot be
// read is left to whoever reads the file.
func Check(r io.ReaderAt, size int64) error {
	head := make([]byte, min(size, sample))
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil
	}
	head = bytes.TrimRight(head[:n], "\x1a\r\n")
	if length := lengthOf(head, size); length > 0 {
		return &grid.Fault{Code: CodeFixed, Part: strconv.Itoa(length)}
	}
	return nil
}

// lengthOf is the length of the records of which a file begins with some bytes, 0 for none.
func lengthOf(head []byte, size int64) int {
	if bytes.IndexByte(head, '\t') >= 0 || bytes.Count(head, []byte{','})+bytes.Count(head, []byte{'|'})+bytes.Count(head, []byte{';'}) > len(head)/between {
		return 0
	}
	if bytes.IndexByte(head, '\n') >= 0 {
		return lineLength(head)
	}
	for _, length := range lengths {
		if size%int64(length) <= 2 && coded(split(head, length)) { // a line end or 0x1A may end it
			return length
		}
	}
	return 0
}

// lineLength is the length of the lines, where all are equally long.
func lineLength(head []byte) int {
	var records [][]byte
	for line := range bytes.SplitSeq(head, []byte{'\n'}) {
		records = append(records, bytes.TrimSuffix(line, []byte{'\r'}))
	}
	if len(head) > sample-16 { // the last may be cut
		records = records[:len(records)-1]
	}
	for _, r := range records {
		if len(r) != len(records[0]) {
			return 0
		}
	}
	for _, length := range lines {
		if len(records[0]) == length && coded(records) {
			return length
		}
	}
	return 0
}

func split(head []byte, length int) (records [][]byte) {
	for len(head) >= length {
		records, head = append(records, head[:length]), head[length:]
	}
	return records
}

// coded reports whether records begin with one of a few codes of one digit or letter, and
// the next bytes of most are digits or blanks: of a text they are words.
func coded(records [][]byte) bool {
	seen, digits := map[byte]bool{}, 0
	for _, r := range records {
		c := r[0]
		if !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z') {
			return false
		}
		if seen[c] = true; len(seen) > sorts {
			return false
		}
		if len(bytes.Trim(r[1:9], "0123456789 ")) == 0 {
			digits++
		}
	}
	return len(records) >= fewest && 2*digits > len(records)
}
