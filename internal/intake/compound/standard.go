package compound

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/binary"
)

// standardSpins is how often the password is hashed (MS-OFFCRYPTO 2.3.4.7).
const standardSpins = 50_000

// openStandard opens what Excel 2007 locked: AES without chaining, a key from
// SHA-1 (MS-OFFCRYPTO 2.3.4.5 to 2.3.4.9).
func openStandard(ctx context.Context, info []byte, _ *Stream, password []byte) (opening, error) {
	if len(info) < 4 {
		return nil, &Error{Code: CodeTruncated, Part: "EncryptionInfo"}
	}
	size := binary.LittleEndian.Uint32(info)
	if info = info[4:]; uint64(len(info)) < uint64(size)+72 || size < 32 {
		return nil, &Error{Code: CodeTruncated, Part: "EncryptionInfo"}
	}
	header, verifier := info[:size], info[size:]
	bits, salt := binary.LittleEndian.Uint32(header[16:]), verifier[4:20]
	if alg := binary.LittleEndian.Uint32(header[8:]); alg != 0 && (alg < 0x660E || alg > 0x6610) || bits != 128 && bits != 192 && bits != 256 {
		return nil, &Error{Code: CodeCipher, Detail: "not AES"}
	}
	key, err := standardKey(ctx, salt, password, int(bits/8))
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, &Error{Code: CodeCipher, Err: err}
	}
	mode := ecb{block}
	input, hash := make([]byte, 16), make([]byte, 32)
	mode.CryptBlocks(input, verifier[20:36])
	mode.CryptBlocks(hash, verifier[40:72])
	if want := sha1.Sum(input); subtle.ConstantTimeCompare(want[:], hash[:sha1.Size]) != 1 {
		return nil, &Error{Code: CodeWrongPassword}
	}
	return func(uint32) cipher.BlockMode { return mode }, nil
}

// standardKey derives the key (MS-OFFCRYPTO 2.3.4.7).
func standardKey(ctx context.Context, salt, password []byte, size int) ([]byte, error) {
	h := sha1.New()
	last, err := spin(ctx, h, salt, password, standardSpins)
	if err != nil {
		return nil, err
	}
	h.Reset()
	h.Write(last)
	h.Write([]byte{0, 0, 0, 0})
	final := h.Sum(nil)
	var key []byte
	for _, fill := range [...]byte{0x36, 0x5C} {
		var pad [64]byte
		for i := range pad {
			pad[i] = fill
			if i < len(final) {
				pad[i] ^= final[i]
			}
		}
		sum := sha1.Sum(pad[:])
		key = append(key, sum[:]...)
	}
	return key[:size], nil
}
