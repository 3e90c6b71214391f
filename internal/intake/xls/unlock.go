package xls

import (
	"bufio"
	"context"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/binary"
	"io"

	"honne/internal/intake/compound"
)

// What Unlock refuses, beside the codes of reading.
const (
	CodeWrongPassword = "wrong-password" // it does not open with this one
	CodeNotLocked     = "not-locked"     // its records are not encrypted
	CodeCipher        = "cipher"         // encrypted in a way that is not read: obfuscated as in Excel 95
)

// Unlock opens a workbook whose records a password protects (MS-XLS 2.2.10) and
// returns its records, bare: this package reads them. It fails with an *Error,
// and so does the reader.
func Unlock(ctx context.Context, r io.ReaderAt, size int64, password string) (io.Reader, error) {
	src, err := openSource(r, size)
	if err != nil {
		return nil, err
	}
	pass, err := filePass(ctx, src)
	if err != nil {
		return nil, err
	}
	key, err := lockKey(pass, compound.UTF16LE(password))
	if err != nil {
		return nil, err
	}
	in, err := src(0)
	if err != nil {
		return nil, &Error{Code: CodeTruncated, Part: globals, Err: err}
	}
	return &unlocked{ctx: ctx, in: bufio.NewReaderSize(in, maxRecord), stream: keyStream{key: key, block: -1}}, nil
}

// filePass finds the record that says how the others are encrypted.
func filePass(ctx context.Context, src source) ([]byte, error) {
	b := &Book{Limits: DefaultLimits(), src: src}
	r, err := b.records(ctx, globals, 0)
	if err != nil {
		return nil, err
	}
	if _, _, err := r.begin(); err != nil {
		return nil, err
	}
	var pass []byte
	err = r.each(func() error {
		if r.kind == recFilePass {
			pass = append([]byte{}, r.body...)
			return io.EOF // enough
		}
		return nil
	})
	switch {
	case pass != nil:
		return pass, nil
	case err != nil:
		return nil, err
	}
	return nil, &Error{Code: CodeNotLocked}
}

// blockKey makes the key of a block of the stream.
type blockKey func(block uint32) []byte

// lockKey proves the password and returns how keys are made of it (MS-OFFCRYPTO
// 2.3.5.2, 2.3.5.6, 2.3.6.2 and 2.3.6.4).
func lockKey(pass, password []byte) (blockKey, error) {
	if len(pass) < 6 || le16(pass) != 1 {
		return nil, &Error{Code: CodeCipher}
	}
	major, minor, rest := le16(pass[2:]), le16(pass[4:]), pass[6:]
	switch {
	case major == 1 && minor == 1 && len(rest) >= 48:
		key := oldKey(password, rest[:16])
		return key, prove(key, rest[16:32], rest[32:48], func(b []byte) []byte { s := md5.Sum(b); return s[:] })
	case minor == 2 && len(rest) >= 8:
		size := int(le32(rest[4:]))
		if rest = rest[8:]; size < 20 || size > 1<<12 || len(rest) < size+4+16+16+4+20 {
			return nil, &Error{Code: CodeTruncated, Part: globals}
		}
		bits, about := le32(rest[16:]), rest[size:]
		if bits == 0 {
			bits = 40
		}
		if alg := le32(rest[8:]); alg != 0 && alg != 0x6801 || bits < 40 || bits > 128 || bits%8 != 0 {
			return nil, &Error{Code: CodeCipher}
		}
		key := cryptoKey(password, about[4:20], int(bits/8))
		return key, prove(key, about[20:36], about[40:60], func(b []byte) []byte { s := sha1.Sum(b); return s[:] })
	}
	return nil, &Error{Code: CodeCipher}
}

func oldKey(password, salt []byte) blockKey {
	first := md5.Sum(password)
	h := md5.New()
	for range 16 {
		h.Write(first[:5])
		h.Write(salt)
	}
	base := h.Sum(nil)[:5]
	return func(block uint32) []byte {
		sum := md5.Sum(binary.LittleEndian.AppendUint32(append([]byte{}, base...), block))
		return sum[:]
	}
}

func cryptoKey(password, salt []byte, size int) blockKey {
	base := sha1.Sum(append(append([]byte{}, salt...), password...))
	return func(block uint32) []byte {
		sum := sha1.Sum(binary.LittleEndian.AppendUint32(append([]byte{}, base[:]...), block))
		key := append([]byte{}, sum[:size]...)
		if size == 5 {
			key = append(key, make([]byte, 11)...)
		}
		return key
	}
}

// prove compares what the first key makes of the verifier with its hash.
func prove(key blockKey, verifier, hash []byte, sum func([]byte) []byte) error {
	c, err := rc4.NewCipher(key(0))
	if err != nil {
		return &Error{Code: CodeCipher, Err: err}
	}
	plain, want := make([]byte, len(verifier)), make([]byte, len(hash))
	c.XORKeyStream(plain, verifier)
	c.XORKeyStream(want, hash)
	if subtle.ConstantTimeCompare(sum(plain), want) != 1 {
		return &Error{Code: CodeWrongPassword}
	}
	return nil
}

// keyStream decrypts bytes of the stream, wherever they stand.
type keyStream struct {
	key   blockKey
	block int64
	at    int64 // the next byte of the block
	c     *rc4.Cipher
}

// lockBlock is how many bytes one key encrypts.
const lockBlock = 1024

func (k *keyStream) decrypt(p []byte, at int64) {
	for len(p) > 0 {
		block, in := at/lockBlock, at%lockBlock
		if block != k.block || in < k.at {
			k.block, k.at = block, 0
			k.c, _ = rc4.NewCipher(k.key(uint32(block))) // its size was proved
		}
		if skip := in - k.at; skip > 0 {
			var none [lockBlock]byte
			k.c.XORKeyStream(none[:skip], none[:skip])
			k.at = in
		}
		n := min(int64(len(p)), lockBlock-in)
		k.c.XORKeyStream(p[:n], p[:n])
		p, at, k.at = p[n:], at+n, k.at+n
	}
}

// unlocked reads the records decrypted.
type unlocked struct {
	ctx    context.Context
	in     *bufio.Reader
	stream keyStream
	at     int64
	rest   []byte
}

// Read implements io.Reader.
func (u *unlocked) Read(p []byte) (int, error) {
	if len(u.rest) == 0 {
		if err := u.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, u.rest)
	u.rest = u.rest[n:]
	return n, nil
}

// writeAccess stands where the record of the encryption stood.
const writeAccess = 0x005C

// next decrypts a record; heads are not encrypted, nor are the records that say
// where others are (MS-XLS 2.2.10).
func (u *unlocked) next() error {
	if err := u.ctx.Err(); err != nil {
		return &Error{Code: CodeDeadline, Part: globals, Err: err}
	}
	head := make([]byte, 4, 64)
	switch n, err := io.ReadFull(u.in, head); {
	case err == io.EOF:
		return io.EOF
	case err != nil && n < 4: // less than a record: what fills the last sector
		return io.EOF
	}
	record := append(head, make([]byte, le16(head[2:]))...)
	if _, err := io.ReadFull(u.in, record[4:]); err != nil {
		return &Error{Code: CodeTruncated, Part: globals, Err: err}
	}
	from := 4
	switch le16(record) {
	case recBOF, 0x0194, 0x0195, 0x0196, 0x0138, 0x00E1: // UsrExcl, FileLock, RRDInfo, RRDHead, InterfaceHdr
		from = len(record)
	case recFilePass:
		from = len(record)
		binary.LittleEndian.PutUint16(record, writeAccess)
	case recBoundSheet:
		from = min(len(record), 8)
	}
	u.stream.decrypt(record[from:], u.at+int64(from))
	u.rest = record
	u.at += int64(len(record))
	return nil
}
