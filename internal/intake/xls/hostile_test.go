package xls

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"honne/internal/honnetest"
	"honne/internal/intake/grid"
)

const mb = 1 << 20

// endless is a file: head, times × body and tail, without ever being held.
type endless struct {
	head, body, tail []byte
	times            int
}

func (e endless) size() int64 { return int64(len(e.head) + e.times*len(e.body) + len(e.tail)) }

// ReadAt implements io.ReaderAt.
func (e endless) ReadAt(p []byte, off int64) (n int, err error) {
	for n < len(p) && off < e.size() {
		body := off - int64(len(e.head))
		var k int
		switch {
		case body < 0:
			k = copy(p[n:], e.head[off:])
		case body < int64(e.times*len(e.body)):
			k = copy(p[n:], e.body[body%int64(len(e.body)):])
		default:
			k = copy(p[n:], e.tail[body-int64(e.times*len(e.body)):])
		}
		n, off = n+k, off+int64(k)
	}
	if n < len(p) {
		err = io.EOF
	}
	return n, err
}

// inSheet repeats records within a sheet, inStrings behind the head of the
// shared strings.
func inSheet(record []byte, size int) endless {
	raw := one(nil)
	return endless{raw[:len(raw)-4], bytes.Repeat(record, max(1, mb/len(record))), end(), size}
}

func inStrings(record []byte, size int) endless {
	whole := one(sstOf(1<<30), label(0, 0, 7))
	cut := len(bof(isGlobals)) + len(sstOf(0))
	more := bytes.Repeat(record, max(1, mb/len(record)))
	at := cut + 4 // where the sheet is said to stand
	binary.LittleEndian.PutUint32(whole[at:], uint32(len(whole)-len(bof(isSheet))-len(label(0, 0, 7))-4+size*len(more)))
	return endless{whole[:cut], more, whole[cut:], size}
}

// patched packs a workbook and changes four bytes.
func patched(at int, v uint32) endless {
	raw := compoundOf("Workbook", one(nil, number(0, 0, 0, 1)))
	binary.LittleEndian.PutUint32(raw[at:], v)
	return endless{head: raw}
}

// nested packs a directory of n folders, each within the one before; n is a
// multiple of 4. Every sector is followed by the next one.
func nested(n int) endless {
	raw := compoundOf("Workbook", one(nil))
	head, entry, dir := raw[:sector], raw[sector+128:sector+256], []byte{}
	for i := range n {
		entry[66] = 1
		binary.LittleEndian.PutUint32(entry[76:], uint32(i+1))
		if i+1 == n {
			binary.LittleEndian.PutUint32(entry[76:], noEntry)
		}
		dir = append(dir, entry...)
	}
	fats := make([]byte, 109*sector)
	for i := range len(fats) / 4 {
		binary.LittleEndian.PutUint32(fats[4*i:], uint32(i+1))
	}
	binary.LittleEndian.PutUint32(fats[n-4:], endOfChain)
	for i := range 109 {
		binary.LittleEndian.PutUint32(head[76+4*i:], uint32(n/4+i))
	}
	return endless{head: head, body: dir, times: 1, tail: fats}
}

// TestHostile reads workbooks that are made to fill the memory or to take for
// ever: a clear error or a proper reading, in 256 MiB and well below a second
// each; the deadline leaves room for a slow machine.
func TestHostile(t *testing.T) {
	packed := compoundOf("Workbook", one(nil, number(0, 0, 0, 1)))
	fat := len(packed) - sector // the chains of sectors
	empty := strings.Repeat("\x00", 8220)
	text := rec(recContinue, "\xff\x1f\x00"+strings.Repeat("\xe9", 8191))
	far := rec(recRow, uint16(1), uint16(0), uint16(2), uint16(255), uint32(0), uint32(0))
	backwards := inSheet(join(number(9, 0, 0, 1), number(3, 0, 0, 1)), 8)
	cases := []struct {
		name string
		file endless
		code string // "" when it can be read
	}{
		{"zeros behind the header", endless{packed[:sector], make([]byte, mb), nil, 100}, CodeTruncated},
		{"a stream in a loop", patched(fat+4, 1), ""},
		{"a stream without an end", patched(fat+4*3, noEntry), CodeTruncated},
		{"a directory in a loop", patched(fat, 0), CodeTruncated},
		{"a directory far away", patched(48, 1<<30), CodeTruncated},
		{"a stream of 4 GB", patched(sector+128+120, 1<<32-1), CodeTruncated},
		{"a stream too small to stand there", patched(sector+128+120, 100), CodeTruncated},
		{"lists of chains that overflow", patched(72, 33818641), CodeTruncated},
		{"no chains", patched(76, noEntry), CodeTruncated},
		{"2,000 folders in each other", nested(2000), CodeNoWorkbook},
		{"40,000 folders in each other", nested(40_000), CodeTooLarge},
		{"records of nothing", inSheet(rec(0), 20), ""},
		{"records cut off", endless{head: one(nil, number(0, 0, 0, 1))[:70]}, CodeTruncated},
		{"a record of 65,535 bytes of nothing", endless{head: join(bof(isGlobals), []byte("\x2f\x01\xff\xff"))}, CodeTruncated},
		{"20 MB of strings of nothing", inStrings(rec(recContinue, empty), 20), CodeTooManyStr},
		{"60 MB of strings", inStrings(text, 60), CodeTooLarge},
		{"20 MB of empty pieces", inStrings(rec(recContinue), 20), CodeDamaged},
		{"a guide of 4 GB", inStrings(rec(recContinue, "\x01\x00\x04\xff\xff\xff\xff"+empty), 12), CodeDamaged},
		{"a row of 20 MB", inSheet(number(0, 0, 0, 1), 20), CodeTooLarge},
		{"merged ranges", inSheet(rec(recMerged, uint16(1000), make([]byte, 8000)), 12), CodeTooLarge},
		{"rows without cells", inSheet(far, 20), ""},
		{"rows back and forth", backwards, ""},
		{"charts in each other", inSheet(bof(0x20), 20), CodeTruncated},
		{"sheets", endless{bof(isGlobals), rec(recBoundSheet, uint32(7), byte(0), byte(0), short("x")), end(), 9000}, CodeDamaged},
		{"styles", endless{bof(isGlobals), rec(recXF, uint32(0)), end(), 4 << 20}, ""},
		{"formats", endless{bof(isGlobals), rec(recFormat, uint16(9), long(strings.Repeat("y", 4000))), end(), 8000}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
			defer cancel()
			var err error
			honnetest.Bounded(t, c.name, func() { err = readAll(ctx, c.file, c.file.size()) })
			if got, _ := code(err); got != c.code && (err != nil || c.code != "") {
				t.Errorf("%v, want %q", err, c.code)
			}
		})
	}
}

// readAll reads all cells and merged ranges.
func readAll(ctx context.Context, r io.ReaderAt, size int64) error {
	b, err := Open(r, size)
	if err != nil {
		return err
	}
	for _, s := range b.Sheets() {
		if _, err := b.Merges(ctx, s.Index); err != nil {
			return errors.Join(err, b.Close())
		}
		if err := b.Each(ctx, s.Index, func(*grid.Row) error { return nil }); err != nil {
			return errors.Join(err, b.Close())
		}
	}
	return b.Close()
}

// seeds are workbooks that hold of everything something.
func seeds() [][]byte {
	all := one(join(styles(), rec(recDateMode, uint16(1)), sstOf(2, long("売上"), "\x02\x00\x08\x01\x00ab\x00\x00\x01\x00")),
		rec(recColInfo, uint16(1), uint16(2), uint16(9), uint16(0), uint16(1), uint16(0)),
		rec(recRow, uint16(0), uint16(0), uint16(2), uint16(255), uint32(0), uint32(0x20)),
		label(0, 0, 0), label(0, 1, 1), number(1, 0, 1, 45748.5), rec(recMulRK, uint16(1), uint16(2), make([]byte, 12), uint16(3)),
		formula(2, 1, "\x00\x00\x00\x00\x00\x00\xff\xff"), rec(recString, long("合計")), cell(recLabel, 1, 9, 0, long("x")), cell(recBoolErr, 3, 0, 0, byte(7), byte(1)),
		rec(recMerged, uint16(1), uint16(0), uint16(0), uint16(0), uint16(2)))
	return [][]byte{all, compoundOf("Workbook", all), compoundOf("Book", one(nil, number(9, 0, 0, 1), number(3, 1, 0, 2)))}
}

// checkRead reads whatever it is: errors are of type *Error, rows and columns
// ascend, and what is read twice is the same.
func checkRead(t *testing.T, raw []byte) {
	got, err := dumpBytes(raw)
	if _, e := code(err); err != nil && e == nil {
		t.Fatalf("an error of another type: %v", err)
	}
	if again, _ := dumpBytes(raw); again != got {
		t.Fatal("read twice, two texts")
	}
	b, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return
	}
	defer b.Close()
	for _, s := range b.Sheets() {
		last := int32(0)
		_ = b.Each(context.Background(), s.Index, func(r *grid.Row) error { // errors were looked at above
			if r.N <= last || r.N > maxRow || len(r.Cells) == 0 {
				t.Fatalf("row %d after %d", r.N, last)
			}
			last = r.N
			col := int32(0)
			for _, c := range r.Cells {
				if c.Col <= col || c.Col > maxCol {
					t.Fatalf("column %d after %d", c.Col, col)
				}
				col = c.Col
			}
			return nil
		})
	}
}

// TestMutations changes, cuts and doubles bytes of workbooks.
func TestMutations(t *testing.T) {
	for seed, raw := range seeds() {
		whole, err := dumpBytes(raw)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(raw); i += 1 + 6*seed {
			if got, err := dumpBytes(raw[:i]); err == nil && got != whole {
				t.Errorf("cut to %d of %d bytes: read without an error", i, len(raw))
			}
		}
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		for range 2000 {
			hurt := bytes.Clone(raw)
			for range 1 + r.IntN(4) {
				hurt[r.IntN(len(hurt))] = [...]byte{0, 1, 0x7F, 0xFF, byte(r.Uint32())}[r.IntN(5)]
			}
			if at := r.IntN(len(hurt)); r.IntN(4) == 0 {
				hurt = append(hurt[:at:at], hurt[r.IntN(len(hurt)):]...)
			}
			checkRead(t, hurt)
		}
	}
}

func FuzzXLS(f *testing.F) {
	for _, raw := range seeds() {
		f.Add(raw)
	}
	f.Add([]byte(oleMagic))
	f.Fuzz(checkRead)
}
