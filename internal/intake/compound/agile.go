package compound

import (
	"bytes"
	"context"
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	_ "crypto/sha1" // what crypto.Hash may name
	_ "crypto/sha256"
	_ "crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/xml"
	"hash"
	"io"
)

// maxSpins is what the format allows (MS-OFFCRYPTO 2.3.4.10), a few seconds.
const maxSpins = 10_000_000

// agile is the description of the encryption of Excel 2010 and later.
type agile struct {
	KeyData   agileKey `xml:"keyData"`
	Integrity struct {
		Key   encoded `xml:"encryptedHmacKey,attr"`
		Value encoded `xml:"encryptedHmacValue,attr"`
	} `xml:"dataIntegrity"`
	Keys []agileKey `xml:"keyEncryptors>keyEncryptor>encryptedKey"`
}

// agileKey describes a key and how it is made.
type agileKey struct {
	Salt     encoded `xml:"saltValue,attr"`
	Bits     int     `xml:"keyBits,attr"`
	Block    int     `xml:"blockSize,attr"`
	Cipher   string  `xml:"cipherAlgorithm,attr"`
	Chaining string  `xml:"cipherChaining,attr"`
	Hash     string  `xml:"hashAlgorithm,attr"`
	Spins    int     `xml:"spinCount,attr"`
	Input    encoded `xml:"encryptedVerifierHashInput,attr"`
	Verifier encoded `xml:"encryptedVerifierHashValue,attr"`
	Value    encoded `xml:"encryptedKeyValue,attr"`
}

// encoded is bytes in base64.
type encoded []byte

// UnmarshalXMLAttr implements xml.UnmarshalerAttr.
func (e *encoded) UnmarshalXMLAttr(a xml.Attr) (err error) {
	*e, err = base64.StdEncoding.DecodeString(a.Value)
	return err
}

// What is hashed in with the password for each purpose (MS-OFFCRYPTO 2.3.4.11 to
// 2.3.4.14).
const (
	forInput     = "\xFE\xA7\xD2\x76\x3B\x4B\x9E\x79"
	forVerifier  = "\xD7\xAA\x0F\x6D\x30\x61\x34\x4E"
	forKey       = "\x14\x6E\x0B\xE7\xAB\xAC\xD0\xD6"
	forHMACKey   = "\x5F\xB2\xAD\x01\x0C\xB9\xE1\xF6"
	forHMACValue = "\xA0\x67\x7F\x02\xB2\x2C\x84\x33"
)

// openAgile opens what Excel 2010 and later lock.
func openAgile(ctx context.Context, info []byte, locked *Stream, password []byte) (opening, error) {
	var a agile
	if err := xml.Unmarshal(info, &a); err != nil {
		return nil, &Error{Code: CodeTruncated, Part: "EncryptionInfo", Err: err}
	}
	if len(a.Keys) == 0 {
		return nil, &Error{Code: CodeCipher, Detail: "no key of a password"}
	}
	newHash, err := a.KeyData.check()
	if err != nil {
		return nil, err
	}
	key, err := a.Keys[0].unlock(ctx, password)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, &Error{Code: CodeCipher, Err: err}
	}
	iv := func(more []byte) []byte { return fit(sum(newHash(), a.KeyData.Salt, more), aes.BlockSize) }
	if err := a.prove(ctx, locked, block, newHash, iv); err != nil {
		return nil, err
	}
	return func(n uint32) cipher.BlockMode {
		return cipher.NewCBCDecrypter(block, iv(binary.LittleEndian.AppendUint32(nil, n)))
	}, nil
}

// check refuses what is not AES in chained blocks, and returns the hash.
func (k *agileKey) check() (func() hash.Hash, error) {
	h, known := map[string]crypto.Hash{"SHA1": crypto.SHA1, "SHA-1": crypto.SHA1, "SHA256": crypto.SHA256,
		"SHA384": crypto.SHA384, "SHA512": crypto.SHA512}[k.Hash]
	fits := k.Bits == 128 || k.Bits == 192 || k.Bits == 256
	if !known || !fits || k.Cipher != "AES" || k.Chaining != "ChainingModeCBC" || k.Block != aes.BlockSize {
		return nil, &Error{Code: CodeCipher, Detail: k.Cipher + " " + k.Chaining + " " + k.Hash}
	}
	return h.New, nil
}

// unlock proves the password and returns the key of the content.
func (k *agileKey) unlock(ctx context.Context, password []byte) ([]byte, error) {
	newHash, err := k.check()
	switch {
	case err != nil:
		return nil, err
	case k.Spins < 0 || k.Spins > maxSpins:
		return nil, &Error{Code: CodeCipher, Detail: "too many rounds"}
	}
	h := newHash()
	last, err := spin(ctx, h, k.Salt, password, k.Spins)
	if err != nil {
		return nil, err
	}
	open := func(purpose string, locked []byte, size int) []byte {
		block, err := aes.NewCipher(fit(sum(h, last, []byte(purpose)), k.Bits/8))
		if err != nil || len(locked) < size || len(locked)%aes.BlockSize != 0 {
			return nil
		}
		out := make([]byte, len(locked))
		cipher.NewCBCDecrypter(block, fit(bytes.Clone(k.Salt), aes.BlockSize)).CryptBlocks(out, locked)
		return out[:size]
	}
	input, verifier := open(forInput, k.Input, len(k.Salt)), open(forVerifier, k.Verifier, h.Size())
	key := open(forKey, k.Value, k.Bits/8)
	switch {
	case input == nil || verifier == nil || key == nil:
		return nil, &Error{Code: CodeTruncated, Part: "EncryptionInfo"}
	case subtle.ConstantTimeCompare(sum(h, input), verifier) != 1:
		return nil, &Error{Code: CodeWrongPassword}
	}
	return key, nil
}

// prove reads all that is locked and compares it with the sum that the file
// gives, so that damage is found before anything is used; files without a sum
// are taken as they are.
func (a *agile) prove(ctx context.Context, locked *Stream, block cipher.Block, newHash func() hash.Hash, iv func([]byte) []byte) error {
	size := newHash().Size()
	whole := func(b []byte) bool { return len(b) >= size && len(b)%aes.BlockSize == 0 }
	if !whole(a.Integrity.Key) || !whole(a.Integrity.Value) {
		return nil
	}
	open := func(purpose string, b []byte) []byte {
		out := make([]byte, len(b))
		cipher.NewCBCDecrypter(block, iv([]byte(purpose))).CryptBlocks(out, b)
		return out[:size]
	}
	mac := hmac.New(newHash, open(forHMACKey, a.Integrity.Key))
	r, err := locked.At(0)
	if err == nil {
		_, err = io.Copy(mac, io.LimitReader(&cancelled{ctx, r}, locked.Size))
	}
	if ctx.Err() != nil {
		return &Error{Code: CodeDeadline, Err: ctx.Err()}
	}
	if err != nil || !hmac.Equal(mac.Sum(nil), open(forHMACValue, a.Integrity.Value)) {
		return &Error{Code: CodeTruncated, Err: err}
	}
	return nil
}

// cancelled stops reading when its context ends.
type cancelled struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (c *cancelled) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// spin hashes salt and password, and then a counter with the hash so far, again
// and again.
func spin(ctx context.Context, h hash.Hash, salt, password []byte, n int) ([]byte, error) {
	last := sum(h, salt, password)
	var count [4]byte
	for i := range n {
		if i%65536 == 0 && ctx.Err() != nil {
			return nil, &Error{Code: CodeDeadline, Err: ctx.Err()}
		}
		binary.LittleEndian.PutUint32(count[:], uint32(i))
		h.Reset()
		h.Write(count[:])
		h.Write(last)
		last = h.Sum(last[:0])
	}
	return last, nil
}

// sum hashes parts one behind the other.
func sum(h hash.Hash, parts ...[]byte) []byte {
	h.Reset()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// fit cuts bytes to a size, or fills them up as the format says.
func fit(b []byte, size int) []byte {
	for len(b) < size {
		b = append(b, 0x36)
	}
	return b[:size]
}
