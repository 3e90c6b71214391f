package xls

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
)

// The kinds of records that are read (MS-XLS 2.3).
const (
	recFormula2   = 0x0206 // as some programs write it
	recFormula4   = 0x0406
	recFormula    = 0x0006
	recEOF        = 0x000A
	recDateMode   = 0x0022
	recFilePass   = 0x002F
	recContinue   = 0x003C
	recColInfo    = 0x007D
	recBoundSheet = 0x0085
	recMulRK      = 0x00BD
	recRString    = 0x00D6
	recXF         = 0x00E0
	recMerged     = 0x00E5
	recSST        = 0x00FC
	recLabelSST   = 0x00FD
	recNumber     = 0x0203
	recLabel      = 0x0204
	recBoolErr    = 0x0205
	recString     = 0x0207
	recRow        = 0x0208
	recRK         = 0x027E
	recFormat     = 0x041E
	recBOF        = 0x0809
)

// What the BOF of a substream says it is.
const (
	biff8     = 0x0600
	isGlobals = 0x0005
	isSheet   = 0x0010
)

const maxRecord = 4 + 0xFFFF // bytes with its head

func le16(b []byte) uint16 { return binary.LittleEndian.Uint16(b) }

func le32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }

// isBOF knows the records that begin a file of any version.
func isBOF(kind uint16) bool {
	return kind == 0x0009 || kind == 0x0209 || kind == 0x0409 || kind == recBOF
}

// records reads one record after the other.
type records struct {
	part string // what errors name
	src  io.Reader
	ctx  context.Context
	buf  []byte
	from int // where the record stands in buf
	to   int // how far buf is filled
	kind uint16
	body []byte // of the record; gone with the next one
	at   int64  // where the record stands
	size int    // of the record with its head
}

// records starts to read at an offset.
func (b *Book) records(ctx context.Context, part string, at int64) (*records, error) {
	r := &records{part: part, at: at, ctx: ctx, buf: make([]byte, 32<<10)}
	src, err := b.src(at)
	if err != nil {
		return nil, r.cut(err)
	}
	r.src = src
	return r, nil
}

// next reads the next record; the end of the file is an error, because a record
// of its own ends every substream.
func (r *records) next() error {
	r.from += r.size
	r.at += int64(r.size)
	r.size, r.body = 0, nil
	if err := r.fill(4); err != nil {
		return err
	}
	r.kind = le16(r.buf[r.from:])
	size := 4 + int(le16(r.buf[r.from+2:]))
	if err := r.fill(size); err != nil {
		return err
	}
	r.body, r.size = r.buf[r.from+4:r.from+size], size
	return nil
}

// fill reads on until n bytes stand from r.from on.
func (r *records) fill(n int) error {
	if r.to-r.from >= n {
		return nil
	}
	if err := r.ctx.Err(); err != nil {
		return &Error{Code: CodeDeadline, Part: r.part, Err: err}
	}
	buf := r.buf
	if n > len(buf) { // no program writes so large a record, but it may
		buf = make([]byte, 2*maxRecord)
	}
	r.to = copy(buf, r.buf[r.from:r.to])
	r.buf, r.from = buf, 0
	k, err := io.ReadAtLeast(r.src, r.buf[r.to:], n-r.to)
	r.to += k
	if err != nil {
		return r.cut(err)
	}
	return nil
}

// continues reports whether a CONTINUE record follows. The body is gone then.
func (r *records) continues() (bool, error) {
	r.body = nil
	err := r.fill(r.size + 4)
	return err == nil && le16(r.buf[r.from+r.size:]) == recContinue, err
}

// begin reads the BOF of a substream and returns what it says it is.
func (r *records) begin() (version, what uint16, err error) {
	if err := r.next(); err != nil {
		return 0, 0, err
	}
	switch {
	case !isBOF(r.kind) || len(r.body) < 4:
		return 0, 0, r.fail(CodeDamaged, "no BOF")
	case r.kind != recBOF:
		return 0, le16(r.body[2:]), nil
	}
	return le16(r.body), le16(r.body[2:]), nil
}

// each calls fn at every record up to the end of the substream that was begun;
// substreams within it, those of charts, are skipped.
func (r *records) each(fn func() error) error {
	for depth := 1; ; {
		if err := r.next(); err != nil {
			return err
		}
		var err error
		switch {
		case r.kind == recBOF:
			depth++
		case r.kind == recEOF:
			if depth--; depth == 0 {
				return nil
			}
		case depth == 1:
			err = fn()
		}
		if err != nil {
			return err
		}
	}
}

// need checks that the record has so many bytes.
func (r *records) need(n int) error {
	if len(r.body) >= n {
		return nil
	}
	return r.fail(CodeDamaged, "")
}

// fail makes an error that names the record.
func (r *records) fail(code, detail string) error {
	where := fmt.Sprintf("record %04X at %d", r.kind, r.at)
	if detail != "" {
		where = detail + ", " + where
	}
	return &Error{Code: code, Part: r.part, Detail: where}
}

// cut makes an error of one of reading.
func (r *records) cut(err error) error {
	return &Error{Code: CodeTruncated, Part: r.part, Detail: fmt.Sprintf("at %d", r.at), Err: err}
}
