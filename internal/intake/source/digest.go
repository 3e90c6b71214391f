package source

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"sync"

	"honne"
)

// digest takes the SHA-256 of a file while others read it from its start, so that its
// bytes are fetched once.
type digest struct {
	file honne.File
	mu   sync.Mutex
	hash hash.Hash
	done int64 // bytes from the start
}

// Digested has the bytes of a file summed up while they are read.
func Digested(f honne.File) *digest { return &digest{file: f, hash: sha256.New()} }

// ReadAt implements io.ReaderAt.
func (d *digest) ReadAt(p []byte, off int64) (int, error) {
	n, err := d.file.Bytes.ReadAt(p, off)
	d.mu.Lock()
	defer d.mu.Unlock()
	if end := off + int64(n); off <= d.done && d.done < end {
		d.hash.Write(p[d.done-off : n])
		d.done = end
	}
	return n, err
}

// Whole reads what nobody has read, and returns the sum in hexadecimal digits.
func (d *digest) Whole() (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := io.Copy(d.hash, io.NewSectionReader(d.file.Bytes, d.done, d.file.Size-d.done)); err != nil {
		return "", err
	}
	return hex.EncodeToString(d.hash.Sum(nil)), nil
}
