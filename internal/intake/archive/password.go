package archive

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"hash"
	"hash/crc32"
	"io"
)

// methodAES says that an entry is encrypted with AES, and what packed it is in
// its extra field 0x9901 (WinZip's specification AE-1 and AE-2).
const methodAES = 99

var errWrong = errors.New("wrong password")

// unlock returns the content of an entry that is locked; it fails with errWrong,
// also while it is read, when the password is not the right one or the entry is
// damaged: the old encryption cannot tell one from the other.
func unlock(z *zip.File, password string) (io.ReadCloser, error) {
	raw, err := z.OpenRaw()
	if err != nil {
		return nil, err
	}
	method, check := z.Method, true
	if z.Method == methodAES {
		raw, method, check, err = openAES(z, raw, password)
	} else {
		raw, err = openOld(z, raw, password)
	}
	if err != nil {
		return nil, err
	}
	plain := io.NopCloser(raw)
	switch method {
	case zip.Store:
	case zip.Deflate:
		plain = flate.NewReader(raw)
	default:
		return nil, zip.ErrAlgorithm
	}
	return &unlocked{ReadCloser: plain, packed: raw, sum: crc32.NewIEEE(), want: z.CRC32, check: check, left: z.UncompressedSize64}, nil
}

// unlocked proves at its end that it was opened rightly.
type unlocked struct {
	io.ReadCloser
	packed io.Reader
	sum    hash.Hash32
	want   uint32
	check  bool
	left   uint64 // bytes that the archive still claims
}

// Read implements io.Reader.
func (u *unlocked) Read(p []byte) (int, error) {
	n, err := u.ReadCloser.Read(p)
	u.sum.Write(p[:n])
	u.left -= uint64(n)
	switch {
	case err == nil:
		return n, nil
	case err != io.EOF:
		return n, errWrong
	}
	if _, err := io.Copy(io.Discard, u.packed); err != nil || u.left != 0 || u.check && u.sum.Sum32() != u.want {
		return n, errWrong
	}
	return n, io.EOF
}

// openOld opens the old encryption of PKWARE (APPNOTE.TXT 6.1).
func openOld(z *zip.File, raw io.Reader, password string) (io.Reader, error) {
	k := oldKeys{0x12345678, 0x23456789, 0x34567890}
	for _, b := range []byte(password) {
		k.update(b)
	}
	head := make([]byte, 12)
	if _, err := io.ReadFull(raw, head); err != nil {
		return nil, err
	}
	k.decrypt(head)
	want := byte(z.CRC32 >> 24)
	if z.Flags&8 != 0 { // its checksum was not known yet
		want = byte(z.ModifiedTime >> 8)
	}
	if head[11] != want {
		return nil, errWrong
	}
	return &oldReader{raw, k}, nil
}

type oldKeys [3]uint32

func (k *oldKeys) update(b byte) {
	k[0] = crc32.IEEETable[byte(k[0])^b] ^ k[0]>>8
	k[1] = (k[1]+k[0]&0xFF)*134775813 + 1
	k[2] = crc32.IEEETable[byte(k[2])^byte(k[1]>>24)] ^ k[2]>>8
}

func (k *oldKeys) decrypt(p []byte) {
	for i, b := range p {
		t := k[2] | 2
		p[i] = b ^ byte(t*(t^1)>>8)
		k.update(p[i])
	}
}

type oldReader struct {
	r    io.Reader
	keys oldKeys
}

// Read implements io.Reader.
func (o *oldReader) Read(p []byte) (int, error) {
	n, err := o.r.Read(p)
	o.keys.decrypt(p[:n])
	return n, err
}

// openAES opens an entry that was encrypted with AES; check says whether its
// checksum is that of the content.
func openAES(z *zip.File, raw io.Reader, password string) (_ io.Reader, method uint16, check bool, err error) {
	field := aesField(z.Extra)
	if field == nil || field[4] < 1 || field[4] > 3 {
		return nil, 0, false, zip.ErrAlgorithm
	}
	size := 8 + 8*int(field[4]) // of the key
	const proof, code = 2, 10
	rest := int64(z.CompressedSize64) - int64(size/2+proof+code)
	head := make([]byte, size/2+proof)
	if _, err := io.ReadFull(raw, head); err != nil || rest < 0 {
		return nil, 0, false, io.ErrUnexpectedEOF
	}
	keys, err := pbkdf2.Key(sha1.New, password, head[:size/2], 1000, 2*size+proof)
	if err != nil || !bytes.Equal(keys[2*size:], head[size/2:]) {
		return nil, 0, false, errWrong
	}
	block, err := aes.NewCipher(keys[:size])
	if err != nil {
		return nil, 0, false, err
	}
	r := &aesReader{r: io.LimitReader(raw, rest), code: raw, block: block, mac: hmac.New(sha1.New, keys[size:2*size])}
	return r, binary.LittleEndian.Uint16(field[5:]), binary.LittleEndian.Uint16(field) == 1, nil
}

// aesField finds the extra field of the encryption.
func aesField(extra []byte) []byte {
	for len(extra) >= 4 {
		id, size := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if extra = extra[4:]; size > len(extra) {
			return nil
		}
		if id == 0x9901 && size >= 7 {
			return extra[:size]
		}
		extra = extra[size:]
	}
	return nil
}

// aesReader decrypts with a counter that counts from its low end, unlike that of
// the standard library, and proves the code behind the content.
type aesReader struct {
	r, code io.Reader
	block   cipher.Block
	mac     hash.Hash
	count   uint64
	pad     [aes.BlockSize]byte
	used    int // of the pad; 0 before the first block
	proved  bool
}

// Read implements io.Reader.
func (a *aesReader) Read(p []byte) (int, error) {
	n, err := a.r.Read(p)
	a.mac.Write(p[:n])
	for i := range p[:n] {
		if a.used%aes.BlockSize == 0 {
			a.count++
			a.pad, a.used = [aes.BlockSize]byte{}, 0
			binary.LittleEndian.PutUint64(a.pad[:], a.count)
			a.block.Encrypt(a.pad[:], a.pad[:])
		}
		p[i] ^= a.pad[a.used]
		a.used++
	}
	if err == io.EOF && !a.proved {
		a.proved = true
		var code [10]byte
		if _, bad := io.ReadFull(a.code, code[:]); bad != nil || !hmac.Equal(code[:], a.mac.Sum(nil)[:10]) {
			return n, errWrong
		}
	}
	return n, err
}
