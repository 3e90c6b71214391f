package compound

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"io"
	"unicode/utf16"
)

const (
	maxInfo    = 1 << 20 // bytes of the description of the encryption
	maxPackage = 1 << 30 // bytes of what is locked
)

// Unlock opens the workbook or document in a compound file with its password
// and returns its bytes, a zip, and how many they are. Before the first byte is
// given, the password has been proved right, and, where the file allows it, the
// content whole. It fails with an *Error, and so does the reader.
func (f *File) Unlock(ctx context.Context, password string) (io.Reader, int64, error) {
	info, err := f.whole("EncryptionInfo", maxInfo)
	if err != nil {
		return nil, 0, err
	}
	locked, err := f.Stream("EncryptedPackage")
	switch {
	case err != nil:
		return nil, 0, err
	case locked == nil || len(info) < 8:
		return nil, 0, &Error{Code: CodeNotLocked}
	case locked.Size > maxPackage:
		return nil, 0, &Error{Code: CodeTooLarge, Detail: "size"}
	}
	major, minor := binary.LittleEndian.Uint16(info), binary.LittleEndian.Uint16(info[2:])
	open := openStandard
	switch {
	case major == 4 && minor == 4:
		open = openAgile
	case minor != 2 || major < 2 || major > 4:
		return nil, 0, &Error{Code: CodeCipher, Detail: "another version of encryption"}
	}
	segments, err := open(ctx, info[8:], locked, UTF16LE(password))
	if err != nil {
		return nil, 0, err
	}
	return locked.open(ctx, segments)
}

// whole returns a small stream, nothing when there is none.
func (f *File) whole(name string, most int64) ([]byte, error) {
	s, err := f.Stream(name)
	if err != nil || s == nil {
		return nil, err
	}
	if s.Size > most {
		return nil, &Error{Code: CodeTooLarge, Part: name}
	}
	r, err := s.At(0)
	if err != nil {
		return nil, &Error{Code: CodeTruncated, Part: name, Err: err}
	}
	out := make([]byte, s.Size)
	if _, err := io.ReadFull(r, out); err != nil {
		return nil, &Error{Code: CodeTruncated, Part: name, Err: err}
	}
	return out, nil
}

// segment is how much is encrypted with one initialisation vector.
const segment = 4096

// opening turns segments of a locked stream into what they were.
type opening func(n uint32) cipher.BlockMode

// open reads the locked stream, which begins with the size of its content.
func (s *Stream) open(ctx context.Context, segments opening) (io.Reader, int64, error) {
	r, err := s.At(0)
	if err != nil {
		return nil, 0, &Error{Code: CodeTruncated, Err: err}
	}
	var head [8]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, 0, &Error{Code: CodeTruncated, Err: err}
	}
	size := binary.LittleEndian.Uint64(head[:])
	if size > uint64(s.Size) {
		return nil, 0, &Error{Code: CodeTruncated, Detail: "less is there than is said"}
	}
	return &opener{ctx: ctx, locked: r, mode: segments, left: int64(size)}, int64(size), nil
}

// opener reads what is locked.
type opener struct {
	ctx    context.Context
	locked io.Reader
	mode   opening
	left   int64 // bytes of content not yet decrypted
	n      uint32
	buf    [segment]byte
	rest   []byte // decrypted and not yet read
}

// Read implements io.Reader.
func (o *opener) Read(p []byte) (int, error) {
	if len(o.rest) == 0 {
		if o.left == 0 {
			return 0, io.EOF
		}
		if err := o.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, o.rest)
	o.rest = o.rest[n:]
	return n, nil
}

// next decrypts a segment. The last one is filled up to whole blocks.
func (o *opener) next() error {
	if err := o.ctx.Err(); err != nil {
		return &Error{Code: CodeDeadline, Err: err}
	}
	want := min(o.left, segment)
	blocks := o.buf[:(want+aes.BlockSize-1)/aes.BlockSize*aes.BlockSize]
	if _, err := io.ReadFull(o.locked, blocks); err != nil {
		return &Error{Code: CodeTruncated, Err: err}
	}
	o.mode(o.n).CryptBlocks(blocks, blocks)
	o.rest = blocks[:want]
	o.left -= want
	o.n++
	// The rest of the segment is padding, of which nothing is wanted.
	return nil
}

// UTF16LE writes a password as it is hashed.
func UTF16LE(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

// ecb is AES without chaining, which the standard encryption uses.
type ecb struct{ cipher.Block }

// CryptBlocks implements cipher.BlockMode.
func (e ecb) CryptBlocks(dst, src []byte) {
	for len(src) >= aes.BlockSize {
		e.Decrypt(dst, src)
		dst, src = dst[aes.BlockSize:], src[aes.BlockSize:]
	}
}
