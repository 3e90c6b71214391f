package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"io"
)

// crypt decrypts the strings and streams of a file (ISO 32000-2, 7.6). Many
// files are encrypted with an empty password, so that they may be read and not
// changed.
type crypt struct {
	key     []byte
	strings method
	streams method
}

// method is how something is encrypted.
type method string

const (
	plain method = "Identity"
	rc4s  method = "V2"
	aes1  method = "AESV2" // a key an object
	aes2  method = "AESV3" // one key
)

// padding fills a password up (ISO 32000-1, 7.6.3.3).
const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

// lock is what a file says of its encryption.
type lock struct {
	revision, size int // size of the key in bytes
	owner, user    []byte
	userKey        []byte
	rights         uint32
	id             []byte
	open           bool // the descriptions of the document are not encrypted
}

// newCrypt opens a file with a password.
func newCrypt(d *document, e dict, password string) (*crypt, error) {
	if f := d.name(e["Filter"]); f != "Standard" {
		return nil, &Error{Code: CodeCipher, Detail: string(f)}
	}
	version := d.int(e["V"], 0)
	l := lock{revision: d.int(e["R"], 0), size: d.int(e["Length"], 40) / 8, owner: d.bytes(e["O"]), user: d.bytes(e["U"]),
		userKey: d.bytes(e["UE"]), rights: uint32(int64(d.number(e["P"], 0)))}
	if ids := d.array(d.trailer["ID"]); len(ids) > 0 {
		l.id = d.bytes(ids[0])
	}
	meta, said := d.resolve(e["EncryptMetadata"]).(bool)
	l.open = said && !meta
	c := &crypt{strings: rc4s, streams: rc4s}
	switch version {
	case 1:
		l.size = 5
	case 2, 3:
	case 4, 5:
		c.strings, c.streams = d.method(e, "StrF"), d.method(e, "StmF")
		if version == 4 {
			l.size = 16
		}
	default:
		return nil, &Error{Code: CodeCipher, Detail: "version of encryption"}
	}
	if l.size < 5 || l.size > 32 || len(l.owner) < 32 || len(l.user) < 32 {
		return nil, &Error{Code: CodeCipher, Detail: "key"}
	}
	if c.key = l.open5(password); l.revision < 5 {
		c.key = l.open4(password)
	}
	if c.key == nil {
		return nil, &Error{Code: CodePassword}
	}
	return c, nil
}

// method finds the filter of that name among those of the file.
func (d *document) method(e dict, which name) method {
	filter := d.name(e[which])
	if filter == "" || filter == "Identity" {
		return plain
	}
	m := method(d.name(d.dict(d.dict(e["CF"])[filter])["CFM"]))
	if m == "" || m == "None" {
		return plain
	}
	return m
}

// open4 makes the key of revisions 2 to 4, nil when the password is not the one
// of the user (algorithms 2, 4, 5 and 6).
func (l *lock) open4(password string) []byte {
	h := md5.New()
	h.Write([]byte((password + padding)[:32]))
	h.Write(l.owner[:32])
	h.Write(binary.LittleEndian.AppendUint32(nil, l.rights))
	h.Write(l.id)
	if l.revision >= 4 && l.open {
		h.Write([]byte{0xFF, 0xFF, 0xFF, 0xFF})
	}
	key := h.Sum(nil)
	size := min(l.size, len(key))
	if l.revision >= 3 {
		for range 50 {
			sum := md5.Sum(key[:size])
			key = sum[:]
		}
	}
	key = key[:size]
	if l.revision < 3 {
		if bytes.Equal(rc4ed(key, []byte(padding)), l.user[:32]) {
			return key
		}
		return nil
	}
	sum := md5.Sum(append([]byte(padding), l.id...))
	proof := rc4ed(key, sum[:])
	for i := byte(1); i <= 19; i++ {
		other := bytes.Clone(key)
		for k := range other {
			other[k] ^= i
		}
		proof = rc4ed(other, proof)
	}
	if bytes.Equal(proof, l.user[:16]) {
		return key
	}
	return nil
}

// open5 makes the key of revisions 5 and 6, nil when the password is not the one
// of the user (algorithms 2.A, 2.B and 11).
func (l *lock) open5(password string) []byte {
	if l.revision < 5 || len(l.user) < 48 || len(l.userKey) < 32 {
		return nil
	}
	word := []byte(password)
	word = word[:min(len(word), 127)]
	proof, salt := l.user[32:40], l.user[40:48]
	if !bytes.Equal(l.hash(word, proof), l.user[:32]) {
		return nil
	}
	block, err := aes.NewCipher(l.hash(word, salt))
	if err != nil {
		return nil
	}
	key := make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(key, l.userKey[:32])
	return key
}

// hash is the hash of revision 5, and the hardened one of revision 6
// (algorithm 2.B).
func (l *lock) hash(password, salt []byte) []byte {
	sum := sha256.Sum256(append(bytes.Clone(password), salt...))
	k := sum[:]
	if l.revision < 6 {
		return k
	}
	for i := 0; ; i++ {
		round := bytes.Repeat(append(bytes.Clone(password), k...), 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(round, round)
		rest := 0
		for _, b := range round[:16] {
			rest += int(b)
		}
		switch rest % 3 {
		case 0:
			s := sha256.Sum256(round)
			k = s[:]
		case 1:
			s := sha512.Sum384(round)
			k = s[:]
		default:
			s := sha512.Sum512(round)
			k = s[:]
		}
		if i >= 63 && int(round[len(round)-1]) <= i-31 {
			return k[:32]
		}
	}
}

func rc4ed(key, in []byte) []byte {
	out := make([]byte, len(in))
	if c, err := rc4.NewCipher(key); err == nil {
		c.XORKeyStream(out, in)
	}
	return out
}

// objectKey is the key of an object (algorithm 1).
func (c *crypt) objectKey(m method, of ref) []byte {
	if m == aes2 {
		return c.key
	}
	h := md5.New()
	h.Write(c.key)
	h.Write([]byte{byte(of.num), byte(of.num >> 8), byte(of.num >> 16), byte(of.gen), byte(of.gen >> 8)})
	if m == aes1 {
		h.Write([]byte("sAlT"))
	}
	return h.Sum(nil)[:min(16, len(c.key)+5)]
}

// reader decrypts a stream.
func (c *crypt) reader(r io.Reader, of ref) (io.Reader, error) {
	key := c.objectKey(c.streams, of)
	switch c.streams {
	case plain:
		return r, nil
	case rc4s:
		s, err := rc4.NewCipher(key)
		if err != nil {
			return nil, err
		}
		return &cipher.StreamReader{S: s, R: r}, nil
	case aes1, aes2:
		block, err := aes.NewCipher(key)
		iv := make([]byte, aes.BlockSize)
		if err == nil {
			_, err = io.ReadFull(r, iv)
		}
		if err != nil {
			return nil, damaged("encrypted stream")
		}
		return &blocks{r: r, mode: cipher.NewCBCDecrypter(block, iv)}, nil
	}
	return nil, &Error{Code: CodeCipher, Detail: string(c.streams)}
}

// value decrypts the strings in a value.
func (c *crypt) value(v any, of ref) any {
	switch v := v.(type) {
	case str:
		r, err := (&crypt{key: c.key, streams: c.strings}).reader(bytes.NewReader([]byte(v)), of)
		if err != nil {
			return v
		}
		out, err := io.ReadAll(r)
		if err != nil {
			return v
		}
		return str(out)
	case array:
		for i := range v {
			v[i] = c.value(v[i], of)
		}
	case dict:
		for k := range v {
			v[k] = c.value(v[k], of)
		}
	}
	return v
}

// blocks decrypts blocks and takes the filling off the last one.
type blocks struct {
	r    io.Reader
	mode cipher.BlockMode
	held []byte // decrypted, and not known to be the last
	out  []byte
	done bool
}

// Read implements io.Reader.
func (b *blocks) Read(p []byte) (int, error) {
	for len(b.out) == 0 {
		if b.done {
			return 0, io.EOF
		}
		b.fill()
	}
	n := copy(p, b.out)
	b.out = b.out[n:]
	return n, nil
}

func (b *blocks) fill() {
	buf := make([]byte, 4096)
	n, err := io.ReadFull(b.r, buf)
	buf = buf[:n/aes.BlockSize*aes.BlockSize]
	b.mode.CryptBlocks(buf, buf)
	b.out, b.held = append(b.held, buf...), nil
	if err != nil {
		b.done = true
		if size := len(b.out); size > 0 {
			if fill := int(b.out[size-1]); fill >= 1 && fill <= aes.BlockSize {
				b.out = b.out[:size-fill]
			}
		}
		return
	}
	if at := len(b.out) - aes.BlockSize; at > 0 {
		b.held = bytes.Clone(b.out[at:])
		b.out = b.out[:at]
	}
}
